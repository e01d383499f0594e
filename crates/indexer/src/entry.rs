//! From a document to what an index takes of it, as plain values.
//!
//! A document is stored in pieces: each division with its clause, everything
//! else once. Put together again they are the document, so no text is stored
//! twice for being both shown and kept.

use std::collections::{BTreeSet, HashMap};

use gangmu_model::{
    AgencyMention, AssignmentForm, Division, DivisionId, DivisionKind, Document, Role, SearchRecord,
};
use gangmu_query::{
    ClauseText, Described, DocumentSummary, Facet, Field as ClauseField, Finding, SearchQuery,
    clause_values, normalize,
};
use serde::{Deserialize, Serialize};

/// What is stored of a clause: all that a search answers with.
#[derive(Debug, Serialize, Deserialize)]
pub struct StoredClause {
    /// The document's id.
    pub document: String,
    /// The document's title.
    pub document_title: Option<String>,
    /// The division.
    pub division: Division,
    /// Headings from the top down, its own included.
    pub path: Vec<String>,
    /// Its closing assignments and the cells that name bodies, each once.
    pub assignments: Vec<String>,
}

/// What is packed ends with its length: the engine puts a few bytes of its own before it, and takes
/// longer to look at each byte of a value than to unpack a block.
const LENGTH_BYTES: usize = size_of::<u32>();

impl StoredClause {
    /// Returns the clause as it is stored: without the names of its parts. Its text is kept
    /// elsewhere, see `texts`.
    pub(crate) fn pack(&self) -> Result<Vec<u8>, postcard::Error> {
        let mut packed = postcard::to_allocvec(self)?;
        let length =
            u32::try_from(packed.len()).map_err(|_| postcard::Error::SerializeBufferFull)?;
        packed.extend(length.to_le_bytes());
        Ok(packed)
    }

    /// Reads what [`StoredClause::pack`] wrote from the bytes that end with it, and puts its text
    /// into its place; the error says what is wrong with them.
    pub(crate) fn unpack(bytes: &[u8], text: Option<String>) -> Result<Self, String> {
        let packed = bytes.split_last_chunk::<LENGTH_BYTES>().and_then(|(bytes, length)| {
            let length = u32::from_le_bytes(*length) as usize;
            bytes.get(bytes.len().checked_sub(length)?..)
        });
        let packed = packed.ok_or("it is too short")?;
        let mut clause: Self = postcard::from_bytes(packed).map_err(|error| error.to_string())?;
        clause.division.text = text.ok_or("its text is no text")?;
        Ok(clause)
    }

    /// Returns the parts that are searched.
    pub fn text(&self) -> ClauseText<'_> {
        ClauseText {
            title: self.division.title.as_deref(),
            headings: &self.path,
            text: &self.division.text,
            assignments: &self.assignments,
        }
    }

    /// Returns the record that answers a search which found the clause.
    pub fn answer(self, query: &SearchQuery, score: f64) -> SearchRecord {
        let text = self.text();
        let Finding { highlights, matched_by } =
            text.find(query).unwrap_or_else(|| text.find_relaxed(query));
        SearchRecord {
            text: text.shown(),
            document: self.document,
            title: self.document_title,
            division: self.division.id,
            citation: self.division.citation,
            division_title: self.division.title,
            path: self.path,
            highlights,
            score,
            matched_by,
        }
    }
}

/// What an index takes of one division: plain values, whatever the engine.
#[derive(Debug)]
pub struct ClauseEntry {
    /// The document's id.
    pub document: String,
    /// The document's day as a number, 20240301; 0 where it has none.
    pub date: u64,
    /// Its place among the document's divisions.
    pub ordinal: u64,
    /// The name of the division's kind.
    pub kind: &'static str,
    /// The number of the chapter it stands in.
    pub chapter: Option<u32>,
    /// The years in which its goals are due.
    pub years: BTreeSet<i32>,
    /// Bodies and roles, as [`agency_term`] and its kin write them.
    pub bodies: BTreeSet<String>,
    /// What it is counted by.
    pub facets: Vec<(Facet, String)>,
    /// What is searched of it, normalised. Each piece is a value of its own, so
    /// no token stream runs from one into the next.
    pub pieces: Vec<(ClauseField, String)>,
    /// What is stored of it.
    pub stored: StoredClause,
}

/// What an index takes of a document besides its divisions.
#[derive(Debug)]
pub struct DocumentEntry {
    /// The document's id.
    pub document: String,
    /// As in [`ClauseEntry`].
    pub date: u64,
    /// The number of its divisions.
    pub n_divisions: u64,
    /// Where its file came from, as [`crate::IndexedSource::origin`] tells it.
    pub source_path: String,
    /// SHA-256 of the file.
    pub source_sha256: String,
    /// The metadata as JSON.
    pub metadata: String,
    /// The bodies it names, each with its full name behind U+0001 where that is known.
    pub mentions: Vec<String>,
    /// The document without its divisions as JSON.
    pub body: String,
}

/// Returns what an index takes of a document: its own entry, and those of its
/// divisions in document order. `origin` names its file.
///
/// # Errors
///
/// What is stored cannot be written as JSON; documents always can.
pub fn entries(
    document: &Document,
    origin: &str,
) -> Result<(DocumentEntry, Vec<ClauseEntry>), serde_json::Error> {
    let mut layers = Layers::of(document);
    let tree = document.tree();
    let date = date_number(document.date());
    let mut clauses = Vec::with_capacity(document.divisions.len());
    for ((division, ordinal), facets) in
        document.divisions.iter().zip(0u64..).zip(clause_values(document))
    {
        let clause = StoredClause {
            document: document.id.clone(),
            document_title: document.metadata.title.clone(),
            path: tree.path(division),
            assignments: layers.closing.get(&division.id).cloned().unwrap_or_default(),
            division: division.clone(),
        };
        let lineage: Vec<&Division> =
            std::iter::once(division).chain(tree.ancestors(division)).collect();
        let chapter = lineage.iter().find(|above| above.kind == DivisionKind::Chapter);
        let chapter = chapter.and_then(|chapter| chapter.marker.as_ref());
        let bodies = lineage.iter().filter_map(|above| layers.bodies.get(&above.id)).flatten();
        clauses.push(ClauseEntry {
            document: document.id.clone(),
            date,
            ordinal,
            kind: division.kind.name(),
            chapter: chapter.map(|marker| marker.ordinal),
            bodies: bodies.cloned().collect(),
            years: layers.years.remove(&division.id).unwrap_or_default(),
            facets,
            pieces: pieces(&clause),
            stored: clause,
        });
    }
    Ok((whole(document, origin, date)?, clauses))
}

fn pieces(clause: &StoredClause) -> Vec<(ClauseField, String)> {
    let text = clause.text();
    let title = text.title.map(|title| (ClauseField::Title, title));
    let assignments =
        text.assignments.iter().map(|piece| (ClauseField::Assignment, piece.as_str()));
    let headings = text.headings.iter().map(|piece| (ClauseField::Heading, piece.as_str()));
    title
        .into_iter()
        .chain([(ClauseField::Text, text.text)])
        .chain(assignments)
        .chain(headings)
        .filter(|(_, piece)| !piece.is_empty())
        .map(|(field, piece)| (field, normalize(piece)))
        .collect()
}

fn whole(document: &Document, origin: &str, date: u64) -> Result<DocumentEntry, serde_json::Error> {
    let rest = Document {
        divisions: Vec::new(),
        id: document.id.clone(),
        schema_version: document.schema_version,
        source: document.source.clone(),
        metadata: document.metadata.clone(),
        assignments: document.assignments.clone(),
        targets: document.targets.clone(),
        citations: document.citations.clone(),
        boilerplate: document.boilerplate.clone(),
        diagnostics: document.diagnostics.clone(),
    };
    let summary = DocumentSummary::of(document);
    Ok(DocumentEntry {
        document: document.id.clone(),
        date,
        n_divisions: document.divisions.len() as u64,
        source_path: origin.to_owned(),
        source_sha256: document.source.sha256.clone(),
        metadata: serde_json::to_string(&document.metadata)?,
        mentions: summary.agencies.iter().map(mention_term).collect(),
        body: serde_json::to_string(&rest)?,
    })
}

/// Returns an ISO date as a number that sorts as dates do; 0 for none.
fn date_number(date: Option<&str>) -> u64 {
    let digits: String = date.unwrap_or_default().split('-').collect();
    digits.parse().unwrap_or(0)
}

/// The term of a body as a document names it.
fn mention_term(mention: &AgencyMention) -> String {
    match &mention.full_name {
        Some(full_name) => format!("{}\u{1}{full_name}", mention.name),
        None => mention.name.clone(),
    }
}

/// Reads a body as [`DocumentEntry::mentions`] holds it.
pub fn mention(term: &str) -> AgencyMention {
    let (name, full_name) = match term.split_once('\u{1}') {
        Some((name, full_name)) => (name, Some(full_name.to_owned())),
        None => (term, None),
    };
    AgencyMention { name: name.to_owned(), full_name }
}

/// What the layers of a document say of each division.
struct Layers {
    closing: HashMap<DivisionId, Vec<String>>,
    years: HashMap<DivisionId, BTreeSet<i32>>,
    bodies: HashMap<DivisionId, BTreeSet<String>>,
}

impl Layers {
    fn of(document: &Document) -> Self {
        let mut layers =
            Self { closing: HashMap::new(), years: HashMap::new(), bodies: HashMap::new() };
        let mut seen = BTreeSet::new();
        for assignment in &document.assignments {
            let id = &assignment.division;
            // One bracket makes one assignment for each role in it.
            if matches!(assignment.form, AssignmentForm::Closing | AssignmentForm::Table)
                && seen.insert((id.as_str(), assignment.span.start(), assignment.text.as_str()))
            {
                layers.closing.entry(id.clone()).or_default().push(assignment.text.clone());
            }
            let bodies = layers.bodies.entry(id.clone()).or_default();
            bodies.insert(role_term(assignment.role));
            for agency in &assignment.agencies {
                for name in std::iter::once(&agency.name).chain(&agency.full_name) {
                    bodies.insert(agency_term(name));
                    bodies.insert(pair_term(assignment.role, name));
                }
            }
        }
        for target in &document.targets {
            if let Some(year) = target.deadline.as_ref().and_then(|deadline| deadline.year) {
                layers.years.entry(target.division.clone()).or_default().insert(year);
            }
        }
        layers
    }
}

/// The term of a body in whatever role.
pub fn agency_term(name: &str) -> String {
    normalize(name)
}

/// The term of a role, whoever has it.
pub fn role_term(role: Role) -> String {
    format!("{}\u{1}", role.name())
}

/// The term of a body in a role, so that one's body never meets another's role.
pub fn pair_term(role: Role, name: &str) -> String {
    format!("{}\u{1}{}", role.name(), normalize(name))
}
