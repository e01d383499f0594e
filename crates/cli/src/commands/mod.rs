//! One module for each subcommand; each prints its answer and says how it went.

mod agencies;
mod check;
mod export;
mod index;
mod parse;
mod schema;
mod search;
mod show;
mod targets;
mod tasks;

use anyhow::Error;
use gangmu_model::Document;
use gangmu_query::AgencyMatcher;
use serde::Serialize;

use crate::args::{Command, Format};
use crate::exit::Exit;
use crate::output::{write_json, write_jsonl};
use crate::table::{self, Column};
use crate::terminal::Terminal;

/// Runs one subcommand.
///
/// # Errors
///
/// One sentence that names what is at fault and what to do.
pub(crate) fn run(command: &Command, terminal: &mut Terminal<'_>) -> Result<Exit, Error> {
    match command {
        Command::Parse(args) => parse::run(args, terminal),
        Command::Search(args) => search::run(args, terminal),
        Command::Tasks(args) => tasks::run(args, terminal),
        Command::Targets(args) => targets::run(args, terminal),
        Command::Agencies(args) => agencies::run(args, terminal),
        Command::Show(args) => show::run(args, terminal),
        Command::Export(args) => export::run(args, terminal),
        Command::Index(args) => index::run(args, terminal),
        Command::Check(args) => check::run(args, terminal),
        Command::Schema(args) => schema::run(args, terminal),
    }
}

/// Prints the records of a listing: as JSON, or as the rows of a table.
fn print_listing<T: Serialize>(
    records: &[T],
    format: Format,
    columns: &[Column],
    row: impl Fn(usize, &T) -> Vec<String>,
    terminal: &mut Terminal<'_>,
) -> Result<(), Error> {
    match format {
        Format::Json => write_json(terminal.out, records)?,
        Format::Jsonl => write_jsonl(terminal.out, records)?,
        Format::Table if records.is_empty() => {}
        Format::Table => {
            let rows: Vec<_> =
                records.iter().enumerate().map(|(at, record)| row(at + 1, record)).collect();
            writeln!(terminal.out, "{}", table::render(columns, &rows, terminal.width()))?;
        }
    }
    Ok(())
}

/// Says that no document names a body, and which names come close.
fn report_unknown_agency(
    asked: &str,
    documents: &[Document],
    lexicon: &gangmu_lexicon::Lexicon,
    terminal: &mut Terminal<'_>,
) -> Result<(), Error> {
    let nearest = AgencyMatcher::new(asked, lexicon).nearest(documents);
    if nearest.is_empty() {
        writeln!(
            terminal.err,
            "gangmu: no document names {asked}; `gangmu agencies` lists the names there are"
        )?;
    } else {
        writeln!(
            terminal.err,
            "gangmu: no document names {asked}; the nearest names are {}",
            nearest.join(", ")
        )?;
    }
    Ok(())
}

/// Returns `1 clause`, `2 clauses`.
fn counted(n: usize, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
}

/// Returns how many different documents the names stand for.
fn n_documents<'a>(ids: impl Iterator<Item = &'a str>) -> usize {
    let mut ids: Vec<&str> = ids.collect();
    ids.sort_unstable();
    ids.dedup();
    ids.len()
}

/// Returns the names that a table gives to documents: none where there is only
/// one, so that the column is left out, for the head of the table tells it.
fn document_cell(id: &str, n_documents: usize) -> String {
    if n_documents > 1 { id.to_owned() } else { String::new() }
}
