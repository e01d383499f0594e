//! Every text of `tests/fixtures` and `seeds/documents`: what must always
//! hold, and the outline that each is read as.
//!
//! A new case is a new text. `UPDATE_EXPECT=1 cargo test -p gangmu-tests --test
//! fixtures` writes the outline beside it; read it before it is committed.

use std::fs;

use gangmu_model::verify;
use gangmu_tests::{fixtures, outline};

#[test]
fn nothing_is_lost_in_any_text() {
    let mut broken = Vec::new();
    for fixture in fixtures() {
        let (text, document) = fixture.parse();
        let violations = verify(&document, &text);
        broken.extend(violations.iter().map(|violation| format!("{}: {violation}", fixture.name)));
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn the_same_text_gives_the_same_document() {
    for fixture in fixtures() {
        assert_eq!(fixture.parse(), fixture.parse(), "{}", fixture.name);
    }
}

#[test]
fn every_text_is_read_as_its_outline_says() {
    let update = std::env::var_os("UPDATE_EXPECT").is_some_and(|value| value != "0");
    let mut differing = Vec::new();
    for fixture in fixtures() {
        let (text, document) = fixture.parse();
        let read = outline(&document, &text);
        let expected = fs::read_to_string(&fixture.outline).unwrap_or_default();
        if read == expected {
            continue;
        }
        if update {
            fs::create_dir_all(fixture.outline.parent().expect("an outline lies in a folder"))
                .and_then(|()| fs::write(&fixture.outline, read))
                .unwrap_or_else(|error| panic!("{}: {error}", fixture.outline.display()));
        } else {
            differing.push(format!("{}\n{}", fixture.outline.display(), diff(&expected, &read)));
        }
    }
    assert!(
        differing.is_empty(),
        "{} outlines differ; if the new ones are right, write them with \
         UPDATE_EXPECT=1 cargo test -p gangmu-tests --test fixtures\n{}",
        differing.len(),
        differing.join("\n"),
    );
}

/// The lines that only one side has, - for the expected and + for the read one.
fn diff(expected: &str, read: &str) -> String {
    let only = |these: &str, others: &str, sign: char| {
        these
            .lines()
            .filter(|line| !others.lines().any(|other| other == *line))
            .map(|line| format!("{sign} {line}\n"))
            .collect::<String>()
    };
    only(expected, read, '-') + &only(read, expected, '+')
}
