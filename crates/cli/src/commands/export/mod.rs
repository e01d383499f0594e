//! `export`.

mod opensearch;

use std::io::Write;

use anyhow::Error;
use gangmu_query::{ExportRecord, RecordKind, export_records};

use crate::args::{ExportArgs, ExportFormat, ExportTo};
use crate::exit::Exit;
use crate::language::say;
use crate::library::Library;
use crate::output::write_jsonl;
use crate::terminal::Terminal;

pub(super) fn run(args: &ExportArgs, terminal: &mut Terminal<'_>) -> Result<Exit, Error> {
    match args.to {
        ExportTo::OpenSearch => return opensearch::run(args, terminal),
        ExportTo::Records if args.output.is_some() || args.url.is_some() => {
            return Err(say!("-o and --url are for OpenSearch; add --to opensearch").into());
        }
        ExportTo::Records => {}
    }
    let library = Library::open(&args.sources, terminal)?;
    let wanted = args.documents.filter();
    let kinds: Vec<RecordKind> = if args.records.is_empty() {
        RecordKind::HELD.to_vec()
    } else {
        args.records.iter().copied().map(RecordKind::from).collect()
    };
    let records = library
        .documents
        .iter()
        .filter(|document| wanted.admits(document))
        .flat_map(|document| export_records(document, &kinds));
    let mut n_records = 0;
    let counted = records.inspect(|_| n_records += 1);
    match args.format {
        ExportFormat::Jsonl => write_jsonl(terminal.out, counted)?,
        ExportFormat::Json => write_array(terminal.out, counted)?,
    }
    if n_records == 0 {
        terminal.tell(&say!("there are no such records; leave a filter out"))?;
    }
    Ok(library.exit(Exit::found(n_records > 0)))
}

/// Writes an array, one record a line, without holding all of it.
fn write_array(
    out: &mut dyn Write,
    records: impl Iterator<Item = ExportRecord>,
) -> Result<(), Error> {
    write!(out, "[")?;
    for (at, record) in records.enumerate() {
        write!(out, "{}", if at == 0 { "\n" } else { ",\n" })?;
        serde_json::to_writer(&mut *out, &record)?;
    }
    writeln!(out, "\n]")?;
    Ok(())
}
