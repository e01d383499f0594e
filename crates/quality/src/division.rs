//! Divisions: marker, kind, parent, title.

use std::collections::{BTreeMap, HashMap, HashSet};

use gangmu_model::{Division, DivisionKind, Document};

use crate::alignment::{Alignment, Standing};
use crate::source::fold;
use crate::{Aspect, Gold, GoldDivision, Score};

pub(crate) fn score(
    document: &Document,
    gold: &Gold,
    alignment: &Alignment<'_>,
    score: &mut Score,
) {
    let n_read = alignment.standings().filter(|(_, standing)| *standing != Standing::Open).count();
    for aspect in [Aspect::Divisions, Aspect::DivisionMarker] {
        let tally = score.entry(aspect);
        tally.expected += gold.divisions.len() as u64;
        tally.read += n_read as u64;
    }
    let shifts = shifts(gold, alignment);
    for (index, wanted) in gold.divisions.iter().enumerate() {
        let Some(read) = alignment.reading(index) else {
            score.fault(Aspect::DivisionMarker, wanted.line, Some(describe(wanted)), None);
            continue;
        };
        let kind = read.kind == wanted.kind || wanted.also_accept_kind.contains(&read.kind);
        let home = alignment.home_of_parent(read);
        let parent = [wanted.parent]
            .iter()
            .chain(&wanted.also_accept_parent)
            .any(|parent| alignment.wanted_home(*parent) == home);
        score.entry(Aspect::DivisionMarker).right += 1;
        score.entry(Aspect::Divisions).right += u64::from(kind && parent);
        score.compare(
            Aspect::DivisionKind,
            wanted.line,
            kind,
            format!("{}: {}", describe(wanted), wanted.kind.name()),
            read.kind.name(),
        );
        let shifted = shifts.get(&rank_in(gold, wanted)) == Some(&read.kind);
        score.entry(Aspect::DivisionKindLenient).compare(kind || shifted);
        score.compare(
            Aspect::DivisionParent,
            wanted.line,
            parent,
            format!("{} in {}", describe(wanted), parent_marker(gold, wanted)),
            read.parent.as_ref().map_or("the top".to_owned(), |parent| {
                let marker = document.division(parent).and_then(|above| above.marker.as_ref());
                format!("{parent} {}", marker.map_or("(no number)", |marker| &marker.text))
            }),
        );
        score.compare(
            Aspect::DivisionTitle,
            wanted.line,
            [&wanted.title]
                .into_iter()
                .chain(&wanted.also_accept_title)
                .any(|title| fold_title(title.as_deref()) == fold_title(read.title.as_deref())),
            format!("{} {}", wanted.marker, wanted.title.as_deref().unwrap_or("(no title)")),
            read.title.as_deref().unwrap_or("(no title)"),
        );
    }
    for (division, standing) in alignment.standings() {
        if standing == Standing::False {
            score.fault(
                Aspect::DivisionMarker,
                division.span.line(),
                None,
                Some(describe_read(division)),
            );
        }
    }
}

/// A kind of gold, and whether its divisions have numbered ones inside: a
/// heading (一) over tasks may be called section where a task (一) is a measure.
type Rank = (DivisionKind, bool);

fn rank_in(gold: &Gold, division: &GoldDivision) -> Rank {
    (division.kind, gold.divisions.iter().any(|other| other.parent == Some(division.n)))
}

/// For each rank the kind that all its divisions were read as, where it is one
/// and stands next to gold's: the same tree with the names shifted.
fn shifts(gold: &Gold, alignment: &Alignment<'_>) -> BTreeMap<Rank, DivisionKind> {
    let parents: HashSet<usize> = gold.divisions.iter().filter_map(|each| each.parent).collect();
    let mut readings: BTreeMap<Rank, HashMap<DivisionKind, usize>> = BTreeMap::new();
    for (index, wanted) in gold.divisions.iter().enumerate() {
        if let Some(read) = alignment.reading(index) {
            let rank = (wanted.kind, parents.contains(&wanted.n));
            *readings.entry(rank).or_default().entry(read.kind).or_default() += 1;
        }
    }
    readings
        .into_iter()
        .filter_map(|(rank, kinds)| {
            let kind = *kinds.keys().next()?;
            (kinds.len() == 1 && depth(rank.0).abs_diff(depth(kind)) <= 1).then_some((rank, kind))
        })
        .collect()
}

/// How deep a kind stands where all levels are there.
fn depth(kind: DivisionKind) -> usize {
    match kind {
        DivisionKind::Part => 0,
        DivisionKind::Chapter => 1,
        DivisionKind::Section => 2,
        DivisionKind::Article | DivisionKind::Measure => 3,
        DivisionKind::Item => 4,
        DivisionKind::Subitem => 5,
        DivisionKind::ListEntry => 6,
        _ => usize::MAX,
    }
}

/// Folds a title, without the mark that closes it.
fn fold_title(title: Option<&str>) -> Option<String> {
    Some(fold(title?).trim_end_matches(['。', ':', '.', '；', ';']).to_owned())
}

fn describe(division: &GoldDivision) -> String {
    format!("{}{}", division.marker, division.first_words)
}

fn describe_read(division: &Division) -> String {
    let marker = division.marker.as_ref().map_or("", |marker| &marker.text);
    let words = division.title.as_deref().unwrap_or(&division.text);
    let head: String = words.chars().take(12).collect();
    format!("{marker}{head} ({}, {})", division.id, division.kind.name())
}

fn parent_marker<'g>(gold: &'g Gold, division: &GoldDivision) -> &'g str {
    let parent = gold.divisions.iter().find(|other| Some(other.n) == division.parent);
    parent.map_or("the top", |parent| &parent.marker)
}
