//! Which tables of a page are tables, and which only set it out.

use super::labels;
use super::tree::Flat;

/// What a `<table>` is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// Rows and columns of facts.
    Data,
    /// The table of metadata above a document: 索引号, 发文机关, 成文日期.
    Labels,
    /// A box, or the columns of the page.
    Layout,
}

/// What a box opens with, which is a table of one column.
const BOX: &str = "专栏";

/// Han characters above which a cell that holds most of a table is a text.
const TEXT_IN_A_CELL: usize = 400;

/// Whether the element is a table of facts or of metadata.
pub(super) fn is_data(flat: &Flat<'_>, at: usize) -> bool {
    flat.element(at).is_some_and(|element| element.name() == "table")
        && kind(flat, at) != Kind::Layout
}

/// Says what the table at an index is.
pub(super) fn kind(flat: &Flat<'_>, at: usize) -> Kind {
    let part = flat.part(at);
    let (mut n_rows, mut n_wide_rows, mut n_in_row) = (0, 0, 0);
    let (mut n_labels, mut largest) = (0, 0);
    let (mut n_cells, mut is_box) = (0, false);
    for (inner, element) in flat.elements(at + 1..part.end) {
        match element.name() {
            "table" | "h1" | "h2" => return Kind::Layout,
            "tr" => {
                n_wide_rows += usize::from(n_in_row >= 2);
                n_rows += 1;
                n_in_row = 0;
            }
            "td" | "th" => {
                n_in_row += 1;
                let cell = flat.part(inner);
                n_cells += 1;
                is_box |= n_cells == 1 && flat.squeezed_text(cell.clone()).starts_with(BOX);
                largest = largest.max(flat.prose(&cell));
                if cell.len() < 40 {
                    n_labels += usize::from(labels::opens(&flat.squeezed_text(cell)));
                }
            }
            _ => {}
        }
    }
    n_wide_rows += usize::from(n_in_row >= 2);
    if n_labels >= 2 && n_rows <= 20 {
        Kind::Labels
    } else if is_box && n_rows >= 2 && n_wide_rows == 0 {
        Kind::Data
    } else if n_wide_rows < 2 || largest > TEXT_IN_A_CELL && largest * 10 > flat.prose(&part) * 8 {
        Kind::Layout
    } else {
        Kind::Data
    }
}
