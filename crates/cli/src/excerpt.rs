//! A line of text with a place in it marked, as compilers show it.

use std::ops::Range;

use gangmu_tables::plain_cell;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// A piece of a line and the carets under it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Excerpt {
    /// The piece, with … where the line goes on.
    pub(crate) text: String,
    /// Blanks and carets that stand under the place.
    pub(crate) carets: String,
}

/// Shows the bytes `place` of a line in at most `width` terminal columns, a
/// wide character counting two. A long line is cut to a window around the
/// place; where the place alone is too long, its beginning is shown.
pub(crate) fn excerpt(line: &str, place: Range<usize>, width: usize) -> Excerpt {
    let cells: Vec<(usize, &str)> = line.grapheme_indices(true).collect();
    let columns = |range: Range<usize>| -> usize {
        cells[range].iter().map(|(_, cell)| plain_cell(cell).width()).sum()
    };
    let first = cells.partition_point(|(at, _)| *at < place.start);
    let last = cells.partition_point(|(at, _)| *at < place.end).max(first);
    let budget = width.saturating_sub(2 * ELLIPSIS.width());
    let (mut from, mut to, mut used) = (first, first, 0);
    let cost = |at: usize| plain_cell(cells[at].1).width();
    while to < last && used + cost(to) <= budget {
        used += cost(to);
        to += 1;
    }
    loop {
        let before = from.checked_sub(1).filter(|&at| used + cost(at) <= budget);
        if let Some(at) = before {
            used += cost(at);
            from = at;
        }
        let after = (to < cells.len()).then_some(to).filter(|&at| used + cost(at) <= budget);
        if let Some(at) = after {
            used += cost(at);
            to = at + 1;
        }
        if before.is_none() && after.is_none() {
            break;
        }
    }
    let lead = if from > 0 { ELLIPSIS } else { "" };
    let tail = if to < cells.len() { ELLIPSIS } else { "" };
    let body: String = cells[from..to].iter().map(|(_, cell)| plain_cell(cell)).collect();
    let n_blanks = lead.width() + columns(from..first);
    let n_carets = columns(first..last.min(to)).max(1);
    Excerpt {
        text: format!("{lead}{body}{tail}"),
        carets: format!("{}{}", " ".repeat(n_blanks), "^".repeat(n_carets)),
    }
}

const ELLIPSIS: &str = "…";

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, word: &str, width: usize, expected: (&str, &str)) {
        let at = line.find(word).unwrap();
        let excerpt = excerpt(line, at..at + word.len(), width);
        assert_eq!((excerpt.text.as_str(), excerpt.carets.as_str()), expected);
        assert!(excerpt.text.width() <= width.max(4));
    }

    #[test]
    fn wide_characters_count_two() {
        check("A省发展改革委", "发展", 40, ("A省发展改革委", "   ^^^^"));
        check("a\tb", "b", 40, ("a b", "  ^"));
    }

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        check("一二三四五六七八九十", "五", 12, ("…三四五六七…", "     ^^"));
        check("一二三四五六七八九十", "一", 12, ("一二三四五…", "^^"));
        check("一二三四五六七八九十", "四五六七八九十", 12, ("…四五六七八…", " ^^^^^^^^^^"));
    }

    #[test]
    fn an_empty_place_and_an_empty_line_have_one_caret() {
        assert_eq!(excerpt("", 0..0, 40).carets, "^");
        assert_eq!(excerpt("一二", 6..6, 40).carets, "    ^");
    }
}
