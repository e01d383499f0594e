//! What a question looks for of a text: its pairs, the words that it is cut into, its characters.
//!
//! A word of two characters is a pair, and counts for more than one that lies across two words;
//! so does a character that is a word. Longer words of the dictionary are terms beside their
//! pairs; of others there are only these.

use std::ops::Range;

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
        let mut parts = Self { terms: Vec::new(), characters: Vec::new() };
        for pair in letter_pairs(text) {
            parts.add_term(pair, 1.0 + if words.contains(&pair) { PAIR_AS_WORD } else { 0.0 });
        }
        for &word in &words {
            if LONG_WORDS.contains(&word.chars().count()) && word.chars().all(is_han) {
                parts.add_term(word, LONG_WORD);
            }
        }
        for ch in telling(text) {
            if !parts.characters.iter().any(|(known, _)| *known == ch) {
                let alone = words.contains(&&*ch.encode_utf8(&mut [0; 4]));
                let weight = 1.0 + if alone { CHARACTER_ALONE } else { 0.0 };
                parts.characters.push((ch, weight));
            }
        }
        parts
    }

    fn add_term(&mut self, term: &'t str, weight: f32) {
        if !self.terms.iter().any(|(known, _)| *known == term) {
            self.terms.push((term, weight));
        }
    }
}

#[cfg(test)]
mod tests {
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
}
