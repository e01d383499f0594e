//! How far the work has come, shown on a terminal and nowhere else.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A line on standard error that is gone when the work is done.
pub(crate) struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// Counts files, on a terminal.
    pub(crate) fn over(n_files: usize, on_terminal: bool) -> Self {
        let progress = Self::new(on_terminal, "{bar:30} {pos}/{len} files, {eta} left");
        progress.bar.set_length(n_files as u64);
        progress
    }

    /// Says that what was read is now made one, on a terminal.
    pub(crate) fn joining(on_terminal: bool) -> Self {
        let progress = Self::new(on_terminal, "joining the pieces of the index");
        progress.bar.tick();
        progress
    }

    fn new(on_terminal: bool, template: &str) -> Self {
        // It is drawn by the thread that moves it: another would wait for the
        // lock of standard error, which the command holds.
        let target =
            if on_terminal { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(None, target);
        match ProgressStyle::with_template(template) {
            Ok(style) => Self { bar: bar.with_style(style) },
            Err(_) => Self { bar },
        }
    }

    /// One file is done.
    pub(crate) fn step(&self) {
        self.bar.inc(1);
    }

    /// Writes something else to the terminal.
    pub(crate) fn aside<T>(&self, write: impl FnOnce() -> T) -> T {
        self.bar.suspend(write)
    }

    /// Takes the line away.
    pub(crate) fn end(self) {
        self.bar.finish_and_clear();
    }
}
