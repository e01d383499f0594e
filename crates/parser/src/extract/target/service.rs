//! Time limits that are goals: 企业开办1个工作日内办结, 投产后1年内建成绿色矿山.

use std::ops::Range;
use std::sync::LazyLock;

use gangmu_lexicon::Lexicon;
use gangmu_model::{Comparator, DeadlineKind, TargetType};

use super::number::{Figure, Measure, figures, han_number};
use super::quantity::trimmed;
use super::sentence::{Clause, State};
use super::signs::Signs;
use super::words::words;
use super::{RawTarget, Wording, indicator};
use crate::word_set::WordSet;

/// Reads the times within which a clause wants something done, as goals of their own.
///
/// In regulations such a time is a rule of procedure, and none is read.
pub(super) fn read_limits(
    clause: &Clause<'_>,
    lexicon: &Lexicon,
    state: &mut State,
    targets: &mut Vec<RawTarget>,
) {
    let asks = clause.goals_expected
        && !words().condition.is_in(clause.words())
        && !clause.words().contains("应当")
        && !clause.words().ends_with('的');
    if !asks {
        return;
    }
    match since_an_event(clause) {
        Some(limit) => targets.push(limit),
        None => read_services(clause, lexicon, state, targets),
    }
}

/// Units in which services are timed; what takes months and years is dated.
const UNITS: [&str; 8] = ["个工作日", "工作日", "个工作小时", "个小时", "小时", "分钟", "天", "日"];

/// What ends a limit, the longest first.
const WITHIN: [&str; 3] = ["以内", "之内", "内"];

/// Words before a span that make it none: 14日前, 近3天, 每5天.
const NO_LIMIT: [char; 7] = ['前', '近', '去', '每', '第', '满', '隔'];

/// Words before a limit that tell who keeps it or since when it counts, not what is done:
/// 市场监管部门要在5个工作日内|办结, 接报后30分钟内|到达现场.
const NO_SERVICE: [&str; 7] = ["在", "于", "后", "起", "受理", "收到", "接到"];

/// 企业开办1个工作日内办结, 一般件2个工作日办结、复杂件4个工作日办结: so fast a service is to be done.
fn read_services(
    clause: &Clause<'_>,
    lexicon: &Lexicon,
    state: &mut State,
    targets: &mut Vec<RawTarget>,
) {
    if !clause.signs.any(Signs::FIGURE) || clause.inner.is_some() || !DONE.is_in(clause.words()) {
        return;
    }
    let text = clause.text;
    let figures = figures(text, &clause.body, &clause.asides, lexicon);
    let mut part = clause.body.clone();
    for (at, figure) in figures.iter().enumerate() {
        part.end = figures.get(at + 1).map_or(clause.body.end, |next| {
            let between = figure.range.end..next.range.start;
            text[between.clone()].find('、').map_or(clause.body.end, |at| between.start + at)
        });
        if let Some(limit) = service(clause, figure, &part, state) {
            state.indicator.clone_from(&limit.indicator);
            targets.push(limit);
            part.start = part.end;
        }
    }
}

/// The service that `figure` times in its part of the clause.
fn service(
    clause: &Clause<'_>,
    figure: &Figure,
    part: &Range<usize>,
    state: &State,
) -> Option<RawTarget> {
    let text = clause.text;
    let unit = figure.unit.clone()?;
    let behind = &text[figure.range.end.min(part.end)..part.end];
    let within = WITHIN.iter().find_map(|word| behind.strip_prefix(word));
    let is_done = match within {
        Some(deed) => does(deed),
        None => behind.starts_with("办结") && !behind.starts_with("办结率"),
    };
    let before = part.start..figure.range.start;
    if figure.measure != Measure::Time
        || !UNITS.contains(&text[unit.clone()].trim())
        || !is_done
        || text[before.clone()].ends_with(NO_LIMIT)
    {
        return None;
    }
    let deed = part.end - within.unwrap_or(behind).len()..part.end;
    let (scope, subject) = indicator::split_scope(text, before);
    let named = !NO_SERVICE.iter().any(|word| text[subject.clone()].ends_with(word));
    let named = Some(subject).filter(|_| named).and_then(|range| indicator::trim(text, range));
    Some(RawTarget {
        target_type: TargetType::Quantitative,
        range: trimmed(text, part),
        indicator: named.or_else(|| indicator::trim(text, deed)).map(Wording::Place),
        scope,
        deadline: state.deadline.clone(),
        comparator: Some(Comparator::AtMost),
        value: figure.value,
        value_max: figure.value_max,
        unit: Some(unit),
        value_text: Some(figure.range.clone()),
        change: None,
        baseline: None,
        qualifiers: clause.hedges.clone(),
        redacted: false,
    })
}

/// What is done within a limit.
static DONE: LazyLock<WordSet> = LazyLock::new(|| {
    WordSet::parse(concat!(
        "办结|办理完毕|办完|完成|核准|答复|回复|审批|出具|放行|响应|到达|到场|反馈|兑付|送达|",
        "启动|回访|受理|公开",
    ))
});

/// 办结, 予以核准, 逐一电话回访: something is done, with few words before the verb.
fn does(deed: &str) -> bool {
    const LONGEST_BEFORE: usize = 4;
    deed.char_indices()
        .take(LONGEST_BEFORE + 1)
        .take_while(|(_, ch)| !matches!(ch, ',' | '、'))
        .any(|(at, _)| DONE.at_start(&deed[at..]).is_some())
}

/// 新建矿山投产后1年内建成绿色矿山: the number is the deadline itself.
fn since_an_event(clause: &Clause<'_>) -> Option<RawTarget> {
    let text = clause.text;
    let found = clause.inner.as_ref()?;
    let span = found.span.as_ref()?;
    let rest = found.range.end..clause.body.end;
    const DONE: &[&str] =
        &["建成", "完成", "实现", "达到", "达标", "办结", "办理完毕", "投产", "解决"];
    if !DONE.iter().any(|word| text[rest.clone()].contains(word)) {
        return None;
    }
    let number = &text[span.number.clone()];
    let value = match number.parse() {
        Ok(value) => Some(value),
        Err(_) => han_number(number).map(Into::into),
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
        change: None,
        baseline: None,
        qualifiers: Vec::new(),
        redacted: false,
    })
}
