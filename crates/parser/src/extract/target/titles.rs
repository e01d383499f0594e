//! Titles above a paragraph, and what they say of the goals below them.

use std::cell::OnceCell;

use super::carried::heading_deadline;
use super::deadline::{RawDeadline, five_year_plan};
use super::words::words;

/// The titles above a paragraph, nearest last.
#[derive(Clone, Debug, Default)]
pub(crate) struct Titles<'a> {
    titles: Vec<&'a str>,
    /// The year that the document speaks in.
    document_year: Option<i32>,
    /// Whether a paragraph above tells what was reached in a plan that is over.
    after_a_plan: bool,
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
    pub(crate) fn new(titles: Vec<&'a str>, document_year: Option<i32>) -> Self {
        Self { titles, document_year, after_a_plan: false, said: OnceCell::new() }
    }

    /// Says whether a paragraph above tells what was reached in a plan that is over.
    pub(crate) fn after_a_plan(self, after_a_plan: bool) -> Self {
        Self { after_a_plan, ..self }
    }

    fn said(&self) -> &Said {
        self.said.get_or_init(|| Said {
            looks_back: self.after_a_plan || look_back(&self.titles, self.document_year),
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
    pub(crate) fn nearest_names_goals(&self) -> bool {
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

/// Whether a paragraph opens with a five-year plan that was over in the document's
/// year: “十三五”期间,经济总量迈上新台阶。
pub(crate) fn opens_after_a_plan(paragraph: &str, document_year: Option<i32>) -> bool {
    /// Characters of an opening: 回顾“十三五”时期.
    const LONGEST: usize = 12;
    let end = paragraph.char_indices().nth(LONGEST).map_or(paragraph.len(), |(end, _)| end);
    let opening = &paragraph[..end];
    let opening = opening.split([',', '。']).next().unwrap_or(opening);
    let told = ["期间", "时期", "以来"].iter().any(|word| opening.contains(word));
    let over = |last: i32| document_year.is_some_and(|now| last < now);
    told && five_year_plan(opening).is_some_and(over)
}

/// Whether the titles say that the text looks back: 工作回顾, 发展现状, and
/// 2025年主要工作 in a report of 2026.
fn look_back(titles: &[&str], document_year: Option<i32>) -> bool {
    let is_over = |title: &str| {
        let year = title.get(..4).and_then(|year| year.parse::<i32>().ok());
        let year = year.filter(|_| title[4..].starts_with('年'));
        year.zip(document_year).is_some_and(|(year, now)| year < now)
    };
    // “十三五”发展成就 in a plan that begins after it.
    let plan_is_over = |title: &str| {
        let last = five_year_plan(title);
        !names_goals(&[title]) && last.zip(document_year).is_some_and(|(last, now)| last < now)
    };
    // 一、新省建设持续取得新进展新成效, over the whole of what was done.
    let has_achieved = |title: &&&str| {
        title.contains("取得") && words().retrospect.at_end(title.trim_end_matches('。')).is_some()
    };
    if titles.iter().any(|title| is_over(title) || plan_is_over(title))
        || titles.first().filter(has_achieved).is_some_and(|first| !names_goals(&[first]))
            && titles.len() > 1
    {
        return true;
    }
    titles.iter().enumerate().any(|(at, title)| {
        let title = title.trim_end_matches(['。', ':', ' ']);
        // 改革取得显著成效 under a title of goals is one of them.
        let aims = names_goals(&titles[..at]);
        !aims
            && words().retrospect.at_end(title).is_some()
            && title.chars().count() <= 14
            && words().goal_verb.at_start(title).is_none()
            && words().intro.at_start(title).is_none()
            && !title.starts_with(['提', '强', '夯', '扩', '巩', '增', '固', '放'])
            || title.contains("工作回顾")
            || ["回顾", "名词解释", "名词注释", "名词释义"].iter().any(|end| title.ends_with(end))
    })
}
