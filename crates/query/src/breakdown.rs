//! Documents taken apart into tasks, as offices tabulate them (任务分解表).

use std::borrow::Borrow;
use std::cmp::Reverse;
use std::collections::HashSet;

use gangmu_lexicon::Lexicon;
use gangmu_model::{
    AgencyMention, Deadline, Diagnostic, DiagnosticCode, Division, Document, Role, Target,
};

use crate::duty::{DutyGroup, duty_groups};
use crate::layers::Layers;
use crate::snippet::sentences;
use crate::tasks::{deadlines_within, names_year};
use crate::{AgencyMatcher, DocumentFilter};

/// A question for the tasks of documents, a division at a time.
#[derive(Debug, Clone, Default)]
pub struct BreakdownQuery {
    /// Only tasks of this body, by any of its names; `None`: all tasks.
    pub agency: Option<String>,
    /// The roles asked for, of the body where one is named; empty: all.
    pub roles: Vec<Role>,
    /// The calendar year that a deadline of the task names.
    pub year: Option<i32>,
    /// The documents asked.
    pub documents: DocumentFilter,
    /// Whether the first body of a list leads where none is said to.
    pub first_is_lead: bool,
}

/// A division that gives bodies something to do, with all that belongs to it.
#[derive(Debug)]
pub struct Task<'d> {
    /// The document.
    pub document: &'d Document,
    /// The division.
    pub division: &'d Division,
    /// The headings above it, from the top down.
    pub above: Vec<String>,
    /// Its own text, and that of the divisions inside it which are no tasks of
    /// their own; a paragraph a line.
    pub text: String,
    /// Who has to do it; empty where the document fails to say.
    pub groups: Vec<DutyGroup<'d>>,
    /// The deadlines of its goals, in order, each once.
    pub deadlines: Vec<Deadline>,
    /// Its goals, with and without a number.
    pub targets: Vec<&'d Target>,
    /// What is wrong or unsure in it.
    pub doubts: Vec<&'d Diagnostic>,
}

/// A sentence of a task's text.
#[derive(Debug)]
pub struct TaskSentence<'t, 'd> {
    /// The sentence, without blanks around it.
    pub text: &'t str,
    /// The goals that stand in it.
    pub targets: Vec<&'d Target>,
}

/// What a body has to do in all the tasks of an answer.
#[derive(Debug)]
pub struct AgencyDuties<'t> {
    /// The full name; the name as written where it could not be resolved.
    pub full_name: &'t str,
    /// The names as written, in the order met.
    pub names: Vec<&'t str>,
    /// Each role it has in a task: the role, whether it is inferred, and which
    /// task, by its place in the list; by role, then in the order of tasks.
    pub duties: Vec<(Role, bool, usize)>,
}

impl BreakdownQuery {
    /// Answers from the documents, in document order. A division without any
    /// duty is a task where others like it have one, and only where all tasks
    /// are asked for.
    pub fn answer<'d, D: Borrow<Document>>(
        &self,
        documents: &'d [D],
        lexicon: &Lexicon,
    ) -> Vec<Task<'d>> {
        let agency = self.agency.as_deref().map(|asked| AgencyMatcher::new(asked, lexicon));
        documents
            .iter()
            .map(Borrow::borrow)
            .filter(|document| self.documents.admits(document))
            .flat_map(|document| self.in_document(document, agency.as_ref()))
            .collect()
    }

    fn in_document<'d>(
        &self,
        document: &'d Document,
        agency: Option<&AgencyMatcher<'_>>,
    ) -> Vec<Task<'d>> {
        let layers = Layers::new(document);
        let everything = agency.is_none() && self.roles.is_empty();
        let lacking: HashSet<_> = document
            .diagnostics
            .iter()
            .filter(|each| everything && each.code == DiagnosticCode::MissingAssignment)
            .filter_map(|each| each.division.as_ref())
            .collect();
        let is_asked = |group: &DutyGroup<'_>| {
            (self.roles.is_empty() || self.roles.contains(&group.role))
                && agency.is_none_or(|agency| {
                    group.agencies.iter().any(|mention| agency.matches(document, mention))
                })
        };
        let mut tasks = Vec::new();
        for division in &document.divisions {
            let groups = duty_groups(&layers, division, self.first_is_lead);
            if !groups.iter().any(is_asked) && !lacking.contains(&division.id) {
                continue;
            }
            let deadlines = deadlines_within(&layers, division);
            if self.year.is_none_or(|year| names_year(&deadlines, year)) {
                tasks.push(task(&layers, division, groups, deadlines));
            }
        }
        tasks
    }
}

fn task<'d>(
    layers: &Layers<'d>,
    division: &'d Division,
    groups: Vec<DutyGroup<'d>>,
    deadlines: Vec<Deadline>,
) -> Task<'d> {
    let document = layers.document();
    let mut above = layers.tree().path(division);
    if division.heading().is_some() {
        above.pop();
    }
    // Own divisions first: what is said of one inside that is a task of its own is told there.
    let mut covered = vec![division];
    for inside in layers.tree().descendants(division) {
        let parent = inside.parent.as_ref();
        let is_covered = covered.iter().any(|known| Some(&known.id) == parent);
        if is_covered && layers.assignments_of(inside).next().is_none() {
            covered.push(inside);
        }
    }
    let mut lines = Vec::new();
    for part in &covered {
        if part.id != division.id {
            lines.extend(part.heading());
        }
        lines.extend((!part.text.is_empty()).then(|| part.text.clone()));
    }
    let is_here = |each: &&Diagnostic| {
        each.division.as_ref().is_some_and(|id| covered.iter().any(|part| part.id == *id))
    };
    Task {
        document,
        division,
        above,
        text: lines.join("\n"),
        groups,
        deadlines,
        targets: layers.targets_within(division).collect(),
        doubts: document.diagnostics.iter().filter(is_here).collect(),
    }
}

impl<'d> Task<'d> {
    /// Returns the sentences of the text, each with the goals that stand in it.
    pub fn sentences(&self) -> Vec<TaskSentence<'_, 'd>> {
        let starts: Vec<usize> =
            self.text.char_indices().map(|(at, _)| at).chain([self.text.len()]).collect();
        let mut open = self.targets.clone();
        sentences(&self.text)
            .into_iter()
            .map(|[start, end]| self.text[starts[start as usize]..starts[end as usize]].trim())
            .filter(|text| text.chars().any(char::is_alphanumeric))
            .map(|text| {
                let (targets, rest) = open.iter().partition(|target| text.contains(&target.text));
                open = rest;
                TaskSentence { text, targets }
            })
            .collect()
    }
}

/// Returns the bodies of the tasks with what each has to do, those with most
/// duties first, then by name.
pub fn duties_by_agency<'t>(tasks: &'t [Task<'_>]) -> Vec<AgencyDuties<'t>> {
    let mut bodies: Vec<AgencyDuties<'t>> = Vec::new();
    let mut index_of = std::collections::HashMap::new();
    for (at, task) in tasks.iter().enumerate() {
        for group in &task.groups {
            for AgencyMention { name, full_name } in group.agencies {
                let full_name = full_name.as_deref().unwrap_or(name);
                let index = *index_of.entry(full_name).or_insert_with(|| {
                    bodies.push(AgencyDuties { full_name, names: Vec::new(), duties: Vec::new() });
                    bodies.len() - 1
                });
                let body = &mut bodies[index];
                if !body.names.contains(&name.as_str()) {
                    body.names.push(name);
                }
                if !body.duties.iter().any(|(role, _, task)| (*role, *task) == (group.role, at)) {
                    body.duties.push((group.role, group.inferred, at));
                }
            }
        }
    }
    for body in &mut bodies {
        body.duties.sort_by_key(|(role, _, task)| (*role, *task));
    }
    bodies.sort_by_key(|body| (Reverse(body.duties.len()), body.full_name));
    bodies
}
