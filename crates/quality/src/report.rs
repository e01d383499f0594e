//! Scores as people and programs read them.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use crate::{Aspect, Score, Scored, Tally};

fn whole() -> impl Iterator<Item = Aspect> {
    Aspect::ALL.iter().copied().filter(|aspect| !aspect.is_part())
}

fn total(scored: &[Scored]) -> Score {
    let mut all = Score::default();
    scored.iter().for_each(|each| all.add(&each.score));
    all
}

/// Writes a line of F1 for each document, then precision, recall and F1 of all
/// together, parts included. A dot stands where there was nothing to score.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn write_table(scored: &[Scored], out: &mut impl Write) -> io::Result<()> {
    let width = scored.iter().map(|each| each.name.chars().count()).max().unwrap_or(0).max(8);
    write!(out, "{:width$}", "F1")?;
    for aspect in whole() {
        write!(out, " {aspect:>11}")?;
    }
    writeln!(out)?;
    let all = total(scored);
    let rows = scored.iter().map(|each| (each.name.as_str(), &each.score)).chain([("all", &all)]);
    for (name, score) in rows {
        write!(out, "{name:width$}")?;
        for aspect in whole() {
            let tally = score.tally(aspect);
            if tally.is_empty() {
                write!(out, " {:>11}", ".")?;
            } else {
                write!(out, " {:>11.3}", tally.f1())?;
            }
        }
        writeln!(out)?;
    }
    let head = ["precision", "recall", "f1", "right", "expected", "read"];
    write!(out, "\n{:25}", format!("{} documents", scored.len()))?;
    for title in head {
        write!(out, " {title:>9}")?;
    }
    writeln!(out)?;
    for aspect in Aspect::ALL {
        let tally = all.tally(*aspect);
        if tally.is_empty() {
            continue;
        }
        let name = if aspect.is_part() { format!("  {aspect}") } else { aspect.to_string() };
        let Tally { right, expected, read } = tally;
        writeln!(
            out,
            "{name:25} {:>9.4} {:>9.4} {:>9.4} {right:>9} {expected:>9} {read:>9}",
            tally.precision(),
            tally.recall(),
            tally.f1(),
        )?;
    }
    Ok(())
}

/// Writes a line for each fault: `path:line: aspect: missed …`, `false …` or
/// `… read as …`.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn write_faults(scored: &[Scored], out: &mut impl Write) -> io::Result<()> {
    for each in scored {
        for fault in &each.score.faults {
            write!(out, "{}:{}: {}: ", each.path, fault.line, fault.aspect)?;
            match (&fault.expected, &fault.read) {
                (Some(expected), Some(read)) => writeln!(out, "{expected} | read as | {read}")?,
                (Some(expected), None) => writeln!(out, "missed | {expected}")?,
                (None, read) => writeln!(out, "false | {}", read.as_deref().unwrap_or(""))?,
            }
        }
    }
    Ok(())
}

/// Writes all scores and faults as one JSON value.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn write_json(scored: &[Scored], out: &mut impl Write) -> io::Result<()> {
    let documents: Vec<Value> = scored
        .iter()
        .map(|each| {
            json!({
                "document": each.name,
                "scores": scores(&each.score),
                "faults": each.score.faults,
            })
        })
        .collect();
    let report = json!({ "documents": documents, "all": scores(&total(scored)) });
    serde_json::to_writer_pretty(&mut *out, &report)?;
    writeln!(out)
}

fn scores(score: &Score) -> Value {
    let scores: Map<String, Value> = score
        .tallies
        .iter()
        .map(|(aspect, tally)| {
            let value = json!({
                "precision": tally.precision(),
                "recall": tally.recall(),
                "f1": tally.f1(),
                "right": tally.right,
                "expected": tally.expected,
                "read": tally.read,
            });
            (aspect.name().to_owned(), value)
        })
        .collect();
    Value::Object(scores)
}
