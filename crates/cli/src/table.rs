//! Tables for people: columns as wide as they need, cells wrapped as Chinese is.

use comfy_table::{ContentArrangement, Table, presets};
use unicode_width::UnicodeWidthStr;

use crate::wrap::wrap;

/// How narrow a column may be whose cells are wrapped, in terminal columns; the
/// widest that the table has room for is taken.
const MIN_WRAPPED: [usize; 3] = [8, 6, 4];

/// Terminal columns between two columns of the table.
const GAP: usize = 2;

/// A column: its heading, and whether its cells are wrapped.
pub(crate) struct Column {
    heading: &'static str,
    wrapped: bool,
}

/// A column of short cells, each on one line.
pub(crate) fn short(heading: &'static str) -> Column {
    Column { heading, wrapped: false }
}

/// A column whose cells are wrapped as the width demands.
pub(crate) fn wrapped(heading: &'static str) -> Column {
    Column { heading, wrapped: true }
}

/// Lays the rows out in `width` terminal columns, where a Han character takes
/// two; in more, where the short columns and the narrowest wrapped ones do not
/// fit. Cells are wrapped, never cut; columns without content are left out.
pub(crate) fn render(columns: &[Column], rows: &[Vec<String>], width: usize) -> String {
    let used: Vec<usize> = (0..columns.len())
        .filter(|&at| rows.iter().any(|row| row.get(at).is_some_and(|cell| !cell.is_empty())))
        .collect();
    let cells = |row: &Vec<String>| -> Vec<String> {
        used.iter().map(|&at| row.get(at).cloned().unwrap_or_default()).collect()
    };
    let rows: Vec<Vec<String>> = rows.iter().map(cells).collect();
    let columns: Vec<&Column> = used.iter().map(|&at| &columns[at]).collect();
    let widths = widths(&columns, &rows, width);
    let mut table = Table::new();
    table
        .load_style(presets::UTF8_HORIZONTAL_ONLY)
        .set_content_arrangement(ContentArrangement::Disabled)
        .force_no_tty()
        .set_header(wrapped_cells(columns.iter().map(|column| column.heading), &widths));
    for row in &rows {
        table.add_row(wrapped_cells(row.iter().map(String::as_str), &widths));
    }
    for column in table.column_iter_mut() {
        // The style puts one blank between columns.
        column.set_padding((0, GAP as u16 - 1));
    }
    table.trim_fmt()
}

fn wrapped_cells<'a>(cells: impl Iterator<Item = &'a str>, widths: &[usize]) -> Vec<String> {
    cells.zip(widths).map(|(cell, width)| wrap(cell, *width).join("\n")).collect()
}

/// Shares the width out so that the table gets as low as possible: short
/// columns get what they need, and the others two terminal columns at a time,
/// each time where most lines are saved.
fn widths(columns: &[&Column], rows: &[Vec<String>], width: usize) -> Vec<usize> {
    let needs: Vec<Vec<usize>> = (0..columns.len())
        .map(|at| rows.iter().map(|row| widest_line(&row[at])).collect())
        .collect();
    let widest = |at: usize| -> usize {
        let cells = needs[at].iter().copied().max().unwrap_or(0);
        cells.max(columns[at].heading.width())
    };
    let narrowest = |min: usize| -> Vec<usize> {
        let width = |at: usize| if columns[at].wrapped { widest(at).min(min) } else { widest(at) };
        (0..columns.len()).map(width).collect()
    };
    let total = |widths: &[usize]| widths.iter().map(|width| width + GAP).sum::<usize>();
    let mut widths = MIN_WRAPPED
        .into_iter()
        .map(narrowest)
        .find(|widths| total(widths) <= width)
        .unwrap_or_else(|| narrowest(MIN_WRAPPED[2]));
    let mut left = width.saturating_sub(total(&widths));
    while left >= 2 {
        let open = (0..columns.len()).filter(|&at| widths[at] < widest(at));
        let Some(best) = open.max_by_key(|&at| saved(&needs, &widths, at)) else { break };
        widths[best] += 2;
        left -= 2;
    }
    widths
}

/// Returns what is gained where a column grows by two: lines of its cells, and
/// most of all those of the highest cell of a row; scaled to whole numbers.
fn saved(needs: &[Vec<usize>], widths: &[usize], at: usize) -> usize {
    const SCALE: usize = 1000;
    let height = |column: usize, row: usize, width: usize| needs[column][row] * SCALE / width;
    (0..needs[at].len())
        .map(|row| {
            let gain = height(at, row, widths[at]) - height(at, row, widths[at] + 2);
            let is_highest = (0..needs.len())
                .all(|other| height(other, row, widths[other]) <= height(at, row, widths[at]));
            if is_highest { 4 * gain } else { gain }
        })
        .sum()
}

fn widest_line(cell: &str) -> usize {
    cell.lines().map(UnicodeWidthStr::width).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(width: usize) -> String {
        let columns = [short("序号"), wrapped("任务"), wrapped("空"), wrapped("量化目标")];
        let row = |cells: [&str; 4]| cells.map(str::to_owned).to_vec();
        let rows = [
            row(["1", "推进造林绿化", "", "到2027年,全省森林覆盖率达到42.5%以上"]),
            row(["2", "治理水体", "", "城市黑臭水体消除比例不低于90%\n清单全覆盖"]),
        ];
        render(&columns, &rows, width)
    }

    #[test]
    fn no_line_is_wider_than_asked_and_nothing_is_cut() {
        for width in [40, 60, 80, 120] {
            let text = table(width);
            assert!(text.lines().all(|line| line.width() <= width), "{width}:\n{text}");
            let chars = |wanted: char| text.chars().filter(|ch| *ch == wanted).count();
            assert_eq!((chars('林'), chars('体'), chars('9')), (2, 2, 1), "{text}");
            assert!(!text.contains('空'), "{text}");
        }
    }

    #[test]
    fn columns_of_wide_characters_line_up() {
        insta::assert_snapshot!(table(60));
    }
}
