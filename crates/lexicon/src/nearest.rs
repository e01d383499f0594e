//! Names like a query that found nothing, for "did you mean".

use std::collections::BTreeSet;

use crate::fold::{chars, fold};

/// Least likeness (0 to 1) that is worth showing.
const LEAST_LIKENESS: f64 = 0.45;

/// Returns the candidates most like `query`, best first, at most `limit`,
/// without repeats. Likeness is the better of edit distance and shared
/// character pairs; ties go by the candidates' own order.
///
/// ```
/// use gangmu_lexicon::nearest_agency_names;
/// let names = ["省生态环境厅", "省水利厅", "省卫生健康委"];
/// assert_eq!(nearest_agency_names("省生态环镜厅", names.iter().copied(), 2), ["省生态环境厅"]);
/// ```
pub fn nearest_agency_names<'a>(
    query: &str,
    candidates: impl Iterator<Item = &'a str>,
    limit: usize,
) -> Vec<&'a str> {
    let Some(query) = fold(query) else {
        return Vec::new();
    };
    let mut seen = BTreeSet::new();
    let mut scored: Vec<(f64, &str)> = candidates
        .filter(|candidate| seen.insert(*candidate))
        .filter_map(|candidate| Some((likeness(&query, &fold(candidate)?), candidate)))
        .filter(|(score, _)| *score >= LEAST_LIKENESS)
        .collect();
    scored.sort_by(|left, right| right.0.total_cmp(&left.0));
    scored.truncate(limit);
    scored.into_iter().map(|(_, candidate)| candidate).collect()
}

fn likeness(left: &str, right: &str) -> f64 {
    let longest = chars(left).max(chars(right));
    if longest == 0 {
        return 0.0;
    }
    let kept = longest.saturating_sub(distance(left, right));
    ratio(kept, longest).max(shared_characters(left, right))
}

/// Shared characters over the shorter name, a little below an equal edit
/// likeness, so that 发改委 finds 省发展改革委.
fn shared_characters(left: &str, right: &str) -> f64 {
    let left: BTreeSet<char> = left.chars().collect();
    let right: BTreeSet<char> = right.chars().collect();
    let shared = left.intersection(&right).count();
    let shortest = left.len().min(right.len());
    if shared < 2 || shortest == 0 {
        return 0.0;
    }
    0.8 * ratio(shared, shortest)
}

/// Edit distance in characters; names are bounded, so this is bounded too.
fn distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (i, l) in left.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, r) in right.iter().enumerate() {
            let changed = diagonal + usize::from(l != *r);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[right.len()]
}

fn ratio(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}
