//! The newest state of the index, for as long as the server runs.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use gangmu_indexer::IndexState;

use crate::snapshot::Snapshot;

/// Takes a file into the index, as the command `index` does.
pub trait Intake: Send + Sync {
    /// Reads the file and brings the index up to date with it.
    ///
    /// # Errors
    ///
    /// One sentence, in Chinese where that is asked for: the file holds no document, or
    /// the index cannot be written.
    fn take_in(&self, file: &Path, in_chinese: bool) -> Result<(), String>;

    /// Returns the Chinese of what another crate says in English; as it is where that
    /// is not known.
    fn chinese(&self, english: &str) -> String {
        english.to_owned()
    }
}

/// The newest state of an index that could be opened.
pub(crate) struct Library {
    directory: PathBuf,
    newest: RwLock<Arc<Snapshot>>,
    /// Held by who opens a state.
    opening: Mutex<()>,
    /// Why the state in force cannot be opened, where it cannot.
    trouble: RwLock<Option<(IndexState, String)>>,
}

impl Library {
    /// Opens the state in force.
    ///
    /// # Errors
    ///
    /// There is an index, and it cannot be opened.
    pub(crate) fn open(directory: PathBuf) -> Result<Self, gangmu_indexer::Error> {
        let newest = RwLock::new(Arc::new(Snapshot::open(&directory, None)?));
        Ok(Self { directory, newest, opening: Mutex::new(()), trouble: RwLock::default() })
    }

    /// Returns the newest state.
    pub(crate) fn newest(&self) -> Arc<Snapshot> {
        Arc::clone(&self.newest.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Returns what is wrong with a newer state than the one that answers.
    pub(crate) fn trouble(&self) -> Option<String> {
        let trouble = self.trouble.read().unwrap_or_else(PoisonError::into_inner);
        trouble.as_ref().map(|(_, sentence)| sentence.clone())
    }

    /// Opens the state in force where it is another than the newest known. One that
    /// cannot be opened is tried once; until it is replaced, the older one answers.
    pub(crate) fn refresh(&self) {
        let _alone = self.opening.lock().unwrap_or_else(PoisonError::into_inner);
        let older = self.newest();
        let state = IndexState::of(&self.directory);
        let known_trouble = {
            let trouble = self.trouble.read().unwrap_or_else(PoisonError::into_inner);
            trouble.as_ref().is_some_and(|(known, _)| *known == state)
        };
        if state == older.state || known_trouble {
            return;
        }
        let trouble = match Snapshot::open(&self.directory, Some(&older)) {
            Ok(snapshot) => {
                *self.newest.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(snapshot);
                None
            }
            Err(error) => Some((state, error.to_string())),
        };
        *self.trouble.write().unwrap_or_else(PoisonError::into_inner) = trouble;
    }
}
