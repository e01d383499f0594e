//! Where a clause stands in the order of documents, for ties.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use tantivy::{DocAddress, Searcher, TantivyError};

use crate::schema::{DATE, DOCUMENT, ORDINAL};

/// The place of a clause among those it was read with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    /// The day of its document, the newest first and none last.
    pub date: Reverse<u64>,
    /// The place of its document by id; the same for clauses of one document.
    pub document: u32,
    /// Its place in the document.
    pub ordinal: u64,
}

/// Returns the place of each record.
pub(crate) fn places(
    searcher: &Searcher,
    addresses: &[DocAddress],
) -> Result<Vec<Place>, TantivyError> {
    let mut columns = Vec::new();
    for segment in searcher.segment_readers() {
        let fast = segment.fast_fields();
        columns.push((fast.str(DOCUMENT)?, fast.u64(DATE)?, fast.u64(ORDINAL)?));
    }
    let mut found = Vec::with_capacity(addresses.len());
    for address in addresses {
        let (documents, dates, ordinals) = &columns[address.segment_ord as usize];
        let document =
            documents.as_ref().and_then(|column| column.ords().first(address.doc_id)).unwrap_or(0);
        let date = dates.first(address.doc_id).unwrap_or(0);
        let ordinal = ordinals.first(address.doc_id).unwrap_or(0);
        found.push((address.segment_ord, document, date, ordinal));
    }
    // In one segment the numbers of the ids are in their order already.
    let mut rank_of: HashMap<(u32, u64), u32> = HashMap::new();
    if columns.len() > 1 {
        let mut names: BTreeMap<String, Vec<(u32, u64)>> = BTreeMap::new();
        for &(segment, document, ..) in &found {
            if rank_of.insert((segment, document), 0).is_none() {
                let mut name = String::new();
                if let (Some(column), ..) = &columns[segment as usize] {
                    column.ord_to_str(document, &mut name)?;
                }
                names.entry(name).or_default().push((segment, document));
            }
        }
        for (rank, keys) in (0u32..).zip(names.into_values()) {
            keys.into_iter().for_each(|key| {
                rank_of.insert(key, rank);
            });
        }
    }
    let rank = |segment, document| match rank_of.get(&(segment, document)) {
        Some(&rank) => rank,
        None => u32::try_from(document).unwrap_or(u32::MAX),
    };
    Ok(found
        .into_iter()
        .map(|(segment, document, date, ordinal)| Place {
            date: Reverse(date),
            document: rank(segment, document),
            ordinal,
        })
        .collect())
}
