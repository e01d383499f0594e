//! `search --exact - --input jsonl`: a document a line in, its clauses out.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by a panic")]

mod common;

use common::Folder;
use gangmu::Exit;
use serde_json::{Value, json};

const FOREST: &str = "关于加强保护的实施意见\n一、总体要求\n到2027年，森林覆盖率达到42%以上。\n（一）优化格局。落实主体功能区战略。（牵头单位：省自然资源厅）\n";
const WATER: &str =
    "关于保护水源的通知\n一、水源。保护水源地森林。\n二、水质。ＰＭ２.５与水质一并监测。\n";

fn records(out: &str) -> Vec<Value> {
    out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The clauses that a stream gives, and those of the same search over files.
#[track_caller]
fn check_same(query: &str) -> usize {
    let folder = Folder::new(&[("forest.txt", FOREST), ("water.txt", WATER)]);
    let ask = |options: &str, input: &str| {
        folder.run_with_input(&format!("search {query} --exact --format jsonl {options}"), input)
    };
    let input: String = [("forest", FOREST), ("water", WATER)]
        .map(|(id, text)| format!("{}\n", json!({"id": id, "text": text})))
        .concat();
    let streamed = ask("- --input jsonl", &input);
    assert_eq!((streamed.exit, streamed.err.as_str()), (Exit::Found, ""));
    let (documents, mut clauses): (Vec<_>, Vec<_>) =
        records(&streamed.out).into_iter().partition(|record| record["record"] == "document");
    assert_eq!(documents.len(), 2, "{query}");
    for clause in &mut clauses {
        assert_eq!(clause.as_object_mut().unwrap().remove("record"), Some(json!("clause")));
    }
    let mut found = records(&ask("@/forest.txt @/water.txt --sort document", "").out);
    for clause in &mut found {
        clause.as_object_mut().unwrap().remove("score");
    }
    assert_eq!(clauses, found, "{query}");
    clauses.len()
}

#[test]
fn clauses_are_those_of_a_search_over_files() {
    assert_eq!(check_same("森林"), 2);
    assert_eq!(check_same("pm2.5"), 1);
    assert_eq!(check_same("title:水质"), 1);
    assert_eq!(check_same("森林 --in text --chapter 1"), 1);
    assert_eq!(check_same("省自然资源厅 --role lead"), 1);
    assert_eq!(check_same("海洋"), 0);
}

#[test]
fn clauses_stand_behind_their_document_and_errors_in_their_place() {
    let folder = Folder::new::<&str>(&[]);
    let input = format!(
        "{}\nbroken\n{}\n",
        json!({"id": "water", "text": WATER}),
        json!({"id": "forest", "text": FOREST})
    );
    let run = folder.run_with_input("search 森林 - --exact --input jsonl --format jsonl", &input);
    let kinds: Vec<Value> = records(&run.out).iter().map(|each| each["record"].clone()).collect();
    assert_eq!(kinds, ["document", "clause", "error", "document", "clause"]);
    assert!(run.err.contains("1 failed"), "{}", run.err);
    let schema: Value = serde_json::from_str(&folder.run("schema stream").out).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for record in records(&run.out) {
        assert!(validator.is_valid(&record), "{record}");
    }
}

#[test]
fn what_is_asked_of_all_documents_is_refused() {
    let folder = Folder::new(&[("b.txt", FOREST)]);
    let input = json!({"id": "forest", "text": FOREST}).to_string();
    for options in [
        "- --input jsonl --format jsonl",
        "- --input jsonl --exact",
        "- --input jsonl --exact --format json",
        "- --input jsonl --exact --format jsonl --limit 1",
        "- --input jsonl --exact --format jsonl --sort date",
        "- --input jsonl --exact --format jsonl --agency 省自然资源厅",
        "- --input jsonl --exact --format jsonl --issuer 省政府",
        "- --input jsonl --exact --count",
        "@/b.txt --input jsonl --exact --format jsonl",
    ] {
        let run = folder.run_with_input(&format!("search 森林 {options}"), &input);
        assert_eq!((run.exit, run.out.as_str()), (Exit::Failed, ""), "{options}");
        let told = ["each document is looked through alone", "--input jsonl reads"];
        assert!(told.iter().any(|told| run.err.contains(told)), "{options}: {}", run.err);
    }
}
