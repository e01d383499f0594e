//! Writing an index: adding, replacing and removing documents.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use gangmu_model::Document;
use gangmu_query::Field as ClauseField;
use tantivy::directory::DirectoryLock;
use tantivy::indexer::{NoMergePolicy, UserOperation};
use tantivy::{IndexSettings, TantivyError, Term};

use crate::analyzer::tokenizers;
use crate::guard::guard;
use crate::home::{Home, Manifest};
use crate::note::Note;
use crate::pieces::{Piece, to_join};
use crate::record::records;
use crate::room::{Record, Room};
use crate::schema::{Fields, schema};
use crate::texts::TextsPlugin;
use crate::{Error, Index, IndexedSource};

/// Memory that a writing thread fills before it writes a piece of the index.
const BUDGET_BYTES: usize = 28 << 20;
/// Writing threads; each fills memory of its own.
const MAX_THREADS: usize = 2;
/// Stored bytes of the records that wait for a writing thread.
const WAITING_BYTES: usize = 4 << 20;
/// Blocks of stored clauses. Small ones make an answer quick: ten clauses are
/// ten blocks to unpack. The index grows by a fifteenth against 16 KiB.
const STORE_BLOCK_BYTES: usize = 4096;

/// Writes the index of a directory; there is one at a time.
///
/// Nothing that is written is seen, and nothing that stands is lost, before
/// [`IndexWriter::commit`]. Dropping the writer leaves the last committed state,
/// and so does the end of the process at any moment; what is left half done is
/// cleared away by the next writer.
pub struct IndexWriter {
    home: Home,
    manifest: Manifest,
    /// Whether the manifest is in force already.
    published: bool,
    /// What the index held when it was opened, by document id.
    sources: Vec<IndexedSource>,
    engine: Engine,
    _lock: DirectoryLock,
}

impl IndexWriter {
    /// Starts a new index, which takes the place of the one in the directory,
    /// whatever that one's version and state, at the first commit. `lexicon` is the
    /// version of the word lists that the documents were read with.
    ///
    /// # Errors
    ///
    /// [`Error::NotAnIndex`] where the directory holds other files,
    /// [`Error::Locked`] where another process writes it, [`Error::Full`] and
    /// [`Error::Io`] where it cannot be written.
    pub fn create(directory: &Path, lexicon: &str) -> Result<Self, Error> {
        let home = Home::new(directory);
        let lock = home.claim()?;
        home.tidy();
        Self::start(home, lexicon, lock)
    }

    /// Opens the index of a directory for writing, or starts one where there
    /// is none.
    ///
    /// # Errors
    ///
    /// As [`IndexWriter::create`]; and [`Error::OtherVersion`] and
    /// [`Error::Damaged`] where the index there cannot be added to. It is left
    /// as it is then; [`IndexWriter::create`] replaces it.
    pub fn open_or_create(directory: &Path, lexicon: &str) -> Result<Self, Error> {
        let home = Home::new(directory);
        let lock = home.claim()?;
        home.tidy();
        let Some(manifest) = home.manifest(lexicon)? else {
            return Self::start(home, lexicon, lock);
        };
        let data = home.data(&manifest);
        let (engine, sources) = guard(directory, || {
            let sources = Index::open(directory, lexicon)?.sources()?;
            let failed = |error| Error::from_engine(directory, "write", error);
            let mut index = tantivy::Index::open_in_dir(&data).map_err(failed)?;
            index.set_tokenizers(tokenizers());
            index.register_plugin(texts_plugin());
            let note = Note::of(&index);
            let mut engine = Engine::new(index, note, threads()).map_err(failed)?;
            engine.present.extend(sources.iter().map(|source| source.document.clone()));
            // What a writer that was interrupted left behind.
            engine.writer.garbage_collect_files().wait().map_err(failed)?;
            Ok((engine, sources))
        })?;
        Ok(Self { home, manifest, published: true, sources, engine, _lock: lock })
    }

    fn start(home: Home, lexicon: &str, lock: DirectoryLock) -> Result<Self, Error> {
        let manifest = home.new_data(lexicon)?;
        let start = || -> Result<Engine, TantivyError> {
            let data = home.data(&manifest);
            let directory = tantivy::directory::MmapDirectory::open(data)?;
            Engine::new(builder().open_or_create(directory)?, Note::of_nothing(), threads())
        };
        let engine = start().map_err(|error| {
            // A new index that never came to be; see `drop`.
            let _ = std::fs::remove_dir_all(home.data(&manifest));
            Error::from_engine(home.path(), "write", error)
        })?;
        let sources = Vec::new();
        Ok(Self { home, manifest, published: false, sources, engine, _lock: lock })
    }

    /// Returns the directory.
    pub fn path(&self) -> &Path {
        self.home.path()
    }

    /// Returns the sources of the documents that the index held when it was
    /// opened for writing, by document id; none for a new one.
    pub fn sources(&self) -> &[IndexedSource] {
        &self.sources
    }

    /// Adds a document; one of the same id is replaced. Its origin is the path
    /// it was read from.
    ///
    /// Where the engine has too much to do already, this waits, so that memory
    /// stays bounded.
    ///
    /// # Errors
    ///
    /// [`Error::Full`] and [`Error::Io`] where it cannot be written. The writer is of no
    /// more use then.
    pub fn add(&mut self, document: &Document) -> Result<(), Error> {
        self.add_from(document, &document.source.path)
    }

    /// Adds a document as [`IndexWriter::add`] does, with an origin: the name of its
    /// file by which [`IndexedSource::origin`] tells it again.
    ///
    /// # Errors
    ///
    /// As [`IndexWriter::add`].
    pub fn add_from(&mut self, document: &Document, origin: &str) -> Result<(), Error> {
        self.engine.add(document, origin).map_err(|error| self.failed(error))
    }

    /// Removes the document of that id; nothing happens where there is none.
    ///
    /// # Errors
    ///
    /// As [`IndexWriter::add`].
    pub fn remove(&mut self, id: &str) -> Result<(), Error> {
        self.engine.remove(id).map_err(|error| self.failed(error))
    }

    /// Makes everything since the last commit part of the index, in one step.
    ///
    /// The answers depend on the documents alone and not on how they came in.
    ///
    /// # Errors
    ///
    /// As [`IndexWriter::add`]; the last committed state stays in force. Where
    /// it is the new one already and only the joining of its pieces failed, the
    /// next commit joins them.
    pub fn commit(&mut self) -> Result<(), Error> {
        self.engine.commit().map_err(|error| self.failed(error))?;
        if !self.published {
            self.home.publish(&self.manifest)?;
            self.published = true;
        }
        self.engine.join().map_err(|error| self.failed(error))
    }

    fn failed(&mut self, error: TantivyError) -> Error {
        Error::from_engine(self.home.path(), "write", self.engine.cause(error))
    }
}

impl Drop for IndexWriter {
    fn drop(&mut self) {
        if !self.published {
            // A new index that was never committed; what is left of it if this
            // fails is removed at the next writing.
            let _ = std::fs::remove_dir_all(self.home.data(&self.manifest));
            self.home.abandon();
        }
    }
}

impl std::fmt::Debug for IndexWriter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("IndexWriter").field("path", &self.path()).finish_non_exhaustive()
    }
}

/// Builds the engine of an index in memory.
pub(crate) fn build_in_memory<'d>(
    documents: impl IntoIterator<Item = &'d Document>,
) -> Result<tantivy::Index, Error> {
    let memory = PathBuf::from("memory");
    let build = || -> Result<tantivy::Index, TantivyError> {
        let index = builder().create_in_ram()?;
        let mut engine = Engine::new(index.clone(), Note::of_nothing(), 1)?;
        for document in documents {
            engine.add(document, &document.source.path)?;
        }
        engine.commit()?;
        engine.join()?;
        Ok(index)
    };
    build().map_err(|error| Error::from_engine(&memory, "write", error))
}

fn builder() -> tantivy::IndexBuilder {
    let settings =
        IndexSettings { docstore_blocksize: STORE_BLOCK_BYTES, ..IndexSettings::default() };
    tantivy::Index::builder()
        .schema(schema().0)
        .settings(settings)
        .tokenizers(tokenizers())
        .register_plugin(texts_plugin())
}

fn texts_plugin() -> Arc<TextsPlugin> {
    Arc::new(TextsPlugin { text: schema().1.part(ClauseField::Text) })
}

fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, |n| n.get().min(MAX_THREADS))
}

/// The engine's writer, on disk or in memory.
struct Engine {
    index: tantivy::Index,
    writer: tantivy::IndexWriter<Record>,
    fields: Fields,
    room: Arc<Room>,
    /// The ids of the documents that are in the index or will be at the commit.
    present: HashSet<String>,
    /// What the next commit notes.
    note: Note,
    /// Whether anything was added or removed since the last commit.
    changed: bool,
}

impl Engine {
    fn new(index: tantivy::Index, note: Note, n_threads: usize) -> Result<Self, TantivyError> {
        let writer = index.writer_with_num_threads(n_threads, n_threads * BUDGET_BYTES)?;
        // Pieces are joined after the commit.
        writer.set_merge_policy(Box::new(NoMergePolicy));
        let (room, present) = (Room::new(WAITING_BYTES), HashSet::new());
        Ok(Self { index, writer, fields: schema().1, room, present, note, changed: true })
    }

    fn add(&mut self, document: &Document, origin: &str) -> Result<(), TantivyError> {
        let records = records(document, origin, &self.fields)?;
        let fields = &self.fields;
        self.note.absent.retain(|part| {
            !records.iter().any(|record| record.fields.get_first(fields.part(*part)).is_some())
        });
        let mut operations: Vec<UserOperation<Record>> = Vec::new();
        // Each removal is looked up in every piece, so there is none in vain.
        if !self.present.insert(document.id.clone()) {
            operations.push(UserOperation::Delete(self.term(&document.id)));
        }
        operations.extend(self.room.admit(records).into_iter().map(UserOperation::Add));
        self.changed = true;
        self.writer.run(operations)?;
        Ok(())
    }

    fn remove(&mut self, id: &str) -> Result<(), TantivyError> {
        if self.present.remove(id) {
            self.changed = true;
            self.writer.run([UserOperation::Delete(self.term(id))])?;
        }
        Ok(())
    }

    fn commit(&mut self) -> Result<(), TantivyError> {
        if !self.changed {
            return Ok(());
        }
        let mut commit = self.writer.prepare_commit()?;
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        self.note.written_at = Some(now.as_secs());
        commit.set_payload(&self.note.text());
        commit.commit()?;
        self.changed = false;
        Ok(())
    }

    /// Joins pieces where there are too many of them or too much is removed.
    fn join(&mut self) -> Result<(), TantivyError> {
        let pieces = self.index.searchable_segment_metas()?.into_iter().map(|meta| Piece {
            id: meta.id(),
            n_records: meta.num_docs(),
            n_removed: meta.num_deleted_docs(),
        });
        let ids = to_join(pieces.collect());
        if !ids.is_empty() {
            self.writer.merge(&ids).wait()?;
        }
        self.writer.garbage_collect_files().wait()?;
        Ok(())
    }

    /// Returns what befell a writing thread where that is what the error speaks
    /// of; the writer is of no more use.
    fn cause(&mut self, error: TantivyError) -> TantivyError {
        match error {
            TantivyError::ErrorInThread(_) => self.writer.prepare_commit().err().unwrap_or(error),
            error => error,
        }
    }

    fn term(&self, id: &str) -> Term {
        Term::from_field_text(self.fields.document, id)
    }
}
