//! Places in the text, by line and by folded words.

use std::ops::Range;

use crate::GoldClause;

/// A text with the starts of its lines.
pub(crate) struct SourceText<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> SourceText<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        let starts =
            std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { text, starts }
    }

    pub(crate) fn text(&self) -> &'t str {
        self.text
    }

    /// Returns the bytes of the lines `first..=last`, 1-based, cut at the end of the text.
    pub(crate) fn lines(&self, first: u32, last: u32) -> Range<usize> {
        let start = self.start(first);
        start..self.start(last.saturating_add(1)).max(start)
    }

    fn start(&self, line: u32) -> usize {
        let index = (line as usize).saturating_sub(1);
        self.starts.get(index).copied().unwrap_or(self.text.len())
    }

    /// Returns the 1-based line of a byte.
    pub(crate) fn line_of(&self, at: usize) -> u32 {
        self.starts.partition_point(|&start| start <= at) as u32
    }

    /// Returns every place inside `region` where the words stand, width and
    /// blanks left out of account.
    pub(crate) fn find(&self, region: Range<usize>, words: &str) -> Vec<Range<usize>> {
        let wanted: Vec<char> = fold(words).chars().collect();
        if wanted.is_empty() {
            return Vec::new();
        }
        let base = region.start;
        let shadow: Vec<(char, Range<usize>)> = self.text[region]
            .char_indices()
            .filter_map(|(at, ch)| {
                let start = base + at;
                Some((fold_char(ch)?, start..start + ch.len_utf8()))
            })
            .collect();
        shadow
            .windows(wanted.len())
            .filter(|window| window.iter().map(|(ch, _)| ch).eq(&wanted))
            .map(|window| window[0].1.start..window[window.len() - 1].1.end)
            .collect()
    }

    /// Returns every place where a clause of gold may stand: its joined words,
    /// else its words on their line, else the line.
    pub(crate) fn places(&self, clause: &GoldClause) -> Vec<Range<usize>> {
        let line = self.lines(clause.line, clause.line);
        if let Some(joined) = &clause.joined {
            let first = clause.line_start.unwrap_or(clause.line);
            let last = clause.line_end.unwrap_or(clause.line);
            let places = self.find(self.lines(first, last), joined);
            if !places.is_empty() {
                return places;
            }
        }
        let places = self.find(line.clone(), &clause.text);
        if places.is_empty() { vec![line] } else { places }
    }
}

/// Folds width and leaves out blanks and what prints nothing.
pub(crate) fn fold(text: &str) -> String {
    text.chars().filter_map(fold_char).collect()
}

fn fold_char(ch: char) -> Option<char> {
    match ch {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(ch as u32 - 0xfee0),
        '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{00ad}' => None,
        _ if ch.is_whitespace() || ch.is_control() => None,
        _ => Some(ch),
    }
}

/// Returns whether two byte ranges share a byte.
pub(crate) fn overlap(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

/// Returns the number of bytes that two ranges share.
pub(crate) fn shared(one: &Range<usize>, other: &Range<usize>) -> usize {
    one.end.min(other.end).saturating_sub(one.start.max(other.start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_across_a_broken_line() {
        let text = "甲\n培育５０个以上高质\n   量语料库\n";
        let source = SourceText::new(text);
        let found = source.find(source.lines(2, 3), "50个以上高质量语料库");
        assert_eq!(found.len(), 1);
        assert_eq!(&text[found[0].clone()], "５０个以上高质\n   量语料库");
        assert_eq!(source.line_of(found[0].end - 1), 3);
    }

    #[test]
    fn lines_past_the_end_are_empty() {
        let source = SourceText::new("甲\n乙");
        assert_eq!(source.lines(2, 2), 4..7);
        assert!(source.lines(5, 9).is_empty());
    }
}
