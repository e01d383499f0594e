//! A workbook that people have worked in, taken over into the one that follows it.

use std::collections::HashMap;

use crate::book::{Book, Cell, Column, ColumnKind, Row, Sheet};
use crate::carry::{Anchor, Fate, carry};
use crate::mark::{MARK_SHEET, Marks};

/// Rows at the top among which the headings are looked for: people put titles above.
const HEAD_ROWS: usize = 10;

/// The rows of a sheet, as any reader of workbooks gives them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OldSheet {
    /// Its name.
    pub name: String,
    /// The rows from the top, those without any text left out.
    pub rows: Vec<Vec<String>>,
}

/// By which names a table is known: its sheet and the columns that tell its rows.
#[derive(Debug, Clone, Copy)]
pub struct Shape<'s> {
    /// The sheet of the table.
    pub table: &'s str,
    /// The sheet for rows that have no place in the table any more.
    pub lost: &'s str,
    /// The column of the title of the text that a row is about.
    pub title: &'s str,
    /// The column of the place in it: `c3.m7 第2句 第29行`.
    pub place: &'s str,
    /// The columns of what the row says.
    pub words: &'s [&'s str],
}

/// What was carried over, and what was not.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Rows in which something was typed, and which still have it in the table.
    pub n_kept: usize,
    /// Rows whose words changed where they stand: the place.
    pub reworded: Vec<String>,
    /// Rows that stand elsewhere: the old place and the new one.
    pub moved: Vec<(String, String)>,
    /// Rows that are no more, and in which nothing was typed: the place.
    pub gone: Vec<String>,
    /// Rows that are no more, and were put in the sheet for them: the place, or
    /// the first words of a row that people added.
    pub lost: Vec<String>,
    /// Rows that are one with others now, or parts of others, and in which
    /// something was typed: the place.
    pub regrouped: Vec<String>,
    /// Rows of which people changed what is written anew: the sheet and how many.
    pub edited: Vec<(String, usize)>,
    /// Sheets that people added; their texts are taken over, nothing else of them.
    pub own_sheets: Vec<String>,
}

/// A workbook that people have worked in.
#[derive(Debug)]
pub struct Previous<'s> {
    shape: Shape<'s>,
    /// The headings of the table, in the order that people gave them.
    headings: Vec<String>,
    rows: Vec<OldRow>,
    edited: Vec<(String, usize)>,
    own_sheets: Vec<OldSheet>,
}

#[derive(Debug)]
struct OldRow {
    cells: HashMap<String, String>,
    /// Whether it does not show what was written.
    edited: bool,
    /// Whether it had lost its place before.
    was_lost: bool,
}

impl<'s> Previous<'s> {
    /// Reads an older workbook; `None` where it has no table of that shape.
    pub fn read(sheets: Vec<OldSheet>, shape: Shape<'s>) -> Option<Self> {
        let marks = sheets.iter().find(|sheet| sheet.name == MARK_SHEET);
        let marks = Marks::read(marks.map_or(&[], |sheet| &sheet.rows));
        let table = sheets.iter().find(|sheet| sheet.name == shape.table)?;
        let (headings, rows) = Self::table_rows(table, shape, &marks, false)?;
        let mut previous =
            Self { shape, headings, rows, edited: Vec::new(), own_sheets: Vec::new() };
        previous.note_edited(shape.table);
        for sheet in sheets {
            if sheet.name == shape.table || sheet.name == MARK_SHEET {
                continue;
            }
            if sheet.name == shape.lost {
                if let Some((headings, rows)) = Self::table_rows(&sheet, shape, &marks, true) {
                    let new = headings.into_iter().filter(|each| !previous.headings.contains(each));
                    let new: Vec<String> = new.collect();
                    previous.headings.extend(new);
                    previous.rows.extend(rows);
                }
            } else if marks.knows(&sheet.name) {
                let n_edited = n_edited(&sheet, &marks);
                if n_edited > 0 {
                    previous.edited.push((sheet.name, n_edited));
                }
            } else if !sheet.rows.is_empty() {
                previous.own_sheets.push(sheet);
            }
        }
        Some(previous)
    }

    fn note_edited(&mut self, sheet: &str) {
        let n_edited = self.rows.iter().filter(|row| row.edited).count();
        if n_edited > 0 {
            self.edited.push((sheet.to_owned(), n_edited));
        }
    }

    /// Returns the headings of a table and its rows; `None` where it has not the
    /// columns that tell rows.
    fn table_rows(
        sheet: &OldSheet,
        shape: Shape<'_>,
        marks: &Marks,
        was_lost: bool,
    ) -> Option<(Vec<String>, Vec<OldRow>)> {
        let is_head = |row: &Vec<String>| {
            let has = |heading: &str| row.iter().any(|cell| cell.trim() == heading);
            has(shape.place) && shape.words.iter().all(|heading| has(heading))
        };
        let head = sheet.rows.iter().take(HEAD_ROWS).position(is_head)?;
        let n_columns = sheet.rows[head..].iter().map(Vec::len).max().unwrap_or(0);
        let headings = distinct_headings(&sheet.rows[head], n_columns);
        let row = |cells: &Vec<String>| {
            let named = headings.iter().map(String::as_str).zip(cells.iter().map(String::as_str));
            OldRow {
                edited: !marks.holds_known(&sheet.name, named.clone()),
                cells: named.map(|(heading, cell)| (heading.to_owned(), cell.to_owned())).collect(),
                was_lost,
            }
        };
        let rows = sheet.rows[head + 1..].iter().map(row).collect();
        Some((headings, rows))
    }

    /// Whether people did more than fill in their columns: what is lost of it in
    /// the new workbook is worth keeping the old one for.
    pub fn is_changed_by_hand(&self) -> bool {
        !self.edited.is_empty() || !self.own_sheets.is_empty()
    }

    /// Brings what people typed into the new book: the cells of their columns,
    /// the columns that they added, the order of the columns, the rows that have
    /// no place any more, their sheets.
    pub fn carry_into(self, book: &mut Book) -> Report {
        let mut report = Report { edited: self.edited.clone(), ..Report::default() };
        let Some(table) = book.sheets.iter_mut().find(|sheet| sheet.name == self.shape.table)
        else {
            return report;
        };
        let known: Vec<String> = table.columns.iter().map(|each| each.heading.clone()).collect();
        let own: Vec<String> = table
            .columns
            .iter()
            .filter(|column| column.kind == ColumnKind::Own)
            .map(|column| column.heading.clone())
            .chain(self.headings.iter().filter(|each| !known.contains(each)).cloned())
            .collect();
        arrange(table, &self.headings);
        let new: Vec<Anchor> =
            table.rows.iter().map(|row| self.anchor(&by_heading(table, row))).collect();
        let old: Vec<Anchor> = self.rows.iter().map(|row| self.anchor(&row.cells)).collect();
        let mut lost = Vec::new();
        for ((row, anchor), fate) in self.rows.iter().zip(&old).zip(carry(&old, &new)) {
            let typed: Vec<(&String, &String)> = own
                .iter()
                .filter_map(|heading| Some((heading, row.cells.get(heading)?)))
                .filter(|(_, text)| !text.trim().is_empty())
                .collect();
            let place = || self.place(anchor);
            match fate {
                Fate::Same(_) => {}
                Fate::Reworded(_) => report.reworded.push(place()),
                Fate::Moved(at) if !row.was_lost || !typed.is_empty() => {
                    report.moved.push((place(), self.place(&new[at])));
                }
                Fate::Regrouped(_) if !typed.is_empty() => report.regrouped.push(place()),
                Fate::Moved(_) | Fate::Regrouped(_) => {}
                Fate::Gone if typed.is_empty() && !row.edited && !row.was_lost => {
                    report.gone.push(place());
                }
                Fate::Gone => {
                    report.lost.push(place());
                    lost.push(&row.cells);
                }
            }
            if let Some(at) = fate.row() {
                report.n_kept += usize::from(!typed.is_empty());
                for (heading, text) in typed {
                    put(table, at, heading, text);
                }
            }
        }
        let table = &*table;
        let lost_sheet = (!lost.is_empty()).then(|| Sheet {
            name: self.shape.lost.to_owned(),
            heading: self.shape.lost.to_owned(),
            columns: table.columns.clone(),
            rows: lost.iter().map(|cells| row_of(table, cells)).collect(),
        });
        book.sheets.extend(lost_sheet);
        for sheet in self.own_sheets {
            report.own_sheets.push(sheet.name.clone());
            book.sheets.push(plain(sheet));
        }
        report
    }

    fn anchor(&self, cells: &HashMap<String, String>) -> Anchor {
        let of = |heading: &str| cells.get(heading).map_or("", String::as_str);
        let mut place = of(self.shape.place).split_whitespace();
        let squeezed = |text: &str| text.split_whitespace().collect::<String>();
        Anchor {
            text_title: squeezed(of(self.shape.title)),
            clause: place.next().unwrap_or_default().to_owned(),
            sentence: place
                .find_map(|word| word.strip_prefix('第')?.strip_suffix('句')?.parse().ok()),
            words: self.shape.words.iter().map(|heading| squeezed(of(heading))).collect(),
        }
    }

    /// Returns the place of a row as people name it; the first words of one
    /// that has none.
    fn place(&self, anchor: &Anchor) -> String {
        match (anchor.clause.as_str(), anchor.sentence) {
            ("", _) => {
                let words: String = anchor.words.chars().take(12).collect();
                if words.is_empty() { "a row without a task".to_owned() } else { words }
            }
            (clause, None) => clause.to_owned(),
            (clause, Some(sentence)) => format!("{clause} 第{sentence}句"),
        }
    }
}

/// Returns a heading for each column: none twice, and one for columns that
/// people gave none.
fn distinct_headings(row: &[String], n_columns: usize) -> Vec<String> {
    let mut headings: Vec<String> = Vec::with_capacity(n_columns);
    for at in 0..n_columns {
        let heading = row.get(at).map_or("", |cell| cell.trim());
        let heading = if heading.is_empty() { "(无标题)" } else { heading };
        let mut name = heading.to_owned();
        let mut n = 1;
        while headings.contains(&name) {
            n += 1;
            name = format!("{heading}({n})");
        }
        headings.push(name);
    }
    headings
}

/// Returns how many rows of a sheet do not show what was written.
fn n_edited(sheet: &OldSheet, marks: &Marks) -> usize {
    let Some((head, rows)) = sheet.rows.split_first() else { return 0 };
    let is_edited = |row: &&Vec<String>| {
        let cells = head.iter().map(String::as_str).zip(row.iter().map(String::as_str));
        let first = row.first().map_or("", String::as_str);
        !marks.holds_known(&sheet.name, cells) && !marks.holds(&sheet.name, [("", first)])
    };
    rows.iter().filter(is_edited).count()
}

/// Puts the columns in the order of the headings, those that are not among them
/// behind the one that they stand behind now, and adds those that are new.
fn arrange(table: &mut Sheet, headings: &[String]) {
    let mut order: Vec<(Column, Option<usize>)> = headings
        .iter()
        .map(|heading| match table.column(heading) {
            Some(at) => (table.columns[at].clone(), Some(at)),
            None => (Column::new(heading, ColumnKind::Own), None),
        })
        .collect();
    for (at, column) in table.columns.iter().enumerate() {
        if !order.iter().any(|(_, from)| *from == Some(at)) {
            let before = at.checked_sub(1);
            let to = order.iter().position(|(_, from)| from.is_some() && *from == before);
            order.insert(to.map_or(0, |to| to + 1), (column.clone(), Some(at)));
        }
    }
    for row in &mut table.rows {
        if let Row::Cells(cells) = row {
            let taken = |from: &Option<usize>| {
                from.and_then(|at| cells.get(at).cloned()).unwrap_or_default()
            };
            *cells = order.iter().map(|(_, from)| taken(from)).collect();
        }
    }
    table.columns = order.into_iter().map(|(column, _)| column).collect();
}

fn by_heading(table: &Sheet, row: &Row) -> HashMap<String, String> {
    let Row::Cells(cells) = row else { return HashMap::new() };
    let columns = table.columns.iter().map(|column| column.heading.clone());
    columns.zip(cells.iter().map(Cell::shown)).collect()
}

fn row_of(table: &Sheet, cells: &HashMap<String, String>) -> Row {
    let cell =
        |column: &Column| Cell::text(cells.get(&column.heading).cloned().unwrap_or_default());
    Row::Cells(table.columns.iter().map(cell).collect())
}

/// Puts a text in a cell, behind what another old row has put there.
fn put(table: &mut Sheet, at: usize, heading: &str, text: &str) {
    let Some(column) = table.column(heading) else { return };
    let Row::Cells(cells) = &mut table.rows[at] else { return };
    let there = cells[column].shown();
    if there.lines().any(|line| line == text) {
        return;
    }
    let joined = if there.is_empty() { text.to_owned() } else { format!("{there}\n{text}") };
    cells[column] = Cell::text(joined);
}

/// Returns a sheet of people's own, as texts under no headings.
fn plain(sheet: OldSheet) -> Sheet {
    let n_columns = sheet.rows.iter().map(Vec::len).max().unwrap_or(0);
    let cells = |row: Vec<String>| Row::Cells(row.into_iter().map(Cell::text).collect());
    Sheet {
        heading: sheet.name.clone(),
        name: sheet.name,
        columns: vec![Column::new("", ColumnKind::Own); n_columns],
        rows: sheet.rows.into_iter().map(cells).collect(),
    }
}
