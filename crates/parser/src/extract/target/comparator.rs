//! What bounds a number: the words before it (不低于, 提高到) and after it (以上, 左右).

use std::ops::Range;
use std::sync::OnceLock;

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
    hedge: bool,
    /// 控制在 caps only where nothing else bounds: 控制在29微克左右.
    weak: bool,
}

const TABLE: &str = include_str!("../../../../../seeds/lexicon/target-bounds.tsv");

struct Phrases {
    before: Vec<Phrase>,
    after: Vec<Phrase>,
}

fn phrases() -> &'static Phrases {
    static PHRASES: OnceLock<Phrases> = OnceLock::new();
    PHRASES.get_or_init(|| {
        let mut phrases = Phrases { before: Vec::new(), after: Vec::new() };
        for line in TABLE.lines().skip(1) {
            let mut cells = line.split('\t');
            let (Some(place), Some(words)) = (cells.next(), cells.next()) else { continue };
            let phrase = Phrase {
                words,
                comparator: cells.next().and_then(comparator),
                change: cells.next().and_then(change),
                hedge: false,
                weak: false,
            };
            let kind = cells.next();
            let phrase =
                Phrase { hedge: kind == Some("hedge"), weak: kind == Some("weak"), ..phrase };
            match place {
                "before" => phrases.before.push(phrase),
                _ => phrases.after.push(phrase),
            }
        }
        phrases.before.sort_by_key(|phrase| std::cmp::Reverse(phrase.words.len()));
        phrases.after.sort_by_key(|phrase| std::cmp::Reverse(phrase.words.len()));
        phrases
    })
}

fn comparator(name: &str) -> Option<Comparator> {
    Some(match name {
        "at_least" => Comparator::AtLeast,
        "at_most" => Comparator::AtMost,
        "more_than" => Comparator::MoreThan,
        "less_than" => Comparator::LessThan,
        "reach" => Comparator::Reach,
        "equal" => Comparator::Equal,
        "about" => Comparator::About,
        _ => return None,
    })
}

fn change(name: &str) -> Option<Change> {
    Some(match name {
        "increase_to" => Change::IncreaseTo,
        "decrease_to" => Change::DecreaseTo,
        "increase_by" => Change::IncreaseBy,
        "decrease_by" => Change::DecreaseBy,
        _ => return None,
    })
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
        if phrase.weak {
            cap = cap.or(phrase.comparator);
        } else if let Some(comparator) = phrase.comparator
            && bound.comparator.is_none_or(|held| rank(comparator) > rank(held))
        {
            bound.comparator = Some(comparator);
        }
        bound.change = bound.change.or(phrase.change);
        if phrase.hedge {
            bound.hedges.push(range);
        }
    };
    loop {
        let before = &text[floor..bound.start];
        let Some(phrase) = phrases().before.iter().find(|phrase| before.ends_with(phrase.words))
        else {
            break;
        };
        let start = bound.start - phrase.words.len();
        // 覆盖率达 ends in 达, but 发达 does too.
        if phrase.words == "达" && text[floor..start].ends_with(['发', '表', '直', '到']) {
            break;
        }
        let range = start..bound.start;
        take(&mut bound, phrase, range);
        bound.before |= phrase.comparator.is_some() || phrase.change.is_some();
        bound.start = start;
    }
    loop {
        let after = &text[bound.end..ceiling];
        let Some(phrase) = phrases().after.iter().find(|phrase| after.starts_with(phrase.words))
        else {
            break;
        };
        // 以内 may stand alone as 内, but 内 also begins 内部.
        if phrase.words == "内" && after.len() > 3 && !after[3..].starts_with(['、', '(']) {
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
