//! How whole documents are written.

use std::path::Path;

use anyhow::{Error, anyhow};
use clap::ValueEnum;

/// How whole documents are written.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ParseFormat {
    /// The tree with counts
    Outline,
    Json,
    Jsonl,
    /// Text with headings and tables, which reads back as the same document
    #[value(alias = "md")]
    Markdown,
    /// A page to read and to print, with an outline and marks
    Html,
    /// Akoma Ntoso 3.0, the XML of legal documents
    Akn,
}

impl ParseFormat {
    /// The endings of files by the format that they are written in, the usual one first.
    const ENDINGS: [(&str, Self); 9] = [
        ("txt", Self::Outline),
        ("json", Self::Json),
        ("jsonl", Self::Jsonl),
        ("md", Self::Markdown),
        ("markdown", Self::Markdown),
        ("html", Self::Html),
        ("htm", Self::Html),
        ("akn", Self::Akn),
        ("xml", Self::Akn),
    ];

    /// Returns the format that a file's name says.
    ///
    /// # Errors
    ///
    /// No format goes by its ending.
    pub(crate) fn of_file(file: &Path) -> Result<Self, Error> {
        let ending = file.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        let known = Self::ENDINGS.iter().find(|(known, _)| *known == ending);
        known.map(|(_, format)| *format).ok_or_else(|| {
            anyhow!(
                "{}: its name says no format; end it in .md, .html, .akn, .xml, .json, .jsonl or .txt, \
                 or add --format",
                file.display()
            )
        })
    }

    /// Returns the ending of a file of the format.
    pub(crate) fn ending(self) -> &'static str {
        let known = Self::ENDINGS.iter().find(|(_, format)| *format == self);
        known.map_or("txt", |(ending, _)| ending)
    }
}
