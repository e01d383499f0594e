//! One document scored.

use std::collections::BTreeMap;

use gangmu_model::Document;
use serde::Serialize;

use crate::alignment::Alignment;
use crate::source::SourceText;
use crate::{Aspect, Gold, Tally};

/// A miss, a false reading, or a reading that differs.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Fault {
    /// What it counts against.
    pub aspect: Aspect,
    /// The 1-based line in the text; 0 for the document as a whole.
    pub line: u32,
    /// What gold has; null where it has nothing.
    pub expected: Option<String>,
    /// What was read; null where nothing was.
    pub read: Option<String>,
}

/// The scores of one document, or of several added up.
#[derive(Clone, Debug, Default)]
pub struct Score {
    /// A tally for each aspect that was scored.
    pub tallies: BTreeMap<Aspect, Tally>,
    /// Every fault, by aspect and line.
    pub faults: Vec<Fault>,
}

/// A score with the name of its document.
#[derive(Clone, Debug)]
pub struct Scored {
    /// The document's name: its path below the folder given, without extension.
    pub name: String,
    /// Its text's path, as faults print it.
    pub path: String,
    /// Its score.
    pub score: Score,
}

impl Score {
    /// Returns the tally of an aspect, empty where it was not scored.
    pub fn tally(&self, aspect: Aspect) -> Tally {
        self.tallies.get(&aspect).copied().unwrap_or_default()
    }

    /// Adds the tallies of another score; its faults stay with it.
    pub fn add(&mut self, other: &Self) {
        for (aspect, tally) in &other.tallies {
            self.tallies.entry(*aspect).or_default().add(*tally);
        }
    }

    pub(crate) fn entry(&mut self, aspect: Aspect) -> &mut Tally {
        self.tallies.entry(aspect).or_default()
    }

    /// Counts a thing that both sides have, and reports it where they differ.
    pub(crate) fn compare(
        &mut self,
        aspect: Aspect,
        line: u32,
        right: bool,
        expected: impl Into<String>,
        read: impl Into<String>,
    ) {
        self.entry(aspect).compare(right);
        if !right {
            self.fault(aspect, line, Some(expected.into()), Some(read.into()));
        }
    }

    pub(crate) fn fault(
        &mut self,
        aspect: Aspect,
        line: u32,
        expected: Option<String>,
        read: Option<String>,
    ) {
        self.faults.push(Fault { aspect, line, expected, read });
    }
}

/// Compares a parsed document with the gold of its text.
pub fn score(document: &Document, text: &str, gold: &Gold) -> Score {
    let source = SourceText::new(text);
    let alignment = Alignment::new(document, &source, gold);
    let mut score = Score::default();
    crate::division::score(document, gold, &alignment, &mut score);
    crate::assignment::score(document, gold, &alignment, &mut score);
    crate::duty::score(document, gold, &source, &mut score);
    crate::target::score(document, gold, &source, &mut score);
    crate::qualitative::score(document, gold, &source, &mut score);
    crate::boilerplate::score(document, gold, &source, &mut score);
    crate::metadata::score(document, gold, &mut score);
    crate::diagnostic::score(document, gold, &mut score);
    score.faults.sort_by_key(|fault| (fault.aspect, fault.line));
    score
}
