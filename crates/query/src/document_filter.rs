//! Which documents a question is put to.

use gangmu_model::Document;

use crate::normalize;

/// The documents a question asks, by words; without words it asks all.
///
/// A document is asked where a word is its id, or stands in its id or title.
/// Width, case and blanks do not count.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DocumentFilter {
    words: Vec<String>,
}

impl DocumentFilter {
    /// Asks the documents that any of the words names.
    pub fn new<S: AsRef<str>>(words: impl IntoIterator<Item = S>) -> Self {
        Self { words: words.into_iter().map(|word| normalize(word.as_ref())).collect() }
    }

    /// Returns whether `document` is asked.
    pub fn admits(&self, document: &Document) -> bool {
        if self.words.is_empty() {
            return true;
        }
        let id = normalize(&document.id);
        let title = document.metadata.title.as_deref().map(normalize).unwrap_or_default();
        self.words.iter().any(|word| id.contains(word) || title.contains(word))
    }
}
