//! What is to be reached: each paragraph with what the titles and the paragraphs
//! above say of it, and from the ranges that the extractor finds to records.

use std::ops::Range;

use gangmu_model::{Baseline, Deadline, DiagnosticCode, Target, TargetType};

use super::above::Setting;
use super::target::{
    RawDeadline, RawTarget, TargetContext, Titles, Wording, extract_targets, heading_deadline,
    introduced_deadline, lead_deadline, names_goals, opens_after_a_plan, stated_deadline,
};
use super::{Reader, cuts_within, headings, quoted};
use crate::outline::Node;

/// A clause of more bytes is quoted by each of its targets in the target's own
/// part: the whole for each would take memory by the square of its length. A clause
/// that people write is far shorter.
const LONGEST_CLAUSE: usize = 1000;

impl<'r> Reader<'r, '_> {
    pub(super) fn read_targets(&mut self, at: usize, goals_expected: bool) {
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
    pub(super) fn take_heading(&mut self, at: usize) {
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

    /// Reads the figures of what is said before the first number where they are dated or
    /// called goals: a work report names the goals of its year there, under a line without
    /// a number, a plan its 主要指标.
    pub(super) fn read_opening_goals(&mut self, at: usize) {
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
            let paragraph = view.text(range.clone());
            let announced = announces_goals(paragraph);
            for mut raw in extract_targets(paragraph, &context) {
                raw.deadline = raw.deadline.or_else(|| titles.deadline().cloned());
                let told =
                    raw.deadline.is_some() || announced.is_some_and(|at| at <= raw.range.start);
                if told && raw.target_type == TargetType::Quantitative {
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
        let stated = opening.and_then(|opening| above.set_by(Setting::States, opening));
        // “十四五”时期主要目标 is less exact than 到2025年 in the paragraph below it.
        let only_titled = parent.is_some_and(|parent| nodes[parent].texts.is_empty());
        stated
            .clone()
            .filter(|_| only_titled)
            .or_else(|| {
                introducing.filter_map(|last| above.set_by(Setting::Introduces, last)).next()
            })
            .or_else(|| above.set_by(Setting::Leads, lead?))
            .or(stated)
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

    pub(super) fn take_target(&mut self, at: usize, base: usize, raw: RawTarget) {
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
}

/// What a record says of a deadline.
pub(super) fn deadline(raw: RawDeadline, quote: &impl Fn(&Range<usize>) -> String) -> Deadline {
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

/// Where a paragraph calls what follows goals: 主要指标:…, 主要预期目标是:….
fn announces_goals(paragraph: &str) -> Option<usize> {
    const CALLED: [&str; 5] = ["主要指标", "预期目标", "主要目标", "工作目标", "总体目标"];
    CALLED.iter().flat_map(|called| paragraph.match_indices(called)).find_map(|(at, called)| {
        let end = at + called.len();
        let behind = paragraph[end..].trim_start_matches("是").trim_start_matches("为");
        behind.starts_with([':', ',']).then_some(end)
    })
}
