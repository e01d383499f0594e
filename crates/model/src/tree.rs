//! Walking the tree of a document.

use std::collections::HashMap;

use crate::{Division, DivisionId};

/// A table over a document's flat list of divisions, made once, for going up
/// and down the tree without searching the list anew each time.
#[derive(Debug)]
pub struct Tree<'d> {
    divisions: &'d [Division],
    index_of: HashMap<&'d DivisionId, usize>,
}

impl<'d> Tree<'d> {
    pub(crate) fn new(divisions: &'d [Division]) -> Self {
        let index_of =
            divisions.iter().enumerate().map(|(index, division)| (&division.id, index)).collect();
        Self { divisions, index_of }
    }

    /// Returns the division of that id.
    pub fn get(&self, id: &DivisionId) -> Option<&'d Division> {
        self.index_of.get(id).map(|&index| &self.divisions[index])
    }

    /// Returns the division that `division` stands in.
    pub fn parent(&self, division: &Division) -> Option<&'d Division> {
        self.get(division.parent.as_ref()?)
    }

    /// Returns the divisions above `division`, the nearest first.
    pub fn ancestors(&self, division: &Division) -> impl Iterator<Item = &'d Division> {
        std::iter::successors(self.parent(division), |above| self.parent(above))
    }

    /// Returns the divisions inside `division`, in document order, those
    /// further down included.
    pub fn descendants(&self, division: &Division) -> &'d [Division] {
        let Some(&index) = self.index_of.get(&division.id) else { return &[] };
        let rest = &self.divisions[index + 1..];
        let n = rest.iter().take_while(|below| division.span.contains(&below.span)).count();
        &rest[..n]
    }

    /// Returns the headings from the top down to `division`, its own included.
    pub fn path(&self, division: &Division) -> Vec<String> {
        let mut path: Vec<String> =
            self.ancestors(division).filter_map(Division::heading).collect();
        path.reverse();
        path.extend(division.heading());
        path
    }
}
