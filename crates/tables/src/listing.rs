//! Records of one kind under headings, in every format that rows can have.

use std::io::{self, Write};

use gangmu_workbook::{Book, Cell, Column, ColumnKind, Row, Sheet};

/// Why rows could not be written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The stream beneath failed; a closed pipe is one.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The rows cannot be put as CSV.
    #[error("the table cannot be written as csv: {0}")]
    Csv(String),
    /// The rows cannot be put as a workbook.
    #[error(transparent)]
    Workbook(#[from] gangmu_workbook::Error),
}

/// A column of a listing: each record's value in full.
pub struct Field<T> {
    heading: &'static str,
    kind: ColumnKind,
    value: fn(&T) -> Cell,
}

/// A column of words that fit on a line.
pub fn short<T>(heading: &'static str, value: fn(&T) -> Cell) -> Field<T> {
    Field { heading, kind: ColumnKind::Short, value }
}

/// A column of sentences.
pub fn long<T>(heading: &'static str, value: fn(&T) -> Cell) -> Field<T> {
    Field { heading, kind: ColumnKind::Text, value }
}

/// Records of one kind, with what is written of each.
pub struct Listing<'r, T> {
    /// What the records are, as a sheet is called: 指标.
    pub name: &'static str,
    /// What stands over a printed page.
    pub heading: String,
    /// The records, a row each.
    pub records: &'r [T],
    /// The columns.
    pub fields: Vec<Field<T>>,
}

impl<T> Listing<'_, T> {
    fn headings(&self) -> impl Iterator<Item = &'static str> {
        self.fields.iter().map(|field| field.heading)
    }

    fn values(&self, record: &T) -> impl Iterator<Item = String> {
        self.fields.iter().map(|field| (field.value)(record).shown())
    }

    /// Writes the records as CSV under a row of headings.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] where the stream fails.
    pub fn write_csv(&self, out: &mut dyn Write) -> Result<(), Error> {
        let mut writer = csv::Writer::from_writer(out);
        writer.write_record(self.headings()).map_err(into_io)?;
        for record in self.records {
            writer.write_record(self.values(record)).map_err(into_io)?;
        }
        writer.flush()?;
        Ok(())
    }

    /// Writes the records as a Markdown table.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] where the stream fails.
    pub fn write_markdown(&self, out: &mut dyn Write) -> Result<(), Error> {
        writeln!(out, "| {} |", self.headings().collect::<Vec<_>>().join(" | "))?;
        writeln!(out, "|{}", " --- |".repeat(self.fields.len()))?;
        for record in self.records {
            let cells: Vec<String> =
                self.values(record).map(|value| markdown_cell(&value)).collect();
            writeln!(out, "| {} |", cells.join(" | "))?;
        }
        Ok(())
    }

    /// Returns the records as a workbook of one sheet.
    ///
    /// # Errors
    ///
    /// [`Error::Workbook`] where they are more than a sheet holds.
    pub fn workbook(&self) -> Result<Vec<u8>, Error> {
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
        Ok(gangmu_workbook::write(&book)?)
    }
}

/// Returns the error of the stream beneath, so that a closed pipe is known as one.
fn into_io(error: csv::Error) -> Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error.into(),
        other => Error::Csv(format!("{other:?}")),
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
