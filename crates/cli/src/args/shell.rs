//! What a shell and its manual are told of the commands.

use std::path::PathBuf;

use clap::Args;
use clap_complete::Shell;

/// Print what a shell needs to complete commands and options
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  gangmu completions bash > ~/.local/share/bash-completion/completions/gangmu
  gangmu completions fish > ~/.config/fish/completions/gangmu.fish

For zsh, put it as _gangmu into a folder of $fpath.")]
pub(crate) struct CompletionsArgs {
    /// The shell
    #[arg(value_name = "SHELL")]
    pub(crate) shell: Shell,
}

/// Print the manual page of a command, in the format of man
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  gangmu man tasks > gangmu-tasks.1
  gangmu man --directory ~/.local/share/man/man1

Read one at once with: gangmu man tasks | man -l -")]
pub(crate) struct ManArgs {
    /// The command [default: gangmu itself]
    #[arg(value_name = "COMMAND")]
    pub(crate) command: Option<String>,
    /// Write the pages of all commands into DIR
    #[arg(long, value_name = "DIR", conflicts_with = "command")]
    pub(crate) directory: Option<PathBuf>,
}
