//! `export --to opensearch`.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Error;
use gangmu_model::Document;
use gangmu_opensearch::{Sender, records, template};

use crate::args::{ExportArgs, connect};
use crate::exit::Exit;
use crate::language::{Noun, Value, counted, say};
use crate::library::open_index;
use crate::sought::{Beside, Sought};
use crate::terminal::Terminal;

/// The index that bulks written to files are for.
const INDEX: &str = "gangmu";

/// Bytes of one file of bulks, which a server takes in one request.
const MAX_BULK_BYTES: usize = 32 << 20;

/// Refused records that are named one by one.
const MAX_NAMED: usize = 20;

pub(super) fn run(args: &ExportArgs, terminal: &mut Terminal<'_>) -> Result<Exit, Error> {
    if !args.records.is_empty() {
        return Err(say!("--to opensearch writes what it needs; leave --records out").into());
    }
    match (&args.output, &args.url) {
        (Some(folder), _) => write(args, folder, terminal),
        (None, Some(url)) => send(args, url, terminal),
        (None, None) => {
            Err(say!("--to opensearch needs a place; add -o DIR to write files, or --url to send")
                .into())
        }
    }
}

/// Hands on the documents asked for, one by one, and returns whether some could not be read.
fn each(
    args: &ExportArgs,
    terminal: &mut Terminal<'_>,
    mut take: impl FnMut(&Document) -> Result<(), Error>,
) -> Result<bool, Error> {
    let wanted = args.documents.filter();
    let mut take = |document: &Document| {
        if wanted.admits(document) { take(document) } else { Ok(()) }
    };
    if args.sources.names_files() {
        let sought = Sought::find(&args.sources.paths, &args.sources.read, terminal)?;
        let done = sought.each(Beside::Nothing, terminal, |reading, _| take(&reading.document))?;
        return Ok(done.failed());
    }
    for document in open_index(&args.sources.index)?.documents()? {
        take(&document?)?;
    }
    Ok(false)
}

fn write(args: &ExportArgs, folder: &Path, terminal: &mut Terminal<'_>) -> Result<Exit, Error> {
    fs::create_dir_all(folder).map_err(|error| {
        say!("{path}: cannot be made; check the permissions", path = folder).because(error)
    })?;
    let mut bulks = Bulks { folder: folder.to_owned(), file: None, n_files: 0, n_bytes: 0 };
    bulks.clear()?;
    let template = serde_json::to_vec_pretty(&template(INDEX))?;
    bulks.done(&folder.join("template.json"), |path| fs::write(path, &template))?;
    let mut n_documents = 0;
    let failed = each(args, terminal, |document| {
        n_documents += 1;
        for record in records(document)? {
            bulks.add(&record.bulk(INDEX))?;
        }
        Ok(())
    })?;
    bulks.end()?;
    terminal.sum_up(&say!(
        "{documents} in {files} under {path}",
        documents = counted(n_documents, Noun::Document),
        files = counted(bulks.n_files, Noun::File),
        path = folder,
    ))?;
    Ok(if failed { Exit::Failed } else { Exit::found(n_documents > 0) })
}

fn send(args: &ExportArgs, url: &str, terminal: &mut Terminal<'_>) -> Result<Exit, Error> {
    let mut sender = Sender::open(connect(url)?)?;
    let failed = each(args, terminal, |document| Ok(sender.add(document)?))?;
    let sent = sender.finish()?;
    for refusal in sent.refused.iter().take(MAX_NAMED) {
        terminal.tell(&say!(
            "{record}: the server does not take it ({reason}); {document} is not whole there",
            record = &refusal.record,
            reason = Value::Told(refusal.reason.clone()),
            document = &refusal.document,
        ))?;
    }
    if let more @ 1.. = sent.refused.len().saturating_sub(MAX_NAMED) {
        terminal.tell(&say!("{n} more records were not taken", n = more))?;
    }
    terminal.sum_up(&say!(
        "{documents} sent in {n} records; {known} had been sent before",
        documents = counted(sent.n_documents, Noun::Document),
        n = sent.n_records,
        known = counted(sent.n_known, Noun::Document),
    ))?;
    let any = sent.n_documents + sent.n_known > 0;
    Ok(if failed || !sent.refused.is_empty() { Exit::Failed } else { Exit::found(any) })
}

/// Files of bulks, each small enough for one request.
struct Bulks {
    folder: PathBuf,
    file: Option<(PathBuf, BufWriter<File>)>,
    n_files: usize,
    n_bytes: usize,
}

impl Bulks {
    /// Removes the bulks of an earlier run, which may have been more.
    fn clear(&self) -> Result<(), Error> {
        for number in 1.. {
            let path = self.path(number);
            if !path.exists() {
                break;
            }
            self.done(&path, fs::remove_file)?;
        }
        Ok(())
    }

    fn path(&self, number: usize) -> PathBuf {
        self.folder.join(format!("bulk-{number:06}.ndjson"))
    }

    fn add(&mut self, lines: &[u8]) -> Result<(), Error> {
        if self.n_bytes + lines.len() > MAX_BULK_BYTES {
            self.end()?;
        }
        if self.file.is_none() {
            self.n_files += 1;
            let path = self.path(self.n_files);
            let file = self.done(&path, File::create)?;
            self.file = Some((path, BufWriter::new(file)));
        }
        if let Some((path, file)) = &mut self.file {
            self.n_bytes += lines.len();
            file.write_all(lines).map_err(|error| unwritable(path, error))?;
        }
        Ok(())
    }

    fn end(&mut self) -> Result<(), Error> {
        self.n_bytes = 0;
        if let Some((path, mut file)) = self.file.take() {
            file.flush().map_err(|error| unwritable(&path, error))?;
        }
        Ok(())
    }

    fn done<'p, T>(
        &self,
        path: &'p Path,
        act: impl FnOnce(&'p Path) -> std::io::Result<T>,
    ) -> Result<T, Error> {
        act(path).map_err(|error| unwritable(path, error))
    }
}

fn unwritable(path: &Path, error: std::io::Error) -> Error {
    say!("{path}: cannot be written; check the permissions and the room", path = path)
        .because(error)
        .into()
}
