//! A table with its cells folded, and what its columns and rows are.

use std::ops::Range;

use gangmu_model::Role;

use crate::columns::{ColumnKind, kind_of, period_of, year_of};
use crate::fold::Folded;
use crate::grid::{Grid, GridRow};
use crate::line_break;
use crate::lines::is_blank;
use crate::markup::Markup;
use crate::numeral::{leading_arabic, leading_han};

/// A table of the document.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) grid: Grid,
    /// One entry a row of the grid.
    pub(crate) rows: Vec<Row>,
    pub(crate) columns: Vec<Column>,
    /// The folded text of each note below it.
    pub(crate) notes: Vec<Range<usize>>,
}

/// One row.
#[derive(Debug)]
pub(crate) struct Row {
    /// The folded text of each cell; its lines are parted by a line feed.
    pub(crate) cells: Vec<Range<usize>>,
    /// Its number where it is a task of its own: the one it has, or its place among them.
    pub(crate) ordinal: Option<u32>,
}

/// What a column holds.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    pub(crate) kind: Option<ColumnKind>,
    /// The row of the header whose cell says so.
    pub(crate) head: usize,
    /// The year in the head, with the row of the header it stands in.
    pub(crate) year: Option<HeadYear>,
    /// The plan of five years in the head, where no year is: “十四五”目标.
    pub(crate) period: Option<Range<usize>>,
}

/// A year in the head of a column: 2025年 of 2025年目标值.
#[derive(Debug, Clone)]
pub(crate) struct HeadYear {
    pub(crate) year: i32,
    /// Where its words stand in the folded text.
    pub(crate) place: Range<usize>,
}

impl Table {
    /// Folds the cells of a grid into `folded`.
    pub(crate) fn new(grid: &Grid, source: &str, markup: &Markup, folded: &mut Folded) -> Self {
        let rows: Vec<Row> = grid
            .rows
            .iter()
            .map(|row| Row {
                cells: (0..row.cells.len())
                    .map(|column| fold_cell(pieces(row, column, source), source, markup, folded))
                    .collect(),
                ordinal: None,
            })
            .collect();
        let note = |note: &Range<usize>| folded.push_line(source, markup, [note.clone()]);
        let notes = grid.notes.iter().map(note).collect();
        let mut table = Self { grid: grid.clone(), rows, columns: Vec::new(), notes };
        if !table.grid.is_box {
            table.columns = table.read_columns(folded.text());
            table.number_tasks(source, folded.text());
        }
        table
    }

    /// Returns where all of it stands in the folded text.
    pub(crate) fn folded(&self) -> Range<usize> {
        let mut cells = self.rows.iter().flat_map(|row| &row.cells);
        let start = cells.next().map_or(0, |cell| cell.start);
        let last = self.rows.last().and_then(|row| row.cells.last());
        let end = self.notes.last().or(last).map_or(start, |cell| cell.end);
        start..end
    }

    /// Returns the rows below the header that say something of each column: not
    /// one that heads a group of rows, and not the header once more.
    pub(crate) fn body<'t>(&'t self, source: &'t str) -> impl Iterator<Item = usize> + 't {
        (self.grid.header_rows..self.rows.len()).filter(|&at| {
            let row = &self.grid.rows[at];
            let n_filled = row.cells.iter().filter(|cell| !cell.is_empty()).take(2).count();
            let head = &self.grid.rows[self.grid.header_rows - 1];
            let repeats = row.cells.len() == head.cells.len()
                && row
                    .cells
                    .iter()
                    .zip(&head.cells)
                    .all(|(cell, head)| source[cell.clone()] == source[head.clone()]);
            n_filled == 2 && !row.is_merged(source) && !repeats
        })
    }

    /// Returns the column of the tasks, or of what the rows are about.
    pub(crate) fn subject(&self) -> Option<usize> {
        let first = |kind: ColumnKind| self.column(|found| found == Some(kind));
        first(ColumnKind::Task)
            .or_else(|| first(ColumnKind::Indicator))
            .or_else(|| self.column(|found| matches!(found, None | Some(ColumnKind::Target))))
    }

    /// Returns the first column of a kind.
    pub(crate) fn column(&self, is: impl Fn(Option<ColumnKind>) -> bool) -> Option<usize> {
        self.columns.iter().position(|column| is(column.kind))
    }

    /// Returns the columns that name bodies, each with the role.
    pub(crate) fn bodies(&self) -> impl Iterator<Item = (usize, Role)> + '_ {
        self.columns.iter().enumerate().filter_map(|(at, column)| match column.kind {
            Some(ColumnKind::Body(role)) => Some((at, role)),
            _ => None,
        })
    }

    fn read_columns(&self, folded: &str) -> Vec<Column> {
        let n_columns = self.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        let heads = usize::from(self.grid.is_titled)..self.grid.header_rows;
        let mut columns: Vec<Column> = (0..n_columns)
            .map(|at| {
                let cells: Vec<(usize, Range<usize>)> = heads
                    .clone()
                    .filter_map(|row| Some((row, self.rows[row].cells.get(at)?.clone())))
                    .collect();
                let mut whole = String::new();
                let mut last = "";
                for (_, cell) in &cells {
                    let words = &folded[cell.clone()];
                    if words != last {
                        whole.push_str(words);
                    }
                    last = words;
                }
                let lowest = cells.last().map_or(0, |(row, _)| *row);
                // Heads that stand over one another in one cell are parted by a line feed.
                let of_cell = |(row, cell): &(usize, Range<usize>)| {
                    let words = &folded[cell.clone()];
                    let of_line = || words.rsplit('\n').find_map(kind_of);
                    kind_of(words).or_else(of_line).map(|kind| (kind, *row))
                };
                // 目标值 over 2025年 says more than each alone, 牵头单位 more than 责任分工 over it.
                let kind = kind_of(&whole)
                    .map(|kind| (kind, lowest))
                    .or_else(|| cells.iter().rev().find_map(of_cell));
                let year = cells.iter().rev().find_map(|(_, cell)| {
                    let (year, place) = year_of(&folded[cell.clone()])?;
                    let place = cell.start + place.start..cell.start + place.end;
                    Some(HeadYear { year, place })
                });
                let period = cells.iter().rev().find_map(|(_, cell)| {
                    let (_, place) = period_of(&folded[cell.clone()])?;
                    Some(cell.start + place.start..cell.start + place.end)
                });
                Column {
                    kind: kind.map(|(kind, _)| kind),
                    head: kind.map_or(lowest, |(_, row)| row),
                    period: period.filter(|_| year.is_none()),
                    year,
                }
            })
            .collect();
        // 2021年任务 beside the name of an indicator is how much of it is due that year.
        let measures = columns.iter().any(|column| column.kind == Some(ColumnKind::Indicator));
        for column in columns.iter_mut().filter(|column| measures && column.year.is_some()) {
            if column.kind == Some(ColumnKind::Task) {
                column.kind = Some(ColumnKind::Target);
            }
        }
        columns
    }

    /// Whether the table tells how goals were met: goals beside what was done by then.
    pub(crate) fn looks_back(&self, folded: &str) -> bool {
        let when = |column: &Column| {
            let year = column.year.as_ref().map(|year| year.year);
            (year, column.period.clone().map(|period| &folded[period]))
        };
        let is_done = |at: usize| {
            let column = &self.columns[at];
            let head = || &folded[self.rows[column.head].cells[at].clone()];
            column.kind == Some(ColumnKind::Base)
                && ["完成", "实际"].iter().any(|word| head().contains(word))
        };
        let done =
            (0..self.columns.len()).find(|&at| is_done(at)).map(|at| when(&self.columns[at]));
        let mut goals =
            self.columns.iter().filter(|column| column.kind == Some(ColumnKind::Target));
        self.bodies().next().is_none()
            && done.is_some_and(|done| goals.all(|goal| when(goal) == done))
    }

    /// Numbers the rows of a table that says who must do what.
    fn number_tasks(&mut self, source: &str, folded: &str) {
        if self.bodies().next().is_none() || self.subject().is_none() {
            return;
        }
        let number = self.column(|kind| kind == Some(ColumnKind::Number));
        let tasks: Vec<usize> = self.body(source).collect();
        for (place, at) in (1..).zip(tasks) {
            let written = number
                .and_then(|number| self.rows[at].cells.get(number))
                .map(|cell| folded[cell.clone()].trim_matches(['(', ')', '.', '、']));
            let written = written.and_then(|written| {
                let (number, len) = leading_arabic(written, 4).or_else(|| leading_han(written))?;
                (len == written.len()).then_some(number)
            });
            self.rows[at].ordinal = Some(written.unwrap_or(place));
        }
    }
}

/// The lines of a cell: what <br> parts.
fn cell_lines(source: &str, cell: Range<usize>) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = cell.start;
    for tag in line_break::tags(&source[cell.clone()]) {
        lines.push(start..cell.start + tag.start);
        start = cell.start + tag.end;
    }
    lines.push(start..cell.end);
    lines
        .into_iter()
        .map(|line| {
            let words = &source[line.clone()];
            let start = line.end - words.trim_start_matches(is_blank).len();
            start..start + source[start..line.end].trim_end_matches(is_blank).len()
        })
        .collect()
}

/// The pieces of a line without the backslash before a | of the text.
fn unescaped(source: &str, line: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let marks: Vec<usize> = memchr::memmem::find_iter(&source.as_bytes()[line.clone()], r"\|")
        .map(|at| line.start + at)
        .collect();
    let starts: Vec<usize> =
        std::iter::once(line.start).chain(marks.iter().map(|at| at + 1)).collect();
    let ends: Vec<usize> = marks.into_iter().chain([line.end]).collect();
    starts.into_iter().zip(ends).map(|(start, end)| start..end)
}

/// The lines of a cell, each with its pieces.
fn pieces(row: &GridRow, column: usize, source: &str) -> Vec<Vec<Range<usize>>> {
    if let Some(lines) = row.broken(column) {
        return lines.to_vec();
    }
    let lines = cell_lines(source, row.cells[column].clone()).into_iter();
    lines.map(|line| unescaped(source, line).collect()).collect()
}

/// Quotes a cell without signs of markup, its lines parted by line feeds.
pub(crate) fn quote_cell(source: &str, markup: &Markup, row: &GridRow, column: usize) -> String {
    let mut quoted = String::with_capacity(row.cells[column].len());
    for (at, line) in pieces(row, column, source).into_iter().enumerate() {
        if at > 0 {
            quoted.push('\n');
        }
        for piece in line {
            quoted.push_str(&markup.quote(source, piece));
        }
    }
    quoted
}

fn fold_cell(
    lines: Vec<Vec<Range<usize>>>,
    source: &str,
    markup: &Markup,
    folded: &mut Folded,
) -> Range<usize> {
    let mut all: Option<Range<usize>> = None;
    for line in lines {
        let line = folded.push_line(source, markup, line);
        all = Some(all.map_or(line.clone(), |all| all.start..line.end));
    }
    all.unwrap_or(0..0)
}
