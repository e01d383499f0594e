//! Word files as Word, WPS and LibreOffice write them, and what is read of each.

#![cfg(feature = "docx")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by a panic")]

mod office;

use std::path::Path;

use gangmu_ingest::{Decoded, Error, Limit, Limits, Options, read};
use office::{package, relationships};

const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const STRICT: &str = "http://purl.oclc.org/ooxml/wordprocessingml/main";

fn wrap(root: &str, namespace: &str, inside: &str) -> String {
    format!("<?xml version=\"1.0\"?><w:{root} xmlns:w=\"{namespace}\">{inside}</w:{root}>")
}

/// Builds a file of a body and of what else Word keeps beside it.
fn docx_of(body: &str, numbering: &str, styles: &str, footnotes: &str) -> Vec<u8> {
    let parts = [
        ("[Content_Types].xml", "<Types/>".to_owned()),
        ("_rels/.rels", relationships(&[("officeDocument", "word/document.xml")])),
        (
            "word/_rels/document.xml.rels",
            relationships(&[
                ("styles", "styles.xml"),
                ("numbering", "numbering.xml"),
                ("footnotes", "footnotes.xml"),
                ("header", "header1.xml"),
            ]),
        ),
        ("word/document.xml", wrap("document", WORD, &format!("<w:body>{body}</w:body>"))),
        ("word/numbering.xml", wrap("numbering", WORD, numbering)),
        ("word/styles.xml", wrap("styles", WORD, styles)),
        ("word/footnotes.xml", wrap("footnotes", WORD, footnotes)),
        ("word/header1.xml", wrap("hdr", WORD, &p("页眉"))),
    ];
    package(&parts)
}

fn docx(body: &str) -> Vec<u8> {
    docx_of(body, "", "", "")
}

fn read_docx(bytes: &[u8]) -> Result<Decoded, Error> {
    read(bytes, Path::new("意见.docx"), &Options::default())
}

fn run(text: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

fn p(text: &str) -> String {
    format!("<w:p>{}</w:p>", run(text))
}

/// A paragraph with a style, or on a level of a list.
fn numbered(text: &str, properties: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr>{}</w:p>", run(text))
}

fn on(list: u32, level: usize) -> String {
    format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr>")
}

fn styled(style: &str) -> String {
    format!("<w:pStyle w:val=\"{style}\"/>")
}

fn level(at: usize, format: &str, text: &str, more: &str) -> String {
    format!(
        "<w:lvl w:ilvl=\"{at}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/>{more}\
         <w:lvlText w:val=\"{text}\"/></w:lvl>"
    )
}

fn definition(id: u32, levels: &[String]) -> String {
    format!("<w:abstractNum w:abstractNumId=\"{id}\">{}</w:abstractNum>", levels.concat())
}

fn list(id: u32, definition: u32, overrides: &str) -> String {
    format!("<w:num w:numId=\"{id}\"><w:abstractNumId w:val=\"{definition}\"/>{overrides}</w:num>")
}

/// 一、（一）1.
fn usual_levels() -> Vec<String> {
    vec![
        level(0, "chineseCountingThousand", "%1、", ""),
        level(1, "chineseCountingThousand", "（%2）", ""),
        level(2, "decimal", "%3.", ""),
    ]
}

/// Reads a body alone.
#[track_caller]
fn check(body: &str, expected: &str) {
    assert_eq!(read_docx(&docx(body)).unwrap().text, expected);
}

/// Reads paragraphs of list 1 on these levels, each called by its level.
#[track_caller]
fn check_levels(numbering: &str, levels: &[usize], expected: &[&str]) {
    let body: String = levels.iter().map(|level| numbered("x", &on(1, *level))).collect();
    let text = read_docx(&docx_of(&body, numbering, "", "")).unwrap().text;
    assert_eq!(text.lines().collect::<Vec<_>>(), expected);
}

#[test]
fn automatic_numbers_are_text() {
    let numbering = definition(0, &usual_levels()) + &list(1, 0, "");
    check_levels(
        &numbering,
        &[0, 1, 1, 2, 2, 1, 2, 0, 1],
        &["一、x", "（一）x", "（二）x", "1. x", "2. x", "（三）x", "1. x", "二、x", "（一）x"],
    );
}

#[test]
fn a_level_begins_anew_where_it_says() {
    let mut levels = usual_levels();
    levels[1] = level(1, "chineseCountingThousand", "（%2）", "<w:lvlRestart w:val=\"0\"/>");
    levels[2] = level(2, "decimal", "%3.", "<w:lvlRestart w:val=\"1\"/>");
    check_levels(
        &(definition(0, &levels) + &list(1, 0, "")),
        &[0, 1, 2, 1, 2, 0, 1, 2],
        &["一、x", "（一）x", "1. x", "（二）x", "2. x", "二、x", "（三）x", "1. x"],
    );
}

#[test]
fn numbers_of_several_levels_and_in_digits() {
    let levels = [
        level(0, "chineseCounting", "第%1章", "<w:suff w:val=\"space\"/>"),
        level(1, "chineseCounting", "%1.%2", "<w:isLgl/><w:suff w:val=\"nothing\"/>"),
        level(2, "upperRoman", "%1-%2-%3", "<w:suff w:val=\"nothing\"/>"),
    ];
    check_levels(
        &(definition(0, &levels) + &list(1, 0, "")),
        &[0, 1, 2, 0, 2],
        &["第一章 x", "1.1x", "一-一-Ix", "第二章 x", "二-一-Ix"],
    );
}

#[test]
fn lists_of_one_definition_count_on_unless_they_begin_anew() {
    let read_lists = |overrides: &str| {
        let numbering = definition(0, &usual_levels()) + &list(1, 0, "") + &list(2, 0, overrides);
        let body: String = [1, 1, 2, 2, 1].map(|list| numbered("x", &on(list, 0))).concat();
        read_docx(&docx_of(&body, &numbering, "", "")).unwrap().text
    };
    assert_eq!(read_lists(""), "一、x\n二、x\n三、x\n四、x\n五、x\n");
    let anew = "<w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"1\"/></w:lvlOverride>";
    assert_eq!(read_lists(anew), "一、x\n二、x\n一、x\n二、x\n三、x\n");
    let other = format!(
        "<w:lvlOverride w:ilvl=\"0\">{}</w:lvlOverride>",
        level(0, "decimalEnclosedCircleChinese", "%1", "")
    );
    assert_eq!(read_lists(&other), "一、x\n二、x\n③ x\n④ x\n五、x\n");
}

#[test]
fn styles_number_their_paragraphs() {
    let mut levels = usual_levels();
    levels[1] = level(1, "chineseCountingThousand", "（%2）", "<w:pStyle w:val=\"Bound\"/>");
    let numbering = definition(0, &levels) + &list(1, 0, "");
    let style = |id: &str, base: &str, number: &str| {
        format!(
            "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:basedOn w:val=\"{base}\"/>\
             <w:pPr><w:numPr>{number}</w:numPr></w:pPr></w:style>"
        )
    };
    let styles = [
        style("Top", "a", "<w:numId w:val=\"1\"/>"),
        style("Second", "Top", "<w:ilvl w:val=\"1\"/>"),
        style("Bound", "a", "<w:numId w:val=\"1\"/>"),
        style("Heir", "Top", ""),
        style("Free", "Top", "<w:numId w:val=\"0\"/>"),
        style("Round", "Round", ""),
    ]
    .concat();
    let body = [
        numbered("甲", &styled("Top")),
        numbered("乙", &styled("Second")),
        numbered("丙", &styled("Bound")),
        numbered("丁", &styled("Heir")),
        numbered("戊", &styled("Free")),
        numbered("己", &(styled("Top") + &on(0, 0))),
        numbered("庚", &(styled("Top") + "<w:numPr><w:ilvl w:val=\"2\"/></w:numPr>")),
        numbered("辛", &styled("Round")),
        numbered("壬", &styled("Missing")),
    ]
    .concat();
    assert_eq!(
        read_docx(&docx_of(&body, &numbering, &styles, "")).unwrap().text,
        "一、甲\n（一）乙\n（二）丙\n二、丁\n戊\n己\n1. 庚\n辛\n壬\n"
    );
}

#[test]
fn a_numbering_style_stands_for_its_list() {
    let numbering = definition(0, &usual_levels())
        + "<w:abstractNum w:abstractNumId=\"1\"><w:numStyleLink w:val=\"S\"/></w:abstractNum>"
        + &list(1, 1, "")
        + &list(2, 0, "");
    let styles = "<w:style w:type=\"numbering\" w:styleId=\"S\"><w:pPr><w:numPr>\
                  <w:numId w:val=\"2\"/></w:numPr></w:pPr></w:style>";
    let body = [numbered("x", &on(1, 0)), numbered("x", &on(1, 1))].concat();
    let text = read_docx(&docx_of(&body, &numbering, styles, "")).unwrap().text;
    assert_eq!(text, "一、x\n（一）x\n");
}

#[test]
fn bullets_and_unknown_formats_are_told() {
    let levels = [
        level(0, "bullet", "\u{f0b7}", ""),
        level(1, "hebrew1", "%2.", ""),
        level(2, "none", "附件：", ""),
    ];
    let numbering = definition(0, &levels) + &list(1, 0, "");
    let body: String = (0..3).map(|level| numbered("x", &on(1, level))).collect();
    let decoded = read_docx(&docx_of(&body, &numbering, "", "")).unwrap();
    assert_eq!(decoded.text, "• x\n1. x\n附件：x\n");
    assert_eq!(decoded.notices, ["numbers of the format hebrew1 are written as plain digits"]);
}

#[test]
fn tracked_changes_are_read_as_accepted() {
    let body = format!(
        "<w:p>{}<w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins>{}</w:ins>\
         <w:moveFrom>{}</w:moveFrom></w:p>\
         <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{}</w:p>{}\
         <w:p><w:pPr><w:numPr><w:numId w:val=\"9\"/></w:numPr><w:pPrChange><w:pPr><w:pStyle w:val=\"x\"/>\
         </w:pPr></w:pPrChange></w:pPr><w:moveTo>{}</w:moveTo></w:p>",
        run("总"),
        run("则"),
        run("移"),
        run("合"),
        p("并"),
        run("移"),
    );
    let decoded = read_docx(&docx(&body)).unwrap();
    assert_eq!(decoded.text, "总则\n合并\n移\n");
    assert_eq!(decoded.notices, ["has tracked changes, which are read as accepted"]);
}

#[test]
fn what_is_seen_is_text_and_nothing_else() {
    check(
        "<w:p><w:r><w:t> a </w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/>\
         <w:sym w:font=\"Symbol\" w:char=\"F0B3\"/><w:softHyphen/></w:r>\
         <w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>d &amp; &#x4e00;</w:t></w:r></w:p>",
        "a\tb\nc-≥d & 一\n",
    );
    let field = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    check(
        &format!(
            "<w:p>{}<w:r><w:instrText> DATE {}</w:instrText></w:r>{}{}{}</w:p><w:p>{}\
             <w:r><w:instrText>eq \\o\\ac(○,21)</w:instrText></w:r>{}{}</w:p>",
            field("begin"),
            "x",
            field("separate"),
            run("2025年"),
            field("end"),
            field("begin"),
            field("end"),
            run("造林"),
        ),
        "2025年\n㉑造林\n",
    );
    check(
        &format!(
            "<w:p><w:hyperlink>{}</w:hyperlink><w:smartTag>{}</w:smartTag><w:fldSimple w:instr=\"PAGE\">{}\
             </w:fldSimple></w:p><w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt><w:p><w:sdt><w:sdtPr>\
             <w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt></w:p><w:p><w:r><w:ruby><w:rt>{}\
             </w:rt><w:rubyBase>{}</w:rubyBase></w:ruby></w:r></w:p>",
            run("链"),
            run("签"),
            run("域"),
            p("控件"),
            run("单击此处输入文字"),
            run("pīn"),
            run("拼"),
        ),
        "链签域\n控件\n\n拼\n",
    );
    let hidden =
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r><w:r><w:t>见</w:t></w:r></w:p>";
    let decoded = read_docx(&docx(hidden)).unwrap();
    assert_eq!(decoded.text, "见\n");
    assert_eq!(decoded.notices, ["hidden text is left out, 1 character in all"]);
}

#[test]
fn a_table_of_contents_has_its_dots() {
    let field = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let line = |text: &str| format!("{}<w:r><w:tab/><w:t>1</w:t></w:r>", run(text));
    let body = format!(
        "<w:p>{}<w:r><w:instrText> TOC \\o </w:instrText></w:r>{}{}</w:p><w:p>{}{}</w:p>{}<w:p>{}</w:p>",
        field("begin"),
        field("separate"),
        line("一、总则"),
        line("二、职责"),
        field("end"),
        numbered("三、附则<w:tab/>9", &styled("11")).replace("<w:tab/>", "</w:t><w:tab/><w:t>"),
        line("合计"),
    );
    let styles =
        "<w:style w:type=\"paragraph\" w:styleId=\"11\"><w:name w:val=\"toc 1\"/></w:style>";
    let text = read_docx(&docx_of(&body, "", styles, "")).unwrap().text;
    assert_eq!(text, "一、总则……1\n二、职责……1\n三、附则……9\n合计\t1\n");
}

#[test]
fn text_boxes_and_notes_stand_behind_their_paragraph() {
    let text_box = format!("<w:txbxContent>{}</w:txbxContent>", p("专栏"));
    let body = format!(
        "<w:p>{}<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\">{text_box}</mc:Choice>\
         <mc:Fallback>{text_box}</mc:Fallback></mc:AlternateContent></w:r>{}</w:p><w:p>{}<w:r>\
         <w:footnoteReference w:id=\"2\"/></w:r>{}</w:p>{}",
        run("前"),
        run("后"),
        run("达到95%"),
        run("以上。"),
        p("末"),
    );
    let notes = format!(
        "<w:footnote w:type=\"separator\" w:id=\"0\">{}</w:footnote><w:footnote w:id=\"2\">{}</w:footnote>",
        p("线"),
        p(" 按常住人口计算。"),
    );
    let text = read_docx(&docx_of(&body, "", "", &notes)).unwrap().text;
    assert_eq!(text, "前后\n专栏\n达到95%以上。\n［注1］按常住人口计算。\n末\n");
}

#[test]
fn pictures_of_pages_are_no_text() {
    let page = "<w:p><w:r><w:drawing><a:blip r:embed=\"rId1\"/></w:drawing></w:r></w:p>";
    assert_eq!(
        read_docx(&docx(&page.repeat(2))).unwrap_err().to_string(),
        "a DOCX file without text (a scan, 2 pictures); recognise its text (OCR) first"
    );
}

fn cell(properties: &str, text: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p(text))
}

fn row(cells: &[String]) -> String {
    format!("<w:tr>{}</w:tr>", cells.concat())
}

#[test]
fn merged_cells_stand_wherever_they_reach() {
    let begin = "<w:vMerge w:val=\"restart\"/>";
    let rows = [
        row(&[cell(begin, "任务"), cell("<w:gridSpan w:val=\"2\"/>", "单位")]),
        row(&[cell("<w:vMerge/>", ""), cell("", "牵头"), cell("", "配合")]),
        row(&[cell("", "造林"), cell(begin, "省林草局"), cell("", "a|b")]),
        format!(
            "<w:tr><w:trPr><w:ins/></w:trPr>{}</w:tr>",
            [cell("", "治沙"), cell("<w:vMerge/>", ""), cell("", "c</w:t><w:br/><w:t>d")].concat()
        ),
        format!("<w:tr><w:trPr><w:del/></w:trPr>{}</w:tr>", cell("", "删去的行")),
    ];
    let decoded =
        read_docx(&docx(&(p("分工表") + "<w:tbl>" + &rows.concat() + "</w:tbl>" + &p("注"))))
            .unwrap();
    assert_eq!(
        decoded.text,
        "分工表\n\n| 任务 | 单位 | 单位 |\n| --- | --- | --- |\n| 任务 | 牵头 | 配合 |\n\
         | 造林 | 省林草局 | a\\|b |\n| 治沙 | 省林草局 | c<br>d |\n\n注\n"
    );
    let at = |word: &str| decoded.places.at(decoded.text.find(word).unwrap()).unwrap();
    assert_eq!(at("分工表").paragraph, Some(1));
    let place = at("治沙").cell.unwrap();
    assert_eq!((place.table, place.row, place.column), (1, 4, 1));
    assert_eq!(at("注").paragraph, Some(2));
}

#[test]
fn numbers_count_in_cells_too() {
    let numbering = definition(0, &[level(0, "decimal", "%1", "")]) + &list(1, 0, "");
    let serial = format!("<w:tc><w:p><w:pPr>{}</w:pPr></w:p></w:tc>", on(1, 0));
    let rows = [
        row(&[cell("", "序号"), cell("", "任务")]),
        row(&[serial.clone(), cell("", "造林")]),
        row(&[serial, cell("", "治沙")]),
    ];
    let body = format!("<w:tbl>{}</w:tbl>", rows.concat());
    assert_eq!(
        read_docx(&docx_of(&body, &numbering, "", "")).unwrap().text,
        "| 序号 | 任务 |\n| --- | --- |\n| 1 | 造林 |\n| 2 | 治沙 |\n\n"
    );
}

#[test]
fn boxes_and_frames_are_no_tables() {
    let framed = "<w:tbl>".to_owned() + &row(&[cell("", "专栏1 重点工程")]) + "</w:tbl>";
    check(&framed, "专栏1 重点工程\n");
    let inner = [
        row(&[cell("", "指标"), cell("", "目标值")]),
        row(&[cell("", "湿地保护率"), cell("", "55%")]),
    ]
    .concat();
    let nested = format!(
        "<w:tbl>{}</w:tbl>",
        row(&[format!("<w:tc>{}<w:tbl>{inner}</w:tbl><w:p/></w:tc>", p("主要指标"))])
    );
    check(&nested, "主要指标\n\n| 指标 | 目标值 |\n| --- | --- |\n| 湿地保护率 | 55% |\n\n");
}

#[test]
fn both_families_of_namespaces_and_any_prefix_are_read() {
    let strict = [
        ("_rels/.rels", relationships(&[("officeDocument", "/word/document.xml")])),
        (
            "word\\document.xml",
            format!(
                "<document xmlns=\"{STRICT}\"><body><p><r><t>第一条</t></r></p></body></document>"
            ),
        ),
    ];
    assert_eq!(read_docx(&package(&strict)).unwrap().text, "第一条\n");
    let utf16: Vec<u8> = "\u{feff}<document><body><p><r><t>第一条</t></r></p></body></document>"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(read_docx(&package(&[("word/document.xml", utf16)])).unwrap().text, "第一条\n");
}

fn limit(error: Error) -> Limit {
    match error {
        Error::OverLimit { limit, .. } => limit,
        other => panic!("{other}"),
    }
}

#[test]
fn hostile_files_are_refused_in_bounds() {
    let limits = Limits {
        max_elements: 20_000,
        max_table_cells: 100_000,
        max_text_bytes: 1 << 20,
        ..Limits::default()
    };
    let options = Options { limits, ..Options::default() };
    let refused_file =
        |bytes: &[u8]| limit(read(bytes, Path::new("意见.docx"), &options).unwrap_err());
    let refused = |body: &str| refused_file(&docx(body));
    assert_eq!(refused(&"<w:ins>".repeat(100_000)), Limit::Depth);
    let nested = "<w:tbl><w:tr><w:tc>".repeat(200);
    assert_eq!(refused(&nested), Limit::Depth);
    assert_eq!(refused(&"<w:p/>".repeat(20_001)), Limit::Elements);
    let wide = row(&[cell("<w:gridSpan w:val=\"4000000000\"/>", "x"), cell("", "y")]);
    assert_eq!(refused(&format!("<w:tbl>{wide}{wide}</w:tbl>")), Limit::TableCells);
    let free = "<w:tr><w:trPr><w:gridBefore w:val=\"4000000000\"/></w:trPr><w:tc/><w:tc/></w:tr>";
    assert_eq!(refused(&format!("<w:tbl>{free}{free}</w:tbl>")), Limit::TableCells);
    // Many tables that are each within the limit.
    let wide = row(&[cell("<w:gridSpan w:val=\"9000\"/>", ""), cell("", "y")]);
    assert_eq!(refused(&format!("<w:tbl>{wide}{wide}</w:tbl>").repeat(9)), Limit::Elements);
    // One row is wide and all others are short, and would be filled up to its width.
    let one_wide = row(&vec![cell("", "x"); 400]) + &row(&vec![cell("", "y"); 2]).repeat(400);
    assert_eq!(refused(&format!("<w:tbl>{one_wide}</w:tbl>")), Limit::TableCells);
    // A long number on each paragraph; names and texts without end are none.
    let long = definition(0, &[level(0, "decimal", &"长".repeat(170), "")]) + &list(1, 0, "");
    let body = numbered("x", &on(1, 0)).repeat(4_000);
    let options_of = |max_elements| Limits { max_elements, ..limits };
    let options = Options { limits: options_of(100_000), ..Options::default() };
    let error = read(&docx_of(&body, &long, "", ""), Path::new("-"), &options).unwrap_err();
    assert_eq!(limit(error), Limit::TextBytes);
    let endless = definition(0, &[level(0, "none", &"%1".repeat(30_000), "")]) + &list(1, 0, "");
    let text = read_docx(&docx_of(&numbered("x", &on(1, 0)), &endless, "", "")).unwrap().text;
    assert_eq!(text, "x\n");
    // Fields that begin and never end.
    let begin =
        "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/><w:fldChar w:fldCharType=\"separate\"/>";
    let fields = format!("{begin}<w:t>x</w:t></w:r></w:p>").repeat(3_000);
    assert_eq!(read_docx(&docx(&fields)).unwrap().text, "x\n".repeat(3_000));
}

#[test]
fn a_bomb_is_refused_whatever_size_it_declares() {
    let mut bomb = docx(&p(&" ".repeat(8 << 20)));
    let limits = Limits { max_unpacked_bytes: 1 << 20, ..Limits::default() };
    let options = Options { limits, ..Options::default() };
    let refused = |bytes: &[u8]| read(bytes, Path::new("意见.docx"), &options).unwrap_err();
    assert_eq!(limit(refused(&bomb)), Limit::UnpackedBytes);
    // The directory declares a small size for the largest file.
    let name = b"word/document.xml";
    let at = bomb.windows(name.len()).rposition(|window| window == name).unwrap();
    bomb[at - 22..at - 18].copy_from_slice(&100_u32.to_le_bytes());
    let error = refused(&bomb);
    assert!(
        matches!(
            error,
            Error::Damaged { .. } | Error::OverLimit { limit: Limit::UnpackedBytes, .. }
        ),
        "{error}"
    );
    let many: Vec<(String, &str)> = (0..200).map(|at| (format!("word/{at}"), "")).collect();
    let many: Vec<(&str, &str)> = many.iter().map(|(name, part)| (name.as_str(), *part)).collect();
    let limits = Limits { max_entries: 100, ..Limits::default() };
    let options = Options { limits, ..Options::default() };
    let error = read(&package(&many), Path::new("意见.docx"), &options).unwrap_err();
    assert_eq!(limit(error), Limit::Entries);
}

#[test]
fn entities_are_not_expanded() {
    let document = "<!DOCTYPE d [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]>\
                    <document><body><p><r><t>&b;</t></r></p></body></document>";
    let error = read_docx(&package(&[("word/document.xml", document)])).unwrap_err();
    assert!(error.to_string().contains("document type (DTD)"), "{error}");
    let external = "<document><body><p><r><t>&x;</t></r></p></body></document>";
    let error = read_docx(&package(&[("word/document.xml", external)])).unwrap_err();
    assert!(error.to_string().contains("unknown entity &x;"), "{error}");
}

#[test]
fn damaged_files_are_told_from_unknown_ones() {
    let whole = docx(&p(&"第一条　为了".repeat(500)));
    for at in [whole.len() / 3, whole.len() / 2, whole.len() - 1] {
        let error = read_docx(&whole[..at]).unwrap_err();
        assert!(matches!(error, Error::Damaged { kind: "a DOCX file", .. }), "{at}: {error}");
    }
    let mut torn = whole.clone();
    let name = b"word/document.xml";
    let at = torn.windows(name.len()).position(|window| window == name).unwrap();
    torn[at + 40] ^= 0xff;
    assert!(matches!(read_docx(&torn), Err(Error::Damaged { .. })));
    let empty = package(&[("word/styles.xml", "<styles/>")]);
    assert_eq!(
        read_docx(&empty).unwrap_err().to_string(),
        "a DOCX file, but damaged or cut short (it has no word/document.xml); fetch or save it again"
    );
    assert_eq!(read_docx(&docx("")).unwrap_err(), Error::Empty);
    let cut = package(&[("word/document.xml", "<document><body><p>")]);
    assert!(read_docx(&cut).unwrap_err().to_string().contains("ends inside an element"));
}

#[test]
fn a_file_with_the_name_of_another_is_read_as_what_it_is() {
    let named = |bytes: &[u8], name: &str| read(bytes, Path::new(name), &Options::default());
    let decoded = named(&docx(&p("总则")), "意见.txt").unwrap();
    assert_eq!(decoded.notices, ["named .txt, but it is a DOCX file; read as that"]);
    let decoded = named("一、总则".as_bytes(), "意见.docx").unwrap();
    assert_eq!(decoded.notices, ["named .docx, but it is plain text; read as that"]);
    let sentence = |bytes: &[u8]| named(bytes, "意见.docx").unwrap_err().to_string();
    let old = |stream: &str| {
        let name = stream.encode_utf16().flat_map(u16::to_le_bytes);
        let head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".iter().copied();
        head.chain(vec![0; 504]).chain(name).collect::<Vec<u8>>()
    };
    let alone = Options { without_converters: true, ..Options::default() };
    let error = read(&old("WordDocument"), Path::new("意见.docx"), &alone).unwrap_err();
    assert!(error.to_string().starts_with("an old Word file (.doc, .wps)"), "{error}");
    let error = read(b"{\\rtf1 x}", Path::new("意见.doc"), &alone).unwrap_err();
    assert!(error.to_string().starts_with("an RTF file is read through"), "{error}");
    assert!(sentence(&old("EncryptedPackage")).contains("locked with a password"));
    // Names in GBK, of any file at all.
    let mut zip = package(&[("AAAA.txt", "x")]);
    let gbk = encoding_rs::GBK.encode("意见").0.into_owned();
    for at in 0..zip.len() - 4 {
        if &zip[at..at + 4] == b"AAAA" {
            zip[at..at + 4].copy_from_slice(&gbk);
        }
    }
    assert!(sentence(&zip).starts_with("a zip archive"));
    let mut with_gbk = docx(&p("总则"));
    let header = b"word/header1.xml";
    for at in 0..with_gbk.len() - header.len() {
        if &with_gbk[at..at + header.len()] == header {
            with_gbk[at + 5..at + 9].copy_from_slice(&gbk);
        }
    }
    assert_eq!(read_docx(&with_gbk).unwrap().text, "总则\n");
}
