//! Scores kept between runs.

use std::collections::BTreeMap;
use std::fmt;

use anyhow::{Context, bail};

use crate::Scores;

/// How far a score may fall before it counts: as far as a new text among the
/// fixtures moves it.
const SLACK: f64 = 0.01;

/// The scores of each set, written as tab-separated lines, sorted.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Record {
    scores: BTreeMap<String, [f64; 4]>,
}

impl Record {
    /// Adds the scores of a set.
    pub fn insert(&mut self, set: &str, scores: Scores) {
        self.scores.insert(set.to_owned(), scores.values());
    }

    /// Reads a record as [`Display`](fmt::Display) writes it.
    ///
    /// # Errors
    ///
    /// Where a line has not five fields or its scores are no numbers.
    pub fn from_tsv(tsv: &str) -> anyhow::Result<Self> {
        let mut record = Self::default();
        for (at, line) in tsv.lines().enumerate().skip(1) {
            let mut fields = line.split('\t');
            let set = fields.next().unwrap_or_default().to_owned();
            let scores: Vec<f64> = fields
                .map(str::parse)
                .collect::<Result<_, _>>()
                .with_context(|| format!("line {}: a score is no number", at + 1))?;
            let Ok(scores) = scores.try_into() else {
                bail!("line {} has not five fields", at + 1)
            };
            record.scores.insert(set, scores);
        }
        Ok(record)
    }

    /// Returns a sentence for every score of this record that `now` is below by
    /// more than 0.01, or that is not there any more.
    pub fn falls(&self, now: &Self) -> Vec<String> {
        let mut falls = Vec::new();
        for (set, recorded) in &self.scores {
            let Some(now) = now.scores.get(set) else {
                falls.push(format!("{set} is recorded but not scored"));
                continue;
            };
            for ((name, recorded), now) in Scores::NAMES.iter().zip(recorded).zip(now) {
                if *now < recorded - SLACK {
                    falls.push(format!("{set}: {name} fell from {recorded:.4} to {now:.4}"));
                }
            }
        }
        falls
    }
}

impl fmt::Display for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "set\t{}", Scores::NAMES.join("\t"))?;
        for (set, [mrr10, ndcg10, r10, r100]) in &self.scores {
            writeln!(f, "{set}\t{mrr10:.4}\t{ndcg10:.4}\t{r10:.4}\t{r100:.4}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(mrr10: f64) -> Record {
        let mut record = Record::default();
        record.insert("keywords", Scores { mrr10, ndcg10: 0.5, r10: 0.5, r100: 1.0 });
        record
    }

    #[test]
    fn a_record_reads_back_and_a_fall_is_named() {
        let before = Record::from_tsv(&record(0.75).to_string()).unwrap();
        assert!(before.falls(&record(0.75)).is_empty());
        assert!(before.falls(&record(0.8)).is_empty());
        assert_eq!(before.falls(&record(0.7)), ["keywords: MRR@10 fell from 0.7500 to 0.7000"]);
        assert_eq!(before.falls(&Record::default()), ["keywords is recorded but not scored"]);
    }

    #[test]
    fn a_damaged_record_names_its_line() {
        let error = Record::from_tsv("set\na\tb\n").unwrap_err();
        assert!(error.to_string().contains("line 2"), "{error}");
        assert!(Record::from_tsv("set\na\t1\n").is_err());
    }
}
