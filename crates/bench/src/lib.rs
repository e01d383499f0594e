//! Measures the building and asking of the index beside other ways to search
//! the same clauses.
//!
//! Each way is an engine in a process of its own, so that time on the processor
//! and memory are the engine's alone: `gangmu-engine` and `tantivy-engine` of
//! this crate, and `peers.py` for SQLite FTS5 and Whoosh. The driver writes the
//! clauses once ([`corpus`]), has every engine build from the same file, and puts
//! the same questions ([`questions`]) to them, taking turns ([`engine::serve`]).

pub mod corpus;
pub mod engine;
pub mod process;
pub mod questions;
pub mod report;
pub mod vary;
