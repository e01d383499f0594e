//! From the bytes of a file to the text that gangmu reads.
//!
//! Goes in: bytes and the name of the file they came from. Comes out: a
//! [`Decoded`] text, which never changes afterwards and which every span points
//! into, where each part of it stood in the file, what had to be assumed, and
//! what the file says of itself outside its text. What the text means is left
//! to the parser, finding files and naming them to the command line.
//!
//! A file is what its bytes are; its name decides only where they do not
//! ([`detect`]). Each format is one file under `formats/` that implements
//! [`Format`] and a line in [`formats`]. No format trusts its file: see
//! [`Limits`].
//!
//! ```
//! use std::path::Path;
//! use gangmu_ingest::{Options, read};
//!
//! let gbk = b"\xd2\xbb\xa1\xa2\xd7\xdc\xcc\xe5\xd2\xaa\xc7\xf3\r\n";
//! let decoded = read(gbk, Path::new("意见.txt"), &Options::default()).unwrap();
//! assert_eq!(decoded.text, "一、总体要求\r\n");
//! assert_eq!(decoded.charset, "gb18030");
//! assert_eq!(decoded.notices.len(), 1);
//! ```

#[cfg(any(feature = "docx", feature = "ofd", feature = "xlsx"))]
mod archive;
mod charset;
mod container;
mod decoded;
mod error;
mod format;
mod formats;
mod options;
#[cfg(any(feature = "docx", feature = "ofd", feature = "xlsx"))]
mod package;
#[cfg(any(feature = "ofd", feature = "pdf"))]
mod paged;
mod place;
mod signature;
mod table;
mod writer;
#[cfg(any(feature = "docx", feature = "ofd", feature = "xlsx"))]
mod xml;

use std::path::Path;

pub use charset::{Encoding, UnknownEncoding};
pub use decoded::Decoded;
pub use error::{Error, Limit};
pub use format::Format;
pub use formats::formats;
#[cfg(feature = "xlsx")]
pub use formats::{SheetRows, WorkbookRows, has_sheet, read_workbook};
pub use options::{Limits, Options};
pub use place::{CellPlace, Place, Places};
pub use table::Table;
pub use writer::TextWriter;

/// Reads bytes as what they are.
///
/// `file_name` may be a path or a bare name, `-` where there is none.
///
/// # Errors
///
/// One sentence without the file's name: the bytes are no document, or damaged,
/// or beyond a limit, or hold no text.
pub fn read(bytes: &[u8], file_name: &Path, options: &Options) -> Result<Decoded, Error> {
    options.limits.check(Limit::FileBytes, bytes.len())?;
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Error::Empty);
    }
    let Some(format) = detect(bytes, file_name) else {
        return Err(signature::refusal(bytes));
    };
    let mut decoded = format.read(bytes, options)?;
    options.limits.check(Limit::TextBytes, decoded.text.len())?;
    if decoded.text.trim().is_empty() {
        return Err(Error::Empty);
    }
    if let Some(ending) = mislabelled(format, file_name) {
        decoded
            .notices
            .insert(0, format!("named .{ending}, but it is {}; read as that", format.name()));
    }
    Ok(decoded)
}

/// Returns the format of a file: by its bytes where they tell, else by its name;
/// `None` where it is none that is read.
pub fn detect(bytes: &[u8], file_name: &Path) -> Option<&'static dyn Format> {
    formats().iter().copied().find(|format| format.fits(bytes, file_name))
}

/// Whether the ending of a name is one of a format that is read; the format the
/// file really has may be another.
pub fn is_document_name(file_name: &Path) -> bool {
    ending(file_name)
        .is_some_and(|ending| formats().iter().any(|format| format.endings().contains(&&*ending)))
}

/// Returns the ending of a name that belongs to another format.
fn mislabelled(format: &dyn Format, file_name: &Path) -> Option<String> {
    let ending = ending(file_name)?;
    let belongs = |format: &dyn Format| format.endings().contains(&&*ending);
    (!belongs(format) && formats().iter().any(|other| belongs(*other))).then_some(ending)
}

/// Returns the ending of a name in lower case, without the dot.
pub(crate) fn ending(file_name: &Path) -> Option<String> {
    Some(file_name.extension()?.to_str()?.to_lowercase())
}
