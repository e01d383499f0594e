//! What a question looks for in the index: terms, each with a weight.

use std::collections::HashSet;

use gangmu_query::{Field as ClauseField, Fields as ClauseFields, SearchQuery, topic};
use tantivy::schema::Field;
use tantivy::{TantivyError, Term};

use crate::analyzer::{characters, letter_pairs};
use crate::schema::Fields;
use crate::statistics::Statistics;
use crate::vocabulary::segment;
use crate::weights::{ALTERNATIVE_WEIGHT, HEADING_WEIGHT};

/// What stands further on in a very long question is not looked for.
const MAX_TERMS: usize = 1024;

/// A term whose clauses are scored.
#[derive(Debug)]
pub(crate) struct AskedTerm {
    pub field: Field,
    pub term: Term,
    pub weight: f32,
    /// Whether it stands in a heading above, and so in many clauses at once.
    pub above: bool,
}

/// Returns the terms of a question: words, characters and pairs of what it is
/// about, and the pairs in headings; for a word with a field named, the pairs there.
pub(crate) fn asked_terms(
    query: &SearchQuery,
    fields: &Fields,
    statistics: &Statistics<'_>,
) -> Result<Vec<AskedTerm>, TantivyError> {
    let mut asked = Asked { terms: Vec::new(), seen: HashSet::new() };
    for word in query.words() {
        asked.add(&word.folded, word.fields, 1.0, fields, statistics)?;
    }
    for word in query.words() {
        for other in &word.alternatives {
            asked.add(&other.folded, word.fields, ALTERNATIVE_WEIGHT, fields, statistics)?;
        }
    }
    Ok(asked.terms)
}

struct Asked {
    terms: Vec<AskedTerm>,
    seen: HashSet<Term>,
}

impl Asked {
    fn add(
        &mut self,
        folded: &str,
        wanted: ClauseFields,
        weight: f32,
        fields: &Fields,
        statistics: &Statistics<'_>,
    ) -> Result<(), TantivyError> {
        let topic = topic(folded);
        if wanted != ClauseFields::CLAUSE {
            for field in wanted.iter().map(|field| fields.part(field)) {
                letter_pairs(&topic).for_each(|pair| self.push(field, pair, weight, false));
            }
            return Ok(());
        }
        for word in segment(&topic, fields.words, statistics)? {
            self.push(fields.words, word, weight, false);
        }
        for character in characters(&topic) {
            self.push(fields.words, &character, weight, false);
        }
        // A title counts among the headings below.
        for part in wanted.iter().filter(|part| *part != ClauseField::Title) {
            let field = fields.part(part);
            letter_pairs(&topic).for_each(|pair| self.push(field, pair, weight, false));
        }
        let heading = fields.part(ClauseField::Heading);
        for pair in letter_pairs(&topic) {
            self.push(heading, pair, weight * HEADING_WEIGHT, true);
        }
        Ok(())
    }

    fn push(&mut self, field: Field, text: &str, weight: f32, above: bool) {
        let term = Term::from_field_text(field, text);
        if self.terms.len() < MAX_TERMS && self.seen.insert(term.clone()) {
            self.terms.push(AskedTerm { field, term, weight, above });
        }
    }
}
