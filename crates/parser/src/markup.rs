//! Signs of Markdown and of web pages that a saved text still carries:
//! **第一条**, # 标题, ![](…), [words](…), &nbsp;.
//!
//! Goes in: the decoded text. Comes out: where signs stand, so that the folded
//! text and quotes leave them out while spans still point at the source. A text
//! in which no sign stands as Markdown writes it is plain: **% in it is a
//! redacted figure. Links to files are signs in plain text too, for web pages
//! are read into it with their attachments.

use std::borrow::Cow;
use std::ops::Range;

use crate::line_break;
use crate::lines::is_blank;

/// Where the signs of a text stand.
#[derive(Debug, Default)]
pub(crate) struct Markup {
    /// In order, without overlaps.
    signs: Vec<Range<usize>>,
    /// The end of the block of `key: value` lines at the top; 0 where there is none.
    pub(crate) front_matter_end: usize,
}

impl Markup {
    /// Finds the signs of a text.
    pub(crate) fn find(text: &str) -> Self {
        let front_matter_end = front_matter_end(text);
        let mut markup = Self { signs: Vec::new(), front_matter_end };
        let is_markdown = front_matter_end > 0 || is_markdown(text);
        let is_plain = !is_markdown
            && memchr::memchr(b'&', text.as_bytes()).is_none()
            && memchr::memmem::find(text.as_bytes(), b"](").is_none()
            && !line_break::may_stand_in(text);
        if is_plain {
            return markup;
        }
        let mut layouts = line_break::layout_tables(text).into_iter().peekable();
        let mut start = front_matter_end;
        while start < text.len() {
            let end = memchr::memchr2(b'\n', b'\r', &text.as_bytes()[start..])
                .map_or(text.len(), |at| start + at);
            while layouts.next_if(|layout| layout.end <= start).is_some() {}
            let is_laid_out = layouts.peek().is_some_and(|layout| layout.start <= start);
            let writing = Writing { is_markdown, is_laid_out };
            read_line(text, start..end, writing, &mut markup.signs);
            start = end + 1;
        }
        markup
    }

    /// Returns the parts of a range that are no signs, in order.
    pub(crate) fn outside(&self, range: Range<usize>) -> impl Iterator<Item = Range<usize>> {
        let first = self.signs.partition_point(|sign| sign.end <= range.start);
        let signs = self.signs[first..].iter().take_while(move |sign| sign.start < range.end);
        let starts = std::iter::once(range.start).chain(signs.clone().map(|sign| sign.end));
        let ends = signs.map(|sign| sign.start).chain([range.end]);
        starts.zip(ends).map(|(start, end)| start..end).filter(|part| part.start < part.end)
    }

    /// Returns a range without its signs.
    pub(crate) fn without_signs<'t>(&self, text: &'t str, range: Range<usize>) -> Cow<'t, str> {
        let mut parts = self.outside(range.clone());
        match (parts.next(), parts.next()) {
            (first, None) => Cow::Borrowed(&text[first.unwrap_or(range.end..range.end)]),
            _ => Cow::Owned(self.quote(text, range)),
        }
    }

    /// Whether the line that begins at an offset is a heading.
    pub(crate) fn heads(&self, text: &str, line: usize) -> bool {
        let at = self.signs.partition_point(|sign| sign.end <= line);
        self.signs.get(at).is_some_and(|sign| sign.start == line && text[line..].starts_with('#'))
    }

    /// Quotes a range without its signs.
    pub(crate) fn quote(&self, text: &str, range: Range<usize>) -> String {
        let mut quoted = String::with_capacity(range.len());
        self.push_quoted(&mut quoted, text, range);
        quoted
    }

    /// Adds a range without its signs to what is quoted already.
    pub(crate) fn push_quoted(&self, quoted: &mut String, text: &str, range: Range<usize>) {
        if self.signs.is_empty() {
            return quoted.push_str(text.get(range).unwrap_or(""));
        }
        for part in self.outside(range) {
            quoted.push_str(&text[part]);
        }
    }

    /// Returns the range with the signs at either end that nothing but blanks part from it.
    pub(crate) fn with_signs(&self, text: &str, range: Range<usize>) -> Range<usize> {
        let in_line = |ch: char| is_blank(ch) && !matches!(ch, '\n' | '\r');
        let touches = |gap: Range<usize>| text.get(gap).is_some_and(|gap| gap.chars().all(in_line));
        let Range { mut start, mut end } = range.clone();
        let before = self.signs.partition_point(|sign| sign.end <= start);
        for sign in self.signs[..before].iter().rev() {
            if !touches(sign.end..start) {
                break;
            }
            start = sign.start;
        }
        // Within a line they belong to what stands before them.
        let before = text[..start].trim_end_matches(in_line);
        if !(before.is_empty() || before.ends_with(['\n', '\r'])) {
            start = range.start;
        }
        let behind = self.signs.partition_point(|sign| sign.start < end);
        for sign in &self.signs[behind..] {
            if !touches(end..sign.start) {
                break;
            }
            end = sign.end;
        }
        start..end
    }
}

/// Lines with a sign that tell a text as Markdown.
const FEWEST_MARKED_LINES: usize = 2;

/// Whether lines are written as Markdown writes headings and bold ones: one
/// heading, or two lines that open in bold.
fn is_markdown(text: &str) -> bool {
    let may_be = memchr::memmem::find(text.as_bytes(), b"**").is_some()
        || memchr::memmem::find(text.as_bytes(), b"# ").is_some();
    may_be
        && text
            .lines()
            .map(str::trim_start)
            .filter(|line| heading_len(line) > 0 || opens_bold(line))
            .map(|line| if line.starts_with('#') { FEWEST_MARKED_LINES } else { 1 })
            .take(FEWEST_MARKED_LINES)
            .sum::<usize>()
            >= FEWEST_MARKED_LINES
}

/// Whether a line opens with words in bold: **第一条** …
fn opens_bold(line: &str) -> bool {
    let Some(rest) = line.strip_prefix("**") else { return false };
    rest.find("**").is_some_and(|end| {
        let words = &rest[..end];
        words.starts_with(is_word_or_opening) && words.contains(is_word)
    })
}

fn is_word(ch: char) -> bool {
    ch.is_alphanumeric()
}

fn is_word_or_opening(ch: char) -> bool {
    is_word(ch) || matches!(ch, '（' | '(' | '《' | '“' | '【' | '〔' | '[')
}

/// Returns the length of `## ` at the start of a line.
fn heading_len(line: &str) -> usize {
    let n_signs = line.bytes().take_while(|byte| *byte == b'#').count();
    let is_heading = (1..=6).contains(&n_signs) && line[n_signs..].starts_with(' ');
    if is_heading { n_signs + 1 } else { 0 }
}

/// Returns the end of a block between two lines of --- at the very top that
/// holds `key: value` lines.
fn front_matter_end(text: &str) -> usize {
    const LONGEST: usize = 60;
    let Some(body) = text.strip_prefix("---\n").or_else(|| text.strip_prefix("---\r\n")) else {
        return 0;
    };
    let mut at = text.len() - body.len();
    let mut n_keys = 0;
    for line in body.split_inclusive('\n').take(LONGEST) {
        at += line.len();
        if line.trim_end() == "---" {
            return if n_keys > 0 { at } else { 0 };
        }
        let key = line.split(':').next().unwrap_or("");
        n_keys += usize::from(
            line.contains(':')
                && !key.is_empty()
                && key.bytes().all(|byte| byte.is_ascii_graphic()),
        );
    }
    0
}

/// How a line is written.
#[derive(Debug, Clone, Copy)]
struct Writing {
    /// As one of Markdown.
    is_markdown: bool,
    /// As one of a table in which a page was laid out.
    is_laid_out: bool,
}

/// Adds the signs of one line.
fn read_line(text: &str, line: Range<usize>, writing: Writing, signs: &mut Vec<Range<usize>>) {
    let Writing { is_markdown, is_laid_out } = writing;
    let words = text[line.clone()].trim();
    let mut at = line.end - text[line.clone()].trim_start().len();
    let end = at + words.len();
    let is_frame = |ch| matches!(ch, '|' | '-' | ':' | ' ');
    if is_markdown && is_rule(words)
        || is_laid_out && !words.is_empty() && words.chars().all(is_frame)
    {
        signs.push(at..end);
        return;
    }
    let bold = if is_markdown { bold_signs(text, at..end) } else { Vec::new() };
    if is_markdown {
        let opening = opening_len(words);
        if opening > 0 {
            signs.push(at..at + opening);
            at += opening;
        }
    }
    let opened = at;
    let mut bold = bold.into_iter().skip_while(|sign| sign.start < opened).peekable();
    // Where a link closes whose words were opened.
    let mut link: Option<Range<usize>> = None;
    while at < end {
        at += to_next_sign(&text.as_bytes()[at..end]);
        let rest = &text[at..end];
        let len = if let Some(closing) = link.take_if(|closing| closing.start == at) {
            closing.len()
        } else if bold.next_if(|sign| sign.start == at).is_some() {
            2
        } else if rest.starts_with('<') {
            line_break::tag_len(rest)
        } else if rest.starts_with('|') {
            usize::from(is_laid_out)
        } else if rest.starts_with('&') {
            blank_entity_len(rest)
        } else if is_markdown && rest.starts_with("![") {
            link_parts(rest, 1).map_or(0, |parts| parts.end)
        } else if is_markdown && rest.starts_with("[![") {
            linked_picture_len(rest)
        } else if link.is_none()
            && let Some(parts) = link_parts(rest, 0)
            && (is_markdown || names_file(&rest[parts.start + 2..parts.end - 1]))
        {
            link = Some(at + parts.start..at + parts.end);
            1
        } else if is_markdown && escapes(rest) {
            1
        } else {
            0
        };
        if len > 0 {
            signs.push(at..at + len);
            at += len;
            if rest.starts_with('\\') {
                // What is escaped is no sign.
                at += text[at..end].chars().next().map_or(0, char::len_utf8);
            }
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
}

/// Returns how far the next byte is that a sign of a line's words begins with.
fn to_next_sign(bytes: &[u8]) -> usize {
    let is_sign =
        |byte: &u8| matches!(byte, b'&' | b'!' | b'[' | b']' | b'*' | b'\\' | b'<' | b'|');
    bytes.iter().position(is_sign).unwrap_or(bytes.len())
}

/// A line of nothing but --- or ***.
fn is_rule(words: &str) -> bool {
    words.len() >= 3
        && ['-', '*', '_'].iter().any(|sign| words.chars().all(|ch| ch == *sign || ch == ' '))
}

/// Returns the length of what opens a heading, a quotation or an entry of a list.
fn opening_len(words: &str) -> usize {
    let heading = heading_len(words);
    let opens = ["> ", "- ", "* "].iter().any(|sign| words.starts_with(sign));
    let len = if heading == 0 && opens { 2 } else { heading };
    // All blanks behind it go with it, so that nothing stands between it and the words.
    words.len() - if len > 0 { words[len..].trim_start().len() } else { words.len() }
}

/// Finds the ** of a line that stand in pairs round words. Two that stand in
/// running words with a mark between them are redacted figures:
/// 达到**亿元，增长**亿元.
fn bold_signs(text: &str, line: Range<usize>) -> Vec<Range<usize>> {
    let words = &text[line.clone()];
    let mut signs: Vec<Range<usize>> = Vec::new();
    let mut open: Option<usize> = None;
    let mut at = 0;
    while let Some(found) = words[at..].find("**") {
        let sign = at + found;
        at = sign + 2;
        let Some(start) = open else {
            let opens = |ch: char| is_word_or_opening(ch) || ch == '*';
            // **——坚持创新。** opens an entry of a list.
            let adjoins = signs.last().is_some_and(|last| last.end == line.start + sign);
            if words[at..].starts_with(opens)
                || words[at..].starts_with("——")
                || adjoins
                || is_mark_of_number(&words[..sign], &words[at..])
            {
                open = Some(sign);
            }
            continue;
        };
        let inner = &words[start + 2..sign];
        let within = words[..start].ends_with(is_word)
            && words[at..].starts_with(is_word)
            && inner.contains(['，', ',', '、', '；', '。']);
        // **术语标准****。**: bold words that were set in two runs.
        let goes_on =
            signs.last().is_some_and(|last| last.end == line.start + start) && !inner.is_empty();
        // ****(四)推动保护****: bold set twice.
        let twice = inner.is_empty()
            && if signs.is_empty() {
                start == 0 && words[at..].starts_with(|ch| is_word_or_opening(ch) || ch == '*')
            } else {
                signs[0].start == line.start && (words.len() == at || words[at..].starts_with('*'))
            };
        if inner.contains(is_word) && !within
            || is_mark_of_number(&words[..start], &words[start + 2..])
            || goes_on
            || twice
            || inner.is_empty() && words[at..].starts_with(is_word)
        {
            signs.extend([start, sign].map(|sign| line.start + sign..line.start + sign + 2));
            open = None;
        } else {
            open = Some(sign);
        }
    }
    signs
}

/// Whether the mark of a number is set in bold by itself: 四 **、** 加强….
fn is_mark_of_number(before: &str, behind: &str) -> bool {
    let is_numeral = |ch: char| "一二三四五六七八九十".contains(ch) || ch.is_ascii_digit();
    let number = before.trim();
    !number.is_empty()
        && number.chars().all(is_numeral)
        && ["、**", ".**", "．**"].iter().any(|mark| behind.starts_with(mark))
}

/// Returns the length of a picture that is a link: [![words](picture)](address).
fn linked_picture_len(rest: &str) -> usize {
    let Some(picture) = link_parts(&rest[1..], 1) else { return 0 };
    let close = 1 + picture.end;
    let bytes = rest.as_bytes();
    if !rest[close..].starts_with("](") {
        return 0;
    }
    let limit = bytes.len().min(close + LONGEST_ADDRESS);
    memchr::memchr(b')', &bytes[close..limit]).map_or(0, |at| close + at + 1)
}

/// Bytes of a link's words and of its address, at most.
const LONGEST_LINK_WORDS: usize = 600;
const LONGEST_ADDRESS: usize = 2_000;

/// Returns the range from the ] to the end of a link's address, for the [ at
/// `bracket`: [words](address).
fn link_parts(rest: &str, bracket: usize) -> Option<Range<usize>> {
    let bytes = rest.as_bytes();
    if bytes.get(bracket) != Some(&b'[') {
        return None;
    }
    let find = |from: usize, limit: usize, mark: u8| {
        memchr::memchr(mark, &bytes[from..bytes.len().min(from + limit)]).map(|at| from + at)
    };
    let close = find(bracket, LONGEST_LINK_WORDS, b']')?;
    if bytes.get(close + 1) != Some(&b'(') {
        return None;
    }
    let end = find(close, LONGEST_ADDRESS, b')')?;
    let plain = !rest[close..end].contains(['，', '。', '；']);
    let is_address = bracket > 0 || rest[close + 2..end].contains(['/', '#', '.', '@']);
    (plain && is_address).then_some(close..end + 1)
}

/// Whether an address is a path or a file's name: ./P02024.docx, a.pdf.
fn names_file(address: &str) -> bool {
    let ending = address.rsplit_once('.').map_or("", |(_, ending)| ending);
    address.contains('/')
        || !ending.is_empty()
            && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
            && ending.bytes().any(|byte| byte.is_ascii_alphabetic())
}

/// Returns the length of an entity that stands for a blank.
fn blank_entity_len(rest: &str) -> usize {
    ["&nbsp;", "&emsp;", "&ensp;", "&thinsp;", "&sp;", "&#160;", "&#12288;"]
        .iter()
        .find(|entity| rest.starts_with(**entity))
        .map_or(0, |entity| entity.len())
}

/// Whether a backslash stands before a mark that Markdown may read as a sign: any
/// of ASCII's (CommonMark, 2.4).
fn escapes(rest: &str) -> bool {
    rest.strip_prefix('\\')
        .is_some_and(|rest| rest.starts_with(|ch: char| ch.is_ascii_punctuation()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, plain: &str) {
        let markup = Markup::find(text);
        assert_eq!(markup.quote(text, markup.front_matter_end..text.len()), plain, "{text}");
    }

    #[test]
    fn signs_are_left_out() {
        check("# 标题\n正文", "标题\n正文");
        check("#  标题\n-  正文", "标题\n正文");
        check("# 标题\n****（四）推动保护****", "标题\n（四）推动保护");
        check("# 标题\n******（五）促进****创新。******局", "标题\n（五）促进创新。局");
        check("**第一条** 为了\n**第二条** 本办法", "第一条 为了\n第二条 本办法");
        check("# 甲\n**第****一条** 为了**保护**数据", "甲\n第一条 为了保护数据");
        check("# 甲\n**1. 术语****。**规范**%的术语。", "甲\n1. 术语。规范**%的术语。");
        check("# 甲\n**——坚持创新。**推动发展。", "甲\n——坚持创新。推动发展。");
        check("# 甲\n四 **、** 加强保护\n达到**、**%", "甲\n四 、 加强保护\n达到**、**%");
        check("# 甲\n![封面](https://a.cn/b.png)\n见[原文](http://a.cn)。", "甲\n\n见原文。");
        check("# 甲\n[![标志](/b.png)](/)乙局[![标志](/b.png)](/)", "甲\n乙局");
        check("# 甲\n1\\. 加强\n---\n> 引文\n- 一项", "甲\n1. 加强\n\n引文\n一项");
        check("# 甲\n\\*\\*乙\\*\\*为\\\\、\\<15000、\\&nbsp;", "甲\n**乙**为\\、<15000、&nbsp;");
        check("国务院办公厅 &nbsp;&sp; 2018年", "国务院办公厅  2018年");
        check("---\ntitle: 甲\ndate: 2024-01-01\n---\n# 甲\n", "甲\n");
    }

    #[test]
    fn attachments_are_signs_in_plain_text() {
        check("附件：[1.指标表](./P02024.docx)\n[表](a.xls)", "附件：1.指标表\n表");
    }

    #[test]
    fn plain_texts_have_none() {
        for text in [
            "增长**%左右，达到**亿元，增长**亿元。\n",
            "单价*数量，3 * 4\n",
            "**的数据\n达到**%\n",
            "#1机组 改造\n",
            "见[附件](一)\n",
            "见[附件](1.2)\n",
            "---\n一、总则\n",
        ] {
            check(text, text);
        }
    }

    #[test]
    fn redacted_figures_stay_in_markdown() {
        check(
            "# 甲\n达到**亿元，增长**亿元。**突出**重点，增长**%",
            "甲\n达到**亿元，增长**亿元。突出重点，增长**%",
        );
    }
}
