//! The duties of many documents, noted once, so that one page of an answer costs
//! its own documents and not all of them.

use std::borrow::Borrow;
use std::collections::{HashMap, HashSet};

use gangmu_lexicon::Lexicon;
use gangmu_model::{AgencyMention, Document, Role, TaskRecord};

use crate::TaskQuery;
use crate::duty::duty_groups;
use crate::layers::Layers;
use crate::tasks::{deadlines_within, task_record};

/// The duties of a list of documents, in the order of the list.
#[derive(Debug, Default)]
pub struct TaskTable {
    duties: Vec<Duty>,
    names: Vec<Name>,
}

/// A name of a body as documents of a region write it.
#[derive(Debug)]
struct Name {
    mention: AgencyMention,
    region: Option<String>,
    /// The place of the first name of the same body and region.
    body: u32,
}

#[derive(Debug)]
struct Duty {
    document: u32,
    division: u32,
    role: Role,
    name: u32,
    years: Box<[i32]>,
}

/// Which names of a [`TaskTable`] mean a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskNames(Vec<bool>);

impl TaskNames {
    /// Returns whether any name does.
    pub fn is_empty(&self) -> bool {
        !self.0.contains(&true)
    }
}

impl TaskTable {
    /// Notes the duties of the documents.
    pub fn of<D: Borrow<Document>>(documents: &[D]) -> Self {
        let mut table = Self::default();
        let mut place_of: HashMap<(AgencyMention, Option<String>), u32> = HashMap::new();
        let mut body_of: HashMap<(String, Option<String>), u32> = HashMap::new();
        for (document_at, document) in (0u32..).zip(documents.iter().map(Borrow::borrow)) {
            let layers = Layers::new(document);
            let region = &document.metadata.region;
            let with_duties: HashSet<_> =
                layers.divisions_with_duties().iter().map(|division| &division.id).collect();
            for (division_at, division) in (0u32..).zip(&document.divisions) {
                if !with_duties.contains(&division.id) {
                    continue;
                }
                let years: Box<[i32]> = deadlines_within(&layers, division)
                    .iter()
                    .filter_map(|deadline| deadline.year)
                    .collect();
                let mut seen = HashSet::new();
                for group in duty_groups(&layers, division, false) {
                    for mention in group.agencies {
                        let name = *place_of
                            .entry((mention.clone(), region.clone()))
                            .or_insert_with(|| {
                                let body = mention.full_name.as_ref().unwrap_or(&mention.name);
                                let place = table.names.len() as u32;
                                let body = body_of.entry((body.clone(), region.clone()));
                                table.names.push(Name {
                                    mention: mention.clone(),
                                    region: region.clone(),
                                    body: *body.or_insert(place),
                                });
                                place
                            });
                        if seen.insert((group.role, name)) {
                            table.duties.push(Duty {
                                document: document_at,
                                division: division_at,
                                role: group.role,
                                name,
                                years: years.clone(),
                            });
                        }
                    }
                }
            }
        }
        table
    }

    /// Returns the names that mean a body, by any of its names.
    pub fn names_of(&self, asked: &str, lexicon: &Lexicon) -> TaskNames {
        let is_asked = |name: &Name| {
            let context = gangmu_lexicon::AgencyContext { region: name.region.as_deref() };
            let full_name = name.mention.full_name.as_deref();
            lexicon.agency_matches(asked, &name.mention.name, full_name, context)
        };
        TaskNames(self.names.iter().map(is_asked).collect())
    }

    /// Answers as [`TaskQuery::answer`] does, but for a part of the records: those
    /// from `offset` on, `limit` at most. `documents` are those the table was made
    /// of, and `names` what [`names_of`](Self::names_of) gives for the body of the query.
    /// An inferred leader is in no table.
    ///
    /// Returns the number of all records, and the records.
    pub fn answer<D: Borrow<Document>>(
        &self,
        query: &TaskQuery,
        names: Option<&TaskNames>,
        documents: &[D],
        (offset, limit): (usize, usize),
    ) -> (usize, Vec<TaskRecord>) {
        let mut found = self.find(query, names, documents);
        if names.is_some() {
            found.sort_by_key(|duty| duty.role);
        }
        let total = found.len();
        let end = offset.saturating_add(limit).min(total);
        let page = &found[offset.min(end)..end];
        let mut layers: HashMap<u32, Layers<'_>> = HashMap::new();
        let records = page.iter().filter_map(|duty| {
            let document = documents[duty.document as usize].borrow();
            let layers = layers.entry(duty.document).or_insert_with(|| Layers::new(document));
            let division = &document.divisions[duty.division as usize];
            let groups = duty_groups(layers, division, false);
            let mention = &self.names[duty.name as usize].mention;
            let group = groups
                .iter()
                .find(|group| group.role == duty.role && group.agencies.contains(mention))?;
            Some(task_record(layers, division, &groups, group, mention))
        });
        (total, records.collect())
    }

    fn find<D: Borrow<Document>>(
        &self,
        query: &TaskQuery,
        names: Option<&TaskNames>,
        documents: &[D],
    ) -> Vec<&Duty> {
        let admitted: Option<Vec<bool>> = (!query.documents.is_empty()).then(|| {
            documents.iter().map(|document| query.documents.admits(document.borrow())).collect()
        });
        let is_asked = |duty: &&Duty| {
            names.is_none_or(|names| names.0[duty.name as usize])
                && (query.roles.is_empty() || query.roles.contains(&duty.role))
                && query.year.is_none_or(|year| duty.years.contains(&year))
                && admitted.as_ref().is_none_or(|admitted| admitted[duty.document as usize])
        };
        let mut found: Vec<&Duty> = Vec::new();
        for duty in self.duties.iter().filter(is_asked) {
            // A body by two of its names has one duty; those of a division stand together.
            let of_division = found.iter().rev().take_while(|other| {
                (other.document, other.division) == (duty.document, duty.division)
            });
            let body = |duty: &Duty| self.names[duty.name as usize].body;
            if !of_division
                .into_iter()
                .any(|other| other.role == duty.role && body(other) == body(duty))
            {
                found.push(duty);
            }
        }
        found
    }

    /// Returns the places of the documents in which the names have a duty, in order.
    pub fn documents_of(&self, names: &TaskNames) -> Vec<usize> {
        let named = self.duties.iter().filter(|duty| names.0[duty.name as usize]);
        let mut places: Vec<usize> = named.map(|duty| duty.document as usize).collect();
        places.dedup();
        places
    }
}
