//! House rules of files: what a reader of the repository relies on.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use gangmu_model::DiagnosticCode;
use gangmu_quality::Gold;
use gangmu_tests::{files, fixtures, read, root};

/// Fails with every complaint at once.
fn assert_tidy(complaints: &[String]) {
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn lexicon_lists_have_a_source_in_each_row_and_no_row_twice() {
    let mut complaints = Vec::new();
    for path in files(&root().join("seeds/lexicon"), "tsv") {
        let name = path.file_name().expect("a file has a name").to_string_lossy().into_owned();
        let text = read(&path);
        let mut rows = text
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
            .map(|(index, line)| (index + 1, line.split('\t').collect::<Vec<_>>()));
        let Some((_, head)) = rows.next() else {
            complaints.push(format!("{name}: no head line"));
            continue;
        };
        let Some(source) = head.iter().position(|field| *field == "source") else {
            complaints.push(format!("{name}: no column is called source"));
            continue;
        };
        let mut seen = BTreeSet::new();
        let mut keys: Vec<&str> = Vec::new();
        for (line, mut row) in rows {
            if row.len() != head.len() {
                complaints.push(format!("{name}:{line}: {} fields, not {}", row.len(), head.len()));
                continue;
            }
            if row.remove(source).trim().is_empty() {
                complaints.push(format!("{name}:{line}: {} has no source", row.join(" ")));
            }
            keys.push(row[0]);
            if !seen.insert(row.clone()) {
                complaints.push(format!("{name}:{line}: {} stands twice", row.join(" ")));
            }
        }
        complaints.extend(
            out_of_order(&keys).into_iter().map(|key| format!("{name}: {key} is out of order")),
        );
    }
    assert_tidy(&complaints);
}

/// Where the first column names each row, rows are sorted by it; where it is a
/// class of rows, the rows of a class stand together.
fn out_of_order<'k>(keys: &[&'k str]) -> Option<&'k str> {
    let distinct: BTreeSet<&str> = keys.iter().copied().collect();
    if distinct.len() == keys.len() {
        return keys.windows(2).find(|pair| pair[0] > pair[1]).map(|pair| pair[1]);
    }
    let mut runs = keys.to_vec();
    runs.dedup();
    let mut seen = BTreeSet::new();
    runs.into_iter().find(|key| !seen.insert(*key))
}

#[test]
fn every_fixture_has_gold_that_quotes_its_text() {
    let mut complaints = Vec::new();
    for fixture in fixtures() {
        let gold = fixture.path.with_extension("gold.json");
        if !gold.starts_with(root().join("tests/fixtures")) {
            continue;
        }
        if !gold.is_file() {
            complaints.push(format!("{}: {} is not there", fixture.name, gold.display()));
            continue;
        }
        match Gold::from_json(&read(&gold)) {
            Ok(gold) => complaints.extend(misquotes(&gold, &fixture.text(), &fixture.name)),
            Err(error) => complaints.push(format!("{}: {error}", gold.display())),
        }
    }
    assert_tidy(&complaints);
}

/// Every marker, clause and first words that are not on their line.
fn misquotes(gold: &Gold, text: &str, name: &str) -> Vec<String> {
    let lines: Vec<&str> = text.split('\n').collect();
    let stands = |words: &str, line: u32| {
        lines.get((line as usize).wrapping_sub(1)).is_some_and(|found| found.contains(words))
    };
    let divisions = gold.divisions.iter().map(|each| (&each.marker, each.line));
    let targets = gold.targets.iter().map(|each| (&each.clause.text, each.clause.line));
    let open = gold.borderline_targets.iter().map(|each| (&each.text, each.line));
    let worded = gold.qualitative.iter().flatten().map(|each| (&each.text, each.line));
    let first = gold.boilerplate.iter().map(|each| (&each.first, each.line_first));
    let last = gold.boilerplate.iter().map(|each| (&each.last, each.line_last));
    divisions
        .chain(targets)
        .chain(open)
        .chain(worded)
        .chain(first)
        .chain(last)
        .filter(|(words, line)| !stands(words, *line))
        .map(|(words, line)| format!("{name}: {words} is not on line {line}"))
        .collect()
}

#[test]
fn no_gold_or_outline_is_left_without_its_text() {
    let folder = root().join("tests/fixtures");
    let mut complaints = Vec::new();
    for (extension, ending) in [("json", ".gold.json"), ("outline", ".outline")] {
        for path in files(&folder, extension) {
            let text = path.to_string_lossy().replace(ending, ".txt");
            if !Path::new(&text).is_file() {
                complaints.push(format!("{} has no text", path.display()));
            }
        }
    }
    assert_tidy(&complaints);
}

#[test]
fn every_fixture_named_in_the_grammar_is_there() {
    let grammar = root().join("GRAMMAR.md");
    if !grammar.is_file() {
        return;
    }
    let text = read(&grammar);
    let is_path = |ch: char| ch.is_ascii_alphanumeric() || "-_./".contains(ch);
    let missing: BTreeSet<&str> = text
        .split(|ch| !is_path(ch))
        .filter(|word| word.starts_with("tests/fixtures/") && word.len() > "tests/fixtures/".len())
        .map(|word| word.trim_end_matches('.'))
        .filter(|word| !root().join(word).exists())
        .collect();
    assert!(missing.is_empty(), "GRAMMAR.md names what is not there: {missing:?}");
}

#[test]
fn every_diagnostic_has_a_fixture_that_shows_it() {
    let shown: BTreeSet<&str> = fixtures()
        .iter()
        .flat_map(|fixture| fixture.parse().1.diagnostics)
        .map(|diagnostic| diagnostic.code.name())
        .collect();
    let unseen: Vec<&str> = DiagnosticCode::ALL
        .iter()
        .map(|code| code.name())
        .filter(|code| !shown.contains(code))
        .collect();
    assert!(unseen.is_empty(), "no fixture shows {unseen:?}");
}

/// A row of the grammar's table of diagnostics: code, severity, example, fixture.
fn diagnostic_rows(grammar: &str) -> Vec<[&str; 4]> {
    let section = grammar.split("## Diagnostics").nth(1).expect("the grammar lists diagnostics");
    section
        .lines()
        .filter(|line| line.starts_with("| `"))
        .map(|line| {
            let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
            cells.try_into().unwrap_or_else(|_| panic!("four cells: {line}"))
        })
        .collect()
}

#[test]
fn every_diagnostic_stands_in_the_grammar_with_an_example_that_has_it() {
    let grammar = read(&root().join("GRAMMAR.md"));
    let rows = diagnostic_rows(&grammar);
    let mut complaints = Vec::new();
    for code in DiagnosticCode::ALL {
        let name = code.name();
        if !rows.iter().any(|[listed, ..]| listed.trim_matches('`') == name) {
            complaints.push(format!("{name} is not listed"));
        }
    }
    let fixtures = fixtures();
    for [code, severity, example, path] in rows {
        let code = code.trim_matches('`');
        let name = path.trim_end_matches(".txt");
        let Some(fixture) = fixtures.iter().find(|fixture| fixture.name == name) else {
            complaints.push(format!("{code}: {path} is not there"));
            continue;
        };
        let (text, document) = fixture.parse();
        let told = document.diagnostics.iter().find(|each| each.code.name() == code);
        match told.map(|each| serde_json::to_value(each.severity).expect("a severity is a word")) {
            None => complaints.push(format!("{code}: {path} does not show it")),
            Some(found) if found != severity => {
                complaints.push(format!("{code} is of severity {found}"));
            }
            Some(_) => {}
        }
        for words in example.split('`').skip(1).step_by(2).filter(|words| !text.contains(words)) {
            complaints.push(format!("{code}: {words} is not in {path}"));
        }
    }
    assert_tidy(&complaints);
}

#[test]
fn no_code_file_is_longer_than_a_reader_holds() {
    const LONGEST: usize = 600;
    let mut complaints = Vec::new();
    for folder in ["crates", "tests"] {
        for path in files(&root().join(folder), "rs") {
            let n_lines = fs::read_to_string(&path).unwrap_or_default().lines().count();
            if n_lines > LONGEST {
                complaints.push(format!("{}: {n_lines} lines", path.display()));
            }
        }
    }
    assert_tidy(&complaints);
}
