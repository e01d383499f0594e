//! What is read of an OFD file, and what is said of one that cannot be read.

#![cfg(feature = "ofd")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by a panic")]

#[allow(dead_code, reason = "parts of an OFD file have no relationships")]
mod office;

use std::path::Path;

use gangmu_ingest::{Decoded, Error, Limit, Limits, Options, read};
use office::package;

fn decode(bytes: &[u8], limits: Limits) -> Result<Decoded, Error> {
    read(bytes, Path::new("意见.ofd"), &Options { limits, ..Options::default() })
}

/// A piece of text at a place, in mm, in letters of 5 mm.
fn words(left: f32, baseline: f32, text: &str) -> String {
    let size = 5.0;
    format!(
        "<ofd:TextObject Boundary=\"{left} {} 100 7\" Size=\"{size}\"><ofd:TextCode X=\"0\" Y=\"{size}\" DeltaX=\"g {} {size}\">\
         {text}</ofd:TextCode></ofd:TextObject>",
        baseline - size,
        text.chars().count() - 1
    )
}

/// Packs a file with these pages; all stand on the template.
fn file(template: &str, pages: &[String]) -> Vec<u8> {
    let content = |objects: &str, more: &str| {
        format!(
            "<ofd:Page xmlns:ofd=\"http://www.ofdspec.org/2016\">{more}<ofd:Content><ofd:Layer>\
             <ofd:PageBlock>{objects}</ofd:PageBlock></ofd:Layer></ofd:Content></ofd:Page>"
        )
    };
    let list: String = (0..pages.len())
        .map(|at| format!("<ofd:Page ID=\"{at}\" BaseLoc=\"Pages/Page_{at}/Content.xml\"/>"))
        .collect();
    let mut parts = vec![
        ("OFD.xml".to_owned(), "<ofd:OFD xmlns:ofd=\"http://www.ofdspec.org/2016\"><ofd:DocBody><ofd:DocRoot>/Doc_0/Document.xml\
          </ofd:DocRoot></ofd:DocBody></ofd:OFD>".to_owned()),
        ("Doc_0/Document.xml".to_owned(), format!(
            "<ofd:Document xmlns:ofd=\"http://www.ofdspec.org/2016\"><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297\
             </ofd:PhysicalBox></ofd:PageArea><ofd:TemplatePage ID=\"t\" BaseLoc=\"Tpls/Tpl_0/Content.xml\"/></ofd:CommonData>\
             <ofd:Pages>{list}</ofd:Pages></ofd:Document>"
        )),
        ("Doc_0/Tpls/Tpl_0/Content.xml".to_owned(), content(template, "")),
    ];
    for (at, page) in pages.iter().enumerate() {
        let part = content(page, "<ofd:Template TemplateID=\"t\" ZOrder=\"Background\"/>");
        parts.push((format!("Doc_0/Pages/Page_{at}/Content.xml"), part));
    }
    let parts: Vec<(&str, &String)> =
        parts.iter().map(|(name, part)| (name.as_str(), part)).collect();
    package(&parts)
}

#[test]
fn words_are_read_from_the_top_down_whatever_their_order() {
    let page = [
        words(30.0, 70.0, "二、重点任务"),
        words(60.0, 60.5, "要求"),
        words(30.0, 60.0, "一、总体"),
    ]
    .concat();
    let decoded = decode(&file("", &[page]), Limits::default()).unwrap();
    assert_eq!(decoded.media_type, "application/ofd");
    assert_eq!(decoded.text, "一、总体 要求\n二、重点任务\n");
    assert_eq!(decoded.places.at(0).unwrap().page, Some(1));
}

#[test]
fn what_stands_on_a_template_is_text_once_and_a_header_where_it_repeats() {
    let header = words(80.0, 15.0, "某省人民政府文件");
    let page = || words(30.0, 60.0, "一、总体要求");
    let once = decode(&file(&header, &[page()]), Limits::default()).unwrap();
    assert_eq!(once.text, "某省人民政府文件\n一、总体要求\n");
    let often = decode(&file(&header, &[page(), page()]), Limits::default()).unwrap();
    assert_eq!(often.text, "一、总体要求\n一、总体要求\n");
    assert_eq!(often.notices, ["running headers and page numbers are left out"]);
}

#[test]
fn a_scan_is_said_to_be_one() {
    let image = "<ofd:ImageObject Boundary=\"0 0 210 297\" ResourceID=\"9\"/>".to_owned();
    let error = decode(&file("", &[image.clone(), image]), Limits::default()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "an OFD file without text (2 pages without a word, as of a scan); recognise its text (OCR) first"
    );
}

#[test]
fn what_is_missing_is_named() {
    let error = decode(
        &package(&[("OFD.xml", "<OFD><DocRoot>Doc_0/Document.xml</DocRoot></OFD>")]),
        Limits::default(),
    );
    assert_eq!(
        error.unwrap_err().to_string(),
        "an OFD file, but damaged or cut short (it has no Doc_0/Document.xml); fetch or save it again"
    );
    let error = decode(&package(&[("OFD.xml", "<OFD/>")]), Limits::default()).unwrap_err();
    assert!(matches!(error, Error::Damaged { .. }), "{error}");
}

#[test]
fn limits_hold() {
    let page = words(30.0, 60.0, "一、总体要求");
    let file = file(&words(30.0, 90.0, "通知"), &vec![page; 40]);
    let refused = |limits: Limits, limit: Limit| {
        let error = decode(&file, limits).unwrap_err();
        assert!(
            matches!(error, Error::OverLimit { limit: found, .. } if found == limit),
            "{error}"
        );
    };
    refused(Limits { max_entries: 20, ..Limits::default() }, Limit::Entries);
    refused(Limits { max_unpacked_bytes: 5_000, ..Limits::default() }, Limit::UnpackedBytes);
    refused(Limits { max_text_bytes: 300, ..Limits::default() }, Limit::TextBytes);
    refused(Limits { max_depth: 4, ..Limits::default() }, Limit::Depth);
    refused(Limits { max_elements: 30, ..Limits::default() }, Limit::Elements);
}

#[test]
fn a_step_repeated_without_end_takes_no_room() {
    let object = "<TextObject Boundary=\"0 50 9 9\" Size=\"5\"><TextCode X=\"0\" Y=\"5\" DeltaX=\"g 99999999999 5 g 9999999999 5\">通知\
                  </TextCode></TextObject>";
    let decoded = decode(&file("", &[object.to_owned()]), Limits::default()).unwrap();
    assert_eq!(decoded.text, "通知\n");
}
