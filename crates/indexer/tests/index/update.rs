//! What went in comes out, however it went in.

use std::path::Path;

use gangmu_indexer::{Index, IndexWriter};
use gangmu_model::Document;
use gangmu_query::{SearchPage, SearchQuery};

use crate::plain::plain;
use crate::sample::{SEED, seed};

fn documents() -> Vec<Document> {
    let older = SEED.replace("2027", "2026").replace("黑土地", "棕壤");
    vec![
        seed("a-older", &older),
        seed("liaoning", SEED),
        plain("z", &["黑土地保护。", "碳中和与碳达峰。"]),
    ]
}

fn write(directory: &Path, write: impl FnOnce(&mut IndexWriter)) -> Index {
    let mut writer = IndexWriter::open_or_create(directory, "lists-1").unwrap();
    write(&mut writer);
    writer.commit().unwrap();
    drop(writer);
    Index::open(directory, "lists-1").unwrap()
}

fn answers(index: &Index) -> Vec<SearchPage> {
    ["黑土地", "碳中和", "生态 建设", "省发展改革委", "土壤污染如何防治", "title:美", "-的"]
        .map(|query| {
            let query = SearchQuery::parse(query).unwrap();
            index.search(&SearchQuery { limit: 200, ..query }).unwrap()
        })
        .to_vec()
}

/// Compares answers and shows the first records that differ, not all.
#[track_caller]
fn assert_same(left: &[SearchPage], right: &[SearchPage]) {
    for (left, right) in left.iter().zip(right) {
        assert_eq!((left.total, left.relaxed), (right.total, right.relaxed));
        for (left, right) in left.records.iter().zip(&right.records) {
            assert_eq!(left, right);
        }
    }
}

#[test]
fn documents_come_back_as_they_went_in() {
    let home = tempfile::tempdir().unwrap();
    let documents = documents();
    let index = write(home.path(), |writer| {
        documents.iter().rev().for_each(|document| writer.add(document).unwrap());
    });
    let back: Vec<Document> = index.documents().unwrap().map(Result::unwrap).collect();
    assert_eq!(back, documents);
    assert_eq!(index.document("liaoning").unwrap().as_ref(), Some(&documents[1]));
    assert_eq!(index.document("nobody").unwrap(), None);
    let memory = Index::in_memory(&documents).unwrap();
    let back: Vec<Document> = memory.documents().unwrap().map(Result::unwrap).collect();
    assert_eq!(back, documents);
}

#[test]
fn the_same_documents_answer_the_same_however_they_came_in() {
    let documents = documents();
    let memory = answers(&Index::in_memory(&documents).unwrap());
    let backwards = answers(&Index::in_memory(documents.iter().rev()).unwrap());
    assert_same(&memory, &backwards);
    let home = tempfile::tempdir().unwrap();
    let at_once = write(home.path(), |writer| {
        documents.iter().for_each(|document| writer.add(document).unwrap());
    });
    assert_same(&answers(&at_once), &memory);

    let home = tempfile::tempdir().unwrap();
    let stranger = plain("m", &["黑土地和碳中和，生态建设，省发展改革委。"]);
    write(home.path(), |writer| writer.add(&documents[2]).unwrap());
    write(home.path(), |writer| writer.add(&seed("liaoning", &SEED.replace("的", "之"))).unwrap());
    write(home.path(), |writer| {
        writer.add(&stranger).unwrap();
        writer.add(&documents[0]).unwrap();
    });
    let piecemeal = write(home.path(), |writer| {
        writer.remove("m").unwrap();
        writer.add(&documents[1]).unwrap();
        writer.add(&documents[1]).unwrap();
        writer.remove("nobody").unwrap();
    });
    assert_same(&answers(&piecemeal), &memory);
}

/// Returns a document of some clauses whose words differ from number to number.
fn numbered(n: usize, edition: usize) -> Document {
    let subjects = ["黑土地", "碳中和", "生态建设", "省发展改革委", "土壤污染", "防治"];
    let texts: Vec<String> = (0..5 + n % 3)
        .map(|at| {
            let of = |step: usize| subjects[(n * step + at + edition) % subjects.len()];
            format!("第{at}条：推进{}和{}的工作，{}如何保护。", of(1), of(3), of(5))
        })
        .collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    plain(&format!("d{n:03}"), &texts)
}

#[test]
fn pieces_and_removed_records_change_no_answer() {
    let home = tempfile::tempdir().unwrap();
    write(home.path(), |writer| {
        (0..200).for_each(|n| writer.add(&numbered(n, 0)).unwrap());
    });
    // Each commit leaves a piece beside the large one, with records removed from it.
    for n in [3, 77, 140, 201, 8, 199] {
        write(home.path(), |writer| writer.add(&numbered(n, 1)).unwrap());
    }
    let piecemeal = write(home.path(), |writer| writer.remove("d050").unwrap());
    let changed = [3, 77, 140, 201, 8, 199];
    let documents: Vec<Document> = (0..202)
        .filter(|n| ![50, 200].contains(n))
        .map(|n| numbered(n, usize::from(changed.contains(&n))))
        .collect();
    let at_once = Index::in_memory(&documents).unwrap();
    assert_same(&answers(&piecemeal), &answers(&at_once));
    let n_segment_files = std::fs::read_dir(home.path().join("data-000001"))
        .unwrap()
        .filter(|entry| entry.as_ref().unwrap().path().extension().is_some_and(|e| e == "store"))
        .count();
    assert!((2..5).contains(&n_segment_files), "{n_segment_files} pieces");
}

#[test]
fn an_index_is_opened_while_another_takes_its_place() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().to_owned();
    write(&path, |writer| writer.add(&plain("a", &["黑土地"])).unwrap());
    std::thread::scope(|scope| {
        let writing = scope.spawn(|| {
            for _ in 0..6 {
                let mut writer = IndexWriter::create(&path, "lists-1").unwrap();
                writer.add(&plain("a", &["黑土地"])).unwrap();
                writer.commit().unwrap();
                drop(writer);
                write(&path, |writer| writer.add(&plain("a", &["黑土地"])).unwrap());
            }
        });
        while !writing.is_finished() {
            let index = Index::open(&path, "lists-1").unwrap();
            assert_eq!(index.document_ids().unwrap(), ["a"]);
        }
    });
}

#[test]
fn what_an_interrupted_writing_left_is_cleared_away() {
    let home = tempfile::tempdir().unwrap();
    write(home.path(), |writer| writer.add(&plain("a", &["黑土地"])).unwrap());
    let strays = ["gangmu.json.new", "data-000001/.tmpAbC123", "data-000009/half.store"];
    std::fs::create_dir(home.path().join("data-000009")).unwrap();
    strays.iter().for_each(|stray| std::fs::write(home.path().join(stray), "half").unwrap());
    let index = write(home.path(), |_| ());
    assert_eq!(index.document_ids().unwrap(), ["a"]);
    for stray in strays {
        assert!(!home.path().join(stray).exists(), "{stray}");
    }
}

#[test]
fn status_counts_and_names_the_sources() {
    let home = tempfile::tempdir().unwrap();
    let documents = documents();
    let index = write(home.path(), |writer| {
        documents.iter().for_each(|document| writer.add(document).unwrap());
    });
    let status = index.status().unwrap();
    assert_eq!(status.n_documents, 3);
    let n_clauses: usize = documents.iter().map(|document| document.divisions.len()).sum();
    assert_eq!(status.n_clauses, n_clauses);
    assert_eq!(status.lexicon_version, "lists-1");
    assert!(status.n_bytes > 0);
    assert!(status.written_at.is_some_and(|seconds| seconds > 1_700_000_000));
    for (source, document) in status.sources.iter().zip(&documents) {
        assert_eq!(source.document, document.id);
        assert_eq!(source.origin, document.source.path);
        assert_eq!(source.sha256, document.source.sha256);
    }
}

#[test]
fn an_emptied_index_answers_with_nothing() {
    let home = tempfile::tempdir().unwrap();
    let document = plain("only", &["黑土地"]);
    write(home.path(), |writer| writer.add(&document).unwrap());
    let index = write(home.path(), |writer| writer.remove("only").unwrap());
    assert_eq!(index.status().unwrap().n_documents, 0);
    assert!(answers(&index).iter().all(|page| page.total == 0));
    let nothing = Index::in_memory([]).unwrap();
    assert!(answers(&nothing).iter().all(|page| page.total == 0));
    assert_eq!(nothing.documents().unwrap().count(), 0);
}

#[test]
fn a_document_without_divisions_is_kept() {
    let document = plain("empty", &[]);
    let index = Index::in_memory([&document]).unwrap();
    assert_eq!(index.document("empty").unwrap(), Some(document));
}

#[test]
fn what_is_not_committed_is_not_there() {
    let home = tempfile::tempdir().unwrap();
    let (first, second) = (plain("a", &["黑土地"]), plain("b", &["黑土地"]));
    write(home.path(), |writer| writer.add(&first).unwrap());
    let mut writer = IndexWriter::open_or_create(home.path(), "lists-1").unwrap();
    writer.add(&second).unwrap();
    writer.remove("a").unwrap();
    drop(writer);
    let index = Index::open(home.path(), "lists-1").unwrap();
    assert_eq!(index.document_ids().unwrap(), ["a"]);

    let mut replacing = IndexWriter::create(home.path(), "lists-2").unwrap();
    replacing.add(&second).unwrap();
    assert_eq!(Index::open(home.path(), "lists-1").unwrap().document_ids().unwrap(), ["a"]);
    replacing.commit().unwrap();
    assert_eq!(Index::open(home.path(), "lists-2").unwrap().document_ids().unwrap(), ["b"]);
    assert_eq!(index.document_ids().unwrap(), ["a"], "an open index keeps its state");
}
