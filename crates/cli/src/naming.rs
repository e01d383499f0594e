//! The ids of documents that are read, and of those that come into an index beside others.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use crate::files::is_standard_input;

/// The ids in an index and those given in this run.
#[derive(Debug, Default)]
pub(crate) struct Ids {
    taken: HashSet<String>,
}

/// The id that a new document gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NewId {
    /// This one.
    Settled(String),
    /// This stem with the beginning of its checksum.
    WithChecksum(String),
}

impl Ids {
    /// Starts with the ids that are in the index and stay.
    pub(crate) fn new(taken: impl IntoIterator<Item = String>) -> Self {
        Self { taken: taken.into_iter().collect() }
    }

    /// Names new files: after the file, where that is not enough after its folder as
    /// well, and where that is not enough after its bytes. Which ids they get does
    /// not depend on their order, and none takes the id of one in the index.
    pub(crate) fn name(&mut self, files: &[&Path]) -> Vec<NewId> {
        let mut ids: Vec<Option<String>> = vec![None; files.len()];
        for naming in [stem as fn(&Path) -> String, with_folder] {
            let open: Vec<usize> = (0..files.len()).filter(|&at| ids[at].is_none()).collect();
            let names: Vec<String> = open.iter().map(|&at| naming(files[at])).collect();
            let mut count: HashMap<&str, usize> = HashMap::new();
            names.iter().for_each(|name| *count.entry(name).or_default() += 1);
            let alone: Vec<bool> = names
                .iter()
                .map(|name| count[name.as_str()] == 1 && !self.taken.contains(name))
                .collect();
            for ((at, name), alone) in open.into_iter().zip(names).zip(alone) {
                if alone {
                    self.taken.insert(name.clone());
                    ids[at] = Some(name);
                }
            }
        }
        ids.into_iter()
            .zip(files)
            .map(|(id, file)| id.map_or_else(|| NewId::WithChecksum(stem(file)), NewId::Settled))
            .collect()
    }

    /// Returns the id of a new document whose bytes have this checksum; of
    /// several with the same bytes, the later ones are numbered.
    pub(crate) fn settle(&mut self, id: &NewId, sha256: &str) -> String {
        let named = match id {
            NewId::Settled(id) => return id.clone(),
            NewId::WithChecksum(stem) => format!("{stem}-{}", &sha256[..8]),
        };
        let numbered = (2..).map(|n| format!("{named}-{n}"));
        let mut names = std::iter::once(named.clone()).chain(numbered);
        let id = names.find(|name| !self.taken.contains(name)).unwrap_or(named);
        self.taken.insert(id.clone());
        id
    }
}

/// Returns the name of a file without its ending.
fn stem(path: &Path) -> String {
    if is_standard_input(path) {
        return "stdin".to_owned();
    }
    let stem = path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy();
    stem.into_owned()
}

/// Returns the name of the folder that a file stands in.
fn folder(path: &Path) -> String {
    let path: PathBuf = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = path.parent().and_then(Path::file_name);
    folder.map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn with_folder(path: &Path) -> String {
    format!("{}-{}", folder(path), stem(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(ids: &mut Ids, files: &[&str]) -> Vec<String> {
        let paths: Vec<&Path> = files.iter().map(Path::new).collect();
        let new = ids.name(&paths);
        new.iter().map(|id| ids.settle(id, "0123456789abcdef")).collect()
    }

    #[test]
    fn a_stem_is_enough_where_it_is_the_only_one() {
        let mut ids = Ids::default();
        assert_eq!(named(&mut ids, &["/a/x.txt", "/a/y.md"]), ["x", "y"]);
        assert_eq!(named(&mut ids, &["/b/x.txt"]), ["b-x"], "the first keeps its id");
        assert_eq!(named(&mut ids, &["/c/b/x.md", "/b/x.md"]), ["x-01234567", "x-01234567-2"]);
    }

    #[test]
    fn the_order_of_files_does_not_matter() {
        assert_eq!(named(&mut Ids::default(), &["/a/x.txt", "/b/x.txt"]), ["a-x", "b-x"]);
        assert_eq!(named(&mut Ids::default(), &["/b/x.txt", "/a/x.txt"]), ["b-x", "a-x"]);
        let mut ids = Ids::new(["x".to_owned()]);
        assert_eq!(named(&mut ids, &["/a/x.txt", "/a/y.txt"]), ["a-x", "y"]);
    }
}
