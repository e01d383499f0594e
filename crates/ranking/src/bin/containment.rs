//! The `containment` command: compares searches with plain scans over a large
//! collection of clauses.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use gangmu_indexer::{Index, IndexWriter};
use gangmu_model::Document;
use gangmu_ranking::{Scan, compare_with_scan, read_clauses};

/// Check that a search finds words exactly where a plain scan finds them
#[derive(Parser)]
#[command(name = "containment")]
struct Arguments {
    /// A collection of clauses, one JSON a line
    #[arg(value_name = "CLAUSES")]
    clauses: PathBuf,
    /// Repeat the collection until it has this many clauses
    #[arg(long, value_name = "N", default_value_t = 100_000)]
    at_least: usize,
    /// How many random words to look for
    #[arg(long, value_name = "N", default_value_t = 1_000)]
    words: usize,
    /// Another seed gives other words
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
}

fn main() -> ExitCode {
    match run(&Arguments::parse(), &mut io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nothing is left to do where standard error is closed as well.
            let _ = writeln!(io::stderr(), "containment: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments, out: &mut impl Write) -> anyhow::Result<()> {
    let documents = repeated(read_clauses(&arguments.clauses)?, arguments.at_least);
    let home = tempfile::tempdir()?;
    let mut writer = IndexWriter::create(home.path(), "")?;
    documents.iter().try_for_each(|document| writer.add(document))?;
    writer.commit()?;
    drop(writer);
    let index = Index::open(home.path(), "")?;
    let n_clauses: usize = documents.iter().map(|document| document.divisions.len()).sum();
    let scan = Scan::new(&documents);
    let compared = compare_with_scan(&index, &documents, &scan, arguments.words, arguments.seed)?;
    writeln!(
        out,
        "{} words over {n_clauses} clauses, {} of which stand nowhere: a search finds each in \
         exactly the clauses in which a scan does, {} in all, and marks it there",
        compared.n_words, compared.n_absent, compared.n_found
    )?;
    Ok(())
}

/// Returns the documents and copies of them under other ids, as many as it takes.
fn repeated(documents: Vec<Document>, at_least: usize) -> Vec<Document> {
    let n_clauses: usize = documents.iter().map(|document| document.divisions.len()).sum();
    let copies = at_least.div_ceil(n_clauses.max(1)).max(1);
    (0..copies)
        .flat_map(|copy| {
            documents.iter().map(move |document| {
                let id = format!("{}-{copy}", document.id);
                Document { id, ..document.clone() }
            })
        })
        .collect()
}
