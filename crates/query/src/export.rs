//! Everything that documents hold, as flat records.

use gangmu_model::{
    Assignment, Boilerplate, Citation, Diagnostic, DivisionRecord, Document, Metadata, Source,
    TargetRecord,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A kind of [`ExportRecord`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RecordKind {
    /// What is known of a document as a whole.
    Document,
    /// The nodes of its tree.
    Division,
    /// Who must do what.
    Assignment,
    /// What is to be reached.
    Target,
    /// What it cites.
    Citation,
    /// What was set aside as the page's.
    Boilerplate,
    /// What is wrong or unsure.
    Diagnostic,
}

impl RecordKind {
    /// Every kind, in the order in which a document's records come.
    pub const ALL: [Self; 7] = [
        Self::Document,
        Self::Division,
        Self::Assignment,
        Self::Target,
        Self::Citation,
        Self::Boilerplate,
        Self::Diagnostic,
    ];
}

/// One record of `export`; `record` says its kind.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "record", rename_all = "snake_case")]
pub enum ExportRecord {
    /// A document.
    Document(DocumentRecord),
    /// A node of its tree.
    Division(DivisionRecord),
    /// A role group.
    Assignment(Layered<Assignment>),
    /// A goal.
    Target(TargetRecord),
    /// A cited work.
    Citation(Layered<Citation>),
    /// A piece of the page.
    Boilerplate(Layered<Boilerplate>),
    /// A finding.
    Diagnostic(Layered<Diagnostic>),
}

/// A document without its tree and layers.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct DocumentRecord {
    /// The version of the JSON shape.
    pub schema_version: u32,
    /// The document's id.
    pub document: String,
    /// Where the text came from.
    pub source: Source,
    /// What the text says of itself.
    pub metadata: Metadata,
}

/// An entry of a layer and the document it belongs to.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Layered<T> {
    /// The document's id.
    pub document: String,
    /// The entry.
    #[serde(flatten)]
    pub entry: T,
}

/// Returns the records of one document, kind after kind in the order of
/// `kinds`, each kind in document order.
pub fn export_records(document: &Document, kinds: &[RecordKind]) -> Vec<ExportRecord> {
    kinds.iter().flat_map(|kind| records_of_kind(document, *kind)).collect()
}

fn records_of_kind(document: &Document, kind: RecordKind) -> Vec<ExportRecord> {
    match kind {
        RecordKind::Document => vec![ExportRecord::Document(DocumentRecord {
            schema_version: document.schema_version,
            document: document.id.clone(),
            source: document.source.clone(),
            metadata: document.metadata.clone(),
        })],
        RecordKind::Division => divisions(document),
        RecordKind::Target => targets(document),
        RecordKind::Assignment => {
            layered(document, &document.assignments, ExportRecord::Assignment)
        }
        RecordKind::Citation => layered(document, &document.citations, ExportRecord::Citation),
        RecordKind::Boilerplate => {
            layered(document, &document.boilerplate, ExportRecord::Boilerplate)
        }
        RecordKind::Diagnostic => {
            layered(document, &document.diagnostics, ExportRecord::Diagnostic)
        }
    }
}

fn layered<T: Clone>(
    document: &Document,
    entries: &[T],
    record: fn(Layered<T>) -> ExportRecord,
) -> Vec<ExportRecord> {
    entries
        .iter()
        .map(|entry| record(Layered { document: document.id.clone(), entry: entry.clone() }))
        .collect()
}

fn divisions(document: &Document) -> Vec<ExportRecord> {
    let tree = document.tree();
    document
        .divisions
        .iter()
        .map(|division| {
            ExportRecord::Division(DivisionRecord {
                document: document.id.clone(),
                path: tree.path(division),
                division: division.clone(),
            })
        })
        .collect()
}

fn targets(document: &Document) -> Vec<ExportRecord> {
    let tree = document.tree();
    document
        .targets
        .iter()
        .map(|target| {
            let division = tree.get(&target.division);
            ExportRecord::Target(TargetRecord {
                document: document.id.clone(),
                citation: division.map(|found| found.citation.clone()).unwrap_or_default(),
                division_title: division.and_then(|found| found.title.clone()),
                target: target.clone(),
            })
        })
        .collect()
}
