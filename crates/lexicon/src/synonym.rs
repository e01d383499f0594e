//! Groups of terms that mean the same, for search.

use crate::table::{DataError, Table, names};

/// Terms that stand for one thing: 双碳 and 碳达峰碳中和, PM2.5 and 细颗粒物.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SynonymGroup {
    /// All terms; the first is the short or Latin one.
    pub terms: Vec<&'static str>,
    /// Where the equality comes from: a standard, a law, a document.
    pub source: &'static str,
}

pub(crate) fn load(table: Table, errors: &mut Vec<DataError>) -> Vec<SynonymGroup> {
    let mut groups = Vec::new();
    for row in table.rows::<3>(errors) {
        let [term, equals, source] = row.cells;
        let terms: Vec<_> = std::iter::once(term).chain(names(equals)).collect();
        if term.is_empty() || terms.len() < 2 {
            errors.push(table.error(row.line, "a group needs two terms"));
            continue;
        }
        groups.push(SynonymGroup { terms, source });
    }
    groups
}
