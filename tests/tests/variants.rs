//! A text that came another way reads the same: with line ends of another system, a blank line
//! between all lines, wide digits, or every line set in.

use std::collections::BTreeSet;

use gangmu_model::Document;
use gangmu_parser::{ParseOptions, parse};
use gangmu_tests::fixtures;

/// The facts of a document without the places where they stand.
fn facts(document: &Document) -> BTreeSet<String> {
    let plain = |text: &str| -> String {
        let narrow = |ch: char| match ch {
            '０'..='９' => char::from_u32(u32::from(ch) - 0xfee0).unwrap_or(ch),
            _ => ch,
        };
        text.chars().filter(|ch| !ch.is_whitespace()).map(narrow).collect()
    };
    let mut facts = BTreeSet::new();
    for division in &document.divisions {
        let marker = division.marker.as_ref().map(|marker| plain(&marker.text));
        let title = division.title.as_deref().map(plain);
        facts.insert(format!("{} {:?} {marker:?} {title:?}", division.id, division.kind));
    }
    for assignment in &document.assignments {
        let names: Vec<String> = assignment.agencies.iter().map(|each| plain(&each.name)).collect();
        facts.insert(format!("{:?} {:?} {names:?}", assignment.division, assignment.role));
    }
    for target in &document.targets {
        let year = target.deadline.as_ref().and_then(|deadline| deadline.year);
        let unit = target.unit.as_deref().map(plain);
        let indicator = target.indicator.as_deref().map(plain);
        let number = (target.comparator, target.value, target.value_max, unit, target.change);
        facts.insert(format!("{:?} {indicator:?} {number:?} {year:?}", target.division));
    }
    let metadata = &document.metadata;
    let title = metadata.title.as_deref().map(plain);
    let number = metadata.document_number.as_deref().map(plain);
    facts.insert(format!("{title:?} {number:?} {:?} {:?}", metadata.issued_on, metadata.issuers));
    facts
}

/// Reads every fixture as it is and as `change` has it. Those in `except` are read otherwise,
/// for the reason that stands with their names.
#[track_caller]
fn reads_the_same(change: impl Fn(&str) -> String, except: &[&str]) {
    let mut otherwise = Vec::new();
    for fixture in fixtures() {
        let (text, document) = fixture.parse();
        let options = ParseOptions { id: fixture.name.clone(), ..ParseOptions::default() };
        if facts(&document) != facts(&parse(&change(&text), &options)) {
            otherwise.push(fixture.name);
        }
    }
    assert_eq!(otherwise, except);
}

#[test]
fn with_other_line_ends() {
    reads_the_same(|text| text.replace("\r\n", "\n").replace('\n', "\r\n"), &[]);
}

#[test]
fn with_a_blank_line_between_all_lines() {
    let except = [
        // On one line, of which nothing but its blanks tells that it is.
        "layout/run-on-line",
        // Blank lines part its tables.
        "layout/text-in-a-cell",
        // Too few lines to say that the blank ones part none.
        "layout/titles-of-forms",
        // Blank lines part its cells.
        "tables/cells-between-blank-lines",
    ];
    reads_the_same(|text| text.replace('\n', "\n\n"), &except);
}

#[test]
fn with_every_line_set_in() {
    let indented = |text: &str| -> String {
        let line = |line: &str| {
            if line.trim().is_empty() { line.to_owned() } else { format!("　　{line}") }
        };
        text.split('\n').map(line).collect::<Vec<_>>().join("\n")
    };
    let except = [
        // No front matter stands behind blanks.
        "metadata/front-matter",
        // Names that are set in are a signature's, and no part of the title.
        "metadata/released-and-dated",
        "metadata/title-with-torn-date",
        // Some short lines that end at one column, as those of a printed page do.
        "numbering/deeds-in-tracks",
        "targets/opening-goals",
    ];
    reads_the_same(indented, &except);
}

#[test]
fn with_wide_digits() {
    let wide = |ch: char| match ch {
        '0'..='9' => char::from_u32(u32::from(ch) + 0xfee0).unwrap_or(ch),
        _ => ch,
    };
    let except = [
        // What a front matter holds is written for programs.
        "metadata/front-matter",
        // Some short lines that end at one column, as those of a printed page do.
        "numbering/labelled",
        // The columns of a printed page stand where digits are narrow.
        "tables/printed-rows",
    ];
    reads_the_same(|text| text.chars().map(wide).collect(), &except);
}
