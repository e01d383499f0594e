//! The text as lines: where each stands, how far it is indented, how wide it is.
//!
//! Goes in: the decoded text. Comes out: its non-blank lines in order. Text that
//! was flattened onto one line is cut where numbers open divisions, and a word
//! of a page's side menu is cut off the line it was printed beside, so that what
//! follows sees ordinary lines.

use std::ops::Range;

use gangmu_model::BoilerplateReason;

use crate::grid::Grid;
use crate::line_break;
use crate::{glued, run_on};

/// One line, or one piece of a line that was cut.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    /// Byte range in the source, without blanks at either end.
    pub(crate) source: Range<usize>,
    /// Columns of white space before it; a wide blank counts two.
    pub(crate) indent: usize,
    /// The column after its last character; a wide character counts two.
    pub(crate) right: usize,
    /// Whether a blank line, or the start of the text, stands before it.
    pub(crate) after_blank: bool,
    /// How many form feeds stand before it.
    pub(crate) page: usize,
    /// Whether it is a piece cut off a longer line.
    pub(crate) piece: bool,
    /// What it is where it is the page's: a word of a menu at its side, its number inside a table.
    pub(crate) set_aside: Option<BoilerplateReason>,
    /// Which table it is: all lines of one are one here.
    pub(crate) grid: Option<usize>,
}

/// A line this long is no paragraph that somebody set as one.
const FLATTENED_BYTES: usize = 4_500;

/// The same, in a text that has no more than [`FEW_LINES`] lines altogether.
const FLATTENED_BYTES_IN_FEW_LINES: usize = 400;
const FEW_LINES: usize = 3;

/// Bytes of an ordinary line, from which their number is guessed.
const BYTES_A_LINE: usize = 160;

/// Columns of blank that part a side menu from the text.
const GUTTER_COLUMNS: usize = 6;

/// Columns by which a full line may miss the right edge (two wide characters
/// and a mark that may not open a line).
pub(crate) const RAGGED_COLUMNS: usize = 6;

/// Columns that a first line lacks where its indentation is lost.
pub(crate) const FIRST_LINE_COLUMNS: usize = 4;

/// Cuts a text into its non-blank lines, each of its tables one of them.
pub(crate) fn lines(text: &str, grids: &[Grid]) -> Vec<Line> {
    let mut lines = Vec::with_capacity(text.len() / BYTES_A_LINE);
    let few_lines =
        memchr::memchr_iter(b'\n', text.trim().as_bytes()).take(FEW_LINES).count() < FEW_LINES;
    let flattened = if few_lines { FLATTENED_BYTES_IN_FEW_LINES } else { FLATTENED_BYTES };
    let mut after_blank = true;
    let mut page = 0;
    let has_tags = line_break::may_stand_in(text);
    let mut start = 0;
    let mut line_end = 0;
    let mut upcoming = grids.iter().enumerate().peekable();
    while start < text.len() {
        // Behind a tag the line goes on, and its end is known.
        if start >= line_end {
            line_end = memchr::memchr2(b'\n', b'\r', &text.as_bytes()[start..])
                .map_or(text.len(), |at| start + at);
        }
        let behind_tag = match has_tags {
            true => line_break::first_line_end(&text[start..line_end]).map(|at| start + at),
            false => None,
        };
        let behind_tag = behind_tag.filter(|&behind| behind < line_end);
        let end = behind_tag.unwrap_or(line_end);
        let raw = &text[start..end];
        page += memchr::memchr_iter(b'\x0c', raw.as_bytes()).count();
        match measure(raw) {
            None => after_blank = true,
            Some((indent, range, right)) => {
                let source = start + range.start..start + range.end;
                if let Some((at, grid)) =
                    upcoming.next_if(|(_, grid)| grid.source.start == source.start)
                {
                    let source = grid.source.clone();
                    let turns = |range: Range<usize>| {
                        memchr::memchr_iter(b'\x0c', &text.as_bytes()[range]).count()
                    };
                    let inside = grid.furniture.iter().map(|line| Line {
                        source: line.clone(),
                        indent: 0,
                        right: 0,
                        after_blank: true,
                        page: page + turns(grid.source.start..line.start),
                        piece: true,
                        set_aside: Some(BoilerplateReason::Footer),
                        grid: None,
                    });
                    start = source.end;
                    lines.push(Line {
                        source,
                        indent: 0,
                        right: 0,
                        after_blank,
                        page,
                        piece: true,
                        set_aside: None,
                        grid: Some(at),
                    });
                    lines.extend(inside);
                    page += turns(grid.source.clone());
                    after_blank = false;
                    // What ends its last line is read as the end of a line.
                    continue;
                }
                push_line(
                    text,
                    Line {
                        source,
                        indent,
                        right,
                        after_blank,
                        page,
                        piece: false,
                        set_aside: None,
                        grid: None,
                    },
                    flattened,
                    &mut lines,
                );
                after_blank = false;
            }
        }
        if behind_tag.is_some() {
            start = end;
            continue;
        }
        start = end + 1;
        if text.as_bytes().get(end) == Some(&b'\r') && text.as_bytes().get(start) == Some(&b'\n') {
            start += 1;
        }
    }
    if is_double_spaced(&lines) {
        lines.iter_mut().filter(|line| !line.piece).for_each(|line| line.after_blank = false);
    }
    let lines = glued::part_head_and_foot(text, run_on::part_lines(text, lines));
    cut_side_menu(text, lines)
}

/// Whether a blank line stands between all lines, so that it parts none of them.
fn is_double_spaced(lines: &[Line]) -> bool {
    const FEWEST_LINES: usize = 12;
    let (n_lines, n_after_blank) = lines
        .iter()
        .filter(|line| !line.piece)
        .fold((0, 0), |(n, after), line| (n + 1, after + usize::from(line.after_blank)));
    n_lines >= FEWEST_LINES && n_after_blank * 20 >= n_lines * 19
}

fn push_line(text: &str, line: Line, flattened: usize, lines: &mut Vec<Line>) {
    let words = &text[line.source.clone()];
    let is_long = words.len() >= flattened
        || words.len() >= FLATTENED_BYTES_IN_FEW_LINES
            && (run_on::holds_chapters(words) || run_on::holds_articles(words));
    if !is_long {
        lines.push(line);
        return;
    }
    let cuts = run_on::flattened_cuts(text, line.source.clone());
    if cuts.len() < 3 {
        lines.push(line);
        return;
    }
    let ends = cuts.iter().map(|cut| cut.start).chain([line.source.end]);
    let starts = [line.source.start].into_iter().chain(cuts.iter().map(|cut| cut.end));
    for (at, (start, end)) in starts.zip(ends).enumerate() {
        if let Some((_, range, right)) = measure(&text[start..end]) {
            lines.push(Line {
                source: start + range.start..start + range.end,
                indent: 0,
                right,
                after_blank: line.after_blank || at > 0,
                page: line.page,
                piece: true,
                set_aside: None,
                grid: None,
            });
        }
    }
}

/// Returns the indentation, the range without outer blanks and the right edge
/// of a line; `None` where it is blank.
pub(crate) fn measure(raw: &str) -> Option<(usize, Range<usize>, usize)> {
    let mut indent = 0;
    let mut column = 0;
    let mut start = None;
    let mut end = (0, 0);
    let mut at = 0;
    while at < raw.len() {
        let run = wide_run(&raw.as_bytes()[at..]);
        if run > 0 {
            if start.is_none() {
                start = Some(at);
                indent = column;
            }
            at += run;
            column += run / 3 * 2;
            end = (at, column);
        }
        let n_blanks = raw.as_bytes()[at..].iter().take_while(|&&byte| byte == b' ').count();
        at += n_blanks;
        column += n_blanks;
        let Some(ch) = raw[at..].chars().next() else { break };
        if ch.is_ascii_graphic() {
            if start.is_none() {
                start = Some(at);
                indent = column;
            }
            at += 1;
            column += 1;
            end = (at, column);
            continue;
        }
        let blank = is_blank(ch);
        if !blank && start.is_none() {
            start = Some(at);
            indent = column;
        }
        column += column_width(ch, column);
        at += ch.len_utf8();
        if !blank {
            end = (at, column);
        }
    }
    start.map(|start| (indent, start..end.0, end.1))
}

/// Returns the length of the characters that bytes open with which are no blanks
/// and two columns wide, nearly all of a text: U+4000 to U+DFFF, the marks from
/// U+3001 to U+303F, and U+FF00 to U+FF7F.
fn wide_run(bytes: &[u8]) -> usize {
    let mut len = 0;
    while let Some([lead, middle, last]) = bytes.get(len..len + 3) {
        let wide = match lead {
            0xe4..=0xed => true,
            0xe3 => *middle == 0x80 && *last > 0x80,
            0xef => matches!(middle, 0xbc | 0xbd),
            _ => false,
        };
        if !wide {
            break;
        }
        len += 3;
    }
    len
}

/// Blanks inside a line that part the columns of a printed table.
pub(crate) const GUTTER: &str = "        ";

/// Whether blanks that part the columns of a printed table stand in a line.
pub(crate) fn has_gutter(line: &str, gutter: &str) -> bool {
    // Few lines have a blank inside, and its byte is found at once.
    memchr::memchr(b' ', line.as_bytes()).is_some_and(|at| line[at..].contains(gutter))
}

/// White space, and what prints nothing.
pub(crate) fn is_blank(ch: char) -> bool {
    ch.is_whitespace()
        || ch.is_control()
        || matches!(ch, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{00ad}')
}

/// The columns a character takes on a terminal or a typed page.
pub(crate) fn column_width(ch: char, column: usize) -> usize {
    match ch {
        '\t' => 4 - column % 4,
        _ if (ch as u32) < 0x1100 => usize::from(!ch.is_control()),
        '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => 0,
        '\u{2000}'..='\u{206f}' => {
            if matches!(ch, '\u{2014}' | '\u{2018}'..='\u{201d}' | '\u{2026}') { 2 } else { 1 }
        }
        _ => 2,
    }
}

/// Cuts the words of a page's side menu off the lines they were printed beside:
/// two or more short words at the left edge of a page whose text is set far in.
fn cut_side_menu(text: &str, lines: Vec<Line>) -> Vec<Line> {
    // Pages are in order, so those with two such words stand side by side.
    let beside: Vec<usize> =
        lines.iter().filter(|line| side_word(text, line).is_some()).map(|line| line.page).collect();
    let pages: Vec<usize> = beside
        .chunk_by(|page, next| page == next)
        .filter(|words| words.len() > 1)
        .map(|words| words[0])
        .collect();
    if pages.is_empty() {
        return lines;
    }
    let mut cut = Vec::with_capacity(lines.len() + 8);
    for line in lines {
        if pages.binary_search(&line.page).is_err() {
            cut.push(line);
            continue;
        }
        match side_word(text, &line) {
            Some((word, rest, indent)) => {
                cut.push(Line {
                    source: word,
                    set_aside: Some(BoilerplateReason::Navigation),
                    ..line.clone()
                });
                cut.push(Line { source: rest, indent, after_blank: false, ..line });
            }
            None => {
                let alone = line.indent <= 4 && is_menu_word(&text[line.source.clone()]);
                let set_aside = line.set_aside.or(alone.then_some(BoilerplateReason::Navigation));
                cut.push(Line { set_aside, ..line });
            }
        }
    }
    cut
}

fn is_menu_word(word: &str) -> bool {
    (2..=4).contains(&word.chars().count())
        && word.chars().all(|ch| ('\u{4e00}'..='\u{9fff}').contains(&ch))
}

/// A word of two to four Han characters near the left edge, a wide blank, and text.
fn side_word(text: &str, line: &Line) -> Option<(Range<usize>, Range<usize>, usize)> {
    if line.indent > 4 || line.piece {
        return None;
    }
    let raw = &text[line.source.clone()];
    let (word_len, _) = raw.char_indices().take(5).find(|(_, ch)| is_blank(*ch))?;
    let word = &raw[..word_len];
    let n_chars = word.chars().count();
    if !(2..=4).contains(&n_chars)
        || !word.chars().all(|ch| ('\u{4e00}'..='\u{9fff}').contains(&ch))
    {
        return None;
    }
    let rest = raw[word_len..].trim_start();
    let gap = raw.len() - word_len - rest.len();
    if gap < GUTTER_COLUMNS {
        return None;
    }
    let start = line.source.start;
    let rest_start = line.source.end - rest.len();
    Some((start..start + word_len, rest_start..line.source.end, line.indent + 2 * n_chars + gap))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<&str> {
        lines(text, &[]).into_iter().map(|line| &text[line.source]).collect()
    }

    #[test]
    fn lines_end_in_every_usual_way() {
        assert_eq!(texts("一\r\n二\n\r三\r四\n\n　五　"), ["一", "二", "三", "四", "五"]);
        assert_eq!(texts(" \n\u{feff}\n"), Vec::<&str>::new());
    }

    #[test]
    fn indentation_and_right_edge_are_columns() {
        let found = lines("　　为贯彻A\n\x0c  二", &[]);
        assert_eq!((found[0].indent, found[0].right, found[0].page), (4, 11, 0));
        assert_eq!((found[1].indent, found[1].page, found[1].after_blank), (2, 1, false));
    }

    #[test]
    fn flattened_text_is_cut_at_numbers() {
        let item = "（一）加强领导，压实责任。".to_owned()
            + &"认真落实有关要求，".repeat(60)
            + "（责任单位：市教育局） ";
        let text = format!(
            "某市关于加强工作的通知 各区人民政府： 　　现通知如下。 一、总体要求 {item}（二）完善机制，共 30 个。（三）做好保障。{} 二、组织实施 （四）完成。",
            "甲".repeat(900)
        );
        let found = texts(&text);
        let starts: Vec<String> = found.iter().map(|line| line.chars().take(4).collect()).collect();
        assert_eq!(
            starts,
            [
                "某市关于",
                "各区人民",
                "现通知如",
                "一、总体",
                "（一）加",
                "（二）完",
                "（三）做",
                "二、组织",
                "（四）完"
            ]
        );
    }

    #[test]
    fn side_menus_are_cut_off() {
        let text = "首页\n办事        各市人民政府：\n互动        高地，现印发。\n";
        assert_eq!(texts(text), ["首页", "办事", "各市人民政府：", "互动", "高地，现印发。"]);
    }
}
