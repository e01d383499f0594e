//! Which queries ranking is tuned on, and which it is judged by.

use crate::JudgedQuery;

/// Changing it draws another third.
const SEED: &str = "gangmu";

/// A part of a judged set.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Part {
    /// Two thirds, to tune on.
    Tuned,
    /// One third, to judge by.
    KeptBack,
    /// Both.
    All,
}

impl Part {
    /// Every part, in the order of a report.
    pub const ALL: [Self; 3] = [Self::Tuned, Self::KeptBack, Self::All];

    /// Returns the name as a report prints it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Tuned => "tuned",
            Self::KeptBack => "kept-back",
            Self::All => "all",
        }
    }

    /// Returns whether the query is in the part.
    pub fn has(self, query: &JudgedQuery) -> bool {
        self == Self::All || split(query) == self
    }
}

/// Returns the part that a query falls into: [`Part::Tuned`] or [`Part::KeptBack`].
///
/// Queries with the same first answer fall into the same part, for they often
/// ask the same thing in other words.
pub fn split(query: &JudgedQuery) -> Part {
    let first = query.answers.first().map_or("", |answer| answer.division.as_str());
    if hash(&format!("{SEED} {first}")).is_multiple_of(3) { Part::KeptBack } else { Part::Tuned }
}

/// FNV-1a, its bits mixed once more: the same on every machine.
fn hash(text: &str) -> u64 {
    let fnv = text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let mixed = (fnv ^ (fnv >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    mixed ^ (mixed >> 32)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::Answer;

    #[test]
    fn a_third_is_kept_back_and_the_same_answer_falls_on_one_side() {
        let query = |text: &str, division: usize| JudgedQuery {
            text: text.to_owned(),
            answers: BTreeSet::from([Answer {
                document: "d".to_owned(),
                division: division.to_string(),
            }]),
        };
        let kept = (0..3000).filter(|&at| split(&query("a", at)) == Part::KeptBack).count();
        assert!((900..1100).contains(&kept), "{kept}");
        assert!((0..100).all(|at| split(&query("a", at)) == split(&query("b", at))));
    }
}
