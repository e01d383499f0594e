//! Reading speed of each format on the files of `tests/formats`, beside pdftotext
//! and pandoc where they are installed, in interleaved runs.
//!
//! A row is a file: its size, the size of its text, the fastest of several
//! readings, MB of text a second, and the most memory that one reading takes, as a
//! multiple of the file. Other programs are named with their time and that of
//! starting them for nothing.

#![allow(clippy::print_stdout, reason = "a bench says what it measured")]

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use gangmu_ingest::{Options, read};

/// Readings of each file from which the fastest is taken.
const N_RUNS: usize = 15;

#[global_allocator]
static ALLOCATOR: gangmu_gauge::Counting = gangmu_gauge::Counting;

/// Another program that reads a kind of file.
struct Other {
    name: &'static str,
    endings: &'static [&'static str],
    /// What stands before and behind the file's name.
    arguments: [&'static [&'static str]; 2],
    /// What makes it start and end at once.
    nothing: &'static str,
}

const OTHERS: &[Other] = &[
    Other { name: "pdftotext", endings: &["pdf"], arguments: [&[], &["-"]], nothing: "-v" },
    Other {
        name: "pandoc",
        endings: &["docx", "html"],
        arguments: [&["-t", "plain"], &[]],
        nothing: "--version",
    },
];

impl Other {
    /// Runs the program over a file, or for nothing; `None` where it is not installed.
    fn run(&self, file: Option<&Path>) -> Option<()> {
        let mut command = Command::new(self.name);
        let [before, behind] = self.arguments;
        match file {
            Some(file) => command.args(before).arg(file).args(behind),
            None => command.arg(self.nothing),
        };
        command.stdout(Stdio::null()).stderr(Stdio::null()).status().ok().map(|_| ())
    }
}

fn time<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let begun = Instant::now();
    let done = black_box(work());
    (begun.elapsed(), done)
}

fn measure(path: &Path) {
    let bytes = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    // No other program is run by the one that is measured.
    let options = Options { without_converters: true, ..Options::default() };
    let Ok(decoded) = read(&bytes, path, &options) else { return };
    let n_text = decoded.text.len();
    drop(decoded);
    let (again, taken) = gangmu_gauge::memory(|| read(&bytes, path, &options));
    drop(again);
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let other = OTHERS.iter().find(|other| other.endings.contains(&ending));
    let mut ours = Duration::MAX;
    let mut theirs: Option<[Duration; 2]> = None;
    for _ in 0..N_RUNS {
        let (took, decoded) = time(|| read(black_box(&bytes), path, &options));
        ours = ours.min(took);
        drop(decoded);
        if let Some(other) = other {
            let (took, ran) = time(|| other.run(Some(path)));
            let (started, _) = time(|| other.run(None));
            let [best, best_start] = theirs.unwrap_or([Duration::MAX; 2]);
            theirs = ran.map(|()| [best.min(took), best_start.min(started)]);
        }
    }
    let most = taken.most as f64 / bytes.len() as f64;
    let speed = n_text as f64 / 1e6 / ours.as_secs_f64();
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    print!(
        "{name:34} {:7} B, text {n_text:6} B, {:8.3} ms, {speed:7.1} MB/s, memory {most:5.1} times",
        bytes.len(),
        ours.as_secs_f64() * 1e3
    );
    if let (Some(other), Some([took, started])) = (other, theirs) {
        let [took, started] = [took, started].map(|each| each.as_secs_f64() * 1e3);
        print!("; {} {took:.1} ms, started {started:.1} ms", other.name);
    }
    println!();
}

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(root.join("tests/formats"))
        .expect("the files are shipped")
        .map(|entry| entry.expect("the folder is read").path())
        .filter(|path| gangmu_ingest::is_document_name(path))
        .collect();
    paths.push(root.join("seeds/documents/liaoning-meili-2024.txt"));
    paths.sort();
    for path in paths {
        measure(&path);
    }
}
