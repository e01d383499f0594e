//! `completions SHELL`.

use anyhow::Error;
use clap::CommandFactory as _;

use crate::args::{Cli, CompletionsArgs};
use crate::exit::Exit;
use crate::language::{Language, chinese_names};
use crate::terminal::Terminal;

pub(super) fn run(args: &CompletionsArgs, terminal: &mut Terminal<'_>) -> Result<Exit, Error> {
    let mut command = match terminal.language {
        Language::English => Cli::command(),
        Language::Chinese => chinese_names(Cli::command()),
    };
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command, "gangmu", &mut script);
    terminal.out.write_all(&script)?;
    Ok(Exit::Found)
}
