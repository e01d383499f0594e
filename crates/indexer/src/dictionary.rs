//! The words of the dictionary that begin at a character of a text.
//!
//! The dictionary is a table made when the program is compiled; nothing is loaded for it, and a
//! question does not touch it. It is larger than what a processor keeps at hand, so a look into it
//! is what costs: most pairs of characters that no word begins with are known by a mark, and each
//! entry notes roughly which characters follow.

use std::sync::LazyLock;

use crate::packed::{
    MARK_BITS, N_CODES, TABLE_BITS, first, group, key, key_of, mark, rank_of, slot,
};

include!(concat!(env!("OUT_DIR"), "/words.rs"));

const ENTRY_BYTES: usize = size_of::<u64>();

/// The entries, each in the bytes of a number with the lowest first.
static TABLE: &[u8; ENTRY_BYTES << TABLE_BITS] =
    include_bytes!(concat!(env!("OUT_DIR"), "/words.table"));

/// One bit for each pair of characters, set where words begin so.
static MARKS: &[u8; (1 << MARK_BITS) / 8] =
    include_bytes!(concat!(env!("OUT_DIR"), "/words.marks"));

/// Calls `see` for each word of the dictionary that begins where `codes` do, the shorter first,
/// with the number of its characters and that of its frequency.
#[inline]
pub(crate) fn words(codes: impl IntoIterator<Item = u16>, mut see: impl FnMut(usize, u16)) {
    let mut codes = codes.into_iter();
    let Some(single) = codes.next() else { return };
    if single == 0 {
        return;
    }
    let number = SINGLES[usize::from(single)];
    if number > 0 {
        see(1, number);
    }
    let Some(second) = codes.next() else { return };
    let pair = key(first(single), second);
    if second == 0 || MARKS[mark(pair) / 8] & 1 << (mark(pair) % 8) == 0 {
        return;
    }
    let mut key_of_next = pair;
    let mut n_chars = 2;
    while let Some((node, entry)) = find(key_of_next) {
        if rank_of(entry) > 0 {
            see(n_chars, rank_of(entry));
        }
        match codes.next() {
            Some(code) if code > 0 && entry & group(code) != 0 => key_of_next = key(node, code),
            _ => return,
        }
        n_chars += 1;
    }
}

/// Returns the entry of a key and its place.
#[inline]
fn find(key: u64) -> Option<(u32, u64)> {
    let (entries, _) = TABLE.as_chunks::<ENTRY_BYTES>();
    let mut at = slot(key);
    loop {
        let entry = u64::from_le_bytes(entries[at]);
        if key_of(entry) == key {
            return Some((at as u32, entry));
        }
        if entry == 0 {
            return None;
        }
        at = (at + 1) % entries.len();
    }
}

/// The logarithm of a share for each number of a frequency; that of a character that is no word
/// comes first, as if it were counted once.
pub(crate) static LOG_SHARES: LazyLock<Vec<f64>> = LazyLock::new(|| {
    let total = (TOTAL as f64).ln();
    let logs = FREQUENCIES.iter().map(|&frequency| f64::from(frequency).ln() - total);
    std::iter::once(0.0 - total).chain(logs).collect()
});
