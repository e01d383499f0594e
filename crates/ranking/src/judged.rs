//! Documents, queries over them, and which clauses answer these.

use std::collections::BTreeSet;

use gangmu_model::{Document, SearchRecord};

/// A clause, by its document's and its division's id.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Answer {
    /// The document's id.
    pub document: String,
    /// The division's id.
    pub division: String,
}

impl From<&SearchRecord> for Answer {
    fn from(record: &SearchRecord) -> Self {
        Self { document: record.document.clone(), division: record.division.as_str().to_owned() }
    }
}

/// A query as a person types it, and the clauses that answer it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct JudgedQuery {
    /// What is typed.
    pub text: String,
    /// The clauses that answer it; never empty.
    pub answers: BTreeSet<Answer>,
}

/// Judged queries over a collection of documents.
#[derive(Clone, Debug)]
pub struct JudgedSet {
    /// The name that scores are recorded under.
    pub name: String,
    /// All documents that are searched.
    pub documents: Vec<Document>,
    /// The queries.
    pub queries: Vec<JudgedQuery>,
}

impl JudgedSet {
    /// Returns the number of clauses that are searched.
    pub fn n_clauses(&self) -> usize {
        self.documents.iter().map(|document| document.divisions.len()).sum()
    }
}
