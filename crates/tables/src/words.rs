//! What documents and clauses without a title are called.

use gangmu_model::Document;
use unicode_segmentation::UnicodeSegmentation;

/// Cuts a text to at most `max` graphemes, with … where it goes on.
pub fn first_words(text: &str, max: usize) -> String {
    let mut cells = text.graphemes(true);
    let mut words: String = cells.by_ref().take(max).map(plain_cell).collect();
    if cells.next().is_some() {
        words.push('…');
    }
    words
}

/// Returns a grapheme as it can be shown: a blank stands for what would move the
/// cursor of a terminal.
pub fn plain_cell(cell: &str) -> &str {
    if cell.chars().any(char::is_control) { " " } else { cell }
}

/// Returns the title of the text that matters: of a notice, that of what it
/// issues; the id where there is none.
pub fn title_of(document: &Document) -> &str {
    let metadata = &document.metadata;
    let title = metadata.attached_title.as_deref().or(metadata.title.as_deref());
    title.unwrap_or(&document.id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_words_keep_graphemes_whole() {
        assert_eq!(first_words("e\u{301}e\u{301}e", 1), "e\u{301}…");
        assert_eq!(first_words("到2027年", 6), "到2027年");
    }
}
