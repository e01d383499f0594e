//! What can be told only when the whole document is read.

use gangmu_model::{
    Diagnostic, DiagnosticCode, DivisionId, DivisionKind, Document, LineTable, Metadata, Role, Span,
};

use crate::hierarchy::Fault;

/// Makes a diagnostic; its severity follows from its code.
pub(crate) fn diagnostic(
    code: DiagnosticCode,
    message: String,
    division: Option<DivisionId>,
    span: Span,
) -> Diagnostic {
    Diagnostic { code, severity: code.severity(), message, division, span }
}

/// Tells a number that does not run on.
pub(crate) fn numbering(fault: Fault, written: &str, id: &DivisionId, span: Span) -> Diagnostic {
    let (code, message) = match fault {
        Fault::Gap { expected } => (
            DiagnosticCode::NumberingGap,
            format!("{written} stands where number {expected} was expected; read as it is written"),
        ),
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
    missing_assignments(document, diagnostics);
    early_deadlines(document, diagnostics);
}

/// The share of measures with a body named, from which on one without is worth telling.
const ASSIGNED_SHARE: (usize, usize) = (3, 5);

fn missing_assignments(document: &Document, diagnostics: &mut Vec<Diagnostic>) {
    let named: std::collections::HashSet<&DivisionId> = document
        .assignments
        .iter()
        .filter(|assignment| assignment.role != Role::Mention)
        .map(|assignment| &assignment.division)
        .collect();
    let parents: std::collections::HashSet<&DivisionId> =
        document.divisions.iter().filter_map(|division| division.parent.as_ref()).collect();
    let leaves: Vec<_> = document
        .divisions
        .iter()
        .filter(|division| matches!(division.kind, DivisionKind::Measure | DivisionKind::Item))
        .filter(|division| !parents.contains(&division.id) && !division.text.is_empty())
        .collect();
    let n_named = leaves.iter().filter(|leaf| named.contains(&leaf.id)).count();
    if leaves.len() < 4 || n_named * ASSIGNED_SHARE.1 < leaves.len() * ASSIGNED_SHARE.0 {
        return;
    }
    // An empty label is told already.
    let told: std::collections::HashSet<DivisionId> = diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.code == DiagnosticCode::EmptyAgency)
        .filter_map(|diagnostic| diagnostic.division.clone())
        .collect();
    for leaf in leaves.iter().filter(|leaf| !named.contains(&leaf.id) && !told.contains(&leaf.id)) {
        let governed = leaf.parent.as_ref().is_some_and(|parent| named.contains(parent));
        if !governed {
            let message = format!(
                "{} names no responsible body, though most measures here do",
                leaf.citation
            );
            diagnostics.push(diagnostic(
                DiagnosticCode::MissingAssignment,
                message,
                Some(leaf.id.clone()),
                leaf.span,
            ));
        }
    }
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

fn early_deadlines(document: &Document, diagnostics: &mut Vec<Diagnostic>) {
    let Some(year) = issued_year(&document.metadata) else { return };
    for target in &document.targets {
        let early = target
            .deadline
            .as_ref()
            .and_then(|deadline| deadline.year)
            .filter(|&deadline| deadline < year);
        if let Some(deadline) = early {
            let message =
                format!("the deadline {deadline} lies before the document's own year {year}");
            diagnostics.push(diagnostic(
                DiagnosticCode::DeadlineBeforeDocument,
                message,
                Some(target.division.clone()),
                target.span,
            ));
        }
    }
}
