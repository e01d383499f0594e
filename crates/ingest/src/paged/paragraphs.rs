//! From lines to paragraphs.
//!
//! A line goes on from the one before where that one is full and this one is
//! neither indented nor set in other letters nor further down than lines are
//! apart. A number at the beginning parts paragraphs as well, except that in a
//! text whose first lines are indented, 第三条 at the edge may stand inside a
//! sentence.

use super::LinedPage;
use super::grid::{Grid, OpenTable};
use super::lines::Line;
use crate::error::Error;
use crate::options::Limits;
use crate::writer::TextWriter;

/// An indentation, in letters, from which on a line begins a paragraph.
const INDENT: f32 = 0.8;

/// How much shorter than the others a full line may be, in letters, beside the
/// word that had no room on it.
const SLACK: f32 = 1.2;

/// How much further apart than usual lines of one paragraph never stand.
const APART: f32 = 1.5;

/// How much letters of one paragraph differ in size.
const SAME_SIZE: f32 = 0.15;

/// How many times the size of most letters those of a title are.
const TITLE_SIZE: f32 = 1.2;

/// Lines of a file below which their ends do not tell how wide its text is.
const N_LINES: usize = 20;

/// Between which edges the lines of a page stand.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
struct Column {
    left: f32,
    right: f32,
    /// How far lines stand apart.
    pitch: f32,
}

/// Joins the lines of a file.
pub(super) struct Joiner {
    columns: Vec<Column>,
    /// Whether paragraphs begin with an indented line.
    is_indented: bool,
    /// The size of most letters.
    size: f32,
}

impl Joiner {
    /// Looks at how the lines of all pages stand.
    pub(super) fn new(pages: &[LinedPage]) -> Self {
        let lines = || pages.iter().flat_map(|page| &page.lines);
        let n_letters = |line: &Line| line.text.chars().count() as f32;
        let size = common(lines().map(|line| (line.size, n_letters(line))), 0.5).unwrap_or(1.0);
        // Where no line tells how wide the text is, or two of a few short ones end alike,
        // a table does.
        let right = pages.iter().flat_map(|page| &page.grids).filter_map(|grid| grid.xs.last());
        let right = right.copied().fold(0.0, f32::max);
        let mut whole = column(&lines().collect::<Vec<_>>(), size, Column::default());
        if lines().count() < N_LINES && whole.right < right - size * 4.0 {
            whole.right = right;
        }
        let columns: Vec<Column> = pages
            .iter()
            .map(|page| {
                let fallback = if page.is_half { Column::default() } else { whole };
                column(&page.lines.iter().collect::<Vec<_>>(), size, fallback)
            })
            .collect();
        let mut n_lines = 0;
        let mut n_indented = 0;
        for (page, column) in pages.iter().zip(&columns) {
            for line in &page.lines {
                let indent = (line.left - column.left) / size;
                n_lines += 1;
                n_indented += usize::from((1.5..2.6).contains(&indent));
            }
        }
        Self { columns, is_indented: n_indented * 10 >= n_lines, size }
    }

    /// Writes paragraphs and tables, each with the pages it stands on.
    pub(super) fn write(
        &self,
        pages: &mut [LinedPage],
        limits: Limits,
        writer: &mut TextWriter,
    ) -> Result<(), Error> {
        let mut parts: Vec<(u32, String)> = Vec::new();
        let mut before: Option<(&Line, Column, u32)> = None;
        let mut table: Option<OpenTable> = None;
        for (page, column) in pages.iter_mut().zip(&self.columns) {
            let LinedPage { number, lines, grids, .. } = page;
            let number = *number;
            let mut grids = std::mem::take(grids).into_iter().peekable();
            let lines = lines.iter().map(Some).chain(std::iter::once(None));
            for line in lines {
                let is_above = |grid: &Grid| line.is_none_or(|line| grid.top < line.baseline);
                while let Some(grid) = grids.next_if(is_above) {
                    writer.paragraph_in_parts(&std::mem::take(&mut parts))?;
                    before = None;
                    table = OpenTable::begin_or_extend(table, grid, number, limits, writer)?;
                }
                let Some(line) = line else { continue };
                if let Some(table) = table.take() {
                    table.write(limits, writer)?;
                }
                let goes_on = before.is_some_and(|(above, above_column, above_number)| {
                    let is_same_page = above_number == number;
                    self.goes_on((above, above_column), (line, *column), is_same_page)
                });
                if !goes_on {
                    writer.paragraph_in_parts(&std::mem::take(&mut parts))?;
                }
                let glue = parts.last().map_or("", |(_, above)| glue(above, &line.text));
                match parts.last_mut() {
                    Some((part_number, text)) if *part_number == number => {
                        text.push_str(glue);
                        text.push_str(&line.text);
                    }
                    _ => parts.push((number, format!("{glue}{}", line.text))),
                }
                before = Some((line, *column, number));
            }
        }
        writer.paragraph_in_parts(&parts)?;
        table.map_or(Ok(()), |table| table.write(limits, writer))
    }

    /// Whether a line goes on from the one above it.
    fn goes_on(
        &self,
        (above, above_column): (&Line, Column),
        (line, column): (&Line, Column),
        is_same_page: bool,
    ) -> bool {
        let gap = line.baseline - above.baseline;
        if (above.size - line.size).abs() > SAME_SIZE * self.size
            || (is_same_page && gap > APART * column.pitch.max(line.size * 1.2))
            || above.right < above_column.right - (SLACK + first_word(&line.text)) * line.size
        {
            return false;
        }
        if line.left > column.left + INDENT * line.size {
            // The second line of a title stands in the middle, not at the edge.
            let middle = |left: f32, right: f32| (left + right) / 2.0;
            let off = middle(line.left, line.right) - middle(column.left, column.right);
            return line.size > TITLE_SIZE * self.size
                && off.abs() < line.size
                && !line.text.starts_with(['（', '(', '〔', '［']);
        }
        let is_ended =
            above.text.ends_with(['。', '；', '：', '！', '？', ';', ':', '”', '）', ')', '.']);
        !begins_with_marker(&line.text) || (self.is_indented && !is_ended)
    }
}

/// Returns the width of what no line is broken within, at the beginning of a text,
/// in letters: a letter or a Latin word with the marks that cling to it.
pub(super) fn first_word(text: &str) -> f32 {
    let is_opening = |ch: &char| "（(《〈“‘「『〔［【".contains(*ch);
    let is_closing = |ch: &char| "，。、；：？！）)》〉”’」』〕］】%％".contains(*ch);
    let is_latin = |ch: &char| ch.is_ascii_alphanumeric() || "./-".contains(*ch);
    let width = |ch: char| if ch.is_ascii() { 0.55 } else { 1.0 };
    let mut letters = text.chars().peekable();
    let mut total = 0.0;
    while let Some(ch) = letters.next_if(is_opening) {
        total += width(ch);
    }
    match letters.next() {
        Some(ch) if is_latin(&ch) => {
            total += width(ch);
            while let Some(ch) = letters.next_if(is_latin) {
                total += width(ch);
            }
        }
        Some(ch) => total += width(ch),
        None => {}
    }
    while let Some(ch) = letters.next_if(is_closing) {
        total += width(ch);
    }
    total
}

/// Returns what stands between two lines of a paragraph.
pub(super) fn glue(above: &str, line: &str) -> &'static str {
    let is_letter = |ch: Option<char>| ch.is_some_and(|ch| ch.is_ascii_alphabetic());
    let before = above.chars().next_back();
    let is_mark = matches!(before, Some(',' | ';' | ':' | '.'));
    if (is_letter(before) || is_mark) && is_letter(line.chars().next()) { " " } else { "" }
}

/// Returns the edges of lines: the outermost that several lines share, those of
/// `fallback` where none do.
fn column(lines: &[&Line], size: f32, fallback: Column) -> Column {
    let shared = |edges: Vec<f32>, fallback: f32| {
        let is_shared = |at: &usize| {
            edges[*at..].iter().take_while(|edge| **edge - edges[*at] < size * 0.6).count() >= 2
        };
        (0..edges.len()).find(is_shared).map_or(fallback, |at| edges[at])
    };
    let sorted = |edge: &dyn Fn(&Line) -> f32| {
        let mut edges: Vec<f32> = lines.iter().map(|line| edge(line)).collect();
        edges.sort_by(f32::total_cmp);
        edges
    };
    let (lefts, rights) = (sorted(&|line| line.left), sorted(&|line| -line.right));
    let mut gaps: Vec<f32> = lines
        .windows(2)
        .map(|two| two[1].baseline - two[0].baseline)
        .filter(|gap| *gap > 0.0)
        .collect();
    gaps.sort_by(f32::total_cmp);
    let left = shared(lefts, fallback.left);
    let right = -shared(rights, -fallback.right);
    // A page of short lines says nothing of where full ones end or begin.
    let is_known = fallback.right > fallback.left;
    Column {
        left: if is_known && left > fallback.left + size * 4.0 { fallback.left } else { left },
        right: if is_known && right < fallback.right - size * 4.0 { fallback.right } else { right },
        pitch: gaps.get(gaps.len() / 2).copied().unwrap_or(fallback.pitch),
    }
}

/// Returns the value that weighs most, values within a step being one.
fn common(values: impl Iterator<Item = (f32, f32)>, step: f32) -> Option<f32> {
    let mut weights: std::collections::BTreeMap<i32, f32> = std::collections::BTreeMap::new();
    for (value, weight) in values {
        *weights.entry((value / step).round() as i32).or_default() += weight;
    }
    let (at, _) = weights.into_iter().max_by(|a, b| a.1.total_cmp(&b.1))?;
    Some(at as f32 * step)
}

/// Whether a line begins with a number as paragraphs do: 一、（一）1. 1、 ① 第一条.
pub(super) fn begins_with_marker(text: &str) -> bool {
    let is_han = |ch: char| "〇零一二三四五六七八九十百千".contains(ch);
    let n_of = |text: &str, is_digit: &dyn Fn(char) -> bool| {
        text.chars().take_while(|ch| is_digit(*ch)).map(char::len_utf8).sum::<usize>()
    };
    let (opened, rest) = match text.strip_prefix(['（', '(']) {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let n_han = n_of(rest, &is_han);
    let n_ascii = n_of(rest, &|ch| ch.is_ascii_digit());
    let behind = &rest[n_han.max(n_ascii)..];
    if opened {
        return n_han.max(n_ascii) > 0 && behind.starts_with(['）', ')']);
    }
    if n_han > 0 {
        return behind.starts_with('、');
    }
    if n_ascii > 0 {
        // 3.5% is a number, 1.推进 is a marker.
        let decimal =
            behind.starts_with('.') && behind[1..].starts_with(|ch: char| ch.is_ascii_digit());
        return n_ascii <= 3 && !decimal && behind.starts_with(['、', '.', '．']);
    }
    if let Some(rest) = text.strip_prefix('第') {
        let n = n_of(rest, &|ch| is_han(ch) || ch.is_ascii_digit());
        return n > 0 && rest[n..].starts_with(['编', '章', '节', '条']);
    }
    matches!(text.chars().next(), Some('\u{2460}'..='\u{2473}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_marker_is_known_by_its_form() {
        for marked in [
            "一、总体要求",
            "（十二）推进",
            "(3)落实",
            "1.推进",
            "12、推进",
            "第十二条 凡",
            "第一章 总则",
            "①推进",
        ] {
            assert!(begins_with_marker(marked), "{marked}");
        }
        for other in
            ["3.5%以上", "2025年", "一是推进", "（征求意见稿）", "第三方评估", "十五五", "推进", ""]
        {
            assert!(!begins_with_marker(other), "{other}");
        }
    }

    #[test]
    fn a_word_is_what_no_line_is_broken_within() {
        let near = |text: &str, width: f32| (first_word(text) - width).abs() < 0.01;
        assert!(
            near("推进建设", 1.0) && near("《意见》", 2.0) && near("局）、", 3.0) && near("", 0.0)
        );
        assert!(near("2027年", 2.2) && near("1.25以下", 2.2) && near("15%以上", 1.65));
    }

    #[test]
    fn latin_words_are_parted_at_the_end_of_a_line() {
        assert_eq!(glue("China", "Policy"), " ");
        assert_eq!(glue("推进", "建设"), "");
        assert_eq!(glue("达到20", "25"), "");
    }
}
