//! The founding document: 32 measures with 206 names, and the duties in the
//! running text of the last four.

use gangmu_model::{AssignmentForm, DiagnosticCode, Role};
use serde_json::{Value, json};

use super::{AssignmentState, ParagraphAssignments, extract, fold};

const TEXT: &str = include_str!("../../../../../../seeds/documents/liaoning-meili-2024.txt");
const GOLD: &str = include_str!("../../../../../../tests/gold/liaoning-meili-2024.json");

/// The lines of the document in the gold's order: measure, folded line.
fn measures(gold: &Value) -> Vec<(u64, String)> {
    let lines: Vec<&str> = TEXT.lines().collect();
    let chapters = gold["chapters"].as_array().expect("the gold has chapters");
    let measures = chapters
        .iter()
        .flat_map(|chapter| chapter["measures"].as_array().expect("a chapter has measures"));
    measures
        .map(|measure| {
            let index = measure["index"].as_u64().expect("a measure has an index");
            let line = measure["line"].as_u64().expect("a measure has a line");
            (index, fold(lines[line as usize - 1]))
        })
        .collect()
}

fn read_all() -> (Value, Vec<(u64, String, ParagraphAssignments)>) {
    let gold: Value = serde_json::from_str(GOLD).expect("the gold is JSON");
    let mut state = AssignmentState::default();
    let read = measures(&gold)
        .into_iter()
        .map(|(index, text)| {
            let found = extract(&text, &mut state);
            (index, text, found)
        })
        .collect();
    (gold, read)
}

#[test]
fn thirty_two_measures_exactly() {
    let (gold, read) = read_all();
    let expected = gold["assignments"].as_array().expect("the gold has assignments");
    assert_eq!((read.len(), expected.len()), (36, 32));
    let mut n_names = 0;
    for (index, text, found) in &read {
        let closing: Vec<_> =
            found.groups.iter().filter(|group| group.form == AssignmentForm::Closing).collect();
        let Some(gold) = expected.iter().find(|entry| entry["measure"] == *index) else {
            assert!(closing.is_empty(), "measure {index} has no closing assignment");
            assert!(found.closing.is_empty());
            continue;
        };
        assert_eq!(found.closing.len(), 1, "measure {index}");
        let groups = gold["groups"].as_array().expect("an assignment has groups");
        assert_eq!(closing.len(), groups.len(), "measure {index}");
        for (group, gold_group) in closing.iter().zip(groups) {
            let names: Vec<_> = group.agencies.iter().map(|name| &text[name.clone()]).collect();
            n_names += names.len();
            let label = group.label.clone().map(|label| &text[label]);
            let read = json!({
                "role": group.role.name(),
                "label": label,
                "agencies": names,
                "open_ended": group.open_ended,
            });
            assert_eq!(read, *gold_group, "measure {index}");
            assert_eq!(&text[group.text.clone()], gold["raw"], "measure {index}");
        }
    }
    assert_eq!(n_names, 206);
}

#[test]
fn two_colons_are_missing_and_nothing_else_is_wrong() {
    let (_, read) = read_all();
    let findings: Vec<_> = read
        .iter()
        .flat_map(|(index, text, found)| {
            found.findings.iter().map(move |f| (*index, f.code, &text[f.range.clone()]))
        })
        .collect();
    assert_eq!(
        findings,
        [
            (4, DiagnosticCode::MissingColon, "责任单位"),
            (16, DiagnosticCode::MissingColon, "牵头单位"),
        ]
    );
}

#[test]
fn duties_in_running_text() {
    let (gold, read) = read_all();
    let mut inline: Vec<_> = Vec::new();
    for (index, text, found) in &read {
        for group in found.groups.iter().filter(|group| group.form == AssignmentForm::Inline) {
            let names: Vec<_> = group.agencies.iter().map(|name| &text[name.clone()]).collect();
            inline.push((*index, names.join("、"), &text[group.text.clone()], group.role));
        }
    }
    let duties = gold["inline_duties"].as_array().expect("the gold has inline duties");
    let core: Vec<_> = duties.iter().filter(|duty| duty["tier"] == "core").collect();
    let missed: Vec<_> = core
        .iter()
        .filter(|duty| {
            !inline.iter().any(|(index, names, text, _)| {
                duty["measure"] == *index && duty["agency"] == *names && duty["verbatim"] == *text
            })
        })
        .collect();
    assert_eq!(core.len(), 13);
    assert!(missed.is_empty(), "missed {missed:#?} in {inline:#?}");
    // 考核工作由…牵头组织 is the only one whose words say a role.
    let leads: Vec<_> = inline.iter().filter(|(.., role)| *role != Role::Mention).collect();
    assert_eq!(leads.len(), 1, "{leads:?}");
    // Duties in measures that close with a bracket are of the second tier.
    for (index, names, text, _) in &inline {
        assert!(
            duties.iter().any(|duty| duty["measure"] == *index && duty["agency"] == *names),
            "measure {index}: {names}: {text}"
        );
    }
}
