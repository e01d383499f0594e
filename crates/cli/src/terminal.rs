//! Where a command reads and writes, and how wide and colourful that place is.

use std::io::{self, IsTerminal, Read, Stdout, Write};

use anstyle::{AnsiColor, Style};
use terminal_size::{Height, Width};

use crate::args::{ColorChoice, TerminalArgs};
use crate::language::{Language, Message};

/// Columns of output that is no terminal.
const COLUMNS_OF_A_PIPE: usize = 100;

/// The streams of one run.
pub struct Terminal<'t> {
    /// Standard input, read where a path is `-`.
    pub input: &'t mut (dyn Read + Send),
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
    /// The language of help, errors and remarks.
    pub language: Language,
}

/// Returns the columns and rows of standard output, if it is a terminal, and whether
/// it takes colour (`NO_COLOR`, `CLICOLOR`, `TERM=dumb` are heeded).
pub(crate) fn detect(stdout: &Stdout) -> (Option<(usize, usize)>, bool) {
    let size = stdout.is_terminal().then(|| {
        terminal_size::terminal_size_of(stdout)
            .map_or((COLUMNS_OF_A_PIPE, usize::MAX), |(Width(columns), Height(rows))| {
                (usize::from(columns), usize::from(rows))
            })
    });
    let color = anstream::AutoStream::choice(stdout) != anstream::ColorChoice::Never;
    (size, color)
}

impl Terminal<'_> {
    pub(crate) fn apply(&mut self, args: &TerminalArgs) {
        self.paint(args.color);
        if let Some(columns) = args.width {
            self.columns = Some(usize::from(columns));
        }
    }

    pub(crate) fn paint(&mut self, when: ColorChoice) {
        match when {
            ColorChoice::Auto => {}
            ColorChoice::Always => self.color = true,
            ColorChoice::Never => self.color = false,
        }
    }

    /// Says what became of something, behind the program's name.
    pub(crate) fn tell(&mut self, message: &Message) -> io::Result<()> {
        self.settle()?;
        writeln!(self.err, "gangmu: {}", message.text(self.language))
    }

    /// Says what went wrong, behind the program's name.
    pub(crate) fn tell_error(&mut self, error: &anyhow::Error) -> io::Result<()> {
        writeln!(self.err, "gangmu: {}", self.language.error(error))
    }

    /// Says how much was found.
    pub(crate) fn sum_up(&mut self, message: &Message) -> io::Result<()> {
        self.settle()?;
        writeln!(self.err, "{}", message.text(self.language))
    }

    /// Has the answer so far stand on the screen before something is said of it.
    fn settle(&mut self) -> io::Result<()> {
        if self.progress { self.out.flush() } else { Ok(()) }
    }

    /// Returns the columns to wrap at.
    pub(crate) fn width(&self) -> usize {
        self.columns.unwrap_or(COLUMNS_OF_A_PIPE)
    }

    /// Returns the colours of this run.
    pub(crate) fn palette(&self) -> Palette {
        Palette::new(self.color)
    }
}

/// The few styles of the output; without colour each gives the text as it is.
#[derive(Clone, Copy)]
pub(crate) struct Palette {
    on: bool,
}

impl Palette {
    pub(crate) fn new(on: bool) -> Self {
        Self { on }
    }

    /// Returns the styles of a file: none.
    pub(crate) fn plain() -> Self {
        Self::new(false)
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

    pub(crate) fn error(self, text: &str) -> String {
        self.paint(AnsiColor::Red.on_default().bold(), text)
    }

    fn paint(self, style: Style, text: &str) -> String {
        if self.on { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }
}
