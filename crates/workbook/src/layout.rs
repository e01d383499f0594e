//! How wide columns and how high rows are.
//!
//! Neither Excel nor LibreOffice makes a wrapped row high enough when it opens a
//! file that another program wrote, so every height is computed here from the
//! lines that a cell takes. Widths are in units of a sheet, one the width of a
//! digit in the workbook's own font (7 pixels): a Han character of
//! [`FONT_POINTS`] takes two.

use unicode_width::UnicodeWidthStr;

use crate::book::{Cell, ColumnKind, Row, Sheet};

/// The size of the letters of cells, in points (五号).
pub(crate) const FONT_POINTS: f64 = 10.5;

/// The size where a cell is too high for a row otherwise, in points.
pub(crate) const SMALL_FONT_POINTS: f64 = 8.0;

/// The height of a line of [`FONT_POINTS`], and what a row takes beside its lines, in points.
const LINE_POINTS: f64 = 14.0;
const ROW_PADDING_POINTS: f64 = 6.0;

/// The height of a line of [`SMALL_FONT_POINTS`].
const SMALL_LINE_POINTS: f64 = 11.2;

/// The highest that a row can be, in points.
const MAX_ROW_POINTS: f64 = 409.0;

/// Units of an A4 page, landscape, at full size.
const PAGE_UNITS: usize = 146;

/// Units that a table may take: the page then shows it at seven tenths.
const WIDE_UNITS: usize = 205;

/// What two more units must gain a row, on average, for the page to show all
/// letters smaller.
const WORTH_A_WIDER_PAGE: f64 = 0.1;

/// Units of a cell that no letter takes, at its left and right edge.
const CELL_PADDING: f64 = 1.0;

/// The widest that a column gets, in units.
const MAX_COLUMN_UNITS: usize = 100;

/// The narrowest that a column gets that is filled, in units.
const MIN_SHORT_UNITS: usize = 6;
const MIN_TEXT_UNITS: usize = 12;

/// Up to which width short words are never wrapped, in units.
const UNWRAPPED_UNITS: usize = 10;

/// How wide a column is that people fill in.
const OWN_UNITS: usize = 14;

/// Widths and heights of a sheet.
#[derive(Debug, PartialEq)]
pub(crate) struct Layout {
    /// Of each column, in units.
    pub(crate) widths: Vec<usize>,
    /// Of each row below the headings, in points.
    pub(crate) heights: Vec<f64>,
    /// Whether a row's letters are small, so that all of its text is seen.
    pub(crate) small: Vec<bool>,
    /// Of the row of headings, in points.
    pub(crate) head_height: f64,
}

impl Layout {
    /// Lays a sheet out.
    pub(crate) fn of(sheet: &Sheet) -> Self {
        let needs = Needs::of(sheet);
        let widths = needs.widths(sheet);
        let head_lines = sheet.columns.iter().zip(&widths);
        // The arrow of the filter takes two units of a heading.
        let head_lines = head_lines
            .map(|(column, width)| lines(&[column.heading.width_cjk() + 2], *width, FONT_POINTS));
        let mut layout = Self {
            heights: Vec::with_capacity(sheet.rows.len()),
            small: Vec::with_capacity(sheet.rows.len()),
            head_height: height(head_lines.max().unwrap_or(1), LINE_POINTS),
            widths,
        };
        for row in &needs.rows {
            let normal = height(needs.lines(row, &layout.widths, FONT_POINTS), LINE_POINTS);
            let small = normal > MAX_ROW_POINTS;
            let points = if small {
                height(needs.lines(row, &layout.widths, SMALL_FONT_POINTS), SMALL_LINE_POINTS)
            } else {
                normal
            };
            layout.small.push(small);
            layout.heights.push(points.min(MAX_ROW_POINTS));
        }
        layout
    }
}

fn height(n_lines: usize, line_points: f64) -> f64 {
    n_lines.max(1) as f64 * line_points + ROW_PADDING_POINTS
}

/// Returns how many lines a cell takes whose paragraphs need these units.
fn lines(paragraphs: &[usize], width: usize, font_points: f64) -> usize {
    let room = (width as f64 - CELL_PADDING) * FONT_POINTS / font_points;
    // A line ends with a whole character, and marks that may not begin a line
    // take the one before them along.
    let room = ((room / 2.0).floor() * 2.0 - if room > 16.0 { 1.0 } else { 0.0 }).max(2.0);
    paragraphs.iter().map(|need| ((*need as f64 / room).ceil() as usize).max(1)).sum()
}

/// The units that each paragraph of each cell needs; empty for empty cells.
struct Needs {
    rows: Vec<Vec<Vec<usize>>>,
}

impl Needs {
    fn of(sheet: &Sheet) -> Self {
        let cells = |row: &Row| match row {
            // A section reaches over all columns.
            Row::Section(_) => Vec::new(),
            Row::Cells(cells) => cells.iter().map(paragraphs).collect(),
        };
        Self { rows: sheet.rows.iter().map(cells).collect() }
    }

    /// Returns the lines of the highest cell of a row.
    fn lines(&self, row: &[Vec<usize>], widths: &[usize], font_points: f64) -> usize {
        let cells = row.iter().zip(widths);
        cells.map(|(cell, width)| lines(cell, *width, font_points)).max().unwrap_or(1)
    }

    /// Shares the page out so that the table gets as low as possible: two units
    /// at a time, each time where most lines are saved. What would be higher
    /// than a row can be is made wider in any case.
    fn widths(&self, sheet: &Sheet) -> Vec<usize> {
        let n_columns = sheet.columns.len();
        let widest: Vec<usize> = (0..n_columns).map(|at| self.widest(at)).collect();
        let most: Vec<usize> = sheet
            .columns
            .iter()
            .zip(&widest)
            .map(|(column, widest)| {
                let heading = column.heading.width_cjk() + 3;
                (widest + 2).max(heading).min(MAX_COLUMN_UNITS)
            })
            .collect();
        let mut widths: Vec<usize> = sheet
            .columns
            .iter()
            .zip(widest.iter().zip(&most))
            .map(|(column, (widest, most))| {
                let least = match column.kind {
                    ColumnKind::Own => return (*most).clamp(OWN_UNITS, OWN_UNITS * 2),
                    ColumnKind::Short => (widest + 2).clamp(MIN_SHORT_UNITS, UNWRAPPED_UNITS),
                    ColumnKind::Text => MIN_TEXT_UNITS,
                };
                let heading = column.heading.width_cjk() + 3;
                // An empty column is as wide as half of its heading.
                if *widest == 0 {
                    heading.div_ceil(2) + 1
                } else {
                    least.max(heading / 2 + 1).min(*most)
                }
            })
            .collect();
        loop {
            let used: usize = widths.iter().sum::<usize>() + 2;
            let open = (0..n_columns).filter(|&at| widest[at] > 0 && widths[at] + 2 <= most[at]);
            let gains = open.map(|at| (self.gain(&widths, at), at));
            let Some((gain, at)) = gains.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))
            else {
                break;
            };
            if used > WIDE_UNITS {
                break;
            }
            let is_wider = used > PAGE_UNITS;
            let least = if is_wider { WORTH_A_WIDER_PAGE * self.rows.len() as f64 } else { 0.0 };
            if gain <= least {
                break;
            }
            widths[at] += 2;
        }
        for at in 0..n_columns {
            let is_too_high = |width: usize| {
                self.cells(at).any(|cell| {
                    height(lines(cell, width, FONT_POINTS), LINE_POINTS) > MAX_ROW_POINTS
                })
            };
            while widths[at] < most[at] && is_too_high(widths[at]) {
                widths[at] += 1;
            }
        }
        widths
    }

    fn cells(&self, at: usize) -> impl Iterator<Item = &[usize]> {
        self.rows.iter().filter_map(move |row| row.get(at).map(Vec::as_slice))
    }

    fn widest(&self, at: usize) -> usize {
        self.cells(at).flatten().copied().max().unwrap_or(0)
    }

    /// Returns what is gained where a column grows by two: in part the lines of its
    /// cells, and most of all those of the highest cell of a row. Fractions of
    /// lines count, or else a step that saves none would hide the next that does.
    fn gain(&self, widths: &[usize], at: usize) -> f64 {
        let high = |cell: &[usize], width: usize| -> f64 {
            let room = width as f64 - CELL_PADDING;
            cell.iter().map(|need| (*need as f64 / room).max(1.0)).sum()
        };
        let mut gain = 0.0;
        for row in &self.rows {
            let Some(cell) = row.get(at) else { continue };
            let now = high(cell, widths[at]);
            let saved = now - high(cell, widths[at] + 2);
            let is_highest =
                row.iter().zip(widths).all(|(other, width)| high(other, *width) <= now);
            gain += if is_highest { 4.0 * saved } else { saved };
        }
        gain
    }
}

/// Returns the units that the paragraphs of a cell need. Marks such as “” and … are as
/// wide as Han characters in Chinese fonts.
fn paragraphs(cell: &Cell) -> Vec<usize> {
    match cell {
        Cell::Empty => Vec::new(),
        Cell::Number(number) => vec![number.to_string().len()],
        Cell::Text(text) => text.lines().map(UnicodeWidthStr::width_cjk).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::Column;

    fn sheet(texts: &[[&str; 2]]) -> Sheet {
        Sheet {
            columns: vec![
                Column::new("条目", ColumnKind::Short),
                Column::new("具体措施", ColumnKind::Text),
            ],
            rows: texts
                .iter()
                .map(|row| Row::Cells(row.iter().map(|text| Cell::text(*text)).collect()))
                .collect(),
            ..Sheet::default()
        }
    }

    #[test]
    fn a_cell_has_as_many_lines_as_its_characters_fill() {
        assert_eq!(lines(&[20], 21, FONT_POINTS), 2);
        assert_eq!(lines(&[20], 23, FONT_POINTS), 1);
        assert_eq!(lines(&[6, 0, 6], 9, FONT_POINTS), 3);
        assert_eq!(lines(&[], 9, FONT_POINTS), 0);
    }

    #[test]
    fn a_page_is_shared_out_and_never_left() {
        let long = "推进造林绿化".repeat(60);
        let layout = Layout::of(&sheet(&[["三、(七)", &long], ["三、(八)", "短"]]));
        assert!(layout.widths.iter().sum::<usize>() <= PAGE_UNITS, "{:?}", layout.widths);
        assert!(layout.heights[0] > 5.0 * LINE_POINTS && layout.heights[0] <= MAX_ROW_POINTS);
        assert_eq!(layout.heights[1], LINE_POINTS + ROW_PADDING_POINTS);
        assert_eq!(layout.small, [false, false]);
    }

    #[test]
    fn a_text_too_long_for_a_row_has_small_letters() {
        let huge = "推进造林绿化".repeat(260);
        let layout = Layout::of(&sheet(&[["一", &huge]]));
        assert_eq!((layout.widths[1], layout.small[0]), (MAX_COLUMN_UNITS, true));
        assert!(layout.heights[0] <= MAX_ROW_POINTS);
    }
}
