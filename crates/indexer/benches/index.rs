//! How long it takes to build an index and to ask it, beside a plain scan.
//!
//! `cargo bench -p gangmu-indexer`. The documents are copies of the shipped one
//! with other numbers in each, so that no two are alike.

#![allow(clippy::unwrap_used, reason = "a bench that cannot go on may say so by a panic")]

#[path = "../tests/index/sample.rs"]
mod sample;

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use gangmu_indexer::{Index, IndexWriter};
use gangmu_model::Document;
use gangmu_query::{SearchQuery, normalize};
use memchr::memmem::Finder;

/// Returns copies of the shipped document in which every digit is moved on by
/// the number of the copy and its place.
fn copies(n_copies: usize) -> Vec<Document> {
    (0..n_copies)
        .map(|copy| {
            let moved = |(at, ch): (usize, char)| match ch.to_digit(10) {
                Some(digit) if ch.is_ascii() => {
                    char::from_digit((digit + (copy * 7 + at) as u32) % 10, 10).unwrap_or(ch)
                }
                _ => ch,
            };
            let text: String = sample::SEED.chars().enumerate().map(moved).collect();
            sample::seed(&format!("copy-{copy:05}"), &text)
        })
        .collect()
}

fn n_bytes(documents: &[Document]) -> u64 {
    let texts = documents.iter().flat_map(|document| &document.divisions);
    texts.map(|division| division.text.len() as u64).sum()
}

fn build(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("build");
    group.sample_size(10);
    for n_copies in [1, 50] {
        let documents = copies(n_copies);
        group.throughput(Throughput::Bytes(n_bytes(&documents)));
        group.bench_function(BenchmarkId::new("in memory", n_copies), |bench| {
            bench.iter(|| Index::in_memory(&documents).unwrap());
        });
        group.bench_function(BenchmarkId::new("on disk", n_copies), |bench| {
            bench.iter(|| {
                let home = tempfile::tempdir().unwrap();
                let mut writer = IndexWriter::create(home.path(), "bench").unwrap();
                documents.iter().for_each(|document| writer.add(document).unwrap());
                writer.commit().unwrap();
            });
        });
        group.bench_function(BenchmarkId::new("floor: normalize", n_copies), |bench| {
            bench.iter(|| {
                for division in documents.iter().flat_map(|document| &document.divisions) {
                    black_box(normalize(&division.text));
                }
            });
        });
    }
    group.finish();
}

fn ask(criterion: &mut Criterion) {
    let documents = copies(200);
    let home = tempfile::tempdir().unwrap();
    let mut writer = IndexWriter::create(home.path(), "bench").unwrap();
    documents.iter().for_each(|document| writer.add(document).unwrap());
    writer.commit().unwrap();
    let index = Index::open(home.path(), "bench").unwrap();
    let texts: Vec<String> = documents
        .iter()
        .flat_map(|document| &document.divisions)
        .map(|division| normalize(&division.text))
        .collect();
    let mut group = criterion.benchmark_group("ask 200 copies");
    group.bench_function("open and ask 止锚湾", |bench| {
        let query = SearchQuery { limit: 10, ..SearchQuery::parse("止锚湾").unwrap() };
        bench.iter(|| Index::open(home.path(), "bench").unwrap().search(&query).unwrap());
    });
    for words in ["止锚湾", "生态", "黑臭水体 农村", "的", "防治土壤污染应当采取哪些措施"]
    {
        let query = SearchQuery { limit: 10, ..SearchQuery::parse(words).unwrap() };
        group.bench_function(BenchmarkId::new("search", words), |bench| {
            bench.iter(|| index.search(&query).unwrap());
        });
        let finders: Vec<Finder<'_>> = words.split(' ').map(Finder::new).collect();
        group.bench_function(BenchmarkId::new("floor: scan of the texts", words), |bench| {
            bench.iter(|| {
                let holds = |text: &&String| {
                    finders.iter().all(|finder| finder.find(text.as_bytes()).is_some())
                };
                texts.iter().filter(holds).count()
            });
        });
    }
    group.finish();
}

criterion_group!(benches, build, ask);
criterion_main!(benches);
