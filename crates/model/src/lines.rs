//! From byte offsets to lines and columns.

use std::ops::Range;

use crate::Span;

/// Bytes between two character counts kept in advance, so that a column on a
/// line of many megabytes costs one block and not the line.
const BLOCK_BYTES: usize = 512;

/// Bytes whose characters a `u8` can count.
const CHUNK_BYTES: usize = 128;

/// The line starts and character counts of one text, for making [`Span`]s.
///
/// A line ends at U+000A alone; a carriage return or a form feed belongs to
/// the line it stands on.
///
/// ```
/// use gangmu_model::LineTable;
///
/// let table = LineTable::new("一、总体要求\n到2027年");
/// let span = table.span(19..22);
/// assert_eq!((span.line(), span.column()), (2, 1));
/// assert_eq!(table.span(26..27).column(), 6);
/// ```
#[derive(Debug, Clone)]
pub struct LineTable<'t> {
    text: &'t str,
    starts: Vec<u32>,
    chars_before_block: Vec<u32>,
}

impl<'t> LineTable<'t> {
    /// Reads the text once. Offsets are `u32`: a text of 4 GiB or more is cut
    /// in what it can address, which callers prevent by a size limit.
    pub fn new(text: &'t str) -> Self {
        let mut starts = vec![0];
        starts.extend(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at as u32 + 1));
        let mut chars_before_block = Vec::with_capacity(text.len() / BLOCK_BYTES + 1);
        let mut total = 0u32;
        for block in text.as_bytes().chunks(BLOCK_BYTES) {
            chars_before_block.push(total);
            total += count_chars(block);
        }
        chars_before_block.push(total);
        Self { text, starts, chars_before_block }
    }

    /// Returns the text the table was made from.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// Returns the number of lines; an empty text has one.
    pub fn n_lines(&self) -> usize {
        self.starts.len()
    }

    /// Returns the span of a byte range, moved inwards to character boundaries
    /// and cut at the end of the text.
    pub fn span(&self, range: Range<usize>) -> Span {
        let start = self.floor_char_boundary(range.start);
        let end = self.floor_char_boundary(range.end).max(start);
        let line = self.starts.partition_point(|&line_start| line_start as usize <= start);
        let line_start = self.starts[line - 1] as usize;
        let column = self.chars_before(start) - self.chars_before(line_start) + 1;
        Span::new(start as u32, end as u32, line as u32, column)
    }

    /// Returns the text of a 1-based line without its line end, or `None` past
    /// the last line.
    pub fn line(&self, line: u32) -> Option<&'t str> {
        let index = (line as usize).checked_sub(1)?;
        let start = *self.starts.get(index)? as usize;
        let end = self.starts.get(index + 1).map_or(self.text.len(), |&next| next as usize);
        Some(self.text[start..end].trim_end_matches(['\n', '\r']))
    }

    fn floor_char_boundary(&self, offset: usize) -> usize {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    }

    fn chars_before(&self, offset: usize) -> u32 {
        let block = offset / BLOCK_BYTES;
        self.chars_before_block[block]
            + count_chars(&self.text.as_bytes()[block * BLOCK_BYTES..offset])
    }
}

/// Counts characters as bytes that do not continue one. Chunks whose count fits a
/// byte are what the compiler counts sixteen bytes at a time.
fn count_chars(bytes: &[u8]) -> u32 {
    let count = |chunk: &[u8]| chunk.iter().map(|&byte| u8::from((byte as i8) >= -64)).sum::<u8>();
    bytes.chunks(CHUNK_BYTES).map(|chunk| u32::from(count(chunk))).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_across_blocks() {
        let text = format!("{}\n{}", "甲".repeat(1000), "乙".repeat(1000));
        let table = LineTable::new(&text);
        let last = text.len() - "乙".len();
        let span = table.span(last..text.len());
        assert_eq!((span.line(), span.column()), (2, 1000));
        assert_eq!(table.n_lines(), 2);
    }

    #[test]
    fn ranges_are_moved_to_boundaries_and_cut() {
        let table = LineTable::new("省厅");
        let span = table.span(1..99);
        assert_eq!(span.range(), 0..6);
        let reversed = std::ops::Range { start: 6, end: 3 };
        assert!(table.span(reversed).is_empty());
    }

    #[test]
    fn lines_are_given_without_their_ends() {
        let table = LineTable::new("一\r\n二");
        assert_eq!(table.line(1), Some("一"));
        assert_eq!(table.line(2), Some("二"));
        assert_eq!(table.line(3), None);
        assert_eq!(table.line(0), None);
    }
}
