//! The texts of clauses in a file of their own beside a segment's postings, read where they lie.
//!
//! A character is one byte where it is among the most common of its segment and two where it is
//! among the next two thousand: less than half of UTF-8, and nothing has to be unpacked. Bytes
//! that begin a character never go on with one, so a word in the same bytes is found by a plain
//! search for them. This is what tells whether a word that is no term stands in a text, and how
//! often a question's characters do; neither has postings of its own.
//!
//! ```text
//! texts        for each record a byte that tells the form of its text, and its characters
//! places       where each text begins and the last ends, in groups
//! characters   by code; then by character with their codes and the number of their texts
//! sizes        of the texts, the terms of their field, and the characters, in numbers
//! ```

mod form;
mod writing;

use std::io;
use std::sync::Arc;

use gangmu_query::{is_han, normalize};
use memchr::memmem::Finder;
use tantivy::directory::OwnedBytes;
use tantivy::index::{SegmentComponent, SegmentId};
use tantivy::{DocId, Searcher, SegmentReader, TantivyError};

use crate::removed::Removed;

use form::forms;

pub(crate) use form::Form;
pub(crate) use writing::TextsPlugin;

/// The ending of the file's name.
const EXTENSION: &str = "texts";

/// Bytes below this are a character each.
const FIRST_LEAD: u8 = 0xa0;
/// Begins a character that has no code; [`RARE_BYTES`] trailing bytes hold its number.
const RARE_LEAD: u8 = 0xbf;
/// The first byte that goes on with a character; each holds [`TRAIL_BITS`] bits.
const FIRST_TRAIL: u8 = 0xc0;
const TRAIL_BITS: u32 = 6;
const RARE_BYTES: u32 = 4;
/// Characters that have a code.
const N_CODES: usize = FIRST_LEAD as usize + (((RARE_LEAD - FIRST_LEAD) as usize) << TRAIL_BITS);

/// Texts of which only the first has its place written whole; the others are so many bytes on.
const GROUP: usize = 64;
const GROUP_BYTES: usize = size_of::<u64>() + GROUP * size_of::<u32>();
/// A character with its code and the number of its texts.
const ENTRY_BYTES: usize = 2 * size_of::<u16>() + size_of::<u32>();
const SIZES_BYTES: usize = 2 * size_of::<u32>() + size_of::<u64>();

/// A clause's text on its way into an index.
#[derive(Debug, Default)]
pub(crate) struct Text {
    pub text: String,
    pub form: Form,
}

/// The texts of one segment.
#[derive(Debug, Clone)]
pub(crate) struct Texts {
    bytes: OwnedBytes,
    /// Where the places, the characters by code and those in order begin.
    places: usize,
    by_code: usize,
    by_character: usize,
    n_characters: usize,
    /// The number of terms in all texts, by the lengths that scores are made with; those of
    /// removed records are counted.
    pub n_tokens: u64,
}

/// The texts of all segments of one state of an index.
#[derive(Debug, Clone)]
pub(crate) struct TextsOf(Arc<Vec<(SegmentId, Texts)>>);

impl TextsOf {
    /// Opens the texts of all segments.
    ///
    /// # Errors
    ///
    /// As [`Texts::of`].
    pub(crate) fn all(searcher: &Searcher) -> Result<Self, TantivyError> {
        let of = |segment: &SegmentReader| Ok((segment.segment_id(), Texts::of(segment)?));
        let opened = searcher.segment_readers().iter().map(of);
        Ok(Self(Arc::new(opened.collect::<Result<_, TantivyError>>()?)))
    }

    /// Returns the texts of the segment at that place.
    pub(crate) fn at(&self, segment: u32) -> &Texts {
        &self.0[segment as usize].1
    }

    /// Returns in how many texts a character stands, those of removed records left out.
    pub(crate) fn n_texts(&self, ch: char, removed: &Removed) -> u64 {
        let in_segment = |(segment, (_, texts)): (usize, &(SegmentId, Texts))| {
            let Some(known) = texts.known(ch) else { return 0 };
            let needle = texts.needle(ch.encode_utf8(&mut [0; 4]));
            let holds = |doc: &&DocId| texts.holds(**doc, &needle);
            let n_removed = removed.in_segment(segment).iter().filter(holds).count();
            u64::from(known.n_texts).saturating_sub(n_removed as u64)
        };
        self.0.iter().enumerate().map(in_segment).sum()
    }

    /// Returns the texts of a segment.
    ///
    /// # Errors
    ///
    /// Where it is none of this state.
    pub(crate) fn of(&self, segment: &SegmentReader) -> Result<&Texts, TantivyError> {
        let found = self.0.iter().find(|(id, _)| *id == segment.segment_id());
        let unknown = || TantivyError::InvalidArgument("a segment of another state".to_owned());
        found.map(|(_, texts)| texts).ok_or_else(unknown)
    }
}

/// A word in the bytes of one segment.
pub(crate) struct Needle {
    word: String,
    /// Whether it has only Han characters.
    is_han: bool,
    /// Each way in which simple texts may write it; `None` where there are too many, or it has
    /// blanks.
    ways: Option<Vec<Finder<'static>>>,
}

/// A word that may be written in more ways is looked for in the views of texts.
const MAX_WAYS: usize = 16;

/// What a segment knows of a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Known {
    /// Its place among the characters by frequency; those below [`N_CODES`] have a code.
    pub rank: u16,
    /// The number of texts in which it stands, those of removed records included.
    pub n_texts: u32,
}

impl Texts {
    /// Codes are below this.
    pub(crate) const N_CODES: usize = N_CODES;

    /// Opens the texts of a segment.
    ///
    /// # Errors
    ///
    /// Where the file cannot be read, or is shorter than it says.
    pub(crate) fn of(segment: &SegmentReader) -> Result<Self, TantivyError> {
        let file = segment.open_read(component())?;
        Ok(Self::read(file.read_bytes()?)?)
    }

    fn read(bytes: OwnedBytes) -> io::Result<Self> {
        let short = || io::Error::new(io::ErrorKind::UnexpectedEof, "the texts are too short");
        let sizes = bytes.len().checked_sub(SIZES_BYTES).ok_or_else(short)?;
        let n_tokens = bytes[sizes..].first_chunk().map_or(0, |n| u64::from_le_bytes(*n));
        let n_texts = number(&bytes, sizes + size_of::<u64>()) as usize;
        let n_characters = number(&bytes, sizes + size_of::<u64>() + size_of::<u32>()) as usize;
        let by_character = sizes.checked_sub(n_characters * ENTRY_BYTES).ok_or_else(short)?;
        let n_coded = n_characters.min(N_CODES);
        let by_code = by_character.checked_sub(n_coded * size_of::<u16>()).ok_or_else(short)?;
        let n_groups = n_texts / GROUP + 1;
        let places = by_code.checked_sub(n_groups * GROUP_BYTES).ok_or_else(short)?;
        Ok(Self { bytes, places, by_code, by_character, n_characters, n_tokens })
    }

    /// Returns the form of a text and its characters in bytes.
    fn packed(&self, doc: DocId) -> (Form, &[u8]) {
        let place = |at: usize| {
            let group = self.places + at / GROUP * GROUP_BYTES;
            let more =
                number(&self.bytes, group + size_of::<u64>() + at % GROUP * size_of::<u32>());
            let first =
                self.bytes[group..].first_chunk().map_or(0, |first| u64::from_le_bytes(*first));
            first as usize + more as usize
        };
        let packed = &self.bytes[place(doc as usize)..place(doc as usize + 1)];
        let (form, packed) = packed.split_first().unwrap_or((&0, &[]));
        (Form::of_number(*form), packed)
    }

    /// Returns the text of a record; `None` where its bytes are none.
    pub(crate) fn text(&self, doc: DocId) -> Option<String> {
        let (_, packed) = self.packed(doc);
        let mut text = String::with_capacity(2 * packed.len());
        let mut rest = packed;
        while !rest.is_empty() {
            text.push(self.next(&mut rest)?.1);
        }
        Some(text)
    }

    /// Returns a text as it is searched.
    ///
    /// # Panics
    ///
    /// Where its bytes make no sense, as the engine does over such postings; see `guard`.
    pub(crate) fn view(&self, doc: DocId) -> String {
        normalize(&self.text(doc).expect("the bytes of a text"))
    }

    /// Returns the bytes of a text without blanks.
    fn unspaced(&self, doc: DocId) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut rest = self.packed(doc).1;
        while !rest.is_empty() {
            let before = rest;
            let (_, ch) = self.next(&mut rest).expect("the bytes of a text");
            if !ch.is_whitespace() {
                bytes.extend_from_slice(&before[..before.len() - rest.len()]);
            }
        }
        bytes
    }

    /// Returns the form of a text.
    pub(crate) fn form(&self, doc: DocId) -> Form {
        self.packed(doc).0
    }

    /// Takes a character off the bytes of a text, with its code where it has one.
    fn next(&self, rest: &mut &[u8]) -> Option<(Option<usize>, char)> {
        let (&lead, behind) = rest.split_first()?;
        let (code, n_trails) = match lead {
            RARE_LEAD => (None, RARE_BYTES as usize),
            FIRST_LEAD..RARE_LEAD => (Some(lead), 1),
            _ => (Some(lead), 0),
        };
        let (trails, behind) = behind.split_at_checked(n_trails)?;
        *rest = behind;
        let mut value = code.map_or(0, |lead| u32::from(lead.saturating_sub(FIRST_LEAD)));
        for &trail in trails {
            value = value << TRAIL_BITS | u32::from(trail.checked_sub(FIRST_TRAIL)?);
        }
        match code {
            None => Some((None, char::from_u32(value)?)),
            Some(lead) => {
                let one = usize::from(lead);
                let code =
                    if n_trails == 0 { one } else { usize::from(FIRST_LEAD) + value as usize };
                Some((Some(code), self.character(code)?))
            }
        }
    }

    fn character(&self, code: usize) -> Option<char> {
        let at = self.by_code + code * size_of::<u16>();
        let coded = &self.bytes[self.by_code..self.by_character];
        let unit = coded.get(at - self.by_code..)?.first_chunk()?;
        char::from_u32(u32::from(u16::from_le_bytes(*unit)))
    }

    /// Returns what is known of a character; `None` of one that stands nowhere, and of those
    /// beyond U+FFFF.
    pub(crate) fn known(&self, ch: char) -> Option<Known> {
        let wanted = u16::try_from(u32::from(ch)).ok()?;
        let (entries, _) = self.bytes[self.by_character..].as_chunks::<ENTRY_BYTES>();
        let entries = &entries[..self.n_characters];
        let of = |entry: &[u8; ENTRY_BYTES]| u16::from_le_bytes([entry[0], entry[1]]);
        let [_, _, low, high, n_texts @ ..] =
            entries[entries.binary_search_by_key(&wanted, of).ok()?];
        let rank = u16::from_le_bytes([low, high]);
        Some(Known { rank, n_texts: u32::from_le_bytes(n_texts) })
    }

    /// Returns a normalised word as it is looked for.
    pub(crate) fn needle(&self, word: &str) -> Needle {
        let is_han = word.chars().all(is_han);
        let mut ways = vec![Vec::new()];
        for ch in word.chars() {
            let may_stand = |form: &char| *form > '\u{ffff}' || self.known(*form).is_some();
            let forms: Vec<char> = forms(ch).filter(may_stand).collect();
            if ways.len() * forms.len() > MAX_WAYS || ch.is_whitespace() {
                return Needle { word: word.to_owned(), is_han, ways: None };
            }
            let longer = |way: &Vec<u8>| {
                let way = way.clone();
                forms
                    .iter()
                    .map(move |&form| {
                        let mut way = way.clone();
                        encode(form, self.known(form).map(|known| known.rank), &mut way);
                        way
                    })
                    .collect::<Vec<_>>()
            };
            ways = ways.iter().flat_map(longer).collect();
        }
        let ways = ways.iter().map(|way| Finder::new(way).into_owned()).collect();
        Needle { word: word.to_owned(), is_han, ways: Some(ways) }
    }

    /// Returns whether a word stands in the normalised view of a text.
    pub(crate) fn holds(&self, doc: DocId, needle: &Needle) -> bool {
        let (form, packed) = self.packed(doc);
        let Some(ways) = &needle.ways else { return self.view(doc).contains(&needle.word) };
        let stands = |bytes: &[u8]| ways.iter().any(|way| way.find(bytes).is_some());
        match form {
            Form::Simple => stands(packed),
            Form::Plain if needle.is_han => stands(packed),
            // Most words that stand in a text are not parted there.
            Form::Spaced | Form::SimpleSpaced if needle.is_han => {
                stands(packed) || stands(&self.unspaced(doc))
            }
            Form::SimpleSpaced => {
                stands(packed)
                    || (stands(&self.unspaced(doc)) && self.view(doc).contains(&needle.word))
            }
            _ => self.view(doc).contains(&needle.word),
        }
    }

    /// Counts the places, overlapping ones too, where a word stands in the normalised view of a
    /// text.
    pub(crate) fn count(&self, doc: DocId, needle: &Needle) -> u32 {
        let (form, packed) = self.packed(doc);
        if let Some(ways) = &needle.ways {
            match form {
                Form::Simple => return n_places(ways, packed),
                Form::Plain if needle.is_han => return n_places(ways, packed),
                _ if needle.is_han && form.keeps_han() => {
                    return n_places(ways, &self.unspaced(doc));
                }
                Form::SimpleSpaced if n_places(ways, &self.unspaced(doc)) == 0 => return 0,
                _ => {}
            }
        }
        let view = self.view(doc);
        let starts = view.char_indices().map(|(at, _)| &view[at..]);
        starts.filter(|rest| rest.starts_with(&needle.word)).count() as u32
    }

    /// Calls `see` with the code of each character of a text that has one, and with each other
    /// character.
    pub(crate) fn codes(&self, doc: DocId, mut see: impl FnMut(usize), mut rare: impl FnMut(char)) {
        let (_, mut rest) = self.packed(doc);
        while let Some((&lead, behind)) = rest.split_first() {
            if lead < FIRST_LEAD {
                see(usize::from(lead));
                rest = behind;
            } else if let (FIRST_LEAD..RARE_LEAD, [trail @ FIRST_TRAIL..=u8::MAX, behind @ ..]) =
                (lead, behind)
            {
                let high = usize::from(lead - FIRST_LEAD) << TRAIL_BITS;
                see(usize::from(FIRST_LEAD) + high + usize::from(trail - FIRST_TRAIL));
                rest = behind;
            } else if let Some((None, ch)) = self.next(&mut rest) {
                rare(ch);
            } else {
                return;
            }
        }
    }
}

fn n_places(ways: &[Finder<'_>], bytes: &[u8]) -> u32 {
    let of_way = |way: &Finder<'_>| {
        let mut n_places = 0;
        let mut rest = bytes;
        while let Some(at) = way.find(rest) {
            n_places += 1;
            rest = &rest[at + 1..];
        }
        n_places
    };
    ways.iter().map(of_way).sum()
}

fn component() -> SegmentComponent {
    SegmentComponent::Custom(EXTENSION.to_owned())
}

fn number(bytes: &[u8], at: usize) -> u32 {
    bytes[at..].first_chunk().map_or(0, |number| u32::from_le_bytes(*number))
}

/// Writes a character of that rank.
fn encode(ch: char, rank: Option<u16>, bytes: &mut Vec<u8>) {
    let trail = |value: u32| FIRST_TRAIL + (value & ((1 << TRAIL_BITS) - 1)) as u8;
    match rank.map(usize::from) {
        Some(code) if code < usize::from(FIRST_LEAD) => bytes.push(code as u8),
        Some(code) if code < N_CODES => {
            let value = code as u32 - u32::from(FIRST_LEAD);
            bytes.push(FIRST_LEAD + (value >> TRAIL_BITS) as u8);
            bytes.push(trail(value));
        }
        _ => {
            bytes.push(RARE_LEAD);
            let places = (0..RARE_BYTES).rev();
            bytes.extend(places.map(|place| trail(u32::from(ch) >> (place * TRAIL_BITS))));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::writing::write;
    use super::*;

    fn kept(texts: &[&str]) -> Texts {
        let mut bytes = Vec::new();
        let form = |text: &str| Form::of(text, &normalize(text));
        write(&mut bytes, 7, &|see| texts.iter().try_for_each(|text| see(text, form(text))))
            .unwrap();
        Texts::read(OwnedBytes::new(bytes)).unwrap()
    }

    #[test]
    fn texts_come_back_as_they_were() {
        let every: String = ('\u{1}'..='\u{5fff}').collect();
        let texts = ["", "碳中和。", &every, "𠮷野家 ＰＭ２．５\n的的", "", "碳"];
        let many: Vec<&str> = texts.into_iter().cycle().take(200).collect();
        let kept = kept(&many);
        for (text, doc) in many.iter().zip(0..) {
            assert_eq!(kept.text(doc).as_deref(), Some(*text));
            assert_eq!(kept.form(doc), Form::of(text, &normalize(text)));
        }
    }

    #[test]
    fn a_word_is_found_where_it_stands_in_the_view_and_nowhere_else() {
        let every: String = ('\u{4e00}'..='\u{9fff}').collect();
        let texts = [
            every.as_str(),
            "碳达峰碳中和",
            "的的的的",
            "𠮷野家",
            "碳 达\u{3000}峰\n碳中 和a 的 的的",
            "環境 保護,ＰＭ２．５",
            "达３5％，Ⅳ类；a b",
            "达 峰。 第5%条 a",
            "Ⅳ类 达 5%",
        ];
        let kept = kept(&texts);
        for word in [
            "碳中",
            "的的",
            "峰碳中和",
            "𠮷",
            "𠮷野",
            "和碳",
            "一丁",
            "龾龿",
            "丁一",
            "€",
            "境保",
            "环境",
            "pm2",
            "达峰碳",
            "和a",
            "和的",
        ] {
            let needle = kept.needle(word);
            for (text, doc) in texts.iter().zip(0..) {
                let view = normalize(text);
                let starts = view.char_indices().filter(|(at, _)| view[*at..].starts_with(word));
                assert_eq!(kept.count(doc, &needle) as usize, starts.count(), "{word} {text}");
                assert_eq!(kept.holds(doc, &needle), view.contains(word), "{word} {text}");
            }
        }
    }

    #[test]
    fn characters_are_counted_by_the_texts_they_stand_in() {
        let kept = kept(&["碳碳中", "和", "碳𠮷"]);
        assert_eq!(kept.known('碳'), Some(Known { rank: 0, n_texts: 2 }));
        assert_eq!(kept.known('中').map(|known| known.n_texts), Some(1));
        assert_eq!(kept.known('𠮷'), None);
        assert_eq!(kept.known('无'), None);
        let mut seen = Vec::new();
        kept.codes(2, |code| seen.push(code.to_string()), |_| ());
        let mut rare = String::new();
        kept.codes(2, |_| (), |ch| rare.push(ch));
        assert_eq!((seen.join(" "), rare.as_str()), ("0".to_owned(), "𠮷"));
    }

    #[test]
    fn what_is_cut_short_is_refused() {
        let mut bytes = Vec::new();
        write(&mut bytes, 3, &|see| see("碳中和", Form::Plain)).unwrap();
        assert!(Texts::read(OwnedBytes::new(bytes[bytes.len() - 20..].to_vec())).is_err());
        assert!(Texts::read(OwnedBytes::new(vec![1])).is_err());
    }
}
