//! Goals in words, where gold lists them.

use std::ops::Range;

use gangmu_model::{Document, Target, TargetType};

use crate::source::{SourceText, overlap, shared};
use crate::{Aspect, Gold, Score};

/// A goal is found where a reading covers at least half of it, or lies by at
/// least half inside it.
pub(crate) fn score(document: &Document, gold: &Gold, source: &SourceText<'_>, score: &mut Score) {
    let Some(goals) = &gold.qualitative else { return };
    let read: Vec<&Target> = document
        .targets
        .iter()
        .filter(|target| target.target_type == TargetType::Qualitative)
        .collect();
    let mut taken = vec![false; read.len()];
    for goal in goals {
        let places = source.places(goal);
        let best = read
            .iter()
            .enumerate()
            .filter(|(index, _)| !taken[*index])
            .map(|(index, target)| (meeting(&places, &target.span.range()), index))
            .filter(|(common, _)| *common > 0)
            .max_by_key(|(common, index)| (*common, std::cmp::Reverse(*index)));
        let tally = score.entry(Aspect::Qualitative);
        tally.expected += 1;
        match best {
            Some((_, index)) => {
                taken[index] = true;
                tally.right += 1;
                tally.read += 1;
            }
            None => {
                let expected = goal.joined.as_ref().unwrap_or(&goal.text).clone();
                score.fault(Aspect::Qualitative, goal.line, Some(expected), None);
            }
        }
    }
    let open: Vec<Range<usize>> =
        gold.borderline_targets.iter().flat_map(|clause| source.places(clause)).collect();
    for (target, taken) in read.iter().zip(taken) {
        let span = target.span.range();
        if taken || open.iter().any(|place| overlap(place, &span)) {
            continue;
        }
        score.entry(Aspect::Qualitative).read += 1;
        let line = source.line_of(span.start);
        score.fault(Aspect::Qualitative, line, None, Some(target.text.clone()));
    }
}

/// Returns the bytes that a reading shares with a goal, 0 where these are less
/// than half of the shorter of the two.
fn meeting(places: &[Range<usize>], span: &Range<usize>) -> usize {
    places
        .iter()
        .map(|place| {
            let common = shared(place, span);
            if 2 * common >= place.len().min(span.len()) { common } else { 0 }
        })
        .max()
        .unwrap_or(0)
}
