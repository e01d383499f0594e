//! The directory of an index: what may stand in it, and which files are the
//! index.
//!
//! ```text
//! index/
//!   gangmu.json        the versions, and which of the folders below is the index
//!   data-000001/       tantivy's files
//!   README.md, .gitignore   left alone
//! ```
//!
//! A new index is built in a folder beside the old one, and `gangmu.json` is
//! replaced in one step when it is complete: whatever happens before that, the
//! old one answers.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tantivy::Directory;
use tantivy::directory::{DirectoryLock, Lock, MmapDirectory};

use crate::Error;
use crate::analyzer::ANALYZER_VERSION;
use crate::schema::SCHEMA_VERSION;

const MANIFEST: &str = "gangmu.json";
const MANIFEST_DRAFT: &str = "gangmu.json.new";
const LOCK: &str = ".gangmu.lock";
const DATA: &str = "data-";
/// The file in a folder of data by which the engine names a committed state.
pub(crate) const ENGINE_STATE: &str = "meta.json";

/// What `gangmu.json` says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Manifest {
    /// The version of the fields.
    pub schema: u32,
    /// The version of the token streams.
    pub analyzer: u32,
    /// The version of the word lists that the documents were read with.
    pub lexicon: String,
    /// The folder that holds the index.
    pub data: String,
}

/// The directory of an index.
#[derive(Debug, Clone)]
pub(crate) struct Home {
    path: PathBuf,
}

impl Home {
    pub(crate) fn new(path: &Path) -> Self {
        Self { path: path.to_owned() }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Returns the folder that a manifest names.
    pub(crate) fn data(&self, manifest: &Manifest) -> PathBuf {
        self.path.join(&manifest.data)
    }

    /// Returns the manifest of the index, checked against this program and
    /// `lexicon`; `None` where the directory holds no index.
    pub(crate) fn manifest(&self, lexicon: &str) -> Result<Option<Manifest>, Error> {
        let file = self.path.join(MANIFEST);
        let json = match fs::read(&file) {
            Ok(json) => json,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) if error.kind() == ErrorKind::NotADirectory => {
                return Err(Error::NotADirectory { path: self.path.clone() });
            }
            Err(error) => return Err(Error::reading(&file, error)),
        };
        let manifest: Manifest = serde_json::from_slice(&json)
            .map_err(|error| Error::damaged(&self.path, format!("{MANIFEST}: {error}")))?;
        let other = |what| Err(Error::OtherVersion { path: self.path.clone(), what });
        let here = |name, theirs, ours| format!("{name} {theirs}, and this program has {ours}");
        if manifest.schema != SCHEMA_VERSION {
            return other(here("schema", manifest.schema, SCHEMA_VERSION));
        }
        if manifest.analyzer != ANALYZER_VERSION {
            return other(here("analyzer", manifest.analyzer, ANALYZER_VERSION));
        }
        if manifest.lexicon != lexicon {
            return other("its word lists are not those of this program".to_owned());
        }
        if !is_data(&manifest.data) || !self.data(&manifest).is_dir() {
            return Err(Error::damaged(&self.path, format!("{} is missing", manifest.data)));
        }
        Ok(Some(manifest))
    }

    /// Returns the bytes that tell one committed state from another.
    pub(crate) fn state(&self) -> Vec<Option<Vec<u8>>> {
        let manifest = fs::read(self.path.join(MANIFEST)).ok();
        let data = manifest.as_deref().and_then(|json| serde_json::from_slice(json).ok());
        let commit = data.map(|manifest: Manifest| self.data(&manifest).join(ENGINE_STATE));
        vec![manifest, commit.and_then(|commit| fs::read(commit).ok())]
    }

    /// Makes the directory where it is not there, refuses one that belongs to
    /// something else, and locks it against other writers.
    pub(crate) fn claim(&self) -> Result<DirectoryLock, Error> {
        fs::create_dir_all(&self.path).map_err(|error| match error.kind() {
            ErrorKind::AlreadyExists | ErrorKind::NotADirectory => {
                Error::NotADirectory { path: self.path.clone() }
            }
            _ => Error::writing(&self.path, error),
        })?;
        let names = self.names()?;
        let ours = |name: &str| {
            is_data(name) || matches!(name, MANIFEST_DRAFT | LOCK | "README.md" | ".gitignore")
        };
        if !names.iter().any(|name| name == MANIFEST)
            && let Some(found) = names.into_iter().find(|name| !ours(name))
        {
            return Err(Error::NotAnIndex { path: self.path.clone(), found });
        }
        let lock = Lock { filepath: PathBuf::from(LOCK), is_blocking: false };
        let directory = MmapDirectory::open(&self.path)
            .map_err(|error| Error::from_engine(&self.path, "write", error.into()))?;
        directory
            .acquire_lock(&lock)
            .map_err(|error| Error::from_engine(&self.path, "write", error.into()))
    }

    /// Takes the directory away again where no index stands in it and nothing else does.
    pub(crate) fn abandon(&self) {
        if !self.path.join(MANIFEST).exists() {
            // Whatever fails here leaves an empty place, which the next writing uses.
            let _ = fs::remove_file(self.path.join(LOCK));
            let _ = fs::remove_dir(&self.path);
        }
    }

    /// Makes an empty folder for a new index and returns its manifest, which
    /// is not in force before [`Home::publish`].
    pub(crate) fn new_data(&self, lexicon: &str) -> Result<Manifest, Error> {
        let names = self.names()?;
        let last = names.iter().filter_map(|name| data_number(name)).max().unwrap_or(0);
        let data = format!("{DATA}{:06}", last + 1);
        let path = self.path.join(&data);
        fs::create_dir(&path).map_err(|error| Error::writing(&path, error))?;
        Ok(Manifest {
            schema: SCHEMA_VERSION,
            analyzer: ANALYZER_VERSION,
            lexicon: lexicon.to_owned(),
            data,
        })
    }

    /// Puts a manifest in force in one step, then removes the folders that
    /// none names any more.
    pub(crate) fn publish(&self, manifest: &Manifest) -> Result<(), Error> {
        let draft = self.path.join(MANIFEST_DRAFT);
        let write = || -> io::Result<()> {
            let mut file = File::create(&draft)?;
            file.write_all(&serde_json::to_vec_pretty(manifest)?)?;
            file.write_all(b"\n")?;
            file.sync_all()?;
            fs::rename(&draft, self.path.join(MANIFEST))?;
            // The rename itself is kept only when the directory is.
            if cfg!(unix) { File::open(&self.path)?.sync_all() } else { Ok(()) }
        };
        write().map_err(|error| Error::writing(&draft, error))?;
        self.tidy();
        Ok(())
    }

    /// Removes what replaced and interrupted writings left. Only who holds the
    /// lock may; what cannot be removed costs space and is tried again next time.
    pub(crate) fn tidy(&self) {
        let kept = match fs::read(self.path.join(MANIFEST)) {
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            read => match read.map(|json| serde_json::from_slice::<Manifest>(&json)) {
                Ok(Ok(manifest)) => Some(manifest.data),
                // Which folder is the index cannot be told.
                _ => return,
            },
        };
        for name in self.names().unwrap_or_default() {
            if is_data(&name) && kept.as_ref() != Some(&name) {
                let _ = fs::remove_dir_all(self.path.join(&name));
            } else if name == MANIFEST_DRAFT {
                let _ = fs::remove_file(self.path.join(&name));
            }
        }
        // The engine writes its lists under such a name first.
        let data = kept.map(|data| self.path.join(data)).and_then(|data| fs::read_dir(data).ok());
        for entry in data.into_iter().flatten().flatten() {
            if entry.file_name().as_encoded_bytes().starts_with(b".tmp") {
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    fn names(&self) -> Result<Vec<String>, Error> {
        let read = || -> io::Result<Vec<String>> {
            fs::read_dir(&self.path)?
                .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
                .collect()
        };
        let mut names = read().map_err(|error| Error::reading(&self.path, error))?;
        names.sort_unstable();
        Ok(names)
    }
}

fn data_number(name: &str) -> Option<u32> {
    name.strip_prefix(DATA)?.parse().ok()
}

fn is_data(name: &str) -> bool {
    data_number(name).is_some()
}
