//! What is the page's and not the document's.
//!
//! Goes in: the lines with their folded texts and markers. Comes out: for each
//! line the reason why it is boilerplate, or none, and the lines of the titles.

use std::cell::LazyCell;
use std::collections::HashMap;

use foldhash::fast::RandomState;
use gangmu_model::{BoilerplateReason, MarkerStyle};

use crate::furniture::{
    ends_in_bracketed_date, is_contents_line, is_date_line, is_key_value, is_longer_than,
    tail_reason,
};
use crate::lines::Line;
use crate::marker::RawMarker;
use crate::page_table::labels;
use crate::titles::Title;
use crate::{page_head, page_numbers};

/// A page, taken apart.
#[derive(Debug, Default)]
pub(crate) struct Page {
    /// One entry a line: why it is the page's, or `None` where it is the document's.
    pub(crate) reasons: Vec<Option<BoilerplateReason>>,
    /// The document's title: of a notice, the notice's own.
    pub(crate) title: Option<Title>,
    /// The order that promulgates the document, 中华人民共和国国务院令, above its title.
    pub(crate) order: Option<Title>,
    /// The title of the text that a notice issues.
    pub(crate) attached_title: Option<Title>,
    /// The first line with a number that opens a division, or the number of lines.
    pub(crate) first_number: usize,
}

/// Lines looked through for a title where no number says where the body begins.
pub(crate) const UNNUMBERED_HEAD_LINES: usize = 60;

/// Takes a page apart.
///
/// `front_matter_end` is where the block of metadata of a saved page ends.
pub(crate) fn take_apart(
    lines: &[Line],
    texts: &[&str],
    markers: &[Option<RawMarker>],
    front_matter_end: usize,
) -> Page {
    let mut reasons = vec![None; lines.len()];
    for ((reason, line), text) in reasons.iter_mut().zip(lines).zip(texts) {
        if line.source.end <= front_matter_end {
            *reason = Some(BoilerplateReason::SourceLine);
        } else if line.set_aside.is_some() {
            *reason = line.set_aside;
        } else if text.is_empty() && line.grid.is_none() {
            // A line of markup alone is a picture or a rule.
            *reason = Some(BoilerplateReason::Navigation);
        }
    }
    page_numbers::mark(lines, texts, &mut reasons);
    mark_numbered_path(texts, markers, &mut reasons);
    mark_contents(texts, markers, &mut reasons);
    mark_key_values(texts, &mut reasons);
    mark_dated_links(texts, &mut reasons);
    let first_number = first_number(markers, &reasons);
    mark_contents_below(texts, first_number, &mut reasons);
    let mut page = Page { reasons, first_number, ..Page::default() };
    mark_tail(lines, texts, markers, &mut page);
    page_head::mark(lines, texts, markers, &mut page);
    page
}

/// The block of keys and values that a saved page has between its heading and a
/// rule: a rule is a line of markup alone, or of --- where the text is no Markdown.
fn mark_key_values(texts: &[&str], reasons: &mut [Option<BoilerplateReason>]) {
    let is_rule = |text: &str| text.len() >= 3 && text.chars().all(|ch| ch == '-');
    let is_end = |text: &&str| text.is_empty() || is_rule(text);
    let Some(rule) = texts.iter().take(KEY_VALUE_LINES).position(is_end) else {
        return;
    };
    let is_listed = |text: &&str| is_key_value(text) || is_download(text);
    let start = texts[..rule].iter().rposition(|text| !is_listed(text)).map_or(0, |at| at + 1);
    if texts[start..rule].iter().any(|text| labels(text).next().is_some()) {
        let end = rule + usize::from(is_rule(texts[rule]));
        reasons[start..end].fill(Some(BoilerplateReason::SourceLine));
    }
}

/// 空间布局图.pdf (pdf): a file that the page offers.
fn is_download(text: &str) -> bool {
    const ENDINGS: [&str; 6] = [".pdf", ".doc", ".docx", ".xls", ".xlsx", ".zip"];
    let name = text.rsplit_once('(').map_or(text, |(name, _)| name).trim_end();
    !is_longer_than(text, 80) && ENDINGS.iter().any(|ending| name.ends_with(ending))
}

/// Lines at the top in which the rule under a block of keys and values is looked for.
const KEY_VALUE_LINES: usize = 30;

fn mark_contents(
    texts: &[&str],
    markers: &[Option<RawMarker>],
    reasons: &mut [Option<BoilerplateReason>],
) {
    let mut listed = false;
    let alike = LazyCell::new(|| next_alike(texts));
    // 1 总则 has no marker yet: a number alone is one where others stand beside it.
    let first = (0..texts.len()).find(|&at| {
        markers[at].is_some() || texts[at].starts_with("1") && !has_sentence(texts[at])
    });
    for (at, text) in texts.iter().enumerate() {
        let heads = *text == "目录" && texts.get(at + 1).is_some_and(|next| is_contents_line(next));
        if heads || is_contents_line(text) {
            reasons[at] = Some(BoilerplateReason::Navigation);
        } else if *text == "目录" && !listed {
            let end = plain_contents_end(texts, markers, &alike, at + 1);
            reasons[at..end].fill(Some(BoilerplateReason::Navigation));
            listed = end > at;
        } else if first == Some(at)
            && !listed
            && texts.get(at + 1).is_some_and(|next| !is_longer_than(next, LONGEST_ENTRY))
            && texts[at + 1..].contains(text)
        {
            // Without 目录 above it: a list of headings all of which stand again below.
            let end = plain_contents_end(texts, markers, &alike, at);
            let again = (at..end).filter(|&entry| alike[entry].is_some_and(|again| again >= end));
            if end >= at + FEWEST_UNHEADED_ENTRIES && again.count() + 1 >= end - at {
                reasons[at..end].fill(Some(BoilerplateReason::Navigation));
                listed = true;
            }
        }
    }
}

/// The path to a page, saved as a numbered list at the top: 1. 首页, 2. 政务公开, 3. 惠企政策.
fn mark_numbered_path(
    texts: &[&str],
    markers: &[Option<RawMarker>],
    reasons: &mut [Option<BoilerplateReason>],
) {
    const LONGEST: usize = 16;
    const LONGEST_PATH: usize = 9;
    let step = |at: usize| {
        let marker = (*markers.get(at)?)?;
        let name = texts[at].get(marker.len..)?;
        (!is_longer_than(name, LONGEST) && !has_sentence(name)).then_some((marker.ordinal, name))
    };
    if !step(0).is_some_and(|(ordinal, name)| ordinal == 1 && name == "首页") {
        return;
    }
    let n_steps = (0..LONGEST_PATH)
        .take_while(|&at| step(at).is_some_and(|(ordinal, _)| ordinal as usize == at + 1))
        .count();
    reasons[..n_steps].fill(Some(BoilerplateReason::Navigation));
}

/// A list of the headings that a page has below its text: 文章目录 over lines that all stand above.
fn mark_contents_below(
    texts: &[&str],
    first_number: usize,
    reasons: &mut [Option<BoilerplateReason>],
) {
    const FEWEST: usize = 2;
    const MOST: usize = 300;
    let heads = |text: &str| text.ends_with("目录") && !is_longer_than(text, 6);
    let Some(at) = (first_number..texts.len()).rev().find(|&at| heads(texts[at])) else { return };
    let repeats = |text: &&&str| text.is_empty() || texts[first_number..at].contains(text);
    let end = at + 1 + texts[at + 1..].iter().take(MOST).take_while(repeats).count();
    if texts[at + 1..end].iter().filter(|text| !text.is_empty()).count() >= FEWEST {
        reasons[at..end].fill(Some(BoilerplateReason::Navigation));
    }
}

fn has_sentence(text: &str) -> bool {
    text.contains(['。', ';', ':'])
}

/// Entries of a table of contents that no 目录 heads, at least.
const FEWEST_UNHEADED_ENTRIES: usize = 6;

/// The longest entry of a table of contents, in characters.
const LONGEST_ENTRY: usize = 60;

/// Where a table of contents without page numbers ends that begins at `start`:
/// headings in order, the first of which stands again right behind the last.
/// The line before `start`, or `start` at the very top, where there is none.
fn plain_contents_end(
    texts: &[&str],
    markers: &[Option<RawMarker>],
    alike: &[Option<usize>],
    start: usize,
) -> usize {
    let is_entry = |at: usize| {
        let text = texts[at];
        let is_numbered = markers[at].is_some_and(|marker| marker.style != MarkerStyle::HanArticle)
            || text.starts_with(|ch: char| ch.is_ascii_digit()) && alike[at].is_some();
        is_numbered && !is_longer_than(text, LONGEST_ENTRY) && !has_sentence(text)
    };
    let n_entries = (start..texts.len()).take_while(|&at| is_entry(at)).count();
    let none = start.saturating_sub(1);
    if n_entries < 3 {
        return none;
    }
    let Some(again) = alike[start] else { return none };
    // A last entry may have no number: 附则, 后记.
    let end = start + n_entries;
    let unnumbered = again.saturating_sub(end) <= 2
        && texts[end..again.max(end)].iter().all(|text| !is_longer_than(text, 8));
    if unnumbered { again } else { again.min(end) }
}

/// For each line the next one of the same text.
fn next_alike(texts: &[&str]) -> Vec<Option<usize>> {
    let mut next: HashMap<&str, usize, RandomState> = HashMap::default();
    let mut alike: Vec<Option<usize>> =
        texts.iter().enumerate().rev().map(|(at, text)| next.insert(text, at)).collect();
    alike.reverse();
    alike
}

/// Lists of other texts, each with its date: on the line below or in brackets.
fn mark_dated_links(texts: &[&str], reasons: &mut [Option<BoilerplateReason>]) {
    let mut at = 0;
    while at < texts.len() {
        let (end, n_links) = link_run(texts, at);
        if n_links >= 3 {
            reasons[at..end].fill(Some(BoilerplateReason::RelatedLinks));
            at = end;
        } else {
            at += 1;
        }
    }
}

fn link_run(texts: &[&str], start: usize) -> (usize, usize) {
    let (mut at, mut n_links) = (start, 0);
    while at < texts.len() {
        let link =
            |text: &str| !is_longer_than(text, 90) && !is_date_line(text) && !text.contains('。');
        if link(texts[at]) && ends_in_bracketed_date(texts[at]) {
            at += 1;
        } else if link(texts[at]) && texts.get(at + 1).is_some_and(|next| is_date_line(next)) {
            at += 2;
        } else {
            break;
        }
        n_links += 1;
    }
    (at, n_links)
}

/// Finds the first number of a run: a 1 that a 2 of its style follows.
fn first_number(markers: &[Option<RawMarker>], reasons: &[Option<BoilerplateReason>]) -> usize {
    let live = |at: &usize| reasons[*at].is_none();
    let mut lone = None;
    for at in (0..markers.len()).filter(live) {
        let Some(marker) = markers[at] else { continue };
        if marker.style == MarkerStyle::Attachment {
            continue;
        }
        let strong = matches!(
            marker.style,
            MarkerStyle::HanPart
                | MarkerStyle::HanChapter
                | MarkerStyle::HanArticle
                | MarkerStyle::HanComma
        );
        if strong && lone.is_none() {
            lone = Some(at);
        }
        let followed = marker.ordinal == 1
            && markers[at + 1..]
                .iter()
                .enumerate()
                .filter(|(ahead, _)| reasons[at + 1 + ahead].is_none())
                .filter_map(|(_, next)| *next)
                .filter(|next| next.style == marker.style)
                .map(|next| next.ordinal)
                .next()
                == Some(2);
        if followed {
            return lone.unwrap_or(at).min(at);
        }
    }
    lone.unwrap_or(markers.len())
}

/// Cuts off the page's tail: from the first line of its furniture after which
/// nothing of the document comes.
fn mark_tail(lines: &[Line], texts: &[&str], markers: &[Option<RawMarker>], page: &mut Page) {
    let mut start = texts.len();
    let mut n_foreign_sentences = 0;
    for at in (page.first_number.min(texts.len().saturating_sub(1))..texts.len()).rev() {
        if page.reasons[at].is_some() {
            continue;
        }
        if lines[at].grid.is_some() {
            break;
        }
        let numbered = markers[at].is_some_and(|marker| {
            !matches!(
                marker.style,
                MarkerStyle::ArabicDot | MarkerStyle::ArabicParen | MarkerStyle::Circled
            )
        });
        if numbered && is_longer_than(texts[at], 6) {
            break;
        }
        if tail_reason(texts[at]).is_some() {
            start = at;
            continue;
        }
        if texts[at].contains('。') && is_longer_than(texts[at], 60) {
            n_foreign_sentences += 1;
            if n_foreign_sentences > 2 {
                break;
            }
        }
    }
    let mut reason = BoilerplateReason::Footer;
    for (slot, text) in page.reasons.iter_mut().zip(texts).skip(start) {
        if slot.is_some() {
            continue;
        }
        reason = tail_reason(text).unwrap_or(reason);
        *slot = Some(reason);
    }
}
