//! The index as its users see it: what a search finds, what a directory may
//! hold, and that what went in comes out.

mod containment;
mod directory;
mod questions;
mod sample;
mod update;
