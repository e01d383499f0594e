//! Numbers behind a word for a unit of work: 任务1：, 【重点任务1】.

use gangmu_model::MarkerStyle;

use super::{RawMarker, after, marker};
use crate::numeral::{leading_arabic, leading_han};

/// 【重点任务1】.
pub(super) fn labelled_in_brackets(text: &str) -> Option<RawMarker> {
    let offset = '【'.len_utf8();
    let inner = &text[offset..offset + text[offset..].find('】')?];
    if inner.chars().count() > 10 {
        return None;
    }
    let digits_at = inner.find(|ch: char| {
        ch.is_ascii_digit() || crate::numeral::digit(ch).is_some() || ch == '十'
    })?;
    if digits_at == 0 {
        return None;
    }
    let rest = &inner[digits_at..];
    let (ordinal, len) = leading_arabic(rest, 3).or_else(|| leading_han(rest))?;
    (len == rest.len()).then_some(()).and_then(|()| {
        marker(MarkerStyle::Labelled, ordinal, offset + inner.len() + '】'.len_utf8())
    })
}

/// Words for units of work that count, with their level: a field (赛道一), an undertaking in
/// it (行动一), what is done (路径举措1).
const LABELS: [(&str, u8); 22] = [
    ("方向/赛道", 1),
    ("方向", 1),
    ("赛道", 1),
    ("重点方向", 1),
    ("板块", 1),
    ("场景", 2),
    ("领域", 1),
    ("专题", 1),
    ("模块", 1),
    ("行动", 2),
    ("重点行动", 2),
    ("工程", 2),
    ("重点工程", 2),
    ("专项", 2),
    ("重点任务", 3),
    ("任务", 3),
    ("政策", 3),
    ("措施", 3),
    ("举措", 3),
    ("路径", 3),
    ("项目", 3),
    ("条款", 3),
];

/// 任务1：, 行动一：, 方向/赛道一：: a word for a unit of work, a number, a colon.
pub(super) fn labelled(text: &str) -> Option<RawMarker> {
    let word =
        |rest| LABELS.iter().find_map(|label| Some((str::strip_prefix(rest, label.0)?, label.1)));
    let (rest, depth) = word(text)?;
    // 路径举措1: two of them are one.
    let (rest, depth) = word(rest).unwrap_or((rest, depth));
    let (ordinal, len) = leading_arabic(rest, 3).or_else(|| leading_han(rest))?;
    let end = text.len() - rest.len() + len;
    let mark = after(text, end, &[':', '、']);
    let found = marker(MarkerStyle::Labelled, ordinal, end + mark).filter(|_| mark > 0)?;
    Some(RawMarker { depth, ..found })
}
