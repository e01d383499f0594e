//! National bodies by all their names.

use crate::fold::fold;
use crate::table::{DataError, Map, Table, names};

/// National bodies.
#[derive(Debug, Default)]
pub(crate) struct NationalBodies {
    /// Full names of today.
    pub(crate) full: Vec<&'static str>,
    /// Every folded name, short and former ones included.
    pub(crate) by_name: Map<String, usize>,
    /// Every name as written, for the tokenizer's dictionary.
    pub(crate) words: Vec<&'static str>,
}

impl NationalBodies {
    /// Returns every folded name, in no order.
    #[cfg(test)]
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.by_name.keys().map(String::as_str)
    }

    pub(crate) fn load(table: Table, errors: &mut Vec<DataError>) -> Self {
        let mut loaded = Self::default();
        for row in table.rows::<5>(errors) {
            let [full, aliases, former, _group, _source] = row.cells;
            let at = loaded.full.len();
            loaded.full.push(full);
            for name in std::iter::once(full).chain(names(aliases)).chain(names(former)) {
                let Some(folded) = fold(name) else {
                    errors.push(table.error(row.line, format!("unreadable name {name:?}")));
                    continue;
                };
                if loaded.by_name.insert(folded, at).is_some() {
                    errors.push(table.error(row.line, format!("{name} names two bodies")));
                }
                loaded.words.push(name);
            }
        }
        loaded
    }
}
