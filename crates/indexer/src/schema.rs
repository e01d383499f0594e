//! The fields of the index, each declared once.
//!
//! Two kinds of records share them: one for each division (a *clause*), and one
//! for each document that holds what is not a clause's. All records of a
//! document carry its id, so that they are replaced and removed together.

use gangmu_query::{Facet, Field as ClauseField};
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};

use crate::analyzer;

/// The version of the fields and of what is stored in them.
pub(crate) const SCHEMA_VERSION: u32 = 5;

/// The fast fields that name and order records.
pub(crate) const DOCUMENT: &str = "document";
pub(crate) const DATE: &str = "date";
pub(crate) const ORDINAL: &str = "ordinal";
pub(crate) const SOURCE_PATH: &str = "source_path";
pub(crate) const SOURCE_SHA256: &str = "source_sha256";
pub(crate) const METADATA: &str = "metadata";
pub(crate) const MENTION: &str = "mention";

/// The value of `record` in a clause's record.
pub(crate) const CLAUSE: &str = "clause";
/// The value of `record` in a document's record.
pub(crate) const WHOLE: &str = "document";

/// Handles of the fields.
#[derive(Debug, Clone)]
pub(crate) struct Fields {
    /// What the record is: [`CLAUSE`] or [`WHOLE`].
    pub record: Field,
    /// The document's id; filter, removal, key of every order.
    pub document: Field,
    /// The document's day as a number, 0 for none; key of orders.
    pub date: Field,
    /// The clause's place among the document's divisions; last key of every order.
    pub ordinal: Field,
    /// The division's kind; filter.
    pub kind: Field,
    /// The number of the chapter it stands in; filter.
    pub chapter: Field,
    /// The years of its deadlines; filter.
    pub year: Field,
    /// Bodies and roles, see [`crate::entry`]; filter.
    pub agency: Field,
    /// What clauses are counted by, see [`facet_column`].
    facets: [Field; Facet::OF_CLAUSES.len()],
    /// Pairs and words of one part: does a word stand in it? They rank as well. Those of the
    /// text have no positions, for it can be read where it lies; see `texts`.
    title: Field,
    heading: Field,
    text: Field,
    assignment: Field,
    /// Of a clause: what a search answers with besides the text, packed.
    pub stored: Field,
    /// Of a document: all but its divisions as JSON.
    pub body: Field,
    /// Of a document: name and checksum of the file it was read from.
    pub source_path: Field,
    pub source_sha256: Field,
    /// Of a document: its metadata as JSON, and the bodies it names.
    pub metadata: Field,
    pub mention: Field,
}

impl Fields {
    /// Returns the field that holds a part's pairs and words.
    pub(crate) fn part(&self, field: ClauseField) -> Field {
        match field {
            ClauseField::Title => self.title,
            ClauseField::Heading => self.heading,
            ClauseField::Text => self.text,
            ClauseField::Assignment => self.assignment,
        }
    }

    /// Returns the field of a clause's own facet.
    pub(crate) fn facet(&self, facet: Facet) -> Option<Field> {
        let place = Facet::OF_CLAUSES.iter().position(|&of| of == facet)?;
        Some(self.facets[place])
    }

    /// Returns the fields whose terms are scored.
    pub(crate) fn ranked(&self) -> [Field; 4] {
        [self.title, self.heading, self.text, self.assignment]
    }
}

/// Returns the name of the column that a facet of clauses is counted from.
pub(crate) fn facet_column(facet: Facet) -> String {
    format!("facet_{}", facet.name())
}

/// Makes the schema and the handles into it.
pub(crate) fn schema() -> (Schema, Fields) {
    let grams = |option: IndexRecordOption| {
        let indexing =
            TextFieldIndexing::default().set_tokenizer(analyzer::GRAMS).set_index_option(option);
        TextOptions::default().set_indexing_options(indexing)
    };
    let placed = || grams(IndexRecordOption::WithFreqsAndPositions);
    let fast = || TextOptions::default().set_fast("raw");
    let mut builder = Schema::builder();
    let fields = Fields {
        record: builder.add_text_field("record", STRING),
        document: builder.add_text_field(DOCUMENT, STRING.set_fast("raw")),
        date: builder.add_u64_field(DATE, FAST),
        ordinal: builder.add_u64_field(ORDINAL, FAST),
        kind: builder.add_text_field("kind", STRING),
        chapter: builder.add_u64_field("chapter", INDEXED),
        year: builder.add_i64_field("year", INDEXED),
        agency: builder.add_text_field("agency", STRING),
        facets: Facet::OF_CLAUSES.map(|facet| builder.add_text_field(&facet_column(facet), fast())),
        title: builder.add_text_field("title", placed()),
        heading: builder.add_text_field("heading", placed()),
        text: builder.add_text_field("text", grams(IndexRecordOption::WithFreqs)),
        assignment: builder.add_text_field("assignment", placed()),
        stored: builder.add_bytes_field("stored", STORED),
        body: builder.add_text_field("body", STORED),
        source_path: builder.add_text_field(SOURCE_PATH, fast()),
        source_sha256: builder.add_text_field(SOURCE_SHA256, fast()),
        metadata: builder.add_text_field(METADATA, fast()),
        mention: builder.add_text_field(MENTION, fast()),
    };
    (builder.build(), fields)
}
