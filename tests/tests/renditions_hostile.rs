//! Whatever the text, a rendition of it loses nothing and is sound: random mixtures
//! of numbers, brackets, widths, signs and line ends, and texts made to break a reader.

use std::collections::HashMap;

use gangmu_hostile::{PIECES, SHAPES};
use gangmu_model::{AssignmentForm, Document};
use gangmu_parser::{ParseOptions, parse};
use gangmu_rendition::{akoma_ntoso, html, markdown};
use proptest::prelude::*;
use quick_xml::events::Event;

/// Elements of a shape in a test.
const MANY: usize = 40;

/// Signs of Markdown, HTML and XML beside the pieces of policy documents.
const SIGNS: [&str; 16] = [
    "**",
    "# ",
    "- ",
    "1. ",
    "| ",
    "\n| --- |\n",
    "\\",
    "<b>",
    "&nbsp;",
    "`",
    "[甲](a.pdf)",
    "]]>",
    "<!--",
    "\u{b}",
    "\u{0}",
    "---\n",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mixtures_lose_nothing(picks in prop::collection::vec(0..PIECES.len() + SIGNS.len(), 0..100)) {
        let piece = |pick: usize| PIECES.get(pick).copied().unwrap_or_else(|| SIGNS[pick - PIECES.len()]);
        check(&picks.into_iter().map(piece).collect::<String>());
    }

    #[test]
    fn any_characters_lose_nothing(text in ".{0,300}") {
        check(&text);
    }
}

#[test]
fn hostile_shapes_lose_nothing() {
    for shape in SHAPES {
        check(&(shape.write)(MANY.min(shape.full)));
    }
}

/// Renders a text in every format and checks that all of it is there.
fn check(text: &str) {
    let document = parse(text, &ParseOptions::default());
    let said = said(&document);
    for (name, rendered) in [
        ("Markdown", markdown(&document, text)),
        ("HTML", words_of_html(&html(&document, text))),
        ("Akoma Ntoso", words_of_xml(&akoma_ntoso(&document, text))),
    ] {
        let mut left = count(&rendered);
        for ch in said.chars().filter(|ch| !ch.is_whitespace() && !ch.is_control()) {
            let n = left.entry(ch).or_default();
            *n -= 1;
            assert!(*n >= 0, "{name} lost {ch:?} of {text:?}:\n{rendered}");
        }
    }
}

/// All that the divisions of a document say, once. What a row of a table says stands
/// in the cells of its table.
fn said(document: &Document) -> String {
    let mut said = String::new();
    let tables: Vec<_> = document
        .divisions
        .iter()
        .filter(|each| each.table.is_some())
        .map(|each| &each.id)
        .collect();
    let is_row = |id: &gangmu_model::DivisionId| {
        document
            .division(id)
            .and_then(|each| each.parent.as_ref())
            .is_some_and(|id| tables.contains(&id))
    };
    for division in document.divisions.iter().filter(|division| !is_row(&division.id)) {
        match &division.table {
            // A merged cell stands in each of its columns, and once on a page.
            Some(table) => table.rows.iter().for_each(|row| {
                let cells = row.chunk_by(|a, b| a.text == b.text);
                said.extend(cells.map(|cells| cells[0].text.as_str()));
            }),
            None => {
                said.extend(division.marker.iter().map(|marker| marker.text.as_str()));
                said.extend(division.title.as_deref());
                said.push_str(&division.text);
            }
        }
    }
    let mut last = None;
    for assignment in &document.assignments {
        let place = Some((&assignment.division, assignment.span.start()));
        if assignment.form == AssignmentForm::Closing
            && last != place
            && !is_row(&assignment.division)
        {
            said.push_str(&assignment.text);
            last = place;
        }
    }
    // XML holds no such characters.
    said.replace(['\u{fffe}', '\u{ffff}'], "")
}

fn count(text: &str) -> HashMap<char, i64> {
    let mut count = HashMap::new();
    text.chars().for_each(|ch| *count.entry(ch).or_default() += 1);
    count
}

/// The words of a page's text, its tags left out.
fn words_of_html(page: &str) -> String {
    let main = page.split_once("<main").and_then(|(_, rest)| rest.split_once("</main>"));
    let (main, _) = main.expect("a page has a text");
    let words = main.split('<').map(|piece| piece.split_once('>').map_or("", |(_, words)| words));
    let words: String = words.collect();
    words.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// The words of an XML file, which is read to its end.
fn words_of_xml(file: &str) -> String {
    let mut reader = quick_xml::Reader::from_str(file);
    let mut words = String::new();
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{error}:\n{file}")) {
            Event::Eof => return words,
            Event::Text(text) => words.push_str(&text.xml10_content()),
            Event::GeneralRef(name) => words.push(match &*name {
                "lt" => '<',
                "gt" => '>',
                "amp" => '&',
                "quot" => '"',
                "apos" => '\'',
                other => panic!("&{other}; in {file}"),
            }),
            _ => {}
        }
    }
}
