//! A page is a part of all that is found, though most of what cannot stand on it is not looked at.

use gangmu_indexer::{Index, IndexWriter};
use gangmu_query::{SearchQuery, Sort};

use crate::plain::plain;

/// Paragraphs in which 湿地 stands once to three times among more or fewer other words.
fn texts(n: usize, longest: usize) -> Vec<String> {
    let text = |at: usize| {
        let others = "保护森林河湖草原".repeat(1 + at * 7 % longest);
        format!("{}{others}", "湿地公园".repeat(1 + at * 5 % 3))
    };
    (0..n).map(text).collect()
}

#[test]
fn a_page_holds_the_best_of_all_whatever_pieces_the_index_has() {
    let home = tempfile::tempdir().unwrap();
    let mut writer = IndexWriter::create(home.path(), "").unwrap();
    // Pieces of alike size stay apart, and each has clauses of another length.
    for (id, longest) in [("b", 40), ("a", 3), ("c", 11), ("d", 90)] {
        let texts = texts(700, longest);
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        writer.add(&plain(id, &texts)).unwrap();
        writer.commit().unwrap();
    }
    writer.remove("c").unwrap();
    writer.commit().unwrap();
    drop(writer);
    let index = Index::open(home.path(), "").unwrap();
    for (typed, sort) in ["湿地", "湿地公园", "森林 湿地", "湿地公园 保护"]
        .map(|typed| (typed, Sort::Score))
        .into_iter()
        .chain([("湿地", Sort::Date), ("湿地", Sort::Document)])
    {
        let query = SearchQuery { sort, ..SearchQuery::parse(typed).unwrap() };
        let all = index.search(&SearchQuery { limit: usize::MAX, ..query.clone() }).unwrap();
        assert_eq!((all.total, all.records.len()), (2100, 2100));
        for (offset, limit) in [(0, 1), (0, 10), (25, 10), (690, 30), (2095, 10)] {
            let page = index.search(&SearchQuery { offset, limit, ..query.clone() }).unwrap();
            let expected = &all.records[offset..2100.min(offset + limit)];
            assert_eq!((page.total, page.records.as_slice()), (2100, expected), "{typed} {offset}");
        }
    }
}
