//! The API: what it says is what the crates that answer the commands say.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by a panic")]

mod common;

use std::io::Read as _;
use std::path::Path;
use std::time::{Duration, Instant};

use common::{ONE, Running, TEXT, read};
use gangmu_indexer::Index;
use gangmu_lexicon::Lexicon;
use gangmu_query::{AgenciesQuery, SearchQuery, ShowQuery, TargetQuery, TaskQuery};
use serde_json::{Value, json};

const OTHER: &str = "\
浙江省人民政府关于培育开源体系的实施意见

一、主要任务

(一)建设开源社区。支持企业建设开源社区,推进黑土地数据开放。到2027年,培育开源项目100个以上。(牵头单位:省发展改革委;责任单位:省经信厅)
";

fn two() -> Running {
    Running::with(&[("liaoning.txt", TEXT), ("zhejiang.txt", OTHER)], |_| {})
}

#[track_caller]
fn records(server: &Running, path: &str) -> Value {
    let answer = server.get(path);
    assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    assert_eq!(answer.header("content-type"), Some("application/json"), "{path}");
    answer.json()["records"].clone()
}

#[test]
fn records_are_those_of_the_commands() {
    let server = two();
    let lexicon = Lexicon::builtin();
    let index = Index::open(&server.folder().join("index"), Lexicon::version()).unwrap();
    let documents: Vec<_> = index.documents().unwrap().map(Result::unwrap).collect();
    let whole = server.get("/api/v1/documents/liaoning");
    assert_eq!(whole.json(), json!(documents[0]));
    let asked = "%E7%9C%81%E6%9E%97%E8%8D%89%E5%B1%80";
    let tasks = TaskQuery { agency: Some("省林草局".to_owned()), ..TaskQuery::default() };
    assert_eq!(
        records(&server, &format!("/api/v1/tasks?agency={asked}")),
        json!(tasks.answer(&documents, lexicon))
    );
    let all = TaskQuery::default().answer(&documents, lexicon);
    assert_eq!(records(&server, "/api/v1/tasks"), json!(all));
    let targets = TargetQuery { year: Some(2027), ..TargetQuery::default() };
    assert_eq!(
        records(&server, "/api/v1/targets?year=2027"),
        json!(targets.answer(&documents, lexicon))
    );
    let of_body = TargetQuery { agency: Some("省林草局".to_owned()), ..TargetQuery::default() };
    assert_eq!(
        records(&server, &format!("/api/v1/targets?agency={asked}")),
        json!(of_body.answer(&documents, lexicon))
    );
    assert_eq!(
        records(&server, "/api/v1/agencies"),
        json!(AgenciesQuery::default().answer(&documents))
    );
    let query = SearchQuery::parse("黑土地").unwrap().widen(&documents, lexicon);
    assert_eq!(
        records(&server, "/api/v1/search?q=%E9%BB%91%E5%9C%9F%E5%9C%B0"),
        json!(index.search(&query).unwrap().records)
    );
    let show = ShowQuery { address: "c1.m1".to_owned(), ..ShowQuery::default() };
    let shown = show.answer(&documents).records;
    assert_eq!(server.get("/api/v1/documents/liaoning/divisions/c1.m1").json(), json!(shown[0]));
    assert_eq!(records(&server, "/api/v1/divisions?address=c1.m1"), json!(shown));
    let parsed = server.post("/api/v1/parse?name=liaoning.txt", &[], TEXT.as_bytes());
    let mut here = json!(read(Path::new("liaoning.txt"), TEXT.as_bytes()));
    let mut parsed = parsed.json();
    // How the bytes were taken is said by the server alone.
    here["source"] = Value::Null;
    parsed["source"] = Value::Null;
    assert_eq!(parsed, here);
}

#[test]
fn long_answers_come_in_parts() {
    let server = two();
    let all = records(&server, "/api/v1/tasks").as_array().unwrap().clone();
    let mut gathered = Vec::new();
    let mut next = Some("/api/v1/tasks?limit=2".to_owned());
    while let Some(path) = next {
        let part = server.get(&path).json();
        assert_eq!(part["total"], all.len());
        gathered.extend(part["records"].as_array().unwrap().clone());
        next = part["next"].as_str().map(str::to_owned);
    }
    assert!(all.len() > 4);
    assert_eq!(gathered, all);
    let lines = server.get("/api/v1/tasks?format=jsonl&limit=1").text();
    assert_eq!(lines.lines().count(), all.len());
    let table = server.get("/api/v1/tasks?format=csv");
    assert!(table.text().starts_with("\u{feff}文件,条款,条目,任务"));
    assert!(table.header("content-disposition").unwrap().starts_with("attachment; "));
    assert!(server.get("/api/v1/targets?format=xlsx").body.starts_with(b"PK"));
}

#[test]
fn an_answer_that_is_known_is_not_sent_again_and_one_can_be_packed() {
    let server = two();
    for path in ["/api/v1/documents/liaoning", "/documents/liaoning", "/search?q=%E6%9E%97"] {
        let first = server.get(path);
        let tag = first.header("etag").unwrap().to_owned();
        let again = server.get_with(path, &[&format!("If-None-Match: {tag}")]);
        assert_eq!((again.status, again.body.len()), (304, 0), "{path}");
        assert_eq!(again.header("etag"), Some(tag.as_str()));
        let other = server.get_with(path, &["If-None-Match: W/\"0\""]);
        assert_eq!((other.status, &other.body), (200, &first.body), "{path}");
        let packed = server.get_with(path, &["Accept-Encoding: gzip"]);
        assert_eq!(packed.header("content-encoding"), Some("gzip"), "{path}");
        let mut unpacked = Vec::new();
        flate2::read::GzDecoder::new(&packed.body[..]).read_to_end(&mut unpacked).unwrap();
        assert_eq!(unpacked, first.body, "{path}");
        assert!(packed.body.len() < first.body.len(), "{path}");
    }
    let english = server.get("/documents/liaoning?lang=en");
    assert!(english.header("set-cookie").unwrap().starts_with("gangmu_lang=en"));
    assert_ne!(english.body, server.get("/documents/liaoning").body);
}

#[test]
fn a_newer_state_of_the_index_is_shown_as_soon_as_it_is_there() {
    let server = Running::with(ONE, |_| {});
    let tag = server.get("/api/v1/documents").header("etag").unwrap().to_owned();
    server.index("zhejiang.txt", OTHER);
    let begun = Instant::now();
    while server.get("/api/v1/status").json()["n_documents"] != 2 {
        assert!(begun.elapsed() < Duration::from_secs(20), "the new document never shows");
        std::thread::sleep(Duration::from_millis(20));
    }
    let newer = server.get_with("/api/v1/documents", &[&format!("If-None-Match: {tag}")]);
    assert_eq!(newer.status, 200);
    assert_eq!(server.get("/documents/zhejiang").status, 200);
}

#[test]
fn an_uploaded_file_is_a_document_like_the_others() {
    let server = Running::with(&[], |_| {});
    assert_eq!(server.get("/api/v1/status").json()["n_documents"], 0);
    let answer = server.upload("浙江.txt", OTHER.as_bytes());
    assert_eq!(answer.status, 303, "{}", answer.text());
    let page = server.get(answer.header("location").unwrap());
    assert_eq!(page.status, 200);
    assert!(page.text().contains("建设开源社区"));
    assert_eq!(records(&server, "/api/v1/documents").as_array().unwrap().len(), 1);
    assert_eq!(server.upload("浙江.txt", OTHER.as_bytes()).status, 303, "the same once more");
    assert_eq!(records(&server, "/api/v1/documents").as_array().unwrap().len(), 1);
}

#[test]
fn every_address_is_described_and_every_description_answers() {
    let server = two();
    let described = server.get("/api/v1/openapi.json").json();
    assert_eq!(described["openapi"], "3.1.0");
    let paths = described["paths"].as_object().unwrap();
    assert!(paths.len() >= 12);
    for (path, methods) in paths {
        for (method, operation) in methods.as_object().unwrap() {
            let at = path.replace("{id}", "liaoning").replace("{address}", "c1.m1");
            let answer = if method == "post" {
                server.post(&at, &[], TEXT.as_bytes())
            } else {
                let query = if path.ends_with("/search") {
                    "?q=%E6%9E%97&facets=agency,kind"
                } else if path.ends_with("/divisions") && !path.contains("{id}") {
                    "?address=c1"
                } else {
                    ""
                };
                server.get(&format!("{at}{query}"))
            };
            assert_eq!(answer.status, 200, "{path}: {}", answer.text());
            let schema = &operation["responses"]["200"]["content"]["application/json"]["schema"];
            let mut whole = schema.as_object().cloned().unwrap_or_default();
            whole.insert("components".to_owned(), described["components"].clone());
            let validator = jsonschema::validator_for(&Value::Object(whole)).unwrap();
            let faults: Vec<String> =
                validator.iter_errors(&answer.json()).map(|fault| fault.to_string()).collect();
            assert_eq!(faults, Vec::<String>::new(), "{path}");
        }
    }
}
