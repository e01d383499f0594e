//! Reads the embedded tab-separated files: comment lines, one header line, rows.
//!
//! Reading cannot fail: a row that does not fit is left out and noted as a
//! [`DataError`], which a test turns into a failure.

use std::collections::HashMap;

use foldhash::fast::RandomState;

/// A map for look-ups that are made for every name of a text.
pub(crate) type Map<K, V> = HashMap<K, V, RandomState>;

/// A line of the embedded data that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DataError {
    /// File name under `seeds/lexicon`.
    pub(crate) file: &'static str,
    /// 1-based line number.
    pub(crate) line: usize,
    /// What is wrong, in one plain sentence.
    pub(crate) reason: String,
}

/// One embedded file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Table {
    pub(crate) file: &'static str,
    pub(crate) text: &'static str,
}

/// Embeds a file of `seeds/lexicon` as a [`Table`].
macro_rules! table {
    ($file:literal) => {
        $crate::table::Table {
            file: $file,
            text: include_str!(concat!("../../../seeds/lexicon/", $file)),
        }
    };
}

/// One row: its line number and exactly `N` cells.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row<const N: usize> {
    pub(crate) line: usize,
    pub(crate) cells: [&'static str; N],
}

impl Table {
    /// Returns the lines that are neither comments nor blank, numbered from 1.
    /// The first of them is the header.
    pub(crate) fn lines(self) -> impl Iterator<Item = (usize, &'static str)> {
        self.text
            .lines()
            .enumerate()
            .map(|(index, line)| (index + 1, line))
            .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
    }

    /// Reads the rows after the header; a row with another number of cells
    /// than `N` is left out and noted in `errors`.
    pub(crate) fn rows<const N: usize>(self, errors: &mut Vec<DataError>) -> Vec<Row<N>> {
        let mut rows = Vec::new();
        for (line, text) in self.lines().skip(1) {
            let mut cells = [""; N];
            let mut count = 0;
            for cell in text.split('\t') {
                if let Some(slot) = cells.get_mut(count) {
                    *slot = cell;
                }
                count += 1;
            }
            if count == N {
                rows.push(Row { line, cells });
            } else {
                errors.push(self.error(line, format!("{count} cells instead of {N}")));
            }
        }
        rows
    }

    /// Makes the note of a line that could not be read.
    pub(crate) fn error(self, line: usize, reason: impl Into<String>) -> DataError {
        DataError { file: self.file, line, reason: reason.into() }
    }
}

/// Splits a cell that holds several names, parted by `|`; an empty cell holds none.
pub(crate) fn names(cell: &'static str) -> impl Iterator<Item = &'static str> {
    cell.split('|').filter(|name| !name.is_empty())
}
