//! From form to role: what each numbered division is.
//!
//! （一） is a measure in an 意见 and an item under an article; 一、 is a chapter
//! over measures and a measure in a flat list. Only this module maps a marker's
//! style to a division's kind.

use gangmu_model::{DivisionKind, MarkerStyle};

use crate::heading::{Opening, opening};
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
    let comma_heads = comma_is_heading(markers, &has_children, numbered, paragraphs);
    let mut kinds: Vec<DivisionKind> = Vec::with_capacity(markers.len());
    for (at, marker) in markers.iter().enumerate() {
        let above = placed[at].parent.map(|parent| kinds[parent]);
        kinds.push(kind(marker.style, above, has_children[at], comma_heads, attached));
    }
    kinds
}

fn kind(
    style: MarkerStyle,
    above: Option<DivisionKind>,
    has_children: bool,
    comma_heads: bool,
    attached: bool,
) -> DivisionKind {
    match style {
        MarkerStyle::Attachment => DivisionKind::Attachment,
        MarkerStyle::Box => DivisionKind::Box,
        MarkerStyle::HanPart => DivisionKind::Part,
        MarkerStyle::HanChapter => DivisionKind::Chapter,
        MarkerStyle::HanSection => DivisionKind::Section,
        MarkerStyle::HanArticle => DivisionKind::Article,
        MarkerStyle::HanComma => match above {
            None | Some(DivisionKind::Part) if comma_heads => DivisionKind::Chapter,
            Some(DivisionKind::Chapter) if has_children && comma_heads => DivisionKind::Section,
            _ => below(above),
        },
        // The entries of a glossary or a list that an attachment is.
        MarkerStyle::ArabicDot if above.is_none() && attached => DivisionKind::Item,
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

/// Whether 一、 heads chapters in this text: it has numbers below it somewhere,
/// or most of its lines are headings over paragraphs.
fn comma_is_heading(
    markers: &[RawMarker],
    has_children: &[bool],
    numbered: &[usize],
    paragraphs: &[Placeable<'_>],
) -> bool {
    let (mut n_headings, mut n_run_in, mut any_children) = (0, 0, false);
    for (at, marker) in markers.iter().enumerate() {
        if marker.style != MarkerStyle::HanComma {
            continue;
        }
        let text = &paragraphs[numbered[at]].text[marker.len..];
        any_children |= has_children[at]
            && matches!(opening(text), Opening::HeadingLine | Opening::LonePhrase { .. });
        match opening(text) {
            Opening::HeadingLine | Opening::LonePhrase { .. } => n_headings += 1,
            _ => n_run_in += 1,
        }
    }
    any_children || n_headings > n_run_in
}
