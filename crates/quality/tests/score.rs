//! The scorer against documents made by hand: a reading that agrees with gold
//! has full marks, and each kind of fault costs what it should.

use std::ops::Range;

use gangmu_model::{
    AgencyMention, Assignment, AssignmentForm, Boilerplate, BoilerplateReason, Comparator,
    Deadline, DeadlineKind, Diagnostic, DiagnosticCode, Division, DivisionId, DivisionKind,
    Document, LineTable, Marker, MarkerStyle, Metadata, Role, SCHEMA_VERSION, Source, Target,
    TargetType,
};
use gangmu_quality::{Aspect, Gold, GoldClause, GoldDiagnostic, Score, Tally, score};

const TEXT: &str = "\
首页 > 政策
一、主要目标
到2027年，全市建成充电站60座以上，森林覆盖率达到42%。
二、重点任务
（一）修路。新建公路3条。（责任单位：市交通局、市财政局等）
（二）护林。（责任单位：市林业局）
";

const GOLD: &str = r#"{
  "metadata": { "title": "云岭市实施方案", "issuers": ["云岭市人民政府"] },
  "divisions": [
    { "n": 1, "parent": null, "kind": "chapter", "marker": "一、", "title": "主要目标",
      "first_words": "主要目标", "line": 2 },
    { "n": 2, "parent": null, "kind": "chapter", "marker": "二、", "title": "重点任务",
      "first_words": "重点任务", "line": 4 },
    { "n": 3, "parent": 2, "kind": "measure", "marker": "（一）", "title": "修路",
      "first_words": "修路。", "line": 5 },
    { "n": 4, "parent": 2, "kind": "measure", "marker": "（二）", "title": "护林",
      "first_words": "护林。", "line": 6 }
  ],
  "assignments": [
    { "division": 3, "line": 5, "groups": [
      { "role": "responsible", "agencies": ["市交通局", "市财政局"], "open_ended": true } ] },
    { "division": 4, "line": 6, "groups": [
      { "role": "responsible", "agencies": ["市林业局"], "open_ended": false } ] }
  ],
  "targets": [
    { "line": 3, "text": "全市建成充电站60座以上", "indicator": "充电站", "value": 60, "unit": "座",
      "comparator": "at_least", "deadline_year": 2027 },
    { "line": 3, "text": "森林覆盖率达到42%", "indicator": "森林覆盖率", "value": 42, "unit": "%",
      "comparator": "reach", "also_acceptable_comparators": ["equal", null], "deadline_year": 2027 }
  ],
  "borderline_targets": [ { "line": 5, "text": "新建公路3条" } ],
  "boilerplate": [ { "first": "首页 > 政策", "last": "首页 > 政策", "line_first": 1, "line_last": 1 } ]
}"#;

fn gold() -> Gold {
    Gold::from_json(GOLD).expect("the gold above has its shape")
}

/// The bytes of a line.
fn lines(text: &str, line: u32) -> Range<usize> {
    let before = line as usize - 1;
    let start = text.split_inclusive('\n').take(before).map(str::len).sum();
    start..start + text.split_inclusive('\n').nth(before).map_or(0, str::len)
}

/// The place of some words: the first one on or after the clause's line.
fn place(text: &str, clause: &GoldClause) -> Range<usize> {
    let start = lines(text, clause.line).start;
    let at = start + text[start..].find(&clause.text).expect("words of gold stand in the text");
    at..at + clause.text.len()
}

fn clause(text: &str, line: u32) -> GoldClause {
    GoldClause { text: text.to_owned(), line, joined: None, line_start: None, line_end: None }
}

/// The document that a reader who agrees with gold in all would hand in.
fn perfect(text: &str, gold: &Gold) -> Document {
    let table = LineTable::new(text);
    let id = |n: usize| DivisionId::new(format!("d{n}"));
    let mut divisions: Vec<Division> = gold
        .divisions
        .iter()
        .map(|each| {
            let start = place(text, &clause(&each.marker, each.line));
            Division {
                id: id(each.n),
                parent: each.parent.map(id),
                kind: each.kind,
                marker: Some(Marker {
                    text: each.marker.clone(),
                    style: MarkerStyle::HanParen,
                    ordinal: 1,
                }),
                citation: String::new(),
                title: each.title.clone(),
                text: String::new(),
                table: None,
                span: table.span(start.start..text.len()),
            }
        })
        .collect();
    divisions.insert(0, paragraph("front", None, table.span(0..0)));
    let home = |division: Option<usize>| division.map_or(DivisionId::new("front"), id);
    let mut assignments = Vec::new();
    for each in &gold.assignments {
        for group in &each.groups {
            let span = table.span(place(text, &clause(&group.agencies[0], each.line)));
            let agencies = group
                .agencies
                .iter()
                .map(|name| AgencyMention { name: name.clone(), full_name: None });
            assignments.push(Assignment {
                division: home(each.division),
                role: group.role,
                label: None,
                agencies: agencies.collect(),
                open_ended: group.open_ended,
                form: AssignmentForm::Closing,
                text: String::new(),
                span,
            });
        }
    }
    let numeric = gold.targets.iter().map(|each| Target {
        indicator: each.indicator.clone(),
        comparator: each.comparator,
        value: each.value,
        value_max: each.value_max,
        unit: each.unit.clone(),
        change: each.change,
        deadline: each.deadline_year.map(|year| Deadline {
            text: String::new(),
            kind: DeadlineKind::Year,
            year: Some(year),
            month: None,
            day: None,
            period: None,
            relative: None,
        }),
        ..target(TargetType::Quantitative, table.span(place(text, &each.clause)))
    });
    let worded = gold
        .qualitative
        .iter()
        .flatten()
        .map(|each| target(TargetType::Qualitative, table.span(place(text, each))));
    let duties = gold.duties.iter().flatten().map(|each| Assignment {
        division: DivisionId::new("front"),
        role: Role::Mention,
        label: None,
        agencies: vec![AgencyMention { name: each.agency.clone(), full_name: None }],
        open_ended: false,
        form: AssignmentForm::Inline,
        text: each.clause.text.clone(),
        span: table.span(place(text, &each.clause)),
    });
    let boilerplate = gold.boilerplate.iter().map(|block| {
        let range = lines(text, block.line_first).start..lines(text, block.line_last).end;
        Boilerplate { reason: BoilerplateReason::Footer, span: table.span(range) }
    });
    let metadata = gold.metadata.clone().into_iter().fold(
        serde_json::to_value(Metadata::default()).expect("metadata is plain"),
        |mut all, (field, value)| {
            all[field] = value;
            all
        },
    );
    Document {
        schema_version: SCHEMA_VERSION,
        id: "made".to_owned(),
        source: Source::default(),
        metadata: serde_json::from_value(metadata).expect("gold names fields of metadata"),
        divisions,
        assignments: assignments.into_iter().chain(duties).collect(),
        targets: numeric.chain(worded).collect(),
        citations: Vec::new(),
        boilerplate: boilerplate.collect(),
        diagnostics: Vec::new(),
    }
}

fn paragraph(id: &str, parent: Option<&str>, span: gangmu_model::Span) -> Division {
    Division {
        id: DivisionId::new(id),
        parent: parent.map(DivisionId::new),
        kind: DivisionKind::Paragraph,
        marker: None,
        citation: String::new(),
        title: None,
        text: String::new(),
        table: None,
        span,
    }
}

fn target(target_type: TargetType, span: gangmu_model::Span) -> Target {
    Target {
        division: DivisionId::new("front"),
        target_type,
        text: String::new(),
        span,
        indicator: None,
        scope: None,
        deadline: None,
        comparator: None,
        value: None,
        value_max: None,
        unit: None,
        value_text: None,
        change: None,
        baseline: None,
        qualifiers: Vec::new(),
        redacted: false,
    }
}

/// Scores the document of a reader who agrees with gold in all but one thing.
fn score_with(change: impl FnOnce(&mut Document)) -> Score {
    let gold = gold();
    let mut document = perfect(TEXT, &gold);
    change(&mut document);
    score(&document, TEXT, &gold)
}

fn tally(right: u64, expected: u64, read: u64) -> Tally {
    Tally { right, expected, read }
}

#[test]
fn a_reading_that_agrees_has_full_marks() {
    let score = score_with(|_| ());
    for (aspect, tally) in &score.tallies {
        assert_eq!(tally.f1(), 1.0, "{aspect}: {tally:?}");
    }
    assert_eq!(score.faults, []);
    assert_eq!(score.tally(Aspect::Divisions).expected, 4);
    assert_eq!(score.tally(Aspect::Assignments).expected, 3);
    assert_eq!(score.tally(Aspect::Boilerplate).expected, 5);
}

#[test]
fn the_founding_gold_agrees_with_itself() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    let read = |path: &str| std::fs::read_to_string(format!("{root}/{path}")).unwrap();
    let text = read("seeds/documents/liaoning-meili-2024.txt");
    let gold = Gold::from_json(&read("tests/gold/liaoning-meili-2024.json")).unwrap();
    let score = score(&perfect(&text, &gold), &text, &gold);
    assert_eq!(score.faults, []);
    let expected = [
        (Aspect::Divisions, 9 + 36),
        (Aspect::Assignments, 206),
        (Aspect::Targets, 23),
        (Aspect::Qualitative, 55),
        (Aspect::Duties, 13),
    ];
    for (aspect, n) in expected {
        assert_eq!(score.tally(aspect).right, n, "{aspect}");
    }
}

#[test]
fn a_division_of_another_kind_is_found_but_not_right() {
    let score = score_with(|document| document.divisions[3].kind = DivisionKind::Item);
    assert_eq!(score.tally(Aspect::Divisions), tally(3, 4, 4));
    assert_eq!(score.tally(Aspect::DivisionMarker), tally(4, 4, 4));
    assert_eq!(score.tally(Aspect::DivisionKind), tally(3, 4, 4));
    assert_eq!(score.tally(Aspect::DivisionKindLenient), tally(3, 4, 4));
    assert_eq!((score.faults.len(), score.faults[0].line), (1, 5));
}

#[test]
fn a_rank_that_shifts_as_a_whole_is_right_by_the_lenient_count() {
    let score = score_with(|document| {
        document.divisions[3].kind = DivisionKind::Item;
        document.divisions[4].kind = DivisionKind::Item;
    });
    assert_eq!(score.tally(Aspect::DivisionKind), tally(2, 4, 4));
    assert_eq!(score.tally(Aspect::DivisionKindLenient), tally(4, 4, 4));
}

#[test]
fn a_division_in_another_parent_is_wrong() {
    let score = score_with(|document| {
        document.divisions[4].parent = Some(document.divisions[3].id.clone())
    });
    assert_eq!(score.tally(Aspect::DivisionParent), tally(3, 4, 4));
    assert_eq!(score.tally(Aspect::Divisions), tally(3, 4, 4));
}

#[test]
fn a_missing_division_takes_its_assignments_with_it() {
    let score = score_with(|document| {
        let parent = document.divisions[4].parent.clone();
        document.divisions[4] = Division { parent, marker: None, ..document.divisions[4].clone() };
    });
    assert_eq!(score.tally(Aspect::DivisionMarker), tally(3, 4, 3));
    assert_eq!(score.tally(Aspect::Assignments), tally(2, 3, 3));
}

#[test]
fn a_paragraph_counts_as_the_numbered_division_around_it() {
    let score = score_with(|document| {
        let span = document.divisions[3].span;
        document.divisions.push(paragraph("p", Some("d3"), span));
        document.assignments[0].division = DivisionId::new("p");
    });
    assert_eq!(score.faults, []);
}

#[test]
fn a_wrong_role_is_a_miss_and_a_false_reading_but_the_body_is_named() {
    let score = score_with(|document| document.assignments[1].role = Role::Lead);
    assert_eq!(score.tally(Aspect::Assignments), tally(2, 3, 3));
    assert_eq!(score.tally(Aspect::AssignmentAgency), tally(3, 3, 3));
    assert_eq!(score.faults.len(), 2);
}

#[test]
fn a_mention_is_neither_right_nor_false() {
    let score = score_with(|document| {
        let mention = Assignment {
            role: Role::Mention,
            form: AssignmentForm::Inline,
            ..document.assignments[0].clone()
        };
        document.assignments.push(mention);
    });
    assert_eq!(score.tally(Aspect::Assignments), tally(3, 3, 3));
}

#[test]
fn an_open_list_read_as_closed_is_wrong() {
    let score = score_with(|document| document.assignments[0].open_ended = false);
    assert_eq!(score.tally(Aspect::AssignmentOpen), tally(1, 2, 2));
    assert_eq!(score.tally(Aspect::Assignments), tally(3, 3, 3));
}

#[test]
fn a_target_with_another_value_is_not_found() {
    let score = score_with(|document| document.targets[0].value = Some(16.into()));
    assert_eq!(score.tally(Aspect::TargetFound), tally(1, 2, 2));
    assert_eq!(score.tally(Aspect::Targets), tally(1, 2, 2));
}

#[test]
fn a_target_with_another_unit_is_found_but_not_right() {
    let score = score_with(|document| document.targets[0].unit = Some("个".to_owned()));
    assert_eq!(score.tally(Aspect::TargetFound), tally(2, 2, 2));
    assert_eq!(score.tally(Aspect::TargetUnit), tally(1, 2, 2));
    assert_eq!(score.tally(Aspect::Targets), tally(1, 2, 2));
}

#[test]
fn a_comparator_may_be_any_of_those_that_gold_accepts() {
    for comparator in [Some(Comparator::Equal), None] {
        let score = score_with(|document| document.targets[1].comparator = comparator);
        assert_eq!(score.tally(Aspect::Targets), tally(2, 2, 2));
    }
    let score = score_with(|document| document.targets[1].comparator = Some(Comparator::AtMost));
    assert_eq!(score.tally(Aspect::Targets), tally(1, 2, 2));
}

#[test]
fn a_borderline_target_may_be_read_and_another_is_false() {
    let read = |words: &str, line: u32| {
        score_with(|document| {
            let span = LineTable::new(TEXT).span(place(TEXT, &clause(words, line)));
            let value = Some(3.into());
            document.targets.push(Target { value, ..target(TargetType::Quantitative, span) });
        })
    };
    assert_eq!(read("新建公路3条", 5).tally(Aspect::Targets), tally(2, 2, 2));
    assert_eq!(read("市林业局", 6).tally(Aspect::Targets), tally(2, 2, 3));
}

#[test]
fn boilerplate_is_counted_by_character() {
    let score = score_with(|document| {
        let table = LineTable::new(TEXT);
        document.boilerplate[0].span = table.span(0..TEXT.find('一').unwrap() + "一、".len());
    });
    assert_eq!(score.tally(Aspect::Boilerplate), tally(5, 5, 7));
    assert_eq!(score.faults[0].read.as_deref(), Some("一、"));
}

#[test]
fn diagnostics_are_scored_only_where_gold_lists_them() {
    let mut gold = gold();
    let mut document = perfect(TEXT, &gold);
    document.diagnostics.push(Diagnostic {
        code: DiagnosticCode::MissingColon,
        severity: DiagnosticCode::MissingColon.severity(),
        message: String::new(),
        division: None,
        span: LineTable::new(TEXT).span(0..1),
    });
    assert_eq!(score(&document, TEXT, &gold).tally(Aspect::Diagnostics), tally(0, 0, 0));
    gold.diagnostics = Some(Vec::new());
    assert_eq!(score(&document, TEXT, &gold).tally(Aspect::Diagnostics), tally(0, 0, 1));
    gold.diagnostics = Some(vec![GoldDiagnostic { code: DiagnosticCode::MissingColon, line: 1 }]);
    assert_eq!(score(&document, TEXT, &gold).tally(Aspect::Diagnostics), tally(1, 1, 1));
}

#[test]
fn metadata_is_compared_field_by_field_without_blanks() {
    let score = score_with(|document| {
        document.metadata.title = Some("云岭市　实施方案".to_owned());
        document.metadata.issuers.clear();
        document.metadata.region = Some("云岭市".to_owned());
    });
    assert_eq!(score.tally(Aspect::Metadata), tally(1, 2, 2));
}
