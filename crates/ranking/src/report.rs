//! Scores as people read them.

use std::io::{self, Write};
use std::time::Duration;

use crate::Scores;

/// One line of a report.
#[derive(Clone, Debug)]
pub struct Row {
    /// The judged set.
    pub set: String,
    /// The part of it.
    pub part: &'static str,
    /// Who answered: `words` or `gangmu`.
    pub by: &'static str,
    /// The number of queries.
    pub n_queries: usize,
    /// The means over them.
    pub scores: Scores,
    /// Times of the answers, where they were taken.
    pub times: Vec<Duration>,
}

/// Writes a line for each row under a head.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn write_table(rows: &[Row], out: &mut impl Write) -> io::Result<()> {
    let [first, second, third, fourth] = Scores::NAMES;
    writeln!(
        out,
        "{:12} {:9} {:7} {:>7} {first:>7} {second:>7} {third:>7} {fourth:>7} {:>8} {:>8}",
        "set", "part", "by", "queries", "p50 ms", "p99 ms"
    )?;
    for row in rows {
        write!(out, "{:12} {:9} {:7} {:>7}", row.set, row.part, row.by, row.n_queries)?;
        for score in row.scores.values() {
            write!(out, " {score:>7.4}")?;
        }
        let mut times = row.times.clone();
        times.sort_unstable();
        for share in [50, 99] {
            match times.get(times.len() * share / 100) {
                Some(time) => write!(out, " {:>8.2}", time.as_secs_f64() * 1e3)?,
                None => write!(out, " {:>8}", ".")?,
            }
        }
        writeln!(out)?;
    }
    Ok(())
}
