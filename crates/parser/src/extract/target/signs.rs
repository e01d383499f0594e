//! What a clause may hold, told by one look at each of its characters.
//!
//! Every rule of a clause looks for words of its own, and most clauses hold none
//! of them. A sign says that a character stands in the clause, or two, which those
//! words begin or are written with; where it is missing, the rule need not look.

use std::sync::LazyLock;

use super::words::words;
use crate::word_set::{LOW_BITS, low_bits};

/// How many classes of words have a sign.
const N_CLASSES: u32 = 6;
/// The first bits by which the table tells, for each class, which characters its
/// words begin with, which stand second in them, and which are a word alone.
const FIRSTS: u32 = 13;
const SECONDS: u32 = FIRSTS + N_CLASSES;
const ALONE: u32 = SECONDS + N_CLASSES;
const ALL_FIRSTS: u32 = ((1 << N_CLASSES) - 1) << FIRSTS;
const ALL_SECONDS: u32 = ALL_FIRSTS << N_CLASSES;

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
    /// What a figure begins with: a digit, a Chinese numeral, a redaction, 翻, 半, 百分之.
    pub(super) const FIGURE: Self = Self(1 << 10);
    /// What opens a bracket, a title or a quotation.
    pub(super) const OPENING: Self = Self(1 << 11);
    /// 不再, 零增长, 负增长.
    pub(super) const FLOOR: Self = Self(1 << 12);
    // Classes of words, told by two characters.
    pub(super) const PLEDGE: Self = Self(1 << SECONDS);
    pub(super) const FACT: Self = Self(1 << (SECONDS + 1));
    pub(super) const UNDATED_FACT: Self = Self(1 << (SECONDS + 2));
    pub(super) const SENTENCE_FACT: Self = Self(1 << (SECONDS + 3));
    pub(super) const SUBSIDY: Self = Self(1 << (SECONDS + 4));
    pub(super) const CONDITION: Self = Self(1 << (SECONDS + 5));

    /// Returns the signs of a text.
    pub(super) fn of(text: &str) -> Self {
        let (table, bytes) = (&*TABLE, text.as_bytes());
        let (mut at, mut signs, mut before) = (0, 0, 0);
        while let Some((bits, end)) = low_bits(bytes, at) {
            let here = table[bits];
            signs |= here & !(ALL_FIRSTS | ALL_SECONDS) | before << N_CLASSES & here & ALL_SECONDS;
            before = here & ALL_FIRSTS;
            at = end;
        }
        Self(signs | signs >> N_CLASSES & ALL_SECONDS)
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
    let mut set = |bit: u32, ch: char| table[ch as usize % LOW_BITS] |= bit;
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
        (Signs::FIGURE, "0123456789*×X□翻半一二两三四五六七八九十百千万亿"),
        (Signs::OPENING, "([〔【《“「"),
        (Signs::FLOOR, "不零负"),
    ] {
        chars.chars().for_each(|ch| set(sign.0, ch));
    }
    let words = words();
    let classes = [
        &words.pledge,
        &words.fact,
        &words.undated_fact,
        &words.sentence_fact,
        &words.subsidy,
        &words.condition,
    ];
    for (at, class) in (0..N_CLASSES).zip(classes) {
        for word in class.words() {
            let mut chars = word.chars();
            match (chars.next(), chars.next()) {
                (Some(first), Some(second)) => {
                    set(1 << (FIRSTS + at), first);
                    set(1 << (SECONDS + at), second);
                }
                (Some(alone), None) => set(1 << (ALONE + at), alone),
                (None, _) => {}
            }
        }
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
        assert!(!signs.any(Signs::MONTH.or(Signs::FLOOR).or(Signs::FACT)));
        assert!(!Signs::of("有力争先").any(Signs::FACT) && Signs::of("去年").any(Signs::FACT));
        assert_eq!(Signs::FIGURE.find("下降两成", 0), "下降".len());
        assert_eq!(Signs::FIGURE.find("é𠀀", 0), "é𠀀".len());
    }
}
