//! Texts and their gold on disk.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

/// The ending of a gold file beside its text.
const GOLD: &str = ".gold.json";

/// A text with gold.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Pair {
    /// Its path below the folder given, without extension: `numbering/running-on`.
    pub name: String,
    /// The text.
    pub text: PathBuf,
    /// Its gold.
    pub gold: PathBuf,
}

/// Finds the texts with gold in folders, and in those below them, sorted by
/// name: `X.txt` with `X.gold.json` beside it, or a gold `X.json` whose text is
/// `X.txt` in `texts`. A path may also name one text.
///
/// # Errors
///
/// Where a path cannot be read, a gold has no text, or two texts have one name.
pub fn find_pairs(paths: &[PathBuf], texts: &Path) -> anyhow::Result<Vec<Pair>> {
    let mut pairs = BTreeMap::new();
    for path in paths {
        let (root, files) = if path.is_dir() {
            (path.as_path(), files_below(path)?)
        } else {
            let gold = path.with_extension("gold.json");
            if !gold.is_file() {
                bail!("{} has no gold: {} is not there", path.display(), gold.display());
            }
            (path.parent().unwrap_or(Path::new("")), vec![gold])
        };
        for gold in files {
            let Some(pair) = pair(&gold, root, texts)? else { continue };
            if let Some(other) = pairs.insert(pair.name.clone(), pair) {
                bail!("two texts are called {}: rename {}", other.name, other.text.display());
            }
        }
    }
    Ok(pairs.into_values().collect())
}

fn pair(gold: &Path, root: &Path, texts: &Path) -> anyhow::Result<Option<Pair>> {
    let below = gold.strip_prefix(root).unwrap_or(gold).to_string_lossy().replace('\\', "/");
    if let Some(name) = below.strip_suffix(GOLD) {
        let text = root.join(format!("{name}.txt"));
        if !text.is_file() {
            bail!("{} has no text: {} is not there", gold.display(), text.display());
        }
        return Ok(Some(Pair { name: name.to_owned(), text, gold: gold.to_owned() }));
    }
    let Some(name) = below.strip_suffix(".json") else { return Ok(None) };
    let text = texts.join(format!("{name}.txt"));
    Ok(text.is_file().then(|| Pair { name: name.to_owned(), text, gold: gold.to_owned() }))
}

fn files_below(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder)
            .with_context(|| format!("cannot read the folder {}", folder.display()))?;
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_have_the_names_of_their_paths() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir(root.path().join("numbering")).unwrap();
        for file in ["numbering/gap.txt", "numbering/gap.gold.json", "numbering/note.txt"] {
            fs::write(root.path().join(file), "{}").unwrap();
        }
        let pairs = find_pairs(&[root.path().to_owned()], Path::new("nowhere")).unwrap();
        let names: Vec<&str> = pairs.iter().map(|pair| pair.name.as_str()).collect();
        assert_eq!(names, ["numbering/gap"]);
    }

    #[test]
    fn gold_without_text_is_an_error_that_names_the_text() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("gap.gold.json"), "{}").unwrap();
        let error = find_pairs(&[root.path().to_owned()], Path::new("nowhere")).unwrap_err();
        assert!(error.to_string().contains("gap.txt is not there"), "{error}");
    }

    #[test]
    fn gold_of_a_shipped_document_finds_its_text_elsewhere() {
        let root = tempfile::tempdir().unwrap();
        let texts = tempfile::tempdir().unwrap();
        fs::write(root.path().join("plan.json"), "{}").unwrap();
        fs::write(root.path().join("other.json"), "{}").unwrap();
        fs::write(texts.path().join("plan.txt"), "").unwrap();
        let pairs = find_pairs(&[root.path().to_owned()], texts.path()).unwrap();
        assert_eq!(pairs.len(), 1);
        assert_eq!(pairs[0].name, "plan");
    }
}
