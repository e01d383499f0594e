//! A document's words as a page shows them: goals, deadlines, bodies and cited works
//! marked, and what is to be checked with its reason.

use std::collections::HashSet;

use gangmu_model::{Cell, DiagnosticCode, Division, DivisionId, DivisionKind};
use gangmu_rendition::{Passage, Said, Stretch};
use maud::{Markup, html};

use crate::answer::Asked;
use crate::pages::{clause_address, finding, role, tasks_address};

/// Renders passages in a row, each in a section whose anchor is its id. `base` is the
/// depth of the topmost.
pub(crate) fn passages(
    asked: &Asked,
    document: &str,
    passages: &[Passage<'_>],
    base: usize,
) -> Markup {
    let tables: HashSet<&DivisionId> = passages
        .iter()
        .map(|passage| passage.division)
        .filter(|division| division.table.is_some())
        .map(|division| &division.id)
        .collect();
    // The rows of a table stand in it.
    let is_row = |passage: &Passage<'_>| {
        let parent = passage.division.parent.as_ref();
        parent.is_some_and(|parent| tables.contains(parent))
    };
    html! {
        @for passage in passages {
            @if !is_row(passage) { (section(asked, document, passage, passages, base)) }
        }
    }
}

fn section(
    asked: &Asked,
    document: &str,
    passage: &Passage<'_>,
    all: &[Passage<'_>],
    base: usize,
) -> Markup {
    let division = passage.division;
    let level = passage.depth.saturating_sub(base);
    let class = division.kind.name().replace('_', "-");
    let lasting = asked.say("本条永久地址：", "Lasting address of ");
    html! {
        section id=(division.id) .clause.(class).(format!("depth-{}", level.min(4))) {
            (heading(division, level))
            @if division.kind.is_content() {
                a.anchor href=(clause_address(document, division.id.as_str())) aria-label={ (lasting) (division.citation) } title={ (lasting) (division.citation) } { "#" }
            }
            (checks(asked, passage))
            @match &division.table {
                Some(table) => { (self::table(division, &table.rows, table.header_rows as usize, all)) }
                None => { @for line in lines(&passage.words) { p { (stretches(asked, &line)) } } }
            }
            @for duty in &passage.duties { p.duty { (stretches(asked, duty)) } }
        }
    }
}

/// The number and the title; run-in titles are headings as well.
fn heading(division: &Division, level: usize) -> Markup {
    let marker = division.marker.as_ref().map(|marker| marker.text.as_str());
    let words = html! {
        @if let Some(marker) = marker { span.marker { (marker) } }
        @if let Some(title) = &division.title { (title) }
    };
    if division.title.is_none() && (marker.is_none() || division.kind != DivisionKind::Article) {
        return html! { @if let Some(marker) = marker { span.marker { (marker) } } };
    }
    if division.kind == DivisionKind::FrontMatter {
        return html! { p.title { (words) } };
    }
    match level {
        0 => html! { h2 { (words) } },
        1 => html! { h3 { (words) } },
        2 => html! { h4 { (words) } },
        3 => html! { h5 { (words) } },
        _ => html! { h6 { (words) } },
    }
}

/// What is to be checked, with the reason.
fn checks(asked: &Asked, passage: &Passage<'_>) -> Markup {
    let mut codes: Vec<DiagnosticCode> = passage.findings.iter().map(|found| found.code).collect();
    codes.dedup();
    html! {
        @if !codes.is_empty() {
            p.check {
                strong { (asked.say("待核", "To check")) }
                "："
                @for (at, code) in codes.iter().enumerate() {
                    @if at > 0 { "；" }
                    (finding(asked, *code))
                }
            }
        }
    }
}

/// Parts stretches where their words hold a line feed.
fn lines<'d>(words: &[Stretch<'d>]) -> Vec<Vec<Stretch<'d>>> {
    let mut lines = vec![Vec::new()];
    for stretch in words {
        for (at, text) in stretch.text.split('\n').enumerate() {
            if at > 0 {
                lines.push(Vec::new());
            }
            if let Some(line) = lines.last_mut().filter(|_| !text.is_empty()) {
                line.push(Stretch { text, ..*stretch });
            }
        }
    }
    lines.retain(|line| !line.is_empty());
    lines
}

fn stretches(asked: &Asked, line: &[Stretch<'_>]) -> Markup {
    let same = |a: &Stretch<'_>, b: &Stretch<'_>| match (a.target, b.target) {
        (Some(a), Some(b)) => std::ptr::eq(a, b),
        (None, None) => true,
        _ => false,
    };
    html! {
        @for group in line.chunk_by(same) {
            @match group[0].target {
                Some(target) => {
                    mark.target title=(summary(asked, target)) { @for each in group { (said(asked, each)) } }
                }
                None => { @for each in group { (said(asked, each)) } }
            }
        }
    }
}

fn said(asked: &Asked, stretch: &Stretch<'_>) -> Markup {
    let text = stretch.text;
    match stretch.mark {
        None => html! { (text) },
        Some(Said::Deadline) => html! { span.deadline { (text) } },
        Some(Said::Value) => html! { b.value { (text) } },
        Some(Said::Cited) => html! { cite { (text) } },
        Some(Said::Label(_)) => html! { span.label { (text) } },
        Some(Said::Agency(of, mention)) => {
            let name = mention.full_name.as_deref().unwrap_or(&mention.name);
            html! {
                a.agency.(of.name()) href=(tasks_address(name)) title={ (role(asked, of)) " · " (name) } rel="nofollow" { (text) }
            }
        }
    }
}

/// What is measured, by when, and the value.
fn summary(asked: &Asked, target: &gangmu_model::Target) -> String {
    let deadline = target.deadline.as_ref().map(|deadline| deadline.text.as_str());
    let fields = [
        (asked.say("指标", "indicator"), target.indicator.as_deref()),
        (asked.say("时限", "by"), deadline),
        (asked.say("数值", "value"), target.value_text.as_deref()),
    ];
    let said: Vec<String> = fields
        .iter()
        .filter_map(|(label, value)| Some(format!("{label}：{}", (*value)?)))
        .collect();
    if said.is_empty() { asked.say("目标", "target").to_owned() } else { said.join(" · ") }
}

fn table(division: &Division, rows: &[Vec<Cell>], n_head: usize, all: &[Passage<'_>]) -> Markup {
    let (head, body) = rows.split_at(n_head.min(rows.len()));
    let mut divisions = all
        .iter()
        .map(|passage| passage.division)
        .filter(|row| row.parent.as_ref() == Some(&division.id))
        .peekable();
    html! {
        div.scroll tabindex="0" role="region" aria-label=(division.title.as_deref().unwrap_or("表")) {
            table {
                @if !head.is_empty() {
                    thead { @for row in head { tr { @for cells in row.chunk_by(|a, b| a.text == b.text) { th scope="col" colspan=[(cells.len() > 1).then_some(cells.len())] { (lines_of(&cells[0].text)) } } } } }
                }
                tbody {
                    @for row in body {
                        @let start = row.first().map_or(0, |cell| cell.span.start());
                        @let found = divisions.next_if(|division| division.span.start() <= start);
                        tr id=[found.map(|row| &row.id)] { @for cell in row { td { (lines_of(&cell.text)) } } }
                    }
                }
            }
        }
    }
}

fn lines_of(text: &str) -> Markup {
    html! { @for (at, line) in text.lines().enumerate() { @if at > 0 { br; } (line) } }
}
