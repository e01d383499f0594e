//! `targets`.

use anyhow::Error;
use gangmu_lexicon::Lexicon;
use gangmu_model::TargetRecord;
use gangmu_query::TargetQuery;
use gangmu_tables::{Listing, columns, goal};

use super::{Origins, is_named, print_table};
use crate::args::TargetsArgs;
use crate::exit::Exit;
use crate::language::{Noun, counted, say};
use crate::library::Library;
use crate::listing::deliver;
use crate::table::{short, wrapped};
use crate::terminal::Terminal;

pub(super) fn run(args: &TargetsArgs, terminal: &mut Terminal<'_>) -> Result<Exit, Error> {
    let lexicon = Lexicon::builtin();
    let query = TargetQuery {
        year: args.year,
        indicator: args.indicator.clone(),
        unit: args.unit.clone(),
        target_type: args.target_type,
        agency: args.agency.clone(),
        documents: args.documents.filter(),
        order: args.sort.into(),
    };
    let (library, named) = match args.engine.open(&args.sources)? {
        None => (Library::open(&args.sources, terminal)?, None),
        Some(engine) => {
            let summaries = engine.summaries()?;
            let documents = engine.documents_with_targets(&query, &summaries, lexicon)?;
            (Library::of(documents), Some(summaries))
        }
    };
    let records = query.answer(&library.documents, lexicon);
    let origins = Origins::of(records.iter().map(|record| record.document.as_str()));
    let columns = [
        short("序号"),
        wrapped("文件"),
        short("条目"),
        wrapped("指标"),
        wrapped("范围"),
        short("要求"),
        short("数值"),
        wrapped("单位"),
        wrapped("时限"),
        wrapped("原文"),
    ];
    let head = origins.head(&library.documents);
    let row = |n: usize, record: &TargetRecord| row(n, record, &origins);
    let listing = Listing {
        name: "指标",
        heading: origins.heading("指标", &library.documents),
        records: &records,
        fields: columns::targets(),
    };
    deliver(&listing, &args.output, terminal, |terminal| {
        print_table(&records, &head, &columns, row, terminal)
    })?;
    if !records.is_empty() {
        let targets = counted(records.len(), Noun::Target);
        terminal.sum_up(&say!(
            "{things} in {place}",
            things = targets,
            place = origins.counted()
        ))?;
    } else {
        let is_known = match (args.agency.as_deref(), &named) {
            (None, _) => true,
            (Some(asked), Some(named)) => is_named(asked, named, lexicon, terminal)?,
            (Some(asked), None) => is_named(asked, &library.documents, lexicon, terminal)?,
        };
        if query == (TargetQuery { order: query.order, ..TargetQuery::default() }) {
            terminal.tell(&say!("no target found: the documents state none"))?;
        } else if is_known {
            terminal.tell(&say!("no target fits; leave a filter out"))?;
        }
    }
    Ok(library.exit(Exit::found(!records.is_empty())))
}

fn row(n: usize, record: &TargetRecord, origins: &Origins<'_>) -> Vec<String> {
    let target = &record.target;
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    vec![
        n.to_string(),
        origins.cell(&record.document),
        record.citation.clone(),
        text(&target.indicator),
        text(&target.scope),
        goal::demand(target),
        goal::value(target),
        text(&target.unit),
        goal::deadline(target),
        target.text.clone(),
    ]
}
