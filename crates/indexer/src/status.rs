//! What an index holds, in numbers.

/// What an index holds and which files it was made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexStatus {
    /// The number of documents.
    pub n_documents: usize,
    /// The number of clauses: divisions of all kinds.
    pub n_clauses: usize,
    /// What the files of the index take, in bytes; 0 for one in memory.
    pub n_bytes: u64,
    /// When it was last written, in seconds since 1970 UTC; `None` where that
    /// is not recorded.
    pub written_at: Option<u64>,
    /// The version of the fields.
    pub schema_version: u32,
    /// The version of the token streams.
    pub analyzer_version: u32,
    /// The version of the word lists, as it was passed in.
    pub lexicon_version: String,
    /// One for each document, by document id.
    pub sources: Vec<IndexedSource>,
}

/// What tells one committed state of an index from another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexState(Vec<Option<Vec<u8>>>);

impl IndexState {
    /// Returns the state that is in force in a directory, whether it can be opened
    /// or not, and also where there is no index. It costs the reading of two small files.
    pub fn of(directory: &std::path::Path) -> Self {
        Self(crate::home::Home::new(directory).state())
    }
}

/// The file that a document in the index was read from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct IndexedSource {
    /// The document's id.
    pub document: String,
    /// The name of the file as the writer was told it: the path it was read
    /// from, unless [`IndexWriter::add_from`](crate::IndexWriter::add_from) said otherwise.
    pub origin: String,
    /// SHA-256 of the bytes; a file that still has it need not be read again.
    pub sha256: String,
}
