//! Word classes of `seeds/lexicon/target-words.tsv`, embedded at build time.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::word_set::WordSet;
use foldhash::fast::RandomState;

const TABLE: &str = include_str!("../../../../../seeds/lexicon/target-words.tsv");

/// Words by one of their characters, longest first.
type ByChar = HashMap<char, Vec<&'static str>, RandomState>;

/// The words of one class.
#[derive(Debug)]
pub(super) struct WordClass {
    set: WordSet,
    by_last: ByChar,
}

impl WordClass {
    fn read(class: &str) -> Self {
        let mut words: Vec<&'static str> = TABLE
            .lines()
            .filter_map(|line| {
                let mut cells = line.split('\t');
                (cells.next() == Some(class)).then(|| cells.next()).flatten()
            })
            .collect();
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        let mut by_last = ByChar::default();
        for word in &words {
            if let Some(last) = word.chars().next_back() {
                by_last.entry(last).or_default().push(word);
            }
        }
        Self { set: WordSet::of(words), by_last }
    }

    /// Returns the longest word that `text` begins with.
    pub(super) fn at_start(&self, text: &str) -> Option<&'static str> {
        self.set.at_start(text)
    }

    /// Returns the longest word that `text` ends with.
    pub(super) fn at_end(&self, text: &str) -> Option<&'static str> {
        let words = self.by_last.get(&text.chars().next_back()?)?;
        words.iter().copied().find(|word| text.ends_with(word))
    }

    /// Returns the words, in no order.
    pub(super) fn words(&self) -> impl Iterator<Item = &'static str> {
        self.by_last.values().flatten().copied()
    }

    /// Returns whether any word stands in `text`.
    pub(super) fn is_in(&self, text: &str) -> bool {
        self.set.is_in(text)
    }

    /// Returns where words of the class stand in `text`, left to right, the longest at each place.
    pub(super) fn places<'t>(
        &'static self,
        text: &'t str,
    ) -> impl Iterator<Item = std::ops::Range<usize>> + 't {
        self.set.places(text)
    }
}

/// Every class a rule asks for.
#[derive(Debug)]
pub(super) struct Words {
    /// 建设, 培育: what is counted is to be brought about.
    pub(super) goal_verb: WordClass,
    /// 坚守: the amount is a floor.
    pub(super) guard_verb: WordClass,
    /// 力争: hedges that promise.
    pub(super) pledge: WordClass,
    /// 截至, 去年: what follows has happened.
    pub(super) fact: WordClass,
    /// 首次, 如期完成: facts unless a date ahead governs.
    pub(super) undated_fact: WordClass,
    /// 同比, 累计: facts where nothing in the sentence looks ahead.
    pub(super) sentence_fact: WordClass,
    /// 回顾: titles over facts.
    pub(super) retrospect: WordClass,
    /// 补助, 罚款: money that is paid, not a goal.
    pub(super) subsidy: WordClass,
    /// 符合, 年龄: conditions to be met by applicants.
    pub(super) condition: WordClass,
    /// 围绕, 等: the number after it enumerates.
    pub(super) locative: WordClass,
    /// 大, 个方面: the number before it enumerates.
    pub(super) class_noun: WordClass,
    /// 率, 比例: heads of indicators that are ratios.
    pub(super) ratio: WordClass,
    /// 显著, 基本.
    pub(super) degree: WordClass,
    /// 得到, 提升: where the predicate of a goal in words begins.
    pub(super) predicate: WordClass,
    /// 实现, 建成: openings of a goal in words.
    pub(super) goal_start: WordClass,
    /// 让: openings of a rhetorical tail.
    pub(super) rhetoric: WordClass,
    /// 全省, 每市.
    pub(super) scope: WordClass,
    /// 将, 确保: words before an indicator that are no part of it.
    pub(super) intro: WordClass,
    /// 探索, 研究: how a thing is gone about, before the verb of a goal.
    pub(super) manner: WordClass,
    /// 预留, 拿出: the share behind it is to be kept for something.
    pub(super) set_aside: WordClass,
    /// 推动, 加强: the share behind it is of those to whom something is to come.
    pub(super) spread: WordClass,
    /// 次, 轮: units that count deeds.
    pub(super) deed_unit: WordClass,
    /// 建成, 投产: what those that are counted come to.
    pub(super) outcome: WordClass,
    /// 安排, 拨付: the money behind it is given out, and no level to be reached.
    pub(super) grant: WordClass,
}

/// Returns the word classes, read once.
pub(super) fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| Words {
        goal_verb: WordClass::read("goal_verb"),
        guard_verb: WordClass::read("guard_verb"),
        pledge: WordClass::read("pledge"),
        fact: WordClass::read("fact"),
        undated_fact: WordClass::read("undated_fact"),
        sentence_fact: WordClass::read("sentence_fact"),
        retrospect: WordClass::read("retrospect"),
        subsidy: WordClass::read("subsidy"),
        condition: WordClass::read("condition"),
        locative: WordClass::read("locative"),
        class_noun: WordClass::read("class_noun"),
        ratio: WordClass::read("ratio"),
        degree: WordClass::read("degree"),
        predicate: WordClass::read("predicate"),
        goal_start: WordClass::read("goal_start"),
        rhetoric: WordClass::read("rhetoric"),
        scope: WordClass::read("scope"),
        intro: WordClass::read("intro"),
        manner: WordClass::read("manner"),
        set_aside: WordClass::read("set_aside"),
        spread: WordClass::read("spread"),
        deed_unit: WordClass::read("deed_unit"),
        outcome: WordClass::read("outcome"),
        grant: WordClass::read("grant"),
    })
}
