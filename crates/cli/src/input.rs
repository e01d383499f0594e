//! From a file to its decoded text.

use std::io::Read;
use std::path::Path;

use anyhow::{Context as _, Error, anyhow, bail};
use gangmu_model::Source;
use sha2::{Digest, Sha256};

use crate::files::is_standard_input;

/// The largest file that is read: spans count bytes in 32 bits, and a policy
/// document of this size does not exist.
const MAX_BYTES: usize = 1 << 30;

/// A text and where it came from.
#[derive(Debug)]
pub(crate) struct Input {
    /// The text, without a byte order mark.
    pub(crate) text: String,
    /// What is known of its bytes.
    pub(crate) source: Source,
}

/// Reads a file as UTF-8.
///
/// # Errors
///
/// One sentence that names the file and the next step: it cannot be read, is
/// empty, is no text, or is in another encoding.
pub(crate) fn read_file(path: &Path) -> Result<Input, Error> {
    let bytes = std::fs::read(path)
        .with_context(|| format!("{}: cannot be read; check the permissions", path.display()))?;
    decode(path, bytes)
}

/// Reads standard input as UTF-8, with the errors of [`read_file`].
pub(crate) fn read_standard_input(input: &mut dyn Read) -> Result<Input, Error> {
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes).context("standard input: cannot be read")?;
    decode(Path::new("-"), bytes)
}

fn decode(path: &Path, bytes: Vec<u8>) -> Result<Input, Error> {
    let name = if is_standard_input(path) {
        "standard input".to_owned()
    } else {
        path.display().to_string()
    };
    if bytes.len() > MAX_BYTES {
        bail!("{name}: larger than {} MiB; split it", MAX_BYTES >> 20);
    }
    let source = Source {
        path: path.display().to_string(),
        media_type: media_type(path).to_owned(),
        charset: "utf-8".to_owned(),
        sha256: hex(&Sha256::digest(&bytes)),
        bytes: bytes.len() as u64,
    };
    let mut text = match String::from_utf8(bytes) {
        Ok(text) if text.contains('\0') => bail!(binary(&name)),
        Ok(text) => text,
        Err(error) => bail!(not_utf8(&name, &error)),
    };
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    if text.trim().is_empty() {
        bail!("{name}: empty, there is no text to read; name another file");
    }
    Ok(Input { text, source })
}

fn not_utf8(name: &str, error: &std::string::FromUtf8Error) -> Error {
    let bytes = error.as_bytes();
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return anyhow!(
            "{name}: UTF-16, and only UTF-8 is read for now; convert it: \
             iconv -f utf-16 -t utf-8 {name} > utf8.txt"
        );
    }
    if bytes.contains(&0) {
        return binary(name);
    }
    anyhow!(
        "{name}: not UTF-8 (at byte {}), and other encodings come later; if it is GBK, convert it: \
         iconv -f gb18030 -t utf-8 {name} > utf8.txt",
        error.utf8_error().valid_up_to() + 1
    )
}

fn binary(name: &str) -> Error {
    anyhow!("{name}: a binary file, not text; save the document as plain text (.txt) first")
}

fn media_type(path: &Path) -> &'static str {
    let is_markdown = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("md"));
    if is_markdown { "text/markdown" } else { "text/plain" }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
