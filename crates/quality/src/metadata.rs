//! Metadata, field by field.

use gangmu_model::Document;
use serde_json::Value;

use crate::source::fold;
use crate::{Aspect, Gold, Score};

/// The fields that are compared where gold gives them, null included.
const FIELDS: [&str; 12] = [
    "title",
    "attached_title",
    "document_kind",
    "status",
    "issuers",
    "drafted_by",
    "document_number",
    "issued_on",
    "effective_on",
    "published_at",
    "region",
    "based_on",
];

pub(crate) fn score(document: &Document, gold: &Gold, score: &mut Score) {
    let read = serde_json::to_value(&document.metadata).unwrap_or_default();
    for field in FIELDS {
        let Some(expected) = gold.metadata.get(field) else { continue };
        let read = &read[field];
        let others = gold.metadata.get(&format!("also_accept_{field}"));
        let others = others.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let line = gold
            .metadata
            .get(&format!("{field}_lines"))
            .and_then(|lines| lines.get(0)?.as_u64())
            .unwrap_or(0);
        score.compare(
            Aspect::Metadata,
            line as u32,
            folded(expected) == folded(read)
                || others.iter().any(|other| folded(other) == folded(read)),
            format!("{field} = {expected}"),
            read.to_string(),
        );
    }
}

/// Folds every string in a value.
fn folded(value: &Value) -> Value {
    match value {
        Value::String(text) => Value::String(fold(text)),
        Value::Array(values) => Value::Array(values.iter().map(folded).collect()),
        other => other.clone(),
    }
}
