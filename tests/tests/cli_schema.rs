//! What the commands print is what `gangmu schema` promises.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by a panic")]

use std::ffi::OsString;
use std::io;

use gangmu::Terminal;
use gangmu_tests::root;
use jsonschema::Validator;
use serde_json::Value;

/// Runs a command and returns what it prints.
fn run(args: &[&str], paths: bool) -> String {
    let words = ["gangmu"].iter().chain(args).map(OsString::from);
    let paths = paths.then(|| [root().join("tests/fixtures"), root().join("seeds/documents")]);
    let paths = paths.into_iter().flatten().map(OsString::from);
    let mut out = Vec::new();
    let mut terminal = Terminal {
        input: &mut io::empty(),
        out: &mut out,
        err: &mut io::sink(),
        columns: None,
        color: false,
        progress: false,
        language: gangmu::Language::English,
    };
    gangmu::run(words.chain(paths), &mut terminal);
    String::from_utf8(out).unwrap()
}

/// Checks every record that the command prints over all fixtures.
#[track_caller]
fn check(schema: &str, command: &[&str]) {
    let schema: Value = serde_json::from_str(&run(&["schema", schema], false)).unwrap();
    let validator: Validator = jsonschema::draft202012::new(&schema).unwrap();
    let output = run(&[&["--color=never"], command, &["--format", "jsonl"]].concat(), true);
    assert!(!output.is_empty(), "{command:?} prints no record to check");
    for line in output.lines() {
        let record: Value = serde_json::from_str(line).unwrap();
        let errors: Vec<String> = validator
            .iter_errors(&record)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{command:?}: {errors:#?}\n{line}");
    }
}

#[test]
fn documents_keep_their_schema() {
    check("document", &["parse"]);
}

#[test]
fn records_keep_their_schemas() {
    for (schema, command) in [
        ("search", &["search", "生态环境"][..]),
        ("task", &["tasks", "省发改委"]),
        ("task", &["tasks", "--all", "--first-is-lead"]),
        ("target", &["targets"]),
        ("agency", &["agencies"]),
        ("show", &["show", "(一)"]),
        ("export", &["export"]),
        ("finding", &["check"]),
    ] {
        check(schema, command);
    }
}

#[test]
fn a_schema_refuses_what_is_no_record() {
    let schema: Value = serde_json::from_str(&run(&["schema", "task"], false)).unwrap();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    let output = run(&["tasks", "省发改委", "--format", "jsonl"], true);
    let mut record: Value = serde_json::from_str(output.lines().next().unwrap()).unwrap();
    assert!(validator.is_valid(&record));
    record["role"] = "boss".into();
    assert!(!validator.is_valid(&record));
}
