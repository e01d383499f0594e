//! The properties of paragraphs, runs, rows and cells.

use super::{Open, Reader};
use crate::xml::Element;

impl Reader<'_> {
    /// Takes a property of a paragraph, a run, a row or a cell.
    pub(super) fn enter_property(&mut self, element: &Element<'_>) -> Option<Open> {
        let in_run = self.open.last() == Some(&Open::RunProperties);
        let in_paragraph = self.open.last() == Some(&Open::ParagraphProperties);
        let value = || element.value();
        match element.name() {
            name if name.ends_with("Change") => return None,
            "rPr" => return Some(Open::RunProperties),
            "pStyle" if in_paragraph => {
                if let Some(paragraph) = self.paragraph() {
                    paragraph.style = value();
                }
            }
            // Its children are properties of the paragraph.
            "numPr" if in_paragraph => return Some(Open::ParagraphProperties),
            "numId" if in_paragraph => {
                if let Some(paragraph) = self.paragraph() {
                    paragraph.number.list = value();
                }
            }
            "ilvl" if in_paragraph => {
                if let Some(paragraph) = self.paragraph() {
                    paragraph.number.level = value().and_then(|value| value.parse().ok());
                }
            }
            "vanish" if in_run && self.open.contains(&Open::Run) => {
                if let Some(paragraph) = self.paragraph() {
                    paragraph.hidden = element.is_on();
                }
            }
            "del" | "moveFrom" if in_run => {
                let in_end = self.open.iter().rev().nth(1) == Some(&Open::ParagraphProperties);
                if let Some(paragraph) = self.paragraph().filter(|_| in_end) {
                    paragraph.end_deleted = true;
                    self.remarks.tracked_changes = true;
                }
            }
            "del" if self.open_row() => {
                self.row().deleted = true;
                self.remarks.tracked_changes = true;
            }
            "gridBefore" if self.open_row() => self.row().n_before = columns(element),
            "gridSpan" => self.cell(|cell| cell.n_columns = columns(element)),
            "vMerge" => self.cell(|cell| cell.from_above = goes_on(element)),
            "hMerge" => self.cell(|cell| cell.from_left = goes_on(element)),
            "cellDel" => {
                self.remarks.tracked_changes = true;
                self.cell(|cell| cell.deleted = true);
            }
            _ => {}
        }
        None
    }
}

/// Returns the columns that an element counts.
fn columns(element: &Element<'_>) -> u32 {
    element.value().and_then(|value| value.trim().parse().ok()).unwrap_or(0)
}

/// Whether a merge goes on here; `restart` begins one.
fn goes_on(element: &Element<'_>) -> bool {
    element.value().as_deref() != Some("restart")
}
