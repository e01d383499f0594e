//! One clause with all that belongs to it.

use std::borrow::Borrow;

use gangmu_model::{AddressError, Document, ShowRecord};

use crate::DocumentFilter;
use crate::layers::Layers;

/// A question for one clause, by what people write: `三(七)`, `(七)`, `m7`.
#[derive(Debug, Clone, Default)]
pub struct ShowQuery {
    /// The address inside a document.
    pub address: String,
    /// The documents asked.
    pub documents: DocumentFilter,
}

/// What a [`ShowQuery`] finds.
#[derive(Debug, Clone, Default)]
pub struct ShowAnswer {
    /// The clause of each document that has it.
    pub records: Vec<ShowRecord>,
    /// The documents in which the address fits several clauses, each with the
    /// ids of these.
    pub ambiguous: Vec<(String, Vec<String>)>,
}

impl ShowQuery {
    /// Answers from the documents, in their order.
    pub fn answer<D: Borrow<Document>>(&self, documents: &[D]) -> ShowAnswer {
        let mut answer = ShowAnswer::default();
        let documents = documents.iter().map(Borrow::borrow);
        for document in documents.filter(|document| self.documents.admits(document)) {
            match document.find(&self.address) {
                Ok(division) => {
                    let layers = Layers::new(document);
                    answer.records.push(ShowRecord {
                        document: document.id.clone(),
                        title: document.metadata.title.clone(),
                        path: layers.tree().path(division),
                        division: division.clone(),
                        children: layers.tree().descendants(division).to_vec(),
                        assignments: layers.assignments_within(division).cloned().collect(),
                        targets: layers.targets_within(division).cloned().collect(),
                    });
                }
                Err(AddressError::Ambiguous(ids)) => {
                    answer.ambiguous.push((document.id.clone(), ids));
                }
                Err(AddressError::Unknown) => {}
            }
        }
        answer
    }
}
