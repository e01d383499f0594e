//! Duties in running text, where gold lists them apart.

use gangmu_model::{Assignment, AssignmentForm, Document};

use crate::source::{SourceText, fold, overlap};
use crate::{Aspect, Gold, GoldDuty, Score};

/// A duty is found where an inline assignment overlaps its clause and names
/// its body. Inline assignments that overlap no duty at all are false.
pub(crate) fn score(document: &Document, gold: &Gold, source: &SourceText<'_>, score: &mut Score) {
    let Some(duties) = &gold.duties else { return };
    let inline: Vec<&Assignment> =
        document.assignments.iter().filter(|each| each.form == AssignmentForm::Inline).collect();
    for duty in duties.iter().filter(|duty| duty.core) {
        let found = inline.iter().any(|each| meets(each, duty, source) && names(each, duty));
        let tally = score.entry(Aspect::Duties);
        tally.expected += 1;
        tally.right += u64::from(found);
        tally.read += u64::from(found);
        if !found {
            let expected = format!("{}: {}", duty.agency, duty.clause.text);
            score.fault(Aspect::Duties, duty.clause.line, Some(expected), None);
        }
    }
    for each in inline.iter().filter(|each| !duties.iter().any(|duty| meets(each, duty, source))) {
        score.entry(Aspect::Duties).read += 1;
        let names: Vec<&str> = each.agencies.iter().map(|agency| agency.name.as_str()).collect();
        let read = format!("{}: {}", names.join("、"), each.text);
        score.fault(Aspect::Duties, each.span.line(), None, Some(read));
    }
}

fn meets(assignment: &Assignment, duty: &GoldDuty, source: &SourceText<'_>) -> bool {
    source.places(&duty.clause).iter().any(|place| overlap(place, &assignment.span.range()))
}

fn names(assignment: &Assignment, duty: &GoldDuty) -> bool {
    assignment.agencies.iter().any(|agency| fold(&agency.name) == fold(&duty.agency))
}
