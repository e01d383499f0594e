//! From bytes to characters.
//!
//! What is believed, in this order: the encoding the user names, a byte order
//! mark, bytes that are sound UTF-8, what the file declares, what the bytes
//! look like. Nothing is lost silently: characters that cannot be decoded stand
//! as U+FFFD, and a notice says how many and where.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

use crate::error::Error;
use crate::options::Options;
use crate::signature;

/// A character encoding, by any of the names the WHATWG Encoding Standard gives
/// it: `gb18030`, `gbk`, `big5`, `utf-16le`. GBK and GB2312 are read as GB18030,
/// which contains both.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Encoding(&'static encoding_rs::Encoding);

impl Encoding {
    /// Returns the name in lower case: `gb18030`.
    pub fn name(self) -> String {
        self.0.name().to_lowercase()
    }

    fn from_label(label: &str) -> Option<Self> {
        let encoding = encoding_rs::Encoding::for_label_no_replacement(label.as_bytes())?;
        Some(Self(if encoding == GBK { GB18030 } else { encoding }))
    }
}

impl FromStr for Encoding {
    type Err = UnknownEncoding;

    fn from_str(label: &str) -> Result<Self, UnknownEncoding> {
        Self::from_label(label).ok_or(UnknownEncoding)
    }
}

/// A name that no encoding has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct UnknownEncoding;

impl fmt::Display for UnknownEncoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no such encoding; Chinese texts are utf-8, gb18030, gbk, big5 or utf-16")
    }
}

impl std::error::Error for UnknownEncoding {}

/// Characters, and how they were found.
#[derive(Debug)]
pub(crate) struct Characters<'b> {
    pub(crate) text: Cow<'b, str>,
    pub(crate) encoding: Encoding,
    pub(crate) notices: Vec<String>,
}

/// The part of a file that is looked at to find out what it is.
const HEAD: usize = 64 << 10;

/// Whether bytes are text of some encoding, so far as their first part tells.
pub(crate) fn is_text(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(HEAD)];
    if encoding_rs::Encoding::for_bom(head).is_some() {
        return true;
    }
    if signature::is_known(head) {
        return false;
    }
    if head.contains(&0) {
        return utf16_without_mark(head).is_some();
    }
    let is_control = |byte: &&u8| **byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c);
    head.iter().filter(is_control).count() * 50 <= head.len()
}

/// Returns bytes in lower case and without the zero bytes and the mark of
/// UTF-16: signs of ASCII can be looked for in it whatever the encoding is.
#[cfg(feature = "html")]
pub(crate) fn ascii_shadow(bytes: &[u8]) -> Vec<u8> {
    let mark = encoding_rs::Encoding::for_bom(bytes).map_or(0, |(_, len)| len);
    bytes[mark..].iter().filter(|byte| **byte != 0).map(u8::to_ascii_lowercase).collect()
}

/// Decodes bytes. `declared` is the encoding that the file names, by a label of
/// the WHATWG Encoding Standard.
///
/// # Errors
///
/// [`Error::Binary`] where no encoding makes text of the bytes.
pub(crate) fn decode<'b>(
    bytes: &'b [u8],
    declared: Option<&str>,
    options: &Options,
) -> Result<Characters<'b>, Error> {
    let mut notices = Vec::new();
    let encoding = choose(bytes, declared, options, &mut notices)?;
    // Removes a byte order mark of this encoding.
    let (text, _) = encoding.0.decode_with_bom_removal(bytes);
    if memchr::memchr(0, text.as_bytes()).is_some() {
        return Err(Error::Binary);
    }
    notices.extend(lost(&text));
    Ok(Characters { text, encoding, notices })
}

/// Returns the encoding to decode with, and says where it was assumed.
fn choose(
    bytes: &[u8],
    declared: Option<&str>,
    options: &Options,
    notices: &mut Vec<String>,
) -> Result<Encoding, Error> {
    let mark = encoding_rs::Encoding::for_bom(bytes).map(|(encoding, _)| Encoding(encoding));
    if let Some(named) = options.encoding {
        // UTF-16 is one name for two byte orders; the mark tells which.
        let is_utf16 = |encoding: Encoding| encoding.0 == UTF_16LE || encoding.0 == UTF_16BE;
        return Ok(mark.filter(|mark| is_utf16(*mark) && is_utf16(named)).unwrap_or(named));
    }
    if let Some(mark) = mark {
        return Ok(mark);
    }
    let declared = declared.and_then(Encoding::from_label);
    if let Some(utf16) = utf16_without_mark(&bytes[..bytes.len().min(HEAD)]) {
        notices.push(format!(
            "read as {}, which its bytes look like; --encoding names another",
            utf16.0.name()
        ));
        return Ok(utf16);
    }
    if is_utf8(bytes) {
        return Ok(Encoding(UTF_8));
    }
    if let Some(declared) = declared
        && n_lost(declared, bytes) * 100 <= bytes.len()
    {
        return Ok(declared);
    }
    let found = detect(bytes)?;
    notices.push(match declared {
        Some(declared) => format!(
            "declared as {}, but read as {}, which its bytes look like; --encoding names another",
            declared.0.name(),
            found.0.name()
        ),
        None => format!(
            "read as {}, which its bytes look like; --encoding names another",
            found.0.name()
        ),
    });
    Ok(found)
}

/// Whether bytes are UTF-8, though a few may be damaged or the last one cut off:
/// text of another encoding has hardly a sound sequence.
fn is_utf8(bytes: &[u8]) -> bool {
    if std::str::from_utf8(bytes).is_ok() {
        return true;
    }
    let (mut n_sound, mut n_broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        n_sound += chunk.valid().bytes().filter(|byte| *byte >= 0xc0).count();
        n_broken += usize::from(!chunk.invalid().is_empty());
    }
    n_sound >= 4 && n_broken * 20 <= n_sound
}

/// Returns the byte order of UTF-16 that lacks its mark: a zero byte stands in
/// every line end and every Latin letter, on one side only, and the rest is
/// Chinese.
fn utf16_without_mark(head: &[u8]) -> Option<Encoding> {
    if !head.contains(&0) || !head.len().is_multiple_of(2) {
        return None;
    }
    [UTF_16LE, UTF_16BE].into_iter().map(Encoding).find(|encoding| {
        let (text, broken) = encoding.0.decode_without_bom_handling(head);
        let n_chars = text.chars().count();
        let n_plausible = text.chars().filter(|ch| is_plausible(*ch)).count();
        !broken && n_plausible * 20 >= n_chars * 19
    })
}

/// Whether a character is one that Chinese texts are made of.
fn is_plausible(ch: char) -> bool {
    matches!(ch,
        '\t' | '\n' | '\r' | ' '..='~'
        | '\u{00b7}' | '\u{2010}'..='\u{203b}' | '\u{2460}'..='\u{2473}'
        | '\u{3000}'..='\u{3020}' | '\u{4e00}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}')
}

/// Bytes that are shown to the detector; more do not change its mind.
const DETECTED: usize = 256 << 10;

/// Returns the encoding that bytes look like. The programs that wrote Chinese
/// files used GBK and Big5, so a guess at anything else is not believed.
fn detect(bytes: &[u8]) -> Result<Encoding, Error> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let head = &bytes[..bytes.len().min(DETECTED)];
    detector.feed(head, head.len() == bytes.len());
    // A hint at a country makes garbage of the other Chinese encoding.
    let guess = detector.guess(None, Utf8Detection::Deny);
    let mut candidates = [GB18030, BIG5].map(Encoding);
    if guess == BIG5 {
        candidates.reverse();
    }
    let best = candidates
        .into_iter()
        .map(|encoding| (n_lost(encoding, head), encoding))
        .min_by_key(|(n_lost, _)| *n_lost);
    match best {
        Some((n_lost, encoding)) if n_lost * 50 <= head.len() => Ok(encoding),
        _ => Err(Error::Binary),
    }
}

/// Returns how many characters of bytes cannot be decoded.
fn n_lost(encoding: Encoding, bytes: &[u8]) -> usize {
    let (text, broken) = encoding.0.decode_without_bom_handling(bytes);
    if broken { memchr::memmem::find_iter(text.as_bytes(), "\u{fffd}").count() } else { 0 }
}

/// Says how many characters of a text are lost and where the first one stood.
fn lost(text: &str) -> Option<String> {
    let first = memchr::memmem::find(text.as_bytes(), "\u{fffd}".as_bytes())?;
    let n_lost = memchr::memmem::find_iter(text.as_bytes(), "\u{fffd}").count();
    let before = &text[..first];
    let line = memchr::memchr_iter(b'\n', before.as_bytes()).count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    let what = if n_lost == 1 { "1 character is" } else { &format!("{n_lost} characters are") };
    Some(format!(
        "{what} not readable and stand{} as U+FFFD, the first in line {line}, column {column}",
        if n_lost == 1 { "s" } else { "" }
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "一、总体要求\n（一）优化格局。到2027年，“两山”理念落实。\n";

    fn options(label: &str) -> Options {
        Options { encoding: Some(label.parse().unwrap()), ..Options::default() }
    }

    #[track_caller]
    fn check(bytes: &[u8], expected: &str, charset: &str, n_notices: usize) {
        let found = decode(bytes, None, &Options::default()).unwrap();
        assert_eq!((&*found.text, found.encoding.name().as_str()), (expected, charset));
        assert_eq!(found.notices.len(), n_notices, "{:?}", found.notices);
    }

    fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(to_bytes).collect()
    }

    #[test]
    fn encodings_of_chinese_are_told_apart() {
        check(TEXT.as_bytes(), TEXT, "utf-8", 0);
        check(format!("\u{feff}{TEXT}").as_bytes(), TEXT, "utf-8", 0);
        let marked = format!("\u{feff}{TEXT}");
        check(&utf16(&marked, u16::to_le_bytes), TEXT, "utf-16le", 0);
        check(&utf16(&marked, u16::to_be_bytes), TEXT, "utf-16be", 0);
        check(&utf16(TEXT, u16::to_le_bytes), TEXT, "utf-16le", 1);
        check(&utf16(TEXT, u16::to_be_bytes), TEXT, "utf-16be", 1);
        check(&GB18030.encode(TEXT).0, TEXT, "gb18030", 1);
        let traditional = "一、總體要求\r\n（一）優化格局。到2027年，「兩山」理念落實。\r\n";
        check(&BIG5.encode(traditional).0, traditional, "big5", 1);
        // Rare characters take four bytes, which GBK does not have.
        let rare = "𠮷林、㛃、䶮，石䃥镇人民政府负责落实。";
        check(&GB18030.encode(rare).0, rare, "gb18030", 1);
        check(&GB18030.encode("年").0, "年", "gb18030", 1);
    }

    #[test]
    fn what_cannot_be_decoded_is_counted_with_its_place() {
        let mut bytes = TEXT.as_bytes().to_vec();
        bytes.truncate(bytes.len() - 3);
        let found = decode(&bytes, None, &Options::default()).unwrap();
        assert_eq!(found.encoding.name(), "utf-8");
        assert_eq!(
            found.notices,
            ["1 character is not readable and stands as U+FFFD, the first in line 2, column 24"]
        );
        let mut bytes = GB18030.encode(&TEXT.repeat(20)).0.into_owned();
        bytes[2] = 0xff;
        bytes[40] = 0xff;
        let found = decode(&bytes, None, &Options::default()).unwrap();
        assert_eq!(found.encoding.name(), "gb18030");
        assert!(found.notices[1].contains("line 1, column 2"), "{:?}", found.notices);
    }

    #[test]
    fn what_is_declared_is_believed_unless_the_bytes_contradict() {
        let big5 = BIG5.encode("總則").0;
        let found = decode(&big5, Some("big5"), &Options::default()).unwrap();
        assert_eq!((&*found.text, found.notices.len()), ("總則", 0));
        let found = decode(TEXT.as_bytes(), Some("gb2312"), &Options::default()).unwrap();
        assert_eq!((&*found.text, found.notices.len()), (TEXT, 0));
        let gbk = GBK.encode(TEXT).0;
        let found = decode(&gbk, Some("utf-8"), &Options::default()).unwrap();
        assert_eq!(&*found.text, TEXT);
        assert!(found.notices[0].starts_with("declared as UTF-8, but read as gb18030"));
        let found = decode(&gbk, Some("gb2312"), &Options::default()).unwrap();
        assert_eq!((&*found.text, found.encoding.name().as_str()), (TEXT, "gb18030"));
    }

    #[test]
    fn the_encoding_named_is_taken_whatever_the_bytes_are() {
        let found = decode("总则".as_bytes(), None, &options("GBK")).unwrap();
        assert_eq!((&*found.text, found.encoding.name().as_str()), ("鎬诲垯", "gb18030"));
        let bytes = utf16(&format!("\u{feff}{TEXT}"), u16::to_be_bytes);
        assert_eq!(&*decode(&bytes, None, &options("utf-16")).unwrap().text, TEXT);
        assert!("gb-2312-x".parse::<Encoding>().is_err());
    }

    #[test]
    fn bytes_that_are_no_text_are_refused() {
        let noise: Vec<u8> = (0..5_000_u32).map(|n| (n * n * 7 + n / 3) as u8 | 1).collect();
        assert!(!is_text(&[0, 1, 2, 3, 0, 0]));
        assert!(is_text(b"a\r\n\tb") && is_text(TEXT.as_bytes()));
        assert!(!is_text(&noise) || decode(&noise, None, &Options::default()).is_err());
        assert_eq!(decode(b"a\0b", None, &Options::default()).unwrap_err(), Error::Binary);
    }
}
