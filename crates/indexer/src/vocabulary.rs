//! The words that a question is cut into.
//!
//! It is cut as the texts are. A word that no clause holds is cut again, into
//! words that the index holds: of these the ones that are together the most frequent.

use tantivy::query::Bm25StatisticsProvider;
use tantivy::{TantivyError, Term, schema::Field};

use crate::cut::Cutter;
use crate::statistics::Statistics;

/// Returns the words of a normalised text, each once, without those that are only marks.
pub(crate) fn segment<'t>(
    text: &'t str,
    words: Field,
    statistics: &Statistics<'_>,
) -> Result<Vec<&'t str>, TantivyError> {
    let mut places = Vec::new();
    Cutter::with(text, |cutter| cutter.cut(&mut places));
    let frequency = |word: &str| statistics.doc_freq(&Term::from_field_text(words, word));
    let n_records = statistics.total_num_docs()?.max(1) as f64;
    let mut found: Vec<&str> = Vec::new();
    for word in places.into_iter().map(|place| &text[place]) {
        if !word.chars().any(char::is_alphanumeric) {
            continue;
        }
        let parts = if frequency(word)? > 0 {
            vec![word]
        } else {
            cut_again(word, |part| Ok(frequency(part)? as f64 / n_records))?
        };
        for part in parts {
            if !found.contains(&part) {
                found.push(part);
            }
        }
    }
    Ok(found)
}

/// Cuts a word into words that stand in some share of the clauses; characters between them are
/// left out.
fn cut_again(
    word: &str,
    share: impl Fn(&str) -> Result<f64, TantivyError>,
) -> Result<Vec<&str>, TantivyError> {
    /// What a character between words counts as: less than a word of any index.
    const UNKNOWN: f64 = 1e-9;
    /// No longer word is looked for.
    const MOST_CHARS: usize = 12;
    let bounds: Vec<usize> =
        word.char_indices().map(|(at, _)| at).chain(std::iter::once(word.len())).collect();
    let n_chars = bounds.len() - 1;
    // For each place the best score of the rest and the length of its first word; 0 for a
    // character that no word begins with.
    let mut best = vec![(0.0f64, 0usize); n_chars + 1];
    for start in (0..n_chars).rev() {
        best[start] = (UNKNOWN.ln() + best[start + 1].0, 0);
        for length in 1..=MOST_CHARS.min(n_chars - start) {
            let share = share(&word[bounds[start]..bounds[start + length]])?;
            let score = share.ln() + best[start + length].0;
            if share > 0.0 && score > best[start].0 {
                best[start] = (score, length);
            }
        }
    }
    let mut parts = Vec::new();
    let mut at = 0;
    while at < n_chars {
        let length = best[at].1;
        if length > 0 {
            parts.push(&word[bounds[at]..bounds[at + length]]);
        }
        at += length.max(1);
    }
    Ok(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_word_is_cut_into_words_that_are_together_the_most_frequent() {
        let known = [("垃圾", 0.1), ("圾分", 0.01), ("分类", 0.2), ("分", 0.3), ("类", 0.001)];
        let share = |part: &str| {
            let known = known.iter().find(|(word, _)| *word == part);
            Ok(known.map_or(0.0, |(_, share)| *share))
        };
        assert_eq!(cut_again("垃圾分类法", share).unwrap(), ["垃圾", "分类"]);
        assert!(cut_again("湿地", share).unwrap().is_empty());
    }
}
