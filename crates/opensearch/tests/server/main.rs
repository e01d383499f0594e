//! A server asked as gangmu's own index is, and servers that behave badly.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by a panic")]

mod answers;
mod osmem;
mod rough;
mod weather;

use std::path::Path;

use gangmu_model::{Document, Source};
use gangmu_parser::{ParseOptions, parse};

/// Returns the documents that the project shows its examples with.
fn documents() -> Vec<Document> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../seeds/documents");
    let entries = std::fs::read_dir(&folder).unwrap();
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "txt" || ending == "md"));
    paths.sort();
    let read = |path: &std::path::PathBuf| {
        let text = std::fs::read_to_string(path).ok()?;
        let id = path.file_stem().unwrap().to_string_lossy().into_owned();
        Some(document(&id, &text))
    };
    paths.iter().filter(|path| !path.ends_with("README.md")).filter_map(read).collect()
}

fn document(id: &str, text: &str) -> Document {
    let source = Source { path: id.to_owned(), ..Source::default() };
    parse(text, &ParseOptions { id: id.to_owned(), source, ..ParseOptions::default() })
}
