//! Workbooks that people work in, and every listing as a file.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by a panic")]

mod common;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use common::{Folder, LIAONING, Run, documents};
use gangmu::Exit;
use gangmu_ingest::{Limits, SheetRows, read_workbook};
use rust_xlsxwriter::Workbook;

fn sheets(path: &Path) -> Vec<SheetRows> {
    read_workbook(&fs::read(path).unwrap(), Limits::default()).unwrap().unwrap().sheets
}

/// Returns the rows of a sheet under the headings of its first row.
#[track_caller]
fn rows(path: &Path, sheet: &str) -> Vec<Vec<String>> {
    let found = sheets(path).into_iter().find(|each| each.name == sheet);
    found.unwrap_or_else(|| panic!("there is no sheet {sheet}")).rows
}

/// Returns the cell under a heading in the row whose task is called so.
#[track_caller]
fn cell(path: &Path, task: &str, heading: &str) -> String {
    let rows = rows(path, "任务分解表");
    let at = |name: &str| rows[0].iter().position(|cell| cell == name).unwrap();
    let row = rows.iter().find(|row| row.get(at("任务")).is_some_and(|cell| cell == task));
    row.unwrap().get(at(heading)).cloned().unwrap_or_default()
}

/// Saves the workbook as another program would, after a person has changed rows.
fn work(path: &Path, change: impl FnOnce(&mut Vec<SheetRows>)) {
    let mut sheets = sheets(path);
    change(&mut sheets);
    let mut workbook = Workbook::new();
    for sheet in sheets {
        let worksheet = workbook.add_worksheet();
        worksheet.set_name(&sheet.name).unwrap();
        worksheet.set_hidden(sheet.hidden);
        for (row, cells) in sheet.rows.iter().enumerate() {
            for (column, text) in cells.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
                worksheet.write_string(row as u32, column as u16, text).unwrap();
            }
        }
    }
    workbook.save(path).unwrap();
}

/// Types a text under a heading in the row whose task is called so.
fn type_in(sheet: &mut SheetRows, task: &str, heading: &str, text: &str) {
    let at = sheet.rows[0].iter().position(|cell| cell == heading).unwrap();
    let row = sheet.rows.iter_mut().find(|row| row.iter().any(|cell| cell == task)).unwrap();
    row.resize(row.len().max(at + 1), String::new());
    row[at] = text.to_owned();
}

const WRITE: &str = "tasks --all @/docs/liaoning.txt -o @/表.xlsx";

fn one() -> Folder {
    Folder::new(&[("docs/liaoning.txt", LIAONING)])
}

#[track_caller]
fn written(folder: &Folder, line: &str) -> Run {
    let run = folder.run(line);
    assert_eq!(run.exit, Exit::Found, "{}", run.err);
    run
}

#[test]
fn a_workbook_has_the_sheets_and_columns_that_offices_expect() {
    let folder = one();
    written(&folder, WRITE);
    let path = folder.path().join("表.xlsx");
    let names: Vec<String> = sheets(&path).into_iter().map(|sheet| sheet.name).collect();
    assert_eq!(names, ["任务分解表", "按单位", "指标", "单位统计", "说明", "gangmu"]);
    let table = rows(&path, "任务分解表");
    let headings = "序号 文件 章 条目 任务 具体措施 牵头单位 责任单位 配合单位 完成时限 量化目标 \
                    原文位置 待核 进展 备注";
    assert_eq!(table[0].join(" "), headings);
    // The last measure names no body: its row asks for one.
    assert_eq!(table.len(), 1 + 3);
    assert_eq!(cell(&path, "推进造林绿化", "牵头单位"), "省林草局");
    assert_eq!(cell(&path, "推进造林绿化", "责任单位"), "省发展改革委、省财政厅等");
    assert_eq!(cell(&path, "推进造林绿化", "章"), "一、加强国土绿化");
    assert_eq!(cell(&path, "推进造林绿化", "完成时限"), "到2027年\n到2035年");
    let joint = "省生态环境厅、省住房城乡建设厅(按职责分工负责)";
    assert_eq!(cell(&path, "治理黑臭水体", "责任单位"), joint);
    let blocks = rows(&path, "按单位");
    assert!(
        blocks.iter().any(|row| row[0] == "辽宁省林业和草原局(省林草局): 牵头1项"),
        "{blocks:?}"
    );
}

#[test]
fn what_was_typed_stays_with_its_clause_in_a_newer_version() {
    let folder = one();
    written(&folder, WRITE);
    let path = folder.path().join("表.xlsx");
    work(&path, |sheets| {
        let table = &mut sheets[0];
        type_in(table, "推进造林绿化", "进展", "已完成60%");
        type_in(table, "治理黑臭水体", "备注", "=待省厅批复");
        // A column of their own, columns in another order, a title above, rows sorted.
        table.rows[0].push("经办人".to_owned());
        type_in(table, "推进造林绿化", "经办人", "王明");
        for row in &mut table.rows {
            row.resize(16, String::new());
            row.swap(13, 4);
        }
        table.rows[1..].reverse();
        table.rows.insert(0, vec!["美丽辽宁任务".to_owned()]);
    });
    // A clause is new in front, one is gone, one is reworded, and the file has another name.
    let newer = LIAONING
        .replace("(一)推进造林绿化。实施重点工程", "(一)新增任务。摸清家底。(省水利厅负责)\n\n(二)推进造林绿化。实施重大工程")
        .replace("(二)治理黑臭水体", "(三)清理黑臭水体")
        .replace("统筹推进城乡治理。到2025年,城市黑臭水体消除比例不低于90%。(省生态环境厅、省住房城乡建设厅", "全面建立河长工作体系。(省水利厅、省公安厅");
    fs::write(folder.path().join("docs/正式稿.txt"), newer).unwrap();
    let run = written(&folder, "tasks --all @/docs/正式稿.txt -o @/表.xlsx");
    assert_eq!(cell(&path, "推进造林绿化", "进展"), "已完成60%");
    assert_eq!(cell(&path, "推进造林绿化", "经办人"), "王明");
    assert_eq!(cell(&path, "推进造林绿化", "原文位置"), "c1.m2\n第9行");
    let head = &rows(&path, "任务分解表")[0];
    assert_eq!((head[4].as_str(), head[13].as_str()), ("进展", "任务"));
    let lost = rows(&path, "已失配");
    assert_eq!(lost.len(), 2, "{lost:?}");
    assert!(lost[1].contains(&"=待省厅批复".to_owned()), "{lost:?}");
    for said in [
        "what was typed in 1 row is kept",
        "1 row moved: c1.m1 → c1.m2",
        "1 row with no place in the table any more are in the sheet 已失配: c1.m2",
    ] {
        assert!(run.err.contains(said), "{said} is not in {}", run.err);
    }
    // Back to the older version: the row that had lost its place finds it again.
    written(&folder, WRITE);
    assert_eq!(cell(&path, "治理黑臭水体", "备注"), "=待省厅批复");
    assert!(!sheets(&path).iter().any(|sheet| sheet.name == "已失配"));
}

#[test]
fn the_same_document_gives_the_same_bytes_again() {
    let folder = one();
    written(&folder, WRITE);
    let path = folder.path().join("表.xlsx");
    let first = fs::read(&path).unwrap();
    let run = written(&folder, WRITE);
    assert_eq!(first, fs::read(&path).unwrap());
    assert_eq!(run.err, "every body: 3 tasks in 1 document\n");
}

#[test]
fn sentences_and_clauses_keep_each_others_notes() {
    let folder = one();
    written(&folder, WRITE);
    let path = folder.path().join("表.xlsx");
    work(&path, |sheets| type_in(&mut sheets[0], "推进造林绿化", "进展", "已完成60%"));
    let run = written(&folder, &format!("{WRITE} --by sentence"));
    let table = rows(&path, "任务分解表");
    assert!(table.len() > 1 + 3, "{table:?}");
    assert_eq!(table[1][5], "实施重点工程,推进黑土地保护。");
    assert_eq!(table[1][13], "已完成60%");
    assert!(run.err.contains("went to the first row of the clause: c1.m1"), "{}", run.err);
    written(&folder, WRITE);
    assert_eq!(cell(&path, "推进造林绿化", "进展"), "已完成60%");
}

#[test]
fn what_a_new_workbook_cannot_hold_is_kept_beside_it_and_said() {
    let folder = one();
    written(&folder, WRITE);
    let path = folder.path().join("表.xlsx");
    work(&path, |sheets| {
        type_in(&mut sheets[0], "推进造林绿化", "责任单位", "省财政厅(牵头科室:农业处)");
        sheets[0].rows.push(vec!["4".to_owned(), String::new(), "自加的一行".to_owned()]);
        let rows = vec![vec!["联系人".to_owned(), "王明".to_owned()]];
        sheets.push(SheetRows { name: "通讯录".to_owned(), hidden: false, rows });
    });
    let before = fs::read(&path).unwrap();
    let run = written(&folder, WRITE);
    assert_eq!(fs::read(folder.path().join("表.旧1.xlsx")).unwrap(), before);
    assert_eq!(rows(&path, "通讯录"), [["联系人", "王明"]]);
    assert_eq!(cell(&path, "推进造林绿化", "责任单位"), "省发展改革委、省财政厅等");
    assert!(rows(&path, "已失配")[1].contains(&"自加的一行".to_owned()));
    for said in [
        "kept as @/表.旧1.xlsx",
        "2 rows of 任务分解表 had been changed or added by hand",
        "通讯录",
    ] {
        assert!(run.err.contains(said), "{said} is not in {}", run.err);
    }
}

#[test]
fn a_workbook_of_others_is_left_alone_unless_forced() {
    let folder = one();
    let path = folder.path().join("表.xlsx");
    let mut workbook = Workbook::new();
    workbook.add_worksheet().write_string(0, 0, "工资表").unwrap();
    workbook.save(&path).unwrap();
    let before = fs::read(&path).unwrap();
    let run = folder.run(WRITE);
    assert_eq!(run.exit, Exit::Failed);
    assert!(
        run.err.contains("no 任务分解表 made by gangmu tasks; name another file"),
        "{}",
        run.err
    );
    assert_eq!(fs::read(&path).unwrap(), before);
    fs::write(&path, "no workbook at all").unwrap();
    assert_eq!(folder.run(WRITE).exit, Exit::Failed);
    written(&folder, &format!("{WRITE} --force"));
    fs::write(folder.path().join(".~lock.表.xlsx#"), "").unwrap();
    let run = folder.run(WRITE);
    assert!(run.err.contains("is open in another program"), "{}", run.err);
    // Other listings have no rows that could be found again.
    written(&folder, "targets @/docs -o @/指标.xlsx");
    assert!(folder.run("targets @/docs -o @/指标.xlsx").err.contains("is there already"));
}

#[test]
fn nothing_found_leaves_a_file_as_it_is() {
    let folder = one();
    for name in ["表.xlsx", "表.csv"] {
        fs::write(folder.path().join(name), "旧").unwrap();
        let run = folder.run(&format!("tasks 省数据局 @/docs -o @/{name}"));
        assert_eq!(run.exit, Exit::Nothing, "{}", run.err);
        assert_eq!(fs::read_to_string(folder.path().join(name)).unwrap(), "旧");
    }
}

#[test]
fn killed_at_any_moment_the_file_is_the_old_or_the_new_one() {
    const N_MOMENTS: u32 = 16;
    let folder = Folder::new(&[("docs/a.txt", LIAONING.repeat(60))]);
    let file = folder.path().join("表.csv");
    let run = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gangmu"));
        command.args(["tasks", "--all", "docs", "-o", "表.csv"]).current_dir(folder.path());
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    let start = Instant::now();
    assert!(run().status().unwrap().success());
    let duration = start.elapsed();
    let new = fs::read(&file).unwrap();
    let mut n_old = 0;
    for moment in 0..N_MOMENTS {
        fs::write(&file, "旧").unwrap();
        let mut child = run().spawn().unwrap();
        std::thread::sleep(duration * moment / N_MOMENTS);
        child.kill().unwrap();
        child.wait().unwrap();
        let found = fs::read(&file).unwrap();
        n_old += usize::from(found == "旧".as_bytes());
        assert!(found == new || found == "旧".as_bytes(), "{} bytes at {moment}", found.len());
    }
    assert!(n_old > 0, "no run was killed before it had written");
}

#[test]
fn tables_among_the_documents_are_not_read_as_documents() {
    let folder = one();
    let line = "tasks --all @/docs -o @/docs/表.xlsx";
    written(&folder, line);
    let run = written(&folder, line);
    assert!(run.err.contains("every body: 3 tasks in 1 document"), "{}", run.err);
    assert!(run.err.contains("skipped 1 of other kinds (1 tables made by gangmu)"), "{}", run.err);
}

#[test]
fn a_file_takes_the_format_of_its_name() {
    let folder = documents();
    let mistyped = "一、完善平台。建设统一的预约平台。（责任位：市卫生健康委、市数据局）\n";
    fs::write(folder.path().join("docs/mistyped.txt"), mistyped).unwrap();
    let at = folder.path().to_str().unwrap();
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap().replace(at, "@");
    for command in
        ["targets", "agencies", "search 黑土地", "check", "tasks 省发展改革委", "show (一)"]
    {
        let line = |rest: &str| format!("{command} @/docs {rest}");
        for name in ["a.json", "a.jsonl", "a.csv", "a.md", "a.txt", "a.xlsx"] {
            let file = folder.path().join(name);
            let _ = fs::remove_file(&file);
            let run = folder.run(&line(&format!("-o @/{name}")));
            assert_ne!(run.exit, Exit::Failed, "{command}: {}", run.err);
            assert_eq!(run.out, "", "{command}");
        }
        if folder.run(&line("--format json")).out == "[]\n" {
            assert!(!folder.path().join("a.json").exists(), "{command}");
            continue;
        }
        assert_eq!(read("a.json"), folder.run(&line("--format json")).out, "{command}");
        assert_eq!(read("a.jsonl"), folder.run(&line("--format jsonl")).out, "{command}");
        let csv = folder.run(&line("--format csv")).out;
        assert_eq!(read("a.csv"), format!("\u{feff}{csv}"), "{command}");
        assert_eq!(read("a.md"), folder.run(&line("--format markdown")).out, "{command}");
        let n_records = read("a.jsonl").lines().count();
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert_eq!(records.len(), n_records, "{command}");
        assert_eq!(read("a.md").lines().count(), n_records + 2, "{command}");
        assert_eq!(sheets(&folder.path().join("a.xlsx"))[0].rows.len(), n_records + 1, "{command}");
    }
    for (line, said) in [
        ("targets @/docs -o @/a.pdf", "the name says no format"),
        ("targets @/docs -o @/a.csv --format json", "another format than --format"),
        ("targets @/docs -o @/无/a.csv", "make it first"),
        ("tasks --all @/docs --by sentence", "--by sentence is for a workbook"),
    ] {
        let run = folder.run(line);
        assert_eq!(run.exit, Exit::Failed, "{line}");
        assert!(run.err.contains(said), "{line}: {}", run.err);
    }
}

#[test]
fn an_inferred_leader_is_marked_everywhere() {
    let folder = Folder::new(&[(
        "docs/a.txt",
        "关于保障的若干措施\n\n一、生活保障\n\n(一)做好保障。(责任单位:省教育厅、省财政厅)\n",
    )]);
    let ask = |rest: &str| folder.run(&format!("tasks 省教育厅 @/docs {rest}"));
    assert!(!ask("--format csv").out.contains(",推定,"));
    assert!(ask("--format jsonl").out.contains("\"role\":\"responsible\""));
    let run = ask("--first-is-lead");
    assert!(run.out.contains("省教育厅(推定)"), "{}", run.out);
    assert!(ask("--first-is-lead --format csv").out.contains("牵头,省教育厅,推定,省财政厅"));
    assert!(ask("--first-is-lead --format jsonl").out.contains("\"inferred\":true"));
    written(&folder, "tasks --all @/docs --first-is-lead -o @/表.xlsx");
    let path = folder.path().join("表.xlsx");
    assert_eq!(cell(&path, "做好保障", "牵头单位"), "省教育厅(推定)");
    assert_eq!(cell(&path, "做好保障", "待核"), "牵头单位为推定");
}
