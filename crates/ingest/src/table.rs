//! Tables, and how they stand in a text.
//!
//! Every format writes its tables the same way, as Markdown pipe tables on
//! lines of their own: a header row, a rule, a line a row.
//!
//! ```text
//! | 任务 | 牵头单位 |
//! | --- | --- |
//! | 推进造林绿化 | 省林草局 |
//! ```
//!
//! The first row of the file's table is the header row. A line break inside a
//! cell is `<br>`, a `|` in it `\|`. A cell that spans rows or columns stands in
//! each of them, so that every row can be read alone; short rows end in empty
//! cells.

use std::borrow::Cow;
use std::rc::Rc;

use crate::error::{Error, Limit};
use crate::options::Limits;

/// A table as it is put together, cell by cell and row by row.
#[derive(Debug)]
pub struct Table {
    rows: Vec<Vec<Rc<str>>>,
    /// The cells of the row being built, by column; `None`: free.
    row: Vec<Option<Rc<str>>>,
    /// Cells that reach down into the row being built, by column: the rows left, the text.
    reaching: Vec<Option<(u32, Rc<str>)>>,
    /// The column at which the next free one is looked for.
    next: usize,
    n_cells: usize,
    limits: Limits,
}

impl Table {
    /// Begins an empty table.
    pub fn new(limits: Limits) -> Self {
        Self {
            rows: Vec::new(),
            row: Vec::new(),
            reaching: Vec::new(),
            next: 0,
            n_cells: 0,
            limits,
        }
    }

    /// Adds a cell in the next free column of the row; it takes `rows` rows and
    /// `columns` columns, 1 and 1 being a plain cell. What spans beyond the last
    /// row ends there.
    ///
    /// # Errors
    ///
    /// [`Error::OverLimit`] where the table has too many cells.
    pub fn cell(&mut self, text: &str, rows: u32, columns: u32) -> Result<(), Error> {
        let text: Rc<str> = text.into();
        for _ in 0..columns.max(1) {
            self.skip_reaching()?;
            self.put(self.next, text.clone())?;
            if rows > 1 {
                self.reach(self.next, rows, text.clone());
            }
            self.next += 1;
        }
        Ok(())
    }

    /// Adds a cell that goes on from the one above it in the same column, over
    /// `columns` columns: what DOCX calls a continued vertical merge.
    ///
    /// # Errors
    ///
    /// [`Error::OverLimit`] where the table has too many cells.
    pub fn continue_above(&mut self, columns: u32) -> Result<(), Error> {
        for _ in 0..columns.max(1) {
            let above = self.rows.last().and_then(|row| row.get(self.next)).cloned();
            self.put(self.next, above.unwrap_or_default())?;
            self.next += 1;
        }
        Ok(())
    }

    /// Ends the row.
    ///
    /// # Errors
    ///
    /// [`Error::OverLimit`] where cells that reach down make too many.
    pub fn end_row(&mut self) -> Result<(), Error> {
        while self.next < self.reaching.len() {
            self.skip_reaching()?;
            self.next += 1;
        }
        for reaching in &mut self.reaching {
            if let Some((left, _)) = reaching {
                *left -= 1;
                if *left == 0 {
                    *reaching = None;
                }
            }
        }
        let row = std::mem::take(&mut self.row);
        self.rows.push(row.into_iter().map(Option::unwrap_or_default).collect());
        self.next = 0;
        Ok(())
    }

    /// Returns the rows in order, each by column; merged cells are repeated.
    pub fn rows(&self) -> impl Iterator<Item = &[Rc<str>]> {
        self.rows.iter().map(Vec::as_slice)
    }

    /// Returns the number of columns of the widest row.
    pub fn n_columns(&self) -> usize {
        self.rows.iter().map(Vec::len).max().unwrap_or(0)
    }

    /// Returns the number of cells, merged ones counted for each place they take.
    pub fn n_cells(&self) -> usize {
        self.n_cells
    }

    /// Whether no cell has a word in it.
    pub fn is_blank(&self) -> bool {
        self.rows.iter().flatten().all(|cell| cell.trim().is_empty())
    }

    /// Fills the columns that cells of rows above reach down into, up to the
    /// next free one.
    fn skip_reaching(&mut self) -> Result<(), Error> {
        while let Some(Some((_, text))) = self.reaching.get(self.next) {
            // The row that began the cell has put it there already.
            if self.row.get(self.next).is_some_and(Option::is_some) {
                break;
            }
            let text = text.clone();
            self.put(self.next, text)?;
            self.next += 1;
        }
        Ok(())
    }

    fn put(&mut self, column: usize, text: Rc<str>) -> Result<(), Error> {
        self.n_cells += 1;
        self.limits.check(Limit::TableCells, self.n_cells)?;
        if self.row.len() <= column {
            self.row.resize(column + 1, None);
        }
        self.row[column] = Some(text);
        Ok(())
    }

    fn reach(&mut self, column: usize, rows: u32, text: Rc<str>) {
        if self.reaching.len() <= column {
            self.reaching.resize(column + 1, None);
        }
        self.reaching[column] = Some((rows, text));
    }
}

/// Renders the text of a cell.
pub(crate) fn escape(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    if !text.contains(['|', '\n', '\r', '\u{2028}', '\u{2029}']) {
        return Cow::Borrowed(text);
    }
    let text = text.replace("\r\n", "\n").replace('|', "\\|");
    let lines = text.split(['\n', '\r', '\u{2028}', '\u{2029}']).map(str::trim);
    Cow::Owned(lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("<br>"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Builds a table of rows of cells, each with its spans, and compares what stands in it.
    #[track_caller]
    fn check(rows: &[&[(&str, u32, u32)]], expected: &[&[&str]]) {
        let mut table = Table::new(Limits::default());
        for row in rows {
            for (text, rows, columns) in *row {
                table.cell(text, *rows, *columns).unwrap();
            }
            table.end_row().unwrap();
        }
        let found: Vec<Vec<&str>> =
            table.rows().map(|row| row.iter().map(|cell| &**cell).collect()).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn merged_cells_stand_wherever_they_reach() {
        check(
            &[
                &[("序号", 2, 1), ("单位", 1, 2)],
                &[("牵头", 1, 1), ("配合", 1, 1)],
                &[("1", 1, 1), ("省林草局", 9, 1)],
                &[("2", 1, 1), ("省水利厅", 1, 1)],
            ],
            &[
                &["序号", "单位", "单位"],
                &["序号", "牵头", "配合"],
                &["1", "省林草局"],
                &["2", "省林草局", "省水利厅"],
            ],
        );
        check(
            &[&[("a", 1, 1), ("b", 2, 2)], &[("c", 1, 1)]],
            &[&["a", "b", "b"], &["c", "b", "b"]],
        );
    }

    #[test]
    fn a_continued_cell_repeats_the_one_above() {
        let mut table = Table::new(Limits::default());
        table.cell("省林草局", 1, 2).unwrap();
        table.end_row().unwrap();
        table.continue_above(2).unwrap();
        table.cell("x", 1, 1).unwrap();
        table.end_row().unwrap();
        let last: Vec<&str> = table.rows().last().unwrap().iter().map(|cell| &**cell).collect();
        assert_eq!(last, ["省林草局", "省林草局", "x"]);
    }

    #[test]
    fn a_table_beyond_the_limit_is_refused() {
        let mut table = Table::new(Limits { max_table_cells: 1_000, ..Limits::default() });
        assert!(matches!(
            table.cell("x", 1, u32::MAX),
            Err(Error::OverLimit { limit: Limit::TableCells, value: 1_000 })
        ));
    }

    #[test]
    fn breaks_and_bars_in_cells_are_escaped() {
        assert_eq!(escape(" a|b\r\nc\n\nd "), "a\\|b<br>c<br>d");
    }
}
