//! What a server keeps of a document, and the template of its index.
//!
//! Each division is a record, and what is not a division's is one more, the last of its
//! document: where it is there, the document is whole. Ids are made of the document's
//! id and the division's place, so a record that is sent again replaces itself.

use std::collections::BTreeMap;

use gangmu_indexer::{ANALYZER_VERSION, WORDS, entries, pair_tokens, word_tokens};
use gangmu_model::Document;
use gangmu_query::{Facet, Field};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use crate::Error;

/// The version of the fields.
pub const SCHEMA_VERSION: u32 = 1;

/// The values of `record`.
pub(crate) const CLAUSE: &str = "clause";
pub(crate) const WHOLE: &str = "document";

/// One record.
#[derive(Clone, Debug)]
pub struct Record {
    /// Its id in the index.
    pub id: String,
    /// Its fields.
    pub fields: Map<String, Value>,
}

/// Returns the records of a document: those of its divisions, then its own.
///
/// # Errors
///
/// A document that cannot be written as JSON; there is none.
pub fn records(document: &Document) -> Result<Vec<Record>, Error> {
    let (whole, clauses) = entries(document, &document.source.path)?;
    let mut digest = Sha256::new();
    let mut records = Vec::with_capacity(clauses.len() + 1);
    for clause in clauses {
        let body = serde_json::to_string(&clause.stored)?;
        digest.update(&body);
        let mut fields = common(CLAUSE, &clause.document, clause.date);
        fields.insert("ordinal".to_owned(), clause.ordinal.into());
        fields.insert("kind".to_owned(), clause.kind.into());
        if let Some(chapter) = clause.chapter {
            fields.insert("chapter".to_owned(), chapter.into());
        }
        fields.insert("year".to_owned(), clause.years.into_iter().collect());
        let bodies = clause.bodies.iter().map(|term| keyword(term)).collect();
        fields.insert("agency".to_owned(), bodies);
        let mut facets: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        for (facet, value) in clause.facets {
            facets.entry(facet_field(facet)).or_default().push(value.into());
        }
        fields.extend(facets.into_iter().map(|(name, values)| (name, values.into())));
        let mut streams: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
        for (field, piece) in &clause.pieces {
            let pairs = stream(pair_tokens(piece));
            streams.entry(field.name()).or_default().push(pairs.into());
            if *field != Field::Heading {
                streams.entry(WORDS).or_default().push(stream(word_tokens(piece)).into());
            }
        }
        fields.extend(streams.into_iter().map(|(name, values)| (name.to_owned(), values.into())));
        fields.insert("body".to_owned(), serde_json::from_str(&body)?);
        records.push(Record { id: format!("{}#{}", clause.document, clause.ordinal), fields });
    }
    digest.update(&whole.body);
    let mut fields = common(WHOLE, &whole.document, whole.date);
    // Behind its clauses, in every order.
    fields.insert("ordinal".to_owned(), whole.n_divisions.into());
    fields.insert("metadata".to_owned(), serde_json::from_str(&whole.metadata)?);
    fields.insert("mentions".to_owned(), whole.mentions.into());
    fields.insert("body".to_owned(), serde_json::from_str(&whole.body)?);
    records.push(Record { id: format!("{}#", whole.document), fields });
    let digest: String = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    for record in &mut records {
        record.fields.insert("digest".to_owned(), digest.clone().into());
    }
    Ok(records)
}

fn common(record: &str, document: &str, date: u64) -> Map<String, Value> {
    let fields = json!({ "record": record, "document": document, "date": date });
    fields.as_object().cloned().unwrap_or_default()
}

/// Returns the template of the index: every field by name, and the tokens as they come.
pub fn template(index: &str) -> Value {
    let keyword = || json!({ "type": "keyword" });
    let number = |kind: &str| json!({ "type": kind });
    let tokens = |options: &str| json!({ "type": "text", "analyzer": "whitespace", "index_options": options });
    let kept = || json!({ "type": "object", "enabled": false });
    let mut properties = json!({
        "record": keyword(),
        "document": keyword(),
        "digest": keyword(),
        "date": number("long"),
        "ordinal": number("long"),
        "kind": keyword(),
        "chapter": number("integer"),
        "year": number("integer"),
        "agency": keyword(),
        "title": tokens("positions"),
        "heading": tokens("positions"),
        "text": tokens("positions"),
        "assignment": tokens("positions"),
        "words": tokens("freqs"),
        "metadata": kept(),
        "mentions": { "type": "keyword", "index": false, "doc_values": false },
        "body": kept(),
    });
    for facet in Facet::OF_CLAUSES {
        properties[facet_field(facet)] = keyword();
    }
    json!({
        "index_patterns": [index],
        "template": {
            "mappings": {
                "dynamic": "strict",
                "_meta": { "gangmu": version() },
                "properties": properties,
            },
        },
    })
}

/// Returns what an index is made with: the versions of fields and of token streams.
pub(crate) fn version() -> String {
    format!("{SCHEMA_VERSION}.{ANALYZER_VERSION}")
}

/// Returns the name of the field that a facet of clauses is counted by.
pub(crate) fn facet_field(facet: Facet) -> String {
    format!("facet_{}", facet.name())
}

/// Returns a body, a role or a pair of both as `lead|辽宁省生态环境厅`.
pub(crate) fn keyword(term: &str) -> String {
    term.replace('\u{1}', "|")
}

/// Returns tokens as one text that falls apart at blanks into them.
pub(crate) fn stream(tokens: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    let mut text = String::new();
    for token in tokens {
        if !text.is_empty() {
            text.push(' ');
        }
        text.extend(token.as_ref().chars().map(visible));
    }
    text
}

/// Puts a character of Unicode's private area in the place of a blank or a control
/// character inside a token, which would part it.
fn visible(ch: char) -> char {
    if ch.is_whitespace() || ch.is_control() {
        char::from_u32(0xe000 + (u32::from(ch) & 0xfff)).unwrap_or(ch)
    } else {
        ch
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_stays_one_whatever_is_in_it() {
        assert_eq!(stream(["碳中", "a ", "\u{1}碳"]), "碳中 a\u{e020} \u{e001}碳");
        assert_eq!(stream(pair_tokens("a b")), "a\u{e020} \u{e020}b b");
    }
}
