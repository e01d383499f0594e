//! A stream of bytes cut into blocks of whole lines.

use std::io::{self, ErrorKind, Read};

use memchr::{memchr, memchr_iter, memrchr};

/// Bytes that are asked for at once.
const BLOCK_BYTES: usize = 1 << 18;

/// Whole lines of a stream.
pub(super) struct Block {
    /// Its place among the blocks, from 0.
    pub(super) number: u64,
    /// The number of its first line, from 1.
    pub(super) first_line: u64,
    /// What its lines are.
    pub(super) lines: Lines,
}

/// The lines of a block.
pub(super) enum Lines {
    /// Each ended by a newline, but for the last of the stream.
    Whole(Vec<u8>),
    /// One line that is longer than is allowed.
    TooLong,
}

/// Cuts blocks off a stream.
pub(super) struct Blocks<'i> {
    input: &'i mut (dyn Read + Send),
    longest: usize,
    /// The beginning of a line whose end is not read yet.
    begun: Vec<u8>,
    next_line: u64,
    n_blocks: u64,
    has_ended: bool,
    failure: Option<io::Error>,
}

impl<'i> Blocks<'i> {
    /// Begins a stream whose lines hold `longest` bytes at most.
    pub(super) fn new(input: &'i mut (dyn Read + Send), longest: usize) -> Self {
        Self {
            input,
            longest,
            begun: Vec::new(),
            next_line: 1,
            n_blocks: 0,
            has_ended: false,
            failure: None,
        }
    }

    /// Returns how many blocks there have been.
    pub(super) fn n_blocks(&self) -> u64 {
        self.n_blocks
    }

    /// Returns why the stream ended before its end, if it did.
    pub(super) fn failure(self) -> Option<io::Error> {
        self.failure
    }

    /// Waits for lines and returns those that are there: as many as one read gave.
    pub(super) fn next(&mut self) -> Option<Block> {
        let mut bytes = std::mem::take(&mut self.begun);
        while !self.has_ended {
            let n_known = bytes.len();
            self.fill(&mut bytes);
            if let Some(end) = memrchr(b'\n', &bytes[n_known..]) {
                let end = n_known + end + 1;
                self.begun = bytes[end..].to_vec();
                bytes.truncate(end);
                // Only a line that began in an earlier read can be too long and end here.
                return Some(self.block(bytes));
            }
            if bytes.len() > self.longest {
                drop(bytes);
                self.skip_line();
                return Some(self.number(Lines::TooLong, 1));
            }
        }
        (!bytes.is_empty()).then(|| self.block(bytes))
    }

    fn block(&mut self, bytes: Vec<u8>) -> Block {
        let n_lines = memchr_iter(b'\n', &bytes).count();
        let n_lines = n_lines + usize::from(bytes.last() != Some(&b'\n'));
        self.number(Lines::Whole(bytes), n_lines)
    }

    fn number(&mut self, lines: Lines, n_lines: usize) -> Block {
        let block = Block { number: self.n_blocks, first_line: self.next_line, lines };
        self.n_blocks += 1;
        self.next_line += n_lines as u64;
        block
    }

    /// Reads on to the end of a line and keeps nothing of it.
    fn skip_line(&mut self) {
        let mut bytes = Vec::new();
        while !self.has_ended {
            bytes.clear();
            self.fill(&mut bytes);
            if let Some(end) = memchr(b'\n', &bytes) {
                self.begun = bytes.split_off(end + 1);
                return;
            }
        }
    }

    /// Adds what one read gives.
    fn fill(&mut self, bytes: &mut Vec<u8>) {
        let n_known = bytes.len();
        bytes.resize(n_known + BLOCK_BYTES, 0);
        let n_read = loop {
            match self.input.read(&mut bytes[n_known..]) {
                Ok(n_read) => break n_read,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => {
                    self.failure = Some(error);
                    break 0;
                }
            }
        };
        self.has_ended = n_read == 0;
        bytes.truncate(n_known + n_read);
    }
}
