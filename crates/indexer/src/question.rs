//! What a question looks for in the index: terms and characters, each with a weight.

use std::collections::HashSet;

use gangmu_query::{Field as ClauseField, Fields as ClauseFields, SearchQuery, topic};
use tantivy::Term;
use tantivy::schema::Field;

use crate::analyzer::letter_pairs;
use crate::schema::Fields;
use crate::vocabulary::Parts;
use crate::weights::{ALTERNATIVE_WEIGHT, HEADING_WEIGHT};

/// What stands further on in a very long question is not looked for.
const MAX_TERMS: usize = 1024;
const MAX_CHARACTERS: usize = 255;

/// What a question is made of.
#[derive(Debug, Default)]
pub(crate) struct Asked {
    pub terms: Vec<AskedTerm>,
    /// Characters of the text, each with its weight.
    pub characters: Vec<(char, f32)>,
    seen: HashSet<Term>,
}

/// A term whose clauses are scored.
#[derive(Debug)]
pub(crate) struct AskedTerm {
    pub field: Field,
    pub term: Term,
    pub weight: f32,
    /// Whether it stands in a heading above, and so in many clauses at once.
    pub above: bool,
}

impl Asked {
    /// Returns what a question looks for: pairs, words and characters of what it is about, and
    /// the pairs in headings; for a word with a field named, the pairs there.
    pub(crate) fn of(query: &SearchQuery, fields: &Fields) -> Self {
        let mut asked = Self::default();
        for word in query.words() {
            asked.add(&word.folded, word.fields, 1.0, fields);
        }
        for word in query.words() {
            for other in &word.alternatives {
                asked.add(&other.folded, word.fields, ALTERNATIVE_WEIGHT, fields);
            }
        }
        asked
    }

    fn add(&mut self, folded: &str, wanted: ClauseFields, weight: f32, fields: &Fields) {
        let topic = topic(folded);
        if wanted != ClauseFields::CLAUSE {
            for field in wanted.iter().map(|field| fields.part(field)) {
                letter_pairs(&topic).for_each(|pair| self.push(field, pair, weight, false));
            }
            return;
        }
        let parts = Parts::of(&topic);
        for (ch, of_word) in parts.characters {
            if self.characters.len() < MAX_CHARACTERS
                && !self.characters.iter().any(|(known, _)| *known == ch)
            {
                self.characters.push((ch, weight * of_word));
            }
        }
        for field in wanted.iter().map(|part| fields.part(part)) {
            let terms = parts.terms.iter();
            terms.for_each(|(text, of_word)| self.push(field, text, weight * of_word, false));
        }
        let heading = fields.part(ClauseField::Heading);
        for pair in letter_pairs(&topic) {
            self.push(heading, pair, weight * HEADING_WEIGHT, true);
        }
    }

    fn push(&mut self, field: Field, text: &str, weight: f32, above: bool) {
        let term = Term::from_field_text(field, text);
        if self.terms.len() < MAX_TERMS && self.seen.insert(term.clone()) {
            self.terms.push(AskedTerm { field, term, weight, above });
        }
    }
}
