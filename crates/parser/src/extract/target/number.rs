//! Numbers with their units: 32微克/立方米, 60%—70%, 3-4个, 1,000元, **%, 一番.
//!
//! A number that is part of a name (PM2.5, 5G, 第3届), of a date or of an aside
//! is no figure.

use std::ops::Range;

use gangmu_lexicon::{Lexicon, UnitMatch, multiplier_prefix};
use gangmu_model::Amount;

use super::signs::Signs;
use super::words::words;

/// A number, or a range of numbers, with its unit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Figure {
    /// Number and unit: 32微克/立方米.
    pub(super) range: Range<usize>,
    pub(super) value: Option<Amount>,
    pub(super) value_max: Option<Amount>,
    pub(super) unit: Option<Range<usize>>,
    /// Blacked out: **%.
    pub(super) redacted: bool,
    /// Written in Chinese numerals, where a number is easily part of a word.
    pub(super) han: bool,
    pub(super) measure: Measure,
}

/// What a unit measures, as far as the rules differ.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Measure {
    /// %, 个百分点, 倍.
    Ratio,
    /// 亿元, but not 元/千克: that is a price.
    Money,
    /// 年, 个工作日.
    Time,
    /// 米, ℃, 千伏: sizes that describe more often than they aim.
    Size,
    /// 周岁, 届: units in which no goal is set.
    Name,
    /// 个, 家, 人.
    Count,
    /// Areas, masses and the rest.
    Thing,
}

impl Measure {
    /// Whether the unit counts or measures things, rather than shares, money or time.
    pub(super) fn is_thing(self) -> bool {
        matches!(self, Self::Thing | Self::Count)
    }

    fn of(found: &UnitMatch<'_, '_>) -> Self {
        const NAMES: &[&str] =
            &["岁", "周岁", "周年", "届", "期", "分", "季度", "学年", "学期", "月", "档"];
        if NAMES.contains(&found.unit.text) {
            return Self::Name;
        }
        match found.unit.kind {
            "ratio" => Self::Ratio,
            "money" if found.per.is_none() => Self::Money,
            "time" => Self::Time,
            "count" | "people" => Self::Count,
            "temperature" | "voltage" | "pressure" | "frequency" | "sound" => Self::Size,
            "length" if ["米", "厘米", "毫米", "m", "cm", "mm"].contains(&found.unit.text) => {
                Self::Size
            }
            // 550大卡以上热值煤矸石: how much a fuel holds.
            "energy" if ["大卡", "千卡"].contains(&found.unit.text) => Self::Size,
            _ => Self::Thing,
        }
    }
}

fn is_han_digit(ch: char) -> bool {
    matches!(
        ch,
        '一' | '二'
            | '两'
            | '三'
            | '四'
            | '五'
            | '六'
            | '七'
            | '八'
            | '九'
            | '十'
            | '百'
            | '千'
            | '万'
            | '亿'
    )
}

const DASHES: [&str; 7] = ["-", "–", "—", "~", "至", "到", "−"];

/// Finds the figures of `clause`, left to right, outside `skipped`.
pub(super) fn figures(
    text: &str,
    clause: &Range<usize>,
    skipped: &[Range<usize>],
    lexicon: &Lexicon,
) -> Vec<Figure> {
    let mut found = Vec::new();
    let mut skips = skipped.iter().peekable();
    let mut at = clause.start;
    while at < clause.end {
        while skips.peek().is_some_and(|skip| skip.end <= at) {
            skips.next();
        }
        if let Some(skip) = skips.peek()
            && skip.contains(&at)
        {
            at = skip.end;
            continue;
        }
        let next = Signs::FIGURE.find(&text[..clause.end], at);
        if next > at {
            at = next;
            continue;
        }
        let rest = &text[at..clause.end];
        let first = rest.chars().next().unwrap_or(' ');
        let figure = match first {
            '0'..='9' => digits(text, at, clause, lexicon),
            '*' | '×' | 'X' | '□' => redaction(text, at, clause, lexicon),
            '翻' => doubling(text, at, clause),
            '半' => half(text, at, clause, lexicon),
            '百' if rest.starts_with(PER_CENT) => per_cent(text, at, clause),
            _ if is_han_digit(first) => han(text, at, clause, lexicon),
            _ => None,
        };
        at = match figure {
            Some((figure, end)) => {
                found.extend(figure);
                end
            }
            None => at + first.len_utf8(),
        };
    }
    found
}

/// A figure at a place, if it counts, and where reading goes on.
type Reading = Option<(Option<Figure>, usize)>;

fn digits(text: &str, at: usize, clause: &Range<usize>, lexicon: &Lexicon) -> Reading {
    let (value, end) = amount(&text[..clause.end], at)?;
    let named = text[clause.start..at]
        .chars()
        .next_back()
        .is_some_and(|c| c.is_ascii_alphanumeric() || "_.第№×/+".contains(c))
        || ends_proportion(&text[clause.start..at]);
    let first_unit = unit(text, end, clause.end, lexicon).or_else(|| rate(text, end, clause.end));
    let after_unit = first_unit.as_ref().map_or(end, |unit| unit.range.end);
    if named {
        return Some((None, after_unit));
    }
    let mut figure = Figure {
        range: at..after_unit,
        value,
        value_max: None,
        measure: first_unit.as_ref().map_or(Measure::Thing, |unit| unit.measure),
        unit: first_unit.map(|unit| unit.range),
        redacted: false,
        han: false,
    };
    let dash = DASHES.iter().find(|dash| text[after_unit..clause.end].starts_with(**dash));
    if let Some(dash) = dash
        && let Some((max, max_end)) = amount(&text[..clause.end], after_unit + dash.len())
    {
        let from_to = ends_with_any(&text[clause.start..at], &["从", "由"]);
        let max_unit = unit(text, max_end, clause.end, lexicon);
        if !from_to && (figure.unit.is_none() || max_unit.is_some()) {
            figure.range.end = max_unit.as_ref().map_or(max_end, |unit| unit.range.end);
            figure.value_max = max;
            figure.measure = max_unit.as_ref().map_or(figure.measure, |unit| unit.measure);
            figure.unit = max_unit.map(|unit| unit.range);
        }
    }
    let next = text[figure.range.end..clause.end].chars().next();
    // 5G is a name, but 5万名40周岁以上 is a count before another number.
    let closed = text[figure.range.clone()].ends_with(|c: char| !c.is_ascii());
    // 62:36.7 is a proportion and no amount.
    let glued = next.is_some_and(|c| c.is_ascii_alphanumeric() && !closed || "+×_:".contains(c))
        || figure.unit.is_none() && next == Some('/');
    let end = figure.range.end;
    Some(((!glued).then_some(figure), end))
}

/// The second number of 62:36.7.
fn ends_proportion(before: &str) -> bool {
    before.strip_suffix(':').is_some_and(|first| first.ends_with(|c: char| c.is_ascii_digit()))
}

/// Reads 1,000 or 83.26 at `at`; the amount is none where it is too long to hold.
fn amount(text: &str, at: usize) -> Option<(Option<Amount>, usize)> {
    let bytes = text.as_bytes();
    let run = |from: usize| {
        bytes.get(from..).unwrap_or(&[]).iter().take_while(|byte| byte.is_ascii_digit()).count()
    };
    let whole = run(at);
    if whole == 0 {
        return None;
    }
    let mut end = at + whole;
    let mut written = text[at..end].to_owned();
    // 达到2 00亿元: a layout tore the number, for none begins with 0.
    let torn = run(end + 1);
    let goes_on =
        bytes.get(end..end + 2) == Some(b" 0") && bytes.get(end + 1 + torn) != Some(&b'.');
    if goes_on {
        written.push_str(&text[end + 1..end + 1 + torn]);
        end += 1 + torn;
    }
    if whole <= 3 {
        while bytes.get(end) == Some(&b',') && run(end + 1) == 3 {
            written.push_str(&text[end + 1..end + 4]);
            end += 4;
        }
    }
    if bytes.get(end) == Some(&b'.') && run(end + 1) > 0 {
        let fraction = run(end + 1);
        written.push_str(&text[end..end + 1 + fraction]);
        end += 1 + fraction;
    }
    if bytes.get(end) == Some(&b' ') && run(end + 1) > 0 {
        return Some((None, end));
    }
    Some((written.parse().ok(), end))
}

/// ** or ×× in the place of a number.
fn redaction(text: &str, at: usize, clause: &Range<usize>, lexicon: &Lexicon) -> Reading {
    let rest = &text[at..clause.end];
    let mark = rest.chars().next()?;
    let count = rest.chars().take(24).take_while(|c| *c == mark).count();
    let end = at + count * mark.len_utf8();
    let unit = unit(text, end, clause.end, lexicon);
    let glued = text[clause.start..at]
        .chars()
        .next_back()
        .is_some_and(|c| c.is_ascii_alphanumeric() || c == '*' || c == '%');
    let plain = match mark {
        // Where ** opens a clause or the paragraph, it sets off words as markup does.
        '*' => at > clause.start && !text.starts_with(['*', '#']) && (count >= 2 || unit.is_some()),
        'X' => !glued && unit.is_some(),
        _ => !glued && (count >= 2 || unit.is_some()),
    };
    let next = text[end..clause.end].chars().next();
    if !plain || glued || next.is_some_and(|c| c.is_ascii_alphanumeric()) {
        return Some((None, end));
    }
    let after = unit.as_ref().map_or(end, |unit| unit.range.end);
    let figure = Figure {
        range: at..after,
        value: None,
        value_max: None,
        measure: unit.as_ref().map_or(Measure::Thing, |unit| unit.measure),
        unit: unit.map(|unit| unit.range),
        redacted: true,
        han: false,
    };
    Some((Some(figure), after))
}

/// 翻一番, 翻番: the unit is 番.
fn doubling(text: &str, at: usize, clause: &Range<usize>) -> Reading {
    let rest = &text[at + 3..clause.end];
    let mut marks = rest.char_indices();
    let (_, first) = marks.next()?;
    let (value, unit) = match (first, marks.next()) {
        ('番', _) => (1, 0),
        ('一' | '1', Some((next, '番'))) => (1, next),
        ('两' | '二' | '2', Some((next, '番'))) => (2, next),
        ('三' | '3', Some((next, '番'))) => (3, next),
        _ => return None,
    };
    let start = at + 3;
    let figure = Figure {
        range: start..start + unit + 3,
        value: Some(Amount::from(value)),
        value_max: None,
        unit: Some(start + unit..start + unit + 3),
        redacted: false,
        han: false,
        measure: Measure::Ratio,
    };
    let end = figure.range.end;
    Some((Some(figure), end))
}

const PER_CENT: &str = "百分之";

/// 百分之八十: the unit stands before the number.
fn per_cent(text: &str, at: usize, clause: &Range<usize>) -> Reading {
    let start = at + PER_CENT.len();
    let run: usize =
        text[start..clause.end].chars().take_while(|c| is_han_digit(*c)).map(char::len_utf8).sum();
    let end = start + run;
    let value = han_number(&text[start..end]).map(Amount::from);
    let figure = Figure {
        range: at..end,
        value,
        value_max: None,
        unit: Some(at..start),
        redacted: false,
        han: false,
        measure: Measure::Ratio,
    };
    Some((value.is_some().then_some(figure), end))
}

/// 压缩至半个工作日: half of a unit of time.
fn half(text: &str, at: usize, clause: &Range<usize>, lexicon: &Lexicon) -> Reading {
    let end = at + '半'.len_utf8();
    let before = &text[clause.start..at];
    let bounds = ["至", "到", "在", "过", "于", "、", "为"];
    let whole = || text[end..clause.end].starts_with('个').then_some(end + '个'.len_utf8());
    let unit = unit(text, end, clause.end, lexicon)
        .or_else(|| unit(text, whole()?, clause.end, lexicon))
        .filter(|unit| unit.measure == Measure::Time && ends_with_any(before, &bounds));
    let Some(unit) = unit else { return Some((None, end)) };
    let end = unit.range.end;
    let figure = Figure {
        range: at..end,
        value: "0.5".parse().ok(),
        value_max: None,
        unit: Some(unit.range),
        redacted: false,
        han: true,
        measure: unit.measure,
    };
    Some((Some(figure), end))
}

/// 千家以上, 十八亿亩: counts only with a unit, and only where a bound stands beside it.
fn han(text: &str, at: usize, clause: &Range<usize>, lexicon: &Lexicon) -> Reading {
    let rest = &text[at..clause.end];
    let run: usize = rest.chars().take_while(|c| is_han_digit(*c)).map(char::len_utf8).sum();
    let end = at + run;
    let ordinal = text[clause.start..at].ends_with(['第', '星', '周']);
    let Some(unit) = unit(text, end, clause.end, lexicon).filter(|_| !ordinal) else {
        return Some((None, end));
    };
    // 万 and 亿 at the end belong to the unit as written, as in 7603万亩.
    let digits = rest[..run].trim_end_matches(['万', '亿']);
    let (digits, unit_start) =
        if digits.is_empty() { (&rest[..run], end) } else { (digits, at + digits.len()) };
    // 亿元以上 and 三类以上 are names of kinds, 千家以上 a count.
    let counts = unit.measure == Measure::Count
        && !["类", "种", "层", "次", "部", "面", "道", "期", "批", "段", "节", "分", "张", "档"]
            .contains(&&text[unit.range.clone()]);
    let before = &text[clause.start..at];
    // 交易额突破千亿元 at the clause's end is a level; 千亿元产业 is a name.
    let level = unit.measure == Measure::Money
        && rest[..run].ends_with('亿')
        && run > '亿'.len_utf8()
        && ["突破", "超过", "超", "达到", "达"].iter().any(|word| before.ends_with(word))
        && text[unit.range.end..clause.end]
            .chars()
            .next()
            .is_none_or(|next| "、以左(".contains(next));
    let guarded = words().guard_verb.at_end(&text[clause.start..at]).is_some();
    // 企业数量扩大一倍.
    const GROWS: [&str; 5] = ["增长", "增加", "扩大", "提高", "提升"];
    let times = text[unit.range.clone()] == *"倍" && {
        let before = before.trim_end_matches(['约', '近']);
        GROWS.iter().any(|grows| before.ends_with(grows))
    };
    // 开展万场以上演出 counts; 万人以上的城市 names a kind.
    let round = &rest[..run] == "万"
        && text[unit.range.end..clause.end]
            .strip_prefix("以上")
            .is_some_and(|behind| !behind.starts_with('的'));
    // 检查每年不超过两次: so many deeds and no more, where 第二次 and 一次办结 count nothing.
    const BOUNDS: [&str; 5] = ["不超过", "不少于", "不多于", "不低于", "不得超过"];
    let deeds =
        text[unit.range.clone()] == *"次" && BOUNDS.iter().any(|bound| before.ends_with(bound));
    if !(deeds
        || counts && (round || !rest[..run].ends_with(['万', '亿']))
        || level
        || times
        || guarded && run > '亿'.len_utf8())
    {
        return Some((None, unit.range.end));
    }
    let figure = Figure {
        range: at..unit.range.end,
        value: han_number(digits).map(Amount::from),
        value_max: None,
        unit: Some(unit_start..unit.range.end),
        redacted: false,
        han: true,
        measure: unit.measure,
    };
    Some((figure.value.is_some().then_some(figure), unit.range.end))
}

/// Reads a Chinese numeral below 10^16: 十八, 一百二十, 千.
pub(super) fn han_number(text: &str) -> Option<i64> {
    let (mut total, mut section, mut digit) = (0i64, 0i64, None);
    if text.is_empty() || text.chars().count() > 16 {
        return None;
    }
    for mark in text.chars() {
        let scale = match mark {
            '十' => 10,
            '百' => 100,
            '千' => 1000,
            '万' => 10_000,
            '亿' => 100_000_000,
            '零' | '〇' => 0,
            '两' => {
                digit = Some(2);
                continue;
            }
            _ => {
                let value = "一二三四五六七八九".chars().position(|c| c == mark)?;
                if digit.is_some() {
                    return None;
                }
                digit = i64::try_from(value + 1).ok();
                continue;
            }
        };
        match scale {
            0 => {}
            10 | 100 | 1000 => section += digit.take().unwrap_or(1) * scale,
            _ => {
                section += digit.take().unwrap_or(0);
                total = (total + section.max(1)).checked_mul(scale)?;
                section = 0;
            }
        }
    }
    total.checked_add(section + digit.unwrap_or(0))
}

/// A unit where it stands, and what it measures.
struct UnitPlace {
    range: Range<usize>,
    measure: Measure,
}

/// 12/10万: so many in a round number of people.
fn rate(text: &str, at: usize, end: usize) -> Option<UnitPlace> {
    let length = ["/10万", "/万", "/千"].iter().find(|per| text[at..end].starts_with(**per))?.len();
    Some(UnitPlace { range: at..at + length, measure: Measure::Ratio })
}

/// The length of the bracket behind a unit that holds others for the same things: 艘(台、套).
fn other_units(rest: &str, lexicon: &Lexicon) -> usize {
    const MOST_CHARS: usize = 10;
    let Some(inner) = rest.strip_prefix('(') else { return 0 };
    let close = inner.char_indices().take(MOST_CHARS).find(|(_, ch)| *ch == ')');
    let Some(inner) = close.map(|(close, _)| &inner[..close]) else { return 0 };
    let is_unit = |word: &str| {
        lexicon.units().longest_prefix(word).is_some_and(|found| found.text.len() == word.len())
    };
    if inner.split('、').all(is_unit) { inner.len() + "()".len() } else { 0 }
}

/// Reads the unit that stands at `at`, behind 余 or 多 where one does.
fn unit(text: &str, at: usize, end: usize, lexicon: &Lexicon) -> Option<UnitPlace> {
    let rest = text.get(at..end)?;
    // A blank stands between a number and a Latin unit: 60 EFlops.
    let more =
        ["余", "多", " "].iter().find(|mark| rest.starts_with(**mark)).map_or(0, |mark| mark.len());
    let start = at + more;
    let found = lexicon.units().longest_prefix(&rest[more..]);
    // 5亿人工智能投资基金: 人 is part of the next word.
    let in_word =
        |unit: &str| unit.ends_with('人') && rest[more + unit.len()..].starts_with("工智能");
    // 接口3101、3103两个: the number before 个 is 两, and no weight.
    let counts = |unit: &str| {
        unit == "两" && rest[more + unit.len()..].starts_with(['个', '种', '类', '项'])
    };
    if let Some(found) = found.filter(|found| !(in_word(found.text) || counts(found.text))) {
        let bare = start + found.text.len();
        let range = start..bare + other_units(&text[bare..end], lexicon);
        return Some(UnitPlace { range, measure: Measure::of(&found) });
    }
    // 2万 without more: the multiplier is all there is.
    let (multiplier, _) = multiplier_prefix(&rest[more..])?;
    let range = start..start + multiplier.len();
    Some(UnitPlace { range, measure: Measure::Thing })
}

fn ends_with_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.ends_with(word))
}
