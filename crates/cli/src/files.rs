//! From the paths a user names to the files to read.

use std::collections::{BTreeMap, HashSet};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::Error;
use gangmu_workbook::MARK_SHEET;
use ignore::WalkBuilder;

use crate::language::{Message, Value, say};

/// Files to read, and what became of the other paths.
#[derive(Debug, Default)]
pub(crate) struct Files {
    /// The files, each once, in the order named; those of a folder by path.
    pub(crate) paths: Vec<PathBuf>,
    /// How many files of folders are of kinds that are not read, by ending:
    /// `.jpg`; without one: `no ending`.
    pub(crate) skipped: BTreeMap<String, usize>,
    /// One sentence for each path at fault.
    pub(crate) failures: Vec<Error>,
}

/// Finds the files. A file named is read whatever its ending; in a folder,
/// and in those under it, those with the ending of a format that is read are,
/// but for hidden files, READMEs and workbooks that gangmu made. `-` stands for standard input and is
/// passed on.
pub(crate) fn find(named: &[PathBuf]) -> Files {
    let mut files = Files::default();
    let mut seen = HashSet::new();
    for path in named {
        let found = match std::fs::metadata(path) {
            _ if is_standard_input(path) => vec![path.clone()],
            Ok(metadata) if metadata.is_dir() => walk(path, &mut files),
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

/// Takes the names out of a list: each ended by NUL where there is one in the
/// list, as `find -print0` and `rg -l0` write them, else one a line.
pub(crate) fn names_in(list: &[u8]) -> Vec<PathBuf> {
    let separator = if list.contains(&0) { 0 } else { b'\n' };
    list.split(|byte| *byte == separator)
        .map(|name| match separator {
            0 => name,
            _ => name.strip_suffix(b"\r").unwrap_or(name),
        })
        .filter(|name| !name.is_empty())
        .map(path_of)
        .collect()
}

#[cfg(unix)]
fn path_of(name: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStringExt as _;
    OsString::from_vec(name.to_vec()).into()
}

#[cfg(not(unix))]
fn path_of(name: &[u8]) -> PathBuf {
    OsString::from(String::from_utf8_lossy(name).into_owned()).into()
}

/// Whether the path is `-`.
pub(crate) fn is_standard_input(path: &Path) -> bool {
    path.as_os_str() == "-"
}

fn missing(path: &Path, error: &std::io::Error) -> Error {
    let path = path.display();
    if error.kind() == std::io::ErrorKind::NotFound {
        say!("{path}: no such file or folder; check the name", path = path).into()
    } else {
        unreadable(path.to_string(), error).into()
    }
}

/// Says that a file is there and cannot be read.
pub(crate) fn unreadable(path: String, error: &std::io::Error) -> Message {
    say!(
        "{path}: cannot be read ({error}); check the permissions",
        path = path,
        error = Value::Told(error.to_string()),
    )
}

fn walk(folder: &Path, files: &mut Files) -> Vec<PathBuf> {
    let mut found = Vec::new();
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
                if gangmu_ingest::is_document_name(entry.path()) {
                    if is_own_table(entry.path()) {
                        *files.skipped.entry("tables made by gangmu".to_owned()).or_default() += 1;
                    } else if !is_readme(entry.path()) {
                        found.push(entry.into_path());
                    }
                } else {
                    *files.skipped.entry(kind(entry.path())).or_default() += 1;
                }
            }
            Ok(_) => {}
            Err(error) if is_loop(&error) => {
                *files.skipped.entry("links to a folder above".to_owned()).or_default() += 1;
            }
            Err(error) => {
                failed = true;
                let error = Value::Told(error.to_string());
                files.failures.push(
                    say!("{error}; the rest of {folder} was read", error = error, folder = folder)
                        .into(),
                );
            }
        }
    }
    if found.is_empty() && !failed {
        files.failures.push(
            say!(
                "{folder}: holds no documents; put {endings} files there, or name a file",
                folder = folder,
                endings = endings(),
            )
            .into(),
        );
    }
    found
}

/// Whether a link leads to a folder it stands in; what is in there is read anyway.
fn is_loop(error: &ignore::Error) -> bool {
    match error {
        ignore::Error::Loop { .. } => true,
        ignore::Error::WithPath { err, .. } | ignore::Error::WithDepth { err, .. } => is_loop(err),
        _ => false,
    }
}

/// Returns the endings of the formats that are read: `.txt, .md`.
fn endings() -> Message {
    let mut endings: Vec<String> = gangmu_ingest::formats()
        .iter()
        .filter_map(|format| format.endings().first())
        .map(|ending| format!(".{ending}"))
        .collect();
    endings.reverse();
    let last = endings.pop().unwrap_or_default();
    say!("{endings} or {last}", endings = endings, last = last)
}

/// Returns the ending of a file's name as people say it.
fn kind(path: &Path) -> String {
    path.extension().map_or_else(
        || "no ending".to_owned(),
        |ending| format!(".{}", ending.to_string_lossy().to_lowercase()),
    )
}

/// Whether a file is hidden, or the mark that an office program leaves beside a
/// file that is open.
fn is_hidden(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().as_encoded_bytes();
    name.starts_with(b".") || name.starts_with(b"~$")
}

/// Whether a file is a workbook that was made of documents: its tasks are theirs.
fn is_own_table(path: &Path) -> bool {
    let is_workbook = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"));
    is_workbook
        && std::fs::read(path).is_ok_and(|bytes| {
            gangmu_ingest::has_sheet(&bytes, MARK_SHEET, gangmu_ingest::Limits::default())
        })
}

fn is_readme(path: &Path) -> bool {
    let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    stem.eq_ignore_ascii_case("readme")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_parted_by_lines_or_by_nul() {
        let names = |list: &[u8]| {
            let names = names_in(list);
            names.iter().map(|name| name.display().to_string()).collect::<Vec<_>>()
        };
        assert_eq!(names("甲.txt\r\n\n乙 1.txt".as_bytes()), ["甲.txt", "乙 1.txt"]);
        assert_eq!(names("甲.txt\0乙\n2.txt\0".as_bytes()), ["甲.txt", "乙\n2.txt"]);
        assert!(names(b"").is_empty());
    }
}
