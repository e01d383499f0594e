//! How far up the right clauses stand.

use std::ops::AddAssign;

use crate::{Answer, JudgedQuery};

/// How many clauses of an answer are looked at.
pub const DEPTH: usize = 100;
/// How many clauses a person looks at.
const TOP: usize = 10;

/// Means over queries, each from 0 to 1; sums until [`Scores::mean`].
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Scores {
    /// MRR@10: one over the place of the first right clause among ten, or 0.
    pub mrr10: f64,
    /// nDCG@10: the right clauses among ten, each worth less the further down,
    /// against the best order possible.
    pub ndcg10: f64,
    /// The share of the right clauses among the first ten.
    pub r10: f64,
    /// The share of the right clauses among the first hundred.
    pub r100: f64,
}

impl Scores {
    /// Names and values in the order of a report.
    pub const NAMES: [&str; 4] = ["MRR@10", "nDCG@10", "R@10", "R@100"];

    /// Scores the answers to one query, the best first.
    pub fn of(query: &JudgedQuery, answers: &[Answer]) -> Self {
        let right = |answer: &Answer| query.answers.contains(answer);
        let n_right = query.answers.len().max(1) as f64;
        let top = &answers[..answers.len().min(TOP)];
        let share = |answers: &[Answer]| answers.iter().filter(|each| right(each)).count() as f64;
        let worth = |place: usize| 1.0 / (place as f64 + 2.0).log2();
        let gain: f64 =
            top.iter().enumerate().filter(|(_, each)| right(each)).map(|(at, _)| worth(at)).sum();
        let best: f64 = (0..query.answers.len().clamp(1, TOP)).map(worth).sum();
        Self {
            mrr10: top.iter().position(right).map_or(0.0, |place| 1.0 / (place as f64 + 1.0)),
            ndcg10: gain / best,
            r10: share(top) / n_right,
            r100: share(&answers[..answers.len().min(DEPTH)]) / n_right,
        }
    }

    /// Returns the mean where these are the sums over `n` queries.
    #[must_use]
    pub fn mean(self, n: usize) -> Self {
        let [mrr10, ndcg10, r10, r100] = self.values().map(|sum| sum / n.max(1) as f64);
        Self { mrr10, ndcg10, r10, r100 }
    }

    /// Returns the values in the order of [`Scores::NAMES`].
    pub fn values(self) -> [f64; 4] {
        [self.mrr10, self.ndcg10, self.r10, self.r100]
    }
}

impl AddAssign for Scores {
    fn add_assign(&mut self, other: Self) {
        self.mrr10 += other.mrr10;
        self.ndcg10 += other.ndcg10;
        self.r10 += other.r10;
        self.r100 += other.r100;
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn answer(division: usize) -> Answer {
        Answer { document: "d".to_owned(), division: division.to_string() }
    }

    fn scores(right: &[usize], order: impl IntoIterator<Item = usize>) -> Scores {
        let answers: BTreeSet<Answer> = right.iter().copied().map(answer).collect();
        let query = JudgedQuery { text: String::new(), answers };
        Scores::of(&query, &order.into_iter().map(answer).collect::<Vec<_>>())
    }

    #[test]
    fn the_best_order_scores_one() {
        let best = Scores { mrr10: 1.0, ndcg10: 1.0, r10: 1.0, r100: 1.0 };
        assert_eq!(scores(&[3, 5], [5, 3, 1]), best);
    }

    #[test]
    fn places_count() {
        let found = scores(&[3, 50], (1..=100).collect::<Vec<_>>());
        assert_eq!((found.mrr10, found.r10, found.r100), (1.0 / 3.0, 0.5, 1.0));
        let ideal = 1.0 + 1.0 / 3f64.log2();
        assert!((found.ndcg10 - 0.5 / ideal).abs() < 1e-9);
        assert_eq!(scores(&[7], []), Scores::default());
    }
}
