//! What a number is measured from or against: 较2020年, 从23.3%, 总数的 in 总数的5%.

use std::ops::Range;
use std::sync::OnceLock;

use regex::Regex;

use super::RawBaseline;
use super::comparator::{Bound, bound};
use super::number::Figure;
use super::quantity::skip_marks;
use super::words::words;

/// The old level in 从23.3%提高到40.4% is no goal, nor is a rank: 前1%.
pub(super) fn leads_away(text: &str, figure: &Figure, part: &Range<usize>, bound: &Bound) -> bool {
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
pub(super) struct FoundBaseline {
    pub(super) baseline: RawBaseline,
    /// Where the words that name the indicator stand.
    pub(super) lead: Range<usize>,
    /// For 控制在…的1.3倍: the bounding words stand before the baseline.
    pub(super) bound: Option<Bound>,
}

/// Finds what the number of a clause is measured against, in the words before it.
pub(super) fn baseline(
    text: &str,
    lead: &Range<usize>,
    bound: &Bound,
    unit: &str,
) -> Option<FoundBaseline> {
    static THAN: OnceLock<Regex> = OnceLock::new();
    static FROM: OnceLock<Regex> = OnceLock::new();
    let words_before = &text[lead.clone()];
    if matches!(unit, "倍" | "%") && words_before.ends_with('的') {
        return multiple(text, lead.start..lead.end - '的'.len_utf8(), bound);
    }
    if unit == "%"
        && !bound.before
        && words_before.contains('不')
        && let Some(found) = share(text, lead, bound)
    {
        return Some(found);
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
    if let Some(found) = present_level(words_before, lead.start) {
        return Some(found);
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

/// 在原有贷款利率水平上|下浮10%: the level of today is what is to be moved.
fn present_level(words_before: &str, offset: usize) -> Option<FoundBaseline> {
    static LEVEL: OnceLock<Regex> = OnceLock::new();
    let level = LEVEL.get_or_init(|| {
        Regex::new(
            r"在(?:原有?|现行|现有?|目前)的?(?P<what>\p{Han}{2,16}?)?的?(?:水平|基础)之?上再?$",
        )
        .expect("the pattern is a valid constant")
    });
    let found = level.captures(words_before)?;
    let whole = found.get(0)?;
    // 新建建筑能效|在现行节能标准基础上: what is moved stands before, else in the level.
    let lead = match found.name("what") {
        _ if whole.start() > 0 => 0..whole.start(),
        Some(what) => what.range(),
        None => return None,
    };
    Some(FoundBaseline {
        lead: offset + lead.start..offset + lead.end,
        baseline: RawBaseline { range: offset + whole.start()..offset + whole.end(), year: None },
        bound: None,
    })
}

/// 不低于营业收入5%: as 不低于营业收入的5%, where plain words alone stand between.
fn share(text: &str, lead: &Range<usize>, inner: &Bound) -> Option<FoundBaseline> {
    const BASE: std::ops::RangeInclusive<usize> = 2..=14;
    let words_before = &text[lead.clone()];
    let (_, base) = words_before.rsplit_once('于').or_else(|| words_before.rsplit_once("超过"))?;
    let plain = !base.contains(|c: char| c.is_ascii_digit() || "、,:;(比增下".contains(c))
        && words().ratio.at_end(base).is_none_or(|ratio| ratio.len() <= 3);
    if !plain || !BASE.contains(&base.chars().count()) {
        return None;
    }
    multiple(text, lead.clone(), inner)
}

/// 控制在2020年现状城镇建设用地规模的1.3倍以内, 达到全省平均水平的1.1倍,
/// 不少于执法人员总数的5%: `lead` ends where the base does.
fn multiple(text: &str, lead: Range<usize>, inner: &Bound) -> Option<FoundBaseline> {
    static REACH: OnceLock<Regex> = OnceLock::new();
    let words_before = &text[lead.clone()];
    let reach = REACH.get_or_init(|| {
        Regex::new("不?(?:控制在|达到|达|超过|高于|低于|少于|多于|大于|小于|提高到|提升到|提高至|提升至|增加到|稳定在|保持在|为|是|相当于)")
            .expect("the pattern is a valid constant")
    });
    let found = reach.find_iter(words_before).last()?;
    let start = lead.start + found.end();
    let range = start..lead.end;
    if range.start >= range.end {
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
