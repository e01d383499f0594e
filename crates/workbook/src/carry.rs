//! Which row of a new table each row of an older one has become.

use std::collections::{HashMap, HashSet};

use crate::likeness::Pairs;

/// What tells a row among others: where it stands in which text, and what it says.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub(crate) struct Anchor {
    /// The title of the text.
    pub(crate) text_title: String,
    /// The path of its clause in the text: `c3.m7`.
    pub(crate) clause: String,
    /// Which sentence of the clause it is, from 1, where the table is one of sentences.
    pub(crate) sentence: Option<u32>,
    /// What it says.
    pub(crate) words: String,
}

/// What has become of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It is there, in its place and words.
    Same(usize),
    /// It stands in its place in other words.
    Reworded(usize),
    /// It stands elsewhere, perhaps in other words.
    Moved(usize),
    /// Only a part of it is there, or it is a part of another row: the table was
    /// one of clauses and is one of sentences, or the other way round.
    Regrouped(usize),
    /// Nothing like it is there.
    Gone,
}

impl Fate {
    /// Returns the new row.
    pub(crate) fn row(self) -> Option<usize> {
        match self {
            Self::Same(at) | Self::Reworded(at) | Self::Moved(at) | Self::Regrouped(at) => Some(at),
            Self::Gone => None,
        }
    }
}

/// How alike two rows must be to be one, in the same place and in another.
const LIKE_IN_PLACE: f64 = 0.4;
const LIKE_ELSEWHERE: f64 = 0.6;

/// What the same place counts beside likeness.
const PLACE_BONUS: f64 = 0.15;

/// How alike the titles of two versions of a text are.
const LIKE_TITLES: f64 = 0.7;

/// Pairs of rows that are compared word by word at most; beyond, only rows of
/// the same place are.
const MAX_PAIRS: usize = 4_000_000;

/// Finds for each old row the new one that it has become: first the same words,
/// in the same place or the nearest text, then the clause that a row is a part of
/// or the sentences that are parts of it, then the most alike. A new row is
/// found once, but for those that rows are regrouped into.
pub(crate) fn carry(old: &[Anchor], new: &[Anchor]) -> Vec<Fate> {
    let mut carrier = Carrier::new(old, new);
    carrier.same_words(true);
    carrier.same_words(false);
    carrier.regrouped();
    carrier.alike();
    carrier.fates
}

struct Carrier<'a> {
    old: &'a [Anchor],
    new: &'a [Anchor],
    /// Pairs of titles that are of one text.
    one_text: HashSet<(&'a str, &'a str)>,
    taken: Vec<bool>,
    fates: Vec<Fate>,
}

impl<'a> Carrier<'a> {
    fn new(old: &'a [Anchor], new: &'a [Anchor]) -> Self {
        let titles = |rows: &'a [Anchor]| -> Vec<&'a str> {
            let titles: HashSet<&str> = rows.iter().map(|row| row.text_title.as_str()).collect();
            let mut titles: Vec<&str> = titles.into_iter().collect();
            titles.sort_unstable();
            titles
        };
        let new_titles = titles(new);
        let mut one_text = HashSet::new();
        for title in titles(old) {
            let same = new_titles.iter().filter(|other| **other == title);
            let alike = new_titles
                .iter()
                .filter(|other| Pairs::of(title).likeness(&Pairs::of(other)) >= LIKE_TITLES);
            let mut fitting: Vec<&str> = same.copied().collect();
            if fitting.is_empty() {
                fitting = alike.copied().collect();
            }
            one_text.extend(fitting.into_iter().map(|other| (title, other)));
        }
        Self {
            old,
            new,
            one_text,
            taken: vec![false; new.len()],
            fates: vec![Fate::Gone; old.len()],
        }
    }

    fn is_one_text(&self, old: usize, new: usize) -> bool {
        let titles = (self.old[old].text_title.as_str(), self.new[new].text_title.as_str());
        self.one_text.contains(&titles)
    }

    fn is_one_place(&self, old: usize, new: usize) -> bool {
        let (a, b) = (&self.old[old], &self.new[new]);
        self.is_one_text(old, new) && a.clause == b.clause && a.sentence == b.sentence
    }

    fn open(&self) -> Vec<usize> {
        (0..self.old.len()).filter(|&at| self.fates[at] == Fate::Gone).collect()
    }

    /// Takes rows of the same words: in the same place, or in any, those of the
    /// same text first.
    fn same_words(&mut self, in_place: bool) {
        let mut by_words: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, row) in self.new.iter().enumerate().filter(|(at, _)| !self.taken[*at]) {
            by_words.entry(&row.words).or_default().push(at);
        }
        for old in self.open() {
            let Some(found) = by_words.get(self.old[old].words.as_str()) else { continue };
            let free = || found.iter().copied().filter(|&at| !self.taken[at]);
            let place = free().find(|&at| self.is_one_place(old, at));
            let elsewhere =
                || free().max_by_key(|&at| (self.is_one_text(old, at), usize::MAX - at));
            let fate = match place {
                Some(at) => Fate::Same(at),
                None if in_place => continue,
                None => match elsewhere() {
                    Some(at) => Fate::Moved(at),
                    None => continue,
                },
            };
            self.take(old, fate);
        }
    }

    /// Takes the rows that are most alike, the most alike pair first.
    fn alike(&mut self) {
        let olds = self.open();
        let news: Vec<usize> = (0..self.new.len()).filter(|&at| !self.taken[at]).collect();
        let everywhere = olds.len().saturating_mul(news.len()) <= MAX_PAIRS;
        let pairs = |words: &str| Pairs::of(words);
        let old_pairs: Vec<Pairs> = olds.iter().map(|&at| pairs(&self.old[at].words)).collect();
        let new_pairs: Vec<Pairs> = news.iter().map(|&at| pairs(&self.new[at].words)).collect();
        let mut candidates = Vec::new();
        for (&old, a) in olds.iter().zip(&old_pairs) {
            for (&new, b) in news.iter().zip(&new_pairs) {
                let in_place = self.is_one_place(old, new);
                if !in_place && !everywhere {
                    continue;
                }
                let likeness = a.likeness(b);
                if likeness >= if in_place { LIKE_IN_PLACE } else { LIKE_ELSEWHERE } {
                    let bonus = if in_place { PLACE_BONUS } else { 0.0 };
                    candidates.push((likeness + bonus, old, new));
                }
            }
        }
        candidates.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        for (_, old, new) in candidates {
            if self.fates[old] == Fate::Gone && !self.taken[new] {
                let in_place = self.is_one_place(old, new);
                self.take(old, if in_place { Fate::Reworded(new) } else { Fate::Moved(new) });
            }
        }
    }

    /// Takes rows of which one holds the other, in one clause: the first of
    /// several that do.
    fn regrouped(&mut self) {
        let mut by_clause: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, row) in self.new.iter().enumerate() {
            by_clause.entry(&row.clause).or_default().push(at);
        }
        for old in self.open() {
            let row = &self.old[old];
            let pairs = Pairs::of(&row.words);
            let holds = |at: &&usize| {
                let other = &self.new[**at];
                row.sentence.is_some() != other.sentence.is_some()
                    && self.is_one_text(old, **at)
                    && pairs.containment(&Pairs::of(&other.words)) >= LIKE_ELSEWHERE
            };
            let rows = by_clause.get(row.clause.as_str()).into_iter().flatten();
            if let Some(at) = rows.into_iter().find(holds) {
                self.fates[old] = Fate::Regrouped(*at);
            }
        }
    }

    fn take(&mut self, old: usize, fate: Fate) {
        if let Some(at) = fate.row() {
            self.taken[at] = true;
        }
        self.fates[old] = fate;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(clause: &str, words: &str) -> Anchor {
        Anchor {
            text_title: "关于加强林草保护的实施意见".to_owned(),
            clause: clause.to_owned(),
            sentence: None,
            words: words.to_owned(),
        }
    }

    #[track_caller]
    fn check(old: &[Anchor], new: &[Anchor], expected: &[Fate]) {
        assert_eq!(carry(old, new), expected);
    }

    #[test]
    fn rows_keep_their_place_or_are_found_by_their_words() {
        let old =
            [row("c1.m1", "推进造林绿化"), row("c1.m2", "治理黑臭水体"), row("c2.m3", "压实责任")];
        check(&old, &old, &[Fate::Same(0), Fate::Same(1), Fate::Same(2)]);
        let new =
            [row("c1.m1", "新增任务"), row("c1.m2", "推进造林绿化"), row("c1.m3", "治理黑臭水体")];
        check(&old, &new, &[Fate::Moved(1), Fate::Moved(2), Fate::Gone]);
    }

    #[test]
    fn a_clause_that_moved_is_not_taken_for_the_one_now_in_its_place() {
        let old =
            [row("c1.m1", "推进造林绿化,扩大森林面积"), row("c1.m2", "推进草原修复,扩大草原面积")];
        let new = [
            row("c1.m1", "推进湿地修复,扩大湿地面积"),
            row("c1.m2", "推进造林绿化,扩大森林总面积"),
            row("c1.m3", "推进草原修复,扩大草原总面积"),
        ];
        check(&old, &new, &[Fate::Moved(1), Fate::Moved(2)]);
    }

    #[test]
    fn other_words_in_the_same_place_are_a_rewording_up_to_a_point() {
        let old = [row("c1.m1", "推进造林绿化,森林覆盖率达到42%")];
        check(&old, &[row("c1.m1", "推进造林绿化,森林覆盖率达到42.5%以上")], &[Fate::Reworded(0)]);
        check(&old, &[row("c1.m1", "治理黑臭水体,消除比例达到90%")], &[Fate::Gone]);
    }

    #[test]
    fn a_draft_and_its_final_version_are_one_text() {
        let mut new = row("c1.m1", "推进造林绿化");
        new.text_title = "关于加强林草保护的意见".to_owned();
        check(&[row("c1.m1", "推进造林绿化")], &[new.clone()], &[Fate::Same(0)]);
        new.text_title = "关于培育开源体系的通知".to_owned();
        check(&[row("c1.m1", "推进造林绿化")], &[new], &[Fate::Moved(0)]);
    }

    #[test]
    fn sentences_and_clauses_find_each_other() {
        let sentence = |n, words| Anchor { sentence: Some(n), ..row("c1.m1", words) };
        let whole = [row("c1.m1", "推进造林绿化。治理黑臭水体。保护草原湿地。")];
        let parts = [
            sentence(1, "推进造林绿化。"),
            sentence(2, "治理黑臭水体。"),
            sentence(3, "保护草原湿地。"),
        ];
        check(&whole, &parts, &[Fate::Regrouped(0)]);
        check(&parts, &whole, &[Fate::Regrouped(0); 3]);
    }

    #[test]
    fn rows_of_the_same_words_are_told_apart_by_place() {
        let twice = [row("c1.m1", "加强监督"), row("c2.m5", "加强监督")];
        let new = [row("c2.m5", "加强监督"), row("c1.m1", "加强监督")];
        check(&twice, &new, &[Fate::Same(1), Fate::Same(0)]);
        check(&twice, &new[..1], &[Fate::Gone, Fate::Same(0)]);
    }
}
