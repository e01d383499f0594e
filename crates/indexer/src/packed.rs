//! The table that the words of the dictionary stand in: for each beginning of a word, the
//! characters that may follow. The program that makes the table when this crate is compiled has
//! this file, too.

/// The block of common Han characters, which all but a few words are made of.
const FIRST_HAN: char = '\u{4e00}';
const LAST_HAN: char = '\u{9fff}';
const CODE_BITS: u32 = 15;
const NODE_BITS: u32 = 21;
const RANK_BITS: u32 = 13;
/// Where in an entry the number of a frequency begins.
pub(crate) const RANK_SHIFT: u32 = CODE_BITS + NODE_BITS;
/// The number of characters that have one; see [`code`].
pub(crate) const N_CODES: usize = 0x5280;
/// The binary logarithm of the number of entries, of which about half are empty.
pub(crate) const TABLE_BITS: u32 = 20;
/// The binary logarithm of the number of marks, one bit for each pair of characters that words
/// may begin with: few enough for a processor to keep them at hand.
pub(crate) const MARK_BITS: u32 = 21;
/// Groups of characters, of which an entry notes those that follow.
const N_GROUPS: u16 = 15;

/// Returns the number of a Han character; 0 for any other.
pub(crate) fn han(ch: char) -> u16 {
    if (FIRST_HAN..=LAST_HAN).contains(&ch) {
        (u32::from(ch) - u32::from(FIRST_HAN) + 1) as u16
    } else {
        0
    }
}

/// Returns the number of a character, that of Han characters below [`FIRST_ASCII`]; 0 for one
/// that no word has.
pub(crate) fn code(ch: char) -> u16 {
    match han(ch) {
        0 if ch.is_ascii() => FIRST_ASCII + ch as u16,
        han => han,
    }
}

/// The number of the first character that is not Han.
pub(crate) const FIRST_ASCII: u16 = 0x5201;

/// Returns the beginning that is one character; a longer one is the place of its entry.
pub(crate) fn first(code: u16) -> u32 {
    (1 << TABLE_BITS) + u32::from(code)
}

/// Returns what the entry is found by that leads on from a beginning: that beginning and the
/// next character.
pub(crate) fn key(node: u32, code: u16) -> u64 {
    u64::from(node) << CODE_BITS | u64::from(code)
}

/// Returns the key of an entry.
pub(crate) fn key_of(entry: u64) -> u64 {
    entry & ((1 << RANK_SHIFT) - 1)
}

/// Returns the number of the frequency that an entry's word has; 0 where it is only a beginning.
pub(crate) fn rank_of(entry: u64) -> u16 {
    (entry >> RANK_SHIFT) as u16 & ((1 << RANK_BITS) - 1)
}

/// Returns the group of a character as a part of an entry that it follows.
pub(crate) fn group(code: u16) -> u64 {
    1 << (RANK_SHIFT + RANK_BITS) << (code % N_GROUPS)
}

/// Returns where the entry of a key is looked for first.
pub(crate) fn slot(key: u64) -> usize {
    (mixed(key) >> (64 - TABLE_BITS)) as usize
}

/// Returns which mark the key of a pair has.
pub(crate) fn mark(key: u64) -> usize {
    (mixed(key) >> (64 - MARK_BITS)) as usize
}

fn mixed(key: u64) -> u64 {
    key.wrapping_mul(0x9e37_79b9_7f4a_7c15)
}
