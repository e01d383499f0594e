//! Words that tell how a number binds: 不低于, 以上, 下降到, 左右.

use crate::table::{DataError, Table};

/// How a target's value binds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Comparator {
    /// 不低于, 以上 (the number included).
    AtLeast,
    /// 不超过, 以下, 以内 (the number included).
    AtMost,
    /// 超过 (the number excluded).
    MoreThan,
    /// 不足, 低于 (the number excluded).
    LessThan,
    /// 达到, 实现.
    Reach,
    /// 等于.
    Equal,
    /// 左右, 约.
    About,
    /// A range: 5%—5.5%.
    Between,
}

/// Which way a value is to move, and whether the number is the end or the step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Change {
    /// 提高到.
    IncreaseTo,
    /// 下降到.
    DecreaseTo,
    /// 提高, 增长.
    IncreaseBy,
    /// 下降, 减少.
    DecreaseBy,
}

/// Where a comparator word stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Position {
    /// In front of the number: 不低于95%.
    Before,
    /// Behind the number and its unit: 95%以上.
    After,
    /// Between the two numbers of a range: 5%—5.5%.
    Infix,
}

/// One word. A word behind the number outweighs one in front of it:
/// 控制在29微克/立方米左右 is about, 下降到32微克/立方米以下 at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ComparatorWord {
    /// The word as written.
    pub word: &'static str,
    /// Where it stands.
    pub position: Position,
    /// How the number binds; `None` where the word tells only the change (增长5%).
    pub comparator: Option<Comparator>,
    /// Which way the value moves; `None` where the word does not say.
    pub change: Option<Change>,
    /// Where the reading comes from.
    pub source: &'static str,
}

/// Loads the words, longest first within the same position.
pub(crate) fn load(table: Table, errors: &mut Vec<DataError>) -> Vec<ComparatorWord> {
    let mut words = Vec::new();
    for row in table.rows::<5>(errors) {
        let [word, position, comparator, change, source] = row.cells;
        let read = (read_position(position), read_comparator(comparator), read_change(change));
        let (Some(position), Some(comparator), Some(change)) = read else {
            errors.push(table.error(row.line, "unknown position, comparator or change"));
            continue;
        };
        words.push(ComparatorWord { word, position, comparator, change, source });
    }
    words.sort_by_key(|word| std::cmp::Reverse(word.word.chars().count()));
    words
}

fn read_position(cell: &str) -> Option<Position> {
    Some(match cell {
        "before" => Position::Before,
        "after" => Position::After,
        "infix" => Position::Infix,
        _ => return None,
    })
}

fn read_comparator(cell: &str) -> Option<Option<Comparator>> {
    Some(Some(match cell {
        "" => return Some(None),
        "at_least" => Comparator::AtLeast,
        "at_most" => Comparator::AtMost,
        "more_than" => Comparator::MoreThan,
        "less_than" => Comparator::LessThan,
        "reach" => Comparator::Reach,
        "equal" => Comparator::Equal,
        "about" => Comparator::About,
        "between" => Comparator::Between,
        _ => return None,
    }))
}

fn read_change(cell: &str) -> Option<Option<Change>> {
    Some(Some(match cell {
        "" => return Some(None),
        "increase_to" => Change::IncreaseTo,
        "decrease_to" => Change::DecreaseTo,
        "increase_by" => Change::IncreaseBy,
        "decrease_by" => Change::DecreaseBy,
        _ => return None,
    }))
}
