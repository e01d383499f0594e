//! What a question looks for of a text: its pairs, the words that it is cut into, its characters.
//!
//! A word of two characters is a pair, and counts for more than one that lies across two words;
//! so does a character that is a word. Longer words of the dictionary are terms beside their
//! pairs; of others there are only these.

use std::collections::HashSet;
use std::ops::Range;

use foldhash::fast::RandomState;

use crate::analyzer::{is_han, letter_pairs, telling};
use crate::cut::Cutter;
use crate::weights::{CHARACTER_ALONE, LONG_WORD, PAIR_AS_WORD};

/// How many characters longer words have that are terms.
const LONG_WORDS: Range<usize> = 3..5;

/// What a normalised text is looked for by, each with its weight.
#[derive(Debug, PartialEq)]
pub(crate) struct Parts<'t> {
    /// Each once: pairs of letters or digits, then longer words, which may be terms or not.
    pub terms: Vec<(&'t str, f32)>,
    /// Each once: Han characters that say something alone.
    pub characters: Vec<(char, f32)>,
}

impl<'t> Parts<'t> {
    /// Cuts a normalised text as jieba does.
    pub(crate) fn of(text: &'t str) -> Self {
        let mut places = Vec::new();
        Cutter::with(text, |cutter| cutter.cut(&mut places));
        let words: Vec<&str> = places.into_iter().map(|place| &text[place]).collect();
        let known: HashSet<&str, RandomState> = words.iter().copied().collect();
        let weight = |is_word, more| 1.0 + if is_word { more } else { 0.0 };
        let pairs =
            letter_pairs(text).map(|pair| (pair, weight(known.contains(pair), PAIR_AS_WORD)));
        let is_long =
            |word: &&str| LONG_WORDS.contains(&word.chars().count()) && word.chars().all(is_han);
        let long_words = words.iter().copied().filter(is_long).map(|word| (word, LONG_WORD));
        let mut seen = HashSet::<&str, RandomState>::default();
        let terms = pairs.chain(long_words).filter(|(term, _)| seen.insert(*term)).collect();
        let mut seen = HashSet::<char, RandomState>::default();
        let characters = telling(text).filter(|ch| seen.insert(*ch)).map(|ch| {
            let alone = known.contains(&*ch.encode_utf8(&mut [0; 4]));
            (ch, weight(alone, CHARACTER_ALONE))
        });
        Self { terms, characters: characters.collect() }
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    #[test]
    fn what_is_a_word_counts_for_more_and_longer_words_come_behind() {
        let Parts { terms, characters } = Parts::of("参观博物馆");
        let pair = 1.0 + PAIR_AS_WORD;
        let expected =
            [("参观", pair), ("观博", 1.0), ("博物", 1.0), ("物馆", 1.0), ("博物馆", LONG_WORD)];
        assert_eq!(terms, expected);
        let weights: Vec<f32> = characters.iter().map(|(_, weight)| *weight).collect();
        assert!(!weights.is_empty() && weights.iter().all(|weight| *weight == 1.0));
    }

    #[test]
    fn each_part_is_there_once_and_marks_are_none() {
        assert_eq!(Parts::of("参观,参观").terms, [("参观", 1.0 + PAIR_AS_WORD)]);
        assert_eq!(Parts::of("碳;碳").characters, [('碳', 1.0 + CHARACTER_ALONE)]);
        assert_eq!(Parts::of("。"), Parts { terms: Vec::new(), characters: Vec::new() });
    }

    /// Han characters in a run, hardly two of their pairs alike.
    fn run(n_chars: usize) -> String {
        let mut state = 1_u32;
        let next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            char::from_u32(0x4e00 + (state >> 16) % 20_000).unwrap()
        };
        std::iter::repeat_with(next).take(n_chars).collect()
    }

    /// To look through all that is there for each pair would take as many times longer a pair as
    /// the text is longer.
    #[test]
    fn a_pair_of_a_long_text_takes_no_longer_than_one_of_a_short_text() {
        const SHORT: usize = 2_000;
        const TIMES: usize = 16;
        let least = |text: &str| -> Duration {
            let time = |_| {
                let start = Instant::now();
                assert!(Parts::of(text).terms.len() * 10 > text.chars().count() * 9);
                start.elapsed()
            };
            (0..7).map(time).min().unwrap()
        };
        let [short, long] = [SHORT, TIMES * SHORT].map(|n_chars| least(&run(n_chars)));
        let ratio = long.as_secs_f64() / short.as_secs_f64() / TIMES as f64;
        assert!(ratio < TIMES as f64 / 3.0, "{ratio:.1} times longer a pair: {short:?}, {long:?}");
    }
}
