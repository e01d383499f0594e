//! Which division stands inside which.
//!
//! Goes in: the markers of one text in order. Comes out: for each the index of
//! the marker above it. Levels come from the document's own use: a style that
//! is open closes back to its level, a new style opens one, and the usual order
//! 一、（一）1.（1） only decides where the numbers leave it open.

use gangmu_model::MarkerStyle;

use crate::marker::RawMarker;

/// What the numbers of a text look like where they do not run on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The number expected was left out.
    Gap { expected: u32 },
    /// The number stands twice.
    Repeat,
}

/// The place of one marker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Placed {
    /// Index of the marker above, among those given.
    pub(crate) parent: Option<usize>,
    pub(crate) fault: Option<Fault>,
    /// Whether the numbers allow another level as well.
    pub(crate) uncertain: bool,
}

/// Ranks are below this number.
const N_RANKS: usize = 24;

/// The usual rank of a style, outermost first. It breaks ties and is no demand.
fn rank(marker: RawMarker) -> usize {
    match marker.style {
        MarkerStyle::Attachment => 0,
        MarkerStyle::HanPart => 1,
        MarkerStyle::HanChapter => 2,
        MarkerStyle::HanSection => 3,
        MarkerStyle::HanArticle => 4,
        MarkerStyle::Box => 5,
        MarkerStyle::HanComma => 6,
        MarkerStyle::Labelled => 7,
        MarkerStyle::HanOrdinal => 8,
        MarkerStyle::HanParen => 9,
        MarkerStyle::ArabicDot => 15,
        MarkerStyle::ArabicDecimal => 10 + usize::from(marker.depth.clamp(1, 4)),
        MarkerStyle::ArabicParen => 16,
        MarkerStyle::Circled => 17,
        MarkerStyle::Latin => 18,
    }
}

/// Nests the markers of one text.
pub(crate) fn nest(markers: &[RawMarker]) -> Vec<Placed> {
    let next_of_style = next_of_style(markers);
    let mut open: Vec<usize> = Vec::new();
    let mut last_of_style: [Option<u32>; N_RANKS] = [None; N_RANKS];
    let (mut top, mut doubted) = (None, false);
    // inside[a][b]: a style was met inside another one before.
    let mut inside = [[false; N_RANKS]; N_RANKS];
    let mut placed = Vec::with_capacity(markers.len());
    for (at, marker) in markers.iter().enumerate() {
        let same = open.iter().rposition(|&index| rank(markers[index]) == rank(*marker));
        let sibling = match same {
            Some(depth) => {
                let sibling = open[depth];
                open.truncate(depth);
                Some(sibling)
            }
            None => {
                close_inner(&mut open, markers, at, &next_of_style, &inside);
                None
            }
        };
        let last = last_of_style[rank(*marker)];
        let fault = fault(marker.ordinal, sibling.map(|sibling| markers[sibling].ordinal), last);
        last_of_style[rank(*marker)] = Some(marker.ordinal);
        for &above in &open {
            inside[rank(*marker)][rank(markers[above])] = true;
        }
        // A second style at the top, after one that is usually inside it.
        let uncertain = open.is_empty()
            && top.is_some_and(|top: usize| rank(markers[top]) > rank(*marker))
            && !std::mem::replace(&mut doubted, true);
        top = top.or(Some(at));
        placed.push(Placed { parent: open.last().copied(), fault, uncertain });
        open.push(at);
    }
    placed
}

/// A style that is not open: closes the open ones it cannot stand inside.
fn close_inner(
    open: &mut Vec<usize>,
    markers: &[RawMarker],
    at: usize,
    next_of_style: &[Option<usize>],
    inside: &[[bool; N_RANKS]; N_RANKS],
) {
    while let Some(&top) = open.last() {
        let above = markers[top];
        if rank(above) < rank(markers[at]) {
            break;
        }
        if inside[rank(markers[at])][rank(above)] {
            break;
        }
        // 1. … （一）…（二）… 2.: the outer numbers go on after the inner ones.
        let goes_on = next_of_style[top]
            .is_some_and(|next| markers[next].ordinal == above.ordinal + 1)
            && markers[at].ordinal == 1;
        if goes_on {
            break;
        }
        open.pop();
    }
}

/// For each marker the next one of its style.
fn next_of_style(markers: &[RawMarker]) -> Vec<Option<usize>> {
    let mut upcoming: [Option<usize>; N_RANKS] = [None; N_RANKS];
    let mut next = vec![None; markers.len()];
    for at in (0..markers.len()).rev() {
        let slot = &mut upcoming[rank(markers[at])];
        next[at] = *slot;
        *slot = Some(at);
    }
    next
}

/// Numbers run on within a parent, start at 1 under a new one, or run on across parents.
fn fault(ordinal: u32, sibling: Option<u32>, last: Option<u32>) -> Option<Fault> {
    let expected = match (sibling, last) {
        (Some(sibling), _) => sibling + 1,
        (None, Some(last)) if ordinal != 1 => last + 1,
        (None, _) => 1,
    };
    if sibling == Some(ordinal) {
        return Some(Fault::Repeat);
    }
    let restarts = sibling.is_some() && ordinal == 1;
    if ordinal == expected || restarts { None } else { Some(Fault::Gap { expected }) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::marker::recognise;

    /// Nests the markers of a list of heads; each line gives its depth.
    fn check(heads: &[&str], depths: &[usize]) {
        let markers: Vec<RawMarker> = heads.iter().map(|head| recognise(head).unwrap()).collect();
        let placed = nest(&markers);
        let depth = |mut at: usize| {
            let mut depth = 0;
            while let Some(parent) = placed[at].parent {
                at = parent;
                depth += 1;
            }
            depth
        };
        assert_eq!((0..heads.len()).map(depth).collect::<Vec<_>>(), depths, "{heads:?}");
    }

    #[test]
    fn usual_order_running_on_and_restarting() {
        check(&["一、甲", "(一)乙", "(二)丙", "二、丁", "(三)戊"], &[0, 1, 1, 0, 1]);
        check(&["一、甲", "(一)乙", "1.丙", "2.丁", "(二)戊", "1.己"], &[0, 1, 2, 2, 1, 2]);
        check(&["一、甲", "1.乙", "2.丙", "二、丁", "3.戊"], &[0, 1, 1, 0, 1]);
    }

    #[test]
    fn unusual_orders() {
        check(&["第一章总则", "一、甲", "二、乙", "第二章附则", "三、丙"], &[0, 1, 1, 0, 1]);
        check(&["一、甲", "第一条乙", "第二条丙", "二、丁", "第三条戊"], &[0, 1, 1, 0, 1]);
        check(&["第一条甲", "(一)乙", "(二)丙", "第二条丁"], &[0, 1, 1, 0]);
        check(&["1.甲", "(一)乙", "(二)丙", "2.丁"], &[0, 1, 1, 0]);
        check(&["一、甲", "1.乙", "2.丙", "二、丁", "(一)戊", "1.己"], &[0, 1, 1, 0, 1, 2]);
    }

    #[test]
    fn gaps_and_repeats_are_told() {
        let faults = |heads: &[&str]| -> Vec<Option<Fault>> {
            let markers: Vec<RawMarker> =
                heads.iter().map(|head| recognise(head).unwrap()).collect();
            nest(&markers).iter().map(|placed| placed.fault).collect()
        };
        assert_eq!(faults(&["一、甲", "三、乙"]), [None, Some(Fault::Gap { expected: 2 })]);
        assert_eq!(faults(&["(一)甲", "(一)乙"]), [None, Some(Fault::Repeat)]);
        assert_eq!(faults(&["(一)甲", "(二)乙", "(一)丙"]), [None; 3]);
        assert_eq!(faults(&["(一)甲", "(二)乙", "(二)丙"]), [None, None, Some(Fault::Repeat)]);
        assert_eq!(faults(&["一、甲", "(一)乙", "二、丙", "(二)丁"]), [None; 4]);
    }
}
