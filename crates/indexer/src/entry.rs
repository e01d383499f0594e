//! From a document to the records of the index, and back.
//!
//! A document is stored in pieces: each division with its clause, everything
//! else once. Put together again they are the document, so no text is stored
//! twice for being both shown and kept.

use std::collections::{BTreeSet, HashMap};

use gangmu_model::{AssignmentForm, Division, DivisionId, DivisionKind, Document, Role};
use gangmu_query::{ClauseText, Field as ClauseField, normalize};
use serde::{Deserialize, Serialize};
use tantivy::TantivyDocument;

use crate::schema::{CLAUSE, Fields, WHOLE};

/// What is stored of a clause: all that a search answers with.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct StoredClause {
    pub document: String,
    pub document_title: Option<String>,
    pub division: Division,
    /// Headings from the top down, its own included.
    pub path: Vec<String>,
    /// Its closing assignments and the cells that name bodies, each once.
    pub assignments: Vec<String>,
}

impl StoredClause {
    pub(crate) fn text(&self) -> ClauseText<'_> {
        ClauseText {
            title: self.division.title.as_deref(),
            headings: &self.path,
            text: &self.division.text,
            assignments: &self.assignments,
        }
    }
}

/// Returns the records of a document: first its own, then one for each division.
/// `origin` names its file.
pub(crate) fn records(
    document: &Document,
    origin: &str,
    fields: &Fields,
) -> Result<Vec<TantivyDocument>, serde_json::Error> {
    let mut records = Vec::with_capacity(document.divisions.len() + 1);
    records.push(whole(document, origin, fields)?);
    let layers = Layers::of(document);
    let tree = document.tree();
    for (division, ordinal) in document.divisions.iter().zip(0u64..) {
        let clause = StoredClause {
            document: document.id.clone(),
            document_title: document.metadata.title.clone(),
            path: tree.path(division),
            assignments: layers.closing.get(&division.id).cloned().unwrap_or_default(),
            division: division.clone(),
        };
        let mut record = TantivyDocument::new();
        record.add_text(fields.record, CLAUSE);
        record.add_text(fields.document, &document.id);
        record.add_u64(fields.ordinal, ordinal);
        record.add_text(fields.kind, division.kind.name());
        let lineage: Vec<&Division> =
            std::iter::once(division).chain(tree.ancestors(division)).collect();
        let chapter = lineage.iter().find(|above| above.kind == DivisionKind::Chapter);
        if let Some(marker) = chapter.and_then(|chapter| chapter.marker.as_ref()) {
            record.add_u64(fields.chapter, u64::from(marker.ordinal));
        }
        for &year in layers.years.get(&division.id).into_iter().flatten() {
            record.add_i64(fields.year, i64::from(year));
        }
        let bodies: BTreeSet<&String> =
            lineage.iter().filter_map(|above| layers.bodies.get(&above.id)).flatten().collect();
        bodies.into_iter().for_each(|body| record.add_text(fields.agency, body));
        add_streams(&mut record, &clause, fields);
        record.add_text(fields.body, serde_json::to_string(&clause)?);
        records.push(record);
    }
    Ok(records)
}

/// Adds what is searched of a clause. Each piece is a value of its own, so no
/// token stream runs from one into the next.
fn add_streams(record: &mut TantivyDocument, clause: &StoredClause, fields: &Fields) {
    let text = clause.text();
    let own = text
        .title
        .map(|title| (ClauseField::Title, title))
        .into_iter()
        .chain([(ClauseField::Text, text.text)])
        .chain(text.assignments.iter().map(|piece| (ClauseField::Assignment, piece.as_str())));
    for (field, piece) in own.filter(|(_, piece)| !piece.is_empty()) {
        let piece = normalize(piece);
        record.add_text(fields.words, &piece);
        record.add_text(fields.grams, &piece);
        record.add_text(fields.part(field), &piece);
    }
    for heading in text.headings {
        record.add_text(fields.part(ClauseField::Heading), normalize(heading));
    }
}

/// Returns the record that holds a document without its divisions.
fn whole(
    document: &Document,
    origin: &str,
    fields: &Fields,
) -> Result<TantivyDocument, serde_json::Error> {
    let rest = Document {
        divisions: Vec::new(),
        id: document.id.clone(),
        schema_version: document.schema_version,
        source: document.source.clone(),
        metadata: document.metadata.clone(),
        assignments: document.assignments.clone(),
        targets: document.targets.clone(),
        citations: document.citations.clone(),
        boilerplate: document.boilerplate.clone(),
        diagnostics: document.diagnostics.clone(),
    };
    let mut record = TantivyDocument::new();
    record.add_text(fields.record, WHOLE);
    record.add_text(fields.document, &document.id);
    record.add_u64(fields.ordinal, document.divisions.len() as u64);
    record.add_text(fields.source_path, origin);
    record.add_text(fields.source_sha256, &document.source.sha256);
    record.add_text(fields.body, serde_json::to_string(&rest)?);
    Ok(record)
}

/// What the layers of a document say of each division.
struct Layers {
    closing: HashMap<DivisionId, Vec<String>>,
    years: HashMap<DivisionId, BTreeSet<i32>>,
    bodies: HashMap<DivisionId, BTreeSet<String>>,
}

impl Layers {
    fn of(document: &Document) -> Self {
        let mut layers =
            Self { closing: HashMap::new(), years: HashMap::new(), bodies: HashMap::new() };
        let mut seen = BTreeSet::new();
        for assignment in &document.assignments {
            let id = &assignment.division;
            // One bracket makes one assignment for each role in it.
            if matches!(assignment.form, AssignmentForm::Closing | AssignmentForm::Table)
                && seen.insert((id.as_str(), assignment.span.start(), assignment.text.as_str()))
            {
                layers.closing.entry(id.clone()).or_default().push(assignment.text.clone());
            }
            let bodies = layers.bodies.entry(id.clone()).or_default();
            bodies.insert(role_term(assignment.role));
            for agency in &assignment.agencies {
                for name in std::iter::once(&agency.name).chain(&agency.full_name) {
                    bodies.insert(agency_term(name));
                    bodies.insert(pair_term(assignment.role, name));
                }
            }
        }
        for target in &document.targets {
            if let Some(year) = target.deadline.as_ref().and_then(|deadline| deadline.year) {
                layers.years.entry(target.division.clone()).or_default().insert(year);
            }
        }
        layers
    }
}

/// The term of a body in whatever role.
pub(crate) fn agency_term(name: &str) -> String {
    normalize(name)
}

/// The term of a role, whoever has it.
pub(crate) fn role_term(role: Role) -> String {
    format!("{}\u{1}", role.name())
}

/// The term of a body in a role, so that one's body never meets another's role.
pub(crate) fn pair_term(role: Role, name: &str) -> String {
    format!("{}\u{1}{}", role.name(), normalize(name))
}
