//! Goals of one indicator as lines over the years.

use std::collections::BTreeMap;

use gangmu_model::{Amount, TargetRecord};

use crate::normalize;

/// What is measured, where, in which unit and by which document: values that can
/// stand on one line.
#[derive(Debug, Clone, PartialEq)]
pub struct TimelineSeries<'t> {
    /// The indicator as first written.
    pub indicator: &'t str,
    /// Where the goals hold; `None` where the clauses do not say.
    pub scope: Option<&'t str>,
    /// The unit.
    pub unit: &'t str,
    /// The document's id.
    pub document: &'t str,
    /// The goals by year.
    pub points: Vec<TimelinePoint<'t>>,
}

/// A goal on a line.
#[derive(Debug, Clone, PartialEq)]
pub struct TimelinePoint<'t> {
    /// The year of the deadline.
    pub year: i32,
    /// The value; of a range, its lower end.
    pub value: Amount,
    /// The goal.
    pub record: &'t TargetRecord,
}

/// Puts goals on lines: those with a number, a unit and a year whose value is a
/// level; a step (下降18%) is none. Lines with the most goals stand first, then by
/// indicator and document.
pub fn timeline(records: &[TargetRecord]) -> Vec<TimelineSeries<'_>> {
    let mut lines: BTreeMap<[String; 4], TimelineSeries<'_>> = BTreeMap::new();
    for record in records {
        let target = &record.target;
        let is_step = matches!(
            target.change,
            Some(gangmu_model::Change::IncreaseBy | gangmu_model::Change::DecreaseBy)
        );
        let year = target.deadline.as_ref().and_then(|deadline| deadline.year);
        let (Some(indicator), Some(unit), Some(value), Some(year)) =
            (target.indicator.as_deref(), target.unit.as_deref(), target.value, year)
        else {
            continue;
        };
        if is_step {
            continue;
        }
        let scope = target.scope.as_deref();
        let key = [
            normalize(indicator),
            normalize(scope.unwrap_or_default()),
            normalize(unit),
            record.document.clone(),
        ];
        let line = lines.entry(key).or_insert_with(|| TimelineSeries {
            indicator,
            scope,
            unit,
            document: &record.document,
            points: Vec::new(),
        });
        line.points.push(TimelinePoint { year, value, record });
    }
    let mut lines: Vec<TimelineSeries<'_>> = lines.into_values().collect();
    for line in &mut lines {
        line.points.sort_by_key(|point| point.year);
    }
    lines.sort_by_key(|line| std::cmp::Reverse(line.points.len()));
    lines
}
