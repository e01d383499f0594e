//! Help in both languages: its examples work, and no line is wider than the screen.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by a panic")]

mod common;
mod shell;

use common::documents;
use gangmu::{Exit, Language};
use shell::Shell;
use unicode_width::UnicodeWidthStr;

const COMMANDS: [(&str, &str); 13] = [
    ("parse", "解析"),
    ("search", "检索"),
    ("tasks", "任务"),
    ("targets", "目标"),
    ("agencies", "单位"),
    ("show", "查看"),
    ("export", "导出"),
    ("index", "索引"),
    ("serve", "服务"),
    ("check", "检查"),
    ("schema", "结构"),
    ("completions", "补全"),
    ("man", "手册"),
];

fn help(command: &str, language: Language, width: usize) -> String {
    let run = documents().speaking(language).run_at(&format!("{command} --help"), width);
    assert_eq!((run.exit, run.err.as_str()), (Exit::Found, ""), "{command}");
    run.out
}

/// Returns what stands in an example's line before the words that explain it.
fn examples(help: &str) -> Vec<&str> {
    let lines = help.lines().filter_map(|line| line.strip_prefix("  gangmu "));
    lines.map(|line| line.split("  ").next().unwrap()).collect()
}

#[test]
fn every_example_works() {
    let shell = Shell::new();
    let has_jq = shell.command("jq").arg("--version").output().unwrap().status.success();
    for (english, chinese) in COMMANDS.into_iter().chain([("", "")]) {
        for (name, language) in [(english, Language::English), (chinese, Language::Chinese)] {
            let help = help(name, language, 100);
            let examples = examples(&help);
            assert!(examples.len() >= 2, "{help}");
            for example in examples.into_iter().filter(|line| has_jq || !line.contains("| jq")) {
                // A server is told to stop, and ends well.
                let is_server = example.starts_with("serve") || example.starts_with("服务");
                let stopped = if is_server { "timeout --preserve-status -s INT 3 " } else { "" };
                let line = format!("{stopped}gangmu {example}");
                let output = shell.command("bash").args(["-o", "pipefail", "-c", &line]).output();
                let output = output.unwrap();
                let err = String::from_utf8_lossy(&output.stderr);
                assert!(output.status.success(), "{line}\n{err}");
            }
        }
    }
}

#[test]
fn no_line_of_chinese_help_is_wider_than_the_screen() {
    for width in [60, 80, 120] {
        for (_, name) in COMMANDS.into_iter().chain([("", "")]) {
            let help = help(name, Language::Chinese, width);
            // Commands to be copied, and what is lined up beside them, are not broken.
            let laid_out = help.split("示例：").next().unwrap();
            for line in laid_out.lines() {
                assert!(line.width() <= width, "{width}: {line}");
            }
        }
    }
}

#[test]
fn chinese_help_says_nothing_in_english() {
    for (english, name) in COMMANDS {
        let help = help(name, Language::Chinese, 80);
        assert!(help.contains(&format!("用法：gangmu {name}")), "{help}");
        for word in ["Usage", "Options", "Arguments", "Examples", "Print", "default", "possible"] {
            assert!(!help.contains(word), "{word}: {help}");
        }
        assert_eq!(help, self::help(english, Language::Chinese, 80));
    }
}

#[test]
fn help_at_60_columns() {
    insta::assert_snapshot!(help("任务", Language::Chinese, 60));
    insta::assert_snapshot!(help("", Language::Chinese, 80));
}

#[test]
fn the_version_tells_the_date_of_the_word_lists() {
    for (language, words) in [(Language::English, "word lists 20"), (Language::Chinese, "词表 20")]
    {
        let run = documents().speaking(language).run("--version");
        assert!(run.out.starts_with("gangmu 0.") && run.out.contains(words), "{}", run.out);
        assert!(run.out.ends_with('\n'));
    }
}

#[test]
fn help_heeds_what_is_said_of_the_terminal() {
    for language in [Language::English, Language::Chinese] {
        let folder = documents().speaking(language);
        assert!(folder.run("tasks --help --color=always").out.contains("\u{1b}["));
        assert!(!folder.run("tasks --color never --help").out.contains("\u{1b}["));
        let narrow = folder.run("tasks --width 60 --help").out;
        let options = narrow.lines().take_while(|line| !line.starts_with("  gangmu"));
        assert!(options.clone().count() > 20);
        for line in options {
            assert!(line.width() <= 60, "{line}");
        }
    }
}
