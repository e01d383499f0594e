//! Collections of clauses, one JSON object a line.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use anyhow::Context;
use flate2::read::GzDecoder;
use gangmu_model::{
    Division, DivisionId, DivisionKind, Document, LineTable, Metadata, SCHEMA_VERSION, Source,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The clauses of one law or document.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Law {
    /// Its name, which is its id as a document.
    pub name: String,
    /// Its clauses, in order.
    pub clauses: Vec<LawClause>,
}

/// One clause of a law.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct LawClause {
    /// Its id, unique in the collection.
    pub id: String,
    /// Its text; paragraphs are separated by line feeds.
    pub text: String,
}

#[derive(Deserialize)]
struct Line {
    id: Value,
    #[serde(alias = "law")]
    doc: String,
    text: String,
}

/// Reads clauses (`{"id", "law" or "doc", "text"}` a line, gzipped where the
/// name ends in `.gz`) and gathers those of each law, in the order of the lines.
/// Nothing else that the lines say is used.
///
/// # Errors
///
/// Where the file cannot be read or is not of this shape.
pub fn read_laws(path: &Path) -> anyhow::Result<Vec<Law>> {
    let mut laws: Vec<Law> = Vec::new();
    let mut index_of: HashMap<String, usize> = HashMap::new();
    for (number, line) in BufReader::new(open(path)?).lines().enumerate() {
        let read = || -> anyhow::Result<Line> { Ok(serde_json::from_str(&line?)?) };
        let line = read().with_context(|| format!("{}:{}", path.display(), number + 1))?;
        let index = *index_of.entry(line.doc.clone()).or_insert_with(|| {
            laws.push(Law { name: line.doc, clauses: Vec::new() });
            laws.len() - 1
        });
        laws[index].clauses.push(LawClause { id: id(&line.id), text: line.text });
    }
    Ok(laws)
}

fn open(path: &Path) -> anyhow::Result<Box<dyn Read>> {
    let file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
    let zipped = path.extension().is_some_and(|extension| extension == "gz");
    Ok(if zipped { Box::new(GzDecoder::new(file)) } else { Box::new(file) })
}

pub(crate) fn id(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

impl Law {
    /// Makes the law a document of plain articles.
    pub fn into_document(self) -> Document {
        let texts = self.clauses.iter().map(|clause| clause.text.as_str());
        let whole = texts.collect::<Vec<_>>().join("\n");
        let table = LineTable::new(&whole);
        let mut at = 0;
        let mut divisions = Vec::with_capacity(self.clauses.len());
        for LawClause { id, text } in self.clauses {
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
            metadata: Metadata { title: Some(self.name.clone()), ..Metadata::default() },
            source: Source { bytes: whole.len() as u64, ..Source::default() },
            id: self.name,
            divisions,
            assignments: Vec::new(),
            targets: Vec::new(),
            citations: Vec::new(),
            boilerplate: Vec::new(),
            diagnostics: Vec::new(),
        }
    }
}
