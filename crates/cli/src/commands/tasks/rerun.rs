//! Writing a workbook where one may be in which people have worked.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Error};
use gangmu_ingest::{Limits, WorkbookRows, read_workbook};
use gangmu_workbook::{Book, OldSheet, Previous, Report};

use super::super::counted;
use super::sheets::SHAPE;
use crate::args::OutputArgs;
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
    writeln!(terminal.err, "gangmu: the older workbook is kept as {}", older.display())?;
    Ok(())
}

fn tell(report: &Report, has_more: bool, terminal: &mut Terminal<'_>) -> Result<(), Error> {
    let err = &mut terminal.err;
    let mut say = |sentence: String| writeln!(err, "gangmu: {sentence}");
    if report.n_kept > 0 {
        say(format!("what was typed in {} is kept", counted(report.n_kept, "row")))?;
    }
    if !report.reworded.is_empty() {
        let (rows, places) = (counted(report.reworded.len(), "row"), named(&report.reworded));
        say(format!("the words of {rows} changed: {places}"))?;
    }
    if !report.moved.is_empty() {
        let places: Vec<String> =
            report.moved.iter().map(|(from, to)| format!("{from} → {to}")).collect();
        say(format!("{} moved: {}", counted(places.len(), "row"), named(&places)))?;
    }
    if !report.regrouped.is_empty() {
        let (rows, places) = (counted(report.regrouped.len(), "row"), named(&report.regrouped));
        say(format!("what was typed in {rows} went to the first row of the clause: {places}"))?;
    }
    if !report.gone.is_empty() {
        let (rows, places) = (counted(report.gone.len(), "row"), named(&report.gone));
        say(format!("{rows} in which nothing was typed vanished: {places}"))?;
    }
    if !report.lost.is_empty() {
        let (rows, places) = (counted(report.lost.len(), "row"), named(&report.lost));
        let sheet = SHAPE.lost;
        say(format!(
            "{rows} with no place in the table any more are in the sheet {sheet}: {places}"
        ))?;
    }
    for (sheet, n_edited) in &report.edited {
        let rows = counted(*n_edited, "row");
        say(format!(
            "{rows} of {sheet} had been changed or added by hand; the columns of the document are as it says"
        ))?;
    }
    for sheet in &report.own_sheets {
        say(format!("the sheet {sheet} is taken over as plain text"))?;
    }
    if has_more {
        say("formulas are taken over as what they showed; comments, pictures and charts are not"
            .to_owned())?;
    }
    Ok(())
}

/// Names the first places and counts the others.
fn named(places: &[String]) -> String {
    let first = places.iter().take(MAX_NAMED).cloned().collect::<Vec<_>>().join(", ");
    match places.len().saturating_sub(MAX_NAMED) {
        0 => first,
        more => format!("{first} and {more} more"),
    }
}
