//! Where a part of the text stood in its file.

use std::ops::Range;

/// A place in a file, as its readers would name it. Numbers begin with 1.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Place {
    /// The page of a paged file, the sheet of a workbook.
    pub page: Option<u32>,
    /// The paragraph in document order; none inside a table.
    pub paragraph: Option<u32>,
    /// The cell, inside a table.
    pub cell: Option<CellPlace>,
}

/// A cell of a table. Numbers begin with 1.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct CellPlace {
    /// The table in document order.
    pub table: u32,
    /// The row in the table, the header included.
    pub row: u32,
    /// The column in the table.
    pub column: u32,
}

/// Spans of a text, in bytes, each with its place: sorted, without overlaps.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Places {
    spans: Vec<(Range<usize>, Place)>,
}

impl Places {
    /// Adds the place of a span behind all spans added before.
    ///
    /// # Panics
    ///
    /// If the span ends before it starts, or starts before the last one ends.
    pub fn push(&mut self, span: Range<usize>, place: Place) {
        let end = self.spans.last().map_or(0, |(last, _)| last.end);
        assert!(end <= span.start && span.start <= span.end, "spans are added in order");
        self.spans.push((span, place));
    }

    /// Returns the place of the byte at an offset; `None` between places.
    pub fn at(&self, offset: usize) -> Option<Place> {
        let (span, place) =
            &self.spans[..self.spans.partition_point(|(span, _)| span.start <= offset)].last()?;
        (offset < span.end).then_some(*place)
    }

    /// Returns the spans in order.
    pub fn iter(&self) -> impl Iterator<Item = (Range<usize>, Place)> {
        self.spans.iter().cloned()
    }

    /// Whether no place is known.
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_found_by_offset() {
        let mut places = Places::default();
        assert_eq!(places.at(0), None);
        let paragraph = |n| Place { paragraph: Some(n), ..Place::default() };
        places.push(0..3, paragraph(1));
        places.push(4..9, paragraph(2));
        assert_eq!(places.at(2), Some(paragraph(1)));
        assert_eq!(places.at(3), None);
        assert_eq!(places.at(4), Some(paragraph(2)));
        assert_eq!(places.at(9), None);
    }
}
