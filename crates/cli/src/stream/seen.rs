//! Which ids a stream has had.

use std::collections::{HashSet, VecDeque};
use std::hash::{BuildHasher, RandomState};
use std::sync::{Condvar, Mutex, PoisonError};

/// How many ids are remembered; room for more would grow with the stream.
pub(super) const MAX_REMEMBERED: usize = 1 << 20;

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
    hashes: HashSet<u64>,
    order: VecDeque<u64>,
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
        let is_new = self.hashes.insert(hash);
        if is_new {
            self.order.push_back(hash);
            if self.order.len() > MAX_REMEMBERED
                && let Some(oldest) = self.order.pop_front()
            {
                self.hashes.remove(&oldest);
            }
        }
        is_new
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
        let others: Vec<String> = (0..MAX_REMEMBERED).map(|at| at.to_string()).collect();
        let are_new = seen.are_new(2, others.iter().map(|id| Some(id.as_str())));
        assert!(are_new.into_iter().all(|is_new| is_new));
        assert_eq!(seen.are_new(3, [Some("a"), Some("2")].into_iter()), [true, false]);
    }
}
