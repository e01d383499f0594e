//! The index: the same answers as the files, and what a spoilt one says.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by a panic")]

mod common;

use std::fs;
use std::io::{self, Write};

use common::{Folder, LIAONING, ZHEJIANG, documents};
use gangmu::{Exit, Language, Terminal};
use gangmu_indexer::IndexWriter;
use gangmu_lexicon::Lexicon;

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

/// Returns the ids in the index with the titles of their documents.
fn held(folder: &Folder) -> Vec<(String, String)> {
    let run = folder.run("export --records documents --index @/index");
    let records = run.out.lines().map(serde_json::from_str::<serde_json::Value>);
    records
        .map(|record| {
            let record = record.unwrap();
            let of = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
            (of(&record["document"]), of(&record["metadata"]["title"]))
        })
        .collect()
}

fn ids(folder: &Folder) -> Vec<String> {
    held(folder).into_iter().map(|(id, _)| id).collect()
}

#[track_caller]
fn index(folder: &Folder, line: &str, summary: &str) {
    let run = folder.run(&format!("index {line} --index @/index"));
    let fails = summary.contains(" failed") && !summary.contains(" 0 failed");
    assert_eq!(run.exit, if fails { Exit::Failed } else { Exit::Found }, "{}", run.err);
    assert!(run.err.contains(summary), "{} instead of {summary}", run.err);
    assert!(run.out.is_empty(), "{}", run.out);
}

#[test]
fn a_second_run_takes_in_what_changed_and_keeps_the_rest() {
    let folder = documents();
    let at = |path: &str| folder.path().join(path);
    index(
        &folder,
        "@/docs",
        "2 added, 0 updated, 0 unchanged, 0 removed, 0 failed: 2 documents with",
    );
    index(&folder, "@/docs", "0 added, 0 updated, 2 unchanged, 0 removed, 0 failed: 2 documents");
    fs::write(at("docs/zhejiang.md"), ZHEJIANG.replace("开源体系", "闭源体系")).unwrap();
    fs::write(at("docs/new.txt"), "关于新事的通知\n\n一、新事\n\n推进止锚湾治理。\n").unwrap();
    index(&folder, "@/docs", "1 added, 1 updated, 1 unchanged, 0 removed, 0 failed: 3 documents");
    let held = held(&folder);
    assert_eq!(ids(&folder), ["liaoning", "new", "zhejiang"]);
    assert_eq!(held[2].1, "浙江省人民政府关于培育闭源体系的实施意见");
    assert_eq!(folder.run("search 止锚湾 --index @/index").exit, Exit::Found);
    assert_eq!(
        folder.run("search 开源体系 --in title --exact --index @/index").exit,
        Exit::Nothing
    );
    // Another file, named alone, leaves the others where they are.
    fs::create_dir(at("more")).unwrap();
    fs::write(at("more/other.txt"), "关于他事的通知\n\n推进。\n").unwrap();
    index(&folder, "@/more/other.txt", "1 added, 0 updated, 0 unchanged, 0 removed, 0 failed: 4");
}

#[test]
fn what_is_gone_is_removed_when_asked_and_only_below_the_paths_named() {
    let folder = documents();
    let at = |path: &str| folder.path().join(path);
    fs::create_dir(at("more")).unwrap();
    fs::write(at("more/other.txt"), "关于他事的通知\n\n推进。\n").unwrap();
    fs::write(at("more/third.txt"), "关于三事的通知\n\n推进。\n").unwrap();
    index(&folder, "@/docs @/more", "4 added");
    fs::remove_file(at("docs/zhejiang.md")).unwrap();
    fs::remove_file(at("more/other.txt")).unwrap();
    let run = folder.run("index @/docs --index @/index");
    assert!(run.err.contains("1 document in the index lost the file; --prune"), "{}", run.err);
    assert_eq!(ids(&folder), ["liaoning", "other", "third", "zhejiang"]);
    index(&folder, "@/docs --prune", "0 added, 0 updated, 1 unchanged, 1 removed, 0 failed: 3");
    assert_eq!(ids(&folder), ["liaoning", "other", "third"]);
    // A folder that is gone with all its files is no error when that is to be removed.
    fs::remove_dir_all(at("more")).unwrap();
    assert_eq!(folder.run("index @/more --index @/index").exit, Exit::Failed);
    index(&folder, "@/more --prune", "0 added, 0 updated, 0 unchanged, 2 removed, 0 failed: 1");
    assert_eq!(ids(&folder), ["liaoning"]);
    assert_eq!(folder.run("index @/never --prune --index @/index").exit, Exit::Failed);
    assert_eq!(ids(&folder), ["liaoning"]);
}

#[test]
fn a_document_keeps_its_id_while_it_is_in_the_index() {
    let notice = |subject: &str| format!("关于{subject}的通知\n\n一、任务\n\n推进{subject}。\n");
    let folder = Folder::new(&[
        ("a/x.txt", notice("甲河治理")),
        ("b/x.txt", notice("乙河治理")),
        ("c/b/x.txt", notice("丙河治理")),
    ]);
    index(&folder, "@/a", "1 added");
    index(&folder, "@/b", "1 added");
    assert_eq!(ids(&folder), ["b-x", "x"]);
    index(&folder, "@/a @/b @/c", "1 added, 0 updated, 2 unchanged");
    let before = held(&folder);
    assert_eq!(before.len(), 3);
    fs::write(folder.path().join("a/x.txt"), notice("甲河新治理")).unwrap();
    index(&folder, "@/c @/b @/a", "0 added, 1 updated, 2 unchanged");
    let after = held(&folder);
    assert_eq!(ids(&folder), before.iter().map(|(id, _)| id.clone()).collect::<Vec<_>>());
    assert!(after.contains(&("x".to_owned(), "关于甲河新治理的通知".to_owned())));
    index(&folder, "@/a @/b @/c --rebuild", "3 added");
    assert_eq!(ids(&folder)[0], "a-x");
}

#[test]
fn standard_input_is_one_document() {
    let folder = documents();
    for (text, summary) in [
        (LIAONING, "1 added, 0 updated, 0 unchanged"),
        (LIAONING, "0 added, 0 updated, 1 unchanged"),
        (ZHEJIANG, "0 added, 1 updated, 0 unchanged"),
    ] {
        let run = folder.run_with_input("index - --index @/index", text);
        assert!(run.err.contains(summary), "{}", run.err);
    }
    assert_eq!(ids(&folder), ["stdin"]);
}

#[test]
fn a_bad_file_stops_no_other_and_loses_nothing() {
    let folder = documents();
    index(&folder, "@/docs", "2 added");
    fs::write(folder.path().join("docs/zhejiang.md"), b"\x89PNG\r\n\x1a\n\0").unwrap();
    fs::write(folder.path().join("docs/empty.txt"), "").unwrap();
    index(&folder, "@/docs", "0 added, 0 updated, 1 unchanged, 0 removed, 2 failed: 2 documents");
    assert_eq!(ids(&folder), ["liaoning", "zhejiang"]);
    let run = folder.run("index @/docs/zhejiang.md @/docs/empty.txt --rebuild --index @/index");
    assert_eq!(run.exit, Exit::Failed);
    assert!(run.err.contains("nothing could be read, and the index is as it was"), "{}", run.err);
    assert_eq!(ids(&folder), ["liaoning", "zhejiang"]);
}

#[test]
fn status_tells_what_is_there_and_what_changed_since() {
    let folder = documents();
    let run = folder.run("index --status --index @/index");
    assert_eq!(run.exit, Exit::Failed);
    assert!(run.err.contains("there is no index in @/index"), "{}", run.err);
    index(&folder, "@/docs", "2 added");
    let status = || -> serde_json::Value {
        let run = folder.run("index --status --format json --index @/index");
        assert_eq!(run.exit, Exit::Found, "{}", run.err);
        serde_json::from_str(&run.out).unwrap()
    };
    let before = status();
    assert_eq!((&before["documents"], &before["unchanged"]), (&2.into(), &2.into()));
    assert!(before["clauses"].as_u64().unwrap() > 8 && before["bytes"].as_u64().unwrap() > 1000);
    assert!(before["written_at"].as_str().unwrap().ends_with('Z'));
    fs::write(folder.path().join("docs/zhejiang.md"), "改了").unwrap();
    fs::remove_file(folder.path().join("docs/liaoning.txt")).unwrap();
    let after = status();
    assert_eq!(after["unchanged"], 0);
    assert_eq!(after["changed"][0]["document"], "zhejiang");
    assert_eq!(after["missing"][0]["document"], "liaoning");
    assert!(after["missing"][0]["path"].as_str().unwrap().ends_with("/docs/liaoning.txt"));
    let run = folder.run("index --status --index @/index");
    assert!(run.out.contains("已修改") && run.out.contains("已删除"), "{}", run.out);
    assert!(run.err.contains("1 file changed and 1 missing"), "{}", run.err);
}

#[test]
fn a_folder_moves_with_its_index() {
    let folder = documents();
    index(&folder, "@/docs", "2 added");
    let moved = Folder::new(&[("x", "")]);
    for name in ["docs", "index"] {
        fs::rename(folder.path().join(name), moved.path().join(name)).unwrap();
    }
    index(&moved, "@/docs --prune", "0 added, 0 updated, 2 unchanged, 0 removed, 0 failed: 2");
}

#[test]
fn a_second_writer_is_told_to_wait() {
    let folder = documents();
    index(&folder, "@/docs", "2 added");
    let path = folder.path().join("index");
    let writer = IndexWriter::open_or_create(&path, Lexicon::version()).unwrap();
    let run = folder.run("index @/docs --index @/index");
    assert_eq!(run.exit, Exit::Failed);
    assert_eq!(
        run.err,
        "gangmu: another gangmu is writing the index in @/index; wait until it is done and try again\n"
    );
    assert_eq!(folder.run("search 黑土地 --index @/index").exit, Exit::Found);
    drop(writer);
    index(&folder, "@/docs", "2 unchanged");
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
    let version = |name: &str| sound.replace(&format!("\"{name}\": "), &format!("\"{name}\": 9"));
    for (content, word) in [
        ("{".to_owned(), "is damaged"),
        (version("schema"), "another version (schema 9"),
        (version("analyzer"), "another version (analyzer 9"),
        (sound.replace(Lexicon::version(), "older"), "its word lists are not those"),
    ] {
        fs::write(&manifest, content).unwrap();
        let run = folder.run("tasks 省林草局 --index @/index");
        assert_eq!((run.exit, run.out.as_str()), (Exit::Failed, ""));
        assert!(run.err.contains(word) && run.err.contains("@/index"), "{}", run.err);
        assert_eq!(run.err.lines().count(), 1, "{}", run.err);
        let run = folder.run("index @/docs --index @/index");
        assert_eq!(run.exit, Exit::Failed);
        assert!(run.err.contains("`gangmu index PATH… --rebuild`"), "{}", run.err);
    }
    index(&folder, "@/docs --rebuild", "2 added");
    assert_eq!(folder.run("tasks 省林草局 --index @/index").exit, Exit::Found);
}

#[test]
fn a_damaged_file_of_the_index_says_how_to_build_it_again() {
    let folder = documents();
    index(&folder, "@/docs", "2 added");
    let data = fs::read_dir(folder.path().join("index/data-000001")).unwrap();
    let mut files: Vec<_> = data.map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| {
        let name = path.file_name().unwrap().to_str().unwrap();
        !name.starts_with('.') && fs::metadata(path).unwrap().len() > 0
    });
    assert!(files.len() > 5);
    for file in files {
        let good = fs::read(&file).unwrap();
        let mut flipped = good.clone();
        flipped[good.len() / 3] ^= 0x55;
        for bad in [flipped, good[..good.len() / 2].to_vec()] {
            fs::write(&file, bad).unwrap();
            for line in ["search 黑土地", "index --status", "index @/docs"] {
                let run = folder.run(&format!("{line} --index @/index"));
                assert_eq!((run.exit, run.out.as_str()), (Exit::Failed, ""), "{line}: {}", run.err);
                assert!(run.err.contains("`gangmu index PATH… --rebuild`"), "{line}: {}", run.err);
                assert_eq!(run.err.lines().count(), 1, "{}", run.err);
            }
        }
        fs::write(&file, good).unwrap();
    }
    assert_eq!(folder.run("search 黑土地 --index @/index").exit, Exit::Found);
}

/// The shell lets no file grow past some blocks, as a full disk would.
#[cfg(unix)]
#[test]
fn a_full_disk_is_a_clear_error_and_what_was_committed_answers() {
    let folder = documents();
    index(&folder, "@/docs", "2 added");
    for n in 0..60 {
        let text = LIAONING.replace("林草", &format!("林草{n}"));
        fs::write(folder.path().join(format!("docs/more-{n}.txt")), text).unwrap();
    }
    let full = std::process::Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 16; exec \"$0\" index docs"])
        .arg(env!("CARGO_BIN_EXE_gangmu"))
        .current_dir(folder.path())
        .output()
        .unwrap();
    let err = String::from_utf8(full.stderr).unwrap();
    assert_eq!(full.status.code(), Some(2), "{err}");
    assert!(err.starts_with("gangmu: no room to write in index ("), "{err}");
    assert!(err.contains("free some space and try again") && err.lines().count() == 1, "{err}");
    assert_eq!(ids(&folder), ["liaoning", "zhejiang"]);
    index(&folder, "@/docs", "60 added, 0 updated, 2 unchanged, 0 removed, 0 failed: 62");
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
                language: Language::English,
            };
            let words = ["gangmu"].iter().chain(command).map(|word| (*word).into());
            let rest = [path.clone().into(), "--format".into(), format.into()];
            let exit = gangmu::run(words.chain(rest), &mut terminal);
            assert_eq!((exit, err.as_slice()), (Exit::Found, &b""[..]), "{command:?}");
        }
    }
}
