//! `targets`.

use anyhow::Error;
use gangmu_lexicon::Lexicon;
use gangmu_model::TargetRecord;
use gangmu_query::{AgencyMatcher, TargetQuery};
use gangmu_tables::{Listing, columns, goal};

use super::{Origins, print_table, report_unknown_agency};
use crate::args::TargetsArgs;
use crate::exit::Exit;
use crate::language::{Noun, counted, say};
use crate::library::Library;
use crate::listing::deliver;
use crate::table::{short, wrapped};
use crate::terminal::Terminal;

pub(super) fn run(args: &TargetsArgs, terminal: &mut Terminal<'_>) -> Result<Exit, Error> {
    let lexicon = Lexicon::builtin();
    let library = Library::open(&args.sources, terminal)?;
    let query = TargetQuery {
        year: args.year,
        indicator: args.indicator.clone(),
        unit: args.unit.clone(),
        target_type: args.target_type,
        agency: args.agency.clone(),
        documents: args.documents.filter(),
        order: args.sort.into(),
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
    } else if let Some(asked) = args.agency.as_deref()
        && !AgencyMatcher::new(asked, lexicon).is_named_in(&library.documents)
    {
        report_unknown_agency(asked, &library.documents, lexicon, terminal)?;
    } else {
        terminal.tell(&say!("no target fits; leave a filter out"))?;
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
