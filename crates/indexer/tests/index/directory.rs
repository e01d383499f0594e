//! Directories that hold no index, a foreign one, another version or a
//! damaged one: a sentence each, never a panic, nothing lost.

use std::fs;
use std::path::{Path, PathBuf};

use gangmu_indexer::{Error, Index, IndexWriter};
use gangmu_query::SearchQuery;

use crate::sample::{SEED, seed};

const LISTS: &str = "lists-1";

fn build(directory: &Path) {
    let mut writer = IndexWriter::create(directory, LISTS).unwrap();
    writer.add(&seed("liaoning", SEED)).unwrap();
    writer.commit().unwrap();
}

fn n_found(directory: &Path) -> Result<usize, Error> {
    let index = Index::open(directory, LISTS)?;
    let total = index.search(&SearchQuery::parse("黑臭水体").unwrap())?.total;
    index.documents()?.try_for_each(|document| document.map(drop))?;
    Ok(total)
}

/// Returns the files of the engine.
fn data_files(directory: &Path) -> Vec<PathBuf> {
    let data = fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.is_dir())
        .unwrap();
    let mut files: Vec<PathBuf> =
        fs::read_dir(data).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn a_directory_without_an_index() {
    let home = tempfile::tempdir().unwrap();
    for path in [home.path().to_owned(), home.path().join("none")] {
        let error = Index::open(&path, LISTS).unwrap_err();
        assert!(matches!(error, Error::Missing { .. }), "{error}");
        assert!(error.to_string().contains("gangmu index PATH"), "{error}");
        assert!(error.to_string().contains(path.to_str().unwrap()), "{error}");
    }
}

#[test]
fn a_file_in_place_of_the_directory() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("index");
    fs::write(&path, "mine").unwrap();
    for error in
        [Index::open(&path, LISTS).unwrap_err(), IndexWriter::create(&path, LISTS).unwrap_err()]
    {
        assert!(matches!(error, Error::NotADirectory { .. }), "{error}");
    }
    assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
}

#[test]
fn a_directory_of_other_files_is_left_alone() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("thesis.docx"), "mine").unwrap();
    let error = IndexWriter::open_or_create(home.path(), LISTS).unwrap_err();
    assert!(matches!(&error, Error::NotAnIndex { found, .. } if found == "thesis.docx"), "{error}");
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 1);
}

#[test]
fn a_readme_and_an_ignore_file_may_stand_beside_the_index() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("README.md"), "mine").unwrap();
    fs::write(home.path().join(".gitignore"), "*").unwrap();
    build(home.path());
    build(home.path());
    assert_eq!(n_found(home.path()).unwrap(), 3);
    assert_eq!(fs::read_to_string(home.path().join("README.md")).unwrap(), "mine");
    let n_data = fs::read_dir(home.path())
        .unwrap()
        .filter(|entry| entry.as_ref().is_ok_and(|entry| entry.path().is_dir()));
    assert_eq!(n_data.count(), 1, "the replaced index is removed");
}

#[test]
fn another_version_is_refused_and_kept() {
    let home = tempfile::tempdir().unwrap();
    build(home.path());
    for error in [
        Index::open(home.path(), "lists-2").unwrap_err(),
        IndexWriter::open_or_create(home.path(), "lists-2").unwrap_err(),
    ] {
        assert!(matches!(error, Error::OtherVersion { .. }), "{error}");
        assert!(
            error.to_string().contains("build it again with `gangmu index PATH… --rebuild`"),
            "{error}"
        );
    }
    let manifest = home.path().join("gangmu.json");
    let json = fs::read_to_string(&manifest).unwrap();
    let mut other: serde_json::Value = serde_json::from_str(&json).unwrap();
    let known = std::mem::replace(&mut other["analyzer"], 999.into());
    fs::write(&manifest, other.to_string()).unwrap();
    let error = Index::open(home.path(), LISTS).unwrap_err();
    let expected = format!("analyzer 999, and this program has {known}");
    assert!(error.to_string().contains(&expected), "{error}");
    fs::write(&manifest, json).unwrap();
    assert_eq!(n_found(home.path()).unwrap(), 3);
}

#[test]
fn one_writer_at_a_time_while_searching_goes_on() {
    let home = tempfile::tempdir().unwrap();
    build(home.path());
    let first = IndexWriter::open_or_create(home.path(), LISTS).unwrap();
    for second in
        [IndexWriter::open_or_create(home.path(), LISTS), IndexWriter::create(home.path(), LISTS)]
    {
        let error = second.unwrap_err();
        assert!(matches!(error, Error::Locked { .. }), "{error}");
        assert!(error.to_string().starts_with("another gangmu is writing"), "{error}");
    }
    assert_eq!(n_found(home.path()).unwrap(), 3);
    drop(first);
    assert!(IndexWriter::open_or_create(home.path(), LISTS).is_ok());
}

/// Damages each file of the engine in turn and asks what happens.
fn damage_each(damage: impl Fn(&[u8]) -> Option<Vec<u8>>) {
    let home = tempfile::tempdir().unwrap();
    build(home.path());
    for file in data_files(home.path()) {
        let good = fs::read(&file).unwrap();
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        // Locks are empty; .managed.json only says which files may be removed.
        if good.is_empty() || name == ".managed.json" {
            continue;
        }
        match damage(&good) {
            Some(bad) => fs::write(&file, bad).unwrap(),
            None => fs::remove_file(&file).unwrap(),
        }
        let error = n_found(home.path()).unwrap_err();
        assert!(matches!(error, Error::Damaged { .. }), "{name}: {error}");
        assert!(
            error.to_string().contains("build it again with `gangmu index PATH… --rebuild`"),
            "{error}"
        );
        let error = IndexWriter::open_or_create(home.path(), LISTS).unwrap_err();
        assert!(matches!(error, Error::Damaged { .. }), "{name}: {error}");
        fs::write(&file, good).unwrap();
    }
    assert_eq!(n_found(home.path()).unwrap(), 3, "nothing was lost by trying");
}

#[test]
fn missing_files() {
    damage_each(|_| None);
}

#[test]
fn files_cut_short() {
    damage_each(|good| Some(good[..good.len() / 2].to_vec()));
    damage_each(|_| Some(Vec::new()));
}

#[test]
fn files_overwritten() {
    damage_each(|good| Some(vec![0x5a; good.len()]));
    damage_each(|good| {
        let mut bad = good.to_vec();
        let middle = bad.len() / 3;
        bad[middle] ^= 0x55;
        Some(bad)
    });
}

#[test]
fn a_spoilt_manifest() {
    let home = tempfile::tempdir().unwrap();
    build(home.path());
    let manifest = home.path().join("gangmu.json");
    let good = fs::read(&manifest).unwrap();
    for bad in ["", "{", "[]", "{\"schema\":1}"] {
        fs::write(&manifest, bad).unwrap();
        let error = Index::open(home.path(), LISTS).unwrap_err();
        assert!(matches!(error, Error::Damaged { .. }), "{error}");
    }
    fs::write(&manifest, good).unwrap();
    assert_eq!(n_found(home.path()).unwrap(), 3);
}

#[test]
fn a_damaged_index_is_replaced_when_asked() {
    let home = tempfile::tempdir().unwrap();
    build(home.path());
    fs::write(&data_files(home.path())[0], "spoilt").unwrap();
    fs::write(home.path().join("gangmu.json"), "spoilt").unwrap();
    build(home.path());
    assert_eq!(n_found(home.path()).unwrap(), 3);
}

#[test]
fn an_unfinished_index_is_no_index_and_is_cleared_away() {
    let home = tempfile::tempdir().unwrap();
    fs::create_dir(home.path().join("data-000007")).unwrap();
    fs::write(home.path().join("data-000007/half.store"), "half").unwrap();
    assert!(matches!(Index::open(home.path(), LISTS), Err(Error::Missing { .. })));
    build(home.path());
    assert!(!home.path().join("data-000007").exists());
    assert_eq!(n_found(home.path()).unwrap(), 3);
}
