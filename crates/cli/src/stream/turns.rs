//! Records that wait for their turn, in a bounded room.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// Bytes of records that may wait.
const WAITING_BYTES: usize = 4 << 20;

/// Hands on what threads made of numbered blocks, in the order of their numbers.
#[derive(Default)]
pub(super) struct Turns {
    state: Mutex<State>,
    arrived: Condvar,
    freed: Condvar,
}

#[derive(Default)]
struct State {
    /// The block whose records go out.
    current: u64,
    /// How many blocks there are, once that is known.
    n_blocks: Option<u64>,
    waiting: BTreeMap<u64, Waiting>,
    n_bytes: usize,
    is_closed: bool,
}

#[derive(Default)]
struct Waiting {
    chunks: VecDeque<Vec<u8>>,
    is_whole: bool,
}

/// What goes out next.
pub(super) enum Next {
    Records(Vec<u8>),
    End,
}

/// Closes the turns where its thread panics, so that nobody waits for it.
pub(super) struct Leaving<'t>(&'t Turns);

impl Drop for Leaving<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.close();
        }
    }
}

impl Turns {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn leaving(&self) -> Leaving<'_> {
        Leaving(self)
    }

    /// Adds records of a block, `is_last` where it gives no more. Waits for room; the
    /// block whose turn it is always gets some, so the others will.
    pub(super) fn add(&self, block: u64, records: Vec<u8>, is_last: bool) {
        let full = |state: &mut State| {
            let may = state.current == block
                && state.waiting.get(&block).is_none_or(|waiting| waiting.chunks.is_empty());
            !state.is_closed && !may && state.n_bytes > WAITING_BYTES
        };
        let state = self.freed.wait_while(self.state(), full);
        let mut state = state.unwrap_or_else(PoisonError::into_inner);
        state.n_bytes += records.len();
        let waiting = state.waiting.entry(block).or_default();
        waiting.chunks.push_back(records);
        waiting.is_whole = is_last;
        let has_turn = state.current == block;
        drop(state);
        if has_turn {
            self.arrived.notify_one();
        }
    }

    /// Says how many blocks there are.
    pub(super) fn end(&self, n_blocks: u64) {
        self.state().n_blocks = Some(n_blocks);
        self.arrived.notify_one();
    }

    /// Returns what goes out next, if it is there.
    pub(super) fn next_at_hand(&self) -> Option<Next> {
        self.take(&mut self.state())
    }

    /// Waits for what goes out next.
    pub(super) fn next(&self) -> Next {
        let mut state = self.state();
        loop {
            if let Some(next) = self.take(&mut state) {
                return next;
            }
            state = self.arrived.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn take(&self, state: &mut State) -> Option<Next> {
        loop {
            if state.is_closed || state.n_blocks == Some(state.current) {
                return Some(Next::End);
            }
            let waiting = state.waiting.get_mut(&state.current)?;
            if let Some(records) = waiting.chunks.pop_front() {
                state.n_bytes -= records.len();
                self.freed.notify_all();
                return Some(Next::Records(records));
            }
            if !waiting.is_whole {
                return None;
            }
            state.waiting.remove(&state.current);
            state.current += 1;
            self.freed.notify_all();
        }
    }

    /// Whether nothing more is wanted.
    pub(super) fn is_closed(&self) -> bool {
        self.state().is_closed
    }

    /// Lets nobody wait any more; what is added from now on goes nowhere.
    pub(super) fn close(&self) {
        self.state().is_closed = true;
        self.freed.notify_all();
        self.arrived.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn taken(turns: &Turns) -> Option<Vec<u8>> {
        match turns.next_at_hand() {
            Some(Next::Records(records)) => Some(records),
            Some(Next::End) | None => None,
        }
    }

    #[test]
    fn records_leave_in_the_order_of_their_blocks() {
        let turns = Turns::default();
        turns.add(1, b"b".to_vec(), true);
        assert_eq!(taken(&turns), None);
        turns.add(0, b"a".to_vec(), false);
        turns.add(0, b"A".to_vec(), true);
        for expected in [b"a", b"A", b"b"] {
            assert_eq!(taken(&turns).unwrap(), expected);
        }
        turns.end(2);
        assert!(matches!(turns.next(), Next::End));
    }

    #[test]
    fn who_is_ahead_waits_for_room_and_whose_turn_it_is_gets_some() {
        let turns = Turns::default();
        turns.add(1, vec![0; WAITING_BYTES + 1], false);
        thread::scope(|scope| {
            let ahead = scope.spawn(|| turns.add(1, vec![1], true));
            thread::sleep(Duration::from_millis(20));
            assert!(!ahead.is_finished());
            turns.add(0, vec![2], true);
            assert_eq!(taken(&turns).unwrap(), [2]);
            assert_eq!(taken(&turns).unwrap().len(), WAITING_BYTES + 1);
            ahead.join().unwrap();
        });
        assert_eq!(taken(&turns).unwrap(), [1]);
    }

    #[test]
    fn nobody_waits_for_turns_that_are_closed() {
        let turns = Turns::default();
        turns.add(1, vec![0; WAITING_BYTES + 1], false);
        turns.close();
        turns.add(1, vec![1], true);
        assert!(matches!(turns.next(), Next::End));
    }
}
