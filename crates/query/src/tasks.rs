//! What a body has to do.

use std::collections::HashSet;

use gangmu_lexicon::Lexicon;
use gangmu_model::{
    AgencyMention, Assignment, AssignmentForm, Deadline, Division, Document, Role, TargetType,
    TaskRecord,
};

use crate::layers::Layers;
use crate::{AgencyMatcher, DocumentFilter};

/// A question for the tasks of one body.
#[derive(Debug, Clone, Default)]
pub struct TaskQuery {
    /// The body, by any of its names.
    pub agency: String,
    /// The roles asked for; empty: all.
    pub roles: Vec<Role>,
    /// The calendar year that a deadline of the task names.
    pub year: Option<i32>,
    /// The documents asked.
    pub documents: DocumentFilter,
}

impl TaskQuery {
    /// Answers from the documents: one record for each division and role of
    /// the body, in the order of [`Role::ALL`], then in document order.
    ///
    /// A duty of a heading is a record of the heading and holds for all that
    /// stands under it; so its deadlines and goals are those of the divisions
    /// under it as well.
    pub fn answer(&self, documents: &[Document], lexicon: &Lexicon) -> Vec<TaskRecord> {
        let agency = AgencyMatcher::new(&self.agency, lexicon);
        let mut records: Vec<TaskRecord> = documents
            .iter()
            .filter(|document| self.documents.admits(document))
            .flat_map(|document| self.in_document(document, &agency))
            .collect();
        records.sort_by_key(|record| record.role);
        records
    }

    fn in_document(&self, document: &Document, agency: &AgencyMatcher<'_>) -> Vec<TaskRecord> {
        let layers = Layers::new(document);
        let mut records = Vec::new();
        let mut seen = HashSet::new();
        for assignment in &document.assignments {
            if !self.roles.is_empty() && !self.roles.contains(&assignment.role) {
                continue;
            }
            for mention in &assignment.agencies {
                if !agency.matches(document, mention) {
                    continue;
                }
                let body = mention.full_name.as_deref().unwrap_or(&mention.name);
                let Some(division) = layers.tree().get(&assignment.division) else { continue };
                if seen.insert((&division.id, assignment.role, body)) {
                    let record = task_record(&layers, division, assignment, mention);
                    if self.year.is_none_or(|year| names_year(&record, year)) {
                        records.push(record);
                    }
                }
            }
        }
        records
    }
}

fn names_year(record: &TaskRecord, year: i32) -> bool {
    record.deadlines.iter().any(|deadline| deadline.year == Some(year))
}

fn task_record(
    layers: &Layers<'_>,
    division: &Division,
    assignment: &Assignment,
    mention: &AgencyMention,
) -> TaskRecord {
    let text = match assignment.form {
        AssignmentForm::Inline => assignment.text.clone(),
        _ => division.text.clone(),
    };
    let with_role = |role| names_with_role(layers, division, role);
    let mut deadlines: Vec<Deadline> = Vec::new();
    let mut targets = Vec::new();
    for target in layers.targets_within(division) {
        if let Some(deadline) = &target.deadline
            && !deadlines.contains(deadline)
        {
            deadlines.push(deadline.clone());
        }
        if target.target_type == TargetType::Quantitative {
            targets.push(target.text.clone());
        }
    }
    TaskRecord {
        document: layers.document().id.clone(),
        division: division.id.clone(),
        citation: division.citation.clone(),
        task: division.title.clone(),
        text,
        role: assignment.role,
        agency: mention.name.clone(),
        full_name: mention.full_name.clone(),
        lead: with_role(Role::Lead),
        responsible: with_role(Role::Responsible),
        support: with_role(Role::Support),
        joint: with_role(Role::Joint),
        deadlines,
        targets,
    }
}

/// Returns the names as written, each once, in the order of the text.
fn names_with_role(layers: &Layers<'_>, division: &Division, role: Role) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for assignment in layers.assignments_of(division).filter(|assignment| assignment.role == role) {
        for mention in &assignment.agencies {
            if !names.contains(&mention.name) {
                names.push(mention.name.clone());
            }
        }
    }
    names
}
