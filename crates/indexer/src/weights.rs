//! What ranks how much, in this index and in one on a server, and what a query shows to either.

use gangmu_query::{Fields, SearchQuery};

use crate::analyzer::letter_pairs;

/// The weight of a pair in a heading beside one in the clause.
pub const HEADING_WEIGHT: f32 = 0.2;
/// What a pair of a question counts for more where it is a word, …
pub(crate) const PAIR_AS_WORD: f32 = 0.9;
/// … what a longer word counts for beside its pairs, …
pub(crate) const LONG_WORD: f32 = 0.8;
/// … and what a character counts for more where it is a word.
pub(crate) const CHARACTER_ALONE: f32 = 1.5;
/// The weight of an alternative's terms beside those of the word typed.
pub const ALTERNATIVE_WEIGHT: f32 = 0.5;
/// What the whole query as a phrase adds in the title.
pub const TITLE_PHRASE: f32 = 2.0;
/// What the whole query as a phrase adds in the text.
pub const TEXT_PHRASE: f32 = 1.0;
/// The share of a query's pairs that must stand in a clause found by relaxing.
const MOST: f64 = 0.7;
/// From this many pairs on a query is long, and is ranked like a question.
const LONG_PAIRS: usize = 8;

/// Returns whether a query that is no question is so long that its clauses
/// need not hold most of it.
pub fn is_long(query: &SearchQuery) -> bool {
    seen_pairs(query, LONG_PAIRS).len() >= LONG_PAIRS
}

/// Returns the first pairs of a query's words, at most `most`, each once for the same fields.
pub fn seen_pairs(query: &SearchQuery, most: usize) -> Vec<(&str, Fields)> {
    let mut seen: Vec<(&str, Fields)> = Vec::new();
    for word in query.words() {
        for pair in letter_pairs(&word.folded).take(most) {
            if seen.len() < most && !seen.contains(&(pair, word.fields)) {
                seen.push((pair, word.fields));
            }
        }
    }
    seen
}

/// Returns how many of a query's pairs must stand in a clause found by relaxing.
pub fn least_pairs(n_pairs: usize) -> usize {
    (n_pairs as f64 * MOST).ceil() as usize
}
