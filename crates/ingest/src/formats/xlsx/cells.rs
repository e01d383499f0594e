//! The XML of a sheet: its cells and merges.

use std::rc::Rc;

use super::moment::Epoch;
use super::number_format;
use super::sheet::Sheet;
use crate::error::Error;
use crate::options::Limits;
use crate::xml::{Element, Token, Xml};

/// Rows and columns that a sheet can have.
const MOST: (u32, u32) = (1 << 20, 1 << 14);

/// What the cells of a workbook refer to.
#[derive(Debug, Default)]
pub(super) struct Context {
    /// The texts that cells share.
    pub(super) strings: Vec<Rc<str>>,
    /// The codes of formats by style.
    pub(super) formats: Vec<Rc<str>>,
    pub(super) epoch: Epoch,
}

/// A cell as it is read.
#[derive(Debug, Default)]
struct Cell {
    place: (u32, u32),
    kind: String,
    style: usize,
    /// What is computed or typed.
    value: String,
    /// The text of a cell that does not share it.
    inline: String,
}

/// Reads a sheet.
///
/// # Errors
///
/// Those of [`Xml::next`] and [`Sheet::put`].
pub(super) fn read(mut xml: Xml<'_>, context: &Context, limits: Limits) -> Result<Sheet, Error> {
    let mut sheet = Sheet::new(limits);
    let mut merges = Vec::new();
    let mut cell: Option<Cell> = None;
    // Where the next row and the next cell stand that do not say so.
    let (mut row, mut column) = (0, 0);
    let mut open = Vec::new();
    loop {
        match xml.next()? {
            Token::Open(element) => {
                let name = match element.name() {
                    // Formulas, readings above signs, and what newer programs add.
                    name @ ("f" | "rPh" | "extLst") => {
                        if name == "f" {
                            sheet.note_formula();
                        }
                        xml.skip()?;
                        continue;
                    }
                    "row" => {
                        let number = element.attribute("r").and_then(|number| number.parse().ok());
                        row =
                            number.filter(|at| (1..=MOST.0).contains(at)).map_or(row, |at| at - 1);
                        column = 0;
                        Name::Row
                    }
                    "c" => {
                        let next = begin(&element, (row, column));
                        (row, column) = next.place;
                        cell = Some(next);
                        Name::Cell
                    }
                    "v" => Name::Value,
                    "t" => Name::Text,
                    "mergeCell" => {
                        merges.extend(element.attribute("ref").as_deref().and_then(range));
                        Name::Other
                    }
                    _ => Name::Other,
                };
                open.push(name);
            }
            Token::Close => match open.pop() {
                Some(Name::Row) => row += 1,
                Some(Name::Cell) => {
                    column += 1;
                    let Some(cell) = cell.take() else { continue };
                    let Some(text) = shown(&cell, context) else { continue };
                    sheet.put(cell.place.0, cell.place.1, text)?;
                }
                _ => {}
            },
            Token::Text(text) => match (open.last(), &mut cell) {
                (Some(Name::Value), Some(cell)) => cell.value.push_str(&text),
                (Some(Name::Text), Some(cell)) => cell.inline.push_str(&text),
                _ => {}
            },
            Token::End => break,
        }
    }
    for (first, last) in merges {
        sheet.merge(first, last)?;
    }
    Ok(sheet)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Name {
    Row,
    Cell,
    Value,
    Text,
    Other,
}

fn begin(element: &Element<'_>, next: (u32, u32)) -> Cell {
    let number = |name: &str| element.attribute(name).and_then(|number| number.parse().ok());
    Cell {
        place: element.attribute("r").as_deref().and_then(place).unwrap_or(next),
        kind: element.attribute("t").unwrap_or_default(),
        style: number("s").unwrap_or(0),
        ..Cell::default()
    }
}

/// Returns what a cell shows; `None` for an empty one.
fn shown(cell: &Cell, context: &Context) -> Option<Rc<str>> {
    let value = cell.value.trim();
    let text: Rc<str> = match cell.kind.as_str() {
        "s" => context.strings.get(value.parse::<usize>().ok()?)?.clone(),
        "inlineStr" => unescape(&cell.inline).into(),
        "str" => unescape(&cell.value).into(),
        "b" if value == "1" => "TRUE".into(),
        "b" if value == "0" => "FALSE".into(),
        "e" | "d" => value.into(),
        _ => match value.parse::<f64>() {
            Ok(number) if number.is_finite() => {
                let code = context.formats.get(cell.style).map_or("General", |code| code);
                number_format::write(number, code, context.epoch).into()
            }
            _ => value.into(),
        },
    };
    (!text.trim().is_empty()).then_some(text)
}

/// Resolves `_x000D_`, as signs stand that XML cannot hold.
pub(super) fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let code = rest.get(at + 2..at + 6).filter(|_| rest[at..].get(6..7) == Some("_"));
        let sign =
            code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
        let end = match sign {
            Some(sign) => {
                out.push_str(&rest[..at]);
                out.extend((sign != '\0').then_some(sign));
                at + 7
            }
            None => {
                out.push_str(&rest[..at + 2]);
                at + 2
            }
        };
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

/// Reads a place, `B3`, as row and column from 0; `None` beyond what a sheet has.
fn place(text: &str) -> Option<(u32, u32)> {
    let text = text.as_bytes();
    let n_letters = text.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    if !(1..=3).contains(&n_letters) || !(1..=7).contains(&(text.len() - n_letters)) {
        return None;
    }
    let (letters, digits) = text.split_at(n_letters);
    let column = letters
        .iter()
        .fold(0, |column, letter| column * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1);
    let row = digits.iter().try_fold(0, |row, digit| {
        digit.is_ascii_digit().then(|| row * 10 + u32::from(digit - b'0'))
    })?;
    let inside = (1..=MOST.0).contains(&row) && (1..=MOST.1).contains(&column);
    inside.then(|| (row - 1, column - 1))
}

type Corner = (u32, u32);

/// Reads a range, `A1:B3`, as its first and its last cell.
fn range(text: &str) -> Option<(Corner, Corner)> {
    let (first, last) = text.split_once(':')?;
    Some((place(first)?, place(last)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read_within_a_sheet() {
        assert_eq!(place("A1"), Some((0, 0)));
        assert_eq!(place("XFD1048576"), Some((MOST.0 - 1, MOST.1 - 1)));
        for wrong in ["", "A", "1", "A0", "XFE1", "A1048577", "ZZZZ1", "A12345678", "A-1", "甲1"] {
            assert_eq!(place(wrong), None, "{wrong}");
        }
        assert_eq!(range("A1:B2"), Some(((0, 0), (1, 1))));
        assert_eq!(range("A1"), None);
    }

    #[test]
    fn signs_that_xml_cannot_hold_are_resolved() {
        assert_eq!(unescape("a_x000A_b_x005F_c_x"), "a\nb_c_x");
        assert_eq!(unescape("_xZZZZ_ _x00甲_ _x0000_"), "_xZZZZ_ _x00甲_ ");
    }
}
