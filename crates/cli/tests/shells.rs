//! What shells and `man` are told, tried in those that are installed.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by a panic")]

mod shell;

use std::fs;

use shell::Shell;

#[test]
fn bash_completes_english_and_chinese_names() {
    let shell = Shell::new();
    for language in ["en", "zh"] {
        let script = r#"
            source <(gangmu completions bash)
            complete_at() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()
                            _gangmu gangmu "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
                            echo "${COMPREPLY[@]}"; }
            complete_at gangmu 任
            complete_at gangmu tas
            complete_at gangmu 任务 --rol
            complete_at gangmu tasks --rol"#;
        let output =
            shell.command("bash").args(["-c", script]).env("GANGMU_LANG", language).output();
        let output = output.unwrap();
        let err = String::from_utf8_lossy(&output.stderr);
        assert_eq!(
            String::from_utf8_lossy(&output.stdout),
            "任务\ntasks\n--role\n--role\n",
            "{language} {err}"
        );
    }
}

#[test]
fn scripts_for_other_shells_can_be_read() {
    let shell = Shell::new();
    for (name, check) in [("zsh", ["-n"]), ("fish", ["--no-execute"])] {
        for language in ["en", "zh"] {
            let script = shell
                .command("gangmu")
                .args(["completions", name])
                .env("GANGMU_LANG", language)
                .output()
                .unwrap();
            let text = String::from_utf8(script.stdout).unwrap();
            assert!(text.contains("任务") && text.contains("tasks"), "{text}");
            if !shell.command(name).args(["-c", "true"]).output().unwrap().status.success() {
                continue;
            }
            fs::write(shell.path().join("script"), text).unwrap();
            let read = shell.command(name).args(check).arg("script").output().unwrap();
            assert!(read.status.success(), "{}", String::from_utf8_lossy(&read.stderr));
        }
    }
}

#[test]
fn every_command_has_a_page() {
    let shell = Shell::new();
    for (language, page, heading, word) in [
        ("en", "gangmu-tasks.1", ".SH OPTIONS", "List what a department has to do"),
        ("zh", "gangmu-任务.1", ".SH 选项", "列出一个单位要做的事"),
    ] {
        let run = |args: &[&str]| {
            let output = shell.command("gangmu").args(args).env("GANGMU_LANG", language).output();
            let output = output.unwrap();
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            String::from_utf8(output.stdout).unwrap()
        };
        run(&["man", "--directory", language]);
        let written = fs::read_to_string(shell.path().join(language).join(page)).unwrap();
        assert!(written.contains(heading) && written.contains(word), "{written}");
        assert_eq!(run(&["man", "任务"]), written);
        assert_eq!(run(&["man", "tasks"]), written);
        assert!(run(&["man"]).contains("gangmu"));
        assert!(fs::read_dir(shell.path().join(language)).unwrap().count() > 10);
    }
    let output = shell.command("gangmu").args(["man", "nothing"]).output().unwrap();
    let err = String::from_utf8_lossy(&output.stderr);
    assert_eq!(err, "gangmu: there is no command nothing; see gangmu --help\n");
}
