//! Numbers that open a division in the middle of a line.
//!
//! A text that was flattened onto one line is cut where its numbers run in
//! sequence; a line that two numbered paragraphs were run together on is parted
//! before the second: …打造海外智能工厂。16.加大人才培育。….

use std::ops::Range;

use gangmu_model::MarkerStyle;

use crate::cell_forms::is_han;
use crate::document_kind::document_kind;
use crate::flat_frame;
use crate::fold::fold;
use crate::lines::{Line, is_blank, measure};
use crate::marker::{RawMarker, behind_number, recognise};
use crate::numeral::is_digit;

/// A place in a flattened line where a number stands that may open a division.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    at: usize,
    marker: RawMarker,
    /// Whether a sentence or a bracket ends before it.
    closed: bool,
}

/// Finds the blanks (or the empty places) at which a flattened line was broken
/// before it was flattened.
pub(crate) fn flattened_cuts(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let frame = flat_frame::cuts(text, &range);
    let candidates = candidates(text, range.clone(), &frame);
    let openings = openings(&candidates);
    let mut headings = heading_ends(text, &range, &candidates, &openings).into_iter().peekable();
    let mut upcoming = openings.iter().copied().peekable();
    let mut cuts: Vec<Range<usize>> = Vec::new();
    let mut in_body = false;
    let mut previous = '\n';
    let mut chars = text[range.clone()].char_indices().peekable();
    while let Some((at, ch)) = chars.next() {
        let start = range.start + at;
        if is_blank(ch) {
            let mut end = start + ch.len_utf8();
            let mut wide = usize::from(ch == '\u{3000}');
            while let Some(&(next_at, next)) = chars.peek() {
                if !is_blank(next) {
                    break;
                }
                wide += usize::from(next == '\u{3000}');
                end = range.start + next_at + next.len_utf8();
                chars.next();
            }
            let next = text[end..range.end].chars().next().unwrap_or('\n');
            let opens = upcoming.next_if_eq(&end).is_some();
            in_body |= opens;
            let parts_words = previous.is_ascii_alphanumeric() || next.is_ascii_alphanumeric();
            let head = !in_body && !parts_words && previous != '\n';
            let closes_heading = headings.next_if_eq(&start).is_some();
            if wide >= 2
                || opens
                || closes_heading
                || (is_sentence_end(previous) && !next.is_ascii_alphanumeric())
                || head
                || parts_date(text, start, end, range.end)
            {
                cuts.push(start..end);
            }
            previous = ' ';
            continue;
        }
        if upcoming.next_if_eq(&start).is_some() {
            in_body = true;
            cuts.push(start..start);
        }
        previous = ch;
    }
    if !frame.is_empty() {
        let taken = |at: usize| cuts.iter().any(|cut| cut.start <= at && at <= cut.end);
        let frame: Vec<Range<usize>> =
            frame.into_iter().filter(|&at| !taken(at)).map(|at| at..at).collect();
        cuts.extend(frame);
        cuts.sort_by_key(|cut| cut.start);
    }
    cuts
}

/// Whether chapters were run together on a line: …方案。一、指导思想…。二、创建目标….
pub(crate) fn holds_chapters(line: &str) -> bool {
    let behind = |number: &str, from: usize| {
        let mut places = line[from..].match_indices(number);
        // …修改为：“….”三、: a quotation may close behind the sentence.
        let is_behind = |at: usize| line[..at].trim_end_matches('”').ends_with('。');
        places.find(|(at, _)| is_behind(from + at)).map(|(at, _)| from + at)
    };
    let second = behind("二、", 0);
    second.is_some_and(|second| line[..second].contains("一、") && behind("三、", second).is_some())
}

/// Whether articles were run together on a line: …的余额。第六条　纳税人有…。第七条　应税….
pub(crate) fn holds_articles(line: &str) -> bool {
    const FEWEST: usize = 2;
    const LONGEST_NUMBER: usize = 6;
    let numbered = line.match_indices("。第").filter(|(at, found)| {
        let behind = &line[at + found.len()..];
        let number = behind.chars().take(LONGEST_NUMBER).take_while(|ch| *ch != '条').count();
        let mut rest = behind.chars().skip(number);
        rest.next() == Some('条') && rest.next().is_some_and(is_blank)
    });
    numbered.take(FEWEST).count() == FEWEST
}

/// Where the headings 一、 of a flattened line end: at the first blank behind the
/// words, where no mark stands before it. Blanks may have come into a text by
/// chance, so most headings of the line must end in one.
fn heading_ends(
    text: &str,
    range: &Range<usize>,
    candidates: &[Candidate],
    openings: &[usize],
) -> Vec<usize> {
    let chapters = candidates.iter().filter(|candidate| {
        is_chapter(candidate.marker) && openings.binary_search(&candidate.at).is_ok()
    });
    let ends: Vec<Option<usize>> = chapters
        .map(|candidate| heading_end(&text[candidate.at..range.end]).map(|end| candidate.at + end))
        .collect();
    let n_ended = ends.iter().flatten().count();
    if n_ended < 2 || n_ended * 3 < ends.len() * 2 {
        return Vec::new();
    }
    ends.into_iter().flatten().collect()
}

/// Where the words behind a number end in a blank, without a mark before it:
/// 一、支持企业稳定岗位 按照国家….
fn heading_end(rest: &str) -> Option<usize> {
    const FEWEST: usize = 4;
    const MOST: usize = 30;
    let head = &rest[..rest.char_indices().nth(MOST + 8).map_or(rest.len(), |(at, _)| at)];
    let number = head.find(['、', '章', ' ', '\u{3000}'])?;
    let words = head[number..].trim_start_matches(|ch| is_blank(ch) || matches!(ch, '、' | '章'));
    let start = head.len() - words.len();
    let len = words.find(is_blank)?;
    let heading = &words[..len];
    let next = words[len..].trim_start_matches(is_blank).chars().next()?;
    let n_chars = heading.chars().count();
    let is_heading = (FEWEST..=MOST).contains(&n_chars)
        && !heading.contains(['。', '，', ',', '；', ';', '：', ':', '！', '？', '《', '》'])
        && heading.ends_with(|ch: char| !ch.is_ascii())
        && !next.is_ascii_alphanumeric();
    is_heading.then_some(start + len)
}

/// Finds the numbers behind a blank or the end of a sentence, and those in brackets
/// right behind a heading: 一、总体要求（一）指导思想。 `frame` says where its parts end.
fn candidates(text: &str, range: Range<usize>, frame: &[usize]) -> Vec<Candidate> {
    /// Characters from the number of a heading to its end, at most.
    const LONGEST_HEADING: usize = 48;
    /// Characters of a heading before a number right behind it, at least, those of its own
    /// number included.
    const FEWEST_IN_HEADING: usize = 4;
    /// Characters of the number itself in a heading: （十一）.
    const OWN_NUMBER: usize = 4;
    /// Bytes of the names behind a label, at most.
    const LONGEST_NAMES: usize = 600;
    /// What cites a number: 按照前述（一）办理.
    const CITING: [char; 8] = ['述', '照', '按', '据', '第', '款', '条', '合'];
    /// What an article stands behind that is amended, and is none of this text.
    const AMENDING: [char; 10] = ['将', '把', '去', '除', '为', '和', '与', '、', '在', '对'];
    let mut candidates: Vec<Candidate> = Vec::new();
    let mut blank = true;
    let mut closed = false;
    // Characters since the number of a chapter or an attachment, while no mark stands between.
    let mut heading: Option<usize> = None;
    let mut is_attachment = false;
    let mut last_chapter = None;
    // Where the bodies behind a label began that stands in no bracket.
    let mut labelled: Option<usize> = None;
    for (at, ch) in text[range.clone()].char_indices() {
        if is_blank(ch) {
            blank = true;
            continue;
        }
        let at = range.start + at;
        closed |= frame.binary_search(&at).is_ok();
        // 一、总体要求（一）…, 一、构建空间载体1.…: right behind the words of a heading.
        let numbers = is_digit(ch)
            && heading.is_some_and(|n_chars| n_chars >= FEWEST_IN_HEADING)
            && text[range.start..at].ends_with(|ch: char| !ch.is_ascii());
        let below = (numbers || matches!(ch, '（' | '(') && heading.is_some())
            && !text[range.start..at].ends_with(CITING);
        // 第一章总则第一条: right behind the heading of a chapter.
        // 五、将第十一条改为第十条, 八、删去第十三条: what an amendment is about.
        let article = ch == '第'
            && heading.is_some()
            && !is_attachment
            && !text[range.start..at].ends_with(AMENDING);
        // 附件1整治技术方案一、整治原则, 储备粮管理办法第一章: behind a title.
        let opens_text =
            ["第一章", "第一条"].iter().any(|first| text[at..range.end].starts_with(first))
                || is_attachment && heading.is_some() && text[at..range.end].starts_with("一、");
        let first = opens_text && document_kind(&text[range.start..at]).is_some();
        let attached = ch == '附' && opens_attachment(&text[range.clone()], at - range.start);
        // 责任单位：各县国企2.聚焦主业。: names close without a mark, and a number is next.
        let behind_names = labelled.is_some_and(|from| at - from <= LONGEST_NAMES)
            && may_open(ch)
            && text[range.start..at].ends_with(is_han);
        let next = heads_next_chapter(&text[at..range.end], ch, last_chapter.unwrap_or(0));
        let opens = blank || below || article || first || attached || behind_names || next;
        if (opens || (closed && may_open(ch)))
            && let Some(marker) = marker_at(&text[at..range.end])
            && (marker.style != MarkerStyle::Attachment || attached)
        {
            candidates.push(Candidate { at, marker, closed });
            is_attachment = attached;
            if marker.style == MarkerStyle::HanComma {
                last_chapter = Some(marker.ordinal);
            }
            let over_items = marker.style == MarkerStyle::HanParen;
            heading = (attached || over_items || is_chapter(marker)).then_some(0);
            labelled = None;
        } else if let Some(n_chars) = heading {
            let goes_on = ch.is_alphanumeric()
                || matches!(ch, '、' | '，' | ',' | '“' | '”')
                || n_chars <= OWN_NUMBER && matches!(ch, '）' | ')');
            heading = (goes_on && n_chars < LONGEST_HEADING).then_some(n_chars + 1);
        }
        if matches!(ch, '：' | ':') && names_follow(&text[range.start..at]) {
            labelled = Some(at);
        } else if is_sentence_end(ch) {
            labelled = None;
        }
        closed = is_sentence_end(ch) && !lists_attachments(&text[range.start..at], ch)
            || closed && ch == '”';
        blank = false;
    }
    candidates
}

/// Whether a label ends here that names bodies, behind a sentence: …产业。责任单位.
fn names_follow(before: &str) -> bool {
    const LABELS: [&str; 5] = ["责任单位", "牵头单位", "配合单位", "负责单位", "责任部门"];
    LABELS.iter().any(|label| {
        before
            .strip_suffix(label)
            .is_some_and(|rest| rest.trim_end_matches(is_blank).ends_with(['。', '；', ';']))
    })
}

/// Whether the chapter behind `last` begins here, though no mark ends what stands before it:
/// 2031年目标指标表|二、深入调整产业结构(三)淘汰….
fn heads_next_chapter(rest: &str, first: char, last: u32) -> bool {
    const SHORTEST: usize = 4;
    const LONGEST: usize = 24;
    if !"一二三四五六七八九十".contains(first) {
        return false;
    }
    let Some(marker) = marker_at(rest) else { return false };
    if marker.style != MarkerStyle::HanComma || marker.ordinal != last + 1 {
        return false;
    }
    let words = behind_number(rest, &fold(number_of(rest)), marker);
    let is_plain = |ch: char| ch.is_alphanumeric() || matches!(ch, '、' | '“' | '”');
    let n_chars = words.chars().take(LONGEST + 1).take_while(|ch| is_plain(*ch)).count();
    if !(SHORTEST..=LONGEST).contains(&n_chars) {
        return false;
    }
    let behind = words.char_indices().nth(n_chars).map_or("", |(end, _)| &words[end..]);
    marker_at(behind).is_some_and(|next| next.style == MarkerStyle::HanParen)
}

/// Whether 附件1 stands at a place of a flattened line and heads what is attached: no
/// mention in brackets, no list of attachments, no 按附件1要求.
fn opens_attachment(line: &str, at: usize) -> bool {
    const CITING: [char; 17] = [
        '（', '(', '《', '见', '按', '照', '详', '填', '及', '和', '、', '的', '与', '将', '于',
        '在', '写',
    ];
    let Some(behind) = line[at..].strip_prefix("附件") else { return false };
    let number = behind.find(|ch| !is_digit(ch)).unwrap_or(behind.len());
    let title = &behind[number..];
    (1..=2).contains(&behind[..number].chars().count())
        && !line[..at].ends_with(CITING)
        && title.starts_with(|ch: char| ch.is_alphanumeric() || matches!(ch, '“' | '《'))
        && !["的", "中的", "所", "要求", "规定", "和", "至"]
            .iter()
            .any(|word| title.starts_with(word))
}

/// 附件:1.…2.…: the numbers behind it count attachments.
fn lists_attachments(before: &str, mark: char) -> bool {
    matches!(mark, '：' | ':') && before.ends_with("附件")
}

/// Whether a number is one that chapters have: 一、 or 第一章.
fn is_chapter(marker: RawMarker) -> bool {
    matches!(marker.style, MarkerStyle::HanComma | MarkerStyle::HanChapter)
}

/// Returns the places whose numbers run in sequence: the first of its style or
/// the next after the last. A number that skips some that were lost counts
/// where those behind it go on from it: 2. … 4. … 5. … 6.
fn openings(candidates: &[Candidate]) -> Vec<usize> {
    let mut openings = Vec::new();
    let mut last: Vec<(MarkerStyle, u32)> = Vec::new();
    let following = next_of_style(candidates);
    for (index, candidate) in candidates.iter().enumerate() {
        let RawMarker { style, ordinal, .. } = candidate.marker;
        let goes_on = |from: usize| {
            following[from].filter(|&next| {
                candidates[next].marker.ordinal == candidates[from].marker.ordinal + 1
            })
        };
        let Some((_, last)) = last.iter_mut().find(|(of, _)| *of == style) else {
            last.push((style, ordinal));
            // The first of all may be lost: 二、 behind a sentence, with 三、 to follow.
            let lost = candidate.closed && ordinal == 2 && goes_on(index).is_some();
            if ordinal == 1 || lost {
                openings.push(candidate.at);
            }
            continue;
        };
        let skips = (*last + 2..=*last + 1 + MAX_LOST).contains(&ordinal)
            && goes_on(index).is_some_and(|next| candidate.closed || goes_on(next).is_some());
        if ordinal == 1 || ordinal == *last + 1 || skips {
            *last = ordinal;
            openings.push(candidate.at);
        }
    }
    openings
}

/// How many numbers in a row a flattened line may have lost.
const MAX_LOST: u32 = 2;

/// For each candidate the next one of its style.
fn next_of_style(candidates: &[Candidate]) -> Vec<Option<usize>> {
    let mut upcoming: Vec<(MarkerStyle, usize)> = Vec::new();
    let mut next = vec![None; candidates.len()];
    for (at, candidate) in candidates.iter().enumerate().rev() {
        match upcoming.iter_mut().find(|(style, _)| *style == candidate.marker.style) {
            Some((_, later)) => next[at] = Some(std::mem::replace(later, at)),
            None => upcoming.push((candidate.marker.style, at)),
        }
    }
    next
}

/// Recognises a number that may open a division in the middle of a line.
fn marker_at(rest: &str) -> Option<RawMarker> {
    recognise(&fold(number_of(rest))).filter(|marker| {
        !matches!(
            marker.style,
            MarkerStyle::HanOrdinal | MarkerStyle::Latin | MarkerStyle::ArabicDecimal
        )
    })
}

/// As much of a text as a number at its start may take.
fn number_of(rest: &str) -> &str {
    const LONGEST: usize = 16;
    &rest[..rest.char_indices().nth(LONGEST).map_or(rest.len(), |(at, _)| at)]
}

fn may_open(ch: char) -> bool {
    matches!(ch, '（' | '(' | '第' | '十') || is_digit(ch) || crate::numeral::digit(ch).is_some()
}

fn is_sentence_end(ch: char) -> bool {
    matches!(ch, '。' | '）' | ')' | '】' | '〕' | '；' | ';' | '：' | ':' | '！')
}

/// Whether a blank stands before or after a whole date: 办公室 2020年2月13日 （此件…
fn parts_date(text: &str, start: usize, end: usize, limit: usize) -> bool {
    let after: String = text[end..limit].chars().take(12).collect();
    let before: String = text[..start].chars().rev().take(3).collect();
    let opens = after.len() > 8
        && after.chars().take(4).all(is_digit)
        && after.chars().nth(4) == Some('年')
        && after.contains('月')
        && after.contains('日');
    let closes = before.starts_with('日') && before.chars().nth(1).is_some_and(is_digit);
    opens || closes
}

/// Parts a line in whose middle the number stands that follows the last one at
/// a line's start, where no line starts with it.
pub(crate) fn part_lines(text: &str, lines: Vec<Line>) -> Vec<Line> {
    // Most texts have no such place, and the search for it is cheap.
    if run_on_openings(text).next().is_none() {
        return lines;
    }
    let starts: Vec<Option<RawMarker>> =
        lines.iter().map(|line| marker_at(&text[line.source.clone()])).collect();
    let mut starts_of: Vec<(MarkerStyle, Vec<(usize, u32)>)> = Vec::new();
    for (at, start) in starts.iter().enumerate() {
        let Some(marker) = start else { continue };
        match starts_of.iter_mut().find(|(style, _)| *style == marker.style) {
            Some((_, starts)) => starts.push((at, marker.ordinal)),
            None => starts_of.push((marker.style, vec![(at, marker.ordinal)])),
        }
    }
    // The next number of a style that a line after this one starts with.
    let next_start = |of: MarkerStyle, index: usize| {
        let (_, starts) = starts_of.iter().find(|(style, _)| *style == of)?;
        starts.get(starts.partition_point(|(at, _)| *at <= index)).map(|(_, ordinal)| *ordinal)
    };
    let mut last: Vec<(MarkerStyle, u32)> = Vec::new();
    let mut parted = Vec::with_capacity(lines.len() + 1);
    for (index, mut line) in lines.into_iter().enumerate() {
        if let Some(marker) = starts[index] {
            set_last(&mut last, marker);
        }
        if line.grid.is_some() {
            parted.push(line);
            continue;
        }
        let whole = line.source.clone();
        let mut openings: Vec<usize> =
            run_on_openings(&text[whole.clone()]).map(|at| whole.start + at).collect();
        openings.sort_unstable();
        for opening in openings {
            let Some(marker) = marker_at(&text[opening..whole.end]) else { continue };
            let next = next_start(marker.style, index);
            let follows = last
                .iter()
                .any(|(style, before)| *style == marker.style && before + 1 == marker.ordinal);
            // 材料清单如下:(一)申请书; before a line with (二).
            let begins = marker.ordinal == 1 && next == Some(2);
            if !(follows && next != Some(marker.ordinal) || begins) {
                continue;
            }
            set_last(&mut last, marker);
            let Some((_, range, right)) = measure(&text[line.source.start..opening]) else {
                continue;
            };
            let before = line.source.start + range.start..line.source.start + range.end;
            let rest = Line { source: opening..whole.end, after_blank: false, ..line.clone() };
            parted.push(Line { source: before, right: line.indent + right, ..line });
            line = rest;
        }
        parted.push(line);
    }
    parted
}

/// Returns where numbers stand that may open a paragraph right behind the end of a sentence or of
/// an entry: …。16.…, …;(七)…, …。第五章….
fn run_on_openings(text: &str) -> impl Iterator<Item = usize> {
    const ENDS: [&str; 5] = ["。", "；", ";", "：", ":"];
    ENDS.into_iter().flat_map(move |end| {
        memchr::memmem::find_iter(text.as_bytes(), end)
            .filter_map(move |at| run_on_after(text, at + end.len(), end == "。"))
    })
}

/// Returns `opening` where a number stands there.
fn run_on_after(text: &str, opening: usize, is_full_stop: bool) -> Option<usize> {
    let rest = &text[opening..];
    let may_open = rest.starts_with(['（', '('])
        || is_full_stop && rest.starts_with(|ch| is_digit(ch) || ch == '第');
    may_open.then(|| marker_at(rest)).flatten().map(|_| opening)
}

fn set_last(last: &mut Vec<(MarkerStyle, u32)>, marker: RawMarker) {
    match last.iter_mut().find(|(style, _)| *style == marker.style) {
        Some((_, ordinal)) => *ordinal = marker.ordinal,
        None => last.push((marker.style, marker.ordinal)),
    }
}

#[cfg(test)]
mod tests {
    use crate::lines::lines;

    fn heads(text: &str) -> Vec<String> {
        lines(text, &[])
            .iter()
            .map(|line| text[line.source.clone()].chars().take(4).collect())
            .collect()
    }

    #[test]
    fn lost_numbers_do_not_hide_the_others() {
        let item = |number: u32| {
            format!("{number}.加强领导{}（责任单位：区教育局 ", "，压实责任".repeat(12))
        };
        let text: String = [1, 2, 4, 5, 6].map(item).concat();
        assert_eq!(heads(&text), ["1.加强", "2.加强", "4.加强", "5.加强", "6.加强"]);
    }

    #[test]
    fn a_number_in_brackets_right_behind_a_heading_opens_a_line() {
        let sentence = "坚持以人民为中心，".repeat(12);
        let text = format!(
            "一、总体要求（一）指导思想。{sentence}推进。二、重点任务（二）发展。{sentence}办好。\
             （三）扩大。依照前述（一）办理{sentence}做好。三、保障（附件）措施。{sentence}完成。"
        );
        assert_eq!(
            heads(&text),
            ["一、总体", "（一）指", "二、重点", "（二）发", "（三）扩", "三、保障"]
        );
    }

    #[test]
    fn two_paragraphs_on_a_line_are_parted() {
        let text =
            "一、任务\n15.强化支撑。加快建设。16.加大培育。开展培训。\n17.保障。到2027年完成。\n";
        assert_eq!(heads(text), ["一、任务", "15.强", "16.加", "17.保"]);
    }

    #[test]
    fn what_a_page_break_ran_together_is_parted() {
        let text = "第一条 为加强管理，制定本办法。申请材料如下：（一）申请书；\n（二）证明；（三）承诺。\n\
                    （四）其他。第二条 本办法所称材料。第二章 附则\n第三条 本办法施行。\n";
        assert_eq!(heads(text)[..4], ["第一条 ", "（一）申", "（二）证", "（三）承"]);
        let text = "第一章 总则\n第一条 为管理。第二条 适用。第二章 附则\n第三条 依据第一条。第二条不变。\n";
        assert_eq!(heads(text), ["第一章 ", "第一条 ", "第二条 ", "第二章 ", "第三条 "]);
    }

    #[test]
    fn numbers_within_a_line_that_follow_none_stay() {
        for text in [
            "15.强化支撑。加快建设。18.加大培育。\n",
            "15.强化支撑。加快。16.加大。\n16.培育。\n",
            "增长15.5%。16.5万人就业。\n",
        ] {
            assert_eq!(heads(text).len(), text.matches('\n').count(), "{text}");
        }
    }
}
