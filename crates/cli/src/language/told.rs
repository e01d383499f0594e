//! What other crates say in English, told in Chinese.
//!
//! Notices, findings and the errors of libraries come as finished English
//! sentences, some of them out of an index. Each is known again by its form: what
//! stands in the places of a template's names is taken out and put into the Chinese.

use super::message::fill;
use super::tables::TOLD;

/// How deep a value may itself be a sentence.
const DEPTH: usize = 3;

/// Returns the Chinese of an English sentence; `None` where no form fits.
pub(super) fn chinese(english: &str) -> Option<String> {
    chinese_within(english, DEPTH)
}

fn chinese_within(english: &str, depth: usize) -> Option<String> {
    let fitting = TOLD.iter().filter_map(|text| Some((text, values(text.english, english)?)));
    // The form that says most by itself is the one that was meant.
    let (text, values) = fitting.max_by_key(|(text, values)| {
        let n_filled: usize = values.iter().map(|(_, value)| value.len()).sum();
        (english.len() - n_filled, text.english)
    })?;
    let told = |value: &str| {
        let deeper = depth.checked_sub(1).and_then(|depth| chinese_within(value, depth));
        deeper.unwrap_or_else(|| value.to_owned())
    };
    Some(fill(text.chinese, |name| {
        let value = values.iter().find(|(known, _)| *known == name);
        value.map(|(_, value)| told(value))
    }))
}

/// Returns what stands in the places of a template's names, where a text has its form.
fn values<'t, 'e>(template: &'t str, text: &'e str) -> Option<Vec<(&'t str, &'e str)>> {
    let Some((before, after)) = template.split_once('{') else {
        return (template == text).then(Vec::new);
    };
    let rest = text.strip_prefix(before)?;
    let (name, after) = after.split_once('}')?;
    let next = after.split('{').next().unwrap_or_default();
    if next.is_empty() {
        return (after.is_empty() && !rest.is_empty()).then(|| vec![(name, rest)]);
    }
    rest.match_indices(next).filter(|(at, _)| *at > 0).find_map(|(at, _)| {
        let mut found = values(after, &rest[at..])?;
        found.insert(0, (name, &rest[..at]));
        Some(found)
    })
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    use gangmu_indexer::Error as IndexError;
    use gangmu_ingest::Limit;

    use super::super::tables::SAID;
    use super::*;

    #[test]
    fn values_are_what_stands_in_the_places() {
        let found = values("{a} to {b} are missing", "二、 to 四、 are missing");
        assert_eq!(found, Some(vec![("a", "二、"), ("b", "四、")]));
        assert_eq!(values("the {a}", "the whole"), Some(vec![("a", "whole")]));
        assert_eq!(values("the {a}", "a whole"), None);
        assert_eq!(values("{a}; {b}!", "x; y; z!"), Some(vec![("a", "x"), ("b", "y; z")]));
    }

    /// Returns the texts in the code of a crate, those that go on over lines made one.
    fn code(of: &str) -> String {
        let mut code = String::new();
        let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(of)];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|ending| ending == "rs") {
                    let mut joined = false;
                    for line in fs::read_to_string(path).unwrap().lines() {
                        let line = if joined { line.trim_start() } else { line };
                        joined = line.ends_with('\\');
                        code.push_str(line.strip_suffix('\\').unwrap_or(line));
                        code.push_str(if joined { "" } else { "\n" });
                    }
                }
            }
        }
        code
    }

    /// Whether the longest part of a text without a value stands in the code.
    fn stands_in(code: &str, english: &str) -> bool {
        let pieces =
            english.split('{').enumerate().map(|(at, piece)| match piece.split_once('}') {
                Some((_, after)) if at > 0 => after,
                _ => piece,
            });
        let longest = pieces.max_by_key(|piece| piece.len()).unwrap_or_default();
        let written = longest.escape_debug().to_string().replace("\\'", "'");
        code.contains(&written) || code.contains(longest)
    }

    #[test]
    fn no_text_is_left_over() {
        let own = code("cli/src");
        let left: Vec<&str> = SAID
            .iter()
            .map(|text| text.english)
            .filter(|english| !stands_in(&own, english))
            .collect();
        assert_eq!(left, Vec::<&str>::new());
        let others: String = [
            "ingest/src",
            "indexer/src",
            "query/src",
            "parser/src",
            "workbook/src",
            "server/src",
            "opensearch/src",
            "cli/src",
        ]
        .map(code)
        .concat();
        // The words of the standard library and of clap, and what is put together out of parts.
        let of_others = [
            "os error",
            "invalid digit",
            "cannot parse integer",
            "number too",
            "is not in {range}",
            "which {failure};",
            "the limit of {value}",
            "in all",
            "; it stands here",
            "cannot be written; check the permissions",
            "cannot be replaced",
            "is there already",
            "; also on line",
            "characters are not readable",
            "where {meant} was expected",
            "the numbers are kept as written",
            "{n} bytes",
            "a scan, ",
            "without a word",
            "LibreOffice converts",
            "(word lists",
        ];
        let left: Vec<&str> = TOLD
            .iter()
            .map(|text| text.english)
            .filter(|english| !of_others.iter().any(|part| english.contains(part)))
            .filter(|english| !stands_in(&others, english))
            .collect();
        assert_eq!(left, Vec::<&str>::new());
    }

    #[test]
    fn what_the_parser_finds_in_the_fixtures_is_told_in_chinese() {
        let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures")];
        let mut n_told = 0;
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|ending| ending == "txt") {
                    let text = fs::read_to_string(path).unwrap();
                    let document = gangmu_parser::parse(&text, &Default::default());
                    for found in document.diagnostics {
                        let told = chinese(&found.message);
                        assert!(told.is_some(), "{}", found.message);
                        n_told += 1;
                    }
                }
            }
        }
        assert!(n_told > 10, "{n_told}");
    }

    #[track_caller]
    fn check(error: impl ToString, expected: &str) {
        assert_eq!(chinese(&error.to_string()).as_deref(), Some(expected));
    }

    #[test]
    fn errors_of_files_and_of_the_index_are_told_with_their_values() {
        let pdf = "a PDF file";
        check(
            gangmu_ingest::Error::NoText {
                kind: pdf,
                detail: "12 pages without a word, as of a scan".to_owned(),
            },
            "PDF 文件中没有文字（共 12 页，没有文字，像是扫描件）；请先做文字识别（OCR）",
        );
        check(gangmu_ingest::Error::Locked { kind: pdf }, "PDF 文件设有密码；请另存一份没有密码的");
        for limit in [
            Limit::FileBytes,
            Limit::UnpackedBytes,
            Limit::Entries,
            Limit::Depth,
            Limit::Elements,
            Limit::TableCells,
            Limit::TextBytes,
        ] {
            let error = gangmu_ingest::Error::OverLimit { limit, value: 512 };
            let told = chinese(&error.to_string()).unwrap();
            assert!(told.contains("512") && told.contains("--raise-limits"), "{told}");
        }
        let path = || PathBuf::from("索引");
        let full = || std::io::Error::from_raw_os_error(28);
        for error in [
            IndexError::Missing { path: path() },
            IndexError::OtherVersion {
                path: path(),
                what: "schema 3, and this program has 4".to_owned(),
            },
            IndexError::Damaged { path: path(), detail: "a.json is missing".to_owned() },
            IndexError::Locked { path: path() },
            IndexError::NotAnIndex { path: path(), found: "a.txt".to_owned() },
            IndexError::NotADirectory { path: path() },
            IndexError::Full { path: path(), source: full() },
            IndexError::Io { action: "read", path: path(), source: full() },
            IndexError::Io { action: "write", path: path(), source: full() },
            IndexError::Engine { path: path(), detail: "x".to_owned() },
        ] {
            let told = chinese(&error.to_string()).unwrap();
            assert!(!told.contains("the ") && told.contains("索引"), "{told}");
        }
    }
}
