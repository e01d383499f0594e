//! Why a file could not be read.

use thiserror::Error;

/// Why bytes gave no text. Each displays as one sentence without the file's
/// name, which the caller puts in front: `意见.txt: empty, there is …`.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[non_exhaustive]
pub enum Error {
    /// There is nothing in it.
    #[error("empty, there is no text to read; name another file")]
    Empty,
    /// It is no text and no format that is known.
    #[error("a binary file, not text; save the document as plain text (.txt) first")]
    Binary,
    /// It is known what it is, but that is not read.
    #[error("{kind}, which is not read; {advice}")]
    NotRead {
        /// With its article: `a PNG image`.
        kind: &'static str,
        /// What to do: `name the document itself`.
        advice: &'static str,
    },
    /// It is cut short or broken.
    #[error("{kind}, but damaged or cut short ({detail}); fetch or save it again")]
    Damaged {
        /// With its article: `a DOCX file`.
        kind: &'static str,
        /// What was found, as precisely as is known.
        detail: String,
    },
    /// It is locked with a password.
    #[error("{kind} locked with a password; save a copy without one")]
    Locked {
        /// With its article: `a DOCX file`.
        kind: &'static str,
    },
    /// It is sound and shows pages or pictures, but holds no text.
    #[error("{kind} without text ({detail}); recognise its text (OCR) first")]
    NoText {
        /// With its article: `a PDF file`.
        kind: &'static str,
        /// What there is instead: `a scan, 12 pages of pictures`.
        detail: String,
    },
    /// A program that would convert it is not there, or failed.
    #[error("{kind} is read through {program}, {detail}")]
    Converter {
        /// With its article: `a .doc file`.
        kind: &'static str,
        /// The program's name.
        program: &'static str,
        /// What is wrong and what to do: `which is not installed; install it, or save the file as .docx`.
        detail: String,
    },
    /// It is beyond a limit.
    #[error("{limit} the limit of {}; if the file can be trusted, raise the limits with --raise-limits", size(*.limit, *.value))]
    OverLimit {
        /// Which.
        limit: Limit,
        /// Its value.
        value: usize,
    },
}

/// What is limited.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Limit {
    /// Bytes of the file.
    FileBytes,
    /// Bytes of all that is unpacked from it.
    UnpackedBytes,
    /// Entries of an archive, objects of a PDF.
    Entries,
    /// Elements inside each other.
    Depth,
    /// Elements of XML or HTML.
    Elements,
    /// Cells of one table.
    TableCells,
    /// Bytes of the text.
    TextBytes,
}

impl std::fmt::Display for Limit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::FileBytes => "larger than",
            Self::UnpackedBytes => "unpacks to more than",
            Self::Entries => "holds more entries than",
            Self::Depth => "nested deeper than",
            Self::Elements => "has more elements than",
            Self::TableCells => "has a table with more cells than",
            Self::TextBytes => "gives more text than",
        })
    }
}

/// Returns a value in its unit: `256 MiB`.
fn size(limit: Limit, value: usize) -> String {
    match limit {
        Limit::FileBytes | Limit::UnpackedBytes | Limit::TextBytes if value >= 1 << 20 => {
            format!("{} MiB", value >> 20)
        }
        Limit::FileBytes | Limit::UnpackedBytes | Limit::TextBytes => format!("{value} bytes"),
        Limit::Entries | Limit::Depth | Limit::Elements | Limit::TableCells => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::Limits;

    #[test]
    fn a_limit_names_its_value_and_the_way_out() {
        let error = Limits::default().check(Limit::FileBytes, usize::MAX).unwrap_err();
        assert_eq!(
            error.to_string(),
            "larger than the limit of 256 MiB; if the file can be trusted, raise the limits with --raise-limits"
        );
        assert!(
            Limits::default().raised(usize::MAX).check(Limit::TextBytes, (1 << 30) + 1).is_err()
        );
    }
}
