//! The figures of a clause, each with its own part of it.
//!
//! 小学、初中、高中学生近视率分别控制在46.8%、67.51%、72.73% has three that share their words; a figure
//! that only says which things are meant has none.

use std::ops::Range;

use super::clause::joints;
use super::comparator::{self, Bound, bound};
use super::evidence;
use super::measured::NAME_JOINTS;
use super::number::{Figure, Measure};
use super::quantity::skip_marks;
use super::sentence::Clause;
use super::shift::circle;
use super::words::words;

/// A figure, what bounds it, and its part of the clause.
pub(super) struct Piece {
    pub(super) figure: Figure,
    pub(super) bound: Bound,
    pub(super) part: Range<usize>,
    /// The place in a list of values that share their words, and how many they are.
    pub(super) shared: Option<(usize, usize)>,
    /// 低时延圈 behind the last of several reaches.
    pub(super) circle: Option<Range<usize>>,
}

/// 1所80-150个托位的机构: a figure right behind another's unit tells what is counted.
fn drop_attributes(text: &str, figures: &mut Vec<Figure>) {
    if figures.len() < 2 {
        return;
    }
    let mut end = None;
    figures.retain(|figure| {
        let tells = end == Some(figure.range.start)
            && text[figure.range.end..]
                .split(['、', ',', ';', '。'])
                .next()
                .unwrap_or("")
                .contains('的');
        end = Some(figure.range.end);
        !tells
    });
    let sizes: Vec<bool> = (0..figures.len()).map(|at| says_how_large(text, figures, at)).collect();
    let mut sizes = sizes.into_iter();
    figures.retain(|_| !sizes.next().unwrap_or(false));
}

/// 新增50亿元工业企业1家, 10亿元以上工业企业3家: so large are those that are counted.
fn says_how_large(text: &str, figures: &[Figure], at: usize) -> bool {
    const LONGEST_NAME: usize = 8;
    let [figure, next, ..] = &figures[at..] else { return false };
    let between = &text[figure.range.end..next.range.start];
    let name = between.strip_prefix("以上").unwrap_or(between);
    figure.measure == Measure::Money
        && next.measure == Measure::Count
        && (1..=LONGEST_NAME).contains(&name.chars().count())
        && !name.contains(['、', ',', ';', '(', '的'])
        && !evidence::counts(name)
}

/// 实现集装箱船、滚装船、600总吨以上干散货船全覆盖: in a list of kinds without numbers a size
/// says which kind is meant.
fn sizes_a_listed_kind(clause: &Clause<'_>, figure: &Figure) -> bool {
    let before = &clause.text[clause.body.start..figure.range.start];
    let behind = &clause.text[figure.range.end..clause.body.end];
    let named = behind.strip_prefix("以上").or_else(|| behind.strip_prefix("以下"));
    matches!(figure.measure, Measure::Thing | Measure::Size)
        && before.ends_with('、')
        && named.is_some_and(|name| name.starts_with(|ch: char| ch.is_alphabetic()))
}

/// Gives each figure its part of the clause.
pub(super) fn pieces(clause: &Clause<'_>, mut figures: Vec<Figure>) -> Vec<Piece> {
    let text = clause.text;
    drop_attributes(text, &mut figures);
    if figures.first().is_some_and(|first| sizes_a_listed_kind(clause, first)) {
        figures.remove(0);
    }
    if figures.is_empty() {
        return Vec::new();
    }
    let body = &clause.body;
    let joints = joints(text, body, &clause.asides);
    let mut pieces: Vec<Piece> = Vec::with_capacity(figures.len());
    let starts: Vec<usize> = figures.iter().map(|figure| figure.range.start).collect();
    let mut floor = body.start;
    for (at, figure) in figures.into_iter().enumerate() {
        let ceiling = starts.get(at + 1).copied().unwrap_or(body.end);
        let mut bound = bound(text, floor, &figure.range, ceiling);
        if breaks_through(text, &figure, &bound, ceiling) {
            bound = comparator::bound(text, bound.start + BREAK.len(), &figure.range, ceiling);
        }
        // 世界500强 has neither unit nor bound; 分别为3、5、8个 lends its first ones the last's unit.
        let listed = text[figure.range.end..body.end].starts_with('、');
        if figure.unit.is_none() && !(bound.before || bound.after || listed) {
            continue;
        }
        floor = bound.end;
        let part = bound.start..bound.end;
        pieces.push(Piece { figure, bound, part, shared: None, circle: None });
    }
    let mut start = body.start;
    let mut run = 0;
    for at in 0..pieces.len() {
        let end = pieces[at].bound.end;
        let next = pieces.get(at + 1).map(|piece| piece.bound.start);
        let between = next.map(|next| end..next);
        let cut = between.as_ref().and_then(|between| cut(text, between, &joints));
        let listed = between.is_some_and(|between| is_list_joint(&text[between]))
            && pieces.get(at + 1).is_some_and(|next| !next.bound.before);
        pieces[at].part = start..cut.as_ref().map_or(body.end, |cut| cut.start);
        if listed {
            run += 1;
        } else {
            share(text, &mut pieces[at + 1 - (run + 1)..=at], body);
            run = 0;
        }
        if let Some(cut) = cut {
            start = cut.end;
        } else if let [first, next, ..] = &mut pieces[at..]
            && counts_and_measures(text, first, next, body.end)
        {
            first.part.end = next.bound.start;
            start = first.bound.end;
        }
    }
    reach_back(text, body, &mut pieces);
    drop_hurdles(text, &mut pieces);
    if say_which(text, &pieces) {
        pieces.clear();
    }
    let named = pieces.last().and_then(|last| circle(text, &last.figure, last.part.end));
    if named.is_some() {
        let reaches = pieces.iter_mut().filter(|piece| piece.figure.measure == Measure::Time);
        reaches.for_each(|piece| piece.circle.clone_from(&named));
    }
    pieces
}

/// 续建16个干线项目382公里: how many, and how long they are together.
fn counts_and_measures(text: &str, first: &Piece, next: &Piece, end: usize) -> bool {
    let between = &text[first.bound.end.min(next.bound.start)..next.bound.start];
    let closes = text[next.bound.end..end].chars().next().is_none_or(|mark| "、,;(".contains(mark));
    first.figure.measure == Measure::Count
        && matches!(next.figure.measure, Measure::Size | Measure::Thing)
        && !(first.bound.before || next.bound.before)
        && closes
        && between.chars().nth(1).is_some()
        && !between.contains(['的', '、', ',', '('])
}

/// 婴儿死亡率、5岁以下儿童死亡率分别降至5‰、6‰: a number among as many names as there are
/// values is part of a name.
fn reach_back(text: &str, body: &Range<usize>, pieces: &mut Vec<Piece>) {
    let Some(first) = pieces.iter().position(|piece| piece.shared.is_some_and(|(at, _)| at == 0))
    else {
        return;
    };
    let (_, count) = pieces[first].shared.unwrap_or_default();
    let names = body.start..pieces[first].bound.start;
    let in_names = pieces[..first].iter().all(|piece| !piece.bound.before);
    if first == 0
        || !in_names
        || !text[names.end..].starts_with("分别")
        || text[names.clone()].split(NAME_JOINTS).count() != count
    {
        return;
    }
    pieces.drain(..first);
    pieces[..count].iter_mut().for_each(|piece| piece.part.start = names.start);
}

/// 长度不大于300米、占用绿地不超过200平方米的工程: sizes that say which ones are meant.
fn say_which(text: &str, pieces: &[Piece]) -> bool {
    let [.., last] = pieces else { return false };
    let is_size = |piece: &Piece| {
        matches!(piece.figure.measure, Measure::Size | Measure::Thing) && piece.bound.before
    };
    pieces.len() > 1 && text[last.bound.end..].starts_with('的') && pieces.iter().all(is_size)
}

/// 培育年产值超100亿元、竞争力强的龙头企业2家: the first figure only says which are counted.
fn drop_hurdles(text: &str, pieces: &mut Vec<Piece>) {
    let mut at = 0;
    while at + 1 < pieces.len() {
        let (first, next) = (&pieces[at], &pieces[at + 1]);
        let between = &text[first.bound.end.min(next.bound.start)..next.bound.start];
        let describes = between
            .strip_prefix('、')
            .is_some_and(|rest| rest.contains('的') && words().goal_verb.at_start(rest).is_none());
        let lead = &text[first.part.start..first.bound.start.max(first.part.start)];
        if describes
            && first.bound.before
            && next.figure.measure == Measure::Count
            && first.figure.measure != Measure::Count
            && evidence::counts(skip_marks_of(lead))
        {
            pieces[at + 1].part.start = pieces[at].part.start;
            pieces.remove(at);
        } else {
            at += 1;
        }
    }
}

fn skip_marks_of(text: &str) -> &str {
    &text[skip_marks(text, 0..text.len())]
}

/// The verb of 突破10项关键技术, the bound of 产量突破2万台.
const BREAK: &str = "突破";

/// 突破10项以上关键技术: what is counted stands behind, so that 突破 is to achieve.
fn breaks_through(text: &str, figure: &Figure, bound: &Bound, ceiling: usize) -> bool {
    let behind = &text[bound.end..ceiling];
    figure.measure == Measure::Count
        && text[bound.start..].starts_with(BREAK)
        && behind.chars().next().is_some_and(|next| !"、,;(并且和及的".contains(next))
}

/// Whether two figures stand in one list: 4.5%、5.5%.
fn is_list_joint(between: &str) -> bool {
    matches!(between, "、" | "和" | "及" | "以及" | "与" | "," | "、和")
}

/// Values in one list share the words before the first and after the last.
fn share(text: &str, run: &mut [Piece], body: &Range<usize>) {
    let count = run.len();
    if count < 2 {
        return;
    }
    let first = run[0].bound.clone();
    let start = run[0].part.start;
    let end = run[count - 1].bound.end.min(body.end);
    let last = run[count - 1].bound.clone();
    let only_last = last.after && run[..count - 1].iter().all(|piece| !piece.bound.after);
    let unit = run[count - 1].figure.unit.clone();
    for (at, piece) in run.iter_mut().enumerate() {
        piece.shared = Some((at, count));
        piece.part = start..end;
        if at > 0 {
            piece.bound.start = first.start;
            piece.bound.before |= first.before;
            piece.bound.change = piece.bound.change.or(first.change);
            if !piece.bound.after {
                piece.bound.comparator = piece.bound.comparator.or(first.comparator);
            }
        }
        if only_last {
            piece.bound.comparator = last.comparator;
            piece.bound.after = true;
            piece.bound.hedges.clone_from(&last.hedges);
        }
        // 分别压减至3个、5个工作日: the first unit is short for the last one.
        let short = match (&piece.figure.unit, &unit) {
            (Some(own), Some(last)) => {
                text[own.clone()] == *"个"
                    && text[last.clone()].len() > "个".len()
                    && text[last.clone()].starts_with('个')
            }
            (own, _) => own.is_none(),
        };
        if short {
            piece.figure.unit.clone_from(&unit);
        }
    }
}

/// Where one figure's part ends and the next one's begins.
fn cut(text: &str, between: &Range<usize>, joints: &[Range<usize>]) -> Option<Range<usize>> {
    let first = joints.partition_point(|joint| joint.start < between.start);
    let inside = || joints[first..].iter().take_while(|joint| joint.end <= between.end);
    let pause = |joint: &&Range<usize>| text[(*joint).clone()].starts_with('、');
    let ends_at_number = inside().next().is_some_and(|joint| joint.start == between.start);
    if ends_at_number {
        return inside().next().cloned();
    }
    inside().filter(pause).last().cloned().or_else(|| {
        inside()
            .filter(|joint| {
                let rest = &text[joint.end..between.end];
                rest.is_empty() || words().goal_verb.at_start(rest).is_some()
            })
            .last()
            .cloned()
    })
}
