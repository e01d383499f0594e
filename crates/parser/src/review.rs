//! What can be told only when the whole document is read.

use std::cell::LazyCell;
use std::collections::{HashMap, HashSet};

use foldhash::fast::RandomState;
use gangmu_model::{
    AssignmentForm, Diagnostic, DiagnosticCode, Division, DivisionId, DivisionKind, Document,
    LineTable, Metadata, Span,
};

use crate::hierarchy::Fault;
use crate::numbering::written_like;

/// Makes a diagnostic; its severity follows from its code.
pub(crate) fn diagnostic(
    code: DiagnosticCode,
    message: String,
    division: Option<DivisionId>,
    span: Span,
) -> Diagnostic {
    Diagnostic { code, severity: code.severity(), message, division, span }
}

/// Tells a number that does not run on. `ordinal` is its value.
pub(crate) fn numbering(
    fault: Fault,
    written: &str,
    ordinal: u32,
    id: &DivisionId,
    span: Span,
) -> Diagnostic {
    let (code, message) = match fault {
        Fault::Wrong { expected } => {
            let meant = written_like(written, expected);
            let (code, what) = if ordinal + 1 == expected {
                (DiagnosticCode::NumberingRepeat, "stands twice in a row")
            } else {
                (DiagnosticCode::NumberingGap, "stands")
            };
            (code, format!("{written} {what} where {meant} was expected; it is kept as written"))
        }
        Fault::Gap { expected } => {
            let first = written_like(written, expected);
            let what = if ordinal < expected {
                format!("{written} stands where {first} was expected")
            } else if ordinal == expected + 1 {
                format!("{first} is missing before {written}")
            } else {
                let last = written_like(written, ordinal - 1);
                format!("{first} to {last} are missing before {written}")
            };
            (DiagnosticCode::NumberingGap, format!("{what}; the numbers are kept as written"))
        }
        Fault::Repeat => (
            DiagnosticCode::NumberingRepeat,
            format!("{written} stands twice in a row; both are kept"),
        ),
    };
    diagnostic(code, message, Some(id.clone()), span)
}

/// Tells a level that the numbers leave open.
pub(crate) fn uncertain_level(written: &str, id: &DivisionId, span: Span) -> Diagnostic {
    let message = format!(
        "{written} comes after numbers that usually stand inside it; read as a level of its own"
    );
    diagnostic(DiagnosticCode::UncertainLevel, message, Some(id.clone()), span)
}

/// Adds what follows from the whole.
pub(crate) fn review(
    document: &Document,
    text: &str,
    table: &LineTable<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    if document.divisions.iter().all(|division| !division.kind.is_content()) {
        let message =
            "no division was found; the text was kept as front matter and preamble".to_owned();
        diagnostics.push(diagnostic(
            DiagnosticCode::EmptyDocument,
            message,
            None,
            table.span(0..0),
        ));
    }
    missing_assignments(document, text, table, diagnostics);
    early_deadlines(document, text, table, diagnostics);
}

/// The share of a measure's siblings with a body named, from which on one
/// without is worth telling, and the least number of them.
const ASSIGNED_SHARE: (usize, usize) = (3, 5);
const ASSIGNED_LEAST: usize = 2;

/// Tells the measures without a body among siblings that have one. What stands
/// before the first duty of a text or after its last one is its frame: 总体要求,
/// 保障措施, 本措施自印发之日起施行.
fn missing_assignments(
    document: &Document,
    text: &str,
    table: &LineTable<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut told: HashSet<&DivisionId, RandomState> = HashSet::default();
    let mut assigned: HashSet<&DivisionId, RandomState> = HashSet::default();
    for assignment in &document.assignments {
        told.insert(&assignment.division);
        if matches!(assignment.form, AssignmentForm::Closing | AssignmentForm::Table) {
            assigned.insert(&assignment.division);
        }
    }
    if assigned.is_empty() {
        return;
    }
    // An empty label is told already.
    let faulty: HashSet<DivisionId, RandomState> = diagnostics
        .iter()
        .filter(|each| {
            matches!(each.code, DiagnosticCode::EmptyAgency | DiagnosticCode::UnbalancedBracket)
        })
        .filter_map(|each| each.division.clone())
        .collect();
    let parents: HashSet<&DivisionId, RandomState> =
        document.divisions.iter().filter_map(|division| division.parent.as_ref()).collect();
    let leaves: Vec<&Division> = document
        .divisions
        .iter()
        .filter(|division| matches!(division.kind, DivisionKind::Measure | DivisionKind::Item))
        .filter(|division| !parents.contains(&division.id) && !division.text.is_empty())
        .collect();
    let is_assigned = |leaf: &&Division| assigned.contains(&leaf.id);
    let (Some(first), Some(last)) =
        (leaves.iter().position(is_assigned), leaves.iter().rposition(is_assigned))
    else {
        return;
    };
    let mut groups: HashMap<Option<&DivisionId>, (usize, usize), RandomState> = HashMap::default();
    for leaf in &leaves {
        let (n_all, n_assigned) = groups.entry(leaf.parent.as_ref()).or_default();
        *n_all += 1;
        *n_assigned += usize::from(is_assigned(leaf));
    }
    for leaf in &leaves[first..last] {
        let (n_all, n_assigned) = groups[&leaf.parent.as_ref()];
        let expected = n_assigned >= ASSIGNED_LEAST
            && n_assigned * ASSIGNED_SHARE.1 >= n_all * ASSIGNED_SHARE.0;
        let governed = leaf.parent.as_ref().is_some_and(|parent| told.contains(parent));
        if !expected || governed || told.contains(&leaf.id) || faulty.contains(&leaf.id) {
            continue;
        }
        let message = format!(
            "{} names no responsible body, though {n_assigned} of the {n_all} measures beside it \
             do; none was assumed",
            leaf.citation
        );
        diagnostics.push(diagnostic(
            DiagnosticCode::MissingAssignment,
            message,
            Some(leaf.id.clone()),
            head_span(leaf, text, table),
        ));
    }
}

/// The place of a division's number and, where it follows at once, its title.
fn head_span(division: &Division, text: &str, table: &LineTable<'_>) -> Span {
    let start = division.span.start();
    let mut end = start;
    let marker = division.marker.as_ref().map(|marker| marker.text.as_str());
    for part in [marker, division.title.as_deref()].into_iter().flatten() {
        if !text[end..].starts_with(part) {
            break;
        }
        end += part.len();
    }
    if end == start { division.span } else { table.span(start..end) }
}

/// The year of 成文, or of the 发文字号.
pub(crate) fn issued_year(metadata: &Metadata) -> Option<i32> {
    let issued = metadata.issued_on.as_deref().and_then(|date| date.get(..4)?.parse().ok());
    issued.or_else(|| {
        let number = metadata.document_number.as_deref()?;
        let digits: String = number.chars().skip_while(|ch| !ch.is_ascii_digit()).take(4).collect();
        digits.parse().ok().filter(|year| (1949..=2100).contains(year))
    })
}

/// How far before a goal the words of its deadline are looked for.
const DEADLINE_REACH_BYTES: usize = 4_000;

fn early_deadlines(
    document: &Document,
    text: &str,
    table: &LineTable<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let Some(year) = issued_year(&document.metadata) else { return };
    let starts = LazyCell::new(|| -> HashMap<&DivisionId, usize, RandomState> {
        document.divisions.iter().map(|each| (&each.id, each.span.start())).collect()
    });
    let mut last: Option<Span> = None;
    for target in &document.targets {
        let Some(deadline) = &target.deadline else { continue };
        let Some(early) = deadline.year.filter(|&deadline| deadline < year) else { continue };
        // The goals under one deadline are told once, at its words.
        let from = starts.get(&target.division).copied().unwrap_or(target.span.start());
        let end = target.span.end();
        let nearest = from.max(end.saturating_sub(DEADLINE_REACH_BYTES));
        let from = (nearest..end).find(|&at| text.is_char_boundary(at)).unwrap_or(end);
        let head = &text[from..end];
        let span = head
            .rfind(&deadline.text)
            .map_or(target.span, |at| table.span(from + at..from + at + deadline.text.len()));
        if last.replace(span) == Some(span) {
            continue;
        }
        let message = format!(
            "the deadline {early} lies before the document's own year {year}; it is kept as written"
        );
        diagnostics.push(diagnostic(
            DiagnosticCode::DeadlineBeforeDocument,
            message,
            Some(target.division.clone()),
            span,
        ));
    }
}
