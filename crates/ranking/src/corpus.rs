//! Judged sets over a collection of clauses, one JSON object a line.

use std::collections::{BTreeSet, HashMap};
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use anyhow::{Context, bail};
use flate2::read::GzDecoder;
use gangmu_model::{
    Division, DivisionId, DivisionKind, Document, LineTable, Metadata, SCHEMA_VERSION, Source,
};
use serde::Deserialize;
use serde_json::Value;

use crate::{Answer, JudgedQuery, JudgedSet};

/// One clause; clauses of one law or document make up a document.
#[derive(Deserialize)]
struct Line {
    id: Value,
    #[serde(alias = "law")]
    doc: String,
    text: String,
}

#[derive(Deserialize)]
struct Query {
    query: String,
    relevant: Vec<Value>,
}

/// Reads clauses (`{"id", "law" or "doc", "text"}` a line, gzipped where the
/// name ends in `.gz`) and queries (`[{"query", "relevant": [id]}]`).
///
/// Each law or document becomes one document of plain articles, in the order of
/// the lines. Nothing else that the lines say is used.
///
/// # Errors
///
/// Where a file cannot be read, is not of this shape, or a query names a
/// clause that is not there.
pub fn read_corpus(name: &str, clauses: &Path, queries: &Path) -> anyhow::Result<JudgedSet> {
    let documents = read_clauses(clauses)?;
    let mut document_of: HashMap<String, String> = HashMap::new();
    for document in &documents {
        for division in &document.divisions {
            document_of.insert(division.id.to_string(), document.id.clone());
        }
    }
    let text = std::fs::read_to_string(queries)
        .with_context(|| format!("cannot read {}", queries.display()))?;
    let read: Vec<Query> = serde_json::from_str(&text)
        .with_context(|| format!("{} holds no judged queries", queries.display()))?;
    let mut judged = Vec::with_capacity(read.len());
    for Query { query, relevant } in read {
        let mut answers = BTreeSet::new();
        for division in relevant.iter().map(id) {
            let Some(document) = document_of.get(&division) else {
                bail!(
                    "{}: {query} is answered by {division}, which is not there",
                    queries.display()
                )
            };
            answers.insert(Answer { document: document.clone(), division });
        }
        judged.push(JudgedQuery { text: query, answers });
    }
    Ok(JudgedSet { name: name.to_owned(), documents, queries: judged })
}

/// Reads the clauses of a collection as [`read_corpus`] does, without queries.
///
/// # Errors
///
/// Where the file cannot be read or is not of that shape.
pub fn read_clauses(clauses: &Path) -> anyhow::Result<Vec<Document>> {
    let mut grouped: Vec<(String, Vec<(String, String)>)> = Vec::new();
    let mut index_of: HashMap<String, usize> = HashMap::new();
    for (number, line) in BufReader::new(open(clauses)?).lines().enumerate() {
        let read = || -> anyhow::Result<Line> { Ok(serde_json::from_str(&line?)?) };
        let line = read().with_context(|| format!("{}:{}", clauses.display(), number + 1))?;
        let index = *index_of.entry(line.doc.clone()).or_insert_with(|| {
            grouped.push((line.doc.clone(), Vec::new()));
            grouped.len() - 1
        });
        grouped[index].1.push((id(&line.id), line.text));
    }
    Ok(grouped.into_iter().map(|(id, clauses)| document(id, clauses)).collect())
}

fn open(path: &Path) -> anyhow::Result<Box<dyn Read>> {
    let file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
    let zipped = path.extension().is_some_and(|extension| extension == "gz");
    Ok(if zipped { Box::new(GzDecoder::new(file)) } else { Box::new(file) })
}

fn id(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn document(id: String, clauses: Vec<(String, String)>) -> Document {
    let whole = clauses.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join("\n");
    let table = LineTable::new(&whole);
    let mut at = 0;
    let mut divisions = Vec::with_capacity(clauses.len());
    for (id, text) in clauses {
        let range = at..at + text.len();
        at = range.end + 1;
        divisions.push(Division {
            citation: id.clone(),
            id: DivisionId::new(id),
            parent: None,
            kind: DivisionKind::Article,
            marker: None,
            title: None,
            text,
            table: None,
            span: table.span(range),
        });
    }
    Document {
        schema_version: SCHEMA_VERSION,
        metadata: Metadata { title: Some(id.clone()), ..Metadata::default() },
        source: Source { bytes: whole.len() as u64, ..Source::default() },
        id,
        divisions,
        assignments: Vec::new(),
        targets: Vec::new(),
        citations: Vec::new(),
        boilerplate: Vec::new(),
        diagnostics: Vec::new(),
    }
}
