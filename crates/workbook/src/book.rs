//! A workbook as plain values.

/// UTF-16 units that a cell can hold.
const MAX_CELL_UNITS: usize = 32_767;

/// Sheets that belong together.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Book {
    /// What the file says it is about.
    pub title: String,
    /// The day it says it was made; `None`: one that is the same for every book.
    pub created: Option<Date>,
    /// The sheets, the one that is shown first in front.
    pub sheets: Vec<Sheet>,
}

/// A calendar day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Date {
    /// 1900 to 9999.
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

impl Date {
    /// Reads `2024-03-22` and what begins so, such as a time; `None` for less.
    pub fn from_iso(text: &str) -> Option<Self> {
        let mut parts = text.get(..10)?.split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        let date =
            Self { year: year.parse().ok()?, month: month.parse().ok()?, day: day.parse().ok()? };
        let is_day = (1900..=9999).contains(&date.year)
            && (1..=12).contains(&date.month)
            && (1..=31).contains(&date.day);
        is_day.then_some(date)
    }
}

/// A table on a sheet of its own.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sheet {
    /// Its name, at most 31 characters.
    pub name: String,
    /// What stands above it on every printed page.
    pub heading: String,
    /// The columns, in order.
    pub columns: Vec<Column>,
    /// The rows below the headings of the columns.
    pub rows: Vec<Row>,
}

/// A column of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// What stands at its head.
    pub heading: String,
    /// How its cells are laid out, and whose they are.
    pub kind: ColumnKind,
}

impl Column {
    /// Makes a column.
    pub fn new(heading: impl Into<String>, kind: ColumnKind) -> Self {
        Self { heading: heading.into(), kind }
    }
}

/// How the cells of a column are laid out, and whose they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// Words, centred: a name, a number, an address.
    Short,
    /// Sentences, wrapped and flush left.
    Text,
    /// Typed by people, and kept when the book is written anew.
    Own,
}

/// A row of a sheet.
#[derive(Debug, Clone, PartialEq)]
pub enum Row {
    /// A cell for each column; missing ones are empty.
    Cells(Vec<Cell>),
    /// Words over the rows that follow, across the sheet.
    Section(String),
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// A text, never a formula, whatever it begins with.
    Text(String),
    /// A number to count with.
    Number(f64),
}

impl Cell {
    /// Makes a cell of a text; an empty one for no text. What is longer than a cell
    /// can hold ends in ….
    pub fn text(text: impl Into<String>) -> Self {
        let mut text = text.into();
        // A character is at most two of the units that a cell counts.
        if text.chars().map(char::len_utf16).sum::<usize>() > MAX_CELL_UNITS {
            text = text.chars().take(MAX_CELL_UNITS / 2).chain(['…']).collect();
        }
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }

    /// Makes a cell of a count; an empty one for none, so that the eye finds the others.
    pub fn count(n: usize) -> Self {
        if n == 0 { Self::Empty } else { Self::Number(n as f64) }
    }

    /// Returns what the cell shows.
    pub fn shown(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
        }
    }
}

impl Sheet {
    /// Whether the sheet has no headings, as those of people's own.
    pub(crate) fn is_plain(&self) -> bool {
        self.columns.iter().all(|column| column.heading.is_empty())
    }

    /// Returns the place of a column by its heading.
    pub fn column(&self, heading: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.heading == heading)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_and_nothing_else() {
        let day = |text| Date::from_iso(text).map(|date| (date.year, date.month, date.day));
        assert_eq!(day("2024-03-22T10:00:19"), Some((2024, 3, 22)));
        for wrong in ["2024-03", "2024-13-01", "0024-03-22", "2024年3月22日", ""] {
            assert_eq!(day(wrong), None, "{wrong}");
        }
    }
}
