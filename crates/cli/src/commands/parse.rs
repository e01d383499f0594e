//! `parse FILE…`.

use std::io::Write;

use anyhow::Error;
use gangmu_model::{Document, verify};
use gangmu_rendition::{akoma_ntoso, html, markdown};
use rayon::prelude::*;

use crate::args::{ParseArgs, ParseFormat};
use crate::exit::Exit;
use crate::files::is_standard_input;
use crate::input::Input;
use crate::language::{Noun, counted, say};
use crate::library::{self, Texts};
use crate::output::{write_json, write_jsonl};
use crate::save::save;
use crate::terminal::{Palette, Terminal};
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
        print(args, &texts, &documents, terminal)?;
    }
    if args.verify {
        verify_all(&texts, &documents, terminal)?;
    }
    Ok(texts.exit(Exit::Found))
}

/// Prints the documents, or writes them to the file or the folder of `-o`.
fn print(
    args: &ParseArgs,
    texts: &Texts,
    documents: &[Document],
    terminal: &mut Terminal<'_>,
) -> Result<(), Error> {
    let Some(path) = &args.output else {
        let format = args.format.unwrap_or(ParseFormat::Outline);
        let screen = (terminal.palette(), terminal.columns);
        return write(args, format, texts, documents, terminal.out, screen);
    };
    if !path.is_dir() {
        let format = args.format.map_or_else(|| ParseFormat::of_file(path), Ok)?;
        let paper = (Palette::plain(), None);
        return save(path, |out| write(args, format, texts, documents, out, paper));
    }
    let Some(format) = args.format else {
        return Err(say!(
            "{path}: is a folder; say with --format what to write in it",
            path = path.display(),
        )
        .into());
    };
    for ((_, input), document) in texts.inputs.iter().zip(documents) {
        let file = path.join(format!("{}.{}", document.id, format.ending()));
        save(&file, |out| write_one(format, input, document, out))?;
    }
    Ok(())
}

/// Writes all documents in a row, in the colours and columns of a place.
fn write(
    args: &ParseArgs,
    format: ParseFormat,
    texts: &Texts,
    documents: &[Document],
    out: &mut dyn Write,
    (palette, columns): (Palette, Option<usize>),
) -> Result<(), Error> {
    match (format, documents) {
        (ParseFormat::Json, [document]) if names_one_file(args) => write_json(out, document)?,
        (ParseFormat::Json, _) => write_json(out, documents)?,
        (ParseFormat::Jsonl, _) => write_jsonl(out, documents)?,
        (ParseFormat::Outline, _) => {
            for (at, document) in documents.iter().enumerate() {
                if at > 0 {
                    writeln!(out)?;
                }
                outline::write(out, document, palette, columns)?;
            }
        }
        (_, [document]) => write_one(format, &texts.inputs[0].1, document, out)?,
        (_, _) => {
            return Err(say!(
                "{documents} are a file each in this format; name a folder with -o",
                documents = counted(documents.len(), Noun::Document),
            )
            .into());
        }
    }
    Ok(())
}

/// Writes one document.
fn write_one(
    format: ParseFormat,
    input: &Input,
    document: &Document,
    out: &mut dyn Write,
) -> Result<(), Error> {
    let source = input.text.as_str();
    match format {
        ParseFormat::Outline => outline::write(out, document, Palette::plain(), None)?,
        ParseFormat::Json => write_json(out, document)?,
        ParseFormat::Jsonl => write_jsonl(out, [document])?,
        ParseFormat::Markdown => out.write_all(markdown(document, source).as_bytes())?,
        ParseFormat::Html => out.write_all(html(document, source).as_bytes())?,
        ParseFormat::Akn => out.write_all(akoma_ntoso(document, source).as_bytes())?,
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
