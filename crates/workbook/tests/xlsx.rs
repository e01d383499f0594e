//! What stands in the file: how sheets print, and that texts stay texts.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by a panic")]

use std::io::{Cursor, Read};

use gangmu_workbook::{Book, Cell, Column, ColumnKind, Date, MARK_SHEET, Row, Sheet, write};

fn book() -> Book {
    let row = |cells: [&str; 3]| Row::Cells(cells.map(Cell::text).to_vec());
    Book {
        title: "任务分解表".to_owned(),
        created: Date::from_iso("2024-03-22"),
        sheets: vec![Sheet {
            name: "任务分解表".to_owned(),
            heading: "2024年R&D任务".to_owned(),
            columns: vec![
                Column::new("条目", ColumnKind::Short),
                Column::new("具体措施", ColumnKind::Text),
                Column::new("进展", ColumnKind::Own),
            ],
            rows: vec![
                Row::Section("省林草局".to_owned()),
                row(["(一)", &"推进造林绿化。".repeat(40), ""]),
                row(["(二)", "=HYPERLINK(\"http://a\")", "+1"]),
                row(["(三)", "007", "3-1"]),
                Row::Cells(vec![Cell::Number(83.26), Cell::Empty, Cell::Empty]),
            ],
        }],
    }
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[track_caller]
fn has(xml: &str, wanted: &str) {
    assert!(xml.contains(wanted), "{wanted} is not in {xml}");
}

#[test]
fn a_sheet_prints_on_a4_with_its_headings_on_every_page() {
    let bytes = write(&book()).unwrap();
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    has(
        &sheet,
        "<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/>",
    );
    has(&sheet, "<autoFilter ref=\"A1:C6\"/>");
    has(&sheet, "<pageSetUpPr fitToPage=\"1\"/>");
    has(&sheet, "paperSize=\"9\"");
    has(&sheet, "fitToHeight=\"0\"");
    has(&sheet, "orientation=\"landscape\"");
    has(&sheet, "&amp;C第 &amp;P 页 共 &amp;N 页");
    has(&sheet, "&amp;C&amp;14&amp;\"黑体,常规\"2024年R&amp;&amp;D任务");
    let workbook = part(&bytes, "xl/workbook.xml");
    has(&workbook, "<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"0\">任务分解表!$1:$1<");
    has(&workbook, &format!("<sheet name=\"{MARK_SHEET}\" sheetId=\"2\" state=\"veryHidden\""));
}

#[test]
fn every_row_has_a_height_for_its_lines_and_columns_room_for_chinese() {
    let sheet = part(&write(&book()).unwrap(), "xl/worksheets/sheet1.xml");
    let heights: Vec<f64> = sheet
        .split("<row ")
        .skip(1)
        .map(|row| {
            assert!(row.contains("customHeight=\"1\""), "{row}");
            let height = row.split("ht=\"").nth(1).unwrap().split('"').next().unwrap();
            height.parse().unwrap()
        })
        .collect();
    assert_eq!(heights.len(), 6);
    // 280 characters take at least three lines of what a page has room for.
    assert!(heights[2] >= 3.0 * 14.0, "{heights:?}");
    assert!(heights[3] < heights[2] && heights[4] <= heights[3], "{heights:?}");
    let widths: Vec<f64> = sheet
        .split("<col ")
        .skip(1)
        .map(|col| {
            col.split("width=\"").nth(1).unwrap().split('"').next().unwrap().parse().unwrap()
        })
        .collect();
    assert_eq!(widths.len(), 3);
    assert!(widths[1] > 60.0 && widths.iter().sum::<f64>() < 150.0, "{widths:?}");
}

#[test]
fn texts_stay_texts_and_numbers_numbers() {
    let bytes = write(&book()).unwrap();
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    assert!(!sheet.contains("<f>") && !sheet.contains("<hyperlink"), "{sheet}");
    has(&sheet, "<v>83.26</v>");
    let strings = part(&bytes, "xl/sharedStrings.xml");
    for text in ["=HYPERLINK(", "+1", "007", "3-1"] {
        has(&strings, text);
    }
    // What begins like a formula is marked, so that it stays a text where it is edited.
    has(&part(&bytes, "xl/styles.xml"), "quotePrefix=\"1\"");
}

#[test]
fn the_same_book_gives_the_same_bytes() {
    let bytes = write(&book()).unwrap();
    assert_eq!(bytes, write(&book()).unwrap());
    has(&part(&bytes, "docProps/core.xml"), "2024-03-22T00:00:00Z");
}

#[test]
fn a_name_that_no_sheet_can_have_is_named() {
    let mut book = book();
    book.sheets[0].name = "牵头/责任".to_owned();
    let error = write(&book).unwrap_err().to_string();
    assert!(error.starts_with("the sheet 牵头/责任 cannot be written"), "{error}");
}

#[test]
fn a_text_longer_than_a_cell_is_cut_and_says_so() {
    let mut book = book();
    book.sheets[0].rows = vec![Row::Cells(vec![Cell::text("长".repeat(40_000))])];
    let strings = part(&write(&book).unwrap(), "xl/sharedStrings.xml");
    has(&strings, "长…");
}
