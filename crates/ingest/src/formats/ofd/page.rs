//! One page of an OFD file, or a template on which pages stand.

use crate::error::Error;
use crate::paged::{Fragment, N_RULINGS, Ruling};
use crate::xml::{Element, Token, Xml};

/// The words of a page, in mm from its upper left corner.
#[derive(Default)]
pub(super) struct Sheet {
    pub(super) height: Option<f32>,
    /// The templates it stands on, by their identifiers.
    pub(super) templates: Vec<String>,
    pub(super) fragments: Vec<Fragment>,
    /// The lines drawn on it.
    pub(super) rulings: Vec<Ruling>,
    /// Pieces of text turned against the page.
    pub(super) n_turned: usize,
}

impl Sheet {
    /// Reads the content of a page.
    ///
    /// # Errors
    ///
    /// Those of [`Xml::next`].
    pub(super) fn read(mut xml: Xml<'_>) -> Result<Self, Error> {
        let mut sheet = Self::default();
        let mut object = Object::default();
        let mut is_stroked = true;
        loop {
            match xml.next()? {
                Token::Open(element) => match element.name() {
                    "PhysicalBox" => sheet.height = height(&xml.text()?),
                    "Template" => {
                        sheet.templates.extend(element.attribute("TemplateID"));
                    }
                    "TextObject" | "PathObject"
                        if element.attribute("Visible").as_deref() == Some("false") =>
                    {
                        xml.skip()?;
                    }
                    "PathObject" => {
                        object = Object::of(&element);
                        is_stroked = element.attribute("Stroke").as_deref() != Some("false");
                    }
                    "AbbreviatedData" => {
                        let drawn = object.lines(&xml.text()?, is_stroked);
                        if sheet.rulings.len() <= N_RULINGS {
                            sheet.rulings.extend(drawn);
                        }
                    }
                    "TextObject" => object = Object::of(&element),
                    "TextCode" => {
                        let code = Code::of(&element);
                        let words = xml.text()?;
                        if object.is_turned() {
                            sheet.n_turned += usize::from(!words.trim().is_empty());
                        } else {
                            object.place(&code, words.trim_matches(['\n', '\r']), &mut sheet);
                        }
                    }
                    _ => {}
                },
                Token::End => return Ok(sheet),
                _ => {}
            }
        }
    }
}

/// Returns the height of a box: `0 0 210 297`.
pub(super) fn height(text: &str) -> Option<f32> {
    numbers(text).get(3).copied().filter(|height| *height > 0.0)
}

/// Words with one size and one turn.
struct Object {
    /// Its upper left corner on the page.
    corner: (f32, f32),
    /// From its own coordinates to those of its corner: a b c d e f.
    turn: [f32; 6],
    size: f32,
    /// How much wider than usual its letters are.
    wide: f32,
}

impl Default for Object {
    fn default() -> Self {
        Self { corner: (0.0, 0.0), turn: [1.0, 0.0, 0.0, 1.0, 0.0, 0.0], size: 0.0, wide: 1.0 }
    }
}

/// Where the letters of a piece of text stand in their object.
struct Code {
    /// Where the first stands.
    start: (f32, f32),
    /// From each letter to the next.
    steps_across: Vec<f32>,
    steps_down: Vec<f32>,
}

impl Object {
    fn of(element: &Element<'_>) -> Self {
        let attribute = |name| element.attribute(name).map(|value| numbers(&value));
        let first = |name| attribute(name).and_then(|values| values.first().copied());
        let corner = attribute("Boundary").unwrap_or_default();
        let usual = Self::default();
        Self {
            corner: (corner.first().copied().unwrap_or(0.0), corner.get(1).copied().unwrap_or(0.0)),
            turn: attribute("CTM")
                .and_then(|values| <[f32; 6]>::try_from(values).ok())
                .unwrap_or(usual.turn),
            size: first("Size").unwrap_or(0.0),
            wide: first("HScale").unwrap_or(usual.wide),
        }
    }

    /// Whether its lines do not run from left to right.
    fn is_turned(&self) -> bool {
        let [across, up, ..] = self.turn;
        across <= 0.0 || up.abs() > 0.1 * across
    }

    /// Returns the lines of a path: `M 0 0 L 50 0 L 50 0.2 C`, those of its thin areas
    /// where it is painted and not stroked.
    fn lines(&self, path: &str, is_stroked: bool) -> Vec<Ruling> {
        let [a, b, c, d, e, f] = self.turn;
        let place =
            |x: f32, y: f32| (self.corner.0 + a * x + c * y + e, self.corner.1 + b * x + d * y + f);
        let mut lines = Vec::new();
        let mut corners: Vec<(f32, f32)> = Vec::new();
        let mut end = |corners: &mut Vec<(f32, f32)>| {
            let side = |one: fn(f32, f32) -> f32, start| {
                let x = corners.iter().map(|at| at.0).fold(start, one);
                (x, corners.iter().map(|at| at.1).fold(start, one))
            };
            if is_stroked {
                lines.extend(corners.windows(2).filter_map(|two| Ruling::between(two[0], two[1])));
            } else {
                let area = (side(f32::min, f32::INFINITY), side(f32::max, f32::NEG_INFINITY));
                lines.extend(Ruling::between(area.0, area.1));
            }
            corners.clear();
        };
        let mut words = path.split_ascii_whitespace();
        while let Some(word) = words.next() {
            // The end of a curve is the last of its points.
            let n_numbers = match word {
                "S" | "M" | "L" => 2,
                "Q" => 4,
                "B" => 6,
                "A" => 7,
                "C" => 0,
                _ => continue,
            };
            let numbers: Vec<f32> =
                words.by_ref().take(n_numbers).map(|word| word.parse().unwrap_or(0.0)).collect();
            match (word, &numbers[..]) {
                ("C", _) => corners.extend(corners.first().copied()),
                ("L", &[x, y]) => corners.push(place(x, y)),
                (_, &[.., x, y]) => {
                    end(&mut corners);
                    corners.push(place(x, y));
                }
                _ => {}
            }
        }
        end(&mut corners);
        lines
    }

    /// Adds the words of a piece of text, parted where letters stand apart, turn
    /// back or change their line.
    fn place(&self, code: &Code, words: &str, sheet: &mut Sheet) {
        let [a, b, c, d, e, f] = self.turn;
        let size = self.size * d.abs();
        let scale = a / d.abs().max(f32::MIN_POSITIVE) * self.wide;
        let (mut x, mut y) = code.start;
        let mut open: Option<Fragment> = None;
        for (at, ch) in words.chars().enumerate() {
            let left = self.corner.0 + a * x + c * y + e;
            let baseline = self.corner.1 + b * x + d * y + f;
            let width = size * scale * letter_width(ch);
            let goes_on = open.as_ref().is_some_and(|open| {
                (baseline - open.baseline).abs() < 0.1 * size
                    && left - open.right < size
                    && left > open.left - 0.1 * size
            });
            match &mut open {
                Some(open) if goes_on => {
                    open.text.push(ch);
                    open.right = left + width;
                }
                _ => {
                    let text = ch.to_string();
                    let next = Fragment { text, left, right: left + width, baseline, size };
                    sheet.fragments.extend(open.replace(next));
                }
            }
            let across = code.steps_across.get(at).copied();
            x += across.unwrap_or_else(|| {
                if code.steps_down.is_empty() {
                    self.size * self.wide * letter_width(ch)
                } else {
                    0.0
                }
            });
            y += code.steps_down.get(at).copied().unwrap_or(0.0);
        }
        sheet.fragments.extend(open);
    }
}

impl Code {
    fn of(element: &Element<'_>) -> Self {
        let first = |name| {
            let value = element.attribute(name)?;
            numbers(&value).first().copied()
        };
        let steps = |name| element.attribute(name).map(|value| steps(&value)).unwrap_or_default();
        Self {
            start: (first("X").unwrap_or(0.0), first("Y").unwrap_or(0.0)),
            steps_across: steps("DeltaX"),
            steps_down: steps("DeltaY"),
        }
    }
}

/// Returns the width of a letter, in sizes.
fn letter_width(ch: char) -> f32 {
    if ch.is_ascii() { 0.5 } else { 1.0 }
}

fn numbers(text: &str) -> Vec<f32> {
    text.split_ascii_whitespace().map(|word| word.parse().unwrap_or(0.0)).collect()
}

/// More steps than any line has letters: those behind are all alike or none.
const N_STEPS: usize = 100_000;

/// Returns steps from letter to letter; `g 3 2.5` is three times 2.5.
fn steps(text: &str) -> Vec<f32> {
    let mut steps = Vec::new();
    let mut words = text.split_ascii_whitespace();
    while let Some(word) = words.next() {
        if word.eq_ignore_ascii_case("g") {
            let n = words.next().and_then(|n| n.parse().ok()).unwrap_or(0_usize);
            let step = words.next().and_then(|step| step.parse().ok()).unwrap_or(0.0);
            let room = N_STEPS.saturating_sub(steps.len());
            steps.extend(std::iter::repeat_n(step, n.min(room)));
        } else {
            steps.push(word.parse().unwrap_or(0.0));
        }
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::Limits;

    fn read(objects: &str) -> Sheet {
        let text = format!("<Page><Content><Layer>{objects}</Layer></Content></Page>");
        Sheet::read(Xml::new(&text, "Content.xml", "an OFD file", Limits::default())).unwrap()
    }

    #[test]
    fn letters_stand_where_corner_turn_and_steps_put_them() {
        let sheet = read(
            "<TextObject Boundary=\"20 30 50 6\" Size=\"5\" CTM=\"2 0 0 2 1 0\">\
             <TextCode X=\"1\" Y=\"4\" DeltaX=\"g 2 5 20 5\">推进建设啊</TextCode></TextObject>",
        );
        let [first, second] = &sheet.fragments[..] else { panic!("{:?}", sheet.fragments) };
        assert_eq!((first.text.as_str(), first.left, first.baseline), ("推进建", 23.0, 38.0));
        assert_eq!((first.size, first.right), (10.0, 53.0));
        assert_eq!((second.text.as_str(), second.left), ("设啊", 83.0));
    }

    #[test]
    fn a_piece_may_hold_several_lines() {
        let sheet = read(
            "<TextObject Boundary=\"0 0 50 20\" Size=\"5\"><TextCode X=\"0\" Y=\"5\" DeltaX=\"5 -5 5\" DeltaY=\"0 8 0\">\
             推进落实</TextCode></TextObject>",
        );
        let lines: Vec<_> =
            sheet.fragments.iter().map(|each| (&*each.text, each.baseline)).collect();
        assert_eq!(lines, [("推进", 5.0), ("落实", 13.0)]);
    }

    #[test]
    fn what_is_turned_or_hidden_is_left_out() {
        let sheet = read(
            "<TextObject Boundary=\"0 0 9 9\" Size=\"5\" CTM=\"0.7 0.7 -0.7 0.7 0 0\"><TextCode X=\"0\" Y=\"5\">内部</TextCode>\
             </TextObject><TextObject Visible=\"false\" Size=\"5\"><TextCode X=\"0\" Y=\"5\">隐</TextCode></TextObject>",
        );
        assert!(sheet.fragments.is_empty());
        assert_eq!(sheet.n_turned, 1);
    }
}
