//! Texts made to break the reader, and what must hold of every text.
//!
//! The property tests, the fuzz targets and the bench of hostile shapes share
//! what is here: [`check`] is the one body of every such test, [`PIECES`] are
//! what texts are put together from, [`SHAPES`] are the texts that ask for a
//! stack, or for time or memory that grow faster than they do.

mod mixture;
mod parts;
mod pieces;
mod shapes;

use gangmu_model::verify;
use gangmu_parser::{ParseOptions, parse};

pub use mixture::mixture;
pub use pieces::PIECES;
pub use shapes::{SHAPES, Shape};

/// Reads a text and checks what must hold whatever it is: reading does not
/// panic, nothing is lost, and the same text gives the same document.
///
/// # Panics
///
/// Where one of these does not hold.
pub fn check(text: &str) {
    let document = parse(text, &ParseOptions::default());
    let violations = verify(&document, text);
    assert!(violations.is_empty(), "{text:?}: {}", violations[0]);
    assert!(
        document == parse(text, &ParseOptions::default()),
        "{text:?}: the same text gave two documents"
    );
}

/// The same text in wide signs: ２０２７年（５％）. Offsets in the source and in what is read
/// of it then lie apart.
pub fn widened(text: &str) -> String {
    let wide = |ch: char| {
        let is_printed = ch.is_ascii_graphic();
        char::from_u32(u32::from(ch) + 0xfee0).filter(|_| is_printed).unwrap_or(ch)
    };
    text.chars().map(wide).collect()
}

/// Reads bytes of any kind as text and checks that.
///
/// # Panics
///
/// Where [`check`] does.
pub fn check_bytes(bytes: &[u8]) {
    check(&String::from_utf8_lossy(bytes));
}
