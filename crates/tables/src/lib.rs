//! Records as rows for people: which value stands in which column, what each is
//! called, and the sheets of a 任务分解表.
//!
//! Goes in: records and tasks as the query crate answers with them. Comes out: CSV,
//! Markdown, or a [`Book`](gangmu_workbook::Book) of plain sheets. What is printed
//! at a command line and what is downloaded from a page is made here, once.

mod breakdown;
pub mod columns;
pub mod goal;
pub mod labels;
mod listing;
mod words;

pub use breakdown::{Grain, SHAPE, book};
pub use listing::{Error, Field, Listing, long, short};
pub use words::{first_words, plain_cell, title_of};
