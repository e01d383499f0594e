//! tantivy as it comes, with jieba's words and nothing else.

use std::sync::Arc;

use clap::Parser;
use gangmu_bench::corpus;
use gangmu_bench::engine::{Command, SHOWN, serve};
use gangmu_bench::questions::{Asked, Kind};
use jieba_rs::Jieba;
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{BooleanQuery, Occur, PhraseQuery, Query, TermQuery};
use tantivy::schema::{
    Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions, Value,
};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};
use tantivy::{Index, TantivyDocument, Term};

/// Threads and memory are those of the index beside it.
const THREADS: usize = 2;
const BUDGET_BYTES: usize = 20 << 20;

fn main() -> anyhow::Result<()> {
    let (schema, fields) = schema();
    match Command::parse() {
        Command::Build { laws, index } => {
            std::fs::create_dir_all(&index)?;
            let index = Index::create_in_dir(&index, schema)?;
            index.tokenizers().register("jieba", Words(Arc::new(Jieba::new())));
            let mut writer = index
                .writer_with_num_threads::<TantivyDocument>(THREADS, THREADS * BUDGET_BYTES)?;
            for law in corpus::read(&laws)? {
                let law = law?;
                for clause in &law.clauses {
                    let mut record = TantivyDocument::new();
                    record.add_text(fields.law, &law.name);
                    record.add_text(fields.id, &clause.id);
                    record.add_text(fields.text, &clause.text);
                    writer.add_document(record)?;
                }
            }
            writer.commit()?;
            writer.wait_merging_threads()?;
            Ok(())
        }
        Command::Answer { index } => {
            let searcher = Index::open_in_dir(&index)?.reader()?.searcher();
            let jieba = Jieba::new();
            serve(|asked| {
                let query = fields.query(asked, &jieba);
                if asked.kind == Kind::Count {
                    return Ok((searcher.search(&query, &Count)?, Vec::new()));
                }
                let top = TopDocs::with_limit(SHOWN).order_by_score();
                let (best, found) = searcher.search(&query, &(top, Count))?;
                let mut texts = Vec::with_capacity(best.len());
                for (_, address) in best {
                    let record: TantivyDocument = searcher.doc(address)?;
                    let text = record.get_first(fields.text).and_then(|value| value.as_str());
                    texts.push(text.unwrap_or_default().to_owned());
                }
                Ok((found, texts))
            })
        }
    }
}

struct Fields {
    law: Field,
    id: Field,
    text: Field,
}

fn schema() -> (Schema, Fields) {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("jieba")
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let mut builder = Schema::builder();
    let fields = Fields {
        law: builder.add_text_field("law", STRING | STORED),
        id: builder.add_text_field("id", STRING | STORED),
        text: builder.add_text_field(
            "text",
            TextOptions::default().set_indexing_options(indexing).set_stored(),
        ),
    };
    (builder.build(), fields)
}

impl Fields {
    /// All words of a question for words, any word of a sentence, words in a row for a phrase.
    fn query(&self, asked: &Asked, jieba: &Jieba) -> Box<dyn Query> {
        let text = asked.words.join(" ");
        let cut = jieba.cut(&text, true).into_iter().map(|token| token.word);
        let mut terms: Vec<Term> = cut
            .filter(|word| word.chars().any(char::is_alphanumeric))
            .map(|word| Term::from_field_text(self.text, word))
            .collect();
        if asked.kind == Kind::Phrase && terms.len() > 1 {
            return Box::new(PhraseQuery::new(terms));
        }
        if asked.kind == Kind::Question {
            terms.sort();
            terms.dedup();
        }
        let occur = if asked.kind == Kind::Question { Occur::Should } else { Occur::Must };
        let mut parts: Vec<(Occur, Box<dyn Query>)> = terms
            .into_iter()
            .map(|term| {
                let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
                (occur, Box::new(query) as Box<dyn Query>)
            })
            .collect();
        if let Some(law) = &asked.law {
            let law = Term::from_field_text(self.law, law);
            parts.push((Occur::Must, Box::new(TermQuery::new(law, IndexRecordOption::Basic))));
        }
        match parts.pop() {
            Some((_, only)) if parts.is_empty() => only,
            Some(last) => {
                parts.push(last);
                Box::new(BooleanQuery::new(parts))
            }
            None => Box::new(tantivy::query::EmptyQuery),
        }
    }
}

#[derive(Clone)]
struct Words(Arc<Jieba>);

impl Tokenizer for Words {
    type TokenStream<'a> = WordStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream<'a> {
        let words = self.0.cut(text, true).into_iter().map(|token| token.word).collect();
        WordStream { words, next: 0, at: 0, token: Token::default() }
    }
}

struct WordStream<'a> {
    words: Vec<&'a str>,
    next: usize,
    at: usize,
    token: Token,
}

impl TokenStream for WordStream<'_> {
    fn advance(&mut self) -> bool {
        while let Some(word) = self.words.get(self.next) {
            let start = self.at;
            self.next += 1;
            self.at += word.len();
            if word.chars().any(char::is_alphanumeric) {
                self.token.text.clear();
                self.token.text.push_str(word);
                self.token.offset_from = start;
                self.token.offset_to = self.at;
                self.token.position = self.token.position.wrapping_add(1);
                return true;
            }
        }
        false
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
