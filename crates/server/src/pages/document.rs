//! 文件: one document to read, and one clause of it.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;
use gangmu_model::{Division, DivisionKind, Document, Severity};
use gangmu_rendition::{Passage, passages};
use gangmu_tables::{goal, labels, title_of};
use maud::{Markup, html};

use super::parts::{clause_address, document_address, finding, role, tasks_address};
use super::{Place, layout};
use crate::answer::{Asked, Content, give, segment};
use crate::api::{known, known_clause};
use crate::app::App;
use crate::reading;

/// A whole document.
pub(crate) async fn page(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    asked: Asked,
) -> Response {
    give(app, asked, move |_, snapshot, asked| {
        asked.parameters(&[])?;
        let document = known(snapshot, &id)?;
        let passages = passages(document);
        let body = html! {
            div.reader {
                (outline(asked, document, &passages))
                article.document {
                    header.facts {
                        h1 { (title_of(document)) }
                        (facts(asked, document))
                        (legend(asked))
                        p.tools.noprint {
                            a href={ "/tasks.xlsx?document=" (segment(&document.id)) } { (asked.say("任务分解表（Excel）", "Task table (Excel)")) }
                            " · " a href={ "/tasks?document=" (segment(&document.id)) } { (asked.say("全部任务", "All tasks")) }
                            " · " a href={ "/targets?document=" (segment(&document.id)) } { (asked.say("全部目标", "All targets")) }
                            " · " a href={ "/api/v1/documents/" (segment(&document.id)) } { "JSON" }
                        }
                    }
                    @if document.divisions.is_empty() { p.empty { (asked.say("没有读出正文。", "No text was read from this file.")) } }
                    div.text { (reading::passages(asked, &document.id, &passages, 0)) }
                    (findings(asked, document))
                    p.colophon {
                        (asked.say("来源文件：", "Source: ")) (document.source.path.rsplit(['/', '\\']).next().unwrap_or_default())
                        " · SHA-256 " code { (document.source.sha256) }
                    }
                }
            }
        };
        Ok(Content::html(layout(asked, Place::Documents, title_of(document), &body)))
    })
    .await
}

/// One clause, at its lasting address.
pub(crate) async fn clause(
    State(app): State<Arc<App>>,
    Path((id, address)): Path<(String, String)>,
    asked: Asked,
) -> Response {
    give(app, asked, move |_, snapshot, asked| {
        asked.parameters(&[])?;
        let (document, record) = known_clause(snapshot, &id, &address)?;
        let all = passages(document);
        let first = all.iter().position(|passage| passage.division.id == record.division.id);
        let first = first.unwrap_or_default();
        let shown = &all[first..(first + 1 + record.children.len()).min(all.len())];
        let above = record.path.len().saturating_sub(1);
        let title = format!("{} · {}", record.division.citation, title_of(document));
        let cited = format!("《{}》{}", title_of(document), record.division.citation);
        let body = html! {
            div.single {
                nav.crumbs aria-label=(asked.say("所在位置", "Where this stands")) {
                    ol {
                        li { a href=(document_address(&document.id)) { (title_of(document)) } }
                        @for heading in &record.path[..above] { li { (heading) } }
                    }
                }
                h1.cited { (record.division.citation) }
                div.text { (reading::passages(asked, &document.id, shown, all[first].depth)) }
                @if !record.assignments.is_empty() {
                    section aria-labelledby="duties" {
                        h2 #duties { (asked.say("责任分工", "Who has to do it")) }
                        dl.duties {
                            @for assignment in &record.assignments {
                                dt { span.role.(assignment.role.name()) { (role(asked, assignment.role)) } }
                                dd {
                                    @for (at, mention) in assignment.agencies.iter().enumerate() {
                                        @if at > 0 { "、" }
                                        a href=(tasks_address(mention.full_name.as_deref().unwrap_or(&mention.name))) { (mention.name) }
                                    }
                                    @if assignment.open_ended { "等" }
                                }
                            }
                        }
                    }
                }
                @if !record.targets.is_empty() {
                    section aria-labelledby="goals" {
                        h2 #goals { (asked.say("目标", "Targets")) }
                        ul.goals { @for target in &record.targets { li { (goal::sentence(target)) } } }
                    }
                }
                p.tools.noprint {
                    a.button href={ (document_address(&document.id)) "#" (record.division.id) } { (asked.say("在全文中阅读", "Read it in the document")) }
                    " "
                    a href={ "/api/v1/documents/" (segment(&document.id)) "/divisions/" (segment(record.division.id.as_str())) } { "JSON" }
                }
                p.soft { (asked.say("引用：", "Cite as: ")) span.cite { (cited) } }
                (neighbours(asked, document, &record.division))
            }
        };
        Ok(Content::html(layout(asked, Place::Documents, &title, &body)))
    })
    .await
}

/// The clauses before and after, of the same rank.
fn neighbours(asked: &Asked, document: &Document, division: &Division) -> Markup {
    let same: Vec<&Division> = document
        .divisions
        .iter()
        .filter(|other| other.kind == division.kind && other.kind.is_content())
        .collect();
    let at = same.iter().position(|other| other.id == division.id);
    let before = at.and_then(|at| at.checked_sub(1)).map(|at| same[at]);
    let after = at.and_then(|at| same.get(at + 1).copied());
    let link = |other: &Division, rel: &str, sign: [&str; 2]| {
        html! {
            a rel=(rel) href=(clause_address(&document.id, other.id.as_str())) {
                (sign[0]) (other.citation) " " (other.title.as_deref().unwrap_or_default()) (sign[1])
            }
        }
    };
    html! {
        @if before.is_some() || after.is_some() {
            nav.pager.noprint aria-label=(asked.say("前后条款", "Clauses before and after")) {
                @if let Some(before) = before { (link(before, "prev", ["← ", ""])) }
                @if let Some(after) = after { (link(after, "next", ["", " →"])) }
            }
        }
    }
}

fn outline(asked: &Asked, document: &Document, passages: &[Passage<'_>]) -> Markup {
    let listed = passages.iter().filter(|passage| {
        let division = passage.division;
        division.kind.is_content()
            && division.kind != DivisionKind::Paragraph
            && (division.title.is_some() || division.kind == DivisionKind::Article)
    });
    html! {
        nav.outline aria-label=(asked.say("目录", "Outline")) {
            details open {
                summary { (asked.say("目录", "Outline")) }
                ul {
                    @for passage in listed {
                        @let division = passage.division;
                        li.(format!("level-{}", passage.depth.min(4))) {
                            a href=(format!("#{}", division.id)) {
                                (division.heading().unwrap_or_default())
                                @if !passage.findings.is_empty() { " " span.badge { (asked.say("待核", "check")) } }
                            }
                        }
                    }
                    @if !document.diagnostics.is_empty() { li.level-0 { a href="#findings" { (asked.say("待核清单", "What to check")) " " (document.diagnostics.len()) } } }
                }
            }
        }
    }
}

fn facts(asked: &Asked, document: &Document) -> Markup {
    let metadata = &document.metadata;
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let facts = [
        (asked.say("文种", "Kind"), text(&metadata.document_kind)),
        (
            asked.say("状态", "Status"),
            metadata.status.map(labels::status).unwrap_or_default().to_owned(),
        ),
        (asked.say("发文机关", "Issued by"), metadata.issuers.join("、")),
        (asked.say("起草单位", "Drafted by"), text(&metadata.drafted_by)),
        (asked.say("发文字号", "Number"), text(&metadata.document_number)),
        (asked.say("成文日期", "Issued on"), text(&metadata.issued_on)),
        (asked.say("施行日期", "In force from"), text(&metadata.effective_on)),
        (asked.say("发布时间", "Posted"), text(&metadata.published_at).replace('T', " ")),
        (
            asked.say("依据", "Based on"),
            metadata.based_on.iter().map(|title| format!("《{title}》")).collect(),
        ),
    ];
    html! {
        dl.metadata {
            @for (label, value) in facts.iter().filter(|(_, value)| !value.is_empty()) {
                div { dt { (label) } dd { (value) } }
            }
        }
    }
}

fn legend(asked: &Asked) -> Markup {
    html! {
        p.legend aria-label=(asked.say("图例", "Legend")) {
            mark.target { (asked.say("目标", "target")) }
            span.deadline { (asked.say("时限", "deadline")) }
            span.agency.lead { (asked.say("牵头", "leads")) }
            span.agency.responsible { (asked.say("责任", "responsible")) }
            span.agency.support { (asked.say("配合", "supports")) }
            cite { (asked.say("引用文件", "cited work")) }
            span.badge { (asked.say("待核", "to check")) }
        }
    }
}

fn findings(asked: &Asked, document: &Document) -> Markup {
    let tree = document.tree();
    let severity = |severity| match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    html! {
        @if !document.diagnostics.is_empty() {
            section #findings .findings aria-labelledby="findings-title" {
                h2 #findings-title { (asked.say("待核清单", "What to check")) }
                ol {
                    @for found in &document.diagnostics {
                        li.(severity(found.severity)) {
                            @match found.division.as_ref().and_then(|id| tree.get(id)) {
                                Some(division) => { a href=(format!("#{}", division.id)) { (division.citation) } }
                                None => { (asked.say("全文", "whole text")) }
                            }
                            " " (finding(asked, found.code))
                            span.soft { "（" (asked.say("第", "line ")) (found.span.line()) (asked.say("行", "")) "）" }
                        }
                    }
                }
            }
        }
    }
}
