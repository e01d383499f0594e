//! What a file gave.

use crate::place::Places;

/// The text of a file and what is known beside it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Decoded {
    /// The text that spans point into. Tables are Markdown pipe tables (see
    /// [`Table`](crate::Table)), links `[words](address)`.
    pub text: String,
    /// The media type: `text/html`.
    pub media_type: String,
    /// The character set of the bytes, in lower case: `utf-8`, `gb18030`.
    pub charset: String,
    /// Where parts of the text stood in the file; empty for plain text.
    pub places: Places,
    /// What was assumed or left out, one sentence each, without a final stop.
    pub notices: Vec<String>,
    /// What the file says of the document outside its text.
    pub hints: Hints,
}

/// What a file says of its document outside the text, in meta tags or document
/// properties. Each fills only what the text itself leaves open.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Hints {
    /// The title.
    pub title: Option<String>,
    /// 发文机关.
    pub issuers: Vec<String>,
    /// 发文字号 as written.
    pub document_number: Option<String>,
    /// 成文日期, an ISO date.
    pub issued_on: Option<String>,
    /// When it was posted, as precise as written: `2024-03-22T10:00:19`.
    pub published_at: Option<String>,
}
