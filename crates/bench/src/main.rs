//! The `gangmu-bench` command: one run, all engines, a table in Markdown.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, bail};
use clap::Parser;
use gangmu_bench::corpus::Corpus;
use gangmu_bench::engine::Answered;
use gangmu_bench::process::{Cost, Server, cold, n_bytes, quantile, run};
use gangmu_bench::questions::{Asked, Kind, draw};
use gangmu_bench::report::{Measured, Table};
use gangmu_bench::vary;
use gangmu_ranking::{Law, read_laws};
use serde::Deserialize;

/// Measure building and asking the index beside tantivy, SQLite FTS5, ripgrep and Whoosh
#[derive(Parser)]
#[command(name = "gangmu-bench")]
struct Arguments {
    /// Clauses, one JSON a line: `id`, `law` or `doc`, `text`; gzipped where the name ends in .gz
    clauses: PathBuf,
    /// Judged queries, a JSON array with `query` in each; questions are made of the texts
    /// without it
    #[arg(long, value_name = "FILE")]
    questions: Option<PathBuf>,
    /// Make this many clauses of those given, and measure with them as well
    #[arg(long = "clauses", value_name = "N", default_value_t = 500_000)]
    n_made: usize,
    /// A few thousand clauses and one round, to see that everything runs
    #[arg(long)]
    quick: bool,
    /// Where the table is written
    #[arg(long, value_name = "FILE", default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/RESULTS.md"))]
    out: PathBuf,
    /// Where indexes are built; a folder of the system's for passing files without it
    #[arg(long, value_name = "DIR")]
    folder: Option<PathBuf>,
}

const SEED: u64 = 20_261_124;
/// Clauses of a quick run.
const QUICK_CLAUSES: usize = 6_000;
/// Questions of each kind, for engines that answer in less than a millisecond and for others.
const N_QUESTIONS: usize = 300;
const N_SLOW_QUESTIONS: usize = 30;
/// Rounds of all questions; each question counts with the median of its rounds.
const N_ROUNDS: usize = 5;
/// Clauses that Whoosh, which is some thirty times slower, is measured on.
const WHOOSH_CLAUSES: usize = 2_000;
/// Starts of each program.
const N_STARTS: usize = 200;

#[derive(Deserialize)]
struct Judged {
    query: String,
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let programs = Programs::build()?;
    let passing = tempfile::tempdir()?;
    let folder = arguments.folder.as_deref().unwrap_or(passing.path());
    let mut laws = read_laws(&arguments.clauses)?;
    if arguments.quick {
        laws = first(laws, QUICK_CLAUSES);
    }
    let sentences: Vec<Judged> = match &arguments.questions {
        Some(path) => serde_json::from_str(&fs::read_to_string(path)?)
            .with_context(|| format!("{} holds no queries", path.display()))?,
        None => Vec::new(),
    };
    let sentences: Vec<String> = sentences.into_iter().map(|judged| judged.query).collect();
    let n_questions = if arguments.quick { N_SLOW_QUESTIONS } else { N_QUESTIONS };
    let mut tables = Vec::new();
    let given = Corpus::write(&folder.join("given"), laws.clone())?;
    let asked = draw(&laws, &sentences, n_questions, SEED);
    let n_builds = if arguments.quick { 1 } else { 3 };
    tables.push(measure("given", &given, &asked, &laws, n_builds, &programs)?);
    if !arguments.quick && arguments.n_made > 0 {
        let made: Vec<Law> = vary::laws(&laws, arguments.n_made, SEED).collect();
        let corpus = Corpus::write(&folder.join("made"), made.iter().cloned())?;
        let asked = draw(&made, &sentences, n_questions, SEED);
        let sample = first(made, WHOOSH_CLAUSES);
        tables.push(measure("made of these, seeded", &corpus, &asked, &sample, 1, &programs)?);
    }
    let mut text = head()?;
    for table in &tables {
        text.push_str(&format!("\n{table}"));
    }
    // A note under the tables is written by hand and stays.
    let before = fs::read_to_string(&arguments.out).unwrap_or_default();
    if let Some(at) = before.find("\n## Notes") {
        text.push_str(&before[at..]);
    }
    fs::write(&arguments.out, &text)
        .with_context(|| format!("cannot write {}", arguments.out.display()))?;
    io::stdout().lock().write_all(text.as_bytes())?;
    Ok(())
}

/// The programs that take part.
struct Programs {
    gangmu: PathBuf,
    gangmu_engine: PathBuf,
    tantivy_engine: PathBuf,
    empty: PathBuf,
    /// Those that are not installed.
    missing: Vec<&'static str>,
}

impl Programs {
    /// Builds what is of this workspace and looks for the rest.
    fn build() -> anyhow::Result<Self> {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let workspace = Path::new(env!("CARGO_MANIFEST_DIR"));
        // Of the whole workspace, so that dependencies are built as for its tests.
        let programs = ["gangmu", "gangmu-engine", "tantivy-engine", "empty"];
        let built = Command::new(&cargo)
            .args(["build", "--release", "--quiet", "--workspace"])
            .args(programs.iter().flat_map(|program| ["--bin", program]))
            .current_dir(workspace)
            .status()?;
        if !built.success() {
            bail!("cargo build --release --workspace --bin {} failed", programs.join(" --bin "));
        }
        let this = std::env::current_exe()?;
        let folder = this.parent().context("this program is in no folder")?;
        let checks: [(&str, &[&str]); 4] = [
            ("rg", &["rg", "--version"]),
            ("sqlite3", &["sqlite3", "--version"]),
            ("fts5", &["python3", PEERS, "fts5", "check"]),
            ("whoosh", &["python3", PEERS, "whoosh", "check"]),
        ];
        let mut missing = Vec::new();
        for (name, check) in checks {
            let mut command = Command::new(check[0]);
            command.args(&check[1..]).stdout(Stdio::null()).stderr(Stdio::null());
            if !command.status().is_ok_and(|status| status.success()) {
                say(&format!("{name} is not installed and is left out"));
                missing.push(name);
            }
        }
        Ok(Self {
            gangmu: folder.join("gangmu"),
            gangmu_engine: folder.join("gangmu-engine"),
            tantivy_engine: folder.join("tantivy-engine"),
            empty: folder.join("empty"),
            missing,
        })
    }

    fn has(&self, name: &str) -> bool {
        !self.missing.contains(&name)
    }

    /// Returns the engines that build an index.
    fn engines(&self) -> Vec<Engine> {
        let python = |name: &str| vec!["python3".into(), PEERS.into(), name.into()];
        let mut engines = vec![
            Engine::new("gangmu", vec![self.gangmu_engine.clone()]),
            Engine::new("tantivy + jieba words", vec![self.tantivy_engine.clone()]),
        ];
        if self.has("fts5") {
            engines.push(Engine { slow: true, ..Engine::new("FTS5 trigram", python("fts5")) });
        }
        if self.has("whoosh") {
            let whoosh = Engine::new("Whoosh + jieba", python("whoosh"));
            engines.push(Engine { slow: true, sampled: true, ..whoosh });
        }
        engines
    }
}

const PEERS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/peers.py");

/// A way to search that has a process of its own.
struct Engine {
    name: &'static str,
    /// The program and its first arguments.
    program: Vec<PathBuf>,
    /// Whether it is asked fewer questions, once, and built once.
    slow: bool,
    /// Whether it is measured on a part of the clauses.
    sampled: bool,
}

impl Engine {
    fn new(name: &'static str, program: Vec<PathBuf>) -> Self {
        Self { name, program, slow: false, sampled: false }
    }

    fn command(&self, arguments: &[&Path]) -> Command {
        let mut command = Command::new(&self.program[0]);
        command.args(&self.program[1..]).args(arguments);
        command
    }
}

/// Measures all engines on one collection. Indexes are left beside the clauses.
fn measure(
    title: &str,
    corpus: &Corpus,
    asked: &[Asked],
    laws: &[Law],
    n_builds: usize,
    programs: &Programs,
) -> anyhow::Result<Table> {
    let folder = corpus.laws.parent().context("the clauses are in no folder")?;
    let engines = programs.engines();
    let sample = Corpus::write(&folder.join("sample"), first(laws.to_vec(), WHOOSH_CLAUSES))?;
    let mut costs: Vec<Vec<Cost>> = vec![Vec::new(); engines.len()];
    let index = |at: usize| folder.join(format!("index-{at}"));
    for round in 0..n_builds {
        for (at, engine) in engines.iter().enumerate().filter(|(_, e)| round == 0 || !e.slow) {
            say(&format!("{title}: {} builds", engine.name));
            let _ = fs::remove_dir_all(index(at));
            let laws = if engine.sampled { &sample.laws } else { &corpus.laws };
            costs[at].push(run(&mut engine.command(&[Path::new("build"), laws, &index(at)]))?);
        }
    }
    let mut measured = Vec::new();
    let answers = answers(title, &engines, &index, asked)?;
    for ((at, engine), answers) in engines.iter().enumerate().zip(answers) {
        let share = corpus.n_bytes as f64 / sample.n_bytes.max(1) as f64;
        let scale = if engine.sampled { share } else { 1.0 };
        let part = |name| format!("{name} ({} clauses, build and size scaled)", sample.n_clauses);
        let name = if engine.sampled { part(engine.name) } else { engine.name.to_owned() };
        measured.push(Measured {
            name,
            build: Some(median(&costs[at], scale)),
            index_bytes: Some((n_bytes(&index(at)) as f64 * scale) as u64),
            answers: summary(asked, &answers),
            cold: None,
        });
    }
    let empty = start(title, programs, corpus, asked, &index, &mut measured)?;
    let kinds = Kind::ALL.iter().map(|kind| kind.name()).collect();
    let megabytes = corpus.n_bytes as f64 / 1e6;
    let title = format!("{} clauses {title}, {megabytes:.1} MB of text", corpus.n_clauses);
    Ok(Table { title, n_bytes: corpus.n_bytes, engines: measured, kinds, empty })
}

/// Returns what each engine answered to each question it was asked, its rounds.
fn answers(
    title: &str,
    engines: &[Engine],
    index: &dyn Fn(usize) -> PathBuf,
    asked: &[Asked],
) -> anyhow::Result<Vec<Vec<Vec<Answered>>>> {
    let mut servers = Vec::new();
    for (at, engine) in engines.iter().enumerate() {
        servers.push(Server::start(&mut engine.command(&[Path::new("answer"), &index(at)]))?);
    }
    let mut answers = vec![vec![Vec::new(); asked.len()]; engines.len()];
    for round in 0..N_ROUNDS {
        for (at, engine) in engines.iter().enumerate().filter(|(_, e)| round == 0 || !e.slow) {
            say(&format!("{title}: {} answers", engine.name));
            for kind in Kind::ALL {
                let of_kind = (0..asked.len()).filter(|&at| asked[at].kind == kind);
                let most = if engine.slow { N_SLOW_QUESTIONS } else { usize::MAX };
                let places: Vec<usize> = of_kind.take(most).collect();
                let questions: Vec<Asked> = places.iter().map(|&at| asked[at].clone()).collect();
                for (place, answer) in places.into_iter().zip(servers[at].ask(&questions)?) {
                    answers[at][place].push(answer);
                }
            }
        }
    }
    Ok(answers)
}

/// Returns p50, p99 and the share of questions that found something, by kind.
fn summary(asked: &[Asked], answers: &[Vec<Answered>]) -> Vec<Option<(f64, f64, f64)>> {
    let of_kind = |kind: Kind| {
        let answered: Vec<&Vec<Answered>> = asked
            .iter()
            .zip(answers)
            .filter(|(asked, rounds)| asked.kind == kind && !rounds.is_empty())
            .map(|(_, rounds)| rounds)
            .collect();
        let mut times: Vec<f64> = answered
            .iter()
            .map(|rounds| {
                let mut times: Vec<f64> =
                    rounds.iter().map(|answer| answer.nanoseconds as f64 / 1e3).collect();
                quantile(&mut times, 0.5)
            })
            .collect();
        let found = answered.iter().filter(|rounds| rounds[0].found > 0).count();
        (!times.is_empty()).then(|| {
            let share = found as f64 / times.len() as f64;
            (quantile(&mut times, 0.5), quantile(&mut times, 0.99), share)
        })
    };
    Kind::ALL.into_iter().map(of_kind).collect()
}

/// Measures whole processes, adds ripgrep to the engines, and returns the time of an empty one.
fn start(
    title: &str,
    programs: &Programs,
    corpus: &Corpus,
    asked: &[Asked],
    index: &dyn Fn(usize) -> PathBuf,
    measured: &mut Vec<Measured>,
) -> anyhow::Result<f64> {
    say(&format!("{title}: processes are started"));
    // Three characters, so that every engine has a way to look them up.
    let words: Vec<&str> = asked
        .iter()
        .filter(|asked| asked.kind == Kind::Word && asked.words[0].chars().count() == 3)
        .map(|asked| asked.words[0].as_str())
        .collect();
    if words.is_empty() {
        bail!("no word of three characters was drawn; more clauses are needed");
    }
    let has_sqlite = programs.has("sqlite3") && programs.has("fts5");
    let database = index(2).join("clauses.db");
    let times = cold(N_STARTS, |run| {
        let word = words[run % words.len()];
        let mut gangmu = Command::new(&programs.gangmu);
        gangmu.args(["search", word, "--limit", "10", "--index"]).arg(index(0));
        let mut commands = vec![Command::new(&programs.empty), gangmu];
        if has_sqlite {
            let mut sqlite = Command::new("sqlite3");
            sqlite.arg(&database).arg(format!(
                "SELECT text FROM clause WHERE clause MATCH '\"{word}\"' ORDER BY rank LIMIT 10"
            ));
            commands.push(sqlite);
        }
        commands
    })?;
    measured[0].cold = Some(times[1]);
    if has_sqlite {
        measured[2].cold = Some(times[2]);
    }
    if programs.has("rg") {
        measured.push(scan(corpus, asked)?);
    }
    Ok(times[0])
}

/// Measures ripgrep, which counts the lines of one word or phrase in a whole process each time.
fn scan(corpus: &Corpus, asked: &[Asked]) -> anyhow::Result<Measured> {
    let count = |word: &str| {
        let mut command = Command::new("rg");
        command.args(["--fixed-strings", "--count", "--", word]).arg(&corpus.texts);
        command
    };
    let mut answers = Vec::new();
    for kind in Kind::ALL {
        if !matches!(kind, Kind::Word | Kind::Phrase | Kind::Count) {
            answers.push(None);
            continue;
        }
        let asked = asked.iter().filter(|asked| asked.kind == kind).take(N_SLOW_QUESTIONS);
        let mut times = Vec::new();
        for asked in asked {
            times.push(run(&mut count(&asked.words[0]))?.wall_seconds * 1e6);
        }
        answers.push(Some((quantile(&mut times, 0.5), quantile(&mut times, 0.99), 1.0)));
    }
    let word = asked.iter().find(|asked| asked.kind == Kind::Word).context("no word was drawn")?;
    let times = cold(N_SLOW_QUESTIONS, |_| vec![count(&word.words[0])])?;
    let name = "ripgrep".to_owned();
    Ok(Measured { name, answers, cold: Some(times[0]), ..Measured::default() })
}

/// Returns the median of each cost.
fn median(costs: &[Cost], scale: f64) -> Cost {
    let of = |value: &dyn Fn(&Cost) -> f64| {
        quantile(&mut costs.iter().map(value).collect::<Vec<_>>(), 0.5)
    };
    Cost {
        cpu_seconds: of(&|cost| cost.cpu_seconds) * scale,
        wall_seconds: of(&|cost| cost.wall_seconds) * scale,
        own_bytes: of(&|cost| cost.own_bytes as f64) as u64,
        resident_bytes: of(&|cost| cost.resident_bytes as f64) as u64,
    }
}

/// Returns the first laws with that many clauses at least.
fn first(laws: Vec<Law>, n_clauses: usize) -> Vec<Law> {
    let mut n = 0;
    let mut taken = Vec::new();
    for law in laws {
        if n >= n_clauses {
            break;
        }
        n += law.clauses.len();
        taken.push(law);
    }
    taken
}

/// Returns what the tables were measured with and how to read them.
fn head() -> anyhow::Result<String> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let output = |program: &str, arguments: &[&str]| {
        let output = Command::new(program).args(arguments).output().ok()?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        text.lines().next().map(|line| line.trim().to_owned())
    };
    let processor = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let processor =
        processor.lines().find_map(|line| line.strip_prefix("model name")?.split_once(':'));
    let processor = processor.map_or("unknown", |(_, name)| name.trim());
    let n_threads = std::thread::available_parallelism()?;
    let mut versions: Vec<String> = vec!["tantivy 0.27, jieba-rs 0.11".to_owned()];
    versions.extend(output("rustc", &["--version"]));
    versions.extend(output("rg", &["--version"]));
    versions.extend(output(
        "python3",
        &["-c", "import sqlite3; print('SQLite', sqlite3.sqlite_version)"],
    ));
    versions.extend(output(
        "python3",
        &["-c", "import whoosh; print('Whoosh', whoosh.versionstring())"],
    ));
    Ok(format!(
        "# Building and asking, beside others\n\n\
         `cargo run --release --bin gangmu-bench -- {}`, {}, {processor}, {n_threads} threads.\n{}.\n\n\
         Each build runs in a process of its own and reads the same file; builds and rounds of questions take turns, \
         and each figure is the median of its turns. gangmu finds every literal occurrence and ranks by words, \
         characters and pairs; tantivy holds jieba's words alone. Times of questions go from the words typed to the texts of the ten best; \
         ripgrep starts a process for each and counts. `something found` is the share of questions with an answer: \
         words and phrases are copied from the clauses, so all of them have one.\n",
        arguments.iter().map(|argument| name_of(argument)).collect::<Vec<_>>().join(" "),
        output("date", &["-u", "+%Y-%m-%d"]).unwrap_or_default(),
        versions.join("; "),
    ))
}

/// Returns a path's last part, and anything else as it is.
fn name_of(argument: &str) -> &str {
    Path::new(argument).file_name().and_then(|name| name.to_str()).unwrap_or(argument)
}

fn say(line: &str) {
    // Progress is of no use where standard error is closed.
    let _ = writeln!(io::stderr(), "{line}");
}
