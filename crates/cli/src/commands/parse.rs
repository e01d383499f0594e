//! `parse FILE…`.

use anyhow::{Error, bail};
use gangmu_model::{Document, verify};
use rayon::prelude::*;

use super::counted;
use crate::args::{ParseArgs, ParseFormat};
use crate::exit::Exit;
use crate::files::is_standard_input;
use crate::input::Input;
use crate::library::{self, Texts};
use crate::output::{write_json, write_json_element, write_jsonl};
use crate::terminal::Terminal;
use crate::{dump, outline};

/// Bytes of text of which the documents are held at once: what they take is many
/// times their text, so memory would grow with a folder.
const BATCH_BYTES: usize = 2 << 20;

pub(super) fn run(args: &ParseArgs, terminal: &mut Terminal<'_>) -> Result<Exit, Error> {
    let mut texts = Texts::read(&args.files, &args.read, terminal)?;
    let mut inputs = std::mem::take(&mut texts.inputs).into_iter().peekable();
    let n_documents = inputs.len();
    let mut printer = Printer { args, n_printed: 0 };
    let mut n_violations = 0;
    while inputs.peek().is_some() {
        let mut n_bytes = 0;
        let mut batch: Vec<(String, Input)> = Vec::new();
        while let Some((id, input)) = inputs.next_if(|_| n_bytes < BATCH_BYTES) {
            n_bytes += input.text.len();
            batch.push((id, input));
        }
        let documents: Vec<Document> =
            batch.par_iter().map(|(id, input)| library::parse(id.clone(), input)).collect();
        for document in &documents {
            printer.print(document, terminal)?;
        }
        if args.verify {
            n_violations += verify_all(&batch, &documents, terminal)?;
        }
    }
    printer.end(terminal)?;
    if n_violations > 0 {
        bail!(
            "{} of what a document promises; please report the text",
            counted(n_violations, "breach")
        );
    }
    if args.verify {
        let verified = counted(n_documents, "document");
        writeln!(terminal.err, "verified: nothing is lost in {verified}")?;
    }
    Ok(texts.exit(Exit::Found))
}

/// Prints one document behind the other.
struct Printer<'a> {
    args: &'a ParseArgs,
    n_printed: usize,
}

impl Printer<'_> {
    fn print(&mut self, document: &Document, terminal: &mut Terminal<'_>) -> Result<(), Error> {
        let is_first = self.n_printed == 0;
        self.n_printed += 1;
        if self.args.dump {
            return Ok(dump::write(terminal.out, document)?);
        }
        match self.args.format {
            ParseFormat::Json if names_one_file(self.args) => write_json(terminal.out, document)?,
            ParseFormat::Json => {
                write!(terminal.out, "{}", if is_first { "[\n" } else { ",\n" })?;
                write_json_element(terminal.out, document)?;
            }
            ParseFormat::Jsonl => write_jsonl(terminal.out, [document])?,
            ParseFormat::Outline => {
                let palette = terminal.palette();
                if !is_first {
                    writeln!(terminal.out)?;
                }
                outline::write(terminal.out, document, palette)?;
            }
        }
        Ok(())
    }

    fn end(&self, terminal: &mut Terminal<'_>) -> Result<(), Error> {
        let is_array = !self.args.dump
            && matches!(self.args.format, ParseFormat::Json)
            && !names_one_file(self.args);
        if is_array {
            writeln!(terminal.out, "\n]")?;
        }
        Ok(())
    }
}

/// Whether one file is named: its JSON is then an object and not an array,
/// while a folder gives an array however many files it holds.
fn names_one_file(args: &ParseArgs) -> bool {
    args.read.files_from.is_none()
        && matches!(args.files.as_slice(), [file] if is_standard_input(file) || file.is_file())
}

/// Names each broken promise of documents; returns how many there are.
fn verify_all(
    inputs: &[(String, Input)],
    documents: &[Document],
    terminal: &mut Terminal<'_>,
) -> Result<usize, Error> {
    let mut n_violations = 0;
    for ((_, input), document) in inputs.iter().zip(documents) {
        for violation in verify(document, &input.text) {
            writeln!(terminal.err, "gangmu: {}: {violation}", input.source.path)?;
            n_violations += 1;
        }
    }
    Ok(n_violations)
}
