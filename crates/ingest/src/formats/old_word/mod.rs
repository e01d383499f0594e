//! Old files of Word and WPS (.doc, .wps), which LibreOffice makes into .docx.
//!
//! Their format is another program's memory written to disk; the one program that
//! reads all of it is asked where it is installed. See [`office`] for what it may
//! do with a file nobody vouches for.

mod office;

use std::path::Path;

use self::office::{Failure, Office};
use crate::container::{self, Container};
use crate::decoded::Decoded;
use crate::error::{Error, Limit};
use crate::format::Format;
use crate::formats::docx::Docx;
use crate::options::Options;

const NAME: &str = "an old Word file (.doc, .wps)";

const PROGRAM: &str = "LibreOffice";

/// A file of Word 97 to 2003, or of WPS in that format.
pub(super) struct OldWord;

impl Format for OldWord {
    fn name(&self) -> &'static str {
        NAME
    }

    fn media_type(&self) -> &'static str {
        "application/msword"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["doc", "dot", "wps", "wpt"]
    }

    fn fits(&self, bytes: &[u8], _file_name: &Path) -> bool {
        container::kind(bytes) == Some(Container::OldWord)
    }

    fn read(&self, bytes: &[u8], options: &Options) -> Result<Decoded, Error> {
        let failed = |detail: String| Error::Converter { kind: NAME, program: PROGRAM, detail };
        if options.without_converters {
            return Err(failed("which is switched off; save it as .docx".to_owned()));
        }
        let Some(office) = Office::installed() else {
            return Err(failed(
                "which is not installed; install it, or save the file as .docx in an office program"
                    .to_owned(),
            ));
        };
        let max_bytes = options.limits.get(Limit::FileBytes);
        let docx = office.convert(bytes, max_bytes).map_err(|failure| match failure {
            Failure::TooLarge => Error::OverLimit { limit: Limit::FileBytes, value: max_bytes },
            other => failed(format!("which {other}; save it as .docx in an office program")),
        })?;
        let mut decoded = Docx.read(&docx, options)?;
        decoded.media_type = self.media_type().to_owned();
        decoded.notices.insert(0, format!("{NAME}, read as {PROGRAM} converts it"));
        Ok(decoded)
    }
}
