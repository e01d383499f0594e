//! The frame of a document: what stands before its body and after it.
//!
//! Goes in: paragraphs with their markers. Comes out: for each paragraph the
//! zone it belongs to. A file may hold two texts, a notice and what it issues;
//! each has a frame of its own.

use gangmu_model::MarkerStyle;

use crate::dates::{is_signature_date, leading_date};
use crate::document_kind::strip_brackets;
use crate::furniture::is_longer_than;
use crate::marker::RawMarker;
use crate::page_head::is_body_text;

/// Where in its text a paragraph stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Zone {
    /// Title, number, addressee, status.
    Front,
    /// What is said before the first division.
    Preamble,
    /// Divisions and their text.
    Body,
    /// The head of an attachment: 附件1.
    AttachmentHead,
    /// The number over the text that is issued, whose divisions stand on their own.
    IssuedHead,
    /// Signature, date, list of attachments.
    Closing,
}

/// A paragraph as the frame sees it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Framed<'v> {
    pub(crate) text: &'v str,
    pub(crate) marker: Option<RawMarker>,
    /// Whether it stands on a line of the title, or of the issued text's title.
    pub(crate) title: bool,
    pub(crate) attached_title: bool,
    /// Whether it is a table, whose text is not told.
    pub(crate) table: bool,
}

/// Lines of signatures that may stand above one date.
const SIGNATURE_LINES: usize = 40;

/// Says the zone of each paragraph.
pub(crate) fn zones(paragraphs: &[Framed<'_>]) -> Vec<Zone> {
    let mut zones = vec![Zone::Body; paragraphs.len()];
    let signatures = signatures(paragraphs);
    let mut body_starts = texts_with_numbers(paragraphs, &signatures);
    let last_title = paragraphs
        .iter()
        .rposition(|paragraph| paragraph.title || paragraph.attached_title)
        .unwrap_or(0);
    let mut in_front = true;
    let mut title_seen = false;
    let mut copies_from = None;
    for (at, paragraph) in paragraphs.iter().enumerate() {
        let text = paragraph.text;
        if paragraph.table {
            in_front &= !title_seen;
            let above = at.checked_sub(1).filter(|&above| {
                zones[above] == Zone::Front
                    && !(paragraphs[above].title || paragraphs[above].attached_title)
                    && is_caption(paragraphs[above].text)
            });
            if let Some(above) = above {
                zones[above] = Zone::Body;
            }
            continue;
        }
        let zone = if paragraph.title || paragraph.attached_title {
            in_front = true;
            title_seen = true;
            Zone::Front
        } else if signatures[at] {
            Zone::Closing
        } else if paragraph.marker.is_some_and(|marker| marker.style == MarkerStyle::Attachment) {
            match attachment_role(paragraphs, at) {
                AttachmentRole::Listed => Zone::Closing,
                AttachmentRole::IssuedText => {
                    in_front = true;
                    let numbered = text.contains(char::is_numeric);
                    if numbered { Zone::IssuedHead } else { Zone::Front }
                }
                AttachmentRole::Head => {
                    in_front = false;
                    Zone::AttachmentHead
                }
            }
        } else if at > 0 && is_list_entry(paragraphs, at, &zones)
            || is_closing_line(text)
            || is_printing_note(text)
            || goes_on_copying(paragraphs, at, copies_from)
        {
            Zone::Closing
        } else if in_front {
            front_zone(
                paragraph,
                title_seen && at > last_title,
                body_starts.remaining_from(at),
                &mut in_front,
                at.checked_sub(1).is_some_and(|above| zones[above] == Zone::Preamble),
            )
        } else {
            Zone::Body
        };
        if zone == Zone::Closing
            && at > 0
            && signatures[at]
            && !signatures.get(at + 1).copied().unwrap_or(false)
        {
            in_front =
                paragraphs[at + 1..].iter().take(6).any(|next| next.attached_title || next.title);
        }
        if text.starts_with(COPIED_TO) {
            copies_from = Some(at);
        } else if zone != Zone::Closing {
            copies_from = None;
        }
        zones[at] = zone;
    }
    zones
}

/// The label of the bodies that a document is copied to.
const COPIED_TO: &str = "抄送:";

/// Lines that the bodies a document is copied to may take.
const LINES_OF_COPIES: usize = 6;

/// Whether a line goes on with the bodies of the 抄送 that began `from`: 省法院,省检察院。
fn goes_on_copying(paragraphs: &[Framed<'_>], at: usize, from: Option<usize>) -> bool {
    let paragraph = &paragraphs[at];
    from.is_some_and(|from| {
        at - from < LINES_OF_COPIES
            && paragraph.marker.is_none()
            && !is_longer_than(paragraph.text, 60)
            && !paragraphs[at - 1].text.ends_with('。')
    })
}

/// 浙江省人民政府办公厅2025年9月5日印发: who printed it, and when.
pub(crate) fn is_printing_note(text: &str) -> bool {
    text.strip_suffix("印发").is_some_and(|note| signed_and_dated(note).is_some())
}

/// The zone of a paragraph before the first number of its text.
fn front_zone(
    paragraph: &Framed<'_>,
    title_seen: bool,
    numbers_follow: bool,
    in_front: &mut bool,
    below_preamble: bool,
) -> Zone {
    if paragraph.marker.is_some() {
        *in_front = false;
        return Zone::Body;
    }
    if is_addressee(paragraph.text) {
        return Zone::Front;
    }
    if !is_body_text(paragraph.text) {
        let introduces = paragraph.text.ends_with(':') && is_longer_than(paragraph.text, 12)
            // 特此通知。 goes on with what stands above it.
            || paragraph.text.ends_with('。')
                && (below_preamble || introduces_issue(paragraph.text));
        return if introduces { Zone::Preamble } else { Zone::Front };
    }
    if numbers_follow || !title_seen || introduces_issue(paragraph.text) {
        return Zone::Preamble;
    }
    *in_front = false;
    Zone::Body
}

/// 现印发给你们, 通知如下: the sentence of a notice, in a text without numbers.
pub(crate) fn introduces_issue(text: &str) -> bool {
    ["印发给你们", "如下", "请结合实际", "请认真贯彻", "征求意见", "制定本", "制定以下", "提出以下"]
        .iter()
        .any(|word| text.contains(word))
}

/// Knows from where on numbered paragraphs still follow in the same text.
struct NumbersAhead {
    /// The next numbered paragraph at or after each paragraph, before the next signature.
    ahead: Vec<bool>,
}

impl NumbersAhead {
    fn remaining_from(&mut self, at: usize) -> bool {
        self.ahead.get(at).copied().unwrap_or(false)
    }
}

fn texts_with_numbers(paragraphs: &[Framed<'_>], signatures: &[bool]) -> NumbersAhead {
    let mut ahead = vec![false; paragraphs.len()];
    let mut seen = false;
    for at in (0..paragraphs.len()).rev() {
        let numbered =
            paragraphs[at].marker.is_some_and(|marker| marker.style != MarkerStyle::Attachment);
        if signatures[at] || paragraphs[at].attached_title {
            // A notice without numbers of its own issues a text with some.
            seen = !signatures[at] && seen;
        }
        seen |= numbered;
        ahead[at] = seen;
    }
    NumbersAhead { ahead }
}

/// Finds signatures: a date alone, and the short lines of issuers above it.
fn signatures(paragraphs: &[Framed<'_>]) -> Vec<bool> {
    let mut signatures = vec![false; paragraphs.len()];
    for (at, paragraph) in paragraphs.iter().enumerate() {
        if !closes_a_letter(paragraph.text) {
            continue;
        }
        signatures[at] = true;
        for above in (0..at).rev().take(SIGNATURE_LINES) {
            let candidate = &paragraphs[above];
            if candidate.title
                || candidate.attached_title
                || candidate.marker.is_some()
                || !is_signature(candidate.text)
            {
                break;
            }
            signatures[above] = true;
        }
    }
    signatures
}

/// A line that ends what someone signs: the date alone, or bodies and the date.
pub(crate) fn closes_a_letter(text: &str) -> bool {
    let text = behind_release(text);
    is_signature_date(text) || signed_and_dated(text).is_some()
}

/// Where the date begins in a line that both signs and dates: 国家医保局 财政部 2021年4月12日.
pub(crate) fn signed_and_dated(text: &str) -> Option<usize> {
    const ENDS: [&str; 19] = [
        "局",
        "部",
        "厅",
        "委",
        "府",
        "委员会",
        "室",
        "院",
        "署",
        "中心",
        "办",
        "领导小组",
        "总会",
        "银行",
        "办事处",
        "管委会",
        "联合会",
        "大学",
        "公司",
    ];
    if is_longer_than(text, LONGEST_SIGNED_DATE) || !text.ends_with('日') {
        return None;
    }
    let at = text.find(|ch: char| ch.is_ascii_digit() || ch == '二')?;
    let (date, len) = leading_date(&text[at..])?;
    let names = text[..at].trim_end();
    (at + len == text.len()
        && date.day.is_some()
        && is_signature(names)
        && ENDS.iter().any(|end| names.ends_with(end)))
    .then_some(at)
}

/// Characters of a line that signs and dates.
const LONGEST_SIGNED_DATE: usize = 60;

/// A line that signs: the name of a body, or of an office and a person, without marks.
pub(crate) fn is_signature(text: &str) -> bool {
    !is_longer_than(text, 40)
        && text.chars().nth(1).is_some()
        && !text.contains(['。', ',', ';', ':', '《', '!', '?', '%'])
        && (!text.contains('、') || names_twice(text))
        && !text.starts_with('(')
        && !is_signature_date(text)
        && !text.contains("之日起")
        && !text.ends_with('令')
        && !text.ends_with('号')
}

/// 某市科学技术委员会、某科技园区管理委员会: one body that signs by both its names.
fn names_twice(text: &str) -> bool {
    const ENDS: [&str; 10] =
        ["委员会", "局", "厅", "委", "办公室", "部", "政府", "院", "署", "中心"];
    text.split('、').count() == 2
        && text
            .split('、')
            .all(|name| name.chars().nth(4).is_some() && ENDS.iter().any(|end| name.ends_with(end)))
}

/// 各省、自治区、直辖市人民政府,国务院各部委、各直属机构:
pub(crate) fn is_addressee(text: &str) -> bool {
    const OPENINGS: [&str; 11] =
        ["各", "省", "市", "区", "县", "有关", "国务院", "厅", "局", "委", "你"];
    // 机关各科室、中心、居民区: whoever they are, each of them.
    const ENDS: [&str; 16] = [
        "部门",
        "单位",
        "科室",
        "社区",
        "居民区",
        "村",
        "街道",
        "乡镇",
        "学校",
        "学院",
        "企业",
        "公司",
        "机构",
        "政府",
        "委员会",
        "中心",
    ];
    let Some(named) = text.strip_suffix(':') else { return false };
    let opens = OPENINGS.iter().any(|word| named.starts_with(word));
    let lists = || {
        named.contains('各')
            && !is_longer_than(named, 60)
            && ENDS.iter().any(|end| named.ends_with(end))
    };
    (opens || lists()) && !text.contains('。') && !text.contains("如下") && !text.contains("目标")
}

/// What stands behind 此件公开发布 in its line: the date of a letter.
pub(crate) fn behind_release(text: &str) -> &str {
    text.strip_prefix("此件公开发布").map_or(text, str::trim_start)
}

/// （此件公开发布）, 抄送:…, （联系人:…）.
fn is_closing_line(text: &str) -> bool {
    let inner = text.trim_start_matches(['(', '[', '【']);
    !is_longer_than(text, 200)
        && (["此件", COPIED_TO, "联系人:", "信息公开形式:", "公开方式:", "公开属性:", "主动公开"]
            .iter()
            .any(|word| inner.starts_with(word))
            || text == "(本文有删减)")
}

/// 表1 主要指标, 重点任务分工表: the line over a table that names it.
pub(crate) fn is_caption(text: &str) -> bool {
    const ENDS: [&str; 8] = ["表", "清单", "一览", "目录", "指标", "分工", "任务", "汇总"];
    let plain = strip_brackets(text);
    let numbered = text.strip_prefix('表').is_some_and(|rest| {
        crate::numeral::leading_arabic(rest, 3).is_some()
            || crate::numeral::leading_han(rest).is_some()
    });
    !is_longer_than(text, 50)
        && !text.contains(['。', ';', '!', '?'])
        && !text.ends_with([':', ','])
        && (numbered || ENDS.iter().any(|end| plain.ends_with(end)))
}

enum AttachmentRole {
    /// One of a list of attachments: 附件:1.重点任务分工表.
    Listed,
    /// The head over the text that the notice issues.
    IssuedText,
    /// The head of an attachment with text of its own.
    Head,
}

fn attachment_role(paragraphs: &[Framed<'_>], at: usize) -> AttachmentRole {
    let paragraph = &paragraphs[at];
    let len = paragraph.marker.map_or(0, |marker| marker.len);
    let (head, rest) = paragraph.text.split_at(len);
    let next = paragraphs.get(at + 1);
    if rest.is_empty() && !head.ends_with(':') {
        let issues =
            paragraphs[at + 1..].iter().take(2).any(|next| next.title || next.attached_title);
        return if issues { AttachmentRole::IssuedText } else { AttachmentRole::Head };
    }
    let numbered_next = next.is_some_and(|next| {
        next.marker
            .is_some_and(|marker| marker.style == MarkerStyle::ArabicDot && marker.ordinal == 1)
            && !is_longer_than(next.text, 60)
            && !next.text.contains(['。', ';'])
    });
    if rest.is_empty() && !numbered_next {
        return AttachmentRole::Head;
    }
    let lists = rest.is_empty()
        || first_entry(rest).is_some()
        || rest.ends_with(".pdf")
        || rest.ends_with(".docx")
        || rest.ends_with(".doc")
        || next.is_none_or(|next| {
            closes_a_letter(next.text)
                || is_signature(next.text) && !is_longer_than(next.text, 20)
                || next.marker.is_some_and(|marker| marker.style == MarkerStyle::Attachment)
        });
    if lists || is_longer_than(rest, 50) { AttachmentRole::Listed } else { AttachmentRole::Head }
}

/// The number of the first entry behind 附件:, with its point or without: 1.名词解释, 1 任务清单.
fn first_entry(rest: &str) -> Option<u32> {
    let marker = crate::marker::recognise(rest).map(|first| first.ordinal);
    marker.or_else(|| crate::numeral::leading_arabic(rest, 2).map(|(first, _)| first))
}

/// 2.可信数据空间发展引导体系: the next entry of a list of attachments.
fn is_list_entry(paragraphs: &[Framed<'_>], at: usize, zones: &[Zone]) -> bool {
    if zones[at - 1] != Zone::Closing
        || is_longer_than(paragraphs[at].text, 60)
        || paragraphs[at].text.contains('。')
    {
        return false;
    }
    let Some(marker) =
        paragraphs[at].marker.filter(|marker| marker.style == MarkerStyle::ArabicDot)
    else {
        return false;
    };
    let above = &paragraphs[at - 1];
    let listed = above.marker.map_or(0, |marker| marker.len);
    match above.marker {
        Some(above_marker) if above_marker.style == MarkerStyle::Attachment => {
            let rest = &above.text[listed..];
            marker.ordinal == first_entry(rest).unwrap_or(0) + 1
        }
        Some(above_marker) => marker.ordinal == above_marker.ordinal + 1,
        None => false,
    }
}
