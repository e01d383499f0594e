//! A text without its Han characters: marks, letters, digits and blanks.
//!
//! Most of a policy text is Han, and most rules look for marks. A UTF-8 lead
//! byte alone tells a Han character, so stepping over one costs a comparison.

/// Returns the characters that are not Han, each with its byte offset.
///
/// Han are the characters from U+4000 to U+9FFF here: no mark stands among them.
pub(crate) fn marks(text: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        at += han_len(&text[at..]);
        let mark = text[at..].chars().next()?;
        at += mark.len_utf8();
        Some((at - mark.len_utf8(), mark))
    })
}

/// Returns the length of the Han characters that a text opens with.
pub(crate) fn han_len(text: &str) -> usize {
    let mut len = 0;
    while text.as_bytes().get(len).is_some_and(|lead| matches!(lead, 0xe4..=0xe9)) {
        len += '一'.len_utf8();
    }
    len
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn han_are_left_out() {
        let found: Vec<_> = marks("一、(甲)A𠀀乙。").collect();
        assert_eq!(found, [(3, '、'), (6, '('), (10, ')'), (11, 'A'), (12, '𠀀'), (19, '。')]);
        assert_eq!(marks("全省").count(), 0);
    }
}
