//! Objects that a PDF keeps packed together, looked at before they are read.
//!
//! A few packed bytes can stand for a million objects inside each other, which no
//! stack has room for.

use std::io::Read;

use flate2::read::{DeflateDecoder, ZlibDecoder};

use super::guard;
use crate::error::{Error, Limit};
use crate::options::Limits;

/// Bytes in front of a stream in which what it is may be said.
const DICTIONARY_BYTES: usize = 4 << 10;

/// Returns the most objects that may stand inside each other in one packed stream.
///
/// # Errors
///
/// [`Error::OverLimit`] where all of them unpack to more than is allowed.
pub(super) fn n_openings(bytes: &[u8], limits: Limits) -> Result<usize, Error> {
    let mut most = 0;
    let mut n_unpacked = 0_usize;
    for at in memchr::memmem::find_iter(bytes, b"stream") {
        let before = &bytes[at.saturating_sub(DICTIONARY_BYTES)..at];
        let start = memchr::memmem::rfind(before, b"obj").unwrap_or(0);
        let dictionary = &before[start..];
        // Only streams of objects say where the first stands; a name may hide in escapes.
        if before.ends_with(b"end")
            || memchr::memmem::find(dictionary, b"First").is_none() && !dictionary.contains(&b'#')
        {
            continue;
        }
        let packed = bytes[at + b"stream".len()..].trim_ascii_start();
        let allowed = limits.get(Limit::UnpackedBytes).saturating_sub(n_unpacked);
        let (mut n_bytes, mut n) = count(ZlibDecoder::new(packed), allowed);
        if n_bytes == 0 {
            (n_bytes, n) = count(DeflateDecoder::new(packed), allowed);
        }
        n_unpacked = n_unpacked.saturating_add(n_bytes);
        limits.check(Limit::UnpackedBytes, n_unpacked)?;
        most = most.max(n);
    }
    Ok(most)
}

/// Unpacks as far as it is sound and allowed; returns how many bytes there were,
/// and how many objects open in them.
fn count(mut unpacked: impl Read, allowed: usize) -> (usize, usize) {
    let mut room = vec![0; 1 << 16];
    let (mut n_bytes, mut n_openings) = (0_usize, 0_usize);
    while n_bytes <= allowed
        && let Ok(n) = unpacked.read(&mut room)
        && n > 0
    {
        n_bytes += n;
        n_openings += guard::n_openings(&room[..n]);
    }
    (n_bytes, n_openings)
}
