//! Zip archives that nobody vouches for: what is inside, unpacked within limits.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::error::{Error, Limit};
use crate::options::Limits;

/// An archive in memory. Nothing of it is written to disk.
pub(crate) struct Archive<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    /// Entries by name, in lower case and with `/`: part names know no case, and
    /// some programs write `\`.
    entries: HashMap<String, usize>,
    kind: &'static str,
    limits: Limits,
    n_unpacked: usize,
}

/// What every entry of the central directory begins with.
const ENTRY: &[u8] = b"PK\x01\x02";

impl<'b> Archive<'b> {
    /// Opens an archive; `kind` is what its file is called in a sentence.
    ///
    /// # Errors
    ///
    /// [`Error::Damaged`] where it is no sound archive, [`Error::OverLimit`]
    /// where it has too many entries.
    pub(crate) fn open(bytes: &'b [u8], kind: &'static str, limits: Limits) -> Result<Self, Error> {
        // Counted before the directory is read, which costs far more than its bytes.
        let allowed = limits.get(Limit::Entries);
        let n_entries =
            memchr::memmem::find_iter(bytes, ENTRY).take(allowed.saturating_add(1)).count();
        limits.check(Limit::Entries, n_entries)?;
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| refusal(kind, &error))?;
        let mut entries = HashMap::with_capacity(zip.len());
        for at in 0..zip.len() {
            if let Some(Ok(name)) = zip.name_for_index(at)
                && entries.insert(key(&name), at).is_some()
            {
                return Err(damaged(kind, format!("it has two parts called {name}")));
            }
        }
        Ok(Self { zip, entries, kind, limits, n_unpacked: 0 })
    }

    /// Unpacks an entry; `None` where there is none of that name.
    ///
    /// # Errors
    ///
    /// [`Error::OverLimit`] where all that was unpacked so far is too much,
    /// whatever size was declared; [`Error::Damaged`], [`Error::Locked`].
    pub(crate) fn unpack(&mut self, name: &str) -> Result<Option<Vec<u8>>, Error> {
        let Some(at) = self.entries.get(&key(name)).copied() else { return Ok(None) };
        let allowed = self.limits.get(Limit::UnpackedBytes).saturating_sub(self.n_unpacked);
        let kind = self.kind;
        let entry = self.zip.by_index(at).map_err(|error| refusal(kind, &error))?;
        let mut bytes = Vec::new();
        entry
            .take((allowed as u64).saturating_add(1))
            .read_to_end(&mut bytes)
            .map_err(|error| damaged(kind, format!("{name}: {error}")))?;
        self.n_unpacked = self.n_unpacked.saturating_add(bytes.len());
        self.limits.check(Limit::UnpackedBytes, self.n_unpacked)?;
        Ok(Some(bytes))
    }
}

fn key(name: &str) -> String {
    name.trim_start_matches(['/', '\\']).replace('\\', "/").to_lowercase()
}

fn damaged(kind: &'static str, detail: String) -> Error {
    Error::Damaged { kind, detail }
}

fn refusal(kind: &'static str, error: &ZipError) -> Error {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            Error::Locked { kind }
        }
        _ => damaged(kind, error.to_string()),
    }
}
