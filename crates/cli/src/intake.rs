//! From many files to documents, a part of them at a time.
//!
//! Files are read and parsed side by side in batches of a few megabytes, and
//! handed on in their order, so memory does not grow with their number.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::Error;
use gangmu_ingest::Options;
use gangmu_model::Document;
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::files::is_standard_input;
use crate::input::{self, Input};
use crate::library::parse;

/// A batch ends with the file that brings it to so many bytes …
const BATCH_BYTES: u64 = 2 << 20;
/// … or files.
const BATCH_FILES: usize = 256;

/// A file to be read, and the checksum of the bytes that need not be read again.
#[derive(Debug)]
pub(crate) struct Incoming {
    pub(crate) path: PathBuf,
    pub(crate) known_sha256: Option<String>,
}

/// What became of a file.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// Its bytes are the known ones.
    Unchanged,
    /// It was read, and what was assumed; the document has no id yet.
    Read(Box<Document>, Vec<String>),
    /// It could not be read, and why.
    Failed(Error),
}

/// Reads the files and hands on what became of each, by its place in the list.
///
/// # Errors
///
/// That of `take`, which ends the reading.
pub(crate) fn read(
    files: &[Incoming],
    options: &Options,
    standard_input: &mut dyn Read,
    mut take: impl FnMut(usize, Outcome) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut start = 0;
    while start < files.len() {
        let batch = &files[start..end_of_batch(files, start)];
        let mut outcomes: Vec<Option<Outcome>> = batch
            .par_iter()
            .map(|file| (!is_standard_input(&file.path)).then(|| outcome(file, options)))
            .collect();
        for (at, outcome) in (start..).zip(&mut outcomes) {
            // Each is let go before the next is taken.
            let outcome = outcome.take().unwrap_or_else(|| {
                parsed(
                    input::read_standard_input(standard_input, options),
                    files[at].known_sha256.as_deref(),
                )
            });
            take(at, outcome)?;
        }
        start += batch.len();
    }
    Ok(())
}

/// Returns the SHA-256 of a file's bytes in hexadecimal digits.
pub(crate) fn sha256(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer)? {
            0 => break,
            n_bytes => hasher.update(&buffer[..n_bytes]),
        }
    }
    Ok(hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

fn end_of_batch(files: &[Incoming], start: usize) -> usize {
    let mut n_bytes = 0;
    let mut end = start;
    while end < files.len() && end - start < BATCH_FILES && n_bytes < BATCH_BYTES {
        n_bytes += fs::metadata(&files[end].path).map_or(0, |metadata| metadata.len());
        end += 1;
    }
    end
}

fn outcome(file: &Incoming, options: &Options) -> Outcome {
    // What is known is told by its bytes alone, before anything is decoded.
    if let Some(known) = &file.known_sha256
        && sha256(&file.path).is_ok_and(|found| found == *known)
    {
        return Outcome::Unchanged;
    }
    parsed(input::read_file(&file.path, options), None)
}

fn parsed(input: Result<Input, Error>, known_sha256: Option<&str>) -> Outcome {
    match input {
        Ok(input) if known_sha256 == Some(input.source.sha256.as_str()) => Outcome::Unchanged,
        Ok(input) => Outcome::Read(Box::new(parse(String::new(), &input)), input.notices),
        Err(error) => Outcome::Failed(error),
    }
}
