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

/// Token counts of the ranked fields in one state of an index, read once.
#[derive(Debug, Default)]
pub(crate) struct TokenCounts(OnceLock<Vec<(Field, u64)>>);

impl TokenCounts {
    /// Returns the counts for scoring by `searcher`, always the same one.
    pub(crate) fn statistics<'a>(
        &'a self,
        fields: &Fields,
        searcher: &'a Searcher,
    ) -> Result<Statistics<'a>, TantivyError> {
        let n_tokens = match self.0.get() {
            Some(known) => known,
            None => {
                let counted = fields
                    .ranked()
                    .map(|field| Ok((field, count(field, searcher)?)))
                    .collect::<Result<_, TantivyError>>()?;
                self.0.get_or_init(|| counted)
            }
        };
        Ok(Statistics { n_tokens, searcher })
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
    n_tokens: &'a [(Field, u64)],
    searcher: &'a Searcher,
}

impl Bm25StatisticsProvider for Statistics<'_> {
    fn total_num_tokens(&self, field: Field) -> Result<u64, TantivyError> {
        match self.n_tokens.iter().find(|(known, _)| *known == field) {
            Some(&(_, n_tokens)) => Ok(n_tokens),
            None => self.searcher.total_num_tokens(field),
        }
    }

    fn total_num_docs(&self) -> Result<u64, TantivyError> {
        self.searcher.total_num_docs()
    }

    fn doc_freq(&self, term: &Term) -> Result<u64, TantivyError> {
        self.searcher.doc_freq(term)
    }
}
