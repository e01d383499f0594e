//! What `export` takes.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{DocumentArgs, RecordsArg, Sources};

/// Write everything the documents hold as streams of records
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  gangmu export seeds/documents --records targets,assignments > data.jsonl
  gangmu export --format json > all.json

Each record says its kind in `record`: document, division, assignment, target,
citation, boilerplate, diagnostic, task. For whole documents see `gangmu parse`.

--to opensearch -o DIR writes an index template and bulks for OpenSearch; with --url they
are sent. What is there is not sent again, so a run that ended early is run again. The
user is taken from OPENSEARCH_USERNAME and OPENSEARCH_PASSWORD.")]
pub(crate) struct ExportArgs {
    #[command(flatten)]
    pub(crate) sources: Sources,
    /// Which records to write [default: all but tasks]
    #[arg(long, value_name = "KINDS", value_delimiter = ',')]
    pub(crate) records: Vec<RecordsArg>,
    #[command(flatten)]
    pub(crate) documents: DocumentArgs,
    /// How to print: as one array, or one record a line
    #[arg(long, short, value_name = "FORMAT", default_value = "jsonl")]
    pub(crate) format: ExportFormat,
    /// For whom: any program, or OpenSearch
    #[arg(long, value_name = "FOR", default_value = "records", hide_default_value = true)]
    pub(crate) to: ExportTo,
    /// Of --to opensearch, the folder to write to
    #[arg(long, short, value_name = "DIR")]
    pub(crate) output: Option<PathBuf>,
    /// Of --to opensearch, the address to send to, with or without an index: http://host:9200/gangmu
    #[arg(long, value_name = "URL", conflicts_with = "output")]
    pub(crate) url: Option<String>,
}

#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ExportTo {
    Records,
    #[value(name = "opensearch")]
    OpenSearch,
}

#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ExportFormat {
    Json,
    Jsonl,
}
