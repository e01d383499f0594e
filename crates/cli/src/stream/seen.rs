//! Which ids a stream has had.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};
use std::mem;
use std::sync::{Condvar, Mutex, PoisonError};

/// How many of the newest ids are remembered at least; room for more would grow with the stream.
/// As many as a table of 2²⁰ places holds before it grows.
const REMEMBERED: usize = 917_504;

/// The newest ids of a stream, asked block by block in the order of the stream.
#[derive(Default)]
pub(super) struct Seen {
    state: Mutex<State>,
    passed: Condvar,
    hashing: RandomState,
}

#[derive(Default)]
struct State {
    /// The block whose turn it is.
    current: u64,
    /// The newest ids, up to as many as are remembered.
    newest: HashSet<u64>,
    /// As many before them. Whole tables are forgotten: one from which single ids are taken
    /// grows with the places it cannot fill again.
    before: HashSet<u64>,
}

impl Seen {
    /// Waits for the turn of a block and tells of each of its ids whether it is new.
    /// Each block is to ask once.
    pub(super) fn are_new<'a>(
        &self,
        block: u64,
        ids: impl Iterator<Item = Option<&'a str>>,
    ) -> Vec<bool> {
        let hashes: Vec<Option<u64>> =
            ids.map(|id| id.map(|id| self.hashing.hash_one(id))).collect();
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let state = self.passed.wait_while(state, |state| state.current != block);
        let mut state = state.unwrap_or_else(PoisonError::into_inner);
        let are_new = hashes.into_iter().map(|hash| hash.is_none_or(|hash| state.add(hash)));
        let are_new = are_new.collect();
        state.current += 1;
        self.passed.notify_all();
        are_new
    }
}

impl State {
    fn add(&mut self, hash: u64) -> bool {
        if self.before.contains(&hash) || !self.newest.insert(hash) {
            return false;
        }
        if self.newest.len() == REMEMBERED {
            mem::swap(&mut self.newest, &mut self.before);
            self.newest.clear();
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_ids_are_remembered() {
        let seen = Seen::default();
        assert_eq!(seen.are_new(0, [Some("a"), None, Some("a")].into_iter()), [true, true, false]);
        assert_eq!(seen.are_new(1, [Some("a")].into_iter()), [false]);
        let ids: Vec<String> = (0..2 * REMEMBERED).map(|at| at.to_string()).collect();
        let (first, second) = ids.split_at(REMEMBERED);
        let all_new = |block, ids: &[String]| {
            let are_new = seen.are_new(block, ids.iter().map(|id| Some(id.as_str())));
            are_new.into_iter().all(|is_new| is_new)
        };
        assert!(all_new(2, first));
        assert_eq!(seen.are_new(3, [Some("0"), Some("917503")].into_iter()), [false, false]);
        assert!(all_new(4, second));
        assert_eq!(seen.are_new(5, [Some("917504"), Some("a")].into_iter()), [false, true]);
    }
}
