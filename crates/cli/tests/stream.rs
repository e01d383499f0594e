//! `parse - --input jsonl`: a document a line in, records out.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by a panic")]

mod common;

use common::{Folder, Run};
use gangmu::Exit;
use serde_json::{Value, json};

const OPINION: &str = "关于加强保护的实施意见\n一、总体要求\n到2027年，森林覆盖率达到42%以上。\n（一）优化格局。落实主体功能区战略。（牵头单位：省自然资源厅；配合单位：省水利厅）\n";

fn stream(lines: &str) -> Run {
    stream_with("", lines)
}

fn stream_with(options: &str, lines: &str) -> Run {
    let folder = Folder::new::<&str>(&[]);
    folder.run_with_input(&format!("parse - --input jsonl --format jsonl {options}"), lines)
}

fn records(run: &Run) -> Vec<Value> {
    run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn lines(objects: &[Value]) -> String {
    objects.iter().map(|object| format!("{object}\n")).collect()
}

/// The code of the error that a line alone gives.
#[track_caller]
fn check_refused(line: &str, code: &str, told: &str) {
    let run = stream(&format!("{line}\n{}\n", json!({"id": "sound", "text": OPINION})));
    assert_eq!(run.exit, Exit::Found, "{}", run.err);
    let records = records(&run);
    let error = &records[0];
    assert_eq!((&error["record"], &error["line"]), (&json!("error"), &json!(1)), "{code}");
    assert_eq!(error["code"], code, "{error}");
    let message = error["message"].as_str().unwrap();
    assert!(message.contains(told), "{code}: {message}");
    assert_eq!(records[1]["record"], "document", "the rest goes on behind {code}");
    assert!(run.err.contains("1 failed"), "{}", run.err);
}

#[test]
fn records_come_kind_after_kind_in_the_order_of_the_lines() {
    let run = stream(&lines(&[json!({"id": "b", "text": OPINION}), json!({"text": "一、短。"})]));
    assert_eq!((run.exit, run.err.as_str()), (Exit::Found, ""));
    let records = records(&run);
    let kinds: Vec<_> = records
        .iter()
        .map(|record| (record["document"].as_str().unwrap(), record["record"].as_str().unwrap()))
        .collect();
    let expected = [
        ("b", "document"),
        ("b", "division"),
        ("b", "division"),
        ("b", "division"),
        ("b", "division"),
        ("b", "assignment"),
        ("b", "assignment"),
        ("b", "target"),
        ("line-2", "document"),
        ("line-2", "division"),
    ];
    assert_eq!(kinds, expected);
    assert!(run.out.lines().all(|line| line.starts_with("{\"record\":\"")));
}

#[test]
fn records_are_those_of_export() {
    let folder = Folder::new(&[("b.txt", OPINION)]);
    for kinds in ["divisions,assignments,targets,citations,boilerplate,diagnostics", "tasks"] {
        let exported = folder.run(&format!("export @/b.txt --records {kinds}"));
        let line = json!({"id": "b", "text": OPINION}).to_string();
        let streamed = stream_with(&format!("--records {kinds}"), &line);
        assert!(!exported.out.is_empty());
        assert_eq!(streamed.out, exported.out, "{kinds}");
    }
}

#[test]
fn a_path_is_read_as_any_file() {
    let folder =
        Folder::new(&[("意见.html", format!("<p>{}</p>", OPINION.replace('\n', "</p><p>")))]);
    let path = folder.path().join("意见.html");
    let input = lines(&[
        json!({"id": "web", "path": path}),
        json!({"id": "gone", "path": folder.path().join("none.txt")}),
        json!({"id": "self", "path": "-"}),
    ]);
    let run = folder.run_with_input("parse - --input jsonl --records documents", &input);
    let records = records(&run);
    assert_eq!(records[0]["source"]["media_type"], "text/html");
    assert_eq!(records[1]["code"], "unreadable-file");
    assert_eq!(records[1]["document"], "gone");
    assert!(records[1]["message"].as_str().unwrap().contains("none.txt"));
    assert_eq!(records[2]["code"], "unreadable-file");
}

#[test]
fn what_the_caller_knows_wins() {
    let metadata =
        json!({"title": "甲", "issued_on": "2024-03", "region": "辽宁省", "issuers": null});
    let run = stream(&lines(&[
        json!({"text": OPINION, "metadata": metadata, "crawler": {"depth": 3}}),
        json!({"id": 7, "text": OPINION, "path": null, "metadata": null}),
    ]));
    let records = records(&run);
    let known = &records[0]["metadata"];
    assert_eq!(known["title"], "甲");
    assert_eq!(known["issued_on"], "2024-03");
    assert_eq!(known["region"], "辽宁省");
    assert_eq!(known["document_kind"], "实施意见", "what the caller leaves open is read");
    let resolved = records.iter().find(|record| record["record"] == "assignment").unwrap();
    assert_eq!(resolved["agencies"][0]["full_name"], "辽宁省自然资源厅");
    assert!(records.iter().any(|record| record["document"] == "7"));
}

#[test]
fn a_line_that_is_no_document_is_an_error_and_the_rest_goes_on() {
    check_refused("", "empty-line", "empty");
    check_refused("{\"text\": \"一、", "invalid-json", "byte");
    check_refused("[\"x\", \"一、短。\"]", "invalid-json", "no JSON object");
    check_refused("{\"text\": \"一\"} {}", "invalid-json", "trailing");
    check_refused("{\"text\": \"\\ud800\"}", "invalid-json", "byte");
    check_refused("{\"id\": \"x\"}", "invalid-field", "neither");
    check_refused("{\"text\": \"一\", \"path\": \"a.txt\"}", "invalid-field", "both");
    check_refused("{\"text\": 5}", "invalid-field", "integer `5`");
    check_refused("{\"id\": \" \", \"text\": \"一\"}", "invalid-field", "blank");
    check_refused("{\"id\": 1.5, \"text\": \"一\"}", "invalid-field", "whole number");
    check_refused(
        "{\"text\": \"一\", \"metadata\": {\"isued_on\": \"2024\"}}",
        "invalid-field",
        "isued_on",
    );
    check_refused(
        "{\"text\": \"一\", \"metadata\": {\"issued_on\": \"May\"}}",
        "invalid-field",
        "2024-03-01",
    );
    check_refused(
        "{\"text\": \"一\", \"metadata\": {\"effective_on\": \"2024-13-01\"}}",
        "invalid-field",
        "`2024-13-01` is no date",
    );
    check_refused(
        "{\"text\": \"一\", \"metadata\": {\"published_at\": \"2024-03-22T25:00\"}}",
        "invalid-field",
        "2024-03-01T10:00:19",
    );
    check_refused("{\"text\": \" \\n \"}", "unreadable-text", "empty");
    check_refused(
        &format!("{{\"text\": {}}}", "[".repeat(100_000)),
        "invalid-field",
        "expected a string",
    );
    check_refused(&"{\"a\":".repeat(100_000), "invalid-json", "EOF");
}

#[test]
fn bytes_that_are_no_utf_8_are_an_error_of_their_line() {
    let folder = Folder::new::<&str>(&[]);
    let mut input = b"{\"text\": \"\xd6\xd0\"}\n".to_vec();
    input.extend(json!({"text": OPINION}).to_string().bytes());
    let run = folder.run_with_bytes("parse - --input jsonl", &input);
    let records = records(&run);
    assert_eq!(records[0]["code"], "invalid-utf8");
    assert_eq!(records[0]["message"], "the line is no UTF-8 at byte 11; write the stream as UTF-8");
    assert_eq!(records[1]["document"], "line-2");
}

#[test]
fn an_id_is_of_one_document() {
    let run = stream(&lines(&[
        json!({"id": "x", "text": 1}),
        json!({"id": "x", "text": "一、短。"}),
        json!({"id": "x", "text": "二、长。"}),
        json!({"id": "line-5", "text": "三、长。"}),
        json!({"text": "四、长。"}),
    ]));
    let records = records(&run);
    let found: Vec<_> = records
        .iter()
        .filter(|record| record["record"] != "division")
        .map(|record| (record["document"].as_str().unwrap(), record["code"].as_str()))
        .collect();
    let expected = [
        ("x", Some("invalid-field")),
        ("x", None),
        ("x", Some("duplicate-id")),
        ("line-5", None),
        ("line-5", Some("duplicate-id")),
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_line_beyond_the_limit_costs_only_itself() {
    let mut input = format!("{}\n", json!({"id": "before", "text": "一、短。"}));
    input.push_str("{\"id\":\"huge\",\"text\":\"");
    input.push_str(&"长".repeat(6 << 20));
    input.push_str("\"}\n");
    input.push_str(&json!({"text": "二、短。"}).to_string());
    let run = stream_with("--records documents", &input);
    let records = records(&run);
    assert_eq!(records.len(), 3);
    assert_eq!(records[0]["document"], "before");
    assert_eq!((&records[1]["code"], &records[1]["line"]), (&json!("line-too-long"), &json!(2)));
    assert_eq!(records[2]["document"], "line-3");
}

#[test]
fn many_lines_keep_their_order() {
    let input: String =
        (0..3_000).map(|at| format!("{{\"id\":\"d{at}\",\"text\":\"一、短。\"}}\r\n")).collect();
    let run = stream_with("--records documents", &input);
    let ids: Vec<String> = records(&run)
        .iter()
        .map(|record| record["document"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(ids, (0..3_000).map(|at| format!("d{at}")).collect::<Vec<_>>());
}

#[test]
fn records_fit_their_schema() {
    let folder = Folder::new::<&str>(&[]);
    let schema: Value = serde_json::from_str(&folder.run("schema stream").out).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let kinds =
        "--records documents,divisions,assignments,targets,citations,boilerplate,diagnostics,tasks";
    let input = format!("{}\nbroken\n", json!({"text": OPINION}));
    let run = stream_with(kinds, &input);
    for record in records(&run) {
        assert!(validator.is_valid(&record), "{record}");
    }
    assert!(!validator.is_valid(&json!({"record": "error", "line": 1})));
}

#[test]
fn a_question_that_makes_no_stream_is_refused() {
    let folder = Folder::new(&[("b.txt", OPINION)]);
    for line in [
        "parse @/b.txt --input jsonl",
        "parse - --input jsonl --format json",
        "parse - --input jsonl --verify",
        "parse @/b.txt --records targets",
    ] {
        let run = folder.run(line);
        assert_eq!(run.exit, Exit::Failed, "{line}");
        assert!(run.err.contains("--input jsonl"), "{}", run.err);
    }
}

#[test]
fn an_input_without_lines_gives_nothing() {
    let run = stream("");
    assert_eq!((run.exit, run.out.as_str(), run.err.as_str()), (Exit::Found, "", ""));
}
