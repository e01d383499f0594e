//! Typed questions over parsed documents, and the records that answer them.

mod highlight;
mod normalize;
mod search;
mod snippet;
mod syntax;

pub use highlight::{ClauseText, Finding};
pub use normalize::{Normalized, is_han, normalize};
pub use search::{
    AgencyFilter, Alternative, Clause, Field, Fields, Filters, Origin, SearchPage, SearchQuery,
    Sort, SynonymGroup, Word,
};
pub use snippet::{Snippet, sentences, snippet};
pub use syntax::SyntaxError;
