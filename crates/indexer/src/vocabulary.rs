//! Cutting a question into words by the words that the index holds.
//!
//! The best cut is the one whose words are together the most frequent, as in
//! jieba's own search for it, but over the words that stand in the texts. No
//! dictionary is loaded for a question, and each word of the cut is one that
//! can be found.

use tantivy::{Searcher, TantivyError, Term, schema::Field};

use crate::removed::Removed;

/// Words of the index are not looked for beyond this many characters.
const MAX_CHARS: usize = 12;

/// Returns the words of the index that a normalised text is cut into, each once.
pub(crate) fn segment(
    text: &str,
    words: Field,
    searcher: &Searcher,
) -> Result<Vec<String>, TantivyError> {
    let bounds: Vec<usize> =
        text.char_indices().map(|(at, _)| at).chain(std::iter::once(text.len())).collect();
    let n_chars = bounds.len() - 1;
    let removed = Removed::of(searcher);
    let total = searcher.num_docs().max(1) as f64;
    let unknown = (0.5 / total).ln();
    // For each place the best score of the rest and the length of its first
    // word; 0 for a character that no word begins with.
    let mut best = vec![(0.0f64, 0usize); n_chars + 1];
    for start in (0..n_chars).rev() {
        best[start] = (unknown + best[start + 1].0, 0);
        for length in 1..=MAX_CHARS.min(n_chars - start) {
            let word = &text[bounds[start]..bounds[start + length]];
            if !word.chars().all(|ch| ch.is_alphanumeric() || ch.is_ascii_punctuation()) {
                break;
            }
            let term = Term::from_field_text(words, word);
            let frequency = removed.doc_freq(searcher, &term)?;
            if frequency > 0 {
                let score = (frequency as f64 / total).ln() + best[start + length].0;
                if score > best[start].0 {
                    best[start] = (score, length);
                }
            }
        }
    }
    let mut found: Vec<String> = Vec::new();
    let mut at = 0;
    while at < n_chars {
        let length = best[at].1;
        if length > 0 {
            let word = &text[bounds[at]..bounds[at + length]];
            if !found.iter().any(|known| known == word) {
                found.push(word.to_owned());
            }
        }
        at += length.max(1);
    }
    Ok(found)
}
