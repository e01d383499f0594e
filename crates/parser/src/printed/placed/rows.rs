//! Which lines are a row: that with its number, and those round it.

use std::ops::Range;

use super::columns::Columns;
use super::{Atom, Part, PlacedLine};
use crate::fold::fold;
use crate::numeral::leading_arabic;

/// A row, and the lines it takes.
pub(super) struct PlacedRow {
    /// Its number; `None` for one that heads a group of rows: 一 特色赛道.
    pub(super) number: Option<u32>,
    pub(super) lines: Range<usize>,
}

/// A line that tells of a row: the one with its number.
struct Anchor {
    at: usize,
    number: Option<u32>,
}

/// Lines of a row above its number or below it that are looked at.
const MOST_LINES: usize = 60;

/// How much it tells that a blank line stands between two lines, that a sentence ends
/// there, and that one line more lies above the number of a row than below it.
const BLANK: i32 = 6;
const SENTENCE: i32 = 4;
const LINE: i32 = 1;

/// Finds the rows, in order.
pub(super) fn of(
    text: &str,
    lines: &[PlacedLine],
    parts: &[Part],
    columns: &Columns,
) -> Vec<PlacedRow> {
    let anchors = anchors(text, lines, parts, columns);
    let mut rows = Vec::with_capacity(anchors.len());
    let mut start = 0;
    for (at, anchor) in anchors.iter().enumerate() {
        // What stands above the first row belongs to it.
        let floor = anchor.at + 1;
        let cut = match anchors.get(at + 1) {
            Some(next) => {
                best_cut(text, lines, parts, columns, (start, anchor.at), floor..next.at + 1)
            }
            None => {
                let n_below = anchor.at - start + 1;
                let ceiling = (floor + n_below + 1).min(lines.len());
                best_cut(text, lines, parts, columns, (start, anchor.at), floor..ceiling + 1)
            }
        };
        rows.push(PlacedRow { number: anchor.number, lines: start..cut });
        start = cut;
    }
    rows
}

/// The lines with the numbers of rows, which count on from 1, and those that head groups.
fn anchors(text: &str, lines: &[PlacedLine], parts: &[Part], columns: &Columns) -> Vec<Anchor> {
    let mut anchors: Vec<Anchor> = Vec::new();
    let mut last = 0;
    for (at, line) in lines.iter().enumerate().filter(|(at, _)| parts[*at] == Part::Row) {
        if line.heads_group(text) {
            anchors.push(Anchor { at, number: None });
            continue;
        }
        let first = &line.atoms[0];
        let in_numbers = columns.of(line, first) == 0
            && line.atoms.get(1).is_none_or(|next| columns.of(line, next) > 0);
        if !in_numbers {
            continue;
        }
        let words = fold(&text[first.source.clone()]);
        let words = words.trim_end_matches(['.', '、']);
        let whole = |(number, len): (u32, usize)| (len == words.len()).then_some(number);
        if let Some(number) = leading_arabic(words, 3).and_then(whole) {
            if number == 1 || number > last && number <= last + 2 {
                anchors.push(Anchor { at, number: Some(number) });
                last = number;
            }
        }
    }
    anchors
}

/// Where the row ends whose lines begin at `row.0` and whose number stands on `row.1`: a
/// place of `cuts`, the line behind its last one.
fn best_cut(
    text: &str,
    lines: &[PlacedLine],
    parts: &[Part],
    columns: &Columns,
    (start, number): (usize, usize),
    cuts: Range<usize>,
) -> usize {
    let start = start.max(number.saturating_sub(MOST_LINES));
    let cuts = cuts.start..cuts.end.min(cuts.start + MOST_LINES);
    let is_row = |at: &usize| parts[*at] == Part::Row;
    let n_above = (start..number).filter(is_row).count();
    let weigh = |cut: usize| {
        let n_below = (number + 1..cut).filter(is_row).count();
        let uneven = n_above.abs_diff(n_below);
        let mut weight = -LINE * i32::try_from(uneven).unwrap_or(i32::MAX);
        let above = (start..cut).rev().find(is_row);
        if let Some(next) = (cut..lines.len()).find(is_row) {
            if lines[next].after_blank {
                weight += BLANK;
            }
        } else {
            weight += BLANK;
        }
        if above.is_some_and(|above| ends_sentence(text, lines, columns, start..above + 1)) {
            weight += SENTENCE;
        }
        if above.is_some_and(|above| breaks_off(text, lines, columns, start..above + 1)) {
            weight -= SENTENCE;
        }
        weight
    };
    let mut best = cuts.start;
    for cut in cuts.clone() {
        if weigh(cut) > weigh(best) {
            best = cut;
        }
    }
    best
}

/// Whether a cell of a row ends in a mark behind which more must follow: 市教育局、.
fn breaks_off(text: &str, lines: &[PlacedLine], columns: &Columns, row: Range<usize>) -> bool {
    let mut last: Vec<Option<&Atom>> = vec![None; columns.n_columns()];
    for line in &lines[row] {
        for atom in &line.atoms {
            last[columns.of(line, atom)] = Some(atom);
        }
    }
    last.into_iter().flatten().any(|atom| text[atom.source.clone()].ends_with(['、', '，', ',']))
}

/// Whether the widest cell of a row ends a sentence where its lines end.
fn ends_sentence(text: &str, lines: &[PlacedLine], columns: &Columns, row: Range<usize>) -> bool {
    let widest = |line: &PlacedLine| {
        let atom = line.atoms.iter().max_by_key(|atom| atom.right - atom.left)?;
        Some((columns.of(line, atom), atom.right - atom.left))
    };
    let Some((column, _)) =
        row.clone().filter_map(|at| widest(&lines[at])).max_by_key(|(_, width)| *width)
    else {
        return false;
    };
    let last = row.rev().find_map(|at| {
        let mut atoms = lines[at].atoms.iter().rev();
        atoms.find(|atom| columns.of(&lines[at], atom) == column)
    });
    last.is_some_and(|atom| text[atom.source.clone()].ends_with(['。', '；', ';', '）', ')']))
}
