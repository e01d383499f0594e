//! The `quality` command: scores texts with gold, and compares the scores with
//! recorded ones.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::{Parser, ValueEnum};
use gangmu_parser::{ParseOptions, parse};
use gangmu_quality::{
    Gold, Pair, Record, Scored, find_pairs, score, write_faults, write_json, write_table,
};

/// Score what the parser reads against hand-made gold
#[derive(Parser)]
#[command(name = "quality")]
struct Arguments {
    /// Folders with texts and gold (X.txt, X.gold.json), or single texts
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Where the text of a gold X.json without a text beside it is
    #[arg(long, value_name = "DIR", default_value = "seeds/documents")]
    texts: PathBuf,
    /// Write the scores to a file
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,
    /// Exit with 1 where a score is below the one recorded in a file
    #[arg(long, value_name = "FILE")]
    check: Option<PathBuf>,
    /// How to print the scores
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// List each miss and each false reading with its line
    #[arg(long)]
    misses: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// For people
    Table,
    /// For programs
    Json,
}

fn main() -> ExitCode {
    let mut out = BufWriter::new(io::stdout().lock());
    let result = run(&Arguments::parse(), &mut out).and_then(|code| {
        out.flush()?;
        Ok(code)
    });
    match result {
        Ok(code) => code,
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            // Nothing is left to do where standard error is closed as well.
            let _ = writeln!(io::stderr(), "quality: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &Arguments, out: &mut impl Write) -> anyhow::Result<ExitCode> {
    let pairs = find_pairs(&arguments.paths, &arguments.texts)?;
    if pairs.is_empty() {
        anyhow::bail!("no text with gold in the paths given");
    }
    let scored: Vec<Scored> = pairs.iter().map(read_and_score).collect::<anyhow::Result<_>>()?;
    if arguments.misses {
        write_faults(&scored, out)?;
        writeln!(out)?;
    }
    match arguments.format {
        Format::Table => write_table(&scored, out)?,
        Format::Json => write_json(&scored, out)?,
    }
    let record = Record::new(&scored);
    if let Some(path) = &arguments.record {
        fs::write(path, record.to_string())
            .with_context(|| format!("cannot write {}", path.display()))?;
    }
    let Some(path) = &arguments.check else { return Ok(ExitCode::SUCCESS) };
    let recorded = Record::from_tsv(&read(path)?)
        .with_context(|| format!("{} is no record of scores", path.display()))?;
    let falls = recorded.falls(&record);
    out.flush()?;
    for fall in &falls {
        writeln!(io::stderr(), "{fall}")?;
    }
    Ok(if falls.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn read_and_score(pair: &Pair) -> anyhow::Result<Scored> {
    let text = read(&pair.text)?;
    let gold = Gold::from_json(&read(&pair.gold)?)
        .with_context(|| format!("{} is no gold", pair.gold.display()))?;
    let document = parse(&text, &ParseOptions { id: pair.name.clone(), ..Default::default() });
    Ok(Scored {
        name: pair.name.clone(),
        path: pair.text.display().to_string(),
        score: score(&document, &text, &gold),
    })
}

fn read(path: &Path) -> anyhow::Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}
