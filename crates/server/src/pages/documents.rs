//! 文件: the list of all.

use std::cmp::Reverse;
use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use gangmu_model::{Document, DocumentStatus};
use gangmu_query::Described;
use gangmu_tables::{labels, title_of};
use maud::{Markup, html};

use super::parts::{choice, document_address, nothing_found, pager};
use super::{Place, layout};
use crate::answer::{Asked, Content, give};
use crate::app::App;
use crate::ask;
use crate::parameters::{DOCUMENTS, Kind, PAGE, Parameter};

/// Documents on a page.
const PAGE_LIMIT: usize = 50;

const SORT: &[Parameter] = &[Parameter {
    name: "sort",
    kind: Kind::Choice(&["date", "title", "findings"]),
    about: "The order.",
}];

pub(crate) async fn page(State(app): State<Arc<App>>, asked: Asked) -> Response {
    give(app, asked, |_, snapshot, asked| {
        let parameters = asked.parameters(&[DOCUMENTS, PAGE, SORT])?;
        let filter = ask::documents(&parameters)?;
        let mut found = snapshot.admitted(&filter);
        match parameters.one("sort") {
            Some("title") => found.sort_by(|a, b| title_of(a).cmp(title_of(b))),
            Some("findings") => found.sort_by_key(|document| Reverse(document.diagnostics.len())),
            _ => found.sort_by(|a, b| b.date().cmp(&a.date())),
        }
        let range = ask::page(&parameters, PAGE_LIMIT)?;
        let mut kinds: Vec<&str> = snapshot
            .documents
            .iter()
            .filter_map(|document| document.metadata.document_kind.as_deref())
            .collect();
        kinds.sort_unstable();
        kinds.dedup();
        let sorts = [
            ("title", asked.say("按标题", "by title").to_owned()),
            ("findings", asked.say("待核最多在前", "most to check first").to_owned()),
        ];
        let statuses = DocumentStatus::ALL.map(|status| {
            (status.name(), asked.say(labels::status(status), status.name()).replace('_', " "))
        });
        let title = asked.say("文件", "Documents");
        let body = html! {
            h1 { (title) }
            form.fields method="get" action="/documents" {
                div.field.wide {
                    label for="document" { (asked.say("标题含", "Title has")) }
                    input #document type="search" name="document" value=[parameters.one("document")];
                }
                (choice("kind", asked.say("文种", "Kind"), asked.say("全部", "all"), kinds.into_iter().map(|kind| (kind, kind.to_owned())), parameters.one("kind")))
                (choice("status", asked.say("状态", "Status"), asked.say("全部", "all"), statuses, parameters.one("status")))
                (choice("sort", asked.say("排序", "Order"), asked.say("新文件在前", "newest first"), sorts, parameters.one("sort")))
                button type="submit" { (asked.say("筛选", "Show")) }
            }
            @if found.is_empty() {
                (nothing_found(asked, snapshot, ("还没有文件。", "There are no documents yet."), ("没有相符的文件。", "No document fits."), ("/documents", ("显示全部文件", "Show all documents"))))
            } @else {
                p.summary role="status" { b { (found.len()) } (asked.say("份文件", " documents")) }
                ul.cards { @for document in found.iter().skip(range.0).take(range.1) { li { (card(asked, document)) } } }
                (pager(asked, &parameters, found.len(), range))
            }
        };
        Ok(Content::html(layout(asked, Place::Documents, title, &body)))
    })
    .await
}

fn card(asked: &Asked, document: &Document) -> Markup {
    let metadata = &document.metadata;
    let facts: Vec<String> = [
        metadata.document_kind.clone(),
        metadata.status.map(|status| labels::status(status).to_owned()),
        (!metadata.issuers.is_empty()).then(|| metadata.issuers.join("、")),
        metadata.document_number.clone(),
        document.date().map(str::to_owned),
    ]
    .into_iter()
    .flatten()
    .collect();
    let counts = [
        (document.divisions.len(), asked.say("条款", "clauses")),
        (document.assignments.len(), asked.say("分工", "duties")),
        (document.targets.len(), asked.say("目标", "targets")),
        (document.diagnostics.len(), asked.say("待核", "to check")),
    ];
    html! {
        article {
            h2 { a href=(document_address(&document.id)) { (title_of(document)) } }
            p.soft { (facts.join(" · ")) }
            p.counts { @for (n, name) in counts { @if n > 0 { span { (name) " " (n) } } } }
        }
    }
}
