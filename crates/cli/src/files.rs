//! From the paths a user names to the files to read.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use anyhow::{Error, anyhow};
use ignore::WalkBuilder;

/// The endings of files that are read where a folder is named.
const ENDINGS: [&str; 2] = ["txt", "md"];

/// Files to read, and what is wrong with the paths that gave none.
#[derive(Debug, Default)]
pub(crate) struct Files {
    /// The files, each once, in the order named; those of a folder by path.
    pub(crate) paths: Vec<PathBuf>,
    /// One sentence for each path at fault.
    pub(crate) failures: Vec<Error>,
}

/// Finds the files. A file named is read whatever its ending; in a folder,
/// and in those under it, `.txt` and `.md` are, but for hidden files and READMEs.
/// `-` stands for standard input and is passed on.
pub(crate) fn find(named: &[PathBuf]) -> Files {
    let mut files = Files::default();
    let mut seen = HashSet::new();
    for path in named {
        let found = match std::fs::metadata(path) {
            _ if is_standard_input(path) => vec![path.clone()],
            Ok(metadata) if metadata.is_dir() => walk(path, &mut files.failures),
            Ok(_) => vec![path.clone()],
            Err(error) => {
                files.failures.push(missing(path, &error));
                continue;
            }
        };
        for file in found {
            let same = std::fs::canonicalize(&file).unwrap_or_else(|_| file.clone());
            if seen.insert(same) {
                files.paths.push(file);
            }
        }
    }
    files
}

/// Whether the path is `-`.
pub(crate) fn is_standard_input(path: &Path) -> bool {
    path.as_os_str() == "-"
}

fn missing(path: &Path, error: &std::io::Error) -> Error {
    let path = path.display();
    if error.kind() == std::io::ErrorKind::NotFound {
        anyhow!("{path}: no such file or folder; check the name")
    } else {
        anyhow!("{path}: cannot be read ({error}); check the permissions")
    }
}

fn walk(folder: &Path, failures: &mut Vec<Error>) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut failed = false;
    let walker = WalkBuilder::new(folder)
        .standard_filters(false)
        .filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry.path()))
        .follow_links(true)
        .sort_by_file_path(Path::cmp)
        .build();
    for entry in walker {
        match entry {
            Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) => {
                if is_document(entry.path()) {
                    files.push(entry.into_path());
                }
            }
            Ok(_) => {}
            Err(error) => {
                failed = true;
                failures.push(anyhow!("{error}; the rest of {} was read", folder.display()));
            }
        }
    }
    if files.is_empty() && !failed {
        failures.push(anyhow!(
            "{}: holds no documents; put .txt or .md files there, or name a file",
            folder.display()
        ));
    }
    files
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
}

fn is_document(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known))
        && !stem.eq_ignore_ascii_case("readme")
}
