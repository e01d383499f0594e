//! The clauses that every engine reads: one law a line.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use gangmu_ranking::Law;

/// Laws on disk, in the two forms that engines read.
#[derive(Clone, Debug)]
pub struct Corpus {
    /// One law a line, as JSON.
    pub laws: PathBuf,
    /// One clause a line, as plain text.
    pub texts: PathBuf,
    /// The number of clauses.
    pub n_clauses: usize,
    /// The bytes of their texts in UTF-8.
    pub n_bytes: u64,
}

impl Corpus {
    /// Writes laws to `folder` as they come.
    ///
    /// # Errors
    ///
    /// Where a file cannot be written.
    pub fn write(folder: &Path, laws: impl IntoIterator<Item = Law>) -> anyhow::Result<Self> {
        std::fs::create_dir_all(folder)?;
        let mut corpus = Self {
            laws: folder.join("laws.jsonl"),
            texts: folder.join("texts.txt"),
            n_clauses: 0,
            n_bytes: 0,
        };
        let mut lines = BufWriter::new(File::create(&corpus.laws)?);
        let mut texts = BufWriter::new(File::create(&corpus.texts)?);
        for law in laws {
            serde_json::to_writer(&mut lines, &law)?;
            lines.write_all(b"\n")?;
            for clause in &law.clauses {
                corpus.n_clauses += 1;
                corpus.n_bytes += clause.text.len() as u64;
                writeln!(texts, "{}", clause.text.replace('\n', " "))?;
            }
        }
        lines.flush()?;
        texts.flush()?;
        Ok(corpus)
    }
}

/// Reads laws one by one from a file of [`Corpus::write`].
///
/// # Errors
///
/// Where the file cannot be opened; a line that cannot be read comes as an
/// error in its place.
pub fn read(path: &Path) -> anyhow::Result<impl Iterator<Item = anyhow::Result<Law>>> {
    let file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(BufReader::new(file).lines().map(|line| Ok(serde_json::from_str(&line?)?)))
}
