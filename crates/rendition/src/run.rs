//! Words of a line, and where in the source they stand.

use std::ops::Range;

/// What words are of their division.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Part {
    /// Its number.
    Marker,
    /// Its heading, or its first sentence.
    Title,
    /// The mark that ends a title, and one behind a closing bracket.
    Mark,
    /// Its own text.
    Text,
    /// A closing assignment.
    Assignment,
}

/// Words of one part that stand together.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Run {
    pub(crate) part: Part,
    pub(crate) text: String,
    /// The source offset of its first byte, where its words stand there as they
    /// are; blanks that join broken lines stand nowhere.
    pub(crate) at: Option<usize>,
}

impl Run {
    /// Returns where it stands in the source.
    pub(crate) fn source(&self) -> Option<Range<usize>> {
        self.at.map(|at| at..at + self.text.len())
    }
}

/// Adds a character to the runs of a line.
pub(crate) fn push(runs: &mut Vec<Run>, part: Part, ch: char, at: Option<usize>) {
    if let Some(last) = runs.last_mut()
        && last.part == part
        && match (last.source(), at) {
            (Some(source), Some(at)) => source.end == at,
            (None, None) => true,
            _ => false,
        }
    {
        last.text.push(ch);
        return;
    }
    runs.push(Run { part, text: ch.to_string(), at });
}

/// Finds the words of a quotation in a stretch of the source: signs of markup and
/// blanks that the quotation leaves out are stepped over.
pub(crate) fn align(source: &str, range: Range<usize>, quoted: &str, part: Part) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut wanted = quoted.chars().peekable();
    let mut ahead = source[range.clone()].char_indices().peekable();
    while let Some(&ch) = wanted.peek() {
        match ahead.peek() {
            Some(&(at, found)) if found == ch => {
                push(&mut runs, part, ch, Some(range.start + at));
                wanted.next();
                ahead.next();
            }
            Some(&(_, found)) if !ch.is_whitespace() || is_blank(found) => {
                ahead.next();
            }
            // A blank where lines were joined, or words that stand nowhere.
            _ => {
                push(&mut runs, part, ch, None);
                wanted.next();
            }
        }
    }
    runs
}

/// Parts runs where their words hold a line feed.
pub(crate) fn lines(runs: &[Run]) -> Vec<Vec<Run>> {
    let mut lines = vec![Vec::new()];
    for run in runs {
        let mut start = 0;
        for (n, piece) in run.text.split('\n').enumerate() {
            if n > 0 {
                lines.push(Vec::new());
            }
            if let Some(line) = lines.last_mut().filter(|_| !piece.is_empty()) {
                let at = run.at.map(|at| at + start);
                line.push(Run { part: run.part, text: piece.to_owned(), at });
            }
            start += piece.len() + 1;
        }
    }
    lines
}

/// White space, and characters that print nothing.
pub(crate) fn is_blank(ch: char) -> bool {
    ch.is_whitespace()
        || ch.is_control()
        || matches!(ch, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{00ad}')
}

/// Marks that close a run-in title and belong to no field.
pub(crate) fn is_title_end(ch: char) -> bool {
    matches!(ch, '。' | '：' | ':' | '．' | '.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations_are_found_over_signs_and_broken_lines() {
        let source = "前**甲乙\n  丙**丁";
        let runs = align(source, 3..source.len(), "甲乙丙丁", Part::Text);
        let found: Vec<_> =
            runs.iter().map(|run| (&*run.text, &source[run.source().unwrap()])).collect();
        assert_eq!(found, [("甲乙", "甲乙"), ("丙", "丙"), ("丁", "丁")]);
        let joined = align("use\nRust", 0..8, "use Rust", Part::Text);
        assert_eq!(joined.iter().map(|run| &*run.text).collect::<String>(), "use Rust");
    }
}
