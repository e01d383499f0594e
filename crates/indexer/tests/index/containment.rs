//! What a search finds is what a plain scan finds, for any words whatever.

use std::collections::BTreeSet;

use gangmu_indexer::Index;
use gangmu_model::{Division, Document};
use gangmu_query::{Clause, SearchQuery, Word, normalize};
use proptest::prelude::*;

use crate::plain::plain;
use crate::sample::{SEED, seed};

/// Lines with every kind of character a person may look for a part of.
const MIXED: [&str; 16] = [
    "到2027年,全省细颗粒物(PM2.5)平均浓度下降到32微克/立方米以下",
    "ＰＭ２．５、ＰＭ10 和 VOCs、NOx 排放总量比2020年下降18％",
    "大陆自然岸线保有率不低于35%,森林覆盖率达到42.5%",
    "坚守4.1万平方公里生态保护红线;耕地7,603万亩",
    "开展“六五”环境日、“世界地球日”宣传",
    "環境保護與碳達峰、碳中和　三年行動",
    "碳 达 峰 和 碳\n中和",
    "的的的的",
    "A",
    "国发〔2023〕24号《空气质量持续改善行动计划》",
    "①②③ ㎡ Ⅳ类 Ⅰ-Ⅲ类水体 ≥85.7%",
    "GB 3095—2012、HJ 633-2012 和 ISO14001",
    "𠮷野家与𪚥(罕见字),e\u{301}cole,İstanbul",
    "2025 年 12 月 31 日 前  完成",
    "emoji 👨‍👩‍👧 测试",
    "牵头单位:省林草局;责任单位:省农业农村厅等",
];

fn documents() -> Vec<Document> {
    vec![seed("liaoning", SEED), plain("mixed", &MIXED)]
}

/// The clauses in one of whose parts the word stands, by a plain scan.
fn scan(documents: &[Document], word: &str) -> BTreeSet<(String, String)> {
    let word = normalize(word).trim().to_owned();
    let holds = |document: &Document, division: &Division| {
        let assignments = document
            .assignments
            .iter()
            .filter(|assignment| assignment.division == division.id)
            .map(|assignment| assignment.text.as_str());
        division
            .title
            .as_deref()
            .into_iter()
            .chain([division.text.as_str()])
            .chain(assignments)
            .any(|part| normalize(part).contains(&word))
    };
    documents
        .iter()
        .flat_map(|document| document.divisions.iter().map(move |division| (document, division)))
        .filter(|(document, division)| holds(document, division))
        .map(|(document, division)| (document.id.clone(), division.id.to_string()))
        .collect()
}

fn search(index: &Index, words: &[&str]) -> BTreeSet<(String, String)> {
    let clauses = words
        .iter()
        .filter_map(|word| Word::new(word))
        .map(|word| Clause { any_of: vec![word] })
        .collect();
    let query = SearchQuery { clauses, limit: usize::MAX, ..SearchQuery::default() }.exact();
    let page = index.search(&query).unwrap();
    assert_eq!(page.total, page.records.len());
    for record in &page.records {
        let shown: Vec<char> = record.text.chars().collect();
        assert!(!record.highlights.is_empty(), "{words:?} in {record:?}");
        for &[start, end] in &record.highlights {
            assert!(start < end && end as usize <= shown.len());
        }
    }
    page.records.into_iter().map(|record| (record.document, record.division.to_string())).collect()
}

/// Every part of the documents that words are taken from.
fn parts(documents: &[Document]) -> Vec<Vec<char>> {
    documents
        .iter()
        .flat_map(|document| {
            let own = document.divisions.iter().flat_map(|division| {
                [division.title.clone().unwrap_or_default(), division.text.clone()]
            });
            own.chain(document.assignments.iter().map(|assignment| assignment.text.clone()))
        })
        .filter(|part| !part.is_empty())
        .map(|part| part.chars().collect())
        .collect()
}

#[test]
fn a_search_finds_what_a_scan_finds() {
    let documents = documents();
    let index = Index::in_memory(&documents).unwrap();
    let parts = parts(&documents);
    let config = ProptestConfig { cases: 400, ..ProptestConfig::default() };
    let piece = |(part, start, length): (usize, usize, usize)| -> String {
        let part = &parts[part % parts.len()];
        part[start % part.len()..].iter().take(length).collect()
    };
    let place = || (0usize..10_000, 0usize..10_000, 1usize..12);
    proptest!(config, |(first in place(), second in place())| {
        let (first, second) = (piece(first), piece(second));
        prop_assume!(Word::new(&first).is_some() && Word::new(&second).is_some());
        let of_first = scan(&documents, &first);
        prop_assert!(!of_first.is_empty());
        prop_assert_eq!(search(&index, &[&first]), of_first.clone(), "{:?}", first);
        let both: BTreeSet<_> = of_first.intersection(&scan(&documents, &second)).cloned().collect();
        prop_assert_eq!(search(&index, &[&first, &second]), both, "{:?} {:?}", first, second);
    });
}

#[test]
fn words_that_stand_nowhere_are_found_nowhere() {
    let documents = documents();
    let index = Index::in_memory(&documents).unwrap();
    let config = ProptestConfig { cases: 300, ..ProptestConfig::default() };
    proptest!(config, |(word in "[碳中和达峰的“”35%.,;PMa \u{3000}。到省]{1,6}")| {
        prop_assume!(Word::new(&word).is_some());
        prop_assert_eq!(search(&index, &[&word]), scan(&documents, &word), "{:?}", word);
    });
}

#[test]
fn every_single_character_is_found() {
    let documents = documents();
    let index = Index::in_memory(&documents).unwrap();
    let all: BTreeSet<char> = parts(&documents).into_iter().flatten().collect();
    for ch in all.into_iter().filter(|ch| !ch.is_whitespace()) {
        let word = ch.to_string();
        assert_eq!(search(&index, &[&word]), scan(&documents, &word), "{word}");
    }
}

#[test]
fn no_word_runs_from_one_part_into_the_next() {
    let index = Index::in_memory([&seed("liaoning", SEED)]).unwrap();
    // The title of (七) ends in 蓝天保卫战, its text begins with 以细颗粒物.
    assert!(search(&index, &["蓝天保卫战以细"]).is_empty());
    assert!(search(&index, &["蓝天保卫战。以细"]).is_empty());
}
