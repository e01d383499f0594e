//! A document written as Markdown or as a page and read again is the same document:
//! the same divisions, assignments and targets, field by field.

use std::path::Path;

use gangmu_ingest::Options;
use gangmu_model::Document;
use gangmu_parser::{ParseOptions, parse};
use gangmu_rendition::{html, markdown};
use gangmu_tests::{corpus, differences, fixtures, printed_tables, read};
use serde_json::Value;

/// A way to write a document, and the name of a file of it.
type Rendition = (fn(&Document, &str) -> String, &'static str);

const RENDITIONS: [Rendition; 2] = [(markdown, "document.md"), (html, "document.html")];

#[test]
fn a_document_survives_being_written_and_read_again() {
    let mut all = Vec::new();
    for path in fixtures().into_iter().map(|fixture| fixture.path).chain(corpus()) {
        let text = read(&path);
        let original = parse(&text, &ParseOptions::default());
        if original.divisions.is_empty() {
            // A page without a word is refused.
            continue;
        }
        for (render, name) in RENDITIONS {
            let rendered = render(&original, &text);
            let again = read_again(&rendered, name);
            let name = format!("{} as {name}", path.file_name().expect("a file").to_string_lossy());
            let printed = printed_tables(&original, &text);
            all.extend(compare(&original, &again, &printed, &name));
        }
    }
    assert!(all.is_empty(), "{} differences\n{}", all.len(), all.join("\n"));
}

/// Reads and parses a rendition as the command line does.
fn read_again(rendered: &str, name: &str) -> Document {
    let decoded = gangmu_ingest::read(rendered.as_bytes(), Path::new(name), &Options::default())
        .unwrap_or_else(|error| panic!("{name}: {error}"));
    parse(&decoded.text, &ParseOptions { hints: decoded.hints, ..ParseOptions::default() })
}

/// Says where two documents differ, whatever their lines and offsets.
fn compare(original: &Document, again: &Document, printed: &[String], name: &str) -> Vec<String> {
    let mut all = Vec::new();
    let values = [original, again].map(|document| serde_json::to_value(document).expect("JSON"));
    let [expected, found] = [0, 1].map(|at| {
        let mut metadata = values[at]["metadata"].clone();
        leave_layout_out(&mut metadata);
        metadata
    });
    differences(&expected, &found, &format!("{name}: metadata"), &mut all);
    for layer in ["divisions", "assignments", "targets", "citations"] {
        let [expected, found] = [0, 1].map(|at| {
            let mut layer = values[at][layer].clone();
            leave_quotes_out(&mut layer, printed);
            leave_layout_out(&mut layer);
            layer
        });
        let (expected, found) =
            (expected.as_array().expect("a list"), found.as_array().expect("a list"));
        if expected.len() != found.len() {
            all.push(format!("{name}: {} {layer}, not {}", found.len(), expected.len()));
        }
        for (at, (expected, found)) in expected.iter().zip(found).enumerate() {
            differences(expected, found, &format!("{name}: {layer}[{at}]"), &mut all);
        }
    }
    all
}

/// Takes out what is quoted of the rows of printed tables.
fn leave_quotes_out(layer: &mut Value, printed: &[String]) {
    for record in layer.as_array_mut().into_iter().flatten() {
        let of_printed = record["division"]
            .as_str()
            .is_some_and(|division| printed.iter().any(|table| division.starts_with(table)));
        if of_printed && let Some(fields) = record.as_object_mut() {
            fields.remove("text");
        }
    }
}

/// Takes out where something stands, blanks, and of a table how its rows are written.
fn leave_layout_out(value: &mut Value) {
    match value {
        Value::Array(entries) => entries.iter_mut().for_each(leave_layout_out),
        // A row is quoted with what parts its cells.
        Value::String(words) => {
            *words = words.split_whitespace().collect::<String>().replace('|', "")
        }
        Value::Object(fields) => {
            fields.remove("span");
            if fields.get("table").is_some_and(|table| !table.is_null()) {
                fields.remove("text");
            }
            fields.values_mut().for_each(leave_layout_out);
        }
        _ => {}
    }
}
