//! What a body has to do.

use std::borrow::Borrow;
use std::collections::HashSet;
use std::convert::Infallible;

use gangmu_lexicon::Lexicon;
use gangmu_model::{
    AgencyMention, AssignmentForm, Deadline, Division, Document, Role, TargetType, TaskRecord,
};

use crate::duty::{DutyGroup, duty_groups};
use crate::layers::Layers;
use crate::{AgencyMatcher, DocumentFilter};

/// A question for the tasks of one body, or of every body.
#[derive(Debug, Clone, Default)]
pub struct TaskQuery {
    /// The body, by any of its names; `None`: every body.
    pub agency: Option<String>,
    /// The roles asked for; empty: all.
    pub roles: Vec<Role>,
    /// The calendar year that a deadline of the task names.
    pub year: Option<i32>,
    /// The documents asked.
    pub documents: DocumentFilter,
    /// Whether the first body of a list leads where none is said to.
    pub first_is_lead: bool,
}

impl TaskQuery {
    /// Answers from the documents: one record for each division, body and role,
    /// in the order of [`Role::ALL`], then in document order; for every body, in
    /// document order.
    ///
    /// A duty of a heading is a record of the heading and holds for all that
    /// stands under it; so its deadlines and goals are those of the divisions
    /// under it as well.
    pub fn answer<D: Borrow<Document>>(
        &self,
        documents: &[D],
        lexicon: &Lexicon,
    ) -> Vec<TaskRecord> {
        let agency = self.agency.as_deref().map(|asked| AgencyMatcher::new(asked, lexicon));
        let mut records: Vec<TaskRecord> = documents
            .iter()
            .map(Borrow::borrow)
            .filter(|document| self.documents.admits(document))
            .flat_map(|document| self.in_document(document, agency.as_ref()))
            .collect();
        if agency.is_some() {
            records.sort_by_key(|record| record.role);
        }
        records
    }

    fn in_document(
        &self,
        document: &Document,
        agency: Option<&AgencyMatcher<'_>>,
    ) -> Vec<TaskRecord> {
        let mut records = Vec::new();
        let done: Result<(), Infallible> = self.each_in(document, agency, |record| {
            records.push(record);
            Ok(())
        });
        let Ok(()) = done;
        records
    }

    /// Hands on the records of one document, whatever [`documents`](Self::documents) says.
    pub(crate) fn each_in<E>(
        &self,
        document: &Document,
        agency: Option<&AgencyMatcher<'_>>,
        mut take: impl FnMut(TaskRecord) -> Result<(), E>,
    ) -> Result<(), E> {
        let layers = Layers::new(document);
        for division in layers.divisions_with_duties() {
            let groups = duty_groups(&layers, division, self.first_is_lead);
            let mut seen = HashSet::new();
            for group in &groups {
                if !self.roles.is_empty() && !self.roles.contains(&group.role) {
                    continue;
                }
                for mention in group.agencies {
                    if agency.is_some_and(|agency| !agency.matches(document, mention)) {
                        continue;
                    }
                    let body = mention.full_name.as_deref().unwrap_or(&mention.name);
                    if seen.insert((group.role, body)) {
                        let record = task_record(&layers, division, &groups, group, mention);
                        if self.year.is_none_or(|year| names_year(&record.deadlines, year)) {
                            take(record)?;
                        }
                    }
                }
            }
        }
        Ok(())
    }
}

/// Whether one of the deadlines names the year.
pub(crate) fn names_year(deadlines: &[Deadline], year: i32) -> bool {
    deadlines.iter().any(|deadline| deadline.year == Some(year))
}

/// Returns the deadlines of the goals of a division and of those inside it, each
/// once, in document order.
pub(crate) fn deadlines_within(layers: &Layers<'_>, division: &Division) -> Vec<Deadline> {
    let mut deadlines: Vec<Deadline> = Vec::new();
    for deadline in layers.targets_within(division).filter_map(|target| target.deadline.as_ref()) {
        if !deadlines.contains(deadline) {
            deadlines.push(deadline.clone());
        }
    }
    deadlines
}

pub(crate) fn task_record(
    layers: &Layers<'_>,
    division: &Division,
    groups: &[DutyGroup<'_>],
    group: &DutyGroup<'_>,
    mention: &AgencyMention,
) -> TaskRecord {
    let text = match group.assignment.form {
        AssignmentForm::Inline => group.assignment.text.clone(),
        _ => division.text.clone(),
    };
    let with_role = |role| names_with_role(groups, role);
    let targets = layers
        .targets_within(division)
        .filter(|target| target.target_type == TargetType::Quantitative)
        .map(|target| target.text.clone());
    TaskRecord {
        document: layers.document().id.clone(),
        division: division.id.clone(),
        citation: division.citation.clone(),
        task: division.title.clone(),
        text,
        role: group.role,
        agency: mention.name.clone(),
        full_name: mention.full_name.clone(),
        lead: with_role(Role::Lead),
        responsible: with_role(Role::Responsible),
        support: with_role(Role::Support),
        joint: with_role(Role::Joint),
        inferred: groups.iter().any(|group| group.inferred),
        deadlines: deadlines_within(layers, division),
        targets: targets.collect(),
    }
}

/// Returns the names as written, each once, in the order of the text.
fn names_with_role(groups: &[DutyGroup<'_>], role: Role) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for mention in groups.iter().filter(|group| group.role == role).flat_map(|group| group.agencies)
    {
        if !names.contains(&mention.name) {
            names.push(mention.name.clone());
        }
    }
    names
}
