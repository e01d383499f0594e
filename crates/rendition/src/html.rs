//! A document as a page to read: one file, no script, nothing from elsewhere.
//!
//! The text stands in `<main>`, each division in a section whose anchor is its id;
//! what is beside the text (the outline, counts, findings) stands outside of it.

use std::borrow::Cow;

use gangmu_model::{Cell, Division, DivisionKind, Document, Severity, Target};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::flow::{Block, Content, Flow};
use crate::inline::{Inline, Mark, Marks};
use crate::labels;
use crate::run::{Part, Run, align, lines};
use crate::section::{Item, Section, sections};

const STYLE: &str = include_str!("html/style.css");

/// What a page may load: nothing but the style that it holds.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

/// Renders a document as a page; `source` is the text that its spans point into.
pub fn html(document: &Document, source: &str) -> String {
    let flow = Flow::of(document, source);
    let page = Page { document, source, marks: Marks::of(document, source), flow: &flow };
    let items = sections(&flow);
    let title = document.metadata.title.as_deref().unwrap_or(&document.id);
    let markup = html! {
        (DOCTYPE)
        html lang="zh-CN" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="generator" content="gangmu";
                // A title that only the first page told stands nowhere in the text.
                @if let Some(title) = &document.metadata.title {
                    meta name="ArticleTitle" content=(title);
                }
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                a.skip href="#text" { "跳到正文" }
                input #outline-open .toggle type="checkbox" aria-label="显示目录";
                label.toggle for="outline-open" { "目录" }
                nav.outline aria-label="目录" { (outline(document, &flow)) }
                div.page {
                    header { (facts(document)) }
                    main #text .article-content { (page.items(&items)) }
                    footer { (page.findings()) (colophon(document)) }
                }
            }
        }
    };
    markup.into_string()
}

/// Divisions that the outline lists: those with a heading, in the flow's order.
fn outline(document: &Document, flow: &Flow) -> Markup {
    let listed = document.divisions.iter().zip(&flow.depths).filter(|(division, _)| {
        division.kind.is_content()
            && (division.title.is_some() || division.kind == DivisionKind::Article)
    });
    html! {
        ul {
            @for (division, depth) in listed {
                li.(format!("level-{}", (*depth).min(4))) {
                    a href=(format!("#{}", division.id)) { (division.heading().unwrap_or_default()) }
                }
            }
        }
    }
}

/// What is known of the document as a whole, and what was found in it.
fn facts(document: &Document) -> Markup {
    let metadata = &document.metadata;
    let issuers = metadata.issuers.join("、");
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let facts = [
        ("文件状态", metadata.status.map(labels::status).unwrap_or_default().to_owned()),
        ("发文机关", issuers),
        ("起草单位", text(&metadata.drafted_by)),
        ("所属地区", text(&metadata.region)),
        ("发文字号", text(&metadata.document_number)),
        ("成文日期", text(&metadata.issued_on)),
        ("施行日期", text(&metadata.effective_on)),
        ("发布时间", text(&metadata.published_at).replace('T', " ")),
    ];
    let n_mentions: usize =
        document.assignments.iter().map(|assignment| assignment.agencies.len()).sum();
    html! {
        dl.facts {
            @for (label, value) in facts.iter().filter(|(_, value)| !value.is_empty()) {
                div { dt { (label) } dd { (value) } }
            }
        }
        p.counts {
            @for kind in DivisionKind::ALL {
                @let n = document.divisions.iter().filter(|division| division.kind == kind).count();
                @if n > 0 && kind.is_content() { span { (labels::kind(kind)) " " (n) } }
            }
            span { "单位 " (n_mentions) " 个次" }
            span { "目标 " (document.targets.len()) }
            @if !document.diagnostics.is_empty() { span { "待核 " (document.diagnostics.len()) } }
        }
        p.legend aria-label="图例" {
            span.target { "目标" }
            span.deadline { "时限" }
            span.agency.lead { "牵头" }
            span.agency.responsible { "责任" }
            span.agency.support { "配合" }
            span.cited { "引用文件" }
            span.finding { "待核" }
        }
    }
}

fn colophon(document: &Document) -> Markup {
    let source = &document.source;
    // Where it stood on somebody's disk is nobody's business.
    let file = source.path.rsplit(['/', '\\']).next().unwrap_or_default();
    html! {
        p.colophon {
            "gangmu 据原文生成，以原文为准"
            @if !file.is_empty() { " · " (file) }
            @if !source.sha256.is_empty() { " · SHA-256 " code { (source.sha256) } }
        }
    }
}

struct Page<'d> {
    document: &'d Document,
    source: &'d str,
    marks: Marks,
    flow: &'d Flow,
}

impl Page<'_> {
    fn items(&self, items: &[Item]) -> Markup {
        let block = |item: &Item| match item {
            Item::Block(at) => Some(&self.flow.blocks[*at]),
            Item::Section(_) => None,
        };
        // Lines of one title, and rows of one box, are one element.
        let goes_on = |item: &Item, above: Option<&Item>| {
            let kinds = (block(item).map(|block| &block.content), above.and_then(block));
            matches!(
                (kinds.0, kinds.1.map(|block| &block.content)),
                (Some(Content::Title(_)), Some(Content::Title(_)))
                    | (Some(Content::Row(_)), Some(Content::Row(_)))
            )
        };
        let mut groups: Vec<&[Item]> = Vec::new();
        let mut start = 0;
        for at in 1..=items.len() {
            if at == items.len() || !goes_on(&items[at], items.get(at - 1)) {
                groups.push(&items[start..at]);
                start = at;
            }
        }
        html! {
            @for group in groups {
                @match group {
                    [Item::Section(section)] => { (self.section(section)) }
                    _ => { (self.group(&group.iter().filter_map(block).collect::<Vec<_>>())) }
                }
            }
        }
    }

    fn section(&self, section: &Section) -> Markup {
        let division = &self.document.divisions[section.division];
        html! {
            section id=(division.id) .(division.kind.name().replace('_', "-")) {
                (self.items(&section.items))
                @if division.kind.is_content() {
                    a.anchor href=(format!("#{}", division.id)) aria-label=(division.citation) {}
                }
            }
        }
    }

    fn group(&self, blocks: &[&Block]) -> Markup {
        let Some(first) = blocks.first() else { return html! {} };
        let division = &self.document.divisions[first.division];
        let level = self.flow.depths[first.division] + 2;
        match &first.content {
            Content::Title(_) => html! {
                h1 {
                    // A layout broke it; a page breaks it anew.
                    @for block in blocks { (self.runs(block.content.runs())) }
                }
            },
            Content::Heading(runs) => heading(level, &self.runs(runs)),
            Content::Paragraph(runs) => self.paragraph(level, division, runs),
            Content::Row(_) => html! {
                table.box {
                    @for (at, block) in blocks.iter().enumerate() {
                        tr {
                            @if at == 0 { th { (self.runs(block.content.runs())) } }
                            @else { td { (self.runs(block.content.runs())) } }
                        }
                    }
                }
            },
            Content::Table => self.table(first.division, division),
        }
    }

    /// A paragraph; the number and the title that it opens with are its heading.
    fn paragraph(&self, level: usize, division: &Division, runs: &[Run]) -> Markup {
        let is_name = |run: &&Run| matches!(run.part, Part::Marker | Part::Title);
        let (named, rest) = runs.split_at(runs.iter().take_while(is_name).count());
        let has_title = named.iter().any(|run| run.part == Part::Title);
        html! {
            p class=[place(division.kind, runs)] {
                @if has_title {
                    span.name role="heading" aria-level=(level.min(6)) { (self.runs(named)) }
                } @else if division.kind == DivisionKind::Article {
                    span.name { (self.runs(named)) }
                } @else {
                    (self.runs(named))
                }
                (self.parts(rest))
            }
        }
    }

    /// The words of a paragraph, its closing assignment set apart.
    fn parts(&self, runs: &[Run]) -> Markup {
        let same = |a: &Run, b: &Run| (a.part == Part::Assignment) == (b.part == Part::Assignment);
        html! {
            @for runs in runs.chunk_by(same) {
                @if runs[0].part == Part::Assignment { span.duty { (self.runs(runs)) } }
                @else { (self.runs(runs)) }
            }
        }
    }

    fn table(&self, at: usize, division: &Division) -> Markup {
        let Some(table) = &division.table else { return html! {} };
        let n_head = table.header_rows as usize;
        let (head, body) = table.rows.split_at(n_head.min(table.rows.len()));
        let n_columns = table.rows.iter().map(Vec::len).max().unwrap_or(0);
        let mut rows = self.document.divisions[at + 1..]
            .iter()
            .take_while(|row| row.parent.as_ref() == Some(&division.id))
            .peekable();
        html! {
            div.table {
                table {
                    @if !head.is_empty() {
                        thead { @for row in head { tr { (self.cells(row, n_columns, true)) } } }
                    }
                    tbody {
                        @for row in body {
                            @let start = row.first().map_or(0, |cell| cell.span.start());
                            @let found = rows.next_if(|division| division.span.start() <= start);
                            tr id=[found.map(|row| &row.id)] {
                                (self.cells(row, n_columns, false))
                            }
                        }
                    }
                }
            }
        }
    }

    /// The cells of a row; what a merged cell repeats stands once.
    fn cells(&self, row: &[Cell], n_columns: usize, head: bool) -> Markup {
        let is_group = row.len() > 1 && row.iter().all(|cell| cell.text == row[0].text);
        let merges = |a: &Cell, b: &Cell| (head || is_group) && a.text == b.text;
        let n_missing = n_columns.saturating_sub(row.len());
        html! {
            @for cells in row.chunk_by(merges) {
                @let span = (cells.len() > 1).then_some(cells.len());
                @if head { th colspan=[span] scope="col" { (self.cell(&cells[0])) } }
                @else { td colspan=[span] { (self.cell(&cells[0])) } }
            }
            @for _ in 0..n_missing { td {} }
        }
    }

    fn cell(&self, cell: &Cell) -> Markup {
        let runs = align(self.source, cell.span.range(), &cell.text, Part::Text);
        html! {
            @for (at, line) in lines(&runs).iter().enumerate() {
                @if at > 0 { br; }
                (self.runs(line))
            }
        }
    }

    fn runs(&self, runs: &[Run]) -> Markup {
        let mut words = String::new();
        self.inline(&self.marks.inline(runs, &mut words))
    }

    fn inline(&self, inline: &[Inline<'_>]) -> Markup {
        html! {
            @for each in inline {
                @match each {
                    Inline::Words(words) => { (kept_blanks(words)) }
                    Inline::Marked(mark, inner) => { (self.marked(*mark, inner)) }
                }
            }
        }
    }

    fn marked(&self, mark: Mark, inner: &[Inline<'_>]) -> Markup {
        let inner = self.inline(inner);
        match mark {
            Mark::Target(at) => {
                let target = &self.document.targets[at];
                html! { mark.target title=(summary(target)) { (inner) } }
            }
            Mark::Deadline(_) => html! { span.deadline { (inner) } },
            Mark::Value(_) => html! { span.value { (inner) } },
            Mark::Label(at) => {
                html! { span.(self.document.assignments[at].role.name()) { (inner) } }
            }
            Mark::Citation(_) => html! { cite.cited { (inner) } },
            Mark::Agency(at, place) => {
                let assignment = &self.document.assignments[at];
                let mention = &assignment.agencies[place];
                let name = mention.full_name.as_deref().unwrap_or(&mention.name);
                let title = format!("{} · {name}", labels::role(assignment.role));
                html! { b.agency.(assignment.role.name()) title=(title) { (inner) } }
            }
            Mark::Finding(at) => {
                let found = &self.document.diagnostics[at];
                let title = format!("待核:{}", labels::finding(found.code));
                html! { span.finding title=(title) { (inner) } }
            }
        }
    }

    /// What is to be checked, each with the words that it is about.
    fn findings(&self) -> Markup {
        let findings = &self.document.diagnostics;
        let tree = self.document.tree();
        html! {
            @if !findings.is_empty() {
                section.findings aria-label="待核" {
                    h2 { "待核" }
                    ol {
                        @for found in findings {
                            li.(severity(found.severity)) {
                                @let division = found.division.as_ref();
                                @let division = division.and_then(|id| tree.get(id));
                                @match division {
                                    Some(division) => {
                                        a href=(format!("#{}", division.id)) { (division.citation) }
                                    }
                                    None => { a href="#text" { "全文" } }
                                }
                                " " (labels::finding(found.code))
                                @let words = excerpt(self.source, found.span.range());
                                @if !words.is_empty() { " “" (words) "”" }
                            }
                        }
                    }
                }
            }
        }
    }
}

impl Content {
    fn runs(&self) -> &[Run] {
        match self {
            Self::Heading(runs) | Self::Title(runs) | Self::Paragraph(runs) | Self::Row(runs) => {
                runs
            }
            Self::Table => &[],
        }
    }
}

/// Where a line round the text stands, if not as its kind does: （征求意见稿） below
/// the title in the middle, a note before the signature at the left.
fn place(kind: DivisionKind, runs: &[Run]) -> Option<&'static str> {
    let opens = |marks: &[&str]| {
        runs.first().is_some_and(|run| marks.iter().any(|mark| run.text.starts_with(mark)))
    };
    let runs_on = runs.iter().any(|run| run.text.contains('。'));
    match kind {
        DivisionKind::FrontMatter if opens(&["（", "("]) => Some("subtitle"),
        DivisionKind::Closing if opens(&["附件", "（", "("]) || runs_on => Some("note"),
        _ => None,
    }
}

/// Puts in the place of blanks in a row such as a page shows: the columns of a
/// signature are parted by them.
fn kept_blanks(words: &str) -> Cow<'_, str> {
    if !words.contains("  ") {
        return Cow::Borrowed(words);
    }
    let mut kept = String::with_capacity(words.len() + 8);
    for (at, ch) in words.char_indices() {
        let in_row = ch == ' ' && (words[..at].ends_with(' ') || words[at + 1..].starts_with(' '));
        kept.push(if in_row { '\u{a0}' } else { ch });
    }
    Cow::Owned(kept)
}

fn heading(level: usize, words: &Markup) -> Markup {
    match level {
        2 => html! { h2 { (words) } },
        3 => html! { h3 { (words) } },
        4 => html! { h4 { (words) } },
        5 => html! { h5 { (words) } },
        _ => html! { h6 { (words) } },
    }
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// What is measured, by when, and the value: what shows where a goal is pointed at.
fn summary(target: &Target) -> String {
    let deadline = target.deadline.as_ref().map(|deadline| deadline.text.as_str());
    let fields = [
        ("指标", target.indicator.as_deref()),
        ("范围", target.scope.as_deref()),
        ("时限", deadline),
        ("数值", target.value_text.as_deref()),
        ("基期", target.baseline.as_ref().map(|baseline| baseline.text.as_str())),
    ];
    let said: Vec<String> =
        fields.iter().filter_map(|(label, value)| Some(format!("{label}:{}", (*value)?))).collect();
    if said.is_empty() { "目标".to_owned() } else { said.join(" · ") }
}

/// Characters of a finding's words that are shown.
const LONGEST_EXCERPT: usize = 24;

fn excerpt(source: &str, range: std::ops::Range<usize>) -> String {
    let words: String = source[range].split_whitespace().collect();
    match words.char_indices().nth(LONGEST_EXCERPT) {
        Some((end, _)) => format!("{}…", &words[..end]),
        None => words,
    }
}
