//! `show ADDRESS`.

use std::io::{self, Write};

use anyhow::{Error, bail};
use gangmu_model::{Document, ShowRecord};
use gangmu_query::{ShowAnswer, ShowQuery};

use crate::args::ShowArgs;
use crate::columns;
use crate::exit::Exit;
use crate::goal;
use crate::labels;
use crate::library::Library;
use crate::listing::Listing;
use crate::terminal::{Palette, Terminal};

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
    listing.deliver(&args.output, terminal, |terminal| {
        let palette = terminal.palette();
        for (at, record) in records.iter().enumerate() {
            if at > 0 {
                writeln!(terminal.out)?;
            }
            write_clause(terminal.out, record, palette)?;
        }
        Ok(())
    })?;
    for (document, ids) in &ambiguous {
        let ids = ids.join(", ");
        writeln!(
            terminal.err,
            "gangmu: {} fits several clauses of {document}: {ids}",
            args.address
        )?;
    }
    if records.is_empty() && !ambiguous.is_empty() {
        bail!("{} is not enough of an address; take one of those named", args.address);
    }
    if records.is_empty() {
        let examples = examples(&library.documents);
        writeln!(
            terminal.err,
            "gangmu: no clause has the address {}; addresses look like {examples}",
            args.address
        )?;
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
    numbered[from..].iter().take(N_EXAMPLES).copied().collect::<Vec<_>>().join(", ")
}

fn write_clause(out: &mut dyn Write, record: &ShowRecord, palette: Palette) -> io::Result<()> {
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
            writeln!(out, "{}", division.text)?;
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
        writeln!(out, "{}  {}{open}", palette.dim(role), names.join("、"))?;
    }
    for target in &record.targets {
        writeln!(out, "{}  {}", palette.dim("目标"), goal::sentence(target))?;
    }
    Ok(())
}
