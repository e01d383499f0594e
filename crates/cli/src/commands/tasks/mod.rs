//! `tasks AGENCY`.

mod rerun;

use anyhow::{Error, bail};
use gangmu_lexicon::Lexicon;
use gangmu_model::TaskRecord;
use gangmu_query::{BreakdownQuery, TaskQuery};
use gangmu_tables::{Listing, book, columns, first_words, labels};

use super::{Origins, is_named, print_table};
use crate::args::{GrainArg, Shape, TasksArgs};
use crate::exit::Exit;
use crate::language::{Message, Noun, Value, counted, say};
use crate::library::Library;
use crate::listing::deliver;
use crate::table::{short, wrapped};
use crate::terminal::Terminal;

/// Graphemes of a task without a title that are shown in a table.
const N_FIRST_WORDS: usize = 40;

pub(super) fn run(args: &TasksArgs, terminal: &mut Terminal<'_>) -> Result<Exit, Error> {
    let lexicon = Lexicon::builtin();
    let shape = args.output.shape()?;
    if args.by == GrainArg::Sentence && shape != Shape::Workbook {
        bail!("--by sentence is for a workbook; add -o 任务分解表.xlsx, or leave it out");
    }
    let (agency, paths) = args.split();
    let (library, named) = match args.engine.open(&args.sources)? {
        Some(_) if !paths.is_empty() => {
            return Err(say!("--engine opensearch asks what was sent there; leave PATH out").into());
        }
        None => (Library::open_paths(&args.sources, &paths, terminal)?, None),
        Some(engine) => {
            let summaries = engine.summaries()?;
            let mut query = query(args, agency);
            if shape == Shape::Workbook {
                query.roles.clear();
            }
            let documents = engine.documents_with_tasks(&query, &summaries, lexicon)?;
            (Library::of(documents), Some(summaries))
        }
    };
    let is_found = if shape == Shape::Workbook {
        write_workbook(args, agency, &library, lexicon, terminal)?
    } else {
        list(args, agency, &library, lexicon, terminal)?
    };
    match agency {
        _ if is_found => {}
        None => terminal.tell(&say!("no document gives a body such a task"))?,
        Some(agency) => {
            let is_named = match &named {
                Some(named) => is_named(agency, named, lexicon, terminal)?,
                None => is_named(agency, &library.documents, lexicon, terminal)?,
            };
            if is_named {
                terminal.tell(&say!(
                    "{agency} is named, but has no task of that role, year or document",
                    agency = agency,
                ))?;
            }
        }
    }
    Ok(library.exit(Exit::found(is_found)))
}

fn query(args: &TasksArgs, agency: Option<&str>) -> TaskQuery {
    TaskQuery {
        agency: agency.map(str::to_owned),
        roles: args.role.clone(),
        year: args.year,
        documents: args.documents.filter(),
        first_is_lead: args.first_is_lead,
    }
}

/// Writes the workbook and returns whether there are tasks for it.
fn write_workbook(
    args: &TasksArgs,
    agency: Option<&str>,
    library: &Library,
    lexicon: &Lexicon,
    terminal: &mut Terminal<'_>,
) -> Result<bool, Error> {
    let query = BreakdownQuery {
        agency: agency.map(str::to_owned),
        roles: args.role.clone(),
        year: args.year,
        documents: args.documents.filter(),
        first_is_lead: args.first_is_lead,
    };
    let tasks = query.answer(&library.documents, lexicon);
    if tasks.is_empty() {
        return Ok(false);
    }
    let book = book(&query, args.by.into(), &tasks, &library.documents, lexicon);
    let n_documents = Origins::of(tasks.iter().map(|task| task.document.id.as_str())).counted();
    rerun::write(book, &args.output, terminal)?;
    terminal.sum_up(&found(tasks.len(), agency, n_documents))?;
    Ok(true)
}

/// Lists the records and returns whether there are any.
fn list(
    args: &TasksArgs,
    agency: Option<&str>,
    library: &Library,
    lexicon: &Lexicon,
    terminal: &mut Terminal<'_>,
) -> Result<bool, Error> {
    let query = query(args, agency);
    let records = query.answer(&library.documents, lexicon);
    let origins = Origins::of(records.iter().map(|record| record.document.as_str()));
    let columns = [
        short("序号"),
        wrapped("文件"),
        short("条目"),
        wrapped("任务"),
        wrapped("单位"),
        short("角色"),
        wrapped("牵头单位"),
        wrapped("责任单位"),
        wrapped("时限"),
        wrapped("量化目标"),
    ];
    let head = origins.head(&library.documents);
    let row = |n: usize, record: &TaskRecord| row(n, record, &origins, agency.is_none());
    let what = agency.map_or_else(|| "任务".to_owned(), |agency| format!("{agency}任务"));
    let listing = Listing {
        name: "任务",
        heading: origins.heading(&what, &library.documents),
        records: &records,
        fields: columns::tasks(),
    };
    deliver(&listing, &args.output, terminal, |terminal| {
        print_table(&records, &head, &columns, row, terminal)
    })?;
    if !records.is_empty() {
        terminal.sum_up(&found(records.len(), agency, origins.counted()))?;
    }
    Ok(!records.is_empty())
}

/// Says how much a body, or every body, has to do.
fn found(n_tasks: usize, agency: Option<&str>, place: Message) -> Message {
    let agency = agency.map_or_else(|| say!("every body").into(), Value::from);
    let tasks = counted(n_tasks, Noun::Task);
    say!("{agency}: {tasks} in {place}", agency = agency, tasks = tasks, place = place)
}

fn row(n: usize, record: &TaskRecord, origins: &Origins<'_>, of_every_body: bool) -> Vec<String> {
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
        if of_every_body { record.agency.clone() } else { String::new() },
        labels::role(record.role).to_owned(),
        labels::lead(&record.lead.join("、"), record.inferred),
        others,
        deadlines.join("\n"),
        record.targets.join("\n"),
    ]
}
