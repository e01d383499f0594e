//! How to read, and how far to go with a file nobody vouches for.

use crate::charset::Encoding;
use crate::error::{Error, Limit};

/// How to read a file.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Options {
    /// The encoding of plain text and web pages, whatever they declare; `None`: find out.
    pub encoding: Option<Encoding>,
    /// How far to go.
    pub limits: Limits,
    /// Whether a file that only another program reads is refused, and that program
    /// is not run.
    pub without_converters: bool,
}

/// What one file may cost. The defaults are far beyond any real policy document;
/// a file beyond one is refused with a sentence that names the limit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// Bytes of the file: 256 MiB.
    pub max_file_bytes: usize,
    /// Bytes of all that is unpacked from it: 512 MiB.
    pub max_unpacked_bytes: usize,
    /// Entries of an archive, objects of a PDF: 100,000.
    pub max_entries: usize,
    /// Elements inside each other, in XML and HTML: 512, as in browsers.
    pub max_depth: usize,
    /// Elements of XML or HTML: 4,000,000.
    pub max_elements: usize,
    /// Cells of one table, merged ones counted for each place they take: 1,000,000.
    pub max_table_cells: usize,
    /// Bytes of the text as UTF-8: 256 MiB. Spans count in 32 bits, so this is
    /// never taken beyond 1 GiB.
    pub max_text_bytes: usize,
}

/// The largest text whatever the limits say.
const LARGEST_TEXT: usize = 1 << 30;

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_file_bytes: 256 << 20,
            max_unpacked_bytes: 512 << 20,
            max_entries: 100_000,
            max_depth: 512,
            max_elements: 4_000_000,
            max_table_cells: 1_000_000,
            max_text_bytes: 256 << 20,
        }
    }
}

impl Limits {
    /// Returns the limits, each multiplied by `factor`.
    #[must_use]
    pub fn raised(self, factor: usize) -> Self {
        Self {
            max_file_bytes: self.max_file_bytes.saturating_mul(factor),
            max_unpacked_bytes: self.max_unpacked_bytes.saturating_mul(factor),
            max_entries: self.max_entries.saturating_mul(factor),
            max_depth: self.max_depth.saturating_mul(factor),
            max_elements: self.max_elements.saturating_mul(factor),
            max_table_cells: self.max_table_cells.saturating_mul(factor),
            max_text_bytes: self.max_text_bytes.saturating_mul(factor),
        }
    }

    /// Returns the value of one limit.
    pub fn get(&self, limit: Limit) -> usize {
        match limit {
            Limit::FileBytes => self.max_file_bytes,
            Limit::UnpackedBytes => self.max_unpacked_bytes,
            Limit::Entries => self.max_entries,
            Limit::Depth => self.max_depth,
            Limit::Elements => self.max_elements,
            Limit::TableCells => self.max_table_cells,
            Limit::TextBytes => self.max_text_bytes.min(LARGEST_TEXT),
        }
    }

    /// Checks a count against its limit.
    ///
    /// # Errors
    ///
    /// [`Error::OverLimit`] where the count is beyond it.
    pub fn check(&self, limit: Limit, count: usize) -> Result<(), Error> {
        let value = self.get(limit);
        if count > value { Err(Error::OverLimit { limit, value }) } else { Ok(()) }
    }
}
