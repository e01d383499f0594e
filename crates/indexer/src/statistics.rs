//! The counts that scores are made from, taken from the records that are there.
//!
//! The engine counts removed records too as long as they are in its files, and
//! after a merge that drops them it only estimates how many tokens a field has.
//! So an index that was updated would score otherwise than one built at once. The
//! lengths kept with each record tell the number of tokens again.

use std::sync::OnceLock;

use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::Field;
use tantivy::{Searcher, TantivyError, Term};

use crate::removed::Removed;
use crate::schema::Fields;

/// Token counts of the ranked fields in one state of an index, read once.
#[derive(Debug, Default)]
pub(crate) struct TokenCounts(OnceLock<Counted>);

#[derive(Debug)]
struct Counted {
    n_tokens: Vec<(Field, u64)>,
    removed: Removed,
}

impl TokenCounts {
    /// Returns the counts for scoring by `searcher`, always the same one.
    pub(crate) fn statistics<'a>(
        &'a self,
        fields: &Fields,
        searcher: &'a Searcher,
    ) -> Result<Statistics<'a>, TantivyError> {
        let counted = match self.0.get() {
            Some(known) => known,
            None => {
                let n_tokens = fields
                    .ranked()
                    .map(|field| Ok((field, count(field, searcher)?)))
                    .collect::<Result<_, TantivyError>>()?;
                let counted = Counted { n_tokens, removed: Removed::of(searcher) };
                self.0.get_or_init(|| counted)
            }
        };
        Ok(Statistics { n_tokens: &counted.n_tokens, removed: &counted.removed, searcher })
    }
}

fn count(field: Field, searcher: &Searcher) -> Result<u64, TantivyError> {
    let mut n_tokens = 0;
    for segment in searcher.segment_readers() {
        let lengths = segment.get_fieldnorms_reader(field)?;
        let length = |doc| u64::from(lengths.fieldnorm(doc));
        n_tokens += match segment.alive_bitset() {
            Some(alive) => alive.iter_alive().map(length).sum::<u64>(),
            None => (0..segment.max_doc()).map(length).sum(),
        };
    }
    Ok(n_tokens)
}

/// What the engine asks for when it scores.
pub(crate) struct Statistics<'a> {
    n_tokens: &'a [(Field, u64)],
    /// The records that no count includes.
    pub removed: &'a Removed,
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
        Ok(self.searcher.num_docs())
    }

    fn doc_freq(&self, term: &Term) -> Result<u64, TantivyError> {
        self.removed.doc_freq(self.searcher, term)
    }
}
