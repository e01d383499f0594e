//! `check FILE…`: what is wrong or unsure, as compilers tell it.

use std::io;

use anyhow::Error;
use gangmu_model::{Diagnostic, Document, LineTable, Severity};
use gangmu_tables::{Field, Listing, labels, long, short};
use gangmu_workbook::Cell;
use schemars::JsonSchema;
use serde::Serialize;

use super::explain;
use crate::args::{CheckArgs, Format, Shape};
use crate::excerpt::{Excerpt, excerpt};
use crate::exit::Exit;
use crate::language::{Language, Noun, counted, say};
use crate::listing::deliver;
use crate::sought::{Beside, Sought};
use crate::terminal::Terminal;

/// Columns between the number of a line and its text.
const MARGIN: usize = 3;

/// One answer of `check`: a [`Diagnostic`] and the document it stands in.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct FindingRecord {
    /// The document's id.
    document: String,
    /// The path of the file, or `-`.
    pub(crate) path: String,
    /// What was found.
    #[serde(flatten)]
    pub(crate) diagnostic: Diagnostic,
}

/// The columns in csv, Markdown and workbooks.
fn columns() -> Vec<Field<FindingRecord>> {
    vec![
        short("文件", |record: &FindingRecord| Cell::text(&record.path)),
        short("行", |record| Cell::count(record.diagnostic.span.line() as usize)),
        short("列", |record| Cell::count(record.diagnostic.span.column() as usize)),
        short("级别", |record| Cell::text(labels::severity(record.diagnostic.severity))),
        short("代码", |record| Cell::text(record.diagnostic.code.name())),
        long("事项", |record| Cell::text(labels::diagnostic(record.diagnostic.code))),
        long("说明", |record| Cell::text(&record.diagnostic.message)),
        short("条款", |record| {
            let division = record.diagnostic.division.as_ref();
            Cell::text(division.map(|division| division.as_str()).unwrap_or_default())
        }),
    ]
}

pub(super) fn run(args: &CheckArgs, terminal: &mut Terminal<'_>) -> Result<Exit, Error> {
    if let Some(code) = args.explain {
        return explain::run(code, terminal);
    }
    let (mut found, mut excerpts) = (Vec::new(), Vec::new());
    let shows_lines = args.output.shape()? == Shape::Printed(Format::Table);
    let width = terminal.width();
    let sought = Sought::find(&args.files, &args.read, terminal)?;
    let done = sought.each(Beside::Nothing, terminal, |reading, _| {
        let records = findings(reading.document);
        if shows_lines {
            excerpts.extend(excerpts_of(&records, &reading.input.text, width));
        }
        found.extend(records);
        Ok(())
    })?;
    let listing =
        Listing {
            name: "待核", heading: "待核".to_owned(), records: &found, fields: columns()
        };
    deliver(&listing, &args.output, terminal, |terminal| {
        Ok(write_findings(&found, &excerpts, terminal)?)
    })?;
    let n_of_severity =
        |severity| found.iter().filter(|record| record.diagnostic.severity == severity).count();
    let n_errors = n_of_severity(Severity::Error);
    terminal.sum_up(&say!(
        "{errors}, {warnings} and {notes} in {place}",
        errors = counted(n_errors, Noun::Error),
        warnings = counted(n_of_severity(Severity::Warning), Noun::Warning),
        notes = counted(n_of_severity(Severity::Note), Noun::Note),
        place = counted(done.n_read(), Noun::Document),
    ))?;
    Ok(done.exit(Exit::found(n_errors == 0)))
}

/// Returns what was found in a document.
pub(super) fn findings(document: Document) -> Vec<FindingRecord> {
    let (id, path) = (document.id, document.source.path);
    document
        .diagnostics
        .into_iter()
        .map(|diagnostic| FindingRecord { document: id.clone(), path: path.clone(), diagnostic })
        .collect()
}

/// Returns for each finding the part of its line that fits in so many columns: a
/// line may be a whole document.
pub(super) fn excerpts_of(records: &[FindingRecord], text: &str, width: usize) -> Vec<Excerpt> {
    let table = LineTable::new(text);
    let excerpt_of = |record: &FindingRecord| {
        let span = &record.diagnostic.span;
        let line = table.line(span.line()).unwrap_or_default();
        // Lines are given without their ends, and a span may reach beyond one.
        let n_before = span.column().saturating_sub(1) as usize;
        let before: usize = line.chars().take(n_before).map(char::len_utf8).sum();
        let end = (before + span.len_bytes()).min(line.len()).max(before);
        let margin = span.line().to_string().len() + MARGIN;
        excerpt(line, before..end, width.saturating_sub(margin))
    };
    records.iter().map(excerpt_of).collect()
}

pub(super) fn write_findings(
    records: &[FindingRecord],
    excerpts: &[Excerpt],
    terminal: &mut Terminal<'_>,
) -> io::Result<()> {
    let (palette, language) = (terminal.palette(), terminal.language);
    let out = &mut *terminal.out;
    for (record, shown) in records.iter().zip(excerpts) {
        let Diagnostic { code, severity, message, span, .. } = &record.diagnostic;
        let name = match (language, severity) {
            (Language::Chinese, severity) => labels::severity(*severity),
            (Language::English, Severity::Error) => "error",
            (Language::English, Severity::Warning) => "warning",
            (Language::English, Severity::Note) => "note",
        };
        let head = palette.severity(*severity, &format!("{name}[{}]", code.name()));
        let number = span.line().to_string();
        let margin = " ".repeat(number.len());
        let message = language.told(message);
        writeln!(out, "{head}: {message}")?;
        writeln!(out, "{margin}--> {}:{number}:{}", record.path, span.column())?;
        writeln!(out, "{margin} |")?;
        writeln!(out, "{number} | {}", shown.text)?;
        writeln!(out, "{margin} | {}", palette.severity(*severity, &shown.carets))?;
        writeln!(out)?;
    }
    Ok(())
}
