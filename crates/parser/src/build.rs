//! Names, citations and spans: from nodes to the document.

use std::collections::{HashMap, HashSet};
use std::fmt::Write;
use std::ops::Range;

use foldhash::fast::RandomState;
use gangmu_lexicon::plain_form;
use gangmu_model::{
    Boilerplate, Cell, Citation, Diagnostic, Division, DivisionId, DivisionKind, Document,
    LineTable, Marker, SCHEMA_VERSION,
};

use crate::ParseOptions;
use crate::extract::{self, Layers};
use crate::grid::GridRow;
use crate::lines::{Line, is_blank};
use crate::marks::marks;
use crate::metadata::{Evidence, FrameText, metadata};
use crate::outline::{Node, TablePlace, outline};
use crate::page::Page;
use crate::review;
use crate::sift::sift;
use crate::table::Table;
use crate::titles::is_issuers_alone;
use crate::view::View;

/// Builds the document.
pub(crate) fn document(
    text: &str,
    lines: &[Line],
    line_texts: &[&str],
    page: &Page,
    view: &View<'_>,
    options: &ParseOptions,
) -> Document {
    let table = LineTable::new(text);
    let placeables = view.placeables();
    let nodes = outline(&placeables, view);
    let evidence = evidence(lines, line_texts, page, view, &nodes);
    let metadata = metadata(&evidence, &options.hints, options.lexicon);
    let names = Names::of(&nodes, view);
    let spans = node_spans(&nodes, view);
    let layers = extract::layers(&nodes, &names.ids, view, &table, &metadata, options.lexicon);
    let divisions: Vec<Division> = nodes
        .iter()
        .enumerate()
        .map(|(at, node)| Division {
            id: names.ids[at].clone(),
            parent: node.parent.map(|parent| names.ids[parent].clone()),
            kind: node.kind,
            marker: node.marker.map(|marker| Marker {
                text: view.verbatim(node.marker_range.clone()),
                style: marker.style,
                ordinal: marker.ordinal,
            }),
            citation: names.citations[at].clone(),
            title: node.title.clone().map(|title| title_of(node, title, view)),
            text: match node.table {
                Some(TablePlace { table, row: None }) => rows_as_written(view.table(table), view),
                _ => own_text(node, &layers.closing[at], view),
            },
            table: match node.table {
                Some(TablePlace { table: at, row: None }) => {
                    Some(cells(view.table(at), view, &table))
                }
                _ => None,
            },
            span: table.span(spans[at].clone()),
        })
        .collect();
    let Layers { assignments, targets, mut diagnostics, .. } = layers;
    let mut document = Document {
        schema_version: SCHEMA_VERSION,
        id: options.id.clone(),
        source: options.source.clone(),
        metadata,
        divisions,
        assignments,
        targets,
        citations: citations(&nodes, &names.ids, view, &table),
        boilerplate: boilerplate(text, lines, page, &table),
        diagnostics: Vec::new(),
    };
    numbering_faults(text, &nodes, &names.ids, view, &table, &mut diagnostics);
    sift(text, &table, &document.targets, &mut diagnostics);
    review::review(&document, text, &table, &mut diagnostics);
    diagnostics.sort_by_key(|diagnostic| (diagnostic.span.start(), diagnostic.code));
    document.diagnostics = diagnostics;
    document
}

/// A division's title. That of a table may be the one cell of its first row, whose
/// lines are joined.
fn title_of(node: &Node, title: Range<usize>, view: &View<'_>) -> String {
    if let Some(TablePlace { table, row: None }) = node.table
        && let Some(row) = view.table(table).grid.rows.first()
        && let Some(cell) = row.cells.first()
        && cell.contains(&view.source_range(title.clone()).start)
    {
        return view.cell(row, 0).replace('\n', " ");
    }
    view.verbatim(title)
}

/// A division's own text: its paragraphs without closing assignments.
fn own_text(node: &Node, closing: &[Range<usize>], view: &View<'_>) -> String {
    let mut text = String::new();
    for paragraph in &node.texts {
        let mut pieces = String::new();
        let mut at = paragraph.start;
        for cut in extract::cuts_within(closing, paragraph) {
            pieces.push_str(view.verbatim(at..cut.start.max(at)).trim_end());
            at = cut.end.max(at);
        }
        let rest = view.verbatim(at..paragraph.end);
        // A full stop behind the bracket ends the sentence before it, once.
        let ended = at > paragraph.start
            && (pieces.is_empty() || pieces.ends_with(['。', '；', '！', '.', ';']));
        if !(ended && rest.trim() == "。") {
            pieces.push_str(&rest);
        }
        let pieces = pieces.trim();
        if pieces.is_empty() {
            continue;
        }
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(pieces);
    }
    text
}

/// The lines of a table that are no divisions of their own, as they stand.
fn rows_as_written(table: &Table, view: &View<'_>) -> String {
    let mut text = String::new();
    let mut start = table.grid.source.start;
    let listed = table.rows.iter().zip(&table.grid.rows).filter(|(row, _)| row.ordinal.is_some());
    let mut others: Vec<Range<usize>> = listed.map(|(_, row)| row.line.clone()).collect();
    others.extend(table.grid.furniture.iter().cloned());
    others.sort_by_key(|other| other.start);
    let end = table.grid.source.end;
    for other in others.into_iter().chain(std::iter::once(end..end)) {
        let piece =
            if start < other.start { view.unmarked(start..other.start) } else { String::new() };
        start = start.max(other.end);
        if !piece.trim().is_empty() {
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(piece.trim());
        }
    }
    text
}

/// The rows and cells of a table.
fn cells(table: &Table, view: &View<'_>, lines: &LineTable<'_>) -> gangmu_model::Table {
    let cells = |row: &GridRow| {
        let each = row.cells.iter().enumerate();
        let cells = each.map(|(column, range)| Cell {
            text: view.cell(row, column),
            span: lines.span(range.clone()),
        });
        cells.collect()
    };
    gangmu_model::Table {
        header_rows: u32::try_from(table.grid.header_rows).unwrap_or(u32::MAX),
        rows: table.grid.rows.iter().map(cells).collect(),
    }
}

/// The source range of each node, those inside it included.
fn node_spans(nodes: &[Node], view: &View<'_>) -> Vec<Range<usize>> {
    let mut spans: Vec<Range<usize>> = nodes
        .iter()
        .map(|node| {
            if let Some(source) = &node.source {
                return source.clone();
            }
            let own = node.own.iter().map(|range| view.marked_range(range.clone()));
            own.reduce(|all, next| all.start.min(next.start)..all.end.max(next.end)).unwrap_or(0..0)
        })
        .collect();
    for at in (0..nodes.len()).rev() {
        if let Some(parent) = nodes[at].parent {
            let end = spans[at].end;
            spans[parent].end = spans[parent].end.max(end);
        }
    }
    spans
}

/// Ids and citations of the nodes.
struct Names {
    ids: Vec<DivisionId>,
    citations: Vec<String>,
}

impl Names {
    fn of(nodes: &[Node], view: &View<'_>) -> Self {
        let mut ids: Vec<DivisionId> = Vec::with_capacity(nodes.len());
        let mut citations: Vec<String> = Vec::with_capacity(nodes.len());
        let mut taken: HashSet<String, RandomState> = HashSet::default();
        let mut repeats: HashMap<String, u32, RandomState> = HashMap::default();
        let mut n_unnumbered: HashMap<(Option<usize>, DivisionKind), u32, RandomState> =
            HashMap::default();
        for node in nodes {
            let ordinal = node.ordinal.or(node.marker.map(|marker| marker.ordinal));
            let ordinal = ordinal.unwrap_or_else(|| {
                let count = n_unnumbered.entry((node.parent, node.kind)).or_default();
                *count += 1;
                *count
            });
            let above = node.parent.map(|parent| ids[parent].as_str());
            let mut id = String::with_capacity(above.map_or(0, str::len) + LONGEST_STEP);
            if let Some(above) = above {
                id.push_str(above);
                id.push('.');
            }
            id.push_str(node.kind.short());
            // Writing to a string does not fail.
            let _ = write!(id, "{ordinal}");
            if taken.contains(&id) {
                let path = id.clone();
                let repeat = repeats.entry(path.clone()).or_insert(1);
                loop {
                    *repeat += 1;
                    id = format!("{path}-{repeat}");
                    if !taken.contains(&id) {
                        break;
                    }
                }
            }
            taken.insert(id.clone());
            ids.push(DivisionId::new(id));
            citations.push(citation(node, nodes, &citations, ordinal, view));
        }
        Self { ids, citations }
    }
}

/// Bytes for one step of an id or a citation, so that most are written at once.
const LONGEST_STEP: usize = 16;

/// How people cite a division: the numbers from the top down, from the article
/// where there is one.
fn citation(
    node: &Node,
    nodes: &[Node],
    citations: &[String],
    ordinal: u32,
    view: &View<'_>,
) -> String {
    let above = node
        .parent
        .filter(|_| node.kind != DivisionKind::Article)
        .map(|parent| citations[parent].as_str());
    let above = above.unwrap_or("");
    let attached = node.parent.is_some_and(|parent| nodes[parent].kind == DivisionKind::Attachment);
    let gap = if attached { " " } else { "" };
    let numbered = |before: &str, behind: &str| {
        let mut citation = String::with_capacity(above.len() + gap.len() + LONGEST_STEP);
        citation.push_str(above);
        citation.push_str(gap);
        citation.push_str(before);
        let _ = write!(citation, "{ordinal}");
        citation.push_str(behind);
        citation
    };
    match (node.kind, node.marker) {
        (_, Some(_)) => {
            let marker = view.verbatim(node.marker_range.clone());
            let mut citation = String::with_capacity(above.len() + gap.len() + marker.len());
            citation.push_str(above);
            citation.push_str(gap);
            let start = citation.len();
            citation.extend(marker.chars().filter(|ch| !ch.is_whitespace()));
            if node.kind == DivisionKind::Attachment {
                let kept = citation[start..].trim_end_matches([':', '：', '.', '、']).len();
                citation.truncate(start + kept);
            }
            citation
        }
        (DivisionKind::FrontMatter, None) => "文首".to_owned(),
        (DivisionKind::Preamble, None) => "引言".to_owned(),
        (DivisionKind::Closing, None) => "文尾".to_owned(),
        (DivisionKind::Table, None) => numbered("表", ""),
        _ if node.table.is_some() => numbered("第", "项"),
        _ => numbered("第", "段"),
    }
}

/// 《…》 in the divisions' own texts, with the number given beside it.
fn citations(
    nodes: &[Node],
    ids: &[DivisionId],
    view: &View<'_>,
    table: &LineTable<'_>,
) -> Vec<Citation> {
    let mut citations = Vec::new();
    for (node, id) in
        nodes.iter().zip(ids).filter(|(node, _)| node.kind != DivisionKind::FrontMatter)
    {
        for range in &node.texts {
            let text = view.text(range.clone());
            for cited in cited_titles(text) {
                let inner = cited.start + '《'.len_utf8()..cited.end - '》'.len_utf8();
                let source = view.source_range(range.start + cited.start..range.start + cited.end);
                citations.push(Citation {
                    division: id.clone(),
                    title: view.verbatim(range.start + inner.start..range.start + inner.end),
                    document_number: number_beside(&text[cited.end..]),
                    span: table.span(source),
                });
            }
        }
    }
    citations.sort_by_key(|citation| citation.span.start());
    citations
}

/// Bytes between the brackets round a document's number, at most.
const LONGEST_NUMBER: usize = 200;

/// Returns the ranges of 《…》 within one sentence, of nested ones the outermost
/// that is closed.
fn cited_titles(text: &str) -> Vec<Range<usize>> {
    let mut open: Vec<usize> = Vec::new();
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, mark) in marks(text) {
        match mark {
            '《' => open.push(at),
            '》' => {
                if let Some(start) = open.pop() {
                    while found.last().is_some_and(|inner| inner.start > start) {
                        found.pop();
                    }
                    found.push(start..at + mark.len_utf8());
                }
            }
            '。' | '\n' => open.clear(),
            _ => {}
        }
    }
    found
}

/// (国办发〔2018〕128号) right after a cited title.
fn number_beside(after: &str) -> Option<String> {
    let inner = after.strip_prefix('(')?;
    let end = crate::metadata::find_within(inner, LONGEST_NUMBER, [')', '\n'])?;
    crate::document_number::find_document_number(&inner[..end])
}

/// Neighbouring lines set aside for the same reason, as one piece.
fn boilerplate(text: &str, lines: &[Line], page: &Page, table: &LineTable<'_>) -> Vec<Boilerplate> {
    // The rows of a table stand between the numbers of its pages.
    let meet = |before: &Range<usize>, line: &Line| {
        before.end <= line.source.start && text[before.end..line.source.start].chars().all(is_blank)
    };
    let mut pieces: Vec<Boilerplate> = Vec::new();
    let mut open: Option<(gangmu_model::BoilerplateReason, Range<usize>)> = None;
    for (line, reason) in lines.iter().zip(&page.reasons) {
        match (&mut open, reason) {
            (Some((before, range)), Some(reason)) if before == reason && meet(range, line) => {
                range.end = line.source.end
            }
            (slot, reason) => {
                if let Some((reason, range)) = slot.take() {
                    pieces.push(Boilerplate { reason, span: table.span(range) });
                }
                *slot = reason.map(|reason| (reason, line.source.clone()));
            }
        }
    }
    if let Some((reason, range)) = open {
        pieces.push(Boilerplate { reason, span: table.span(range) });
    }
    pieces
}

/// Columns of blank before a number that stands in a cell of a printed table.
const CELL_INDENT: usize = 30;

fn numbering_faults(
    text: &str,
    nodes: &[Node],
    ids: &[DivisionId],
    view: &View<'_>,
    table: &LineTable<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    for (node, id) in nodes.iter().zip(ids) {
        if node.fault.is_none() && !node.uncertain {
            continue;
        }
        let range = view.source_range(node.marker_range.clone());
        if is_in_cell(&text[..range.start]) {
            continue;
        }
        let span = table.span(range);
        let written = view.verbatim(node.marker_range.clone());
        match (node.fault, node.marker) {
            (Some(fault), Some(marker)) => {
                diagnostics.push(review::numbering(fault, &written, marker.ordinal, id, span));
            }
            // A number that does not run on has told enough.
            _ => diagnostics.push(review::uncertain_level(&written, id, span)),
        }
    }
}

/// Whether what stands before a number on its line sets it in a column of a table.
fn is_in_cell(before: &str) -> bool {
    let blanks = before.chars().rev().take_while(|ch| matches!(ch, ' ' | '\u{3000}' | '\t'));
    blanks.take(CELL_INDENT).count() == CELL_INDENT
}

fn evidence<'v>(
    lines: &[Line],
    line_texts: &[&'v str],
    page: &'v Page,
    view: &'v View<'_>,
    nodes: &[Node],
) -> Evidence<'v> {
    // ⼯作⽅案 is told as 工作方案.
    let plain = |words: String| words.chars().map(plain_form).collect::<String>();
    let quote = |title: &crate::titles::Title| -> String {
        let mut quoted = String::new();
        let mut below_one = false;
        for &at in &title.lines {
            // One issuer below the other, or behind it in a flattened text; a second name of
            // one stands in brackets.
            let line = line_texts[at];
            let names_one = is_issuers_alone(line) && !line.starts_with('(');
            if below_one && names_one {
                quoted.push(' ');
            }
            quoted.push_str(&plain(view.unmarked(lines[at].source.clone())));
            below_one = names_one;
        }
        quoted
    };
    let attached_at = page.attached_title.as_ref().map(|title| lines[title.start()].source.start);
    let mut frame = Vec::new();
    for node in nodes.iter().filter(|node| !node.kind.is_content()) {
        for range in &node.texts {
            let source = view.source_range(range.clone());
            frame.push(FrameText {
                folded: view.text(range.clone()),
                of_notice: attached_at.is_some_and(|at| source.start < at),
                source: plain(view.unmarked(source)),
                closing: node.kind == DivisionKind::Closing,
                preamble: node.kind == DivisionKind::Preamble,
            });
        }
    }
    let last = nodes
        .iter()
        .rev()
        .filter(|node| node.kind.is_content())
        .take(4)
        .flat_map(|node| node.texts.iter().map(|range| view.text(range.clone())))
        .collect();
    Evidence {
        title: page.title.as_ref().map(quote),
        title_folded: page.title.as_ref(),
        attached_title: page.attached_title.as_ref().map(quote),
        frame,
        page: page_lines(line_texts, page),
        last,
    }
}

/// The folded lines set aside before the body.
fn page_lines<'v>(line_texts: &[&'v str], page: &Page) -> Vec<&'v str> {
    (0..line_texts.len().min(page.first_number))
        .filter(|&at| page.reasons[at].is_some())
        .map(|at| line_texts[at])
        .collect()
}
