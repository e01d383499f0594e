//! Records of one kind under headings, in every format that rows can have.

use std::io::Write;

use anyhow::{Error, bail};
use gangmu_workbook::{Book, Cell, Column, ColumnKind, Row, Sheet};
use serde::Serialize;

use crate::args::{Format, OutputArgs, Shape};
use crate::language::say;
use crate::output::{write_json, write_jsonl};
use crate::save;
use crate::terminal::Terminal;

/// A column of a listing: each record's value in full.
pub(crate) struct Field<T> {
    heading: &'static str,
    kind: ColumnKind,
    value: fn(&T) -> Cell,
}

/// A column of words that fit on a line.
pub(crate) fn short<T>(heading: &'static str, value: fn(&T) -> Cell) -> Field<T> {
    Field { heading, kind: ColumnKind::Short, value }
}

/// A column of sentences.
pub(crate) fn long<T>(heading: &'static str, value: fn(&T) -> Cell) -> Field<T> {
    Field { heading, kind: ColumnKind::Text, value }
}

/// Records of one kind, with what is written of each.
pub(crate) struct Listing<'r, T> {
    /// What the records are, as a sheet is called: 指标.
    pub(crate) name: &'static str,
    /// What stands over a printed page.
    pub(crate) heading: String,
    pub(crate) records: &'r [T],
    pub(crate) fields: Vec<Field<T>>,
}

impl<T: Serialize> Listing<'_, T> {
    /// Prints the records, or writes them to the file of `-o`. `table` prints
    /// them for people at a screen. Where there are none, a file is left as it is.
    pub(crate) fn deliver(
        &self,
        output: &OutputArgs,
        terminal: &mut Terminal<'_>,
        table: impl FnOnce(&mut Terminal<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let shape = output.shape()?;
        let Some(file) = &output.output else {
            return match shape {
                Shape::Printed(Format::Table) => table(terminal),
                Shape::Printed(format) => self.write(format, terminal.out),
                Shape::Workbook => self.write_workbook(terminal.out),
            };
        };
        if self.records.is_empty() {
            terminal.tell(&say!("nothing is written to {path}", path = file.display()))?;
            return Ok(());
        }
        if shape == Shape::Workbook {
            refuse_to_replace(output, "")?;
        }
        save::save(file, |out| match shape {
            Shape::Workbook => self.write_workbook(out),
            Shape::Printed(Format::Csv) => {
                // Without this mark Excel takes the text for one of its own code page.
                out.write_all("\u{feff}".as_bytes())?;
                self.write(Format::Csv, out)
            }
            Shape::Printed(Format::Table) => table(&mut Terminal {
                input: &mut std::io::empty(),
                out,
                err: &mut std::io::sink(),
                columns: terminal.columns,
                color: false,
                progress: false,
                language: terminal.language,
            }),
            Shape::Printed(format) => self.write(format, out),
        })
    }

    fn write(&self, format: Format, out: &mut dyn Write) -> Result<(), Error> {
        match format {
            Format::Json => write_json(out, self.records)?,
            Format::Jsonl => write_jsonl(out, self.records)?,
            Format::Csv => self.write_csv(out)?,
            Format::Markdown => self.write_markdown(out)?,
            Format::Table => {}
        }
        Ok(())
    }

    fn headings(&self) -> impl Iterator<Item = &'static str> {
        self.fields.iter().map(|field| field.heading)
    }

    fn values(&self, record: &T) -> impl Iterator<Item = String> {
        self.fields.iter().map(|field| (field.value)(record).shown())
    }

    fn write_csv(&self, out: &mut dyn Write) -> Result<(), Error> {
        let mut writer = csv::Writer::from_writer(out);
        writer.write_record(self.headings()).map_err(into_io)?;
        for record in self.records {
            writer.write_record(self.values(record)).map_err(into_io)?;
        }
        writer.flush()?;
        Ok(())
    }

    fn write_markdown(&self, out: &mut dyn Write) -> Result<(), Error> {
        writeln!(out, "| {} |", self.headings().collect::<Vec<_>>().join(" | "))?;
        writeln!(out, "|{}", " --- |".repeat(self.fields.len()))?;
        for record in self.records {
            let cells: Vec<String> =
                self.values(record).map(|value| markdown_cell(&value)).collect();
            writeln!(out, "| {} |", cells.join(" | "))?;
        }
        Ok(())
    }

    fn write_workbook(&self, out: &mut dyn Write) -> Result<(), Error> {
        let columns = self.fields.iter().map(|field| Column::new(field.heading, field.kind));
        let rows = self.records.iter().enumerate().map(|(at, record)| {
            let values = self.fields.iter().map(|field| (field.value)(record));
            Row::Cells([Cell::count(at + 1)].into_iter().chain(values).collect())
        });
        let number = Column::new("序号", ColumnKind::Short);
        let sheet = Sheet {
            name: self.name.to_owned(),
            heading: self.heading.clone(),
            columns: [number].into_iter().chain(columns).collect(),
            rows: rows.collect(),
        };
        let book = Book { title: self.heading.clone(), created: None, sheets: vec![sheet] };
        out.write_all(&gangmu_workbook::write(&book)?)?;
        Ok(())
    }
}

/// Refuses to write over a workbook, in which people may have typed, or over
/// one that another program has open; `because` says what is the matter with it.
pub(crate) fn refuse_to_replace(output: &OutputArgs, because: &str) -> Result<(), Error> {
    let Some(file) = &output.output else { return Ok(()) };
    if output.force {
        return Ok(());
    }
    if let Some(lock) = save::lock_of(file) {
        bail!(
            "{}: is open in another program ({} says so); close it there, or give --force",
            file.display(),
            lock.display()
        );
    }
    if file.is_file() {
        bail!(
            "{}: is there already{because}; name another file, or replace it by --force",
            file.display()
        );
    }
    Ok(())
}

/// Returns the error of the stream beneath, so that a closed pipe is known as one.
fn into_io(error: csv::Error) -> Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error.into(),
        other => Error::msg(format!("{other:?}")).context("the table cannot be written as csv"),
    }
}

/// Returns a text as a cell of a Markdown table that shows it as it is.
fn markdown_cell(text: &str) -> String {
    let mut cell = String::with_capacity(text.len());
    for ch in text.trim().chars() {
        match ch {
            '\n' => cell.push_str("<br>"),
            '\r' => {}
            '\\' | '`' | '*' | '_' | '<' | '[' | ']' | '|' | '~' => {
                cell.push('\\');
                cell.push(ch);
            }
            _ => cell.push(ch),
        }
    }
    cell
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_markdown_cell_shows_what_is_written() {
        assert_eq!(markdown_cell("下降**%\n|甲| <b>"), "下降\\*\\*%<br>\\|甲\\| \\<b>");
    }
}
