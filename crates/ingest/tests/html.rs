//! Pages as the publishing systems of governments make them, and what is read of each.

#![cfg(feature = "html")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by a panic")]

use std::fs;
use std::path::{Path, PathBuf};

use gangmu_ingest::{Decoded, Error, Limit, Limits, Options, read};

fn pages() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages")
}

fn page(name: &str) -> String {
    fs::read_to_string(pages().join(name)).unwrap()
}

fn read_html(bytes: &[u8]) -> Result<Decoded, Error> {
    read(bytes, Path::new("page.html"), &Options::default())
}

/// Reads a body alone.
#[track_caller]
fn check(body: &str, expected: &str) {
    let page = format!("<html><body>{body}</body></html>");
    assert_eq!(read_html(page.as_bytes()).unwrap().text, expected);
}

#[test]
fn pages_give_the_document_and_nothing_beside_it() {
    for name in ["council", "city", "unknown"] {
        let decoded = read_html(page(&format!("{name}.html")).as_bytes()).unwrap();
        assert_eq!(decoded.text, page(&format!("{name}.txt")), "{name}");
        assert_eq!((decoded.media_type.as_str(), decoded.charset.as_str()), ("text/html", "utf-8"));
        assert_eq!(decoded.notices, [""; 0], "{name}");
    }
}

#[test]
fn meta_tags_are_hints() {
    let hints = read_html(page("city.html").as_bytes()).unwrap().hints;
    assert_eq!(hints.title.as_deref(), Some("关于印发《某市节水行动方案》的通知"));
    assert_eq!(hints.published_at.as_deref(), Some("2024-03-22T10:00:19"));
    let hints = read_html(page("council.html").as_bytes()).unwrap().hints;
    assert_eq!((hints.title, hints.published_at.as_deref()), (None, Some("2025-04-18T16:30:00")));
}

#[test]
fn a_page_is_read_in_its_own_encoding() {
    let expected = page("city.txt");
    let city = page("city.html");
    let decoded = read_html(&encoding_rs::GBK.encode(&city).0).unwrap();
    assert_eq!((decoded.text.as_str(), decoded.charset.as_str()), (expected.as_str(), "gb18030"));
    assert_eq!(decoded.notices, [""; 0]);
    let mislabelled = city.replace("gb2312", "utf-8");
    let decoded = read_html(&encoding_rs::GBK.encode(&mislabelled).0).unwrap();
    assert_eq!(decoded.text, expected);
    assert!(decoded.notices[0].starts_with("declared as UTF-8, but read as gb18030"));
    let utf16: Vec<u8> = format!("\u{feff}{}", page("city.html"))
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(read_html(&utf16).unwrap().text, expected);
}

#[test]
fn a_place_is_known_by_paragraph_and_cell() {
    let decoded = read_html(page("council.html").as_bytes()).unwrap();
    let at = |word: &str| decoded.places.at(decoded.text.find(word).unwrap()).unwrap();
    assert_eq!(at("索 引").paragraph, Some(1));
    let cell = at("监测").cell.unwrap();
    assert_eq!((cell.table, cell.row, cell.column), (1, 3, 2));
}

#[test]
fn blanks_are_those_that_a_reader_sees() {
    check("<p>第一条\n为了\n  GDP\n 增长</p>", "第一条为了 GDP 增长\n");
    check("<p>a<b>b</b> <i>c</i></p>\n<p> </p><p>&nbsp;</p><p>d</p>", "ab c\nd\n");
    check("<pre>一、总则\n  二、附则</pre>", "一、总则\n  二、附则\n");
}

#[test]
fn boxes_are_no_tables_and_short_rows_stay() {
    check(
        "<table><tr><td>专栏1 重点工程<p>建设公园。</p></td></tr></table>",
        "专栏1 重点工程\n建设公园。\n",
    );
    check(
        "<table><tr><td>指标</td><td>2030年</td></tr><tr><td>湿地保护率</td></tr><tr><td>a</td><td>b</td></tr></table>",
        "| 指标 | 2030年 |\n| --- | --- |\n| 湿地保护率 |  |\n| a | b |\n\n",
    );
}

#[test]
fn a_page_with_another_name_is_read_as_a_page() {
    let page = page("unknown.html");
    let decoded = read(page.as_bytes(), Path::new("措施.txt"), &Options::default()).unwrap();
    assert_eq!(decoded.media_type, "text/html");
    assert_eq!(decoded.notices, ["named .txt, but it is an HTML page; read as that"]);
    let text = "一、总则\n";
    let decoded = read(text.as_bytes(), Path::new("意见.html"), &Options::default()).unwrap();
    assert_eq!(decoded.media_type, "text/plain");
    assert_eq!(decoded.notices, ["named .html, but it is plain text; read as that"]);
}

#[test]
fn a_copy_that_is_hidden_is_no_part_of_the_document() {
    check(
        "<h1>某市办法</h1><p>一、总则</p><p>本办法适用于全市。</p>\
         <div style=\"display: none\">某市办法一、总则本办法适用于全市。</div>",
        "某市办法\n一、总则\n本办法适用于全市。\n",
    );
    // What is shown holds less than what is hidden: the document is behind a tab.
    check(
        "<p>正文</p><div hidden>一、总则：本办法适用于全市。</div>",
        "一、总则：本办法适用于全市。\n",
    );
}

#[test]
fn hostile_pages_are_refused_or_read_in_bounds() {
    let refused = |page: String| read_html(page.as_bytes()).unwrap_err();
    let html = "<html><body>";
    let limit = |error: Error| match error {
        Error::OverLimit { limit, .. } => limit,
        other => panic!("{other}"),
    };
    assert_eq!(limit(refused(format!("{html}{}", "<div>".repeat(1_000_000)))), Limit::Depth);
    assert_eq!(
        limit(refused(format!("{html}{}", "<table><tr><td>".repeat(100_000)))),
        Limit::Depth
    );
    let wide = "<tr><td colspan=1000 rowspan=9999>x<td>y".repeat(3_000);
    assert_eq!(limit(refused(format!("{html}<table>{wide}"))), Limit::TableCells);
    // A merged cell stands in many places, and all of them are text.
    let long = "字".repeat(10_000);
    let row = format!("<tr><td colspan=1000>{long}<td>{long}</tr>").repeat(2);
    let limits = Limits { max_text_bytes: 1 << 20, ..Limits::default() };
    let options = Options { limits, ..Options::default() };
    let page = format!("{html}<table>{row}");
    let error = read(page.as_bytes(), Path::new("-"), &options).unwrap_err();
    assert_eq!(limit(error), Limit::TextBytes);
    // Many tables that are each within the limit.
    let row = "<tr><td colspan=1000>x<td colspan=1000>y";
    let limits = Limits { max_elements: 20_000, ..Limits::default() };
    let options = Options { limits, ..Options::default() };
    let page = format!("{html}{}", format!("<table>{row}{row}</table>").repeat(9));
    let error = read(page.as_bytes(), Path::new("-"), &options).unwrap_err();
    assert_eq!(limit(error), Limit::Elements);
    // No end to an entity, a comment, an attribute or the file.
    for end in ["&#", "&#x110000;", "<!--", "<p a=\"", "<p", "<table><tr><td>"] {
        let decoded = read_html(format!("{html}<p>第一条</p>{end}").as_bytes()).unwrap();
        assert!(decoded.text.starts_with("第一条"), "{end}");
    }
    assert_eq!(refused(format!("{html}<script>第一条</script>")), Error::Empty);
}
