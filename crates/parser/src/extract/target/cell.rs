//! A value that is all there is in a cell: ≥60, 150个以上, 突破2万台, 5%-6%.

use std::ops::Range;

use gangmu_lexicon::Lexicon;
use gangmu_model::{Amount, Change, Comparator};

use super::comparator::bound;
use super::deadline::{self, RawDeadline};
use super::number::figures;

/// The value of a cell, as ranges of the text it stands in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct CellValue {
    pub(crate) value: Option<Amount>,
    pub(crate) value_max: Option<Amount>,
    pub(crate) unit: Option<Range<usize>>,
    pub(crate) value_text: Range<usize>,
    pub(crate) comparator: Comparator,
    pub(crate) change: Option<Change>,
    pub(crate) qualifiers: Vec<Range<usize>>,
    pub(crate) redacted: bool,
    /// What the value is of, where a cell says it of a part: 重点城市≥30.
    pub(crate) scope: Option<Range<usize>>,
}

/// Reads a cell that holds a number, what bounds it, its unit and no more.
pub(crate) fn read_value(text: &str, cell: Range<usize>, lexicon: &Lexicon) -> Option<CellValue> {
    // 〔18〕 is a figure over several years.
    let words = &text[cell.clone()];
    let start = cell.end - words.trim_start_matches(['(', '[', '〔']).len();
    let end = start + text[start..cell.end].trim_end_matches([')', ']', '〕', '。', ';']).len();
    let found = figures(text, &(start..end), &[], lexicon);
    let [figure] = found.as_slice() else { return None };
    let bound = bound(text, start, &figure.range, end);
    if bound.start > start || bound.end < end {
        return None;
    }
    // A figure alone is what is planned, as is one behind 下降.
    let comparator = match figure.value_max {
        Some(_) => Comparator::Between,
        None => bound.comparator.unwrap_or(Comparator::Equal),
    };
    Some(CellValue {
        value: figure.value,
        value_max: figure.value_max,
        unit: figure
            .unit
            .clone()
            .map(|unit| unit.end - text[unit.clone()].trim_start().len()..unit.end),
        value_text: figure.range.clone(),
        comparator,
        change: bound.change,
        qualifiers: bound.hedges,
        redacted: figure.redacted,
        scope: None,
    })
}

/// Reads a value behind the name of the part that it is of: 重点城市≥30, 成片:五年累计约110.
pub(crate) fn read_scoped_value(
    text: &str,
    cell: Range<usize>,
    lexicon: &Lexicon,
) -> Option<CellValue> {
    const LONGEST_SCOPE_CHARS: usize = 15;
    const OVER_THE_YEARS: [&str; 5] = ["五年", "5年", "期间", "五年内", "规划期内"];
    let words = &text[cell.clone()];
    let opened = words.len() - words.trim_start_matches(['(', '[', '〔']).len();
    let end = words.find([':', '≥', '≤', '>', '<', '≧', '≦']).filter(|&end| end > opened)?;
    let scope = cell.start + opened..cell.start + end;
    let named = &text[scope.clone()];
    let is_name = named.chars().count() <= LONGEST_SCOPE_CHARS
        && !named.contains(|ch: char| ch.is_ascii_digit() || ",;。(".contains(ch));
    let mut rest = text[scope.end..cell.end].trim_start_matches(':');
    if let Some(summed) = OVER_THE_YEARS.iter().find_map(|years| rest.strip_prefix(years))
        && summed.starts_with("累计")
    {
        rest = summed;
    }
    let value = read_value(text, cell.end - rest.len()..cell.end, lexicon)?;
    is_name.then_some(CellValue { scope: Some(scope), ..value })
}

/// The word in the head of a column that says how its values are spread over the years:
/// of 年均[累计] the first for a bare value, the second for one in brackets.
pub(crate) fn spread_of_head(text: &str, head: Range<usize>, cell: &str) -> Option<Range<usize>> {
    let is_bracketed = cell.starts_with(['[', '〔']);
    let word = if is_bracketed { "累计" } else { "年均" };
    let at = head.start + text[head.clone()].find(word)?;
    Some(at..at + word.len())
}

/// Takes the unit in brackets off the name of an indicator: 全员劳动生产率(万元/人).
pub(crate) fn unit_of_name(
    text: &str,
    name: Range<usize>,
    lexicon: &Lexicon,
) -> (Range<usize>, Option<Range<usize>>) {
    let words = &text[name.clone()];
    let unit = [('(', ')'), ('[', ']'), ('〔', '〕')].into_iter().find_map(|(open, close)| {
        let at = words.strip_suffix(close)?.rfind(open).filter(|at| *at > 0)?;
        let inner = at + open.len_utf8()..words.len() - close.len_utf8();
        is_unit(&words[inner.clone()], lexicon).then_some((at, inner))
    });
    match unit {
        Some((at, inner)) => {
            (name.start..name.start + at, Some(name.start + inner.start..name.start + inner.end))
        }
        None => (name, None),
    }
}

/// Which way the name of an indicator says that its value moves: 能耗降低.
pub(crate) fn change_of_name(text: &str, name: &Range<usize>) -> Option<Change> {
    bound(text, name.start, &(name.end..name.end), name.end).change
}

fn is_unit(words: &str, lexicon: &Lexicon) -> bool {
    let listed =
        lexicon.units().longest_prefix(words).is_some_and(|found| found.text.len() == words.len());
    // EFlops, ms, ‰: what is written in Latin letters or with a stroke is no remark.
    let foreign = words.len() <= 12
        && words.chars().all(|ch| ch.is_ascii_alphanumeric() || "%‰/·℃".contains(ch))
        && words.contains(|ch: char| !ch.is_ascii_digit());
    listed || foreign
}

/// Reads the date of a cell that says by when: 2025年12月, 2026年6月底前.
pub(crate) fn cell_deadline(
    text: &str,
    cell: Range<usize>,
    document_year: Option<i32>,
) -> Option<RawDeadline> {
    let found = deadline::find(text, &cell, &[], document_year)?;
    found.span.is_none().then_some(found.deadline)
}
