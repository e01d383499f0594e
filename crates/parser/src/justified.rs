//! Running text in which a layout set many blanks: …核心产业营收突破     250亿元.
//!
//! A program that lays out the words of a printed page sets blanks where types change,
//! as many as part the columns of a table. Lines of running text are nevertheless all as wide
//! as the page's text once their blanks are left out, and the rows of a table are not.

use std::ops::Range;

use crate::lines::{
    FIRST_LINE_COLUMNS, RAGGED_COLUMNS, column_width, has_gutter, is_blank, measure,
};

/// Fewest full lines that tell how wide a text is.
const FEWEST_LINES: usize = 8;

/// Finds the paragraphs, each the source of its lines, that are running text although blanks
/// as wide as `gutter` stand in them. The result is in order.
pub(crate) fn running_text<'p>(
    source: &str,
    paragraphs: impl Iterator<Item = &'p [Range<usize>]> + Clone,
    gutter: &str,
) -> Vec<Range<usize>> {
    let is_set_wide = |pieces: &&[Range<usize>]| {
        pieces.len() > 1 && pieces.iter().any(|piece| has_gutter(&source[piece.clone()], gutter))
    };
    let set_wide: Vec<&[Range<usize>]> = paragraphs.clone().filter(is_set_wide).collect();
    if set_wide.is_empty() {
        return Vec::new();
    }
    let plain = paragraphs.filter(|pieces| !is_set_wide(pieces));
    let mut widths: Vec<usize> = plain.flat_map(|pieces| full_lines(source, pieces)).collect();
    if widths.len() < FEWEST_LINES {
        return Vec::new();
    }
    widths.sort_unstable();
    let usual = widths[widths.len() / 2];
    set_wide
        .into_iter()
        .filter(|pieces| {
            full_lines(source, pieces).all(|width| width.abs_diff(usual) <= RAGGED_COLUMNS)
        })
        .filter_map(|pieces| Some(pieces.first()?.start..pieces.last()?.end))
        .collect()
}

/// The widths of the lines of a paragraph that go to the edge: of all but its last, and but
/// those that end early since the word behind them cannot be broken.
fn full_lines<'p>(
    source: &'p str,
    pieces: &'p [Range<usize>],
) -> impl Iterator<Item = usize> + use<'p> {
    pieces.iter().zip(pieces.iter().skip(1)).enumerate().filter_map(move |(at, (line, next))| {
        let indent = if at == 0 { FIRST_LINE_COLUMNS } else { 0 };
        let broken = !source[next.start..].starts_with(|ch: char| ch.is_ascii_alphanumeric());
        broken.then(|| indent + width(&source[line.clone()]))
    })
}

/// The columns of a line without its blanks.
fn width(line: &str) -> usize {
    let columns = measure(line).map_or(0, |(_, _, right)| right);
    columns
        .saturating_sub(line.chars().filter(|&ch| is_blank(ch)).map(|ch| column_width(ch, 0)).sum())
}
