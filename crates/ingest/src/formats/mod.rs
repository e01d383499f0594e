//! The formats that are read, a file each.

mod text;

use crate::format::Format;

/// Returns every format, in the order in which they are tried: those whose bytes
/// tell come first, plain text, which nearly anything could be, last.
pub fn formats() -> &'static [&'static dyn Format] {
    &[&text::Markdown, &text::PlainText]
}
