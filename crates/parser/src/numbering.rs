//! Which faults of the numbers are slips of the text.
//!
//! Goes in: the faults that `hierarchy` sees in the numbers alone. Comes out:
//! those that stay once the text round the numbers is read. A number that stands
//! in the running text before is not missing, a quoted law keeps its own numbers,
//! and two lists of one entry each are no repeat.

use std::ops::Range;

use gangmu_model::MarkerStyle;

use crate::hierarchy::{Fault, Placed, follows};
use crate::marker::RawMarker;
use crate::numeral::han;
use crate::outline::Placeable;

/// How many left-out numbers are looked for in the text before.
const MAX_SOUGHT: u32 = 12;

/// How many paragraphs a quotation may span.
const MAX_QUOTED: usize = 60;

/// Clears the faults that are none. `numbered` are the indices of the markers'
/// paragraphs.
pub(crate) fn excuse(
    placed: &mut [Placed],
    markers: &[RawMarker],
    numbered: &[usize],
    paragraphs: &[Placeable<'_>],
) {
    if placed.iter().all(|place| place.fault.is_none()) {
        return;
    }
    let quoted = quoted(paragraphs);
    // Of each style, the last number outside a quotation and its paragraph.
    let mut outside: Vec<(MarkerStyle, u8, RawMarker, usize)> = Vec::new();
    for which in 0..placed.len() {
        let marker = markers[which];
        let is_quoted = quoted[numbered[which]];
        let before = outside
            .iter_mut()
            .find(|(style, depth, ..)| (*style, *depth) == (marker.style, marker.depth));
        let goes_on = before.as_ref().is_some_and(|(_, _, before, _)| follows(marker, *before));
        let before_at = before.as_ref().map(|(.., at)| *at);
        if !is_quoted {
            match before {
                Some((_, _, before, at)) => (*before, *at) = (marker, numbered[which]),
                None => outside.push((marker.style, marker.depth, marker, numbered[which])),
            }
        }
        let excused = match placed[which].fault {
            None => continue,
            Some(_) if is_quoted || goes_on => true,
            Some(Fault::Gap { expected } | Fault::Wrong { expected })
                if marker.style == MarkerStyle::ArabicDecimal =>
            {
                let written = &paragraphs[numbered[which]].text[..marker.len];
                let from = before_at.map_or(0, |before| before + 1);
                let between = &paragraphs[from..numbered[which]];
                let mut sought = expected..marker.ordinal;
                !sought.is_empty()
                    && sought.end - sought.start <= MAX_SOUGHT
                    && sought.all(|number| {
                        let written = written_like(written, number);
                        between.iter().any(|paragraph| opens_with(paragraph.text, &written))
                    })
            }
            Some(Fault::Gap { expected } | Fault::Wrong { expected }) => {
                let from = before_at.unwrap_or(0);
                let text = || paragraphs[from..numbered[which]].iter().map(|each| each.text);
                let sought = expected..marker.ordinal;
                !sought.is_empty()
                    && sought.end - sought.start <= MAX_SOUGHT
                    && sought
                        .into_iter()
                        .all(|number| text().any(|text| stands_in_text(text, marker.style, number)))
            }
            // 1.… text 1.…: a list of one entry, and the next list.
            Some(Fault::Repeat) => {
                let apart = which > 0 && numbered[which] > numbered[which - 1] + 1;
                marker.ordinal == 1 && apart && numbers_lists(marker.style)
            }
        };
        if excused {
            placed[which].fault = None;
        }
    }
}

/// Whether a paragraph opens with a number that was read as an amount: 2.1公历.
fn opens_with(text: &str, written: &str) -> bool {
    text.strip_prefix(written).is_some_and(|rest| {
        !rest.starts_with(|ch: char| ch.is_ascii_digit())
            && !rest
                .strip_prefix('.')
                .is_some_and(|rest| rest.starts_with(|ch: char| ch.is_ascii_digit()))
    })
}

/// Styles that number the lists inside a text, and start again with each.
fn numbers_lists(style: MarkerStyle) -> bool {
    matches!(
        style,
        MarkerStyle::ArabicDot
            | MarkerStyle::ArabicParen
            | MarkerStyle::Circled
            | MarkerStyle::Latin
    )
}

/// Whether a number stands in running text: 注:1.本表…, 包括:(一)…;(二)….
fn stands_in_text(text: &str, style: MarkerStyle, number: u32) -> bool {
    let after_mark = |at: usize| {
        let before = text[..at].trim_end_matches(' ');
        before.is_empty()
            || before.ends_with(['。', ';', ':', ')', '!', '”', '】'])
            || before.ends_with("附件")
    };
    let stands = |written: String, ends: &[char]| {
        text.match_indices(&written).any(|(at, _)| {
            after_mark(at) && (ends.is_empty() || text[at + written.len()..].starts_with(ends))
        })
    };
    match style {
        MarkerStyle::HanComma => stands(han(number), &['、', '.']),
        MarkerStyle::HanParen => stands(format!("({})", han(number)), &[]),
        MarkerStyle::ArabicDot => {
            stands(number.to_string(), &['.', '、', ')']) || stands(format!(":{number}"), &[])
        }
        MarkerStyle::ArabicParen => {
            stands(format!("({number})"), &[]) || stands(number.to_string(), &[')'])
        }
        MarkerStyle::Circled => char::from_u32(0x2460 + number.saturating_sub(1))
            .is_some_and(|sign| text.contains(sign)),
        MarkerStyle::Labelled | MarkerStyle::Latin => false,
        MarkerStyle::HanOrdinal => stands(format!("第{}", han(number)), &[',', '、', ':']),
        MarkerStyle::HanArticle => stands(format!("第{}条", han(number)), &[]),
        _ => false,
    }
}

/// For each paragraph whether it begins inside a quotation of several.
fn quoted(paragraphs: &[Placeable<'_>]) -> Vec<bool> {
    let mut inside: Vec<Range<usize>> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for (at, paragraph) in paragraphs.iter().enumerate() {
        // Both marks begin with the same two bytes; the search for them is cheap.
        let bytes = paragraph.text.as_bytes();
        for mark in memchr::memmem::find_iter(bytes, b"\xe2\x80") {
            match bytes.get(mark + 2) {
                // “
                Some(0x9c) => open.push(at),
                // ”
                Some(0x9d) => {
                    let start = open.pop().filter(|&start| start < at && at - start <= MAX_QUOTED);
                    inside.extend(start.map(|start| start + 1..at + 1));
                }
                _ => {}
            }
        }
    }
    let mut quoted = vec![false; paragraphs.len()];
    for range in inside {
        quoted[range].fill(true);
    }
    quoted
}

/// Writes another number the way a marker is written: 三、 like 四、.
pub(crate) fn written_like(marker: &str, number: u32) -> String {
    let digit = |ch: char| ch.is_ascii_digit() || ('０'..='９').contains(&ch);
    let numeral = |ch: char| crate::numeral::leading_han(ch.encode_utf8(&mut [0; 4])).is_some();
    let run = |is_part: &dyn Fn(char) -> bool| {
        // The last run counts: 2.1.3.
        let end = marker.char_indices().rfind(|(_, ch)| is_part(*ch))?;
        let end = end.0 + end.1.len_utf8();
        let start = marker[..end]
            .char_indices()
            .rev()
            .take_while(|(_, ch)| is_part(*ch))
            .last()
            .map(|(at, _)| at)?;
        Some(start..end)
    };
    if let Some(range) = run(&digit) {
        return format!("{}{number}{}", &marker[..range.start], &marker[range.end..]);
    }
    // 之一 is no part of the number that counts.
    let head = marker.find('之').unwrap_or(marker.len());
    let first = marker[..head].find(numeral);
    if let Some(start) = first {
        let len: usize =
            marker[start..head].chars().take_while(|ch| numeral(*ch)).map(char::len_utf8).sum();
        return format!("{}{}{}", &marker[..start], han(number), &marker[start + len..]);
    }
    number.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_alike() {
        for (marker, number, expected) in [
            ("四、", 3, "三、"),
            ("（二十一）", 20, "（二十）"),
            ("第一百一十条", 109, "第一百零九条"),
            ("3．", 2, "2．"),
            ("2.1.3", 2, "2.1.2"),
            ("第十章", 9, "第九章"),
            ("③", 2, "2"),
        ] {
            assert_eq!(written_like(marker, number), expected, "{marker}");
        }
    }

    #[test]
    fn numbers_in_running_text() {
        for (text, style, number, expected) in [
            ("注:1.本表中", MarkerStyle::ArabicDot, 1, true),
            ("附件:1支撑能力", MarkerStyle::ArabicDot, 1, true),
            ("达到1.5倍以上", MarkerStyle::ArabicDot, 5, false),
            ("包括:(一)甲;(二)乙;", MarkerStyle::HanParen, 2, true),
            ("说明:①发送", MarkerStyle::Circled, 1, true),
            ("加强领导", MarkerStyle::HanComma, 1, false),
            ("依照第(三)项", MarkerStyle::HanParen, 3, false),
        ] {
            assert_eq!(stands_in_text(text, style, number), expected, "{text}");
        }
    }
}
