//! `parse FILE…`.

use std::io::{self, Write};

use anyhow::Error;
use gangmu_model::verify;
use gangmu_query::RecordKind;
use gangmu_rendition::{akoma_ntoso, html, markdown};

use crate::args::{InputArg, ParseArgs, ParseFormat};
use crate::exit::Exit;
use crate::files::is_standard_input;
use crate::intake::Reading;
use crate::language::{Noun, counted, say};
use crate::output::{write_json, write_json_element, write_jsonl};
use crate::save::save;
use crate::sought::{Beside, Done, Sought};
use crate::stream::{Stream, Wanted};
use crate::terminal::{Palette, Terminal};
use crate::{dump, outline};

pub(super) fn run(args: &ParseArgs, terminal: &mut Terminal<'_>) -> Result<Exit, Error> {
    match args.stream.input {
        InputArg::Document => run_over_files(args, terminal),
        InputArg::Jsonl => run_over_lines(args, terminal),
    }
}

/// Reads a document a line from standard input and writes its records.
fn run_over_lines(args: &ParseArgs, terminal: &mut Terminal<'_>) -> Result<Exit, Error> {
    if !matches!(args.files.as_slice(), [file] if is_standard_input(file))
        || args.read.files_from.is_some()
    {
        return Err(say!("--input jsonl reads standard input; give - as the only FILE").into());
    }
    if args.format.is_some_and(|format| format != ParseFormat::Jsonl) || args.dump || args.verify {
        return Err(say!(
            "--input jsonl writes records as JSON, one a line; leave out --dump, --verify and any \
             other format"
        )
        .into());
    }
    let kinds: Vec<RecordKind> = if args.records.is_empty() {
        use RecordKind::{Assignment, Division, Document, Target};
        vec![Document, Division, Assignment, Target]
    } else {
        args.records.iter().copied().map(RecordKind::from).collect()
    };
    let stream = Stream {
        options: args.read.options(),
        raised: args.read.raised(),
        n_threads: args.stream.threads,
        wanted: Wanted::Records(kinds),
    };
    let Terminal { input, out, .. } = terminal;
    let streamed = match &args.output {
        None => stream.run(*input, *out)?,
        Some(path) => save(path, |out| stream.run(*input, out))?,
    };
    streamed.tell(terminal)?;
    Ok(Exit::Found)
}

fn run_over_files(args: &ParseArgs, terminal: &mut Terminal<'_>) -> Result<Exit, Error> {
    if !args.records.is_empty() {
        return Err(say!("--records is for --input jsonl; see gangmu export for files").into());
    }
    let sought = Sought::find(&args.files, &args.read, terminal)?;
    let mut breaches = Breaches { verifies: args.verify, found: Vec::new() };
    let done = if args.dump {
        sought.each(Beside::Output, terminal, |reading, out| {
            breaches.note(&reading);
            Ok(dump::write(out, &reading.document)?)
        })?
    } else {
        print(args, sought, &mut breaches, terminal)?
    };
    for breach in &breaches.found {
        writeln!(terminal.err, "gangmu: {breach}")?;
    }
    if !breaches.found.is_empty() {
        return Err(say!(
            "{breaches} of what a document promises; please report the text",
            breaches = counted(breaches.found.len(), Noun::Breach),
        )
        .into());
    }
    if args.verify {
        terminal.sum_up(&say!(
            "verified: nothing is lost in {documents}",
            documents = counted(done.n_read(), Noun::Document),
        ))?;
    }
    Ok(done.exit(Exit::Found))
}

/// What documents break of their promises, where that is to be verified.
struct Breaches {
    verifies: bool,
    found: Vec<String>,
}

impl Breaches {
    fn note(&mut self, Reading { input, document }: &Reading) {
        if self.verifies {
            let broken = verify(document, &input.text);
            let path = &input.source.path;
            self.found.extend(broken.iter().map(|violation| format!("{path}: {violation}")));
        }
    }
}

/// Prints the documents, or writes them to the file or the folder of `-o`.
fn print(
    args: &ParseArgs,
    sought: Sought,
    breaches: &mut Breaches,
    terminal: &mut Terminal<'_>,
) -> Result<Done, Error> {
    let Some(path) = &args.output else {
        let format = args.format.unwrap_or(ParseFormat::Outline);
        let screen = (terminal.palette(), terminal.columns);
        let mut row = Row::new(args, format, &sought, screen)?;
        let done = sought.each(Beside::Output, terminal, |reading, out| {
            breaches.note(&reading);
            row.write(&reading, out)
        })?;
        row.end(terminal.out)?;
        return Ok(done);
    };
    if !path.is_dir() {
        let format = args.format.map_or_else(|| ParseFormat::of_file(path), Ok)?;
        let mut row = Row::new(args, format, &sought, (Palette::plain(), None))?;
        return save(path, |out| {
            let done = sought.each(Beside::Nothing, terminal, |reading, _| {
                breaches.note(&reading);
                row.write(&reading, out)
            })?;
            row.end(out)?;
            Ok(done)
        });
    }
    let Some(format) = args.format else {
        return Err(say!(
            "{path}: is a folder; say with --format what to write in it",
            path = path.display(),
        )
        .into());
    };
    sought.each(Beside::Nothing, terminal, |reading, _| {
        breaches.note(&reading);
        let file = path.join(format!("{}.{}", reading.document.id, format.ending()));
        save(&file, |out| write_one(format, &reading, out))
    })
}

/// Documents written in a row.
struct Row {
    format: ParseFormat,
    /// Whether they are elements of a JSON array.
    is_array: bool,
    palette: Palette,
    columns: Option<usize>,
    n_written: usize,
}

impl Row {
    /// Begins a row in the colours and columns of a place.
    ///
    /// # Errors
    ///
    /// There are several documents, and the format takes one a file.
    fn new(
        args: &ParseArgs,
        format: ParseFormat,
        sought: &Sought,
        (palette, columns): (Palette, Option<usize>),
    ) -> Result<Self, Error> {
        use ParseFormat::{Akn, Html, Json, Markdown};
        if sought.n_files() > 1 && matches!(format, Markdown | Html | Akn) {
            return Err(say!(
                "{documents} are a file each in this format; name a folder with -o",
                documents = counted(sought.n_files(), Noun::Document),
            )
            .into());
        }
        let is_array = format == Json && !(sought.n_files() == 1 && names_one_file(args));
        Ok(Self { format, is_array, palette, columns, n_written: 0 })
    }

    fn write(&mut self, reading: &Reading, out: &mut dyn Write) -> Result<(), Error> {
        let is_first = self.n_written == 0;
        self.n_written += 1;
        if self.is_array {
            write!(out, "{}", if is_first { "[\n" } else { ",\n" })?;
            write_json_element(out, &reading.document)?;
        } else if self.format == ParseFormat::Outline {
            if !is_first {
                writeln!(out)?;
            }
            outline::write(out, &reading.document, self.palette, self.columns)?;
        } else {
            write_one(self.format, reading, out)?;
        }
        Ok(())
    }

    fn end(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.is_array { writeln!(out, "\n]") } else { Ok(()) }
    }
}

/// Writes one document.
fn write_one(
    format: ParseFormat,
    Reading { input, document }: &Reading,
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
