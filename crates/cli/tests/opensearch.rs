//! `export --to opensearch` and `--engine opensearch`, without a server.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by a panic")]

mod common;

use std::fs;

use common::documents;
use gangmu::Exit;
use serde_json::Value;

#[test]
fn files_hold_a_template_and_bulks_that_are_the_same_each_time() {
    let folder = documents();
    let mut written = Vec::new();
    for _ in 0..2 {
        let run = folder.run("export @ --to opensearch -o @/out");
        assert_eq!(run.exit, Exit::Found, "{}", run.err);
        assert!(run.err.ends_with("2 documents in 1 file under @/out\n"), "{}", run.err);
        written.push(fs::read_to_string(folder.path().join("out/bulk-000001.ndjson")).unwrap());
    }
    assert_eq!(written[0], written[1]);
    let lines: Vec<Value> =
        written[0].lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let ids: Vec<&str> =
        lines.iter().step_by(2).map(|line| line["index"]["_id"].as_str().unwrap()).collect();
    let mut different = ids.clone();
    different.sort_unstable();
    different.dedup();
    assert_eq!((ids.len(), ids[0].ends_with("#0")), (different.len(), true));
    let template = fs::read(folder.path().join("out/template.json")).unwrap();
    let template: Value = serde_json::from_slice(&template).unwrap();
    let known = &template["template"]["mappings"]["properties"];
    for record in lines.iter().skip(1).step_by(2) {
        for (field, _) in record.as_object().unwrap() {
            assert!(known.get(field).is_some(), "{field}");
        }
    }
}

#[test]
fn options_that_do_not_fit_are_told() {
    let folder = documents();
    for (line, told) in [
        ("export @ --to opensearch", "needs a place"),
        ("export @ -o @/out", "add --to opensearch"),
        ("export @ --to opensearch --records targets -o @/out", "leave --records out"),
        ("search 保护 --engine opensearch", "needs an address"),
        ("search 保护 --url http://host:9200", "add --engine opensearch"),
        ("search 保护 @ --engine opensearch --url http://host:9200", "leave PATH out"),
        ("tasks 省水利厅 @ --engine opensearch --url http://host:9200", "leave PATH out"),
        ("targets @ --engine opensearch --url http://host:9200", "leave PATH out"),
        ("export @ --to opensearch --url host:9200", "no address of a server"),
    ] {
        let run = folder.run(line);
        assert_eq!((run.exit, run.out.as_str()), (Exit::Failed, ""), "{line}");
        assert!(run.err.contains(told), "{line}: {}", run.err);
    }
}
