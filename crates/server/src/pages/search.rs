//! 检索: clauses in which words stand, with the words marked.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use gangmu_model::{FacetRecord, SearchRecord};
use gangmu_query::{Facet, below_title, snippet};
use gangmu_tables::{labels, title_of};
use maud::{Markup, html};

use super::parts::{choice, clause_address, document_address, empty, pager};
use super::{Place, layout};
use crate::answer::{Asked, Content, give};
use crate::api::{Found, find};
use crate::app::App;
use crate::ask;
use crate::parameters::{DOCUMENTS, PAGE, Parameters, SEARCH};
use crate::problem::Problem;
use crate::snapshot::Snapshot;

/// Clauses on a page.
const PAGE_LIMIT: usize = 20;
/// Characters of a clause that are shown around the words.
const SNIPPET_CHARS: usize = 180;
/// Values of a facet that are shown.
const N_VALUES: usize = 8;

/// What clauses found are counted by, and the parameter that narrows to a value.
const COUNTED: [(Facet, &str); 7] = [
    (Facet::Document, "document"),
    (Facet::Agency, "agency"),
    (Facet::Role, "role"),
    (Facet::Year, "year"),
    (Facet::Kind, "kind"),
    (Facet::Region, "region"),
    (Facet::Issuer, "issuer"),
];

pub(crate) async fn page(State(app): State<Arc<App>>, asked: Asked) -> Response {
    give(app, asked, |app, snapshot, asked| {
        let parameters = asked.parameters(&[SEARCH, DOCUMENTS, PAGE])?;
        let request = ask::search(&parameters, PAGE_LIMIT)?;
        let words = parameters.one("q").unwrap_or_default();
        let facets: Vec<Facet> = COUNTED.iter().map(|(facet, _)| *facet).collect();
        let found = if words.is_empty() {
            None
        } else {
            match find(app, snapshot, &request, &facets) {
                Ok(found) => Some(Ok(found)),
                // A word that is typed only in part is no fault of the page.
                Err(problem) if problem.status == 400 => Some(Err(problem)),
                Err(problem) => return Err(problem),
            }
        };
        let title = if words.is_empty() { String::new() } else { format!("{words} · ") };
        let title = format!("{title}{}", asked.say("检索", "Search"));
        let range = (request.offset, request.limit);
        let body = html! {
            h1.hidden { (asked.say("检索", "Search")) }
            (form(asked, &parameters))
            div #results.results aria-live="polite" aria-busy="false" {
                @match &found {
                    None => { (hints(asked)) }
                    Some(Err(problem)) => { (fault(asked, problem)) }
                    Some(Ok(found)) => { (answer(asked, snapshot, &parameters, found, range)) }
                }
            }
        };
        Ok(Content::html(layout(asked, Place::Search, &title, &body)))
    })
    .await
}

fn form(asked: &Asked, parameters: &Parameters) -> Markup {
    let sorts = [
        ("date", asked.say("新文件在前", "newest first").to_owned()),
        ("document", asked.say("按文件顺序", "as in the documents").to_owned()),
    ];
    let stretches = [
        ("sentence", asked.say("同一句", "one sentence").to_owned()),
        ("paragraph", asked.say("同一段", "one paragraph").to_owned()),
    ];
    let places = [
        ("title", asked.say("条目标题", "titles").to_owned()),
        ("text", asked.say("正文", "texts").to_owned()),
        ("assignment", asked.say("责任分工", "duties").to_owned()),
        ("heading", asked.say("所在章节", "headings").to_owned()),
    ];
    let kept = [
        "agency", "role", "year", "chapter", "document", "kind", "region", "issuer", "status",
        "since", "until",
    ];
    html! {
        form.search role="search" action="/search" method="get" data-live="results" {
            div.ask {
                label.hidden for="q" { (asked.say("检索词", "Words to look for")) }
                input #q type="search" name="q" value=[parameters.one("q")] autofocus[parameters.one("q").is_none()] autocomplete="off"
                    placeholder=(asked.say("词语、单位或问题", "Words, a body or a question"));
                button type="submit" { (asked.say("检索", "Search")) }
            }
            div.fields {
                (choice("in", asked.say("范围", "In"), asked.say("条款全文", "whole clauses"), places, parameters.one("in")))
                (choice("same", asked.say("词语位置", "Words"), asked.say("不限", "anywhere"), stretches, parameters.one("same")))
                (choice("sort", asked.say("排序", "Order"), asked.say("最相关在前", "best first"), sorts, parameters.one("sort")))
                div.field.check {
                    input #exact type="checkbox" name="exact" value="true" checked[parameters.flag("exact")];
                    label for="exact" { (asked.say("精确匹配", "Exact words")) }
                }
            }
            @for name in kept { @for value in parameters.all(name) { input type="hidden" name=(name) value=(value); } }
        }
    }
}

fn hints(asked: &Asked) -> Markup {
    let examples = [
        ("黑土地 保护", asked.say("两个词都出现", "both words")),
        ("\"乡村建设\"", asked.say("原样的词组，不用别名", "the phrase as it is")),
        ("海水 OR 近岸海域 -大连", asked.say("任一词，且不含大连", "one of two, and not 大连")),
        ("title:蓝天", asked.say("只在条目标题中", "in titles alone")),
        ("省发改委", asked.say("单位可用任何名称", "a body by any of its names")),
    ];
    html! {
        section.hints {
            h2 { (asked.say("可以这样写", "What can be typed")) }
            dl {
                @for (query, about) in examples {
                    dt { a href={ "/search?" (form_urlencoded::Serializer::new(String::new()).append_pair("q", query).finish()) } { (query) } }
                    dd { (about) }
                }
            }
        }
    }
}

fn fault(asked: &Asked, problem: &Problem) -> Markup {
    html! { p.problem role="alert" { (asked.say(problem.chinese.as_str(), problem.detail.as_str())) } }
}

fn answer(
    asked: &Asked,
    snapshot: &Snapshot,
    parameters: &Parameters,
    found: &Found,
    range: (usize, usize),
) -> Markup {
    html! {
        (chosen(asked, parameters))
        @if found.total == 0 {
            (empty(asked.say("没有找到相符的条款。", "Nothing was found."), &html! {
                ul {
                    @if parameters.flag("exact") || parameters.one("same").is_some() || parameters.one("in").is_some() {
                        li { a href={ "/search" (parameters.with(&[("exact", ""), ("same", ""), ("in", ""), ("offset", "")])) } { (asked.say("放宽检索条件", "Look everywhere, and for other names too")) } }
                    }
                    @if is_narrowed(parameters) {
                        li { a href={ "/search" (unfiltered(parameters)) } { (asked.say("去掉所有筛选", "Leave all filters out")) } }
                    }
                    li { (asked.say("换一个更短或更常用的词。", "Try a shorter or more common word.")) }
                }
            }))
        } @else {
            p.summary role="status" {
                b { (found.total) } (asked.say("个条款", " clauses"))
                @if found.relaxed { " · " (asked.say("没有条款含有全部词语，以下最为接近", "no clause has all of the words; these come close")) }
            }
            div.with-side {
                ol.hits start=(range.0 + 1) {
                    @for record in &found.records { li { (hit(asked, record)) } }
                }
                aside.facets aria-label=(asked.say("筛选", "Narrow")) {
                    @for (facet, parameter) in COUNTED {
                        @let records: Vec<&FacetRecord> = found.facets.iter().filter(|record| record.facet == facet.name()).collect();
                        (values(asked, snapshot, parameters, parameter, &records))
                    }
                }
            }
            (pager(asked, parameters, found.total, range))
        }
    }
}

const FILTERS: [&str; 11] = [
    "agency", "role", "year", "chapter", "document", "kind", "region", "issuer", "status", "since",
    "until",
];

fn is_narrowed(parameters: &Parameters) -> bool {
    FILTERS.iter().any(|name| parameters.one(name).is_some())
}

fn unfiltered(parameters: &Parameters) -> String {
    let changed: Vec<(&str, &str)> =
        FILTERS.iter().chain(&["offset"]).map(|name| (*name, "")).collect();
    parameters.with(&changed)
}

/// The filters in force, each with the way to be rid of it.
fn chosen(asked: &Asked, parameters: &Parameters) -> Markup {
    html! {
        @if is_narrowed(parameters) {
            ul.chosen aria-label=(asked.say("已选条件", "Filters in force")) {
                @for name in FILTERS {
                    @if let Some(value) = parameters.one(name) {
                        @let record = FacetRecord { facet: name.to_owned(), value: value.to_owned(), count: 0 };
                        li {
                            (facet_name(asked, name)) "：" (labels::facet_value(&record)) " "
                            a href={ "/search" (parameters.with(&[(name, ""), ("offset", "")])) } aria-label={ (asked.say("去掉", "Leave out ")) (value) } { "×" }
                        }
                    }
                }
            }
        }
    }
}

fn facet_name(asked: &Asked, name: &str) -> String {
    match (name, asked.language) {
        ("since", _) => asked.say("起始日期", "since").to_owned(),
        ("until", _) => asked.say("截止日期", "until").to_owned(),
        (name, crate::wording::Language::Chinese) => labels::facet(name).to_owned(),
        ("agency", _) => "Body".to_owned(),
        (name, _) => {
            let mut letters = name.chars();
            letters
                .next()
                .map(|first| first.to_uppercase().chain(letters).collect())
                .unwrap_or_default()
        }
    }
}

fn values(
    asked: &Asked,
    snapshot: &Snapshot,
    parameters: &Parameters,
    parameter: &str,
    records: &[&FacetRecord],
) -> Markup {
    let shown = |record: &FacetRecord| match record.facet.as_str() {
        "document" => snapshot
            .document(&record.value)
            .map_or_else(|| record.value.clone(), |document| title_of(document).to_owned()),
        _ => asked.say(labels::facet_value(record), record.value.as_str()).to_owned(),
    };
    html! {
        @if records.len() > 1 || parameters.one(parameter).is_some() && !records.is_empty() {
            details.facet open {
                summary { (facet_name(asked, records[0].facet.as_str())) }
                ul {
                    @for (at, record) in records.iter().take(N_VALUES).enumerate() {
                        @let is_chosen = parameters.one(parameter) == Some(record.value.as_str());
                        li {
                            a href={ "/search" (parameters.with(&[(parameter, if is_chosen { "" } else { &record.value }), ("offset", "")])) }
                                aria-current=[is_chosen.then_some("true")] rel="nofollow" {
                                span.value { (shown(record)) }
                                " " span.n { (record.count) }
                            }
                        }
                        @if at + 1 == N_VALUES && records.len() > N_VALUES { li.soft { "…" (records.len()) } }
                    }
                }
            }
        }
    }
}

fn hit(asked: &Asked, record: &SearchRecord) -> Markup {
    let (text, highlights) = below_title(record);
    let piece = snippet(text, &highlights, SNIPPET_CHARS);
    let (last, above) = match record.path.split_last() {
        Some((last, above)) => (last.as_str(), above),
        None => (record.citation.as_str(), &[][..]),
    };
    let last = if last.is_empty() { record.citation.as_str() } else { last };
    html! {
        article {
            @if !above.is_empty() { p.path { (above.join(" › ")) } }
            h2 { a href=(clause_address(&record.document, record.division.as_str())) { (last) } }
            p.snippet {
                @if piece.cut_before { "…" }
                (marked(&piece.text, &piece.highlights))
                @if piece.cut_after { "…" }
            }
            p.source {
                a href={ (document_address(&record.document)) "#" (record.division) } { (record.title.as_deref().unwrap_or(&record.document)) }
                @if record.matched_by != "words" {
                    " · " (asked.say("匹配方式：", "found by ")) (found_by(asked, &record.matched_by))
                }
            }
        }
    }
}

fn found_by(asked: &Asked, matched_by: &str) -> String {
    let chinese = |way: &str| {
        let known = [("synonym ", "同义词 "), ("alias ", "别名 "), ("phrase ", "词组 ")];
        let found = known.iter().find_map(|(english, chinese)| {
            Some(format!("{chinese}{}", way.strip_prefix(english)?))
        });
        found.unwrap_or_else(|| if way == "relaxed" { "相近".to_owned() } else { way.to_owned() })
    };
    let ways: Vec<String> = matched_by.split("; ").map(chinese).collect();
    asked.say(ways.join("；"), matched_by.to_owned())
}

/// Marks the places, which are in order and apart, in a text.
fn marked(text: &str, places: &[[u32; 2]]) -> Markup {
    let chars: Vec<char> = text.chars().collect();
    let slice = |from: u32, to: u32| -> String {
        let to = (to as usize).min(chars.len());
        chars[(from as usize).min(to)..to].iter().collect()
    };
    let mut at = 0;
    html! {
        @for [start, end] in places {
            (slice(at, *start))
            mark { (slice(*start, *end)) }
            ({ at = *end; "" })
        }
        (slice(at, chars.len() as u32))
    }
}
