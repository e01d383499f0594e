//! Where the answer of a listing goes: to a screen, a pipe or a file.

use std::io::Write;

use anyhow::{Error, bail};
use gangmu_tables::Listing;
use serde::Serialize;

use crate::args::{Format, OutputArgs, Shape};
use crate::language::say;
use crate::output::{write_json, write_jsonl};
use crate::save;
use crate::terminal::Terminal;

/// Prints the records of a listing, or writes them to the file of `-o`. `table`
/// prints them for people at a screen. Where there are none, a file is left as it is.
pub(crate) fn deliver<T: Serialize>(
    listing: &Listing<'_, T>,
    output: &OutputArgs,
    terminal: &mut Terminal<'_>,
    table: impl FnOnce(&mut Terminal<'_>) -> Result<(), Error>,
) -> Result<(), Error> {
    let shape = output.shape()?;
    let Some(file) = &output.output else {
        return match shape {
            Shape::Printed(Format::Table) => table(terminal),
            Shape::Printed(format) => write(listing, format, terminal.out),
            Shape::Workbook => write_workbook(listing, terminal.out),
        };
    };
    if listing.records.is_empty() {
        terminal.tell(&say!("nothing is written to {path}", path = file.display()))?;
        return Ok(());
    }
    if shape == Shape::Workbook {
        refuse_to_replace(output, "")?;
    }
    save::save(file, |out| match shape {
        Shape::Workbook => write_workbook(listing, out),
        Shape::Printed(Format::Csv) => {
            // Without this mark Excel takes the text for one of its own code page.
            out.write_all("\u{feff}".as_bytes())?;
            write(listing, Format::Csv, out)
        }
        Shape::Printed(Format::Table) => table(&mut Terminal {
            input: &mut std::io::empty(),
            out,
            err: &mut std::io::sink(),
            columns: terminal.columns,
            color: false,
            progress: false,
            language: terminal.language,
        }),
        Shape::Printed(format) => write(listing, format, out),
    })
}

fn write<T: Serialize>(
    listing: &Listing<'_, T>,
    format: Format,
    out: &mut dyn Write,
) -> Result<(), Error> {
    match format {
        Format::Json => write_json(out, listing.records)?,
        Format::Jsonl => write_jsonl(out, listing.records)?,
        Format::Csv => listing.write_csv(out).map_err(of_tables)?,
        Format::Markdown => listing.write_markdown(out).map_err(of_tables)?,
        Format::Table => {}
    }
    Ok(())
}

fn write_workbook<T>(listing: &Listing<'_, T>, out: &mut dyn Write) -> Result<(), Error> {
    out.write_all(&listing.workbook().map_err(of_tables)?)?;
    Ok(())
}

/// Returns the error of the stream beneath, so that a closed pipe is known as one.
fn of_tables(error: gangmu_tables::Error) -> Error {
    match error {
        gangmu_tables::Error::Io(error) => error.into(),
        gangmu_tables::Error::Csv(detail) => {
            Error::msg(detail).context("the table cannot be written as csv")
        }
        gangmu_tables::Error::Workbook(error) => error.into(),
    }
}

/// Refuses to write over a workbook, in which people may have typed, or over
/// one that another program has open; `because` says what is the matter with it.
pub(crate) fn refuse_to_replace(output: &OutputArgs, because: &str) -> Result<(), Error> {
    let Some(file) = &output.output else { return Ok(()) };
    if output.force {
        return Ok(());
    }
    if let Some(lock) = save::lock_of(file) {
        bail!(
            "{}: is open in another program ({} says so); close it there, or give --force",
            file.display(),
            lock.display()
        );
    }
    if file.is_file() {
        bail!(
            "{}: is there already{because}; name another file, or replace it by --force",
            file.display()
        );
    }
    Ok(())
}
