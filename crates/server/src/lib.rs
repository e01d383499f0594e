//! Pages and an HTTP API over an index of documents, for those who use no command line.
//!
//! Goes in: [`Settings`], an index in a folder, and an [`Intake`] by which the program
//! takes files into it. Comes out: a web server that answers until it is told to stop.
//! What is asked is answered by the crates that answer the commands; here are
//! addresses, parameters, pages and the fences round them.
//!
//! | room | what it holds |
//! | --- | --- |
//! | `listen`, `guard` | connections and their limits; who may ask, from where, and what a browser may do with the answer |
//! | `snapshot`, `library` | one state of the index with all that questions need; the newest of them |
//! | `parameters`, `ask` | what stands behind the ? as typed questions of the query crate |
//! | `answer`, `problem` | bytes with a tag, kept while the state is the same; what went wrong |
//! | `api`, `openapi` | JSON as the commands print it, and its description |
//! | `pages`, `reading`, `charts` | HTML |
//! | `upload` | files that come in |

mod answer;
mod api;
mod app;
mod ask;
mod assets;
mod charts;
mod guard;
mod library;
mod listen;
mod openapi;
mod pages;
mod parameters;
mod problem;
mod reading;
mod settings;
mod snapshot;
mod upload;
mod wording;

pub use library::Intake;
pub use listen::{Server, serve};
pub use settings::{Bounds, Error, Settings};
