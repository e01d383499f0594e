//! Layers beside the tree: what a paragraph says of targets.

pub(crate) mod target;
