//! Objects that a PDF keeps packed together, looked at before they are read.
//!
//! A few packed bytes can stand for a million objects inside each other, which no
//! stack has room for. However they are packed and locked, they are unpacked here as
//! the reader does it, and not read.

use unpdf::parser::raw::stream::decompress;
use unpdf::parser::raw::tokenizer::parse_object;
use unpdf::parser::raw::{PdfObject, PdfStream, RawDocument};

use super::guard;
use crate::error::{Error, Limit};
use crate::options::Limits;

/// What only streams of objects say: where the first of them stands.
const FIRST: &[u8] = b"/First";

/// The name in its place under which nothing is looked for.
const HIDDEN: &[u8] = b"/Frist";

/// Returns the most objects that may stand inside each other in one packed stream.
/// Reads by recursion, but nothing that is packed.
///
/// # Errors
///
/// [`Error::OverLimit`] where all of them unpack to more than is allowed.
pub(super) fn n_openings(bytes: &[u8], limits: Limits) -> Result<usize, Error> {
    if spells_first(bytes) {
        return Ok(usize::MAX);
    }
    let places: Vec<usize> = memchr::memmem::find_iter(bytes, FIRST).collect();
    if places.is_empty() {
        return Ok(0);
    }
    let mut hidden = bytes.to_vec();
    for at in places {
        hidden[at..at + HIDDEN.len()].copy_from_slice(HIDDEN);
    }
    let unlocked = memchr::memmem::find(bytes, b"Encrypt")
        .and_then(|_| RawDocument::load(&hidden).ok())
        .filter(RawDocument::is_encrypted);
    let (mut most, mut n_unpacked) = (0, 0_usize);
    let mut count = |stream: &PdfStream| {
        if stream.dict.contains_key(&HIDDEN[1..])
            && let Ok(unpacked) = decompress(stream)
        {
            most = most.max(guard::n_openings(&unpacked));
            n_unpacked = n_unpacked.saturating_add(unpacked.len());
        }
        limits.check(Limit::UnpackedBytes, n_unpacked)
    };
    for head in heads(&hidden) {
        if let Some(PdfObject::Stream(stream)) =
            unlocked.as_ref().and_then(|file| file.get_object(head.id))
        {
            count(stream)?;
        }
        if let Ok((PdfObject::Stream(stream), _)) = parse_object(&hidden, head.start) {
            count(&stream)?;
        }
    }
    Ok(most)
}

/// Where an object begins: `12 0 obj`.
struct Head {
    start: usize,
    id: (u32, u16),
}

fn heads(bytes: &[u8]) -> impl Iterator<Item = Head> {
    memchr::memmem::find_iter(bytes, b"obj").filter_map(|at| {
        // What stands in front of `end`, and the number at that end.
        let number = |end: usize| {
            let before = bytes[..end].trim_ascii_end();
            let n = before.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
            let start = before.len() - n;
            let digits = std::str::from_utf8(&before[start..]).ok()?;
            Some((start, digits.parse::<u32>().ok()?))
        };
        let (end, generation) = number(at)?;
        let (start, object) = number(end)?;
        Some(Head { start, id: (object, generation.try_into().ok()?) })
    })
}

/// Whether a name is `/First` and hides it in escapes: `/F#69rst`.
fn spells_first(bytes: &[u8]) -> bool {
    memchr::memchr_iter(b'/', bytes).any(|at| {
        let mut rest = &bytes[at + 1..];
        let mut is_escaped = false;
        let is_first = FIRST[1..].iter().all(|wanted| {
            let (found, n) = match unescaped(rest) {
                Some(byte) => (Some(byte), 3),
                None => (rest.first().copied(), 1),
            };
            is_escaped |= n == 3;
            rest = rest.get(n..).unwrap_or_default();
            found == Some(*wanted)
        });
        is_first && is_escaped
    })
}

fn unescaped(rest: &[u8]) -> Option<u8> {
    let [b'#', high, low, ..] = rest else { return None };
    let digit = |byte: u8| char::from(byte).to_digit(16);
    u8::try_from(digit(*high)? * 16 + digit(*low)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_known_in_escapes() {
        assert!(spells_first(b"<</N 1/F#69rst 4>>") && spells_first(b"/#46#69#72#73#74"));
        assert!(!spells_first(b"<</N 1/First 4/F#69>>/") && !spells_first(b"/F#"));
    }

    #[test]
    fn the_head_of_an_object_is_found() {
        let found: Vec<_> = heads(b"obj 1 obj\n12 0 obj<<>>endobj 7\n3\tobj 99999999999 0 obj")
            .map(|head| (head.start, head.id))
            .collect();
        assert_eq!(found, [(10, (12, 0)), (29, (7, 3))]);
    }
}
