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
    /// The numbers from `expected` up to this one are left out.
    Gap { expected: u32 },
    /// The number is wrong: those after it go on as if it were `expected`.
    Wrong { expected: u32 },
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

/// The rank of 专栏: chapters and articles do not stand in one.
const BOX_RANK: usize = 6;

/// Ranks are below this number.
const N_RANKS: usize = 24;

/// The usual rank of a style, outermost first. It breaks ties and is no demand.
fn rank(marker: RawMarker) -> usize {
    match marker.style {
        MarkerStyle::Attachment => 0,
        // 第一分编 stands inside 第二编.
        MarkerStyle::HanPart => usize::from(marker.depth.clamp(1, 2)),
        MarkerStyle::HanChapter => 3,
        MarkerStyle::HanSection => 4,
        MarkerStyle::HanArticle => 5,
        MarkerStyle::Box => BOX_RANK,
        MarkerStyle::HanComma => 7,
        // Fields and undertakings stand side by side, what is done inside them.
        MarkerStyle::Labelled => 7 + usize::from(marker.depth.saturating_sub(1).clamp(1, 2)),
        MarkerStyle::HanOrdinal => 10,
        MarkerStyle::HanParen => 11,
        MarkerStyle::ArabicDot => 16,
        MarkerStyle::ArabicDecimal => 11 + usize::from(marker.depth.clamp(1, 4)),
        MarkerStyle::ArabicParen => 17,
        MarkerStyle::Circled => 18,
        MarkerStyle::Latin => 19,
    }
}

/// Nests the markers of one text.
pub(crate) fn nest(markers: &[RawMarker]) -> Vec<Placed> {
    let next_of_style = next_of_style(markers);
    let mut open: Vec<usize> = Vec::new();
    let mut last_of_style: [Option<RawMarker>; N_RANKS] = [None; N_RANKS];
    // What each number should be, for those that come after it.
    let mut intended: Vec<RawMarker> = markers.to_vec();
    let (mut top, mut doubted) = (None, false);
    // inside[a][b]: a style was met inside another one before.
    let mut inside = [[false; N_RANKS]; N_RANKS];
    let mut placed = Vec::with_capacity(markers.len());
    for (at, marker) in markers.iter().enumerate() {
        let same = same_style(&mut open, markers, &intended, *marker);
        let sibling = match same {
            // A box counts its own from 1 on, while those outside it go on behind it.
            Some(_) if counts_in_box(&open, markers, *marker) => None,
            Some(depth) => {
                let sibling = open[depth];
                open.truncate(depth);
                Some(sibling)
            }
            // A box stands in the text of whatever is open, and closes nothing.
            None if marker.style == MarkerStyle::Box => None,
            None => {
                close_inner(&mut open, markers, at, &next_of_style, &inside);
                None
            }
        };
        let last = last_of_style[rank(*marker)];
        let next = next_of_style[at].map(|next| markers[next]);
        let before = sibling.map(|sibling| intended[sibling]);
        let fault = fault(*marker, before, last, next);
        if let Some(Fault::Wrong { expected }) = fault {
            intended[at] = RawMarker { ordinal: expected, inserted: 0, ..*marker };
        }
        // What a box counts, nothing outside it goes on with.
        if open.iter().all(|&above| markers[above].style != MarkerStyle::Box) {
            last_of_style[rank(*marker)] = Some(intended[at]);
        }
        for &above in &open {
            inside[rank(*marker)][rank(markers[above])] = true;
        }
        // A second run of numbers at the top, after one that is usually inside it.
        let uncertain = open.is_empty()
            && top.is_some_and(|top: usize| rank(markers[top]) > rank(*marker))
            && marker.ordinal == 1
            && next.is_some_and(|next| follows(next, *marker))
            && !std::mem::replace(&mut doubted, true);
        top = top.or(Some(at));
        placed.push(Placed { parent: open.last().copied(), fault, uncertain });
        open.push(at);
    }
    placed
}

/// Finds the open marker of a number's own style, the innermost one first; one
/// that stands in a box is closed with it where the number goes on outside.
fn same_style(
    open: &mut Vec<usize>,
    markers: &[RawMarker],
    intended: &[RawMarker],
    marker: RawMarker,
) -> Option<usize> {
    let is_same = |&&index: &&usize| rank(markers[index]) == rank(marker);
    let inner = open.iter().rposition(|index| is_same(&index))?;
    let boxed = open[..inner].iter().rposition(|&index| markers[index].style == MarkerStyle::Box);
    let outer = boxed.and_then(|boxed| open[..boxed].iter().rposition(|index| is_same(&index)));
    let (Some(boxed), Some(outer)) = (boxed, outer) else { return Some(inner) };
    if follows(marker, intended[open[inner]]) || !follows(marker, intended[open[outer]]) {
        return Some(inner);
    }
    open.truncate(boxed);
    Some(outer)
}

/// Whether a number is the first of those inside the box that is open.
fn counts_in_box(open: &[usize], markers: &[RawMarker], marker: RawMarker) -> bool {
    let in_box = open.last().is_some_and(|&last| markers[last].style == MarkerStyle::Box);
    in_box && marker.ordinal == 1 && rank(marker) > BOX_RANK
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
fn fault(
    marker: RawMarker,
    sibling: Option<RawMarker>,
    last: Option<RawMarker>,
    next: Option<RawMarker>,
) -> Option<Fault> {
    // What 2.1 stands under says that it is the first.
    let runs_on = marker.style != MarkerStyle::ArabicDecimal;
    let before = sibling.or(last.filter(|_| runs_on && marker.ordinal != 1));
    let repeats = sibling.is_some_and(|sibling| sibling.number() == marker.number());
    if !repeats && (marker.ordinal == 1 || before.is_some_and(|before| follows(marker, before))) {
        return None;
    }
    let Some(before) = before else {
        // A lone number is no sequence: one article quoted, the second part of a series.
        return next.filter(|next| follows(*next, marker)).map(|_| Fault::Gap { expected: 1 });
    };
    let expected = before.ordinal + 1;
    let meant = RawMarker { ordinal: expected, inserted: 0, ..marker };
    if next.is_some_and(|next| follows(next, meant) && !follows(next, marker)) {
        return Some(Fault::Wrong { expected });
    }
    Some(if repeats { Fault::Repeat } else { Fault::Gap { expected } })
}

/// Whether a number is the next one: 五、 after 四、, 第十七条之一 and 第十八条 after 第十七条.
pub(crate) fn follows(marker: RawMarker, before: RawMarker) -> bool {
    marker.number() == (before.ordinal + 1, 0)
        || marker.number() == (before.ordinal, before.inserted + 1)
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
        check(
            &["一、甲", "1.乙", "2.丙", "专栏1 丁", "1.戊", "3.己", "二、辛", "4.壬"],
            &[0, 1, 1, 2, 3, 1, 0, 1],
        );
        check(
            &["一、甲", "1.乙", "专栏1 丙", "1.丁", "2.戊", "二、己", "2.庚", "专栏2 辛", "1.壬"],
            &[0, 1, 2, 3, 3, 0, 1, 2, 3],
        );
        check(
            &["一、甲", "(一)乙", "专栏1 丙", "(二)丁", "二、戊", "专栏2 己"],
            &[0, 1, 2, 1, 0, 1],
        );
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
        let wrong = Some(Fault::Wrong { expected: 2 });
        assert_eq!(faults(&["一、甲", "三、乙", "三、丙"]), [None, wrong, None]);
        assert_eq!(faults(&["一、甲", "一、乙", "三、丙"]), [None, wrong, None]);
        assert_eq!(
            faults(&["一、甲", "二、乙", "二、丙", "三、丁"]),
            [None, None, Some(Fault::Repeat), None]
        );
        assert_eq!(faults(&["(一)甲", "(二)乙", "(二)丙"]), [None, None, Some(Fault::Repeat)]);
        assert_eq!(faults(&["一、甲", "(一)乙", "二、丙", "(二)丁"]), [None; 4]);
        assert_eq!(faults(&["第十七条甲", "第十八条乙"])[0], Some(Fault::Gap { expected: 1 }));
        assert_eq!(faults(&["第十七条甲"]), [None]);
        assert_eq!(faults(&["第一条甲", "第一条之一乙", "第一条之二丙", "第二条丁"]), [None; 4]);
    }
}
