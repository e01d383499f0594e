//! The index of this project, as its command builds and asks it.

use clap::Parser;
use gangmu_bench::corpus;
use gangmu_bench::engine::{Command, SHOWN, serve};
use gangmu_bench::questions::{Asked, Kind};
use gangmu_indexer::{Index, IndexWriter};
use gangmu_lexicon::Lexicon;
use gangmu_model::Document;
use gangmu_query::SearchQuery;

/// The allocator of the command.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> anyhow::Result<()> {
    match Command::parse() {
        Command::Build { laws, index } => {
            let mut writer = IndexWriter::create(&index, Lexicon::version())?;
            for law in corpus::read(&laws)? {
                writer.add(&law?.into_document())?;
            }
            writer.commit()?;
            Ok(())
        }
        Command::Answer { index } => {
            let index = Index::open(&index, Lexicon::version())?;
            let lexicon = Lexicon::builtin();
            serve(|asked| {
                let query = typed(asked)?.widen(&[] as &[Document], lexicon);
                let page = index.search(&query)?;
                Ok((page.total, page.records.into_iter().map(|record| record.text).collect()))
            })
        }
    }
}

/// Returns the question as a person types it.
fn typed(asked: &Asked) -> anyhow::Result<SearchQuery> {
    let words = asked.words.join(" ");
    let mut query = match asked.kind {
        Kind::Phrase => SearchQuery::parse(&format!("\"{words}\""))?,
        _ => SearchQuery::parse(&words)?,
    };
    query.limit = if asked.kind == Kind::Count { 0 } else { SHOWN };
    query.filters.documents.extend(asked.law.clone());
    Ok(query)
}
