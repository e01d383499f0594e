//! The cells of a sheet as lines and tables.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::error::{Error, Limit};
use crate::options::Limits;
use crate::table::Table;
use crate::writer::TextWriter;

/// Cells that hold a text, by row and column.
pub(super) struct Sheet {
    rows: BTreeMap<u32, BTreeMap<u32, Cell>>,
    /// The last column that holds a text.
    last_column: u32,
    n_merges: u32,
    n_cells: usize,
    n_bytes: usize,
    has_formulas: bool,
    limits: Limits,
}

/// A cell, or a place that a merged one takes.
#[derive(Clone, Default)]
struct Cell {
    text: Rc<str>,
    /// The number of the merge that it belongs to, from 1; 0 for none.
    merge: u32,
}

/// Characters above which a cell is not one that heads a column.
const LONGEST_HEAD: usize = 20;

impl Sheet {
    pub(super) fn new(limits: Limits) -> Self {
        Self {
            rows: BTreeMap::new(),
            last_column: 0,
            n_merges: 0,
            n_cells: 0,
            n_bytes: 0,
            has_formulas: false,
            limits,
        }
    }

    /// Takes note that a cell is computed.
    pub(super) fn note_formula(&mut self) {
        self.has_formulas = true;
    }

    /// Whether a cell is computed.
    pub(super) fn has_formulas(&self) -> bool {
        self.has_formulas
    }

    /// Returns the rows that hold a text, each as long as its last such cell.
    ///
    /// # Errors
    ///
    /// [`Error::OverLimit`] where the cells between texts are too many.
    pub(super) fn rows(&self) -> Result<Vec<Vec<String>>, Error> {
        let mut n_cells = 0usize;
        let mut rows = Vec::with_capacity(self.rows.len());
        for row in self.rows.values() {
            let n_columns = row.keys().next_back().map_or(0, |last| *last as usize + 1);
            n_cells = n_cells.saturating_add(n_columns);
            self.limits.check(Limit::TableCells, n_cells)?;
            let mut cells = vec![String::new(); n_columns];
            for (column, cell) in row {
                cells[*column as usize] = cell.text.to_string();
            }
            rows.push(cells);
        }
        Ok(rows)
    }

    /// Puts a text in a cell.
    ///
    /// # Errors
    ///
    /// [`Error::OverLimit`] where there are too many, or all texts together are
    /// too large.
    pub(super) fn put(&mut self, row: u32, column: u32, text: Rc<str>) -> Result<(), Error> {
        self.put_cell(row, column, Cell { text, merge: 0 })
    }

    fn put_cell(&mut self, row: u32, column: u32, cell: Cell) -> Result<(), Error> {
        self.n_cells += 1;
        self.limits.check(Limit::TableCells, self.n_cells)?;
        self.n_bytes = self.n_bytes.saturating_add(cell.text.len());
        self.limits.check(Limit::TextBytes, self.n_bytes)?;
        self.last_column = self.last_column.max(column);
        self.rows.entry(row).or_default().insert(column, cell);
        Ok(())
    }

    /// Repeats the text of a merged cell wherever it reaches among the cells that
    /// hold one.
    ///
    /// # Errors
    ///
    /// Those of [`put`](Self::put).
    pub(super) fn merge(&mut self, first: (u32, u32), last: (u32, u32)) -> Result<(), Error> {
        let cell = self.rows.get(&first.0).and_then(|row| row.get(&first.1)).cloned();
        let (Some(mut cell), Some(last_row)) = (cell, self.rows.keys().next_back().copied()) else {
            return Ok(());
        };
        self.n_merges += 1;
        cell.merge = self.n_merges;
        let last_column = last.1.min(self.last_column);
        for row in first.0..=last.0.min(last_row) {
            for column in first.1..=last_column {
                self.put_cell(row, column, cell.clone())?;
            }
        }
        Ok(())
    }

    /// Writes the sheet: its rows as tables, what stands alone above and below a
    /// table as lines.
    ///
    /// # Errors
    ///
    /// [`Error::OverLimit`] where text or tables grow too large.
    pub(super) fn write(&self, name: &str, writer: &mut TextWriter) -> Result<(), Error> {
        let rows = self.dense_rows()?;
        let blocks = blocks(&rows);
        let said = blocks.first().and_then(|block| block.first()?.single()).map(squeezed);
        if !is_default_name(name) && said.as_deref() != Some(&*squeezed(name)) {
            writer.paragraph(name)?;
        }
        for block in blocks {
            self.write_block(block, writer)?;
        }
        Ok(())
    }

    /// Returns the rows that hold a text, each with its number and by the columns
    /// that do anywhere.
    fn dense_rows(&self) -> Result<Vec<Row>, Error> {
        let mut columns: Vec<u32> =
            self.rows.values().flat_map(|row| row.keys().copied()).collect();
        columns.sort_unstable();
        columns.dedup();
        self.limits.check(Limit::TableCells, self.rows.len().saturating_mul(columns.len()))?;
        let dense = |row: &BTreeMap<u32, Cell>| {
            columns.iter().map(|column| row.get(column).cloned().unwrap_or_default()).collect()
        };
        Ok(self
            .rows
            .iter()
            .map(|(number, row)| Row { number: *number, cells: dense(row) })
            .collect())
    }

    /// Writes rows that stand together.
    fn write_block(&self, rows: &[Row], writer: &mut TextWriter) -> Result<(), Error> {
        let first = rows.iter().position(|row| row.single().is_none()).unwrap_or(rows.len());
        let last = rows.iter().rposition(|row| row.single().is_none()).map_or(first, |at| at + 1);
        for row in &rows[..first] {
            writer.paragraph(row.single().unwrap_or_default())?;
        }
        let body = &rows[first..last];
        if body.len() == 1 {
            writer.paragraph(&body[0].words().collect::<Vec<_>>().join(" "))?;
        } else if body.len() > 1 {
            let mut table = Table::new(self.limits);
            for row in body {
                for cell in &row.cells {
                    table.cell(&cell.text, 1, 1)?;
                }
                table.end_row()?;
            }
            writer.table(&table)?;
        }
        for row in &rows[last..] {
            writer.paragraph(row.single().unwrap_or_default())?;
        }
        Ok(())
    }
}

/// A row of a sheet.
struct Row {
    number: u32,
    cells: Vec<Cell>,
}

impl Row {
    /// Returns the cells that have a text.
    fn filled(&self) -> impl Iterator<Item = &Cell> {
        self.cells.iter().filter(|cell| !cell.text.trim().is_empty())
    }

    /// Returns the texts of the cells that have one.
    fn words(&self) -> impl Iterator<Item = &str> {
        self.filled().map(|cell| cell.text.trim())
    }

    /// Returns the text of a row of one cell, which may be merged across.
    fn single(&self) -> Option<&str> {
        let mut cells = self.filled();
        let first = cells.next()?;
        let is_single = cells.all(|cell| cell.merge != 0 && cell.merge == first.merge);
        is_single.then(|| first.text.trim())
    }

    /// Whether the row could head a table: a word in each cell, no two alike.
    fn is_head(&self) -> bool {
        let mut words: Vec<&str> = self.words().collect();
        let all = words.iter().all(|word| {
            word.chars().count() <= LONGEST_HEAD && !word.chars().all(|ch| ch.is_ascii_digit())
        });
        let n_words = words.len();
        words.sort_unstable();
        words.dedup();
        all && n_words >= 2 && words.len() == n_words
    }
}

/// Parts rows where a blank one stands between a table and the head of another.
fn blocks(rows: &[Row]) -> Vec<&[Row]> {
    // For each row, whether the first row of several cells from there on is a head.
    let mut heads = vec![false; rows.len()];
    let mut is_head = false;
    for (at, row) in rows.iter().enumerate().rev() {
        if row.single().is_none() {
            is_head = row.is_head();
        }
        heads[at] = is_head;
    }
    let mut blocks = Vec::new();
    let mut start = 0;
    for at in 1..rows.len() {
        let apart = rows[at].number > rows[at - 1].number + 1;
        if apart && heads[at] {
            blocks.push(&rows[start..at]);
            start = at;
        }
    }
    blocks.extend((start < rows.len()).then(|| &rows[start..]));
    blocks
}

/// Whether a sheet bears the name that the program gave it: Sheet1.
fn is_default_name(name: &str) -> bool {
    let lower = name.to_lowercase();
    let number = ["sheet", "工作表"].iter().find_map(|word| lower.strip_prefix(word));
    number.is_some_and(|number| number.trim().bytes().all(|byte| byte.is_ascii_digit()))
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|ch| !ch.is_whitespace()).collect()
}
