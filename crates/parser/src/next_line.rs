//! The next line of a text that is not blank.

use std::ops::Range;

use crate::grid::{after, line_at, trimmed};

/// The next line that is not blank, behind `most_blank` blank ones at most.
pub(crate) struct NextLine {
    /// The line without the blanks round it.
    pub(crate) words: Range<usize>,
    /// Blank lines before it.
    pub(crate) n_blank: usize,
    /// Where the line behind it begins.
    pub(crate) behind: usize,
}

impl NextLine {
    pub(crate) fn find(text: &str, start: usize, most_blank: usize) -> Option<Self> {
        let mut behind = start;
        for n_blank in 0..=most_blank {
            if behind >= text.len() {
                return None;
            }
            let line = line_at(text, behind);
            behind = after(text, line.end);
            let words = trimmed(text, line);
            if !words.is_empty() {
                return Some(Self { words, n_blank, behind });
            }
        }
        None
    }
}
