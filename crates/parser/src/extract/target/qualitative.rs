//! Goals in words: dated clauses without a number, and floors such as 不再新增围填海.

use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

use gangmu_model::TargetType;
use regex::Regex;

use super::clause::joints;
use super::exclusion::{names_whom, says_what_is_given};
use super::sentence::{Clause, State};
use super::signs::Signs;
use super::words::words;
use super::{RawTarget, Wording, indicator};
use crate::word_set::WordSet;

/// The fewest characters a goal in words can do with: 全面达标 has four.
const SHORTEST: usize = 4;

/// Reads the goals in words of one clause.
pub(super) fn read(clause: &Clause<'_>, state: &mut State, targets: &mut Vec<RawTarget>) {
    let dated = clause.inner.as_ref().map(|found| &found.deadline).or(state.deadline.as_ref());
    let event = clause.inner.as_ref().is_some_and(|found| found.span.is_some());
    let wanted = match dated {
        Some(_) if event => false,
        Some(_) => states_goal(clause, state),
        None => {
            let aside = clause.words().starts_with('在') && clause.words().ends_with('下');
            clause.goals_expected
                && !aside
                && clause.signs.any(Signs::FLOOR)
                && is_floor(clause.words())
        }
    };
    if !wanted || says_what_is_given(clause.words()) || names_whom(clause.words()) {
        return;
    }
    let deadline = dated.cloned();
    for mut range in predicates(clause) {
        let (scope, named) = subject_around(clause, range.clone());
        let mut qualifiers = clause.hedges.clone();
        qualifiers.extend(
            words()
                .degree
                .places(&clause.text[range.clone()])
                .map(|place| range.start + place.start..range.start + place.end)
                .filter(|place| !names(&clause.text[place.start..range.end])),
        );
        if named.is_some() {
            state.indicator = named.clone().map(Wording::Place);
        }
        if range.start == clause.body.start
            && let Some(exception) = exception(clause)
        {
            range.start = exception;
        }
        targets.push(RawTarget {
            target_type: TargetType::Qualitative,
            range,
            indicator: named.map(Wording::Place),
            scope,
            deadline: deadline.clone(),
            comparator: None,
            value: None,
            value_max: None,
            unit: None,
            value_text: None,
            change: None,
            baseline: None,
            qualifiers,
            redacted: false,
        });
    }
}

/// 总体情况, 全面推行: the word is part of a name, or of how something is done.
fn names(text: &str) -> bool {
    const NOUNS: &[&str] = &["情况", "要求", "目标", "规划", "方案", "布局", "思路", "部署"];
    const ACTS: &[&str] = &["推行", "推进", "推广", "落实", "开展", "实施", "加强", "贯彻", "启动"];
    let behind = |word, list: &[&str]| {
        text.strip_prefix(word)
            .is_some_and(|rest: &str| list.iter().any(|next| rest.starts_with(next)))
    };
    behind("总体", NOUNS) || behind("全面", ACTS)
}

/// Whether a dated clause says what shall be, and is no label, procedure or flourish.
fn states_goal(clause: &Clause<'_>, state: &State) -> bool {
    let text = clause.words();
    let label = clause.text[clause.body.end..].starts_with(':')
        || ["如下", "目标是", "目标为", "任务是"].iter().any(|end| text.ends_with(end));
    // 给予最高200万元的补助 says what somebody gets.
    let flourish = text.starts_with("通过")
        || text.starts_with("给予")
        || words().rhetoric.at_start(text).is_some();
    static PROCEDURE: LazyLock<WordSet> =
        LazyLock::new(|| WordSet::parse("报送|书面|上报|备案|施行|有效期|印发|起执行"));
    let procedure = PROCEDURE.is_in(text);
    let exception = text.starts_with('除') && text.ends_with('外');
    // 今年是…开局之年, 以…为指导, 深入贯彻…精神: how a work report opens.
    let phrase = text.starts_with(['是', '即'])
        || text.starts_with("如年")
        || text.starts_with("如果")
        || text.starts_with("也是")
        || text.starts_with('以')
            && ["为指导", "为统领", "为引领", "为主线", "为主题"]
                .iter()
                .any(|end| text.ends_with(end))
        || text.contains("贯彻")
            && ["精神", "要求", "理念", "思想"].iter().any(|end| text.ends_with(end))
        || text.ends_with("工作总基调");
    // 要求到2020年: a date and who says it.
    let dates_alone = clause.inner.as_ref().is_some_and(|found| {
        let around = clause.body.start..found.range.start;
        found.range.end == clause.body.end && clause.text[around].chars().count() < SHORTEST
    });
    if text.chars().count() < SHORTEST
        || dates_alone
        || label
        || flourish
        || procedure
        || exception
        || phrase
        || text.ends_with('的')
    {
        return false;
    }
    // “十四五”深入攻坚,实现…: the clause after it has the goal.
    if clause.glued
        && text.chars().count() <= 6
        && clause.next.clone().is_some_and(|next| clause.text[next].starts_with("实现"))
    {
        return false;
    }
    let says = words().degree.is_in(text) || words().goal_start.at_start(text).is_some();
    !state.inherited || says && !is_order(text)
}

/// 加强…, 推进…: under a heading's date, a task and not a state.
fn is_order(text: &str) -> bool {
    [
        "加强",
        "推进",
        "推动",
        "加快",
        "深化",
        "开展",
        "支持",
        "鼓励",
        "引导",
        "强化",
        "落实",
        "坚持",
        "完善",
        "健全",
        "优化",
        "提升",
        "持续",
        "进一步",
        "全面",
        "深入",
        "切实",
        "促进",
    ]
    .iter()
    .any(|word| text.starts_with(word))
}

/// 确保…不再减少, 不再新增…, 只增不减.
fn is_floor(text: &str) -> bool {
    static FLOOR: OnceLock<Regex> = OnceLock::new();
    FLOOR
        .get_or_init(|| {
            Regex::new(concat!(
                "不再(?:新增|减少|增加|新建|扩大|下降|反弹|审批新|新批|上马|降低)|只增不减|只减不增|零增长|负增长|",
                "(?:确保|保证).{2,40}不(?:降低|减少|下降|增加|突破|改变|反弹|变)",
            ))
            .expect("the pattern is a valid constant")
        })
        .is_match(text)
}

/// 除国家重大项目外,不再新增围填海: where the exception begins.
fn exception(clause: &Clause<'_>) -> Option<usize> {
    let previous = clause.previous.clone()?;
    let words = &clause.text[previous.clone()];
    (words.starts_with('除') && words.ends_with('外')).then_some(previous.start)
}

/// Cuts a clause at 、 where every piece has its own predicate.
fn predicates(clause: &Clause<'_>) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut start = clause.body.start;
    for joint in joints(clause.text, &clause.body, &clause.asides) {
        if clause.text[joint.clone()].starts_with('、') {
            pieces.push(start..joint.start);
            start = joint.end;
        }
    }
    pieces.push(start..clause.body.end);
    if pieces.len() > 1 && pieces.iter().all(|piece| stands_alone(&clause.text[piece.clone()])) {
        return pieces;
    }
    vec![clause.body.clone()]
}

/// Whether a piece says something of a thing: 性质不改变, 治理任务全清零.
fn stands_alone(piece: &str) -> bool {
    static ENDING: OnceLock<Regex> = OnceLock::new();
    piece.chars().count() >= SHORTEST
        && ENDING
            .get_or_init(|| {
                Regex::new("(?:不再?[降减增改突下反变][低少加变破降弹]?|全覆盖|全清零|全达标|(?:持续|显著|明显|不断|全面|基本|大幅|有效|更加|稳步|进一步)[^、]{2,4})$")
                    .expect("the pattern is a valid constant")
            })
            .is_match(piece)
}

/// Scope and indicator of a clause that may hold its deadline inside: 该项工作|于2019年4月底前|完成;
/// 政府部门|在6月底前|完成|欠款清零.
fn subject_around(
    clause: &Clause<'_>,
    range: Range<usize>,
) -> (Option<Range<usize>>, Option<Range<usize>>) {
    let inner = clause.inner.as_ref().map(|found| found.range.clone());
    let Some(inner) = inner.filter(|inner| range.start < inner.start && inner.end < range.end)
    else {
        return subject(clause.text, range);
    };
    let behind = inner.end..range.end;
    let (scope, before) = indicator::split_scope(clause.text, range.start..inner.start);
    let opens = words().goal_start.at_start(&clause.text[behind.clone()]);
    let named = opens.and_then(|_| subject(clause.text, behind.clone()).1);
    (scope, named.or_else(|| indicator::trim(clause.text, before)))
}

/// Scope and indicator: what stands before the predicate, or behind an opening verb.
fn subject(text: &str, range: Range<usize>) -> (Option<Range<usize>>, Option<Range<usize>>) {
    let (scope, mut rest) = indicator::split_scope(text, range.clone());
    // 探索|建立…, 研究|制定…: how a thing is gone about is no part of it.
    if let Some(manner) = words().manner.at_start(&text[rest.clone()])
        && words().goal_start.at_start(&text[rest.start + manner.len()..rest.end]).is_some()
    {
        rest.start += manner.len();
    }
    let words_of = &text[rest.clone()];
    let mut cut = words_of.len();
    for class in [&words().degree, &words().predicate] {
        let place = class.places(words_of).find(|place| place.start > 0);
        cut = cut.min(place.map_or(words_of.len(), |place| place.start));
    }
    let opening =
        words().goal_start.at_start(words_of).or_else(|| words().degree.at_start(words_of));
    if let Some(opening) = opening {
        let behind = rest.start + opening.len()..rest.end;
        let inner = &text[behind.clone()];
        let inner_verb =
            words().goal_start.at_start(inner).or_else(|| words().predicate.at_start(inner));
        let behind = behind.start + inner_verb.map_or(0, str::len)..behind.end;
        let inner = &text[behind.clone()];
        let quantity = ["一批", "若干"]
            .iter()
            .find(|word| inner.starts_with(**word))
            .map_or(0, |word| word.len());
        // 实现生态环境|持续改善 has its predicate behind; what is built has none.
        let states =
            opening.ends_with("实现") || matches!(opening, "确保" | "推动" | "促进" | "使");
        let degree = words().degree.places(inner).map(|place| place.start).find(|at| *at > 0);
        let end = degree.filter(|_| states).map_or(behind.end, |at| behind.start + at);
        return (scope, indicator::trim(text, behind.start + quantity..end));
    }
    (scope, indicator::trim(text, rest.start..rest.start + cut))
}
