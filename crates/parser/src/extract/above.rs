//! Deadlines that a paragraph sets for those below it.
//!
//! Each paragraph is read once for this, however many stand below it.

use std::collections::HashMap;
use std::ops::Range;

use foldhash::fast::RandomState;

use super::target::{RawDeadline, introduced_deadline, lead_deadline, stated_deadline};

/// How a paragraph sets a deadline for what stands below.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Setting {
    /// It introduces a list: 到2025年,主要目标如下:
    Introduces,
    /// It leads a list of dashes: 到2027年,…初具规模。
    Leads,
    /// It opens a chapter of goals, and a date ahead stands anywhere in it.
    States,
}

/// The deadlines that paragraphs set, as far as they were asked for.
#[derive(Debug)]
pub(super) struct DeadlinesAbove<'t> {
    folded: &'t str,
    /// The document's year.
    year: Option<i32>,
    read: HashMap<(Setting, usize, usize), Option<RawDeadline>, RandomState>,
}

impl<'t> DeadlinesAbove<'t> {
    /// `folded` is the whole folded text.
    pub(super) fn new(folded: &'t str, year: Option<i32>) -> Self {
        Self { folded, year, read: HashMap::default() }
    }

    /// Returns the deadline that the paragraph at a folded range sets, as one that
    /// stands in another paragraph.
    pub(super) fn set_by(
        &mut self,
        setting: Setting,
        paragraph: &Range<usize>,
    ) -> Option<RawDeadline> {
        let read = self.read.entry((setting, paragraph.start, paragraph.end));
        let deadline = read.or_insert_with(|| {
            let text = &self.folded[paragraph.clone()];
            let deadline = match setting {
                Setting::Introduces => introduced_deadline(text),
                Setting::Leads => lead_deadline(text, self.year),
                Setting::States => stated_deadline(text, self.year),
            };
            deadline.map(|deadline| RawDeadline { range: None, ..deadline })
        });
        deadline.clone()
    }
}
