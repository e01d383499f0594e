//! What `check` takes.

use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use gangmu_model::DiagnosticCode;

use super::{OutputArgs, ReadArgs};

/// Report what is wrong or unsure in documents, with its place
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  gangmu check seeds/documents
  gangmu check --explain missing-colon

Exit 1 where an error stands; warnings and notes alone exit 0.")]
pub(crate) struct CheckArgs {
    /// Files and folders to read, - for standard input
    #[arg(value_name = "FILE", required_unless_present_any = ["explain", "files_from"])]
    pub(crate) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) read: ReadArgs,
    /// Say what a code means, with an example, instead of reading files
    #[arg(long, value_name = "CODE", conflicts_with_all = ["files", "files_from", "format", "output"],
          value_parser = code_parser())]
    pub(crate) explain: Option<DiagnosticCode>,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

/// Takes the codes by their names, and offers them where one is mistyped.
fn code_parser() -> impl TypedValueParser<Value = DiagnosticCode> {
    let by_name = |name: String| {
        let code = DiagnosticCode::ALL.into_iter().find(|code| code.name() == name);
        code.ok_or("no such code")
    };
    PossibleValuesParser::new(DiagnosticCode::ALL.map(DiagnosticCode::name)).try_map(by_name)
}
