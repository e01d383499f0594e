//! Judged sets over a collection of clauses, one JSON object a line.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use anyhow::{Context, bail};
use serde::Deserialize;
use serde_json::Value;

use crate::law::{Law, id, read_laws};
use crate::{Answer, JudgedQuery, JudgedSet};

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
    let laws = read_laws(clauses)?;
    let document_of: HashMap<&str, &str> = laws
        .iter()
        .flat_map(|law| law.clauses.iter().map(|clause| (clause.id.as_str(), law.name.as_str())))
        .collect();
    let text = std::fs::read_to_string(queries)
        .with_context(|| format!("cannot read {}", queries.display()))?;
    let read: Vec<Query> = serde_json::from_str(&text)
        .with_context(|| format!("{} holds no judged queries", queries.display()))?;
    let mut judged = Vec::with_capacity(read.len());
    for Query { query, relevant } in read {
        let mut answers = BTreeSet::new();
        for division in relevant.iter().map(id) {
            let Some(document) = document_of.get(division.as_str()) else {
                bail!(
                    "{}: {query} is answered by {division}, which is not there",
                    queries.display()
                )
            };
            answers.insert(Answer { document: (*document).to_owned(), division });
        }
        judged.push(JudgedQuery { text: query, answers });
    }
    let documents = laws.into_iter().map(Law::into_document).collect();
    Ok(JudgedSet { name: name.to_owned(), documents, queries: judged })
}
