//! Typed questions over parsed documents, and the records that answer them.
//!
//! Two kinds of question stand side by side: a [`SearchQuery`] for the clauses
//! in which words stand, and the listings ([`TaskQuery`], [`TargetQuery`],
//! [`AgenciesQuery`], [`BreakdownQuery`], [`ShowQuery`], [`export_records`]), which
//! are answered from documents wherever these come from.

mod agencies;
mod agency;
mod breakdown;
mod chapters;
mod date;
mod document_filter;
mod duty;
mod export;
mod facets;
mod highlight;
mod layers;
mod normalize;
mod question;
mod request;
mod search;
mod show;
mod snippet;
mod summary;
mod syntax;
mod targets;
mod task_table;
mod tasks;
mod timeline;
mod widen;

pub use agencies::AgenciesQuery;
pub use agency::AgencyMatcher;
pub use breakdown::{AgencyDuties, BreakdownQuery, Task, TaskSentence, duties_by_agency};
pub use chapters::{ChapterRow, ChapterTable};
pub use date::{is_date, is_date_or_time};
pub use document_filter::DocumentFilter;
pub use duty::DutyGroup;
pub use export::{DocumentRecord, ExportRecord, Layered, RecordKind, each_record, export_records};
pub use facets::{Facet, clause_values, facet_records, facets_of_documents};
pub use highlight::{ClauseText, Finding};
pub use normalize::{Normalized, is_han, normalize};
pub use question::topic;
pub use request::{SearchRequest, Unanswerable, chapter_number};
pub use search::{
    AgencyFilter, Alternative, Clause, Field, Fields, Filters, Origin, Relax, SearchPage,
    SearchQuery, Sort, Stretch, SynonymGroup, Word,
};
pub use show::{ShowAnswer, ShowQuery};
pub use snippet::{Snippet, below_title, sentences, sentences_around, snippet};
pub use summary::{Described, DocumentSummary};
pub use syntax::SyntaxError;
pub use targets::{TargetOrder, TargetQuery};
pub use task_table::{TaskNames, TaskTable};
pub use tasks::TaskQuery;
pub use timeline::{TimelinePoint, TimelineSeries, timeline};
