//! Printed lines that a copy tore into pieces.
//!
//! Some programs that take the text out of a PDF break a line behind its marks,
//! so that 1., 建设国际铁路枢纽。, 进一步加大力度， stand one below the other where
//! one line of the page held them all. The widths of the pieces add up to the
//! width of the page. Goes in: lines and the edge at which full ones end. Comes
//! out: which lines are pieces of one, and how wide that one was.

use std::borrow::Cow;

use crate::lines::{FIRST_LINE_COLUMNS, Line, RAGGED_COLUMNS};

/// Columns by which they may pass it: a mark that hangs over.
const OVERHANG_COLUMNS: usize = 2;

/// Fewest lines of a text that end in a comma or 、 short of the edge, for it to be torn.
const FEWEST_TORN: usize = 4;

/// Most pieces of one line.
const MOST_PIECES: usize = 12;

/// What is known of the lines of a text being pieces.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    /// For each line, whether it goes on in the row of the line above; empty where no
    /// line of the text is torn.
    goes_on: Vec<bool>,
    /// The column at which torn rows end.
    edge: usize,
}

impl Rows {
    /// Whether lines of the text are torn.
    pub(crate) fn are_torn(&self) -> bool {
        !self.goes_on.is_empty()
    }

    /// Whether a line goes on in the row of the line above.
    pub(crate) fn goes_on(&self, at: usize) -> bool {
        self.goes_on.get(at) == Some(&true)
    }

    /// Whether no line behind this one belongs to its row.
    pub(crate) fn ends(&self, at: usize) -> bool {
        !self.goes_on(at + 1)
    }

    /// Lets the pieces of a row end where it does.
    pub(crate) fn set_right<'l>(&self, lines: &'l [Line]) -> Cow<'l, [Line]> {
        if !self.are_torn() {
            return Cow::Borrowed(lines);
        }
        let mut lines = lines.to_vec();
        for (at, line) in lines.iter_mut().enumerate() {
            if self.goes_on(at) || !self.ends(at) {
                line.right = self.edge;
            }
        }
        Cow::Owned(lines)
    }
}

/// Puts the pieces of torn lines together. `opens` tells of each line whether it
/// must begin a row: a number, a label or a title opens it.
pub(crate) fn rows(text: &str, lines: &[Line], edge: Option<usize>, opens: &[bool]) -> Rows {
    let Some(edge) = edge else { return Rows::default() };
    let is_short = |line: &Line| line.right + RAGGED_COLUMNS + FIRST_LINE_COLUMNS < edge;
    let n_torn = lines
        .iter()
        .filter(|line| is_short(line) && text[line.source.clone()].ends_with(['，', ',', '、']))
        .count();
    if n_torn < FEWEST_TORN {
        return Rows::default();
    }
    let mut rows = Rows { goes_on: vec![false; lines.len()], edge };
    let mut at = 0;
    while at < lines.len() {
        let n_pieces = n_pieces(text, &lines[at..], edge, &opens[at..]);
        rows.goes_on[at + 1..at + n_pieces].fill(true);
        at += n_pieces;
    }
    rows
}

/// How many lines from the first on make one row; 1 where it stands for itself.
fn n_pieces(text: &str, lines: &[Line], edge: usize, opens: &[bool]) -> usize {
    let first = &lines[0];
    let mut right = first.right;
    for (at, line) in lines.iter().enumerate().take(MOST_PIECES).skip(1) {
        let parted = line.after_blank
            || line.page != first.page
            || line.piece
            || first.piece
            || line.indent != first.indent
            || opens[at]
            || !is_joint(&text[lines[at - 1].source.clone()], &text[line.source.clone()]);
        right += width(line);
        if parted || right > edge + OVERHANG_COLUMNS {
            break;
        }
        let reaches = |right: usize| (edge.saturating_sub(RAGGED_COLUMNS)..).contains(&right);
        // Otherwise the piece behind would still have stood in the row.
        let passes = |next: &Line| right + width(next) > edge + OVERHANG_COLUMNS;
        let is_full = lines.get(at + 1).is_none_or(passes) || opens.get(at + 1) == Some(&true);
        if is_full && (reaches(right) || reaches(right + FIRST_LINE_COLUMNS)) {
            return at + 1;
        }
    }
    1
}

/// Whether two lines of a torn text meet at quoted words: 推进, “机器+审批”, 服务。
pub(crate) fn meet_at_quotes(line: &str, next: &str) -> bool {
    let opens = next.starts_with('“') && !line.ends_with(['。', '：', ':', '；', ';']);
    opens || line.ends_with('”')
}

/// Whether a numbered line is whole, though it ends in quoted words: two side by side are not
/// torn off, and end the heading. （一）优化流程，实现“一次告知”“一表申请”.
pub(crate) fn is_heading_of_quotes(line: &str) -> bool {
    line.ends_with('”') && line.contains("”“") && !line.contains(['。', '：', '；'])
}

/// Whether a line may have been torn here: beside a mark or a figure, not between words.
fn is_joint(line: &str, next: &str) -> bool {
    let is_word = |ch: char| ch.is_alphabetic();
    !line.ends_with(is_word) || !next.starts_with(is_word)
}

fn width(line: &Line) -> usize {
    line.right - line.indent
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lines::lines;

    const PAGE: &str = "\
按照市委要求，
完整准确全面贯彻新发展理念，
加快建设现代
产业体系，
发挥区位优势，
积极服务和融入新发展格局，
推进
1.
加快建设枢纽。
进一步加大航线开辟力度，
恢复
国际航线三条，配合推进机场改扩建工程征地拆迁和管线迁改。
一般。
";

    fn rows_of(text: &str, edge: Option<usize>) -> Vec<String> {
        let lines = lines(text, &[]);
        let opens: Vec<bool> =
            lines.iter().map(|line| text[line.source.clone()].starts_with('1')).collect();
        let rows = rows(text, &lines, edge, &opens);
        let mut joined: Vec<String> = Vec::new();
        for (at, line) in lines.iter().enumerate() {
            let words = &text[line.source.clone()];
            match joined.last_mut() {
                Some(row) if rows.goes_on(at) => row.push_str(words),
                _ => joined.push(words.to_owned()),
            }
        }
        joined
    }

    #[test]
    fn pieces_that_add_up_to_a_line_are_one() {
        assert_eq!(
            rows_of(PAGE, Some(54)),
            [
                "按照市委要求，完整准确全面贯彻新发展理念，加快建设现代",
                "产业体系，发挥区位优势，积极服务和融入新发展格局，推进",
                "1.加快建设枢纽。进一步加大航线开辟力度，恢复",
                "国际航线三条，配合推进机场改扩建工程征地拆迁和管线迁改。",
                "一般。",
            ]
        );
    }

    #[test]
    fn lines_of_a_text_that_is_not_torn_stay() {
        let n_lines = PAGE.lines().count();
        assert_eq!(rows_of(PAGE, None).len(), n_lines);
        assert_eq!(rows_of(&PAGE.replace(['，', '、'], "："), Some(54)).len(), n_lines);
    }
}
