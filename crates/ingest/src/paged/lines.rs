//! From words on a page to lines.

use super::Fragment;

/// A line as a reader sees it.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Line {
    /// Without blanks at either end.
    pub(super) text: String,
    /// Where the first letter stands; blanks in front of it are an indentation.
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) baseline: f32,
    pub(super) size: f32,
    /// Its words, parted where a gap stands between them that a reader sees.
    pub(super) pieces: Vec<Piece>,
}

impl Line {
    /// Returns the line of some of its words; `None` where these are none.
    pub(super) fn part(&self, pieces: &[Piece]) -> Option<Self> {
        let (first, last) = (pieces.first()?, pieces.last()?);
        let texts: Vec<&str> = pieces.iter().map(|piece| piece.text.trim()).collect();
        let is_first = first.left <= self.left;
        Some(Self {
            text: texts.join(" "),
            left: if is_first { self.left } else { first.left },
            right: last.right,
            pieces: pieces.to_vec(),
            ..*self
        })
    }
}

/// Words of a line without a wide gap between them.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) left: f32,
    pub(super) right: f32,
}

/// How far two baselines of one line may differ, in letters.
const SAME_LINE: f32 = 0.4;

/// The gap between two Latin words, in letters.
const WORD_GAP: f32 = 0.15;

/// The gap that a reader sees between Chinese words, in letters.
const WIDE_GAP: f32 = 0.8;

/// Puts words together into lines, from the top down and from left to right.
pub(super) fn of(mut fragments: Vec<Fragment>) -> Vec<Line> {
    fragments.retain(|each| {
        let numbers = [each.left, each.right, each.baseline, each.size];
        !each.text.trim().is_empty() && each.size > 0.0 && numbers.iter().all(|n| n.is_finite())
    });
    fragments.sort_by(|a, b| a.baseline.total_cmp(&b.baseline));
    let mut lines = Vec::new();
    let mut from = 0;
    while from < fragments.len() {
        let first = &fragments[from];
        let n_beside = fragments[from..]
            .iter()
            .take_while(|each| {
                each.baseline - first.baseline < SAME_LINE * each.size.min(first.size)
            })
            .count();
        let line = &mut fragments[from..from + n_beside.max(1)];
        line.sort_by(|a, b| a.left.total_cmp(&b.left));
        lines.push(line_of(line));
        from += n_beside.max(1);
    }
    lines
}

/// Joins words that stand on one line.
fn line_of(fragments: &[Fragment]) -> Line {
    let longest = fragments.iter().max_by_key(|each| each.text.chars().count());
    let size = longest.map_or(1.0, |each| each.size);
    let mut text = String::new();
    let mut pieces: Vec<Piece> = Vec::new();
    let mut right = f32::NEG_INFINITY;
    let mut before: Option<&Fragment> = None;
    for fragment in fragments {
        if let Some(before) = before {
            // Bold print is often the same words twice, a hair apart.
            let is_twice = before.text == fragment.text
                && (fragment.left - before.left).abs() < SAME_LINE * fragment.size;
            if is_twice {
                continue;
            }
            let gap = (fragment.left - right) / fragment.size;
            let is_latin = |ch: Option<char>| ch.is_some_and(|ch| ch.is_ascii_alphanumeric());
            let between_latin =
                is_latin(text.chars().next_back()) && is_latin(fragment.text.chars().next());
            if gap > WIDE_GAP {
                text.push(' ');
                pieces.push(Piece { text: String::new(), left: fragment.left, right });
            } else if gap > WORD_GAP && between_latin {
                text.push(' ');
                pieces.iter_mut().last().into_iter().for_each(|piece| piece.text.push(' '));
            }
        } else {
            pieces.push(Piece { text: String::new(), left: fragment.left, right });
        }
        text.push_str(&fragment.text);
        right = right.max(fragment.right);
        if let Some(piece) = pieces.last_mut() {
            piece.text.push_str(&fragment.text);
            piece.right = right;
        }
        before = Some(fragment);
    }
    let left = fragments.first().map_or(0.0, |each| each.left);
    let words = text.trim_start();
    let indent: f32 = text[..text.len() - words.len()].chars().map(width).sum();
    let words = words.trim_end().replace('\0', "");
    let baseline = fragments.first().map_or(0.0, |each| each.baseline);
    Line { text: words, left: left + indent * size, right, baseline, size, pieces }
}

/// Returns the width of a blank, in letters.
fn width(blank: char) -> f32 {
    if blank == '\u{3000}' { 1.0 } else { 0.25 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fragment(text: &str, left: f32, baseline: f32) -> Fragment {
        let right = left + text.chars().count() as f32 * 10.0;
        Fragment { text: text.to_owned(), left, right, baseline, size: 10.0 }
    }

    fn texts(fragments: Vec<Fragment>) -> Vec<String> {
        of(fragments).into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn words_stand_in_the_order_in_which_they_are_read() {
        let words = vec![
            fragment("设", 120.0, 51.0),
            fragment("落实", 100.0, 80.0),
            fragment("建", 110.0, 50.0),
            fragment("推进", 85.0, 50.0),
        ];
        assert_eq!(texts(words), ["推进建设", "落实"]);
    }

    #[test]
    fn a_gap_parts_latin_words_and_columns() {
        let words = vec![
            fragment("PM", 100.0, 50.0),
            fragment("2.5", 122.0, 50.0),
            fragment("浓度", 154.0, 50.0),
            fragment("约束性", 190.0, 50.0),
        ];
        assert_eq!(texts(words), ["PM 2.5浓度 约束性"]);
    }

    #[test]
    fn words_printed_twice_are_read_once() {
        let words = vec![fragment("总则", 100.0, 50.0), fragment("总则", 100.3, 50.0)];
        assert_eq!(texts(words), ["总则"]);
    }

    #[test]
    fn blanks_in_front_are_an_indentation() {
        let lines = of(vec![fragment("\u{3000}\u{3000}推进", 100.0, 50.0)]);
        assert_eq!((lines[0].text.as_str(), lines[0].left), ("推进", 120.0));
    }
}
