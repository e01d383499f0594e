//! `agencies`.

use anyhow::Error;
use gangmu_model::AgencyRecord;
use gangmu_query::AgenciesQuery;
use gangmu_tables::{Listing, columns};

use super::{Origins, print_table};
use crate::args::AgenciesArgs;
use crate::exit::Exit;
use crate::language::{Noun, counted, say};
use crate::library::Library;
use crate::listing::deliver;
use crate::table::{short, wrapped};
use crate::terminal::Terminal;

pub(super) fn run(args: &AgenciesArgs, terminal: &mut Terminal<'_>) -> Result<Exit, Error> {
    let library = Library::open(&args.sources, terminal)?;
    let query = AgenciesQuery { documents: args.documents.filter() };
    let records = query.answer(&library.documents);
    let columns = [
        short("序号"),
        wrapped("单位"),
        wrapped("文中写法"),
        short("牵头"),
        short("责任"),
        short("配合"),
        short("共同负责"),
        short("文件数"),
    ];
    let ids = records.iter().flat_map(|record| &record.documents).map(String::as_str);
    let origins = Origins::of(ids);
    let head = origins.head(&library.documents);
    let listing = Listing {
        name: "单位",
        heading: origins.heading("单位", &library.documents),
        records: &records,
        fields: columns::agencies(),
    };
    deliver(&listing, &args.output, terminal, |terminal| {
        print_table(&records, &head, &columns, row, terminal)
    })?;
    if records.is_empty() {
        terminal.tell(&say!("no document gives a body a duty"))?;
    } else {
        let bodies = counted(records.len(), Noun::Body);
        terminal.sum_up(&say!(
            "{things} in {place}",
            things = bodies,
            place = origins.counted()
        ))?;
    }
    Ok(library.exit(Exit::found(!records.is_empty())))
}

fn row(n: usize, record: &AgencyRecord) -> Vec<String> {
    vec![
        n.to_string(),
        record.full_name.clone(),
        record.names.join("、"),
        number(record.lead),
        number(record.responsible),
        number(record.support),
        number(record.joint),
        record.documents.len().to_string(),
    ]
}

/// Returns a count; nothing where there is none, so that the eye finds the others.
fn number(n: u32) -> String {
    if n == 0 { String::new() } else { n.to_string() }
}
