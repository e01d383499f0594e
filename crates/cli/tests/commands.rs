//! Each command over two short documents.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by a panic")]

mod common;

use std::fs;
use std::path::Path;

use common::{Folder, LIAONING, Run, documents};
use gangmu::Exit;
use serde_json::Value;
use unicode_width::UnicodeWidthStr;

/// Shows a run as a person at a shell sees it.
fn transcript(run: &Run) -> String {
    format!("{}--- stderr, exit {}\n{}", run.out, run.exit.code(), run.err)
}

#[track_caller]
fn records(run: &Run) -> Vec<Value> {
    assert_eq!(run.exit, Exit::Found, "{}", run.err);
    run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn the_outline_shows_head_tree_and_counts() {
    let folder = documents();
    insta::assert_snapshot!(transcript(&folder.run("parse @/docs/liaoning.txt --verify")));
}

#[test]
fn the_dump_shows_every_layer() {
    let folder = documents();
    insta::assert_snapshot!(transcript(&folder.run("parse @/docs/liaoning.txt --dump")));
}

#[test]
fn one_file_is_an_object_and_a_folder_an_array() {
    let folder = documents();
    let value = |line: &str| -> Value { serde_json::from_str(&folder.run(line).out).unwrap() };
    assert_eq!(value("parse @/docs/liaoning.txt --format json")["id"], "liaoning");
    assert_eq!(value("parse @/docs --format json")[1]["id"], "zhejiang");
    let one = Folder::new(&[("docs/a.txt", LIAONING)]);
    let array: Value = serde_json::from_str(&one.run("parse @/docs --format json").out).unwrap();
    assert_eq!(array[0]["id"], "a");
}

#[test]
fn whole_documents_are_written_in_the_format_of_the_name() {
    let folder = documents();
    for (name, begins) in [
        ("a.md", "---\nid: \"liaoning\"\n"),
        ("a.html", "<!DOCTYPE html><html lang=\"zh-CN\">"),
        ("a.akn", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"),
        ("a.XML", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"),
        ("a.json", "{\n  \"schema_version\""),
        ("a.jsonl", "{\"schema_version\""),
        ("a.txt", "辽宁省人民政府关于加强林草保护的实施意见\n"),
    ] {
        let run = folder.run(&format!("parse @/docs/liaoning.txt -o @/{name}"));
        assert_eq!((run.exit, run.out.as_str()), (Exit::Found, ""), "{}", run.err);
        let written = std::fs::read_to_string(folder.path().join(name)).unwrap();
        assert!(written.starts_with(begins), "{name}: {written}");
    }
    let printed = folder.run("parse @/docs/liaoning.txt --format markdown").out;
    assert_eq!(printed, std::fs::read_to_string(folder.path().join("a.md")).unwrap());
}

#[test]
fn a_file_that_cannot_be_written_whole_stays_as_it_was() {
    let folder = documents();
    let kept = folder.path().join("kept.html");
    std::fs::write(&kept, "old").unwrap();
    let run = folder.run("parse @/docs -o @/kept.html");
    assert_eq!(run.exit, Exit::Failed);
    assert!(run.err.contains("2 documents are a file each in this format; name a folder with -o"));
    assert_eq!(std::fs::read_to_string(&kept).unwrap(), "old");
    let left: Vec<_> =
        std::fs::read_dir(folder.path()).unwrap().map(|each| each.unwrap().path()).collect();
    assert_eq!(left.len(), 2, "{left:?}");
    let run = folder.run("parse @/docs/liaoning.txt -o @/kept.doc");
    assert!(run.err.contains("kept.doc: its name says no format"), "{}", run.err);
}

#[test]
fn several_documents_are_a_file_each_in_a_folder() {
    let folder = documents();
    std::fs::create_dir(folder.path().join("out")).unwrap();
    assert_eq!(folder.run("parse @/docs -o @/out --format html").exit, Exit::Found);
    for name in ["liaoning.html", "zhejiang.html"] {
        assert!(folder.path().join("out").join(name).is_file(), "{name}");
    }
    let run = folder.run("parse @/docs -o @/out");
    assert!(run.err.contains("is a folder; say with --format what to write in it"), "{}", run.err);
}

#[test]
fn tasks_are_a_table() {
    insta::assert_snapshot!(transcript(&documents().run("tasks 省发改委 @/docs")));
    insta::assert_snapshot!(transcript(&documents().run("tasks 省林草局 @/docs --width 60")));
}

#[test]
fn all_names_of_a_body_give_the_same_tasks() {
    let folder = documents();
    let of = |name: &str| folder.run(&format!("tasks {name} @/docs --format jsonl")).out;
    assert_eq!(of("省林草局"), of("辽宁省林业和草原局"));
    assert_eq!(of("省住建厅"), of("省住房城乡建设厅"));
    assert_eq!(of("省住建厅").lines().count(), 1);
}

#[test]
fn an_unknown_body_has_nearest_names_and_a_known_one_without_tasks_has_none() {
    let folder = documents();
    let run = folder.run("tasks 省林早局 @/docs");
    assert_eq!((run.exit, run.out.as_str()), (Exit::Nothing, ""));
    assert!(
        run.err.starts_with("gangmu: no document names 省林早局; the nearest names are 省林草局")
    );
    let run = folder.run("tasks 省林早局 @/docs --format json");
    assert_eq!((run.exit, run.out.as_str()), (Exit::Nothing, "[]\n"));
    let run = folder.run("tasks 省林草局 @/docs --role support");
    assert_eq!(run.exit, Exit::Nothing);
    assert!(run.err.contains("省林草局 is named, but has no task"), "{}", run.err);
}

#[test]
fn targets_are_a_table() {
    insta::assert_snapshot!(transcript(&documents().run("targets @/docs")));
}

#[test]
fn targets_are_filtered() {
    let folder = documents();
    for (filter, n) in [
        ("--year 2027", 2),
        ("--type 定性", 1),
        ("--kind quantitative", 3),
        ("--unit 个", 1),
        ("--indicator 森林", 1),
        ("--agency 省林草局", 2),
    ] {
        let run = folder.run(&format!("targets @/docs --format jsonl {filter}"));
        assert_eq!(records(&run).len(), n, "{filter}");
    }
    let run = folder.run("targets @/docs --year 1999");
    assert_eq!(
        (run.exit, run.err.as_str()),
        (Exit::Nothing, "gangmu: no target fits; leave a filter out\n")
    );
    let plain = Folder::new(&[("a.txt", "关于放假的通知\n各单位：\n现将放假安排通知如下。\n")]);
    let run = plain.run("targets @/a.txt");
    assert_eq!(
        (run.exit, run.err.as_str()),
        (Exit::Nothing, "gangmu: no target found: the documents state none\n")
    );
}

#[test]
fn agencies_are_a_table() {
    insta::assert_snapshot!(transcript(&documents().run("agencies @/docs")));
}

#[test]
fn search_shows_the_sentence_and_where_it_stands() {
    insta::assert_snapshot!(transcript(&documents().run("search 黑土地 @/docs")));
    insta::assert_snapshot!(transcript(
        &documents().run("search 黑土地 @/docs --color always -n 1")
    ));
}

#[test]
fn search_lists_and_counts_documents() {
    let folder = documents();
    assert_eq!(folder.run("search 黑土地 @/docs -l").out, "liaoning\nzhejiang\n");
    assert_eq!(folder.run("search 黑土地 @/docs -c").out, "liaoning:1\nzhejiang:1\n");
}

#[test]
fn search_is_filtered() {
    let folder = documents();
    for (query, ids) in [
        ("黑土地 --document 浙江", &["m1"][..]),
        ("黑土地 --agency 辽宁省林业和草原局", &["m1"]),
        ("治理 --role joint", &["m2"]),
        ("黑臭水体 --year 2025", &["m2"]),
        ("领导 --chapter 二 --exact", &["c2", "m3"]),
        ("省发展改革委 --in assignment --document liaoning", &["m1"]),
    ] {
        let run = folder.run(&format!("search {query} @/docs --format jsonl"));
        let mut found: Vec<String> = records(&run)
            .iter()
            .map(|record| {
                record["division"].as_str().unwrap().rsplit('.').next().unwrap().to_owned()
            })
            .collect();
        found.sort_unstable();
        assert_eq!(found, ids, "{query}");
    }
    let run = folder.run("search 黑土地 @/docs --agency 省林早局");
    assert_eq!(run.exit, Exit::Nothing);
    assert!(run.err.contains("省林草局"), "{}", run.err);
    let run = folder.run("search 不存在的词 @/docs --exact");
    assert_eq!((run.exit, run.out.as_str()), (Exit::Nothing, ""));
    assert_eq!(run.err, "gangmu: nothing found for 不存在的词\n");
}

#[test]
fn search_counts_by_facets() {
    let folder = documents();
    insta::assert_snapshot!(transcript(
        &folder.run("search 黑土地 @/docs --facets agency,role,year,chapter,document,region")
    ));
    let run = folder.run("search 黑土地 @/docs --facets document --format jsonl");
    let counted: u64 = records(&run).iter().map(|record| record["count"].as_u64().unwrap()).sum();
    let found = records(&folder.run("search 黑土地 @/docs --format jsonl")).len() as u64;
    assert_eq!(counted, found);
    let from_index = folder.run("index @/docs --index @/idx");
    assert_eq!(from_index.exit, Exit::Found);
    let indexed = folder.run("search 黑土地 --index @/idx --facets document --format jsonl");
    assert_eq!(indexed.out, run.out);
}

#[test]
fn search_is_filtered_by_what_documents_are() {
    let folder = documents();
    let ids = |options: &str| {
        let run = folder.run(&format!("search 黑土地 @/docs -l {options}"));
        run.out.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let all = ids("");
    let of_liaoning = ids("--region 辽宁");
    assert!(of_liaoning.len() < all.len() && !of_liaoning.is_empty(), "{all:?} {of_liaoning:?}");
    assert_eq!(ids("--issuer 辽宁省"), of_liaoning);
    assert_eq!(ids("--region 海南"), Vec::<String>::new());
    let run = folder.run("search 生态 @/docs --since yesterday");
    assert_eq!(run.exit, Exit::Failed);
    assert!(run.err.contains("2024-03"), "{}", run.err);
}

#[test]
fn pages_join_to_the_whole_answer() {
    let folder = documents();
    let whole = folder.run("search 的 @/docs --format jsonl --sort document").out;
    let n_lines = whole.lines().count();
    let pages: String = (0..n_lines)
        .step_by(2)
        .map(|at| {
            let page =
                format!("search 的 @/docs --format jsonl --sort document -n 2 --offset {at}");
            folder.run(&page).out
        })
        .collect();
    assert_eq!(pages, whole);
}

#[test]
fn search_finds_a_body_by_another_of_its_names() {
    let folder = documents();
    folder.run("index @/docs --index @/index");
    for source in ["@/docs", "--index @/index"] {
        let found = records(&folder.run(&format!("search 省发改委 {source} --format jsonl")));
        assert_eq!(found.len(), 2, "{source}");
        assert_eq!(found[0]["matched_by"], "alias 省发展改革委");
        assert_eq!(folder.run(&format!("search 省发改委 --exact {source}")).exit, Exit::Nothing);
    }
}

#[test]
fn a_query_that_cannot_be_read_says_where() {
    let run = documents().run("search \"黑土地 @/docs");
    assert_eq!(run.exit, Exit::Failed);
    assert!(run.err.contains("character 1 of the query"), "{}", run.err);
}

#[test]
fn show_finds_what_people_write() {
    let folder = documents();
    for address in ["一(一)", "一、（一）", "c1.m1"] {
        let run = folder.run(&format!("show {address} @/docs/liaoning.txt"));
        assert!(run.out.contains("(一)推进造林绿化"), "{address}: {}", transcript(&run));
    }
    insta::assert_snapshot!(transcript(&folder.run("show (一) @/docs")));
    let run = folder.run("show 第九条 @/docs");
    assert_eq!(run.exit, Exit::Nothing);
    assert!(
        run.err.contains("no clause has the address 第九条; addresses look like"),
        "{}",
        run.err
    );
}

#[test]
fn an_address_that_fits_several_clauses_names_them() {
    let twice = "关于测试的意见\n一、甲\n(一)子。丑。\n二、乙\n(一)寅。卯。\n";
    let folder = Folder::new(&[("a.txt", twice)]);
    let run = folder.run("show (一) @/a.txt");
    assert_eq!((run.exit, run.out.as_str()), (Exit::Failed, ""));
    assert!(run.err.contains("(一) fits several clauses of a: c1.m1, c2.m1"), "{}", run.err);
}

#[test]
fn export_gives_the_kinds_asked_for() {
    let folder = documents();
    let kinds = |line: &str| -> Vec<String> {
        let mut kinds: Vec<String> = records(&folder.run(line))
            .iter()
            .map(|record| record["record"].as_str().unwrap().to_owned())
            .collect();
        kinds.dedup();
        kinds
    };
    assert_eq!(kinds("export @/docs --records targets"), ["target"]);
    let all = kinds("export @/docs/liaoning.txt");
    assert_eq!(all[..4], ["document", "division", "assignment", "target"]);
    let lines = folder.run("export @/docs").out.lines().count();
    let array: Vec<Value> =
        serde_json::from_str(&folder.run("export @/docs --format json").out).unwrap();
    assert_eq!(array.len(), lines);
    let run = folder.run("export @/docs --document 无此文件 --format json");
    assert_eq!((run.exit, run.out.as_str()), (Exit::Nothing, "[\n]\n"));
}

#[test]
fn check_shows_the_place_and_fails_on_errors_alone() {
    let text = "关于测试的实施意见\n一、总体要求\n\
                (一)推进造林绿化。实施工程。(牵头单位省林草局;责任单位:省财政厅)\n";
    let unclosed = text.replace("省财政厅)", "省财政厅");
    let folder = Folder::new(&[("a.txt", text), ("b.txt", unclosed.as_str())]);
    insta::assert_snapshot!(transcript(&folder.run("check @/a.txt")));
    let records = records(&folder.run("check @/a.txt --format jsonl"));
    assert_eq!(
        (&records[0]["code"], &records[0]["document"]),
        (&"missing-colon".into(), &"a".into())
    );
    let run = folder.run("check @/a.txt @/b.txt");
    assert_eq!(run.exit, Exit::Nothing, "{}", transcript(&run));
    assert!(run.out.contains("error[unbalanced-bracket]"), "{}", run.out);
}

#[test]
fn help_and_mistakes_in_arguments() {
    let folder = documents();
    for command in [
        "parse", "search", "tasks", "targets", "agencies", "show", "export", "index", "check",
        "schema",
    ] {
        let run = folder.run(&format!("{command} --help"));
        assert_eq!((run.exit, run.err.as_str()), (Exit::Found, ""));
        let examples = run.out.lines().filter(|line| line.starts_with("  gangmu ")).count();
        assert_eq!(examples, 2, "{command}");
        assert!(run.out.lines().all(|line| line.chars().count() <= 100), "{}", run.out);
    }
    let run = folder.run("taks 省林草局");
    assert_eq!((run.exit, run.out.as_str()), (Exit::Failed, ""));
    assert!(run.err.contains("'tasks'"), "{}", run.err);
    let run = folder.run("tasks 省林草局 --role boss");
    assert!(run.err.contains("roles are lead, responsible"), "{}", run.err);
    assert!(folder.run("--version").out.starts_with("gangmu 0."));
}

#[test]
fn every_type_has_a_schema() {
    let folder = documents();
    for of in
        ["document", "search", "task", "target", "agency", "facet", "show", "export", "finding"]
    {
        let run = folder.run(&format!("schema {of}"));
        let schema: Value = serde_json::from_str(&run.out).unwrap();
        assert!(schema["$schema"].is_string(), "{of}");
    }
    assert_eq!(folder.run("schema").out, folder.run("schema document").out);
}

#[test]
fn answers_fit_the_screen() {
    let seed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../seeds/documents");
    let text = fs::read_to_string(seed.join("liaoning-meili-2024.txt")).unwrap();
    let folder = Folder::new(&[("a.txt", text)]);
    for width in [60, 80, 120] {
        for line in [
            "parse @/a.txt",
            "tasks 省林草局 @/a.txt",
            "tasks 省发展改革委 @/a.txt",
            "agencies @/a.txt",
            "search 黑土地 @/a.txt",
            "search 生态 @/a.txt -C 1",
            "search 生态 @/a.txt --color always",
            "search 生态 @/a.txt --facets agency,role",
            "show 三(七) @/a.txt",
        ] {
            let run = folder.run_at(line, width);
            assert_eq!(run.exit, Exit::Found, "{line}");
            for line in anstream::adapter::strip_str(&run.out).to_string().lines() {
                assert!(line.width() <= width, "{width}: {} {line}", line.width());
            }
        }
    }
}
