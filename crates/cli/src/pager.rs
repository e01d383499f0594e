//! Answers longer than the screen, shown page by page by a program such as `less`.

use std::cell::RefCell;
use std::env;
use std::io::{self, BufWriter, Write};
use std::process::{Child, ChildStdin, Command, Stdio};

use unicode_width::UnicodeWidthStr as _;

/// Where the program is named, the first that is set; empty or `cat` for none.
const VARIABLES: [&str; 2] = ["GANGMU_PAGER", "PAGER"];

/// The program where none is named.
const LESS: &str = "less";

/// What `less` is told where the user tells it nothing: end where all fits on the
/// screen, pass colours through, leave the text standing at the end; what it gets is
/// UTF-8 whatever the locale is.
const LESS_OPTIONS: [(&str, &str); 2] = [("LESS", "FRX"), ("LESSCHARSET", "utf-8")];

/// A program that shows pages, and the screen it shows them on.
#[derive(Debug)]
pub(crate) struct Pager {
    /// The program and its arguments.
    words: Vec<String>,
    columns: usize,
    rows: usize,
}

impl Pager {
    /// Returns the pager that the environment asks for, for a screen of so many columns
    /// and rows; `None` where there is to be none.
    pub(crate) fn of_environment(columns: usize, rows: usize) -> Option<Self> {
        let named = VARIABLES.iter().find_map(|name| env::var(name).ok());
        let is_dumb = env::var("TERM").is_ok_and(|terminal| terminal == "dumb");
        let words = shell_words::split(named.as_deref().unwrap_or(LESS)).ok()?;
        let is_none = words.first().is_none_or(|program| program == "cat");
        (!is_none && !is_dumb).then_some(Self { words, columns, rows })
    }

    fn start(&self) -> io::Result<Child> {
        let mut command = Command::new(&self.words[0]);
        command.args(&self.words[1..]).stdin(Stdio::piped());
        for (variable, value) in LESS_OPTIONS {
            if env::var_os(variable).is_none() {
                command.env(variable, value);
            }
        }
        command.spawn()
    }
}

/// Two streams, of which the first is paged: held back until it is longer than the
/// screen, and then handed to the pager. What is written to the second meanwhile
/// comes behind it, so that neither spoils the other's lines.
pub(crate) struct Pages<'w> {
    state: RefCell<State<'w>>,
}

struct State<'w> {
    pager: Pager,
    out: &'w mut dyn Write,
    err: &'w mut dyn Write,
    held: Vec<u8>,
    /// Lines of the screen that `held` takes, but for its last one.
    n_lines: usize,
    /// Where the last line of `held` begins.
    line_start: usize,
    remarks: Vec<u8>,
    stage: Stage,
}

enum Stage {
    /// All so far fits on the screen.
    Holding,
    Paging(Child, BufWriter<ChildStdin>),
    /// There is no such program.
    Plain,
}

impl<'w> Pages<'w> {
    pub(crate) fn new(pager: Pager, out: &'w mut dyn Write, err: &'w mut dyn Write) -> Self {
        let state = State {
            pager,
            out,
            err,
            held: Vec::new(),
            n_lines: 0,
            line_start: 0,
            remarks: Vec::new(),
            stage: Stage::Holding,
        };
        Self { state: RefCell::new(state) }
    }

    /// Returns the stream that is paged.
    pub(crate) fn output(&self) -> impl Write + use<'_, 'w> {
        Output(self)
    }

    /// Returns the stream beside it.
    pub(crate) fn remarks(&self) -> impl Write + use<'_, 'w> {
        Remarks(self)
    }

    /// Writes what was held back, waits until the reader has left the pager, and
    /// writes the remarks.
    pub(crate) fn finish(self) -> io::Result<()> {
        let mut state = self.state.into_inner();
        match std::mem::replace(&mut state.stage, Stage::Plain) {
            Stage::Holding => state.out.write_all(&state.held)?,
            Stage::Paging(mut child, mut pipe) => {
                // A reader who left early has closed the pipe.
                let _ = pipe.flush();
                drop(pipe.into_parts());
                child.wait()?;
            }
            Stage::Plain => {}
        }
        state.out.flush()?;
        state.err.write_all(&state.remarks)
    }
}

impl State<'_> {
    fn hold(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.held.extend_from_slice(bytes);
        while let Some(end) = memchr::memchr(b'\n', &self.held[self.line_start..]) {
            let line = String::from_utf8_lossy(&self.held[self.line_start..][..end]);
            let width = anstream::adapter::strip_str(&line).to_string().width();
            self.n_lines += width.div_ceil(self.pager.columns.max(1)).max(1);
            self.line_start += end + 1;
        }
        // The prompt of the shell takes a line.
        if self.n_lines >= self.pager.rows { self.begin() } else { Ok(()) }
    }

    fn begin(&mut self) -> io::Result<()> {
        let held = std::mem::take(&mut self.held);
        if let Ok(mut child) = self.pager.start()
            && let Some(pipe) = child.stdin.take()
        {
            // ^C is for the pager, which would else be left alone with the terminal.
            let _ = ctrlc::set_handler(|| {});
            self.stage = Stage::Paging(child, BufWriter::new(pipe));
        } else {
            self.stage = Stage::Plain;
        }
        self.write(&held)
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        match &mut self.stage {
            Stage::Holding => self.hold(bytes),
            Stage::Paging(_, pipe) => pipe.write_all(bytes),
            Stage::Plain => self.out.write_all(bytes),
        }
    }
}

struct Output<'p, 'w>(&'p Pages<'w>);

impl Write for Output<'_, '_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.state.borrow_mut().write(bytes)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let mut state = self.0.state.borrow_mut();
        match &mut state.stage {
            Stage::Paging(_, pipe) => pipe.flush(),
            Stage::Plain => state.out.flush(),
            Stage::Holding => Ok(()),
        }
    }
}

struct Remarks<'p, 'w>(&'p Pages<'w>);

impl Write for Remarks<'_, '_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut state = self.0.state.borrow_mut();
        match state.stage {
            Stage::Holding if state.held.is_empty() => state.err.write_all(bytes)?,
            Stage::Plain => state.err.write_all(bytes)?,
            Stage::Holding | Stage::Paging(..) => state.remarks.extend_from_slice(bytes),
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.state.borrow_mut().err.flush()
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    /// Writes lines, a remark, and lines again; returns both streams.
    fn shown(program: &[&str], n_lines: usize) -> (String, String) {
        let words = program.iter().map(|word| (*word).to_owned()).collect();
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let pages = Pages::new(Pager { words, columns: 10, rows: 4 }, &mut out, &mut err);
        let written = (0..n_lines).try_for_each(|n| writeln!(pages.output(), "行{n}"));
        let _ = writeln!(pages.remarks(), "共{n_lines}行");
        assert!(written.is_ok() || written.is_err_and(|e| e.kind() == io::ErrorKind::BrokenPipe));
        pages.finish().expect("both streams are in memory");
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        (text(out), text(err))
    }

    #[test]
    fn what_fits_on_the_screen_is_written_as_it_is() {
        let expected = ("行0\n行1\n行2\n".to_owned(), "共3行\n".to_owned());
        assert_eq!(shown(&["false"], 3), expected);
    }

    #[test]
    fn what_is_longer_goes_to_the_pager_and_none_is_no_loss() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("shown");
        let script = format!("cat > {}", file.display());
        let (out, err) = shown(&["sh", "-c", &script], 9);
        assert_eq!((out.as_str(), err.as_str()), ("", "共9行\n"));
        assert_eq!(std::fs::read_to_string(file).unwrap().lines().count(), 9);
        let (out, err) = shown(&["/no/such/pager"], 9);
        assert_eq!((out.lines().count(), err.as_str()), (9, "共9行\n"));
    }

    #[test]
    fn a_reader_who_leaves_early_is_no_error() {
        let (out, err) = shown(&["true"], 100_000);
        assert_eq!((out.as_str(), err.as_str()), ("", "共100000行\n"));
    }

    #[test]
    fn a_line_wider_than_the_screen_takes_several() {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let words = vec!["true".to_owned()];
        let pages = Pages::new(Pager { words, columns: 10, rows: 3 }, &mut out, &mut err);
        writeln!(pages.output(), "{}", "行".repeat(15)).unwrap();
        assert!(matches!(pages.state.borrow().stage, Stage::Paging(..)));
        pages.finish().unwrap();
    }
}
