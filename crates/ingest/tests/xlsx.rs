//! Workbooks as offices fill them in, and what is read of each.

#![cfg(feature = "xlsx")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by a panic")]

mod office;

use std::path::Path;

use gangmu_ingest::{Decoded, Error, Limit, Limits, Options, read};
use office::{package, relationships};
use proptest::prelude::*;

/// Formats that the cells of the tests use by place.
const STYLES: &str = "<styleSheet><numFmts><numFmt numFmtId=\"176\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;\"/>\
    </numFmts><fonts/><fills/><borders/><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"10\"/><xf numFmtId=\"176\"/>\
    <xf numFmtId=\"14\"/><xf numFmtId=\"31\"/></cellXfs></styleSheet>";

/// Builds a workbook of sheets, each a name, attributes and what is in it.
fn workbook(sheets: &[(&str, &str, &str)], strings: &str) -> Vec<u8> {
    let mut entries = String::new();
    let mut roles = vec![
        ("styles".to_owned(), "styles.xml".to_owned()),
        ("sharedStrings".to_owned(), "sharedStrings.xml".to_owned()),
    ];
    let mut parts = vec![
        ("_rels/.rels".to_owned(), relationships(&[("officeDocument", "xl/workbook.xml")])),
        ("xl/styles.xml".to_owned(), STYLES.to_owned()),
        ("xl/sharedStrings.xml".to_owned(), format!("<sst>{strings}</sst>")),
    ];
    for (at, (name, attributes, inside)) in sheets.iter().enumerate() {
        // The id of a relationship is its role in these tests.
        entries += &format!(
            "<sheet name=\"{name}\" sheetId=\"{}\" r:id=\"worksheet{at}\" {attributes}/>",
            at + 1
        );
        roles.push((format!("worksheet{at}"), format!("worksheets/sheet{at}.xml")));
        parts.push((
            format!("xl/worksheets/sheet{at}.xml"),
            format!("<worksheet>{inside}</worksheet>"),
        ));
    }
    let namespace = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    parts.push((
        "xl/workbook.xml".to_owned(),
        format!("<workbook xmlns:r=\"{namespace}\"><sheets>{entries}</sheets></workbook>"),
    ));
    let roles: Vec<(&str, &str)> =
        roles.iter().map(|(role, target)| (role.as_str(), target.as_str())).collect();
    let relations = (0..sheets.len()).fold(relationships(&roles), |all, at| {
        all.replace(&format!("/worksheet{at}\""), "/worksheet\"")
    });
    parts.push(("xl/_rels/workbook.xml.rels".to_owned(), relations));
    let parts: Vec<(&str, &str)> =
        parts.iter().map(|(name, part)| (name.as_str(), part.as_str())).collect();
    package(&parts)
}

/// Writes rows of cells from A1 on; what is not a number is a text, and empty is empty.
fn data(rows: &[&[&str]]) -> String {
    let mut data = String::from("<sheetData>");
    for (at, row) in rows.iter().enumerate() {
        data += &format!("<row r=\"{}\">", at + 1);
        for (column, cell) in row.iter().enumerate() {
            let place = format!("{}{}", char::from(b'A' + column as u8), at + 1);
            data += &match cell.parse::<f64>() {
                Ok(number) => format!("<c r=\"{place}\"><v>{number}</v></c>"),
                Err(_) if cell.is_empty() => String::new(),
                Err(_) => format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{cell}</t></is></c>"),
            };
        }
        data += "</row>";
    }
    data + "</sheetData>"
}

fn merges(places: &[&str]) -> String {
    let all = places.iter().map(|place| format!("<mergeCell ref=\"{place}\"/>"));
    format!("<mergeCells>{}</mergeCells>", all.collect::<String>())
}

fn read_xlsx(bytes: &[u8]) -> Result<Decoded, Error> {
    read(bytes, Path::new("分工表.xlsx"), &Options::default())
}

#[test]
fn a_sheet_is_a_title_and_a_table() {
    let rows = data(&[
        &["重点任务分工表", "", "", ""],
        &[],
        &["序号", "重点任务", "单位", ""],
        &["", "", "牵头", "配合"],
        &["一、生态方面", "", "", ""],
        &["1", "造林", "省林草局", "省水利厅"],
        &["2", "治沙", "", "a|b"],
        &["注：按职责分工。"],
    ]);
    let merged = merges(&["A1:D1", "A3:A4", "B3:B4", "C3:D3", "A5:D5", "C6:C7", "A8:D8"]);
    let decoded = read_xlsx(&workbook(&[("任务", "", &(rows + &merged))], "")).unwrap();
    assert_eq!(
        decoded.text,
        "任务\n重点任务分工表\n\n| 序号 | 重点任务 | 单位 | 单位 |\n| --- | --- | --- | --- |\n\
         | 序号 | 重点任务 | 牵头 | 配合 |\n\
         | 一、生态方面 | 一、生态方面 | 一、生态方面 | 一、生态方面 |\n\
         | 1 | 造林 | 省林草局 | 省水利厅 |\n| 2 | 治沙 | 省林草局 | a\\|b |\n\n注：按职责分工。\n"
    );
    let place = decoded.places.at(decoded.text.find("治沙").unwrap()).unwrap();
    assert_eq!((place.page, place.cell.unwrap().row), (Some(1), 5));
}

#[test]
fn cells_stand_as_they_are_shown() {
    let cells = "<sheetData><row><c t=\"s\"><v>0</v></c><c><v>20</v></c><c s=\"1\"><v>0.8326</v></c></row>\
                 <row><c s=\"2\"><v>46022</v></c><c s=\"3\"><v>45722</v></c><c s=\"4\"><v>45722</v></c></row>\
                 <row><c t=\"b\"><v>1</v></c><c t=\"e\"><v>#DIV/0!</v></c><c t=\"str\"><f>A1</f><v>结果</v></c></row>\
                 </sheetData>";
    let strings = "<si><r><t>湿地</t></r><r><t>保护率</t></r><rPh><t>pinyin</t></rPh></si>";
    let text = read_xlsx(&workbook(&[("Sheet1", "", cells)], strings)).unwrap().text;
    assert_eq!(
        text,
        "| 湿地保护率 | 20 | 83.26% |\n| --- | --- | --- |\n| 2025年12月 | 2025/3/6 | 2025年3月6日 |\n\
         | TRUE | #DIV/0! | 结果 |\n\n"
    );
}

#[test]
fn a_row_of_like_values_is_a_row() {
    let rows = data(&[&["完成情况"], &["一季度", "二季度"], &["0", "0"], &["1", "1"]]);
    let text = read_xlsx(&workbook(&[("Sheet1", "", &rows)], "")).unwrap().text;
    assert_eq!(text, "完成情况\n\n| 一季度 | 二季度 |\n| --- | --- |\n| 0 | 0 |\n| 1 | 1 |\n\n");
}

#[test]
fn sheets_that_are_hidden_or_empty_are_left_out() {
    let rows = data(&[&["指标", "目标值"], &["湿地保护率", "55"]]);
    let sheets = [
        ("指标表", "", rows.as_str()),
        ("底稿", "state=\"hidden\"", rows.as_str()),
        ("Sheet3", "", "<sheetData/>"),
    ];
    let decoded = read_xlsx(&workbook(&sheets, "")).unwrap();
    assert_eq!(decoded.text, "指标表\n\n| 指标 | 目标值 |\n| --- | --- |\n| 湿地保护率 | 55 |\n\n");
    assert_eq!(decoded.notices, ["the sheet 底稿 is hidden and left out"]);
}

#[test]
fn tables_on_one_sheet_are_told_apart_by_their_heads() {
    let rows = data(&[
        &["任务", "牵头单位"],
        &["造林", "省林草局"],
        &[],
        &["治沙", "省林草局"],
        &[],
        &["指标", "单位", "目标值"],
        &["湿地保护率", "%", "55"],
    ]);
    let text = read_xlsx(&workbook(&[("Sheet1", "", &rows)], "")).unwrap().text;
    assert!(text.contains("\n\n| 指标 | 单位 | 目标值 |\n| --- |"), "{text}");
}

fn limit(error: Error) -> Limit {
    match error {
        Error::OverLimit { limit, .. } => limit,
        other => panic!("{other}"),
    }
}

#[test]
fn hostile_workbooks_are_refused_in_bounds() {
    let limits = Limits {
        max_elements: 20_000,
        max_table_cells: 10_000,
        max_text_bytes: 1 << 20,
        max_unpacked_bytes: 4 << 20,
        ..Limits::default()
    };
    let options = Options { limits, ..Options::default() };
    let read_within = |bytes: &[u8]| read(bytes, Path::new("-"), &options);
    let refused = |inside: &str, strings: &str| {
        limit(read_within(&workbook(&[("Sheet1", "", inside)], strings)).unwrap_err())
    };
    // Cells in the farthest corners, and a merge over all that lies between.
    let corners = "<sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row>\
                   <row r=\"1048576\"><c r=\"XFD1048576\"><v>2</v></c></row></sheetData>";
    let bytes = workbook(&[("Sheet1", "", corners)], "");
    assert_eq!(read_within(&bytes).unwrap().text, "1\n2\n");
    let merged = corners.to_owned() + &merges(&["A1:XFD1048576"]);
    assert_eq!(refused(&merged, ""), Limit::TableCells);
    // Rows far apart from left to right.
    let stairs: String = (1..=200)
        .map(|at| {
            let column = format!("{}{}", char::from(b'A' + at / 26), char::from(b'A' + at % 26));
            format!("<row r=\"{at}\"><c r=\"{column}{at}\"><v>1</v></c></row>")
        })
        .collect();
    assert_eq!(refused(&format!("<sheetData>{stairs}</sheetData>"), ""), Limit::TableCells);
    // Lines apart from each other, and merges of places that hold nothing.
    let lines: String = (0..5_000)
        .map(|at| format!("<row r=\"{0}\"><c r=\"A{0}\"><v>1</v></c></row>", at * 2 + 1))
        .collect();
    let merged = merges(&["A2:B2"]).repeat(2_000);
    let bytes = workbook(&[("Sheet1", "", &format!("<sheetData>{lines}</sheetData>{merged}"))], "");
    assert_eq!(read_within(&bytes).unwrap().text.lines().count(), 5_000);
    assert_eq!(refused("<sheetData/>", &"<si/>".repeat(20_001)), Limit::Elements);
    assert_eq!(refused("<sheetData/>", &"<si>".repeat(1_000)), Limit::Depth);
    let long = format!("<si><t>{}</t></si>", "长".repeat(30_000));
    let all_long =
        format!("<sheetData><row>{}</row></sheetData>", "<c t=\"s\"><v>0</v></c>".repeat(20));
    assert_eq!(refused(&all_long, &long), Limit::TextBytes);
    let blank = format!("<si><t>{}</t></si>", " ".repeat(8 << 20));
    assert_eq!(refused("<sheetData/>", &blank), Limit::UnpackedBytes);
    let doctype = workbook(&[("Sheet1", "", "<sheetData/>")], "<!DOCTYPE sst>");
    assert!(read_within(&doctype).unwrap_err().to_string().contains("document type (DTD)"));
    // A thousand sheets that are one large part.
    let data = format!("<sheetData>{}</sheetData>", " ".repeat(1 << 20));
    let bytes = workbook(&[("Sheet1", "", &data)], "");
    assert!(matches!(read_within(&bytes), Err(Error::Empty)));
    let mut names = String::new();
    for at in 0..1_000 {
        names += &format!("<sheet name=\"s{at}\" sheetId=\"{at}\" r:id=\"a\"/>");
    }
    let parts = [
        ("_rels/.rels", relationships(&[("officeDocument", "xl/workbook.xml")])),
        (
            "xl/_rels/workbook.xml.rels",
            relationships(&[("worksheet", "worksheets/sheet0.xml")])
                .replace("Id=\"worksheet\"", "Id=\"a\""),
        ),
        ("xl/workbook.xml", format!("<workbook><sheets>{names}</sheets></workbook>")),
        ("xl/worksheets/sheet0.xml", format!("<worksheet>{data}</worksheet>")),
    ];
    assert_eq!(limit(read_within(&package(&parts)).unwrap_err()), Limit::UnpackedBytes);
}

#[test]
fn damaged_workbooks_are_told() {
    let rows = data(&[&["指标", "目标值"], &["湿地保护率", "55"]]);
    let whole = workbook(&[("Sheet1", "", &rows)], "");
    let error = read_xlsx(&whole[..whole.len() - 30]).unwrap_err();
    assert!(matches!(error, Error::Damaged { kind: "an XLSX file", .. }), "{error}");
    let twice = package(&[("xl/workbook.xml", "<a/>"), ("XL/Workbook.xml", "<a/>")]);
    assert!(read_xlsx(&twice).unwrap_err().to_string().contains("two parts called"));
    assert_eq!(read_xlsx(&workbook(&[], "")).unwrap_err(), Error::Empty);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn any_sheet_ends_with_a_text_or_a_sentence(
        pieces in proptest::collection::vec(
            "(<(row|c|v|is|t|f|mergeCell|mergeCells|sheetData)( (r|s|t|ref)=\"(A1|B7|XFD9|s|b|n|d|str|inlineStr|e|1|9999999999|A1:C3|)\")?/?>|</(row|c|v|is|t|f|sheetData)>|[0-9.eE-]{0,6}|一)",
            0..40,
        )
    ) {
        // Most are no sound XML and end with a sentence; the others meet the library.
        let _ = read_xlsx(&workbook(&[("Sheet1", "", &pieces.concat())], ""));
    }

    #[test]
    fn any_cell_ends_with_a_text_or_a_sentence(
        cells in proptest::collection::vec(("[A-Z]{0,4}[0-9]{0,8}", "(s|b|n|d|str|inlineStr|e|x|)", "[0-9]{0,3}", "(-?[0-9]{0,12}(\\.[0-9]{1,4})?(E[0-9]{1,4})?|2025-01-01T00:00:00|x)"), 0..12)
    ) {
        let cells: String = cells
            .iter()
            .map(|(place, kind, style, value)| format!("<c r=\"{place}\" t=\"{kind}\" s=\"{style}\"><v>{value}</v></c>"))
            .collect();
        let inside = format!("<sheetData><row>{cells}</row></sheetData>");
        let _ = read_xlsx(&workbook(&[("Sheet1", "", &inside)], "<si><t>x</t></si>"));
    }
}
