//! Who must do what: from the ranges that the extractor finds to records.

use std::collections::HashSet;
use std::ops::Range;

use foldhash::fast::RandomState;
use gangmu_model::{AgencyMention, Assignment, AssignmentForm, DiagnosticCode, Role};

use super::assignment::{ParagraphAssignments, RawAssignment, extract_assignments, read_titled};
use super::{Reader, cuts_within, quoted};

/// A bracket of more bytes is quoted by each of its records in that record's
/// own part, and stays in its division's text: with many records, the whole for
/// each would take memory by the square of its length.
const LONGEST_BRACKET: usize = 3000;

impl Reader<'_, '_> {
    /// Reads who must do what in sentences behind the last division: 市科委牵头建立机制。
    pub(super) fn read_closing_duties(&mut self, at: usize) {
        let texts = &self.nodes[at].texts;
        let sentences = texts.iter().filter(|text| self.view.text((*text).clone()).ends_with('。'));
        let sentences: Vec<Range<usize>> = sentences.cloned().collect();
        self.read_duties_of(at, &sentences);
    }

    /// Reads who must do what in running text that is no division's own.
    pub(super) fn read_duties_of(&mut self, at: usize, texts: &[Range<usize>]) {
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

    /// Reads what the text of a division gives to the body that its title names, or the title
    /// above it: 2.派出所。配合…; 市教育局 over （1）负责….
    pub(super) fn read_titled_duties(&mut self, at: usize) {
        let nodes = self.nodes;
        let node = &nodes[at];
        let titled = |at: &usize| nodes[*at].title.is_some();
        let Some(above) = Some(at).filter(titled).or_else(|| node.parent.filter(titled)) else {
            return;
        };
        let (Some(title), Some(text)) = (nodes[above].title.clone(), node.texts.first()) else {
            return;
        };
        if text.start < title.end {
            return;
        }
        let end = cuts_within(&self.layers.closing[at], text).next();
        let text = text.start..end.map_or(text.end, |cut| cut.start);
        let words = self.view.text(title.start..text.end);
        let from = |range: &Range<usize>| range.start - title.start..range.end - title.start;
        for group in read_titled(words, from(&title), from(&text), &self.bodies) {
            let assignment = self.assignment(at, title.start, &group, AssignmentForm::Inline);
            self.layers.assignments.push(assignment);
        }
    }

    pub(super) fn take_assignments(
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
            // Where blanks part it, each name was known.
            let is_parted = || {
                let Range { start, end } = finding.range;
                let written = self.view.verbatim(paragraph.start + start..paragraph.start + end);
                self.bodies.parts(&written) != [written.as_str()]
            };
            if finding.code == DiagnosticCode::UnknownAgency && is_parted() {
                continue;
            }
            self.tell(at, paragraph.start, finding.range, finding.code, finding.message);
        }
    }

    pub(super) fn assignment(
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
}
