//! `targets`.

use anyhow::Error;
use gangmu_lexicon::Lexicon;
use gangmu_model::{Change, Comparator, Target, TargetRecord};
use gangmu_query::{AgencyMatcher, TargetQuery};

use super::{Origins, print_listing, report_unknown_agency};
use crate::args::TargetsArgs;
use crate::exit::Exit;
use crate::labels;
use crate::language::{Noun, counted, say};
use crate::library::Library;
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
    print_listing(&records, args.format.format, &head, &columns, row, terminal)?;
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
        demand(target),
        value(target),
        text(&target.unit),
        target.deadline.as_ref().map(|deadline| deadline.text.clone()).unwrap_or_default(),
        target.text.clone(),
    ]
}

/// Returns what is demanded of the value: 不低于, 下降到, 提高不低于. A bound on
/// a level says it all; a bare level is told by the way it is moved to.
fn demand(target: &Target) -> String {
    let bound = target.comparator.map(labels::comparator).unwrap_or_default();
    let is_bare = matches!(target.comparator, None | Some(Comparator::Equal | Comparator::Reach));
    match target.change {
        None => bound.to_owned(),
        Some(change) if is_bare => labels::change(change).to_owned(),
        Some(Change::IncreaseTo | Change::DecreaseTo) => bound.to_owned(),
        Some(change) => format!("{}{bound}", labels::change(change)),
    }
}

fn value(target: &Target) -> String {
    match (target.value, target.value_max) {
        _ if target.redacted => "**".to_owned(),
        (Some(from), Some(to)) => format!("{from}—{to}"),
        (Some(value), None) => value.to_string(),
        (None, Some(to)) => to.to_string(),
        (None, None) => String::new(),
    }
}
