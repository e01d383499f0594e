//! Plain text and Markdown: the bytes decoded, and nothing else changed.

use std::path::Path;

use crate::charset;
use crate::decoded::Decoded;
use crate::ending;
use crate::error::Error;
use crate::format::Format;
use crate::options::Options;

/// Plain text of any encoding and with any line ends.
pub(super) struct PlainText;

impl Format for PlainText {
    fn name(&self) -> &'static str {
        "plain text"
    }

    fn media_type(&self) -> &'static str {
        "text/plain"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["txt", "text"]
    }

    fn fits(&self, bytes: &[u8], _file_name: &Path) -> bool {
        charset::is_text(bytes)
    }

    fn read(&self, bytes: &[u8], options: &Options) -> Result<Decoded, Error> {
        read(bytes, self.media_type(), options)
    }
}

/// Text that its name calls Markdown; its signs are the parser's to read.
pub(super) struct Markdown;

impl Format for Markdown {
    fn name(&self) -> &'static str {
        "Markdown"
    }

    fn media_type(&self) -> &'static str {
        "text/markdown"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["md", "markdown"]
    }

    fn fits(&self, bytes: &[u8], file_name: &Path) -> bool {
        ending(file_name).is_some_and(|ending| self.endings().contains(&&*ending))
            && charset::is_text(bytes)
    }

    fn read(&self, bytes: &[u8], options: &Options) -> Result<Decoded, Error> {
        read(bytes, self.media_type(), options)
    }
}

fn read(bytes: &[u8], media_type: &str, options: &Options) -> Result<Decoded, Error> {
    let text = charset::decode(bytes, None, options)?;
    Ok(Decoded {
        text: text.text.into_owned(),
        media_type: media_type.to_owned(),
        charset: text.encoding.name(),
        notices: text.notices,
        ..Decoded::default()
    })
}
