//! The counts that scores are made from, taken from what the records hold.
//!
//! After a merge that drops removed records the engine only estimates how many
//! tokens a field has, so an index that was updated would score otherwise than
//! one built at once. The lengths kept with each record tell the number again.

use std::sync::OnceLock;

use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::Field;
use tantivy::{Searcher, TantivyError, Term};

use crate::schema::Fields;

/// Token counts of the ranked fields in one state of an index. Each is read once and when it is
/// asked for: a query that scores one field does not wait for the others.
#[derive(Debug)]
pub(crate) struct TokenCounts(Vec<(Field, OnceLock<u64>)>);

impl TokenCounts {
    pub(crate) fn of(fields: &Fields) -> Self {
        Self(fields.ranked().into_iter().map(|field| (field, OnceLock::new())).collect())
    }

    /// Returns the counts for scoring by `searcher`, always the same one.
    pub(crate) fn statistics<'a>(&'a self, searcher: &'a Searcher) -> Statistics<'a> {
        Statistics { n_tokens: &self.0, searcher }
    }
}

fn count(field: Field, searcher: &Searcher) -> Result<u64, TantivyError> {
    let mut n_tokens = 0;
    for segment in searcher.segment_readers() {
        let lengths = segment.get_fieldnorms_reader(field)?;
        n_tokens +=
            (0..segment.max_doc()).map(|doc| u64::from(lengths.fieldnorm(doc))).sum::<u64>();
    }
    Ok(n_tokens)
}

/// What the engine asks for when it scores.
pub(crate) struct Statistics<'a> {
    n_tokens: &'a [(Field, OnceLock<u64>)],
    searcher: &'a Searcher,
}

impl Bm25StatisticsProvider for Statistics<'_> {
    fn total_num_tokens(&self, field: Field) -> Result<u64, TantivyError> {
        let Some((_, n_tokens)) = self.n_tokens.iter().find(|(known, _)| *known == field) else {
            return self.searcher.total_num_tokens(field);
        };
        if let Some(&known) = n_tokens.get() {
            return Ok(known);
        }
        let counted = count(field, self.searcher)?;
        Ok(*n_tokens.get_or_init(|| counted))
    }

    fn total_num_docs(&self) -> Result<u64, TantivyError> {
        self.searcher.total_num_docs()
    }

    fn doc_freq(&self, term: &Term) -> Result<u64, TantivyError> {
        self.searcher.doc_freq(term)
    }
}
