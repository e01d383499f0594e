//! Numbers of things.

use super::{Message, say};

/// What is counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Noun {
    Body,
    Breach,
    Clause,
    Document,
    Error,
    File,
    Note,
    Row,
    Target,
    Task,
    Warning,
}

/// Returns `1 clause`, `2 clauses`.
pub(crate) fn counted(n: usize, noun: Noun) -> Message {
    match (noun, n) {
        (Noun::Body, 1) => say!("1 body"),
        (Noun::Body, _) => say!("{n} bodies", n = n),
        (Noun::Breach, 1) => say!("1 breach"),
        (Noun::Breach, _) => say!("{n} breaches", n = n),
        (Noun::Clause, 1) => say!("1 clause"),
        (Noun::Clause, _) => say!("{n} clauses", n = n),
        (Noun::Document, 1) => say!("1 document"),
        (Noun::Document, _) => say!("{n} documents", n = n),
        (Noun::Error, 1) => say!("1 error"),
        (Noun::Error, _) => say!("{n} errors", n = n),
        (Noun::File, 1) => say!("1 file"),
        (Noun::File, _) => say!("{n} files", n = n),
        (Noun::Note, 1) => say!("1 note"),
        (Noun::Note, _) => say!("{n} notes", n = n),
        (Noun::Row, 1) => say!("1 row"),
        (Noun::Row, _) => say!("{n} rows", n = n),
        (Noun::Target, 1) => say!("1 target"),
        (Noun::Target, _) => say!("{n} targets", n = n),
        (Noun::Task, 1) => say!("1 task"),
        (Noun::Task, _) => say!("{n} tasks", n = n),
        (Noun::Warning, 1) => say!("1 warning"),
        (Noun::Warning, _) => say!("{n} warnings", n = n),
    }
}
