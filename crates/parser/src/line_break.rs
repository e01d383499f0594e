//! Line breaks that Markdown writes as a tag of HTML, `<br>`, and the tables in which a page
//! was laid out: one cell of theirs holds the whole text, its lines parted by such tags.
//!
//! Goes in: the decoded text. Comes out: where the tags stand, and which lines between | are
//! no rows of a table.

use std::ops::Range;

use gangmu_model::MarkerStyle;

use crate::fold::fold;
use crate::lines::is_blank;
use crate::marker::recognise;

/// How the tag is written.
const TAGS: [&str; 3] = ["<br>", "<br/>", "<br />"];

/// Whether a text may hold such tags; most hold none.
pub(crate) fn may_stand_in(text: &str) -> bool {
    memchr::memmem::find(text.as_bytes(), b"<br").is_some()
}

/// The length of the tag that a text begins with; 0 where none does.
pub(crate) fn tag_len(text: &str) -> usize {
    TAGS.iter().find(|tag| text.starts_with(**tag)).map_or(0, |tag| tag.len())
}

/// The tags in a text, in order.
pub(crate) fn tags(text: &str) -> impl Iterator<Item = Range<usize>> {
    memchr::memmem::find_iter(text.as_bytes(), b"<br").filter_map(|at| {
        let len = tag_len(&text[at..]);
        (len > 0).then(|| at..at + len)
    })
}

/// Where the first line of some words ends: behind the tag, and the blanks and tags behind it.
pub(crate) fn first_line_end(words: &str) -> Option<usize> {
    let mut end = tags(words).next()?.end;
    loop {
        let rest = words[end..].trim_start_matches(is_blank);
        match tag_len(rest) {
            0 => return Some(words.len() - rest.len()),
            len => end = words.len() - rest.len() + len,
        }
    }
}

/// Finds the blocks of lines between | in which a page was laid out, in order.
pub(crate) fn layout_tables(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    if !may_stand_in(text) {
        return found;
    }
    // The block that the lines before are, and whether one of them holds the text.
    let mut block: Option<(Range<usize>, bool)> = None;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        if line.trim_start_matches(is_blank).starts_with('|') {
            let (place, holds) = block.get_or_insert((start..end, false));
            place.end = end;
            *holds = *holds || holds_text(line);
        } else if let Some((place, true)) = block.take() {
            found.push(place);
        }
        start = end;
    }
    found.extend(block.filter(|(_, holds)| *holds).map(|(place, _)| place));
    found
}

/// Whether a line is one long cell in which lines open with the numbers of chapters or articles.
fn holds_text(line: &str) -> bool {
    const SHORTEST: usize = 600;
    const FEWEST: usize = 2;
    const LONGEST_NUMBER: usize = 16;
    let cell = line.trim_matches(|ch| is_blank(ch) || ch == '|');
    if cell.len() < SHORTEST || cell.contains('|') {
        return false;
    }
    let numbered = tags(cell).filter(|tag| {
        let words = cell[tag.end..].trim_start_matches(is_blank);
        let end = words.char_indices().nth(LONGEST_NUMBER).map_or(words.len(), |(at, _)| at);
        recognise(&fold(&words[..end])).is_some_and(|marker| {
            matches!(
                marker.style,
                MarkerStyle::HanComma | MarkerStyle::HanChapter | MarkerStyle::HanArticle
            )
        })
    });
    numbered.take(FEWEST).count() == FEWEST
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_ends_behind_its_tags() {
        assert_eq!(first_line_end("甲<br>乙"), Some("甲<br>".len()));
        assert_eq!(first_line_end("甲<br/> <br />　乙<br>丙"), Some("甲<br/> <br />　".len()));
        assert_eq!(first_line_end("甲<b>乙"), None);
    }

    #[test]
    fn a_cell_that_holds_the_text_tells_a_layout() {
        let words = "加强领导，落实责任。".repeat(12);
        let text = format!(
            "甲\n| |\n| --- |\n| 关于整治的通知 |\n| 通知如下：<br>一、目标<br>{words}<br>二、重点<br>{words} |\n乙\n"
        );
        let tables = layout_tables(&text);
        assert_eq!(tables.len(), 1);
        assert!(text[tables[0].clone()].starts_with("| |"));
        assert!(text[tables[0].end..].starts_with('乙'));
        let tasks = format!("| 1 | 一、目标<br>二、重点<br>{words}{words} | 市商务局 |\n");
        assert!(layout_tables(&tasks).is_empty());
    }
}
