//! `man [COMMAND]`.

use std::fs;

use anyhow::Error;
use clap::{Command, CommandFactory as _};
use clap_mangen::Man;

use crate::args::{Cli, ManArgs};
use crate::exit::Exit;
use crate::language::{Language, chinese_names, say};
use crate::terminal::Terminal;

/// Words of the library that makes manual pages.
const WORDS: [(&str, &str); 10] = [
    (".SH NAME\n", ".SH 名称\n"),
    (".SH SYNOPSIS\n", ".SH 用法\n"),
    (".SH DESCRIPTION\n", ".SH 说明\n"),
    (".SH OPTIONS\n", ".SH 选项\n"),
    (".SH SUBCOMMANDS\n", ".SH 命令\n"),
    (".SH EXTRA\n", ".SH 示例\n"),
    (".SH VERSION\n", ".SH 版本\n"),
    ("[default: ", "[默认："),
    ("\\fIPossible values:\\fR", "可选："),
    ("May also be specified with the ", "也可用环境变量 "),
];

pub(super) fn run(args: &ManArgs, terminal: &mut Terminal<'_>) -> Result<Exit, Error> {
    let mut whole = match terminal.language {
        Language::English => Cli::command(),
        Language::Chinese => chinese_names(Cli::command()),
    };
    whole.build();
    if let Some(directory) = &args.directory {
        let failed = |error| {
            let path = directory.display();
            say!("{path}: cannot be written; name another folder", path = path).because(error)
        };
        fs::create_dir_all(directory).map_err(failed)?;
        for command in std::iter::once(&whole).chain(whole.get_subcommands()) {
            let name = name(command);
            fs::write(directory.join(format!("{name}.1")), page(command, terminal.language)?)
                .map_err(failed)?;
        }
        return Ok(Exit::Found);
    }
    let command = match &args.command {
        None => &whole,
        Some(name) => whole
            .find_subcommand(name)
            .ok_or_else(|| say!("there is no command {name}; see gangmu --help", name = name))?,
    };
    terminal.out.write_all(&page(command, terminal.language)?)?;
    Ok(Exit::Found)
}

/// Returns the name of a command's page: `gangmu-tasks`.
fn name(command: &Command) -> String {
    command.get_bin_name().unwrap_or(command.get_name()).replace(' ', "-")
}

fn page(command: &Command, language: Language) -> Result<Vec<u8>, Error> {
    let mut page = Vec::new();
    Man::new(command.clone()).title(name(command)).render(&mut page)?;
    if language == Language::English {
        return Ok(page);
    }
    let mut text = String::from_utf8(page)?;
    for (english, chinese) in WORDS {
        text = text.replace(english, chinese);
    }
    Ok(text.into_bytes())
}
