//! A server asked as gangmu's own index is, and servers that behave badly.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by a panic")]
#![allow(clippy::print_stderr, reason = "a test that is not run says so")]

mod answers;
mod osmem;
mod rough;
mod weather;

use std::path::Path;

use gangmu_model::{Document, Source};
use gangmu_parser::{ParseOptions, parse};

/// Returns the documents that the project shows its examples and tests its reading with.
fn documents() -> Vec<Document> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut folders = vec![root.join("seeds/documents"), root.join("tests/fixtures")];
    let mut documents = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "txt")
                && let Ok(text) = std::fs::read_to_string(&path)
            {
                let id = path.with_extension("").strip_prefix(&root).unwrap().display().to_string();
                documents.push(document(&id, &text));
            }
        }
    }
    documents.sort_by(|a, b| a.id.cmp(&b.id));
    documents
}

fn document(id: &str, text: &str) -> Document {
    let source = Source { path: id.to_owned(), ..Source::default() };
    parse(text, &ParseOptions { id: id.to_owned(), source, ..ParseOptions::default() })
}
