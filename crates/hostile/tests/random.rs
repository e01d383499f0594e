//! Whatever the text, nothing is lost: random mixtures of numbers, brackets,
//! widths and line ends, and random characters, are read and verified.

use gangmu_hostile::{PIECES, check, check_bytes, mixture, widened};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mixtures_of_structure_lose_nothing(picks in prop::collection::vec(0..PIECES.len(), 0..120)) {
        let text: String = picks.into_iter().map(|pick| PIECES[pick]).collect();
        check(&text);
        check(&widened(&text));
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

/// What is read is shorter than what is written, and no place in one is a place in the other.
#[test]
fn places_in_what_is_read_are_no_places_in_the_text() {
    check("办好。\n３０ 不断优化服务。\n");
    let sentence = "坚持以人民为中心，".repeat(12);
    check(&format!("一、要求（一）思想。{sentence}表二 、深入调整结构(三)淘汰。{sentence}"));
}

/// A box that bears its chapter's name, and numbers behind it that go on in the measure.
#[test]
fn a_box_in_the_midst_of_a_measure_stays_there() {
    check("一、甲\n（一）乙\n专栏1 甲\n专栏2 丙\n二、丁");
    check("一、甲\n（一）乙\n1.丙\n专栏1 甲\n2.丁\n（二）戊");
    check("一、甲\n（一）乙\n1.丙\n专栏1 甲\n1.丁\n2.戊\n2.己\n二、庚");
}
