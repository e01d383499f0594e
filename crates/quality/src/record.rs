//! Scores kept between runs.

use std::collections::BTreeMap;
use std::fmt;

use anyhow::{Context, bail};

use crate::{Score, Scored};

/// How far a score may fall before it counts: half of the last digit shown.
const SLACK: f64 = 0.0005;

const HEAD: &str = "document\taspect\tprecision\trecall\tf1";

/// The F1 of each document and aspect, and of all documents together.
///
/// Written as tab-separated lines, sorted, so that a change of a score is a
/// change of one line. Parts of an aspect, which are shares of what was found,
/// are left out: to find more may lower them.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Record {
    scores: BTreeMap<(String, String), [f64; 3]>,
}

/// A score below the recorded one.
#[derive(Clone, PartialEq, Debug)]
pub struct Fall {
    /// The document, or `all`.
    pub document: String,
    /// The aspect's name.
    pub aspect: String,
    /// The recorded F1.
    pub recorded: f64,
    /// The F1 of this run; null where the document or the aspect is gone.
    pub now: Option<f64>,
}

impl fmt::Display for Fall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { document, aspect, recorded, now } = self;
        match now {
            Some(now) => write!(f, "{document}: {aspect} fell from {recorded:.4} to {now:.4}"),
            None => write!(f, "{document}: {aspect} is recorded ({recorded:.4}) but not scored"),
        }
    }
}

impl Record {
    /// Makes the record of a run.
    pub fn new(scored: &[Scored]) -> Self {
        let mut all = Score::default();
        let mut record = Self::default();
        for each in scored {
            record.insert(&each.name, &each.score);
            all.add(&each.score);
        }
        record.insert("all", &all);
        record
    }

    fn insert(&mut self, document: &str, score: &Score) {
        for (aspect, tally) in score.tallies.iter().filter(|(aspect, _)| !aspect.is_part()) {
            let key = (document.to_owned(), aspect.name().to_owned());
            self.scores.insert(key, [tally.precision(), tally.recall(), tally.f1()]);
        }
    }

    /// Reads a record as [`Display`](fmt::Display) writes it.
    ///
    /// # Errors
    ///
    /// Where a line has not five fields or its scores are no numbers.
    pub fn from_tsv(tsv: &str) -> anyhow::Result<Self> {
        let mut record = Self::default();
        for (index, line) in tsv.lines().enumerate().filter(|(_, line)| *line != HEAD) {
            let fields: Vec<&str> = line.split('\t').collect();
            let [document, aspect, scores @ ..] = fields.as_slice() else {
                bail!("line {} has not five fields", index + 1)
            };
            let scores: Vec<f64> = scores
                .iter()
                .map(|score| score.parse())
                .collect::<Result<_, _>>()
                .with_context(|| format!("line {}: a score is no number", index + 1))?;
            let Ok(scores) = scores.try_into() else {
                bail!("line {} has not five fields", index + 1)
            };
            record.scores.insert(((*document).to_owned(), (*aspect).to_owned()), scores);
        }
        Ok(record)
    }

    /// Returns every score of this record that `now` is below by more than 0.0005.
    pub fn falls(&self, now: &Self) -> Vec<Fall> {
        self.scores
            .iter()
            .filter_map(|(key, [_, _, recorded])| {
                let now = now.scores.get(key).map(|[_, _, f1]| *f1);
                let fell = now.is_none_or(|now| now < recorded - SLACK);
                fell.then(|| Fall {
                    document: key.0.clone(),
                    aspect: key.1.clone(),
                    recorded: *recorded,
                    now,
                })
            })
            .collect()
    }
}

impl fmt::Display for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEAD}")?;
        for ((document, aspect), [precision, recall, f1]) in &self.scores {
            writeln!(f, "{document}\t{aspect}\t{precision:.4}\t{recall:.4}\t{f1:.4}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Aspect, Tally};

    fn scored(right: u64) -> Scored {
        let mut score = Score::default();
        score.tallies.insert(Aspect::Divisions, Tally { right, expected: 10, read: 10 });
        score.tallies.insert(Aspect::DivisionKind, Tally { right: 1, expected: 1, read: 1 });
        Scored { name: "numbering/gap".to_owned(), path: String::new(), score }
    }

    #[test]
    fn a_record_reads_back_and_a_fall_is_named() {
        let before = Record::from_tsv(&Record::new(&[scored(9)]).to_string()).unwrap();
        assert!(before.falls(&Record::new(&[scored(9)])).is_empty());
        assert!(before.falls(&Record::new(&[scored(10)])).is_empty());
        let falls = before.falls(&Record::new(&[scored(8)]));
        let lines: Vec<String> = falls.iter().map(Fall::to_string).collect();
        assert_eq!(
            lines,
            [
                "all: divisions fell from 0.9000 to 0.8000",
                "numbering/gap: divisions fell from 0.9000 to 0.8000",
            ]
        );
    }

    #[test]
    fn a_document_that_is_gone_is_named() {
        let before = Record::new(&[scored(9)]);
        let falls = before.falls(&Record::new(&[]));
        assert_eq!(falls.len(), 2);
        assert!(falls[1].to_string().contains("recorded (0.9000) but not scored"));
    }

    #[test]
    fn a_damaged_record_names_its_line() {
        let error = Record::from_tsv(&format!("{HEAD}\na\tb\tc\td\te\n")).unwrap_err();
        assert!(error.to_string().contains("line 2"), "{error}");
        assert!(Record::from_tsv("a\tb\n").is_err());
    }
}
