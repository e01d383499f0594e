//! How far a printed table reaches.

use super::{Head, PlacedLine, Width, read_heads};
use crate::fold::fold;
use crate::grid::line_at;
use crate::lines::is_blank;
use crate::marker::recognise;

/// Lines before the first row, at most.
const MOST_LINES_TO_FIRST_ROW: usize = 24;

/// Lines from one that heads a group to the number of its first row, at most.
const MOST_LINES_TO_ROW: usize = 12;

/// Blank lines inside a page of a table, at most.
const MOST_BLANK_LINES: usize = 8;

/// Lines of a table, at most.
const MOST_LINES: usize = 4_000;

/// The lines of a table below its heads, and where it ends.
pub(super) struct Extent {
    pub(super) lines: Vec<PlacedLine>,
    pub(super) end: usize,
}

impl Extent {
    /// Finds the lines from `start` on that can be rows under `heads`.
    pub(super) fn find(
        text: &str,
        heads: &[Head],
        start: usize,
        n_heads: usize,
        width: Width,
    ) -> Option<Self> {
        let numbers_end = heads[0].right + 1;
        let mut lines: Vec<PlacedLine> = Vec::new();
        let (mut at, mut page, mut n_blank, mut seen) = (start, 0, 0, false);
        while at < text.len() && lines.len() < MOST_LINES {
            let place = line_at(text, at);
            let turns = memchr::memchr_iter(b'\x0c', &text.as_bytes()[place.clone()]).count();
            if turns > 0 {
                page += turns;
                n_blank = 0;
            }
            let Some(line) = PlacedLine::read(text, at, page, n_blank > 0, width) else {
                n_blank += 1;
                at = crate::grid::after(text, place.end);
                if n_blank > MOST_BLANK_LINES && !turns_soon(text, at) {
                    break;
                }
                continue;
            };
            let heads_text =
                line.heads_group(text) && !rows_follow(text, &line, numbers_end, width);
            if heads_text || ends_table(text, heads, &line, n_heads, width) {
                break;
            }
            // Heads over heads have no rows.
            if !seen && text[line.source()].starts_with('序') {
                return None;
            }
            seen |= opens_first(text, &line, numbers_end);
            if !seen && lines.len() >= MOST_LINES_TO_FIRST_ROW {
                return None;
            }
            n_blank = 0;
            at = line.behind;
            lines.push(line);
        }
        let end = lines.last()?.behind;
        seen.then_some(Self { lines, end })
    }
}

/// Whether nothing but blank lines stands before the next page.
fn turns_soon(text: &str, at: usize) -> bool {
    const FAR: usize = 400;
    let next = text[at..].chars().take(FAR).find(|ch| *ch == '\x0c' || !is_blank(*ch));
    next == Some('\x0c')
}

/// Whether a row of the table stands below a line that may head a group of them.
fn rows_follow(text: &str, line: &PlacedLine, numbers_end: usize, width: Width) -> bool {
    let mut at = line.behind;
    let mut n_lines = 0;
    while at < text.len() && n_lines < MOST_LINES_TO_ROW {
        let Some(next) = PlacedLine::read(text, at, 0, false, width) else {
            at = crate::grid::after(text, line_at(text, at).end);
            n_lines += 1;
            continue;
        };
        let first = &next.atoms[0];
        let words = fold(&text[first.source.clone()]);
        if first.right <= numbers_end + 1 && next.atoms.len() > 1 && words.parse::<u16>().is_ok() {
            return true;
        }
        n_lines += 1;
        at = next.behind;
    }
    false
}

/// Whether a line holds the number of the first row.
fn opens_first(text: &str, line: &PlacedLine, numbers_end: usize) -> bool {
    let first = &line.atoms[0];
    first.right <= numbers_end && line.atoms.len() > 1 && fold(&text[first.source.clone()]) == "1"
}

/// Whether a line stands below the table: the head of an attachment, a heading of the
/// text, running text over all columns, the heads of another table.
fn ends_table(text: &str, heads: &[Head], line: &PlacedLine, n_heads: usize, width: Width) -> bool {
    let words = &text[line.source()];
    let opening = fold(&text[line.atoms[0].source.clone()]);
    if opening.starts_with("附件") || opening.starts_with("附表") || opening == "附" {
        return true;
    }
    let is_alone = !words.contains("  ");
    let marker = recognise(&fold(words));
    if opening.starts_with('附') && marker.is_some() && is_alone {
        return true;
    }
    if matches!(&*opening, "序号" | "序") {
        return !repeats(text, heads, line, n_heads, width);
    }
    // Running text has no gap between the columns.
    let last = &heads[heads.len() - 1];
    let right = line.atoms[line.atoms.len() - 1].right;
    is_alone && line.left() < heads[1].left && right > last.left && line.atoms.len() < 8
}

/// Whether a line opens the heads of the table once more, on its next page.
fn repeats(text: &str, heads: &[Head], line: &PlacedLine, n_heads: usize, width: Width) -> bool {
    read_heads(text, line.start, width).is_some_and(|(others, n_lines, _)| {
        n_lines == n_heads
            && others.len() == heads.len()
            && others.iter().zip(heads).all(|(one, other)| one.folded(text) == other.folded(text))
    })
}
