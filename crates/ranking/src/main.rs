//! The `ranking` command: scores the order of search results on judged
//! queries, and compares the scores with recorded ones.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::Parser;
use gangmu_ranking::{
    JudgedSet, Part, Record, Row, Scores, Words, ask, read_corpus, read_shipped, write_table,
};

/// Score the order of search results on judged queries, beside BM25 over words
#[derive(Parser)]
#[command(name = "ranking")]
struct Arguments {
    /// A folder of judged queries over the texts (`tests/queries`), or
    /// NAME=CLAUSES,QUERIES: a collection of clauses, one JSON a line, and its queries
    #[arg(required = true, value_name = "SET")]
    sets: Vec<String>,
    /// Where the texts are that a folder of queries is over
    #[arg(long, value_name = "DIR", default_values = ["seeds/documents", "tests/fixtures"])]
    texts: Vec<PathBuf>,
    /// Write the scores over all queries of each set to a file
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,
    /// Exit with 1 where a score is below the one recorded in a file
    #[arg(long, value_name = "FILE")]
    check: Option<PathBuf>,
    /// Leave out the queries that are kept back, while tuning
    #[arg(long)]
    tuning: bool,
    /// List each query with the place of its first right clause
    #[arg(long)]
    places: bool,
}

fn main() -> ExitCode {
    let mut out = BufWriter::new(io::stdout().lock());
    let result = run(&Arguments::parse(), &mut out).and_then(|code| {
        out.flush()?;
        Ok(code)
    });
    match result {
        Ok(code) => code,
        Err(error) => {
            // Nothing is left to do where standard error is closed as well.
            let _ = writeln!(io::stderr(), "ranking: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &Arguments, out: &mut impl Write) -> anyhow::Result<ExitCode> {
    let mut rows = Vec::new();
    let mut record = Record::default();
    for name in &arguments.sets {
        for mut set in read(name, &arguments.texts)? {
            if arguments.tuning {
                set.queries.retain(|query| Part::Tuned.has(query));
            }
            writeln!(
                out,
                "{}: {} queries over {} clauses of {} documents",
                set.name,
                set.queries.len(),
                set.n_clauses(),
                set.documents.len()
            )?;
            out.flush()?;
            for row in score(&set, arguments, out)? {
                if row.by == "gangmu" && row.part == Part::All.name() {
                    record.insert(&row.set, row.scores);
                }
                rows.push(row);
            }
        }
    }
    write_table(&rows, out)?;
    if let Some(path) = &arguments.record {
        fs::write(path, record.to_string())
            .with_context(|| format!("cannot write {}", path.display()))?;
    }
    let Some(path) = &arguments.check else { return Ok(ExitCode::SUCCESS) };
    let recorded = fs::read_to_string(path)
        .with_context(|| format!("cannot read {}", path.display()))
        .and_then(|tsv| Record::from_tsv(&tsv))
        .with_context(|| format!("{} is no record of scores", path.display()))?;
    let falls = recorded.falls(&record);
    out.flush()?;
    for fall in &falls {
        writeln!(io::stderr(), "{fall}")?;
    }
    Ok(if falls.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn read(set: &str, texts: &[PathBuf]) -> anyhow::Result<Vec<JudgedSet>> {
    if let Some((name, paths)) = set.split_once('=') {
        let Some((clauses, queries)) = paths.split_once(',') else {
            bail!("{set} is not NAME=CLAUSES,QUERIES");
        };
        return Ok(vec![read_corpus(name, Path::new(clauses), Path::new(queries))?]);
    }
    let texts: Vec<&Path> = texts.iter().map(PathBuf::as_path).collect();
    let sets = read_shipped(Path::new(set), &texts)?;
    if sets.is_empty() {
        bail!("{set} holds no judged queries");
    }
    Ok(sets)
}

/// Scores both ways of answering, part by part.
fn score(set: &JudgedSet, arguments: &Arguments, out: &mut impl Write) -> anyhow::Result<Vec<Row>> {
    let baseline = Words::new(&set.documents);
    let by_words: Vec<_> = set.queries.iter().map(|query| baseline.ask(&query.text)).collect();
    drop(baseline);
    let found = ask(set)?;
    if arguments.places {
        for (query, answers) in set.queries.iter().zip(&found.answers) {
            let place = answers.iter().position(|answer| query.answers.contains(answer));
            let place = place.map_or("-".to_owned(), |place| (place + 1).to_string());
            writeln!(out, "{place:>4}  {}", query.text)?;
        }
    }
    let parts = if arguments.tuning { &[Part::Tuned][..] } else { &Part::ALL };
    let mut rows = Vec::new();
    for part in parts {
        let asked: Vec<usize> =
            (0..set.queries.len()).filter(|&at| part.has(&set.queries[at])).collect();
        for (by, answers) in [("words", &by_words), ("gangmu", &found.answers)] {
            let mut sum = Scores::default();
            asked.iter().for_each(|&at| sum += Scores::of(&set.queries[at], &answers[at]));
            let timed = if by == "gangmu" { asked.as_slice() } else { &[] };
            rows.push(Row {
                set: set.name.clone(),
                part: part.name(),
                by,
                n_queries: asked.len(),
                scores: sum.mean(asked.len()),
                times: timed.iter().map(|&at| found.times[at]).collect(),
            });
        }
    }
    Ok(rows)
}
