//! What `search` takes.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use gangmu_model::Role;
use gangmu_query::{Facet, Field, Fields, Sort, Stretch, chapter_number};

use super::role::role;
use super::{DocumentArgs, EngineArgs, OutputArgs, Sources, StreamArgs};
use crate::language::{Message, say};

/// Find the clauses in which words stand
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  gangmu search 黑土地 seeds/documents
  gangmu search '碳达峰 试点' --agency 省发展改革委 --same sentence

  黑土地 保护        both stand in the clause, in any width, case and script
  \"乡村建设\"         the phrase as it is: no other names, no synonyms
  “乡村建设”         the phrase, with these marks around it or without
  -沿海              does not stand in it
  海水 OR 近岸海域   one of the two
  title:蓝天         in the title; also heading: text: assignment:

Any other mark is text: 35%, PM2.5, （七） and a pasted 牵头单位: are looked for as
they stand. Where no clause holds all the words, those that hold most of them
are given, and the answer says so; a question is ranked, not taken word for word.

A table shows the best 20 clauses, json and jsonl all of them; --limit changes both.

- --exact --input jsonl --format jsonl looks through a stream as `gangmu parse` reads
one: it writes a record `document` for each, and behind it its clauses as `clause`.")]
pub(crate) struct SearchArgs {
    /// The words; quote them where they are several
    #[arg(value_name = "QUERY", allow_hyphen_values = true)]
    pub(crate) query: String,
    #[command(flatten)]
    pub(crate) sources: Sources,
    #[command(flatten)]
    pub(crate) stream: StreamArgs,
    #[command(flatten)]
    pub(crate) engine: EngineArgs,
    /// Where to look: in a clause's title, text or assignment, or in the headings above it
    #[arg(long = "in", value_name = "FIELD", value_delimiter = ',')]
    pub(crate) fields: Vec<SearchFieldArg>,
    /// Take the words literally: no other names, no synonyms, no relaxing
    #[arg(long)]
    pub(crate) exact: bool,
    /// Give the clauses that come nearest, whether they hold all the words or not
    #[arg(long, conflicts_with_all = ["exact", "same"])]
    pub(crate) fuzzy: bool,
    /// All the words in one sentence, or in one paragraph, of the clause
    #[arg(long, value_name = "STRETCH")]
    pub(crate) same: Option<StretchArg>,
    /// Only clauses in which this body has a duty
    #[arg(long, value_name = "AGENCY")]
    pub(crate) agency: Option<String>,
    /// Only clauses with a duty of this role (of --agency, where given)
    #[arg(long, value_name = "ROLE", value_parser = role)]
    pub(crate) role: Option<Role>,
    /// Only clauses with a deadline in this year
    #[arg(long, value_name = "YEAR")]
    pub(crate) year: Option<i32>,
    /// Only inside the chapter of this number: 3, c3, 三, 第三章
    #[arg(long, value_name = "CHAPTER", value_parser = chapter)]
    pub(crate) chapter: Option<u32>,
    #[command(flatten)]
    pub(crate) documents: DocumentArgs,
    /// The order: the best first, the newest document first, or as in the documents
    #[arg(long, value_name = "ORDER", default_value = "score")]
    pub(crate) sort: SearchSortArg,
    /// How many clauses to show at most [default: 20 in a table, else all]
    #[arg(long, short = 'n', value_name = "N")]
    pub(crate) limit: Option<usize>,
    /// How many clauses to leave out before the first shown; with --limit, the pages of an answer
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) offset: usize,
    /// Count the clauses found by agency, role, year, chapter, document, kind, issuer, region, status
    #[arg(long, value_name = "FACETS", value_delimiter = ',', value_parser = facet_parser(),
          conflicts_with_all = ["list_documents", "count", "limit", "offset", "sort"])]
    pub(crate) facets: Vec<Facet>,
    /// Print only the ids of the documents found
    #[arg(long, short = 'l', conflicts_with_all = ["count", "format", "output"])]
    pub(crate) list_documents: bool,
    /// Print only how many clauses of each document were found
    #[arg(long, short = 'c', conflicts_with_all = ["format", "output"])]
    pub(crate) count: bool,
    /// Show in a table whole sentences: those with the words and N before and after
    #[arg(long, short = 'C', value_name = "N",
          conflicts_with_all = ["list_documents", "count", "facets"])]
    pub(crate) context: Option<usize>,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SearchSortArg {
    Score,
    Date,
    Document,
}

impl From<SearchSortArg> for Sort {
    fn from(sort: SearchSortArg) -> Self {
        match sort {
            SearchSortArg::Score => Self::Score,
            SearchSortArg::Date => Self::Date,
            SearchSortArg::Document => Self::Document,
        }
    }
}

#[derive(ValueEnum, Clone, Copy, Debug)]
pub(crate) enum StretchArg {
    Sentence,
    Paragraph,
}

impl From<StretchArg> for Stretch {
    fn from(stretch: StretchArg) -> Self {
        match stretch {
            StretchArg::Sentence => Self::Sentence,
            StretchArg::Paragraph => Self::Paragraph,
        }
    }
}

#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SearchFieldArg {
    Title,
    Text,
    Assignment,
    Heading,
}

impl From<SearchFieldArg> for Fields {
    fn from(field: SearchFieldArg) -> Self {
        match field {
            SearchFieldArg::Title => Field::Title.into(),
            SearchFieldArg::Text => Field::Text.into(),
            SearchFieldArg::Assignment => Field::Assignment.into(),
            SearchFieldArg::Heading => Field::Heading.into(),
        }
    }
}

fn facet_parser() -> impl TypedValueParser<Value = Facet> {
    let by_name = |name: String| {
        Facet::ALL.into_iter().find(|facet| facet.name() == name).ok_or("no such facet")
    };
    PossibleValuesParser::new(Facet::ALL.map(Facet::name)).try_map(by_name)
}

/// Reads a chapter's number as people write it: `3`, `c3`, 三, 第三章, 三、.
fn chapter(text: &str) -> Result<u32, Message> {
    let number = chapter_number(text);
    number.ok_or_else(|| say!("a chapter is a number: 3, c3, 三 or 第三章"))
}
