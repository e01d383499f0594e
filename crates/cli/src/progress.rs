//! How far a long run has come, on a terminal.

#[cfg(unix)]
use std::fs::File;
use std::path::Path;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::language::{Message, say};
use crate::terminal::Terminal;

/// Fewest files for which a bar is shown.
const FEWEST_FILES: usize = 10;

/// A bar on standard error with the files done, the rate and a file at work;
/// nothing at all in a pipe. May be shared by threads.
pub(crate) struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// Begins a bar over `n_files`. `verb` says what is done: `reading`.
    pub(crate) fn new(verb: &Message, n_files: usize, terminal: &Terminal<'_>) -> Self {
        let target = if terminal.progress && n_files >= FEWEST_FILES {
            ProgressDrawTarget::stderr_with_hz(10)
        } else {
            ProgressDrawTarget::hidden()
        };
        let bar = ProgressBar::with_draw_target(Some(n_files as u64), target);
        let template =
            say!("{prefix} [{bar:24}] {pos}/{len} files, {per_sec}, {eta} left  {wide_msg}");
        let style = ProgressStyle::with_template(&template.text(terminal.language));
        if let Ok(style) = style {
            bar.set_style(style.progress_chars("=> "));
        }
        bar.set_prefix(verb.text(terminal.language));
        if !bar.is_hidden() {
            bar.enable_steady_tick(Duration::from_millis(200));
        }
        Self { bar }
    }

    /// Begins a bar as [`Progress::new`] does, over files of which the answer goes to
    /// standard output meanwhile: none is shown where it goes to the screen, or through
    /// a program that may show it there.
    pub(crate) fn beside_output(verb: &Message, n_files: usize, terminal: &Terminal<'_>) -> Self {
        Self::new(verb, if writes_to_file() { n_files } else { 0 }, terminal)
    }

    /// Says that what was read is now made one.
    pub(crate) fn joining(terminal: &Terminal<'_>) -> Self {
        let target = if terminal.progress {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        };
        let message = say!("joining the index").text(terminal.language);
        let bar = ProgressBar::with_draw_target(None, target).with_message(message);
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}") {
            bar.set_style(style);
        }
        if !bar.is_hidden() {
            bar.enable_steady_tick(Duration::from_millis(200));
        }
        Self { bar }
    }

    /// Writes something else to the terminal.
    pub(crate) fn aside<T>(&self, write: impl FnOnce() -> T) -> T {
        self.bar.suspend(write)
    }

    /// Says that a file is at work.
    pub(crate) fn begin(&self, path: &Path) {
        if !self.bar.is_hidden() {
            self.bar.set_message(path.display().to_string());
        }
    }

    /// Counts a file as done.
    pub(crate) fn end(&self) {
        self.bar.inc(1);
    }
}

/// Whether standard output is a file.
#[cfg(unix)]
fn writes_to_file() -> bool {
    use std::os::fd::AsFd as _;
    let output = std::io::stdout().as_fd().try_clone_to_owned().map(File::from);
    output.and_then(|output| output.metadata()).is_ok_and(|output| output.is_file())
}

#[cfg(not(unix))]
fn writes_to_file() -> bool {
    false
}

impl Drop for Progress {
    /// Takes the bar away, so that what is printed next stands on a clean line.
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
