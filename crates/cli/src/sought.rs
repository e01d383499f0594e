//! Files that were named, each read once and let go.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::Error;
use gangmu_ingest::Options;

use crate::args::ReadArgs;
use crate::exit::Exit;
use crate::files::{self, Files};
use crate::intake::{self, Incoming, Outcome, Reading};
use crate::language::say;
use crate::library::all_names;
use crate::naming::{Ids, NewId};
use crate::progress::Progress;
use crate::report;
use crate::terminal::Terminal;

/// The files to read, and the ids that their documents get.
pub(crate) struct Sought {
    incoming: Vec<Incoming>,
    ids: Ids,
    new: Vec<NewId>,
    /// What became of the other paths, and later of those that cannot be read.
    others: Files,
    options: Options,
}

/// What is written while files are read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Beside {
    /// The answer comes later, or goes to a file.
    Nothing,
    /// The answer goes to standard output.
    Output,
}

/// What came of reading.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Done {
    n_read: usize,
    failed: bool,
}

impl Done {
    /// Returns how many files were read.
    pub(crate) fn n_read(self) -> usize {
        self.n_read
    }

    /// Whether any could not be read.
    pub(crate) fn failed(self) -> bool {
        self.failed
    }

    /// Returns `exit`, or that something failed.
    pub(crate) fn exit(self, exit: Exit) -> Exit {
        if self.failed { Exit::Failed } else { exit }
    }
}

impl Sought {
    /// Finds the files. A document is named after its file and, where that is not
    /// enough, after its folder or its bytes (see [`Ids::name`]).
    ///
    /// # Errors
    ///
    /// The list of files cannot be read.
    pub(crate) fn find(
        paths: &[PathBuf],
        args: &ReadArgs,
        terminal: &mut Terminal<'_>,
    ) -> Result<Self, Error> {
        let mut others = files::find(&all_names(paths, args, terminal)?);
        let paths = std::mem::take(&mut others.paths);
        let mut ids = Ids::default();
        let new = ids.name(&paths.iter().map(PathBuf::as_path).collect::<Vec<&Path>>());
        let incoming = paths.into_iter().map(|path| Incoming { path, known_sha256: None });
        Ok(Self { incoming: incoming.collect(), ids, new, others, options: args.options() })
    }

    /// Returns how many files there are to read.
    pub(crate) fn n_files(&self) -> usize {
        self.incoming.len()
    }

    /// Reads the files, hands each over in their order, with standard output, and
    /// says on standard error what was assumed of them, which could not be read and
    /// which were left out.
    ///
    /// # Errors
    ///
    /// That of `take`, which ends the reading; the one failure, where nothing could
    /// be read.
    pub(crate) fn each(
        self,
        beside: Beside,
        terminal: &mut Terminal<'_>,
        mut take: impl FnMut(Reading, &mut dyn Write) -> Result<(), Error>,
    ) -> Result<Done, Error> {
        let Self { incoming, mut ids, new, mut others, options } = self;
        let mut notices: Vec<(PathBuf, Vec<String>)> = Vec::new();
        let mut n_read = 0;
        let progress = match beside {
            Beside::Output => Progress::beside_output(&say!("reading"), incoming.len(), terminal),
            Beside::Nothing => Progress::new(&say!("reading"), incoming.len(), terminal),
        };
        let Terminal { input, out, .. } = terminal;
        intake::read(&incoming, &options, *input, &progress, |at, outcome| {
            match outcome {
                Outcome::Read(mut reading) => {
                    n_read += 1;
                    reading.document.id = ids.settle(&new[at], &reading.document.source.sha256);
                    let found = std::mem::take(&mut reading.input.notices);
                    if !found.is_empty() {
                        notices.push((incoming[at].path.clone(), found));
                    }
                    take(*reading, *out)?;
                }
                Outcome::Failed(error) => others.failures.push(error),
                Outcome::Unchanged => {}
            }
            Ok(())
        })?;
        drop(progress);
        if n_read == 0 && others.failures.len() == 1 {
            return Err(others.failures.remove(0));
        }
        said(&notices, n_read, &others, terminal)?;
        if n_read == 0 {
            return Err(say!("nothing could be read").into());
        }
        Ok(Done { n_read, failed: !others.failures.is_empty() })
    }
}

fn said(
    notices: &[(PathBuf, Vec<String>)],
    n_read: usize,
    others: &Files,
    terminal: &mut Terminal<'_>,
) -> io::Result<()> {
    report::notices(notices, terminal)?;
    for failure in &others.failures {
        terminal.tell_error(failure)?;
    }
    report::summary(n_read, others, terminal)
}
