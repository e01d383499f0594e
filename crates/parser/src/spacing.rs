//! Whether a blank line parts paragraphs, or stands between all lines.

use crate::lines::{GUTTER, Line, has_gutter};

/// Where a blank line stands between all lines, so that it parts none of them: in the
/// whole document, or on single pages beside which tables are set close.
pub(crate) struct Spacing {
    document: bool,
    pages: Vec<bool>,
}

impl Spacing {
    /// Fewest lines by which a page is told.
    const FEWEST_LINES: usize = 8;

    pub(crate) fn of(text: &str, lines: &[Line]) -> Self {
        let is_double = |lines: &[Line]| {
            let n_after_blank = lines.iter().filter(|line| line.after_blank).count();
            n_after_blank * 5 >= lines.len() * 4
        };
        let is_text = |page: &[Line]| {
            let in_columns = |line: &&Line| has_gutter(&text[line.source.clone()], GUTTER);
            page.iter().filter(in_columns).count() * 5 < page.len()
        };
        let pages = lines
            .chunk_by(|one, other| one.page == other.page)
            .filter(|page| page.len() >= Self::FEWEST_LINES && is_double(page) && is_text(page))
            .map(|page| page[0].page);
        let mut double = vec![false; lines.last().map_or(0, |line| line.page + 1)];
        pages.for_each(|page| double[page] = true);
        Self { document: is_double(lines), pages: double }
    }

    /// Whether a blank line parts a line from the one above it.
    pub(crate) fn parts(&self, line: &Line) -> bool {
        line.after_blank && !self.document && !self.pages[line.page]
    }
}
