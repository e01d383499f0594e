//! From paragraphs to the tree: nodes with their markers, titles and texts.
//!
//! Goes in: folded paragraphs with markers and zones. Comes out: nodes in
//! document order, each with its parent; ranges are of folded text.

use std::ops::Range;

use gangmu_model::{DivisionKind, MarkerStyle};

use crate::captions::{Habits, bracketed_title, items_all_named, names_an_item};
use crate::frame::Zone;
use crate::heading::{Opening, opening, split};
use crate::hierarchy::{Fault, Placed, nest};
use crate::kinds;
use crate::marker::RawMarker;
use crate::numbering;
use crate::plain::{
    PlainPlace, behind_box, names_table, owner_of_plain, push_plain, titles_attachment,
};
use crate::tabular;
use crate::view::View;

/// A paragraph as the outline sees it.
#[derive(Debug, Clone)]
pub(crate) struct Placeable<'v> {
    /// Its folded text.
    pub(crate) text: &'v str,
    /// Where that stands in the folded text of the document.
    pub(crate) range: Range<usize>,
    pub(crate) marker: Option<RawMarker>,
    pub(crate) zone: Zone,
    /// Whether it stands on a line of a title.
    pub(crate) is_title: bool,
    /// Which table it is; its text is then empty.
    pub(crate) table: Option<usize>,
}

/// One division before it has a name.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) kind: DivisionKind,
    pub(crate) parent: Option<usize>,
    pub(crate) marker: Option<RawMarker>,
    pub(crate) marker_range: Range<usize>,
    pub(crate) title: Option<Range<usize>>,
    /// Its own text, a range a paragraph.
    pub(crate) texts: Vec<Range<usize>>,
    /// Every paragraph (or part of one) that is its own, marker and title included.
    pub(crate) own: Vec<Range<usize>>,
    pub(crate) fault: Option<Fault>,
    /// Whether its level is a guess.
    pub(crate) uncertain: bool,
    /// The table that it is, or the row of one.
    pub(crate) table: Option<TablePlace>,
    /// Where it stands in the source, of what is not told by folded ranges.
    pub(crate) source: Option<Range<usize>>,
    /// Its number, of what has none by a marker and is not counted.
    pub(crate) ordinal: Option<u32>,
}

/// A table of the view, or one row of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TablePlace {
    pub(crate) table: usize,
    pub(crate) row: Option<usize>,
}

impl Node {
    pub(crate) fn new(kind: DivisionKind, parent: Option<usize>) -> Self {
        Self {
            kind,
            parent,
            marker: None,
            marker_range: 0..0,
            title: None,
            texts: Vec::new(),
            own: Vec::new(),
            fault: None,
            uncertain: false,
            table: None,
            source: None,
            ordinal: None,
        }
    }

    fn frame(kind: DivisionKind) -> Self {
        Self::new(kind, None)
    }

    pub(crate) fn push_text(&mut self, range: Range<usize>) {
        if !range.is_empty() {
            self.texts.push(range);
        }
    }
}

/// Builds the nodes of a document.
pub(crate) fn outline(paragraphs: &[Placeable<'_>], view: &View<'_>) -> Vec<Node> {
    let mut nodes: Vec<Node> = Vec::new();
    let mut attachment = None;
    let mut at = 0;
    while at < paragraphs.len() {
        let mut end = at
            + paragraphs[at..].iter().take_while(|next| next.zone == paragraphs[at].zone).count();
        match paragraphs[at].zone {
            Zone::Body => push_body(&paragraphs[at..end], attachment, view, &mut nodes),
            Zone::AttachmentHead => {
                for paragraph in &paragraphs[at..end] {
                    attachment = Some(push_attachment(paragraph, &mut nodes));
                }
            }
            Zone::IssuedHead => {
                attachment = None;
                let title = paragraphs[end..].iter().take_while(|next| next.is_title).count();
                end += title;
                push_issued_head(&paragraphs[at..end], &mut nodes);
            }
            zone => {
                // What is of the frame ends the attachment before it.
                attachment = None;
                push_frame(zone, &paragraphs[at..end], &mut nodes);
            }
        }
        at = end;
    }
    nodes
}

fn push_frame(zone: Zone, paragraphs: &[Placeable<'_>], nodes: &mut Vec<Node>) {
    let kind = match zone {
        Zone::Front => DivisionKind::FrontMatter,
        Zone::Preamble => DivisionKind::Preamble,
        _ => DivisionKind::Closing,
    };
    let mut node = Node::frame(kind);
    for paragraph in paragraphs {
        node.own.push(paragraph.range.clone());
        node.push_text(paragraph.range.clone());
    }
    nodes.push(node);
}

fn push_attachment(paragraph: &Placeable<'_>, nodes: &mut Vec<Node>) -> usize {
    let mut node = Node::new(DivisionKind::Attachment, None);
    take_marker(&mut node, paragraph);
    let rest = node.marker_range.end..paragraph.range.end;
    if !rest.is_empty() {
        node.title = Some(rest);
    }
    node.own.push(paragraph.range.clone());
    nodes.push(node);
    nodes.len() - 1
}

/// 附件1 over the text that is issued, and the lines of that text's title.
fn push_issued_head(paragraphs: &[Placeable<'_>], nodes: &mut Vec<Node>) {
    let [head, titles @ ..] = paragraphs else { return };
    let at = push_attachment(head, nodes);
    if let [first, .., last] | [first @ last] = titles {
        nodes[at].title = Some(first.range.start..last.range.end);
    }
    nodes[at].own.extend(titles.iter().map(|title| title.range.clone()));
}

/// Takes the marker off the head of a paragraph.
fn take_marker(node: &mut Node, paragraph: &Placeable<'_>) {
    let len = paragraph.marker.map_or(0, |marker| marker.len);
    node.marker = paragraph.marker;
    node.marker_range = paragraph.range.start..paragraph.range.start + len;
}

/// Nests the numbered paragraphs of one body and hangs the others below them.
fn push_body(
    paragraphs: &[Placeable<'_>],
    attachment: Option<usize>,
    view: &View<'_>,
    nodes: &mut Vec<Node>,
) {
    let base = nodes.len();
    let numbered: Vec<usize> =
        (0..paragraphs.len()).filter(|&at| paragraphs[at].marker.is_some()).collect();
    let markers: Vec<RawMarker> = numbered.iter().filter_map(|&at| paragraphs[at].marker).collect();
    let mut placed = nest(&markers);
    numbering::excuse(&mut placed, &markers, &numbered, paragraphs);
    let habits = Habits::of(paragraphs);
    let all_named = items_all_named(&placed, &markers, &numbered, paragraphs);
    let roles = kinds::kinds(&markers, &placed, &numbered, paragraphs, attachment.is_some());
    let mut node_of = vec![0; markers.len()];
    let mut which = 0;
    let mut current: Option<usize> = None;
    let mut closes: Option<bool> = None;
    for (at, paragraph) in paragraphs.iter().enumerate() {
        if paragraph.marker.is_some() {
            let parent = placed[which].parent.map(|above| node_of[above]).or(attachment);
            let named = named_after(paragraph, parent, nodes, view)
                .or_else(|| above_items(paragraph, parent, nodes));
            let parent =
                named.filter(|&named| leaves_nothing(&placed, which, named, &node_of)).or(parent);
            let has_children = placed.get(which + 1).is_some_and(|next| next.parent == Some(which));
            let plain_below = paragraphs.get(at + 1).is_some_and(|next| next.marker.is_none());
            node_of[which] = nodes.len();
            current = Some(nodes.len());
            let in_article = std::iter::successors(parent, |&above| nodes[above].parent)
                .any(|above| nodes[above].kind == DivisionKind::Article);
            let node = numbered_node(
                paragraph,
                &placed[which],
                roles[which],
                parent,
                Below { divisions: has_children, any: has_children || plain_below },
                Beside { in_article, all_named: all_named[which] },
                &habits,
            );
            nodes.push(node);
            which += 1;
            continue;
        }
        let next_parent =
            placed.get(which).and_then(|next| next.parent).map(|above| node_of[above]);
        if paragraph.table.is_none()
            && let Some(above) = current.and_then(|current| behind_box(current, next_parent, nodes))
        {
            current = Some(above);
        }
        let owner = current
            .map(|current| owner_of_plain(paragraph, current, next_parent, nodes))
            .or(attachment);
        if let Some(table) = paragraph.table {
            let caption = at.checked_sub(1).map(|above| &paragraphs[above]);
            let caption = caption.filter(|above| names_table(above, owner, nodes));
            tabular::push(table, caption.map(|above| above.range.clone()), owner, view, nodes);
            continue;
        }
        let heads_table = paragraphs.get(at + 1).is_some_and(|next| next.table.is_some())
            && names_table(paragraph, owner, nodes);
        if heads_table && !titles_attachment(paragraph, owner, nodes) {
            continue;
        }
        let trailing = which == markers.len()
            && (numbered.last().is_some_and(|&last| at > last)
                && *closes.get_or_insert_with(|| last_is_single(paragraphs, &numbered))
                || is_after_duties(paragraphs, at, &numbered)
                || nodes.len() > base
                    && nodes.last().is_some_and(|last| last.kind == DivisionKind::Closing));
        let place = PlainPlace {
            current: current.filter(|_| !trailing),
            next_parent,
            attachment,
            trailing,
            base,
        };
        push_plain(paragraph, &place, nodes);
    }
}

/// Whether a division may hang below the node `named`, further out than its number says:
/// where no number behind it goes on in what stands between the two.
fn leaves_nothing(placed: &[Placed], which: usize, named: usize, node_of: &[usize]) -> bool {
    let above =
        |at: usize| std::iter::successors(placed[at].parent, |&parent| placed[parent].parent);
    let Some(outermost) = above(which).take_while(|&at| node_of[at] != named).last() else {
        return true;
    };
    let next = (which + 1..placed.len()).find(|&at| above(at).all(|parent| parent != which));
    next.is_none_or(|next| above(next).all(|parent| parent != outermost))
}

/// The chapter that a box belongs to because it bears its name: 三、构筑安全防护体系 and
/// behind the chapter's last measure 专栏1 构筑安全防护体系.
fn named_after(
    paragraph: &Placeable<'_>,
    parent: Option<usize>,
    nodes: &[Node],
    view: &View<'_>,
) -> Option<usize> {
    let marker = paragraph.marker.filter(|marker| marker.style == MarkerStyle::Box)?;
    let name = paragraph.text[marker.len..].trim();
    let names = |above: &usize| {
        let title = nodes[*above].title.clone();
        !name.is_empty() && title.is_some_and(|title| view.text(title).trim() == name)
    };
    std::iter::successors(parent, |&above| nodes[above].parent).find(names)
}

/// The measure or chapter that a box sums up: it belongs to no single item above it.
fn above_items(paragraph: &Placeable<'_>, parent: Option<usize>, nodes: &[Node]) -> Option<usize> {
    let is_item = |at: usize| {
        matches!(
            nodes[at].kind,
            DivisionKind::Item | DivisionKind::Subitem | DivisionKind::ListEntry
        )
    };
    paragraph.marker.filter(|marker| marker.style == MarkerStyle::Box)?;
    let lowest = parent.filter(|&parent| is_item(parent))?;
    std::iter::successors(Some(lowest), |&above| nodes[above].parent).find(|&at| !is_item(at))
}

/// What stands below a numbered paragraph.
#[derive(Debug, Clone, Copy)]
struct Below {
    /// Numbered divisions of its own.
    divisions: bool,
    /// Anything before the next number of its rank.
    any: bool,
}

/// What a numbered paragraph stands in and beside.
#[derive(Debug, Clone, Copy)]
struct Beside {
    /// Whether an article is above it.
    in_article: bool,
    /// Whether all items of its article open with a name.
    all_named: bool,
}

fn numbered_node(
    paragraph: &Placeable<'_>,
    placed: &Placed,
    kind: DivisionKind,
    parent: Option<usize>,
    below: Below,
    Beside { in_article, all_named }: Beside,
    habits: &Habits,
) -> Node {
    let mut node = Node::new(kind, parent);
    take_marker(&mut node, paragraph);
    node.fault = placed.fault;
    node.uncertain = placed.uncertain;
    node.own.push(paragraph.range.clone());
    let start = node.marker_range.end;
    let rest = &paragraph.text[start - paragraph.range.start..];
    let style = paragraph.marker.map(|marker| marker.style);
    if kind == DivisionKind::Article {
        let caption = habits.caption(rest);
        let title = bracketed_title(rest).map(|title| (title.clone(), title.end)).or(caption);
        node.title = title.clone().map(|(range, _)| range.start + start..range.end + start);
        node.push_text(start + title.map_or(0, |(_, text)| text)..paragraph.range.end);
        return node;
    }
    let habit = style.is_some_and(|style| habits.run_in(style));
    // The items of an article are text, where neither the articles nor most items of
    // their style nor all items beside them open with a caption.
    let captioned =
        habits.run_in(MarkerStyle::HanArticle) || (habit || all_named) && names_an_item(rest);
    let legal_item = in_article && !captioned || rest.ends_with(';');
    let heads = below.divisions || kind == DivisionKind::Chapter && below.any;
    let habit = habit || all_named;
    let parts = if legal_item { split_none() } else { split(rest, habit, heads, below.any) };
    node.title = parts.title.map(|range| range.start + start..range.end + start);
    node.push_text(start + parts.text..paragraph.range.end);
    node
}

fn split_none() -> crate::heading::Split {
    crate::heading::Split { title: None, text: 0 }
}

/// Whether the plain paragraphs behind the last number close the whole text: where every
/// division of the last one's style is a single paragraph with a run-in title or text,
/// what comes after the last one is not part of it.
fn last_is_single(paragraphs: &[Placeable<'_>], numbered: &[usize]) -> bool {
    let Some((&last, rest)) = numbered.split_last() else { return false };
    let style = paragraphs[last].marker.map(|marker| marker.style);
    if style == Some(MarkerStyle::HanArticle) || is_heading(&paragraphs[last]) {
        return false;
    }
    let assigns = |at: usize| closes_with_duty(paragraphs[at].text);
    let (mut n_single, mut n_several) = (0, 0);
    for pair in rest.iter().zip(numbered.iter().skip(1)) {
        let (&this, &next) = pair;
        if paragraphs[this].marker.map(|marker| marker.style) != style {
            continue;
        }
        if is_heading(&paragraphs[this]) {
            return false;
        }
        if next > this + 1 {
            n_several += 1;
        } else {
            n_single += 1;
        }
    }
    // (责任单位:…) ends a division, even where a remark follows one or two of them.
    let ends = || assigns(last) || paragraphs.get(last + 1).is_some_and(concludes);
    n_single >= 4 && (n_several == 0 || n_several * 4 <= n_single && ends())
}

/// 各地区、各部门要充分认识…: the paragraph that charges all with the whole.
fn concludes(paragraph: &Placeable<'_>) -> bool {
    const ALL: [&str; 8] =
        ["各地区、各", "各地、各", "各地各", "各地区各", "各省、", "各省(", "各市、县", "各级"];
    let first = paragraph.text.split(['。', ',']).next().unwrap_or_default();
    ALL.iter().any(|all| first.starts_with(all)) && first.contains('要')
}

/// Whether a paragraph stands right behind the duty that ends the last division,
/// where each division of headings ends in one: 九、完善机制 …（省财政厅负责） 各地要….
fn is_after_duties(paragraphs: &[Placeable<'_>], at: usize, numbered: &[usize]) -> bool {
    const FEWEST: usize = 3;
    let Some(&last) = numbered.last().filter(|&&last| last < at) else { return false };
    if !closes_with_duty(paragraphs[at - 1].text) || numbered.len() < FEWEST {
        return false;
    }
    let style = paragraphs[last].marker.map(|marker| marker.style);
    style != Some(MarkerStyle::HanArticle)
        && numbered.windows(2).all(|pair| {
            let of_style = paragraphs[pair[0]].marker.map(|marker| marker.style) == style;
            of_style && pair[1] > 0 && closes_with_duty(paragraphs[pair[1] - 1].text)
        })
}

/// Whether a paragraph ends in a bracket that says who is responsible.
fn closes_with_duty(text: &str) -> bool {
    let text = text.trim_end_matches('。');
    text.ends_with([')', '】', '〕', ']'])
        && text.rfind(['(', '【', '〔', '[']).is_some_and(|open| {
            ["责任", "牵头", "负责"].iter().any(|word| text[open..].contains(word))
        })
}

fn is_heading(paragraph: &Placeable<'_>) -> bool {
    let len = paragraph.marker.map_or(0, |marker| marker.len);
    opening(&paragraph.text[len..]) == Opening::HeadingLine
}
