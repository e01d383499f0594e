//! Indexing killed at many moments: what was committed answers, and the next run repairs.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by a panic")]

use std::collections::HashSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use gangmu_indexer::Index;
use gangmu_lexicon::Lexicon;
use gangmu_model::Document;
use gangmu_query::{SearchPage, SearchQuery};

const N_DOCUMENTS: usize = 210;
const N_MOMENTS: u32 = 20;

/// Returns a short document; editions differ in their words.
fn text(n: usize, edition: usize) -> String {
    let subjects = ["黑土地", "碳中和", "黑臭水体", "公共数据", "社区养老", "开源项目", "防沙治沙"];
    let of = |step: usize| subjects[(n * step + edition) % subjects.len()];
    format!(
        "关于推进{}工作的意见\n\n一、总体要求\n\n到2027年,{}覆盖率达到{}%以上。\n\n二、主要任务\n\n\
         (一)加强{}保护。推进{}与{}。(牵头单位:省林草局;责任单位:省财政厅)\n",
        of(1),
        of(2),
        40 + n % 50,
        of(3),
        of(4),
        of(5)
    )
}

/// Writes the files of one edition: in the second a third is changed, a sixth is
/// gone, and as many are new.
fn write_files(folder: &Path, edition: usize) {
    fs::create_dir_all(folder).unwrap();
    for n in 0..N_DOCUMENTS {
        let path = folder.join(format!("document-{n:03}.txt"));
        match (edition, n % 6) {
            (0, 5) => {}
            (1, 4) => fs::remove_file(path).unwrap(),
            (_, 0 | 1) => fs::write(path, text(n, edition)).unwrap(),
            _ => fs::write(path, text(n, 0)).unwrap(),
        }
    }
}

fn gangmu(root: &Path, index: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gangmu"));
    command.args(["index", "documents", "--prune", "--index", index]);
    command.current_dir(root).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// All that can be seen of a state: the documents, and answers with their scores.
#[derive(PartialEq)]
struct Seen {
    documents: Vec<Document>,
    answers: Vec<SearchPage>,
}

fn look(index: &Path) -> Seen {
    let index = Index::open(index, Lexicon::version()).unwrap();
    index.verify().unwrap();
    let answers = ["黑土地", "碳中和 公共数据", "防沙治沙如何推进", "title:保护"].map(|query| {
        let query = SearchQuery::parse(query).unwrap();
        index.search(&SearchQuery { limit: 500, ..query }).unwrap()
    });
    let documents = index.documents().unwrap().map(Result::unwrap).collect();
    Seen { documents, answers: answers.to_vec() }
}

/// Fails where a file lies in the index that no committed state names.
#[track_caller]
fn assert_no_strays(index: &Path) {
    let manifest = fs::read_to_string(index.join("gangmu.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    let data = manifest["data"].as_str().unwrap();
    for entry in fs::read_dir(index).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(["gangmu.json", ".gangmu.lock", data].contains(&name.as_str()), "{name}");
    }
    let meta = fs::read_to_string(index.join(data).join("meta.json")).unwrap();
    let meta: serde_json::Value = serde_json::from_str(&meta).unwrap();
    let segments = meta["segments"].as_array().unwrap().iter();
    let segments: HashSet<String> =
        segments.map(|segment| segment["segment_id"].as_str().unwrap().replace('-', "")).collect();
    for entry in fs::read_dir(index.join(data)).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let segment = name.split('.').next().unwrap_or_default();
        let own = ["meta.json", ".managed.json", ".tantivy-writer.lock", ".tantivy-meta.lock"];
        assert!(own.contains(&name.as_str()) || segments.contains(segment), "stray {name}");
    }
}

#[test]
fn killed_at_any_moment_the_index_answers_and_the_next_run_repairs() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let at = |name: &str| root.join(name);
    write_files(&at("documents"), 0);
    assert!(gangmu(root, "old").status().unwrap().success());
    let old = look(&at("old"));
    write_files(&at("documents"), 1);
    copy(&at("old"), &at("new"));
    let start = Instant::now();
    assert!(gangmu(root, "new").status().unwrap().success());
    let duration = start.elapsed();
    let new = look(&at("new"));
    assert!(old != new && new.documents.len() == N_DOCUMENTS - N_DOCUMENTS / 6);

    let (mut n_killed, mut n_old) = (0, 0);
    let mut random = 20_240_322u32;
    for moment in 0..N_MOMENTS {
        random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let jitter = f64::from(random >> 8) / f64::from(1 << 24);
        let after = duration.mul_f64((f64::from(moment) + jitter) / f64::from(N_MOMENTS));
        let _ = fs::remove_dir_all(at("index"));
        copy(&at("old"), &at("index"));
        let mut child = gangmu(root, "index").spawn().unwrap();
        std::thread::sleep(after);
        n_killed += usize::from(child.try_wait().unwrap().is_none());
        child.kill().unwrap();
        child.wait().unwrap();
        let seen = look(&at("index"));
        assert!(seen == old || seen == new, "killed after {after:?} of {duration:?}");
        n_old += usize::from(seen == old);
        assert!(gangmu(root, "index").status().unwrap().success(), "{after:?} of {duration:?}");
        assert!(look(&at("index")) == new, "repaired after {after:?} of {duration:?}");
        assert_no_strays(&at("index"));
    }
    assert!(n_killed > 0 && n_old > 0, "{n_killed} runs were killed, {n_old} before the commit");
}

#[test]
fn a_first_run_that_is_killed_leaves_nothing_in_the_way() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    write_files(&root.join("documents"), 0);
    for milliseconds in [30, 120, 250] {
        let mut child = gangmu(root, "index").spawn().unwrap();
        std::thread::sleep(Duration::from_millis(milliseconds));
        child.kill().unwrap();
        child.wait().unwrap();
    }
    assert!(gangmu(root, "index").status().unwrap().success());
    assert_eq!(look(&root.join("index")).documents.len(), N_DOCUMENTS - N_DOCUMENTS / 6);
    assert_no_strays(&root.join("index"));
}
