//! Processes and what they cost.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;

use crate::engine::Answered;
use crate::questions::Asked;

/// How often the memory of a process is looked at.
const EVERY: Duration = Duration::from_millis(5);

/// What a process took from start to end.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Cost {
    /// Seconds on the processor, all threads, in the program and for it.
    pub cpu_seconds: f64,
    /// Seconds from start to end.
    pub wall_seconds: f64,
    /// The most memory of its own, in bytes; pages of files it has mapped are not its own.
    pub own_bytes: u64,
    /// The most memory in bytes with mapped pages, which the system takes back at will.
    pub resident_bytes: u64,
}

/// Runs a command to its end.
///
/// # Errors
///
/// Where it cannot be started, or fails.
pub fn run(command: &mut Command) -> anyhow::Result<Cost> {
    let name = format!("{command:?}");
    let before = cpu_of_children()?;
    let start = Instant::now();
    let mut child =
        command.stdout(Stdio::null()).spawn().with_context(|| format!("cannot start {name}"))?;
    let id = child.id();
    let ended = AtomicBool::new(false);
    let (status, own_bytes, resident_bytes) = thread::scope(|scope| {
        let watch = scope.spawn(|| {
            let (mut own, mut resident) = (0, 0);
            while !ended.load(Ordering::Relaxed) {
                own = own.max(memory(id, "RssAnon"));
                resident = resident.max(memory(id, "VmHWM"));
                thread::sleep(EVERY);
            }
            (own, resident)
        });
        let status = child.wait();
        ended.store(true, Ordering::Relaxed);
        let (own, resident) = watch.join().unwrap_or_default();
        (status, own, resident)
    });
    let wall_seconds = start.elapsed().as_secs_f64();
    if !status?.success() {
        bail!("{name} failed");
    }
    let cpu_seconds = (cpu_of_children()? - before) as f64 / 1e6;
    Ok(Cost { cpu_seconds, wall_seconds, own_bytes, resident_bytes })
}

/// Runs short commands that take turns, `n_runs` times, and returns the median time
/// on the processor of each in microseconds. `commands` makes them for each turn,
/// always as many. What they print and how they exit is left alone.
///
/// # Errors
///
/// Where one cannot be started.
pub fn cold(
    n_runs: usize,
    mut commands: impl FnMut(usize) -> Vec<Command>,
) -> anyhow::Result<Vec<f64>> {
    let mut times: Vec<Vec<f64>> = Vec::new();
    for run in 0..n_runs {
        let commands = commands(run);
        times.resize(commands.len(), Vec::new());
        for (mut command, times) in commands.into_iter().zip(&mut times) {
            let before = cpu_of_children()?;
            let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
            status.with_context(|| format!("cannot start {command:?}"))?;
            times.push((cpu_of_children()? - before) as f64);
        }
    }
    Ok(times.iter_mut().map(|times| quantile(times, 0.5)).collect())
}

/// Returns the value below which that share of the values lies; 0 of none.
pub fn quantile(values: &mut [f64], share: f64) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    let at = (values.len() as f64 * share) as usize;
    values.get(at.min(values.len().saturating_sub(1))).copied().unwrap_or_default()
}

/// Returns the bytes of the files in a folder, or of a file.
pub fn n_bytes(path: &Path) -> u64 {
    let Ok(entries) = fs::read_dir(path) else {
        return fs::metadata(path).map_or(0, |found| found.len());
    };
    entries.flatten().map(|entry| n_bytes(&entry.path())).sum()
}

/// Microseconds on the processor of all children that have ended.
fn cpu_of_children() -> anyhow::Result<i64> {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    Ok(usage.user_time().num_microseconds() + usage.system_time().num_microseconds())
}

/// Returns a line of `/proc/ID/status` in bytes; 0 where there is none.
fn memory(id: u32, name: &str) -> u64 {
    let status = fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    let kilobytes =
        line.and_then(|line| line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok());
    kilobytes.unwrap_or_default() * 1024
}

/// A process that answers rounds of questions.
pub struct Server {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Server {
    /// Starts it.
    ///
    /// # Errors
    ///
    /// Where it cannot be started.
    pub fn start(command: &mut Command) -> anyhow::Result<Self> {
        let name = format!("{command:?}");
        let spawned = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut child = spawned.with_context(|| format!("cannot start {name}"))?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            bail!("{name} has no streams");
        };
        Ok(Self { child, input, output: BufReader::new(output) })
    }

    /// Puts a round of questions to it.
    ///
    /// # Errors
    ///
    /// Where it ended, or answers otherwise than it should.
    pub fn ask(&mut self, round: &[Asked]) -> anyhow::Result<Vec<Answered>> {
        serde_json::to_writer(&mut self.input, round)?;
        self.input.write_all(b"\n")?;
        self.input.flush()?;
        let mut line = String::new();
        self.output.read_line(&mut line)?;
        serde_json::from_str(&line).context("an engine ended before it answered")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It has nothing to write; how it ends is of no interest.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
