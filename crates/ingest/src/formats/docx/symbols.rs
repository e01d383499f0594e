//! Signs that Word keeps by their place in a font of signs.

/// Places in the private area of Unicode at which fonts of signs begin.
const PRIVATE: std::ops::RangeInclusive<u32> = 0xf000..=0xf0ff;

/// Font, place, sign: those seen in documents.
const SIGNS: &[(&str, u32, char)] = &[
    ("Symbol", 0xa3, '≤'),
    ("Symbol", 0xb0, '°'),
    ("Symbol", 0xb1, '±'),
    ("Symbol", 0xb3, '≥'),
    ("Symbol", 0xb4, '×'),
    ("Symbol", 0xb7, '•'),
    ("Symbol", 0xb8, '÷'),
    ("Symbol", 0xb9, '≠'),
    ("Symbol", 0xbb, '≈'),
    ("Symbol", 0x6d, 'μ'),
    ("Symbol", 0x25, '%'),
    ("Symbol", 0x2d, '−'),
    ("Wingdings", 0x6c, '●'),
    ("Wingdings", 0x6e, '■'),
    ("Wingdings", 0x6f, '□'),
    ("Wingdings", 0x71, '□'),
    ("Wingdings", 0x75, '◆'),
    ("Wingdings", 0xa1, '○'),
    ("Wingdings", 0xa7, '▪'),
    ("Wingdings", 0xa8, '□'),
    ("Wingdings", 0xab, '★'),
    ("Wingdings", 0xd8, '➢'),
    ("Wingdings", 0xe0, '→'),
    ("Wingdings", 0xfb, '✗'),
    ("Wingdings", 0xfc, '✓'),
    ("Wingdings", 0xfd, '☒'),
    ("Wingdings", 0xfe, '☑'),
    ("Wingdings 2", 0x50, '✓'),
    ("Wingdings 2", 0x52, '☑'),
    ("Wingdings 2", 0x54, '☒'),
    ("Wingdings 2", 0xa3, '□'),
];

/// Returns the sign of a `w:sym`; `None` where nobody wrote down what it is.
pub(super) fn sign(font: &str, code: u32) -> Option<char> {
    if !PRIVATE.contains(&code) && code > 0xff {
        return char::from_u32(code);
    }
    let place = code & 0xff;
    SIGNS.iter().find(|(name, at, _)| *name == font && *at == place).map(|(.., sign)| *sign)
}

/// Returns the sign of a bullet: a letter, or a place in the private area, is one
/// of a font of signs, and drawn as some dot.
pub(super) fn bullet(ch: char) -> char {
    let is_dot = PRIVATE.contains(&(ch as u32))
        || ch.is_ascii_alphanumeric()
        || matches!(ch, '\u{a1}'..='\u{ff}' if ch != '·');
    if is_dot { '•' } else { ch }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_known_with_and_without_the_private_area() {
        assert_eq!(sign("Symbol", 0xf0b3), Some('≥'));
        assert_eq!(sign("Symbol", 0xb3), Some('≥'));
        assert_eq!(sign("宋体", 0x25cb), Some('○'));
        assert_eq!(sign("Webdings", 0xf001), None);
        assert_eq!(
            ["\u{f0b7}", "l", "§", "—", "·"]
                .map(|text| text.chars().map(bullet).collect::<String>()),
            ["•", "•", "•", "—", "·"]
        );
    }
}
