//! What a file gave.

use gangmu_model::Metadata;

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
    /// What the file says of the document outside its text, in meta tags or
    /// document properties that can be trusted: title, issuers, number, dates.
    /// It fills only what the text itself leaves open.
    pub hints: Metadata,
}
