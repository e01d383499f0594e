//! The gold of the founding document, which has a shape of its own: chapters
//! with measures inside, and places in bytes.

use std::collections::BTreeMap;

use gangmu_model::{Amount, Change, Comparator, DivisionKind};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    Gold, GoldAssignment, GoldBlock, GoldClause, GoldDivision, GoldDuty, GoldGroup, GoldTarget,
};

/// Measures are named by their number plus this, chapters by their number.
const MEASURES: usize = 1000;

#[derive(Deserialize)]
pub(crate) struct FoundingGold {
    metadata: Metadata,
    noise: Noise,
    chapters: Vec<Chapter>,
    assignments: Vec<Assignment>,
    inline_duties: Vec<Duty>,
    targets: Vec<Target>,
    borderline_targets: Vec<Clause>,
}

#[derive(Deserialize)]
struct Metadata {
    title: String,
    status: Option<String>,
    issuers: Vec<String>,
    drafting_agency: Option<String>,
    region: Option<String>,
    published_at: Option<String>,
    document_type: String,
    document_number: Option<String>,
    issue_date: Option<String>,
    based_on: Vec<String>,
}

#[derive(Deserialize)]
struct Noise {
    head: Vec<String>,
    head_lines: Vec<u32>,
    tail: Tail,
}

#[derive(Deserialize)]
struct Tail {
    first: String,
    last: String,
    lines: [u32; 2],
}

#[derive(Deserialize)]
struct Place {
    line: u32,
}

#[derive(Deserialize)]
struct Chapter {
    number: String,
    index: usize,
    title: String,
    at: Place,
    measures: Vec<Measure>,
}

#[derive(Deserialize)]
struct Measure {
    number: String,
    index: usize,
    title: String,
    line: u32,
}

#[derive(Deserialize)]
struct Assignment {
    measure: usize,
    at: Place,
    groups: Vec<GoldGroup>,
}

#[derive(Deserialize)]
struct Clause {
    verbatim: String,
    at: Place,
}

#[derive(Deserialize)]
struct Duty {
    agency: String,
    tier: String,
    #[serde(flatten)]
    clause: Clause,
}

#[derive(Deserialize)]
struct Target {
    #[serde(flatten)]
    clause: Clause,
    kind: String,
    indicator: Option<String>,
    value: Option<Amount>,
    unit: Option<String>,
    year: Option<i32>,
    comparator: String,
    comparator_words: Vec<String>,
    #[serde(default)]
    also_acceptable_comparators: Vec<String>,
}

impl From<FoundingGold> for Gold {
    fn from(founding: FoundingGold) -> Self {
        let (numeric, worded): (Vec<Target>, Vec<Target>) =
            founding.targets.into_iter().partition(|target| target.kind == "quantitative");
        Self {
            metadata: founding.metadata.into_fields(),
            divisions: founding.chapters.into_iter().flat_map(Chapter::into_divisions).collect(),
            borderline_divisions: Vec::new(),
            assignments: founding.assignments.into_iter().map(Into::into).collect(),
            borderline_assignments: Vec::new(),
            targets: numeric.into_iter().map(Into::into).collect(),
            borderline_targets: founding.borderline_targets.into_iter().map(Into::into).collect(),
            qualitative: Some(worded.into_iter().map(|target| target.clause.into()).collect()),
            duties: Some(founding.inline_duties.into_iter().map(Into::into).collect()),
            boilerplate: founding.noise.into_blocks(),
            diagnostics: None,
        }
    }
}

impl Metadata {
    fn into_fields(self) -> BTreeMap<String, Value> {
        let unquoted = |title: &String| title.trim_matches(['《', '》']).to_owned();
        let status = self.status.map(|status| match status.as_str() {
            "征求意见稿" => "draft_for_comment",
            "试行" | "暂行" => "trial",
            _ => "final",
        });
        [
            ("title", json!(self.title)),
            ("attached_title", Value::Null),
            ("document_kind", json!(self.document_type)),
            ("status", json!(status)),
            ("issuers", json!(self.issuers)),
            ("drafted_by", json!(self.drafting_agency)),
            ("document_number", json!(self.document_number)),
            ("issued_on", json!(self.issue_date)),
            ("published_at", json!(self.published_at.map(|time| time.replace(' ', "T")))),
            ("region", json!(self.region)),
            ("based_on", json!(self.based_on.iter().map(unquoted).collect::<Vec<_>>())),
        ]
        .map(|(field, value)| (field.to_owned(), value))
        .into()
    }
}

impl Noise {
    fn into_blocks(self) -> Vec<GoldBlock> {
        let head = self.head.into_iter().zip(self.head_lines).map(|(words, line)| GoldBlock {
            first: words.clone(),
            last: words,
            line_first: line,
            line_last: line,
        });
        let [line_first, line_last] = self.tail.lines;
        let tail =
            GoldBlock { first: self.tail.first, last: self.tail.last, line_first, line_last };
        head.chain([tail]).collect()
    }
}

impl Chapter {
    fn into_divisions(self) -> Vec<GoldDivision> {
        let chapter = GoldDivision {
            n: self.index,
            parent: None,
            kind: DivisionKind::Chapter,
            marker: format!("{}、", self.number),
            first_words: self.title.clone(),
            title: Some(self.title),
            line: self.at.line,
            also_accept_kind: Vec::new(),
            also_accept_parent: Vec::new(),
            also_accept_title: Vec::new(),
        };
        let measures = self.measures.into_iter().map(|measure| GoldDivision {
            n: MEASURES + measure.index,
            parent: Some(self.index),
            kind: DivisionKind::Measure,
            marker: measure.number,
            first_words: measure.title.clone(),
            title: Some(measure.title),
            line: measure.line,
            also_accept_kind: Vec::new(),
            also_accept_parent: Vec::new(),
            also_accept_title: Vec::new(),
        });
        [chapter].into_iter().chain(measures).collect()
    }
}

impl From<Assignment> for GoldAssignment {
    fn from(assignment: Assignment) -> Self {
        Self {
            division: Some(MEASURES + assignment.measure),
            line: assignment.at.line,
            groups: assignment.groups,
            also_accept_division: Vec::new(),
        }
    }
}

impl From<Clause> for GoldClause {
    fn from(clause: Clause) -> Self {
        Self {
            text: clause.verbatim,
            line: clause.at.line,
            joined: None,
            line_start: None,
            line_end: None,
        }
    }
}

impl From<Duty> for GoldDuty {
    fn from(duty: Duty) -> Self {
        Self { clause: duty.clause.into(), agency: duty.agency, core: duty.tier == "core" }
    }
}

impl From<Target> for GoldTarget {
    fn from(target: Target) -> Self {
        let mut comparators = readings(&target.comparator);
        comparators
            .extend(target.also_acceptable_comparators.iter().flat_map(|word| readings(word)));
        let mut comparators = comparators.into_iter();
        let change = target.comparator_words.iter().find_map(|word| match word.as_str() {
            "提高至" | "提高到" => Some(Change::IncreaseTo),
            "下降到" | "下降至" => Some(Change::DecreaseTo),
            _ => None,
        });
        Self {
            clause: target.clause.into(),
            indicator: target.indicator,
            value: target.value,
            value_max: None,
            unit: target.unit,
            comparator: comparators.next().flatten(),
            also_accept_comparator: comparators.collect(),
            change,
            also_accept_change: Vec::new(),
            deadline_year: target.year,
            also_accept_deadline_year: Vec::new(),
            also_accept_unit: Vec::new(),
            also_accept_indicator: Vec::new(),
            deadline_accept: None,
        }
    }
}

/// What the founding gold's signs may be called, the best name first. Where it
/// says that a value moves to a level, the level is reached.
fn readings(sign: &str) -> Vec<Option<Comparator>> {
    match sign {
        ">=" => vec![Some(Comparator::AtLeast)],
        "<=" => vec![Some(Comparator::AtMost)],
        "~" => vec![Some(Comparator::About)],
        "=" => vec![Some(Comparator::Equal)],
        "reach" => vec![Some(Comparator::Reach)],
        "increase_to" | "decrease_to" => vec![Some(Comparator::Reach), Some(Comparator::Equal)],
        _ => vec![None, Some(Comparator::Equal)],
    }
}
