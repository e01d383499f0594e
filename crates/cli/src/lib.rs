//! The command line of gangmu, as a library, so that tests run it in-process.
//!
//! [`run`] takes arguments and a [`Terminal`] and gives an [`Exit`]; nothing
//! here reads the process's own arguments or writes to its streams but
//! [`run_in_process`]. Reading files, printing and exit codes live here; what
//! a text means is the parser's, and what a question means is the query crate's.

mod args;
mod commands;
mod dump;
mod excerpt;
mod exit;
mod files;
mod input;
mod intake;
mod language;
mod library;
mod listing;
mod naming;
mod origin;
mod outline;
mod output;
mod pager;
mod progress;
mod report;
mod save;
mod sought;
mod stream;
mod table;
mod terminal;
mod wrap;

use std::borrow::Borrow;
use std::ffi::OsString;
use std::io::{self, BufWriter, IsTerminal as _};

use clap::error::ErrorKind;

use crate::args::Cli;
use crate::language::chinese_usage;
use crate::pager::{Pager, Pages};
use crate::terminal::Palette;

pub use exit::Exit;
pub use language::Language;
pub use terminal::Terminal;

/// Runs the command with the process's arguments and streams.
pub fn run_in_process() -> Exit {
    let stdout = io::stdout();
    let (size, color) = terminal::detect(&stdout);
    let mut terminal = Terminal {
        input: &mut io::stdin(),
        out: &mut BufWriter::new(stdout.lock()),
        // Not locked: the progress bar is drawn by other threads.
        err: &mut io::stderr(),
        columns: size.map(|(columns, _)| columns),
        color,
        progress: io::stderr().is_terminal(),
        language: Language::of_environment(),
    };
    let args: Vec<OsString> = std::env::args_os().collect();
    match (Cli::read(&args, &mut terminal), size) {
        (Ok(cli), Some((columns, rows))) if cli.has_pages() => {
            match Pager::of_environment(columns, rows) {
                Some(pager) => answer_in_pages(&cli, pager, terminal),
                None => answer(Ok(cli), &mut terminal),
            }
        }
        (cli, _) => answer(cli, &mut terminal),
    }
}

/// Runs one command: `args` begins with the program's name, data goes to
/// `terminal.out` and everything else to `terminal.err`.
pub fn run(args: impl IntoIterator<Item = OsString>, terminal: &mut Terminal<'_>) -> Exit {
    let args: Vec<OsString> = args.into_iter().collect();
    answer(Cli::read(&args, terminal), terminal)
}

/// Runs a command whose answer goes through a pager where it is long.
fn answer_in_pages(cli: &Cli, pager: Pager, terminal: Terminal<'_>) -> Exit {
    let Terminal { input, out, err, columns, color, progress, language } = terminal;
    let pages = Pages::new(pager, out, err);
    let exit = {
        let (mut out, mut err) = (pages.output(), pages.remarks());
        let (out, err) = (&mut out, &mut err);
        let mut terminal = Terminal { input, out, err, columns, color, progress, language };
        answer(Ok(cli), &mut terminal)
    };
    // A terminal that is gone takes no more words.
    let _ = pages.finish();
    exit
}

/// Does what was asked for, or says what is wrong with the question.
fn answer(cli: Result<impl Borrow<Cli>, clap::Error>, terminal: &mut Terminal<'_>) -> Exit {
    let result = match cli {
        Ok(cli) => {
            let cli = cli.borrow();
            terminal.apply(&cli.terminal);
            commands::run(&cli.command, terminal)
        }
        Err(error) => report_usage(&error, terminal).map_err(Into::into),
    };
    let result = result.and_then(|exit| {
        terminal.out.flush()?;
        Ok(exit)
    });
    match result {
        Ok(exit) => exit,
        Err(error) if is_closed_pipe(&error) => Exit::Found,
        Err(error) => {
            // Nothing can be said where standard error itself is closed.
            let _ = terminal.tell_error(&error);
            Exit::Failed
        }
    }
}

/// Prints help and version as data, and what is wrong with the arguments as words.
fn report_usage(error: &clap::Error, terminal: &mut Terminal<'_>) -> io::Result<Exit> {
    let rendered = error.render();
    let text = |color| if color { rendered.ansi().to_string() } else { rendered.to_string() };
    let color_of_errors = terminal.color && terminal.progress;
    match (error.kind(), terminal.language) {
        (ErrorKind::DisplayHelp | ErrorKind::DisplayVersion, _) => {
            write!(terminal.out, "{}", text(terminal.color))?;
            Ok(Exit::Found)
        }
        (ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand, _) | (_, Language::English) => {
            write!(terminal.err, "{}", text(color_of_errors))?;
            Ok(Exit::Failed)
        }
        (_, Language::Chinese) => {
            let palette = Palette::new(color_of_errors);
            write!(terminal.err, "{}", chinese_usage(error, palette))?;
            Ok(Exit::Failed)
        }
    }
}

/// Whether the reader of the output went away, as `head` does.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<io::Error>()
            .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
    })
}
