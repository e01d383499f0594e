//! Where a clause stands in the order of documents, for ties.

use std::cmp::{Ordering, Reverse};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::OnceLock;

use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocAddress, Score, Searcher, TantivyError};

use crate::schema::{DATE, DOCUMENT, ORDINAL};

/// A clause with its score and its place in every order.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Ranked {
    pub score: Score,
    pub address: DocAddress,
    /// The day of its document, the newest first and none last.
    pub date: Reverse<u64>,
    /// Its document: the segment, and the number of the document's id there.
    pub document: (u32, u64),
    /// Its place in the document.
    pub ordinal: u64,
}

/// The columns that tell places. To open one costs more than to read a few values, so each is
/// opened once.
#[derive(Default)]
pub(crate) struct Columns {
    of_segment: OnceLock<Vec<OfSegment>>,
}

struct OfSegment {
    documents: Option<StrColumn>,
    dates: Column<u64>,
    ordinals: Column<u64>,
}

impl Columns {
    /// Returns the places of the records of `searcher`, always the same one.
    pub(crate) fn places(&self, searcher: &Searcher) -> Result<Places<'_>, TantivyError> {
        if let Some(of_segment) = self.of_segment.get() {
            return Ok(Places { of_segment });
        }
        let mut of_segment = Vec::new();
        for segment in searcher.segment_readers() {
            let fast = segment.fast_fields();
            of_segment.push(OfSegment {
                documents: fast.str(DOCUMENT)?,
                dates: fast.u64(DATE)?,
                ordinals: fast.u64(ORDINAL)?,
            });
        }
        Ok(Places { of_segment: self.of_segment.get_or_init(|| of_segment) })
    }
}

/// Tells where clauses stand.
#[derive(Clone, Copy)]
pub(crate) struct Places<'a> {
    of_segment: &'a [OfSegment],
}

impl Places<'_> {
    /// Returns the clauses with their places, in the order given.
    pub(crate) fn of(self, clauses: impl IntoIterator<Item = (DocAddress, Score)>) -> Vec<Ranked> {
        let place = |(address, score): (DocAddress, Score)| {
            let columns = &self.of_segment[address.segment_ord as usize];
            let document = columns.documents.as_ref();
            let document = document.and_then(|column| column.ords().first(address.doc_id));
            Ranked {
                score,
                address,
                date: Reverse(columns.dates.first(address.doc_id).unwrap_or(0)),
                document: (address.segment_ord, document.unwrap_or(0)),
                ordinal: columns.ordinals.first(address.doc_id).unwrap_or(0),
            }
        };
        clauses.into_iter().map(place).collect()
    }

    /// Puts the best `n` clauses first; of equal ones that of the newest document, then by the
    /// ids of documents and in their order.
    pub(crate) fn sort_by_score(
        self,
        clauses: &mut [Ranked],
        n: usize,
    ) -> Result<(), TantivyError> {
        self.sort_by(clauses, n, |a, b| b.score.total_cmp(&a.score).then(a.date.cmp(&b.date)))
    }

    /// Sorts clauses by `order`, and equal ones by the ids of documents and in their order, so
    /// that the first `n` are right. Ids are read only where they decide.
    pub(crate) fn sort_by(
        self,
        clauses: &mut [Ranked],
        n: usize,
        order: impl Fn(&Ranked, &Ranked) -> Ordering,
    ) -> Result<(), TantivyError> {
        // In one segment the numbers of the ids are in their order already.
        let in_segment = |each: &Ranked| (each.document, each.ordinal);
        clauses.sort_unstable_by(|a, b| order(a, b).then(in_segment(a).cmp(&in_segment(b))));
        let mut n_before = 0;
        for equal in clauses.chunk_by_mut(|a, b| order(a, b).is_eq()) {
            if n_before >= n {
                return Ok(());
            }
            n_before += equal.len();
            let segment = equal[0].document.0;
            if equal.iter().all(|each| each.document.0 == segment) {
                continue;
            }
            let mut ids: HashMap<(u32, u64), String> = HashMap::new();
            for each in &*equal {
                if let Entry::Vacant(id) = ids.entry(each.document) {
                    id.insert(self.id(each.document)?);
                }
            }
            let key = |each: &Ranked| (ids[&each.document].as_str(), each.ordinal);
            equal.sort_unstable_by(|a, b| key(a).cmp(&key(b)));
        }
        Ok(())
    }

    fn id(self, (segment, number): (u32, u64)) -> Result<String, TantivyError> {
        let mut id = String::new();
        if let Some(column) = &self.of_segment[segment as usize].documents {
            column.ord_to_str(number, &mut id)?;
        }
        Ok(id)
    }
}
