//! Putting judged queries to an index, as a person's are.

use std::time::{Duration, Instant};

use anyhow::Context;
use gangmu_indexer::{Index, IndexWriter};
use gangmu_lexicon::Lexicon;
use gangmu_query::SearchQuery;

use crate::{Answer, DEPTH, JudgedSet};

/// How many clauses are shown to a person who waits for them.
const SHOWN: usize = 10;

/// What an index answers to the queries of a set.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Answers {
    /// For each query its best clauses, the best first.
    pub answers: Vec<Vec<Answer>>,
    /// For each query the time until the first ten clauses, with texts, are there.
    pub times: Vec<Duration>,
}

/// Builds an index on disk of the documents, in a folder of its own that is
/// removed afterwards, and asks it every query.
///
/// # Errors
///
/// Where the index cannot be written, or a query cannot be read.
pub fn ask(set: &JudgedSet) -> anyhow::Result<Answers> {
    let home = tempfile::tempdir()?;
    let lexicon = Lexicon::builtin();
    let mut writer = IndexWriter::create(home.path(), Lexicon::version())?;
    set.documents.iter().try_for_each(|document| writer.add(document))?;
    writer.commit()?;
    drop(writer);
    let index = Index::open(home.path(), Lexicon::version())?;
    let mut found = Answers { answers: Vec::new(), times: Vec::new() };
    for query in &set.queries {
        let typed = SearchQuery::parse(&query.text)
            .with_context(|| format!("the query {} cannot be read", query.text))?
            .widen(&set.documents, lexicon);
        let page = index.search(&SearchQuery { limit: DEPTH, ..typed.clone() })?;
        found.answers.push(page.records.iter().map(Answer::from).collect());
        let shown = SearchQuery { limit: SHOWN, ..typed };
        let start = Instant::now();
        index.search(&shown)?;
        found.times.push(start.elapsed());
    }
    Ok(found)
}
