//! The shape of a parsed policy document.
//!
//! Everything gangmu says about a document is a plain value of this crate:
//! a flat list of [`Division`]s in document order, and layers beside it
//! ([`Assignment`], [`Target`], [`Citation`], [`Boilerplate`], [`Diagnostic`])
//! that point into the tree by [`DivisionId`] and into the text by [`Span`].
//! The serialised form is the contract that other programs read; its JSON
//! Schema is derived from these types.
//!
//! The crate knows no file, no index and no rule of reading: it only names
//! things, and [`verify`] checks that a value keeps the promises made here.

mod address;
mod amount;
mod assignment;
mod diagnostic;
mod division;
mod document;
mod lines;
mod metadata;
mod record;
mod span;
mod table;
mod target;
mod tree;
mod verify;

pub use address::AddressError;
pub use amount::Amount;
pub use assignment::{AgencyMention, Assignment, AssignmentForm, Role};
pub use diagnostic::{Diagnostic, DiagnosticCode, Severity};
pub use division::{Division, DivisionId, DivisionKind, Marker, MarkerStyle};
pub use document::{Boilerplate, BoilerplateReason, Citation, Document, SCHEMA_VERSION};
pub use lines::LineTable;
pub use metadata::{DocumentStatus, Metadata, Source};
pub use record::{
    AgencyRecord, DivisionRecord, FacetRecord, SearchRecord, ShowRecord, TargetRecord, TaskRecord,
};
pub use span::Span;
pub use table::{Cell, Table};
pub use target::{Baseline, Change, Comparator, Deadline, DeadlineKind, Target, TargetType};
pub use tree::Tree;
pub use verify::{Violation, verify};
