//! What is read, what is refused, and what each refusal says.

mod common;

use common::{Folder, LIAONING, documents};
use gangmu::Exit;

/// Runs every command that reads files and expects the same sentence of each.
#[track_caller]
fn check_refused<B: AsRef<[u8]>>(content: B, expected: &str) {
    let folder = Folder::new(&[("坏.txt", content)]);
    for line in [
        "parse @/坏.txt",
        "check @/坏.txt",
        "tasks 省林草局 @/坏.txt",
        "targets @/坏.txt",
        "agencies @/坏.txt",
        "search 黑土地 @/坏.txt",
        "show m1 @/坏.txt",
        "export @/坏.txt",
        "index @/坏.txt --index @/index",
    ] {
        let run = folder.run(line);
        assert_eq!((run.exit, run.out.as_str()), (Exit::Failed, ""), "{line}");
        assert_eq!(run.err, expected, "{line}");
    }
    assert!(!folder.path().join("index").exists());
}

#[test]
fn an_empty_file_is_refused() {
    let sentence = "gangmu: @/坏.txt: empty, there is no text to read; name another file\n";
    check_refused("", sentence);
    check_refused("\u{feff} \n\u{3000}\n", sentence);
}

#[test]
fn a_binary_file_is_refused() {
    let sentence =
        "gangmu: @/坏.txt: a binary file, not text; save the document as plain text (.txt) first\n";
    check_refused(b"PK\x03\x04\0\0", sentence);
    check_refused(b"\xd0\xcf\x11\xe0\0\0", sentence);
}

#[test]
fn another_encoding_is_refused_with_the_byte() {
    let gb18030 = b"2027\xc4\xea";
    check_refused(
        gb18030,
        "gangmu: @/坏.txt: not UTF-8 (at byte 5), and other encodings come later; if it is GBK, \
         convert it: iconv -f gb18030 -t utf-8 @/坏.txt > utf8.txt\n",
    );
    check_refused(
        b"\xff\xfe\x00\x4e",
        "gangmu: @/坏.txt: UTF-16, and only UTF-8 is read for now; convert it: \
         iconv -f utf-16 -t utf-8 @/坏.txt > utf8.txt\n",
    );
}

#[test]
fn a_missing_path_and_a_folder_without_documents_are_named() {
    let folder = Folder::new(&[("docs/README.md", "x"), ("docs/.hidden.txt", "x")]);
    let run = folder.run("targets @/nowhere");
    assert_eq!(run.exit, Exit::Failed);
    assert_eq!(run.err, "gangmu: @/nowhere: no such file or folder; check the name\n");
    let run = folder.run("targets @/docs");
    assert_eq!(run.exit, Exit::Failed);
    assert_eq!(
        run.err,
        "gangmu: @/docs: holds no documents; put .txt or .md files there, or name a file\n"
    );
}

#[test]
fn one_bad_file_does_not_keep_the_others_back() {
    let folder = documents();
    let run = folder.run("search 黑土地 @/nowhere @/docs --format jsonl");
    assert_eq!(run.exit, Exit::Failed);
    assert_eq!(run.out.lines().count(), 2);
    assert_eq!(
        run.err,
        "gangmu: @/nowhere: no such file or folder; check the name\n2 clauses in 2 documents\n"
    );
}

#[test]
fn without_a_path_and_an_index_the_user_is_told_what_to_type() {
    let folder = documents();
    for line in ["search 黑土地", "tasks 省林草局", "targets", "agencies", "show m1", "export"]
    {
        let run = folder.run(&format!("{line} --index @/index"));
        assert_eq!((run.exit, run.out.as_str()), (Exit::Failed, ""), "{line}");
        assert!(run.err.contains("no PATH is given and there is no index in @/index"), "{line}");
        assert!(run.err.contains("gangmu index seeds/documents"), "{line}");
    }
}

#[test]
fn standard_input_is_read_where_the_path_is_a_dash() {
    let folder = Folder::new::<&str>(&[]);
    let run = folder.run_with_input("parse - --format jsonl", LIAONING);
    assert_eq!(run.exit, Exit::Found);
    assert!(
        run.out.starts_with("{\"schema_version\":1,\"id\":\"stdin\",\"source\":{\"path\":\"-\"")
    );
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_text() {
    let folder = Folder::new(&[("a.txt", format!("\u{feff}{LIAONING}"))]);
    let document: gangmu_model::Document =
        serde_json::from_str(&folder.run("parse @/a.txt --format json").out).unwrap();
    assert_eq!(document.divisions[0].span.start(), 0);
    assert_eq!(document.source.bytes as usize, LIAONING.len() + 3);
}

#[test]
fn a_file_named_twice_is_read_once_and_its_ending_does_not_matter() {
    let folder = Folder::new(&[("意见", LIAONING)]);
    let run = folder.run("parse @/意见 @/./意见 --format jsonl");
    assert_eq!(run.out.lines().count(), 1);
}

#[test]
fn files_of_the_same_name_get_ids_that_do_not_depend_on_their_order() {
    let other = LIAONING.replace("42.5", "43");
    let folder = Folder::new(&[
        ("2023/意见.txt", LIAONING),
        ("2024/意见.txt", other.as_str()),
        ("x/2024/意见.txt", LIAONING),
        ("通知.txt", LIAONING),
    ]);
    let ids = |line: &str| -> Vec<String> {
        let run = folder.run(line);
        let id = |line: &str| {
            let value: serde_json::Value = serde_json::from_str(line).unwrap();
            value["id"].as_str().unwrap().to_owned()
        };
        let mut ids: Vec<String> = run.out.lines().map(id).collect();
        ids.sort_unstable();
        ids
    };
    let forwards = ids("parse @ --format jsonl");
    assert_eq!(forwards.len(), 4);
    assert_eq!(forwards[0], "2023-意见");
    assert_eq!(forwards[3], "通知");
    assert!(forwards[1].starts_with("意见-") && forwards[2].starts_with("意见-"));
    let backwards =
        ids("parse @/通知.txt @/x/2024/意见.txt @/2024/意见.txt @/2023/意见.txt --format jsonl");
    assert_eq!(forwards, backwards);
}
