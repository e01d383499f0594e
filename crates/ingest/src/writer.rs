//! The text of a file as it is put together, with the place of each part.

use crate::error::{Error, Limit};
use crate::options::Limits;
use crate::place::{CellPlace, Place, Places};
use crate::table::Table;

/// Puts a text together from paragraphs and tables: a paragraph is one line,
/// a table a block of lines with a blank line on both sides.
#[derive(Debug)]
pub struct TextWriter {
    text: String,
    places: Places,
    page: Option<u32>,
    n_paragraphs: u32,
    n_tables: u32,
    limits: Limits,
}

impl TextWriter {
    /// Begins an empty text.
    pub fn new(limits: Limits) -> Self {
        Self {
            text: String::new(),
            places: Places::default(),
            page: None,
            n_paragraphs: 0,
            n_tables: 0,
            limits,
        }
    }

    /// Sets the page or sheet on which what follows stands; 1 is the first.
    pub fn set_page(&mut self, page: u32) {
        self.page = Some(page);
    }

    /// Adds a paragraph as a line of its own; line breaks within it stay, an
    /// empty one gives a blank line.
    ///
    /// # Errors
    ///
    /// [`Error::OverLimit`] where the text grows too large.
    pub fn paragraph(&mut self, text: &str) -> Result<(), Error> {
        self.n_paragraphs += 1;
        self.part(text)?;
        self.push("\n")
    }

    /// Adds a paragraph that runs over pages: its parts, each with its page. No
    /// part gives no paragraph.
    ///
    /// # Errors
    ///
    /// [`Error::OverLimit`] where the text grows too large.
    pub fn paragraph_in_parts(&mut self, parts: &[(u32, String)]) -> Result<(), Error> {
        if parts.is_empty() {
            return Ok(());
        }
        self.n_paragraphs += 1;
        for (page, text) in parts {
            self.set_page(*page);
            self.part(text)?;
        }
        self.push("\n")
    }

    /// Adds a table. One without a word in it is left out.
    ///
    /// # Errors
    ///
    /// [`Error::OverLimit`] where the text grows too large, or the table filled
    /// up to its widest row has too many cells.
    pub fn table(&mut self, table: &Table) -> Result<(), Error> {
        self.table_over_pages(table, &[])
    }

    /// Adds a table that runs over pages, with the page of each row; rows behind the
    /// last one stand on its page.
    ///
    /// # Errors
    ///
    /// Those of [`TextWriter::table`].
    pub fn table_over_pages(&mut self, table: &Table, pages: &[u32]) -> Result<(), Error> {
        let n_columns = table.n_columns();
        if table.is_blank() {
            return Ok(());
        }
        // Short rows end in empty cells, which cost as others do.
        let n_cells = table.rows().count().saturating_mul(n_columns);
        self.limits.check(Limit::TableCells, n_cells)?;
        self.n_tables += 1;
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.push("\n")?;
        }
        for (at, row) in table.rows().enumerate() {
            self.page = pages.get(at).copied().or(self.page);
            self.push("|")?;
            for column in 0..n_columns {
                self.push(" ")?;
                let start = self.text.len();
                let rendered = row.get(column).map(|cell| crate::table::escape(cell));
                self.push(rendered.as_deref().unwrap_or_default())?;
                let cell = CellPlace {
                    table: self.n_tables,
                    row: at as u32 + 1,
                    column: column as u32 + 1,
                };
                let place = Place { page: self.page, cell: Some(cell), ..Place::default() };
                self.places.push(start..self.text.len(), place);
                self.push(" |")?;
            }
            self.push("\n")?;
            if at == 0 {
                self.push("|")?;
                for _ in 0..n_columns {
                    self.push(" --- |")?;
                }
                self.push("\n")?;
            }
        }
        self.push("\n")
    }

    /// Returns the text and the places of its parts.
    pub fn finish(self) -> (String, Places) {
        (self.text, self.places)
    }

    /// Adds words of the paragraph that began last.
    fn part(&mut self, text: &str) -> Result<(), Error> {
        let place =
            Place { page: self.page, paragraph: Some(self.n_paragraphs), ..Place::default() };
        let start = self.text.len();
        self.push(text)?;
        self.places.push(start..self.text.len(), place);
        Ok(())
    }

    fn push(&mut self, text: &str) -> Result<(), Error> {
        self.limits.check(Limit::TextBytes, self.text.len().saturating_add(text.len()))?;
        self.text.push_str(text);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_and_tables_know_their_places() {
        let limits = Limits::default();
        let mut writer = TextWriter::new(limits);
        writer.set_page(2);
        writer.paragraph("任务分工表").unwrap();
        let mut table = Table::new(limits);
        table.cell("任务", 1, 1).unwrap();
        table.cell("牵头单位", 1, 1).unwrap();
        table.end_row().unwrap();
        table.cell("造林", 1, 1).unwrap();
        table.end_row().unwrap();
        writer.table(&table).unwrap();
        writer.paragraph("注").unwrap();
        let (text, places) = writer.finish();
        assert_eq!(text, "任务分工表\n\n| 任务 | 牵头单位 |\n| --- | --- |\n| 造林 |  |\n\n注\n");
        let at = |word: &str| places.at(text.find(word).unwrap()).unwrap();
        assert_eq!(at("任务分").paragraph, Some(1));
        assert_eq!(
            at("牵头"),
            Place {
                page: Some(2),
                paragraph: None,
                cell: Some(CellPlace { table: 1, row: 1, column: 2 }),
            }
        );
        assert_eq!(at("造林").cell.unwrap().row, 2);
        assert_eq!(at("注").paragraph, Some(2));
    }

    #[test]
    fn a_text_beyond_the_limit_is_refused() {
        let limits = Limits { max_text_bytes: 8, ..Limits::default() };
        let mut writer = TextWriter::new(limits);
        writer.paragraph("总则").unwrap();
        assert_eq!(
            writer.paragraph("总则"),
            Err(Error::OverLimit { limit: Limit::TextBytes, value: 8 })
        );
    }
}
