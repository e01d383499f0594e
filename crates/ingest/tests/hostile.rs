//! Whatever bytes a file holds and whatever it is called, reading ends with a
//! text or a sentence.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by a panic")]

use std::path::Path;

use gangmu_ingest::{Options, formats, read};
use proptest::prelude::*;
use proptest::string::string_regex;

/// Reads the bytes under a name of each format and checks what must hold.
fn check(bytes: &[u8], options: &Options) {
    for format in formats() {
        for ending in format.endings() {
            match read(bytes, Path::new(&format!("意见.{ending}")), options) {
                Ok(decoded) => {
                    assert!(!decoded.text.trim().is_empty());
                    assert!(!decoded.text.contains('\0'));
                    assert!(!decoded.media_type.is_empty() && !decoded.charset.is_empty());
                    let mut end = 0;
                    for (span, _) in decoded.places.iter() {
                        assert!(end <= span.start && decoded.text.get(span.clone()).is_some());
                        end = span.end;
                    }
                }
                Err(error) => assert!(!error.to_string().is_empty()),
            }
        }
    }
}

/// A piece of a page: tags of all kinds, opened and closed in any order.
fn piece() -> impl Strategy<Value = String> {
    let tags = "(p|div|table|tr|td|th|ul|ol|li|a|b|h1|br|pre|script|style|select|form|dl|dt|dd|nav|template|svg|math|frameset)";
    let attributes = "( (id|class|href|colspan|rowspan|start|style)=\"?[a-z0-9:.-]{0,9}\"?){0,2}";
    let regex = |pattern: &str| string_regex(pattern).unwrap();
    prop_oneof![
        3 => regex(&format!("<{tags}{attributes}>")),
        3 => regex(&format!("</{tags}>")),
        4 => regex("[一二三、（）第条|\n \u{3000}a-c0-9：索引号]{0,12}"),
        1 => regex("(<!--|-->|&#?x?[0-9a-f]{0,7};?|<!\\[CDATA\\[|\\]\\]>|<\\?|\u{0}|\u{feff})"),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_end_with_a_text_or_a_sentence(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        check(&bytes, &Options::default());
        for label in ["utf-8", "gb18030", "big5", "utf-16"] {
            let encoding = Some(label.parse().unwrap());
            check(&bytes, &Options { encoding, ..Options::default() });
        }
    }

    #[test]
    fn any_tags_end_with_a_text_or_a_sentence(pieces in proptest::collection::vec(piece(), 0..80)) {
        let page = format!("<html>{}", pieces.concat());
        check(page.as_bytes(), &Options::default());
        check(&encoding_rs::GBK.encode(&page).0, &Options::default());
    }

    #[test]
    fn a_page_may_end_anywhere(at in 0.0..1.0_f64) {
        let page = include_bytes!("pages/council.html");
        check(&page[..(page.len() as f64 * at) as usize], &Options::default());
    }
}
