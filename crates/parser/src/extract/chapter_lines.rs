//! Lines that close a chapter with its bodies, for all of its measures.
//!
//! 一、促进消费 with measures (一) to (三), then 牵头单位:市商务局,责任单位:… on a line of its
//! own, and so in each chapter: the line is the chapter's, and not its last measure's.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use foldhash::fast::RandomState;
use gangmu_model::{Assignment, AssignmentForm, DivisionId, DivisionKind, Role};

use super::cuts_within;
use crate::outline::Node;

/// Fewer chapters show no habit.
const FEWEST_CHAPTERS: usize = 2;

/// Hands the duties of such lines to their chapters, where all duties that stand on lines of their
/// own close a chapter of several measures whose others have none. The words stay in the text of
/// the measure behind which they stand.
pub(super) fn hand_to_chapters(
    nodes: &[Node],
    ids: &[DivisionId],
    closing: &mut [Vec<Range<usize>>],
    assignments: &mut [Assignment],
) {
    let has_own_line = |at: usize| {
        let fills_one = |text| cuts_within(&closing[at], text).any(|cut| fills(cut, text));
        nodes[at].texts.iter().any(fills_one)
    };
    let lines: Vec<usize> = (0..nodes.len()).filter(|&at| has_own_line(at)).collect();
    if lines.len() < FEWEST_CHAPTERS {
        return;
    }
    let mut children: HashMap<usize, Vec<usize>, RandomState> = HashMap::default();
    for (at, node) in nodes.iter().enumerate() {
        if let Some(parent) = node.parent {
            children.entry(parent).or_default().push(at);
        }
    }
    let charged: HashSet<&DivisionId, RandomState> = assignments
        .iter()
        .filter(|assignment| assignment.role != Role::Mention)
        .map(|assignment| &assignment.division)
        .collect();
    let mut chapters: HashMap<&DivisionId, &DivisionId, RandomState> = HashMap::default();
    for &at in &lines {
        let Some(parent) = nodes[at].parent else { return };
        let [others @ .., last] = &children[&parent][..] else { return };
        let closes = nodes[parent].kind == DivisionKind::Chapter
            && *last == at
            && !others.is_empty()
            && others.iter().chain([&parent]).all(|&other| !charged.contains(&ids[other]));
        if !closes {
            return;
        }
        chapters.insert(&ids[at], &ids[parent]);
    }
    let moved: Vec<Option<DivisionId>> = assignments
        .iter()
        .map(|assignment| {
            let closing = assignment.form == AssignmentForm::Closing;
            chapters.get(&assignment.division).filter(|_| closing).map(|chapter| (*chapter).clone())
        })
        .collect();
    for (assignment, chapter) in assignments.iter_mut().zip(moved) {
        if let Some(chapter) = chapter {
            assignment.division = chapter;
            assignment.form = AssignmentForm::Inline;
        }
    }
    lines.into_iter().for_each(|at| closing[at].clear());
}

/// Whether a cut takes all of a paragraph but its last mark.
fn fills(cut: &Range<usize>, paragraph: &Range<usize>) -> bool {
    const MARK: usize = '。'.len_utf8();
    cut.start == paragraph.start && cut.end <= paragraph.end && paragraph.end - cut.end <= MARK
}
