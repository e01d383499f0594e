//! The rows and cells of a table.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Span;

/// A table as rows of cells, the header included.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Table {
    /// How many rows at the top are the header.
    pub header_rows: u32,
    /// The rows, in order; the rule under a header is none.
    pub rows: Vec<Vec<Cell>>,
}

/// One cell. A cell that spans several rows or columns stands in each of them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Cell {
    /// Its text; its lines are parted by a line feed.
    pub text: String,
    /// Where it stands; of an empty cell, where its text would.
    pub span: Span,
}
