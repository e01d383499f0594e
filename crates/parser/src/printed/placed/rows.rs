//! Which lines are a row: that with its number, and those round it.
//!
//! The lines of a cell stand round the line with the number of the row, as many above it
//! as below; a row that goes on over a page keeps to that on the page of its number. All
//! rows are told together: what one takes from the lines between, the next has not.

use std::ops::Range;

use super::columns::Columns;
use super::{Part, PlacedLine};
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
/// there or must go on, and that of one cell a line more lies above the number of a row
/// than below it.
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
    let cutter = Cutter::new(text, lines, parts, columns);
    let mut rows = Vec::with_capacity(anchors.len());
    let mut start = 0;
    for (anchor, end) in anchors.iter().zip(cutter.ends(&anchors)) {
        rows.push(PlacedRow { number: anchor.number, lines: start..end });
        start = end;
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
        if let Some(number) = leading_arabic(words, 3).and_then(whole)
            && (number == 1 || number > last && number <= last + 2)
        {
            anchors.push(Anchor { at, number: Some(number) });
            last = number;
        }
    }
    anchors
}

/// What tells where one row ends and the next begins.
struct Cutter<'t> {
    text: &'t str,
    lines: &'t [PlacedLine],
    parts: &'t [Part],
    columns: &'t Columns,
    /// The column with the most words.
    widest: usize,
    /// For each line and column, how many lines before it hold words of the column.
    counts: Vec<Vec<usize>>,
}

/// A place where a row may end: the cheapest way to get there, and where the row began.
#[derive(Clone, Copy)]
struct Way {
    end: usize,
    cost: i32,
    /// The index of the place before among those of the row above.
    from: usize,
}

impl<'t> Cutter<'t> {
    fn new(
        text: &'t str,
        lines: &'t [PlacedLine],
        parts: &'t [Part],
        columns: &'t Columns,
    ) -> Self {
        let mut counts = vec![vec![0; columns.n_columns()]];
        let mut widths = vec![0; columns.n_columns()];
        for (line, part) in lines.iter().zip(parts) {
            let mut here = counts[counts.len() - 1].clone();
            let mut before = None;
            for atom in line.atoms.iter().filter(|_| *part == Part::Row) {
                let column = columns.of(line, atom);
                widths[column] += atom.right - atom.left;
                if before.replace(column) != Some(column) {
                    here[column] += 1;
                }
            }
            counts.push(here);
        }
        let widest = (0..widths.len()).max_by_key(|&column| widths[column]).unwrap_or(0);
        Self { text, lines, parts, columns, widest, counts }
    }

    /// The ends of all rows, by the cheapest way through them.
    fn ends(&self, anchors: &[Anchor]) -> Vec<usize> {
        let mut ways: Vec<Vec<Way>> = Vec::with_capacity(anchors.len());
        let mut starts = vec![Way { end: 0, cost: 0, from: 0 }];
        for (at, anchor) in anchors.iter().enumerate() {
            let first = anchor.at + 1;
            let last = anchors.get(at + 1).map_or(self.lines.len(), |next| next.at);
            let is_last = at + 1 == anchors.len();
            let goes_on = is_last && self.goes_on_over_page(anchor.at);
            let mut here: Vec<Way> = Vec::new();
            for end in first..=last.min(first + MOST_LINES) {
                let of_place = self.cost_of_place(anchor.at, end);
                let way = starts
                    .iter()
                    .enumerate()
                    // Behind the last row as many lines may be its own as above its number.
                    .filter(|(_, start)| {
                        !is_last
                            || goes_on && end == last
                            || !goes_on && end - first <= first - start.end + 1
                    })
                    .map(|(from, start)| {
                        let cost =
                            start.cost + of_place + self.unevenness(start.end, anchor.at, end);
                        Way { end, cost, from }
                    })
                    .min_by_key(|way| way.cost);
                here.extend(way);
            }
            ways.push(std::mem::replace(&mut starts, here));
        }
        let mut at = (0..starts.len()).min_by_key(|&at| starts[at].cost).unwrap_or(0);
        let mut ends = Vec::with_capacity(anchors.len());
        ways.push(starts);
        for ways in ways[1..].iter().rev() {
            ends.push(ways[at].end);
            at = ways[at].from;
        }
        ends.reverse();
        ends
    }

    /// Whether all lines behind the last number stand on the next page, cells beside cells.
    fn goes_on_over_page(&self, number: usize) -> bool {
        const MOST_LINES_OVER: usize = 10;
        let is_row = |at: &usize| self.parts[*at] == Part::Row;
        let page = self.lines[number].page;
        let over: Vec<usize> = (number + 1..self.lines.len())
            .filter(is_row)
            .filter(|&at| self.lines[at].page > page)
            .collect();
        let columns_of = |at: usize| {
            let line = &self.lines[at];
            line.atoms.iter().map(move |atom| self.columns.of(line, atom))
        };
        (1..=MOST_LINES_OVER).contains(&over.len())
            && over.iter().all(|&at| columns_of(at).next() != Some(0))
            && over.iter().any(|&at| columns_of(at).min() != columns_of(at).max())
    }

    /// By how many lines the cells of a row do not lie evenly round its number.
    fn unevenness(&self, start: usize, number: usize, end: usize) -> i32 {
        let page = self.lines[number].page;
        let reach = start.max(number.saturating_sub(MOST_LINES))..end.min(number + MOST_LINES);
        let on_page = |at: &usize| self.lines[*at].page == page;
        let start = reach.clone().find(on_page).unwrap_or(number).min(number);
        let end = reach.rev().find(on_page).map_or(number + 1, |last| last + 1).max(number + 1);
        let n_in = |range: Range<usize>, column: usize| {
            self.counts[range.end][column] - self.counts[range.start][column]
        };
        let uneven: usize = (0..self.columns.n_columns())
            .map(|column| n_in(start..number, column).abs_diff(n_in(number + 1..end, column)))
            .sum();
        LINE * i32::try_from(uneven).unwrap_or(i32::MAX / 4)
    }

    /// What speaks against the end of a row at a place, or for it.
    fn cost_of_place(&self, number: usize, end: usize) -> i32 {
        let is_row = |at: &usize| self.parts[*at] == Part::Row;
        let mut cost = 0;
        if (end..self.lines.len()).find(is_row).is_none_or(|next| self.lines[next].after_blank) {
            cost -= BLANK;
        }
        let words = |at: usize, column: usize| {
            let line = &self.lines[at];
            let mut atoms = line.atoms.iter().rev();
            let atom = atoms.find(|atom| self.columns.of(line, atom) == column)?;
            Some(&self.text[atom.source.clone()])
        };
        // The last words of a column above the place.
        let last_of = |column: usize| {
            let above = number.saturating_sub(MOST_LINES)..end;
            above.rev().filter(is_row).find_map(|at| words(at, column))
        };
        if last_of(self.widest).is_some_and(|last| last.ends_with(['。', '；', ';', '）', ')']))
        {
            cost -= SENTENCE;
        }
        let breaks_off = (0..self.columns.n_columns())
            .filter_map(last_of)
            .any(|last| last.ends_with(['、', '，', ',']));
        if breaks_off {
            cost += SENTENCE;
        }
        cost
    }
}
