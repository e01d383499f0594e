//! The 任务分解表 of the founding document, row by row, against its hand-made gold.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by a panic")]

use std::ffi::OsString;
use std::io;
use std::path::Path;
use std::process::Command;

use gangmu::{Exit, Terminal};
use gangmu_ingest::{Limits, WorkbookRows, read_workbook};
use gangmu_tests::{read, root};
use serde_json::Value;
use tempfile::TempDir;

fn write_table(path: &Path) {
    let seeds = root().join("seeds/documents/liaoning-meili-2024.txt");
    let words = ["gangmu", "tasks", "--all"].map(OsString::from).into_iter();
    let words = words.chain([seeds.into(), "-o".into(), path.into()]);
    let mut terminal = Terminal {
        input: &mut io::empty(),
        out: &mut io::sink(),
        err: &mut io::sink(),
        columns: None,
        color: false,
        progress: false,
        language: gangmu::Language::English,
    };
    assert_eq!(gangmu::run(words, &mut terminal), Exit::Found);
}

/// A sheet with its headings.
struct Table {
    headings: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    fn of(workbook: &WorkbookRows, name: &str) -> Self {
        let sheet = workbook.sheets.iter().find(|sheet| sheet.name == name).unwrap();
        let (headings, rows) = sheet.rows.split_first().unwrap();
        Self { headings: headings.clone(), rows: rows.to_vec() }
    }

    fn cell<'r>(&self, row: &'r [String], heading: &str) -> &'r str {
        let at = self.headings.iter().position(|each| each == heading).unwrap();
        row.get(at).map_or("", String::as_str)
    }

    /// Returns the row of a measure of the gold.
    fn measure(&self, index: &Value) -> &[String] {
        let step = format!(".m{index}\n");
        let is_it = |row: &&Vec<String>| self.cell(row, "原文位置").contains(&step);
        self.rows.iter().find(is_it).unwrap_or_else(|| panic!("measure {index} has a row"))
    }
}

fn list<'v>(value: &'v Value, field: &str) -> &'v [Value] {
    value[field].as_array().unwrap()
}

#[test]
fn every_assignment_of_the_gold_stands_in_its_row_with_role_and_bodies() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("任务分解表.xlsx");
    write_table(&path);
    let bytes = std::fs::read(&path).unwrap();
    let workbook = read_workbook(&bytes, Limits::default()).unwrap().unwrap();
    let (table, blocks) = (Table::of(&workbook, "任务分解表"), Table::of(&workbook, "按单位"));
    let gold: Value =
        serde_json::from_str(&read(&root().join("tests/gold/liaoning-meili-2024.json"))).unwrap();
    let text = read(&root().join("seeds/documents/liaoning-meili-2024.txt"));

    let mut n_mentions = 0;
    for bracket in list(&gold, "assignments") {
        let row = table.measure(&bracket["measure"]);
        for group in list(bracket, "groups") {
            let names: Vec<&str> =
                list(group, "agencies").iter().filter_map(Value::as_str).collect();
            let open = if group["open_ended"] == true { "等" } else { "" };
            let (heading, special, role) = match group["role"].as_str().unwrap() {
                "lead" => ("牵头单位", "", "牵头"),
                "responsible" => ("责任单位", "", "责任"),
                "joint" => ("责任单位", "(按职责分工负责)", "共同负责"),
                other => panic!("{other} is no role of this document"),
            };
            let expected = format!("{}{open}{special}", names.join("、"));
            let shown = table.cell(row, heading);
            assert!(shown.lines().any(|line| line == expected), "{expected} is not in {shown}");
            for name in names {
                let place = table.cell(row, "原文位置");
                let is_it = |row: &&Vec<String>| {
                    blocks.cell(row, "单位") == name
                        && blocks.cell(row, "角色") == role
                        && blocks.cell(row, "原文位置") == place
                };
                assert_eq!(blocks.rows.iter().filter(is_it).count(), 1, "{name} {role} {place}");
                n_mentions += 1;
            }
        }
    }
    assert_eq!(n_mentions, 206);

    for chapter in list(&gold, "chapters") {
        for measure in list(chapter, "measures") {
            let is_assigned =
                list(&gold, "assignments").iter().any(|each| each["measure"] == measure["index"]);
            if !is_assigned {
                continue;
            }
            let row = table.measure(&measure["index"]);
            assert_eq!(table.cell(row, "任务"), measure["title"].as_str().unwrap());
            let at = |end: usize| measure["body_at"]["bytes"][end].as_u64().unwrap() as usize;
            assert_eq!(table.cell(row, "具体措施"), &text[at(0)..at(1)]);
            let heading = table.cell(row, "章");
            assert!(heading.ends_with(chapter["title"].as_str().unwrap()), "{heading}");
        }
    }
}

#[test]
fn every_number_to_be_reached_stands_in_the_sheet_of_goals() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("任务分解表.xlsx");
    write_table(&path);
    let bytes = std::fs::read(&path).unwrap();
    let workbook = read_workbook(&bytes, Limits::default()).unwrap().unwrap();
    let goals = Table::of(&workbook, "指标");
    let gold: Value =
        serde_json::from_str(&read(&root().join("tests/gold/liaoning-meili-2024.json"))).unwrap();
    let mut n_goals = 0;
    for target in list(&gold, "targets").iter().filter(|each| each["kind"] == "quantitative") {
        let value_text = target["value_text"].as_str().unwrap();
        let is_it = |row: &&Vec<String>| {
            goals.cell(row, "类型") == "定量" && goals.cell(row, "原文").contains(value_text)
        };
        assert!(goals.rows.iter().any(|row| is_it(&row)), "{value_text} has no row");
        n_goals += 1;
    }
    assert_eq!(n_goals, 23);
}

/// Whether LibreOffice is there; where it is not, the test says that it did nothing.
fn has_office() -> bool {
    let there =
        Command::new("soffice").arg("--version").output().is_ok_and(|run| run.status.success());
    if !there {
        #[allow(clippy::print_stderr, reason = "a test that is left out says so")]
        {
            eprintln!(
                "LEFT OUT: soffice is not installed, so no workbook was opened in LibreOffice"
            );
        }
    }
    there
}

#[test]
fn libreoffice_opens_the_workbook_and_shows_the_same() {
    if !has_office() {
        return;
    }
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("table.xlsx");
    write_table(&path);
    let convert = |to: &str| {
        let profile = format!("-env:UserInstallation=file://{}/profile", folder.path().display());
        let run = Command::new("soffice")
            .args([&profile, "--headless", "--convert-to", to, "--outdir"])
            .args([folder.path(), &path])
            .output()
            .unwrap();
        assert!(run.status.success(), "{run:?}");
    };
    let workbook =
        || read_workbook(&std::fs::read(&path).unwrap(), Limits::default()).unwrap().unwrap();
    let ours = workbook();

    // Fields parted by commas, in quotes where needed, UTF-8.
    convert("csv:Text - txt - csv (StarCalc):44,34,76,1");
    let shown = std::fs::read(folder.path().join("table.csv")).unwrap();
    let shown = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(&*shown)
        .records()
        .map(|record| record.unwrap().iter().map(str::to_owned).collect::<Vec<_>>())
        .collect::<Vec<_>>();
    let expected = &ours.sheets[0].rows;
    assert_eq!(shown.len(), expected.len());
    for (shown, expected) in shown.iter().zip(expected) {
        let filled = |row: &[String]| -> Vec<String> {
            row.iter().filter(|cell| !cell.is_empty()).cloned().collect()
        };
        assert_eq!(filled(shown), filled(expected));
    }

    convert("pdf");
    let pdf = std::fs::read(folder.path().join("table.pdf")).unwrap();
    let printed = gangmu_ingest::read(&pdf, Path::new("table.pdf"), &Default::default()).unwrap();
    // Lines of a cell stand apart on a page; the number of a clause is one piece.
    let printed: String = printed.text.split_whitespace().collect();
    let table = Table::of(&ours, "任务分解表");
    for row in &table.rows {
        let number = table.cell(row, "条目");
        assert!(printed.contains(number), "{number} is not printed");
    }

    // Saved by LibreOffice, it is still known, and nothing counts as changed by hand.
    std::fs::create_dir(folder.path().join("saved")).unwrap();
    let saved = folder.path().join("saved/table.xlsx");
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.path().display());
    let run = Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", "xlsx", "--outdir"])
        .args([&folder.path().join("saved"), &path])
        .output()
        .unwrap();
    assert!(run.status.success() && saved.is_file(), "{run:?}");
    write_table(&saved);
    let older = std::fs::read_dir(folder.path().join("saved")).unwrap().count();
    assert_eq!(older, 1, "no older workbook had to be kept");
    assert_eq!(std::fs::read(&saved).unwrap(), std::fs::read(&path).unwrap());
}
