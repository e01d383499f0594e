//! Counts of what was expected, read and right.

use std::fmt;

use serde::{Serialize, Serializer};

/// How many things gold expects, how many were read, and how many of these are right.
///
/// What gold leaves open (its `borderline_*` lists) is in none of the counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Tally {
    /// Things read that agree with gold.
    pub right: u64,
    /// Things in gold.
    pub expected: u64,
    /// Things read.
    pub read: u64,
}

impl Tally {
    /// Counts one thing that both sides have, right or wrong.
    pub fn compare(&mut self, right: bool) {
        self.right += u64::from(right);
        self.expected += 1;
        self.read += 1;
    }

    /// Adds another tally to this one.
    pub fn add(&mut self, other: Self) {
        self.right += other.right;
        self.expected += other.expected;
        self.read += other.read;
    }

    /// Returns the share of what was read that is right; 1 where nothing was read.
    pub fn precision(self) -> f64 {
        ratio(self.right, self.read)
    }

    /// Returns the share of what gold expects that was read; 1 where it expects nothing.
    pub fn recall(self) -> f64 {
        ratio(self.right, self.expected)
    }

    /// Returns the harmonic mean of precision and recall; 1 where nothing was
    /// expected and nothing read.
    pub fn f1(self) -> f64 {
        ratio(2 * self.right, self.expected + self.read)
    }

    /// Returns whether there was nothing to count.
    pub fn is_empty(self) -> bool {
        self.expected + self.read == 0
    }
}

/// The share as a number between 0 and 1, 1 where there is nothing to share.
fn ratio(part: u64, whole: u64) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

macro_rules! aspects {
    ($($(#[doc = $doc:expr])+ $aspect:ident = $name:literal,)+) => {
        /// What is scored. A name with a dot is a part of the one before the dot.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum Aspect {
            $($(#[doc = $doc])+ $aspect,)+
        }

        impl Aspect {
            /// Every aspect, in the order of reports.
            pub const ALL: &[Self] = &[$(Self::$aspect),+];

            /// Returns the name that reports and records use.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$aspect => $name,)+
                }
            }
        }
    };
}

aspects! {
    /// A numbered division, with kind and parent.
    Divisions = "divisions",
    /// A numbered division, by marker and line alone.
    DivisionMarker = "divisions.marker",
    /// Of those found: the kind.
    DivisionKind = "divisions.kind",
    /// Of those found: the kind, where all divisions of one rank may stand one
    /// rank higher or lower than in gold.
    DivisionKindLenient = "divisions.kind-lenient",
    /// Of those found: the division above.
    DivisionParent = "divisions.parent",
    /// Of the divisions found: the title.
    DivisionTitle = "titles",
    /// One mention of a body: division, role and name.
    Assignments = "assignments",
    /// One mention of a body: division and name, whatever its role.
    AssignmentAgency = "assignments.agency",
    /// Of the role groups found: whether the list is left open by 等.
    AssignmentOpen = "open-ended",
    /// A duty in running text, where gold lists them apart.
    Duties = "duties",
    /// A goal with a number, every field below right.
    Targets = "targets",
    /// A goal with a number, by place and value alone.
    TargetFound = "targets.found",
    /// Of those found: the upper end of the range, or none.
    TargetRange = "targets.value-max",
    /// Of those found: the unit.
    TargetUnit = "targets.unit",
    /// Of those found: the comparator.
    TargetComparator = "targets.comparator",
    /// Of those found: the year of the deadline.
    TargetDeadline = "targets.deadline",
    /// Of those found: the indicator, by half of its characters.
    TargetIndicator = "targets.indicator",
    /// Of those found: which way the value moves. Not asked for by `targets`.
    TargetChange = "targets.change",
    /// A goal in words, by place.
    Qualitative = "qualitative",
    /// What is the page's: non-blank characters.
    Boilerplate = "boilerplate",
    /// The fields of the metadata that gold gives.
    Metadata = "metadata",
    /// What is wrong in the text, by code and line, where gold lists it.
    Diagnostics = "diagnostics",
}

impl Aspect {
    /// Returns whether the aspect is a part of another.
    pub fn is_part(self) -> bool {
        self.name().contains('.')
    }
}

impl fmt::Display for Aspect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl Serialize for Aspect {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_of_a_tally() {
        let tally = Tally { right: 3, expected: 4, read: 6 };
        assert_eq!(tally.precision(), 0.5);
        assert_eq!(tally.recall(), 0.75);
        assert_eq!(tally.f1(), 0.6);
    }

    #[test]
    fn nothing_expected_and_nothing_read_is_right_and_one_false_reading_is_not() {
        assert_eq!(Tally::default().f1(), 1.0);
        assert_eq!(Tally { right: 0, expected: 0, read: 1 }.f1(), 0.0);
    }
}
