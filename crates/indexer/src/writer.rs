//! Writing an index: adding, replacing and removing documents.

use std::path::{Path, PathBuf};

use gangmu_model::Document;
use tantivy::directory::DirectoryLock;
use tantivy::indexer::{NoMergePolicy, UserOperation};
use tantivy::{IndexSettings, TantivyDocument, TantivyError, Term};

use crate::analyzer::tokenizers;
use crate::guard::guard;
use crate::home::{Home, Manifest};
use crate::record::records;
use crate::schema::{Fields, schema};
use crate::{Error, Index};

/// Memory that a writing thread fills before it writes a piece of the index.
const BUDGET_BYTES: usize = 40 << 20;
/// Writing threads; cutting into words is the most of their work.
const MAX_THREADS: usize = 2;
/// Blocks of stored clauses. Small ones make an answer quick: ten clauses are
/// ten blocks to unpack. The index grows by a fifteenth against 16 KiB.
const STORE_BLOCK_BYTES: usize = 4096;

/// Writes the index of a directory; there is one at a time.
///
/// Nothing that is written is seen, and nothing that stands is lost, before
/// [`IndexWriter::commit`]. Dropping the writer leaves the last committed state.
pub struct IndexWriter {
    home: Home,
    manifest: Manifest,
    /// Whether the manifest is in force already.
    published: bool,
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
    /// [`Error::Locked`] where another process writes it, [`Error::Io`] where it
    /// cannot be written.
    pub fn create(directory: &Path, lexicon: &str) -> Result<Self, Error> {
        let home = Home::new(directory);
        let lock = home.claim()?;
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
        let Some(manifest) = home.manifest(lexicon)? else {
            return Self::start(home, lexicon, lock);
        };
        let data = home.data(&manifest);
        let engine = guard(directory, || {
            Index::open(directory, lexicon)?;
            let failed = |error| Error::from_engine(directory, "write", error);
            let mut index = tantivy::Index::open_in_dir(&data).map_err(failed)?;
            index.set_tokenizers(tokenizers());
            Engine::new(index, threads()).map_err(failed)
        })?;
        home.tidy(&manifest);
        Ok(Self { home, manifest, published: true, engine, _lock: lock })
    }

    fn start(home: Home, lexicon: &str, lock: DirectoryLock) -> Result<Self, Error> {
        let manifest = home.new_data(lexicon)?;
        let failed = |error| Error::from_engine(home.path(), "write", error);
        let directory = tantivy::directory::MmapDirectory::open(home.data(&manifest))
            .map_err(|e| failed(e.into()))?;
        let index = builder().open_or_create(directory).map_err(failed)?;
        let engine = Engine::new(index, threads()).map_err(failed)?;
        Ok(Self { home, manifest, published: false, engine, _lock: lock })
    }

    /// Returns the directory.
    pub fn path(&self) -> &Path {
        self.home.path()
    }

    /// Adds a document; one of the same id is replaced.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] where the disk is full or the like. The writer is of no
    /// more use then.
    pub fn add(&mut self, document: &Document) -> Result<(), Error> {
        self.engine.add(document).map_err(|error| self.failed(error))
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
    /// The index is one piece afterwards and holds nothing of removed documents, so its
    /// answers depend on the documents alone and not on how they came in.
    ///
    /// # Errors
    ///
    /// As [`IndexWriter::add`]; the last committed state stays in force.
    pub fn commit(&mut self) -> Result<(), Error> {
        self.engine.commit().map_err(|error| self.failed(error))?;
        if !self.published {
            self.home.publish(&self.manifest)?;
            self.published = true;
        }
        Ok(())
    }

    fn failed(&self, error: TantivyError) -> Error {
        Error::from_engine(self.home.path(), "write", error)
    }
}

impl Drop for IndexWriter {
    fn drop(&mut self) {
        if !self.published {
            // A new index that was never committed; what is left of it if this
            // fails is removed at the next writing.
            let _ = std::fs::remove_dir_all(self.home.data(&self.manifest));
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
        let mut engine = Engine::new(index.clone(), 1)?;
        documents.into_iter().try_for_each(|document| engine.add(document))?;
        engine.commit()?;
        Ok(index)
    };
    build().map_err(|error| Error::from_engine(&memory, "write", error))
}

fn builder() -> tantivy::IndexBuilder {
    let settings =
        IndexSettings { docstore_blocksize: STORE_BLOCK_BYTES, ..IndexSettings::default() };
    tantivy::Index::builder().schema(schema().0).settings(settings).tokenizers(tokenizers())
}

fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, |n| n.get().min(MAX_THREADS))
}

/// The engine's writer, on disk or in memory.
struct Engine {
    index: tantivy::Index,
    writer: tantivy::IndexWriter,
    fields: Fields,
}

impl Engine {
    fn new(index: tantivy::Index, n_threads: usize) -> Result<Self, TantivyError> {
        let writer = index.writer_with_num_threads(n_threads, n_threads * BUDGET_BYTES)?;
        // Pieces are joined once, at the commit.
        writer.set_merge_policy(Box::new(NoMergePolicy));
        Ok(Self { index, writer, fields: schema().1 })
    }

    fn add(&mut self, document: &Document) -> Result<(), TantivyError> {
        let records = records(document, &self.fields)?;
        let mut operations: Vec<UserOperation<TantivyDocument>> =
            vec![UserOperation::Delete(self.term(&document.id))];
        operations.extend(records.into_iter().map(UserOperation::Add));
        self.writer.run(operations)?;
        Ok(())
    }

    fn remove(&mut self, id: &str) -> Result<(), TantivyError> {
        self.writer.run([UserOperation::Delete(self.term(id))])?;
        Ok(())
    }

    fn commit(&mut self) -> Result<(), TantivyError> {
        self.writer.commit()?;
        let pieces = self.index.searchable_segment_metas()?;
        // Scores count what is removed as long as it is there, so it must not be.
        if pieces.len() > 1 || pieces.iter().any(|piece| piece.has_deletes()) {
            let ids: Vec<_> = pieces.iter().map(|piece| piece.id()).collect();
            self.writer.merge(&ids).wait()?;
        }
        self.writer.garbage_collect_files().wait()?;
        Ok(())
    }

    fn term(&self, id: &str) -> Term {
        Term::from_field_text(self.fields.document, id)
    }
}
