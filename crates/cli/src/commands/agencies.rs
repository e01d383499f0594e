//! `agencies`.

use anyhow::Error;
use gangmu_model::AgencyRecord;
use gangmu_query::{AgenciesQuery, DocumentFilter};

use super::{counted, n_documents, print_listing};
use crate::args::AgenciesArgs;
use crate::exit::Exit;
use crate::library::Library;
use crate::table::{short, wrapped};
use crate::terminal::Terminal;

pub(super) fn run(args: &AgenciesArgs, terminal: &mut Terminal<'_>) -> Result<Exit, Error> {
    let library = Library::open(&args.sources, terminal)?;
    let query = AgenciesQuery { documents: DocumentFilter::new(&args.document) };
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
    print_listing(&records, args.format.format, &columns, row, terminal)?;
    if records.is_empty() {
        writeln!(terminal.err, "gangmu: no document gives a body a duty")?;
    } else {
        let ids = records.iter().flat_map(|record| &record.documents).map(String::as_str);
        let documents = counted(n_documents(ids), "document");
        writeln!(terminal.err, "{} bodies in {documents}", records.len())?;
    }
    Ok(library.exit(Exit::found(!records.is_empty())))
}

fn row(n: usize, record: &AgencyRecord) -> Vec<String> {
    vec![
        n.to_string(),
        record.full_name.clone(),
        record.names.join("、"),
        record.lead.to_string(),
        record.responsible.to_string(),
        record.support.to_string(),
        record.joint.to_string(),
        record.documents.len().to_string(),
    ]
}
