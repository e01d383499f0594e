//! Lists under a lead: 到2027年,…初具规模。 and the entries ——… below it.
//!
//! A lead's deadline holds for every entry of its list. What is a list: entries that
//! open with a dash or bullet; numbered ones where the lead ends in a colon or a
//! title above them speaks of goals.

use std::collections::HashMap;
use std::ops::Range;

use gangmu_model::DivisionKind;

use super::target::{RawDeadline, introduced_deadline, leading_deadline};
use crate::outline::Node;
use crate::view::View;

/// The latest lead below each division.
#[derive(Debug, Default)]
pub(super) struct Leads(HashMap<Option<usize>, Lead>);

/// A paragraph that a list may follow, with what the layout has torn off it.
#[derive(Debug, Default)]
struct Lead {
    parts: Vec<Range<usize>>,
    /// Its deadline, looked for when the first entry comes.
    deadline: Option<Option<RawDeadline>>,
}

/// Pieces of a torn lead that are looked at.
const MOST_PARTS: usize = 4;

impl Leads {
    /// Returns the deadline that the lead above sets for the paragraph `which` of the
    /// node `at`; a paragraph that is no entry becomes a lead itself.
    pub(super) fn deadline_over(
        &mut self,
        nodes: &[Node],
        at: usize,
        which: usize,
        view: &View<'_>,
        year: Option<i32>,
    ) -> Option<RawDeadline> {
        let node = &nodes[at];
        let plain = node.marker.is_none() && node.kind == DivisionKind::Paragraph;
        let below = if plain { node.parent } else { Some(at) };
        let range = node.texts[which].clone();
        if is_entry(view.text(range.clone())) {
            return self.0.get_mut(&below)?.deadline(view, year);
        }
        let continues = |lead: &Lead| lead.is_torn(view) && lead.parts.len() < MOST_PARTS;
        match self.0.get_mut(&below) {
            Some(lead) if lead.deadline.is_none() && continues(lead) => lead.parts.push(range),
            _ => {
                self.0.insert(below, Lead { parts: vec![range], deadline: None });
            }
        }
        if plain || which > 0 {
            return None;
        }
        let goals = node.parent.and_then(|above| nodes[above].title.clone()).is_some_and(|title| {
            ["目标", "指标"].iter().any(|word| view.text(title.clone()).contains(word))
        });
        let lead = self.0.get_mut(&node.parent)?;
        if goals || lead.introduces(view) { lead.deadline(view, year) } else { None }
    }
}

impl Lead {
    fn last<'v>(&self, view: &'v View<'_>) -> &'v str {
        self.parts.last().map_or("", |range| view.text(range.clone()).trim_end())
    }

    /// Whether its last part ends inside a sentence.
    fn is_torn(&self, view: &View<'_>) -> bool {
        !self.last(view).ends_with(['。', ';', ':', '!', '?', '"', '”', ')'])
    }

    fn introduces(&self, view: &View<'_>) -> bool {
        self.last(view).ends_with(':')
    }

    fn deadline(&mut self, view: &View<'_>, year: Option<i32>) -> Option<RawDeadline> {
        if self.deadline.is_none() {
            let mut parts = self.parts.iter().rev().map(|part| view.text(part.clone()));
            let last = self.last(view);
            let found = introduced_deadline(last).filter(|_| last.ends_with(':'));
            self.deadline =
                Some(found.or_else(|| parts.find_map(|part| leading_deadline(part, year))));
        }
        self.deadline.clone().flatten()
    }
}

/// ——…, ●…: the paragraph is an entry of a list without numbers.
fn is_entry(paragraph: &str) -> bool {
    let text = paragraph.trim_start();
    text.starts_with(['●', '•', '◆', '■', '▲', '★', '·', '○', '◇', '□', '➢', '►'])
        || text.starts_with("——")
        || text.starts_with("--")
        || text.strip_prefix(['—', '-', '–', '*']).is_some_and(|rest| {
            rest.trim_start().chars().next().is_some_and(|c| !c.is_ascii_digit() && c != '*')
        })
}
