//! Layers beside the tree: who must do what, and what is to be reached.

pub(crate) mod assignment;

use std::ops::Range;

use gangmu_lexicon::Lexicon;
use gangmu_model::{Assignment, Diagnostic, DivisionId, LineTable, Metadata, Target};

use crate::outline::Node;
use crate::view::View;

/// The layers of a document.
#[derive(Debug, Default)]
pub(crate) struct Layers {
    pub(crate) assignments: Vec<Assignment>,
    pub(crate) targets: Vec<Target>,
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// For each node the folded ranges that closing assignments take off its text.
    pub(crate) closing: Vec<Vec<Range<usize>>>,
}

/// Reads the layers of all nodes.
pub(crate) fn layers(
    nodes: &[Node],
    _ids: &[DivisionId],
    _view: &View<'_>,
    _table: &LineTable<'_>,
    _metadata: &Metadata,
    _lexicon: &Lexicon,
) -> Layers {
    Layers { closing: vec![Vec::new(); nodes.len()], ..Layers::default() }
}
