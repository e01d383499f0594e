//! Goals with a number: the figures of one clause, each with its own part of it.
//!
//! 坚决守住7603万亩耕地、6251万亩永久基本农田保护红线 has two, 小学、初中、高中
//! 学生近视率分别控制在46.8%、67.51%、72.73% three that share their words.

use std::ops::Range;
use std::sync::OnceLock;

use gangmu_lexicon::Lexicon;
use gangmu_model::{Change, Comparator, DeadlineKind, TargetType};
use regex::Regex;

use super::clause::joints;
use super::comparator::{Bound, bound};
use super::evidence::{Case, Side};
use super::number::{Figure, figures};
use super::sentence::{Clause, State};
use super::words::words;
use super::{RawBaseline, RawTarget, Wording, evidence, indicator};

/// A figure, what bounds it, and its part of the clause.
struct Piece {
    figure: Figure,
    bound: Bound,
    part: Range<usize>,
    /// The place in a list of values that share their words, and how many they are.
    shared: Option<(usize, usize)>,
}

/// Reads the goals with a number of one clause.
pub(super) fn read(
    clause: &Clause<'_>,
    lexicon: &Lexicon,
    state: &mut State,
    targets: &mut Vec<RawTarget>,
) {
    let text = clause.text;
    let mut skipped = clause.asides.clone();
    skipped.extend(clause.inner.iter().map(|found| found.range.clone()));
    skipped.sort_by_key(|skip| skip.start);
    let figures = figures(text, &clause.body, &skipped, lexicon);
    let before = targets.len();
    if !figures.is_empty() {
        for piece in pieces(clause, figures) {
            if let Some(target) = target(clause, &piece, state) {
                if target.indicator.is_some() {
                    state.indicator.clone_from(&target.indicator);
                }
                targets.push(target);
            }
        }
    }
    if targets.len() == before {
        targets.extend(time_limit(clause));
    }
}

/// Gives each figure its part of the clause.
fn pieces(clause: &Clause<'_>, figures: Vec<Figure>) -> Vec<Piece> {
    let text = clause.text;
    let body = &clause.body;
    let joints = joints(text, body, &clause.asides);
    let mut pieces: Vec<Piece> = Vec::with_capacity(figures.len());
    let starts: Vec<usize> = figures.iter().map(|figure| figure.range.start).collect();
    let mut floor = body.start;
    for (at, figure) in figures.into_iter().enumerate() {
        let ceiling = starts.get(at + 1).copied().unwrap_or(body.end);
        let bound = bound(text, floor, &figure.range, ceiling);
        // 世界500强 has neither unit nor bound; 分别为3、5、8个 lends its first ones the last's unit.
        let listed = text[figure.range.end..body.end].starts_with('、');
        if figure.unit.is_none() && !(figure.redacted || bound.before || bound.after || listed) {
            continue;
        }
        floor = bound.end;
        let part = bound.start..bound.end;
        pieces.push(Piece { figure, bound, part, shared: None });
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
            share(&mut pieces[at + 1 - (run + 1)..=at], body);
            run = 0;
        }
        if let Some(cut) = cut {
            start = cut.end;
        }
    }
    pieces
}

/// Whether two figures stand in one list: 4.5%、5.5%.
fn is_list_joint(between: &str) -> bool {
    matches!(between, "、" | "和" | "及" | "以及" | "与" | "," | "、和")
}

/// Values in one list share the words before the first and after the last.
fn share(run: &mut [Piece], body: &Range<usize>) {
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
        if piece.figure.unit.is_none() {
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

fn target(clause: &Clause<'_>, piece: &Piece, state: &mut State) -> Option<RawTarget> {
    let text = clause.text;
    let Piece { figure, bound, part, .. } = piece;
    let unit = figure.unit.clone().map_or("", |unit| text[unit].trim_start());
    let lead = part.start..bound.start;
    let baseline = baseline(text, &lead, bound, unit);
    let words_before = baseline.as_ref().map_or(lead, |found| found.lead.clone());
    let mut words_before = skip_marks(text, words_before);
    // 我国力争2025年油茶种植面积: the date inside is no part of the indicator.
    let mut place = None;
    if let Some(inner) = clause.inner.as_ref().map(|found| &found.range)
        && words_before.start <= inner.start
        && inner.end <= words_before.end
    {
        place = indicator::split_scope(text, words_before.start..inner.start).0;
        words_before.start = inner.end;
    }
    let after_start = bound.end.min(part.end);
    let after = if piece.shared.is_some() { "" } else { &text[after_start..part.end] };
    let levels = baseline.as_ref().and_then(|found| found.bound.clone());
    let bound = levels.as_ref().unwrap_or(bound);
    let lead_start = words_before.start;
    let case = Case {
        figure,
        bound,
        unit,
        before: &text[words_before.clone()],
        after,
        behind: &text[figure.range.end..part.end.max(figure.range.end)],
        clause: clause.words(),
        dated: state.deadline.is_some() || clause.inner.is_some(),
        pledged: state.pledged || !bound.hedges.is_empty(),
        carried_indicator: state.indicator.is_some(),
        carried_verb: state.verb,
        serves: text[part.start..figure.range.start].trim_start_matches('、') == "为",
    };
    if leads_away(text, figure, part, bound) {
        return None;
    }
    let side = case.judge()?;
    let guarded = words().guard_verb.at_end(case.before).is_some_and(|word| word != "确保")
        || case.before.is_empty() && state.guarded;
    let verb =
        guarded || evidence::counts(case.before) || words().goal_verb.at_end(case.before).is_some();
    state.guarded = guarded;
    state.verb = verb || (state.verb && !bound.before);
    let (scope, indicator) = subject(text, piece, side, words_before, after_start, state);
    let scope = scope.or(place);
    let comparator = match (figure.value_max, bound.comparator) {
        (Some(_), _) => Comparator::Between,
        (None, Some(comparator)) => comparator,
        (None, None) if guarded || at_least(case.before) => Comparator::AtLeast,
        (None, None) => Comparator::Equal,
    };
    let mut qualifiers = clause.hedges.clone();
    qualifiers.extend(
        words()
            .pledge
            .places(case.before)
            .map(|place| lead_start + place.start..lead_start + place.end),
    );
    qualifiers.extend(bound.hedges.iter().cloned());
    qualifiers.sort_by_key(|range| range.start);
    qualifiers.dedup();
    let deadline = match &clause.inner {
        Some(found) => Some(found.deadline.clone()),
        None => state.deadline.clone().or_else(|| state.carried.clone()),
    };
    Some(RawTarget {
        target_type: TargetType::Quantitative,
        range: trimmed(text, part),
        indicator,
        scope,
        deadline,
        comparator: Some(comparator),
        value: figure.value,
        value_max: figure.value_max,
        unit: figure.unit.clone().map(|unit| unit.end - unit_len(text, &unit)..unit.end),
        value_text: Some(figure.range.clone()),
        change: bound.change,
        baseline: baseline.map(|found| found.baseline),
        qualifiers,
        redacted: figure.redacted,
    })
}

/// 至少建成1所: the bound stands before the verb.
fn at_least(before: &str) -> bool {
    let verb = words().goal_verb.at_end(before).map_or(0, str::len);
    before[..before.len() - verb].ends_with("至少")
}

fn unit_len(text: &str, unit: &Range<usize>) -> usize {
    text[unit.clone()].trim_start().len()
}

/// Without the marks and conjunctions a part may begin with.
fn skip_marks(text: &str, range: Range<usize>) -> Range<usize> {
    let rest = text[range.clone()].trim_start_matches(['、', ' ', '—', '-', ',', ':']);
    range.end - rest.len()..range.end
}

fn trimmed(text: &str, part: &Range<usize>) -> Range<usize> {
    let part = skip_marks(text, part.clone());
    let kept = text[part.clone()].trim_end_matches(['、', ' ', ',', ';', ':', '—']);
    part.start..part.start + kept.len()
}

/// The old level in 从23.3%提高到40.4% is no goal, nor is a rank: 前1%.
fn leads_away(text: &str, figure: &Figure, part: &Range<usize>, bound: &Bound) -> bool {
    let before = &text[part.start..figure.range.start];
    let behind = &text[figure.range.end..];
    let moves = [
        "提高", "提升", "增加", "上升", "增至", "降", "下降", "降低", "减少", "缩短", "压缩",
        "扩大", "增长", "延长", "减至", "压减",
    ]
    .iter()
    .any(|word| behind.starts_with(word));
    (before.ends_with(['从', '由']) || from_open(before)) && moves && !bound.before
        || before.ends_with(['前', '第'])
}

/// 由上年度实际缴费的50%: a 从 or 由 before it, and nothing that bounds between.
fn from_open(before: &str) -> bool {
    ["从", "由"].iter().any(|word| before.rfind(word).is_some_and(|at| before.len() - at < 60))
}

/// What a change is measured from, and where the words before it end.
struct FoundBaseline {
    baseline: RawBaseline,
    /// Where the words that name the indicator stand.
    lead: Range<usize>,
    /// For 控制在…的1.3倍: the bounding words stand before the baseline.
    bound: Option<Bound>,
}

fn baseline(text: &str, lead: &Range<usize>, bound: &Bound, unit: &str) -> Option<FoundBaseline> {
    static THAN: OnceLock<Regex> = OnceLock::new();
    static FROM: OnceLock<Regex> = OnceLock::new();
    let words_before = &text[lead.clone()];
    if matches!(unit, "倍" | "%") && words_before.ends_with('的') {
        return multiple(text, lead, bound);
    }
    let from = FROM.get_or_init(|| {
        Regex::new(r"(?:从|由)[^、,;。]{0,30}?[\d.]+(?:%|‰|[\p{Han}/]{1,8})?(?:左右|以上|以下)?$")
            .expect("the pattern is a valid constant")
    });
    if let Some(found) = from.find(words_before) {
        let range = lead.start + found.start()..lead.end;
        let year = year_in(&text[range.clone()]);
        return Some(FoundBaseline {
            lead: lead.start..range.start,
            baseline: RawBaseline { range, year },
            bound: None,
        });
    }
    let than = THAN.get_or_init(|| {
        Regex::new(concat!(
            r"(?:相较于|相较|较之|较|相比于?|对比|比)",
            r"(?:(?:19|20)\d\d年(?:末|底|同期|初)?(?:水平|平均水平)?|上年(?:末|底|同期|度)?|去年(?:底|末|同期)?|上一年度?|同期|",
            r"前三年平均[值水平]*|[“]?十[一二三四五六七八九]五[”]?(?:末期?|期末|时期|期间|初期)?|基准年|基期|现状)",
            r"(?:相比)?|(?:在|以)(?:19|20)\d\d年(?:的)?(?:基础上|为基数|为基准|为基期|基数)",
        ))
        .expect("the pattern is a valid constant")
    });
    let found = than.find_iter(words_before).last()?;
    let range = lead.start + found.start()..lead.start + found.end();
    let baseline = RawBaseline { year: year_in(&text[range.clone()]), range: range.clone() };
    // 比2020年能耗下降: the indicator stands behind.
    let opens = skip_marks(text, lead.start..range.start).is_empty();
    let lead = if opens { range.end..lead.end } else { lead.start..range.start };
    Some(FoundBaseline { baseline, lead, bound: None })
}

/// 控制在2020年现状城镇建设用地规模的1.3倍以内, 达到全省平均水平的1.1倍.
fn multiple(text: &str, lead: &Range<usize>, inner: &Bound) -> Option<FoundBaseline> {
    static REACH: OnceLock<Regex> = OnceLock::new();
    let words_before = &text[lead.clone()];
    let reach = REACH.get_or_init(|| {
        Regex::new("不?(?:控制在|达到|达|超过|高于|低于|提高到|提升到|提高至|提升至|增加到|稳定在|保持在|为|是|相当于)")
            .expect("the pattern is a valid constant")
    });
    let found = reach.find_iter(words_before).last()?;
    let start = lead.start + found.end();
    let range = start..lead.end - '的'.len_utf8();
    if range.is_empty() {
        return None;
    }
    let outer = bound(text, lead.start, &(start..start), start);
    let merged = Bound {
        comparator: inner.comparator.or(outer.comparator),
        change: outer.change,
        start: outer.start,
        before: true,
        ..inner.clone()
    };
    let baseline = RawBaseline { year: year_in(&text[range.clone()]), range };
    Some(FoundBaseline { baseline, lead: lead.start..merged.start, bound: Some(merged) })
}

fn year_in(words: &str) -> Option<i32> {
    let at = words.find('年')?;
    words.get(at.checked_sub(4)?..at)?.parse().ok().filter(|year| (1900..2200).contains(year))
}

/// Scope and indicator of a figure.
fn subject(
    text: &str,
    piece: &Piece,
    side: Side,
    before: Range<usize>,
    after_start: usize,
    state: &State,
) -> (Option<Range<usize>>, Option<Wording>) {
    let (scope, mut lead) = indicator::split_scope(text, before);
    if side == Side::After {
        let after = indicator::trim(text, after_start..piece.part.end);
        return (scope, after.map(Wording::Place));
    }
    if piece.bound.change.is_none() || piece.bound.comparator.is_none() {
        // A counting verb is no part of what is counted: 每年|培育|开源创新企业150家.
        let stripped = evidence::strip(indicator::skip_field(&text[lead.clone()]));
        if words().goal_verb.at_start(stripped).is_some() {
            lead.start = lead.end - stripped.len();
        }
        while let Some(verb) = words().goal_verb.at_start(&text[lead.clone()])
            && text[lead.start + verb.len()..lead.end].chars().count() >= 2
            && piece.bound.comparator != Some(Comparator::Reach)
            && !piece.bound.before
        {
            lead.start += verb.len();
        }
    }
    let verb_alone = words().goal_verb.at_end(&text[lead.clone()]) == Some(&text[lead.clone()]);
    let Some(named) = indicator::trim(text, lead).filter(|_| !verb_alone) else {
        return (scope, state.indicator.clone());
    };
    if let Some((at, count)) = piece.shared
        && let Some(wording) = distributed(text, &named, at, count)
    {
        return (scope, Some(wording));
    }
    if indicator::is_bare_head(&text[named.clone()])
        && let Some(Wording::Place(held)) = &state.indicator
    {
        let composed = format!("{}{}", &text[held.clone()], &text[named.clone()]);
        return (scope, Some(Wording::Composed(composed)));
    }
    (scope, Some(Wording::Place(named)))
}

/// The subject of the value at place `at` in a list of `count`: of 小学、初中、高中学生近视率
/// the first is 小学学生近视率.
fn distributed(text: &str, named: &Range<usize>, at: usize, count: usize) -> Option<Wording> {
    let words_of = &text[named.clone()];
    let parts: Vec<&str> = words_of.split(['、', '和', '与']).collect();
    if parts.len() != count {
        return None;
    }
    let last = parts[count - 1];
    let width = parts[0].chars().count();
    let even = parts[..count - 1].iter().all(|part| part.chars().count() == width);
    let shared: String = last.chars().skip(width).collect();
    if at + 1 == count {
        return Some(Wording::Place(named.end - last.len()..named.end));
    }
    let part = parts[at];
    // 城镇、农村|居民…: two names of one length may still be whole, as 氨氮、氮氧化物….
    const HEADS: &[&str] =
        &["居民", "学生", "人口", "职工", "企业", "学校", "产业", "地区", "增加值"];
    let splits = count > 2 || HEADS.iter().any(|head| shared.starts_with(head));
    if even && splits && !shared.is_empty() {
        return Some(Wording::Composed(format!("{part}{shared}")));
    }
    let offset = part.as_ptr() as usize - words_of.as_ptr() as usize;
    Some(Wording::Place(named.start + offset..named.start + offset + part.len()))
}

/// 新建矿山投产后1年内建成绿色矿山: the number is the deadline itself.
fn time_limit(clause: &Clause<'_>) -> Option<RawTarget> {
    let text = clause.text;
    let found = clause.inner.as_ref()?;
    let span = found.span.as_ref()?;
    let rest = found.range.end..clause.body.end;
    const DONE: &[&str] =
        &["建成", "完成", "实现", "达到", "达标", "办结", "办理完毕", "投产", "解决"];
    if !clause.goals_expected
        || !DONE.iter().any(|word| text[rest.clone()].contains(word))
        || words().condition.is_in(clause.words())
        || clause.words().contains("应当")
        || clause.words().ends_with('的')
    {
        return None;
    }
    let number = &text[span.number.clone()];
    let value = match number.parse() {
        Ok(value) => Some(value),
        Err(_) => super::number::han_number(number).map(Into::into),
    };
    let scope = indicator::trim(text, clause.body.start..found.range.start);
    debug_assert_eq!(found.deadline.kind, DeadlineKind::Relative);
    Some(RawTarget {
        target_type: TargetType::Quantitative,
        range: trimmed(text, &clause.body),
        indicator: indicator::trim(text, rest).map(Wording::Place),
        scope,
        deadline: Some(found.deadline.clone()),
        comparator: Some(Comparator::AtMost),
        value,
        value_max: None,
        unit: Some(span.unit.clone()),
        value_text: Some(span.number.start..span.unit.end),
        change: None::<Change>,
        baseline: None,
        qualifiers: Vec::new(),
        redacted: false,
    })
}
