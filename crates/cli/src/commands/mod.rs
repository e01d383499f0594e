//! One module for each subcommand; each prints its answer and says how it went.

mod agencies;
mod check;
mod completions;
mod explain;
mod export;
mod index;
mod index_status;
mod man;
mod parse;
mod schema;
mod search;
mod serve;
mod show;
mod targets;
mod tasks;

use anyhow::Error;
use gangmu_model::Document;
use gangmu_query::{AgencyMatcher, Described};
use gangmu_tables::title_of;

use crate::args::Command;
use crate::exit::Exit;
use crate::language::{Message, Noun, counted, say};
use crate::table::{self, Column};
use crate::terminal::Terminal;
use crate::wrap::hanging;

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
        Command::Serve(args) => serve::run(args, terminal),
        Command::Check(args) => check::run(args, terminal),
        Command::Schema(args) => schema::run(args, terminal),
        Command::Completions(args) => completions::run(args, terminal),
        Command::Man(args) => man::run(args, terminal),
    }
}

/// Prints the records of a listing as the rows of a table under a head, which is
/// left out where it is empty.
fn print_table<T>(
    records: &[T],
    head: &str,
    columns: &[Column],
    row: impl Fn(usize, &T) -> Vec<String>,
    terminal: &mut Terminal<'_>,
) -> Result<(), Error> {
    if records.is_empty() {
        return Ok(());
    }
    let rows: Vec<_> = records.iter().enumerate().map(|(at, record)| row(at + 1, record)).collect();
    if !head.is_empty() {
        let head = hanging("", &terminal.palette().title(head), terminal.columns);
        writeln!(terminal.out, "{head}")?;
    }
    writeln!(terminal.out, "{}", table::render(columns, &rows, terminal.width()))?;
    Ok(())
}

/// Returns whether a document names a body, and says so where none does.
fn is_named(
    asked: &str,
    documents: &[impl Described],
    lexicon: &gangmu_lexicon::Lexicon,
    terminal: &mut Terminal<'_>,
) -> Result<bool, Error> {
    let is_named = AgencyMatcher::new(asked, lexicon).is_named_in(documents);
    if !is_named {
        report_unknown_agency(asked, documents, lexicon, terminal)?;
    }
    Ok(is_named)
}

/// Says that no document names a body, and which names come close.
fn report_unknown_agency(
    asked: &str,
    documents: &[impl Described],
    lexicon: &gangmu_lexicon::Lexicon,
    terminal: &mut Terminal<'_>,
) -> Result<(), Error> {
    let nearest = AgencyMatcher::new(asked, lexicon).nearest(documents);
    if nearest.is_empty() {
        terminal.tell(&say!(
            "no document names {asked}; `gangmu agencies` lists the names there are",
            asked = asked,
        ))?;
    } else {
        terminal.tell(&say!(
            "no document names {asked}; the nearest names are {names}",
            asked = asked,
            names = nearest,
        ))?;
    }
    Ok(())
}

/// The documents that the records of a listing stand in.
struct Origins<'a> {
    ids: Vec<&'a str>,
}

impl<'a> Origins<'a> {
    fn of(ids: impl Iterator<Item = &'a str>) -> Self {
        let mut ids: Vec<&str> = ids.collect();
        ids.sort_unstable();
        ids.dedup();
        Self { ids }
    }

    /// Returns what stands over a printed page: what is listed, and the title of
    /// the document where there is one.
    fn heading(&self, what: &str, documents: &[Document]) -> String {
        let [id] = self.ids.as_slice() else {
            return format!("{what}({}份文件)", self.ids.len());
        };
        let document = documents.iter().find(|document| document.id == *id);
        format!("{what}({})", document.map_or(*id, title_of))
    }

    /// Returns the title over a table where there is one document.
    fn head(&self, documents: &[Document]) -> String {
        let [id] = self.ids.as_slice() else { return String::new() };
        let document = documents.iter().find(|document| document.id == *id);
        let title = document.and_then(|document| document.metadata.title.as_deref());
        title.map_or_else(|| (*id).to_owned(), |title| format!("{title} [{id}]"))
    }

    /// Returns the cell of a column of documents: empty where the head names
    /// the only one, so that the column is left out.
    fn cell(&self, id: &str) -> String {
        if self.ids.len() > 1 { id.to_owned() } else { String::new() }
    }

    /// Returns `1 document`, `2 documents`.
    fn counted(&self) -> Message {
        counted(self.ids.len(), Noun::Document)
    }
}
