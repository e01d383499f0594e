//! The same document in every format that offices use gives the same divisions,
//! assignments and targets as its text.
//!
//! The files are made by `tests/formats/make.py`. Another format is a line in
//! [`SETS`].

use std::path::Path;

use gangmu_ingest::Options;
use gangmu_model::Document;
use gangmu_parser::{ParseOptions, parse};
use gangmu_tests::{read, root};
use serde_json::Value;

/// A text, and the files that say the same.
const SETS: &[(&str, &[&str])] = &[
    (
        "seeds/documents/liaoning-meili-2024.txt",
        &[
            "tests/formats/liaoning-typed.docx",
            "tests/formats/liaoning-numbered.docx",
            "tests/formats/liaoning-typed-libreoffice.docx",
        ],
    ),
    (
        "tests/formats/water.txt",
        &[
            "tests/formats/water.docx",
            "tests/formats/water-libreoffice.docx",
            "tests/formats/water.xlsx",
            "tests/formats/water-libreoffice.xlsx",
            "tests/formats/water.html",
        ],
    ),
];

/// The layers of a document that are compared.
const LAYERS: [&str; 4] = ["divisions", "assignments", "targets", "citations"];

/// Reads and parses the bytes of a file as the command line does.
fn document(bytes: &[u8], name: &Path) -> (String, Document) {
    let decoded = gangmu_ingest::read(bytes, name, &Options::default())
        .unwrap_or_else(|error| panic!("{}: {error}", name.display()));
    let options = ParseOptions { hints: decoded.hints, ..ParseOptions::default() };
    let document = parse(&decoded.text, &options);
    (decoded.text, document)
}

/// Returns a layer as JSON in which each span is replaced by the words it covers,
/// without blanks: formats may set lines and end them differently, not say other
/// words.
fn layer(document: &Value, name: &str, text: &str) -> Vec<Value> {
    let mut layer = document[name].clone();
    quote_spans(&mut layer, text);
    match layer {
        Value::Array(entries) => entries,
        other => panic!("{name} is a list, not {other}"),
    }
}

fn quote_spans(value: &mut Value, text: &str) {
    match value {
        Value::Array(entries) => entries.iter_mut().for_each(|each| quote_spans(each, text)),
        Value::String(words) => *words = words.replace("\r\n", "\n"),
        Value::Object(fields) => {
            let offset = |field: &str| fields.get(field)?.as_u64();
            if let (Some(start), Some(end)) = (offset("start"), offset("end")) {
                let words = &text[start as usize..end as usize];
                *value = words.split_whitespace().collect::<String>().into();
            } else {
                fields.values_mut().for_each(|each| quote_spans(each, text));
            }
        }
        _ => {}
    }
}

/// Says where two values differ, field by field.
fn differences(expected: &Value, found: &Value, path: &str, all: &mut Vec<String>) {
    match (expected, found) {
        (Value::Object(expected), Value::Object(found)) => {
            for (field, value) in expected {
                let other = found.get(field).unwrap_or(&Value::Null);
                differences(value, other, &format!("{path}.{field}"), all);
            }
        }
        (Value::Array(expected), Value::Array(found)) if expected.len() == found.len() => {
            for (at, (value, other)) in expected.iter().zip(found).enumerate() {
                differences(value, other, &format!("{path}[{at}]"), all);
            }
        }
        _ if expected == found => {}
        _ => all.push(format!("{path}: expected {expected}, found {found}")),
    }
}

fn compare(original: &(String, Document), other: &(String, Document), name: &str) -> Vec<String> {
    let values = [original, other]
        .map(|(_, document)| serde_json::to_value(document).expect("a document is JSON"));
    let mut all = Vec::new();
    for name_of_layer in LAYERS {
        let expected = layer(&values[0], name_of_layer, &original.0);
        let found = layer(&values[1], name_of_layer, &other.0);
        if expected.len() != found.len() {
            all.push(format!("{name}: {} {name_of_layer}, not {}", found.len(), expected.len()));
        }
        for (at, (expected, found)) in expected.iter().zip(&found).enumerate() {
            differences(expected, found, &format!("{name}: {name_of_layer}[{at}]"), &mut all);
        }
    }
    all
}

#[test]
fn every_format_gives_the_document_of_its_text() {
    let mut all = Vec::new();
    for (text, files) in SETS {
        let text = root().join(text);
        let original = document(read(&text).as_bytes(), &text);
        assert!(!original.1.assignments.is_empty() && !original.1.targets.is_empty());
        for file in *files {
            let path = root().join(file);
            let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{file}: {error}"));
            all.extend(compare(&original, &document(&bytes, &path), file));
        }
    }
    assert!(all.is_empty(), "{} differences\n{}", all.len(), all.join("\n"));
}

#[test]
fn every_encoding_gives_the_document_of_its_text() {
    let mut all = Vec::new();
    for (name, _) in SETS {
        let path = root().join(name);
        let text = read(&path);
        let original = document(text.as_bytes(), &path);
        let utf16 = |to_bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
            format!("\u{feff}{text}").encode_utf16().flat_map(to_bytes).collect()
        };
        for (encoding, bytes) in [
            ("gb18030", encoding_rs::GB18030.encode(&text).0.into_owned()),
            ("utf-16le", utf16(u16::to_le_bytes)),
            ("utf-16be", utf16(u16::to_be_bytes)),
            ("CRLF", text.replace('\n', "\r\n").into_bytes()),
        ] {
            all.extend(compare(&original, &document(&bytes, &path), &format!("{name} {encoding}")));
        }
    }
    assert!(all.is_empty(), "{} differences\n{}", all.len(), all.join("\n"));
}

#[test]
fn tables_of_tasks_and_targets_are_read() {
    let path = root().join("tests/formats/water.xlsx");
    let bytes = std::fs::read(&path).expect("the workbook is shipped");
    let (_, document) = document(&bytes, &path);
    let lead = |title: &str| {
        let division = document.divisions.iter().find(|each| each.title.as_deref() == Some(title));
        let division = division.unwrap_or_else(|| panic!("no division {title}"));
        let assignment = document.assignments.iter().find(|each| each.division == division.id);
        assignment.map(|each| each.agencies[0].name.clone())
    };
    // The second unit of the last task is a dash.
    assert_eq!(document.assignments.len(), 9);
    assert_eq!(lead("修复病险水库").as_deref(), Some("市水利局"));
    let rate = document.targets.iter().find(|each| each.indicator.as_deref() == Some("水土保持率"));
    let rate = serde_json::to_value(rate).expect("a target is JSON");
    assert_eq!((&rate["value"], &rate["unit"]), (&83.26.into(), &"%".into()), "{rate}");
}
