//! Where a paragraph without a number belongs: to the division before it, to one further
//! out, to an attachment, or to the closing.

use gangmu_model::DivisionKind;

use crate::frame::is_caption;
use crate::heading::{Opening, opening};
use crate::outline::{Node, Placeable};

/// What decides where a paragraph without a number belongs.
pub(crate) struct PlainPlace {
    /// The numbered node before it.
    pub(crate) current: Option<usize>,
    /// The node above the numbered one that comes next.
    pub(crate) next_parent: Option<usize>,
    pub(crate) attachment: Option<usize>,
    /// Whether it comes after the last numbered paragraph and closes the text.
    pub(crate) trailing: bool,
    /// The number of nodes before this body.
    pub(crate) base: usize,
}

/// Hangs a paragraph without a number where it belongs.
pub(crate) fn push_plain(paragraph: &Placeable<'_>, place: &PlainPlace, nodes: &mut Vec<Node>) {
    let &PlainPlace { trailing, base, .. } = place;
    let owner =
        place.current.map(|current| owner_of_plain(paragraph, current, place.next_parent, nodes));
    let Some(owner) = owner.or(place.attachment) else {
        let kind = if trailing { DivisionKind::Closing } else { DivisionKind::Paragraph };
        let joins = trailing
            && nodes.len() > base
            && nodes.last().is_some_and(|last| last.kind == DivisionKind::Closing);
        if !joins {
            nodes.push(Node::new(kind, None));
        }
        if let Some(node) = nodes.last_mut() {
            node.own.push(paragraph.range.clone());
            node.push_text(paragraph.range.clone());
        }
        return;
    };
    let heads_paragraphs = matches!(
        nodes[owner].kind,
        DivisionKind::Part
            | DivisionKind::Chapter
            | DivisionKind::Section
            | DivisionKind::Attachment
    );
    if titles_attachment(paragraph, Some(owner), nodes) {
        nodes[owner].title = Some(paragraph.range.clone());
        nodes[owner].own.push(paragraph.range.clone());
    } else if heads_paragraphs {
        let mut node = Node::new(DivisionKind::Paragraph, Some(owner));
        node.own.push(paragraph.range.clone());
        node.push_text(paragraph.range.clone());
        nodes.push(node);
    } else {
        nodes[owner].own.push(paragraph.range.clone());
        nodes[owner].push_text(paragraph.range.clone());
    }
}

/// Whether a paragraph is the title of the attachment it opens.
pub(crate) fn titles_attachment(
    paragraph: &Placeable<'_>,
    owner: Option<usize>,
    nodes: &[Node],
) -> bool {
    owner.is_some_and(|owner| {
        nodes[owner].kind == DivisionKind::Attachment
            && nodes[owner].title.is_none()
            && nodes.len() == owner + 1
            && opening(paragraph.text) == Opening::HeadingLine
    })
}

/// Whether a paragraph is the line over a table that names it, and belongs to
/// nothing else.
pub(crate) fn names_table(paragraph: &Placeable<'_>, owner: Option<usize>, nodes: &[Node]) -> bool {
    let taken = owner.is_some_and(|owner| nodes[owner].title.as_ref() == Some(&paragraph.range));
    paragraph.marker.is_none()
        && paragraph.table.is_none()
        && !paragraph.is_title
        && !taken
        && is_caption(paragraph.text)
}

/// Goes up from the last numbered division to the one a plain paragraph
/// belongs to: after the items of an article, which end in ； and 。, the
/// article goes on.
pub(crate) fn owner_of_plain(
    paragraph: &Placeable<'_>,
    current: usize,
    next_parent: Option<usize>,
    nodes: &[Node],
) -> usize {
    let node = &nodes[current];
    let is_item =
        matches!(node.kind, DivisionKind::Item | DivisionKind::Subitem | DivisionKind::ListEntry);
    if !is_item || node.title.is_some() && node.texts.is_empty() || paragraph.is_title {
        return current;
    }
    let mut above = node.parent;
    while let Some(index) = above {
        match nodes[index].kind {
            // Numbers that go on inside the items keep the paragraph there.
            DivisionKind::Article => {
                return if is_below(next_parent, index, nodes) { current } else { index };
            }
            DivisionKind::Item | DivisionKind::Subitem => above = nodes[index].parent,
            _ => break,
        }
    }
    current
}

/// What goes on behind a box that is a table: the box ends with it, unless numbers
/// go on inside.
pub(crate) fn behind_box(
    current: usize,
    next_parent: Option<usize>,
    nodes: &[Node],
) -> Option<usize> {
    let node = &nodes[current];
    if node.kind != DivisionKind::Box {
        return None;
    }
    let last = nodes.last().filter(|last| last.kind != DivisionKind::ListEntry);
    let table = last.or_else(|| nodes.get(nodes.last()?.parent?));
    let holds_table = table
        .is_some_and(|table| table.kind == DivisionKind::Table && table.parent == Some(current));
    let goes_on = std::iter::successors(next_parent, |&above| nodes[above].parent)
        .any(|above| above == current);
    node.parent.filter(|_| holds_table && !goes_on)
}

fn is_below(node: Option<usize>, above: usize, nodes: &[Node]) -> bool {
    std::iter::successors(node, |&node| nodes[node].parent)
        .skip_while(|&node| node != above)
        .count()
        > 0
        && node != Some(above)
}
