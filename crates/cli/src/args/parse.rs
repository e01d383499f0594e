//! What `parse` takes.

use std::path::PathBuf;

use clap::Args;

use super::{ParseFormat, ReadArgs, RecordsArg, StreamArgs};

/// Show the structure of documents: chapters, measures, duties, targets
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  gangmu parse seeds/documents/liaoning-meili-2024.txt -o 实施意见.html
  gangmu parse seeds/documents --format json | jq -c '.[].targets[] | [.indicator, .value]'

--format json gives one object for one FILE and an array for several. -o 意见.html
writes a page to read, -o 意见.md Markdown that reads back as the same document.

- --input jsonl reads a stream: each line an object with `text` or `path`, and where
there are `id` and `metadata`. It writes records, each saying its kind in `record`;
a line that cannot be read is a record `error`, and the rest goes on (exit 0).")]
pub(crate) struct ParseArgs {
    /// Files and folders to read, - for standard input
    #[arg(value_name = "FILE", required_unless_present = "files_from")]
    pub(crate) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) read: ReadArgs,
    /// How to write the documents [default: outline, or what the name of -o says]
    #[arg(long, short, value_name = "FORMAT")]
    pub(crate) format: Option<ParseFormat>,
    /// Write to this file, whole or not at all, or one file a document to this folder
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Print the outline with spans and every layer, for tests and bug reports
    #[arg(long, conflicts_with_all = ["format", "output"])]
    pub(crate) dump: bool,
    /// Check that nothing of the text is lost; exit 2 where something is
    #[arg(long)]
    pub(crate) verify: bool,
    #[command(flatten)]
    pub(crate) stream: StreamArgs,
    /// Of --input jsonl, which records to write [default: documents,divisions,assignments,targets]
    #[arg(long, value_name = "KINDS", value_delimiter = ',')]
    pub(crate) records: Vec<RecordsArg>,
}
