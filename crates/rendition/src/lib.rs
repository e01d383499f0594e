//! Whole documents for people and for other systems: Markdown, Akoma Ntoso, HTML.
//!
//! A rendition is made of a [`Document`](gangmu_model::Document) and the text that
//! it was read from, and of nothing else: no file, no clock, no rule of reading.
//! The same document gives the same bytes. What a reader sees of Markdown and HTML
//! is what the parser reads again: no data hides in attributes for its sake.

mod akn;
mod flow;
mod html;
mod inline;
pub mod labels;
mod markdown;
mod passages;
mod run;
mod section;

pub use akn::akoma_ntoso;
pub use html::html;
pub use markdown::markdown;
pub use passages::{Passage, Said, Stretch, passages};
