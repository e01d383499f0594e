//! Titles above a paragraph, and what they say of the goals below them.

use std::cell::OnceCell;

use super::deadline::{RawDeadline, heading_deadline};
use super::words::words;

/// The titles above a paragraph, nearest last.
#[derive(Clone, Debug, Default)]
pub(crate) struct Titles<'a> {
    titles: Vec<&'a str>,
    /// What they say, once it was asked.
    said: OnceCell<Said>,
}

/// What titles say of the text below them.
#[derive(Clone, Debug)]
struct Said {
    looks_back: bool,
    names_goals: bool,
    deadline: Option<RawDeadline>,
}

impl<'a> Titles<'a> {
    /// Takes folded titles, nearest last.
    pub(crate) fn new(titles: Vec<&'a str>) -> Self {
        Self { titles, said: OnceCell::new() }
    }

    fn said(&self) -> &Said {
        self.said.get_or_init(|| Said {
            looks_back: self.titles.iter().any(|title| looks_back(title)),
            names_goals: names_goals(&self.titles),
            deadline: heading_deadline(&self.titles),
        })
    }

    /// Whether one stands over facts: 回顾, 成就.
    pub(super) fn look_back(&self) -> bool {
        self.said().looks_back
    }

    /// Whether one speaks of goals: 发展目标.
    pub(super) fn name_goals(&self) -> bool {
        self.said().names_goals
    }

    /// Whether the nearest one does.
    pub(super) fn nearest_names_goals(&self) -> bool {
        self.titles.last().is_some_and(|title| names_goals(&[title]))
    }

    /// What the nearest plans that plans a year: 2026年重点工作.
    pub(crate) fn deadline(&self) -> Option<&RawDeadline> {
        self.said().deadline.as_ref()
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
