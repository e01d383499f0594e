//! Wrapping of Chinese text: anywhere between two characters, but not inside a
//! number or a word, not before a mark that closes and not after one that opens
//! (GB/T 15834-2011 5.1: 点号 and closing marks do not begin a line).

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Fewest columns beside a lead; where there are fewer, the text begins below it.
const LEAST_HANGING: usize = 24;
const INDENT_OF_NARROW: usize = 4;

/// What sets colours back.
const RESET: &str = "\u{1b}[0m";

/// Wraps a text to lines of at most `width` terminal columns. A piece that
/// cannot be parted and is wider than that is broken where the line is full.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    text.lines().flat_map(|line| wrap_line(line, width.max(2))).collect()
}

/// Puts a text behind its lead, and what goes on below under its beginning, in
/// `columns`; on one line where there are none, as in a pipe. Colours take no room.
pub(crate) fn hanging(lead: &str, text: &str, columns: Option<usize>) -> String {
    let Some(columns) = columns else { return format!("{lead}{text}") };
    let indent = visible(lead).width();
    let is_narrow = columns < indent + LEAST_HANGING;
    let indent = if is_narrow { INDENT_OF_NARROW } else { indent };
    let lines = wrap(text, columns.saturating_sub(indent));
    let below = format!("\n{:indent$}", "");
    let gap = if is_narrow { below.as_str() } else { "" };
    format!("{lead}{gap}{}", lines.join(&below))
}

fn wrap_line(line: &str, width: usize) -> Vec<String> {
    let cells = cells(line);
    let mut lines = Vec::new();
    let mut start = 0;
    while start < cells.len() {
        let mut end = start;
        let mut used = 0;
        while end < cells.len() && (used + cells[end].width <= width || end == start) {
            used += cells[end].width;
            end += 1;
        }
        if end < cells.len() {
            let may_end = |at: &usize| may_break(cells[at - 1].shown, cells[*at].shown);
            end = (start + 1..=end).rev().find(may_end).unwrap_or(end);
        }
        let line: String = cells[start..end].iter().map(|cell| cell.text.as_str()).collect();
        lines.push(line.trim().to_owned());
        start = end;
    }
    if lines.is_empty() {
        lines.push(String::new());
    }
    lines
}

/// A character as people count them.
struct Cell<'l> {
    /// With the colours that begin or end at it.
    text: String,
    shown: &'l str,
    width: usize,
}

/// Parts a line into characters. What changes the colour is no character: it goes
/// with the next one, or with the last one where it sets the colour back.
fn cells(line: &str) -> Vec<Cell<'_>> {
    let mut cells: Vec<Cell<'_>> = Vec::new();
    let mut before = String::new();
    let mut rest = line;
    while !rest.is_empty() {
        let escape = rest.strip_prefix("\u{1b}[").and_then(|tail| tail.find('m'));
        if let Some(end) = escape.map(|end| end + "\u{1b}[m".len()) {
            let (escape, tail) = rest.split_at(end);
            match cells.last_mut() {
                Some(last) if escape == RESET => last.text.push_str(escape),
                _ => before.push_str(escape),
            }
            rest = tail;
            continue;
        }
        let shown = rest.graphemes(true).next().unwrap_or(rest);
        cells.push(Cell { text: std::mem::take(&mut before) + shown, shown, width: shown.width() });
        rest = &rest[shown.len()..];
    }
    if let Some(last) = cells.last_mut() {
        last.text.push_str(&before);
    }
    cells
}

/// Returns a text without its colours.
fn visible(text: &str) -> String {
    cells(text).into_iter().map(|cell| cell.shown).collect()
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
    fn colours_take_no_room_and_part_nothing() {
        check("\u{1b}[1m省林草局\u{1b}[0m、省水", 8, &["\u{1b}[1m省林草", "局\u{1b}[0m、省水"]);
        check("\u{1b}[1m7603\u{1b}[0m万亩", 4, &["\u{1b}[1m7603\u{1b}[0m", "万亩"]);
    }

    #[test]
    fn what_goes_on_stands_under_the_beginning() {
        let text = "一二三四五六七八九十一二三四五六七八";
        assert_eq!(
            hanging("依据  ", text, Some(30)),
            "依据  一二三四五六七八九十一二\n      三四五六七八"
        );
        assert_eq!(hanging("依据  ", text, None), format!("依据  {text}"));
        assert_eq!(hanging("c1.m1.i2.s3  ", "一二三", Some(30)), "c1.m1.i2.s3  \n    一二三");
    }

    #[test]
    fn line_feeds_are_kept() {
        check("到2027年\n到2035年", 8, &["到2027年", "到2035年"]);
        check("", 8, &[]);
    }
}
