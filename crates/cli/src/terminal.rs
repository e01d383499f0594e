//! Where a command reads and writes, and how wide and colourful that place is.

use std::io::{IsTerminal, Read, Stdout, Write};

use anstyle::{AnsiColor, Style};

use crate::args::{ColorChoice, TerminalArgs};

/// Columns of output that is no terminal.
const COLUMNS_OF_A_PIPE: usize = 100;

/// The streams of one run.
pub struct Terminal<'t> {
    /// Standard input, read where a path is `-`.
    pub input: &'t mut dyn Read,
    /// Where data goes.
    pub out: &'t mut dyn Write,
    /// Where words to the user go.
    pub err: &'t mut dyn Write,
    /// The width of the terminal that `out` is; `None` for a pipe or a file.
    pub columns: Option<usize>,
    /// Whether `--color auto` means colour.
    pub color: bool,
    /// Whether a bar on the process's standard error may show how far a run has come.
    pub progress: bool,
}

/// Returns the width of standard output, if it is a terminal, and whether it
/// takes colour (`NO_COLOR`, `CLICOLOR`, `TERM=dumb` are heeded).
pub(crate) fn detect(stdout: &Stdout) -> (Option<usize>, bool) {
    let columns = stdout
        .is_terminal()
        .then(|| comfy_table::Table::new().width().map_or(COLUMNS_OF_A_PIPE, usize::from));
    let color = anstream::AutoStream::choice(stdout) != anstream::ColorChoice::Never;
    (columns, color)
}

impl Terminal<'_> {
    pub(crate) fn apply(&mut self, args: &TerminalArgs) {
        match args.color {
            ColorChoice::Auto => {}
            ColorChoice::Always => self.color = true,
            ColorChoice::Never => self.color = false,
        }
        if let Some(columns) = args.width {
            self.columns = Some(usize::from(columns));
        }
    }

    /// Returns the columns to wrap at.
    pub(crate) fn width(&self) -> usize {
        self.columns.unwrap_or(COLUMNS_OF_A_PIPE)
    }

    /// Returns the colours of this run.
    pub(crate) fn palette(&self) -> Palette {
        Palette { on: self.color }
    }
}

/// The few styles of the output; without colour each gives the text as it is.
#[derive(Clone, Copy)]
pub(crate) struct Palette {
    on: bool,
}

impl Palette {
    /// Returns the styles of a file: none.
    pub(crate) fn plain() -> Self {
        Self { on: false }
    }

    pub(crate) fn title(self, text: &str) -> String {
        self.paint(Style::new().bold(), text)
    }

    pub(crate) fn dim(self, text: &str) -> String {
        self.paint(Style::new().dimmed(), text)
    }

    pub(crate) fn hit(self, text: &str) -> String {
        self.paint(AnsiColor::Red.on_default().bold(), text)
    }

    pub(crate) fn address(self, text: &str) -> String {
        self.paint(AnsiColor::Green.on_default(), text)
    }

    pub(crate) fn severity(self, severity: gangmu_model::Severity, text: &str) -> String {
        let color = match severity {
            gangmu_model::Severity::Error => AnsiColor::Red,
            gangmu_model::Severity::Warning => AnsiColor::Yellow,
            gangmu_model::Severity::Note => AnsiColor::Cyan,
        };
        self.paint(color.on_default().bold(), text)
    }

    fn paint(self, style: Style, text: &str) -> String {
        if self.on { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }
}
