//! The documents a command works on: read from files, or kept in an index.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use anyhow::Error;
use gangmu_indexer::Index;
use gangmu_lexicon::Lexicon;
use gangmu_model::Document;
use gangmu_parser::ParseOptions;
use rayon::prelude::*;

use crate::args::{ReadArgs, Sources};
use crate::exit::Exit;
use crate::files::{self, is_standard_input};
use crate::input::{self, Input};
use crate::language::say;
use crate::naming::{folder, stem};
use crate::progress::Progress;
use crate::report;
use crate::terminal::Terminal;

/// Texts that could be read, and how many could not.
pub(crate) struct Texts {
    /// Each text with the id its document gets, in the order of the files.
    pub(crate) inputs: Vec<(String, Input)>,
    failed: bool,
}

/// Documents, and whether some could not be read.
pub(crate) struct Library {
    /// The documents, by id.
    pub(crate) documents: Vec<Document>,
    failed: bool,
}

impl Texts {
    /// Reads the files and says on standard error what was assumed of them,
    /// which could not be read and which were left out.
    ///
    /// # Errors
    ///
    /// The one failure, where nothing could be read.
    pub(crate) fn read(
        paths: &[PathBuf],
        args: &ReadArgs,
        terminal: &mut Terminal<'_>,
    ) -> Result<Self, Error> {
        let options = args.options();
        let mut files = files::find(&all_names(paths, args, terminal)?);
        let mut standard_input = files
            .paths
            .iter()
            .any(|path| is_standard_input(path))
            .then(|| input::read_standard_input(terminal.input, &options));
        let progress = Progress::new(&say!("reading"), files.paths.len(), terminal);
        let read: Vec<Option<Result<Input, Error>>> = files
            .paths
            .par_iter()
            .map(|path| {
                progress.begin(path);
                let input = (!is_standard_input(path)).then(|| input::read_file(path, &options));
                progress.end();
                input
            })
            .collect();
        drop(progress);
        let mut inputs = Vec::new();
        for (path, result) in std::mem::take(&mut files.paths).into_iter().zip(read) {
            match result.or_else(|| standard_input.take()) {
                Some(Ok(input)) => inputs.push((path, input)),
                Some(Err(error)) => files.failures.push(error),
                None => {}
            }
        }
        if inputs.is_empty() && files.failures.len() == 1 {
            return Err(files.failures.remove(0));
        }
        report::notices(&inputs, terminal)?;
        for failure in &files.failures {
            terminal.tell_error(failure)?;
        }
        report::summary(inputs.len(), &files, terminal)?;
        if inputs.is_empty() {
            return Err(say!("nothing could be read").into());
        }
        Ok(Self { inputs: with_ids(inputs), failed: !files.failures.is_empty() })
    }

    /// Parses every text, in parallel. The documents come by id, as they do
    /// from an index, so that a question has one answer.
    pub(crate) fn parse(self) -> Library {
        let inputs = self.inputs.into_par_iter();
        let mut documents: Vec<Document> = inputs.map(|(id, input)| parse(id, &input)).collect();
        documents.sort_by(|a, b| a.id.cmp(&b.id));
        Library { documents, failed: self.failed }
    }

    /// Returns `exit`, or that something failed.
    pub(crate) fn exit(&self, exit: Exit) -> Exit {
        if self.failed { Exit::Failed } else { exit }
    }
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

    /// As [`open`](Self::open), with other paths than those of `sources`.
    pub(crate) fn open_paths(
        sources: &Sources,
        paths: &[PathBuf],
        terminal: &mut Terminal<'_>,
    ) -> Result<Self, Error> {
        if !paths.is_empty() || sources.read.files_from.is_some() {
            Ok(Texts::read(paths, &sources.read, terminal)?.parse())
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

/// Names the documents after their files. Where two files have the same stem,
/// each is named after its folder as well; where that is not enough, after its
/// bytes. So an id does not depend on the order of the files.
fn with_ids(inputs: Vec<(PathBuf, Input)>) -> Vec<(String, Input)> {
    let namings: [fn(&Path, &Input) -> String; 3] = [
        |path, _| stem(path),
        |path, _| format!("{}-{}", folder(path), stem(path)),
        |path, input| format!("{}-{}", stem(path), &input.source.sha256[..8]),
    ];
    let mut ids: Vec<String> = vec![String::new(); inputs.len()];
    for naming in namings {
        let mut count: HashMap<String, usize> = HashMap::new();
        ids.iter().for_each(|id| *count.entry(id.clone()).or_default() += 1);
        for (id, (path, input)) in ids.iter_mut().zip(&inputs) {
            if id.is_empty() || count[id.as_str()] > 1 {
                *id = naming(path, input);
            }
        }
    }
    let mut taken: HashMap<String, usize> = HashMap::new();
    ids.into_iter()
        .zip(inputs)
        .map(|(id, (_, input))| {
            let n = taken.entry(id.clone()).or_default();
            *n += 1;
            (if *n == 1 { id } else { format!("{id}-{n}") }, input)
        })
        .collect()
}
