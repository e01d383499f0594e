//! The forms of assignments, each with a real string; the founding document;
//! and what must hold for any text.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use gangmu_lexicon::Lexicon;
use gangmu_model::{AssignmentForm, DiagnosticCode, Role};
use proptest::prelude::*;

use super::{AssignmentState, Bodies, ParagraphAssignments, extract_assignments};

mod closing;
mod founding;
mod lists;
mod running;

/// Folds as the parser's view does, as far as these texts need it.
fn fold(text: &str) -> String {
    text.chars()
        .filter(|mark| !mark.is_whitespace())
        .map(|mark| match mark {
            '\u{FF01}'..='\u{FF5E}' => {
                char::from_u32(mark as u32 - 0xFEE0).expect("the block mirrors ASCII")
            }
            other => other,
        })
        .collect()
}

fn extract(text: &str, state: &mut AssignmentState) -> ParagraphAssignments {
    extract_assignments(text, &Bodies::new(Lexicon::builtin(), None), state)
}

/// One line a group: `role label = name | name +等 form`.
fn dump(text: &str, found: &ParagraphAssignments) -> String {
    let mut out = String::new();
    for group in &found.groups {
        let label = group.label.clone().map_or("-", |label| &text[label]);
        let names: Vec<_> = group.agencies.iter().map(|name| &text[name.clone()]).collect();
        let others = if group.open_ended { " +等" } else { "" };
        let form = match group.form {
            AssignmentForm::Closing => "",
            AssignmentForm::Inline => " inline",
            AssignmentForm::Document => " document",
            AssignmentForm::Table => " table",
        };
        writeln!(out, "{} {label} = {}{others}{form}", group.role.name(), names.join(" | "))
            .expect("a string takes every line");
    }
    out
}

/// Checks one text, folded, against the dump of what is to be found.
fn check(text: &str, expected: &[&str]) {
    check_with(text, &mut AssignmentState::default(), expected);
}

fn check_with(text: &str, state: &mut AssignmentState, expected: &[&str]) {
    let text = fold(text);
    let found = extract(&text, state);
    let lines = dump(&text, &found);
    assert_eq!(lines.lines().collect::<Vec<_>>(), expected, "{text}");
}

/// Checks the findings of one text: code and the words they stand at.
fn check_findings(text: &str, expected: &[(DiagnosticCode, &str)]) {
    let text = fold(text);
    let found = extract(&text, &mut AssignmentState::default());
    let findings: Vec<_> =
        found.findings.iter().map(|f| (f.code, &text[f.range.clone()])).collect();
    assert_eq!(findings, expected, "{text}");
}

/// Checks which part of a text is taken off as closing.
fn check_closing(text: &str, own_text: &str) {
    let text = fold(text);
    let found = extract(&text, &mut AssignmentState::default());
    let start = found.closing.first().map_or(text.len(), |first| first.start);
    assert_eq!(&text[..start], own_text, "{text}");
    assert_valid(&text, &found);
}

/// What holds for every text: ranges lie in it, on character boundaries, and
/// the closing ranges tile its end.
fn assert_valid(text: &str, found: &ParagraphAssignments) {
    for group in &found.groups {
        assert!(text.get(group.text.clone()).is_some());
        assert!(group.label.clone().is_none_or(|label| text.get(label).is_some()));
        assert!(!group.agencies.is_empty());
        for name in &group.agencies {
            assert!(text.get(name.clone()).is_some_and(|name| !name.is_empty()));
        }
    }
    for finding in &found.findings {
        assert!(text.get(finding.range.clone()).is_some());
    }
    for pair in found.closing.windows(2) {
        assert_eq!(pair[0].end, pair[1].start);
    }
    assert!(found.closing.last().is_none_or(|last| last.end == text.len()));
}

proptest! {
    #[test]
    fn any_text_gives_valid_ranges(text in "\\PC{0,80}") {
        assert_valid(&text, &extract(&text, &mut AssignmentState::default()));
    }

    #[test]
    fn any_mix_of_the_words_gives_valid_ranges(words in proptest::collection::vec(
        prop::sample::select(vec![
            "(", ")", "〔", "〕", "[", "]", "【", "】", "、", ",", ";", "。", ":", "牵头单位", "责任单位",
            "配合", "负责", "会同", "由", "等", "等有关部门", "和", "及", "省科技厅", "各市", "县(市、区)人民政府",
            "各级党委", "政府", "按职责分工", "列第一位的为牵头单位", "以下均需", "不再列出", "—15—", "6月底完成",
            "2.搭建", "责任位", "压实", "责任", "充分发挥", "作用", "报送", "向", "报告", "要", "定期听取",
        ]), 0..24)) {
        let text = words.concat();
        let mut state = AssignmentState::default();
        assert_valid(&text, &extract(&text, &mut state));
        assert_valid(&text, &extract(&text, &mut state));
    }
}

/// Texts that a rule without bounds takes quadratic time for.
#[test]
fn hostile_texts_stay_linear() {
    const MARKS: usize = 100_000;
    const WORDS: usize = 5_000;
    let texts = [
        format!("{}{}", "(".repeat(MARKS), ")".repeat(MARKS)),
        format!("{}{}", "(责任单位:".repeat(MARKS / 5), ")".repeat(MARKS / 5)),
        "(责任单位:".repeat(MARKS / 5),
        "(〔".repeat(MARKS),
        ")〕".repeat(MARKS),
        "责任".repeat(2 * MARKS),
        format!("(责任单位:{})", "甲".repeat(4 * MARKS)),
        format!("(责任单位:{})", "由".repeat(4 * MARKS)),
        format!("(责任单位:{})", "省科技厅、".repeat(WORDS)),
        format!("({})", "省科技厅会同".repeat(WORDS)),
        format!("({}负责)", "各市、县(市、区)、".repeat(WORDS)),
        "责任单位:省科技厅。".repeat(WORDS),
        "由省科技厅牵头组织,".repeat(WORDS),
        "各有关部门要加强衔接,定期向省委、省政府报告,".repeat(WORDS),
        "各有关部门和单位及各市党委和政府、".repeat(WORDS),
        format!("由{}牵头", "省科技厅和".repeat(WORDS)),
        "(省科技厅、省财政厅)".repeat(WORDS),
        format!("责任单位:{}", "区科技局".repeat(WORDS)),
        "国务院有关部门商国务院".repeat(WORDS),
        "国务院负责安全管理".repeat(WORDS),
        "省、自治区、直辖市".repeat(WORDS),
        "要加强指导,".repeat(WORDS),
        "加强指导,负责落实,".repeat(WORDS),
        format!("会同{}", "国务院自然资源、".repeat(WORDS)),
        "【责任单位】".repeat(WORDS),
        "市局责任单位".repeat(WORDS),
    ];
    for text in texts {
        let start = Instant::now();
        assert_valid(&text, &extract(&text, &mut AssignmentState::default()));
        let taken = start.elapsed();
        let head: String = text.chars().take(24).collect();
        assert!(taken < Duration::from_secs(20), "{head}… took {taken:?}");
    }
}

#[test]
fn every_role_is_read() {
    let text = fold(
        "各有关部门要加强衔接。（甲市科技局牵头，省科技厅负责，省财政厅配合，省教育厅指导）（省科技厅、省财政厅按职责分工负责）",
    );
    let found = extract(&text, &mut AssignmentState::default());
    for role in Role::ALL {
        assert!(found.groups.iter().any(|group| group.role == role), "{}", role.name());
    }
}
