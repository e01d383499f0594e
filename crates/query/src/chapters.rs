//! Which body has duties in which chapter of a document.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use gangmu_model::{Division, DivisionId, Document};

use crate::layers::Layers;

/// A document's bodies by its chapters.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ChapterTable {
    /// The topmost divisions in which a body has a duty, in document order: id and heading.
    pub chapters: Vec<(DivisionId, String)>,
    /// The bodies, those with duties in the most divisions first, then by name.
    pub rows: Vec<ChapterRow>,
}

/// What one body has to do in the chapters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChapterRow {
    /// The full name; the name as written where it could not be resolved.
    pub full_name: String,
    /// The number of divisions with a duty of the body, for each chapter.
    pub counts: Vec<u32>,
}

impl ChapterRow {
    /// Returns the number of divisions in all chapters.
    pub fn total(&self) -> u32 {
        self.counts.iter().sum()
    }
}

impl ChapterTable {
    /// Counts the duties of a document. A body counts once for each division,
    /// whatever its roles there.
    pub fn of(document: &Document) -> Self {
        let layers = Layers::new(document);
        let mut place_of: HashMap<&DivisionId, usize> = HashMap::new();
        let mut table = Self::default();
        let mut counts: HashMap<&str, HashMap<usize, u32>> = HashMap::new();
        for division in layers.divisions_with_duties() {
            let top = layers.tree().ancestors(division).last();
            let top = top.or_else(|| layers.tree().get(&division.id)).unwrap_or(division);
            let place = *place_of.entry(&top.id).or_insert_with(|| {
                table.chapters.push((top.id.clone(), heading(top)));
                table.chapters.len() - 1
            });
            let mut seen = HashSet::new();
            for mention in layers.assignments_of(division).flat_map(|duty| &duty.agencies) {
                let name = mention.full_name.as_deref().unwrap_or(&mention.name);
                if seen.insert(name) {
                    *counts.entry(name).or_default().entry(place).or_default() += 1;
                }
            }
        }
        let n_chapters = table.chapters.len();
        table.rows = counts
            .into_iter()
            .map(|(name, by_place)| ChapterRow {
                full_name: name.to_owned(),
                counts: (0..n_chapters)
                    .map(|place| by_place.get(&place).copied().unwrap_or_default())
                    .collect(),
            })
            .collect();
        table.rows.sort_by(|a, b| {
            (Reverse(a.total()), &a.full_name).cmp(&(Reverse(b.total()), &b.full_name))
        });
        table
    }
}

fn heading(division: &Division) -> String {
    division.heading().unwrap_or_else(|| division.citation.clone())
}
