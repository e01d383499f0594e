//! Targets of one paragraph: what is to be reached, and by when.
//!
//! In goes one folded paragraph, out come the clauses of it that state a goal,
//! as byte ranges. A deadline governs the clauses after it until the next one or
//! the end of the sentence; a number counts where words beside it say that it is
//! to be reached, kept or built; a clause without a number counts where it is
//! dated or names a floor in words. Facts about the past, money paid and fined,
//! conditions and enumerations are none.

mod baseline;
mod calendar;
mod carried;
mod cell;
mod clause;
mod comparator;
mod deadline;
mod evidence;
mod exclusion;
mod indicator;
mod measured;
mod number;
mod pieces;
mod qualitative;
mod quantity;
mod sentence;
mod service;
mod shift;
mod signs;
#[cfg(test)]
mod tests;
mod titles;
mod words;

use std::ops::Range;
use std::sync::LazyLock;

use gangmu_lexicon::Lexicon;
use gangmu_model::{Amount, Change, Comparator, TargetType};

pub(crate) use carried::{heading_deadline, introduced_deadline, lead_deadline, stated_deadline};
use carried::{opening_deadline, sentence_deadline};
pub(crate) use cell::{
    CellValue, cell_deadline, change_of_name, read_scoped_value, read_value, spread_of_head,
    unit_of_name,
};
pub(crate) use deadline::{RawDeadline, five_year_plan};
pub(crate) use titles::{Titles, names_goals, opens_after_a_plan};

use crate::word_set::WordSet;

/// A clause of more bytes is no language: a table run together, or noise.
const LONGEST_CLAUSE: usize = 3000;

/// What a paragraph cannot say of itself.
pub(crate) struct TargetContext<'a> {
    pub(crate) lexicon: &'a Lexicon,
    /// What the titles above say.
    pub(crate) titles: &'a Titles<'a>,
    /// The year of the document where known: a date before it is a fact.
    pub(crate) document_year: Option<i32>,
    /// Where that is not known: the first year by which the document wants something.
    pub(crate) first_goal_year: Option<i32>,
    /// The deadline that an introducing line sets.
    pub(crate) inherited_deadline: Option<RawDeadline>,
    /// False in regulations, where numbers are limits and fines.
    pub(crate) goals_expected: bool,
}

/// Words of the paragraph, or words put together from several places of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Wording {
    /// Verbatim at this place.
    Place(Range<usize>),
    /// Composed, since the clause elides a part: 小学 + 学生近视率.
    Composed(String),
}

/// What a change is measured from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct RawBaseline {
    pub(crate) range: Range<usize>,
    pub(crate) year: Option<i32>,
}

/// One goal, as ranges into the folded paragraph.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct RawTarget {
    pub(crate) target_type: TargetType,
    /// The clause without its deadline.
    pub(crate) range: Range<usize>,
    pub(crate) indicator: Option<Wording>,
    pub(crate) scope: Option<Range<usize>>,
    pub(crate) deadline: Option<RawDeadline>,
    pub(crate) comparator: Option<Comparator>,
    pub(crate) value: Option<Amount>,
    pub(crate) value_max: Option<Amount>,
    pub(crate) unit: Option<Range<usize>>,
    pub(crate) value_text: Option<Range<usize>>,
    pub(crate) change: Option<Change>,
    pub(crate) baseline: Option<RawBaseline>,
    pub(crate) qualifiers: Vec<Range<usize>>,
    pub(crate) redacted: bool,
}

/// Finds the targets of a folded paragraph, in order.
///
/// A deadline that opens a paragraph holds for the later sentences too, until
/// one of them names a time: 到2020年,…基本解决。全国农机总动力超过10亿千瓦。
pub(crate) fn extract_targets(paragraph: &str, context: &TargetContext<'_>) -> Vec<RawTarget> {
    let mut targets = Vec::new();
    let inherits = context.inherited_deadline.is_some();
    let mut opening: Option<RawDeadline> = None;
    for (at, range) in clause::sentences(paragraph).enumerate() {
        if inherits || may_state_goal(&paragraph[range.clone()]) {
            if context.titles.look_back() {
                return targets;
            }
            let sentence = clause::Sentence::cut(paragraph, range);
            let n_before = targets.len();
            sentence::read(paragraph, &sentence, context, &mut targets);
            if at == 0 && context.goals_expected {
                let first = &paragraph[sentence.range.clone()];
                opening = opening_deadline(paragraph, context.document_year).or_else(|| {
                    let aims = context.titles.nearest_names_goals();
                    aims.then(|| stated_deadline(first, context.document_year)).flatten()
                });
            } else if let Some(deadline) = own_goals(context)
                .then(|| {
                    sentence_deadline(paragraph, sentence.range.clone(), context.document_year)
                })
                .flatten()
            {
                // Under a title of goals a date holds wherever it begins to.
                opening = Some(deadline);
            } else if let Some(deadline) = &opening {
                let dated = targets[n_before..].iter().any(|target| target.deadline.is_some());
                let told =
                    targets.len() == n_before && names_year(&paragraph[sentence.range.clone()]);
                if dated || told {
                    // Another time is spoken of from here on.
                    opening = None;
                } else {
                    // 每年提升1个百分点 goes on, whatever date stands before it.
                    let once =
                        |target: &&mut RawTarget| !paragraph[target.range.clone()].contains("每年");
                    for target in targets[n_before..].iter_mut().filter(once) {
                        target.deadline = Some(RawDeadline { range: None, ..deadline.clone() });
                    }
                }
            }
        }
    }
    targets
}

/// Whether the nearest title says that goals follow.
fn own_goals(context: &TargetContext<'_>) -> bool {
    context.goals_expected && context.titles.nearest_names_goals()
}

/// Whether a text names a calendar year: 2025年.
fn names_year(text: &str) -> bool {
    text.match_indices('年').any(|(at, _)| {
        let before = &text.as_bytes()[..at];
        before.len() >= 4 && before[before.len() - 4..].iter().all(u8::is_ascii_digit)
    })
}

/// Whether a text holds any sign of a goal; cheap, so that most text costs one scan.
fn may_state_goal(text: &str) -> bool {
    static WORDS: LazyLock<WordSet> = LazyLock::new(|| {
        WordSet::parse(concat!(
            "世纪中|十一五|十二五|十三五|十四五|十五五|十六五|十七五|十八五|十九五|不再|一番|两番|翻番|一倍|两倍|",
            "百项|百家|百个|百名|千项|千家|千个|千名|万项|万家|万个|万名|",
            "只增不减|只减不增|零增长|负增长|年内|年底|月底|今年|明年|月前|今后|未来|××|〇|○|",
            "不降低|不减少|不下降|不增加|不突破|不改变|不反弹|不变|亿亩|万亩|千亿|百亿|万亿|",
            "家以上|个以上|名以上|人以上|项以上|次以上|所以上|件以上|场以上|",
            "至半|在半|过半天|过半个|百分之|每个|",
            "超过一|超过两|超过三|少于一|少于两|少于三|低于一|低于两|低于三|多于一|多于两|多于三|",
            "0|1|2|3|4|5|6|7|8|9|*",
        ))
    });
    WORDS.is_in(text)
}
