//! The words that a question is cut into.

use crate::cut::Cutter;

/// Returns the words of a normalised text as jieba cuts it, each once, without those that are
/// only marks.
pub(crate) fn segment(text: &str) -> Vec<&str> {
    let mut places = Vec::new();
    Cutter::with(text, |cutter| cutter.cut(&mut places));
    let mut found: Vec<&str> = Vec::new();
    for word in places.into_iter().map(|place| &text[place]) {
        if word.chars().any(char::is_alphanumeric) && !found.contains(&word) {
            found.push(word);
        }
    }
    found
}
