//! Goals as people read them in tables.

use gangmu_model::{Change, Comparator, Target};

use crate::labels;

/// Returns what is demanded of the value: 不低于, 下降到, 提高不低于. A bound on
/// a level says it all; a bare level is told by the way it is moved to.
pub fn demand(target: &Target) -> String {
    let bound = target.comparator.map(labels::comparator).unwrap_or_default();
    let is_bare = matches!(target.comparator, None | Some(Comparator::Equal | Comparator::Reach));
    match target.change {
        None => bound.to_owned(),
        Some(change) if is_bare => labels::change(change).to_owned(),
        Some(Change::IncreaseTo | Change::DecreaseTo) => bound.to_owned(),
        Some(change) => format!("{}{bound}", labels::change(change)),
    }
}

/// Returns the number, or both ends of a range; `**` where it is blacked out.
pub fn value(target: &Target) -> String {
    match (target.value, target.value_max) {
        _ if target.redacted => "**".to_owned(),
        (Some(from), Some(to)) => format!("{from}—{to}"),
        (Some(value), None) => value.to_string(),
        (None, Some(to)) => to.to_string(),
        (None, None) => String::new(),
    }
}

/// Returns the words of the deadline; nothing where there is none.
pub fn deadline(target: &Target) -> String {
    target.deadline.as_ref().map(|deadline| deadline.text.clone()).unwrap_or_default()
}

/// Returns the goal with its deadline before it.
pub fn sentence(target: &Target) -> String {
    match &target.deadline {
        Some(deadline) if !target.text.contains(&deadline.text) => {
            format!("{}: {}", deadline.text, target.text)
        }
        _ => target.text.clone(),
    }
}
