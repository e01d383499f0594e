//! What can be typed.

mod agencies;
mod check;
mod engine;
mod export;
mod index;
mod output;
mod parse;
mod reading;
mod records;
mod rendition;
mod role;
mod schema;
mod search;
mod serve;
mod shell;
mod show;
mod source;
mod stream;
mod targets;
mod tasks;

use std::sync::LazyLock;

use clap::{Args, Parser, Subcommand, ValueEnum};
use gangmu_lexicon::Lexicon;

pub(crate) use agencies::AgenciesArgs;
pub(crate) use check::CheckArgs;
pub(crate) use engine::{EngineArgs, connect};
pub(crate) use export::{ExportArgs, ExportFormat, ExportTo};
pub(crate) use index::{IndexArgs, StatusFormat};
pub(crate) use output::{Format, OutputArgs, Shape};
pub(crate) use parse::ParseArgs;
pub(crate) use records::RecordsArg;
pub(crate) use rendition::ParseFormat;
pub(crate) use schema::{SchemaArgs, SchemaOf};
pub(crate) use search::{SearchArgs, SearchSortArg, StretchArg};
pub(crate) use serve::ServeArgs;
pub(crate) use shell::{CompletionsArgs, ManArgs};
pub(crate) use show::ShowArgs;
pub(crate) use source::{DocumentArgs, ReadArgs, Sources};
pub(crate) use stream::{InputArg, StreamArgs};
pub(crate) use targets::TargetsArgs;
pub(crate) use tasks::{GrainArg, TasksArgs};

/// Turns Chinese policy documents into data and searches them.
#[derive(Parser, Debug)]
#[command(name = "gangmu", version = version(), max_term_width = 100)]
#[command(after_help = "\
Examples:
  gangmu seeds/documents/liaoning-meili-2024.txt   the outline of one document
  gangmu tasks 省林草局 seeds/documents            what one department has to do

Exit codes: 0 found, 1 nothing found, 2 error. Chinese or English is spoken by
GANGMU_LANG (zh, en), else by LC_ALL, LC_MESSAGES or LANG.")]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) terminal: TerminalArgs,
}

impl Cli {
    /// Whether the answer is shown page by page on a terminal; that of a server has no end.
    pub(crate) fn has_pages(&self) -> bool {
        !self.terminal.no_pager && !matches!(self.command, Command::Serve(_))
    }
}

/// `gangmu search` alone.
#[derive(Parser)]
struct SearchCli {
    #[command(flatten)]
    search: SearchArgs,
    #[command(flatten)]
    terminal: TerminalArgs,
}

/// Returns the version of the program and of its word lists.
pub(crate) fn version() -> &'static str {
    static VERSION: LazyLock<String> = LazyLock::new(|| {
        format!("{} (word lists {})", env!("CARGO_PKG_VERSION"), Lexicon::version())
    });
    &VERSION
}

/// Where options that every command takes stand in the help: behind its own.
const LAST: usize = 900;

#[derive(Args, Debug)]
pub(crate) struct TerminalArgs {
    /// When to colour the output; auto: on a terminal, unless NO_COLOR is set
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", display_order = LAST)]
    pub(crate) color: ColorChoice,
    /// Columns to wrap at [default: the terminal's, 100 in a pipe]
    #[arg(long, global = true, value_name = "COLUMNS", display_order = LAST, value_parser = clap::value_parser!(u16).range(40..))]
    pub(crate) width: Option<u16>,
    /// Do not show a long answer page by page
    #[arg(long, global = true, display_order = LAST)]
    pub(crate) no_pager: bool,
}

#[derive(ValueEnum, Clone, Copy, Debug)]
pub(crate) enum ColorChoice {
    Auto,
    Always,
    Never,
}

#[derive(Subcommand, Debug)]
pub(crate) enum Command {
    #[command(visible_alias = "解析")]
    Parse(ParseArgs),
    #[command(visible_alias = "检索")]
    Search(SearchArgs),
    #[command(visible_alias = "任务")]
    Tasks(TasksArgs),
    #[command(visible_alias = "目标")]
    Targets(TargetsArgs),
    #[command(visible_alias = "单位")]
    Agencies(AgenciesArgs),
    #[command(visible_alias = "查看")]
    Show(ShowArgs),
    #[command(visible_alias = "导出")]
    Export(ExportArgs),
    #[command(visible_alias = "索引")]
    Index(IndexArgs),
    #[command(visible_alias = "服务")]
    Serve(ServeArgs),
    #[command(visible_alias = "检查")]
    Check(CheckArgs),
    #[command(visible_alias = "结构")]
    Schema(SchemaArgs),
    #[command(visible_alias = "补全")]
    Completions(CompletionsArgs),
    #[command(visible_alias = "手册")]
    Man(ManArgs),
}
