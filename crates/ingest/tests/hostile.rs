//! Whatever bytes a file holds and whatever it is called, reading ends with a
//! text or a sentence.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by a panic")]

#[cfg(feature = "docx")]
mod office;
#[cfg(feature = "pdf")]
mod pdf_file;

use std::path::Path;

use gangmu_ingest::{Options, formats, read};
use proptest::prelude::*;
use proptest::string::string_regex;

/// Reads the bytes under a name of each format and checks what must hold.
fn check(bytes: &[u8], options: &Options) {
    for format in formats() {
        for ending in format.endings() {
            check_as(bytes, ending, options);
        }
    }
}

/// Checks what must hold of bytes under a name with an ending.
fn check_as(bytes: &[u8], ending: &str, options: &Options) {
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

/// A piece of the XML of a Word file: elements of all kinds, most of them closed.
#[cfg(feature = "docx")]
fn element() -> impl Strategy<Value = String> {
    let names = "(p|r|t|pPr|rPr|numPr|numId|ilvl|pStyle|tbl|tr|tc|tcPr|trPr|gridSpan|vMerge|hMerge|gridBefore|del|ins|\
                 moveFrom|fldChar|instrText|sdt|sdtPr|sdtContent|showingPlcHdr|txbxContent|AlternateContent|Choice|Fallback|\
                 footnoteReference|footnote|sym|br|tab|vanish|ruby|rt|abstractNum|num|lvl|lvlText|start|lvlOverride|style)";
    let attributes = "( (val|id|abstractNumId|numId|ilvl|fldCharType|char|styleId|type)=\"(0|1|9|99999999999|restart|begin|\
                      separate|end|%1.%9|F0B7|numbering|)\"){0,2}";
    let regex = |pattern: &str| string_regex(pattern).unwrap();
    let leaf = prop_oneof![regex("[一（）.0-9]{0,4}"), regex(&format!("<{names}{attributes}/>"))];
    let open = regex(&format!("{names}\u{1}{attributes}")).boxed();
    leaf.prop_recursive(6, 60, 6, move |inner| {
        (open.clone(), proptest::collection::vec(inner, 0..6)).prop_map(|(open, inner)| {
            let (name, attributes) = open.split_once('\u{1}').unwrap();
            format!("<{name}{attributes}>{}</{name}>", inner.concat())
        })
    })
}

/// Files of this repository that hold other files.
#[cfg(any(feature = "docx", feature = "xlsx"))]
fn office_files() -> impl Strategy<Value = Vec<u8>> {
    proptest::sample::select(vec![
        "water.docx",
        "water-libreoffice.docx",
        "water.xlsx",
        "water-libreoffice.xlsx",
        #[cfg(feature = "ofd")]
        "liaoning.ofd",
    ])
    .prop_map(|name| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/formats");
        std::fs::read(folder.join(name)).unwrap()
    })
}

#[cfg(feature = "pdf")]
proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn a_pdf_may_be_damaged_anywhere(
        changes in proptest::collection::vec((0.0..1.0_f64, any::<u8>()), 0..12),
        end in prop_oneof![Just(1.0), 0.0..1.0_f64],
    ) {
        let mut file = include_bytes!("../../../tests/formats/liaoning.pdf").to_vec();
        for (at, byte) in changes {
            let at = (file.len() as f64 * at) as usize;
            file[at] = byte;
        }
        file.truncate((file.len() as f64 * end) as usize);
        check_as(&file, "pdf", &Options::default());
    }

    #[test]
    fn any_drawing_ends_with_a_text_or_a_sentence(words in proptest::collection::vec(operator(), 0..60)) {
        let file = pdf_file::with_pages(&[words.join(" ").as_bytes()]);
        check_as(&file, "pdf", &Options::default());
    }
}

/// An operator of a page, or what it works on.
#[cfg(feature = "pdf")]
fn operator() -> impl Strategy<Value = String> {
    prop_oneof![
        proptest::sample::select(vec![
            "BT", "ET", "Tj", "TJ", "Td", "Tm", "Tf", "q", "Q", "cm", "Do", "'", "\"", "BI", "ID",
            "EI", "[", "]", "<<", ">>", "re", "W", "n", "f", "Tr", "Tc", "Tz", "gs", "/F", "/X",
            "T*", "TL",
        ])
        .prop_map(str::to_owned),
        string_regex("-?[0-9]{1,12}(\\.[0-9]{1,9})?").unwrap(),
        string_regex("<([0-9a-f]{4}){0,6}>").unwrap(),
        string_regex("\\([ -~]{0,9}\\)?").unwrap(),
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

    #[cfg(feature = "docx")]
    #[test]
    fn any_elements_end_with_a_text_or_a_sentence(
        body in proptest::collection::vec(element(), 0..8),
        numbering in proptest::collection::vec(element(), 0..8),
        notes in element(),
    ) {
        let roles = [("numbering", "numbering.xml"), ("styles", "numbering.xml"), ("footnotes", "footnotes.xml")];
        let file = office::package(&[
            ("word/document.xml", format!("<document><body>{}</body></document>", body.concat())),
            ("word/_rels/document.xml.rels", office::relationships(&roles)),
            ("word/numbering.xml", format!("<numbering>{}</numbering>", numbering.concat())),
            ("word/footnotes.xml", format!("<footnotes>{notes}</footnotes>")),
        ]);
        check(&file, &Options::default());
    }

    #[cfg(any(feature = "docx", feature = "xlsx"))]
    #[test]
    fn an_office_file_may_be_damaged_anywhere(
        file in office_files(),
        changes in proptest::collection::vec((0.0..1.0_f64, any::<u8>()), 0..4),
        end in prop_oneof![Just(1.0), 0.0..1.0_f64],
    ) {
        let mut file = file;
        for (at, byte) in changes {
            let at = (file.len() as f64 * at) as usize;
            file[at] = byte;
        }
        file.truncate((file.len() as f64 * end) as usize);
        check(&file, &Options::default());
    }
}
