//! What is read, what is refused, and what each refusal says.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by a panic")]

mod common;

use common::{Folder, LIAONING, ZHEJIANG, documents};
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
fn a_file_that_is_no_document_is_refused_as_what_it_is() {
    let binary =
        "gangmu: @/坏.txt: a binary file, not text; save the document as plain text (.txt) first\n";
    check_refused(b"\xd0\xcf\x11\xe0\0\0", binary);
    check_refused(
        b"\x89PNG\r\n\x1a\n\0",
        "gangmu: @/坏.txt: a PNG image, which is not read; recognise its text (OCR) first\n",
    );
    check_refused(
        "<html>".to_owned() + &"<div>".repeat(10_000),
        "gangmu: @/坏.txt: nested deeper than the limit of 512; if the file can be trusted, raise the limits with --raise-limits\n",
    );
}

/// Text in GBK, as old Windows programs write it.
fn gbk(text: &str) -> Vec<u8> {
    encoding_rs::GBK.encode(text).0.into_owned()
}

/// Runs `parse` over one file and returns the document.
fn parse(folder: &Folder, line: &str) -> (gangmu_model::Document, String) {
    let run = folder.run(&format!("parse {line} --format json"));
    assert_eq!(run.exit, Exit::Found, "{}", run.err);
    (serde_json::from_str(&run.out).unwrap(), run.err)
}

#[test]
fn every_encoding_gives_the_same_document_and_what_was_assumed_is_said() {
    let utf16: Vec<u8> = LIAONING.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let marked = [b"\xff\xfe".to_vec(), utf16].concat();
    let windows = LIAONING.replace('\n', "\r\n");
    let folder = Folder::new(&[
        ("a.txt", LIAONING.as_bytes().to_vec()),
        ("gbk.txt", gbk(LIAONING)),
        ("utf16.txt", marked),
        ("windows.txt", gbk(&windows)),
    ]);
    let (expected, err) = parse(&folder, "@/a.txt");
    assert_eq!(err, "");
    for (name, charset, n_notices) in
        [("gbk", "gb18030", 1), ("utf16", "utf-16le", 0), ("windows", "gb18030", 1)]
    {
        let (document, err) = parse(&folder, &format!("@/{name}.txt"));
        assert_eq!(document.source.charset, charset);
        let of = |document: &gangmu_model::Document| {
            let texts: Vec<_> = document
                .divisions
                .iter()
                .map(|found| (found.title.clone(), found.text.clone()))
                .collect();
            (texts, document.targets.len(), document.assignments.len(), document.metadata.clone())
        };
        assert_eq!(of(&document), of(&expected), "{name}");
        assert_eq!(err.lines().count(), n_notices, "{err}");
    }
    let (_, err) = parse(&folder, "@/gbk.txt");
    assert_eq!(
        err,
        "gangmu: @/gbk.txt: read as gb18030, which its bytes look like; --encoding names another\n"
    );
    assert_eq!(parse(&folder, "@/gbk.txt --encoding gbk").1, "");
    let run = folder.run("parse @/gbk.txt --encoding klingon");
    assert_eq!(run.exit, Exit::Failed);
    assert!(run.err.contains("no such encoding"), "{}", run.err);
}

#[test]
fn a_web_page_gives_the_document_and_its_head_fills_what_the_text_leaves_open() {
    let body: String = LIAONING.lines().map(|line| format!("<p>{line}</p>")).collect();
    let page = format!(
        "<html><head><meta name=PubDate content='2024-03-22 10:00'></head><body>\
         <ul><li><a href=/>首页</a><li><a href=/zw>政务</a></ul><div id=zoom>{body}</div></body></html>"
    );
    let folder = Folder::new(&[("a.txt", LIAONING), ("页.html", page.as_str())]);
    let (expected, _) = parse(&folder, "@/a.txt");
    let (document, err) = parse(&folder, "@/页.html");
    assert_eq!(err, "");
    assert_eq!(document.source.media_type, "text/html");
    assert_eq!(document.metadata.published_at.as_deref(), Some("2024-03-22T10:00"));
    assert_eq!(document.metadata.title, expected.metadata.title);
    assert_eq!(document.divisions.len(), expected.divisions.len());
    assert_eq!(document.targets.len(), expected.targets.len());
    assert_eq!(document.boilerplate, []);
}

#[test]
fn a_folder_is_read_whole_and_what_was_left_out_is_counted() {
    let folder = Folder::new(&[
        ("docs/a.txt", LIAONING.as_bytes().to_vec()),
        ("docs/sub/深/b.txt", gbk(ZHEJIANG)),
        ("docs/c.htm", format!("<html><body>{ZHEJIANG}").into_bytes()),
        ("docs/坏.txt", b"\0\x01\x02".to_vec()),
        ("docs/图.jpg", b"\xff\xd8\xff".to_vec()),
        ("docs/NOTES", b"x".to_vec()),
        ("docs/.git/x.txt", b"x".to_vec()),
        ("docs/README.md", b"x".to_vec()),
    ]);
    #[cfg(unix)]
    std::os::unix::fs::symlink("..", folder.path().join("docs/sub/loop")).unwrap();
    let run = folder.run("parse @/docs --format jsonl");
    assert_eq!(run.exit, Exit::Failed);
    assert_eq!(run.out.lines().count(), 3);
    let loops = if cfg!(unix) { ", 1 links to a folder above" } else { "" };
    let n_skipped = if cfg!(unix) { 3 } else { 2 };
    assert_eq!(
        run.err,
        format!(
            "gangmu: @/docs/sub/深/b.txt: read as gb18030, which its bytes look like; --encoding names another\n\
             gangmu: @/docs/坏.txt: a binary file, not text; save the document as plain text (.txt) first\n\
             gangmu: read 3 files; skipped {n_skipped} of other kinds (1 .jpg{loops}, 1 no ending); failed 1\n"
        )
    );
}

#[test]
fn the_same_assumption_of_many_files_is_said_once() {
    let files: Vec<(String, Vec<u8>)> =
        (0..5).map(|n| (format!("docs/{n}.txt"), gbk(LIAONING))).collect();
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let folder = Folder::new(&files);
    let run = folder.run("agencies @/docs --format jsonl");
    assert!(
        run.err.starts_with("gangmu: 5 files, @/docs/0.txt the first: read as gb18030"),
        "{}",
        run.err
    );
}

#[test]
fn a_list_of_names_can_be_given() {
    let folder = documents();
    let path = folder.path().to_str().unwrap();
    let by_line = format!("{path}/docs/liaoning.txt\n{path}/docs/zhejiang.md\n");
    let by_nul = by_line.replace('\n', "\0");
    for list in [by_line, by_nul] {
        for line in ["parse --format jsonl", "search 黑土地 --format jsonl"] {
            let run = folder.run_with_input(&format!("{line} --files-from -"), &list);
            assert_eq!(
                (run.exit, run.out.lines().count()),
                (Exit::Found, 2),
                "{line}: {}",
                run.err
            );
        }
    }
    let run = folder.run_with_input("parse - --files-from -", "x");
    assert_eq!(run.exit, Exit::Failed);
    assert!(run.err.contains("standard input cannot be both"), "{}", run.err);
    assert_eq!(
        folder.run("parse --files-from -").err,
        "gangmu: the list of files is empty; name at least one\n"
    );
}

#[test]
fn limits_can_be_raised() {
    let deep = format!("<html>{}<p>一、总则</p>", "<div>".repeat(600));
    let folder = Folder::new(&[("a.html", deep)]);
    assert_eq!(folder.run("parse @/a.html").exit, Exit::Failed);
    assert_eq!(folder.run("parse @/a.html --raise-limits 2").exit, Exit::Found);
}

#[test]
fn a_missing_path_and_a_folder_without_documents_are_named() {
    let folder = Folder::new(&[
        ("docs/README.md", "x"),
        ("docs/.hidden.txt", "x"),
        // What Word leaves beside a file that is open.
        ("docs/~$意见.docx", "x"),
    ]);
    let run = folder.run("targets @/nowhere");
    assert_eq!(run.exit, Exit::Failed);
    assert_eq!(run.err, "gangmu: @/nowhere: no such file or folder; check the name\n");
    let run = folder.run("targets @/docs");
    assert_eq!(run.exit, Exit::Failed);
    assert_eq!(
        run.err,
        "gangmu: @/docs: holds no documents; put .txt, .md, .html, .ods, .xls, .odt, .rtf, .doc, .pdf, .ofd, .xlsx or .docx files there, or name a file\n"
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
        "gangmu: @/nowhere: no such file or folder; check the name\n\
         gangmu: read 2 files; failed 1\n2 clauses in 2 documents\n"
    );
}

#[test]
fn a_folder_of_office_files_is_read_with_broken_ones_among_them() {
    let word: &[u8] = include_bytes!("../../../tests/formats/water.docx");
    let excel: &[u8] = include_bytes!("../../../tests/formats/water.xlsx");
    let folder = Folder::new(&[
        ("docs/甲.docx", word),
        ("docs/乙.xlsx", excel),
        ("docs/丙.docx", &word[..word.len() / 2]),
        (
            "docs/丁.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0",
        ),
        ("docs/戊.docx", "一、（牵头单位：市水利局）".as_bytes()),
    ]);
    let run = folder.run("tasks 市水利局 @/docs --format jsonl");
    // Four tasks in each form of the table, and the one in plain text.
    assert_eq!((run.exit, run.out.lines().count()), (Exit::Failed, 9), "{}", run.err);
    for said in [
        "@/docs/丙.docx: a DOCX file, but damaged or cut short",
        "@/docs/丁.docx: an Office file locked with a password; save a copy without one",
        "@/docs/戊.docx: named .docx, but it is plain text; read as that",
        "read 3 files; failed 2",
    ] {
        assert!(run.err.contains(said), "{said}: {}", run.err);
    }
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
