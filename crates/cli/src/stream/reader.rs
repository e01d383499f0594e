//! From a block of lines to their records.

use std::convert::Infallible;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use anyhow::Error;
use gangmu_ingest::Options;
use gangmu_model::Document;
use gangmu_query::{RecordKind, SearchQuery, each_record};

use super::block::{Block, Lines};
use super::error::{ErrorCode, ErrorRecord, Failure, FailureRecord, FoundRecord, StreamRecord};
use super::line::{self, Content, Line};
use super::seen::Seen;
use super::turns::Turns;
use super::{Stream, Streamed, Wanted, found};
use crate::files::is_standard_input;
use crate::input::{self, Input};
use crate::library::parse;

/// Bytes of records that are handed on at once.
const CHUNK_BYTES: usize = 1 << 18;

/// Reads the documents of blocks.
pub(super) struct Reader<'s> {
    options: &'s Options,
    wanted: &'s Wanted,
    longest: usize,
}

impl<'s> Reader<'s> {
    pub(super) fn new(stream: &'s Stream, longest: usize) -> Self {
        Self { options: &stream.options, wanted: &stream.wanted, longest }
    }

    /// Reads the documents of a block and hands on their records.
    pub(super) fn read(&self, block: &Block, seen: &Seen, turns: &Turns) -> Streamed {
        let lines: Vec<Result<Line, (Option<String>, Failure)>> = match &block.lines {
            Lines::TooLong => vec![Err((None, self.too_long()))],
            Lines::Whole(bytes) => {
                let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
                bytes.split(|byte| *byte == b'\n').map(|bytes| self.line(bytes)).collect()
            }
        };
        let numbered = (block.first_line..).zip(lines);
        let named: Vec<_> = numbered
            .map(|(number, line)| match line {
                Ok(mut line) => {
                    let id = line.id.take().unwrap_or_else(|| format!("line-{number}"));
                    (number, Some(id), Ok(line))
                }
                Err((id, failure)) => (number, id, Err(failure)),
            })
            .collect();
        // A line that gives no document takes no id.
        let ids = named.iter().map(|(_, id, line)| line.is_ok().then_some(id.as_deref()).flatten());
        let are_new = seen.are_new(block.number, ids);
        let mut records = Records {
            turns,
            block: block.number,
            bytes: Vec::new(),
            streamed: Streamed::default(),
        };
        // What a search waits with until all documents of the block are read.
        let mut waiting = Vec::new();
        for ((number, id, line), is_new) in named.into_iter().zip(are_new) {
            if turns.is_closed() {
                break;
            }
            let document = match line {
                Ok(_) if !is_new => Err(duplicate(id.as_deref().unwrap_or_default())),
                Ok(line) => self.guarded(id.clone().unwrap_or_default(), line),
                Err(failure) => Err(failure),
            };
            let document = document.map_err(|Failure { code, message }| ErrorRecord {
                document: id,
                line: number,
                code,
                message,
            });
            match (self.wanted, document) {
                (Wanted::Clauses(_), document) => waiting.push((number, document)),
                (Wanted::Records(kinds), Ok(document)) => records.add_document(&document, kinds),
                (Wanted::Records(_), Err(error)) => records.add_error(error),
            }
        }
        if let Wanted::Clauses(query) = self.wanted {
            look_through(query, waiting, &mut records);
        }
        records.end()
    }

    fn line(&self, bytes: &[u8]) -> Result<Line, (Option<String>, Failure)> {
        if bytes.len() > self.longest { Err((None, self.too_long())) } else { line::read(bytes) }
    }

    fn too_long(&self) -> Failure {
        let message = format!(
            "the line is longer than {} bytes; put the text into a file and give its `path`, or \
             raise the limits with --raise-limits",
            self.longest
        );
        Failure::new(ErrorCode::LineTooLong, message)
    }

    /// Reads a document; a panic is that document's alone.
    fn guarded(&self, id: String, line: Line) -> Result<Document, Failure> {
        caught(|| self.document(id, &line))
    }

    fn document(&self, id: String, line: &Line) -> Result<Document, Failure> {
        let mut input = match &line.content {
            Content::Text(text) => input::of_text(text, self.options)
                .map_err(|error| Failure::new(ErrorCode::UnreadableText, error.to_string()))?,
            Content::Path(path) => self.file(path)?,
        };
        if let Some(known) = &line.metadata {
            known.overrule(&mut input.hints);
        }
        let mut document = parse(id, &input);
        if let Some(known) = &line.metadata {
            known.overrule(&mut document.metadata);
        }
        Ok(document)
    }

    fn file(&self, path: &Path) -> Result<Input, Failure> {
        let refused = |message: String| Failure::new(ErrorCode::UnreadableFile, message);
        if is_standard_input(path) {
            return Err(refused("the path is `-`, the stream itself; name a file".to_owned()));
        }
        input::read_file(path, self.options).map_err(|error: Error| refused(format!("{error:#}")))
    }
}

/// Writes documents and, behind each, its clauses that answer the query. One index
/// serves the documents of a block, since to make one costs more than to ask it.
fn look_through(
    query: &SearchQuery,
    lines: Vec<(u64, Result<Document, ErrorRecord>)>,
    records: &mut Records<'_>,
) {
    let documents = lines.iter().filter_map(|(_, document)| document.as_ref().ok());
    let mut found = found::clauses(query, documents);
    for (line, document) in lines {
        match (document, &mut found) {
            (Ok(document), Ok(found)) => {
                records.add_document(&document, &[RecordKind::Document]);
                for clause in found.remove(&document.id).unwrap_or_default() {
                    records.add(&StreamRecord::Found(FoundRecord::Clause(clause)));
                }
            }
            (Ok(document), Err(error)) => {
                let message = format!("its clauses cannot be looked through: {error}");
                let (document, code) = (Some(document.id), ErrorCode::Internal);
                records.add_error(ErrorRecord { document, line, code, message });
            }
            (Err(error), _) => records.add_error(error),
        }
    }
}

/// Runs something that reads a document, and says so where it panics.
fn caught(read: impl FnOnce() -> Result<Document, Failure>) -> Result<Document, Failure> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| {
        let message = "gangmu failed on this document; please report its text";
        Err(Failure::new(ErrorCode::Internal, message))
    })
}

fn duplicate(id: &str) -> Failure {
    let message = format!("the id {id} stands in an earlier line; ids tell documents apart");
    Failure::new(ErrorCode::DuplicateId, message)
}

/// The records of a block that are not handed on yet.
struct Records<'t> {
    turns: &'t Turns,
    block: u64,
    bytes: Vec<u8>,
    /// What came of the block so far.
    streamed: Streamed,
}

impl Records<'_> {
    fn add_document(&mut self, document: &Document, kinds: &[RecordKind]) {
        self.streamed.n_read += 1;
        let done: Result<(), Infallible> = each_record(document, kinds, |record| {
            self.add(&StreamRecord::Held(record));
            Ok(())
        });
        let Ok(()) = done;
    }

    fn add_error(&mut self, error: ErrorRecord) {
        self.streamed.n_failed += 1;
        self.add(&StreamRecord::Failed(FailureRecord::Error(error)));
    }

    fn add(&mut self, record: &StreamRecord) {
        let written = serde_json::to_writer(&mut self.bytes, record);
        written.expect("a record is made of strings and numbers, which memory takes");
        self.bytes.push(b'\n');
        if self.bytes.len() >= CHUNK_BYTES {
            self.turns.add(self.block, std::mem::take(&mut self.bytes), false);
        }
    }

    fn end(self) -> Streamed {
        self.turns.add(self.block, self.bytes, true);
        self.streamed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_error_of_its_document() {
        let failure = caught(|| panic!("a rule of reading that fails")).unwrap_err();
        assert_eq!(failure.code, ErrorCode::Internal);
        assert!(caught(|| Ok(gangmu_parser::parse("一、短。", &Default::default()))).is_ok());
    }
}
