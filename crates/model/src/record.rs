//! The flat records that commands answer with, one a line in JSONL.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Assignment, Deadline, Division, DivisionId, Role, Target};

/// One answer of `search`.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SearchRecord {
    /// The document's id.
    pub document: String,
    /// The document's title.
    pub title: Option<String>,
    /// The division found.
    pub division: DivisionId,
    /// How people cite it.
    pub citation: String,
    /// Its title.
    pub division_title: Option<String>,
    /// Headings from the top down to the division.
    pub path: Vec<String>,
    /// What was searched and shown: the division's title, own text and closing
    /// assignment, one after the other.
    pub text: String,
    /// Where the words stand: `[start, end)` character offsets into `text`.
    pub highlights: Vec<[u32; 2]>,
    /// The rank's score; higher is better.
    pub score: f64,
    /// `words`, or the synonym or relaxation that found it.
    pub matched_by: String,
}

/// One answer of `tasks`: what a body has to do in one division.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct TaskRecord {
    /// The document's id.
    pub document: String,
    /// The division that holds the duty.
    pub division: DivisionId,
    /// How people cite it.
    pub citation: String,
    /// The division's title.
    pub task: Option<String>,
    /// The division's own text; for a duty in running text, its clause.
    pub text: String,
    /// The body's role.
    pub role: Role,
    /// The body's name as written.
    pub agency: String,
    /// The body's full name, where known.
    pub full_name: Option<String>,
    /// All leaders of the division, as written.
    pub lead: Vec<String>,
    /// All responsible bodies.
    pub responsible: Vec<String>,
    /// All supporting bodies.
    pub support: Vec<String>,
    /// All bodies that share the duty.
    pub joint: Vec<String>,
    /// Whether the leader is inferred from the order of the names, where no words
    /// of the document say so (`--first-is-lead`).
    pub inferred: bool,
    /// The deadlines of its goals, in order, each once.
    pub deadlines: Vec<Deadline>,
    /// The texts of its goals that have a number.
    pub targets: Vec<String>,
}

/// One answer of `targets`: a [`Target`] and where it stands.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct TargetRecord {
    /// The document's id.
    pub document: String,
    /// How people cite the division.
    pub citation: String,
    /// The division's title.
    pub division_title: Option<String>,
    /// The goal.
    #[serde(flatten)]
    pub target: Target,
}

/// One answer of `agencies`: a body, its names and how often it has which role.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AgencyRecord {
    /// The full name; the name as written where it could not be resolved.
    pub full_name: String,
    /// The names as written, in the order met.
    pub names: Vec<String>,
    /// How many divisions it leads.
    pub lead: u32,
    /// For how many divisions it is responsible.
    pub responsible: u32,
    /// How many divisions it supports.
    pub support: u32,
    /// In how many divisions it shares the duty.
    pub joint: u32,
    /// The documents that name it.
    pub documents: Vec<String>,
}

/// One answer of `search --facets`: how many of the clauses found have a value.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct FacetRecord {
    /// `agency`, `role`, `year`, `chapter`, `document`, `kind`, `issuer`, `region` or `status`.
    pub facet: String,
    /// The value; of a chapter, its number and title.
    pub value: String,
    /// The number of clauses.
    pub count: u32,
}

/// One answer of `show`: a division with all that belongs to it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ShowRecord {
    /// The document's id.
    pub document: String,
    /// The document's title.
    pub title: Option<String>,
    /// Headings from the top down to the division.
    pub path: Vec<String>,
    /// The division.
    pub division: Division,
    /// The divisions inside it, in document order.
    pub children: Vec<Division>,
    /// The assignments of the division and of those inside it.
    pub assignments: Vec<Assignment>,
    /// The goals of the division and of those inside it.
    pub targets: Vec<Target>,
}

/// A [`Division`] and the document it stands in, for record streams.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct DivisionRecord {
    /// The document's id.
    pub document: String,
    /// Headings from the top down to the division.
    pub path: Vec<String>,
    /// The division.
    #[serde(flatten)]
    pub division: Division,
}
