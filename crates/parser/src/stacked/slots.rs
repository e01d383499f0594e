//! The lines that may be cells of a table saved one cell a line.
//!
//! Goes in: the text from a place on. Comes out: its lines one by one, as far as they are asked
//! for; where blank lines part the cells, the lines between two of them together.

use std::ops::Range;

use super::{LONGEST_HEAD, MOST_LINES_OF_CELL};
use crate::fold::fold;
use crate::grid::{after, line_at, trimmed};
use crate::next_line::NextLine;

/// Blank lines in a row that end a table: more than a few empty cells leave.
const MOST_BLANK_LINES: usize = 8;

/// The longest cell, in bytes, where blank lines part the cells: these tell it, however long it is.
const LONGEST_PARTED_CELL: usize = 6000;

/// One line that may be a cell or a piece of one, or the lines between two blank ones.
#[derive(Debug, Clone)]
pub(super) struct Slot {
    pub(super) source: Range<usize>,
    /// Where its first line ends.
    first_end: usize,
    /// The lines behind the first.
    pub(super) more: Vec<Range<usize>>,
    pub(super) folded: String,
    /// Blank lines before it.
    pub(super) n_blank: usize,
    /// Where the line behind it begins.
    pub(super) behind: usize,
}

impl Slot {
    /// Its lines, without the blanks round them.
    pub(super) fn lines(&self) -> impl Iterator<Item = Range<usize>> {
        std::iter::once(self.source.start..self.first_end).chain(self.more.iter().cloned())
    }

    /// Takes the lines on to the next blank one.
    fn take_lines_below(&mut self, text: &str) {
        while self.behind < text.len() && self.more.len() + 1 < MOST_LINES_OF_CELL {
            let line = line_at(text, self.behind);
            let behind = after(text, line.end);
            let words = trimmed(text, line);
            if words.is_empty() || self.source.len() + words.len() > LONGEST_PARTED_CELL {
                break;
            }
            self.folded.push_str(&fold(&text[words.clone()]));
            self.source.end = words.end;
            self.behind = behind;
            self.more.push(words);
        }
    }
}

/// The lines from a place on, read as far as they are asked for.
pub(super) struct Slots<'t> {
    text: &'t str,
    pub(super) read: Vec<Slot>,
    end: usize,
    /// The longest line that may be a cell, in bytes.
    pub(super) longest: usize,
    /// Whether blank lines part the cells, so that lines between two of them are one.
    pub(super) is_parted: bool,
    is_over: bool,
    /// The heads behind the first, which a page may repeat.
    pub(super) heads: Vec<String>,
    /// The lines of repeated heads.
    pub(super) furniture: Vec<Range<usize>>,
}

impl<'t> Slots<'t> {
    pub(super) fn new(text: &'t str, start: usize, longest: usize) -> Self {
        Self {
            text,
            read: Vec::new(),
            end: start,
            longest,
            is_parted: false,
            is_over: false,
            heads: Vec::new(),
            furniture: Vec::new(),
        }
    }

    /// The same lines where blank ones part the cells.
    pub(super) fn parted(text: &'t str, start: usize) -> Self {
        Self { is_parted: true, ..Self::new(text, start, LONGEST_PARTED_CELL) }
    }

    pub(super) fn get(&mut self, at: usize) -> Option<&Slot> {
        while self.read.len() <= at && !self.is_over {
            match next_slot(self.text, self.end, self.longest) {
                Some(mut slot) => {
                    if self.is_parted {
                        slot.take_lines_below(self.text);
                    }
                    self.end = slot.behind;
                    self.read.push(slot);
                }
                None => self.is_over = !self.passes_heads(),
            }
        }
        self.read.get(at)
    }

    /// Goes behind the heads where a page repeats them and the rows count on.
    fn passes_heads(&mut self) -> bool {
        let first = NextLine::find(self.text, self.end, MOST_BLANK_LINES);
        let is_head = |first: &NextLine| fold(&self.text[first.words.clone()]) == "序号";
        let Some(first) = first.filter(|first| !self.heads.is_empty() && is_head(first)) else {
            return false;
        };
        let mut end = first.behind;
        let mut lines = vec![first.words];
        for head in &self.heads {
            let Some(mut slot) = next_slot(self.text, end, LONGEST_HEAD) else { return false };
            if self.is_parted {
                slot.take_lines_below(self.text);
            }
            if slot.folded != *head {
                return false;
            }
            end = slot.behind;
            lines.extend(slot.lines());
        }
        // Another table of the same heads counts from 1.
        if next_slot(self.text, end, self.longest).is_none_or(|slot| slot.folded == "1") {
            return false;
        }
        self.end = end;
        self.furniture.extend(lines);
        true
    }

    pub(super) fn is_number(&mut self, at: usize, number: usize) -> bool {
        self.get(at).is_some_and(|slot| slot.folded.len() <= 4 && slot.folded == number.to_string())
    }
}

/// The next line that is not blank, if it may be of such a table.
pub(super) fn next_slot(text: &str, start: usize, longest: usize) -> Option<Slot> {
    let NextLine { words: source, n_blank, behind } =
        NextLine::find(text, start, MOST_BLANK_LINES)?;
    let words = &text[source.clone()];
    if source.len() > longest || words.contains(['\t', '|']) {
        return None;
    }
    let folded = fold(words);
    let opens_another = folded == "序号" || folded == "序" || opens_note(&folded);
    let (first_end, more) = (source.end, Vec::new());
    (!opens_another).then_some(Slot { source, more, first_end, folded, n_blank, behind })
}

/// 注：…, 数据来源：…
fn opens_note(folded: &str) -> bool {
    ["注:", "备注:", "说明:", "来源:", "数据来源:"]
        .iter()
        .any(|opening| folded.starts_with(opening))
}
