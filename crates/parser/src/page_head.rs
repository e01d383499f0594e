//! The head of a page: the title, and what stands before it and is the page's.

use std::collections::HashMap;
use std::ops::Range;

use foldhash::fast::RandomState;
use gangmu_model::{BoilerplateReason, MarkerStyle};

use crate::dates::is_signature_date;
use crate::document_kind::{is_issuing, is_order, strip_brackets};
use crate::furniture::{head_reason, is_longer_than, is_posting_line, is_saved_key};
use crate::lines::Line;
use crate::marker::RawMarker;
use crate::page::{Page, UNNUMBERED_HEAD_LINES};
use crate::page_table::{is_dated_source, labels};
use crate::titles::{ISSUER_ENDS, Title, closes_more, names_issuer, title_text, titles};

/// Cuts off what stands before the document: all up to its title.
pub(crate) fn mark(lines: &[Line], texts: &[&str], markers: &[Option<RawMarker>], page: &mut Page) {
    let n_live = page.reasons.iter().rposition(Option::is_none).map_or(0, |last| last + 1);
    let limit = if page.first_number < lines.len() {
        page.first_number
    } else {
        n_live.min(UNNUMBERED_HEAD_LINES)
    };
    let live: Vec<usize> =
        (0..limit).filter(|&at| page.reasons[at].is_none() && lines[at].grid.is_none()).collect();
    let mut candidates = titles(lines, texts, markers, &live);
    drop_sentences(&mut candidates, texts);
    if let Some(notice) = candidates.last().filter(|title| is_issuing(&title.folded)) {
        candidates.extend(title_below_signature(lines, texts, markers, page, &notice.folded));
    }
    if candidates.is_empty() {
        candidates.extend(posted_title(texts, &live));
    }
    let Some(last) = candidates.pop() else {
        mark_before(texts, 0, &[], page, lead_in(texts, limit));
        page.title = article_title(lines, texts);
        return;
    };
    // What an order promulgates may itself be a decision.
    let is_decision = is_issuing(&last.folded) && !is_order(&last.folded);
    let running = texts[..last.start()].iter().rposition(|text| is_running_text(text));
    let at = candidates.iter().rposition(|title| {
        let issues = if is_decision { is_order(&title.folded) } else { is_issuing(&title.folded) };
        let stands_over_text = running.is_some_and(|running| title.end() <= running);
        issues && (stands_over_text || names_issued(&title.folded, &last.folded))
    });
    let notice = at.map(|at| candidates.swap_remove(at));
    let headings: Vec<String> = candidates
        .iter()
        .rev()
        .take(MOST_HEADINGS)
        .map(|title| title.folded.clone())
        .chain([last.folded.clone()])
        .chain(notice.iter().map(|title| title.folded.clone()))
        .collect();
    let start = notice.as_ref().map_or(last.start(), Title::start);
    let untitled = notice.is_none().then(|| untitled_notice(texts, start, &page.reasons));
    let start = front_start(texts, untitled.flatten().unwrap_or(start), &page.reasons);
    mark_before(texts, start, &headings, page, start);
    let titles: Vec<usize> =
        notice.iter().chain([&last]).flat_map(|title| title.lines.iter().copied()).collect();
    for at in start..limit {
        if page.reasons[at].is_none() && !titles.contains(&at) && markers[at].is_none() {
            page.reasons[at] = head_reason(texts[at]).filter(|_| !is_body_text(texts[at]));
        }
    }
    for title in notice.iter().chain([&last]) {
        mark_posting(texts, title.end()..limit, page);
    }
    match notice {
        Some(order) if is_order(&order.folded) => {
            (page.title, page.order) = (Some(last), Some(order))
        }
        Some(notice) => (page.title, page.attached_title) = (Some(notice), Some(last)),
        None => page.title = Some(last),
    }
}

/// Whether a title is a notice's that issues just this text, though nothing but the text itself
/// was saved with it: …关于印发《某计划》的通知 over 某计划.
fn names_issued(notice: &str, issued: &str) -> bool {
    let named = notice.strip_suffix("》的通知").and_then(|rest| rest.split_once("印发《"));
    named.is_some_and(|(_, named)| named == issued)
}

/// Titles by which the lines that repeat them are known, at most.
const MOST_HEADINGS: usize = 16;

/// The title of the text that a notice with numbers of its own encloses: it
/// stands below the notice's signature, before the first number of its own.
fn title_below_signature(
    lines: &[Line],
    texts: &[&str],
    markers: &[Option<RawMarker>],
    page: &Page,
    notice: &str,
) -> Option<Title> {
    let signed = (page.first_number..lines.len())
        .find(|&at| page.reasons[at].is_none() && crate::frame::closes_a_letter(texts[at]))?;
    let is_first =
        |marker: RawMarker| marker.ordinal == 1 && marker.style != MarkerStyle::Attachment;
    let number = (signed + 1..lines.len()).find(|&at| markers[at].is_some_and(is_first))?;
    let start = number.saturating_sub(UNNUMBERED_HEAD_LINES).max(signed + 1);
    let live: Vec<usize> = (start..number)
        .filter(|&at| page.reasons[at].is_none() && lines[at].grid.is_none())
        .collect();
    let title = titles(lines, texts, markers, &live).pop()?;
    // A title under 附件1 is the attachment's, unless the notice names it as what it issues:
    // 关于对《某意见（征求意见稿）》公开征集意见的公告.
    let is_issued = notice.contains(&format!("《{}", strip_brackets(&title.folded)));
    let attached = !is_issued
        && markers[signed..title.start()]
            .iter()
            .flatten()
            .any(|marker| marker.style == MarkerStyle::Attachment);
    (!attached && !is_issuing(&title.folded)).then_some(title)
}

/// The headline of an article that was flattened onto one line with its text:
/// 帮助企业有序复工复产，都做了些啥？ and no kind of document.
fn article_title(lines: &[Line], texts: &[&str]) -> Option<Title> {
    let (first, headline) = (lines.first()?, texts.first()?);
    let is_headline = first.piece
        && texts.len() > 1
        && is_longer_than(headline, 5)
        && !is_longer_than(headline, MAX_HEADLINE_CHARS)
        && !headline.contains(['。', ';'])
        && !headline.ends_with([':', ',']);
    is_headline.then(|| Title { lines: vec![0], folded: (*headline).to_owned() })
}

/// A heading that names no kind of document, known since right below it the page says when
/// and from where it was posted: 2021年县政府重点工作任务 over 来源:某县政府 2021-03-23.
fn posted_title(texts: &[&str], live: &[usize]) -> Option<Title> {
    let is_posted = |text: &str| {
        is_dated_source(text) || labels(text).any(|(label, _)| POSTED.contains(&label))
    };
    let is_heading = |text: &str| {
        is_longer_than(text, 5)
            && !is_longer_than(text, MAX_HEADLINE_CHARS)
            && !text.contains(['。', ';', ','])
            && !text.ends_with(':')
            && !names_red_head(text)
            && head_reason(text).is_none()
    };
    let at = live.windows(2).find(|pair| {
        pair[1] == pair[0] + 1 && is_heading(texts[pair[0]]) && is_posted(texts[pair[1]])
    })?[0];
    Some(Title { lines: vec![at], folded: texts[at].to_owned() })
}

/// Labels of the line right below a page's heading.
const POSTED: &[&str] =
    &["来源", "信息来源", "文章来源", "稿源", "时间", "发布时间", "发布日期", "日期"];

/// The longest headline, in characters; surveyed ones have at most 38.
const MAX_HEADLINE_CHARS: usize = 45;

/// Sets aside the lines under a title that say when, by whom, and from where the page
/// was posted or saved: 2026-02-13, 某市人民政府, 原文链接：http….
fn mark_posting(texts: &[&str], below: Range<usize>, page: &mut Page) {
    let is_posting = |text: &str| is_posting_line(text) || is_saved_key(text);
    let is_body = |text: &str| !is_posting(text) && (names_body(text) && is_longer_than(text, 3));
    let group: Vec<usize> = below
        .take_while(|&at| page.reasons[at].is_some() || is_posting(texts[at]) || is_body(texts[at]))
        .collect();
    if group.iter().any(|&at| is_posting(texts[at])) {
        for at in group {
            page.reasons[at].get_or_insert(BoilerplateReason::SourceLine);
        }
    }
}

fn names_body(text: &str) -> bool {
    !is_longer_than(text, 15) && text.ends_with(ISSUER_ENDS)
}

/// Where a notice begins that has no title of its own and stands, signed and
/// dated, over the title of what it issues: 各区…: 现印发给你们… 某市某局 2022年5月26日.
fn untitled_notice(
    texts: &[&str],
    title: usize,
    reasons: &[Option<BoilerplateReason>],
) -> Option<usize> {
    let mut above = (0..title).rev().filter(|&at| reasons[at].is_none()).take(NOTICE_LINES);
    // (此件公开发布) may stand below the date.
    above
        .find(|&at| !is_remark(texts[at]))
        .filter(|&at| is_signature_date(crate::frame::behind_release(texts[at])))?;
    let mut body = None;
    let mut n_signatures = 0;
    for at in above {
        let text = texts[at];
        match body {
            None if crate::frame::is_signature(text) => n_signatures += 1,
            None if n_signatures > 0 && crate::frame::introduces_issue(text) => body = Some(at),
            None if n_signatures > 0 => {}
            None => return None,
            Some(_) if crate::frame::is_addressee(text) => return Some(at),
            Some(_) if is_running_text(text) => {}
            Some(_) => break,
        }
    }
    body
}

/// A line in brackets.
fn is_remark(text: &str) -> bool {
    text.starts_with('(') && text.ends_with(')') && !is_longer_than(text, 20)
}

/// Lines of a notice at most that stands over what it issues.
const NOTICE_LINES: usize = 40;

/// Lines of the sheet that stand above the title: 中华人民共和国国务院令, 第799号,
/// 浙政发〔2024〕3号, a red head.
fn front_start(texts: &[&str], title: usize, reasons: &[Option<BoilerplateReason>]) -> usize {
    let mut start = title;
    while start > 0 && title - start < 2 * RED_HEAD_LINES && reasons[start - 1].is_none() {
        let above = texts[start - 1];
        let is_number = crate::document_number::find_document_number(above).is_some()
            && !is_longer_than(above, 30);
        let is_order = !is_longer_than(above, 30)
            && (above.ends_with('令') || names_red_head(above) || is_attachment_head(above));
        // The issuers of a red head, beside or above the word 文件.
        let is_red_head = names_issuer(above)
            && texts[start.saturating_sub(RED_HEAD_LINES)..title]
                .iter()
                .any(|text| names_red_head(text) && !is_longer_than(text, 30));
        if !is_number && !is_order && !is_red_head && !is_rule(above) && !is_unified_number(above) {
            break;
        }
        start -= 1;
    }
    let start = order_start(texts, start, reasons).unwrap_or(start);
    if names_first_issuer(&texts[..start], texts, title) { 0 } else { start }
}

/// Where a joint order begins that stands over the title of what it promulgates: the names
/// of those who issue it, 令 and 第15号 on lines of their own, 现予公布, who signs, and when.
fn order_start(
    texts: &[&str],
    title: usize,
    reasons: &[Option<BoilerplateReason>],
) -> Option<usize> {
    const MOST_LINES: usize = 40;
    let above = title.saturating_sub(MOST_LINES)..title;
    let order = above.clone().rev().find(|&at| texts[at] == BARE_ORDER && reasons[at].is_none())?;
    let promulgates = texts[order..title]
        .iter()
        .any(|text| ["现予公布", "现予发布"].iter().any(|word| text.contains(word)));
    let is_name = |at: &usize| reasons[*at].is_none() && names_issuer(texts[*at]);
    let first = (above.start..order).rev().take_while(is_name).last()?;
    promulgates.then_some(first)
}

/// An order on a line of its own, under the names of those who issue it.
pub(crate) const BARE_ORDER: &str = "令";

/// Whether all that stands at the top is the name of whom the title names first: a
/// red head without 文件.
fn names_first_issuer(top: &[&str], texts: &[&str], title: usize) -> bool {
    let name: String =
        top.iter().take(RED_HEAD_LINES + 1).copied().filter(|line| !is_rule(line)).collect();
    let title: String = texts[title..].iter().take(RED_HEAD_LINES).copied().collect();
    !top.is_empty()
        && top.len() <= RED_HEAD_LINES
        && name.ends_with(ISSUER_ENDS)
        && title.strip_prefix(name.as_str()).is_some_and(|rest| !rest.is_empty())
}

/// A rule between the head of a sheet and its title, of whatever sign a font gave it.
fn is_rule(line: &str) -> bool {
    let mut signs = line.chars();
    let Some(first) = signs.next() else { return false };
    matches!(first, '—' | '-' | '_' | '=' | '─' | '━')
        && line.chars().all(|sign| matches!(sign, '—' | '-' | '_' | '=' | '─' | '━'))
        || is_longer_than(line, 8) && signs.all(|sign| sign == first)
}

/// The number that a register gives a normative document: ZJSP00-2025-0010.
fn is_unified_number(line: &str) -> bool {
    line.len() >= 12
        && line.starts_with(|ch: char| ch.is_ascii_uppercase())
        && line.matches(['-', '—', '－']).count() >= 2
        && line.chars().all(|ch| {
            ch.is_ascii_uppercase() || ch.is_ascii_digit() || matches!(ch, '-' | '—' | '－' | ' ')
        })
}

/// Whether a line ends a red head: 某市人民政府文件, or 文件 alone; 最新文件 is of a menu.
fn names_red_head(line: &str) -> bool {
    line.strip_suffix("文件")
        .is_some_and(|issuer| issuer.is_empty() || issuer.ends_with(ISSUER_ENDS))
}

/// 附件1 alone, over the text that a notice in another file issued.
fn is_attachment_head(line: &str) -> bool {
    line.strip_prefix("附件").is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Lines of a red head at most: the issuers of a joint document.
const RED_HEAD_LINES: usize = 12;

/// Whose a work is that a sentence cites has no more characters: 省, 全省.
const LONGEST_WHOSE: usize = 2;

/// A line that running text goes on from is no title.
fn drop_sentences(candidates: &mut Vec<Title>, texts: &[&str]) {
    candidates.retain(|title| {
        let next = texts.get(title.end()).copied().unwrap_or("");
        // 现将…报告提请各位代表审议并提出意见 is said to those whom it is read to.
        let is_said = title.folded.contains("现将") || title.folded.contains("提请");
        // 省《政府工作报告》 is cited in a sentence that a torn text breaks off.
        let before = title.folded.split_once('《').map_or("", |(before, _)| before);
        let is_cited = title.folded.ends_with('》')
            && !before.is_empty()
            && !is_longer_than(before, LONGEST_WHOSE);
        !(next.starts_with(',') || next.starts_with('、') || is_said || is_cited)
    });
    // A mark that nothing opens tells a title cited over two lines.
    if candidates.iter().any(|title| !closes_more(&title.folded)) {
        candidates.retain(|title| !closes_more(&title.folded));
    }
}

/// Marks what stands before the document. What is nothing else is navigation.
fn mark_before(texts: &[&str], start: usize, headings: &[String], page: &mut Page, end: usize) {
    let headings: Vec<String> =
        headings.iter().map(|heading| core(heading)).filter(|core| core.len() >= 12).collect();
    let mut n_times: HashMap<&str, usize, RandomState> = HashMap::default();
    for text in &texts[..end] {
        *n_times.entry(*text).or_default() += 1;
    }
    for (slot, &text) in page.reasons.iter_mut().zip(texts).take(end.max(start)) {
        if slot.is_some() {
            continue;
        }
        let plain = core(text);
        let names_title = headings.iter().any(|heading| plain.contains(heading.as_str()));
        let repeated = !is_longer_than(text, 120)
            && text.len() > 18
            && n_times.get(text).is_some_and(|n_times| *n_times > 1);
        let reason = if is_consultation(text) {
            continue;
        } else if let Some(reason) = head_reason(text) {
            reason
        } else if headings.contains(&plain)
            || names_title && !text.contains('。') && !is_cut_short(text, &headings)
            || repeated
        {
            BoilerplateReason::DuplicateTitle
        } else if is_body_text(text) || names_title {
            BoilerplateReason::Summary
        } else {
            BoilerplateReason::Navigation
        };
        *slot = Some(reason);
    }
}

/// A heading with the beginning of the text glued to it.
fn is_cut_short(text: &str, headings: &[String]) -> bool {
    let text = core(text);
    headings.iter().any(|heading| {
        text.find(heading.as_str()).is_some_and(|at| text.len() > at + heading.len() + 30)
    })
}

/// A notice that asks for comments on the draft below it is part of what was published.
fn is_consultation(text: &str) -> bool {
    text.ends_with('。')
        && (text.contains("征求意见") || text.contains("公开征求") || text.contains("征集意见"))
        && text.contains('《')
}

/// A title without blanks, brackets at its end and marks.
fn core(title: &str) -> String {
    strip_brackets(title_text(title))
        .chars()
        .filter(|ch| {
            !matches!(ch, '《' | '》' | '<' | '>' | '“' | '”' | '"' | ' ' | '、' | '(' | ')')
        })
        .collect()
}

/// A sentence of running text.
pub(crate) fn is_body_text(text: &str) -> bool {
    text.contains('。') && is_longer_than(text, 20) || is_longer_than(text, 100)
}

/// A line of running text, which the layout may have broken anywhere.
fn is_running_text(text: &str) -> bool {
    text.contains('。') || text.contains(',') && is_longer_than(text, 40)
}

/// Where no title is found: the lines of furniture at the very top.
fn lead_in(texts: &[&str], limit: usize) -> usize {
    texts[..limit].iter().take_while(|text| head_reason(text).is_some()).count()
}
