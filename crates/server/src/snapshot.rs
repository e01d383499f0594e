//! One state of the index, with all that questions about documents need.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use gangmu_indexer::{Index, IndexState, IndexedSource};
use gangmu_lexicon::Lexicon;
use gangmu_model::{AgencyRecord, Document, TargetRecord};
use gangmu_query::{
    AgenciesQuery, DocumentFilter, DocumentSummary, TargetQuery, TaskNames, TaskTable,
};
use quick_cache::sync::Cache;

/// Names of bodies whose meaning is kept.
const KEPT_NAMES: usize = 256;

/// One state of the index. It never changes.
pub(crate) struct Snapshot {
    /// Counts the states; no two have the same number.
    pub(crate) generation: u64,
    /// Which state of the folder it is of.
    pub(crate) state: IndexState,
    /// `None` where there is no index yet.
    pub(crate) index: Option<Index>,
    /// The documents, by id.
    pub(crate) documents: Vec<Arc<Document>>,
    /// What is known of each without its text, in the same order.
    pub(crate) summaries: Vec<DocumentSummary>,
    /// The files they were read from, in the same order.
    pub(crate) sources: Vec<IndexedSource>,
    pub(crate) tasks: TaskTable,
    /// All goals, in document order.
    pub(crate) targets: Vec<TargetRecord>,
    pub(crate) n_clauses: usize,
    place_of: HashMap<String, usize>,
    agencies: OnceLock<Vec<AgencyRecord>>,
    names: Cache<String, Arc<TaskNames>>,
}

impl Snapshot {
    /// Opens the state that is in force. Documents that an older one holds already
    /// are taken from there.
    ///
    /// # Errors
    ///
    /// As [`Index::open`]; a folder without an index is an empty state.
    pub(crate) fn open(
        directory: &Path,
        older: Option<&Self>,
    ) -> Result<Self, gangmu_indexer::Error> {
        let state = IndexState::of(directory);
        let index = match Index::open(directory, Lexicon::version()) {
            Ok(index) => Some(index),
            Err(gangmu_indexer::Error::Missing { .. }) => None,
            Err(error) => return Err(error),
        };
        let sources = match &index {
            Some(index) => index.status()?.sources,
            None => Vec::new(),
        };
        let mut documents = Vec::with_capacity(sources.len());
        let mut kept = Vec::with_capacity(sources.len());
        for source in sources {
            let known = older.and_then(|older| {
                let at = *older.place_of.get(&source.document)?;
                (older.sources[at] == source).then(|| Arc::clone(&older.documents[at]))
            });
            let document = match (known, &index) {
                (Some(document), _) => Some(document),
                (None, Some(index)) => index.document(&source.document)?.map(Arc::new),
                (None, None) => None,
            };
            if let Some(document) = document {
                documents.push(document);
                kept.push(source);
            }
        }
        let by_id = documents.iter().enumerate();
        let place_of = by_id.map(|(at, document)| (document.id.clone(), at)).collect();
        let lexicon = Lexicon::builtin();
        Ok(Self {
            generation: older.map_or(0, |older| older.generation + 1),
            state,
            summaries: documents.iter().map(|document| DocumentSummary::of(document)).collect(),
            tasks: TaskTable::of(&documents),
            targets: TargetQuery::default().answer(&documents, lexicon),
            n_clauses: documents.iter().map(|document| document.divisions.len()).sum(),
            index,
            documents,
            sources: kept,
            place_of,
            agencies: OnceLock::new(),
            names: Cache::new(KEPT_NAMES),
        })
    }

    /// Returns the document of that id.
    pub(crate) fn document(&self, id: &str) -> Option<&Arc<Document>> {
        self.place_of.get(id).map(|at| &self.documents[*at])
    }

    /// Returns every body with its counts.
    pub(crate) fn agencies(&self) -> &[AgencyRecord] {
        self.agencies.get_or_init(|| AgenciesQuery::default().answer(&self.documents))
    }

    /// Returns which names mean a body.
    pub(crate) fn names_of(&self, asked: &str) -> Arc<TaskNames> {
        if let Some(names) = self.names.get(asked) {
            return names;
        }
        let names = Arc::new(self.tasks.names_of(asked, Lexicon::builtin()));
        self.names.insert(asked.to_owned(), Arc::clone(&names));
        names
    }

    /// Returns the documents that a filter admits, by id.
    pub(crate) fn admitted(&self, filter: &DocumentFilter) -> Vec<Arc<Document>> {
        let admitted = self.documents.iter().filter(|document| filter.admits(&***document));
        admitted.cloned().collect()
    }

    /// Returns the goals of a question, in its order.
    pub(crate) fn targets(&self, query: &TargetQuery) -> Vec<TargetRecord> {
        if let Some(agency) = &query.agency {
            let places = self.tasks.documents_of(&self.names_of(agency));
            let documents: Vec<Arc<Document>> =
                places.into_iter().map(|at| Arc::clone(&self.documents[at])).collect();
            return query.answer(&documents, Lexicon::builtin());
        }
        let is_asked = |id: &str| {
            query.documents.is_empty()
                || self.document(id).is_some_and(|document| query.documents.admits(&**document))
        };
        query.among(&self.targets, is_asked).into_iter().cloned().collect()
    }
}
