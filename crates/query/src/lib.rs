//! Typed questions over parsed documents, and the records that answer them.
//!
//! Two kinds of question stand side by side: a [`SearchQuery`] for the clauses
//! in which words stand, and the listings ([`TaskQuery`], [`TargetQuery`],
//! [`AgenciesQuery`], [`BreakdownQuery`], [`ShowQuery`], [`export_records`]), which
//! are answered from documents wherever these come from.

mod agencies;
mod agency;
mod breakdown;
mod document_filter;
mod duty;
mod export;
mod facets;
mod highlight;
mod layers;
mod normalize;
mod question;
mod search;
mod show;
mod snippet;
mod summary;
mod syntax;
mod targets;
mod tasks;
mod widen;

pub use agencies::AgenciesQuery;
pub use agency::AgencyMatcher;
pub use breakdown::{AgencyDuties, BreakdownQuery, Task, TaskSentence, duties_by_agency};
pub use document_filter::DocumentFilter;
pub use duty::DutyGroup;
pub use export::{DocumentRecord, ExportRecord, Layered, RecordKind, export_records};
pub use facets::{Facet, clause_values, facet_records};
pub use highlight::{ClauseText, Finding};
pub use normalize::{Normalized, is_han, normalize};
pub use question::topic;
pub use search::{
    AgencyFilter, Alternative, Clause, Field, Fields, Filters, Origin, Relax, SearchPage,
    SearchQuery, Sort, Stretch, SynonymGroup, Word,
};
pub use show::{ShowAnswer, ShowQuery};
pub use snippet::{Snippet, sentences, sentences_around, snippet};
pub use summary::{Described, DocumentSummary};
pub use syntax::SyntaxError;
pub use targets::{TargetOrder, TargetQuery};
pub use tasks::TaskQuery;
