//! What a clause may hold, told by one look at each of its characters.
//!
//! Every rule of a clause looks for words of its own, and most clauses hold none
//! of them. A sign says that a character stands in the clause which those words
//! begin or are written with; where it is missing, the rule need not look.

use std::sync::LazyLock;

use super::words::words;
use crate::word_set::{LOW_BITS, low_bits};

/// The signs of a text, one bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Signs(u32);

impl Signs {
    pub(super) const DIGIT: Self = Self(1);
    pub(super) const YEAR: Self = Self(1 << 1);
    pub(super) const MONTH: Self = Self(1 << 2);
    /// 十四五, 二十五.
    pub(super) const FIVE: Self = Self(1 << 3);
    /// 世纪.
    pub(super) const AGE: Self = Self(1 << 4);
    pub(super) const EVERY: Self = Self(1 << 5);
    pub(super) const WITHIN: Self = Self(1 << 6);
    /// 投产后1年内, 自受理之日起1年内.
    pub(super) const AFTER: Self = Self(1 << 7);
    /// 今年, 明年, 月前.
    pub(super) const NEAR: Self = Self(1 << 8);
    /// 三年时间, 三年努力, 未来三年.
    pub(super) const AHEAD: Self = Self(1 << 9);
    /// What a figure begins with: a digit, a Chinese numeral, a redaction, 翻, 百分之.
    pub(super) const FIGURE: Self = Self(1 << 10);
    /// What opens a bracket, a title or a quotation.
    pub(super) const OPENING: Self = Self(1 << 11);
    pub(super) const PLEDGE: Self = Self(1 << 12);
    pub(super) const FACT: Self = Self(1 << 13);
    pub(super) const UNDATED_FACT: Self = Self(1 << 14);
    pub(super) const SENTENCE_FACT: Self = Self(1 << 15);
    /// 不再, 零增长, 负增长.
    pub(super) const FLOOR: Self = Self(1 << 16);

    /// Returns the signs of a text.
    pub(super) fn of(text: &str) -> Self {
        let (table, bytes) = (&*TABLE, text.as_bytes());
        let (mut at, mut signs) = (0, 0);
        while let Some((bits, end)) = low_bits(bytes, at) {
            signs |= table[bits];
            at = end;
        }
        Self(signs)
    }

    /// Returns the signs of either.
    pub(super) fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Returns whether the text may hold what one of `signs` tells.
    pub(super) fn any(self, signs: Self) -> bool {
        self.0 & signs.0 != 0
    }

    /// Returns where the first character at or after `from` stands that has one of
    /// these signs; the end of the text where there is none.
    pub(super) fn find(self, text: &str, from: usize) -> usize {
        let (table, bytes) = (&*TABLE, text.as_bytes());
        let mut at = from;
        while let Some((bits, end)) = low_bits(bytes, at) {
            if table[bits] & self.0 != 0 {
                return at;
            }
            at = end;
        }
        text.len()
    }
}

/// The signs of each character, by the low bits of its code: two that share them
/// share their signs, which costs a look and changes nothing.
static TABLE: LazyLock<Box<[u32; LOW_BITS]>> = LazyLock::new(|| {
    let mut table = Box::new([0; LOW_BITS]);
    let mut set = |sign: Signs, chars: &mut dyn Iterator<Item = char>| {
        for ch in chars {
            table[ch as usize % LOW_BITS] |= sign.0;
        }
    };
    for (sign, chars) in [
        (Signs::DIGIT, "0123456789"),
        (Signs::YEAR, "年"),
        (Signs::MONTH, "月"),
        (Signs::FIVE, "五"),
        (Signs::AGE, "世"),
        (Signs::EVERY, "每"),
        (Signs::WITHIN, "内"),
        (Signs::AFTER, "后起"),
        (Signs::NEAR, "前今明"),
        (Signs::AHEAD, "间努未"),
        (Signs::FIGURE, "0123456789*×X□翻一二两三四五六七八九十百千万亿"),
        (Signs::OPENING, "([〔【《“「"),
        (Signs::FLOOR, "不零负"),
    ] {
        set(sign, &mut chars.chars());
    }
    for (sign, class) in [
        (Signs::PLEDGE, &words().pledge),
        (Signs::FACT, &words().fact),
        (Signs::UNDATED_FACT, &words().undated_fact),
        (Signs::SENTENCE_FACT, &words().sentence_fact),
    ] {
        set(sign, &mut class.first_chars());
    }
    table
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_tells_what_a_clause_may_hold() {
        let signs = Signs::of("力争到2027年(含)下降两成");
        for sign in [Signs::DIGIT, Signs::YEAR, Signs::OPENING, Signs::PLEDGE, Signs::FIGURE] {
            assert!(signs.any(sign), "{sign:?}");
        }
        assert!(!signs.any(Signs::MONTH.or(Signs::FLOOR)));
        assert_eq!(Signs::FIGURE.find("下降两成", 0), "下降".len());
        assert_eq!(Signs::FIGURE.find("é𠀀", 0), "é𠀀".len());
    }
}
