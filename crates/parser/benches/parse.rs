//! Reading speed on the founding document and on 200 varied copies of it,
//! beside two floors in the same run: a pass over the text with memchr, and the
//! bare split into lines. The last lines printed are the ratios to the floors,
//! from interleaved runs, and the memory one reading takes as a multiple of its text.

use std::hint::black_box;
use std::io::Write;
use std::time::{Duration, Instant};

use criterion::{Criterion, Throughput, criterion_group};
use gangmu_parser::{ParseOptions, parse};

const FOUNDING: &str = include_str!("../../../seeds/documents/liaoning-meili-2024.txt");

/// Copies of the founding document in the large input.
const N_COPIES: usize = 200;

/// Runs of each reading from which the fastest is taken.
const N_RUNS: usize = 9;

#[global_allocator]
static ALLOCATOR: gangmu_gauge::Counting = gangmu_gauge::Counting;

/// Bytes that reading a text takes at most beside the text, and bytes of the
/// document that is left, each as a multiple of the text.
fn memory(text: &str, options: &ParseOptions) -> [f64; 2] {
    let (document, taken) = gangmu_gauge::memory(|| parse(text, options));
    drop(black_box(document));
    [taken.most, taken.left].map(|bytes| bytes as f64 / text.len() as f64)
}

/// Copies of the founding document whose numbers differ, as one text each.
fn varied_copies() -> Vec<String> {
    (0..N_COPIES)
        .map(|copy| {
            let mut text = String::with_capacity(FOUNDING.len());
            for ch in FOUNDING.chars() {
                match ch.to_digit(10) {
                    // Years stay years: only the last two digits of a number move.
                    Some(digit) if copy > 0 && digit > 2 => {
                        let moved = 3 + (digit as usize - 3 + copy) % 7;
                        text.push(char::from(b'0' + moved as u8));
                    }
                    _ => text.push(ch),
                }
            }
            text
        })
        .collect()
}

fn memchr_floor(texts: &[String]) -> usize {
    texts.iter().map(|text| memchr::memchr_iter(b'\n', text.as_bytes()).count()).sum()
}

fn lines_floor(texts: &[String]) -> usize {
    texts.iter().flat_map(|text| text.lines()).map(|line| line.trim().len()).sum()
}

fn read_all(texts: &[String], options: &ParseOptions) -> usize {
    texts.iter().map(|text| parse(text, options).divisions.len()).sum()
}

fn benches(criterion: &mut Criterion) {
    let options = ParseOptions::default();
    for (name, texts) in [("one", vec![FOUNDING.to_owned()]), ("200-copies", varied_copies())] {
        let bytes: usize = texts.iter().map(String::len).sum();
        let mut group = criterion.benchmark_group(name);
        group.throughput(Throughput::Bytes(bytes as u64)).sample_size(10);
        group.bench_function("floor: memchr", |bencher| {
            bencher.iter(|| memchr_floor(black_box(&texts)))
        });
        group.bench_function("floor: lines", |bencher| {
            bencher.iter(|| lines_floor(black_box(&texts)))
        });
        group.bench_function("parse", |bencher| {
            bencher.iter(|| read_all(black_box(&texts), &options))
        });
        group.finish();
    }
}

/// The fastest of several runs of each of three readings, taken in turns.
fn interleaved(texts: &[String]) -> [Duration; 3] {
    let options = ParseOptions::default();
    let mut best = [Duration::MAX; 3];
    for _ in 0..N_RUNS {
        let readings: [&dyn Fn() -> usize; 3] =
            [&|| memchr_floor(texts), &|| lines_floor(texts), &|| read_all(texts, &options)];
        for (slot, reading) in best.iter_mut().zip(readings) {
            let start = Instant::now();
            black_box(reading());
            *slot = (*slot).min(start.elapsed());
        }
    }
    best
}

fn ratios() {
    let texts = varied_copies();
    let megabytes = texts.iter().map(String::len).sum::<usize>() as f64 / 1e6;
    let [memchr, lines, parse] = interleaved(&texts);
    let options = ParseOptions::default();
    let [most, left] = memory(FOUNDING, &options);
    let joined = texts.concat();
    let [most_of_joined, left_of_joined] = memory(&joined, &options);
    let mut out = std::io::stdout().lock();
    // A closed pipe takes nothing from the measurement.
    let _ = writeln!(
        out,
        "\n{megabytes:.1} MB: parse {:.1} MB/s, {:.1} x the time of the line split, {:.0} x that of a memchr pass",
        megabytes / parse.as_secs_f64(),
        parse.as_secs_f64() / lines.as_secs_f64(),
        parse.as_secs_f64() / memchr.as_secs_f64(),
    );
    let _ = writeln!(
        out,
        "memory beside the text: at most {most:.1} x one document, of which the result {left:.1} x; \
         all copies as one text {most_of_joined:.1} x and {left_of_joined:.1} x",
    );
}

criterion_group!(all, benches);

fn main() {
    all();
    Criterion::default().configure_from_args().final_summary();
    // `cargo test --benches` only proves that the bench runs.
    if !std::env::args().any(|arg| arg == "--test") {
        ratios();
    }
}
