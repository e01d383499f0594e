//! A table of Word as it is read, and what becomes of it.

use crate::error::{Error, Limit};
use crate::options::Limits;
use crate::table::Table;

/// A paragraph or a table of a text.
#[derive(Debug)]
pub(super) enum Block {
    Paragraph(String),
    Table(Table),
}

/// Rows of cells that hold blocks.
#[derive(Debug, Default)]
pub(super) struct Grid {
    pub(super) rows: Vec<Row>,
}

#[derive(Debug, Default)]
pub(super) struct Row {
    /// Columns left free in front.
    pub(super) n_before: u32,
    pub(super) cells: Vec<Cell>,
    /// Whether a tracked change takes it out.
    pub(super) deleted: bool,
}

#[derive(Debug, Default)]
pub(super) struct Cell {
    pub(super) blocks: Vec<Block>,
    /// Columns it takes; 0 and 1 are one.
    pub(super) n_columns: u32,
    /// Whether it goes on from the cell above.
    pub(super) from_above: bool,
    /// Whether it goes on from the cell on its left.
    pub(super) from_left: bool,
    /// Whether a tracked change takes it out.
    pub(super) deleted: bool,
}

/// Characters above which a cell that holds most of a table is a text.
const TEXT_IN_A_CELL: usize = 400;

impl Grid {
    /// Returns the table, or the blocks of its cells where it only sets them out:
    /// a box, or a frame around a text.
    ///
    /// # Errors
    ///
    /// [`Error::OverLimit`] where it has too many cells, or too long ones.
    pub(super) fn finish(mut self, limits: Limits) -> Result<Vec<Block>, Error> {
        self.rows.retain(|row| !row.deleted);
        for row in &mut self.rows {
            row.cells.retain(|cell| !cell.deleted);
        }
        if self.is_layout() {
            let cells = self.rows.into_iter().flat_map(|row| row.cells);
            let blocks = cells.flat_map(|cell| cell.blocks);
            return Ok(blocks.filter(|block| !is_blank(block)).collect());
        }
        let mut table = Table::new(limits);
        let mut n_bytes = 0_usize;
        for row in self.rows {
            if row.n_before > 0 {
                table.cell("", 1, row.n_before)?;
            }
            let mut left = String::new();
            for cell in row.cells {
                if cell.from_above {
                    table.continue_above(cell.n_columns)?;
                    continue;
                }
                if !cell.from_left {
                    left = lines(&cell.blocks);
                }
                // A text that goes on to the right is there once more for each cell.
                n_bytes = n_bytes.saturating_add(left.len());
                limits.check(Limit::TextBytes, n_bytes)?;
                table.cell(&left, 1, cell.n_columns)?;
            }
            table.end_row()?;
        }
        Ok(vec![Block::Table(table)])
    }

    fn is_layout(&self) -> bool {
        let wide_rows = self.rows.iter().filter(|row| row.cells.len() >= 2).count();
        if wide_rows < 2 {
            return true;
        }
        let (mut n_all, mut n_largest, mut n_nested) = (0_usize, 0, 0);
        for cell in self.rows.iter().flat_map(|row| &row.cells) {
            let n_cell: usize = cell.blocks.iter().map(n_chars).sum();
            n_all += n_cell;
            n_largest = n_largest.max(n_cell);
            let nested = cell.blocks.iter().filter(|block| matches!(block, Block::Table(_)));
            n_nested += nested.map(n_chars).sum::<usize>();
        }
        n_nested * 2 > n_all || n_largest > TEXT_IN_A_CELL && n_largest * 10 > n_all * 8
    }
}

fn is_blank(block: &Block) -> bool {
    match block {
        Block::Paragraph(text) => text.trim().is_empty(),
        Block::Table(table) => table.is_blank(),
    }
}

fn n_chars(block: &Block) -> usize {
    match block {
        Block::Paragraph(text) => text.chars().count(),
        Block::Table(table) => table.rows().flatten().map(|cell| cell.chars().count()).sum(),
    }
}

/// Returns the lines of a cell; of a table in it, a line a row.
fn lines(blocks: &[Block]) -> String {
    let mut lines: Vec<String> = Vec::with_capacity(blocks.len());
    for block in blocks {
        match block {
            Block::Paragraph(text) => lines.push(text.clone()),
            Block::Table(table) => lines.extend(table.rows().map(|row| row.join(" "))),
        }
    }
    lines.join("\n")
}
