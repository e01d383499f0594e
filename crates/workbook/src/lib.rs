//! Sheets that offices print and fill in.
//!
//! Goes in: a [`Book`] of plain rows under headings, made by whoever knows what
//! they mean. Comes out: the bytes of an XLSX file ([`write()`]) that shows all of
//! its text on paper and on a screen. The same book gives the same bytes.
//!
//! A book is written anew when its source changes, and people have typed into
//! the older one meanwhile: [`Previous`] takes the rows of that one, as any
//! reader of workbooks gives them, and [`Previous::carry_into`] brings what was
//! typed into the row of the new book that it belongs to.

mod book;
mod carry;
mod error;
mod layout;
mod likeness;
mod mark;
mod previous;
mod xlsx;

pub use book::{Book, Cell, Column, ColumnKind, Date, Row, Sheet};
pub use error::Error;
pub use mark::MARK_SHEET;
pub use previous::{OldSheet, Previous, Report, Shape};
pub use xlsx::write;
