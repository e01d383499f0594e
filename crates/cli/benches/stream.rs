//! Lines a second of `parse - --input jsonl`, and the memory that it takes, beside a
//! floor that reads the same lines as JSON and writes them again.
//!
//! `cargo bench --bench stream`; both run in turns, and the best of each counts.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a bench tells what it measured")]

use std::io::{self, BufRead as _, Write as _};
use std::time::{Duration, Instant};

use gangmu::{Exit, Language, Terminal};
use gangmu_gauge::{Counting, memory};

#[global_allocator]
static ALLOCATOR: Counting = Counting;

const ROUNDS: usize = 3;

fn main() {
    let document = include_str!("../../../seeds/documents/liaoning-meili-2024.txt");
    let long = serde_json::json!({ "text": document }).to_string();
    println!("{:<10} {:>8} {:>12} {:>12} {:>7}", "lines", "number", "lines/s", "floor", "ratio");
    for (name, n_lines) in [("short", 200_000), ("broken", 2_000_000), ("documents", 300)] {
        let input = lines(name, n_lines, &long);
        let (mut stream, mut floor) = (Duration::MAX, Duration::MAX);
        for _ in 0..ROUNDS {
            stream = stream.min(timed(|| assert_eq!(run(&input), Exit::Found)));
            floor = floor.min(timed(|| copy(&input)));
        }
        let per_second = |time: Duration| n_lines as f64 / time.as_secs_f64();
        println!(
            "{name:<10} {n_lines:>8} {:>12.0} {:>12.0} {:>7.3}",
            per_second(stream),
            per_second(floor),
            floor.as_secs_f64() / stream.as_secs_f64()
        );
    }
    println!("\nMiB taken at most, the input left out");
    for n_lines in [1_000, 10_000, 100_000] {
        let input = lines("short", n_lines, &long);
        let (_, taken) = memory(|| run(&input));
        println!("{:<10} {n_lines:>8} {:>12.1}", "short", taken.most as f64 / f64::from(1 << 20));
    }
    for n_lines in [30, 300] {
        let input = lines("documents", n_lines, &long);
        let (_, taken) = memory(|| run(&input));
        println!(
            "{:<10} {n_lines:>8} {:>12.1}",
            "documents",
            taken.most as f64 / f64::from(1 << 20)
        );
    }
}

fn lines(name: &str, n_lines: usize, long: &str) -> Vec<u8> {
    let mut input = Vec::new();
    for at in 0..n_lines {
        match name {
            "short" => writeln!(input, "{{\"id\":\"x{at}\",\"text\":\"一、短。\"}}").unwrap(),
            "broken" => writeln!(input, "{{\"id\":\"x{at}\",\"text\"").unwrap(),
            _ => writeln!(input, "{long}").unwrap(),
        }
    }
    input
}

fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn run(mut input: &[u8]) -> Exit {
    let mut terminal = Terminal {
        input: &mut input,
        out: &mut io::sink(),
        err: &mut io::sink(),
        columns: None,
        color: false,
        progress: false,
        language: Language::English,
    };
    let args = ["gangmu", "parse", "-", "--input", "jsonl"].map(Into::into);
    gangmu::run(args, &mut terminal)
}

/// Reads each line as JSON and writes it again; what is broken is left out.
fn copy(input: &[u8]) {
    for line in input.lines() {
        if let Ok(value) = serde_json::from_str::<serde_json::Value>(&line.unwrap()) {
            serde_json::to_writer(io::sink(), &value).unwrap();
        }
    }
}
