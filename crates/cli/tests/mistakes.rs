//! What is said of mistakes, in both languages.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by a panic")]

mod common;

use common::{Folder, documents};
use gangmu::{Exit, Language};

/// Runs a command that fails, and shows what it says.
fn said(line: &str, language: Language) -> String {
    let run = documents().speaking(language).run(line);
    assert_eq!((run.exit, run.out.as_str()), (Exit::Failed, ""), "{line}");
    format!("$ gangmu {line}\n{}", run.err)
}

#[test]
fn mistakes_in_arguments_are_told_in_chinese() {
    let lines = [
        "任物 省林草局",
        "taks 省林草局",
        "任务",
        "任务 省林草局 --rool 牵头",
        "任务 省林草局 --role 头儿",
        "任务 省林草局 --format xml",
        "任务 省林草局 --year 明年",
        "任务 省林草局 --year",
        "目标 --type 定良",
        "目标 --since 昨天",
        "检索 黑土地 --count --limit 3 --facets year",
        "检索 黑土地 --exact --exact",
        "检索 黑土地 --chapter 百",
        "索引 --width 20 @/docs",
        "检查 --explain missing-colun",
        "解析 --encoding 国标 @/docs",
    ];
    let all: Vec<String> = lines.iter().map(|line| said(line, Language::Chinese)).collect();
    insta::assert_snapshot!(all.join("\n"));
}

#[test]
fn mistakes_in_files_are_told_in_chinese() {
    let folder = Folder::new(&[
        ("空.txt", &b""[..]),
        ("图.png", b"\x89PNG\r\n\x1a\n"),
        ("坏.docx", b"PK\x03\x04\x14\x00"),
        ("二进制.txt", b"\x00\x01\x02\x00\xff"),
        ("外/x.bin", b"x"),
        ("不是索引/a.txt", "甲".as_bytes()),
    ])
    .speaking(Language::Chinese);
    let lines = [
        "解析 @/没有.docx",
        "@/没有.docx",
        "解析 @/空.txt",
        "解析 @/图.png",
        "解析 @/坏.docx",
        "解析 @/二进制.txt",
        "解析 @/外",
        "任务 省林草局 --index @/无",
        "索引 @/不是索引 --index @/不是索引",
        "索引 @/不是索引 --index @/空.txt",
        "检索 'a --index @/无",
        "检索 OR @/不是索引",
        "检索 \"黑土地 @/不是索引",
        "检索 标题: @/不是索引",
        "查看 第九条 @/不是索引",
    ];
    let mut all = String::new();
    for line in lines {
        let run = folder.run(line);
        assert_ne!(run.exit, Exit::Found, "{line}");
        all.push_str(&format!("$ gangmu {line}\n{}\n", run.err));
    }
    insta::assert_snapshot!(all);
}

#[test]
fn chinese_names_are_suggested_in_english_too() {
    let said = said("任物 省林草局", Language::English);
    assert!(said.contains("'任务'"), "{said}");
    let said = self::said("检察 a.txt", Language::English);
    assert!(said.contains("'检查'") && said.contains("'检索'"), "{said}");
}

#[test]
fn remarks_are_in_chinese() {
    let folder = documents().speaking(Language::Chinese);
    let lines = [
        "任务 省林草局 @/docs",
        "任务 省林早局 @/docs",
        "任务 省林草局 @/docs --role 配合",
        "目标 @/docs --year 1999",
        "单位 @/docs",
        "检索 黑土地 @/docs",
        "检索 黑土地 @/docs -n 1",
        "检索 黑土地 @/docs --offset 1 -n 1",
        "检索 不存在的词 @/docs --exact",
        "检索 黑土地海水 @/docs",
        "查看 第九条 @/docs",
        "检查 @/docs",
        "解析 @/docs --verify",
        "索引 @/docs --index @/index",
        "索引 @/docs --index @/index",
    ];
    let said: Vec<String> =
        lines.iter().map(|line| format!("$ gangmu {line}\n{}", folder.run(line).err)).collect();
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn a_bare_file_is_parsed() {
    let folder = documents();
    let parsed = folder.run("parse @/docs/liaoning.txt").out;
    assert_eq!(folder.run("@/docs/liaoning.txt").out, parsed);
    let narrow = folder.run("parse @/docs/liaoning.txt --width 60").out;
    assert_eq!(folder.run("--width 60 @/docs/liaoning.txt").out, narrow);
    let of_input = folder.run_with_input("-", common::LIAONING).out;
    assert_eq!(of_input.lines().count(), parsed.lines().count());
    let json = folder.run("@/docs/liaoning.txt --format json").out;
    assert_eq!(json, folder.run("parse @/docs/liaoning.txt --format json").out);
    assert!(folder.run("@/docs").out.len() > parsed.len());
    let run = folder.run("没有.docx");
    assert_eq!(run.err, "gangmu: 没有.docx: no such file or folder; check the name\n");
}

#[test]
fn how_a_clause_was_found_is_told_in_chinese() {
    let folder = documents().speaking(Language::Chinese);
    let run = folder.run("检索 省发改委 @/docs");
    assert!(run.out.contains("(别名 省发展改革委)"), "{}", run.out);
    let run = folder.run("检索 黑土地的造林怎么做 @/docs");
    assert!(run.out.contains("(放宽)"), "{}", run.out);
}

#[test]
fn findings_and_their_codes_are_explained_in_chinese() {
    let folder = documents().speaking(Language::Chinese);
    for code in gangmu_model::DiagnosticCode::ALL {
        let run = folder.run(&format!("检查 --explain {}", code.name()));
        let said: Vec<&str> = run.out.lines().filter(|line| line.contains(']')).collect();
        assert!(!said.is_empty(), "{}", run.out);
        // The names in code are English; what is said is not.
        let text =
            run.out.replace(code.name(), "").replace("example.txt", "").replace("redacted", "");
        let text = text.replace("PUE", "").replace("true", "");
        assert!(!text.chars().any(|ch| ch.is_ascii_lowercase()), "{}", run.out);
    }
}
