//! A full-text index of clauses on tantivy and jieba.
//!
//! In go parsed [`Document`](gangmu_model::Document)s, by an [`IndexWriter`] into a directory or by
//! [`Index::in_memory`]; out come the records that answer a
//! [`SearchQuery`](gangmu_query::SearchQuery), and the documents themselves. No type of tantivy or
//! jieba leaves this crate, and only `plan` knows how a query is put to tantivy.
//!
//! | question | answered from |
//! | --- | --- |
//! | does the word stand in the clause? | pairs of characters, and words of the dictionary wherever they stand; one field for each part of a clause; what no term tells is read in the text |
//! | which clause is the best? | the same pairs and words; of the best the characters of their texts |
//! | what does the clause say? | its text, kept where it can be read as it lies, and the rest of the stored clause; the document's other layers are stored once beside its clauses |
//!
//! The dictionary decides order and how fast a word is found, and never whether: a word that
//! jieba cuts in two, or not at all, is found all the same.

mod analyzer;
mod best;
mod characters;
mod contained;
mod cover;
mod cut;
mod dictionary;
mod entry;
mod error;
mod facets;
mod guard;
mod home;
mod index;
mod note;
mod packed;
mod pieces;
mod place;
mod plan;
mod question;
mod ranker;
mod record;
mod removed;
mod room;
mod schema;
mod search;
mod statistics;
mod status;
mod summary;
mod texts;
mod vocabulary;
mod weights;
mod writer;

pub use analyzer::{
    ANALYZER_VERSION, WORDS, characters, letter_pairs, pair_tokens, pairs, word_tokens,
};
pub use entry::{
    ClauseEntry, DocumentEntry, StoredClause, agency_term, entries, mention, pair_term, role_term,
};
pub use error::Error;
pub use facets::FacetPage;
pub use index::Index;
pub use status::{IndexState, IndexStatus, IndexedSource};
pub use weights::{
    ALTERNATIVE_WEIGHT, HEADING_WEIGHT, TEXT_PHRASE, TITLE_PHRASE, is_long, least_pairs, seen_pairs,
};
pub use writer::IndexWriter;
