//! What a workbook notes of its rows as they were written, so that a later run
//! knows which were changed by hand.

use std::collections::HashSet;

use sha2::{Digest, Sha256};

use crate::book::{Cell, ColumnKind, Row, Sheet};

/// The sheet that holds the notes. It is not shown, and moves with the file
/// through every office program.
pub const MARK_SHEET: &str = "gangmu";

/// What a note is of.
const HEADING: &str = "column";
const ROW: &str = "row";

/// Hexadecimal digits of a fingerprint.
const N_DIGITS: usize = 16;

/// The fingerprints of the rows of sheets, and the headings that count in them.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Marks {
    prints: HashSet<[String; 2]>,
    headings: HashSet<[String; 2]>,
}

impl Marks {
    /// Reads the notes back from the rows of their sheet.
    pub(crate) fn read(rows: &[Vec<String>]) -> Self {
        let mut marks = Self::default();
        for row in rows {
            match row.as_slice() {
                [sheet, kind, what] if kind == HEADING => {
                    marks.headings.insert([sheet.clone(), what.clone()]);
                }
                [sheet, kind, what] if kind == ROW => {
                    marks.prints.insert([sheet.clone(), what.clone()]);
                }
                _ => {}
            }
        }
        marks
    }

    /// Whether a sheet was written, and is not one that people added.
    pub(crate) fn knows(&self, sheet: &str) -> bool {
        self.headings.iter().any(|[name, _]| name == sheet)
    }

    /// Whether a row of a sheet shows what was written, the columns that people
    /// fill in or added left out.
    pub(crate) fn holds_known<'c>(
        &self,
        sheet: &str,
        cells: impl IntoIterator<Item = (&'c str, &'c str)>,
    ) -> bool {
        let is_known =
            |heading: &str| self.headings.contains(&[sheet.to_owned(), heading.to_owned()]);
        self.holds(sheet, cells.into_iter().filter(|(heading, _)| is_known(heading)))
    }

    /// Whether a row of a sheet shows what was written.
    pub(crate) fn holds<'c>(
        &self,
        sheet: &str,
        cells: impl IntoIterator<Item = (&'c str, &'c str)>,
    ) -> bool {
        self.prints.contains(&[sheet.to_owned(), fingerprint(cells)])
    }
}

/// Returns the notes of sheets: of each the name, its columns but for those that
/// people fill in, and the fingerprint of each row over these columns. Sheets
/// of people's own have none.
pub(crate) fn notes(sheets: &[Sheet]) -> Vec<[String; 3]> {
    let mut notes = Vec::new();
    for sheet in sheets.iter().filter(|sheet| !sheet.is_plain()) {
        let written = sheet.columns.iter().filter(|column| column.kind != ColumnKind::Own);
        let note = |kind: &str, what: String| [sheet.name.clone(), kind.to_owned(), what];
        notes.extend(written.map(|column| note(HEADING, column.heading.clone())));
        for row in &sheet.rows {
            let print = match row {
                Row::Section(words) => fingerprint([("", words.as_str())]),
                Row::Cells(cells) => {
                    let shown: Vec<String> = cells.iter().map(Cell::shown).collect();
                    let own = sheet.columns.iter().zip(&shown);
                    let own = own.filter(|(column, _)| column.kind != ColumnKind::Own);
                    fingerprint(own.map(|(column, text)| (column.heading.as_str(), text.as_str())))
                }
            };
            notes.push(note(ROW, print));
        }
    }
    notes
}

/// Returns the fingerprint of cells by heading: the same whatever the order of
/// the columns. Empty cells, blanks and line ends do not count.
fn fingerprint<'c>(cells: impl IntoIterator<Item = (&'c str, &'c str)>) -> String {
    let mut filled: Vec<(&str, String)> = cells
        .into_iter()
        .map(|(heading, text)| (heading, text.split_whitespace().collect::<String>()))
        .filter(|(_, text)| !text.is_empty())
        .collect();
    filled.sort();
    let mut hasher = Sha256::new();
    for (heading, text) in filled {
        for part in [heading, &text] {
            hasher.update((part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
    }
    let hex: String = hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    hex[..N_DIGITS].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_and_blanks_do_not_change_a_fingerprint_and_words_do() {
        let print = fingerprint([("任务", "推进\n造林"), ("章", ""), ("条目", "(一)")]);
        assert_eq!(print, fingerprint([("条目", "(一)"), ("任务", "推进\r\n造林 ")]));
        assert_ne!(print, fingerprint([("条目", "(一)"), ("任务", "推进造")]));
        assert_ne!(print, fingerprint([("条目", "推进造林"), ("任务", "(一)")]));
    }
}
