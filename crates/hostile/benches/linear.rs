//! Whether reading stays linear on hostile texts, in time and in memory.
//!
//! Each shape is read at a quarter, a half and the whole of its size. A row
//! says how fast each is read and how many times longer a byte takes at full
//! size than at a quarter: near 1 where reading is linear, near 4 where it is
//! quadratic. Peak memory is that of reading alone, beside the text's bytes.
//!
//! `cargo bench -p gangmu-hostile` reads every shape, and
//! `cargo bench -p gangmu-hostile -- WORD…` those whose name holds a word;
//! `--divide=20` makes every size a twentieth.

use std::alloc::{GlobalAlloc, Layout, System};
use std::hint::black_box;
use std::io::Write;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use gangmu_hostile::{SHAPES, Shape};
use gangmu_model::verify;
use gangmu_parser::{ParseOptions, parse};

/// Counts the bytes that are allocated, and the most there were at once.
struct Counting;

static LIVE: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

fn grow(bytes: usize) {
    let live = LIVE.fetch_add(bytes, Ordering::Relaxed) + bytes;
    PEAK.fetch_max(live, Ordering::Relaxed);
}

// SAFETY: every call goes to the system's allocator unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        grow(layout.size());
        // SAFETY: the caller keeps the contract of `alloc`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        LIVE.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: the caller keeps the contract of `dealloc`.
        unsafe { System.dealloc(block, layout) }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // While a block moves, both copies may be there.
        grow(size);
        LIVE.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: the caller keeps the contract of `realloc`.
        unsafe { System.realloc(block, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// The size beside which all others are read.
const ORDINARY: Shape = Shape {
    name: "ordinary text: the founding document over and over",
    full: 200,
    write: |n| include_str!("../../../seeds/documents/liaoning-meili-2024.txt").repeat(n),
};

/// Time for which small texts are read again, so that one reading's luck does not count.
const LEAST: Duration = Duration::from_millis(40);

/// What reading one text took.
struct Reading {
    bytes: usize,
    parse: Duration,
    verify: Duration,
    /// Most bytes allocated at once while parsing, the text not counted.
    peak: usize,
}

impl Reading {
    fn of(shape: &Shape, size: usize) -> Self {
        let text = (shape.write)(size);
        let options = ParseOptions::default();
        let (mut parse_best, mut verify_best) = (Duration::MAX, Duration::MAX);
        let begin = Instant::now();
        let peak = loop {
            let live = LIVE.load(Ordering::Relaxed);
            PEAK.store(live, Ordering::Relaxed);
            let start = Instant::now();
            let document = black_box(parse(&text, &options));
            parse_best = parse_best.min(start.elapsed());
            let peak = PEAK.load(Ordering::Relaxed) - live;
            let start = Instant::now();
            assert!(verify(&document, &text).is_empty(), "{} loses something", shape.name);
            verify_best = verify_best.min(start.elapsed());
            if begin.elapsed() > LEAST {
                break peak;
            }
        };
        Self { bytes: text.len(), parse: parse_best, verify: verify_best, peak }
    }

    fn megabytes_per_second(&self) -> f64 {
        self.bytes as f64 / 1e6 / self.parse.as_secs_f64()
    }
}

/// How many times longer a byte takes in the second reading.
fn ratio(small: (usize, Duration), large: (usize, Duration)) -> f64 {
    (large.1.as_secs_f64() / large.0 as f64) / (small.1.as_secs_f64() / small.0 as f64)
}

fn report(shape: &Shape, divisor: usize) {
    let size = shape.full / divisor;
    let [quarter, half, whole] = [4, 2, 1].map(|part| Reading::of(shape, size / part));
    // A closed pipe takes nothing from the measurement.
    let _ = writeln!(
        std::io::stdout().lock(),
        "{:>9.2} MB {:>8.2} {:>8.2} {:>8.2} MB/s  x{:<5.2} verify x{:<5.2} memory {:>6.1}x  {}",
        whole.bytes as f64 / 1e6,
        quarter.megabytes_per_second(),
        half.megabytes_per_second(),
        whole.megabytes_per_second(),
        ratio((quarter.bytes, quarter.parse), (whole.bytes, whole.parse)),
        ratio((quarter.bytes, quarter.verify), (whole.bytes, whole.verify)),
        whole.peak as f64 / whole.bytes as f64,
        shape.name,
    );
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    // `cargo test --benches` only proves that the bench runs.
    let divisor = if args.iter().any(|arg| arg == "--test") {
        1000
    } else {
        args.iter().find_map(|arg| arg.strip_prefix("--divide=")?.parse().ok()).unwrap_or(1)
    };
    let words: Vec<&String> = args.iter().filter(|arg| !arg.starts_with("--")).collect();
    if !args.iter().any(|arg| arg == "--skip-ordinary") {
        report(&ORDINARY, divisor.min(50));
    }
    for shape in SHAPES {
        if words.is_empty()
            || words.iter().any(|word| {
                shape.name.contains(word.as_str()) || word.strip_prefix('=') == Some(shape.name)
            })
        {
            report(shape, divisor);
        }
    }
}
