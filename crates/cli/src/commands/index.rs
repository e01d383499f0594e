//! `index PATH…`.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::Error;
use gangmu_indexer::{Index, IndexWriter, IndexedSource};
use gangmu_ingest::Options;
use gangmu_lexicon::Lexicon;

use crate::args::IndexArgs;
use crate::exit::Exit;
use crate::files::{self, Files};
use crate::intake::{self, Incoming, Outcome, Reading};
use crate::language::{Noun, counted, say};
use crate::library::all_names;
use crate::naming::{Ids, NewId};
use crate::origin::{self, Origins};
use crate::progress::Progress;
use crate::report::{notices, skipped};
use crate::terminal::Terminal;

/// How many documents fared in which way.
#[derive(Debug, Default)]
struct Tally {
    added: usize,
    updated: usize,
    unchanged: usize,
    removed: usize,
    failed: usize,
}

/// What is to be done with a file.
#[derive(Debug)]
struct Task {
    /// Its name in the index.
    origin: String,
    /// The id of its document in the index, where it is there.
    known: Option<String>,
    /// The id of its document, where it is not.
    new: NewId,
}

pub(super) fn run(args: &IndexArgs, terminal: &mut Terminal<'_>) -> Result<Exit, Error> {
    if args.status {
        return super::index_status::run(args, terminal);
    }
    let names = all_names(&args.paths, &args.read, terminal)?;
    let found: Vec<Files> =
        names.iter().map(|path| files::find(std::slice::from_ref(path))).collect();
    if !args.prune && found.iter().all(|files| files.paths.is_empty()) {
        return Err(nothing_found(found, terminal)?);
    }
    // The place is claimed before the work begins, not after it.
    let mut writer = if args.rebuild {
        IndexWriter::create(&args.index, Lexicon::version())?
    } else {
        IndexWriter::open_or_create(&args.index, Lexicon::version())?
    };
    let origins = Origins::new(writer.path());
    let named: Vec<PathBuf> = names.iter().map(|path| origin::whole(path)).collect();
    let gone = gone(writer.sources(), &origins, &named);
    let mut tally = Tally::default();
    let files = sift(found, &named, args.prune, &gone, &mut tally, terminal)?;
    if args.prune {
        for document in gone.keys() {
            writer.remove(document)?;
        }
        tally.removed = gone.len();
    }
    let sources = writer.sources().iter();
    let kept = sources.filter(|source| !args.prune || !gone.contains_key(&source.document));
    let (incoming, tasks, mut ids) = plan(files, kept, &origins);
    let options = args.read.options();
    take_in(&incoming, &tasks, &options, &mut ids, &mut writer, &mut tally, terminal)?;
    let changed = tally.added + tally.updated + tally.removed > 0;
    if !changed && writer.sources().is_empty() {
        return Err(say!("nothing could be read, and the index is as it was").into());
    }
    let progress = Progress::joining(terminal);
    writer.commit()?;
    drop((progress, writer));
    report(args, &tally, if args.prune { 0 } else { gone.len() }, terminal)?;
    Ok(if tally.failed > 0 { Exit::Failed } else { Exit::Found })
}

/// Returns the one thing that is wrong with the paths, or prints all there are.
fn nothing_found(found: Vec<Files>, terminal: &mut Terminal<'_>) -> Result<Error, Error> {
    let mut failures: Vec<Error> = found.into_iter().flat_map(|files| files.failures).collect();
    if failures.len() == 1 {
        return Ok(failures.remove(0));
    }
    for failure in &failures {
        terminal.tell_error(failure)?;
    }
    Ok(say!("nothing could be read, and the index is as it was").into())
}

/// Returns the documents under the paths named whose files are there no more,
/// by id. A file that cannot be looked at counts as there.
fn gone(
    sources: &[IndexedSource],
    origins: &Origins,
    named: &[PathBuf],
) -> BTreeMap<String, PathBuf> {
    let is_gone = |path: &Path| {
        let there = fs::symlink_metadata(path);
        there.is_err_and(|e| matches!(e.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory))
    };
    let mut gone = BTreeMap::new();
    for source in sources {
        if let Some(path) = origins.path(&source.origin)
            && named.iter().any(|above| path.starts_with(above))
            && is_gone(&path)
        {
            gone.insert(source.document.clone(), path);
        }
    }
    gone
}

/// Returns the files found and says which paths gave none. One that gave none
/// because all of it is gone is no failure where that is to be removed.
fn sift(
    found: Vec<Files>,
    named: &[PathBuf],
    prune: bool,
    gone: &BTreeMap<String, PathBuf>,
    tally: &mut Tally,
    terminal: &mut Terminal<'_>,
) -> Result<Vec<PathBuf>, Error> {
    let mut paths = Vec::new();
    for (files, above) in found.into_iter().zip(named) {
        let emptied = || gone.values().any(|path| path.starts_with(above));
        if files.paths.is_empty() && prune && emptied() {
            continue;
        }
        for failure in &files.failures {
            terminal.tell_error(failure)?;
        }
        if let Some(skipped) = skipped(&files.skipped) {
            let path = above.display();
            terminal.tell(&say!("{path}: {notice}", path = path, notice = skipped))?;
        }
        tally.failed += files.failures.len();
        paths.extend(files.paths);
    }
    Ok(paths)
}

/// Says what is to be done with each file, each once.
fn plan<'s>(
    files: Vec<PathBuf>,
    sources: impl Iterator<Item = &'s IndexedSource>,
    origins: &Origins,
) -> (Vec<Incoming>, Vec<Task>, Ids) {
    let known: HashMap<&str, &IndexedSource> =
        sources.map(|source| (source.origin.as_str(), source)).collect();
    let mut seen = HashSet::new();
    let mut incoming = Vec::new();
    let mut tasks = Vec::new();
    for path in files {
        let origin = origins.name(&path);
        if !seen.insert(origin.clone()) {
            continue;
        }
        let there = known.get(origin.as_str());
        let known_sha256 = there.map(|source| source.sha256.clone());
        incoming.push(Incoming { path, known_sha256 });
        let known = there.map(|source| source.document.clone());
        tasks.push(Task { origin, known, new: NewId::Settled(String::new()) });
    }
    let mut ids = Ids::new(known.values().map(|source| source.document.clone()));
    let new: Vec<usize> = (0..tasks.len()).filter(|&at| tasks[at].known.is_none()).collect();
    let paths: Vec<&Path> = new.iter().map(|&at| incoming[at].path.as_path()).collect();
    for (at, id) in new.into_iter().zip(ids.name(&paths)) {
        tasks[at].new = id;
    }
    (incoming, tasks, ids)
}

/// Reads the files and puts into the index what is new or has changed.
fn take_in(
    incoming: &[Incoming],
    tasks: &[Task],
    options: &Options,
    ids: &mut Ids,
    writer: &mut IndexWriter,
    tally: &mut Tally,
    terminal: &mut Terminal<'_>,
) -> Result<(), Error> {
    let progress = Progress::new(&say!("indexing"), incoming.len(), terminal);
    let language = terminal.language;
    let Terminal { input, err, .. } = terminal;
    let mut noticed: Vec<(PathBuf, Vec<String>)> = Vec::new();
    intake::read(incoming, options, *input, &progress, |at, outcome| {
        let Task { origin, known, new } = &tasks[at];
        match outcome {
            Outcome::Unchanged => tally.unchanged += 1,
            // Where nothing else was asked for, this is all there is to say.
            Outcome::Failed(error) if incoming.len() == 1 && tally.failed + tally.removed == 0 => {
                return Err(error);
            }
            Outcome::Failed(error) => {
                tally.failed += 1;
                progress.aside(|| writeln!(err, "gangmu: {}", language.error(&error)))?;
            }
            Outcome::Read(reading) => {
                let Reading { input, mut document } = *reading;
                if !input.notices.is_empty() {
                    noticed.push((incoming[at].path.clone(), input.notices));
                }
                document.id = match known {
                    Some(id) => id.clone(),
                    None => ids.settle(new, &document.source.sha256),
                };
                writer.add_from(&document, origin)?;
                *if known.is_some() { &mut tally.updated } else { &mut tally.added } += 1;
            }
        }
        Ok(())
    })?;
    drop(progress);
    notices(&noticed, terminal)?;
    Ok(())
}

fn report(
    args: &IndexArgs,
    tally: &Tally,
    n_gone: usize,
    terminal: &mut Terminal<'_>,
) -> Result<(), Error> {
    let status = Index::open(&args.index, Lexicon::version())?.status()?;
    let Tally { added, updated, unchanged, removed, failed } = tally;
    terminal.sum_up(&say!(
        "{added} added, {updated} updated, {unchanged} unchanged, {removed} removed, {failed} \
         failed: {documents} with {clauses} in {index}",
        added = *added,
        updated = *updated,
        unchanged = *unchanged,
        removed = *removed,
        failed = *failed,
        documents = counted(status.n_documents, Noun::Document),
        clauses = counted(status.n_clauses, Noun::Clause),
        index = args.index.display(),
    ))?;
    if n_gone > 0 {
        terminal.tell(&say!(
            "{documents} in the index lost the file; --prune removes what is gone",
            documents = counted(n_gone, Noun::Document),
        ))?;
    }
    Ok(())
}
