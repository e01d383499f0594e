//! The index: the same answers as the files, and what a spoilt one says.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by a panic")]

mod common;

use std::fs;
use std::io::{self, Write};

use common::documents;
use gangmu::{Exit, Terminal};

#[test]
fn the_index_answers_as_the_files_do() {
    let folder = documents();
    let run = folder.run("index @/docs --index @/index");
    assert_eq!(run.exit, Exit::Found, "{}", run.err);
    for line in [
        "search 黑土地",
        "search 黑臭水体 --agency 省生态环境厅",
        "search 开源 --document zhejiang",
        "search 社区 --in title --exact",
        "tasks 省发改委",
        "tasks 省林草局 --role lead",
        "targets",
        "targets --year 2027 --sort indicator",
        "agencies",
        "show (一)",
        "export",
    ] {
        let files = folder.run(&format!("{line} @/docs --format jsonl"));
        let index = folder.run(&format!("{line} --index @/index --format jsonl"));
        assert_eq!((files.exit, &files.out), (index.exit, &index.out), "{line}");
        assert_eq!(files.exit, Exit::Found, "{line}: {}", files.err);
    }
}

#[test]
fn a_second_index_takes_the_place_of_the_first() {
    let folder = documents();
    folder.run("index @/docs --index @/index");
    let run = folder.run("index @/docs/zhejiang.md --index @/index");
    assert_eq!(run.exit, Exit::Found);
    let run = folder.run("export --records documents --index @/index");
    assert_eq!(run.out.lines().count(), 1);
}

#[test]
fn a_failed_indexing_leaves_the_old_index() {
    let folder = documents();
    folder.run("index @/docs --index @/index");
    assert_eq!(folder.run("index @/nowhere --index @/index").exit, Exit::Failed);
    assert_eq!(folder.run("search 黑土地 --index @/index").exit, Exit::Found);
}

#[test]
fn a_damaged_index_and_one_of_another_version_say_so() {
    let folder = documents();
    folder.run("index @/docs --index @/index");
    let manifest = folder.path().join("index/gangmu.json");
    let sound = fs::read_to_string(&manifest).unwrap();
    for (content, word) in [
        ("{".to_owned(), "is damaged"),
        (sound.replace("\"schema\": ", "\"schema\": 9"), "another version"),
    ] {
        fs::write(&manifest, content).unwrap();
        let run = folder.run("tasks 省林草局 --index @/index");
        assert_eq!((run.exit, run.out.as_str()), (Exit::Failed, ""));
        assert!(run.err.contains(word) && run.err.contains("@/index"), "{}", run.err);
        assert_eq!(run.err.lines().count(), 1, "{}", run.err);
    }
    assert_eq!(folder.run("index @/docs --index @/index").exit, Exit::Found);
    assert_eq!(folder.run("tasks 省林草局 --index @/index").exit, Exit::Found);
}

#[test]
fn a_place_that_cannot_be_an_index_is_refused() {
    let folder = documents();
    let run = folder.run("index @/docs --index @/docs");
    assert_eq!(run.exit, Exit::Failed);
    assert!(run.err.contains("is not an index and is not empty"), "{}", run.err);
    let run = folder.run("index @/docs --index @/docs/zhejiang.md");
    assert_eq!(run.exit, Exit::Failed);
    assert!(run.err.contains("name a directory for the index"), "{}", run.err);
    assert_eq!(fs::read_dir(folder.path().join("docs")).unwrap().count(), 2);
}

#[test]
fn a_closed_pipe_is_no_error() {
    struct Closed;
    impl Write for Closed {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::BrokenPipe.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let folder = documents();
    let path = folder.path().join("docs");
    for command in [&["parse"][..], &["export"], &["targets"], &["agencies"], &["search", "黑土地"]]
    {
        for format in ["json", "jsonl"] {
            let mut err = Vec::new();
            let mut terminal = Terminal {
                input: &mut io::empty(),
                out: &mut Closed,
                err: &mut err,
                columns: None,
                color: false,
                progress: false,
            };
            let words = ["gangmu"].iter().chain(command).map(|word| (*word).into());
            let rest = [path.clone().into(), "--format".into(), format.into()];
            let exit = gangmu::run(words.chain(rest), &mut terminal);
            assert_eq!((exit, err.as_slice()), (Exit::Found, &b""[..]), "{command:?}");
        }
    }
}
