//! `show ADDRESS`.

use std::io::{self, Write};

use anyhow::Error;
use gangmu_model::{Document, ShowRecord};
use gangmu_query::{ShowAnswer, ShowQuery};
use gangmu_tables::{Listing, columns, goal, labels};

use crate::args::ShowArgs;
use crate::exit::Exit;
use crate::language::say;
use crate::library::Library;
use crate::listing::deliver;
use crate::terminal::{Palette, Terminal};
use crate::wrap::hanging;

/// How many addresses are given as examples where the one asked for is unknown.
const N_EXAMPLES: usize = 5;

pub(super) fn run(args: &ShowArgs, terminal: &mut Terminal<'_>) -> Result<Exit, Error> {
    let library = Library::open(&args.sources, terminal)?;
    let documents = args.documents.filter();
    let query = ShowQuery { address: args.address.clone(), documents };
    let ShowAnswer { records, ambiguous } = query.answer(&library.documents);
    let listing = Listing {
        name: "条款",
        heading: format!("条款({})", args.address),
        records: &records,
        fields: columns::shown(),
    };
    deliver(&listing, &args.output, terminal, |terminal| {
        let (palette, columns) = (terminal.palette(), terminal.columns);
        for (at, record) in records.iter().enumerate() {
            if at > 0 {
                writeln!(terminal.out)?;
            }
            write_clause(terminal.out, record, palette, columns)?;
        }
        Ok(())
    })?;
    for (document, ids) in &ambiguous {
        terminal.tell(&say!(
            "{address} fits several clauses of {document}: {ids}",
            address = &args.address,
            document = document,
            ids = ids.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ))?;
    }
    if records.is_empty() && !ambiguous.is_empty() {
        return Err(say!(
            "{address} is not enough of an address; take one of those named",
            address = &args.address,
        )
        .into());
    }
    if records.is_empty() {
        let examples = examples(&library.documents);
        if examples.is_empty() {
            terminal.tell(&say!("no clause has the address {address}", address = &args.address))?;
            return Ok(library.exit(Exit::Nothing));
        }
        terminal.tell(&say!(
            "no clause has the address {address}; addresses look like {examples}",
            address = &args.address,
            examples = examples,
        ))?;
    }
    Ok(library.exit(Exit::found(!records.is_empty())))
}

/// Returns addresses of numbered clauses, from the middle of a document on.
fn examples(documents: &[Document]) -> String {
    let numbered: Vec<&str> = documents
        .iter()
        .flat_map(|document| &document.divisions)
        .filter(|division| division.marker.is_some())
        .map(|division| division.citation.as_str())
        .collect();
    let from = numbered.len() / 2;
    // Citations have 、 in them.
    numbered[from..].iter().take(N_EXAMPLES).copied().collect::<Vec<_>>().join(", ")
}

fn write_clause(
    out: &mut dyn Write,
    record: &ShowRecord,
    palette: Palette,
    columns: Option<usize>,
) -> io::Result<()> {
    let title = record.title.as_deref().unwrap_or(&record.document);
    writeln!(out, "{}", palette.dim(title))?;
    let above = record.path.len().saturating_sub(1);
    for heading in &record.path[..above] {
        writeln!(out, "{}", palette.dim(heading))?;
    }
    for division in std::iter::once(&record.division).chain(&record.children) {
        let address = palette.address(division.id.as_str());
        match division.heading() {
            Some(heading) => writeln!(out, "{}  {address}", palette.title(&heading))?,
            None => writeln!(out, "{address}")?,
        }
        if !division.text.is_empty() {
            for line in division.text.lines() {
                writeln!(out, "{}", hanging("", line, columns))?;
            }
        }
    }
    if !record.assignments.is_empty() {
        writeln!(out)?;
    }
    for assignment in &record.assignments {
        let names: Vec<&str> =
            assignment.agencies.iter().map(|mention| mention.name.as_str()).collect();
        let open = if assignment.open_ended { "等" } else { "" };
        let role = labels::role(assignment.role);
        let lead = format!("{}  ", palette.dim(role));
        writeln!(out, "{}", hanging(&lead, &format!("{}{open}", names.join("、")), columns))?;
    }
    for target in &record.targets {
        let lead = format!("{}  ", palette.dim("目标"));
        writeln!(out, "{}", hanging(&lead, &goal::sentence(target), columns))?;
    }
    Ok(())
}
