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
use crate::output::{write_json, write_json_element, write_jsonl};
use crate::save::save;
use crate::terminal::{Palette, Terminal};
use crate::{dump, outline};

/// Bytes of text of which the documents are held at once: what they take is many
/// times their text, so memory would grow with a folder.
const BATCH_BYTES: usize = 2 << 20;

pub(super) fn run(args: &ParseArgs, terminal: &mut Terminal<'_>) -> Result<Exit, Error> {
    let mut texts = Texts::read(&args.files, &args.read, terminal)?;
    let inputs = std::mem::take(&mut texts.inputs);
    let n_documents = inputs.len();
    let breaches = if args.dump {
        each(inputs, args.verify, |_, document| Ok(dump::write(terminal.out, document)?))?
    } else {
        print(args, inputs, terminal)?
    };
    for breach in &breaches {
        writeln!(terminal.err, "gangmu: {breach}")?;
    }
    if !breaches.is_empty() {
        return Err(say!(
            "{breaches} of what a document promises; please report the text",
            breaches = counted(breaches.len(), Noun::Breach),
        )
        .into());
    }
    if args.verify {
        terminal.sum_up(&say!(
            "verified: nothing is lost in {documents}",
            documents = counted(n_documents, Noun::Document),
        ))?;
    }
    Ok(texts.exit(Exit::Found))
}

/// Reads the documents some at a time and hands over each in turn. Returns what they
/// break of their promises, where that is to be verified.
fn each(
    inputs: Vec<(String, Input)>,
    verifies: bool,
    mut take: impl FnMut(&Input, &Document) -> Result<(), Error>,
) -> Result<Vec<String>, Error> {
    let mut breaches = Vec::new();
    let mut inputs = inputs.into_iter().peekable();
    while inputs.peek().is_some() {
        let mut n_bytes = 0;
        let mut batch: Vec<(String, Input)> = Vec::new();
        while let Some((id, input)) = inputs.next_if(|_| n_bytes < BATCH_BYTES) {
            n_bytes += input.text.len();
            batch.push((id, input));
        }
        let documents: Vec<Document> =
            batch.par_iter().map(|(id, input)| library::parse(id.clone(), input)).collect();
        for ((_, input), document) in batch.iter().zip(&documents) {
            take(input, document)?;
            if verifies {
                let broken = verify(document, &input.text);
                let path = &input.source.path;
                breaches.extend(broken.iter().map(|violation| format!("{path}: {violation}")));
            }
        }
    }
    Ok(breaches)
}

/// Prints the documents, or writes them to the file or the folder of `-o`.
fn print(
    args: &ParseArgs,
    inputs: Vec<(String, Input)>,
    terminal: &mut Terminal<'_>,
) -> Result<Vec<String>, Error> {
    let Some(path) = &args.output else {
        let format = args.format.unwrap_or(ParseFormat::Outline);
        let screen = (terminal.palette(), terminal.columns);
        return write(args, format, inputs, terminal.out, screen);
    };
    if !path.is_dir() {
        let format = args.format.map_or_else(|| ParseFormat::of_file(path), Ok)?;
        let paper = (Palette::plain(), None);
        let mut breaches = Vec::new();
        save(path, |out| {
            breaches = write(args, format, inputs, out, paper)?;
            Ok(())
        })?;
        return Ok(breaches);
    }
    let Some(format) = args.format else {
        return Err(say!(
            "{path}: is a folder; say with --format what to write in it",
            path = path.display(),
        )
        .into());
    };
    each(inputs, args.verify, |input, document| {
        let file = path.join(format!("{}.{}", document.id, format.ending()));
        save(&file, |out| write_one(format, input, document, out))
    })
}

/// Writes all documents in a row, in the colours and columns of a place.
fn write(
    args: &ParseArgs,
    format: ParseFormat,
    inputs: Vec<(String, Input)>,
    out: &mut dyn Write,
    (palette, columns): (Palette, Option<usize>),
) -> Result<Vec<String>, Error> {
    use ParseFormat::{Akn, Html, Json, Markdown, Outline};
    if inputs.len() != 1 && matches!(format, Markdown | Html | Akn) {
        return Err(say!(
            "{documents} are a file each in this format; name a folder with -o",
            documents = counted(inputs.len(), Noun::Document),
        )
        .into());
    }
    let is_array = format == Json && !(inputs.len() == 1 && names_one_file(args));
    let mut n_written = 0;
    let breaches = each(inputs, args.verify, |input, document| {
        let is_first = n_written == 0;
        n_written += 1;
        match format {
            Json if is_array => {
                write!(out, "{}", if is_first { "[\n" } else { ",\n" })?;
                write_json_element(out, document)?;
            }
            Outline => {
                if !is_first {
                    writeln!(out)?;
                }
                outline::write(out, document, palette, columns)?;
            }
            _ => write_one(format, input, document, out)?,
        }
        Ok(())
    })?;
    if is_array {
        writeln!(out, "{}", if n_written == 0 { "[]" } else { "\n]" })?;
    }
    Ok(breaches)
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
