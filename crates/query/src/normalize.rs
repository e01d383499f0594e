//! One view of a text for search: folded in width, case and script, without
//! the blanks that layout puts between Han characters.
//!
//! The stored text never changes. [`Normalized`] keeps for each character of
//! the view the place of the character it came from, so that a match found in
//! the view is shown in the original. Questions and texts pass through the same
//! function, which is what makes containment exact:
//!
//! * U+FF01–FF5E become ASCII and U+3000 a blank (ＰＭ２．５ is PM2.5). NFKC would go
//!   further and do harm: ① would be 1 and ㎡ m2;
//! * radicals become the characters that look like them (⼯作 is 工作);
//! * letters become small, traditional characters simplified, one by one;
//! * white space between two Han characters is left out, any other white space
//!   is one blank for each character of it.

use gangmu_lexicon::plain_form;

/// A text as it is searched, with the way back to the original.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Normalized {
    text: String,
    /// For each character of `text`: its byte offset there, and the offset in
    /// characters of the original character it came from.
    places: Vec<(u32, u32)>,
}

impl Normalized {
    /// Makes the view of a text.
    ///
    /// ```
    /// use gangmu_query::Normalized;
    ///
    /// let view = Normalized::new("細顆粒物（ＰＭ２．５）濃 度");
    /// assert_eq!(view.text(), "细颗粒物(pm2.5)浓度");
    /// assert_eq!(view.find_all("浓度").collect::<Vec<_>>(), [[11, 14]]);
    /// ```
    pub fn new(text: &str) -> Self {
        let mut view = Self {
            text: String::with_capacity(text.len()),
            places: Vec::with_capacity(text.len() / 2),
        };
        fold(text, |ch, at| {
            view.places.push((view.text.len() as u32, at));
            view.text.push(ch);
        });
        view
    }

    /// Returns the text as it is searched.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns whether the normalised `word` stands in the text.
    pub fn contains(&self, word: &str) -> bool {
        self.text.contains(word)
    }

    /// Returns where the normalised `word` stands, overlapping places included:
    /// half-open ranges of character offsets into the original text.
    pub fn find_all<'a>(&'a self, word: &'a str) -> impl Iterator<Item = [u32; 2]> + 'a {
        let step = word.chars().next().map_or(1, char::len_utf8);
        let n_chars = word.chars().count();
        let mut from = 0;
        std::iter::from_fn(move || {
            if n_chars == 0 {
                return None;
            }
            let at = from + self.text.get(from..)?.find(word)?;
            from = at + step;
            let first = self.places.partition_point(|&(byte, _)| (byte as usize) < at);
            let last = first + n_chars - 1;
            Some([self.places[first].1, self.places[last].1 + 1])
        })
    }
}

/// Returns a text as it is searched, without the way back.
pub fn normalize(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold(text, |ch, _| folded.push(ch));
    folded
}

/// Returns whether a character is a Han character, 々 and 〇 among them.
pub fn is_han(ch: char) -> bool {
    matches!(ch,
        '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}' | '々' | '〇')
}

/// Returns the first character of the view of a text that begins with `ch`.
pub(crate) fn folded(ch: char) -> char {
    let mut first = ch;
    let mut found = false;
    fold(ch.encode_utf8(&mut [0; 4]), |folded, _| {
        if !std::mem::replace(&mut found, true) {
            first = folded;
        }
    });
    first
}

/// Hands on each character of the view with the place it came from.
fn fold(text: &str, mut emit: impl FnMut(char, u32)) {
    let mut after_han = false;
    // White space after a Han character waits for what follows it.
    let mut waiting: Option<(u32, u32)> = None;
    for (ch, at) in text.chars().map(plain_form).zip(0u32..) {
        if ch.is_whitespace() {
            if after_han {
                let (first, _) = waiting.unwrap_or((at, at));
                waiting = Some((first, at));
            } else {
                emit(' ', at);
            }
            continue;
        }
        let han = is_han(ch);
        if let Some((first, last)) = waiting.take()
            && !han
        {
            (first..=last).for_each(|blank| emit(' ', blank));
        }
        after_han = han;
        if han {
            emit(simplified(ch), at);
            continue;
        }
        let narrow = match ch {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(ch) - 0xfee0).unwrap_or(ch),
            _ => ch,
        };
        if narrow.is_ascii() {
            emit(narrow.to_ascii_lowercase(), at);
        } else {
            narrow.to_lowercase().for_each(|small| emit(small, at));
        }
    }
    if let Some((first, last)) = waiting {
        (first..=last).for_each(|blank| emit(' ', blank));
    }
}

const FIRST: usize = 0x3400;
const END: usize = 0xa000;
/// No more characters than this have another form outside U+3400 to U+9FFF.
const MAX_RARE: usize = 512;

/// The simplified form of each character that has another one. It is made when the program is
/// compiled, so that a question does not wait for it.
struct Script {
    /// U+3400 to U+9FFF, by code point.
    common: [char; END - FIRST],
    /// The others, in the order of the table, which is sorted.
    rare: [(char, char); MAX_RARE],
    n_rare: usize,
}

impl Script {
    const fn read(table: &str) -> Self {
        let bytes = table.as_bytes();
        let mut script =
            Self { common: ['\0'; END - FIRST], rare: [('\0', '\0'); MAX_RARE], n_rare: 0 };
        let mut at = 0;
        while at < script.common.len() {
            script.common[at] = character((FIRST + at) as u32);
            at += 1;
        }
        let mut at = 0;
        while at < bytes.len() {
            if bytes[at] != b'#' {
                let (from, tab) = decode(bytes, at);
                let (to, _) = decode(bytes, tab + 1);
                if FIRST <= from && from < END {
                    script.common[from - FIRST] = character(to as u32);
                } else {
                    script.rare[script.n_rare] = (character(from as u32), character(to as u32));
                    script.n_rare += 1;
                }
            }
            while at < bytes.len() && bytes[at] != b'\n' {
                at += 1;
            }
            at += 1;
        }
        // A form that has a simpler one itself (薴 苧 苎) leads to the last.
        let mut at = 0;
        while at < script.common.len() {
            let to = script.common[at] as usize;
            if FIRST <= to && to < END {
                script.common[at] = script.common[to - FIRST];
            }
            at += 1;
        }
        script
    }

    fn simplified(&self, ch: char) -> char {
        let common = (ch as usize).checked_sub(FIRST).and_then(|at| self.common.get(at));
        common.copied().unwrap_or_else(|| {
            let rare = &self.rare[..self.n_rare];
            let found = rare.binary_search_by_key(&ch, |&(from, _)| from);
            found.map_or(ch, |at| rare[at].1)
        })
    }
}

const fn character(code: u32) -> char {
    char::from_u32(code).expect("a character's code")
}

/// Returns the code of the character that begins at a byte, and where the next begins.
const fn decode(bytes: &[u8], at: usize) -> (usize, usize) {
    let first = bytes[at] as usize;
    let (mut code, n) = match first {
        0..0x80 => (first, 1),
        0x80..0xe0 => (first & 0x1f, 2),
        0xe0..0xf0 => (first & 0x0f, 3),
        _ => (first & 0x07, 4),
    };
    let mut next = at + 1;
    while next < at + n {
        code = code << 6 | (bytes[next] & 0x3f) as usize;
        next += 1;
    }
    (code, next)
}

/// Returns the simplified form of a Han character.
fn simplified(ch: char) -> char {
    static SCRIPT: Script = Script::read(include_str!("../data/simplified.tsv"));
    SCRIPT.simplified(ch)
}

#[cfg(test)]
mod tests {
    use ferrous_opencc::{OpenCC, config::BuiltinConfig};
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn folds_width_case_script_and_layout() {
        for (text, view) in [
            ("ＰＭ２．５", "pm2.5"),
            ("ＡＢＣ　ｄ", "abc d"),
            ("環境保護", "环境保护"),
            ("碳 中\u{3000}和", "碳中和"),
            ("碳\n中", "碳中"),
            ("到 2025 年", "到 2025 年"),
            ("GB  3095", "gb  3095"),
            ("①②㎡Ⅰ㈠", "①②㎡ⅰ㈠"),
            ("“六五”环境日", "“六五”环境日"),
            ("⼯作 部⻔", "工作部门"),
            ("美丽 ", "美丽 "),
            ("", ""),
        ] {
            assert_eq!(normalize(text), view, "{text}");
        }
    }

    #[test]
    fn places_lead_back_across_blanks_and_long_letters() {
        let view = Normalized::new("İ碳 中和,碳中和");
        assert_eq!(view.find_all("碳中和").collect::<Vec<_>>(), [[1, 5], [6, 9]]);
        assert_eq!(view.find_all("").count(), 0);
        assert_eq!(Normalized::new("的的的").find_all("的的").count(), 2);
    }

    #[test]
    fn the_table_is_what_opencc_does_to_single_characters() {
        let opencc = OpenCC::from_config(BuiltinConfig::T2s).unwrap();
        let blocks = (0x3400..=0x9fff).chain(0xf900..=0xfaff).chain(0x20000..=0x323af);
        for ch in blocks.filter_map(char::from_u32) {
            let once = opencc.convert(&ch.to_string());
            assert_eq!(opencc.convert(&once), simplified(ch).to_string());
        }
    }

    proptest! {
        #[test]
        fn both_ways_of_folding_agree_and_every_place_is_a_character(text in "[碳中和環 \u{3000}\nＡa１.5İ“，]{0,40}") {
            let view = Normalized::new(&text);
            prop_assert_eq!(view.text(), normalize(&text));
            let n_chars = text.chars().count() as u32;
            prop_assert!(view.places.iter().all(|&(_, at)| at < n_chars));
            prop_assert!(view.places.is_sorted());
            prop_assert_eq!(normalize(view.text()), view.text());
        }
    }
}
