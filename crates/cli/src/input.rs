//! From a file to its decoded text.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use anyhow::Error;
use gangmu_ingest::{Limit, Options};
use gangmu_model::{Metadata, Source};
use sha2::{Digest, Sha256};

use crate::files::is_standard_input;
use crate::language::{Message, Value, say};

/// A text and where it came from.
#[derive(Debug, Default)]
pub(crate) struct Input {
    /// The text, without a byte order mark.
    pub(crate) text: String,
    /// What is known of its bytes.
    pub(crate) source: Source,
    /// What the file says of the document outside its text.
    pub(crate) hints: Metadata,
    /// What was assumed or left out, one sentence each.
    pub(crate) notices: Vec<String>,
}

/// Reads a file of any format.
///
/// # Errors
///
/// One sentence that names the file and the next step: it cannot be read, is
/// empty, damaged, beyond a limit, or nothing that holds a text.
pub(crate) fn read_file(path: &Path, options: &Options) -> Result<Input, Error> {
    let bytes =
        File::open(path).and_then(|file| read_to_limit(file, options)).map_err(|error| {
            say!("{path}: cannot be read; check the permissions", path = path).because(error)
        })?;
    decode(path, &bytes, options)
}

/// Reads standard input, with the errors of [`read_file`].
pub(crate) fn read_standard_input(input: &mut dyn Read, options: &Options) -> Result<Input, Error> {
    let bytes = read_to_limit(input, options)
        .map_err(|error| say!("standard input: cannot be read").because(error))?;
    decode(Path::new("-"), &bytes, options)
}

/// Reads all of a file, or one byte more than is allowed: what is endless is
/// refused before memory runs out.
fn read_to_limit(file: impl Read, options: &Options) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let limit = options.limits.max_file_bytes as u64;
    file.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Takes a text that came without a file.
///
/// # Errors
///
/// It is longer than the limits say, or blank.
pub(crate) fn of_text(text: &str, options: &Options) -> Result<Input, gangmu_ingest::Error> {
    options.limits.check(Limit::TextBytes, text.len())?;
    let source = Source {
        path: "-".to_owned(),
        media_type: "text/plain".to_owned(),
        charset: "utf-8".to_owned(),
        sha256: hex(&Sha256::digest(text.as_bytes())),
        bytes: text.len() as u64,
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() {
        return Err(gangmu_ingest::Error::Empty);
    }
    Ok(Input { text: text.to_owned(), source, ..Input::default() })
}

fn decode(path: &Path, bytes: &[u8], options: &Options) -> Result<Input, Error> {
    let decoded = gangmu_ingest::read(bytes, path, options)
        .map_err(|error| told_of(path, &error.to_string()))?;
    let source = Source {
        path: path.display().to_string(),
        media_type: decoded.media_type,
        charset: decoded.charset,
        sha256: hex(&Sha256::digest(bytes)),
        bytes: bytes.len() as u64,
    };
    Ok(Input { text: decoded.text, source, hints: decoded.hints, notices: decoded.notices })
}

/// Returns the name of a path in a sentence.
pub(crate) fn name(path: &Path) -> Value {
    if is_standard_input(path) { say!("standard input").into() } else { path.into() }
}

/// Says of a file what its reader said in English.
pub(crate) fn told_of(path: &Path, english: &str) -> Message {
    say!("{path}: {notice}", path = name(path), notice = Value::Told(english.to_owned()))
}

/// Writes bytes in hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 0xf]);
    digits.map(|digit| char::from(DIGITS[usize::from(digit)])).collect()
}
