//! The formats that are read, a file each.

#[cfg(feature = "html")]
mod html;
mod text;

use crate::format::Format;

/// Returns every format, in the order in which they are tried: those whose bytes
/// tell come first, plain text, which nearly anything could be, last.
pub fn formats() -> &'static [&'static dyn Format] {
    &[
        #[cfg(feature = "html")]
        &html::Html,
        &text::Markdown,
        &text::PlainText,
    ]
}
