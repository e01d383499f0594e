//! How alike two texts are.

use std::collections::HashMap;

/// The pairs of characters of a text, blanks left out, with how often each stands in it.
#[derive(Debug, Default)]
pub(crate) struct Pairs {
    counts: HashMap<[char; 2], u32>,
    n_pairs: u32,
}

impl Pairs {
    /// Takes a text apart. One of a single character is a pair with nothing.
    pub(crate) fn of(text: &str) -> Self {
        let chars: Vec<char> = text.chars().filter(|ch| !ch.is_whitespace()).collect();
        let mut pairs = Self::default();
        let mut add = |pair| {
            *pairs.counts.entry(pair).or_default() += 1;
            pairs.n_pairs += 1;
        };
        chars.windows(2).for_each(|pair| add([pair[0], pair[1]]));
        if let [only] = chars.as_slice() {
            add([*only, '\0']);
        }
        pairs
    }

    /// Returns the share of pairs that both have (Dice's coefficient): 1 where
    /// all are the same, 0 where none is.
    pub(crate) fn likeness(&self, other: &Self) -> f64 {
        let total = self.n_pairs + other.n_pairs;
        if total == 0 { 0.0 } else { 2.0 * f64::from(self.shared(other)) / f64::from(total) }
    }

    /// Returns the share of the pairs of the smaller text that stand in the other: 1
    /// where the one holds the other.
    pub(crate) fn containment(&self, other: &Self) -> f64 {
        let smaller = self.n_pairs.min(other.n_pairs);
        if smaller == 0 { 0.0 } else { f64::from(self.shared(other)) / f64::from(smaller) }
    }

    fn shared(&self, other: &Self) -> u32 {
        let (few, many) =
            if self.counts.len() <= other.counts.len() { (self, other) } else { (other, self) };
        let shared =
            |(pair, n): (&[char; 2], &u32)| many.counts.get(pair).map_or(0, |other| *n.min(other));
        few.counts.iter().map(shared).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn likeness(a: &str, b: &str) -> f64 {
        Pairs::of(a).likeness(&Pairs::of(b))
    }

    #[test]
    fn texts_are_as_alike_as_what_they_share() {
        assert_eq!(likeness("推进造林绿化", "推进 造林绿化"), 1.0);
        assert_eq!(likeness("推进造林绿化", "治理黑臭水体"), 0.0);
        assert_eq!(likeness("推进造林", "推进绿化"), 1.0 / 3.0);
        assert_eq!(Pairs::of("推进造林").containment(&Pairs::of("推进造林绿化")), 1.0);
        assert_eq!((likeness("", ""), likeness("甲", "甲"), likeness("甲", "乙")), (0.0, 1.0, 0.0));
    }
}
