//! `index PATH…`.

use anyhow::Error;
use gangmu_indexer::IndexWriter;
use gangmu_lexicon::Lexicon;

use super::counted;
use crate::args::IndexArgs;
use crate::exit::Exit;
use crate::library::Texts;
use crate::terminal::Terminal;

pub(super) fn run(args: &IndexArgs, terminal: &mut Terminal<'_>) -> Result<Exit, Error> {
    let texts = Texts::read(&args.paths, &args.read, terminal)?;
    // The place is claimed before the work begins, not after it.
    let mut writer = IndexWriter::create(&args.index, Lexicon::version())?;
    let library = texts.parse();
    for document in &library.documents {
        writer.add(document)?;
    }
    writer.commit()?;
    let n_clauses: usize = library.documents.iter().map(|found| found.divisions.len()).sum();
    writeln!(
        terminal.err,
        "{} with {} in {}",
        counted(library.documents.len(), "document"),
        counted(n_clauses, "clause"),
        args.index.display()
    )?;
    Ok(library.exit(Exit::Found))
}
