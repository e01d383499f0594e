//! Folds a written name to the form in which names are compared.

use crate::radical::plain_form;

/// Longest name, in characters, that is looked at; anything longer is no name.
pub(crate) const LONGEST_NAME_CHARS: usize = 60;

/// Drops white space and turns full-width ASCII (（ ： Ａ) into half-width.
/// Square and tortoise-shell brackets become round ones, so that 县〔区〕 and
/// 县（区） are one form. Returns `None` for an empty name or one longer than
/// [`LONGEST_NAME_CHARS`].
pub(crate) fn fold(name: &str) -> Option<String> {
    let mut folded = String::with_capacity(name.len());
    let mut count = 0;
    for c in name.chars() {
        if c.is_whitespace() || is_invisible(c) {
            continue;
        }
        count += 1;
        if count > LONGEST_NAME_CHARS {
            return None;
        }
        folded.push(fold_char(c));
    }
    (!folded.is_empty()).then_some(folded)
}

/// Folds one character's width and bracket shape.
pub(crate) fn fold_char(c: char) -> char {
    match c {
        '〔' | '［' | '[' | '【' => '(',
        '〕' | '］' | ']' | '】' => ')',
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => plain_form(c),
    }
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

/// Takes bracketed parts out of a folded name: 市场监管(知识产权)局 → 市场监管局.
/// Returns `None` where there is no bracket or nothing would be left.
pub(crate) fn without_brackets(folded: &str) -> Option<String> {
    if !folded.contains('(') {
        return None;
    }
    let mut depth = 0usize;
    let mut kept = String::new();
    for c in folded.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    (!kept.is_empty()).then_some(kept)
}

/// Says whether `text` ends in `word`, as [`str::ends_with`] does. Most words are
/// told apart by their last three bytes, a Han character's, which are compared first.
pub(crate) fn ends_in(text: &str, word: &str) -> bool {
    let last = |text: &str| text.as_bytes().last_chunk::<3>().copied();
    (word.len() < 3 || last(text) == last(word)) && text.ends_with(word)
}

/// Says whether `text` begins with `word`, in the same way.
pub(crate) fn begins_with(text: &str, word: &str) -> bool {
    let first = |text: &str| text.as_bytes().first_chunk::<3>().copied();
    (word.len() < 3 || first(text) == first(word)) && text.starts_with(word)
}

/// Counts characters.
pub(crate) fn chars(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_width_blanks_and_brackets() {
        assert_eq!(fold(" 省数据 集团〔筹〕").as_deref(), Some("省数据集团(筹)"));
        assert_eq!(fold("各县（市、区）").as_deref(), Some("各县(市、区)"));
        assert_eq!(fold("\u{3000} \u{A0}"), None);
        assert_eq!(fold(&"局".repeat(61)), None);
    }

    #[test]
    fn takes_out_bracketed_parts() {
        assert_eq!(without_brackets("省市场监管(知识产权)局").as_deref(), Some("省市场监管局"));
        assert_eq!(without_brackets("((未闭合"), None);
        assert_eq!(without_brackets("省教育厅"), None);
    }
}
