//! Captions: the names that articles, their items and run-in measures open with, and which
//! divisions of a document have them by habit.

use std::collections::HashMap;
use std::ops::Range;

use foldhash::fast::RandomState;
use gangmu_model::MarkerStyle;

use crate::furniture::is_longer_than;
use crate::heading::{Opening, has_run_in_titles, lays_down_a_rule, opening};
use crate::hierarchy::Placed;
use crate::marker::RawMarker;
use crate::outline::Placeable;

/// Which styles have run-in titles in this text.
pub(crate) struct Habits {
    styles: Vec<MarkerStyle>,
    /// Characters of the longest caption that an article here may have.
    longest_caption: usize,
}

/// Characters of the longest caption of an article.
const LONGEST_CAPTION: usize = 12;

/// The same where nearly all articles have one: 第一条 推行能源政务服务“提升水平行动”。….
const LONGEST_OF_ALL: usize = 40;

/// The fewest articles that make a habit of longer captions.
const FEWEST_NAMED: usize = 5;

impl Habits {
    pub(crate) fn of(paragraphs: &[Placeable<'_>]) -> Self {
        let mut styles: Vec<MarkerStyle> = paragraphs
            .iter()
            .filter_map(|paragraph| paragraph.marker)
            .map(|marker| marker.style)
            .collect();
        styles.sort_unstable();
        styles.dedup();
        let mut longest_caption = LONGEST_CAPTION;
        styles.retain(|&style| {
            let texts = paragraphs
                .iter()
                .filter_map(|paragraph| Some((paragraph, paragraph.marker?)))
                .filter(|(_, marker)| marker.style == style)
                .map(|(paragraph, marker)| &paragraph.text[marker.len..]);
            if style == MarkerStyle::HanArticle {
                let (mut n_captions, mut n_named, mut n_articles) = (0, 0, 0);
                for text in texts {
                    n_captions += usize::from(caption(text, LONGEST_CAPTION).is_some());
                    n_named += usize::from(caption(text, LONGEST_OF_ALL).is_some());
                    n_articles += 1;
                }
                if n_named >= FEWEST_NAMED && n_named * 10 >= n_articles * 9 {
                    longest_caption = LONGEST_OF_ALL;
                    return true;
                }
                // The first and the last articles seldom have one.
                return n_captions > 2 && n_captions * 3 >= n_articles;
            }
            has_run_in_titles(openings(paragraphs, style))
        });
        Self { styles, longest_caption }
    }

    pub(crate) fn run_in(&self, style: MarkerStyle) -> bool {
        self.styles.contains(&style)
    }

    /// The caption that an article opens with, and where its text begins.
    pub(crate) fn caption(&self, article: &str) -> Option<(Range<usize>, usize)> {
        let habit = self.run_in(MarkerStyle::HanArticle);
        habit.then(|| caption(article, self.longest_caption)).flatten()
    }
}

/// How the divisions of a style open. Where items stand right below, a sentence of several
/// clauses that stands alone heads them: (一)统筹两个市场,打造加工制造中心。
fn openings(paragraphs: &[Placeable<'_>], style: MarkerStyle) -> impl Iterator<Item = Opening> {
    let marker_at = |at: usize| paragraphs.get(at).and_then(|paragraph| paragraph.marker);
    let is_item = |next: RawMarker| {
        matches!(
            next.style,
            MarkerStyle::ArabicDot | MarkerStyle::ArabicParen | MarkerStyle::Circled
        )
    };
    let heads_others =
        move |at: usize| marker_at(at + 1).is_some_and(|next| next.style != style && is_item(next));
    paragraphs.iter().enumerate().filter_map(move |(at, paragraph)| {
        let marker = paragraph.marker.filter(|marker| marker.style == style)?;
        Some(match opening(&paragraph.text[marker.len..]) {
            Opening::LongLonePhrase { end } if heads_others(at) => Opening::LongPhrase { end },
            opening => opening,
        })
    })
}

/// For each number whether it is an item of an article all of whose items open with a name:
/// (一)学史明理。教育引导…, (二)学史增信。….
pub(crate) fn items_all_named(
    placed: &[Placed],
    markers: &[RawMarker],
    numbered: &[usize],
    paragraphs: &[Placeable<'_>],
) -> Vec<bool> {
    const FEWEST: usize = 2;
    let of_article = |at: usize| {
        placed[at].parent.filter(|&above| markers[above].style == MarkerStyle::HanArticle)
    };
    let mut items: HashMap<usize, (usize, usize), RandomState> = HashMap::default();
    for (at, marker) in markers.iter().enumerate() {
        if let Some(article) = of_article(at) {
            let (n_named, n_items) = items.entry(article).or_default();
            *n_items += 1;
            *n_named += usize::from(names_an_item(&paragraphs[numbered[at]].text[marker.len..]));
        }
    }
    let all_named =
        |article| items.get(&article).is_some_and(|&(named, all)| named == all && all >= FEWEST);
    (0..markers.len()).map(|at| of_article(at).is_some_and(all_named)).collect()
}

/// Whether an item under an article opens with its name: (一)决议。适用于….
pub(crate) fn names_an_item(text: &str) -> bool {
    const LONGEST: usize = 16;
    opening_name(text).is_some_and(|name| !is_longer_than(name, LONGEST))
}

/// The short first sentence of a text, if it lays down no rule and may be a name.
fn opening_name(text: &str) -> Option<&str> {
    let Opening::Phrase { end } = opening(text) else { return None };
    Some(&text[..end]).filter(|name| !lays_down_a_rule(name))
}

/// 载体建设。 after 第三条: the caption of an article, and where its text begins.
fn caption(text: &str, longest: usize) -> Option<(Range<usize>, usize)> {
    // 蔬菜面积(8分): what an article is worth is said of a caption only.
    const LONGEST_WITH_BRACKET: usize = 30;
    let name = opening_name(text)?;
    let longest = if name.ends_with("分)") { LONGEST_WITH_BRACKET } else { longest };
    let fits = !is_longer_than(name, longest);
    fits.then(|| (0..name.len(), name.len() + '。'.len_utf8()))
}

/// 【目的】 after 第一条: the caption of an article.
pub(crate) fn bracketed_title(text: &str) -> Option<Range<usize>> {
    let (open, close) = [('【', '】'), ('[', ']'), ('(', ')')]
        .into_iter()
        .find(|(open, _)| text.starts_with(*open))?;
    let end = text.find(close)? + close.len_utf8();
    let inner = &text[open.len_utf8()..end - close.len_utf8()];
    (!inner.is_empty() && inner.chars().count() <= 16 && end < text.len()).then_some(0..end)
}
