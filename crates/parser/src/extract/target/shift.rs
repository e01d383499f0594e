//! Bounds that stand apart from their number: 降低|担保费率|至1%, 不少于|总数|的5%,
//! and numbers that are an attribute: 达到2000人|的规模.

use std::ops::Range;

use gangmu_model::{Change, Comparator};

use super::comparator::Bound;
use super::number::{Figure, Measure};

/// A bound whose verb stands before the indicator, and where that stands.
pub(super) struct Shifted {
    pub(super) bound: Bound,
    pub(super) indicator: Range<usize>,
}

/// Verbs of change that may stand before what they change.
const VERBS: &[(&str, Change)] = &[
    ("降低", Change::DecreaseTo),
    ("压缩", Change::DecreaseTo),
    ("压减", Change::DecreaseTo),
    ("缩短", Change::DecreaseTo),
    ("缩减", Change::DecreaseTo),
    ("减少", Change::DecreaseTo),
    ("精简", Change::DecreaseTo),
    ("下调", Change::DecreaseTo),
    ("提高", Change::IncreaseTo),
    ("提升", Change::IncreaseTo),
    ("扩大", Change::IncreaseTo),
    ("增加", Change::IncreaseTo),
    ("上调", Change::IncreaseTo),
];

/// The fewest and most characters of an indicator between its verb and 至.
const LENGTHS: std::ops::RangeInclusive<usize> = 2..=20;

/// Reads 降低担保费率至1%: the verb before the indicator, 至 or 到 before the number.
pub(super) fn shifted(
    text: &str,
    part: &Range<usize>,
    bound: &Bound,
    figure: &Figure,
) -> Option<Shifted> {
    let before = &text[part.start..bound.start];
    if bound.before {
        return None;
    }
    if !before.ends_with(['至', '到']) {
        return moved_by(text, part, bound, figure);
    }
    let end = bound.start - '至'.len_utf8();
    let before = &text[part.start..end];
    let (at, verb, change) = VERBS
        .iter()
        .filter_map(|(verb, change)| Some((before.rfind(verb)?, *verb, *change)))
        .max_by_key(|(at, ..)| *at)?;
    let indicator = part.start + at + verb.len()..end;
    let named = &text[indicator.clone()];
    let plain = !named.contains(|c: char| c.is_ascii_digit() || "、,:;从由".contains(c));
    if !plain || !LENGTHS.contains(&named.chars().count()) {
        return None;
    }
    let bound = Bound {
        comparator: bound.comparator.or(Some(Comparator::Reach)),
        change: Some(change),
        start: part.start + at,
        before: true,
        ..bound.clone()
    };
    Some(Shifted { bound, indicator })
}

/// Reads 降低综合费率0.5个百分点: the verb before the indicator, the amount right behind
/// it. Points are always of a change; of other amounts only what makes less tells one,
/// since 增加岗位3万个 counts what is made.
fn moved_by(text: &str, part: &Range<usize>, bound: &Bound, figure: &Figure) -> Option<Shifted> {
    let unit = figure.unit.clone().map_or("", |unit| text[unit].trim_start());
    let points = unit.ends_with("百分点");
    let before = &text[part.start..bound.start];
    let (at, verb, change) = VERBS
        .iter()
        .filter_map(|(verb, change)| Some((before.rfind(verb)?, *verb, *change)))
        .max_by_key(|(at, ..)| *at)?;
    let change = match change {
        Change::DecreaseTo => Change::DecreaseBy,
        _ => Change::IncreaseBy,
    };
    let less = change == Change::DecreaseBy && at == before.len() - before.trim_start().len();
    let indicator = part.start + at + verb.len()..bound.start;
    let named = &text[indicator.clone()];
    let plain = !named.contains(|c: char| c.is_ascii_digit() || "、,:;从由的".contains(c));
    let fits = plain && LENGTHS.contains(&named.chars().count());
    ((points || less) && fits && figure.unit.is_some()).then(|| Shifted {
        bound: Bound {
            change: Some(change),
            start: part.start + at,
            before: true,
            ..bound.clone()
        },
        indicator,
    })
}

/// Heads of what a number may be an attribute of: 2000名的招生规模.
const HEADS: &[&str] =
    &["规模", "产值", "产能", "产量", "能力", "营收", "收入", "销售额", "交易额", "总量", "容量"];

/// Whether the words behind a number only name what it measures: 的招生规模.
pub(super) fn is_attribute(after: &str) -> bool {
    after.strip_prefix('的').is_some_and(|named| {
        named.chars().count() <= 8
            && !named.contains(['、', ',', '(', '的'])
            && HEADS.iter().any(|head| named.ends_with(head))
    })
}

/// The name that ends a list of reaches: 低时延圈 in 城市内1ms、全省5ms低时延圈.
pub(super) fn circle(text: &str, figure: &Figure, end: usize) -> Option<Range<usize>> {
    let range = figure.range.end..end;
    let named = text.get(range.clone())?;
    let reaches = figure.measure == Measure::Time || text[figure.range.clone()].ends_with("公里");
    (reaches
        && named.ends_with('圈')
        && named.chars().count() <= 10
        && !named.contains(['、', ',', '(', '的']))
    .then_some(range)
}
