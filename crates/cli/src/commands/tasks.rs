//! `tasks AGENCY`.

use anyhow::Error;
use gangmu_lexicon::Lexicon;
use gangmu_model::TaskRecord;
use gangmu_query::{AgencyMatcher, TaskQuery};

use super::{Origins, counted, print_listing, report_unknown_agency};
use crate::args::TasksArgs;
use crate::excerpt::first_words;
use crate::exit::Exit;
use crate::labels;
use crate::library::Library;
use crate::table::{short, wrapped};
use crate::terminal::Terminal;

/// Graphemes of a task without a title that are shown in a table.
const N_FIRST_WORDS: usize = 40;

pub(super) fn run(args: &TasksArgs, terminal: &mut Terminal<'_>) -> Result<Exit, Error> {
    let lexicon = Lexicon::builtin();
    let library = Library::open(&args.sources, terminal)?;
    let query = TaskQuery {
        agency: Some(args.agency.clone()),
        roles: args.role.clone(),
        year: args.year,
        documents: args.documents.filter(),
        first_is_lead: false,
    };
    let records = query.answer(&library.documents, lexicon);
    let origins = Origins::of(records.iter().map(|record| record.document.as_str()));
    let columns = [
        short("序号"),
        wrapped("文件"),
        short("条目"),
        wrapped("任务"),
        short("角色"),
        wrapped("牵头单位"),
        wrapped("责任单位"),
        wrapped("时限"),
        wrapped("量化目标"),
    ];
    let head = origins.head(&library.documents);
    let row = |n: usize, record: &TaskRecord| row(n, record, &origins);
    print_listing(&records, args.format.format, &head, &columns, row, terminal)?;
    if !records.is_empty() {
        let (tasks, documents) = (counted(records.len(), "task"), origins.counted());
        writeln!(terminal.err, "{}: {tasks} in {documents}", args.agency)?;
    } else if AgencyMatcher::new(&args.agency, lexicon).is_named_in(&library.documents) {
        writeln!(
            terminal.err,
            "gangmu: {} is named, but has no task of that role, year or document",
            args.agency
        )?;
    } else {
        report_unknown_agency(&args.agency, &library.documents, lexicon, terminal)?;
    }
    Ok(library.exit(Exit::found(!records.is_empty())))
}

fn row(n: usize, record: &TaskRecord, origins: &Origins<'_>) -> Vec<String> {
    let task = record.task.clone().unwrap_or_else(|| first_words(&record.text, N_FIRST_WORDS));
    let mut others: Vec<String> = record.responsible.iter().chain(&record.joint).cloned().collect();
    others.dedup();
    let mut others = others.join("、");
    if !record.support.is_empty() {
        let line_feed = if others.is_empty() { "" } else { "\n" };
        others.push_str(&format!("{line_feed}配合:{}", record.support.join("、")));
    }
    let deadlines: Vec<&str> =
        record.deadlines.iter().map(|deadline| deadline.text.as_str()).collect();
    vec![
        n.to_string(),
        origins.cell(&record.document),
        record.citation.clone(),
        task,
        labels::role(record.role).to_owned(),
        record.lead.join("、"),
        others,
        deadlines.join("\n"),
        record.targets.join("\n"),
    ]
}
