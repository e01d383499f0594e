//! Titles above a paragraph, and what they say of the goals below them.

use super::deadline::{RawDeadline, heading_deadline};
use super::words::words;

/// The titles above a paragraph, nearest last.
#[derive(Clone, Debug, Default)]
pub(crate) struct Titles {
    /// A chapter of 回顾 or 成就 states facts.
    pub(super) look_back: bool,
    /// One speaks of goals: 发展目标.
    pub(super) name_goals: bool,
    /// The nearest one does.
    pub(super) nearest_names_goals: bool,
    /// What the nearest plans that plans a year: 2026年重点工作.
    pub(crate) deadline: Option<RawDeadline>,
}

impl Titles {
    /// Reads folded titles, nearest last.
    pub(crate) fn read(titles: &[&str]) -> Self {
        Self {
            look_back: titles.iter().any(|title| looks_back(title)),
            name_goals: names_goals(titles),
            nearest_names_goals: titles.last().is_some_and(|title| names_goals(&[title])),
            deadline: heading_deadline(titles),
        }
    }
}

/// Whether a title above says that goals follow: 发展目标.
pub(crate) fn names_goals(titles: &[&str]) -> bool {
    titles.iter().any(|title| title.contains("目标"))
}

/// Whether a title says that the text looks back: 工作回顾, 发展现状.
fn looks_back(title: &str) -> bool {
    let title = title.trim_end_matches(['。', ':', ' ']);
    words().retrospect.at_end(title).is_some()
        && title.chars().count() <= 14
        && words().goal_verb.at_start(title).is_none()
        && words().intro.at_start(title).is_none()
        && !title.starts_with(['提', '强', '夯', '扩', '巩', '增', '固', '放'])
        || title.contains("工作回顾")
}
