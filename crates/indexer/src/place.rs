//! Where a clause stands in the order of documents, for ties.

use std::cmp::{Ordering, Reverse};
use std::collections::HashMap;

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

/// Returns the clauses with their places, in the order given.
pub(crate) fn placed(
    searcher: &Searcher,
    clauses: impl IntoIterator<Item = (DocAddress, Score)>,
) -> Result<Vec<Ranked>, TantivyError> {
    let mut columns = Vec::new();
    for segment in searcher.segment_readers() {
        let fast = segment.fast_fields();
        columns.push((fast.str(DOCUMENT)?, fast.u64(DATE)?, fast.u64(ORDINAL)?));
    }
    let place = |(address, score): (DocAddress, Score)| {
        let (documents, dates, ordinals) = &columns[address.segment_ord as usize];
        let document =
            documents.as_ref().and_then(|column| column.ords().first(address.doc_id)).unwrap_or(0);
        Ranked {
            score,
            address,
            date: Reverse(dates.first(address.doc_id).unwrap_or(0)),
            document: (address.segment_ord, document),
            ordinal: ordinals.first(address.doc_id).unwrap_or(0),
        }
    };
    Ok(clauses.into_iter().map(place).collect())
}

/// Sorts clauses, the best first; of equal ones that of the newest document, then by the ids of
/// documents and in their order.
pub(crate) fn sort_by_score(
    searcher: &Searcher,
    clauses: &mut [Ranked],
) -> Result<(), TantivyError> {
    sort_by(searcher, clauses, |a, b| b.score.total_cmp(&a.score).then(a.date.cmp(&b.date)))
}

/// Sorts clauses by `order`, and equal ones by the ids of documents and in their order. Ids are
/// read only where they decide.
pub(crate) fn sort_by(
    searcher: &Searcher,
    clauses: &mut [Ranked],
    order: impl Fn(&Ranked, &Ranked) -> Ordering,
) -> Result<(), TantivyError> {
    // In one segment the numbers of the ids are in their order already.
    let in_segment = |each: &Ranked| (each.document, each.ordinal);
    clauses.sort_unstable_by(|a, b| order(a, b).then(in_segment(a).cmp(&in_segment(b))));
    for equal in clauses.chunk_by_mut(|a, b| order(a, b).is_eq()) {
        let segment = equal[0].document.0;
        if equal.iter().all(|each| each.document.0 == segment) {
            continue;
        }
        let mut ids: HashMap<(u32, u64), String> = HashMap::new();
        for each in &*equal {
            if !ids.contains_key(&each.document) {
                ids.insert(each.document, id(searcher, each.document)?);
            }
        }
        equal.sort_unstable_by_key(|each| (ids[&each.document].as_str(), each.ordinal));
    }
    Ok(())
}

fn id(searcher: &Searcher, (segment, number): (u32, u64)) -> Result<String, TantivyError> {
    let mut id = String::new();
    if let Some(column) = searcher.segment_reader(segment).fast_fields().str(DOCUMENT)? {
        column.ord_to_str(number, &mut id)?;
    }
    Ok(id)
}
