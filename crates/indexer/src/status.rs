//! What an index holds, in numbers.

/// What an index holds and which files it was made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexStatus {
    /// The number of documents.
    pub n_documents: usize,
    /// The number of clauses: divisions of all kinds.
    pub n_clauses: usize,
    /// The version of the fields.
    pub schema_version: u32,
    /// The version of the token streams.
    pub analyzer_version: u32,
    /// The version of the word lists, as it was passed in.
    pub lexicon_version: String,
    /// One for each document, by document id.
    pub sources: Vec<IndexedSource>,
}

/// The file that a document in the index was read from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct IndexedSource {
    /// The document's id.
    pub document: String,
    /// The path as it was given.
    pub path: String,
    /// SHA-256 of the bytes; a file that still has it need not be read again.
    pub sha256: String,
}
