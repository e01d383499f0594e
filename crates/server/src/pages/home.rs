//! 首页: what is there, and how more comes in.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use gangmu_query::Described;
use gangmu_tables::title_of;
use maud::html;

use super::parts::{document_address, tasks_address};
use super::{Place, layout};
use crate::answer::{Asked, Content, give};
use crate::app::App;

/// Documents and bodies that are shown.
const N_SHOWN: usize = 8;

pub(crate) async fn page(State(app): State<Arc<App>>, asked: Asked) -> Response {
    give(app, asked, |app, snapshot, asked| {
        asked.parameters(&[])?;
        let documents = &snapshot.documents;
        let n_findings: usize = documents.iter().map(|document| document.diagnostics.len()).sum();
        let counts = [
            (documents.len(), asked.say("文件", "documents"), "/documents"),
            (snapshot.n_clauses, asked.say("条款", "clauses"), "/search"),
            (snapshot.agencies().len(), asked.say("单位", "bodies"), "/agencies"),
            (snapshot.targets.len(), asked.say("目标", "targets"), "/targets"),
            (n_findings, asked.say("待核", "to check"), "/documents?sort=findings"),
        ];
        let mut newest: Vec<_> = documents.iter().collect();
        newest.sort_by(|a, b| b.date().cmp(&a.date()));
        let max_mib = app.settings.bounds.max_body_bytes >> 20;
        let endings: Vec<String> = gangmu_ingest::formats()
            .iter()
            .flat_map(|format| format.endings())
            .map(|ending| format!(".{ending}"))
            .collect();
        let body = html! {
            @if let Some(trouble) = app.library.trouble() {
                p.problem role="alert" {
                    (asked.say("索引有更新但无法打开，现显示之前的内容：", "The index has a newer state that cannot be opened; this is the one before: "))
                    (asked.say(app.intake.chinese(&trouble), trouble.clone()))
                }
            }
            section.hero {
                h1 { (asked.say("政策文件，条分缕析", "Policy documents, clause by clause")) }
                form.ask role="search" action="/search" method="get" {
                    label.hidden for="q" { (asked.say("检索词", "Words to look for")) }
                    input #q type="search" name="q" required placeholder=(asked.say("词语、单位或问题，如：黑土地 保护", "Words, a body or a question: 黑土地 保护"));
                    button type="submit" { (asked.say("检索", "Search")) }
                }
                ul.counts {
                    @for (n, name, address) in counts {
                        li { a href=(address) { b { (n) } " " (name) } }
                    }
                }
            }
            div.columns {
                section aria-labelledby="newest" {
                    h2 #newest { (asked.say("最近的文件", "Newest documents")) }
                    @if newest.is_empty() {
                        p.soft { (asked.say("还没有文件。把文件拖到此页即可添加，或运行：", "No documents yet. Drag a file onto this page, or run: ")) code { "gangmu index 文件夹" } }
                    }
                    ul.plain {
                        @for document in newest.iter().take(N_SHOWN) {
                            li {
                                a href=(document_address(&document.id)) { (title_of(document)) }
                                " " span.soft.date { (document.date().unwrap_or_default()) }
                            }
                        }
                    }
                    @if newest.len() > N_SHOWN { p { a href="/documents" { (asked.say("全部文件", "All documents")) } } }
                }
                section aria-labelledby="busiest" {
                    h2 #busiest { (asked.say("任务最多的单位", "Bodies with the most tasks")) }
                    @if snapshot.agencies().is_empty() {
                        p.soft { (asked.say("添加文件后，这里列出有任务的单位。", "Once there are documents, bodies with duties are listed here.")) }
                    }
                    ul.plain {
                        @for record in snapshot.agencies().iter().take(N_SHOWN) {
                            @let n = record.lead + record.responsible + record.support + record.joint;
                            li {
                                a href=(tasks_address(&record.full_name)) { (record.full_name) }
                                span.soft { " " (n) (asked.say("项", " duties")) @if record.lead > 0 { "，" (asked.say("牵头", "leads ")) (record.lead) } }
                            }
                        }
                    }
                }
            }
            section #add aria-labelledby="add-title" {
                h2 #add-title { (asked.say("添加文件", "Add a file")) }
                form.drop method="post" action="/upload" enctype="multipart/form-data" data-busy=(asked.say("正在读取…", "Reading …")) {
                    p #add-help {
                        (asked.say("把文件拖到这里，或选择一个文件。", "Drag a file here, or choose one."))
                        " "
                        span.soft { (asked.say("Word、PDF、OFD、Excel、网页、文本，至多", "Word, PDF, OFD, Excel, web pages, text; at most ")) (max_mib) " MiB" }
                    }
                    label.hidden for="file" { (asked.say("要添加的文件", "The file to add")) }
                    input #file type="file" name="file" required accept=(endings.join(",")) aria-describedby="add-help";
                    button type="submit" { (asked.say("添加", "Add")) }
                    p.status role="status" aria-live="polite" {}
                }
            }
        };
        Ok(Content::html(layout(asked, Place::Home, "", &body)))
    })
    .await
}
