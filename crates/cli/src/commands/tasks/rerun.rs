//! Writing a workbook where one may be in which people have worked.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Error};
use gangmu_ingest::{Limits, WorkbookRows, read_workbook};
use gangmu_tables::SHAPE;
use gangmu_workbook::{Book, OldSheet, Previous, Report};

use crate::args::OutputArgs;
use crate::language::{Noun, Value, counted, say};
use crate::listing::refuse_to_replace;
use crate::save;
use crate::terminal::Terminal;

/// Places that a sentence names before it only counts the rest.
const MAX_NAMED: usize = 5;

/// Writes the workbook to the file of `-o`; what people typed into the one that
/// is there goes into the new one, and what becomes of it is said.
pub(super) fn write(
    mut book: Book,
    output: &OutputArgs,
    terminal: &mut Terminal<'_>,
) -> Result<(), Error> {
    let Some(file) = &output.output else { return Ok(()) };
    if file.is_file() && !output.force {
        let Some((previous, has_more)) = read_previous(file)? else {
            return refuse_to_replace(output, ", and it is no 任务分解表 made by gangmu tasks");
        };
        if save::lock_of(file).is_some() {
            refuse_to_replace(output, "")?;
        }
        let is_worth_keeping = previous.is_changed_by_hand() || has_more;
        let report = previous.carry_into(&mut book);
        let bytes = gangmu_workbook::write(&book)?;
        if is_worth_keeping {
            keep_older(file, terminal)?;
        }
        save_bytes(file, &bytes)?;
        tell(&report, has_more, terminal)?;
        return Ok(());
    }
    save_bytes(file, &gangmu_workbook::write(&book)?)
}

fn save_bytes(file: &Path, bytes: &[u8]) -> Result<(), Error> {
    save::save(file, |out| Ok(out.write_all(bytes)?))
}

/// Reads the workbook that is there, and whether it holds what rows cannot;
/// `None` where it is no table of ours.
fn read_previous(file: &Path) -> Result<Option<(Previous<'static>, bool)>, Error> {
    let bytes = fs::read(file)
        .with_context(|| format!("{}: cannot be read; check the permissions", file.display()))?;
    let read = read_workbook(&bytes, Limits::default()).map_err(|error| {
        Error::msg(format!("{}: {error}; nothing was written, --force replaces it", file.display()))
    })?;
    let Some(WorkbookRows { sheets, has_more }) = read else { return Ok(None) };
    let sheets = sheets.into_iter().map(|sheet| OldSheet { name: sheet.name, rows: sheet.rows });
    Ok(Previous::read(sheets.collect(), SHAPE).map(|previous| (previous, has_more)))
}

/// Keeps a copy of the older workbook beside the new one.
fn keep_older(file: &Path, terminal: &mut Terminal<'_>) -> Result<(), Error> {
    let older = save::name_of_older(file);
    fs::copy(file, &older)
        .with_context(|| format!("{}: cannot be written; nothing was changed", older.display()))?;
    terminal.tell(&say!("the older workbook is kept as {path}", path = older.display()))?;
    Ok(())
}

fn tell(report: &Report, has_more: bool, terminal: &mut Terminal<'_>) -> Result<(), Error> {
    let rows = |n: usize| counted(n, Noun::Row);
    if report.n_kept > 0 {
        terminal.tell(&say!("what was typed in {rows} is kept", rows = rows(report.n_kept)))?;
    }
    if !report.reworded.is_empty() {
        let (rows, places) = (rows(report.reworded.len()), named(&report.reworded));
        terminal.tell(&say!(
            "the words of {rows} changed: {places}",
            rows = rows,
            places = places
        ))?;
    }
    if !report.moved.is_empty() {
        let places: Vec<String> =
            report.moved.iter().map(|(from, to)| format!("{from} → {to}")).collect();
        let (rows, places) = (rows(places.len()), named(&places));
        terminal.tell(&say!("{rows} moved: {places}", rows = rows, places = places))?;
    }
    if !report.regrouped.is_empty() {
        let (rows, places) = (rows(report.regrouped.len()), named(&report.regrouped));
        terminal.tell(&say!(
            "what was typed in {rows} went to the first row of the clause: {places}",
            rows = rows,
            places = places,
        ))?;
    }
    if !report.gone.is_empty() {
        let (rows, places) = (rows(report.gone.len()), named(&report.gone));
        terminal.tell(&say!(
            "{rows} in which nothing was typed vanished: {places}",
            rows = rows,
            places = places,
        ))?;
    }
    if !report.lost.is_empty() {
        let (rows, places) = (rows(report.lost.len()), named(&report.lost));
        terminal.tell(&say!(
            "{rows} with no place in the table any more are in the sheet {sheet}: {places}",
            rows = rows,
            sheet = SHAPE.lost,
            places = places,
        ))?;
    }
    for (sheet, n_edited) in &report.edited {
        terminal.tell(&say!(
            "{rows} of {sheet} had been changed or added by hand; the columns of the document are as it says",
            rows = rows(*n_edited),
            sheet = sheet,
        ))?;
    }
    for sheet in &report.own_sheets {
        terminal.tell(&say!("the sheet {sheet} is taken over as plain text", sheet = sheet))?;
    }
    if has_more {
        terminal.tell(&say!(
            "formulas are taken over as what they showed; comments, pictures and charts are not"
        ))?;
    }
    Ok(())
}

/// Names the first places and counts the others.
fn named(places: &[String]) -> Value {
    let first = places.iter().take(MAX_NAMED).cloned().collect::<Vec<_>>().join(", ");
    match places.len().saturating_sub(MAX_NAMED) {
        0 => first.into(),
        more => say!("{places} and {n} more", places = first, n = more).into(),
    }
}
