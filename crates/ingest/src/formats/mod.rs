//! The formats that are read, a file each.

#[cfg(feature = "converted")]
mod converted;
#[cfg(feature = "docx")]
mod docx;
#[cfg(feature = "html")]
mod html;
#[cfg(feature = "ofd")]
mod ofd;
#[cfg(feature = "pdf")]
mod pdf;
mod text;
#[cfg(feature = "xlsx")]
mod xlsx;

#[cfg(feature = "xlsx")]
pub use xlsx::{SheetRows, WorkbookRows, has_sheet, read_workbook};

use crate::format::Format;

/// Returns every format, in the order in which they are tried: those whose bytes
/// tell come first, plain text, which nearly anything could be, last.
pub fn formats() -> &'static [&'static dyn Format] {
    &[
        #[cfg(feature = "docx")]
        &docx::Docx,
        #[cfg(feature = "xlsx")]
        &xlsx::Xlsx,
        #[cfg(feature = "ofd")]
        &ofd::Ofd,
        #[cfg(feature = "pdf")]
        &pdf::Pdf,
        #[cfg(feature = "converted")]
        &converted::OLD_WORD,
        #[cfg(feature = "converted")]
        &converted::RICH_TEXT,
        #[cfg(feature = "converted")]
        &converted::OPEN_TEXT,
        #[cfg(feature = "converted")]
        &converted::OLD_WORKBOOK,
        #[cfg(feature = "converted")]
        &converted::OPEN_WORKBOOK,
        #[cfg(feature = "html")]
        &html::Html,
        &text::Markdown,
        &text::PlainText,
    ]
}
