//! Workbooks: each sheet with its name, its rows as tables.
//!
//! Numbers, percentages and dates stand as the sheet shows them. A merged cell
//! stands wherever it reaches. Hidden sheets are left out.

mod number_format;
mod sheet;

use std::io::Cursor;
use std::path::Path;
use std::rc::Rc;

use calamine::{DataRef, Reader as _, SheetType, SheetVisible, Style, Xlsx as Workbook, XlsxError};

use self::sheet::Sheet;
use crate::container::{self, Container};
use crate::decoded::Decoded;
use crate::error::{Error, Limit};
use crate::format::Format;
use crate::options::{Limits, Options};
use crate::package::Package;
use crate::writer::TextWriter;
use crate::xml::{Token, Xml};

const NAME: &str = "an XLSX file";

/// How often the largest part could be read, for sheets that share it.
const TIMES_READ: usize = 4;

/// A workbook of Excel 2007 and later.
pub(super) struct Xlsx;

impl Format for Xlsx {
    fn name(&self) -> &'static str {
        NAME
    }

    fn media_type(&self) -> &'static str {
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["xlsx", "xlsm", "xltx", "xltm"]
    }

    fn fits(&self, bytes: &[u8], _file_name: &Path) -> bool {
        container::kind(bytes) == Some(Container::Workbook)
    }

    fn read(&self, bytes: &[u8], options: &Options) -> Result<Decoded, Error> {
        let limits = options.limits;
        let largest = check_parts(bytes, limits)?;
        let mut workbook = Workbook::new(Cursor::new(bytes)).map_err(refusal)?;
        let sheets = workbook.sheets_metadata().to_vec();
        let n_read = sheets.len().saturating_mul(largest) / TIMES_READ;
        limits.check(Limit::UnpackedBytes, n_read)?;
        let mut writer = TextWriter::new(limits);
        let mut notices = Vec::new();
        for (at, metadata) in sheets.iter().enumerate() {
            let name = &metadata.name;
            if metadata.visible != SheetVisible::Visible {
                notices.push(format!("the sheet {name} is hidden and left out"));
            } else if metadata.typ == SheetType::WorkSheet {
                writer.set_page(at as u32 + 1);
                read_sheet(&mut workbook, name, limits)?.write(name, &mut writer)?;
            }
        }
        let (text, places) = writer.finish();
        Ok(Decoded {
            text,
            media_type: self.media_type().to_owned(),
            charset: "utf-8".to_owned(),
            places,
            notices,
            ..Decoded::default()
        })
    }
}

/// Reads every part once within the limits, which the library knows nothing of.
/// Returns the bytes of the largest one.
fn check_parts(bytes: &[u8], limits: Limits) -> Result<usize, Error> {
    let mut package = Package::open(bytes, NAME, limits)?;
    let (mut n_elements, mut largest) = (0, 0);
    for name in package.names() {
        let Some(text) = package.part(&name)? else { continue };
        if !text.trim_start().starts_with('<') {
            continue;
        }
        largest = largest.max(text.len());
        let mut xml = Xml::new(&text, &name, NAME, limits);
        loop {
            match xml.next()? {
                Token::Open(_) => {
                    n_elements += 1;
                    limits.check(Limit::Elements, n_elements)?;
                }
                Token::End => break,
                Token::Close | Token::Text(_) => {}
            }
        }
    }
    Ok(largest)
}

fn read_sheet(
    workbook: &mut Workbook<Cursor<&[u8]>>,
    name: &str,
    limits: Limits,
) -> Result<Sheet, Error> {
    let merges = workbook.merge_cells_by_sheet_name(name).map_err(refusal)?;
    let mut sheet = Sheet::new(limits);
    let mut n_bytes = 0_usize;
    let mut cells = workbook.worksheet_cells_reader(name).map_err(refusal)?;
    while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(refusal)? {
        let Some(text) = shown(cell.get_value(), cells.styles().get(style)) else { continue };
        if text.trim().is_empty() {
            continue;
        }
        n_bytes = n_bytes.saturating_add(text.len());
        limits.check(Limit::TextBytes, n_bytes)?;
        let (row, column) = cell.get_position();
        sheet.put(row, column, text)?;
    }
    for merge in merges {
        sheet.merge(merge.start, merge.end)?;
    }
    Ok(sheet)
}

/// Returns what a cell shows; `None` for an empty one.
fn shown(value: &DataRef<'_>, style: Option<&Style>) -> Option<Rc<str>> {
    let format = style.and_then(|style| style.number_format.as_ref());
    let code = format
        .map_or("General", |format| number_format::code_of(format.format_id, &format.format_code));
    Some(match value {
        DataRef::Empty => return None,
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.as_str().into()
        }
        DataRef::SharedString(text) => (*text).into(),
        DataRef::Int(number) => number_format::write_number(*number as f64, code).into(),
        DataRef::Float(number) => number_format::write_number(*number, code).into(),
        DataRef::Bool(true) => "TRUE".into(),
        DataRef::Bool(false) => "FALSE".into(),
        DataRef::DateTime(moment) => {
            let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
            let moment = (year, month, day, hour, minute, second);
            number_format::write_moment(moment, code).into()
        }
        DataRef::Error(error) => error.to_string().into(),
    })
}

fn refusal(error: XlsxError) -> Error {
    match error {
        XlsxError::Password => Error::Locked { kind: NAME },
        error => Error::Damaged { kind: NAME, detail: error.to_string() },
    }
}
