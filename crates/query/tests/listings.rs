//! The listings over two small documents whose layers are given by hand.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by a panic")]

use gangmu_lexicon::Lexicon;
use gangmu_model::{Document, Role, TargetType, TaskRecord};
use gangmu_query::{
    AgenciesQuery, AgencyMatcher, BreakdownQuery, ChapterTable, DocumentFilter, ExportRecord,
    RecordKind, ShowQuery, TargetOrder, TargetQuery, TaskQuery, TaskTable, duties_by_agency,
    export_records, timeline,
};
use serde_json::{Value, json};

/// A text long enough for every span the documents use.
const SPAN_OF_ALL: (u32, u32) = (0, 90);

fn span((start, end): (u32, u32)) -> Value {
    json!({ "start": start, "end": end, "line": 1, "column": start + 1 })
}

fn division(id: &str, kind: &str, title: &str, at: (u32, u32)) -> Value {
    let parent = id.rsplit_once('.').map(|(parent, _)| parent);
    json!({ "id": id, "parent": parent, "kind": kind, "marker": null, "citation": format!("〔{id}〕"),
            "title": title, "text": format!("{title}的正文。"), "span": span(at) })
}

fn assignment(division: &str, role: &str, form: &str, names: &[(&str, Option<&str>)]) -> Value {
    let agencies: Vec<Value> = names
        .iter()
        .map(|(name, full_name)| json!({ "name": name, "full_name": full_name }))
        .collect();
    json!({ "division": division, "role": role, "label": null, "agencies": agencies,
            "open_ended": false, "form": form, "text": "由其负责", "span": span(SPAN_OF_ALL) })
}

fn target(division: &str, text: &str, indicator: &str, year: Option<i32>, unit: &str) -> Value {
    let deadline = year.map(|year| {
        json!({ "text": format!("到{year}年"), "kind": "year", "year": year, "month": null,
                "day": null, "period": null, "relative": null })
    });
    let target_type = if unit.is_empty() { "qualitative" } else { "quantitative" };
    let unit = (!unit.is_empty()).then_some(unit);
    json!({ "division": division, "type": target_type, "text": text, "span": span(SPAN_OF_ALL),
            "indicator": indicator, "scope": null, "deadline": deadline, "comparator": null,
            "value": unit.map(|_| 42), "value_max": null, "unit": unit, "value_text": null,
            "change": null, "baseline": null, "qualifiers": [], "redacted": false })
}

fn document(id: &str, region: &str, layers: Value) -> Document {
    let mut value = json!({
        "schema_version": 1, "id": id,
        "source": { "path": "", "media_type": "", "charset": "", "sha256": "", "bytes": 0 },
        "metadata": { "title": format!("{region}实施意见"), "attached_title": null,
            "document_kind": null, "status": null, "issuers": [], "drafted_by": null,
            "document_number": null, "issued_on": null, "effective_on": null,
            "published_at": null, "region": region, "based_on": [] },
        "citations": [], "boilerplate": [], "diagnostics": [],
    });
    for (name, layer) in layers.as_object().unwrap() {
        value[name] = layer.clone();
    }
    serde_json::from_value(value).unwrap()
}

const FORESTRY: (&str, Option<&str>) = ("省林草局", Some("辽宁省林业和草原局"));
const PLANNING: (&str, Option<&str>) = ("省发展改革委", Some("辽宁省发展和改革委员会"));

fn documents() -> Vec<Document> {
    let liaoning = document(
        "liaoning",
        "辽宁省",
        json!({
            "divisions": [
                division("c1", "chapter", "总体要求", (0, 90)),
                division("c1.m1", "measure", "国土绿化", (10, 40)),
                division("c1.m2", "measure", "能源转型", (50, 80)),
            ],
            "assignments": [
                assignment("c1", "supervise", "closing", &[PLANNING]),
                assignment("c1.m1", "responsible", "closing", &[PLANNING, FORESTRY]),
                assignment("c1.m1", "responsible", "inline", &[FORESTRY]),
                assignment("c1.m2", "mention", "inline", &[FORESTRY]),
                assignment("c1.m2", "lead", "closing", &[FORESTRY]),
                assignment("c1.m2", "support", "closing", &[PLANNING]),
            ],
            "targets": [
                target("c1.m1", "森林覆盖率达到42%", "森林覆盖率", Some(2027), "%"),
                target("c1.m1", "造林42万亩", "造林面积", Some(2025), "万亩"),
                target("c1.m2", "能源体系基本建成", "能源体系", Some(2027), ""),
                target("c1.m2", "提高42个百分点", "非化石能源占比", None, "个百分点"),
            ],
        }),
    );
    let zhejiang = document(
        "zhejiang",
        "浙江省",
        json!({
            "divisions": [division("m1", "measure", "开源体系", (0, 90))],
            "assignments": [
                assignment("m1", "lead", "closing", &[("省发展改革委", Some("浙江省发展和改革委员会"))]),
            ],
            "targets": [],
        }),
    );
    vec![liaoning, zhejiang]
}

fn tasks(query: TaskQuery) -> Vec<(String, String, &'static str)> {
    let records = query.answer(&documents(), Lexicon::builtin());
    let brief =
        |record: TaskRecord| (record.document, record.division.to_string(), record.role.name());
    records.into_iter().map(brief).collect()
}

fn asked(agency: &str) -> TaskQuery {
    TaskQuery { agency: Some(agency.to_owned()), ..TaskQuery::default() }
}

#[test]
fn tasks_come_by_role_and_once_for_each_division_and_role() {
    let expected = [
        ("liaoning".to_owned(), "c1.m2".to_owned(), "lead"),
        ("liaoning".to_owned(), "c1.m1".to_owned(), "responsible"),
        ("liaoning".to_owned(), "c1.m2".to_owned(), "mention"),
    ];
    for name in ["省林草局", "辽宁省林业和草原局", "省林业和草原局"] {
        assert_eq!(tasks(asked(name)), expected, "{name}");
    }
}

#[test]
fn a_name_with_a_place_asks_the_body_of_that_place() {
    let found = |name| tasks(asked(name)).into_iter().map(|task| task.0).collect::<Vec<_>>();
    assert_eq!(found("浙江省发展和改革委员会"), ["zhejiang"]);
    assert_eq!(found("辽宁省发展和改革委员会"), ["liaoning"; 3]);
    assert_eq!(found("省发改委"), ["zhejiang", "liaoning", "liaoning", "liaoning"]);
}

#[test]
fn tasks_are_filtered_by_role_year_and_document() {
    let lead = TaskQuery { roles: vec![Role::Lead], ..asked("省林草局") };
    assert_eq!(tasks(lead).len(), 1);
    let year = TaskQuery { year: Some(2025), ..asked("省林草局") };
    assert_eq!(tasks(year), [("liaoning".to_owned(), "c1.m1".to_owned(), "responsible")]);
    let elsewhere =
        TaskQuery { documents: DocumentFilter::new(["浙江"]), ..asked("省林草局") };
    assert_eq!(tasks(elsewhere), []);
}

/// A measure without a leader, an item that is a task of its own, one that is not,
/// and a measure that should have a duty.
fn measures() -> Vec<Document> {
    let layers = json!({
        "divisions": [
            division("c1", "chapter", "主要任务", (0, 90)),
            division("c1.m1", "measure", "推进造林", (10, 60)),
            division("c1.m1.i1", "item", "治理水体", (20, 30)),
            division("c1.m1.i2", "item", "保护湿地", (30, 40)),
            division("c1.m2", "measure", "压实责任", (60, 80)),
        ],
        "assignments": [
            assignment("c1.m1", "responsible", "closing", &[("省林草局", None), ("省财政厅", None)]),
            assignment("c1.m1", "mention", "inline", &[("省水利厅", None)]),
            assignment("c1.m1.i1", "joint", "closing", &[("省水利厅", None)]),
        ],
        "targets": [target("c1.m1", "推进造林的正文", "造林", Some(2027), "亩")],
        "diagnostics": [{ "code": "missing-assignment", "severity": "note", "message": "",
                          "division": "c1.m2", "span": span((60, 80)) }],
    });
    vec![document("liaoning", "辽宁省", layers)]
}

#[test]
fn the_first_of_a_list_leads_only_where_that_is_asked_for() {
    let documents = measures();
    let leaders = |first_is_lead| -> Vec<(String, Vec<String>, bool)> {
        let query = TaskQuery { first_is_lead, ..TaskQuery::default() };
        let records = query.answer(&documents, Lexicon::builtin());
        let brief = |record: TaskRecord| {
            (
                format!("{} {} {}", record.division, record.role.name(), record.agency),
                record.lead,
                record.inferred,
            )
        };
        records.into_iter().map(brief).collect()
    };
    let row = |what: &str, lead: &[&str], inferred| {
        (what.to_owned(), lead.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>(), inferred)
    };
    assert_eq!(
        leaders(false),
        [
            row("c1.m1 responsible 省林草局", &[], false),
            row("c1.m1 responsible 省财政厅", &[], false),
            row("c1.m1 mention 省水利厅", &[], false),
            row("c1.m1.i1 joint 省水利厅", &[], false),
        ]
    );
    assert_eq!(
        leaders(true),
        [
            row("c1.m1 lead 省林草局", &["省林草局"], true),
            row("c1.m1 responsible 省财政厅", &["省林草局"], true),
            row("c1.m1 mention 省水利厅", &["省林草局"], true),
            row("c1.m1.i1 lead 省水利厅", &["省水利厅"], true),
        ]
    );
}

#[test]
fn a_breakdown_has_each_text_once_and_what_lacks_a_duty() {
    let documents = measures();
    let tasks = BreakdownQuery::default().answer(&documents, Lexicon::builtin());
    let brief: Vec<(&str, &str)> =
        tasks.iter().map(|task| (task.division.id.as_str(), task.text.as_str())).collect();
    assert_eq!(
        brief,
        [
            ("c1.m1", "推进造林的正文。\n保护湿地\n保护湿地的正文。"),
            ("c1.m1.i1", "治理水体的正文。"),
            ("c1.m2", "压实责任的正文。"),
        ]
    );
    assert_eq!(tasks[0].above, ["主要任务"]);
    assert!(tasks[2].groups.is_empty() && tasks[2].doubts.len() == 1);
    let sentences = tasks[0].sentences();
    let texts: Vec<&str> = sentences.iter().map(|sentence| sentence.text).collect();
    assert_eq!(texts, ["推进造林的正文。", "保护湿地", "保护湿地的正文。"]);
    let n_targets: Vec<usize> = sentences.iter().map(|sentence| sentence.targets.len()).collect();
    assert_eq!(n_targets, [1, 0, 0]);
    let bodies = duties_by_agency(&tasks);
    assert_eq!((bodies[0].full_name, bodies[0].duties.len()), ("省水利厅", 2));
    let of_one =
        BreakdownQuery { agency: Some("省财政厅".to_owned()), ..BreakdownQuery::default() };
    assert_eq!(of_one.answer(&documents, Lexicon::builtin()).len(), 1);
}

#[test]
fn a_task_of_a_heading_has_the_goals_of_what_stands_under_it() {
    let query = TaskQuery { roles: vec![Role::Supervise], ..asked("省发展改革委") };
    let records = query.answer(&documents(), Lexicon::builtin());
    let [record] = records.as_slice() else { panic!("{records:?}") };
    assert_eq!(record.division.as_str(), "c1");
    assert_eq!(record.targets, ["森林覆盖率达到42%", "造林42万亩", "提高42个百分点"]);
    let deadlines: Vec<&str> =
        record.deadlines.iter().map(|deadline| deadline.text.as_str()).collect();
    assert_eq!(deadlines, ["到2027年", "到2025年"]);
}

#[test]
fn a_task_names_all_bodies_and_an_inline_duty_gives_its_clause() {
    let records = asked("省林草局").answer(&documents(), Lexicon::builtin());
    assert_eq!(records[0].support, ["省发展改革委"]);
    assert_eq!(records[0].text, "能源转型的正文。");
    assert_eq!(records[1].responsible, ["省发展改革委", "省林草局"]);
    assert_eq!(records[2].text, "由其负责");
}

#[track_caller]
fn check_targets(query: TargetQuery, expected: &[&str]) {
    let records = query.answer(&documents(), Lexicon::builtin());
    let texts: Vec<&str> = records.iter().map(|record| record.target.text.as_str()).collect();
    assert_eq!(texts, expected);
}

#[test]
fn targets_are_filtered() {
    let query = TargetQuery::default;
    check_targets(
        TargetQuery { year: Some(2027), ..query() },
        &["森林覆盖率达到42%", "能源体系基本建成"],
    );
    check_targets(
        TargetQuery { indicator: Some("森林".to_owned()), ..query() },
        &["森林覆盖率达到42%"],
    );
    check_targets(
        TargetQuery { target_type: Some(TargetType::Qualitative), ..query() },
        &["能源体系基本建成"],
    );
    for (unit, expected) in [
        ("亩", &["造林42万亩"][..]),
        ("万亩", &["造林42万亩"]),
        ("％", &["森林覆盖率达到42%"]),
        ("百分点", &["提高42个百分点"]),
        ("千亩", &[]),
    ] {
        check_targets(TargetQuery { unit: Some(unit.to_owned()), ..query() }, expected);
    }
}

#[test]
fn a_duty_of_a_heading_holds_for_the_goals_under_it() {
    let of =
        |agency: &str| TargetQuery { agency: Some(agency.to_owned()), ..TargetQuery::default() };
    let all = ["森林覆盖率达到42%", "造林42万亩", "能源体系基本建成", "提高42个百分点"];
    check_targets(of("辽宁省发展和改革委员会"), &all);
    check_targets(of("浙江省发展和改革委员会"), &[]);
}

#[test]
fn targets_are_sorted_with_undated_ones_last() {
    check_targets(
        TargetQuery { order: TargetOrder::Year, ..TargetQuery::default() },
        &["造林42万亩", "森林覆盖率达到42%", "能源体系基本建成", "提高42个百分点"],
    );
}

#[test]
fn agencies_are_counted_by_full_name() {
    let records = AgenciesQuery::default().answer(&documents());
    let brief: Vec<_> = records
        .iter()
        .map(|found| (found.full_name.as_str(), found.lead, found.responsible, found.support))
        .collect();
    assert_eq!(
        brief,
        [
            ("辽宁省发展和改革委员会", 0, 1, 1),
            ("辽宁省林业和草原局", 1, 1, 0),
            ("浙江省发展和改革委员会", 1, 0, 0),
        ]
    );
    assert_eq!(records[1].names, ["省林草局"]);
    assert_eq!(records[1].documents, ["liaoning"]);
}

#[test]
fn an_unknown_name_has_nearest_ones() {
    let lexicon = Lexicon::builtin();
    let matcher = AgencyMatcher::new("省林早局", lexicon);
    assert!(!matcher.is_named_in(&documents()));
    assert_eq!(matcher.nearest(&documents()).first().map(String::as_str), Some("省林草局"));
    let planning = AgencyMatcher::new("省发改委", lexicon);
    assert_eq!(planning.names_in(&documents()), ["省发展改革委"]);
    let filter = planning.filter(&documents());
    assert_eq!(filter.names, ["浙江省发展和改革委员会", "辽宁省发展和改革委员会"]);
}

#[test]
fn show_gives_the_clause_with_what_stands_under_it() {
    let ask = |address: &str| {
        let query = ShowQuery { address: address.to_owned(), ..ShowQuery::default() };
        query.answer(&documents())
    };
    let answer = ask("c1");
    let [record] = answer.records.as_slice() else { panic!("{answer:?}") };
    assert_eq!((record.children.len(), record.assignments.len(), record.targets.len()), (2, 6, 4));
    assert_eq!(ask("m1").records.len(), 2);
    assert_eq!(ask("m9").records, []);
}

#[test]
fn every_kind_of_record_is_exported_and_reads_back() {
    let documents = documents();
    let records = export_records(&documents[0], &RecordKind::HELD);
    assert_eq!(records.len(), 1 + 3 + 6 + 4);
    for record in &records {
        let json = serde_json::to_value(record).unwrap();
        assert_eq!(json["document"], "liaoning");
        assert_eq!(&serde_json::from_value::<ExportRecord>(json).unwrap(), record);
    }
    let targets = export_records(&documents[0], &[RecordKind::Target]);
    assert!(targets.iter().all(|record| matches!(record, ExportRecord::Target(_))));
}

#[test]
fn a_table_of_duties_answers_as_the_documents_do() {
    let documents = documents();
    let table = TaskTable::of(&documents);
    let lexicon = Lexicon::builtin();
    for asked in [None, Some("省林草局"), Some("省发改委"), Some("省水务厅")] {
        for (roles, year) in [(vec![], None), (vec![Role::Lead], None), (vec![], Some(2027))] {
            let agency = asked.map(str::to_owned);
            let query = TaskQuery { agency, roles, year, ..TaskQuery::default() };
            let whole = query.answer(&documents, lexicon);
            let names = asked.map(|asked| table.names_of(asked, lexicon));
            let page = |range| table.answer(&query, names.as_ref(), &documents, range);
            assert_eq!(page((0, usize::MAX)), (whole.len(), whole.clone()), "{query:?}");
            let rest: Vec<_> = whole.iter().skip(1).take(2).cloned().collect();
            assert_eq!(page((1, 2)), (whole.len(), rest), "{query:?}");
            assert_eq!(page((usize::MAX, 2)).1, []);
        }
    }
}

#[test]
fn chapters_count_the_divisions_of_each_body() {
    let table = ChapterTable::of(&documents()[0]);
    assert_eq!(table.chapters, [(gangmu_model::DivisionId::new("c1"), "总体要求".to_owned())]);
    let rows: Vec<_> = table.rows.iter().map(|row| (row.full_name.as_str(), row.total())).collect();
    assert_eq!(rows, [("辽宁省发展和改革委员会", 3), ("辽宁省林业和草原局", 2)]);
}

#[test]
fn a_timeline_has_levels_with_a_year_and_a_unit() {
    let records = TargetQuery::default().answer(&documents(), Lexicon::builtin());
    let lines = timeline(&records);
    let brief: Vec<_> =
        lines.iter().map(|line| (line.indicator, line.unit, line.points[0].year)).collect();
    assert_eq!(brief, [("森林覆盖率", "%", 2027), ("造林面积", "万亩", 2025)]);
    let few = TargetQuery { year: Some(2027), ..TargetQuery::default() };
    let among: Vec<_> = few.among(&records, |_| true).into_iter().cloned().collect();
    assert_eq!(among, few.answer(&documents(), Lexicon::builtin()));
}
