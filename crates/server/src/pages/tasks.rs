//! 任务: what a body has to do, to read and to take away.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use gangmu_lexicon::Lexicon;
use gangmu_model::{Role, TaskRecord};
use gangmu_query::{AgencyMatcher, BreakdownQuery, TaskQuery};
use gangmu_tables::{Grain, Listing, book, columns, first_words, labels, title_of};
use maud::{Markup, html};

use super::parts::{
    add_files, agency_field, choice, clause_address, document_field, downloads, empty, pager, role,
    tasks_address,
};
use super::{Place, layout};
use crate::answer::{Asked, Content, give};
use crate::api::{self, XLSX};
use crate::app::App;
use crate::ask;
use crate::parameters::{DOCUMENTS, PAGE, Parameters, TASKS};
use crate::problem::Problem;
use crate::snapshot::Snapshot;

/// Tasks on a page.
const PAGE_LIMIT: usize = 50;
/// Graphemes of a task without a title that name it.
const N_FIRST_WORDS: usize = 40;
/// Bodies that are offered where none is chosen.
const N_OFFERED: usize = 24;

pub(crate) async fn page(State(app): State<Arc<App>>, asked: Asked) -> Response {
    give(app, asked, |_, snapshot, asked| {
        let parameters = asked.parameters(&[TASKS, DOCUMENTS, PAGE])?;
        let query = ask::tasks(&parameters)?;
        let range = ask::page(&parameters, PAGE_LIMIT)?;
        let is_asked = query.agency.is_some() || !query.documents.is_empty() || !query.roles.is_empty() || query.year.is_some();
        let title = asked.say("任务", "Tasks");
        let title = match &query.agency {
            Some(agency) => format!("{agency} · {title}"),
            None => title.to_owned(),
        };
        let body = html! {
            h1 { @match &query.agency { Some(agency) => { (agency) }, None => { (asked.say("任务", "Tasks")) } } }
            (form(asked, snapshot, &parameters))
            @if is_asked { (answer(asked, snapshot, &parameters, &query, range)) } @else { (offered(asked, snapshot)) }
        };
        Ok(Content::html(layout(asked, Place::Tasks, &title, &body)))
    })
    .await
}

fn form(asked: &Asked, snapshot: &Snapshot, parameters: &Parameters) -> Markup {
    let roles = Role::ALL.map(|each| (each.name(), role(asked, each).to_owned()));
    html! {
        form.fields method="get" action="/tasks" {
            (agency_field(asked, snapshot, parameters.one("agency")))
            (choice("role", asked.say("角色", "Role"), asked.say("全部", "all"), roles, parameters.one("role")))
            div.field {
                label for="year" { (asked.say("完成年份", "Due in")) }
                input #year type="number" name="year" min="1990" max="2100" value=[parameters.one("year")];
            }
            (document_field(asked, snapshot, parameters.one("document")))
            button type="submit" { (asked.say("查看", "Show")) }
        }
    }
}

fn offered(asked: &Asked, snapshot: &Snapshot) -> Markup {
    let agencies = snapshot.agencies();
    if agencies.is_empty() {
        return empty(asked.say("还没有任务。添加文件后，这里列出各单位的任务。", "There are no tasks yet. Once there are documents, the tasks of each body are listed here."), &add_files(asked));
    }
    html! {
        h2 { (asked.say("选择一个单位", "Choose a body")) }
        ul.chips {
            @for record in agencies.iter().take(N_OFFERED) {
                li { a href=(tasks_address(&record.full_name)) { (record.full_name) " " span.n { (record.lead + record.responsible + record.support + record.joint) } } }
            }
        }
        @if agencies.len() > N_OFFERED { p { a href="/agencies" { (asked.say("全部单位", "All bodies")) } } }
    }
}

fn answer(
    asked: &Asked,
    snapshot: &Snapshot,
    parameters: &Parameters,
    query: &TaskQuery,
    range: (usize, usize),
) -> Markup {
    let names = query.agency.as_deref().map(|agency| snapshot.names_of(agency));
    let (total, records) =
        snapshot.tasks.answer(query, names.as_deref(), &snapshot.documents, range);
    if total == 0 {
        return nothing(asked, snapshot, query);
    }
    let several = snapshot.documents.len() > 1 && parameters.one("document").is_none();
    html! {
        div.head {
            p.summary role="status" { b { (total) } (asked.say("项任务", " tasks")) }
            (downloads(asked, "/tasks", parameters))
        }
        @for group in records.chunk_by(|a, b| query.agency.is_none() || a.role == b.role) {
            section {
                @if query.agency.is_some() { h2 { span.role.(group[0].role.name()) { (role(asked, group[0].role)) } } }
                (table(asked, snapshot, group, several, query.agency.is_none()))
            }
        }
        (pager(asked, parameters, total, range))
    }
}

fn table(
    asked: &Asked,
    snapshot: &Snapshot,
    records: &[TaskRecord],
    several: bool,
    of_all: bool,
) -> Markup {
    let head = |chinese, english| asked.say(chinese, english);
    let columns = [
        Some(head("条目", "Clause")),
        Some(head("任务", "Task")),
        of_all.then(|| head("单位", "Body")),
        Some(head("牵头单位", "Led by")),
        Some(head("责任单位", "Responsible")),
        Some(head("时限", "By")),
        Some(head("量化目标", "Numbers")),
    ];
    html! {
        div.scroll tabindex="0" role="region" aria-label=(asked.say("任务表", "Tasks")) {
            table.stack {
                thead { tr { @for heading in columns.iter().flatten() { th scope="col" { (heading) } } } }
                tbody {
                    @for record in records {
                        @let address = clause_address(&record.document, record.division.as_str());
                        tr {
                            td.kept data-label=(head("条目", "Clause")) { a href=(address) { (record.citation) } }
                            td.main data-label=(head("任务", "Task")) {
                                a href=(address) { (record.task.clone().unwrap_or_else(|| first_words(&record.text, N_FIRST_WORDS))) }
                                @if several { div.soft { (snapshot.document(&record.document).map_or(record.document.as_str(), |document| title_of(document))) } }
                            }
                            @if of_all { td data-label=(head("单位", "Body")) { div { a href=(tasks_address(record.full_name.as_deref().unwrap_or(&record.agency))) { (record.agency) } " " span.role.(record.role.name()) { (role(asked, record.role)) } } } }
                            td data-label=(head("牵头单位", "Led by")) { (labels::lead(&record.lead.join("、"), record.inferred)) }
                            td data-label=(head("责任单位", "Responsible")) { (others(asked, record)) }
                            td.kept data-label=(head("时限", "By")) { @for deadline in &record.deadlines { div { (deadline.text) } } }
                            td.wide data-label=(head("量化目标", "Numbers")) { @if !record.targets.is_empty() { ul.goals { @for target in &record.targets { li { (target) } } } } }
                        }
                    }
                }
            }
        }
    }
}

fn others(asked: &Asked, record: &TaskRecord) -> Markup {
    let mut others: Vec<&str> =
        record.responsible.iter().chain(&record.joint).map(String::as_str).collect();
    others.dedup();
    html! {
        @if !others.is_empty() { div { (others.join("、")) } }
        @if !record.support.is_empty() {
            div { (asked.say("配合：", "supported by ")) (record.support.join("、")) }
        }
    }
}

fn nothing(asked: &Asked, snapshot: &Snapshot, query: &TaskQuery) -> Markup {
    let is_named =
        query.agency.as_deref().is_some_and(|agency| !snapshot.names_of(agency).is_empty());
    let Some(agency) = query.agency.as_deref().filter(|_| !is_named) else {
        return empty(
            asked.say("没有这样的任务。", "There is no such task."),
            &html! { p { (asked.say("去掉角色、年份或文件条件再试。", "Leave the role, the year or the document out.")) } },
        );
    };
    let nearest = AgencyMatcher::new(agency, Lexicon::builtin()).nearest(&snapshot.summaries);
    empty(
        asked.say("文件中没有这个单位。", "No document names this body."),
        &html! {
            @if nearest.is_empty() {
                p { a href="/agencies" { (asked.say("查看全部单位", "See all bodies")) } }
            } @else {
                p { (asked.say("相近的单位：", "The nearest names:")) }
                ul.chips { @for name in &nearest { li { a href=(tasks_address(name)) { (name) } } } }
            }
        },
    )
}

/// The 任务分解表 of the tasks shown, as the command `tasks -o` writes it.
pub(crate) async fn workbook(State(app): State<Arc<App>>, asked: Asked) -> Response {
    give(app, asked, |_, snapshot, asked| {
        let parameters = asked.parameters(&[TASKS, DOCUMENTS])?;
        let TaskQuery { agency, roles, year, documents, first_is_lead } = ask::tasks(&parameters)?;
        let query = BreakdownQuery { agency, roles, year, documents, first_is_lead };
        let lexicon = Lexicon::builtin();
        let asked_documents = match &query.agency {
            Some(agency) => {
                let places = snapshot.tasks.documents_of(&snapshot.names_of(agency));
                places.into_iter().map(|at| Arc::clone(&snapshot.documents[at])).collect()
            }
            None => snapshot.admitted(&query.documents),
        };
        let tasks = query.answer(&asked_documents, lexicon);
        if tasks.is_empty() {
            return Err(no_rows());
        }
        let book = book(&query, Grain::Clause, &tasks, &asked_documents, lexicon);
        let bytes = gangmu_workbook::write(&book).map_err(|error| Problem::internal(&error))?;
        let name = format!("{}任务分解表.xlsx", query.agency.as_deref().unwrap_or_default());
        Ok(Content::new(XLSX, bytes).saved_as(name))
    })
    .await
}

/// The records of the tasks shown as CSV.
pub(crate) async fn csv(State(app): State<Arc<App>>, asked: Asked) -> Response {
    give(app, asked, |_, snapshot, asked| {
        let parameters = asked.parameters(&[TASKS, DOCUMENTS])?;
        let query = ask::tasks(&parameters)?;
        let names = query.agency.as_deref().map(|agency| snapshot.names_of(agency));
        let all = (0, usize::MAX);
        let (total, records) =
            snapshot.tasks.answer(&query, names.as_deref(), &snapshot.documents, all);
        if total == 0 {
            return Err(no_rows());
        }
        let what = format!("{}任务", query.agency.as_deref().unwrap_or_default());
        let listing = Listing {
            name: "任务",
            heading: what.clone(),
            records: &records,
            fields: columns::tasks(),
        };
        Ok(api::csv(&listing)?.saved_as(format!("{what}.csv")))
    })
    .await
}

/// Says that a file would have no row.
pub(super) fn no_rows() -> Problem {
    Problem::not_found(
        "there is nothing to write into the file; leave a filter out",
        "没有可写入文件的内容，请去掉一些筛选条件",
    )
}
