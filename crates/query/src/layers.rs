//! The layers of one document, found by division.

use std::collections::{HashMap, HashSet};

use gangmu_model::{Assignment, Division, DivisionId, Document, Target, Tree};

/// A document with tables from divisions to what is said of them, made once
/// for each question.
pub(crate) struct Layers<'d> {
    document: &'d Document,
    tree: Tree<'d>,
    assignments: HashMap<&'d DivisionId, Vec<&'d Assignment>>,
    targets: HashMap<&'d DivisionId, Vec<&'d Target>>,
}

impl<'d> Layers<'d> {
    pub(crate) fn new(document: &'d Document) -> Self {
        let mut assignments: HashMap<_, Vec<_>> = HashMap::new();
        for assignment in &document.assignments {
            assignments.entry(&assignment.division).or_default().push(assignment);
        }
        let mut targets: HashMap<_, Vec<_>> = HashMap::new();
        for target in &document.targets {
            targets.entry(&target.division).or_default().push(target);
        }
        Self { document, tree: document.tree(), assignments, targets }
    }

    pub(crate) fn document(&self) -> &'d Document {
        self.document
    }

    pub(crate) fn tree(&self) -> &Tree<'d> {
        &self.tree
    }

    /// Returns the division and those inside it, in document order.
    pub(crate) fn with_descendants<'a>(
        &'a self,
        division: &'a Division,
    ) -> impl Iterator<Item = &'a Division> {
        std::iter::once(division).chain(self.tree.descendants(division))
    }

    /// Returns the division and those it stands in, the nearest first.
    pub(crate) fn with_ancestors<'a>(
        &'a self,
        division: &'a Division,
    ) -> impl Iterator<Item = &'a Division> {
        std::iter::once(division).chain(self.tree.ancestors(division))
    }

    /// Returns the divisions that have assignments of their own, each once, in
    /// the order in which their duties stand in the text.
    pub(crate) fn divisions_with_duties(&self) -> Vec<&'d Division> {
        let mut seen = HashSet::new();
        let ids = self.document.assignments.iter().map(|assignment| &assignment.division);
        ids.filter(|id| seen.insert(*id)).filter_map(|id| self.tree.get(id)).collect()
    }

    /// Returns the assignments of the division itself.
    pub(crate) fn assignments_of(
        &self,
        division: &Division,
    ) -> impl Iterator<Item = &'d Assignment> {
        self.assignments.get(&division.id).into_iter().flatten().copied()
    }

    /// Returns the goals of the division itself.
    pub(crate) fn targets_of(&self, division: &Division) -> impl Iterator<Item = &'d Target> {
        self.targets.get(&division.id).into_iter().flatten().copied()
    }

    /// Returns the goals of the division and of those inside it.
    pub(crate) fn targets_within<'a>(
        &'a self,
        division: &'a Division,
    ) -> impl Iterator<Item = &'d Target> + 'a {
        self.with_descendants(division)
            .flat_map(|division| self.targets.get(&division.id).into_iter().flatten().copied())
    }

    /// Returns the assignments of the division and of those inside it.
    pub(crate) fn assignments_within<'a>(
        &'a self,
        division: &'a Division,
    ) -> impl Iterator<Item = &'d Assignment> + 'a {
        self.with_descendants(division).flat_map(|division| self.assignments_of(division))
    }
}
