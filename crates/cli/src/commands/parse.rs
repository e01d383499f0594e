//! `parse FILE…`.

use anyhow::Error;
use gangmu_model::{Document, verify};
use rayon::prelude::*;

use crate::args::{ParseArgs, ParseFormat};
use crate::exit::Exit;
use crate::files::is_standard_input;
use crate::language::{Noun, counted, say};
use crate::library::{self, Texts};
use crate::output::{write_json, write_jsonl};
use crate::terminal::Terminal;
use crate::{dump, outline};

pub(super) fn run(args: &ParseArgs, terminal: &mut Terminal<'_>) -> Result<Exit, Error> {
    let texts = Texts::read(&args.files, &args.read, terminal)?;
    let documents: Vec<Document> =
        texts.inputs.par_iter().map(|(id, input)| library::parse(id.clone(), input)).collect();
    if args.dump {
        for document in &documents {
            dump::write(terminal.out, document)?;
        }
    } else {
        print(args, &documents, terminal)?;
    }
    if args.verify {
        verify_all(&texts, &documents, terminal)?;
    }
    Ok(texts.exit(Exit::Found))
}

fn print(
    args: &ParseArgs,
    documents: &[Document],
    terminal: &mut Terminal<'_>,
) -> Result<(), Error> {
    match (args.format, documents) {
        (ParseFormat::Json, [document]) if names_one_file(args) => {
            write_json(terminal.out, document)?;
        }
        (ParseFormat::Json, _) => write_json(terminal.out, documents)?,
        (ParseFormat::Jsonl, _) => write_jsonl(terminal.out, documents)?,
        (ParseFormat::Outline, _) => {
            let (palette, columns) = (terminal.palette(), terminal.columns);
            for (at, document) in documents.iter().enumerate() {
                if at > 0 {
                    writeln!(terminal.out)?;
                }
                outline::write(terminal.out, document, palette, columns)?;
            }
        }
    }
    Ok(())
}

/// Whether one file is named: its JSON is then an object and not an array,
/// while a folder gives an array however many files it holds.
fn names_one_file(args: &ParseArgs) -> bool {
    args.read.files_from.is_none()
        && matches!(args.files.as_slice(), [file] if is_standard_input(file) || file.is_file())
}

/// Checks every document and names each broken promise.
fn verify_all(
    texts: &Texts,
    documents: &[Document],
    terminal: &mut Terminal<'_>,
) -> Result<(), Error> {
    let mut n_violations = 0;
    for ((_, input), document) in texts.inputs.iter().zip(documents) {
        for violation in verify(document, &input.text) {
            writeln!(terminal.err, "gangmu: {}: {violation}", input.source.path)?;
            n_violations += 1;
        }
    }
    if n_violations > 0 {
        return Err(say!(
            "{breaches} of what a document promises; please report the text",
            breaches = counted(n_violations, Noun::Breach),
        )
        .into());
    }
    terminal.sum_up(&say!(
        "verified: nothing is lost in {documents}",
        documents = counted(documents.len(), Noun::Document),
    ))?;
    Ok(())
}
