//! Documents that come as a stream.

use std::num::NonZeroUsize;

use clap::{Args, ValueEnum};

/// Whether documents come a line each, and how many are read at once.
#[derive(Args, Debug)]
pub(crate) struct StreamArgs {
    /// What FILE holds: a document, or in each line a document as a JSON object
    #[arg(long, value_name = "INPUT", default_value = "document", hide_default_value = true)]
    pub(crate) input: InputArg,
    /// Of --input jsonl, on how many threads to read [default: one a core]
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<NonZeroUsize>,
}

/// What a file holds.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum InputArg {
    Document,
    Jsonl,
}
