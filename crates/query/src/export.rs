//! Everything that documents hold, as flat records.

use std::convert::Infallible;

use gangmu_model::{
    Assignment, Boilerplate, Citation, Diagnostic, DivisionRecord, Document, Metadata, Source,
    TargetRecord, TaskRecord,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::TaskQuery;

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
    /// What each body has to do, put together from divisions, assignments and targets.
    Task,
}

impl RecordKind {
    /// The kinds of what a document itself holds, in its order: all but tasks.
    pub const HELD: [Self; 7] = [
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
    /// What a body has to do in a division.
    Task(TaskRecord),
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
    let mut records = Vec::new();
    let done: Result<(), Infallible> = each_record(document, kinds, |record| {
        records.push(record);
        Ok(())
    });
    let Ok(()) = done;
    records
}

/// Hands on the records that [`export_records`] returns, one by one: those of a
/// document may take many times the room of the document.
///
/// # Errors
///
/// That of `take`, which ends the round.
pub fn each_record<E>(
    document: &Document,
    kinds: &[RecordKind],
    mut take: impl FnMut(ExportRecord) -> Result<(), E>,
) -> Result<(), E> {
    for kind in kinds {
        match kind {
            RecordKind::Document => take(ExportRecord::Document(DocumentRecord {
                schema_version: document.schema_version,
                document: document.id.clone(),
                source: document.source.clone(),
                metadata: document.metadata.clone(),
            })),
            RecordKind::Division => divisions(document).try_for_each(&mut take),
            RecordKind::Target => targets(document).try_for_each(&mut take),
            RecordKind::Assignment => {
                layered(document, &document.assignments, ExportRecord::Assignment)
                    .try_for_each(&mut take)
            }
            RecordKind::Citation => layered(document, &document.citations, ExportRecord::Citation)
                .try_for_each(&mut take),
            RecordKind::Boilerplate => {
                layered(document, &document.boilerplate, ExportRecord::Boilerplate)
                    .try_for_each(&mut take)
            }
            RecordKind::Diagnostic => {
                layered(document, &document.diagnostics, ExportRecord::Diagnostic)
                    .try_for_each(&mut take)
            }
            RecordKind::Task => {
                TaskQuery::default().each_in(document, None, |task| take(ExportRecord::Task(task)))
            }
        }?;
    }
    Ok(())
}

fn layered<'d, T: Clone>(
    document: &'d Document,
    entries: &'d [T],
    record: fn(Layered<T>) -> ExportRecord,
) -> impl Iterator<Item = ExportRecord> + 'd {
    entries
        .iter()
        .map(move |entry| record(Layered { document: document.id.clone(), entry: entry.clone() }))
}

fn divisions(document: &Document) -> impl Iterator<Item = ExportRecord> {
    let tree = document.tree();
    document.divisions.iter().map(move |division| {
        ExportRecord::Division(DivisionRecord {
            document: document.id.clone(),
            path: tree.path(division),
            division: division.clone(),
        })
    })
}

fn targets(document: &Document) -> impl Iterator<Item = ExportRecord> {
    let tree = document.tree();
    document.targets.iter().map(move |target| {
        let division = tree.get(&target.division);
        ExportRecord::Target(TargetRecord {
            document: document.id.clone(),
            citation: division.map(|found| found.citation.clone()).unwrap_or_default(),
            division_title: division.and_then(|found| found.title.clone()),
            target: target.clone(),
        })
    })
}
