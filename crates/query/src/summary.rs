//! What is known of a document without its clauses: enough to choose
//! documents and to say which bodies they name.

use std::collections::HashSet;

use gangmu_model::{AgencyMention, Document, Metadata};

/// A document as questions about documents see it: whole, or as its summary.
pub trait Described {
    /// Returns the id.
    fn id(&self) -> &str;
    /// Returns what the text says of itself.
    fn metadata(&self) -> &Metadata;
    /// Returns the bodies that it gives duties to, in document order.
    fn mentions(&self) -> impl Iterator<Item = &AgencyMention>;

    /// Returns the day of the document, an ISO date: that of issue or, where none
    /// is written, that on which the page was posted.
    fn date(&self) -> Option<&str> {
        let metadata = self.metadata();
        let posted = metadata.published_at.as_deref();
        metadata.issued_on.as_deref().or_else(|| posted.and_then(|time| time.get(..10)))
    }
}

impl<D: Described> Described for &D {
    fn id(&self) -> &str {
        (**self).id()
    }

    fn metadata(&self) -> &Metadata {
        (**self).metadata()
    }

    fn mentions(&self) -> impl Iterator<Item = &AgencyMention> {
        (**self).mentions()
    }
}

impl Described for Document {
    fn id(&self) -> &str {
        &self.id
    }

    fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    fn mentions(&self) -> impl Iterator<Item = &AgencyMention> {
        self.assignments.iter().flat_map(|assignment| &assignment.agencies)
    }
}

/// A document without its text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DocumentSummary {
    /// Its id.
    pub id: String,
    /// What the text says of itself.
    pub metadata: Metadata,
    /// The bodies it gives duties to, each once, in the order met.
    pub agencies: Vec<AgencyMention>,
}

impl DocumentSummary {
    /// Returns the summary of a document.
    pub fn of(document: &Document) -> Self {
        let mut seen = HashSet::new();
        let mut agencies = Vec::new();
        for mention in document.mentions() {
            if seen.insert((&mention.name, &mention.full_name)) {
                agencies.push(mention.clone());
            }
        }
        Self { id: document.id.clone(), metadata: document.metadata.clone(), agencies }
    }
}

impl Described for DocumentSummary {
    fn id(&self) -> &str {
        &self.id
    }

    fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    fn mentions(&self) -> impl Iterator<Item = &AgencyMention> {
        self.agencies.iter()
    }
}
