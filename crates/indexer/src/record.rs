//! What an index takes of a document, as records of tantivy.

use gangmu_model::Document;
use gangmu_query::Field as ClauseField;
use serde::ser::Error;
use tantivy::TantivyDocument;

use crate::entry::{ClauseEntry, DocumentEntry, entries};
use crate::room::Draft;
use crate::schema::{CLAUSE, Fields, WHOLE};
use crate::texts::{Form, Text};

/// Returns the records of a document: first its own, then one for each division.
/// `origin` names its file.
pub(crate) fn records(
    document: &Document,
    origin: &str,
    fields: &Fields,
) -> Result<Vec<Draft>, serde_json::Error> {
    let (whole, clauses) = entries(document, origin)?;
    let mut records = Vec::with_capacity(clauses.len() + 1);
    records.push(of_document(&whole, fields));
    for clause in clauses {
        records.push(of_clause(clause, fields).map_err(serde_json::Error::custom)?);
    }
    Ok(records)
}

fn of_clause(mut entry: ClauseEntry, fields: &Fields) -> Result<Draft, postcard::Error> {
    let mut record = TantivyDocument::new();
    record.add_text(fields.record, CLAUSE);
    record.add_text(fields.document, &entry.document);
    record.add_u64(fields.date, entry.date);
    record.add_u64(fields.ordinal, entry.ordinal);
    record.add_text(fields.kind, entry.kind);
    if let Some(chapter) = entry.chapter {
        record.add_u64(fields.chapter, u64::from(chapter));
    }
    for &year in &entry.years {
        record.add_i64(fields.year, i64::from(year));
    }
    for body in &entry.bodies {
        record.add_text(fields.agency, body);
    }
    for (facet, value) in &entry.facets {
        if let Some(field) = fields.facet(*facet) {
            record.add_text(field, value);
        }
    }
    for (field, piece) in &entry.pieces {
        record.add_text(fields.part(*field), piece);
    }
    let text = std::mem::take(&mut entry.stored.division.text);
    let view = entry.pieces.iter().find(|(field, _)| *field == ClauseField::Text);
    let form = Form::of(&text, view.map_or("", |(_, view)| view));
    let stored = entry.stored.pack()?;
    record.add_bytes(fields.stored, &stored);
    Ok(Draft { n_bytes: stored.len() + text.len(), text: Text { text, form }, fields: record })
}

fn of_document(entry: &DocumentEntry, fields: &Fields) -> Draft {
    let mut record = TantivyDocument::new();
    record.add_text(fields.record, WHOLE);
    record.add_text(fields.document, &entry.document);
    record.add_u64(fields.date, entry.date);
    record.add_u64(fields.ordinal, entry.n_divisions);
    record.add_text(fields.source_path, &entry.source_path);
    record.add_text(fields.source_sha256, &entry.source_sha256);
    record.add_text(fields.metadata, &entry.metadata);
    for mention in &entry.mentions {
        record.add_text(fields.mention, mention);
    }
    record.add_text(fields.body, &entry.body);
    Draft { n_bytes: entry.body.len(), fields: record, text: Text::default() }
}
