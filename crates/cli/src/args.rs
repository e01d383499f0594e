//! What can be typed.

mod engine;
mod output;
mod reading;
mod rendition;
mod serve;
mod shell;
mod source;
mod tasks;

use std::path::PathBuf;
use std::sync::LazyLock;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use gangmu_lexicon::Lexicon;
use gangmu_model::{DiagnosticCode, Role, TargetType};
use gangmu_query::{Facet, Field, Fields, RecordKind, Sort, Stretch, TargetOrder, chapter_number};
use gangmu_tables::labels;

use crate::language::{Message, say};

pub(crate) use engine::{EngineArgs, connect};
pub(crate) use output::{Format, OutputArgs, Shape};
pub(crate) use rendition::ParseFormat;
pub(crate) use serve::ServeArgs;
pub(crate) use shell::{CompletionsArgs, ManArgs};
pub(crate) use source::{DocumentArgs, ReadArgs, Sources};
pub(crate) use tasks::{GrainArg, TasksArgs};

/// Turns Chinese policy documents into data and searches them.
#[derive(Parser, Debug)]
#[command(name = "gangmu", version = version(), max_term_width = 100)]
#[command(after_help = "\
Examples:
  gangmu seeds/documents/liaoning-meili-2024.txt   the outline of one document
  gangmu tasks 省林草局 seeds/documents            what one department has to do

Exit codes: 0 found, 1 nothing found, 2 error. Chinese or English is spoken by
GANGMU_LANG (zh, en), else by LC_ALL, LC_MESSAGES or LANG.")]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) terminal: TerminalArgs,
}

impl Cli {
    /// Whether the answer is shown page by page on a terminal; that of a server has no end.
    pub(crate) fn has_pages(&self) -> bool {
        !self.terminal.no_pager && !matches!(self.command, Command::Serve(_))
    }
}

/// `gangmu search` alone.
#[derive(Parser)]
struct SearchCli {
    #[command(flatten)]
    search: SearchArgs,
    #[command(flatten)]
    terminal: TerminalArgs,
}

/// Returns the version of the program and of its word lists.
pub(crate) fn version() -> &'static str {
    static VERSION: LazyLock<String> = LazyLock::new(|| {
        format!("{} (word lists {})", env!("CARGO_PKG_VERSION"), Lexicon::version())
    });
    &VERSION
}

/// Where options that every command takes stand in the help: behind its own.
const LAST: usize = 900;

#[derive(Args, Debug)]
pub(crate) struct TerminalArgs {
    /// When to colour the output; auto: on a terminal, unless NO_COLOR is set
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", display_order = LAST)]
    pub(crate) color: ColorChoice,
    /// Columns to wrap at [default: the terminal's, 100 in a pipe]
    #[arg(long, global = true, value_name = "COLUMNS", display_order = LAST, value_parser = clap::value_parser!(u16).range(40..))]
    pub(crate) width: Option<u16>,
    /// Do not show a long answer page by page
    #[arg(long, global = true, display_order = LAST)]
    pub(crate) no_pager: bool,
}

#[derive(ValueEnum, Clone, Copy, Debug)]
pub(crate) enum ColorChoice {
    Auto,
    Always,
    Never,
}

#[derive(Subcommand, Debug)]
pub(crate) enum Command {
    #[command(visible_alias = "解析")]
    Parse(ParseArgs),
    #[command(visible_alias = "检索")]
    Search(SearchArgs),
    #[command(visible_alias = "任务")]
    Tasks(TasksArgs),
    #[command(visible_alias = "目标")]
    Targets(TargetsArgs),
    #[command(visible_alias = "单位")]
    Agencies(AgenciesArgs),
    #[command(visible_alias = "查看")]
    Show(ShowArgs),
    #[command(visible_alias = "导出")]
    Export(ExportArgs),
    #[command(visible_alias = "索引")]
    Index(IndexArgs),
    #[command(visible_alias = "服务")]
    Serve(ServeArgs),
    #[command(visible_alias = "检查")]
    Check(CheckArgs),
    #[command(visible_alias = "结构")]
    Schema(SchemaArgs),
    #[command(visible_alias = "补全")]
    Completions(CompletionsArgs),
    #[command(visible_alias = "手册")]
    Man(ManArgs),
}

/// Show the structure of documents: chapters, measures, duties, targets
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  gangmu parse seeds/documents/liaoning-meili-2024.txt -o 实施意见.html
  gangmu parse seeds/documents --format json | jq -c '.[].targets[] | [.indicator, .value]'

--format json gives one object for one FILE and an array for several. -o 意见.html
writes a page to read, -o 意见.md Markdown that reads back as the same document.

- --input jsonl reads a stream: each line an object with `text` or `path`, and where
there are `id` and `metadata`. It writes records, each saying its kind in `record`;
a line that cannot be read is a record `error`, and the rest goes on (exit 0).")]
pub(crate) struct ParseArgs {
    /// Files and folders to read, - for standard input
    #[arg(value_name = "FILE", required_unless_present = "files_from")]
    pub(crate) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) read: ReadArgs,
    /// How to write the documents [default: outline, or what the name of -o says]
    #[arg(long, short, value_name = "FORMAT")]
    pub(crate) format: Option<ParseFormat>,
    /// Write to this file, whole or not at all, or one file a document to this folder
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Print the outline with spans and every layer, for tests and bug reports
    #[arg(long, conflicts_with_all = ["format", "output"])]
    pub(crate) dump: bool,
    /// Check that nothing of the text is lost; exit 2 where something is
    #[arg(long)]
    pub(crate) verify: bool,
    /// What FILE holds: a document, or in each line a document as a JSON object
    #[arg(long, value_name = "INPUT", default_value = "document", hide_default_value = true)]
    pub(crate) input: ParseInput,
    /// Of --input jsonl, which records to write [default: documents,divisions,assignments,targets]
    #[arg(long, value_name = "KINDS", value_delimiter = ',')]
    pub(crate) records: Vec<RecordsArg>,
}

/// What a file to parse holds.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ParseInput {
    Document,
    Jsonl,
}

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

A table shows the best 20 clauses, json and jsonl all of them; --limit changes both.")]
pub(crate) struct SearchArgs {
    /// The words; quote them where they are several
    #[arg(value_name = "QUERY", allow_hyphen_values = true)]
    pub(crate) query: String,
    #[command(flatten)]
    pub(crate) sources: Sources,
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

#[derive(ValueEnum, Clone, Copy, Debug)]
pub(crate) enum SearchSortArg {
    Score,
    Date,
    Document,
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

impl From<SearchSortArg> for Sort {
    fn from(sort: SearchSortArg) -> Self {
        match sort {
            SearchSortArg::Score => Self::Score,
            SearchSortArg::Date => Self::Date,
            SearchSortArg::Document => Self::Document,
        }
    }
}

fn facet_parser() -> impl TypedValueParser<Value = Facet> {
    let by_name = |name: String| {
        Facet::ALL.into_iter().find(|facet| facet.name() == name).ok_or("no such facet")
    };
    PossibleValuesParser::new(Facet::ALL.map(Facet::name)).try_map(by_name)
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

/// List what is to be reached, and by when
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  gangmu targets seeds/documents --type quantitative
  gangmu targets --indicator 细颗粒物 --year 2027 --sort year")]
pub(crate) struct TargetsArgs {
    #[command(flatten)]
    pub(crate) sources: Sources,
    #[command(flatten)]
    pub(crate) engine: EngineArgs,
    /// Only goals due in this year
    #[arg(long, value_name = "YEAR")]
    pub(crate) year: Option<i32>,
    /// Only goals whose indicator or clause has this word
    #[arg(long, value_name = "WORD")]
    pub(crate) indicator: Option<String>,
    /// Only goals in this unit; 亩 finds 万亩 too, but % is not 百分点
    #[arg(long, value_name = "UNIT")]
    pub(crate) unit: Option<String>,
    /// Only goals with a number, or only those without
    #[arg(long = "type", alias = "kind", value_name = "TYPE", value_parser = target_type)]
    pub(crate) target_type: Option<TargetType>,
    /// Only goals of clauses in which this body has a duty
    #[arg(long, value_name = "AGENCY")]
    pub(crate) agency: Option<String>,
    #[command(flatten)]
    pub(crate) documents: DocumentArgs,
    /// The order: as in the documents, by year of the deadline, or by indicator
    #[arg(long, value_name = "ORDER", default_value = "document")]
    pub(crate) sort: SortArg,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

#[derive(ValueEnum, Clone, Copy, Debug)]
pub(crate) enum SortArg {
    Document,
    Year,
    Indicator,
}

impl From<SortArg> for TargetOrder {
    fn from(sort: SortArg) -> Self {
        match sort {
            SortArg::Document => Self::Document,
            SortArg::Year => Self::Year,
            SortArg::Indicator => Self::Indicator,
        }
    }
}

/// List every body with a duty, and how many
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  gangmu agencies seeds/documents
  gangmu agencies --format json | jq '.[] | select(.lead > 3) | .full_name'")]
pub(crate) struct AgenciesArgs {
    #[command(flatten)]
    pub(crate) sources: Sources,
    #[command(flatten)]
    pub(crate) documents: DocumentArgs,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

/// Print one clause by the address people write
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  gangmu show '三(七)' seeds/documents
  gangmu show c3.m7 --document liaoning --format json

An address is an id (c3.m7) or the end of one (m7), a citation (三(七), (七)) or
a marker (第十二条).")]
pub(crate) struct ShowArgs {
    /// The clause: c3.m7, m7, 三(七), (七), 第十二条
    #[arg(value_name = "ADDRESS")]
    pub(crate) address: String,
    #[command(flatten)]
    pub(crate) sources: Sources,
    #[command(flatten)]
    pub(crate) documents: DocumentArgs,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

/// Write everything the documents hold as streams of records
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  gangmu export seeds/documents --records targets,assignments > data.jsonl
  gangmu export --format json > all.json

Each record says its kind in `record`: document, division, assignment, target,
citation, boilerplate, diagnostic, task. For whole documents see `gangmu parse`.

--to opensearch -o DIR writes an index template and bulks for OpenSearch; with --url they
are sent. What is there is not sent again, so a run that ended early is run again. The
user is taken from OPENSEARCH_USERNAME and OPENSEARCH_PASSWORD.")]
pub(crate) struct ExportArgs {
    #[command(flatten)]
    pub(crate) sources: Sources,
    /// Which records to write [default: all but tasks]
    #[arg(long, value_name = "KINDS", value_delimiter = ',')]
    pub(crate) records: Vec<RecordsArg>,
    #[command(flatten)]
    pub(crate) documents: DocumentArgs,
    /// How to print: as one array, or one record a line
    #[arg(long, short, value_name = "FORMAT", default_value = "jsonl")]
    pub(crate) format: ExportFormat,
    /// For whom: any program, or OpenSearch
    #[arg(long, value_name = "FOR", default_value = "records", hide_default_value = true)]
    pub(crate) to: ExportTo,
    /// Of --to opensearch, the folder to write to
    #[arg(long, short, value_name = "DIR")]
    pub(crate) output: Option<PathBuf>,
    /// Of --to opensearch, the address to send to, with or without an index: http://host:9200/gangmu
    #[arg(long, value_name = "URL", conflicts_with = "output")]
    pub(crate) url: Option<String>,
}

#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ExportTo {
    Records,
    #[value(name = "opensearch")]
    OpenSearch,
}

#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ExportFormat {
    Json,
    Jsonl,
}

#[derive(ValueEnum, Clone, Copy, Debug)]
pub(crate) enum RecordsArg {
    #[value(alias = "document")]
    Documents,
    #[value(alias = "division")]
    Divisions,
    #[value(alias = "assignment")]
    Assignments,
    #[value(alias = "target")]
    Targets,
    #[value(alias = "citation")]
    Citations,
    Boilerplate,
    #[value(alias = "diagnostic")]
    Diagnostics,
    #[value(alias = "task")]
    Tasks,
}

impl From<RecordsArg> for RecordKind {
    fn from(records: RecordsArg) -> Self {
        match records {
            RecordsArg::Documents => Self::Document,
            RecordsArg::Divisions => Self::Division,
            RecordsArg::Assignments => Self::Assignment,
            RecordsArg::Targets => Self::Target,
            RecordsArg::Citations => Self::Citation,
            RecordsArg::Boilerplate => Self::Boilerplate,
            RecordsArg::Diagnostics => Self::Diagnostic,
            RecordsArg::Tasks => Self::Task,
        }
    }
}

/// Build the index that answers without reading the files again, and keep it up to date
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  gangmu index seeds/documents            new files are added, changed ones taken in again
  gangmu index ~/政策 --prune --index ~/.cache/gangmu

A file whose bytes are known is not read again, and what the index holds of other
paths stays. Until the run is complete the index answers as before, also when it is
interrupted. After an update of gangmu, --rebuild reads everything anew.")]
pub(crate) struct IndexArgs {
    /// Files and folders to read, - for standard input
    #[arg(value_name = "PATH", required_unless_present_any = ["status", "files_from"])]
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) read: ReadArgs,
    /// Where the index is
    #[arg(long, value_name = "DIR", env = "GANGMU_INDEX", default_value = "index")]
    pub(crate) index: PathBuf,
    /// Remove the documents under PATH whose files are gone
    #[arg(long)]
    pub(crate) prune: bool,
    /// Start anew: the index then holds the documents of PATH and no others
    #[arg(long, conflicts_with = "prune")]
    pub(crate) rebuild: bool,
    /// Say what the index holds, check its files, and name the documents whose files changed
    #[arg(long, conflicts_with_all = ["paths", "files_from", "prune", "rebuild"])]
    pub(crate) status: bool,
    /// How --status prints: for people, as one object, or in one line
    #[arg(long, short, value_name = "FORMAT", default_value = "table", requires = "status")]
    pub(crate) format: StatusFormat,
}

/// How the state of an index is printed.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StatusFormat {
    Table,
    Json,
    Jsonl,
}

/// Report what is wrong or unsure in documents, with its place
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  gangmu check seeds/documents
  gangmu check --explain missing-colon

Exit 1 where an error stands; warnings and notes alone exit 0.")]
pub(crate) struct CheckArgs {
    /// Files and folders to read, - for standard input
    #[arg(value_name = "FILE", required_unless_present_any = ["explain", "files_from"])]
    pub(crate) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) read: ReadArgs,
    /// Say what a code means, with an example, instead of reading files
    #[arg(long, value_name = "CODE", conflicts_with_all = ["files", "files_from", "format", "output"],
          value_parser = code_parser())]
    pub(crate) explain: Option<DiagnosticCode>,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

/// Takes the codes by their names, and offers them where one is mistyped.
fn code_parser() -> impl TypedValueParser<Value = DiagnosticCode> {
    let by_name = |name: String| {
        let code = DiagnosticCode::ALL.into_iter().find(|code| code.name() == name);
        code.ok_or("no such code")
    };
    PossibleValuesParser::new(DiagnosticCode::ALL.map(DiagnosticCode::name)).try_map(by_name)
}

/// Print the JSON Schema of what the commands print
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  gangmu schema > document.schema.json
  gangmu schema task")]
pub(crate) struct SchemaArgs {
    /// The type: a document (parse), or one record of another command (finding: check, status: index --status)
    #[arg(value_name = "TYPE", default_value = "document")]
    pub(crate) of: SchemaOf,
}

#[derive(ValueEnum, Clone, Copy, Debug)]
pub(crate) enum SchemaOf {
    Document,
    Search,
    Task,
    Target,
    Agency,
    Facet,
    Show,
    Export,
    Stream,
    Finding,
    Status,
}

/// Reads a role by its name in JSON or as people say it: `lead`, 牵头.
fn role(text: &str) -> Result<Role, Message> {
    labels::role_named(text).ok_or_else(|| {
        let names = Role::ALL.map(|role| role.name().to_owned());
        say!("roles are {names}", names = names.to_vec())
    })
}

/// Reads a chapter's number as people write it: `3`, `c3`, 三, 第三章, 三、.
fn chapter(text: &str) -> Result<u32, Message> {
    let number = chapter_number(text);
    number.ok_or_else(|| say!("a chapter is a number: 3, c3, 三 or 第三章"))
}

/// Reads 定量 and 定性 besides the names in JSON.
fn target_type(text: &str) -> Result<TargetType, Message> {
    labels::target_type_named(text).ok_or_else(|| say!("types are quantitative and qualitative"))
}
