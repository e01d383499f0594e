//! `check FILE…`: what is wrong or unsure, as compilers tell it.

use std::io;

use anyhow::Error;
use gangmu_model::{Diagnostic, LineTable, Severity};
use gangmu_tables::{Field, Listing, labels, long, short};
use gangmu_workbook::Cell;
use rayon::prelude::*;
use schemars::JsonSchema;
use serde::Serialize;

use super::explain;
use crate::args::CheckArgs;
use crate::excerpt::excerpt;
use crate::exit::Exit;
use crate::input::Input;
use crate::language::{Language, Noun, counted, say};
use crate::library::{self, Texts};
use crate::listing::deliver;
use crate::terminal::Terminal;

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
    let texts = Texts::read(&args.files, &args.read, terminal)?;
    let found: Vec<Vec<FindingRecord>> = texts.inputs.par_iter().map(findings).collect();
    let n_of_each: Vec<usize> = found.iter().map(Vec::len).collect();
    let found: Vec<FindingRecord> = found.into_iter().flatten().collect();
    let listing =
        Listing {
            name: "待核", heading: "待核".to_owned(), records: &found, fields: columns()
        };
    deliver(&listing, &args.output, terminal, |terminal| {
        let mut rest = found.as_slice();
        for ((_, input), n_findings) in texts.inputs.iter().zip(&n_of_each) {
            let (records, others) = rest.split_at(*n_findings);
            write_findings(records, &input.text, terminal)?;
            rest = others;
        }
        Ok(())
    })?;
    let n_of_severity =
        |severity| found.iter().filter(|record| record.diagnostic.severity == severity).count();
    let n_errors = n_of_severity(Severity::Error);
    terminal.sum_up(&say!(
        "{errors}, {warnings} and {notes} in {place}",
        errors = counted(n_errors, Noun::Error),
        warnings = counted(n_of_severity(Severity::Warning), Noun::Warning),
        notes = counted(n_of_severity(Severity::Note), Noun::Note),
        place = counted(texts.inputs.len(), Noun::Document),
    ))?;
    Ok(texts.exit(Exit::found(n_errors == 0)))
}

pub(super) fn findings((id, input): &(String, Input)) -> Vec<FindingRecord> {
    let document = library::parse(id.clone(), input);
    let path = document.source.path;
    document
        .diagnostics
        .into_iter()
        .map(|diagnostic| FindingRecord {
            document: document.id.clone(),
            path: path.clone(),
            diagnostic,
        })
        .collect()
}

pub(super) fn write_findings(
    records: &[FindingRecord],
    text: &str,
    terminal: &mut Terminal<'_>,
) -> io::Result<()> {
    let (palette, width, language) = (terminal.palette(), terminal.width(), terminal.language);
    let out = &mut *terminal.out;
    let table = LineTable::new(text);
    for record in records {
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
        let (line, column) = (span.line(), span.column());
        let message = language.told(message);
        writeln!(out, "{head}: {message}")?;
        writeln!(out, "{margin}--> {}:{line}:{column}", record.path)?;
        let line = table.line(line).unwrap_or_default();
        // Lines are given without their ends, and a span may reach beyond one.
        let before: usize =
            line.chars().take(column.saturating_sub(1) as usize).map(char::len_utf8).sum();
        let end = (before + span.len_bytes()).min(line.len()).max(before);
        let shown = excerpt(line, before..end, width.saturating_sub(number.len() + 3));
        writeln!(out, "{margin} |")?;
        writeln!(out, "{number} | {}", shown.text)?;
        writeln!(out, "{margin} | {}", palette.severity(*severity, &shown.carets))?;
        writeln!(out)?;
    }
    Ok(())
}
