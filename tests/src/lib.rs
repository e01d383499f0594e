//! What the tests of gangmu as a whole share: where things are, which texts
//! there are, and how a document is shown for people to compare.

mod differences;
mod outline;

use std::fs;
use std::path::{Path, PathBuf};

use gangmu_model::Document;
use gangmu_parser::{ParseOptions, parse};

pub use differences::differences;
pub use outline::outline;

/// Returns the ids of the tables that stand in a text without | or tabs between their
/// cells: a printed row, or one cell a line. What is quoted of them is the layout's.
pub fn printed_tables(document: &Document, text: &str) -> Vec<String> {
    document
        .divisions
        .iter()
        .filter(|division| division.table.is_some())
        .filter(|division| !text[division.span.range()].contains(['|', '\t']))
        .map(|division| division.id.to_string())
        .collect()
}

/// A text that every test of the whole runs on.
#[derive(Debug, Clone)]
pub struct Fixture {
    /// Its path below its folder, without extension: `numbering/running-on`.
    pub name: String,
    /// The text itself.
    pub path: PathBuf,
    /// Where the outline it is read as is kept.
    pub outline: PathBuf,
}

impl Fixture {
    /// Reads the text.
    pub fn text(&self) -> String {
        read(&self.path)
    }

    /// Reads and parses the text; the fixture's name is the document's id.
    pub fn parse(&self) -> (String, Document) {
        let text = self.text();
        let options = ParseOptions { id: self.name.clone(), ..ParseOptions::default() };
        let document = parse(&text, &options);
        (text, document)
    }
}

/// Returns the root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Reads a file of the repository.
///
/// # Panics
///
/// Where it cannot be read: a test cannot go on without it.
pub fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Returns every text of `tests/fixtures` and every document shipped in
/// `seeds/documents`, sorted by name. The outline of a fixture stands beside
/// it, that of a document in `tests/outlines`.
pub fn fixtures() -> Vec<Fixture> {
    let root = root();
    let mut fixtures = Vec::new();
    for (folder, outlines) in
        [("tests/fixtures", "tests/fixtures"), ("seeds/documents", "tests/outlines")]
    {
        let folder = root.join(folder);
        for path in files(&folder, "txt") {
            let below = path.strip_prefix(&folder).expect("files lie below their folder");
            let name = below.with_extension("").to_string_lossy().replace('\\', "/");
            let outline = root.join(outlines).join(format!("{name}.outline"));
            fixtures.push(Fixture { name, path, outline });
        }
    }
    fixtures
}

/// Returns the texts of the corpus that may stand beside the repository.
pub fn corpus() -> Vec<PathBuf> {
    let corpus = root().join("../shared/corpus");
    if corpus.is_dir() { files(&corpus, "txt") } else { Vec::new() }
}

/// Returns the files of an extension in a folder and below, sorted.
///
/// # Panics
///
/// Where a folder cannot be read.
pub fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries =
            fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        for entry in entries {
            let path = entry.expect("an entry of a readable folder").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|found| found == extension) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}
