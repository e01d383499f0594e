//! The rarest terms of an index that together say where a word stands.

use tantivy::TantivyError;

use crate::analyzer::{is_han, pairs};

/// No word of the dictionary is longer.
const WORD_CHARS: usize = 4;
/// A pair that is so many times rarer than each term of the cover is asked for as well.
const TIMES_RARER: u64 = 4;

/// How a part of the clauses holds a word of two characters or more.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Held<'w> {
    /// Not at all.
    Nowhere,
    /// As a term of its own, which stands exactly where the word does.
    Term,
    /// Where these terms stand, each at its place in the word, counted in characters.
    Cover(Vec<(usize, &'w str)>),
}

/// Returns how a word is held where `doc_freq` tells in how many records a term stands.
///
/// Terms that cover the word without a gap stand at their places only where the word itself
/// stands, so of its pairs and the dictionary's words in it those are taken that are the least
/// to read.
pub(crate) fn held<'w>(
    word: &'w str,
    mut doc_freq: impl FnMut(&str) -> Result<u64, TantivyError>,
) -> Result<Held<'w>, TantivyError> {
    let n_chars = word.chars().count();
    let in_dictionary = |word: &str| word.chars().all(is_han);
    if (3..=WORD_CHARS).contains(&n_chars) && in_dictionary(word) && doc_freq(word)? > 0 {
        return Ok(Held::Term);
    }
    let mut pair_freqs = Vec::new();
    for pair in pairs(word) {
        match doc_freq(pair)? {
            0 => return Ok(Held::Nowhere),
            frequency => pair_freqs.push((frequency, pair)),
        }
    }
    match n_chars {
        0 | 1 => return Ok(Held::Nowhere),
        2 => return Ok(Held::Term),
        _ => {}
    }
    let bounds: Vec<usize> =
        word.char_indices().map(|(at, _)| at).chain(std::iter::once(word.len())).collect();
    // By the number of characters covered from the start: the least to read for it, and the
    // last term that does it, with the number of characters covered before.
    let mut least: Vec<(u64, usize, usize)> = vec![(u64::MAX, 0, 0); n_chars + 1];
    least[0].0 = 0;
    for end in 2..=n_chars {
        for start in end.saturating_sub(WORD_CHARS)..=end - 2 {
            let text = &word[bounds[start]..bounds[end]];
            let frequency = match end - start {
                2 => pair_freqs[start].0,
                _ if in_dictionary(text) => doc_freq(text)?,
                _ => 0,
            };
            let before = (start..end).min_by_key(|&covered| least[covered].0).unwrap_or(start);
            let sum = least[before].0.saturating_add(frequency);
            if frequency > 0 && sum < least[end].0 {
                least[end] = (sum, start, before);
            }
        }
    }
    let mut terms = Vec::new();
    let mut rarest = u64::MAX;
    let mut end = n_chars;
    while end > 0 {
        let (sum, start, before) = least[end];
        rarest = rarest.min(sum - least[before].0);
        terms.push((start, &word[bounds[start]..bounds[end]]));
        end = before;
    }
    let pairs = pair_freqs.into_iter().enumerate();
    if let Some((start, (frequency, pair))) = pairs.min_by_key(|(_, (frequency, _))| *frequency)
        && frequency.saturating_mul(TIMES_RARER) < rarest
    {
        terms.push((start, pair));
    }
    terms.sort_unstable_by_key(|&(start, _)| start);
    Ok(Held::Cover(terms))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(word: &str, frequencies: &[(&str, u64)], expected: Held<'_>) {
        let doc_freq = |text: &str| {
            let known = frequencies.iter().find(|(term, _)| *term == text);
            Ok(known.map_or(0, |(_, frequency)| *frequency))
        };
        assert_eq!(held(word, doc_freq).unwrap(), expected);
    }

    #[test]
    fn a_pair_and_a_word_of_the_dictionary_are_terms() {
        check("湿地", &[("湿地", 3)], Held::Term);
        check("湿地", &[], Held::Nowhere);
        check("博物馆", &[("博物", 2), ("物馆", 2), ("博物馆", 1)], Held::Term);
        check("博物馆", &[("博物", 2)], Held::Nowhere);
    }

    #[test]
    fn the_rarest_terms_cover_a_word_without_a_gap() {
        let common = [("生态", 90), ("态环", 50), ("环境", 80), ("境法", 9), ("生态环境", 40)];
        check("生态环境法", &common, Held::Cover(vec![(0, "生态环境"), (3, "境法")]));
        check("生态环", &common, Held::Cover(vec![(0, "生态"), (1, "态环")]));
        check("生态环境", &common[..4], Held::Cover(vec![(0, "生态"), (2, "环境")]));
    }

    #[test]
    fn a_pair_that_is_much_rarer_helps() {
        let pairs = [("生态", 90), ("态环", 5), ("环境", 80)];
        let all = vec![(0, "生态"), (1, "态环"), (2, "环境")];
        check("生态环境", &pairs, Held::Cover(all));
    }
}
