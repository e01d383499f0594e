//! Titles that a layout tore at the very top of a text, where nothing else can stand.

use std::ops::Range;

use super::{
    ISSUER_ENDS, MOST_LINES_ABOVE, SHORTEST_TITLE_PIECE, is_issuers_alone, is_title_line,
    may_begin_title, repeats,
};
use crate::cell_forms::is_han;
use crate::document_kind::{document_kind, last_bracket};
use crate::lines::Line;
use crate::marker::RawMarker;

/// The lines from the top that a date in brackets closes, whatever kind they name, as
/// collections head their texts: 某省2023年…重点任务(2023年6月30日).
pub(super) fn dated_from_top(texts: &[&str], live: &[usize]) -> Option<Range<usize>> {
    const MOST_LINES: usize = 4;
    const SHORTEST: usize = 30;
    const LONGEST_LINE: usize = 300;
    let mut joined = String::new();
    // The collection's own number may stand before it.
    let first = live.iter().take(2).position(|&line| texts[line].contains(is_han))?;
    for (at, &line) in live.iter().enumerate().skip(first).take(MOST_LINES) {
        if texts[line].len() > LONGEST_LINE {
            return None;
        }
        joined.push_str(texts[line]);
        if joined.contains(['。', ';', ',', ':']) {
            return None;
        }
        let date = last_bracket(&joined).filter(|(title, date)| {
            title.len() >= SHORTEST && date.starts_with("20") && date.ends_with('日')
        });
        if date.is_some() {
            return Some(first..at + 1);
        }
    }
    None
}

/// Whether all lines of a head are one title that a layout tore at its marks and figures:
/// 某市政务服务办关于印发某市 / 2031 / 年优化营商环境责 / 任清单的通知.
pub(super) fn is_torn_from_top(
    texts: &[&str],
    markers: &[Option<RawMarker>],
    head: &[usize],
) -> bool {
    const MOST_LINES: usize = 8;
    const MOST_BYTES: usize = 300;
    let [first, rest @ ..] = head else { return false };
    if head.len() > MOST_LINES || texts[*first].len() > MOST_BYTES {
        return false;
    }
    let opens = texts[*first].split_once("关于").is_some_and(|(issuer, _)| {
        issuer.ends_with(ISSUER_ENDS) && document_kind(texts[*first]).is_none()
    });
    // Whole lines are read by the other rules.
    let is_torn = rest.iter().any(|&line| texts[line].len() < SHORTEST_TITLE_PIECE);
    let goes_on = |&line: &usize| {
        let text = texts[line];
        markers[line].is_none()
            && !text.contains(['。', ';', ':', ','])
            && !text.contains("关于")
            && !text.ends_with('号')
    };
    let n_bytes: usize = head.iter().map(|&line| texts[line].len()).sum();
    opens && is_torn && n_bytes <= MOST_BYTES && rest.iter().all(goes_on)
}

/// A title torn at the very top of a text, or right under 附件1, where nothing
/// else can stand: …推动科技和产业 / 高质量发展行动方案.
pub(super) fn title_from_top(
    lines: &[Line],
    texts: &[&str],
    markers: &[Option<RawMarker>],
    live: &[usize],
    start: usize,
) -> Option<usize> {
    let is_head = |at: usize| {
        texts[live[at]].starts_with("附件")
            && markers[live[at]].is_some()
            && texts[live[at]].len() < 12
    };
    let mut top = start;
    while top > 0 && !is_head(top - 1) {
        let above = texts[live[top - 1]];
        let goes_on = start - top < MOST_LINES_ABOVE
            && !lines[live[top]].after_blank
            && !lines[live[top]].piece
            && markers[live[top - 1]].is_none()
            && above.len() >= SHORTEST_TITLE_PIECE
            && may_begin_title(above)
            && !is_title_line(above)
            && !is_issuers_alone(above)
            && !repeats(above, texts[live[top]])
            && !above.ends_with("文件");
        if !goes_on {
            return None;
        }
        top -= 1;
    }
    (top < start).then_some(top)
}
