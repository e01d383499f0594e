//! `index --status`.

use std::io::ErrorKind;

use anyhow::Error;
use gangmu_indexer::{Index, IndexedSource};
use gangmu_lexicon::Lexicon;
use rayon::prelude::*;
use schemars::JsonSchema;
use serde::Serialize;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::args::{IndexArgs, StatusFormat};
use crate::exit::Exit;
use crate::files::unreadable;
use crate::intake::sha256;
use crate::language::{Noun, counted, say};
use crate::origin::Origins;
use crate::output::{write_json, write_jsonl};
use crate::table::{self, short, wrapped};
use crate::terminal::Terminal;

/// What `index --status` answers with.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub(super) struct IndexStatusRecord {
    /// The directory of the index.
    index: String,
    /// How many documents it holds.
    documents: usize,
    /// How many clauses: divisions of all kinds.
    clauses: usize,
    /// What its files take, in bytes.
    bytes: u64,
    /// When it was last written, RFC 3339 in UTC; null where that is not recorded.
    written_at: Option<String>,
    /// The version of its fields.
    schema_version: u32,
    /// The version of its token streams.
    analyzer_version: u32,
    /// The version of the word lists its documents were read with.
    lexicon_version: String,
    /// How many documents are as their files are now.
    unchanged: usize,
    /// Documents whose files have other bytes now.
    changed: Vec<SourceRecord>,
    /// Documents whose files are there no more.
    missing: Vec<SourceRecord>,
}

/// A document and its file.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
struct SourceRecord {
    /// The document's id.
    document: String,
    /// The whole path of the file.
    path: String,
}

/// How a file stands to its document.
enum State {
    Unchanged,
    Changed,
    Missing,
    Unreadable(std::io::Error),
}

pub(super) fn run(args: &IndexArgs, terminal: &mut Terminal<'_>) -> Result<Exit, Error> {
    let status = Index::open_checked(&args.index, Lexicon::version())?.status()?;
    let origins = Origins::new(&args.index);
    let states: Vec<State> =
        status.sources.par_iter().map(|source| state(source, &origins)).collect();
    let mut record = IndexStatusRecord {
        index: args.index.display().to_string(),
        documents: status.n_documents,
        clauses: status.n_clauses,
        bytes: status.n_bytes,
        written_at: status.written_at.and_then(written_at),
        schema_version: status.schema_version,
        analyzer_version: status.analyzer_version,
        lexicon_version: status.lexicon_version,
        unchanged: 0,
        changed: Vec::new(),
        missing: Vec::new(),
    };
    let mut n_unreadable = 0;
    for (source, state) in status.sources.iter().zip(states) {
        let path = origins.path(&source.origin).unwrap_or_default().display().to_string();
        let found = SourceRecord { document: source.document.clone(), path };
        match state {
            State::Unchanged => record.unchanged += 1,
            State::Changed => record.changed.push(found),
            State::Missing => record.missing.push(found),
            State::Unreadable(error) => {
                n_unreadable += 1;
                terminal.tell(&unreadable(found.path, &error))?;
            }
        }
    }
    match args.format {
        StatusFormat::Json => write_json(terminal.out, &record)?,
        StatusFormat::Jsonl => write_jsonl(terminal.out, [&record])?,
        StatusFormat::Table => write_table(&record, terminal)?,
    }
    let (n_changed, n_missing) = (record.changed.len(), record.missing.len());
    if n_changed + n_missing > 0 {
        terminal.sum_up(&say!(
            "{files} changed and {n_missing} missing; `gangmu index PATH…` takes in what changed, \
             --prune removes what is missing",
            files = counted(n_changed, Noun::File),
            n_missing = n_missing,
        ))?;
    }
    Ok(if n_unreadable > 0 { Exit::Failed } else { Exit::Found })
}

fn state(source: &IndexedSource, origins: &Origins) -> State {
    // Standard input is gone once it is read, and so never changes.
    let Some(path) = origins.path(&source.origin) else { return State::Unchanged };
    match sha256(&path) {
        Ok(found) if found == source.sha256 => State::Unchanged,
        Ok(_) => State::Changed,
        Err(error) => match error.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory => State::Missing,
            _ => State::Unreadable(error),
        },
    }
}

fn written_at(seconds: u64) -> Option<String> {
    let time = OffsetDateTime::from_unix_timestamp(i64::try_from(seconds).ok()?).ok()?;
    time.format(&Rfc3339).ok()
}

fn write_table(record: &IndexStatusRecord, terminal: &mut Terminal<'_>) -> Result<(), Error> {
    let lines = [
        ("索引", record.index.clone()),
        ("文件", record.documents.to_string()),
        ("条款", record.clauses.to_string()),
        ("大小", format!("{:.1} MB", record.bytes as f64 / 1e6)),
        ("写入", record.written_at.clone().unwrap_or_else(|| "未记录".to_owned())),
        (
            "版本",
            format!(
                "结构 {},分词 {},词表 {}",
                record.schema_version, record.analyzer_version, record.lexicon_version
            ),
        ),
    ];
    for (name, value) in lines {
        writeln!(terminal.out, "{}  {value}", terminal.palette().title(name))?;
    }
    let changed = record.changed.iter().map(|source| ("已修改", source));
    let missing = record.missing.iter().map(|source| ("已删除", source));
    let rows: Vec<Vec<String>> = changed
        .chain(missing)
        .zip(1..)
        .map(|((state, source), n)| {
            vec![n.to_string(), state.to_owned(), source.document.clone(), source.path.clone()]
        })
        .collect();
    if !rows.is_empty() {
        let columns = [short("序号"), short("状态"), short("文件"), wrapped("路径")];
        writeln!(terminal.out, "{}", table::render(&columns, &rows, terminal.width()))?;
    }
    Ok(())
}
