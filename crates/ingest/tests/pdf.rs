//! What is read of a PDF file, and what is said of one that cannot be read.

#![cfg(feature = "pdf")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by a panic")]

mod pdf_file;

use std::io::Write as _;
use std::path::Path;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use gangmu_ingest::{Decoded, Error, Limit, Limits, Options, read};
use pdf_file::{objects, stream, with_objects, with_pages};

fn decode(bytes: &[u8]) -> Result<Decoded, Error> {
    read(bytes, Path::new("意见.pdf"), &Options::default())
}

/// Draws words at a place, in letters of 16 points.
fn words(left: f32, bottom: f32, text: &str) -> String {
    let codes: String = text.encode_utf16().map(|unit| format!("{unit:04x}")).collect();
    format!("BT /F 16 Tf {left} {bottom} Td <{codes}> Tj ET\n")
}

#[test]
fn a_file_gives_its_paragraphs_with_their_pages() {
    let file = std::fs::read(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/formats/liaoning-libreoffice.pdf"),
    )
    .unwrap();
    let decoded = decode(&file).unwrap();
    assert_eq!(decoded.media_type, "application/pdf");
    assert!(!decoded.text.contains("第1页") && !decoded.text.contains("美丽辽宁建设实施意见\n"));
    let at = |word: &str| decoded.places.at(decoded.text.find(word).unwrap()).unwrap();
    // A paragraph that begins on the first page ends on the second.
    let (start, end) = (at("全面推进美丽中国建设辽宁实践"), at("厚植生态底色"));
    assert_eq!((start.page, end.page), (Some(1), Some(2)));
    assert_eq!(start.paragraph, end.paragraph);
    let [notice] = &decoded.notices[..] else { panic!("{:?}", decoded.notices) };
    assert!(notice.starts_with("running headers and page numbers are left out"), "{notice}");
}

#[test]
fn a_page_set_across_its_paper_is_read() {
    let turned = |y: f32, text: &str| {
        let codes: String = text.encode_utf16().map(|unit| format!("{unit:04x}")).collect();
        format!("BT /F 16 Tf 0 1 -1 0 {y} 80 Tm <{codes}> Tj ET\n")
    };
    let page =
        [turned(100.0, "一、总体要求"), turned(130.0, "二、重点任务"), words(300.0, 400.0, "内部")]
            .concat();
    let decoded = decode(&with_pages(&[page.as_bytes()])).unwrap();
    assert_eq!(decoded.text, "一、总体要求\n二、重点任务\n");
    assert_eq!(
        decoded.notices,
        ["words turned against their page, as watermarks are, are left out, 1 in all"]
    );
}

#[test]
fn a_scan_is_said_to_be_one() {
    let error = decode(&with_pages(&[b"q 595 0 0 842 0 0 cm /X Do Q".as_slice(); 3])).unwrap_err();
    assert_eq!(
        error.to_string(),
        "a PDF file without text (3 pages without a word, as of a scan); recognise its text (OCR) first"
    );
    let text = words(80.0, 700.0, "通知");
    let decoded = decode(&with_pages(&[text.as_bytes(), b"/X Do"])).unwrap();
    assert_eq!(decoded.text, "通知\n");
    assert_eq!(decoded.notices, ["1 of 2 pages hold no text, as scans do, and are left out: 2"]);
}

#[test]
fn a_locked_file_is_said_to_be_locked() {
    let lock = "/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<0000000000000000000000000000000000000000000000000000000000000000>\
                /U<0000000000000000000000000000000000000000000000000000000000000000>>>/ID[<00><00>]";
    let text = words(80.0, 700.0, "通知");
    let file = with_objects(&objects(&[text.as_bytes()], &[]), lock);
    assert_eq!(decode(&file).unwrap_err(), Error::Locked { kind: "a PDF file" });
}

#[test]
fn what_is_no_pdf_inside_is_damaged() {
    for bytes in [
        &b"%PDF-1.4\nnothing of it"[..],
        b"%PDF-",
        b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer<</Root 1 0 R>>",
    ] {
        let error = decode(bytes).unwrap_err();
        assert!(matches!(error, Error::Damaged { kind: "a PDF file", .. }), "{error}");
    }
}

#[test]
fn objects_far_inside_each_other_are_survived() {
    for (open, close) in [("[", "]"), ("<</A ", ">>"), ("[", ""), ("<</A", "")] {
        let deep = [open.repeat(200_000), close.repeat(200_000)].concat();
        let text = format!("{deep} TJ {}", words(80.0, 700.0, "通知"));
        let _ends = decode(&with_pages(&[text.as_bytes()]));
        let _ends = decode(&with_objects(&objects(&[b"q"], &[deep.into_bytes()]), ""));
    }
}

/// Packs bytes as LZW does, without a table: a code of nine bits for each, and the
/// table cleared before its codes grow longer.
fn lzw(bytes: &[u8]) -> Vec<u8> {
    let cleared = bytes
        .chunks(200)
        .flat_map(|chunk| std::iter::once(256).chain(chunk.iter().map(|byte| u16::from(*byte))));
    let bits: Vec<bool> = cleared
        .chain([257])
        .flat_map(|code| (0..9).rev().map(move |bit| code >> bit & 1 == 1))
        .collect();
    bits.chunks(8)
        .map(|byte| {
            byte.iter().enumerate().fold(0, |sum, (at, bit)| sum | u8::from(*bit) << (7 - at))
        })
        .collect()
}

fn flate(bytes: &[u8]) -> Vec<u8> {
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

#[test]
fn packed_objects_far_inside_each_other_are_refused() {
    let deep = ["9 0 ".to_owned(), "[".repeat(300_000)].concat().into_bytes();
    let text = words(80.0, 700.0, "通知");
    for (filter, packed) in [
        ("/FlateDecode", flate(&deep)),
        ("/LZWDecode", lzw(&deep)),
        ("[/FlateDecode/FlateDecode]", flate(&flate(&deep))),
        ("[/FlateDecode/LZWDecode]", flate(&lzw(&deep))),
    ] {
        for first in ["/First", "/F#69rst"] {
            let head = format!("/Type/ObjStm/N 1{first} 4/Filter{filter}");
            let file = objects(&[text.as_bytes()], &[stream(&head, &packed)]);
            // Without its table the file is read from its objects.
            let whole = with_objects(&file, "");
            let cut = &whole[..whole.len() - 8];
            for file in [&whole[..], cut] {
                let error = decode(file).unwrap_err();
                assert!(matches!(error, Error::Damaged { kind: "a PDF file", .. }), "{error}");
            }
        }
    }
}

/// Locks bytes with RC4, and unlocks them.
fn rc4(key: &[u8], bytes: &[u8]) -> Vec<u8> {
    let mut state: Vec<u8> = (0..=255).collect();
    let mut other = 0_usize;
    for at in 0..256 {
        other = (other + usize::from(state[at]) + usize::from(key[at % key.len()])) % 256;
        state.swap(at, other);
    }
    let (mut at, mut other) = (0, 0);
    let mut next = || {
        at = (at + 1) % 256;
        other = (other + usize::from(state[at])) % 256;
        state.swap(at, other);
        state[(usize::from(state[at]) + usize::from(state[other])) % 256]
    };
    bytes.iter().map(|byte| byte ^ next()).collect()
}

#[test]
fn locked_objects_far_inside_each_other_are_refused() {
    // What the empty password gives for /P -4, an /O of zeros and an /ID of one zero, and
    // the key of object 6 by the same rule (ISO 32000-1, 7.6).
    const USER: &str = "a2131391556101128e64737bb2f0fb1452b6beed66a7e0dbcc3276f389ab335f";
    const KEY: &str = "9fccbc6b68cfc74335ab";
    let key: Vec<u8> = (0..KEY.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&KEY[at..at + 2], 16).unwrap())
        .collect();
    let deep = ["9 0 ".to_owned(), "[".repeat(300_000)].concat().into_bytes();
    let head = "/Type/ObjStm/N 1/First 4/Filter/FlateDecode";
    let locked = stream(head, &rc4(&key, &flate(&deep)));
    let zeros = "00".repeat(32);
    let lock =
        format!("/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{zeros}>/U<{USER}>>>/ID[<00><00>]");
    let text = words(80.0, 700.0, "通知");
    let file = with_objects(&objects(&[text.as_bytes()], &[locked]), &lock);
    let error = decode(&file).unwrap_err();
    assert!(error.to_string().contains("it opens more objects than"), "{error}");
}

#[test]
fn forms_that_paint_forms_end_at_a_limit() {
    // Each of twenty forms paints the one before it twenty times; the page paints the last.
    let forms: Vec<Vec<u8>> = (0..20)
        .map(|at| {
            let painted = if at == 0 { 3 } else { 5 + at };
            let head = format!(
                "/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</X {painted} 0 R>>>>"
            );
            stream(&head, "/X Do ".repeat(20).as_bytes())
        })
        .collect();
    let page = [words(80.0, 700.0, "通知"), "/X Do".to_owned()].concat();
    let file = with_objects(&objects(&[page.as_bytes()], &forms), "");
    let limits = Limits { max_elements: 100_000, ..Limits::default() };
    let options = Options { limits, ..Options::default() };
    let decoded = read(&file, Path::new("意见.pdf"), &options).unwrap();
    assert_eq!(decoded.text, "通知\n");
    assert!(decoded.notices[0].contains("read in part: 1"), "{:?}", decoded.notices);
}

#[test]
fn words_on_a_map_of_millions_of_bytes_are_read() {
    let lines = "0.2 w 0.1 0.5 0.9 RG 12.5 30.25 m 300.125 40.5 l S\n".repeat(100_000);
    let page =
        [&words(80.0, 760.0, "一、总体布局"), lines.as_str(), &words(80.0, 700.0, "二、分区")];
    let page = page.concat();
    assert!(page.len() > Limits::default().get(Limit::Elements));
    let decoded = decode(&with_pages(&[page.as_bytes()])).unwrap();
    assert_eq!(decoded.text, "一、总体布局\n二、分区\n");
    assert_eq!(decoded.notices, Vec::<String>::new());
}

#[test]
fn limits_hold() {
    let text = words(80.0, 700.0, "通知");
    let page: &[u8] = text.as_bytes();
    let file = with_pages(&[page; 9]);
    let refused = |limits: Limits, limit: Limit| {
        let options = Options { limits, ..Options::default() };
        let error = read(&file, Path::new("意见.pdf"), &options).unwrap_err();
        assert!(
            matches!(error, Error::OverLimit { limit: found, .. } if found == limit),
            "{error}"
        );
    };
    refused(Limits { max_entries: 8, ..Limits::default() }, Limit::Entries);
    refused(Limits { max_text_bytes: 20, ..Limits::default() }, Limit::TextBytes);
    refused(Limits { max_unpacked_bytes: 100, ..Limits::default() }, Limit::UnpackedBytes);
}
