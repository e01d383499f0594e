//! From findings to those worth telling: one root cause, one diagnostic.
//!
//! Goes in: what the readers of single paragraphs found, with the source. Comes
//! out: the same list without what the layout explains, what another finding
//! has told, and what a name or a quantity may well lack.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use foldhash::fast::RandomState;
use gangmu_model::{Diagnostic, DiagnosticCode, LineTable, Target};

use crate::fold::fold;
use crate::lines::{GUTTER, has_gutter, is_blank};

const TABLE: &str = include_str!("../../../seeds/lexicon/check-words.tsv");

/// Endings of one class of `check-words.tsv`.
struct Endings(Vec<&'static str>);

impl Endings {
    fn of(class: &str) -> Self {
        let words = TABLE.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
            let mut cells = line.split('\t');
            (cells.next() == Some(class)).then(|| cells.next()).flatten()
        });
        Self(words.collect())
    }

    fn end(&self, text: &str) -> bool {
        self.0.iter().any(|ending| text.len() > ending.len() && text.ends_with(ending))
    }
}

static ORGANISATIONS: LazyLock<Endings> = LazyLock::new(|| Endings::of("organisation"));
static UNITLESS: LazyLock<Endings> = LazyLock::new(|| Endings::of("unitless"));

/// Keeps the findings that are worth a look.
pub(crate) fn sift(
    text: &str,
    table: &LineTable<'_>,
    targets: &[Target],
    diagnostics: &mut Vec<Diagnostic>,
) {
    let unclosed_ends: HashSet<usize, RandomState> = diagnostics
        .iter()
        .filter(|each| each.code == DiagnosticCode::UnbalancedBracket)
        .map(|each| each.span.end())
        .collect();
    let units: HashMap<Range<usize>, &Target, RandomState> =
        targets.iter().map(|target| (target.span.range(), target)).collect();
    diagnostics.retain(|each| {
        let place = each.span.range();
        match each.code {
            DiagnosticCode::UnbalancedBracket | DiagnosticCode::UnknownAgency
                if is_across_columns(&text[place.clone()]) =>
            {
                false
            }
            DiagnosticCode::UnknownAgency => {
                !unclosed_ends.contains(&place.end) && !is_organisation(&text[place])
            }
            DiagnosticCode::EmptyAgency => !is_blank_of_form(text, &place),
            DiagnosticCode::MissingUnit => {
                units.get(&place).is_none_or(|target| lacks_unit(text, &place, target))
            }
            _ => true,
        }
    });
    tell_repeats_once(text, table, diagnostics);
}

/// Whether a name has the form of some organisation, known or not. A bracket
/// at its end says more of it: 省数据集团(筹).
fn is_organisation(name: &str) -> bool {
    let name = fold(name);
    let plain = name
        .find(['(', '〔', '〈', '<'])
        .filter(|&at| at > 0)
        .map_or(name.as_str(), |at| &name[..at]);
    ORGANISATIONS.end(&name) || ORGANISATIONS.end(plain)
}

/// Whether a piece of text runs from one column of a printed table into the next.
fn is_across_columns(piece: &str) -> bool {
    piece.lines().any(|line| has_gutter(line.trim(), GUTTER))
}

/// A label alone on its line is a blank of a form, to be filled in: 参加单位:
fn is_blank_of_form(text: &str, label: &Range<usize>) -> bool {
    let line_before = text[..label.start].rsplit(['\n', '\r']).next().unwrap_or("");
    let line_after = text[label.end..].split(['\n', '\r']).next().unwrap_or("");
    line_before.chars().all(is_blank)
        && line_after.chars().all(|ch| is_blank(ch) || matches!(ch, ':' | '：' | '_'))
}

/// Whether a number without a unit has lost one: 森林覆盖率达到95. Not a cell of a
/// table, whose head holds the unit; not 床位与人员比例1:1.5; not PUE 1.2.
fn lacks_unit(text: &str, place: &Range<usize>, target: &Target) -> bool {
    let clause = &text[place.clone()];
    let in_table =
        clause.lines().any(|line| line.contains(['\t', '|']) || line.trim().contains("  "));
    let goes_on =
        text[place.end..].starts_with([':', '：', '∶', '/', '%', '％', '×', '*', '|', ' ', '\t']);
    let broken_off = text[place.end..].starts_with(['\n', '\r']);
    let Some(indicator) = target.indicator.as_deref().map(fold) else { return false };
    let plain = indicator.split(['(', '〔']).next().unwrap_or("");
    let named = plain.ends_with(|ch: char| ('\u{4e00}'..='\u{9fff}').contains(&ch));
    !in_table && !goes_on && !broken_off && named && !UNITLESS.end(&format!("之{plain}"))
}

/// A name, or a bracket that is faulty in the same way, that stands in many places is told at
/// the first, with the others' lines.
fn tell_repeats_once(text: &str, table: &LineTable<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let what = |each: &Diagnostic| match each.code {
        DiagnosticCode::UnknownAgency => Some(fold(&text[each.span.range()])),
        DiagnosticCode::UnbalancedBracket => Some(each.message.clone()),
        _ => None,
    };
    let mut places: HashMap<String, Vec<usize>, RandomState> = HashMap::default();
    for each in diagnostics.iter() {
        if let Some(what) = what(each) {
            places.entry(what).or_default().push(each.span.start());
        }
    }
    places.values_mut().for_each(|places| places.sort_unstable());
    if places.values().all(|places| places.len() == 1) {
        return;
    }
    diagnostics.retain_mut(|each| {
        let Some(places) = what(each).and_then(|what| places.get(&what)) else { return true };
        if places.first() != Some(&each.span.start()) {
            return false;
        }
        let mut lines: Vec<String> =
            places[1..].iter().map(|&at| table.span(at..at).line().to_string()).collect();
        lines.dedup();
        if lines.len() == 1 && lines[0] == each.span.line().to_string() {
            each.message.push_str(&format!("; it stands here {} times", places.len()));
        } else if places.len() > 1 {
            each.message.push_str(&format!("; also on line {}", lines.join(", ")));
        }
        true
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_the_form_of_an_organisation() {
        for name in [
            "之江实验室",
            "各中试基地",
            "人行营业管理部",
            "省数据集团（筹）",
            "杭州市",
            "相关\n建设运营主体",
        ] {
            assert!(is_organisation(name), "{name}");
        }
        for name in ["推进落实到位", "省数", "省经", "部"] {
            assert!(!is_organisation(name), "{name}");
        }
    }

    #[test]
    fn blanks_of_a_form() {
        let text = "归口单位：\n参加单位：\n（责任单位：）\n";
        let at = |word: &str| text.find(word).map(|at| at..at + word.len()).unwrap();
        assert!(is_blank_of_form(text, &at("参加单位")));
        assert!(!is_blank_of_form(text, &at("责任单位")));
    }
}
