//! From form to role: what each numbered division is.
//!
//! （一） is a measure in an 意见 and an item under an article; 一、 is a chapter
//! over measures and a measure in a flat list. Only this module maps a marker's
//! style to a division's kind.

use gangmu_model::{DivisionKind, MarkerStyle};

use crate::heading::{Opening, is_citation, opening};
use crate::hierarchy::Placed;
use crate::marker::RawMarker;
use crate::outline::Placeable;

/// Says the kind of each marker of one text. `numbered` are the indices of the
/// markers' paragraphs; `attached` is true inside an attachment.
pub(crate) fn kinds(
    markers: &[RawMarker],
    placed: &[Placed],
    numbered: &[usize],
    paragraphs: &[Placeable<'_>],
    attached: bool,
) -> Vec<DivisionKind> {
    let mut has_children = vec![false; markers.len()];
    for place in placed {
        if let Some(parent) = place.parent {
            has_children[parent] = true;
        }
    }
    let of_style = |style| -> Vec<usize> {
        (0..markers.len()).filter(|&at| markers[at].style == style).collect()
    };
    let heads = |run: &[usize]| is_heading_style(run, markers, &has_children, numbered, paragraphs);
    let ordinal_heads = heads(&of_style(MarkerStyle::HanOrdinal));
    let commas = of_style(MarkerStyle::HanComma);
    let comma_heads = heads(&commas);
    // 说明 in a flat list and then a list with chapters: each long one says for itself.
    let mut heads_of_run = vec![comma_heads; markers.len()];
    let runs: Vec<&[usize]> =
        commas.chunk_by(|&before, &next| markers[next].ordinal > markers[before].ordinal).collect();
    for run in runs.iter().filter(|run| runs.len() > 1 && run.len() >= LONG_RUN) {
        let heads = heads(run);
        run.iter().for_each(|&at| heads_of_run[at] = heads);
    }
    // The entries of a glossary or a list that an attachment is, unless they are
    // tasks that say who does them.
    let n_tasks = numbered.iter().filter(|&&at| names_who(paragraphs[at].text)).count();
    let lists = attached && n_tasks * 2 <= numbered.len();
    let cites = |at: usize| is_citation(&paragraphs[numbered[at]].text[markers[at].len..]);
    let cites_too = |at: usize, beside: Option<usize>| {
        beside.is_some_and(|beside| {
            beside < markers.len()
                && markers[beside].style == markers[at].style
                && placed[beside].parent == placed[at].parent
                && cites(beside)
        })
    };
    // 1.总则 over 1.1 编制目的.
    let dots_head = (0..markers.len()).any(|at| {
        let parent = placed[at].parent.filter(|&parent| placed[parent].parent.is_none());
        markers[at].style == MarkerStyle::ArabicDecimal
            && parent.is_some_and(|parent| markers[parent].style == MarkerStyle::ArabicDot)
    });
    let mut kinds: Vec<DivisionKind> = Vec::with_capacity(markers.len());
    for (at, marker) in markers.iter().enumerate() {
        let above = placed[at].parent.map(|parent| kinds[parent]);
        let heads = match marker.style {
            MarkerStyle::HanOrdinal => ordinal_heads,
            MarkerStyle::ArabicDot => dots_head,
            _ => heads_of_run[at],
        };
        let kind = kind(marker, above, has_children[at], heads, lists);
        // 规划依据 1、《…法》 2、《…条例》: works that are cited, nothing to be done.
        let is_work = kind == DivisionKind::Measure
            && cites(at)
            && (cites_too(at, at.checked_sub(1)) || cites_too(at, Some(at + 1)));
        kinds.push(if is_work { DivisionKind::Item } else { kind });
    }
    kinds
}

fn kind(
    marker: &RawMarker,
    above: Option<DivisionKind>,
    has_children: bool,
    heads: bool,
    lists: bool,
) -> DivisionKind {
    match marker.style {
        MarkerStyle::Attachment => DivisionKind::Attachment,
        MarkerStyle::Box => DivisionKind::Box,
        MarkerStyle::HanPart => DivisionKind::Part,
        MarkerStyle::HanChapter => DivisionKind::Chapter,
        MarkerStyle::HanSection => DivisionKind::Section,
        MarkerStyle::HanArticle => DivisionKind::Article,
        MarkerStyle::HanComma | MarkerStyle::HanOrdinal => match above {
            None | Some(DivisionKind::Part) if heads => DivisionKind::Chapter,
            Some(DivisionKind::Chapter) if has_children && heads => DivisionKind::Section,
            _ => below(above),
        },
        MarkerStyle::ArabicDecimal => match marker.depth {
            1 => DivisionKind::Chapter,
            2 => DivisionKind::Section,
            3 => DivisionKind::Item,
            _ => DivisionKind::Subitem,
        },
        // 赛道一 of a chapter, over its measures; 行动一 where it is over any.
        MarkerStyle::Labelled
            if above == Some(DivisionKind::Chapter)
                && (marker.depth == 1 || marker.depth == 2 && has_children) =>
        {
            DivisionKind::Section
        }
        // 1.4 工作原则 over (1): as deep as 1.4.1 would stand.
        MarkerStyle::ArabicParen if above == Some(DivisionKind::Section) => DivisionKind::Item,
        MarkerStyle::ArabicDot if above.is_none() && heads => DivisionKind::Chapter,
        MarkerStyle::ArabicDot if above.is_none() && lists => DivisionKind::Item,
        _ => below(above),
    }
}

/// The kind of a number that stands directly below a kind.
fn below(above: Option<DivisionKind>) -> DivisionKind {
    match above {
        Some(DivisionKind::Article | DivisionKind::Measure | DivisionKind::Box) => {
            DivisionKind::Item
        }
        Some(DivisionKind::Item) => DivisionKind::Subitem,
        Some(DivisionKind::Subitem | DivisionKind::ListEntry) => DivisionKind::ListEntry,
        _ => DivisionKind::Measure,
    }
}

/// A paragraph that says who is responsible: the text above it is a task.
fn names_who(text: &str) -> bool {
    const LABELS: [&str; 6] =
        ["责任单位", "牵头单位", "责任部门", "牵头部门", "配合单位", "负责单位"];
    let line = LABELS.iter().any(|label| text.starts_with(label));
    let text = text.trim_end_matches('。');
    let bracket = text.ends_with([')', '】', '〕', ']'])
        && text
            .rfind(['(', '【', '〔', '['])
            .is_some_and(|open| LABELS.iter().any(|label| text[open..].contains(label)));
    line || bracket
}

/// Numbers of a list that says by itself whether it heads chapters.
const LONG_RUN: usize = 5;

/// Whether 一、 (or 第一，) heads chapters in these places: it has numbers below it
/// somewhere, or most of its lines are headings over paragraphs.
fn is_heading_style(
    run: &[usize],
    markers: &[RawMarker],
    has_children: &[bool],
    numbered: &[usize],
    paragraphs: &[Placeable<'_>],
) -> bool {
    let (mut n_headings, mut n_run_in, mut any_children) = (0, 0, false);
    for &at in run {
        let marker = markers[at];
        let text = &paragraphs[numbered[at]].text[marker.len..];
        let opening = opening(text);
        let lone = matches!(opening, Opening::LonePhrase { .. } | Opening::LabelLine { .. })
            && has_children[at];
        // A question stands over its answer.
        let heads = lone
            || matches!(
                opening,
                Opening::HeadingLine | Opening::Question { .. } | Opening::Glued { .. }
            );
        any_children |= has_children[at] && (heads || marker.style == MarkerStyle::HanOrdinal);
        let end = numbered.get(at + 1).copied().unwrap_or(paragraphs.len());
        let is_task = !has_children[at]
            && paragraphs[numbered[at] + 1..end].iter().any(|below| names_who(below.text));
        if heads && !is_task { n_headings += 1 } else { n_run_in += 1 }
    }
    any_children || n_headings > n_run_in
}
