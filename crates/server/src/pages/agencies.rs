//! 单位: all bodies with their counts, and which has duties in which chapter.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use gangmu_model::AgencyRecord;
use gangmu_query::normalize;
use gangmu_tables::title_of;
use maud::{Markup, html};

use super::parts::{document_field, nothing_found, pager, tasks_address};
use super::{Place, layout};
use crate::answer::{Asked, Content, give};
use crate::app::App;
use crate::ask;
use crate::charts;
use crate::parameters::{DOCUMENTS, NAME_PART, PAGE};

/// Bodies on a page.
const PAGE_LIMIT: usize = 100;

pub(crate) async fn page(State(app): State<Arc<App>>, asked: Asked) -> Response {
    give(app, asked, |_, snapshot, asked| {
        let parameters = asked.parameters(&[NAME_PART, DOCUMENTS, PAGE])?;
        let filter = ask::documents(&parameters)?;
        let range = ask::page(&parameters, PAGE_LIMIT)?;
        let of_some;
        let all = if filter.is_empty() {
            snapshot.agencies()
        } else {
            let documents = snapshot.admitted(&filter);
            of_some = gangmu_query::AgenciesQuery::default().answer(&documents);
            &of_some
        };
        let part = parameters.one("name").map(normalize);
        let has_part = |record: &&AgencyRecord| {
            part.as_ref().is_none_or(|part| {
                let mut names = record.names.iter().chain([&record.full_name]);
                names.any(|name| normalize(name).contains(part))
            })
        };
        let found: Vec<&AgencyRecord> = all.iter().filter(has_part).collect();
        // The chapters of one document: the one asked for, or the one with the most duties.
        let documents = snapshot.admitted(&filter);
        let charted = documents.iter().max_by_key(|document| document.assignments.len());
        let title = asked.say("单位", "Bodies");
        let body = html! {
            h1 { (title) }
            form.fields method="get" action="/agencies" {
                div.field.wide {
                    label for="name" { (asked.say("名称含", "Name has")) }
                    input #name type="search" name="name" value=[parameters.one("name")];
                }
                (document_field(asked, snapshot, parameters.one("document")))
                button type="submit" { (asked.say("筛选", "Show")) }
            }
            @if found.is_empty() {
                (nothing_found(asked, snapshot, ("还没有单位。", "There are no bodies yet."), ("没有相符的单位。", "No body fits."), ("/agencies", ("显示全部单位", "Show all bodies"))))
            } @else {
                p.summary role="status" { b { (found.len()) } (asked.say("个单位", " bodies")) }
                (table(asked, &found[range.0.min(found.len())..range.0.saturating_add(range.1).min(found.len())]))
                (pager(asked, &parameters, found.len(), range))
                @if let Some(document) = charted.filter(|document| !document.assignments.is_empty()) {
                    section aria-labelledby="heat" {
                        h2 #heat { (asked.say("单位与章节", "Bodies by chapter")) }
                        p.soft { (title_of(document)) " · " (asked.say("数字为该单位在该章承担任务的条目数", "the number of clauses of the chapter in which the body has a duty")) }
                        (charts::heat(asked, document))
                    }
                }
            }
        };
        Ok(Content::html(layout(asked, Place::Agencies, title, &body)))
    })
    .await
}

fn table(asked: &Asked, records: &[&AgencyRecord]) -> Markup {
    let heads = [
        asked.say("牵头", "leads"),
        asked.say("责任", "responsible"),
        asked.say("共同负责", "shares"),
        asked.say("配合", "supports"),
        asked.say("合计", "all"),
    ];
    let number = |n: u32| if n == 0 { String::new() } else { n.to_string() };
    html! {
        div.scroll tabindex="0" role="region" aria-label=(asked.say("单位表", "Bodies")) {
            table.numbers {
                thead { tr { th scope="col" { (asked.say("单位", "Body")) } @for head in heads { th.n scope="col" { (head) } } } }
                tbody {
                    @for record in records {
                        tr {
                            th scope="row" {
                                a href=(tasks_address(&record.full_name)) { (record.full_name) }
                                @let others: Vec<&str> = record.names.iter().map(String::as_str).filter(|name| *name != record.full_name).collect();
                                @if !others.is_empty() { span.soft { " " (others.join("、")) } }
                            }
                            @for n in [record.lead, record.responsible, record.joint, record.support] { td.n { (number(n)) } }
                            td.n { b { (number(record.lead + record.responsible + record.joint + record.support)) } }
                        }
                    }
                }
            }
        }
    }
}
