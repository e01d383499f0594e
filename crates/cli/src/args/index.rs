//! What `index` takes.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::ReadArgs;

/// Build the index that answers without reading the files again, and keep it up to date
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  gangmu index seeds/documents            new files are added, changed ones taken in again
  gangmu index ~/政策 --prune --index ~/.cache/gangmu

A file whose bytes are known is not read again, and what the index holds of other
paths stays. Until the run is complete the index answers as before, also when it is
interrupted. After an update of gangmu, --rebuild reads everything anew.")]
pub(crate) struct IndexArgs {
    /// Files and folders to read, - for standard input
    #[arg(value_name = "PATH", required_unless_present_any = ["status", "files_from"])]
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) read: ReadArgs,
    /// Where the index is
    #[arg(long, value_name = "DIR", env = "GANGMU_INDEX", default_value = "index")]
    pub(crate) index: PathBuf,
    /// Remove the documents under PATH whose files are gone
    #[arg(long)]
    pub(crate) prune: bool,
    /// Start anew: the index then holds the documents of PATH and no others
    #[arg(long, conflicts_with = "prune")]
    pub(crate) rebuild: bool,
    /// Say what the index holds, check its files, and name the documents whose files changed
    #[arg(long, conflicts_with_all = ["paths", "files_from", "prune", "rebuild"])]
    pub(crate) status: bool,
    /// How --status prints: for people, as one object, or in one line
    #[arg(long, short, value_name = "FORMAT", default_value = "table", requires = "status")]
    pub(crate) format: StatusFormat,
}

/// How the state of an index is printed.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StatusFormat {
    Table,
    Json,
    Jsonl,
}
