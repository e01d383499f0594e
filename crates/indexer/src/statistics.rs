//! The counts that scores are made from, taken from the records that are there.
//!
//! The engine counts removed records too as long as they are in its files, and
//! after a merge that drops them it only estimates how many tokens a field has.
//! So an index that was updated would score otherwise than one built at once. The
//! lengths kept with each record tell the number of tokens again; of the texts it is noted when
//! they are written, and only removed records are counted.

use std::sync::OnceLock;

use gangmu_query::Field as ClauseField;
use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::Field;
use tantivy::{DocId, Searcher, TantivyError, Term};

use crate::note::Note;
use crate::removed::Removed;
use crate::schema::Fields;
use crate::texts::TextsOf;

/// What scores count in one state of an index. The tokens of a field are counted once and when
/// they are asked for: a query that scores one field does not wait for the others.
#[derive(Debug)]
pub(crate) struct TokenCounts {
    n_tokens: Vec<(Field, OnceLock<u64>)>,
    /// Fields that no record has.
    absent: Vec<Field>,
    /// The field of the texts.
    text: Field,
    removed: OnceLock<Removed>,
}

impl TokenCounts {
    pub(crate) fn of(fields: &Fields, note: &Note) -> Self {
        let n_tokens = fields.ranked().into_iter().map(|field| (field, OnceLock::new())).collect();
        let absent = note.absent.iter().map(|part| fields.part(*part)).collect();
        let text = fields.part(ClauseField::Text);
        Self { n_tokens, absent, text, removed: OnceLock::new() }
    }

    /// Returns the counts for scoring by `searcher`, always the same one.
    pub(crate) fn statistics<'a>(
        &'a self,
        searcher: &'a Searcher,
        texts: &'a TextsOf,
    ) -> Statistics<'a> {
        let removed = self.removed.get_or_init(|| Removed::of(searcher));
        let Self { n_tokens, absent, text, .. } = self;
        Statistics { n_tokens, absent, text: *text, texts, removed, searcher }
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
    n_tokens: &'a [(Field, OnceLock<u64>)],
    absent: &'a [Field],
    text: Field,
    texts: &'a TextsOf,
    /// The records that no count includes.
    pub removed: &'a Removed,
    searcher: &'a Searcher,
}

impl Statistics<'_> {
    /// Returns whether any record may have a field.
    pub(crate) fn holds(&self, field: Field) -> bool {
        !self.absent.contains(&field)
    }

    /// Counts the tokens of the texts.
    fn count_in_texts(&self) -> Result<u64, TantivyError> {
        let mut n_tokens = 0;
        for (at, segment) in (0u32..).zip(self.searcher.segment_readers()) {
            n_tokens += self.texts.at(at).n_tokens;
            let removed = self.removed.in_segment(at as usize);
            if !removed.is_empty() && self.texts.at(at).n_tokens > 0 {
                let lengths = segment.get_fieldnorms_reader(self.text)?;
                let length = |&doc: &DocId| u64::from(lengths.fieldnorm(doc));
                n_tokens -= removed.iter().map(length).sum::<u64>();
            }
        }
        Ok(n_tokens)
    }
}

impl Bm25StatisticsProvider for Statistics<'_> {
    fn total_num_tokens(&self, field: Field) -> Result<u64, TantivyError> {
        let Some((_, n_tokens)) = self.n_tokens.iter().find(|(known, _)| *known == field) else {
            return self.searcher.total_num_tokens(field);
        };
        if let Some(&known) = n_tokens.get() {
            return Ok(known);
        }
        let counted =
            if field == self.text { self.count_in_texts()? } else { count(field, self.searcher)? };
        Ok(*n_tokens.get_or_init(|| counted))
    }

    fn total_num_docs(&self) -> Result<u64, TantivyError> {
        Ok(self.searcher.num_docs())
    }

    fn doc_freq(&self, term: &Term) -> Result<u64, TantivyError> {
        if !self.holds(term.field()) {
            return Ok(0);
        }
        self.removed.doc_freq(self.searcher, term)
    }
}
