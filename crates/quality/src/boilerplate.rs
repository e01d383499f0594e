//! What is the page's, by non-blank characters.

use std::ops::Range;

use gangmu_model::Document;

use crate::source::SourceText;
use crate::{Aspect, Gold, GoldBlock, Score};

const WANTED: u8 = 1;
const READ: u8 = 2;

pub(crate) fn score(document: &Document, gold: &Gold, source: &SourceText<'_>, score: &mut Score) {
    let text = source.text();
    let mut marks = vec![0u8; text.len()];
    for block in &gold.boilerplate {
        marks[extent(block, source)].iter_mut().for_each(|mark| *mark |= WANTED);
    }
    for piece in &document.boilerplate {
        if let Some(piece) = marks.get_mut(piece.span.range()) {
            piece.iter_mut().for_each(|mark| *mark |= READ);
        }
    }
    let tally = score.entry(Aspect::Boilerplate);
    let mut differing: Vec<(u8, Range<usize>)> = Vec::new();
    for (at, ch) in text.char_indices().filter(|(_, ch)| !ch.is_whitespace() && !ch.is_control()) {
        let mark = marks[at];
        tally.expected += u64::from(mark & WANTED != 0);
        tally.read += u64::from(mark & READ != 0);
        tally.right += u64::from(mark == WANTED | READ);
        if mark == WANTED || mark == READ {
            let end = at + ch.len_utf8();
            match differing.last_mut() {
                Some((last, run)) if *last == mark && text[run.end..at].trim().is_empty() => {
                    run.end = end;
                }
                _ => differing.push((mark, at..end)),
            }
        }
    }
    for (mark, run) in differing {
        let line = source.line_of(run.start);
        let words = excerpt(&text[run]);
        if mark == WANTED {
            score.fault(Aspect::Boilerplate, line, Some(words), None);
        } else {
            score.fault(Aspect::Boilerplate, line, None, Some(words));
        }
    }
}

/// From the first words of a block to its last, which may be pieces of their
/// lines; the whole line where the words are not found on it.
fn extent(block: &GoldBlock, source: &SourceText<'_>) -> Range<usize> {
    let first = source.lines(block.line_first, block.line_first);
    let last = source.lines(block.line_last, block.line_last);
    let start = source.find(first.clone(), &block.first).first().map_or(first.start, |at| at.start);
    let end = source.find(last.clone(), &block.last).first().map_or(last.end, |at| at.end);
    start..end.max(start)
}

/// The first and last words of a run, on one line.
fn excerpt(run: &str) -> String {
    const LONGEST: usize = 24;
    let words: String = run.split_whitespace().collect::<Vec<_>>().join(" ");
    let n_chars = words.chars().count();
    if n_chars <= 2 * LONGEST {
        return words;
    }
    let head: String = words.chars().take(LONGEST).collect();
    let tail: String = words.chars().skip(n_chars - LONGEST).collect();
    format!("{head}…{tail} ({n_chars} characters)")
}
