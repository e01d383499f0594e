//! Brackets of a paragraph, in one pass, whatever is unbalanced in them.
//!
//! A bracket that opens with a label and is never closed (the end of a line
//! was lost, the next measure begins inside it) still has an end: the next
//! number, the next labelled bracket, a full stop, or the paragraph's end.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::{label, note};
use crate::marks::marks;

/// How a bracket ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Closure {
    /// By its own closing mark.
    Closed,
    /// By a closing mark of another kind: `(责任单位:省财政厅〕`.
    Mismatched,
    /// Not at all.
    Open,
}

/// One bracket of a paragraph.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Bracket {
    /// The bracket with its marks.
    pub(super) range: Range<usize>,
    /// What stands between the marks.
    pub(super) content: Range<usize>,
    /// How it ends.
    pub(super) closure: Closure,
}

/// How deep brackets may be nested in one that is read as an assignment.
/// Two are seen: `(责任单位:省市场监管局(省知识产权局〔筹〕))`.
const MAX_INNER_DEPTH: usize = 3;

struct Opened {
    kind: usize,
    start: usize,
    content: usize,
    inner_depth: usize,
}

impl Opened {
    fn close(self, at: usize, end: usize, closure: Closure) -> Bracket {
        Bracket { range: self.start..end, content: self.content..at, closure }
    }
}

/// A number that opens the next division inside a bracket never closed:
/// `区住房城市建设委2.搭建企业疫情防控物资互助筹措平台`.
static NUMBERING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[0-9]{1,2}[.、][^0-9.]|\([一二三四五六七八九十]{1,3}\)|\([0-9]{1,2}\)")
        .expect("the pattern is constant")
});

/// Returns whether such a number stands in a text; most have neither digit nor bracket.
fn is_numbered(text: &str) -> bool {
    text.bytes().any(|byte| byte == b'(' || byte.is_ascii_digit()) && NUMBERING.is_match(text)
}

/// Returns the kind of an opening mark.
fn opening(mark: char) -> Option<usize> {
    match mark {
        '(' => Some(0),
        '[' => Some(1),
        '〔' => Some(2),
        '【' => Some(3),
        '〈' => Some(4),
        _ => None,
    }
}

/// Returns the kind of a closing mark.
fn closing(mark: char) -> Option<usize> {
    match mark {
        ')' => Some(0),
        ']' => Some(1),
        '〕' => Some(2),
        '】' => Some(3),
        '〉' => Some(4),
        _ => None,
    }
}

/// Returns whether a character opens a bracket.
pub(super) fn is_opening(mark: char) -> bool {
    opening(mark).is_some()
}

/// Returns whether a character closes a bracket.
pub(super) fn is_closing(mark: char) -> bool {
    closing(mark).is_some()
}

/// Returns the closed brackets of a paragraph, nested ones included, and
/// those that open with a label and are never closed, in order of their start.
/// Brackets with more than [`MAX_INNER_DEPTH`] others inside are left out.
pub(super) fn find(text: &str) -> Vec<Bracket> {
    let mut stack: Vec<Opened> = Vec::new();
    let mut open_of_kind = [0usize; 5];
    let mut found = Vec::new();
    let mut unclosed = Vec::new();
    for (at, mark) in marks(text) {
        if let Some(kind) = opening(mark) {
            open_of_kind[kind] += 1;
            stack.push(Opened { kind, start: at, content: at + mark.len_utf8(), inner_depth: 0 });
        } else if let Some(kind) = closing(mark) {
            let end = at + mark.len_utf8();
            if open_of_kind[kind] == 0 {
                let labelled =
                    stack.last().is_some_and(|top| label::at_start(&text[top.content..]));
                if labelled && let Some(opened) = stack.pop() {
                    open_of_kind[opened.kind] -= 1;
                    found.push(opened.close(at, end, Closure::Mismatched));
                }
                continue;
            }
            while let Some(opened) = stack.pop() {
                open_of_kind[opened.kind] -= 1;
                if opened.kind != kind {
                    unclosed.push(opened);
                    continue;
                }
                if let Some(outer) = stack.last_mut() {
                    outer.inner_depth = outer.inner_depth.max(opened.inner_depth + 1);
                }
                if opened.inner_depth <= MAX_INNER_DEPTH {
                    // A number inside means that the mark closes another one.
                    let content = &text[opened.content..at];
                    if label::at_start(content) && is_numbered(content) {
                        unclosed.push(opened);
                    } else {
                        found.push(opened.close(at, end, Closure::Closed));
                    }
                }
                break;
            }
        }
    }
    unclosed.append(&mut stack);
    let labelled = |content: usize| label::at_start(&text[content..]);
    let mut limits: Vec<usize> = found
        .iter()
        .map(|bracket| (bracket.range.start, bracket.content.start))
        .chain(unclosed.iter().map(|opened| (opened.start, opened.content)))
        .filter(|(_, content)| labelled(*content))
        .map(|(start, _)| start)
        .collect();
    limits.sort_unstable();
    for opened in unclosed.iter().filter(|opened| labelled(opened.content)) {
        let next = limits.partition_point(|start| *start <= opened.start);
        let limit = limits.get(next).copied().unwrap_or(text.len());
        let end = opened.content + unclosed_len(&text[opened.content..limit]);
        found.push(Bracket {
            range: opened.start..end,
            content: opened.content..end,
            closure: Closure::Open,
        });
    }
    found.sort_unstable_by_key(|bracket| bracket.range.start);
    found
}

/// Returns the length of what belongs to a labelled bracket never closed.
fn unclosed_len(text: &str) -> usize {
    let numbered = NUMBERING.find(text).map_or(text.len(), |number| number.start());
    let mut end = numbered;
    for (at, _) in text[..numbered].match_indices('。') {
        let rest = &text[at + '。'.len_utf8()..numbered];
        if !note::at_start(rest) {
            end = at;
            break;
        }
    }
    text[..end].trim_end().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&str, Closure)]) {
        let found = find(text);
        let found: Vec<_> = found.iter().map(|b| (&text[b.range.clone()], b.closure)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn nested_and_doubled() {
        check(
            "完成。(责任单位:省数据局、省数据集团(筹))",
            &[("(责任单位:省数据局、省数据集团(筹))", Closure::Closed), ("(筹)", Closure::Closed)],
        );
        check("锅炉(征求意见稿))》!", &[("(征求意见稿)", Closure::Closed)]);
    }

    #[test]
    fn never_closed() {
        check(
            "减免租金。(责任单位:园区管委会、区国资委2.搭建平台(线上)。",
            &[("(责任单位:园区管委会、区国资委", Closure::Open), ("(线上)", Closure::Closed)],
        );
        check(
            "(责任单位:省经信厅。列第一位的为牵头单位",
            &[("(责任单位:省经信厅。列第一位的为牵头单位", Closure::Open)],
        );
        check(
            "(责任单位:甲局(责任单位:乙局)",
            &[("(责任单位:甲局", Closure::Open), ("(责任单位:乙局)", Closure::Closed)],
        );
        check("以渤海(辽宁段为重点", &[]);
    }

    #[test]
    fn closed_by_another_mark() {
        check("(责任单位:省财政厅〕", &[("(责任单位:省财政厅〕", Closure::Mismatched)]);
        check("(责任单位:省数据集团〔筹)", &[("(责任单位:省数据集团〔筹)", Closure::Closed)]);
    }
}
