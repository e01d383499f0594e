//! The words of each division with what the layers say of them, made of a document
//! alone: for those who have it from an index and not the text it was read from.

use std::collections::HashMap;
use std::ops::Range;

use gangmu_model::{
    AgencyMention, Assignment, AssignmentForm, Diagnostic, Division, DivisionId, Document, Role,
    Target,
};

/// A division with its words.
#[derive(Debug)]
pub struct Passage<'d> {
    /// The division.
    pub division: &'d Division,
    /// How many divisions it stands in.
    pub depth: usize,
    /// Its own text; a line feed parts paragraphs.
    pub words: Vec<Stretch<'d>>,
    /// Its closing duties, a bracket or line each.
    pub duties: Vec<Vec<Stretch<'d>>>,
    /// What is to be checked in it.
    pub findings: Vec<&'d Diagnostic>,
    /// Its goals.
    pub targets: Vec<&'d Target>,
}

/// Words of which the same is said.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stretch<'d> {
    /// The words.
    pub text: &'d str,
    /// The goal that they are of.
    pub target: Option<&'d Target>,
    /// What else they are.
    pub mark: Option<Said<'d>>,
}

/// What is said of words.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Said<'d> {
    /// The deadline of a goal.
    Deadline,
    /// The number and the unit of a goal.
    Value,
    /// A cited work.
    Cited,
    /// A body, and what it has to do.
    Agency(Role, &'d AgencyMention),
    /// The label of a role.
    Label(Role),
}

/// Returns the divisions of a document in order, each with its own words.
pub fn passages(document: &Document) -> Vec<Passage<'_>> {
    let mut targets: HashMap<&DivisionId, Vec<&Target>> = HashMap::new();
    for target in &document.targets {
        targets.entry(&target.division).or_default().push(target);
    }
    let mut duties: HashMap<&DivisionId, Vec<&Assignment>> = HashMap::new();
    for assignment in &document.assignments {
        duties.entry(&assignment.division).or_default().push(assignment);
    }
    let mut findings: HashMap<&DivisionId, Vec<&Diagnostic>> = HashMap::new();
    for found in &document.diagnostics {
        if let Some(division) = &found.division {
            findings.entry(division).or_default().push(found);
        }
    }
    let mut cited: HashMap<&DivisionId, Vec<String>> = HashMap::new();
    for citation in &document.citations {
        cited.entry(&citation.division).or_default().push(format!("《{}》", citation.title));
    }
    let mut depths: HashMap<&DivisionId, usize> = HashMap::new();
    let mut passages = Vec::with_capacity(document.divisions.len());
    for division in &document.divisions {
        let above = division.parent.as_ref().and_then(|parent| depths.get(parent));
        let depth = above.map_or(0, |depth| depth + 1);
        depths.insert(&division.id, depth);
        let targets = targets.remove(&division.id).unwrap_or_default();
        let duties = duties.remove(&division.id).unwrap_or_default();
        let cited = cited.remove(&division.id).unwrap_or_default();
        passages.push(Passage {
            division,
            depth,
            words: words(&division.text, &targets, &duties, &cited),
            duties: closing(&duties),
            findings: findings.remove(&division.id).unwrap_or_default(),
            targets,
        });
    }
    passages
}

/// What is said of a range of a text.
type Placed<'d> = (Range<usize>, Said<'d>);

fn words<'d>(
    text: &'d str,
    targets: &[&'d Target],
    duties: &[&'d Assignment],
    cited: &[String],
) -> Vec<Stretch<'d>> {
    let mut goals: Vec<(Range<usize>, &'d Target)> = Vec::new();
    let mut marks: Vec<Placed<'d>> = Vec::new();
    let mut from = 0;
    for target in targets {
        let found = find(text, from..text.len(), &target.text);
        let Some(goal) = found.or_else(|| find(text, 0..text.len(), &target.text)) else {
            continue;
        };
        if let Some(value) = &target.value_text
            && let Some(value) = find(text, goal.clone(), value)
        {
            marks.push((value, Said::Value));
        }
        if let Some(deadline) = target.deadline.as_ref().filter(|found| !found.text.is_empty())
            && let Some(at) = text[..goal.end].rfind(&deadline.text)
        {
            marks.push((at..at + deadline.text.len(), Said::Deadline));
        }
        from = goal.end;
        goals.push((goal, target));
    }
    for title in cited {
        marks.extend(find(text, 0..text.len(), title).map(|found| (found, Said::Cited)));
    }
    for duty in duties.iter().filter(|duty| duty.form == AssignmentForm::Inline) {
        if let Some(range) = find(text, 0..text.len(), &duty.text) {
            bodies(text, range, duty, &mut marks);
        }
    }
    goals.sort_by_key(|(range, _)| range.start);
    let mut end = 0;
    goals.retain(|(range, _)| {
        let is_apart = range.start >= end;
        end = if is_apart { range.end } else { end };
        is_apart
    });
    cut(text, &goals, marks)
}

/// Returns the brackets and lines that say who has to do something, each once.
fn closing<'d>(duties: &[&'d Assignment]) -> Vec<Vec<Stretch<'d>>> {
    let is_closing = |duty: &&&'d Assignment| {
        matches!(duty.form, AssignmentForm::Closing | AssignmentForm::Document)
    };
    let duties: Vec<&'d Assignment> = duties.iter().filter(is_closing).copied().collect();
    let same =
        |a: &&Assignment, b: &&Assignment| a.span.start() == b.span.start() && a.text == b.text;
    let mut lines = Vec::new();
    for group in duties.chunk_by(same) {
        let text = group[0].text.as_str();
        let mut marks = Vec::new();
        let mut from = 0;
        for duty in group {
            from = bodies(text, from..text.len(), duty, &mut marks);
        }
        lines.push(cut(text, &[], marks));
    }
    lines
}

/// Finds the bodies of a duty in its words, one behind the other, and its label;
/// returns where the last one ends.
fn bodies<'d>(
    text: &str,
    range: Range<usize>,
    duty: &'d Assignment,
    marks: &mut Vec<Placed<'d>>,
) -> usize {
    let mut from = range.start;
    if let Some(label) = duty.label.as_deref().filter(|label| !label.is_empty())
        && let Some(found) = find(text, range.clone(), label)
    {
        marks.push((found, Said::Label(duty.role)));
    }
    for mention in &duty.agencies {
        if let Some(found) = find(text, from..range.end, &mention.name) {
            from = found.end;
            marks.push((found, Said::Agency(duty.role, mention)));
        }
    }
    from
}

fn find(text: &str, range: Range<usize>, words: &str) -> Option<Range<usize>> {
    let at = range.start + text.get(range)?.find(words)?;
    (!words.is_empty()).then_some(at..at + words.len())
}

/// Cuts a text where anything begins or ends. Of marks that overlap the first stands.
fn cut<'d>(
    text: &'d str,
    goals: &[(Range<usize>, &'d Target)],
    mut marks: Vec<Placed<'d>>,
) -> Vec<Stretch<'d>> {
    marks.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
    let mut apart: Vec<Placed<'d>> = Vec::with_capacity(marks.len());
    for (range, said) in marks {
        if apart.last().is_none_or(|(last, _)| last.end <= range.start) {
            apart.push((range, said));
        }
    }
    let edges = |range: &Range<usize>| [range.start, range.end];
    let mut bounds: Vec<usize> = [0, text.len()]
        .into_iter()
        .chain(goals.iter().flat_map(|(range, _)| edges(range)))
        .chain(apart.iter().flat_map(|(range, _)| edges(range)))
        .collect();
    bounds.sort_unstable();
    bounds.dedup();
    let (mut goal_at, mut mark_at) = (0, 0);
    bounds
        .windows(2)
        .map(|bound| {
            let (start, end) = (bound[0], bound[1]);
            while goals.get(goal_at).is_some_and(|(goal, _)| goal.end <= start) {
                goal_at += 1;
            }
            while apart.get(mark_at).is_some_and(|(mark, _)| mark.end <= start) {
                mark_at += 1;
            }
            let target = goals.get(goal_at).filter(|(goal, _)| goal.start <= start);
            let mark = apart.get(mark_at).filter(|(mark, _)| mark.start <= start);
            Stretch {
                text: &text[start..end],
                target: target.map(|(_, target)| *target),
                mark: mark.map(|(_, said)| *said),
            }
        })
        .collect()
}
