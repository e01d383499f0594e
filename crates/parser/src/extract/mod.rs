//! Layers beside the tree: who must do what, and what is to be reached.
//!
//! The extractors read one folded paragraph at a time and know nothing of the
//! tree; this module gives them the paragraphs in order with what stands above,
//! and turns their ranges into records with spans and quoted text.

mod above;
mod assignment;
mod chapter_lines;
mod duties;
mod goals;
mod table;
mod target;

use std::ops::Range;

use gangmu_lexicon::Lexicon;
use gangmu_model::{
    Assignment, Diagnostic, DiagnosticCode, DivisionId, DivisionKind, LineTable, Metadata, Role,
    Target,
};

use crate::fold::fold;
use crate::outline::Node;
use crate::review::{self, diagnostic};
use crate::view::View;
use above::DeadlinesAbove;
pub(crate) use assignment::column_role;
use assignment::{AssignmentState, Bodies, extract_assignments};
use target::five_year_plan;

/// The layers of a document.
#[derive(Debug, Default)]
pub(crate) struct Layers {
    pub(crate) assignments: Vec<Assignment>,
    pub(crate) targets: Vec<Target>,
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// For each node the folded ranges that closing assignments take off its text.
    pub(crate) closing: Vec<Vec<Range<usize>>>,
}

/// Kinds of documents that lay down rules: their numbers are limits and fines.
const RULES: &[&str] = &[
    "条例",
    "规定",
    "办法",
    "细则",
    "实施细则",
    "规则",
    "法",
    "决定",
    "令",
    "章程",
    "解释",
    "标准",
];

/// Reads the layers of all nodes.
pub(crate) fn layers(
    nodes: &[Node],
    ids: &[DivisionId],
    view: &View<'_>,
    table: &LineTable<'_>,
    metadata: &Metadata,
    lexicon: &Lexicon,
) -> Layers {
    let year = document_year(metadata);
    let mut reader = Reader {
        nodes,
        ids,
        view,
        table,
        lexicon,
        bodies: Bodies::new(lexicon, metadata.region.as_deref()),
        year,
        first_goal_year: year.map_or_else(|| first_goal_year(view.folded()), |_| None),
        above: DeadlinesAbove::new(view.folded(), year),
        after_a_plan: vec![false; nodes.len()],
        has_rules: metadata.document_kind.as_deref().is_some_and(|kind| RULES.contains(&kind)),
        state: AssignmentState::default(),
        lead: None,
        heading: None,
        layers: Layers { closing: vec![Vec::new(); nodes.len()], ..Layers::default() },
    };
    for (at, node) in nodes.iter().enumerate() {
        match node.kind {
            DivisionKind::FrontMatter => reader.take_heading(at),
            DivisionKind::Preamble => reader.read_opening_goals(at),
            DivisionKind::Closing => reader.read_closing_duties(at),
            kind if kind.is_content() => reader.read(at),
            _ => {}
        }
    }
    let mut layers = reader.layers;
    chapter_lines::hand_to_chapters(nodes, ids, &mut layers.closing, &mut layers.assignments);
    layers.assignments.sort_by_key(|assignment| assignment.span.start());
    layers.targets.sort_by_key(|target| target.span.start());
    layers
}

/// The first year that a clause opens with as a date ahead: 到2025年,….
fn first_goal_year(text: &str) -> Option<i32> {
    let years = memchr::memmem::find_iter(text.as_bytes(), "到20").filter_map(|at| {
        let year = text.get(at + '到'.len_utf8()..)?;
        let opens = text[..at].chars().next_back().is_none_or(|before| !before.is_alphanumeric());
        let year = year.split_once('年')?.0;
        (opens && year.len() == 4).then(|| year.parse().ok()).flatten()
    });
    years.min()
}

/// The year a document speaks in. When a page was posted says nothing of it:
/// pages reprint what is years old.
fn document_year(metadata: &Metadata) -> Option<i32> {
    review::issued_year(metadata).or_else(|| title_year(&fold(metadata.title.as_deref()?)))
}

/// 某市2026年政府工作报告: one year, that names no range. A plan of several years speaks
/// in its first one.
fn title_year(title: &str) -> Option<i32> {
    const YEARS_BEFORE_LAST: i32 = 4;
    let first = || five_year_plan(title).map(|last| last - YEARS_BEFORE_LAST);
    calendar_year(title).or_else(first).or_else(|| first_of_years(title))
}

/// What stands between the years of a range.
const DASHES: [char; 6] = ['-', '—', '–', '~', '～', '至'];

/// 行动方案（2026—2030年）: the first of the years that a plan is for.
fn first_of_years(title: &str) -> Option<i32> {
    let dash = title.rfind(DASHES)?;
    let before = title[..dash].trim_end_matches(DASHES).trim_end_matches('年');
    let first: i32 = before.get(before.len().checked_sub(4)?..)?.parse().ok()?;
    let last: i32 = title[dash..].trim_start_matches(DASHES).get(..4)?.parse().ok()?;
    ((1949..=2100).contains(&first) && first < last).then_some(first)
}

fn calendar_year(title: &str) -> Option<i32> {
    let at = title.find('年')?;
    let year = title.get(at.checked_sub(4)?..at)?;
    let ranges = title[..at].contains(DASHES) || title[at..].contains(['-', '—', '–', '~', '～']);
    year.parse().ok().filter(|year| !ranges && (1949..=2100).contains(year))
}

/// Reads the divisions one after the other.
struct Reader<'r, 't> {
    nodes: &'r [Node],
    ids: &'r [DivisionId],
    view: &'r View<'t>,
    table: &'r LineTable<'t>,
    lexicon: &'r Lexicon,
    bodies: Bodies<'r>,
    year: Option<i32>,
    first_goal_year: Option<i32>,
    above: DeadlinesAbove<'r>,
    /// For each division read whether it tells what was reached in a plan that is over.
    after_a_plan: Vec<bool>,
    has_rules: bool,
    state: AssignmentState,
    /// The last division that is no entry of a list of dashes.
    lead: Option<usize>,
    /// The last line of the front matter: a work report has its parts under
    /// lines without a number.
    heading: Option<Range<usize>>,
    layers: Layers,
}

impl<'r> Reader<'r, '_> {
    fn read(&mut self, at: usize) {
        let node = &self.nodes[at];
        if let Some(place) = node.table {
            self.read_table(at, place);
            return;
        }
        let has_rules = self.has_rules || self.is_in_article(at);
        let mut found = Vec::with_capacity(node.texts.len());
        for range in &node.texts {
            let paragraph = self.view.text(range.clone());
            found.push(extract_assignments(paragraph, &self.bodies, &mut self.state));
        }
        let assigned =
            found.iter().flat_map(|found| &found.groups).any(|group| group.role != Role::Mention);
        for (range, found) in node.texts.iter().zip(found) {
            self.take_assignments(at, range, found, !assigned && !has_rules);
        }
        // 一、市科委牵头建立机制。 A first sentence that is the title says duties too.
        if node.marker.is_some()
            && let Some(title) = node.title.clone()
        {
            self.read_duties_of(at, &[title]);
        }
        self.read_titled_duties(at);
        self.layers.closing[at].sort_by_key(|cut| cut.start);
        self.read_targets(at, !has_rules);
    }

    fn is_in_article(&self, at: usize) -> bool {
        std::iter::successors(Some(at), |&at| self.nodes[at].parent)
            .any(|at| self.nodes[at].kind == DivisionKind::Article)
    }

    fn tell(
        &mut self,
        at: usize,
        base: usize,
        range: Range<usize>,
        code: DiagnosticCode,
        message: String,
    ) {
        let source = self.view.source_range(base + range.start..base + range.end);
        let division = Some(self.ids[at].clone());
        self.layers.diagnostics.push(diagnostic(code, message, division, self.table.span(source)));
    }
}

/// Returns those of the cuts, which are in order, that stand in a paragraph.
pub(crate) fn cuts_within<'c>(
    cuts: &'c [Range<usize>],
    paragraph: &Range<usize>,
) -> impl Iterator<Item = &'c Range<usize>> {
    let Range { start, end } = *paragraph;
    let first = cuts.partition_point(|cut| cut.start < start);
    cuts[first..].iter().take_while(move |cut| cut.start < end).filter(move |cut| cut.end <= end)
}

/// Returns the place that a record quotes: all of it or, where that is too
/// long, from the first to the last of the record's parts.
fn quoted<'p>(
    whole: &Range<usize>,
    longest: usize,
    parts: impl Iterator<Item = &'p Range<usize>>,
) -> Range<usize> {
    let own = parts.cloned().reduce(|all, part| all.start.min(part.start)..all.end.max(part.end));
    own.filter(|_| whole.len() > longest).unwrap_or_else(|| whole.clone())
}

/// Folded titles from the top down to a node, its own included.
fn headings<'v>(nodes: &[Node], view: &'v View<'_>, at: usize) -> Vec<&'v str> {
    let mut headings: Vec<&str> = std::iter::successors(Some(at), |&at| nodes[at].parent)
        .filter_map(|at| nodes[at].title.clone())
        .map(|title| view.text(title))
        .collect();
    headings.reverse();
    headings
}
