//! Scores the order in which a search answers, on queries whose answers people
//! have judged.
//!
//! A [`JudgedSet`] is a collection of documents, queries over them, and for
//! each query the clauses that answer it. [`ask`] puts the queries to the public
//! [`Index`](gangmu_indexer::Index) as a person's are, [`Words`] answers them
//! by BM25 over jieba's words alone, and [`Scores`] says how far up the right
//! clauses stand. A third of each set is kept back by a fixed [`split`], so that what
//! was tuned on two thirds is judged on questions that no one looked at.

mod ask;
mod containment;
mod corpus;
mod judged;
mod record;
mod report;
mod scores;
mod shipped;
mod split;
mod words;

pub use ask::{Answers, ask};
pub use containment::{Compared, Scan, compare_with_scan};
pub use corpus::{read_clauses, read_corpus};
pub use judged::{Answer, JudgedQuery, JudgedSet};
pub use record::Record;
pub use report::{Row, write_table};
pub use scores::{DEPTH, Scores};
pub use shipped::read_shipped;
pub use split::{Part, split};
pub use words::Words;
