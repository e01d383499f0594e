//! The documents a command works on: read from files, or kept in an index.

use std::path::{Path, PathBuf};

use anyhow::Error;
use gangmu_indexer::Index;
use gangmu_lexicon::Lexicon;
use gangmu_model::Document;
use gangmu_parser::ParseOptions;

use crate::args::{ReadArgs, Sources};
use crate::exit::Exit;
use crate::files::{self, is_standard_input};
use crate::input::Input;
use crate::language::say;
use crate::sought::{Beside, Sought};
use crate::terminal::Terminal;

/// Documents, and whether some could not be read.
pub(crate) struct Library {
    /// The documents, by id.
    pub(crate) documents: Vec<Document>,
    failed: bool,
}

impl Library {
    /// Reads and parses the files named, or takes the documents of the index
    /// where none is.
    ///
    /// # Errors
    ///
    /// Nothing could be read, or there is neither a path nor a sound index.
    pub(crate) fn open(sources: &Sources, terminal: &mut Terminal<'_>) -> Result<Self, Error> {
        Self::open_paths(sources, &sources.paths, terminal)
    }

    /// Takes documents that were read elsewhere.
    pub(crate) fn of(documents: Vec<Document>) -> Self {
        Self { documents, failed: false }
    }

    /// As [`open`](Self::open), with other paths than those of `sources`.
    pub(crate) fn open_paths(
        sources: &Sources,
        paths: &[PathBuf],
        terminal: &mut Terminal<'_>,
    ) -> Result<Self, Error> {
        if !paths.is_empty() || sources.read.files_from.is_some() {
            let mut documents = Vec::new();
            let sought = Sought::find(paths, &sources.read, terminal)?;
            let done = sought.each(Beside::Nothing, terminal, |reading, _| {
                documents.push(reading.document);
                Ok(())
            })?;
            // As they come from an index, so that a question has one answer.
            documents.sort_by(|a, b| a.id.cmp(&b.id));
            Ok(Self { documents, failed: done.failed() })
        } else {
            let documents = open_index(&sources.index)?.documents()?.collect::<Result<_, _>>()?;
            Ok(Self { documents, failed: false })
        }
    }

    /// Returns `exit`, or that something failed.
    pub(crate) fn exit(&self, exit: Exit) -> Exit {
        if self.failed { Exit::Failed } else { exit }
    }
}

/// Parses one text.
pub(crate) fn parse(id: String, input: &Input) -> Document {
    let (source, hints) = (input.source.clone(), input.hints.clone());
    let options = ParseOptions { id, source, hints, ..ParseOptions::default() };
    gangmu_parser::parse(&input.text, &options)
}

/// Returns the paths named, and those of the list that `--files-from` names.
pub(crate) fn all_names(
    paths: &[PathBuf],
    args: &ReadArgs,
    terminal: &mut Terminal<'_>,
) -> Result<Vec<PathBuf>, Error> {
    let mut names = paths.to_vec();
    let Some(list) = &args.files_from else { return Ok(names) };
    let mut bytes = Vec::new();
    if is_standard_input(list) {
        if paths.iter().any(|path| is_standard_input(path)) {
            return Err(say!(
                "standard input cannot be both a document and the list of files; name a file for one"
            )
            .into());
        }
        let read = terminal.input.read_to_end(&mut bytes);
        read.map_err(|error| say!("standard input: cannot be read").because(error))?;
    } else {
        bytes = std::fs::read(list).map_err(|error| {
            say!("{path}: cannot be read; check the name", path = list.display()).because(error)
        })?;
    }
    names.extend(files::names_in(&bytes));
    if names.is_empty() {
        return Err(say!("the list of files is empty; name at least one").into());
    }
    Ok(names)
}

/// Opens the index a question without a path is put to.
///
/// # Errors
///
/// A sentence that says what to type where there is no index.
pub(crate) fn open_index(directory: &Path) -> Result<Index, Error> {
    match Index::open(directory, Lexicon::version()) {
        Err(gangmu_indexer::Error::Missing { path }) => Err(say!(
            "no PATH is given and there is no index in {path}; name files or folders \
             (gangmu tasks 省林草局 seeds/documents), or build an index first \
             (gangmu index seeds/documents)",
            path = path.display(),
        )
        .into()),
        opened => Ok(opened?),
    }
}
