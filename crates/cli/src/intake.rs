//! From many files to documents, in order and within bounds.
//!
//! Files are read and parsed side by side and handed on in their order. What is
//! read ahead of its turn waits in a room of so many bytes, so memory grows neither
//! with the number of files nor with the time that one of them takes.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read as _};
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread;

use anyhow::Error;
use gangmu_ingest::Options;
use gangmu_model::Document;
use sha2::{Digest, Sha256};

use crate::files::is_standard_input;
use crate::input::{self, Input};
use crate::language::say;
use crate::library::parse;
use crate::progress::Progress;

/// Bytes of text that may wait for their turn; their documents take many times as much.
const WAITING_BYTES: usize = 2 << 20;

/// A file to be read, and the checksum of the bytes that need not be read again.
#[derive(Debug)]
pub(crate) struct Incoming {
    pub(crate) path: PathBuf,
    pub(crate) known_sha256: Option<String>,
}

/// A text and its document.
#[derive(Debug)]
pub(crate) struct Reading {
    pub(crate) input: Input,
    /// Without an id.
    pub(crate) document: Document,
}

/// What became of a file.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// Its bytes are the known ones.
    Unchanged,
    /// It was read.
    Read(Box<Reading>),
    /// It could not be read, and why.
    Failed(Error),
}

impl Outcome {
    fn n_bytes(&self) -> usize {
        match self {
            Self::Read(reading) => reading.input.text.len(),
            Self::Unchanged | Self::Failed(_) => 0,
        }
    }
}

/// Reads the files and hands on what became of each, by its place in the list.
///
/// # Errors
///
/// That of `take`, which ends the reading.
pub(crate) fn read(
    files: &[Incoming],
    options: &Options,
    standard_input: &mut dyn io::Read,
    progress: &Progress,
    mut take: impl FnMut(usize, Outcome) -> Result<(), Error>,
) -> Result<(), Error> {
    let n_threads = thread::available_parallelism().map_or(1, usize::from).min(files.len());
    let queue = Queue::new(files.len());
    thread::scope(|scope| {
        let (send, receive) = mpsc::channel();
        for _ in 0..n_threads {
            let (send, queue) = (send.clone(), &queue);
            scope.spawn(move || {
                while let Some(at) = queue.next() {
                    let file = &files[at];
                    progress.begin(&file.path);
                    let outcome = (!is_standard_input(&file.path))
                        .then(|| guarded(&file.path, || outcome(file, options)));
                    queue.add(outcome.as_ref().map_or(0, Outcome::n_bytes));
                    if send.send((at, outcome)).is_err() {
                        break;
                    }
                }
            });
        }
        // Only the threads can send now: where all of them end, receiving does.
        drop(send);
        let mut early = BTreeMap::new();
        let mut hand_on = |at: usize| -> Result<bool, Error> {
            let outcome = loop {
                if let Some(outcome) = early.remove(&at) {
                    break outcome;
                }
                let Ok((at, outcome)) = receive.recv() else { return Ok(false) };
                early.insert(at, outcome);
            };
            queue.take(outcome.as_ref().map_or(0, Outcome::n_bytes));
            let outcome = outcome.unwrap_or_else(|| {
                let known = files[at].known_sha256.as_deref();
                parsed(input::read_standard_input(standard_input, options), known)
            });
            take(at, outcome)?;
            progress.end();
            Ok(true)
        };
        let mut result = Ok(());
        for at in 0..files.len() {
            match hand_on(at) {
                Ok(true) => {}
                Ok(false) => break,
                Err(error) => {
                    result = Err(error);
                    break;
                }
            }
        }
        queue.close();
        result
    })
}

/// The files that no thread has begun, and the room for those that are read.
struct Queue {
    n_files: usize,
    state: Mutex<State>,
    freed: Condvar,
}

struct State {
    next: usize,
    /// Bytes of text that wait for their turn.
    n_waiting: usize,
}

impl Queue {
    fn new(n_files: usize) -> Self {
        let state = Mutex::new(State { next: 0, n_waiting: 0 });
        Self { n_files, state, freed: Condvar::new() }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for room and returns the next file; `None` where there is no more. What
    /// waits is behind a file that a thread works on, so there will be room.
    fn next(&self) -> Option<usize> {
        let full = |state: &mut State| state.next < self.n_files && state.n_waiting > WAITING_BYTES;
        let state = self.freed.wait_while(self.state(), full);
        let mut state = state.unwrap_or_else(PoisonError::into_inner);
        let at = state.next;
        state.next += 1;
        (at < self.n_files).then_some(at)
    }

    fn add(&self, n_bytes: usize) {
        self.state().n_waiting += n_bytes;
    }

    fn take(&self, n_bytes: usize) {
        self.state().n_waiting -= n_bytes;
        self.freed.notify_all();
    }

    /// Lets no thread begin another file.
    fn close(&self) {
        self.state().next = self.n_files;
        self.freed.notify_all();
    }
}

/// Returns the SHA-256 of a file's bytes in hexadecimal digits.
pub(crate) fn sha256(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer)? {
            0 => break,
            n_bytes => hasher.update(&buffer[..n_bytes]),
        }
    }
    Ok(input::hex(&hasher.finalize()))
}

/// Reads a file; where gangmu itself fails on it, that is the file's own error, and the others
/// are read on.
fn guarded(path: &Path, read: impl FnOnce() -> Outcome) -> Outcome {
    panic::catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| {
        let failed = say!("{path}: gangmu failed on this file; please report it", path = path);
        Outcome::Failed(failed.into())
    })
}

fn outcome(file: &Incoming, options: &Options) -> Outcome {
    // What is known is told by its bytes alone, before anything is decoded.
    if let Some(known) = &file.known_sha256
        && sha256(&file.path).is_ok_and(|found| found == *known)
    {
        return Outcome::Unchanged;
    }
    parsed(input::read_file(&file.path, options), None)
}

fn parsed(input: Result<Input, Error>, known_sha256: Option<&str>) -> Outcome {
    match input {
        Ok(input) if known_sha256 == Some(input.source.sha256.as_str()) => Outcome::Unchanged,
        Ok(input) => {
            let document = parse(String::new(), &input);
            Outcome::Read(Box::new(Reading { input, document }))
        }
        Err(error) => Outcome::Failed(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_error_of_its_file() {
        let outcome = guarded(Path::new("甲.txt"), || panic!("inside"));
        let Outcome::Failed(error) = outcome else { panic!("{outcome:?}") };
        assert!(error.to_string().starts_with("甲.txt: gangmu failed on this file"), "{error}");
    }

    #[test]
    fn a_file_begins_only_where_there_is_room() {
        let queue = Queue::new(3);
        assert_eq!(queue.next(), Some(0));
        queue.add(WAITING_BYTES + 1);
        thread::scope(|scope| {
            let waiting = scope.spawn(|| queue.next());
            thread::sleep(std::time::Duration::from_millis(20));
            assert!(!waiting.is_finished());
            queue.take(WAITING_BYTES + 1);
            assert_eq!(waiting.join().unwrap(), Some(1));
        });
        queue.close();
        assert_eq!(queue.next(), None);
    }
}
