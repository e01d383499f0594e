//! 目标: what is to be reached and by when, and an indicator over the years.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use gangmu_model::TargetRecord;
use gangmu_query::{TargetQuery, timeline};
use gangmu_tables::{Listing, columns, goal, title_of};
use maud::{Markup, html};

use super::parts::{
    agency_field, choice, clause_address, document_field, downloads, nothing_found, pager,
};
use super::tasks::no_rows;
use super::{Place, layout};
use crate::answer::{Asked, Content, give};
use crate::api::{self, XLSX};
use crate::app::App;
use crate::ask;
use crate::charts;
use crate::parameters::{DOCUMENTS, PAGE, Parameters, TARGETS};
use crate::problem::Problem;
use crate::snapshot::Snapshot;

/// Goals on a page.
const PAGE_LIMIT: usize = 50;
/// Indicators that are offered.
const N_OFFERED: usize = 12;

pub(crate) async fn page(State(app): State<Arc<App>>, asked: Asked) -> Response {
    give(app, asked, |_, snapshot, asked| {
        let parameters = asked.parameters(&[TARGETS, DOCUMENTS, PAGE])?;
        let query = ask::targets(&parameters)?;
        let range = ask::page(&parameters, PAGE_LIMIT)?;
        let found = snapshot.targets(&query);
        let title = asked.say("目标", "Targets");
        let title = match &query.indicator {
            Some(indicator) => format!("{indicator} · {title}"),
            None => title.to_owned(),
        };
        let lines = timeline(&found);
        let mut offered: Vec<&str> = Vec::new();
        for line in &lines {
            if !offered.contains(&line.indicator) && offered.len() < N_OFFERED {
                offered.push(line.indicator);
            }
        }
        let body = html! {
            h1 { (asked.say("目标", "Targets")) }
            (form(asked, snapshot, &parameters))
            @if found.is_empty() {
                (nothing_found(asked, snapshot, ("还没有目标。", "There are no targets yet."), ("没有相符的目标。", "No target fits."), ("/targets", ("去掉所有筛选", "Leave all filters out"))))
            } @else {
                @if !lines.is_empty() {
                    section.chart aria-labelledby="line" {
                        h2 #line { (asked.say("指标走势", "Over the years")) }
                        @if query.indicator.is_none() {
                            ul.chips aria-label=(asked.say("选择指标", "Choose an indicator")) {
                                @for indicator in &offered {
                                    li { a href={ "/targets" (parameters.with(&[("indicator", indicator), ("offset", "")])) } rel="nofollow" { (indicator) } }
                                }
                            }
                        }
                        (charts::timeline(asked, &lines))
                    }
                }
                div.head {
                    p.summary role="status" { b { (found.len()) } (asked.say("项目标", " targets")) }
                    (downloads(asked, "/targets", &parameters))
                }
                (table(asked, snapshot, found.get(range.0..).unwrap_or_default().iter().take(range.1)))
                (pager(asked, &parameters, found.len(), range))
            }
        };
        Ok(Content::html(layout(asked, Place::Targets, &title, &body)))
    })
    .await
}

fn form(asked: &Asked, snapshot: &Snapshot, parameters: &Parameters) -> Markup {
    let types = [
        ("quantitative", asked.say("定量", "with a number").to_owned()),
        ("qualitative", asked.say("定性", "without").to_owned()),
    ];
    let sorts = [
        ("year", asked.say("按年份", "by year").to_owned()),
        ("indicator", asked.say("按指标", "by indicator").to_owned()),
    ];
    html! {
        form.fields method="get" action="/targets" {
            div.field {
                label for="indicator" { (asked.say("指标", "Indicator")) }
                input #indicator type="search" name="indicator" value=[parameters.one("indicator")] placeholder=(asked.say("细颗粒物…", "细颗粒物 …"));
            }
            div.field.short {
                label for="unit" { (asked.say("计量单位", "Unit")) }
                input #unit type="search" name="unit" value=[parameters.one("unit")];
            }
            div.field.short {
                label for="year" { (asked.say("年份", "Year")) }
                input #year type="number" name="year" min="1990" max="2100" value=[parameters.one("year")];
            }
            (choice("type", asked.say("类型", "Type"), asked.say("全部", "all"), types, parameters.one("type")))
            (agency_field(asked, snapshot, parameters.one("agency")))
            (document_field(asked, snapshot, parameters.one("document")))
            (choice("sort", asked.say("排序", "Order"), asked.say("按文件", "as in the documents"), sorts, parameters.one("sort")))
            button type="submit" { (asked.say("筛选", "Show")) }
        }
    }
}

fn table<'r>(
    asked: &Asked,
    snapshot: &Snapshot,
    records: impl Iterator<Item = &'r TargetRecord>,
) -> Markup {
    let heads = [
        asked.say("指标", "Indicator"),
        asked.say("要求", "Demand"),
        asked.say("时限", "By"),
        asked.say("原文", "Words"),
        asked.say("条目", "Clause"),
    ];
    let several = snapshot.documents.len() > 1;
    html! {
        div.scroll tabindex="0" role="region" aria-label=(asked.say("目标表", "Targets")) {
            table.stack {
                thead { tr { @for head in heads { th scope="col" { (head) } } } }
                tbody {
                    @for record in records {
                        @let target = &record.target;
                        tr {
                            td.main data-label=(heads[0]) { div { (target.indicator.as_deref().unwrap_or_default()) @if let Some(scope) = &target.scope { span.soft { " " (scope) } } } }
                            td data-label=(heads[1]) { div { (goal::demand(target)) " " b { (goal::value(target)) } " " (target.unit.as_deref().unwrap_or_default()) } }
                            td.kept data-label=(heads[2]) { (goal::deadline(target)) }
                            td data-label=(heads[3]) { div { (target.text) @if let Some(baseline) = &target.baseline { span.soft { " " (baseline.text) } } } }
                            td.kept data-label=(heads[4]) {
                                a href=(clause_address(&record.document, target.division.as_str())) { (record.citation) }
                                @if several { div.soft.source { (snapshot.document(&record.document).map_or(record.document.as_str(), |document| title_of(document))) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn listing(snapshot: &Snapshot, asked: &Asked) -> Result<Vec<TargetRecord>, Problem> {
    let parameters = asked.parameters(&[TARGETS, DOCUMENTS])?;
    let query: TargetQuery = ask::targets(&parameters)?;
    let found = snapshot.targets(&query);
    if found.is_empty() { Err(no_rows()) } else { Ok(found) }
}

fn rows(records: &[TargetRecord]) -> Listing<'_, TargetRecord> {
    Listing { name: "指标", heading: "指标".to_owned(), records, fields: columns::targets() }
}

/// The goals shown as a workbook.
pub(crate) async fn workbook(State(app): State<Arc<App>>, asked: Asked) -> Response {
    give(app, asked, |_, snapshot, asked| {
        let records = listing(snapshot, asked)?;
        let book = rows(&records).workbook().map_err(|error| Problem::internal(&error))?;
        Ok(Content::new(XLSX, book).saved_as("指标.xlsx"))
    })
    .await
}

/// The goals shown as CSV.
pub(crate) async fn csv(State(app): State<Arc<App>>, asked: Asked) -> Response {
    give(app, asked, |_, snapshot, asked| {
        let records = listing(snapshot, asked)?;
        Ok(api::csv(&rows(&records))?.saved_as("指标.csv"))
    })
    .await
}
