//! Tables for people.

use comfy_table::{ColumnConstraint, ContentArrangement, Table, Width, presets};

/// Narrowest column whose words are wrapped, in terminal columns.
const MIN_WRAPPED: u16 = 8;

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

/// Lays the rows out in at most `width` terminal columns, where a Han character
/// takes two. Cells are wrapped, never cut; columns without content are left out.
pub(crate) fn render(columns: &[Column], rows: &[Vec<String>], width: usize) -> String {
    let used: Vec<usize> = (0..columns.len())
        .filter(|&at| rows.iter().any(|row| row.get(at).is_some_and(|cell| !cell.is_empty())))
        .collect();
    let mut table = Table::new();
    table
        .load_style(presets::UTF8_HORIZONTAL_ONLY)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(u16::try_from(width).unwrap_or(u16::MAX))
        .force_no_tty()
        .set_header(used.iter().map(|&at| columns[at].heading));
    for row in rows {
        table.add_row(used.iter().map(|&at| row.get(at).map_or("", String::as_str)));
    }
    for (&at, column) in used.iter().zip(table.column_iter_mut()) {
        column.set_constraint(if columns[at].wrapped {
            ColumnConstraint::LowerBoundary(Width::Fixed(MIN_WRAPPED))
        } else {
            ColumnConstraint::ContentWidth
        });
    }
    table.trim_fmt()
}
