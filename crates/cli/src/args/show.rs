//! What `show` takes.

use clap::Args;

use super::{DocumentArgs, OutputArgs, Sources};

/// Print one clause by the address people write
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  gangmu show '三(七)' seeds/documents
  gangmu show c3.m7 --document liaoning --format json

An address is an id (c3.m7) or the end of one (m7), a citation (三(七), (七)) or
a marker (第十二条).")]
pub(crate) struct ShowArgs {
    /// The clause: c3.m7, m7, 三(七), (七), 第十二条
    #[arg(value_name = "ADDRESS")]
    pub(crate) address: String,
    #[command(flatten)]
    pub(crate) sources: Sources,
    #[command(flatten)]
    pub(crate) documents: DocumentArgs,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}
