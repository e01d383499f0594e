//! From a ruled grid to a table, over the ends of pages.

use super::Fragment;
use super::lines::{self, Line};
use super::paragraphs::{begins_with_marker, first_word, glue};
use super::ruling::Lattice;
use crate::error::Error;
use crate::options::Limits;
use crate::table::Table;
use crate::writer::TextWriter;

/// Cells with words on one page.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Grid {
    /// The borders of its columns.
    pub(super) xs: Vec<f32>,
    pub(super) top: f32,
    pub(super) rows: Vec<Vec<Cell>>,
    /// The size of its letters.
    pub(super) size: f32,
}

/// A cell where it begins; none stands where it only reaches.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Cell {
    pub(super) column: usize,
    pub(super) n_rows: u32,
    pub(super) n_columns: u32,
    pub(super) text: String,
    /// How much room the last line of its text leaves, in units of the page.
    room: f32,
}

/// Characters above which a cell that holds most of a grid is a text in a frame.
const TEXT_IN_A_CELL: usize = 400;

/// How many times the cells with words all cells are at most: a chart has a grid too.
const BLANK_CELLS: usize = 6;

/// The space between the border of a cell and its words on both sides, in letters.
const PADDING: f32 = 1.2;

/// How high above its line the middle of a letter stands, in letters.
const MIDDLE: f32 = 0.35;

impl Grid {
    /// Reads the words in a lattice; what lies outside stays. `None`, and all words
    /// stay, where it is no table but a frame or a drawing.
    pub(super) fn take(
        lattice: &Lattice,
        fragments: &mut Vec<Fragment>,
        size: f32,
        before: Option<&Grid>,
    ) -> Option<Self> {
        let place = |each: &Fragment| {
            lattice.place((each.left + each.right) / 2.0, each.baseline - MIDDLE * each.size)
        };
        let (n_rows, n_columns) = (lattice.n_rows(), lattice.n_columns());
        let mut words: Vec<Vec<Fragment>> = vec![Vec::new(); n_rows * n_columns];
        for fragment in fragments.iter() {
            if let Some((row, column)) = place(fragment) {
                words[row * n_columns + column].push(fragment.clone());
            }
        }
        let mut is_free = vec![true; n_rows * n_columns];
        let mut rows = Vec::with_capacity(n_rows);
        for row in 0..n_rows {
            let mut cells = Vec::new();
            for column in 0..n_columns {
                if !is_free[row * n_columns + column] {
                    continue;
                }
                let behind = (column + 1..n_columns)
                    .find(|at| lattice.is_parted_left(row, *at) || !is_free[row * n_columns + at])
                    .unwrap_or(n_columns);
                let below = (row + 1..n_rows)
                    .find(|below| (column..behind).any(|at| lattice.is_parted_above(*below, at)))
                    .unwrap_or(n_rows);
                let mut inside = Vec::new();
                for row in row..below {
                    for column in column..behind {
                        is_free[row * n_columns + column] = false;
                        inside.append(&mut words[row * n_columns + column]);
                    }
                }
                let (text, room) = text(inside, lattice.xs[behind] - lattice.xs[column]);
                cells.push(Cell {
                    column,
                    n_rows: (below - row) as u32,
                    n_columns: (behind - column) as u32,
                    text,
                    room,
                });
            }
            rows.push(cells);
        }
        let grid = Self { xs: lattice.xs.clone(), top: lattice.ys[0], rows, size };
        let goes_on = before.is_some_and(|before| grid.has_columns_of(before));
        if !grid.is_table(if goes_on { 1 } else { 2 }) {
            return None;
        }
        fragments.retain(|each| place(each).is_none());
        Some(grid)
    }

    /// Returns the table of rows that are not ruled, each with a text for each column.
    pub(super) fn of_rows(rows: Vec<Vec<String>>, xs: Vec<f32>, top: f32, size: f32) -> Self {
        let cell = |(column, text)| Cell { column, n_rows: 1, n_columns: 1, text, room: 0.0 };
        let rows = rows.into_iter().map(|row| row.into_iter().enumerate().map(cell).collect());
        Self { xs, top, rows: rows.collect(), size }
    }

    /// Whether it holds rows of a table, at least so many of several cells.
    fn is_table(&self, n_enough: usize) -> bool {
        let n_words = |row: &&Vec<Cell>| row.iter().filter(|cell| !cell.text.is_empty()).count();
        let n_rows = self.rows.iter().filter(|row| n_words(row) >= 2).count();
        let lengths = || self.rows.iter().flatten().map(|cell| cell.text.chars().count());
        let (n_all, n_largest) = (lengths().sum::<usize>(), lengths().max().unwrap_or(0));
        let n_cells = self.rows.iter().map(Vec::len).sum::<usize>();
        let n_filled = lengths().filter(|n| *n > 0).count();
        n_rows >= n_enough
            && n_filled * BLANK_CELLS >= n_cells
            && (n_largest <= TEXT_IN_A_CELL || n_largest * 10 <= n_all * 8)
    }

    fn has_columns_of(&self, before: &Self) -> bool {
        self.xs.len() == before.xs.len()
            && self.xs.iter().zip(&before.xs).all(|(x, before)| (x - before).abs() < self.size)
    }

    /// Adds the rows that stand on the next page; gives them back where they are of
    /// another table. Returns how many rows there are more.
    fn extend(&mut self, next: Self) -> Result<usize, Self> {
        if !next.has_columns_of(self) {
            return Err(next);
        }
        let mut rows = next.rows;
        // The head stands on each page.
        let is_same = |one: &[Cell], other: &[Cell]| {
            one.len() == other.len() && one.iter().zip(other).all(|(a, b)| a.text == b.text)
        };
        let n_head =
            rows.iter().zip(&self.rows).take_while(|(next, row)| is_same(next, row)).count();
        rows.drain(..n_head);
        let begins_blank =
            rows.first().and_then(|row| row.first()).is_some_and(|cell| cell.text.is_empty());
        if begins_blank && self.is_cut(&rows[0]) {
            for cell in rows.remove(0) {
                self.go_on(cell);
            }
        } else if let Some(first) = rows.first_mut() {
            // A cell over rows on both pages has its words on the first one.
            let mut is_leading = true;
            for cell in first.iter_mut() {
                is_leading &= cell.text.is_empty();
                if cell.text.is_empty() && (is_leading || cell.n_rows > 1) {
                    let above = self.above(cell.column);
                    cell.text = above.map_or_else(String::new, |cell| cell.text.clone());
                }
            }
        }
        let n = rows.len();
        self.rows.append(&mut rows);
        Ok(n)
    }

    /// Whether the end of the page cuts a row: a text that is not ended has no room.
    fn is_cut(&self, next: &[Cell]) -> bool {
        next.iter().filter(|cell| !cell.text.is_empty()).any(|cell| {
            self.above(cell.column).is_some_and(|above| {
                !above.text.is_empty()
                    && !above.text.ends_with(['。', '；', ';'])
                    && above.room < first_word(&cell.text) * self.size
            })
        })
    }

    /// Returns the last cell of a column.
    fn above(&self, column: usize) -> Option<&Cell> {
        let reaches =
            |cell: &&Cell| (cell.column..cell.column + cell.n_columns as usize).contains(&column);
        self.rows.iter().rev().find_map(|row| row.iter().find(reaches))
    }

    /// Lets the last cell of a column go on.
    fn go_on(&mut self, cell: Cell) {
        let reaches = |above: &&mut Cell| {
            (above.column..above.column + above.n_columns as usize).contains(&cell.column)
        };
        let above = self.rows.iter_mut().rev().find_map(|row| row.iter_mut().find(reaches));
        if let Some(above) = above.filter(|_| !cell.text.is_empty()) {
            let is_full = above.room < first_word(&cell.text) * self.size;
            let between = if is_full { glue(&above.text, &cell.text) } else { "\n" };
            above.text.push_str(between);
            above.text.push_str(&cell.text);
            above.room = cell.room;
        }
    }

    /// Returns the table.
    ///
    /// # Errors
    ///
    /// [`Error::OverLimit`] where it has too many cells.
    fn table(&self, limits: Limits) -> Result<Table, Error> {
        let mut table = Table::new(limits);
        for row in &self.rows {
            for cell in row {
                table.cell(&cell.text, cell.n_rows, cell.n_columns)?;
            }
            table.end_row()?;
        }
        Ok(table)
    }
}

/// A table to which the next page may add rows.
pub(super) struct OpenTable {
    grid: Grid,
    /// The page of each row.
    pages: Vec<u32>,
}

impl OpenTable {
    /// Adds a grid to the table that is open, or writes that one and begins another.
    ///
    /// # Errors
    ///
    /// Those of [`OpenTable::write`].
    pub(super) fn begin_or_extend(
        open: Option<Self>,
        grid: Grid,
        page: u32,
        limits: Limits,
        writer: &mut TextWriter,
    ) -> Result<Option<Self>, Error> {
        let mut grid = grid;
        if let Some(mut open) = open {
            // Two tables on one page are two, however much alike.
            if open.pages.last().is_some_and(|last| *last < page) {
                match open.grid.extend(grid) {
                    Ok(n) => {
                        open.pages.extend(std::iter::repeat_n(page, n));
                        return Ok(Some(open));
                    }
                    Err(other) => grid = other,
                }
            }
            open.write(limits, writer)?;
        }
        let pages = vec![page; grid.rows.len()];
        Ok(Some(Self { grid, pages }))
    }

    /// Writes the table.
    ///
    /// # Errors
    ///
    /// [`Error::OverLimit`] where it has too many cells, or the text grows too large.
    pub(super) fn write(&self, limits: Limits, writer: &mut TextWriter) -> Result<(), Error> {
        writer.table_over_pages(&self.grid.table(limits)?, &self.pages)
    }
}

/// Returns the text of a cell so wide, a line a paragraph, and the room that its
/// last line leaves.
fn text(words: Vec<Fragment>, width: f32) -> (String, f32) {
    let mut text = String::new();
    let mut room = width;
    let mut above: Option<Line> = None;
    for line in lines::of(words) {
        if let Some(above) = above {
            let is_ended = above.text.ends_with(['。', '；', '：', '！', '？', ';', ':']);
            let is_digit = |ch: Option<char>| ch.is_some_and(|ch| ch.is_ascii_digit());
            // No number is broken: these are two.
            let in_number =
                is_digit(above.text.chars().next_back()) && is_digit(line.text.chars().next());
            let goes_on = room < first_word(&line.text) * line.size
                && !(is_ended && begins_with_marker(&line.text))
                && !in_number;
            text.push_str(if goes_on { glue(&above.text, &line.text) } else { "\n" });
        }
        text.push_str(&line.text);
        room = width - (line.right - line.left) - PADDING * line.size;
        above = Some(line);
    }
    (text, room)
}
