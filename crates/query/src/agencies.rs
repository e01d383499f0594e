//! Which bodies the documents give duties to, and how often.

use std::borrow::Borrow;
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use gangmu_model::{AgencyRecord, Document, Role};

use crate::DocumentFilter;

/// A question for the bodies that the documents name.
#[derive(Debug, Clone, Default)]
pub struct AgenciesQuery {
    /// The documents asked.
    pub documents: DocumentFilter,
}

impl AgenciesQuery {
    /// Answers from the documents: one record for each body, those with most
    /// duties first, then by name. A body counts once for each division and role.
    pub fn answer<D: Borrow<Document>>(&self, documents: &[D]) -> Vec<AgencyRecord> {
        let mut records: Vec<AgencyRecord> = Vec::new();
        let mut index_of: HashMap<&str, usize> = HashMap::new();
        let documents = documents.iter().map(Borrow::borrow);
        for document in documents.filter(|document| self.documents.admits(document)) {
            let mut counted = HashSet::new();
            for assignment in &document.assignments {
                for mention in &assignment.agencies {
                    let full_name = mention.full_name.as_deref().unwrap_or(&mention.name);
                    let index = *index_of.entry(full_name).or_insert_with(|| {
                        records.push(empty_record(full_name));
                        records.len() - 1
                    });
                    let record = &mut records[index];
                    push_new(&mut record.names, &mention.name);
                    // Documents come one after the other, so the last is the only candidate.
                    if record.documents.last() != Some(&document.id) {
                        record.documents.push(document.id.clone());
                    }
                    if counted.insert((index, &assignment.division, assignment.role)) {
                        count(record, assignment.role);
                    }
                }
            }
        }
        records.sort_by(|a, b| {
            (Reverse(total(a)), &a.full_name).cmp(&(Reverse(total(b)), &b.full_name))
        });
        records
    }
}

fn empty_record(full_name: &str) -> AgencyRecord {
    AgencyRecord {
        full_name: full_name.to_owned(),
        names: Vec::new(),
        lead: 0,
        responsible: 0,
        support: 0,
        joint: 0,
        documents: Vec::new(),
    }
}

fn push_new(list: &mut Vec<String>, item: &str) {
    if !list.iter().any(|known| known == item) {
        list.push(item.to_owned());
    }
}

fn count(record: &mut AgencyRecord, role: Role) {
    match role {
        Role::Lead => record.lead += 1,
        Role::Responsible => record.responsible += 1,
        Role::Support => record.support += 1,
        Role::Joint => record.joint += 1,
        Role::Supervise | Role::Mention => {}
    }
}

fn total(record: &AgencyRecord) -> u32 {
    record.lead + record.responsible + record.support + record.joint
}
