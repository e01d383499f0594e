//! What a figure measures: the indicator and the scope that belong to it.
//!
//! 小学、初中、高中学生近视率分别控制在46.8%、67.51%、72.73%: each value has a name of its own, made of
//! its part of the list and the words that all share.

use std::ops::Range;

use gangmu_model::Comparator;

use super::clause::joints;
use super::evidence::{self, Side};
use super::number::Measure;
use super::pieces::Piece;
use super::sentence::State;
use super::words::words;
use super::{Wording, indicator};
use crate::cell_forms::is_han;

/// The indicators that share one value, A使用率和B使用率均达到100%; none where it has one.
pub(super) fn several(text: &str, piece: &Piece, indicator: Option<&Wording>) -> Vec<Range<usize>> {
    let Some(Wording::Place(named)) = indicator else { return Vec::new() };
    // 数据集、智能体各100个: so many of each.
    if piece.shared.is_none()
        && !piece.bound.before
        && let Some(names) = text[named.clone()].strip_suffix('各')
    {
        let listed = named.start..named.start + names.len();
        let parts = parts(text, &listed);
        return if parts.len() > 1 { parts } else { vec![listed] };
    }
    if piece.figure.measure != Measure::Ratio || piece.shared.is_some() {
        return Vec::new();
    }
    let parts = parts(text, named);
    let is_whole = |part: &Range<usize>| text[part.clone()].ends_with('率') && part.len() > 9;
    if parts.len() > 1 && parts.iter().all(is_whole) { parts } else { Vec::new() }
}

/// The names of a list.
fn parts(text: &str, named: &Range<usize>) -> Vec<Range<usize>> {
    let joints = joints(text, named, &[]);
    let mut start = named.start;
    let mut parts = Vec::with_capacity(joints.len() + 1);
    for joint in &joints {
        parts.push(start..joint.start);
        start = joint.end;
    }
    parts.push(start..named.end);
    parts
}

/// Scope and indicator of a figure.
pub(super) fn subject(
    text: &str,
    piece: &Piece,
    side: Side,
    before: Range<usize>,
    after_start: usize,
    previous: Option<&Range<usize>>,
    state: &State,
) -> (Option<Range<usize>>, Option<Wording>) {
    let (scope, mut lead) = indicator::split_scope(text, before);
    if let Some(circle) = &piece.circle {
        return (scope, Some(reach(text, lead, circle)));
    }
    if side == Side::After {
        let mut named = after_start..piece.part.end;
        // 预留30%的|号源|给基层医疗机构: who gets the share is no part of what is shared.
        if piece.figure.measure == Measure::Ratio
            && let Some(at) = end_of_shared(&text[named.clone()])
        {
            named.end = named.start + at;
        }
        let after = indicator::trim(text, named);
        // 彩票公益金要将|55%以上|用于养老服务: a share of what is divided.
        if piece.figure.measure == Measure::Ratio
            && let Some(after) =
                after.clone().filter(|after| text[after.clone()].starts_with("用于"))
            && let Some(whole) = divided(&text[lead.start..piece.figure.range.start])
        {
            let composed = format!("{whole}{}", &text[after]);
            return (scope, Some(Wording::Composed(composed)));
        }
        return (scope, after.map(|after| Wording::Place(indicator::head(text, after))));
    }
    if piece.bound.change.is_none() || piece.bound.comparator.is_none() {
        lead = indicator::skip_means(text, lead);
        // A counting verb is no part of what is counted: 每年|培育|开源创新企业150家.
        let stripped = evidence::strip(indicator::skip_field(&text[lead.clone()]));
        if words().goal_verb.at_start(stripped).is_some() {
            lead.start = lead.end - stripped.len();
        }
        while let Some(verb) = words().goal_verb.at_start(&text[lead.clone()])
            // 增加值占地区生产总值2%以上: a name begins as a verb does.
            && !text[lead.start + verb.len()..lead.end].starts_with(['值', '额', '率'])
            && text[lead.start + verb.len()..lead.end].chars().count() >= 2
            && words().goal_verb.at_end(&text[lead.start + verb.len()..lead.end])
                != Some(&text[lead.start + verb.len()..lead.end])
            && piece.bound.comparator != Some(Comparator::Reach)
            && !piece.bound.before
        {
            lead.start += verb.len();
        }
    }
    // 节能降碳改造|形成|节能量约5000万吨: what is formed is measured.
    const FORMS: &str = "形成";
    if piece.bound.comparator.is_some()
        && let Some(at) = text[lead.clone()].rfind(FORMS).filter(|at| *at > 0)
        && text[lead.start + at + FORMS.len()..lead.end].chars().count() >= 2
    {
        lead.start += at + FORMS.len();
    }
    // 投资超120亿元, 完成投资135亿元: the verb is what is measured.
    const NOUNS: [&str; 5] = ["投资", "培训", "出口", "消费", "销售"];
    let deed = text[lead.clone()].trim_start_matches("至少");
    let lead_end = lead.end;
    let verb_alone = words().goal_verb.at_end(deed) == Some(deed)
        && !((piece.bound.before || piece.figure.measure == Measure::Money)
            && NOUNS.contains(&&text[lead.clone()]));
    // 贷款利率为2%,并逐步降低至1%: a conjunction measures nothing.
    let is_name = |named: &Range<usize>| !["并", "且", "再"].contains(&&text[named.clone()]);
    let named = indicator::trim(text, lead).filter(is_name).filter(|_| !verb_alone);
    let Some(named) = named else {
        let before = || previous.and_then(|clause| indicator::measured(text, clause));
        // 每年累计培训5000人以上: the deed is all that is named.
        let deed_alone = || {
            let noun = NOUNS.iter().find(|noun| deed.ends_with(**noun))?;
            let end = lead_end;
            Some(Wording::Place(end - noun.len()..end))
        };
        return (scope, state.indicator.clone().or_else(before).or_else(deed_alone));
    };
    if let Some((at, count)) = piece.shared
        && let Some(wording) = distributed(text, &named, at, count)
    {
        return (scope, Some(wording));
    }
    // 建成项目20个、完成投资135亿元: the investment is that of the projects.
    let is_of = |held: &str| {
        indicator::is_bare_head(&text[named.clone()])
            // 增加值年均增长8%,占GDP比重达到8%.
            || text[named.clone()].starts_with('占')
            || NOUNS.contains(&&text[named.clone()]) && held.ends_with("项目")
    };
    if let Some(Wording::Place(held)) = &state.indicator
        && is_of(&text[held.clone()])
    {
        let composed = format!("{}{}", &text[held.clone()], &text[named.clone()]);
        return (scope, Some(Wording::Composed(composed)));
    }
    (scope, Some(Wording::Place(indicator::head(text, named))))
}

/// Where the name of what is shared out ends: before 给 and before a bracket that tells more,
/// but not before that of 乡镇(街道)敬老院.
fn end_of_shared(named: &str) -> Option<usize> {
    named.match_indices(['给', '(']).map(|(at, _)| at).filter(|at| *at > '的'.len_utf8()).find(
        |&at| {
            let behind = named[at..].split_once(')').map_or("", |(_, behind)| behind);
            // 号源（其中专家号源不低于30%）给医院.
            let is_name = behind.starts_with(is_han) && !behind.starts_with('给');
            named[at..].starts_with('给') || !is_name
        },
    )
}

/// What is divided: 彩票公益金 of 彩票公益金要将.
fn divided(lead: &str) -> Option<&str> {
    let whole = lead.strip_suffix(['将', '把'])?.trim_end_matches(['要', '应', '须', '当']);
    (whole.chars().count() > 1).then_some(whole)
}

/// 打造|主要城市内|1ms|低时延圈: what is within reach, with the name of the list.
fn reach(text: &str, lead: Range<usize>, circle: &Range<usize>) -> Wording {
    let mut of = evidence::strip(&text[lead]);
    while let Some(verb) = words().goal_verb.at_start(of) {
        of = &of[verb.len()..];
    }
    match of {
        "" => Wording::Place(circle.clone()),
        of => Wording::Composed(format!("{of}{}", &text[circle.clone()])),
    }
}

/// What parts the names to which as many values belong.
pub(super) const NAME_JOINTS: [char; 3] = ['、', '和', '与'];

/// The subject of the value at place `at` in a list of `count`: of 小学、初中、高中学生近视率
/// the first is 小学学生近视率.
fn distributed(text: &str, named: &Range<usize>, at: usize, count: usize) -> Option<Wording> {
    let words_of = text[named.clone()].trim_end_matches("分别");
    let named = named.start..named.start + words_of.len();
    let parts: Vec<&str> = words_of.split(NAME_JOINTS).collect();
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
    const HEADS: &[&str] = &[
        "常住居民",
        "居民",
        "学生",
        "人口",
        "职工",
        "企业",
        "学校",
        "产业",
        "地区",
        "增加值",
        "患者",
        "儿童",
        "人员",
        "人群",
        "家庭",
    ];
    // 用水、用气|报装时限: short names that differ in one character are two of a kind.
    let alike = (2..=4).contains(&width)
        && shared.chars().nth(2).is_some()
        && parts[0].chars().zip(last.chars()).any(|(one, other)| one == other);
    let splits = count > 2 || alike || HEADS.iter().any(|head| shared.starts_with(head));
    // 婴儿死亡率, …: a name that has its own head needs none.
    let whole = words().ratio.at_end(part).is_some();
    if even && splits && !whole && !shared.is_empty() {
        return Some(Wording::Composed(format!("{part}{shared}")));
    }
    let offset = part.as_ptr() as usize - words_of.as_ptr() as usize;
    Some(Wording::Place(named.start + offset..named.start + offset + part.len()))
}

/// 某投资项目|年底前|支付资金: the words before a date name what the indicator is of.
pub(super) fn with_subject(text: &str, of: &Range<usize>, named: Range<usize>) -> Wording {
    const SHORTEST: usize = 4;
    let of = text[of.clone()].trim_end_matches(['在', '于', '、', ' ']);
    let heads = ["项目", "投资", "资金", "企业", "基金", "债券"];
    let names = of.chars().count() >= SHORTEST && heads.iter().any(|head| of.ends_with(head));
    if names { Wording::Composed(format!("{of}{}", &text[named])) } else { Wording::Place(named) }
}
