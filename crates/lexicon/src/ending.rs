//! The last characters that names of bodies have: what ends otherwise is none.

use std::collections::HashSet;

use foldhash::fast::RandomState;

use crate::fold::fold_char;
use crate::local::LocalBodies;
use crate::national::NationalBodies;
use crate::wording::Wording;

/// Last characters of all names and endings of the lists.
#[derive(Debug, Default)]
pub(crate) struct Endings(HashSet<char, RandomState>);

impl Endings {
    pub(crate) fn of(national: &NationalBodies, local: &LocalBodies, wording: &Wording) -> Self {
        let last = |name: &str| name.chars().next_back().map(fold_char);
        let mut endings: HashSet<char, RandomState> = HashSet::default();
        endings.extend(national.names().filter_map(last));
        endings.extend(local.endings().filter_map(last));
        endings.extend(wording.endings().filter_map(last));
        Self(endings)
    }

    /// Says whether a written name may end in this character. Brackets and
    /// what folding drops may stand at any end.
    pub(crate) fn allow(&self, last: char) -> bool {
        let folded = fold_char(last);
        folded == ')'
            || self.0.contains(&folded)
            || (!last.is_alphanumeric() && !last.is_ascii_punctuation())
    }
}
