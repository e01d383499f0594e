//! Lists of words looked for in running text.
//!
//! One pass: bitmaps over the low bits of a character and of the next tell
//! whether a word may begin with them, and only there the words are compared.

use std::collections::HashMap;
use std::ops::Range;

use foldhash::fast::RandomState;

/// How many values the low bits of a character's code have that [`low_bits`] tells.
pub(crate) const LOW_BITS: usize = 0x1000;

/// Returns the low bits of the code of the character at `at` and where it ends;
/// `None` at the end. They stand in the last two bytes of its UTF-8, so that
/// nothing is decoded; a character of two bytes has fewer, ASCII but one byte.
pub(crate) fn low_bits(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    let (row, last, end) = match *bytes.get(at..)? {
        [0xe0..=0xef, row, last, ..] => (row & 63, last, at + 3),
        [lead @ 0..=0x7f, ..] => (lead >> 6, lead, at + 1),
        [0xf0..=0xff, _, row, last, ..] => (row & 63, last, at + 4),
        [lead, last, ..] => (lead & 31, last, at + 2),
        _ => return None,
    };
    Some((usize::from(row) << 6 | usize::from(last & 63), end))
}

/// A set of characters by the low bits of their codes.
type Bitmap = [u64; LOW_BITS / 64];

fn insert(bitmap: &mut Bitmap, ch: char) {
    let bits = ch as usize % LOW_BITS;
    bitmap[bits >> 6] |= 1 << (bits & 63);
}

fn holds(bitmap: &Bitmap, bits: usize) -> bool {
    bitmap[bits >> 6] >> (bits & 63) & 1 != 0
}

/// Words by their first characters.
#[derive(Debug)]
pub(crate) struct WordSet {
    firsts: Bitmap,
    /// The second characters of longer words.
    seconds: Bitmap,
    /// The words of one character.
    alone: Bitmap,
    /// The words that begin with a character, longest first.
    words: HashMap<char, Vec<&'static str>, RandomState>,
}

impl WordSet {
    pub(crate) fn of(words: impl IntoIterator<Item = &'static str>) -> Self {
        let mut set =
            Self { firsts: [0; 64], seconds: [0; 64], alone: [0; 64], words: HashMap::default() };
        for word in words {
            let mut chars = word.chars();
            let Some(first) = chars.next() else { continue };
            insert(&mut set.firsts, first);
            match chars.next() {
                Some(second) => insert(&mut set.seconds, second),
                None => insert(&mut set.alone, first),
            }
            set.words.entry(first).or_default().push(word);
        }
        set.words.values_mut().for_each(|words| words.sort_by_key(|word| word.len()));
        set.words.values_mut().for_each(|words| words.reverse());
        set
    }

    /// Reads words parted by `|`.
    pub(crate) fn parse(words: &'static str) -> Self {
        Self::of(words.split('|'))
    }

    /// Returns the longest word that `text` begins with.
    pub(crate) fn at_start(&self, text: &str) -> Option<&'static str> {
        let words = self.words.get(&text.chars().next()?)?;
        words.iter().copied().find(|word| text.starts_with(word))
    }

    /// Returns whether any word stands in `text`.
    pub(crate) fn is_in(&self, text: &str) -> bool {
        self.find(text, 0).is_some()
    }

    /// Returns where words stand in `text`, left to right, the longest at each place.
    pub(crate) fn places<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
        let mut from = 0;
        std::iter::from_fn(move || {
            let place = self.find(text, from)?;
            from = place.end;
            Some(place)
        })
    }

    /// Returns the first word that begins at `from` or later.
    fn find(&self, text: &str, from: usize) -> Option<Range<usize>> {
        let bytes = text.as_bytes();
        let mut at = from;
        while let Some((bits, end)) = low_bits(bytes, at) {
            if holds(&self.firsts, bits)
                && (holds(&self.alone, bits)
                    || low_bits(bytes, end).is_some_and(|(bits, _)| holds(&self.seconds, bits)))
                && let Some(word) = self.at_start(&text[at..])
            {
                return Some(at..at + word.len());
            }
            at = end;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_at_each_place() {
        let set = WordSet::parse("应|应当|a期|𠀀|é");
        let places = |text: &'static str| set.places(text).map(|place| &text[place]);
        assert_eq!(places("各市应当应对").collect::<Vec<_>>(), ["应当", "应"]);
        assert_eq!(places("aa期é𠀀").collect::<Vec<_>>(), ["a期", "é", "𠀀"]);
        assert!(!set.is_in("全省a"));
        assert_eq!(set.at_start("应当"), Some("应当"));
    }
}
