//! What `agencies` takes.

use clap::Args;

use super::{DocumentArgs, OutputArgs, Sources};

/// List every body with a duty, and how many
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  gangmu agencies seeds/documents
  gangmu agencies --format json | jq '.[] | select(.lead > 3) | .full_name'")]
pub(crate) struct AgenciesArgs {
    #[command(flatten)]
    pub(crate) sources: Sources,
    #[command(flatten)]
    pub(crate) documents: DocumentArgs,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}
