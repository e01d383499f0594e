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
            "{documents} read; {n} failed, each a record of its error",
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

#[cfg(test)]
mod tests {
    use std::io;
    use std::sync::mpsc::{Receiver, Sender, channel};

    use super::*;

    fn stream() -> Stream {
        Stream {
            options: Options::default(),
            raised: 1,
            n_threads: None,
            wanted: Wanted::Records(vec![RecordKind::Document]),
        }
    }

    /// Gives its pieces one by one, then fails where it is to.
    struct Pieces {
        pieces: Vec<&'static [u8]>,
        fails: bool,
    }

    impl Read for Pieces {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            if self.pieces.is_empty() {
                return if self.fails { Err(io::Error::other("unplugged")) } else { Ok(0) };
            }
            let piece = self.pieces.remove(0);
            buffer[..piece.len()].copy_from_slice(piece);
            Ok(piece.len())
        }
    }

    #[test]
    fn lines_may_come_in_any_pieces() {
        let text = "{\"text\":\"一、短。\"}\n\n{\"text\":\"二、短。\"}".as_bytes();
        let mut whole = Vec::new();
        let streamed = stream().run(&mut &*text, &mut whole).unwrap();
        assert_eq!(streamed, Streamed { n_read: 2, n_failed: 1 });
        for size in [1, 2, 7, 24] {
            let mut pieces = Pieces { pieces: text.chunks(size).collect(), fails: false };
            let mut out = Vec::new();
            stream().run(&mut pieces, &mut out).unwrap();
            assert_eq!(out, whole, "{size}");
        }
    }

    #[test]
    fn what_was_read_before_a_failure_is_written() {
        let pieces = vec![&b"{\"text\":\"a\"}\n"[..]];
        let mut out = Vec::new();
        let error = stream().run(&mut Pieces { pieces, fails: true }, &mut out).unwrap_err();
        assert_eq!(format!("{error:#}"), "standard input: cannot be read: unplugged");
        assert_eq!(out.iter().filter(|byte| **byte == b'\n').count(), 1);
    }

    /// A program that sends a line when it has the answer to the one before.
    struct Patient {
        answers: Receiver<()>,
        n_sent: usize,
    }

    impl Read for Patient {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            if self.n_sent > 0 && self.answers.recv().is_err() || self.n_sent == 3 {
                return Ok(0);
            }
            self.n_sent += 1;
            let line = b"{\"text\":\"a\"}\n";
            buffer[..line.len()].copy_from_slice(line);
            Ok(line.len())
        }
    }

    #[test]
    fn an_answer_does_not_wait_for_the_next_line() {
        struct Each(Sender<()>);
        impl Write for Each {
            fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
                let _ = self.0.send(());
                Ok(bytes.len())
            }

            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let (send, answers) = channel();
        let streamed = stream().run(&mut Patient { answers, n_sent: 0 }, &mut Each(send)).unwrap();
        assert_eq!(streamed.n_read, 3);
    }

    #[test]
    fn an_output_that_is_closed_ends_an_endless_input() {
        struct Closed;
        impl Write for Closed {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::BrokenPipe.into())
            }

            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let error = stream().run(&mut io::repeat(b'\n'), &mut Closed).unwrap_err();
        assert!(error.downcast_ref::<io::Error>().is_some());
    }
}
