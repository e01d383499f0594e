//! From a table to its divisions: the table, a division for each row that is a
//! task, or the box that a table of one column is.

use std::ops::Range;

use gangmu_model::{DivisionKind, MarkerStyle};

use crate::columns::ColumnKind;
use crate::furniture::is_longer_than;
use crate::heading::split;
use crate::marker::{RawMarker, recognise};
use crate::numeral::{leading_arabic, leading_han};
use crate::outline::{Node, TablePlace};
use crate::table::Table;
use crate::view::View;

/// The longest task that is a title, in characters; more is text.
const TITLE_CHARS: usize = 60;

/// Adds the divisions of a table that stands in `owner` under the line `caption`.
pub(crate) fn push(
    at: usize,
    caption: Option<Range<usize>>,
    owner: Option<usize>,
    view: &View<'_>,
    nodes: &mut Vec<Node>,
) {
    let table = view.table(at);
    let start = caption.as_ref().map(|caption| view.marked_range(caption.clone()).start);
    let source = start.unwrap_or(table.grid.source.start)..table.grid.source.end;
    let mut node = Node::new(DivisionKind::Table, owner);
    node.source = Some(source);
    if table.grid.is_box {
        nodes.push(boxed(node, caption, table, view));
        return;
    }
    node.table = Some(TablePlace { table: at, row: None });
    node.ordinal = caption.as_ref().and_then(|caption| {
        let rest = view.text(caption.clone()).strip_prefix('表')?;
        let (number, _) = leading_arabic(rest, 3).or_else(|| leading_han(rest))?;
        Some(number)
    });
    let title_row = || table.rows[0].cells.first().cloned().filter(|_| table.grid.is_titled);
    node.title = caption.or_else(title_row);
    let own_rows = table.rows.iter().filter(|row| row.ordinal.is_none());
    for cell in own_rows.flat_map(|row| &row.cells) {
        lines_of(view, cell.clone()).for_each(|line| node.push_text(line));
    }
    table.notes.iter().for_each(|note| node.push_text(note.clone()));
    nodes.push(node);
    let parent = nodes.len() - 1;
    for (row, ordinal) in
        table.rows.iter().enumerate().filter_map(|(at, row)| Some((at, row.ordinal?)))
    {
        let mut node = row_node(table, row, parent, view);
        node.table = Some(TablePlace { table: at, row: Some(row) });
        node.ordinal = Some(ordinal);
        nodes.push(node);
    }
}

/// The folded lines of a cell.
pub(crate) fn lines_of<'v>(
    view: &'v View<'_>,
    cell: Range<usize>,
) -> impl Iterator<Item = Range<usize>> + 'v {
    let mut start = cell.start;
    view.text(cell).split('\n').map(move |line| {
        let range = start..start + line.len();
        start = range.end + 1;
        range
    })
}

/// 专栏 数据技术和产业重点支持方向, and what stands in the rows below.
fn boxed(mut node: Node, caption: Option<Range<usize>>, table: &Table, view: &View<'_>) -> Node {
    const WORD: &str = "专栏";
    node.kind = DivisionKind::Box;
    if let Some(caption) = caption {
        node.push_text(caption);
    }
    for (at, cell) in table.rows.iter().filter_map(|row| row.cells.first()).enumerate() {
        let mut lines = lines_of(view, cell.clone());
        if at == 0
            && let Some(head) = lines.next()
        {
            let numbered = recognise(view.text(head.clone()))
                .filter(|marker| marker.style == MarkerStyle::Box);
            let bare = RawMarker {
                style: MarkerStyle::Box,
                ordinal: 1,
                len: WORD.len(),
                depth: 1,
                inserted: 0,
            };
            let marker = numbered.unwrap_or(bare);
            node.marker = Some(marker);
            node.marker_range = head.start..head.start + marker.len;
            node.title = Some(node.marker_range.end..head.end).filter(|title| !title.is_empty());
        }
        lines.for_each(|line| node.push_text(line));
    }
    node
}

/// A row as a division: the task is its title, and its text what no other
/// column says: neither number nor bodies.
fn row_node(table: &Table, at: usize, parent: usize, view: &View<'_>) -> Node {
    let mut node = Node::new(DivisionKind::ListEntry, Some(parent));
    node.source = Some(table.grid.rows[at].line.clone());
    let cells = &table.rows[at].cells;
    let subject = table.subject();
    let mut before: Option<usize> = None;
    for (column, cell) in cells.iter().enumerate() {
        let kind = table.columns.get(column).and_then(|column| column.kind);
        let words = view.text(cell.clone());
        // A cell that spans two columns stands in both.
        let spans = before.is_some_and(|before| view.text(cells[before].clone()) == words);
        before = Some(column);
        let is_said = matches!(kind, Some(ColumnKind::Number | ColumnKind::Body(_)));
        if words.is_empty() || is_said || spans && Some(column) != subject {
            continue;
        }
        let mut lines = lines_of(view, cell.clone());
        if Some(column) == subject
            && let Some(first) = lines.next()
        {
            let (title, rest) = title_of(view.text(first.clone()));
            node.title = title.map(|title| first.start + title.start..first.start + title.end);
            node.push_text(first.start + rest..first.end);
        }
        lines.for_each(|line| node.push_text(line));
    }
    node
}

/// The title in the words of a task, and where its text begins.
fn title_of(words: &str) -> (Option<Range<usize>>, usize) {
    let sentence = words.trim_end_matches(['。', ';']);
    if !sentence.is_empty() && !is_longer_than(sentence, TITLE_CHARS) && !sentence.contains('。') {
        return (Some(0..sentence.len()), words.len());
    }
    let parts = split(words, true, false, false);
    (parts.title, parts.text)
}
