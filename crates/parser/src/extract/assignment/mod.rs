//! Who must do what, read from one paragraph of a division's own text.
//!
//! In goes a folded paragraph, out come role groups as byte ranges into it.
//! Three forms are read: brackets (`(牵头单位:…;责任单位:…)`, `(…牵头,…配合)`,
//! `(省农业农村厅、省畜牧局)`), lines that open with a label (`责任单位:…`) and
//! duties in running text (`考核工作由…牵头组织`). Full names, divisions and
//! spans are left to the caller, as is the choice whether a duty in running
//! text that fits no role ([`Role::Mention`]) is kept beside a closing one.

mod bodies;
mod bracket;
mod cell;
mod grammar;
mod inline;
mod label;
mod leaders;
mod line;
mod mention;
mod names;
mod note;
mod subject;
#[cfg(test)]
mod tests;
mod titled;
mod verb;

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use gangmu_model::{AssignmentForm, DiagnosticCode, Role};

use crate::word_set::WordSet;
pub(crate) use bodies::Bodies;
use bracket::Closure;
pub(crate) use cell::{column_role, declares_first_leads, read_cell};
use grammar::{Ground, Reading};
use leaders::Leaders;
pub(crate) use titled::read_titled;

/// What holds from one bracket of a document on.
#[derive(Clone, Default, Debug)]
pub(crate) struct AssignmentState {
    /// Which bodies of a list lead.
    leaders: Leaders,
    /// Bodies that 以下均需…落实,不再列出 has named, so that a document that
    /// repeats the sentence does not name them twice.
    standing: BTreeSet<String>,
}

impl AssignmentState {
    /// Whether the first body of a list leads.
    pub(crate) fn first_is_lead(&self) -> bool {
        self.leaders == Leaders::First
    }

    /// Takes note of what the head of a column declares.
    pub(crate) fn first_leads(&mut self, declared: bool) {
        if declared {
            self.leaders = Leaders::First;
        }
    }
}

/// What is wrong or unsure in a paragraph.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Finding {
    /// What it is about.
    pub(crate) code: DiagnosticCode,
    /// The place in the paragraph.
    pub(crate) range: Range<usize>,
    /// One sentence without a final stop.
    pub(crate) message: String,
}

/// One role group as it stands in a paragraph.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct RawAssignment {
    /// What the bodies have to do.
    pub(crate) role: Role,
    /// The label without its colon, or the words that say the role.
    pub(crate) label: Option<Range<usize>>,
    /// The names, in order, each once.
    pub(crate) agencies: Vec<Range<usize>>,
    /// Whether the group's list ends in 等.
    pub(crate) open_ended: bool,
    /// How it is written.
    pub(crate) form: AssignmentForm,
    /// The whole bracket, line or clause.
    pub(crate) text: Range<usize>,
}

/// What one paragraph says.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(crate) struct ParagraphAssignments {
    /// One per role group, in text order.
    pub(crate) groups: Vec<RawAssignment>,
    /// The brackets and label lines at the paragraph's end, in text order,
    /// with a full stop behind the last one. They touch each other and the end,
    /// so the own text is what stands before the first. A bracket with more
    /// text behind it is not among them.
    pub(crate) closing: Vec<Range<usize>>,
    /// What is wrong or unsure, in text order.
    pub(crate) findings: Vec<Finding>,
}

/// Without one of these marks and words a paragraph assigns nothing.
static TRIGGER: LazyLock<WordSet> = LazyLock::new(|| {
    WordSet::parse(concat!(
        "(|[|〔|【|牵头|责任|负责|负总责|负主责|各自职责|职责分工|配合|会同|商国|商财|商有|商相|商同|",
        "主管全|主管本|主管辖|主管所|主管国|部主管|委主管|局主管|厅主管|单位:|部门:|有关部门|发挥|领导|",
        "各级|各市|各地|各县|各区|各有|各相|送省|送市|送县|送区|送州|送国|送党|",
        "报省|报市|报县|报区|报州|报国|报党|向省|向市|向县|向区|向州|向国|向党",
    ))
});

/// Reads the assignments of one paragraph of a division's own text.
///
/// `state` carries what a bracket declares for those that follow; paragraphs
/// are to be given in document order.
pub(crate) fn extract_assignments(
    paragraph: &str,
    bodies: &Bodies<'_>,
    state: &mut AssignmentState,
) -> ParagraphAssignments {
    let mut out = ParagraphAssignments::default();
    if memchr::memchr2(b'(', b'[', paragraph.as_bytes()).is_none() && !TRIGGER.is_in(paragraph) {
        return out;
    }
    let mut taken: Vec<Range<usize>> = Vec::new();
    for bracket in bracket::find(paragraph) {
        let taken_to = taken.last().map_or(0, |last| last.end);
        if bracket.range.start < taken_to {
            continue;
        }
        let content = bracket.content.clone();
        let Some(reading) = grammar::read(paragraph, content, bodies, state.leaders)
            .filter(|reading| stands_apart(paragraph, &bracket.range, reading, bodies))
        else {
            continue;
        };
        if bracket.closure != Closure::Closed {
            out.findings.push(unbalanced(paragraph, &bracket));
        }
        out.take(paragraph, reading, bracket.range.clone(), state);
        taken.push(bracket.range);
    }
    for line in line::find(paragraph, &taken) {
        if let Some(reading) = grammar::read(paragraph, line.content, bodies, state.leaders) {
            out.take(paragraph, reading, line.range.clone(), state);
            taken.push(line.range);
        }
    }
    taken.sort_unstable_by_key(|range| range.start);
    inline::find(paragraph, &taken, bodies, &mut out.groups);
    out.groups.sort_by_key(|group| group.text.start);
    out.findings.sort_by_key(|finding| finding.range.start);
    out.closing = closing_run(paragraph, &taken);
    out
}

impl ParagraphAssignments {
    fn take(
        &mut self,
        paragraph: &str,
        reading: Reading,
        text: Range<usize>,
        state: &mut AssignmentState,
    ) {
        state.leaders = reading.leaders;
        self.findings.extend(reading.findings);
        for group in reading.groups {
            let mut agencies = group.names;
            if group.standing {
                agencies.retain(|name| state.standing.insert(paragraph[name.clone()].to_owned()));
                if agencies.is_empty() {
                    continue;
                }
            }
            self.groups.push(RawAssignment {
                role: group.role,
                label: group.label,
                agencies,
                open_ended: group.open_ended,
                form: if group.standing {
                    AssignmentForm::Document
                } else {
                    AssignmentForm::Closing
                },
                text: text.clone(),
            });
        }
    }
}

fn unbalanced(paragraph: &str, bracket: &bracket::Bracket) -> Finding {
    let message = match bracket.closure {
        Closure::Mismatched => {
            "the bracket is closed by a mark of another kind, which is taken as its end".to_owned()
        }
        Closure::Closed | Closure::Open => {
            let content = &paragraph[bracket.content.clone()];
            let last = content.rsplit(['、', ',', ':', ';']).next().unwrap_or(content);
            format!("the bracket is never closed; it is taken to end behind {last}")
        }
    };
    Finding { code: DiagnosticCode::UnbalancedBracket, range: bracket.range.clone(), message }
}

/// Returns whether a bracket is an assignment by where it stands.
///
/// A label says enough. Behind a verb the clause must end; and names alone
/// are an assignment only at a sentence's end, and not as the other name of a
/// body just named: 省市场监管局(省知识产权局), 有关部门(省教育厅、省财政厅).
fn stands_apart(
    paragraph: &str,
    bracket: &Range<usize>,
    reading: &Reading,
    bodies: &Bodies<'_>,
) -> bool {
    let before = paragraph[..bracket.start].chars().next_back();
    let after = paragraph[bracket.end..].chars().next();
    let sentence_before = before.is_none_or(|mark| "。;!?.)]〕】”".contains(mark));
    match reading.ground {
        Ground::Label => true,
        Ground::Verb => {
            // …达到60%(甲厅、乙厅按职责分工负责)推动…: in a text that lost its marks.
            let several_known = || {
                let names = reading.groups.iter().flat_map(|group| &group.names);
                names.clone().nth(1).is_some()
                    && names.clone().all(|name| bodies.is_known(&paragraph[name.clone()]))
            };
            sentence_before
                || after.is_none_or(|mark| "。;,.!?([〔【\n".contains(mark))
                || several_known()
        }
        Ground::Names => {
            let several = reading.groups.iter().map(|group| group.names.len()).sum::<usize>() > 1;
            let ends = after.is_none_or(|mark| "。;([〔【\n".contains(mark));
            let names_before = before.is_some_and(|mark| "门位局厅委办部会府关企业".contains(mark));
            // （省级部门） alone on a line is a remark in the head of a table.
            let remark = || {
                let mut names = reading.groups.iter().flat_map(|group| &group.names);
                before.is_none()
                    && !several
                    && names.all(|name| !bodies.is_known(&paragraph[name.clone()]))
            };
            // 满足需求。(甲局、乙局。列逗号之前的为牵头单位,下同)结合重点商圈,…: the next
            // sentence follows at once.
            let between = sentence_before && several && reading.leaders.before_comma().is_some();
            between || ends && (sentence_before && !remark() || (several && !names_before))
        }
    }
}

/// Returns those of the ranges that stand at the paragraph's end, each with
/// the full stop and the surplus closing marks behind it.
fn closing_run(paragraph: &str, taken: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut run = Vec::new();
    let mut end = paragraph.len();
    for range in taken.iter().rev() {
        let behind = &paragraph[range.end..end];
        let is_rest = |mark: char| "。;,. ".contains(mark) || bracket::is_closing(mark);
        if !behind.chars().all(is_rest) {
            break;
        }
        run.push(range.start..end);
        end = range.start;
    }
    run.reverse();
    run
}
