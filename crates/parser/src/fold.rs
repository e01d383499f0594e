//! The folded shadow of a text, and the way back from it.
//!
//! Recognisers read one form of each mark and no blanks between Han characters;
//! what they find is told in offsets into the source.

use std::ops::Range;

use gangmu_lexicon::plain_form;

use crate::markup::Markup;

/// A folded copy of pieces of a source text.
///
/// Full-width ASCII forms become ASCII, characters that print nothing are
/// dropped, and white space is dropped unless it parts two ASCII letters or
/// digits, where one blank stays. Pieces are parted by line feeds.
#[derive(Debug, Default)]
pub(crate) struct Folded {
    text: String,
    /// `(folded, source)` offsets of the places where the distance between the
    /// two changes, in ascending order.
    map: Vec<(u32, u32)>,
}

impl Folded {
    pub(crate) fn with_capacity(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), map: Vec::with_capacity(bytes / 24) }
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Folds one line that may consist of several source pieces (a line broken
    /// by the layout), without the signs of its markup, and returns where it stands in the folded text.
    pub(crate) fn push_line(
        &mut self,
        source: &str,
        markup: &Markup,
        pieces: impl IntoIterator<Item = Range<usize>>,
    ) -> Range<usize> {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        let start = self.text.len();
        // The source offset of the first blank since the last character.
        let mut blank = None;
        for piece in pieces {
            let end = piece.end;
            for part in markup.outside(piece) {
                self.push_piece(source, part, start, &mut blank);
            }
            blank = blank.or(Some(end));
        }
        start..self.text.len()
    }

    /// Takes over a line that another fold of the same source holds, and returns
    /// where it stands in this one.
    pub(crate) fn push_folded(&mut self, other: &Self, line: Range<usize>) -> Range<usize> {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        let start = self.text.len();
        if !line.is_empty() {
            self.mark(other.source_offset(line.start) as u32);
            let first = other.map.partition_point(|&(at, _)| at as usize <= line.start);
            let inside = other.map[first..].iter().take_while(|(at, _)| (*at as usize) < line.end);
            self.map.extend(
                inside.map(|&(at, source)| ((at as usize - line.start + start) as u32, source)),
            );
            self.text.push_str(&other.text[line]);
        }
        start..self.text.len()
    }

    fn push_piece(
        &mut self,
        source: &str,
        piece: Range<usize>,
        start: usize,
        blank: &mut Option<usize>,
    ) {
        let mut at = piece.start;
        while at < piece.end {
            let rest = &source[at..piece.end];
            let run = plain_run(rest, blank.is_none());
            if run > 0 {
                *blank = None;
                if !rest.as_bytes()[0].is_ascii() {
                    self.full_stop(start);
                }
                self.mark(at as u32);
                self.text.push_str(&rest[..run]);
                at += run;
                continue;
            }
            // The full-width marks between the runs are most of the rest.
            if let [0xef, 0xbc, last, ..] = rest.as_bytes()
                && let mark @ (b'!'..=b'/' | b':'..=b'?') = last - 0x60
            {
                *blank = None;
                self.mark(at as u32);
                self.text.push(char::from(mark));
                at += '，'.len_utf8();
                continue;
            }
            let Some(ch) = rest.chars().next() else { break };
            let here = at;
            at += ch.len_utf8();
            let Some(folded) = fold_char(ch) else { continue };
            if folded == ' ' {
                *blank = blank.or(Some(here));
                // A layout sets many blanks in a row.
                at += source.as_bytes()[at..piece.end].iter().take_while(|&&b| b == b' ').count();
                continue;
            }
            if let Some(blank) = blank.take() {
                let parts_words = folded.is_ascii_alphanumeric()
                    && self.text[start..].ends_with(|last: char| last.is_ascii_alphanumeric());
                if parts_words {
                    self.mark(blank as u32);
                    self.text.push(' ');
                }
            }
            if ('\u{4e00}'..='\u{9fff}').contains(&folded) {
                self.full_stop(start);
            }
            self.mark(here as u32);
            self.text.push(folded);
        }
    }

    /// A point between two Han characters is a full stop, as half-width typing
    /// has it; after a numeral that opens a line it belongs to the number.
    fn full_stop(&mut self, start: usize) {
        if self.text.as_bytes().last() != Some(&b'.') {
            return;
        }
        let Some(before) = self.text[start..].strip_suffix('.') else { return };
        let han = |ch: char| ('\u{4e00}'..='\u{9fff}').contains(&ch);
        let opens = crate::numeral::leading_han(before).is_some_and(|(_, len)| len == before.len());
        if opens || !before.ends_with(|ch: char| han(ch) || matches!(ch, '”' | '》' | '%')) {
            return;
        }
        let point = self.text.len() - 1;
        let source = self.source_offset(point) as u32;
        self.text.truncate(point);
        self.map.truncate(self.map.partition_point(|&(at, _)| (at as usize) < point));
        self.mark(source);
        self.text.push('。');
    }

    fn mark(&mut self, source: u32) {
        let folded = self.text.len() as u32;
        let as_expected = self.map.last().is_some_and(|&(last_folded, last_source)| {
            source.wrapping_sub(last_source) == folded - last_folded
        });
        if !as_expected {
            self.map.push((folded, source));
        }
    }

    /// Returns the source range of a folded range: from the first character to
    /// the end of the last one, with everything between.
    pub(crate) fn source_range(&self, source: &str, range: Range<usize>) -> Range<usize> {
        if range.is_empty() {
            let opens_line = self.text[..range.start].ends_with('\n') || range.start == 0;
            let at = if opens_line {
                self.source_offset(range.start)
            } else {
                self.source_end(source, range.start)
            };
            return at..at;
        }
        let start = self.source_offset(range.start);
        start..self.source_end(source, range.end).max(start)
    }

    /// The source offset after the character that ends at a folded offset.
    fn source_end(&self, source: &str, folded: usize) -> usize {
        let Some((last, _)) = self.text[..folded].char_indices().next_back() else {
            return self.source_offset(0);
        };
        let last = self.source_offset(last);
        last + source.get(last..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8)
    }

    fn source_offset(&self, folded: usize) -> usize {
        let index = self.map.partition_point(|&(at, _)| at as usize <= folded);
        match index.checked_sub(1).map(|index| self.map[index]) {
            Some((at, source)) => source as usize + (folded - at as usize),
            None => 0,
        }
    }
}

/// Returns the length of the run that `text` opens with whose characters fold to
/// themselves: simplified Han, behind the first one Chinese marks as well, and
/// ASCII letters and digits where no blank parts them from what stands before.
/// Most of a text is such runs, which is why they are told by their bytes.
fn plain_run(text: &str, unparted: bool) -> usize {
    let bytes = text.as_bytes();
    let mut len = 0;
    loop {
        if let Some(&[lead, middle, last]) = bytes.get(len..len + 3) {
            let han = matches!((lead, middle), (0xe5..=0xe9, _) | (0xe4, 0xb8..));
            // U+3001..=U+3011: 、。《》「」【】 and their neighbours.
            let mark = (lead, middle) == (0xe3, 0x80) && matches!(last, 0x81..=0x91) && len > 0;
            if han && !is_in_table(middle, last) || mark {
                len += 3;
                continue;
            }
        }
        let unfolded = bytes.get(len).is_some_and(u8::is_ascii_alphanumeric);
        if !(unfolded && (unparted || len > 0)) {
            return len;
        }
        len += 1;
    }
}

/// Folds one character; `None` where it prints nothing, `' '` for white space.
pub(crate) fn fold_char(ch: char) -> Option<char> {
    Some(match ch {
        '\u{4e00}'..='\u{9fff}' => simplified(ch),
        ' '..='~' => ch,
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(ch as u32 - 0xfee0).unwrap_or(ch),
        '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{00ad}' => return None,
        // Small forms, as some keyboards type them: 1﹒, 国发﹝2018﹞.
        '\u{fe50}' => ',',
        '\u{fe51}' => '、',
        '\u{fe52}' => '.',
        '\u{fe54}' => ';',
        '\u{fe55}' => ':',
        '\u{fe56}' => '?',
        '\u{fe57}' => '!',
        '\u{fe59}' => '(',
        '\u{fe5a}' => ')',
        '\u{fe5d}' => '〔',
        '\u{fe5e}' => '〕',
        '\u{fe6a}' => '%',
        '\u{2236}' => ':',
        // The point of a number in the fonts of some typesetting programs.
        '\u{e010}' => '.',
        _ if ch.is_whitespace() || ch.is_control() => ' ',
        _ => plain_form(ch),
    })
}

/// Traditional forms of the characters that labels, roles and numbering are
/// written with, and their simplified ones. Script tables of whole dictionaries
/// stay out of the parser: it reads structure, not vocabulary.
const TRADITIONAL: &[(char, char)] = &[
    ('個', '个'),
    ('億', '亿'),
    ('內', '内'),
    ('協', '协'),
    ('員', '员'),
    ('單', '单'),
    ('國', '国'),
    ('團', '团'),
    ('圍', '围'),
    ('專', '专'),
    ('導', '导'),
    ('會', '会'),
    ('條', '条'),
    ('業', '业'),
    ('後', '后'),
    ('於', '于'),
    ('據', '据'),
    ('數', '数'),
    ('時', '时'),
    ('規', '规'),
    ('計', '计'),
    ('責', '责'),
    ('負', '负'),
    ('貫', '贯'),
    ('辦', '办'),
    ('達', '达'),
    ('部', '部'),
    ('門', '门'),
    ('關', '关'),
    ('階', '阶'),
    ('項', '项'),
    ('頭', '头'),
    ('領', '领'),
    ('節', '节'),
    ('網', '网'),
    ('縣', '县'),
    ('總', '总'),
    ('級', '级'),
    ('組', '组'),
    ('織', '织'),
    ('與', '与'),
    ('萬', '万'),
    ('衛', '卫'),
    ('設', '设'),
    ('財', '财'),
    ('農', '农'),
    ('運', '运'),
    ('環', '环'),
    ('產', '产'),
    ('發', '发'),
    ('務', '务'),
    ('勞', '劳'),
    ('動', '动'),
    ('區', '区'),
    ('參', '参'),
    ('職', '职'),
    ('實', '实'),
    ('屬', '属'),
    ('廳', '厅'),
    ('態', '态'),
    ('應', '应'),
    ('擬', '拟'),
    ('牽', '牵'),
];

fn simplified(ch: char) -> char {
    match ch {
        // Simplified text never leaves this arm: the table holds traditional forms alone.
        _ if !is_in_table((ch as u32 >> 6) as u8, ch as u8) => ch,
        _ => {
            TRADITIONAL.iter().find(|(traditional, _)| *traditional == ch).map_or(ch, |pair| pair.1)
        }
    }
}

/// A bitmap over the low bits of the table's characters, as the last two bytes of
/// their UTF-8 hold them, so that ordinary text pays one test a character.
fn is_in_table(middle: u8, last: u8) -> bool {
    const BITS: [u64; 64] = {
        let mut bits = [0u64; 64];
        let mut index = 0;
        while index < TRADITIONAL.len() {
            let code = TRADITIONAL[index].0 as usize & 0xfff;
            bits[code >> 6] |= 1 << (code & 63);
            index += 1;
        }
        bits
    };
    BITS[usize::from(middle & 63)] & (1 << (last & 63)) != 0
}

/// Folds a short text, for comparing.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = Folded::default();
    folded.push_line(text, &Markup::default(), std::iter::once(0..text.len()));
    folded.text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, expected: &str) {
        assert_eq!(fold(source), expected, "{source}");
    }

    #[test]
    fn marks_blanks_and_widths() {
        check("（牵头单位：省林草局；）", "(牵头单位:省林草局;)");
        check("到 2027 年，达到 ３０％", "到2027年,达到30%");
        check("NB open 社区　RISC - V", "NB open社区RISC-V");
        check("第十九条\u{2002}公安", "第十九条公安");
        check("\u{feff}一、总\u{200d}则", "一、总则");
        check("牽頭單位：州司法局", "牵头单位:州司法局");
        check("进校园.编写读本", "进校园。编写读本");
        check("一.总体要求", "一.总体要求");
        check("3.5万", "3.5万");
    }

    #[test]
    fn ranges_lead_back_to_the_source() {
        let source = "（１）到 2027 年，全省\n　　下降";
        let mut folded = Folded::default();
        let end_of_first = source.find('\n').unwrap();
        let line = folded.push_line(
            source,
            &Markup::default(),
            [0..end_of_first, end_of_first + 1..source.len()],
        );
        assert_eq!(&folded.text()[line.clone()], "(1)到2027年,全省下降");
        let at = |needle: &str| {
            let start = folded.text().find(needle).unwrap();
            &source[folded.source_range(source, start..start + needle.len())]
        };
        assert_eq!(at("(1)"), "（１）");
        assert_eq!(at("2027年"), "2027 年");
        assert_eq!(at(","), "，");
        assert_eq!(at("全省下降"), "全省\n　　下降");
        assert_eq!(at("到2027年,全省"), "到 2027 年，全省");
    }
}
