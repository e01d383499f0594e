//! Where something stands in the decoded text.

use std::fmt;
use std::ops::Range;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A half-open range of UTF-8 byte offsets into the decoded text, on character
/// boundaries, with the place a person would name.
///
/// Spans are made by [`LineTable::span`](crate::LineTable::span), which keeps
/// `start <= end` and computes line and column.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Span {
    start: u32,
    end: u32,
    line: u32,
    column: u32,
}

impl Span {
    pub(crate) fn new(start: u32, end: u32, line: u32, column: u32) -> Self {
        Self { start, end: end.max(start), line, column }
    }

    /// Returns the byte offset of the first byte.
    pub fn start(&self) -> usize {
        self.start as usize
    }

    /// Returns the byte offset after the last byte.
    pub fn end(&self) -> usize {
        self.end as usize
    }

    /// Returns the 1-based line of the first character.
    pub fn line(&self) -> u32 {
        self.line
    }

    /// Returns the 1-based column of the first character, counted in characters.
    pub fn column(&self) -> u32 {
        self.column
    }

    /// Returns the byte range, for slicing the decoded text.
    pub fn range(&self) -> Range<usize> {
        self.start()..self.end()
    }

    /// Returns the number of bytes covered.
    pub fn len_bytes(&self) -> usize {
        self.end() - self.start()
    }

    /// Returns whether no byte is covered.
    pub fn is_empty(&self) -> bool {
        self.start == self.end
    }

    /// Returns whether `other` lies wholly inside this span.
    pub fn contains(&self, other: &Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}
