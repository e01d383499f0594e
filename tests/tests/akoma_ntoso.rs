//! What is written as Akoma Ntoso is valid against the schema of OASIS, and says
//! the divisions, the duties and the goals of the document.

#![allow(clippy::print_stderr, reason = "a check that could not be made must be seen")]

use std::process::Command;

use gangmu_model::Assignment;
use gangmu_parser::{ParseOptions, parse};
use gangmu_rendition::akoma_ntoso;
use gangmu_tests::{corpus, fixtures, read, root};

#[test]
fn every_document_is_valid_against_the_schema() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut files = Vec::new();
    let texts = fixtures().into_iter().map(|fixture| fixture.path).chain(corpus());
    for (at, path) in texts.enumerate() {
        let text = read(&path);
        let options = ParseOptions { id: format!("text-{at}"), ..ParseOptions::default() };
        let name = path.file_stem().expect("a file has a name").to_string_lossy();
        let file = folder.path().join(format!("{at}-{name}.akn"));
        std::fs::write(&file, akoma_ntoso(&parse(&text, &options), &text))
            .expect("it can be written");
        files.push(file);
    }
    let schema = root().join("tests/schemas/akn/akomantoso30.xsd");
    let checked = Command::new("xmllint")
        .args(["--noout", "--nonet", "--schema"])
        .arg(&schema)
        .args(&files)
        .output();
    match checked {
        Ok(checked) => {
            let said = String::from_utf8_lossy(&checked.stderr);
            // A schema that admits everything would prove nothing.
            let broken = folder.path().join("broken.akn");
            let whole = read(&files[0]).replace("mainBody", "body");
            std::fs::write(&broken, whole).expect("it can be written");
            let mut refused = Command::new("xmllint");
            refused.args(["--noout", "--nonet", "--schema"]).arg(&schema).arg(&broken);
            assert!(!refused.output().expect("it ran before").status.success());
            let wrong: Vec<&str> =
                said.lines().filter(|line| !line.ends_with(" validates")).collect();
            assert!(checked.status.success(), "{}", wrong.join("\n"));
        }
        Err(_) => eprintln!(
            "SKIPPED: xmllint is not installed, so no file was checked against the schema; \
             install libxml2-utils"
        ),
    }
}

#[test]
fn the_founding_document_keeps_its_ids_duties_and_goals() {
    let text = read(&root().join("seeds/documents/liaoning-meili-2024.txt"));
    let options = ParseOptions { id: "liaoning-meili-2024".to_owned(), ..ParseOptions::default() };
    let document = parse(&text, &options);
    let written = akoma_ntoso(&document, &text);
    for division in &document.divisions {
        let id = format!("eId=\"{}\"", division.id);
        assert_eq!(written.matches(&id).count(), 1, "{id}");
    }
    let count = |what: &str| written.matches(what).count();
    assert_eq!(count("<gangmu:assignment "), document.assignments.len());
    assert_eq!(count("<gangmu:target "), document.targets.len());
    assert_eq!(count("<span class=\"target\""), document.targets.len());
    // A body that leads two clauses stands in the first one's words alone.
    let named = |each: &Assignment| {
        each.agencies.iter().filter(|body| each.text.contains(&body.name)).count()
    };
    let bodies: usize = document.assignments.iter().map(|each| each.agencies.len()).sum();
    assert_eq!(count("<gangmu:agency "), bodies);
    assert_eq!(count("<organization "), document.assignments.iter().map(named).sum::<usize>());
    assert!(written.contains("<FRBRlanguage language=\"zho\"/>"));
    assert!(written.contains("<quantity refersTo=\"#indicator"));
}
