//! Whatever the text, nothing is lost: random mixtures of numbers, brackets,
//! widths and line ends, and random characters, are read and verified.

use gangmu_hostile::{PIECES, check, check_bytes, mixture};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mixtures_of_structure_lose_nothing(picks in prop::collection::vec(0..PIECES.len(), 0..120)) {
        let text: String = picks.into_iter().map(|pick| PIECES[pick]).collect();
        check(&text);
    }

    #[test]
    fn any_characters_lose_nothing(text in ".{0,400}") {
        check(&text);
    }

    #[test]
    fn long_lines_and_many_paragraphs_lose_nothing(
        picks in prop::collection::vec((0..PIECES.len(), 1usize..40), 1..40),
    ) {
        let text: String = picks.into_iter().map(|(pick, times)| PIECES[pick].repeat(times)).collect();
        check(&text);
    }

    #[test]
    fn any_bytes_lose_nothing(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        check_bytes(&bytes);
        check(&mixture(&bytes));
    }
}
