//! Numbers with their units: 32微克/立方米, 60%—70%, 3-4个, 1,000元, **%, 一番.
//!
//! A number that is part of a name (PM2.5, 5G, 第3届), of a date or of an aside
//! is no figure.

use std::ops::Range;

use gangmu_model::Amount;

use gangmu_lexicon::Lexicon;

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
}

const MULTIPLIERS: &str = "十百千万亿";
const HAN_DIGITS: &str = "一二两三四五六七八九十百千万亿";
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
        let rest = &text[at..clause.end];
        let first = rest.chars().next().unwrap_or(' ');
        let figure = match first {
            '0'..='9' => digits(text, at, clause, lexicon),
            '*' | '×' | 'X' | '□' => redaction(text, at, clause, lexicon),
            '翻' => doubling(text, at, clause),
            _ if HAN_DIGITS.contains(first) => han(text, at, clause, lexicon),
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
        .is_some_and(|c| c.is_ascii_alphanumeric() || "_.第№×/+".contains(c));
    let first_unit = unit(text, end, clause.end, lexicon);
    let after_unit = first_unit.as_ref().map_or(end, |unit| unit.end);
    if named {
        return Some((None, after_unit));
    }
    let mut figure = Figure {
        range: at..after_unit,
        value,
        value_max: None,
        unit: first_unit,
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
            figure.range.end = max_unit.as_ref().map_or(max_end, |unit| unit.end);
            figure.value_max = max;
            figure.unit = max_unit;
        }
    }
    let next = text[figure.range.end..clause.end].chars().next();
    let glued = next.is_some_and(|c| c.is_ascii_alphanumeric() || "+×_".contains(c));
    let end = figure.range.end;
    Some(((!glued).then_some(figure), end))
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
        .is_some_and(|c| c.is_ascii_alphanumeric() || c == '*');
    let plain = match mark {
        '*' => count >= 2 || unit.is_some(),
        'X' => !glued && unit.is_some(),
        _ => !glued && (count >= 2 || unit.is_some()),
    };
    let next = text[end..clause.end].chars().next();
    if !plain || glued || next.is_some_and(|c| c.is_ascii_alphanumeric()) {
        return Some((None, end));
    }
    let after = unit.as_ref().map_or(end, |unit| unit.end);
    let figure =
        Figure { range: at..after, value: None, value_max: None, unit, redacted: true, han: false };
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
    };
    let end = figure.range.end;
    Some((Some(figure), end))
}

/// 千家以上, 十八亿亩: counts only with a unit, and only where a bound stands beside it.
fn han(text: &str, at: usize, clause: &Range<usize>, lexicon: &Lexicon) -> Reading {
    let rest = &text[at..clause.end];
    let run: usize = rest.chars().take_while(|c| HAN_DIGITS.contains(*c)).map(char::len_utf8).sum();
    let end = at + run;
    let ordinal = text[clause.start..at].ends_with(['第', '星', '周']);
    let Some(unit) = base_unit(&text[end..clause.end], lexicon).filter(|_| !ordinal) else {
        return Some((None, end));
    };
    // 万 and 亿 at the end belong to the unit as written, as in 7603万亩.
    let digits = rest[..run].trim_end_matches(['万', '亿']);
    let (digits, unit_start) =
        if digits.is_empty() { (&rest[..run], end) } else { (digits, at + digits.len()) };
    let figure = Figure {
        range: at..end + unit,
        value: han_number(digits).map(Amount::from),
        value_max: None,
        unit: Some(unit_start..end + unit),
        redacted: false,
        han: true,
    };
    Some((figure.value.is_some().then_some(figure), end + unit))
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

/// Reads the unit that stands at `at`: multiplier, base, and 每 or / with another.
fn unit(text: &str, at: usize, end: usize, lexicon: &Lexicon) -> Option<Range<usize>> {
    let rest = text.get(at..end)?;
    let more = rest.strip_prefix(['余', '多']).map_or(0, |_| 3);
    let rest = &rest[more..];
    let direct = base_unit(rest, lexicon).unwrap_or(0);
    let multiplier: usize =
        rest.chars().take_while(|c| MULTIPLIERS.contains(*c)).map(char::len_utf8).sum();
    // 亿千瓦 is 亿 and 千瓦, so the longest multiplier is not always the right one.
    let with_base = rest[..multiplier]
        .char_indices()
        .map(|(at, mark)| at + mark.len_utf8())
        .filter_map(|at| Some(at + base_unit(&rest[at..], lexicon)?))
        .max();
    let length = direct.max(with_base.unwrap_or(multiplier));
    if length == 0 {
        return None;
    }
    Some(at + more..at + more + length)
}

/// The length of the base unit that `rest` begins with.
fn base_unit(rest: &str, lexicon: &Lexicon) -> Option<usize> {
    // A blank stands between a number and a Latin unit: 60 EFlops.
    let blank = usize::from(rest.starts_with(' '));
    let mut length = blank + lexicon.units().longest_prefix(&rest[blank..])?.text.len();
    for joint in ["/", "每", "·"] {
        if let Some(next) = rest[length..].strip_prefix(joint)
            && let Some(per) = lexicon.units().longest_prefix(next)
        {
            length += joint.len() + per.text.len();
            break;
        }
    }
    if rest.starts_with('个') && length == '个'.len_utf8() {
        length += administrative_unit(&rest[length..]).unwrap_or(0);
    }
    let next = rest[length..].chars().next();
    let latin = rest[blank..length].ends_with(|c: char| c.is_ascii_alphabetic());
    if latin && next.is_some_and(|c| c.is_ascii_alphanumeric()) {
        return None;
    }
    Some(length)
}

/// 县(区) in 2个县(区): the kind of unit counted, with its other names in brackets.
fn administrative_unit(rest: &str) -> Option<usize> {
    let name =
        ["县", "市", "乡", "镇", "州", "区"].into_iter().find(|name| rest.starts_with(name))?;
    let aside = rest[name.len()..].strip_prefix('(')?;
    let close = aside.find(')')?;
    let alternatives = &aside[..close];
    alternatives
        .chars()
        .all(|c| "县市区旗镇乡州街道、".contains(c))
        .then_some(name.len() + 1 + close + 1)
}

fn ends_with_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.ends_with(word))
}
