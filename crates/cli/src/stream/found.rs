//! The clauses of documents that answer a query.

use std::collections::HashMap;

use gangmu_indexer::{Error, Index};
use gangmu_model::{DivisionId, Document, SearchRecord};
use gangmu_query::SearchQuery;
use schemars::JsonSchema;
use serde::Serialize;

/// A clause of a document in which the words of a query stand: a record of `search`
/// without its score, which is one among other documents.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ClauseRecord {
    /// The document's id.
    pub(super) document: String,
    /// The document's title.
    title: Option<String>,
    /// The division found.
    division: DivisionId,
    /// How people cite it.
    citation: String,
    /// Its title.
    division_title: Option<String>,
    /// Headings from the top down to the division.
    path: Vec<String>,
    /// What was searched: the division's title, own text and closing assignment, one
    /// after the other.
    text: String,
    /// Where the words stand: `[start, end)` character offsets into `text`.
    highlights: Vec<[u32; 2]>,
    /// `words`.
    matched_by: String,
}

impl From<SearchRecord> for ClauseRecord {
    fn from(record: SearchRecord) -> Self {
        Self {
            document: record.document,
            title: record.title,
            division: record.division,
            citation: record.citation,
            division_title: record.division_title,
            path: record.path,
            text: record.text,
            highlights: record.highlights,
            matched_by: record.matched_by,
        }
    }
}

/// Returns the clauses that answer the query, by the id of their document.
///
/// # Errors
///
/// Those of an index in memory.
pub(super) fn clauses<'d>(
    query: &SearchQuery,
    documents: impl Iterator<Item = &'d Document>,
) -> Result<HashMap<String, Vec<ClauseRecord>>, Error> {
    let mut found: HashMap<String, Vec<ClauseRecord>> = HashMap::new();
    let mut documents = documents.peekable();
    if documents.peek().is_none() {
        return Ok(found);
    }
    for record in Index::in_memory(documents)?.search(query)?.records {
        found.entry(record.document.clone()).or_default().push(record.into());
    }
    Ok(found)
}
