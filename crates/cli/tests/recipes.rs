//! The recipes in `docs`, run as they stand there, where their tools are installed.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by a panic")]

mod shell;

use std::fs;
use std::io::Write as _;
use std::process::Command;

use shell::{Shell, root};

/// A piece of a program, and the language it is in.
type Block = (String, String);

fn blocks(file: &str) -> Vec<Block> {
    let text = fs::read_to_string(root().join("docs").join(file)).unwrap();
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    for line in text.lines() {
        match (line.strip_prefix("```"), &mut open) {
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (Some(language), None) => open = Some((language.to_owned(), String::new())),
            (None, Some((_, code))) => {
                code.push_str(line);
                code.push('\n');
            }
            (None, None) => {}
        }
    }
    blocks
}

/// Returns the program that a piece is handed to, and what it needs that is not there.
fn program(language: &str, code: &str) -> (&'static [&'static str], Option<String>) {
    let runs = |words: &[&str]| {
        let output = Command::new(words[0]).args(&words[1..]).output();
        output.is_ok_and(|output| output.status.success())
    };
    match language {
        "sh" => {
            let missing = code.contains("jq ") && !runs(&["jq", "--version"]);
            (&["sh", "-euc"], missing.then(|| "jq".to_owned()))
        }
        "python" => {
            let module = code.lines().find_map(|line| line.strip_prefix("import ")).unwrap();
            let missing = !runs(&["python3", "-c", &format!("import {module}")]);
            (&["python3", "-c"], missing.then(|| module.to_owned()))
        }
        "r" => (
            &["Rscript", "-e"],
            (!runs(&["Rscript", "-e", "library(jsonlite)"])).then(|| "R".to_owned()),
        ),
        other => panic!("no program runs {other}"),
    }
}

#[test]
fn recipes_do_what_they_say() {
    let shell = Shell::new();
    let mut n_run = 0;
    for (language, code) in blocks("recipes.md") {
        let (words, missing) = program(&language, &code);
        if let Some(tool) = missing {
            // Past the capture of the test's own output: a recipe that was not tried is no pass.
            let mut err = std::io::stderr();
            writeln!(err, "NOT RUN, {tool} is not installed:\n{code}").unwrap();
            continue;
        }
        let output = shell.command(words[0]).args(&words[1..]).arg(&code).output().unwrap();
        let err = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{code}\n{err}");
        let prints = !code.contains("> t") && !code.contains("-o ");
        assert_eq!(!output.stdout.is_empty(), prints, "{code}\n{err}");
        n_run += 1;
    }
    assert!(n_run > 0);
    for file in ["targets.jsonl", "tasks.jsonl"] {
        let records = fs::read_to_string(shell.path().join(file)).unwrap();
        assert!(records.lines().count() > 1, "{file}");
    }
    let table = fs::read_to_string(shell.path().join("targets.csv")).unwrap();
    assert!(table.starts_with('\u{feff}') && table.contains("森林覆盖率"), "{table}");
    assert!(fs::read(shell.path().join("任务分解表.xlsx")).unwrap().starts_with(b"PK"));
}

#[test]
fn both_languages_have_the_same_recipes() {
    assert_eq!(blocks("recipes.md"), blocks("recipes.zh-CN.md"));
}
