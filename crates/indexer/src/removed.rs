//! Records that are removed and still in the files, until a merge drops them.
//!
//! The engine counts them in the frequency of a term. Scores must depend on the
//! documents alone, so every count that goes into a score leaves them out here.

use std::sync::Arc;

use tantivy::postings::TermInfo;
use tantivy::schema::IndexRecordOption;
use tantivy::{
    DocId, DocSet, InvertedIndexReader, Searcher, SegmentReader, TERMINATED, TantivyError, Term,
};

/// The removed records of one state of an index.
#[derive(Debug)]
pub(crate) struct Removed {
    /// For each segment, in order.
    of_segment: Vec<Vec<DocId>>,
}

impl Removed {
    /// Finds the removed records.
    pub(crate) fn of(searcher: &Searcher) -> Self {
        Self { of_segment: searcher.segment_readers().iter().map(removed_in).collect() }
    }

    /// Returns the removed records of a segment, in order.
    pub(crate) fn in_segment(&self, segment: usize) -> &[DocId] {
        &self.of_segment[segment]
    }

    /// Returns in how many records a term stands.
    pub(crate) fn doc_freq(&self, searcher: &Searcher, term: &Term) -> Result<u64, TantivyError> {
        let mut n_records = 0;
        for (segment, reader) in searcher.segment_readers().iter().enumerate() {
            let index = reader.inverted_index(term.field())?;
            if let Some(info) = index.get_term_info(term)? {
                n_records += self.doc_freq_in(segment, &index, &info)?;
            }
        }
        Ok(n_records)
    }

    /// Returns in how many records of one segment a term stands.
    pub(crate) fn doc_freq_in(
        &self,
        segment: usize,
        index: &Arc<InvertedIndexReader>,
        info: &TermInfo,
    ) -> Result<u64, TantivyError> {
        let mut n_records = u64::from(info.doc_freq);
        let removed = &self.of_segment[segment];
        if removed.is_empty() {
            return Ok(n_records);
        }
        let mut postings = index.read_postings_from_terminfo(info, IndexRecordOption::Basic)?;
        for &doc in removed {
            if postings.doc() < doc {
                postings.seek(doc);
            }
            match postings.doc() {
                TERMINATED => break,
                found if found == doc => n_records -= 1,
                _ => {}
            }
        }
        Ok(n_records)
    }
}

fn removed_in(segment: &SegmentReader) -> Vec<DocId> {
    let Some(alive) = segment.alive_bitset() else { return Vec::new() };
    (0..segment.max_doc()).filter(|&doc| alive.is_deleted(doc)).collect()
}
