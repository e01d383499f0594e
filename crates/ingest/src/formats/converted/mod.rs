//! Files that LibreOffice makes into .docx or .xlsx: old Word and WPS files, RTF,
//! OpenDocument, old workbooks.
//!
//! Most of these formats are another program's memory written to disk; the one
//! program that reads all of each is asked where it is installed. See [`office`] for
//! what it may do with a file nobody vouches for.

mod office;

use std::path::Path;

use self::office::{Failure, Office};
use crate::container::{self, Container};
use crate::decoded::Decoded;
use crate::error::{Error, Limit};
use crate::format::Format;
use crate::formats::docx::Docx;
use crate::formats::xlsx::Xlsx;
use crate::options::Options;

const PROGRAM: &str = "LibreOffice";

/// What every RTF file begins with.
const RTF: &[u8] = b"{\\rtf";

/// A kind of file that is converted.
pub(super) struct Converted {
    name: &'static str,
    media_type: &'static str,
    /// The first is what LibreOffice knows such a file by.
    endings: &'static [&'static str],
    fits: fn(&[u8]) -> bool,
    into: Target,
}

/// What is made of it.
#[derive(Clone, Copy)]
enum Target {
    Document,
    Workbook,
}

/// Files of Word 97 to 2003, or of WPS in that format.
pub(super) const OLD_WORD: Converted = Converted {
    name: "an old Word file (.doc, .wps)",
    media_type: "application/msword",
    endings: &["doc", "dot", "wps", "wpt"],
    fits: |bytes| container::kind(bytes) == Some(Container::OldWord),
    into: Target::Document,
};

pub(super) const RICH_TEXT: Converted = Converted {
    name: "an RTF file",
    media_type: "application/rtf",
    endings: &["rtf"],
    fits: |bytes| bytes.starts_with(RTF),
    into: Target::Document,
};

pub(super) const OPEN_TEXT: Converted = Converted {
    name: "an OpenDocument text (.odt)",
    media_type: "application/vnd.oasis.opendocument.text",
    endings: &["odt", "ott"],
    fits: |bytes| container::kind(bytes) == Some(Container::OpenText),
    into: Target::Document,
};

/// Workbooks of Excel 97 to 2003, or of WPS in that format.
pub(super) const OLD_WORKBOOK: Converted = Converted {
    name: "an old workbook (.xls, .et)",
    media_type: "application/vnd.ms-excel",
    endings: &["xls", "xlt", "et", "ett"],
    fits: |bytes| container::kind(bytes) == Some(Container::OldWorkbook),
    into: Target::Workbook,
};

pub(super) const OPEN_WORKBOOK: Converted = Converted {
    name: "an OpenDocument workbook (.ods)",
    media_type: "application/vnd.oasis.opendocument.spreadsheet",
    endings: &["ods", "ots"],
    fits: |bytes| container::kind(bytes) == Some(Container::OpenWorkbook),
    into: Target::Workbook,
};

impl Target {
    fn ending(self) -> &'static str {
        match self {
            Self::Document => "docx",
            Self::Workbook => "xlsx",
        }
    }

    fn read(self, bytes: &[u8], options: &Options) -> Result<Decoded, Error> {
        match self {
            Self::Document => Docx.read(bytes, options),
            Self::Workbook => Xlsx.read(bytes, options),
        }
    }
}

impl Format for Converted {
    fn name(&self) -> &'static str {
        self.name
    }

    fn media_type(&self) -> &'static str {
        self.media_type
    }

    fn endings(&self) -> &'static [&'static str] {
        self.endings
    }

    fn fits(&self, bytes: &[u8], _file_name: &Path) -> bool {
        (self.fits)(bytes)
    }

    fn read(&self, bytes: &[u8], options: &Options) -> Result<Decoded, Error> {
        let (name, ending) = (self.name, self.into.ending());
        let failed = |detail: String| Error::Converter { kind: name, program: PROGRAM, detail };
        if options.without_converters {
            return Err(failed(format!("which is switched off; save it as .{ending}")));
        }
        let Some(office) = Office::installed() else {
            return Err(failed(format!(
                "which is not installed; install it, or save the file as .{ending} in an office program"
            )));
        };
        let max_bytes = options.limits.get(Limit::FileBytes);
        let made = office.convert(bytes, self.endings[0], ending, max_bytes);
        let made = made.map_err(|failure| match failure {
            Failure::TooLarge => Error::OverLimit { limit: Limit::FileBytes, value: max_bytes },
            other => failed(format!("which {other}; save it as .{ending} in an office program")),
        })?;
        let mut decoded = self.into.read(&made, options)?;
        decoded.media_type = self.media_type.to_owned();
        decoded.notices.insert(0, format!("{name}, read as {PROGRAM} converts it"));
        Ok(decoded)
    }
}
