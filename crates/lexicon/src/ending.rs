//! The last characters that names of bodies have: what ends otherwise is none.

use crate::fold::fold_char;
use crate::{AGENCIES, LOCAL_AGENCIES};

/// Last characters of all names and endings of the lists, sorted. They are written
/// down so that a word that is no name is known for none without the lists.
const LAST: &str = ")业人企会位体保信关力办动化区协厅县台司唐团塔处大央委子学室局州市府心总所投指支政构校核检武油法派班电社科站等管粮组织网署联能草行议通道部钢镇门队院面馆";

/// Says whether a written name may end in this character. Brackets and
/// what folding drops may stand at any end.
pub(crate) fn may_end_in(last: char) -> bool {
    let folded = fold_char(last);
    folded == ')'
        || LAST.contains(folded)
        || (!last.is_alphanumeric() && !last.is_ascii_punctuation())
}

/// Says whether a folded name ends like one that is listed, in its last two characters or, where
/// only one stands behind a place, in that one. The lists are looked through as they are written,
/// which costs far less than to read them.
pub(crate) fn may_be_listed(name: &str) -> bool {
    let Some((at, last)) = name.char_indices().next_back() else { return false };
    // Brackets are written in several ways.
    if last == ')' {
        return true;
    }
    let pair = name[..at].char_indices().next_back().map_or(0, |(before, _)| before);
    let lists = [AGENCIES.text, LOCAL_AGENCIES.text];
    let behind_place = ["}", &name[at..]].concat();
    lists.iter().any(|list| list.contains(&name[pair..]) || list.contains(&behind_place))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::Lexicon;

    #[test]
    fn the_characters_are_those_of_the_lists() {
        let lexicon = Lexicon::builtin();
        let names = lexicon.national.names().chain(lexicon.local.endings());
        let last: BTreeSet<char> = names
            .chain(lexicon.wording.endings())
            .filter_map(|name| name.chars().next_back().map(fold_char))
            .collect();
        assert_eq!(LAST, last.into_iter().collect::<String>());
    }

    #[test]
    fn what_is_listed_may_be_listed() {
        let lexicon = Lexicon::builtin();
        for name in lexicon.national.names().chain(lexicon.local.endings()) {
            let name = crate::fold::fold(&format!("辽宁{name}")).unwrap();
            assert!(may_be_listed(&name), "{name}");
        }
        assert!(!may_be_listed("饕餮"));
    }
}
