//! The rows of a table of indicators as a printed page gives them: one line a row,
//! its cells parted by blanks, the ends of broken cells on the lines round it.
//!
//! Goes in: the text from a line that opens with 序号, or with 序 over 号. Comes out:
//! the table, where its heads are known and its rows count on from 1. A row says its
//! cells by what they hold: a unit, 约束性 or 预期性, as many values as columns.

mod placed;
mod unnumbered;

pub(crate) use placed::read as read_placed;
pub(crate) use unnumbered::read as read_unnumbered;

use std::ops::Range;

use crate::cell_forms::{is_dash, is_value, names_unit};
use crate::columns::{self, ColumnKind, names_nature};
use crate::fold::fold;
use crate::grid::{BrokenCell, Grid, GridRow, after, grid, line_at, trimmed};
use crate::lines::is_blank;

/// Lines that the heads may take.
const MOST_HEAD_LINES: usize = 6;

/// Words apart that may be one head: 指 标, 2025 年.
const MOST_WORDS_OF_HEAD: usize = 4;

/// Rows that make a table.
const FEWEST_ROWS: usize = 3;

/// Lines between two rows that hold the ends of broken cells.
const MOST_LINES_BETWEEN: usize = 6;

/// The longest line, in bytes.
const LONGEST_LINE: usize = 400;

/// Words between blanks.
#[derive(Debug, Clone)]
struct Word {
    source: Range<usize>,
    folded: String,
}

/// One line that is not blank.
#[derive(Debug, Clone)]
struct PrintedLine {
    words: Vec<Word>,
    /// Where the line behind it begins.
    behind: usize,
}

/// Where the columns stand behind the number and the name.
#[derive(Debug, Clone, Copy)]
struct Layout {
    has_unit: bool,
    has_nature: bool,
    /// Columns of values before and behind the nature.
    before: usize,
    behind: usize,
}

impl Layout {
    fn n_values(self) -> usize {
        self.before + self.behind
    }

    fn unit(self) -> Option<usize> {
        self.has_unit.then_some(2)
    }

    fn first_value(self) -> usize {
        2 + usize::from(self.has_unit)
    }

    fn nature(self) -> Option<usize> {
        self.has_nature.then(|| self.first_value() + self.before)
    }

    fn n_columns(self) -> usize {
        self.first_value() + usize::from(self.has_nature) + self.n_values()
    }

    /// The columns of the values, in order.
    fn values(self) -> impl Iterator<Item = usize> {
        let columns = self.first_value()..self.n_columns();
        columns.filter(move |&column| Some(column) != self.nature())
    }
}

/// The pieces of each cell of a row, by column.
type Cells = Vec<Vec<Range<usize>>>;

/// A row: the line with its number, and the lines with ends of its cells.
struct PrintedRow {
    cells: Cells,
    /// Columns of which the line with the number holds nothing, or not all.
    missing: Vec<usize>,
    before: Vec<PrintedLine>,
    behind: Vec<PrintedLine>,
    end: usize,
}

/// Reads a table whose rows were printed. `first` holds the first heads. Returns the
/// table, if it is one, and where it ends.
pub(crate) fn read(text: &str, first: Range<usize>) -> Option<(Option<Grid>, usize)> {
    let opening = read_line(text, first.start)?;
    if !matches!(&*opening.words[0].folded, "序号" | "序") {
        return None;
    }
    let mut lines = vec![opening];
    let row = loop {
        let line = next_line(text, lines[lines.len() - 1].behind)?;
        if opens_row(&line, 1) {
            break line;
        }
        if lines.len() == MOST_HEAD_LINES {
            return None;
        }
        lines.push(line);
    };
    let mut heads = Heads::default();
    let mut n_head_lines = 0;
    for (at, line) in lines.iter().enumerate() {
        if !heads.read(at, line) {
            break;
        }
        n_head_lines = at + 1;
    }
    let (layout, values) = heads.layout(&row).filter(|_| !heads.number.is_empty())?;
    // Words above a whole row are heads that are not known.
    if n_head_lines < lines.len() && read_row(&row, 1, layout)?.missing.is_empty() {
        return None;
    }
    let mut rows = Vec::new();
    let mut between: Vec<PrintedLine> = lines.split_off(n_head_lines);
    let mut line = Some(row);
    while let Some(next) = line.take() {
        let number = rows.len() + 1;
        if let Some(row) = read_row(&next, number, layout) {
            share_out(std::mem::take(&mut between), &mut rows, row);
        } else {
            between.push(next);
        }
        let end = between.last().map(|line| line.behind).or(rows.last().map(|row| row.end))?;
        line = next_line(text, end).filter(|_| between.len() < MOST_LINES_BETWEEN);
    }
    if rows.len() < FEWEST_ROWS {
        return None;
    }
    // Behind the last row the lines count that stand as far below it as others above.
    let last = rows.len() - 1;
    let n_behind = if rows[last].missing.is_empty() { 0 } else { rows[last].before.len() };
    rows[last].behind = between.into_iter().take(n_behind).collect();
    let end = rows[last].behind.last().map_or(rows[last].end, |line| line.behind);
    let mut grid_rows = vec![row_of(heads.cells(layout, &values))];
    grid_rows.extend(rows.into_iter().map(|row| row.place(layout, text)));
    let source = grid_rows[0].line.start..grid_rows[grid_rows.len() - 1].line.end;
    Some((grid(text, source, grid_rows), end))
}

/// The line from `start` on if it may be one of such a table.
fn read_line(text: &str, start: usize) -> Option<PrintedLine> {
    let line = line_at(text, start);
    let behind = after(text, line.end);
    let whole = trimmed(text, line);
    if whole.is_empty() || whole.len() > LONGEST_LINE {
        return None;
    }
    let mut words = Vec::new();
    let mut at = whole.start;
    for word in text[whole.clone()].split(is_blank) {
        let source = at..at + word.len();
        let blank = text[source.end..].chars().next().map_or(0, char::len_utf8);
        at = source.end + blank;
        if !word.is_empty() {
            words.push(Word { folded: fold(word), source });
        }
    }
    Some(PrintedLine { words, behind })
}

/// The next line that is not blank, over one blank line at most; no line of another
/// table, and none that ends a sentence.
fn next_line(text: &str, start: usize) -> Option<PrintedLine> {
    let mut end = start;
    for _ in 0..2 {
        if end >= text.len() {
            return None;
        }
        let line = line_at(text, end);
        if !trimmed(text, line.clone()).is_empty() {
            let found = read_line(text, end)?;
            let ends_sentence = found.words.last()?.folded.ends_with(['。', ';', ':']);
            let opens_table = found.words[0].folded.starts_with('序');
            return (!ends_sentence && !opens_table).then_some(found);
        }
        end = after(text, line.end);
    }
    None
}

/// Whether a line opens with the number of a row.
fn opens_row(line: &PrintedLine, number: usize) -> bool {
    line.words.len() > 1
        && line.words[0].folded.len() <= 3
        && line.words[0].folded == number.to_string()
}

/// The heads above the rows.
#[derive(Default)]
struct Heads {
    number: Vec<Range<usize>>,
    indicator: Vec<Range<usize>>,
    unit: Vec<Range<usize>>,
    nature: Vec<Range<usize>>,
    /// The heads of values, each with its line, and whether 属性 stood before it there.
    values: Vec<(usize, Vec<Range<usize>>, bool)>,
    nature_line: usize,
}

impl Heads {
    /// Reads a line of heads; `false` where it holds other words.
    fn read(&mut self, at: usize, line: &PrintedLine) -> bool {
        let mut rest = line.words.as_slice();
        let mut found = Vec::new();
        while let [first, ..] = rest {
            let is_first = self.number.is_empty() && first.folded == "序";
            let is_second = self.number.len() == 1 && first.folded == "号";
            if is_first || is_second {
                found.push((ColumnKind::Number, vec![first.source.clone()]));
                rest = &rest[1..];
                continue;
            }
            // A word that heads a column of its own is no end of another.
            let ends_head = |word: &&Word| columns::kind_of(&word.folded).is_none();
            let most =
                1 + rest[1..].iter().take(MOST_WORDS_OF_HEAD - 1).take_while(ends_head).count();
            let head = (1..=most).rev().find_map(|len| {
                let words: String = rest[..len].iter().map(|word| word.folded.as_str()).collect();
                Some((columns::kind_of(&words)?, len))
            });
            let Some((kind, len)) = head else { return false };
            found.push((kind, rest[..len].iter().map(|word| word.source.clone()).collect()));
            rest = &rest[len..];
        }
        for (kind, pieces) in found {
            let place = match kind {
                ColumnKind::Number => &mut self.number,
                ColumnKind::Indicator if self.indicator.is_empty() => &mut self.indicator,
                ColumnKind::Unit if self.unit.is_empty() => &mut self.unit,
                ColumnKind::Nature if self.nature.is_empty() => {
                    self.nature_line = at;
                    &mut self.nature
                }
                ColumnKind::Target | ColumnKind::Base | ColumnKind::Year => {
                    let is_behind = !self.nature.is_empty() && self.nature_line == at;
                    self.values.push((at, pieces, is_behind));
                    continue;
                }
                _ => return false,
            };
            place.extend(pieces);
        }
        true
    }

    /// Says where the columns stand, and which heads each column of values has; one
    /// head over several is the head of each.
    fn layout(&self, row: &PrintedLine) -> Option<(Layout, Vec<Cells>)> {
        let is_told = !self.unit.is_empty() || !self.nature.is_empty();
        if self.indicator.is_empty() || !is_told {
            return None;
        }
        let lowest = self.values.iter().map(|(line, ..)| *line).max()?;
        let (upper, lower): (Vec<_>, Vec<_>) =
            self.values.iter().partition(|(line, ..)| *line < lowest);
        let values: Vec<Cells> = match upper.as_slice() {
            [] => lower.iter().map(|(_, pieces, _)| vec![pieces.clone()]).collect(),
            [(_, group, _)] => {
                lower.iter().map(|(_, pieces, _)| vec![group.clone(), pieces.clone()]).collect()
            }
            several if several.len() == lower.len() => several
                .iter()
                .zip(&lower)
                .map(|((_, above, _), (_, pieces, _))| vec![above.clone(), pieces.clone()])
                .collect(),
            _ => return None,
        };
        let has_nature = !self.nature.is_empty();
        let behind = if !has_nature {
            0
        } else if lowest == self.nature_line {
            lower.iter().filter(|(.., is_behind)| *is_behind).count()
        } else {
            // Heads on lines of their own do not tell: the first row does.
            let at = row.words.iter().position(|word| names_nature(&word.folded))?;
            if at + 1 < row.words.len() { values.len() } else { 0 }
        };
        let before = values.len() - behind;
        Some((Layout { has_unit: !self.unit.is_empty(), has_nature, before, behind }, values))
    }

    fn cells(&self, layout: Layout, values: &[Cells]) -> Vec<Cells> {
        let one = |pieces: &[Range<usize>]| vec![pieces.to_vec()];
        let mut cells: Vec<Cells> = vec![Vec::new(); layout.n_columns()];
        cells[0] = one(&self.number);
        cells[1] = one(&self.indicator);
        if let Some(at) = layout.unit() {
            cells[at] = one(&self.unit);
        }
        if let Some(at) = layout.nature() {
            cells[at] = one(&self.nature);
        }
        for (at, value) in layout.values().zip(values) {
            cells[at].clone_from(value);
        }
        cells
    }
}

/// A row of cells, each of lines of pieces.
fn row_of(cells: Vec<Cells>) -> GridRow {
    let pieces = || cells.iter().flatten().flatten();
    let start = pieces().map(|piece| piece.start).min().unwrap_or(0);
    let end = pieces().map(|piece| piece.end).max().unwrap_or(start);
    let mut row = GridRow::plain(start..end, Vec::with_capacity(cells.len()));
    let mut filled = start;
    for (column, lines) in cells.into_iter().enumerate() {
        let mut whole: Option<Range<usize>> = None;
        for piece in lines.iter().flatten() {
            let held = whole.get_or_insert(piece.clone());
            *held = held.start.min(piece.start)..held.end.max(piece.end);
        }
        let whole = whole.unwrap_or(filled..filled);
        filled = whole.end;
        row.cells.push(whole);
        if lines.len() > 1 || lines.iter().any(|line| line.len() > 1) {
            row.broken.push(BrokenCell { column, lines });
        }
    }
    row
}

/// Reads the line that holds the number of a row: its name, its unit, its values.
fn read_row(line: &PrintedLine, number: usize, layout: Layout) -> Option<PrintedRow> {
    if !opens_row(line, number) {
        return None;
    }
    let (mut cells, missing) = read_cells(&line.words[1..], layout)?;
    cells[0].push(line.words[0].source.clone());
    let (before, behind) = (Vec::new(), Vec::new());
    Some(PrintedRow { cells, missing, before, behind, end: line.behind })
}

/// Reads the words of a row behind its number. Returns the cells, that of the number
/// empty, and the columns of which the words hold nothing, or not all.
fn read_cells(words: &[Word], layout: Layout) -> Option<(Cells, Vec<usize>)> {
    let mut cells: Cells = vec![Vec::new(); layout.n_columns()];
    let (mut named, behind) = match layout.nature() {
        None => (words, &words[words.len()..]),
        Some(column) => {
            let at = words.iter().position(|word| names_nature(&word.folded))?;
            cells[column].push(words[at].source.clone());
            (&words[..at], &words[at + 1..])
        }
    };
    let columns: Vec<usize> = layout.values().collect();
    let (columns_before, columns_behind) = columns.split_at(layout.before);
    // Before the nature each value is one word.
    let n_values =
        named.iter().rev().take(layout.before).take_while(|word| is_value(&word.folded)).count();
    if !layout.has_nature && n_values < layout.before {
        return None;
    }
    let values;
    (named, values) = named.split_at(named.len() - n_values);
    let n_missing = layout.before - n_values;
    for (column, word) in columns_before[n_missing..].iter().zip(values) {
        cells[*column].push(word.source.clone());
    }
    place_values(behind, columns_behind, &mut cells);
    if let Some(column) = layout.unit()
        && let Some((last, before)) = named.split_last()
        && names_unit(last.folded.trim_end_matches('/')) | names_unit(&last.folded)
    {
        cells[column].push(last.source.clone());
        named = before;
    } else if layout.has_unit && !layout.has_nature {
        return None;
    }
    cells[1].extend(named.iter().map(|word| word.source.clone()));
    let breaks_off = |column: usize| {
        Some(column) == layout.unit()
            && named.len() < words.len()
            && words[named.len()].folded.ends_with('/')
            && words[named.len()].folded != "/"
    };
    let missing =
        (1..cells.len()).filter(|&column| cells[column].is_empty() || breaks_off(column)).collect();
    Some((cells, missing))
}

/// Gives the words behind the nature to the columns there: a value of several words
/// stands beside columns with a stroke, and one that is broken leaves its line to it.
fn place_values(words: &[Word], columns: &[usize], cells: &mut Cells) {
    let n_strokes_behind = words.iter().rev().take_while(|word| is_dash(&word.folded)).count();
    let n_strokes_before = words.iter().take_while(|word| is_dash(&word.folded)).count();
    let mut place = |column: usize, words: &[Word]| {
        cells[column].extend(words.iter().map(|word| word.source.clone()));
    };
    if words.len() < columns.len() && n_strokes_behind == words.len() {
        let missing = columns.len() - words.len();
        columns[missing..].iter().zip(words).for_each(|(&column, word)| {
            place(column, std::slice::from_ref(word));
        });
        return;
    }
    // The words of one value over what the others take.
    let over = words.len().saturating_sub(columns.len());
    let broken = match n_strokes_behind {
        0 => n_strokes_before.min(columns.len().saturating_sub(1)),
        _ => columns.len().saturating_sub(1 + n_strokes_behind),
    };
    let mut rest = words;
    for (at, &column) in columns.iter().enumerate() {
        let len = if at == broken { 1 + over } else { 1 };
        let (value, behind) = rest.split_at(len.min(rest.len()));
        place(column, value);
        rest = behind;
    }
}

/// Shares out the lines between two rows: those of a row whose cells are broken stand
/// as many below it as above; `row` is the next.
fn share_out(between: Vec<PrintedLine>, rows: &mut Vec<PrintedRow>, mut row: PrintedRow) {
    let between: Vec<PrintedLine> = between.into_iter().filter(|line| !is_folio(line)).collect();
    let n_above = match rows.last() {
        Some(above) if above.missing.is_empty() && !row.missing.is_empty() => 0,
        Some(above) if !row.missing.is_empty() => above.before.len().min(between.len()),
        Some(_) => between.len(),
        None => 0,
    };
    let mut between = between.into_iter();
    if let Some(above) = rows.last_mut() {
        above.behind = between.by_ref().take(n_above).collect();
    }
    row.before = between.collect();
    rows.push(row);
}

/// Whether a line is the number of a page: 14, — 3 —.
fn is_folio(line: &PrintedLine) -> bool {
    let mut words = line.words.iter().filter(|word| !is_dash(&word.folded));
    let number = words.next().is_some_and(|word| word.folded.bytes().all(|b| b.is_ascii_digit()));
    number && words.next().is_none()
}

impl PrintedRow {
    /// Gives the words on the lines round the row to the cells that miss them.
    fn place(mut self, layout: Layout, text: &str) -> GridRow {
        let round = |lines: &[PrintedLine], cells: &mut Cells, missing: &[usize]| {
            for line in lines {
                place_round(&line.words, missing, cells);
            }
        };
        let mut above: Cells = vec![Vec::new(); self.cells.len()];
        round(&self.before, &mut above, &self.missing);
        let mut below: Cells = vec![Vec::new(); self.cells.len()];
        round(&self.behind, &mut below, &self.missing);
        let values: Vec<usize> = layout.values().collect();
        let cells = (0..self.cells.len()).map(|column| {
            let mut pieces = std::mem::take(&mut above[column]);
            pieces.append(&mut self.cells[column]);
            pieces.append(&mut below[column]);
            let counts =
                |piece: &Range<usize>| text[piece.clone()].contains(|ch: char| ch.is_ascii_digit());
            // Two values in one cell stand on lines of their own.
            match values.contains(&column) && pieces.len() > 1 && pieces.iter().all(counts) {
                true => pieces.into_iter().map(|piece| vec![piece]).collect(),
                false if pieces.is_empty() => Vec::new(),
                false => vec![pieces],
            }
        });
        row_of(cells.collect())
    }
}

/// Gives the words of a line above or below a row to the columns that miss some, the
/// last words to the last columns; what is over belongs to the name.
fn place_round(words: &[Word], missing: &[usize], cells: &mut Cells) {
    let n_named = usize::from(missing.first() == Some(&1));
    let others = &missing[n_named..];
    // A line with fewer words holds ends of the first columns alone.
    let n_others = words.len().saturating_sub(n_named).min(others.len());
    let (named, rest) = words.split_at(words.len() - n_others);
    cells[1].extend(named.iter().map(|word| word.source.clone()));
    for (&column, word) in others.iter().zip(rest) {
        cells[column].push(word.source.clone());
    }
}

#[cfg(test)]
mod tests;
