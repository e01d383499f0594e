//! Sentences and clauses of a folded paragraph, as ranges.
//!
//! A comma, semicolon or colon inside brackets, quotation marks or a title ends
//! nothing, and neither does the comma of 1,000. 。 ends a sentence wherever it
//! stands, so one bracket that never closes does no harm beyond its sentence.

use std::ops::Range;

use crate::marks::marks;

/// The clauses of one sentence.
#[derive(Debug)]
pub(super) struct Sentence {
    /// The sentence without its final mark.
    pub(super) range: Range<usize>,
    /// The clauses, in order, without their marks; none is empty.
    pub(super) clauses: Vec<Range<usize>>,
}

/// Cuts `text` into sentences, without their final marks; none is empty.
pub(super) fn sentences(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let stops = marks(text)
        .filter(|(_, mark)| matches!(mark, '。' | '!' | '?' | '\n'))
        .map(|(at, mark)| (at, at + mark.len_utf8()));
    let mut start = 0;
    stops
        .chain([(text.len(), text.len())])
        .map(move |(end, next)| std::mem::replace(&mut start, next)..end)
        .filter(|sentence| !sentence.is_empty())
}

impl Sentence {
    /// Cuts the sentence at `range` into clauses.
    pub(super) fn cut(text: &str, range: Range<usize>) -> Self {
        let mut clauses = Vec::with_capacity(8);
        let (mut start, mut depth) = (range.start, 0usize);
        for (at, mark) in marks(&text[range.clone()]) {
            let at = range.start + at;
            match mark {
                '(' | '[' | '〔' | '【' | '《' | '“' | '「' => depth += 1,
                ')' | ']' | '〕' | '】' | '》' | '”' | '」' => {
                    depth = depth.saturating_sub(1)
                }
                ',' | ';' | ':' if depth == 0 && !joins_digits(text, at) => {
                    clauses.push(start..at);
                    start = at + 1;
                }
                _ => {}
            }
        }
        clauses.push(start..range.end);
        clauses.retain(|clause| !clause.is_empty());
        Self { range, clauses }
    }
}

/// 1,000, 10:30 and 1:2.5: the mark stands inside a number.
fn joins_digits(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let digits_before =
        bytes[..at].iter().rev().take(4).take_while(|byte| byte.is_ascii_digit()).count();
    let digits_after =
        bytes[at + 1..].iter().take(4).take_while(|byte| byte.is_ascii_digit()).count();
    match bytes[at] {
        b',' => (1..=3).contains(&digits_before) && digits_after == 3,
        b':' => digits_before > 0 && digits_after > 0,
        _ => false,
    }
}

/// Returns the parts of `clause` that stand inside brackets, quotation marks or
/// a title, marks included: what they hold is a name or an aside.
pub(super) fn asides(text: &str, clause: &Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let (mut depth, mut start) = (0usize, 0);
    for (at, mark) in marks(&text[clause.clone()]) {
        let at = clause.start + at;
        match mark {
            '(' | '[' | '〔' | '【' | '《' | '“' | '「' => {
                if depth == 0 {
                    start = at;
                }
                depth += 1;
            }
            ')' | ']' | '〕' | '】' | '》' | '”' | '」' if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    found.push(start..at + mark.len_utf8());
                }
            }
            _ => {}
        }
    }
    if depth > 0 {
        found.push(start..clause.end);
    }
    found
}

/// Returns where 、 and the conjunctions 和 及 以及 stand in `range`, outside `asides`.
pub(super) fn joints(
    text: &str,
    range: &Range<usize>,
    asides: &[Range<usize>],
) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let rest = &text[at..range.end];
        let length = match rest.chars().next() {
            Some('以') if rest.starts_with("以及") => "以及".len(),
            Some('、' | '和' | '及' | '与') => '、'.len_utf8(),
            other => {
                at += other.map_or(1, char::len_utf8);
                continue;
            }
        };
        if !asides.iter().any(|aside| aside.contains(&at)) {
            found.push(at..at + length);
        }
        at += length;
    }
    found
}
