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
mod labels;
mod library;
mod naming;
mod origin;
mod outline;
mod output;
mod progress;
mod report;
mod save;
mod table;
mod terminal;
mod wrap;

use std::ffi::OsString;
use std::io::{self, BufWriter, IsTerminal as _};

use clap::error::ErrorKind;

use crate::args::Cli;

pub use exit::Exit;
pub use terminal::Terminal;

/// Runs the command with the process's arguments and streams.
pub fn run_in_process() -> Exit {
    let stdout = io::stdout();
    let (columns, color) = terminal::detect(&stdout);
    let mut terminal = Terminal {
        input: &mut io::stdin().lock(),
        out: &mut BufWriter::new(stdout.lock()),
        // Not locked: the progress bar is drawn by other threads.
        err: &mut io::stderr(),
        columns,
        color,
        progress: io::stderr().is_terminal(),
    };
    run(std::env::args_os(), &mut terminal)
}

/// Runs one command: `args` begins with the program's name, data goes to
/// `terminal.out` and everything else to `terminal.err`.
pub fn run(args: impl IntoIterator<Item = OsString>, terminal: &mut Terminal<'_>) -> Exit {
    let result = match Cli::read(args) {
        Ok(cli) => {
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
            let _ = writeln!(terminal.err, "gangmu: {error:#}");
            Exit::Failed
        }
    }
}

/// Prints help and version as data, and what is wrong with the arguments as words.
fn report_usage(error: &clap::Error, terminal: &mut Terminal<'_>) -> io::Result<Exit> {
    let rendered = error.render();
    let text = if terminal.color { rendered.ansi().to_string() } else { rendered.to_string() };
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            write!(terminal.out, "{text}")?;
            Ok(Exit::Found)
        }
        _ => {
            write!(terminal.err, "{text}")?;
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
