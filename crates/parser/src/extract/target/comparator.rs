//! What bounds a number: the words before it (不低于, 提高到) and after it (以上, 左右).

use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

use foldhash::fast::RandomState;
use gangmu_lexicon::{self as lexicon, Lexicon, Position};
use gangmu_model::{Change, Comparator};

/// The words around a number, taken together.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Bound {
    pub(super) comparator: Option<Comparator>,
    pub(super) change: Option<Change>,
    /// Where the words before the number begin; the number's start where there are none.
    pub(super) start: usize,
    /// Where the words after the number and its unit end.
    pub(super) end: usize,
    /// Hedges among the words: 左右, 约, 力争.
    pub(super) hedges: Vec<Range<usize>>,
    /// Whether any word before the number bounds it or says how it moves.
    pub(super) before: bool,
    /// Whether a word after the number does.
    pub(super) after: bool,
}

/// One phrase before a number.
struct Phrase {
    words: &'static str,
    comparator: Option<Comparator>,
    change: Option<Change>,
    kind: Kind,
}

/// What a phrase does beside bounding.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Plain,
    /// 力争, 左右: quoted among the qualifiers.
    Hedge,
    /// 控制在 caps only where nothing else bounds: 控制在29微克左右.
    Weak,
}

const TABLE: &str = include_str!("../../../../../seeds/lexicon/target-bounds.tsv");

/// Phrases by one of their characters, longest first.
type ByChar = HashMap<char, Vec<Phrase>, RandomState>;

struct Phrases {
    /// By the last character.
    before: ByChar,
    /// By the first one.
    after: ByChar,
}

/// The words of both lists, longest first. `target-bounds.tsv` holds what only this
/// reading needs: hedges, words without weight, and other weights for a few words.
fn phrases() -> &'static Phrases {
    static PHRASES: OnceLock<Phrases> = OnceLock::new();
    PHRASES.get_or_init(|| {
        let (mut befores, mut afters) = (Vec::new(), Vec::new());
        for line in TABLE.lines().filter(|line| !line.starts_with('#')).skip(1) {
            let mut cells = line.split('\t');
            let (Some(place), Some(words), Some(kind)) = (cells.next(), cells.next(), cells.next())
            else {
                continue;
            };
            let listed = Lexicon::builtin().comparators().iter().find(|word| word.word == words);
            let phrase = Phrase {
                words,
                comparator: listed.and_then(|word| word.comparator).map(comparator),
                change: None,
                kind: match kind {
                    "hedge" => Kind::Hedge,
                    "weak" => Kind::Weak,
                    "verb" => continue,
                    _ => Kind::Plain,
                },
            };
            match place {
                "before" => befores.push(phrase),
                _ => afters.push(phrase),
            }
        }
        for word in Lexicon::builtin().comparators() {
            let list = match word.position {
                Position::Before => &mut befores,
                Position::After => &mut afters,
                Position::Infix => continue,
            };
            if list.iter().all(|phrase| phrase.words != word.word) && !is_verb(word.word) {
                list.push(Phrase {
                    words: word.word,
                    comparator: word.comparator.map(comparator),
                    change: word.change.map(change),
                    kind: Kind::Plain,
                });
            }
        }
        Phrases {
            before: by_char(befores, |words| words.chars().next_back()),
            after: by_char(afters, |words| words.chars().next()),
        }
    })
}

fn by_char(mut phrases: Vec<Phrase>, key: impl Fn(&str) -> Option<char>) -> ByChar {
    phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.words.len()));
    let mut found = ByChar::default();
    for phrase in phrases {
        if let Some(key) = key(phrase.words) {
            found.entry(key).or_default().push(phrase);
        }
    }
    found
}

/// 新增, 坚守, 涨幅: verbs that count, or parts of an indicator's name.
fn is_verb(word: &str) -> bool {
    TABLE.lines().any(|line| {
        line.strip_prefix("before\t")
            .and_then(|rest| rest.strip_prefix(word))
            .is_some_and(|rest| rest.starts_with("\tverb"))
    })
}

fn comparator(word: lexicon::Comparator) -> Comparator {
    match word {
        lexicon::Comparator::AtLeast => Comparator::AtLeast,
        lexicon::Comparator::AtMost => Comparator::AtMost,
        lexicon::Comparator::MoreThan => Comparator::MoreThan,
        lexicon::Comparator::LessThan => Comparator::LessThan,
        lexicon::Comparator::Reach => Comparator::Reach,
        lexicon::Comparator::Equal => Comparator::Equal,
        lexicon::Comparator::About => Comparator::About,
        lexicon::Comparator::Between => Comparator::Between,
    }
}

fn change(word: lexicon::Change) -> Change {
    match word {
        lexicon::Change::IncreaseTo => Change::IncreaseTo,
        lexicon::Change::DecreaseTo => Change::DecreaseTo,
        lexicon::Change::IncreaseBy => Change::IncreaseBy,
        lexicon::Change::DecreaseBy => Change::DecreaseBy,
    }
}

/// 不应低于 is at least.
fn negated(comparator: Comparator) -> Comparator {
    match comparator {
        Comparator::LessThan => Comparator::AtLeast,
        Comparator::MoreThan => Comparator::AtMost,
        other => other,
    }
}

/// 覆盖率达 ends in the word 达, but 发达 does too, and 人均 is no 均.
fn is_part_of_word(before: &str, word: &str) -> bool {
    let parts: &[char] = match word {
        "达" => &['发', '表', '直', '到', '抵', '下', '传', '送', '转'],
        "均" => &['人', '户', '亩', '月', '日', '地', '平'],
        "要" => &['需', '重', '主', '必', '首'],
        "为" => &['行', '成', '作', '因'],
        "在" => &['存', '现', '所', '实', '潜'],
        "占" => &['侵', '抢'],
        "超" => &['高', '赶', '反'],
        "近" => &['邻', '附', '最'],
        "增" | "减" => &['新', '倍', '激', '消', '精', '缩'],
        "降" => &['升', '沉'],
        _ => return false,
    };
    before.ends_with(parts)
}

/// How firmly a word bounds: 左右 over 以上 over 达到 over nothing.
fn rank(comparator: Comparator) -> u8 {
    match comparator {
        Comparator::Equal => 0,
        Comparator::Reach => 1,
        Comparator::About => 2,
        _ => 3,
    }
}

/// Reads the words before `number` back to `floor`, and those after it up to `ceiling`.
pub(super) fn bound(text: &str, floor: usize, number: &Range<usize>, ceiling: usize) -> Bound {
    let mut bound = Bound { start: number.start, end: number.end, ..Bound::default() };
    let mut cap = None;
    let mut take = |bound: &mut Bound, phrase: &Phrase, range: Range<usize>| {
        if phrase.kind == Kind::Weak {
            cap = cap.or(phrase.comparator);
        } else if let Some(comparator) = phrase.comparator
            && bound.comparator.is_none_or(|held| rank(comparator) > rank(held))
        {
            bound.comparator = Some(comparator);
        }
        bound.change = bound.change.or(phrase.change);
        if phrase.kind == Kind::Hedge {
            bound.hedges.push(range);
        }
    };
    loop {
        let before = &text[floor..bound.start];
        let last = before.chars().next_back();
        let alike = last.and_then(|last| phrases().before.get(&last)).into_iter().flatten();
        let Some(phrase) = alike.into_iter().find(|phrase| before.ends_with(phrase.words)) else {
            break;
        };
        let start = bound.start - phrase.words.len();
        if is_part_of_word(&text[floor..start], phrase.words) {
            break;
        }
        let range = start..bound.start;
        take(&mut bound, phrase, range);
        bound.before |= phrase.comparator.is_some() || phrase.change.is_some();
        bound.start = start;
        let not = ["不应", "不宜", "不能"].iter().find(|not| text[floor..start].ends_with(**not));
        if let Some(not) = not {
            bound.comparator = bound.comparator.map(negated);
            bound.start -= not.len();
        }
    }
    loop {
        let after = &text[bound.end..ceiling];
        let first = after.chars().next();
        let alike = first.and_then(|first| phrases().after.get(&first)).into_iter().flatten();
        let Some(phrase) = alike.into_iter().find(|phrase| after.starts_with(phrase.words)) else {
            break;
        };
        // 以内 may stand alone as 内, but 内 also begins 内部, and 起 begins 起降点.
        if matches!(phrase.words, "内" | "起")
            && after.len() > 3
            && !after[3..].starts_with(['、', '('])
        {
            break;
        }
        // 20个多元融合的综合体: 多 begins the next word.
        const MANY: [char; 12] =
            ['元', '样', '种', '层', '功', '方', '式', '维', '级', '点', '领', '学'];
        let counts_money = text[..bound.end].ends_with(['亿', '万', '千', '百']);
        if phrase.words == "多" && after[phrase.words.len()..].starts_with(MANY) && !counts_money {
            break;
        }
        let range = bound.end..bound.end + phrase.words.len();
        bound.end = range.end;
        bound.after |= phrase.comparator.is_some();
        take(&mut bound, phrase, range);
    }
    bound.comparator = bound.comparator.or(cap);
    bound.hedges.sort_by_key(|hedge| hedge.start);
    bound
}
