//! Scores what the parser reads against hand-made gold.
//!
//! A [`Gold`] is what a reader finds in a text: divisions, assignments,
//! targets, boilerplate and metadata, each with its line. [`score`] compares a
//! parsed [`Document`](gangmu_model::Document) with it and returns a [`Score`]:
//! a [`Tally`] for each [`Aspect`] and a [`Fault`] for each miss and each false
//! reading. [`Record`] keeps scores between runs, so that a fall is seen.
//!
//! The crate knows nothing of how the parser works.

mod alignment;
mod assignment;
mod boilerplate;
mod corpus;
mod diagnostic;
mod division;
mod duty;
mod founding;
mod gold;
mod indicator;
mod metadata;
mod qualitative;
mod record;
mod report;
mod score;
mod source;
mod tally;
mod target;

pub use corpus::{Pair, find_pairs};
pub use gold::{
    Gold, GoldAssignment, GoldBlock, GoldClause, GoldDiagnostic, GoldDivision, GoldDuty, GoldGroup,
    GoldTarget,
};
pub use record::{Fall, Record};
pub use report::{write_faults, write_json, write_table};
pub use score::{Fault, Score, Scored, score};
pub use tally::{Aspect, Tally};
