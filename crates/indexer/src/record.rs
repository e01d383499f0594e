//! What an index takes of a document, as records of tantivy.

use gangmu_model::Document;
use gangmu_query::Field as ClauseField;
use serde::ser::Error;
use tantivy::TantivyDocument;

use crate::entry::{ClauseEntry, DocumentEntry, entries};
use crate::schema::{CLAUSE, Fields, WHOLE};

/// Returns the records of a document: first its own, then one for each division.
/// `origin` names its file.
pub(crate) fn records(
    document: &Document,
    origin: &str,
    fields: &Fields,
) -> Result<Vec<TantivyDocument>, serde_json::Error> {
    let (whole, clauses) = entries(document, origin)?;
    let mut records = Vec::with_capacity(clauses.len() + 1);
    records.push(of_document(&whole, fields));
    for clause in clauses {
        records.push(of_clause(clause, fields).map_err(serde_json::Error::custom)?);
    }
    Ok(records)
}

fn of_clause(entry: ClauseEntry, fields: &Fields) -> Result<TantivyDocument, postcard::Error> {
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
        // Headings are those of many clauses, and rank by a stream of their own.
        if *field != ClauseField::Heading {
            record.add_text(fields.words, piece);
        }
        record.add_text(fields.part(*field), piece);
    }
    record.add_bytes(fields.stored, &entry.stored.pack()?);
    Ok(record)
}

fn of_document(entry: &DocumentEntry, fields: &Fields) -> TantivyDocument {
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
    record
}
