//! The founding document, field by field, against its hand-made gold.

use std::collections::BTreeMap;

use gangmu_model::{
    Assignment, AssignmentForm, DiagnosticCode, Division, DivisionKind, Document, Target,
    TargetType,
};
use gangmu_parser::{ParseOptions, parse};
use gangmu_quality::{Aspect, Gold, Score, score};
use gangmu_tests::{read, root};
use serde_json::Value;

struct Founding {
    text: String,
    document: Document,
    gold: Value,
    score: Score,
}

fn founding() -> Founding {
    let text = read(&root().join("seeds/documents/liaoning-meili-2024.txt"));
    let json = read(&root().join("tests/gold/liaoning-meili-2024.json"));
    let options = ParseOptions { id: "liaoning-meili-2024".to_owned(), ..ParseOptions::default() };
    let document = parse(&text, &options);
    let gold = serde_json::from_str(&json).expect("gold is JSON");
    let score = score(&document, &text, &Gold::from_json(&json).expect("gold has its shape"));
    Founding { text, document, gold, score }
}

impl Founding {
    fn chapter(&self, index: &Value) -> &Division {
        self.document.find(&format!("c{index}")).expect("the chapter is read")
    }

    fn measure(&self, index: &Value) -> &Division {
        self.document.find(&format!("m{index}")).expect("the measure is read")
    }

    fn faults(&self, aspect: &str) -> Vec<String> {
        let faults =
            self.score.faults.iter().filter(|fault| fault.aspect.name().starts_with(aspect));
        faults.map(|fault| format!("{fault:?}")).collect()
    }
}

fn list<'v>(value: &'v Value, field: &str) -> &'v [Value] {
    value[field].as_array().unwrap_or_else(|| panic!("{field} is a list in gold"))
}

/// The byte range that gold gives as `[start, end)`.
fn bytes(at: &Value) -> std::ops::Range<usize> {
    let end = |index: usize| at["bytes"][index].as_u64().expect("a byte offset") as usize;
    end(0)..end(1)
}

#[test]
fn chapters_and_measures_have_number_title_and_body() {
    let founding = founding();
    let chapters = list(&founding.gold, "chapters");
    assert_eq!(chapters.len(), 9);
    let mut n_measures = 0;
    for chapter in chapters {
        let read = founding.chapter(&chapter["index"]);
        assert_eq!(read.kind, DivisionKind::Chapter);
        assert_eq!(read.parent, None);
        assert_eq!(read.title.as_deref(), chapter["title"].as_str());
        assert_eq!(read.span.start(), bytes(&chapter["at"]).start);
        for measure in list(chapter, "measures") {
            let inside = founding.measure(&measure["index"]);
            assert_eq!(inside.kind, DivisionKind::Measure);
            assert_eq!(inside.parent.as_ref(), Some(&read.id));
            assert_eq!(
                inside.marker.as_ref().map(|it| it.text.as_str()),
                measure["number"].as_str()
            );
            assert_eq!(inside.title.as_deref(), measure["title"].as_str());
            assert_eq!(inside.text, founding.text[bytes(&measure["body_at"])]);
            n_measures += 1;
        }
    }
    assert_eq!(n_measures, 36);
    let numbered = founding.document.divisions.iter().filter(|each| each.marker.is_some());
    assert_eq!(numbered.count(), 9 + 36);
}

#[test]
fn the_first_chapter_has_three_plain_paragraphs() {
    let founding = founding();
    let chapter = &list(&founding.gold, "chapters")[0];
    let parent = &founding.chapter(&chapter["index"]).id;
    let children: Vec<&Division> = founding
        .document
        .divisions
        .iter()
        .filter(|division| division.parent.as_ref() == Some(parent))
        .collect();
    assert_eq!(children.len(), 3);
    let lines: Vec<&str> = founding.text.split('\n').collect();
    for (child, line) in children.iter().zip(list(chapter, "body_paragraph_lines")) {
        let line = line.as_u64().expect("a line") as usize;
        assert_eq!(child.kind, DivisionKind::Paragraph);
        assert_eq!(child.marker, None);
        assert_eq!(founding.text[child.span.range()].trim(), lines[line - 1].trim());
    }
}

#[test]
fn closing_assignments_are_exact() {
    let founding = founding();
    let mut read: BTreeMap<usize, Vec<&Assignment>> = BTreeMap::new();
    for each in &founding.document.assignments {
        if each.form == AssignmentForm::Closing {
            read.entry(each.span.start()).or_default().push(each);
        }
    }
    let wanted = list(&founding.gold, "assignments");
    assert_eq!(wanted.len(), 32);
    assert_eq!(read.len(), 32);
    let mut n_mentions = 0;
    for bracket in wanted {
        let place = bytes(&bracket["at"]);
        let groups = read.get(&place.start).unwrap_or_else(|| panic!("{} is read", bracket["raw"]));
        assert_eq!(groups.len(), list(bracket, "groups").len(), "{}", bracket["raw"]);
        for (group, wanted) in groups.iter().zip(list(bracket, "groups")) {
            assert_eq!(group.division, founding.measure(&bracket["measure"]).id);
            assert_eq!(group.span.range(), place);
            assert_eq!(Some(group.text.as_str()), bracket["raw"].as_str());
            assert_eq!(Some(group.role.name()), wanted["role"].as_str());
            assert_eq!(group.label.as_deref(), wanted["label"].as_str());
            assert_eq!(Some(group.open_ended), wanted["open_ended"].as_bool());
            let names: Vec<&str> = group.agencies.iter().map(|each| each.name.as_str()).collect();
            let expected: Vec<&str> =
                list(wanted, "agencies").iter().filter_map(Value::as_str).collect();
            assert_eq!(names, expected);
            n_mentions += names.len();
        }
    }
    assert_eq!(n_mentions, 206);
}

#[test]
fn the_two_missing_colons_are_told() {
    let founding = founding();
    let told: Vec<String> = founding
        .document
        .diagnostics
        .iter()
        .filter(|each| each.code == DiagnosticCode::MissingColon)
        .map(|each| each.division.as_ref().map_or("nowhere".to_owned(), ToString::to_string))
        .collect();
    let expected: Vec<String> = list(&founding.gold, "assignments")
        .iter()
        .filter(|each| {
            let slips = list(each, "irregularities").iter().filter_map(Value::as_str);
            slips.into_iter().any(|slip| slip.starts_with("missing_colon_after_label"))
        })
        .map(|each| founding.measure(&each["measure"]).id.to_string())
        .collect();
    assert_eq!(expected.len(), 2);
    assert_eq!(told, expected);
}

#[test]
fn quantitative_targets_have_every_field() {
    let founding = founding();
    let tally = founding.score.tally(Aspect::Targets);
    assert_eq!((tally.right, tally.read), (23, 23), "{:#?}", founding.faults("targets"));
    for wanted in list(&founding.gold, "targets") {
        if wanted["kind"] != "quantitative" {
            continue;
        }
        let place = bytes(&wanted["at"]);
        let target: &Target = founding
            .document
            .targets
            .iter()
            .filter(|each| each.target_type == TargetType::Quantitative)
            .find(|each| each.span.start() < place.end && place.start < each.span.end())
            .unwrap_or_else(|| panic!("{} is read", wanted["verbatim"]));
        let clause = &wanted["verbatim"];
        assert_eq!(target.value_text.as_deref(), wanted["value_text"].as_str(), "{clause}");
        assert_eq!(target.scope.as_deref(), wanted["scope"].as_str(), "{clause}");
        assert_eq!(Some(target.redacted), wanted["redacted"].as_bool(), "{clause}");
        let qualifiers: Vec<&str> =
            list(wanted, "qualifiers").iter().filter_map(Value::as_str).collect();
        assert_eq!(target.qualifiers, qualifiers, "{clause}");
        let indicator = wanted["indicator"].as_str().expect("gold names every indicator");
        if clause.as_str().is_some_and(|clause| clause.contains(indicator)) {
            assert_eq!(target.indicator.as_deref(), Some(indicator), "{clause}");
        }
    }
}

#[test]
fn goals_in_words_and_duties_in_running_text_are_found() {
    let founding = founding();
    let worded = founding.score.tally(Aspect::Qualitative);
    assert_eq!(worded.expected, 55);
    assert!(worded.right >= 52, "{:#?}", founding.faults("qualitative"));
    assert!(worded.read - worded.right <= 3, "{:#?}", founding.faults("qualitative"));
    let duties = founding.score.tally(Aspect::Duties);
    assert_eq!(duties.expected, 13);
    assert!(duties.right >= 11, "{:#?}", founding.faults("duties"));
}

#[test]
fn metadata_is_exact_and_the_page_is_no_content() {
    let founding = founding();
    assert_eq!(founding.faults("metadata"), [""; 0]);
    assert_eq!(founding.faults("boilerplate"), [""; 0]);
    let title = founding.document.metadata.title.as_deref();
    let wanted = &founding.gold["metadata"];
    // The page's heading parts the issuers by a blank, the document's own title does not.
    assert!([wanted["title"].as_str(), wanted["title_as_in_document"].as_str()].contains(&title));
    let noise = &founding.gold["noise"]["tail"]["items"];
    for item in noise.as_array().expect("the tail is a list in gold") {
        let words = item["verbatim"].as_str().expect("a line of the page").trim();
        for division in &founding.document.divisions {
            assert!(!division.text.contains(words), "{} holds {words}", division.id);
        }
    }
}
