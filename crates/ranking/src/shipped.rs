//! Judged queries over texts: the shipped documents and the fixtures.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, bail};
use gangmu_model::Document;
use gangmu_parser::{ParseOptions, parse};

use crate::{Answer, JudgedQuery, JudgedSet};

/// The first line of a file of judged queries.
const HEAD: &str = "query\tdocument\tdivisions";

/// The file of the ids of the texts that are searched, one a line. It is kept apart
/// from the folders: a text more among the answers moves every score.
const TEXTS: &str = "texts.txt";

/// Reads the texts that `texts.txt` in `folder` lists from the folders `texts`, and one
/// judged set from each `NAME.tsv` in `folder`, in the order of the names.
///
/// A line is a query, the document that answers it and the divisions there,
/// parted by blanks. A document's id is its text's path below the folder,
/// without extension. A query that several documents answer has a line for each.
///
/// # Errors
///
/// Where a file cannot be read, a listed text is in none of the folders, a line has not
/// three fields, or a division is not there.
pub fn read_shipped(folder: &Path, texts: &[&Path]) -> anyhow::Result<Vec<JudgedSet>> {
    let listed = read(&folder.join(TEXTS))?;
    let documents = listed
        .lines()
        .map(|id| {
            let place = |root: &&Path| root.join(format!("{id}.txt"));
            let path = texts.iter().map(place).find(|path| path.is_file());
            let path = path.with_context(|| format!("{TEXTS} lists {id}, which is nowhere"))?;
            let options = ParseOptions { id: id.to_owned(), ..ParseOptions::default() };
            Ok(parse(&read(&path)?, &options))
        })
        .collect::<anyhow::Result<Vec<_>>>()?;
    let sets = files(folder, "tsv")?;
    sets.iter()
        .map(|path| {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let queries = queries(&read(path)?, &documents)
                .with_context(|| format!("{} holds no judged queries", path.display()))?;
            Ok(JudgedSet { name, documents: documents.clone(), queries })
        })
        .collect()
}

fn queries(tsv: &str, documents: &[Document]) -> anyhow::Result<Vec<JudgedQuery>> {
    let mut lines = tsv.lines().enumerate();
    if lines.next().is_none_or(|(_, head)| head != HEAD) {
        bail!("the first line is not {HEAD:?}");
    }
    let mut queries: Vec<JudgedQuery> = Vec::new();
    for (at, line) in lines {
        let [query, document, divisions] = line.split('\t').collect::<Vec<_>>()[..] else {
            bail!("line {} has not three fields", at + 1)
        };
        let Some(found) = documents.iter().find(|each| each.id == document) else {
            bail!("line {}: there is no document {document}", at + 1)
        };
        let mut answers = BTreeSet::new();
        for division in divisions.split(' ') {
            if !found.divisions.iter().any(|each| each.id.as_str() == division) {
                bail!("line {}: {document} has no division {division}", at + 1);
            }
            answers.insert(Answer { document: document.to_owned(), division: division.to_owned() });
        }
        match queries.iter_mut().find(|each| each.text == query) {
            Some(known) => known.answers.extend(answers),
            None => queries.push(JudgedQuery { text: query.to_owned(), answers }),
        }
    }
    Ok(queries)
}

fn read(path: &Path) -> anyhow::Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

/// Returns the files of an extension in a folder and below, sorted.
fn files(folder: &Path, extension: &str) -> anyhow::Result<Vec<std::path::PathBuf>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder)
            .with_context(|| format!("cannot read the folder {}", folder.display()))?;
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|known| known == extension) {
                found.insert(path, ());
            }
        }
    }
    Ok(found.into_keys().collect())
}
