//! An index opened for reading.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use gangmu_model::Document;
use tantivy::collector::DocSetCollector;
use tantivy::query::TermQuery;
use tantivy::schema::{IndexRecordOption, Value};
use tantivy::store::StoreReader;
use tantivy::{
    DocAddress, DocSet, IndexReader, ReloadPolicy, Searcher, TERMINATED, TantivyDocument,
    TantivyError, Term,
};

use crate::analyzer::{ANALYZER_VERSION, tokenizers};
use crate::entry::StoredClause;
use crate::guard::guard;
use crate::home::Home;
use crate::note::Note;
use crate::place::Columns;
use crate::schema::{
    CLAUSE, DOCUMENT, Fields, ORDINAL, SCHEMA_VERSION, SOURCE_PATH, SOURCE_SHA256, WHOLE, schema,
};
use crate::statistics::TokenCounts;
use crate::texts::TextsOf;
use crate::writer::build_in_memory;
use crate::{Error, IndexStatus, IndexedSource};

/// An index of up to this many records is checked byte by byte when it is opened (a few
/// milliseconds); a larger one only where it is read, and by [`Index::verify`].
const CHECKED_ON_OPENING: u64 = 10_000;

/// Blocks of stored clauses that are kept unpacked, of each segment.
const KEPT_BLOCKS: usize = 64;

/// One state of an index, on disk or in memory. What is written later is not
/// seen until it is opened again.
pub struct Index {
    path: PathBuf,
    lexicon: String,
    /// The folder of its files; none in memory.
    data: Option<PathBuf>,
    engine: tantivy::Index,
    pub(crate) fields: Fields,
    pub(crate) token_counts: TokenCounts,
    pub(crate) columns: Columns,
    stores: OnceLock<Vec<StoreReader>>,
    texts: OnceLock<TextsOf>,
    reader: IndexReader,
}

impl Index {
    /// Opens the index in a directory. `lexicon` is the version of the word
    /// lists that this program reads documents with.
    ///
    /// # Errors
    ///
    /// [`Error::Missing`] where there is none, [`Error::OtherVersion`] where it
    /// was built with another schema, analyzer or lexicon, [`Error::Damaged`]
    /// where a file is missing or spoilt, [`Error::Io`] where one cannot be read.
    pub fn open(directory: &Path, lexicon: &str) -> Result<Self, Error> {
        Self::latest(directory, lexicon, CHECKED_ON_OPENING)
    }

    /// Opens the index in a directory and compares the checksums of all its
    /// files, whatever its size.
    ///
    /// # Errors
    ///
    /// As [`Index::open`]; [`Error::Damaged`] wherever a byte is not as written.
    pub fn open_checked(directory: &Path, lexicon: &str) -> Result<Self, Error> {
        Self::latest(directory, lexicon, u64::MAX)
    }

    /// Opens the last committed state. A writer may commit another, and remove the
    /// files of this one, between any two steps; then the newer one is opened.
    fn latest(directory: &Path, lexicon: &str, checked_records: u64) -> Result<Self, Error> {
        let home = Home::new(directory);
        loop {
            let state = home.state();
            match Self::attempt(&home, lexicon, checked_records) {
                Err(Error::Damaged { .. } | Error::Io { .. }) if home.state() != state => {}
                opened => return opened,
            }
        }
    }

    fn attempt(home: &Home, lexicon: &str, checked_records: u64) -> Result<Self, Error> {
        let directory = home.path();
        let manifest =
            home.manifest(lexicon)?.ok_or_else(|| Error::Missing { path: directory.to_owned() })?;
        let data = home.data(&manifest);
        guard(directory, || {
            let damaged = |error| Error::from_engine(directory, "read", error);
            let engine = tantivy::Index::open_in_dir(&data).map_err(damaged)?;
            let index = Self { data: Some(data), ..Self::over(engine, directory, lexicon)? };
            let segments = index.reader.searcher();
            let n_records: u64 =
                segments.segment_readers().iter().map(|each| u64::from(each.max_doc())).sum();
            if n_records <= checked_records {
                index.check()?;
            }
            Ok(index)
        })
    }

    /// Builds an index of these documents in memory, for asking files that
    /// were read on the spot. It answers as one on disk does.
    ///
    /// # Errors
    ///
    /// [`Error::Engine`] where a thread cannot be started.
    pub fn in_memory<'d>(documents: impl IntoIterator<Item = &'d Document>) -> Result<Self, Error> {
        let memory = Path::new("memory");
        Self::over(build_in_memory(documents)?, memory, "")
    }

    /// Opens an engine's present state for reading.
    pub(crate) fn over(
        mut engine: tantivy::Index,
        path: &Path,
        lexicon: &str,
    ) -> Result<Self, Error> {
        let (schema, fields) = schema();
        if engine.schema() != schema {
            return Err(Error::damaged(path, "its fields are not those its version says"));
        }
        engine.set_tokenizers(tokenizers());
        let reader = engine
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()
            .map_err(|error: TantivyError| Error::from_engine(path, "read", error))?;
        Ok(Self {
            path: path.to_owned(),
            lexicon: lexicon.to_owned(),
            data: None,
            token_counts: TokenCounts::of(&fields, &Note::of(&engine)),
            engine,
            columns: Columns::default(),
            stores: OnceLock::new(),
            texts: OnceLock::new(),
            fields,
            reader,
        })
    }

    /// Returns the ids of the documents, sorted.
    ///
    /// # Errors
    ///
    /// [`Error::Damaged`] where a file is spoilt.
    pub fn document_ids(&self) -> Result<Vec<String>, Error> {
        Ok(self.sources()?.into_iter().map(|source| source.document).collect())
    }

    /// Returns the documents one by one, by id, as they were added.
    ///
    /// # Errors
    ///
    /// [`Error::Damaged`] where a file is spoilt: at once where the list of
    /// documents cannot be read, else in the place of the document.
    pub fn documents(&self) -> Result<impl Iterator<Item = Result<Document, Error>> + '_, Error> {
        let missing = |id: &str| Error::damaged(&self.path, format!("document {id} is missing"));
        let ids = self.document_ids()?.into_iter();
        Ok(ids.map(move |id| self.document(&id)?.ok_or_else(|| missing(&id))))
    }

    /// Returns the document of that id as it was added, or `None`.
    ///
    /// # Errors
    ///
    /// [`Error::Damaged`] where a file is spoilt.
    pub fn document(&self, id: &str) -> Result<Option<Document>, Error> {
        self.read(|searcher| {
            let term = Term::from_field_text(self.fields.document, id);
            let query = TermQuery::new(term, IndexRecordOption::Basic);
            let found = searcher.search(&query, &DocSetCollector).map_err(|e| self.failed(e))?;
            let mut records: Vec<(u64, DocAddress)> = Vec::with_capacity(found.len());
            for (segment, reader) in (0u32..).zip(searcher.segment_readers()) {
                let ordinals = reader.fast_fields().u64(ORDINAL).map_err(|e| self.failed(e))?;
                let here = found.iter().filter(|address| address.segment_ord == segment);
                records.extend(
                    here.map(|&address| {
                        (ordinals.first(address.doc_id).unwrap_or(u64::MAX), address)
                    }),
                );
            }
            // The record of the document has the number of its divisions for
            // an ordinal, and so is the last.
            records.sort_unstable();
            let Some((n_divisions, whole)) = records.pop() else { return Ok(None) };
            let mut document = self.whole(searcher, whole)?;
            for (_, address) in &records {
                document.divisions.push(self.clause(searcher, *address)?.division);
            }
            if document.divisions.len() as u64 != n_divisions {
                return Err(Error::damaged(&self.path, format!("clauses of {id} are missing")));
            }
            Ok(Some(document))
        })
    }

    /// Returns what the index holds.
    ///
    /// # Errors
    ///
    /// [`Error::Damaged`] where a file is spoilt.
    pub fn status(&self) -> Result<IndexStatus, Error> {
        let sources = self.sources()?;
        let n_clauses = self.read(|searcher| {
            let term = Term::from_field_text(self.fields.record, CLAUSE);
            let query = TermQuery::new(term, IndexRecordOption::Basic);
            searcher.search(&query, &tantivy::collector::Count).map_err(|e| self.failed(e))
        })?;
        Ok(IndexStatus {
            n_documents: sources.len(),
            n_clauses,
            n_bytes: self.data.as_deref().map_or(0, n_bytes),
            written_at: Note::of(&self.engine).written_at,
            schema_version: SCHEMA_VERSION,
            analyzer_version: ANALYZER_VERSION,
            lexicon_version: self.lexicon.clone(),
            sources,
        })
    }

    /// Reads every byte of the index and compares checksums.
    ///
    /// # Errors
    ///
    /// [`Error::Damaged`] with the names of the files that are not as written.
    pub fn verify(&self) -> Result<(), Error> {
        guard(&self.path, || self.check())
    }

    fn check(&self) -> Result<(), Error> {
        let spoilt = self.engine.validate_checksum().map_err(|error| self.failed(error))?;
        let mut names: Vec<String> = spoilt.iter().map(|file| file.display().to_string()).collect();
        names.sort_unstable();
        if names.is_empty() {
            return Ok(());
        }
        Err(Error::damaged(&self.path, format!("{} is not as written", names.join(", "))))
    }

    /// Returns the sources of all documents, by document id.
    pub(crate) fn sources(&self) -> Result<Vec<IndexedSource>, Error> {
        let mut sources =
            self.read(|searcher| self.sources_in(searcher).map_err(|error| self.failed(error)))?;
        sources.sort_unstable();
        Ok(sources)
    }

    fn sources_in(&self, searcher: &Searcher) -> Result<Vec<IndexedSource>, TantivyError> {
        let whole = Term::from_field_text(self.fields.record, WHOLE);
        let mut sources = Vec::new();
        for segment in searcher.segment_readers() {
            let index = segment.inverted_index(self.fields.record)?;
            let Some(mut postings) = index.read_postings(&whole, IndexRecordOption::Basic)? else {
                continue;
            };
            let columns =
                [DOCUMENT, SOURCE_PATH, SOURCE_SHA256].map(|name| segment.fast_fields().str(name));
            let [document, origin, sha256] = columns;
            let columns = [document?, origin?, sha256?];
            while postings.doc() != TERMINATED {
                let doc = postings.doc();
                postings.advance();
                if segment.is_deleted(doc) {
                    continue;
                }
                let mut values = [String::new(), String::new(), String::new()];
                for (column, value) in columns.iter().zip(&mut values) {
                    if let Some(column) = column
                        && let Some(ord) = column.ords().first(doc)
                    {
                        column.ord_to_str(ord, value)?;
                    }
                }
                let [document, origin, sha256] = values;
                sources.push(IndexedSource { document, origin, sha256 });
            }
        }
        Ok(sources)
    }

    /// Reads from the index behind the fence against damage.
    pub(crate) fn read<T>(
        &self,
        read: impl FnOnce(&Searcher) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let searcher = self.reader.searcher();
        guard(&self.path, || read(&searcher))
    }

    /// Returns the clause that is stored in a record.
    pub(crate) fn clause(
        &self,
        searcher: &Searcher,
        address: DocAddress,
    ) -> Result<StoredClause, Error> {
        let stored = self.stores(searcher)?[address.segment_ord as usize]
            .get_document_bytes(address.doc_id)
            .map_err(|error| self.failed(error))?;
        let text = self.texts(searcher)?.at(address.segment_ord).text(address.doc_id);
        StoredClause::unpack(&stored, text)
            .map_err(|error| self.damaged(format!("a stored clause: {error}")))
    }

    /// Returns the texts of each segment.
    pub(crate) fn texts(&self, searcher: &Searcher) -> Result<&TextsOf, Error> {
        if let Some(texts) = self.texts.get() {
            return Ok(texts);
        }
        let texts = TextsOf::all(searcher).map_err(|error| self.failed(error))?;
        Ok(self.texts.get_or_init(|| texts))
    }

    /// Returns the stored records of each segment.
    fn stores(&self, searcher: &Searcher) -> Result<&[StoreReader], Error> {
        if let Some(stores) = self.stores.get() {
            return Ok(stores);
        }
        let mut stores = Vec::new();
        for segment in searcher.segment_readers() {
            let store = segment.get_store_reader(KEPT_BLOCKS);
            stores.push(store.map_err(|error| self.failed(error.into()))?);
        }
        Ok(self.stores.get_or_init(|| stores))
    }

    /// Returns the document, without its divisions, that is stored in a record.
    fn whole(&self, searcher: &Searcher, address: DocAddress) -> Result<Document, Error> {
        let record: TantivyDocument = searcher.doc(address).map_err(|error| self.failed(error))?;
        let json = record.get_first(self.fields.body).and_then(|value| value.as_str());
        serde_json::from_str(json.unwrap_or_default())
            .map_err(|error| self.damaged(format!("a stored document: {error}")))
    }

    pub(crate) fn damaged(&self, detail: impl ToString) -> Error {
        Error::damaged(&self.path, detail)
    }

    pub(crate) fn failed(&self, error: TantivyError) -> Error {
        Error::from_engine(&self.path, "read", error)
    }
}

/// Returns what the files in a folder take.
fn n_bytes(folder: &Path) -> u64 {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    entries.flatten().filter_map(|entry| entry.metadata().ok()).map(|meta| meta.len()).sum()
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index").field("path", &self.path).finish_non_exhaustive()
    }
}
