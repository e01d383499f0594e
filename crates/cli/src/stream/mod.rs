//! Documents in, records out, one a line: as long as the stream is, in the room of a few blocks.
//!
//! Threads take turns to cut a block of whole lines off the input, read its
//! documents, and hand on their records, which leave in the order of the lines.

mod block;
mod error;
mod found;
mod line;
mod reader;
mod seen;
mod turns;

use std::io::{self, Read, Write};
use std::num::NonZeroUsize;
use std::sync::{Mutex, PoisonError};
use std::thread;

use anyhow::Error;
use gangmu_ingest::Options;
use gangmu_query::{RecordKind, SearchQuery};

use crate::language::{Noun, counted, say};
use crate::terminal::Terminal;

use block::Blocks;
use reader::Reader;
use seen::Seen;
use turns::{Next, Turns};

pub(crate) use error::StreamRecord;

/// Bytes of one line where the limits are not raised: 16 MiB.
const MAX_LINE_BYTES: usize = 16 << 20;

/// How a stream is read and what is written of it.
#[derive(Debug)]
pub(crate) struct Stream {
    /// How the files are read that lines name, and how far to go with a text.
    pub(crate) options: Options,
    /// Multiplies the longest line.
    pub(crate) raised: usize,
    /// On how many threads to read; `None`: one a core.
    pub(crate) n_threads: Option<NonZeroUsize>,
    /// What is written of each document.
    pub(crate) wanted: Wanted,
}

/// What is written of each document.
#[derive(Debug)]
pub(crate) enum Wanted {
    /// The records of these kinds, kind after kind.
    Records(Vec<RecordKind>),
    /// Its record, then the clauses that answer a query to which other documents are
    /// nothing, in the order of the query.
    Clauses(Box<SearchQuery>),
}

/// What came of a stream.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Streamed {
    /// Documents read.
    pub(crate) n_read: u64,
    /// Lines that gave an error.
    pub(crate) n_failed: u64,
}

impl Streamed {
    /// Says how many lines gave an error, if any did.
    pub(crate) fn tell(self, terminal: &mut Terminal<'_>) -> io::Result<()> {
        if self.n_failed == 0 {
            return Ok(());
        }
        terminal.tell(&say!(
            "{documents} read; {n} lines are records of errors",
            documents = counted(self.n_read as usize, Noun::Document),
            n = self.n_failed as usize,
        ))
    }
}

impl Stream {
    /// Reads all lines and writes their records.
    ///
    /// # Errors
    ///
    /// The input cannot be read or the output cannot be written; what was read
    /// before is written.
    pub(crate) fn run(
        &self,
        input: &mut (dyn Read + Send),
        out: &mut dyn Write,
    ) -> Result<Streamed, Error> {
        let n_cores = || thread::available_parallelism().map_or(1, usize::from);
        let n_threads = self.n_threads.map_or_else(n_cores, usize::from);
        let longest = MAX_LINE_BYTES.saturating_mul(self.raised);
        let blocks = Mutex::new(Blocks::new(input, longest));
        let (turns, seen, reader) = (Turns::default(), Seen::default(), Reader::new(self, longest));
        let streamed = Mutex::new(Streamed::default());
        thread::scope(|scope| {
            for _ in 0..n_threads {
                scope.spawn(|| {
                    let _leaving = turns.leaving();
                    while !turns.is_closed() {
                        let block = blocks.lock().unwrap_or_else(PoisonError::into_inner).next();
                        let Some(block) = block else { break };
                        let done = reader.read(&block, &seen, &turns);
                        let mut streamed = streamed.lock().unwrap_or_else(PoisonError::into_inner);
                        streamed.n_read += done.n_read;
                        streamed.n_failed += done.n_failed;
                    }
                    let blocks = blocks.lock().unwrap_or_else(PoisonError::into_inner);
                    turns.end(blocks.n_blocks());
                });
            }
            let written = write(&turns, out);
            turns.close();
            written
        })?;
        let failure = blocks.into_inner().unwrap_or_else(PoisonError::into_inner).failure();
        if let Some(error) = failure {
            return Err(say!("standard input: cannot be read").because(error).into());
        }
        Ok(streamed.into_inner().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Writes what comes. Where nothing waits, all of it goes out: whoever sent a line may
/// wait for its records before the next.
fn write(turns: &Turns, out: &mut dyn Write) -> io::Result<()> {
    loop {
        let next = match turns.next_at_hand() {
            Some(next) => next,
            None => {
                out.flush()?;
                turns.next()
            }
        };
        match next {
            Next::Records(records) => out.write_all(&records)?,
            Next::End => return out.flush(),
        }
    }
}
