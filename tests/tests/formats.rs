//! The same document in every format that offices use gives the same divisions,
//! assignments and targets as its text.
//!
//! The files are made by `tests/formats/make.py`. Another format is a line in
//! [`SETS`].

mod same;

use gangmu_ingest::Options;
use gangmu_tests::{read, root};
use same::{compare, document};

/// A text, and the files that say the same.
const SETS: &[(&str, &[&str])] = &[
    (
        "seeds/documents/liaoning-meili-2024.txt",
        &[
            "tests/formats/liaoning-typed.docx",
            "tests/formats/liaoning-numbered.docx",
            "tests/formats/liaoning-typed-libreoffice.docx",
            "tests/formats/liaoning.ofd",
            "tests/formats/liaoning.pdf",
            "tests/formats/liaoning-libreoffice.pdf",
        ],
    ),
    (
        "tests/formats/water.txt",
        &[
            "tests/formats/water.docx",
            "tests/formats/water-libreoffice.docx",
            "tests/formats/water.xlsx",
            "tests/formats/water-libreoffice.xlsx",
            "tests/formats/water.html",
            "tests/formats/water.pdf",
            "tests/formats/water.ofd",
        ],
    ),
];

#[test]
fn every_format_gives_the_document_of_its_text() {
    let mut all = Vec::new();
    for (text, files) in SETS {
        let text = root().join(text);
        let original = document(read(&text).as_bytes(), &text);
        assert!(!original.1.assignments.is_empty() && !original.1.targets.is_empty());
        for file in *files {
            let path = root().join(file);
            let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{file}: {error}"));
            all.extend(compare(&original, &document(&bytes, &path), file));
        }
    }
    assert!(all.is_empty(), "{} differences\n{}", all.len(), all.join("\n"));
}

/// Files that LibreOffice converts, each with its text and what is said of it.
const CONVERTED: &[(&str, &str, &str)] = &[
    (
        "liaoning-typed-libreoffice.doc",
        "seeds/documents/liaoning-meili-2024.txt",
        "an old Word file (.doc, .wps)",
    ),
    ("water-libreoffice.rtf", "tests/formats/water.txt", "an RTF file"),
    ("water-libreoffice.odt", "tests/formats/water.txt", "an OpenDocument text (.odt)"),
    ("water-libreoffice.xls", "tests/formats/water.txt", "an old workbook (.xls, .et)"),
    ("water-libreoffice.ods", "tests/formats/water.txt", "an OpenDocument workbook (.ods)"),
];

#[test]
fn what_libreoffice_converts_is_read_where_it_is_installed_and_else_said_to_need_it() {
    for (file, text, kind) in CONVERTED {
        let path = root().join("tests/formats").join(file);
        let text = root().join(text);
        let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{file}: {error}"));
        let made = if kind.contains("workbook") { ".xlsx" } else { ".docx" };
        match gangmu_ingest::read(&bytes, &path, &Options::default()) {
            Ok(decoded) => {
                assert_eq!(decoded.notices[0], format!("{kind}, read as LibreOffice converts it"));
                let original = document(read(&text).as_bytes(), &text);
                let all = compare(&original, &document(&bytes, &path), file);
                assert!(all.is_empty(), "{} differences\n{}", all.len(), all.join("\n"));
            }
            Err(error) => assert_eq!(
                error.to_string(),
                format!(
                    "{kind} is read through LibreOffice, which is not installed; install it, or save the file as {made} in an office program"
                )
            ),
        }
        let options = Options { without_converters: true, ..Options::default() };
        assert_eq!(
            gangmu_ingest::read(&bytes, &path, &options)
                .expect_err("it is switched off")
                .to_string(),
            format!("{kind} is read through LibreOffice, which is switched off; save it as {made}")
        );
    }
}

#[test]
fn every_encoding_gives_the_document_of_its_text() {
    let mut all = Vec::new();
    for (name, _) in SETS {
        let path = root().join(name);
        let text = read(&path);
        let original = document(text.as_bytes(), &path);
        let utf16 = |to_bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
            format!("\u{feff}{text}").encode_utf16().flat_map(to_bytes).collect()
        };
        for (encoding, bytes) in [
            ("gb18030", encoding_rs::GB18030.encode(&text).0.into_owned()),
            ("utf-16le", utf16(u16::to_le_bytes)),
            ("utf-16be", utf16(u16::to_be_bytes)),
            ("CRLF", text.replace('\n', "\r\n").into_bytes()),
        ] {
            all.extend(compare(&original, &document(&bytes, &path), &format!("{name} {encoding}")));
        }
    }
    assert!(all.is_empty(), "{} differences\n{}", all.len(), all.join("\n"));
}

#[test]
fn tables_of_tasks_and_targets_are_read() {
    let path = root().join("tests/formats/water.xlsx");
    let bytes = std::fs::read(&path).expect("the workbook is shipped");
    let (_, document) = document(&bytes, &path);
    let lead = |title: &str| {
        let division = document.divisions.iter().find(|each| each.title.as_deref() == Some(title));
        let division = division.unwrap_or_else(|| panic!("no division {title}"));
        let assignment = document.assignments.iter().find(|each| each.division == division.id);
        assignment.map(|each| each.agencies[0].name.clone())
    };
    // The second unit of the last task is a dash.
    assert_eq!(document.assignments.len(), 9);
    assert_eq!(lead("修复病险水库").as_deref(), Some("市水利局"));
    let rate = document.targets.iter().find(|each| each.indicator.as_deref() == Some("水土保持率"));
    let rate = serde_json::to_value(rate).expect("a target is JSON");
    assert_eq!((&rate["value"], &rate["unit"]), (&83.26.into(), &"%".into()), "{rate}");
}
