//! Running text in which a layout set many blanks: …核心产业营收突破     250亿元.
//!
//! A program that lays out the words of a printed page sets blanks where types change,
//! as many as part the columns of a table. Lines of running text are nevertheless all as wide
//! as the page's text once their blanks are left out, and the rows of a table are not.

use std::ops::Range;

use crate::cell_forms::is_han;
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
                && pieces.iter().all(|piece| !parts_words(&source[piece.clone()], gutter))
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

/// Whether a gutter stands between two Han characters, where no change of type explains it.
fn parts_words(line: &str, gutter: &str) -> bool {
    line.match_indices(gutter).any(|(at, _)| {
        let behind = line[at..].trim_start_matches(is_blank);
        line[..at].ends_with(is_han) && behind.starts_with(is_han)
    })
}

/// The columns of a line without its blanks.
fn width(line: &str) -> usize {
    let columns = measure(line).map_or(0, |(_, _, right)| right);
    columns
        .saturating_sub(line.chars().filter(|&ch| is_blank(ch)).map(|ch| column_width(ch, 0)).sum())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(paragraph: &str) -> usize {
        let plain =
            "坚持以科技创新为引领推动产业深度融合发展加快培育\n新质生产力。\n".repeat(FEWEST_LINES);
        let text = plain + paragraph;
        let mut start = 0;
        let lines: Vec<Range<usize>> = text
            .split_inclusive('\n')
            .map(|line| {
                let range = start..start + line.trim_end().len();
                start += line.len();
                range
            })
            .collect();
        let paragraphs: Vec<&[Range<usize>]> = lines.chunks(2).collect();
        running_text(&text, paragraphs.into_iter(), "     ").len()
    }

    #[test]
    fn blanks_before_figures_of_running_text_part_no_columns() {
        assert_eq!(found("到2027年力争全市人工智能核心产业营收突破     250亿\n元。\n"), 1);
    }

    #[test]
    fn the_rows_of_a_table_stay_parted() {
        assert_eq!(found("产业园     省级平台建设\n企业。\n"), 0);
        assert_eq!(found("中国移动长三角中心建设     项目规划建设新机房\n企业。\n"), 0);
    }
}
