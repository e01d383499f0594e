//! Wrapping of Chinese text: anywhere between two characters, but not inside a
//! number or a word, not before a mark that closes and not after one that opens
//! (GB/T 15834-2011 5.1: 点号 and closing marks do not begin a line).

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Wraps a text to lines of at most `width` terminal columns. A piece that
/// cannot be parted and is wider than that is broken where the line is full.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    text.lines().flat_map(|line| wrap_line(line, width.max(2))).collect()
}

fn wrap_line(line: &str, width: usize) -> Vec<String> {
    let cells: Vec<&str> = line.graphemes(true).collect();
    let mut lines = Vec::new();
    let mut start = 0;
    while start < cells.len() {
        let mut end = start;
        let mut used = 0;
        while end < cells.len() && (used + cells[end].width() <= width || end == start) {
            used += cells[end].width();
            end += 1;
        }
        if end < cells.len() {
            let may_end = |at: &usize| may_break(cells[at - 1], cells[*at]);
            end = (start + 1..=end).rev().find(may_end).unwrap_or(end);
        }
        lines.push(cells[start..end].concat().trim().to_owned());
        start = end;
    }
    if lines.is_empty() {
        lines.push(String::new());
    }
    lines
}

fn may_break(before: &str, after: &str) -> bool {
    let (Some(before), Some(after)) = (before.chars().next_back(), after.chars().next()) else {
        return true;
    };
    let in_word =
        |ch: char| ch.is_ascii_alphanumeric() || matches!(ch, '.' | '%' | '*' | '-' | '/');
    let parts_a_word = in_word(before) && in_word(after) && before != '-';
    !(parts_a_word || opens(before) || closes(after))
}

fn opens(ch: char) -> bool {
    matches!(ch, '(' | '（' | '《' | '〈' | '“' | '‘' | '「' | '『' | '【' | '〔' | '[')
}

fn closes(ch: char) -> bool {
    matches!(
        ch,
        ')' | '）'
            | '》'
            | '〉'
            | '”'
            | '’'
            | '」'
            | '』'
            | '】'
            | '〕'
            | ']'
            | '、'
            | '，'
            | ','
            | '。'
            | '；'
            | ';'
            | '：'
            | ':'
            | '！'
            | '!'
            | '？'
            | '?'
            | '…'
            | '—'
            | '·'
            | '％'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, width: usize, expected: &[&str]) {
        assert_eq!(wrap(text, width), expected);
    }

    #[test]
    fn numbers_stay_whole() {
        check("坚决守住7603万亩耕地", 10, &["坚决守住", "7603万亩耕", "地"]);
        check("提高至83.26%", 10, &["提高至", "83.26%"]);
        check("liaoning-meili-2024", 10, &["liaoning-", "meili-2024"]);
        check("提高至**", 7, &["提高至", "**"]);
    }

    #[test]
    fn marks_do_not_begin_or_open_the_end_of_a_line() {
        check("省林草局、省水利厅", 8, &["省林草", "局、省水", "利厅"]);
        check("推进“无废城市”建设", 6, &["推进", "“无废", "城市”", "建设"]);
    }

    #[test]
    fn what_cannot_be_parted_is_broken() {
        check("abcdefgh", 4, &["abcd", "efgh"]);
        check("、、、", 2, &["、", "、", "、"]);
        check("甲", 1, &["甲"]);
    }

    #[test]
    fn line_feeds_are_kept() {
        check("到2027年\n到2035年", 8, &["到2027年", "到2035年"]);
        check("", 8, &[]);
    }
}
