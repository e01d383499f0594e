//! The process of an engine: it builds once, or answers round after round.

use std::io::{BufRead, Write};
use std::path::PathBuf;
use std::time::Instant;

use clap::Parser;
use serde::{Deserialize, Serialize};

use crate::questions::Asked;

/// How many clauses are given with their texts.
pub const SHOWN: usize = 10;

/// What an engine's process is to do; the same for every engine.
#[derive(Parser, Debug)]
pub enum Command {
    /// Build an index of the laws of a file
    Build {
        /// One law a line
        laws: PathBuf,
        /// The folder of the index
        index: PathBuf,
    },
    /// Answer rounds of questions on standard input: a JSON array a line
    Answer {
        /// The folder of the index
        index: PathBuf,
    },
}

/// What came of a question.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub struct Answered {
    /// From the words typed to the texts of the clauses shown, in nanoseconds.
    pub nanoseconds: u64,
    /// How many clauses there are, or 0 where none is found.
    pub found: usize,
    /// The bytes of the texts shown; keeps an engine from leaving them out.
    pub bytes: usize,
}

/// Answers rounds until standard input ends. `answer` returns how many clauses
/// are found and the texts of the best.
///
/// # Errors
///
/// Where a question cannot be read or answered, or standard output is closed.
pub fn serve(
    mut answer: impl FnMut(&Asked) -> anyhow::Result<(usize, Vec<String>)>,
) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let round: Vec<Asked> = serde_json::from_str(&line?)?;
        let mut answers = Vec::with_capacity(round.len());
        for asked in &round {
            let start = Instant::now();
            let (found, texts) = answer(asked)?;
            let nanoseconds = u64::try_from(start.elapsed().as_nanos())?;
            let bytes = texts.iter().map(String::len).sum();
            answers.push(Answered { nanoseconds, found, bytes });
        }
        serde_json::to_writer(&mut out, &answers)?;
        out.write_all(b"\n")?;
        out.flush()?;
    }
    Ok(())
}
