//! The numbered notes below a table: 注：1. …, then 2. … on lines of their own.
//!
//! They say how its figures are counted, and are no divisions of the document.

use crate::fold::fold;
use crate::grid::Grid;
use crate::next_line::NextLine;

/// Blank lines that may stand before a note.
const MOST_BLANK_LINES: usize = 3;

/// The words that open the first note.
const OPENINGS: [&str; 3] = ["注:", "备注:", "说明:"];

/// Bytes at the start of a line in which its number stands.
const OPENING_BYTES: usize = 40;

/// Adds to a table that ends at `end` the notes below it; returns where they end.
pub(crate) fn add(text: &str, grid: &mut Grid, end: usize) -> usize {
    let mut end = end;
    let mut number = 1;
    if grid.is_box {
        return end;
    }
    while let Some(note) = NextLine::find(text, end, MOST_BLANK_LINES)
        && opens_note(&text[note.words.clone()], number)
    {
        grid.source.end = note.words.end;
        grid.notes.push(note.words);
        number += 1;
        end = note.behind;
    }
    end
}

/// 注：1. of the first note, 2. of the second.
fn opens_note(line: &str, number: usize) -> bool {
    let opening = line.char_indices().map(|(at, _)| at).find(|&at| at >= OPENING_BYTES);
    let folded = fold(&line[..opening.unwrap_or(line.len())]);
    let numbered = match number {
        1 => OPENINGS.iter().find_map(|opening| folded.strip_prefix(opening)),
        _ => Some(folded.as_str()),
    };
    let rest = numbered.and_then(|words| words.strip_prefix(&number.to_string()));
    // 3.5 is an amount.
    // Markdown writes 2\\. for a number that opens no list.
    let rest = rest.map(|rest| rest.strip_prefix('\\').unwrap_or(rest));
    let words = rest.and_then(|rest| rest.strip_prefix(['.', '、', '。']));
    words.is_some_and(|words| !words.starts_with(|ch: char| ch.is_ascii_digit()))
}
