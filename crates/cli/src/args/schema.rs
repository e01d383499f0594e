//! What `schema` takes.

use clap::{Args, ValueEnum};

/// Print the JSON Schema of what the commands print
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  gangmu schema > document.schema.json
  gangmu schema task")]
pub(crate) struct SchemaArgs {
    /// The type: a document (parse), or one record of another command (finding: check, status: index --status)
    #[arg(value_name = "TYPE", default_value = "document")]
    pub(crate) of: SchemaOf,
}

#[derive(ValueEnum, Clone, Copy, Debug)]
pub(crate) enum SchemaOf {
    Document,
    Search,
    Task,
    Target,
    Agency,
    Facet,
    Show,
    Export,
    Stream,
    Finding,
    Status,
}
