//! What the cells of a table look like: values, bounds, units, the stroke for none.

use gangmu_lexicon::Lexicon;

use crate::columns::ColumnKind;

/// Whether the cells of a column may be figures.
pub(crate) fn may_count(kind: Option<ColumnKind>) -> bool {
    matches!(kind, None | Some(ColumnKind::Target | ColumnKind::Base | ColumnKind::Year))
}

/// Whether folded words hold a sign that bounds a value, which no name does.
pub(crate) fn holds_bound(folded: &str) -> bool {
    folded.contains(['≥', '≤', '>', '<'])
}

pub(crate) fn is_han(ch: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&ch)
}

/// Whether folded words hold a value, or the dash that stands for none.
pub(crate) fn is_value(folded: &str) -> bool {
    folded.contains(|ch: char| ch.is_ascii_digit()) || is_dash(folded)
}

/// The stroke that stands for no value.
pub(crate) fn is_dash(folded: &str) -> bool {
    folded.chars().all(|ch| matches!(ch, '-' | '—' | '–' | '/' | '\\'))
}

/// Whether folded words are a unit, or the stroke that stands for none.
pub(crate) fn names_unit(folded: &str) -> bool {
    let found = Lexicon::builtin().units().longest_prefix(folded);
    found.is_some_and(|found| found.text.len() == folded.len())
        || matches!(folded, "/" | "-" | "—" | "——")
}
