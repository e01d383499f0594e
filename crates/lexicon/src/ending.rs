//! The last characters that names of bodies have: what ends otherwise is none.

use crate::fold::fold_char;

/// Last characters of all names and endings of the lists, sorted. They are written
/// down so that a word that is no name is known for none without the lists.
const LAST: &str = ")业人会位体保信关力办动化区协厅县台司唐团塔处大央委子学室局州市府心总所投指支政构校核检武油法派班电社科站等管粮组织网署联能草行议通道部钢镇门队院面馆";

/// Says whether a written name may end in this character. Brackets and
/// what folding drops may stand at any end.
pub(crate) fn may_end_in(last: char) -> bool {
    let folded = fold_char(last);
    folded == ')'
        || LAST.contains(folded)
        || (!last.is_alphanumeric() && !last.is_ascii_punctuation())
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
}
