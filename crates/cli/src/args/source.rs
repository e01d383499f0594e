//! Which documents are asked, and how their files are read.

use std::path::PathBuf;

use clap::Args;
use gangmu_ingest::{Encoding, Limits, Options};
use gangmu_model::DocumentStatus;
use gangmu_query::{DocumentFilter, is_date};

use crate::language::{Message, say};

/// Where the documents come from.
#[derive(Args, Debug)]
pub(crate) struct Sources {
    /// Files and folders to read on the spot, - for standard input; without one the index answers
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// The index that answers where no PATH is given
    #[arg(long, value_name = "DIR", env = "GANGMU_INDEX", default_value = "index")]
    pub(crate) index: PathBuf,
    #[command(flatten)]
    pub(crate) read: ReadArgs,
}

impl Sources {
    /// Whether files are to be read, and not the index.
    pub(crate) fn names_files(&self) -> bool {
        !self.paths.is_empty() || self.read.files_from.is_some()
    }
}

/// How files are found and read.
#[derive(Args, Clone, Debug)]
pub(crate) struct ReadArgs {
    /// Read the files that LIST names too, a name a line or each ended by NUL; - for standard input
    #[arg(long, value_name = "LIST", help_heading = READING)]
    pub(crate) files_from: Option<PathBuf>,
    /// The encoding of texts and web pages, whatever they look like: gb18030, big5, utf-16
    #[arg(long, value_name = "ENCODING", help_heading = READING)]
    encoding: Option<Encoding>,
    /// Multiply the limits on size and nesting by FACTOR, for files that can be trusted
    #[arg(long, value_name = "FACTOR", default_value = "1", hide_default_value = true,
          value_parser = clap::value_parser!(u32).range(1..), help_heading = READING)]
    raise_limits: u32,
    /// Refuse files that LibreOffice would have to convert (.doc, .wps, .rtf, .odt, .xls, .et, .ods)
    #[arg(long, help_heading = READING)]
    no_convert: bool,
}

const READING: &str = "Reading files";

impl ReadArgs {
    /// Returns what limits are multiplied by.
    pub(crate) fn raised(&self) -> usize {
        self.raise_limits as usize
    }

    pub(crate) fn options(&self) -> Options {
        Options {
            encoding: self.encoding,
            limits: Limits::default().raised(self.raise_limits as usize),
            without_converters: self.no_convert,
        }
    }
}

/// Which documents are asked.
#[derive(Args, Debug)]
pub(crate) struct DocumentArgs {
    /// Only documents whose id or title has this word
    #[arg(long, value_name = "WORD")]
    document: Vec<String>,
    /// Only documents of an issuer whose name has this word
    #[arg(long, value_name = "WORD")]
    issuer: Vec<String>,
    /// Only documents of this region: 辽宁, 沈阳市
    #[arg(long, value_name = "REGION")]
    region: Vec<String>,
    /// Only documents of this kind: 意见, 行动方案, 规划
    #[arg(long, value_name = "KIND")]
    document_kind: Vec<String>,
    /// Only documents of this status: draft_for_comment, trial, final
    #[arg(long, value_name = "STATUS", value_parser = status)]
    status: Vec<DocumentStatus>,
    /// Only documents issued (else posted) on this day or later: 2024, 2024-03, 2024-03-01
    #[arg(long, value_name = "DATE", value_parser = iso_date)]
    since: Option<String>,
    /// Only documents issued on this day or earlier
    #[arg(long, value_name = "DATE", value_parser = iso_date)]
    until: Option<String>,
}

impl DocumentArgs {
    pub(crate) fn filter(&self) -> DocumentFilter {
        DocumentFilter {
            words: self.document.clone(),
            issuers: self.issuer.clone(),
            regions: self.region.clone(),
            kinds: self.document_kind.clone(),
            statuses: self.status.clone(),
            since: self.since.clone(),
            until: self.until.clone(),
        }
    }

    /// Returns the words that name documents, where nothing else narrows them.
    pub(crate) fn names(&self) -> Option<Vec<String>> {
        let words_alone = self.filter() == DocumentFilter::new(&self.document);
        words_alone.then(|| self.document.clone())
    }
}

/// Reads a status by its name in JSON or as people say it: `trial`, 试行.
fn status(text: &str) -> Result<DocumentStatus, Message> {
    gangmu_tables::labels::status_named(text).ok_or_else(|| {
        let names = DocumentStatus::ALL.map(|status| status.name().to_owned());
        say!("a status is one of {names}", names = names.to_vec())
    })
}

/// Takes an ISO date, or the year or month of one.
fn iso_date(text: &str) -> Result<String, Message> {
    if is_date(text) {
        Ok(text.to_owned())
    } else {
        Err(say!("a date is written 2024, 2024-03 or 2024-03-01"))
    }
}
