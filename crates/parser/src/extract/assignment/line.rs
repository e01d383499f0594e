//! Lines that open with a label and have no bracket: 责任单位:市委组织部、市科技局。

use std::ops::Range;

use gangmu_model::Role;

use super::bracket::is_opening;
use super::label::{self, Label};

/// A line with a label.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct LabelLine {
    /// From the label to the last name.
    pub(super) range: Range<usize>,
    /// What is to be read: the same without a closing mark that opens nowhere.
    pub(super) content: Range<usize>,
}

/// Returns the label lines of a paragraph outside the ranges taken, which
/// are in order. Each opens at the start of the paragraph or of a sentence
/// and goes on to the sentence's end, or over it where a label follows.
///
/// 主办单位 and 承办单位 open none unless 协办单位 follows: they stand in the footers of
/// web pages.
pub(super) fn find(text: &str, taken: &[Range<usize>]) -> Vec<LabelLine> {
    let mut lines: Vec<LabelLine> = Vec::new();
    let mut next_taken = 0;
    // A label whose colon stands in a taken range begins there too, but where the
    // bracket is a part of it: 牵头(责任单位:.
    let is_taken = |piece: Range<usize>| {
        let last = taken.partition_point(|range| range.start < piece.end).checked_sub(1);
        last.map(|last| &taken[last]).is_some_and(|range| {
            piece.end <= range.end
                && (range.start <= piece.start || !label::ends_in_stem(&text[..range.start]))
        })
    };
    let mut labels: Vec<Label> = label::with_colon(text, is_taken).collect();
    let mut own_brackets = Vec::new();
    if text.contains(is_opening) {
        let bracketed: Vec<Label> = label::bracketed(text, 0).collect();
        own_brackets.extend(bracketed.iter().map(|label| label.start));
        labels.retain(|label| bracketed.iter().all(|own| own.range != label.range));
        labels.extend(bracketed);
        labels.sort_by_key(|label| label.start);
    }
    // Where the line before ends, its last mark included.
    let mut line_end = 0;
    for label in labels {
        let start = label.start;
        while taken.get(next_taken).is_some_and(|range| range.end <= start) {
            next_taken += 1;
        }
        let limit = match taken.get(next_taken) {
            Some(range) if range.start <= start => continue,
            Some(range) => range.start,
            None => text.len(),
        };
        let next_bracket = own_brackets.partition_point(|bracket| *bracket <= start);
        let limit = own_brackets.get(next_bracket).map_or(limit, |next| limit.min(*next));
        if lines.last().is_some_and(|line| start < line.range.end) {
            continue;
        }
        let opens = text[..start]
            .chars()
            .next_back()
            .is_none_or(|mark| "。;!?.)]〕】—-·•●■◆*".contains(mark));
        let written = &text[label.range.clone()];
        let footer = (written.starts_with("主办") || written.starts_with("承办"))
            && !text[label.end..].contains("协办");
        let opens = opens || (line_end == start && own_brackets.contains(&start));
        if !opens || footer || label.role == Role::Supervise {
            continue;
        }
        let end = sentence_end(text, start, limit);
        line_end = end;
        let content = text[start..end].trim_end_matches(['。', ';', ',', ')', ' ']);
        let balanced = content.matches('(').count() > content.matches(')').count()
            && text[start + content.len()..end].starts_with(')');
        let content_end = start + content.len() + usize::from(balanced);
        lines.push(LabelLine { range: start..content_end, content: start..content_end });
    }
    lines
}

/// Returns where the line ends: at the first full stop that no label follows.
fn sentence_end(text: &str, start: usize, limit: usize) -> usize {
    for (at, stop) in text[start..limit].match_indices('。') {
        let behind = start + at + stop.len();
        let rest = &text[behind..limit];
        if !label::at_start(rest) && !label::is_other(rest) {
            return behind;
        }
    }
    limit
}
