//! One line of a stream as what it says of a document.

use std::path::PathBuf;

use gangmu_model::{DocumentStatus, Metadata};
use gangmu_query::{is_date, is_date_or_time};
use serde::{Deserialize, Deserializer};

use super::error::{ErrorCode, Failure};

/// A document as a line gives it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// The id; `None` where the line's number is to make it.
    pub(super) id: Option<String>,
    /// Where the text is.
    pub(super) content: Content,
    /// What the caller knows.
    pub(super) metadata: Option<Box<KnownMetadata>>,
}

/// Where the text of a document is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Content {
    Text(String),
    Path(PathBuf),
}

/// The object of a line. Other fields are the caller's own and left alone.
#[derive(Deserialize)]
struct Fields {
    #[serde(default)]
    id: Option<Id>,
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    path: Option<PathBuf>,
    #[serde(default)]
    metadata: Option<Box<KnownMetadata>>,
}

/// An id; a number stands for its digits.
#[derive(Deserialize)]
#[serde(untagged, expecting = "an id is a string or a whole number")]
enum Id {
    Text(String),
    Number(u64),
}

/// What the caller knows of a document; each field wins over what is read.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[derive(Default)]
pub(super) struct KnownMetadata {
    title: Option<String>,
    attached_title: Option<String>,
    document_kind: Option<String>,
    status: Option<DocumentStatus>,
    issuers: Option<Vec<String>>,
    drafted_by: Option<String>,
    document_number: Option<String>,
    #[serde(deserialize_with = "date")]
    issued_on: Option<String>,
    #[serde(deserialize_with = "date")]
    effective_on: Option<String>,
    #[serde(deserialize_with = "date_or_time")]
    published_at: Option<String>,
    region: Option<String>,
    based_on: Option<Vec<String>>,
}

fn date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    checked(deserializer, is_date, "is no date; write 2024, 2024-03 or 2024-03-01")
}

fn date_or_time<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let advice = "is no date and no time; write 2024-03-01 or 2024-03-01T10:00:19";
    checked(deserializer, is_date_or_time, advice)
}

fn checked<'de, D: Deserializer<'de>>(
    deserializer: D,
    is_right: fn(&str) -> bool,
    advice: &str,
) -> Result<Option<String>, D::Error> {
    let text: Option<String> = Option::deserialize(deserializer)?;
    match text {
        Some(text) if !is_right(&text) => {
            Err(serde::de::Error::custom(format!("`{text}` {advice}")))
        }
        text => Ok(text),
    }
}

impl KnownMetadata {
    /// Puts what is known in the place of what was read.
    pub(super) fn overrule(&self, metadata: &mut Metadata) {
        fn set<T: Clone>(known: &Option<T>, read: &mut Option<T>) {
            if known.is_some() {
                read.clone_from(known);
            }
        }
        set(&self.title, &mut metadata.title);
        set(&self.attached_title, &mut metadata.attached_title);
        set(&self.document_kind, &mut metadata.document_kind);
        set(&self.status, &mut metadata.status);
        set(&self.drafted_by, &mut metadata.drafted_by);
        set(&self.document_number, &mut metadata.document_number);
        set(&self.issued_on, &mut metadata.issued_on);
        set(&self.effective_on, &mut metadata.effective_on);
        set(&self.published_at, &mut metadata.published_at);
        set(&self.region, &mut metadata.region);
        if let Some(issuers) = &self.issuers {
            metadata.issuers.clone_from(issuers);
        }
        if let Some(based_on) = &self.based_on {
            metadata.based_on.clone_from(based_on);
        }
    }
}

/// Reads a line, without its newline.
///
/// # Errors
///
/// With the id, where the line could be read so far.
pub(super) fn read(bytes: &[u8]) -> Result<Line, (Option<String>, Failure)> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to() + 1;
        let message = format!("the line is no UTF-8 at byte {at}; write the stream as UTF-8");
        (None, Failure::new(ErrorCode::InvalidUtf8, message))
    })?;
    let text = text.trim_matches([' ', '\t', '\r', '\u{feff}']);
    if text.is_empty() {
        let message = "the line is empty; write one JSON object a line";
        return Err((None, Failure::new(ErrorCode::EmptyLine, message)));
    }
    if !text.starts_with('{') {
        let message = "the line is no JSON object; write {\"id\": …, \"text\": …}";
        return Err((None, Failure::new(ErrorCode::InvalidJson, message)));
    }
    let fields: Fields = serde_json::from_str(text).map_err(|error| {
        let code = if error.is_data() { ErrorCode::InvalidField } else { ErrorCode::InvalidJson };
        // A broken line may still tell whose it is.
        let id = if error.is_data() { id_of(text) } else { None };
        (id, Failure::new(code, said(&error)))
    })?;
    let id = fields.id.map(Id::into_text);
    let fail = |id: Option<String>, message: &str| {
        Err((id, Failure::new(ErrorCode::InvalidField, message)))
    };
    if id.as_deref().is_some_and(|id| id.trim().is_empty()) {
        return fail(None, "the id is blank; leave it out, or name the document");
    }
    let content = match (fields.text, fields.path) {
        (Some(text), None) => Content::Text(text),
        (None, Some(path)) => Content::Path(path),
        (None, None) => {
            return fail(id, "the line has neither `text` nor `path`; give one of them");
        }
        (Some(_), Some(_)) => {
            return fail(id, "the line has both `text` and `path`; leave one of them out");
        }
    };
    Ok(Line { id, content, metadata: fields.metadata })
}

impl Id {
    fn into_text(self) -> String {
        match self {
            Self::Text(text) => text,
            Self::Number(number) => number.to_string(),
        }
    }
}

/// Returns the id of an object whose other fields are wrong.
fn id_of(text: &str) -> Option<String> {
    #[derive(Deserialize)]
    struct Named {
        id: Option<Id>,
    }
    let named: Named = serde_json::from_str(text).ok()?;
    named.id.map(Id::into_text)
}

/// Says what is wrong with the JSON of a line; it always is line 1 of its own.
fn said(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    let what = text.strip_suffix(&place).unwrap_or(&text);
    format!("{what} (at byte {} of the line)", error.column())
}
