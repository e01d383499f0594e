//! Whether two files give the same document.

use std::path::Path;

use gangmu_ingest::Options;
use gangmu_model::Document;
use gangmu_parser::{ParseOptions, parse};
use gangmu_tests::differences;
use serde_json::Value;

/// The layers of a document that are compared.
const LAYERS: [&str; 4] = ["divisions", "assignments", "targets", "citations"];

/// Reads and parses the bytes of a file as the command line does.
pub(crate) fn document(bytes: &[u8], name: &Path) -> (String, Document) {
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
        Value::String(words) => *words = without_rules(words),
        Value::Object(fields) => {
            let offset = |field: &str| fields.get(field)?.as_u64();
            if let (Some(start), Some(end)) = (offset("start"), offset("end")) {
                let words = &text[start as usize..end as usize];
                *value = without_rules(words).split_whitespace().collect::<String>().into();
            } else {
                fields.values_mut().for_each(|each| quote_spans(each, text));
            }
        }
        _ => {}
    }
}

/// Returns lines without their ends and without the rules under the heads of tables.
fn without_rules(text: &str) -> String {
    let is_rule = |line: &str| line.contains("---") && line.chars().all(|ch| "|-: \r".contains(ch));
    let lines: Vec<&str> = text
        .split('\n')
        .map(|line| line.trim_end_matches('\r'))
        .filter(|line| !is_rule(line))
        .collect();
    lines.join("\n")
}

/// Says where a document differs from that of its text, which is called `name`.
pub(crate) fn compare(
    original: &(String, Document),
    other: &(String, Document),
    name: &str,
) -> Vec<String> {
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
