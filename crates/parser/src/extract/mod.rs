//! Layers beside the tree: who must do what, and what is to be reached.
//!
//! The extractors read one folded paragraph at a time and know nothing of the
//! tree; this module gives them the paragraphs in order with what stands above,
//! and turns their ranges into records with spans and quoted text.

mod above;
mod assignment;
mod table;
mod target;

use std::collections::HashSet;
use std::ops::Range;

use foldhash::fast::RandomState;
use gangmu_lexicon::Lexicon;
use gangmu_model::{
    AgencyMention, Assignment, AssignmentForm, Baseline, Deadline, Diagnostic, DiagnosticCode,
    DivisionId, DivisionKind, LineTable, Metadata, Role, Target, TargetType,
};

use crate::outline::Node;
use crate::review::{self, diagnostic};
use crate::view::View;
use above::{DeadlinesAbove, Setting};
pub(crate) use assignment::column_role;
use assignment::{
    AssignmentState, Bodies, ParagraphAssignments, RawAssignment, extract_assignments,
};
use target::{
    RawDeadline, RawTarget, TargetContext, Titles, Wording, extract_targets, five_year_plan,
    heading_deadline, introduced_deadline, lead_deadline, names_goals, opens_after_a_plan,
    stated_deadline,
};

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
    review::issued_year(metadata).or_else(|| title_year(metadata.title.as_deref()?))
}

/// 某市2026年政府工作报告: one year, that names no range. A five-year plan speaks in
/// its first year.
fn title_year(title: &str) -> Option<i32> {
    const YEARS_BEFORE_LAST: i32 = 4;
    calendar_year(title).or_else(|| five_year_plan(title).map(|last| last - YEARS_BEFORE_LAST))
}

fn calendar_year(title: &str) -> Option<i32> {
    let at = title.find('年')?;
    let year = title.get(at.checked_sub(4)?..at)?;
    let ranges = title[..at].contains(['-', '—', '–', '~', '～', '至'])
        || title[at..].contains(['-', '—', '–', '~', '～']);
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
        self.layers.closing[at].sort_by_key(|cut| cut.start);
        self.read_targets(at, !has_rules);
    }

    /// Reads who must do what in sentences behind the last division: 市科委牵头建立机制。
    fn read_closing_duties(&mut self, at: usize) {
        let texts = &self.nodes[at].texts;
        let sentences = texts.iter().filter(|text| self.view.text((*text).clone()).ends_with('。'));
        let sentences: Vec<Range<usize>> = sentences.cloned().collect();
        self.read_duties_of(at, &sentences);
    }

    /// Reads who must do what in running text that is no division's own.
    fn read_duties_of(&mut self, at: usize, texts: &[Range<usize>]) {
        for range in texts {
            let paragraph = self.view.text(range.clone());
            let found = extract_assignments(paragraph, &self.bodies, &mut self.state);
            let is_duty = |group: &&RawAssignment| {
                group.form == AssignmentForm::Inline && group.role != Role::Mention
            };
            for group in found.groups.iter().filter(is_duty) {
                let assignment = self.assignment(at, range.start, group, AssignmentForm::Inline);
                self.layers.assignments.push(assignment);
            }
        }
    }

    fn is_in_article(&self, at: usize) -> bool {
        std::iter::successors(Some(at), |&at| self.nodes[at].parent)
            .any(|at| self.nodes[at].kind == DivisionKind::Article)
    }

    fn take_assignments(
        &mut self,
        at: usize,
        paragraph: &Range<usize>,
        found: ParagraphAssignments,
        mentions: bool,
    ) {
        let mut cuts: HashSet<(usize, usize), RandomState> = HashSet::default();
        for group in found.groups {
            if group.role == Role::Mention && !mentions || group.agencies.is_empty() {
                continue;
            }
            let closing = found.closing.binary_search_by_key(&group.text.start, |cut| cut.start);
            let closes = closing.is_ok();
            let form = match group.form {
                AssignmentForm::Closing if !closes || group.text.len() > LONGEST_BRACKET => {
                    AssignmentForm::Inline
                }
                form => form,
            };
            if form == AssignmentForm::Closing && cuts.insert((group.text.start, group.text.end)) {
                let cut = paragraph.start + group.text.start..paragraph.start + group.text.end;
                self.layers.closing[at].push(cut);
            }
            let assignment = self.assignment(at, paragraph.start, &group, form);
            self.layers.assignments.push(assignment);
        }
        for finding in found.findings {
            self.tell(at, paragraph.start, finding.range, finding.code, finding.message);
        }
    }

    fn assignment(
        &self,
        at: usize,
        base: usize,
        group: &RawAssignment,
        form: AssignmentForm,
    ) -> Assignment {
        let quote = |range: &Range<usize>| self.view.verbatim(base + range.start..base + range.end);
        let agencies = group
            .agencies
            .iter()
            .flat_map(|range| {
                let written = quote(range);
                let parts = self.bodies.parts(&written).into_iter();
                let agency = |name: &str| AgencyMention {
                    name: name.to_owned(),
                    full_name: self.bodies.full_name(name),
                };
                parts.map(agency).collect::<Vec<_>>()
            })
            .collect();
        let text = quoted(&group.text, LONGEST_BRACKET, group.label.iter().chain(&group.agencies));
        let source = self.view.source_range(base + text.start..base + text.end);
        Assignment {
            division: self.ids[at].clone(),
            role: group.role,
            label: group.label.as_ref().map(quote),
            agencies,
            open_ended: group.open_ended,
            form,
            text: quote(&text),
            span: self.table.span(source),
        }
    }

    fn read_targets(&mut self, at: usize, goals_expected: bool) {
        let nodes = self.nodes;
        let node = &nodes[at];
        let view = self.view;
        let plan = self.heading.clone().map(|heading| view.text(heading));
        let plan = plan.filter(|heading| heading_deadline(&[heading]).is_some());
        let headings: Vec<&str> = plan.into_iter().chain(headings(nodes, view, at)).collect();
        self.after_a_plan[at] = self.tells_of_a_plan_that_is_over(at);
        let titles = Titles::new(headings, self.year).after_a_plan(self.after_a_plan[at]);
        if !self.is_entry(at) {
            self.lead = Some(at);
        }
        let mut inherited = self.inherited_deadline(at, goals_expected);
        // What a list of dashes takes over from the paragraph before it.
        let mut lead: Option<&str> = None;
        let mut listed: Option<RawDeadline> = None;
        // 主要目标 到2025年,…: what stands below in it is to be reached by then.
        let aims = goals_expected && titles.nearest_names_goals();
        let mut stated: Option<RawDeadline> = None;
        // 一、培育企业100家。 is all there is of a measure.
        let is_leaf = node.texts.is_empty()
            && node.marker.is_some()
            && nodes.get(at + 1).is_none_or(|next| next.parent != Some(at));
        let title = node.title.iter().filter(|_| is_leaf);
        for (which, range) in node.texts.iter().chain(title).enumerate() {
            let cut = cuts_within(&self.layers.closing[at], range).next();
            let end = cut.map_or(range.end, |cut| cut.start);
            let paragraph = view.text(range.start..end);
            let is_entry = paragraph.starts_with('—');
            if is_entry && let Some(lead) = lead.take() {
                listed = lead_deadline(lead, self.year)
                    .map(|deadline| RawDeadline { range: None, ..deadline });
            }
            let context = TargetContext {
                lexicon: self.lexicon,
                titles: &titles,
                document_year: self.year,
                first_goal_year: self.first_goal_year,
                inherited_deadline: inherited
                    .clone()
                    .or_else(|| listed.clone().filter(|_| is_entry)),
                goals_expected,
            };
            for mut raw in extract_targets(paragraph, &context) {
                if goals_expected && raw.deadline.is_none() {
                    raw.deadline = titles.deadline().or(stated.as_ref()).cloned();
                }
                self.take_target(at, range.start, raw);
            }
            if aims && let Some(deadline) = stated_deadline(paragraph, self.year) {
                stated = Some(RawDeadline { range: None, ..deadline });
            }
            if goals_expected && !is_entry {
                lead = Some(paragraph);
            }
            let is_last = which + 1 == node.texts.len();
            if goals_expected
                && !is_last
                && let Some(deadline) = introduced_deadline(paragraph)
            {
                inherited = Some(RawDeadline { range: None, ..deadline });
            }
        }
    }

    /// Takes a line of the front matter below the title for a heading if it names a
    /// time or goals.
    fn take_heading(&mut self, at: usize) {
        const LONGEST: usize = 40;
        let lines = self.nodes[at].texts.get(usize::from(at == 0)..).unwrap_or_default();
        let heading = lines.iter().rev().find(|range| {
            let line = self.view.text((*range).clone());
            let names = line.contains('年') || line.contains("时期") || names_goals(&[line]);
            names && line.chars().count() <= LONGEST
        });
        if let Some(heading) = heading {
            self.heading = Some(heading.clone());
        }
    }

    /// Reads the dated figures of what is said before the first number: a work report
    /// names the goals of its year there, under a line without a number.
    fn read_opening_goals(&mut self, at: usize) {
        let view = self.view;
        let heading = self.heading.clone().map(|heading| view.text(heading));
        let titles = Titles::new(heading.into_iter().collect(), self.year);
        for range in &self.nodes[at].texts {
            let context = TargetContext {
                lexicon: self.lexicon,
                titles: &titles,
                document_year: self.year,
                first_goal_year: self.first_goal_year,
                inherited_deadline: None,
                goals_expected: !self.has_rules,
            };
            for mut raw in extract_targets(view.text(range.clone()), &context) {
                raw.deadline = raw.deadline.or_else(|| titles.deadline().cloned());
                if raw.deadline.is_some() && raw.target_type == TargetType::Quantitative {
                    self.take_target(at, range.start, raw);
                }
            }
        }
    }

    /// The deadline that the line above a list sets: 到2025年,主要目标如下:
    fn inherited_deadline(&mut self, at: usize, goals_expected: bool) -> Option<RawDeadline> {
        if !goals_expected {
            return None;
        }
        let nodes = self.nodes;
        let parent = nodes[at].parent;
        let before = at
            .checked_sub(1)
            .filter(|&before| nodes[before].parent == parent || Some(before) == parent);
        let sibling = before.filter(|_| nodes[at].marker.is_none());
        let introducing = [sibling, parent].into_iter().flatten().filter_map(|at| {
            let node = &nodes[at];
            node.texts.last().or(node.title.as_ref()).filter(|_| node.table.is_none())
        });
        let lead = self.lead_of(at);
        let opening = self.opening_of_goals(at);
        let above = &mut self.above;
        // “十四五”时期主要目标 is less exact than 到2025年 in the paragraph below it.
        let titled = parent.filter(|&parent| nodes[parent].texts.is_empty() && opening.is_some());
        let stated = titled.and_then(|_| above.set_by(Setting::States, opening?));
        stated
            .or_else(|| {
                introducing.filter_map(|last| above.set_by(Setting::Introduces, last)).next()
            })
            .or_else(|| above.set_by(Setting::Leads, lead?))
            .or_else(|| above.set_by(Setting::States, opening?))
    }

    /// The paragraph above a list of dashes: 到2027年,…初具规模。——规模壮大。…
    fn lead_of(&self, at: usize) -> Option<&'r Range<usize>> {
        if !self.is_entry(at) {
            return None;
        }
        let lead = self.lead?;
        let parent = self.nodes[at].parent;
        if Some(lead) != parent && self.nodes[lead].parent != parent {
            return None;
        }
        self.nodes[lead].texts.last()
    }

    /// The paragraph that opens a chapter of goals, for the numbered ones below it:
    /// 二、发展目标 到2027年,力争成为集聚地。 (一)产业规模:营业收入突破….
    fn opening_of_goals(&self, at: usize) -> Option<&'r Range<usize>> {
        let nodes = self.nodes;
        let parent = nodes[at].parent?;
        let title = nodes[parent].title.clone()?;
        if nodes[at].marker.is_none() || !names_goals(&[self.view.text(title)]) {
            return None;
        }
        let first = parent + 1;
        let opens = |node: &Node| node.marker.is_none() && node.parent == Some(parent);
        nodes[parent]
            .texts
            .last()
            .or_else(|| nodes.get(first).filter(|node| first < at && opens(node))?.texts.last())
    }

    /// Whether a division, or one above it, opens with what was reached in a plan
    /// that is over, under no title of goals: “十三五”期间,….
    fn tells_of_a_plan_that_is_over(&self, at: usize) -> bool {
        let nodes = self.nodes;
        let node = &nodes[at];
        let parent = node.parent;
        if parent.is_some_and(|parent| self.after_a_plan[parent]) {
            return true;
        }
        let year = self.year.or(self.first_goal_year);
        // 发展目标 names what is to come, 既定目标如期实现 what has.
        let goals = node.title.clone().is_some_and(|title| {
            let title = self.view.text(title);
            names_goals(&[title]) && !["如期", "完成"].iter().any(|done| title.contains(done))
        });
        let below =
            nodes.get(at + 1).filter(|next| next.marker.is_none() && next.parent == Some(at));
        let opening = node.texts.first().or_else(|| below?.texts.first());
        let opens = |range: &Range<usize>| opens_after_a_plan(self.view.text(range.clone()), year);
        !goals && opening.is_some_and(opens)
    }

    fn is_entry(&self, at: usize) -> bool {
        let first = self.nodes[at].texts.first();
        first.is_some_and(|range| self.view.text(range.clone()).starts_with('—'))
    }

    fn take_target(&mut self, at: usize, base: usize, raw: RawTarget) {
        let view = self.view;
        let quote = |range: &Range<usize>| view.verbatim(base + range.start..base + range.end);
        let text = quoted(&raw.range, LONGEST_CLAUSE, raw.value_text.iter());
        let source = view.source_range(base + text.start..base + text.end);
        if view.crosses_columns(source.clone()) {
            return;
        }
        if raw.redacted {
            let message = "the figure is blacked out; the goal is kept without a value".to_owned();
            self.tell(at, base, raw.range.clone(), DiagnosticCode::RedactedFigure, message);
        } else if raw.target_type == TargetType::Quantitative && raw.unit.is_none() {
            let message = "the number has no unit; the goal is kept without one".to_owned();
            self.tell(at, base, raw.range.clone(), DiagnosticCode::MissingUnit, message);
        }
        self.layers.targets.push(Target {
            division: self.ids[at].clone(),
            target_type: raw.target_type,
            text: quote(&text),
            span: self.table.span(source),
            indicator: raw.indicator.as_ref().map(|wording| match wording {
                Wording::Place(range) => quote(range),
                Wording::Composed(text) => text.clone(),
            }),
            scope: raw.scope.as_ref().map(quote),
            deadline: raw.deadline.map(|found| deadline(found, &quote)),
            comparator: raw.comparator,
            value: raw.value,
            value_max: raw.value_max,
            // 百分之八十 is 80%.
            unit: raw.unit.as_ref().map(quote).map(|unit| match unit.as_str() {
                "百分之" => "%".to_owned(),
                _ => unit,
            }),
            value_text: raw.value_text.as_ref().map(quote),
            change: raw.change,
            baseline: raw
                .baseline
                .as_ref()
                .map(|baseline| Baseline { text: quote(&baseline.range), year: baseline.year }),
            qualifiers: raw.qualifiers.iter().map(quote).collect(),
            redacted: raw.redacted,
        });
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

/// What a record says of a deadline.
fn deadline(raw: RawDeadline, quote: &impl Fn(&Range<usize>) -> String) -> Deadline {
    Deadline {
        text: raw.range.as_ref().map_or(raw.text, quote),
        kind: raw.kind,
        year: raw.year,
        month: raw.month,
        day: raw.day,
        period: raw.period,
        relative: raw.relative,
    }
}

/// A bracket of more bytes is quoted by each of its records in that record's
/// own part, and stays in its division's text: with many records, the whole for
/// each would take memory by the square of its length.
const LONGEST_BRACKET: usize = 3000;

/// A clause of more bytes is quoted by each of its targets in the target's own
/// part, for the same reason. A clause that people write is far shorter.
const LONGEST_CLAUSE: usize = 1000;

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
