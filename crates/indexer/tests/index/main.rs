//! The index as its users see it: what a search finds, what a directory may
//! hold, and that what went in comes out.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by a panic")]

mod containment;
mod directory;
mod paging;
mod plain;
mod questions;
mod sample;
mod update;
