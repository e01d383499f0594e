//! What a reader finds in a text, written down by hand.

use std::collections::BTreeMap;

use gangmu_model::{Amount, Change, Comparator, DiagnosticCode, DivisionKind, Role};
use serde::Deserialize;
use serde_json::Value;

use crate::founding::FoundingGold;

/// The gold of one text. Lines are 1-based and end at U+000A alone.
#[derive(Deserialize, Debug, Clone, Default)]
pub struct Gold {
    /// The fields of the metadata that the reader gives; others are not scored.
    #[serde(default)]
    pub metadata: BTreeMap<String, Value>,
    /// The numbered divisions, in the order of the text.
    #[serde(default)]
    pub divisions: Vec<GoldDivision>,
    /// Divisions that may be read or not.
    #[serde(default)]
    pub borderline_divisions: Vec<GoldDivision>,
    /// Who must do what.
    #[serde(default)]
    pub assignments: Vec<GoldAssignment>,
    /// Assignments that may be read or not.
    #[serde(default)]
    pub borderline_assignments: Vec<GoldAssignment>,
    /// Goals with a number.
    #[serde(default)]
    pub targets: Vec<GoldTarget>,
    /// Goals, with a number or without, that may be read or not.
    #[serde(default)]
    pub borderline_targets: Vec<GoldClause>,
    /// Goals in words; not scored where null.
    #[serde(default)]
    pub qualitative: Option<Vec<GoldClause>>,
    /// Duties in running text, where they are listed apart from the
    /// assignments; null where `assignments` has them too.
    #[serde(default)]
    pub duties: Option<Vec<GoldDuty>>,
    /// What is the page's and not the document's.
    #[serde(default)]
    pub boilerplate: Vec<GoldBlock>,
    /// What is wrong or unsure; not scored where null.
    #[serde(default)]
    pub diagnostics: Option<Vec<GoldDiagnostic>>,
}

/// Something wrong in the text.
#[derive(Deserialize, Debug, Clone)]
pub struct GoldDiagnostic {
    /// What it is about.
    pub code: DiagnosticCode,
    /// Its line.
    pub line: u32,
}

/// A numbered division.
#[derive(Deserialize, Debug, Clone)]
pub struct GoldDivision {
    /// The number by which the rest of the gold names it; 0 where nothing does.
    #[serde(default)]
    pub n: usize,
    /// The division above, or null at the top.
    #[serde(default)]
    pub parent: Option<usize>,
    /// What it is.
    pub kind: DivisionKind,
    /// Its number as printed.
    pub marker: String,
    /// The heading or the run-in first sentence, without its mark; null where there is none.
    #[serde(default)]
    pub title: Option<String>,
    /// The first characters after the marker.
    #[serde(default)]
    pub first_words: String,
    /// The line of the marker.
    pub line: u32,
    /// Other kinds that are as right.
    #[serde(default)]
    pub also_accept_kind: Vec<DivisionKind>,
    /// Other divisions above that are as right; null stands for the top.
    #[serde(default)]
    pub also_accept_parent: Vec<Option<usize>>,
    /// Other titles that are as right; null stands for none.
    #[serde(default)]
    pub also_accept_title: Vec<Option<String>>,
}

/// A bracket, line or sentence that says who must do what.
#[derive(Deserialize, Debug, Clone)]
pub struct GoldAssignment {
    /// The division the duty belongs to; null outside all.
    pub division: Option<usize>,
    /// The line on which it begins.
    pub line: u32,
    /// The bodies by role.
    pub groups: Vec<GoldGroup>,
    /// Other divisions that are as right; null stands for none.
    #[serde(default)]
    pub also_accept_division: Vec<Option<usize>>,
}

/// The bodies that share a role.
#[derive(Deserialize, Debug, Clone)]
pub struct GoldGroup {
    /// What they have to do.
    pub role: Role,
    /// Their names as printed.
    pub agencies: Vec<String>,
    /// Whether the list ends in 等.
    #[serde(default)]
    pub open_ended: bool,
    /// Other roles that are as right.
    #[serde(default)]
    pub also_accept_role: Vec<Role>,
    /// Other lists of names that are as right.
    #[serde(default)]
    pub also_accept: Vec<Vec<String>>,
    /// Whether 等 may be read, too, or left unread.
    #[serde(default)]
    pub also_accept_open_ended: Vec<bool>,
}

/// A clause, by its words and its place.
#[derive(Deserialize, Debug, Clone)]
pub struct GoldClause {
    /// The clause as printed, or its piece on `line`.
    pub text: String,
    /// The line of `text`.
    pub line: u32,
    /// The whole clause where it is broken over lines, without the breaks.
    #[serde(default)]
    pub joined: Option<String>,
    /// The first line of `joined`.
    #[serde(default)]
    pub line_start: Option<u32>,
    /// The last line of `joined`.
    #[serde(default)]
    pub line_end: Option<u32>,
}

/// A goal with a number.
#[derive(Deserialize, Debug, Clone)]
pub struct GoldTarget {
    /// Words and place.
    #[serde(flatten)]
    pub clause: GoldClause,
    /// What is measured; null: any answer is right.
    #[serde(default)]
    pub indicator: Option<String>,
    /// The number before the unit; null where it is blacked out.
    pub value: Option<Amount>,
    /// The upper end of a range.
    #[serde(default)]
    pub value_max: Option<Amount>,
    /// The unit as printed.
    pub unit: Option<String>,
    /// How the value bounds the indicator.
    pub comparator: Option<Comparator>,
    /// Other readings that are as right; null stands for none.
    #[serde(default, alias = "also_acceptable_comparators")]
    pub also_accept_comparator: Vec<Option<Comparator>>,
    /// Which way the value moves.
    #[serde(default)]
    pub change: Option<Change>,
    /// Other ways that are as right; null stands for none.
    #[serde(default)]
    pub also_accept_change: Vec<Option<Change>>,
    /// The calendar year of the deadline.
    #[serde(default)]
    pub deadline_year: Option<i32>,
    /// Other years that are as right; null stands for none.
    #[serde(default)]
    pub also_accept_deadline_year: Vec<Option<i32>>,
    /// Other units that are as right; null stands for none.
    #[serde(default)]
    pub also_accept_unit: Vec<Option<String>>,
    /// Other names of the indicator that are as right.
    #[serde(default)]
    pub also_accept_indicator: Vec<String>,
    /// Another deadline that is as right, where the text leaves the year to its reader.
    #[serde(default)]
    pub deadline_accept: Option<AcceptedDeadline>,
}

/// A deadline that gold takes beside its own.
#[derive(Deserialize, Debug, Clone, Copy)]
pub struct AcceptedDeadline {
    /// The calendar year; null where a reading without a year is right.
    #[serde(default)]
    pub year: Option<i32>,
}

/// A body told in running text to do something.
#[derive(Deserialize, Debug, Clone)]
pub struct GoldDuty {
    /// Words and place.
    #[serde(flatten)]
    pub clause: GoldClause,
    /// The body as printed.
    pub agency: String,
    /// Whether a reading without it has a gap; others may be read or not.
    pub core: bool,
}

/// A block of the page.
#[derive(Deserialize, Debug, Clone)]
pub struct GoldBlock {
    /// Its first line, or the piece of it that belongs to the block.
    pub first: String,
    /// Its last line, or the piece of it that belongs to the block.
    pub last: String,
    /// The line of `first`.
    pub line_first: u32,
    /// The line of `last`.
    pub line_last: u32,
}

impl Gold {
    /// Reads gold from JSON, in the shape of this type or in that of the
    /// founding document's (chapters with measures inside).
    ///
    /// # Errors
    ///
    /// Where the text is not JSON, or has neither shape.
    pub fn from_json(json: &str) -> serde_json::Result<Self> {
        let value: Value = serde_json::from_str(json)?;
        if value.get("chapters").is_some() {
            return serde_json::from_value::<FoundingGold>(value).map(Self::from);
        }
        serde_json::from_value(value)
    }
}
