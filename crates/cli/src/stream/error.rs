//! What a line gives that cannot be read.

use gangmu_query::ExportRecord;
use schemars::JsonSchema;
use serde::Serialize;

use super::found::ClauseRecord;

/// One record of a stream.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
#[allow(clippy::large_enum_variant, reason = "a record is written at once and never kept")]
pub(crate) enum StreamRecord {
    /// Of a document that was read.
    Held(ExportRecord),
    /// Of what was looked for in one.
    Found(FoundRecord),
    /// Of a line that was not read.
    Failed(FailureRecord),
}

/// Behind the record of a document.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "record", rename_all = "snake_case")]
pub(crate) enum FoundRecord {
    /// The words stand in this clause.
    Clause(ClauseRecord),
}

/// In the place of a document's records.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "record", rename_all = "snake_case")]
pub(crate) enum FailureRecord {
    /// The line gave no document.
    Error(ErrorRecord),
}

/// Why a line gave no document.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ErrorRecord {
    /// The document's id, where the line could be read so far.
    pub(crate) document: Option<String>,
    /// The number of the line, from 1.
    pub(crate) line: u64,
    /// What kind of error it is.
    pub(crate) code: ErrorCode,
    /// What is wrong and what to do, in one sentence.
    pub(crate) message: String,
}

/// What can be wrong with a line.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ErrorCode {
    /// It is longer than is allowed.
    LineTooLong,
    /// There is nothing in it.
    EmptyLine,
    /// Its bytes are no UTF-8.
    InvalidUtf8,
    /// It is no JSON object.
    InvalidJson,
    /// A field is missing, or of another type, or one of two that cannot stand together.
    InvalidField,
    /// An earlier line has the same id.
    DuplicateId,
    /// The file of its `path` cannot be read as a document.
    UnreadableFile,
    /// Its text is blank or too long.
    UnreadableText,
    /// The program failed; the text should be reported.
    Internal,
}

/// Why a line gave no document, before the line is named.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Failure {
    pub(super) code: ErrorCode,
    pub(super) message: String,
}

impl Failure {
    pub(super) fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }
}
