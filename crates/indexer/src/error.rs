//! What can go wrong with an index, each with its place and the next step.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use tantivy::TantivyError;
use tantivy::directory::error::{LockError, OpenDirectoryError, OpenReadError, OpenWriteError};
use thiserror::Error;

/// Why an index could not be built, opened or asked.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Error {
    /// The directory holds no index, or is not there.
    #[error(
        "there is no index in {}; build one with `gangmu index PATH…`, or name the files to search",
        path.display()
    )]
    Missing {
        /// The directory.
        path: PathBuf,
    },
    /// The index was written by a program of another version, or with other word lists.
    #[error(
        "the index in {} was built by another version ({what}); build it again with \
         `gangmu index PATH… --rebuild`",
        path.display()
    )]
    OtherVersion {
        /// The directory.
        path: PathBuf,
        /// Which version differs, and how: `analyzer 1, and this program has 2`.
        what: String,
    },
    /// A file of the index is missing, cut short or changed.
    #[error(
        "the index in {} is damaged ({detail}); build it again with `gangmu index PATH… --rebuild`",
        path.display()
    )]
    Damaged {
        /// The directory.
        path: PathBuf,
        /// What was found, as precisely as is known.
        detail: String,
    },
    /// Another process is writing the index.
    #[error(
        "another gangmu is writing the index in {}; wait until it is done and try again",
        path.display()
    )]
    Locked {
        /// The directory.
        path: PathBuf,
    },
    /// The directory holds files that are not an index's, and is left alone.
    #[error(
        "{} is not an index and is not empty (it holds {found}); name an empty or a new directory",
        path.display()
    )]
    NotAnIndex {
        /// The directory.
        path: PathBuf,
        /// The name of a file in it.
        found: String,
    },
    /// Something that is no directory has the name of the index.
    #[error("{} is a file and not a directory; name a directory for the index", path.display())]
    NotADirectory {
        /// The path.
        path: PathBuf,
    },
    /// There is no room for what was to be written.
    #[error(
        "no room to write in {} ({source}); free some space and try again, what was committed \
         before still answers",
        path.display()
    )]
    Full {
        /// The file or directory.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A file could not be read or written.
    #[error("cannot {action} {}: {source}; check its permissions", path.display())]
    Io {
        /// What was tried: `read` or `write`.
        action: &'static str,
        /// The file or directory.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The engine refused for a reason that is none of the above.
    #[error("the index in {} could not be used: {detail}", path.display())]
    Engine {
        /// The directory.
        path: PathBuf,
        /// What the engine says.
        detail: String,
    },
}

impl Error {
    /// Tells of a file that could not be read.
    pub(crate) fn reading(path: &Path, source: io::Error) -> Self {
        Self::Io { action: "read", path: path.to_owned(), source }
    }

    /// Tells of a file that could not be written.
    pub(crate) fn writing(path: &Path, source: io::Error) -> Self {
        let path = path.to_owned();
        match source.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
                Self::Full { path, source }
            }
            _ => Self::Io { action: "write", path, source },
        }
    }

    /// Tells of a damaged index.
    pub(crate) fn damaged(path: &Path, detail: impl ToString) -> Self {
        Self::Damaged { path: path.to_owned(), detail: detail.to_string() }
    }

    /// Says in our words what the engine found while it read or wrote `path`.
    pub(crate) fn from_engine(path: &Path, action: &'static str, error: TantivyError) -> Self {
        let io = |io: &io::Error| {
            let io = io::Error::new(io.kind(), io.to_string());
            if action == "write" { Self::writing(path, io) } else { Self::reading(path, io) }
        };
        if let TantivyError::InternalError(detail) | TantivyError::SystemError(detail) = &error
            && let Some(system) = system_error(detail)
        {
            return io(&system);
        }
        match error {
            TantivyError::LockFailure(LockError::LockBusy, _) => {
                Self::Locked { path: path.to_owned() }
            }
            TantivyError::LockFailure(LockError::IoError(error), _) => io(&error),
            TantivyError::OpenWriteError(OpenWriteError::IoError { io_error, .. }) => io(&io_error),
            TantivyError::OpenDirectoryError(OpenDirectoryError::IoError { io_error, .. }) => {
                io(&io_error)
            }
            TantivyError::IoError(error)
                if action == "write" || error.kind() == ErrorKind::PermissionDenied =>
            {
                io(&error)
            }
            TantivyError::OpenReadError(OpenReadError::FileDoesNotExist(file)) => {
                Self::damaged(path, format!("{} is missing", file.display()))
            }
            TantivyError::OpenReadError(_)
            | TantivyError::IoError(_)
            | TantivyError::DataCorruption(_)
            | TantivyError::DeserializeError(_)
            | TantivyError::IncompatibleIndex(_)
            | TantivyError::OpenDirectoryError(_) => Self::damaged(path, error),
            other => Self::Engine { path: path.to_owned(), detail: other.to_string() },
        }
    }
}

/// Returns the system's error that a message of the engine ends with.
fn system_error(message: &str) -> Option<io::Error> {
    let (_, number) = message.rsplit_once("(os error ")?;
    let number = number.split(')').next()?.parse().ok()?;
    Some(io::Error::from_raw_os_error(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_full_disk_is_told_by_the_system_whoever_reports_it() {
        let path = Path::new("index");
        let message = "'No space left on device (os error 28)'".to_owned();
        let error = Error::from_engine(path, "write", TantivyError::InternalError(message));
        assert!(matches!(error, Error::Full { .. }), "{error}");
        let message = "a thread (os error of ours)".to_owned();
        let error = Error::from_engine(path, "write", TantivyError::InternalError(message));
        assert!(matches!(error, Error::Engine { .. }), "{error}");
    }
}
