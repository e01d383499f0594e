//! Goals with a number, field by field.

use std::ops::Range;

use gangmu_model::{Comparator, Document, Target, TargetType};

use crate::indicator::likeness;
use crate::source::{SourceText, fold, overlap};
use crate::{Aspect, Gold, GoldTarget, Score};

/// The share of an indicator's characters that must agree.
const LIKE: f64 = 0.5;

pub(crate) fn score(document: &Document, gold: &Gold, source: &SourceText<'_>, score: &mut Score) {
    let read: Vec<&Target> = document
        .targets
        .iter()
        .filter(|target| target.target_type == TargetType::Quantitative)
        .collect();
    let places: Vec<Vec<Range<usize>>> =
        gold.targets.iter().map(|target| source.places(&target.clause)).collect();
    let mut taken = vec![false; read.len()];
    for (wanted, places) in gold.targets.iter().zip(&places) {
        let candidates = read.iter().enumerate().filter(|(index, target)| {
            !taken[*index]
                && target.value == wanted.value
                && places.iter().any(|place| overlap(place, &target.span.range()))
        });
        let best = candidates.max_by_key(|(index, target)| {
            let n_right = fields(wanted, target).iter().filter(|field| field.right).count();
            (n_right, std::cmp::Reverse(*index))
        });
        for aspect in [Aspect::Targets, Aspect::TargetFound] {
            score.entry(aspect).expected += 1;
        }
        let Some((index, target)) = best else {
            let expected = describe(wanted);
            score.fault(Aspect::TargetFound, wanted.clause.line, Some(expected), None);
            continue;
        };
        taken[index] = true;
        compare(wanted, target, score);
    }
    let open: Vec<Range<usize>> =
        gold.borderline_targets.iter().flat_map(|clause| source.places(clause)).collect();
    for (index, target) in read.iter().enumerate() {
        let span = target.span.range();
        if !taken[index] && open.iter().any(|place| overlap(place, &span)) {
            continue;
        }
        for aspect in [Aspect::Targets, Aspect::TargetFound] {
            score.entry(aspect).read += 1;
        }
        if !taken[index] {
            let line = source.line_of(span.start);
            score.fault(Aspect::TargetFound, line, None, Some(describe_read(target)));
        }
    }
}

fn compare(wanted: &GoldTarget, target: &Target, score: &mut Score) {
    score.entry(Aspect::TargetFound).right += 1;
    let fields = fields(wanted, target);
    let right =
        fields.iter().filter(|field| field.aspect != Aspect::TargetChange).all(|field| field.right);
    score.entry(Aspect::Targets).right += u64::from(right);
    for field in fields {
        let expected = format!("{}: {}", wanted.clause.text, field.expected);
        score.compare(field.aspect, wanted.clause.line, field.right, expected, field.read);
    }
}

/// One field of a goal, compared.
struct Field {
    aspect: Aspect,
    right: bool,
    expected: String,
    read: String,
}

fn fields(wanted: &GoldTarget, target: &Target) -> [Field; 6] {
    let comparators = acceptable(wanted);
    let year = target.deadline.as_ref().and_then(|deadline| deadline.year);
    let unit = target.unit.as_deref().map(fold);
    let units = [&wanted.unit].into_iter().chain(&wanted.also_accept_unit);
    let is_like = |wanted: &String| {
        target.indicator.as_ref().is_some_and(|indicator| likeness(wanted, indicator) >= LIKE)
    };
    let indicator = wanted.indicator.as_ref().is_none_or(is_like)
        || wanted.also_accept_indicator.iter().any(is_like);
    [
        Field {
            aspect: Aspect::TargetRange,
            right: target.value_max == wanted.value_max,
            expected: show(wanted.value_max),
            read: show(target.value_max),
        },
        Field {
            aspect: Aspect::TargetUnit,
            right: units.into_iter().any(|wanted| wanted.as_deref().map(fold) == unit),
            expected: show(wanted.unit.as_ref()),
            read: show(target.unit.as_ref()),
        },
        Field {
            aspect: Aspect::TargetComparator,
            right: comparators.contains(&target.comparator),
            expected: comparators.iter().map(|each| name(*each)).collect::<Vec<_>>().join("|"),
            read: name(target.comparator),
        },
        Field {
            aspect: Aspect::TargetDeadline,
            right: year == wanted.deadline_year
                || wanted.also_accept_deadline_year.contains(&year)
                || wanted.deadline_accept.is_some_and(|accepted| accepted.year == year),
            expected: show(wanted.deadline_year),
            read: show(year),
        },
        Field {
            aspect: Aspect::TargetIndicator,
            right: indicator,
            expected: show(wanted.indicator.as_ref()),
            read: show(target.indicator.as_ref()),
        },
        Field {
            aspect: Aspect::TargetChange,
            right: target.change == wanted.change
                || wanted.also_accept_change.contains(&target.change),
            expected: wanted.change.map_or("none".to_owned(), |change| format!("{change:?}")),
            read: target.change.map_or("none".to_owned(), |change| format!("{change:?}")),
        },
    ]
}

fn acceptable(wanted: &GoldTarget) -> Vec<Option<Comparator>> {
    let mut comparators = vec![wanted.comparator];
    comparators.extend(&wanted.also_accept_comparator);
    comparators
}

fn show(value: Option<impl ToString>) -> String {
    value.map_or("none".to_owned(), |value| value.to_string())
}

fn name(comparator: Option<Comparator>) -> String {
    comparator.map_or("none".to_owned(), |comparator| format!("{comparator:?}"))
}

fn describe(wanted: &GoldTarget) -> String {
    let words = wanted.clause.joined.as_ref().unwrap_or(&wanted.clause.text);
    format!("{words} [{} {}]", show(wanted.value), show(wanted.unit.as_ref()))
}

fn describe_read(target: &Target) -> String {
    format!("{} [{} {}]", target.text, show(target.value), show(target.unit.as_ref()))
}
