//! Where two values of JSON differ.

use serde_json::Value;

/// Says where two values differ, field by field.
pub fn differences(expected: &Value, found: &Value, path: &str, all: &mut Vec<String>) {
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
