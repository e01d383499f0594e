//! What the layers beside the tree say of the words of a line.
//!
//! Goes in: targets, duties, citations and findings with their places in the source.
//! Comes out: for each line the words, with marks one inside the other.

use std::collections::HashMap;
use std::ops::Range;

use gangmu_model::{DivisionId, Document};

use crate::run::{Run, align};

/// What a mark says; the number is the entry's in its layer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Mark {
    /// A goal.
    Target(usize),
    /// The deadline of a goal.
    Deadline(usize),
    /// The number and the unit of a goal.
    Value(usize),
    /// A cited work.
    Citation(usize),
    /// A body in a duty: the assignment, and its place in that.
    Agency(usize, usize),
    /// The label that says the role of a duty.
    Label(usize),
    /// Something to check.
    Finding(usize),
}

/// Where a mark stands.
type Placed = (Range<usize>, Mark);

/// Words of a line, or a mark round some of them.
#[derive(PartialEq, Eq, Debug)]
pub(crate) enum Inline<'l> {
    Words(&'l str),
    Marked(Mark, Vec<Inline<'l>>),
}

/// Marks that may stand inside those of the layers before.
const N_LAYERS: usize = 6;

/// The marks of a document, by layer.
#[derive(Debug)]
pub(crate) struct Marks {
    layers: [Layer; N_LAYERS],
}

#[derive(Debug, Default)]
struct Layer {
    /// In the order of the source, none inside another.
    marks: Vec<Placed>,
}

impl Layer {
    /// Adds a mark where it overlaps none before it.
    fn add(&mut self, range: Range<usize>, mark: Mark) {
        if !range.is_empty() && self.marks.last().is_none_or(|(last, _)| last.end <= range.start) {
            self.marks.push((range, mark));
        }
    }

    fn of(mut marks: Vec<Placed>) -> Self {
        marks.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
        let mut layer = Self::default();
        marks.into_iter().for_each(|(range, mark)| layer.add(range, mark));
        layer
    }

    fn within(&self, range: &Range<usize>) -> impl Iterator<Item = &Placed> {
        let first = self.marks.partition_point(|(mark, _)| mark.end <= range.start);
        let end = range.end;
        self.marks[first..].iter().take_while(move |(mark, _)| mark.start < end)
    }
}

impl Marks {
    /// Gathers the marks of a document.
    pub(crate) fn of(document: &Document, source: &str) -> Self {
        let targets = document.targets.iter().enumerate();
        let targets = targets.map(|(at, target)| (target.span.range(), Mark::Target(at)));
        let (deadlines, values) = parts_of_targets(document, source);
        let citations = document.citations.iter().enumerate();
        let citations = citations.map(|(at, cited)| (cited.span.range(), Mark::Citation(at)));
        let findings = document.diagnostics.iter().enumerate();
        let findings = findings.map(|(at, found)| (found.span.range(), Mark::Finding(at)));
        Self {
            layers: [
                // The outermost, so that a finding is one mark in its line.
                Layer::of(findings.collect()),
                Layer::of(targets.collect()),
                Layer::of(deadlines),
                Layer::of(values),
                Layer::of(citations.collect()),
                Layer::of(agencies(document, source)),
            ],
        }
    }

    /// Returns the words of a line with the marks in it; `words` holds them.
    pub(crate) fn inline<'l>(&self, runs: &[Run], words: &'l mut String) -> Vec<Inline<'l>> {
        words.clear();
        let mut places: Vec<(Range<usize>, usize)> = Vec::with_capacity(runs.len());
        for run in runs {
            if let Some(source) = run.source() {
                places.push((source, words.len()));
            }
            words.push_str(&run.text);
        }
        self.nest(&places, words, 0..words.len(), 0)
    }

    fn nest<'l>(
        &self,
        places: &[(Range<usize>, usize)],
        words: &'l str,
        range: Range<usize>,
        layer: usize,
    ) -> Vec<Inline<'l>> {
        let plain = |range: Range<usize>| -> Vec<Inline<'l>> {
            if range.is_empty() {
                Vec::new()
            } else if layer + 1 < N_LAYERS {
                self.nest(places, words, range, layer + 1)
            } else {
                vec![Inline::Words(&words[range])]
            }
        };
        let mut inline = Vec::new();
        let mut at = range.start;
        for (marked, mark) in self.marks_in(places, &range, layer) {
            let marked = marked.start.max(at)..marked.end.min(range.end);
            if marked.is_empty() {
                continue;
            }
            inline.extend(plain(at..marked.start));
            at = marked.end;
            inline.push(Inline::Marked(mark, plain(marked)));
        }
        inline.extend(plain(at..range.end));
        inline
    }

    /// The marks of a layer in a range of a line's words, each with its own range.
    fn marks_in(
        &self,
        places: &[(Range<usize>, usize)],
        range: &Range<usize>,
        layer: usize,
    ) -> Vec<Placed> {
        let mut found: Vec<Placed> = Vec::new();
        let first = places.partition_point(|(source, at)| at + source.len() <= range.start);
        for (source, at) in places[first..].iter().take_while(|(_, at)| *at < range.end) {
            // What of the place stands in the range.
            let within = source.start + range.start.saturating_sub(*at)
                ..source.end.min(source.start + (range.end - at));
            for (marked, mark) in self.layers[layer].within(&within) {
                let start = marked.start.max(within.start) - source.start + at;
                let end = marked.end.min(within.end) - source.start + at;
                match found.last_mut() {
                    // It goes on behind a blank or a sign that the words leave out.
                    Some((range, last)) if last == mark => range.end = end,
                    _ => found.push((start..end, *mark)),
                }
            }
        }
        found
    }
}

/// Bytes before a goal in which its deadline is looked for: a paragraph.
const FARTHEST_DEADLINE: usize = 6_000;

/// Finds the deadlines of goals, in them or before them in their division, and
/// their values.
fn parts_of_targets(document: &Document, source: &str) -> (Vec<Placed>, Vec<Placed>) {
    let (mut deadlines, mut values) = (Vec::new(), Vec::new());
    let starts: HashMap<&DivisionId, usize> =
        document.divisions.iter().map(|division| (&division.id, division.span.start())).collect();
    for (at, target) in document.targets.iter().enumerate() {
        let span = target.span.range();
        if let Some(deadline) = target.deadline.as_ref().filter(|found| !found.text.is_empty()) {
            let division = starts.get(&target.division).copied().unwrap_or(span.start);
            let mut start = division.max(span.start.saturating_sub(FARTHEST_DEADLINE));
            while !source.is_char_boundary(start) {
                start += 1;
            }
            if let Some(found) = source[start..span.end.max(start)].rfind(&deadline.text) {
                let begin = start + found;
                deadlines.push((begin..begin + deadline.text.len(), Mark::Deadline(at)));
            }
        }
        if let Some(value) = target.value_text.as_ref().filter(|value| !value.is_empty())
            && let Some(found) = find(source, span, value)
        {
            values.push((found, Mark::Value(at)));
        }
    }
    (deadlines, values)
}

/// Finds the names of bodies in the words of their duties. Duties of several roles
/// share their words, so each name is looked for behind the one before.
fn agencies(document: &Document, source: &str) -> Vec<Placed> {
    let mut marks = Vec::new();
    let mut open: Option<(Range<usize>, usize)> = None;
    for (at, assignment) in document.assignments.iter().enumerate() {
        let span = assignment.span.range();
        let mut from = match &open {
            Some((last, from)) if *last == span => *from,
            _ => span.start,
        };
        let begin = from;
        let n_before = marks.len();
        for (place, mention) in assignment.agencies.iter().enumerate() {
            let found = find(source, from..span.end, &mention.name)
                .or_else(|| find(source, span.clone(), &mention.name));
            if let Some(found) = found {
                from = found.end;
                marks.push((found, Mark::Agency(at, place)));
            }
        }
        // A label stands before its bodies, or behind them; in running text it may hold one.
        let label = assignment.label.as_deref().filter(|label| !label.is_empty());
        let label = label.and_then(|label| find(source, begin..span.end, label));
        let overlaps = |label: &Range<usize>| {
            let mut bodies = marks[n_before..].iter();
            bodies.any(|(body, _)| body.start < label.end && label.start < body.end)
        };
        if let Some(found) = label.filter(|label| !overlaps(label)) {
            from = from.max(found.end);
            marks.push((found, Mark::Label(at)));
        }
        open = Some((span, from));
    }
    marks
}

/// Finds a name in a stretch of the source, over signs and broken lines.
fn find(source: &str, range: Range<usize>, name: &str) -> Option<Range<usize>> {
    let words = source.get(range.clone())?;
    if let Some(at) = words.find(name) {
        return Some(range.start + at..range.start + at + name.len());
    }
    let first = name.chars().next()?;
    let places = words.match_indices(first).map(|(at, _)| range.start + at);
    places.take(MOST_BEGINNINGS).find_map(|start| {
        let end = (start..=range.end.min(start + 2 * name.len() + 8))
            .rev()
            .find(|end| source.is_char_boundary(*end))?;
        let runs = align(source, start..end, name, crate::run::Part::Text);
        let whole = runs.iter().all(|run| run.at.is_some() || run.text.trim().is_empty());
        let end = runs.last().and_then(Run::source)?.end;
        let gaps = end - start <= name.len() + LARGEST_GAP;
        (whole && gaps).then_some(start..end)
    })
}

/// Places at which a broken name is looked for.
const MOST_BEGINNINGS: usize = 64;

/// Bytes of signs and blanks at most that stand within a name.
const LARGEST_GAP: usize = 40;
