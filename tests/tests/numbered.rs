//! Every text of `tests/fixtures` as a Word file whose numbers Word counts by
//! itself gives the document of the text.

mod same;

use std::io::{Cursor, Write as _};
use std::path::Path;

use gangmu_tests::{fixtures, printed_tables};
use same::{compare, document};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// Builds the Word file of a text, line by line.
#[derive(Default)]
struct WordFile {
    body: String,
    definitions: String,
    lists: String,
    n_lists: u32,
}

impl WordFile {
    fn of(text: &str) -> Self {
        let mut file = Self::default();
        let mut table: Vec<Vec<&str>> = Vec::new();
        for line in text.lines() {
            if line.starts_with('|') {
                let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
                if !cells.iter().all(|cell| cell.trim_matches(':').starts_with("---")) {
                    table.push(cells);
                }
                continue;
            }
            file.table(&std::mem::take(&mut table));
            if !line.trim().is_empty() {
                file.line(line);
            }
        }
        file.table(&table);
        file
    }

    /// Adds a line; its number becomes one that a list of its own begins with.
    fn line(&mut self, line: &str) {
        let Some(Number { count, format, text, rest }) = Number::of(line) else {
            self.body += &format!("<w:p>{}</w:p>", run(line));
            return;
        };
        self.n_lists += 1;
        let id = self.n_lists;
        self.body += &format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"{id}\"/></w:numPr></w:pPr>{}</w:p>",
            run(rest)
        );
        self.definitions += &format!(
            "<w:abstractNum w:abstractNumId=\"{id}\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"{count}\"/>\
             <w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{text}\"/></w:lvl></w:abstractNum>"
        );
        self.lists += &format!("<w:num w:numId=\"{id}\"><w:abstractNumId w:val=\"{id}\"/></w:num>");
    }

    fn table(&mut self, rows: &[Vec<&str>]) {
        if rows.is_empty() {
            return;
        }
        self.body += "<w:tbl>";
        for row in rows {
            let cells = row.iter().map(|cell| {
                let lines = cell.split("<br>").map(|line| format!("<w:p>{}</w:p>", run(line)));
                format!("<w:tc>{}</w:tc>", lines.collect::<String>())
            });
            self.body += &format!("<w:tr>{}</w:tr>", cells.collect::<String>());
        }
        self.body += "</w:tbl>";
    }

    fn pack(&self) -> Vec<u8> {
        let family =
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering";
        let parts = [
            (
                "word/document.xml",
                format!(
                    "<w:document xmlns:w=\"{WORD}\"><w:body>{}</w:body></w:document>",
                    self.body
                ),
            ),
            (
                "word/_rels/document.xml.rels",
                format!(
                    "<Relationships><Relationship Id=\"a\" Type=\"{family}\" Target=\"numbering.xml\"/></Relationships>"
                ),
            ),
            (
                "word/numbering.xml",
                format!(
                    "<w:numbering xmlns:w=\"{WORD}\">{}{}</w:numbering>",
                    self.definitions, self.lists
                ),
            ),
        ];
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, part) in parts {
            zip.start_file(name, SimpleFileOptions::default()).expect("memory takes every file");
            zip.write_all(part.as_bytes()).expect("memory takes every byte");
        }
        zip.finish().expect("memory takes the directory").into_inner()
    }
}

fn run(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    let text = text.replace('\t', "</w:t><w:tab/><w:t xml:space=\"preserve\">");
    format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

/// The number at the start of a line, as a list of Word writes it.
struct Number<'t> {
    count: u32,
    format: &'static str,
    /// The text of the level: `（%1）`.
    text: &'static str,
    rest: &'t str,
}

impl<'t> Number<'t> {
    fn of(line: &'t str) -> Option<Self> {
        const FORMS: [(&str, &str, &str); 4] =
            [("", "、", "%1、"), ("（", "）", "（%1）"), ("", ".", "%1."), ("(", ")", "(%1)")];
        FORMS.into_iter().find_map(|(before, behind, text)| {
            let (number, rest) = line.strip_prefix(before)?.split_once(behind)?;
            let is_digits = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
            // 1.5 is no number of a list, and 4.. was typed.
            let typed = rest.starts_with(|ch: char| ch.is_ascii_digit() || ch == '.');
            if is_digits && number.len() <= 2 && !typed {
                let count = number.parse().ok()?;
                return Some(Self { count, format: "decimal", text, rest });
            }
            let count = han(number)?;
            Some(Self { count, format: "chineseCountingThousand", text, rest })
        })
    }
}

/// Returns the value of 一 to 九十九.
fn han(numeral: &str) -> Option<u32> {
    let value = |text: &str| {
        let mut digits = text.chars();
        let digit = digits.next().filter(|_| digits.next().is_none())?;
        "一二三四五六七八九".chars().position(|each| each == digit).map(|at| at as u32 + 1)
    };
    match numeral.split_once('十') {
        None => value(numeral),
        Some((tens, ones)) => {
            let tens = if tens.is_empty() { 1 } else { value(tens)? };
            let ones = if ones.is_empty() { 0 } else { value(ones)? };
            Some(tens * 10 + ones)
        }
    }
}

#[test]
fn automatic_numbers_give_the_document_of_the_text() {
    let (mut all, mut n_numbers, mut n_files) = (Vec::new(), 0, 0);
    for fixture in fixtures() {
        let text = fixture.text();
        // A table of one column sets a text out in Word; an empty text is refused.
        let is_box =
            text.lines().any(|line| line.starts_with('|') && line.matches('|').count() == 2);
        let file = WordFile::of(&text);
        if is_box || file.n_lists == 0 {
            continue;
        }
        let original = document(text.as_bytes(), &fixture.path);
        // The lines of a printed table are none that Word would number.
        if !printed_tables(&fixture.parse().1, &text).is_empty() {
            continue;
        }
        n_files += 1;
        n_numbers += file.n_lists;
        let name = fixture.name.clone() + ".docx";
        all.extend(compare(&original, &document(&file.pack(), Path::new(&name)), &name));
    }
    assert!(n_files > 50 && n_numbers > 300, "{n_numbers} numbers in {n_files} files");
    assert!(all.is_empty(), "{} differences\n{}", all.len(), all.join("\n"));
}
