//! Finding a division by what people write: `c3.m7`, `m7`, `三(七)`, `(七)`, `第十二条`.

use std::fmt;

use crate::{Division, Document};

/// Why an address does not lead to one division.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AddressError {
    /// No division has that address.
    Unknown,
    /// Several have it; their ids.
    Ambiguous(Vec<String>),
}

impl fmt::Display for AddressError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown => f.write_str("no clause has that address"),
            Self::Ambiguous(ids) => {
                write!(f, "{} clauses have that address: {}", ids.len(), ids.join(", "))
            }
        }
    }
}

impl std::error::Error for AddressError {}

impl Document {
    /// Finds the division that an address names: an id (`c3.m7`), the end of
    /// one (`m7`), a citation (`三(七)`, `三、（七）`), the end of one (`(七)`)
    /// or a marker (`第十二条`). Width, blanks and the 、 after a number do not count.
    ///
    /// # Errors
    ///
    /// [`AddressError::Unknown`] where nothing fits, [`AddressError::Ambiguous`]
    /// where several divisions fit equally well.
    pub fn find(&self, address: &str) -> Result<&Division, AddressError> {
        let wanted = fold(address);
        if wanted.is_empty() {
            return Err(AddressError::Unknown);
        }
        let tests: [&dyn Fn(&Division) -> bool; 5] = [
            &|division| division.id.as_str() == wanted,
            &|division| fold(&division.citation) == wanted,
            &|division| division.id.last_step() == wanted,
            &|division| division.marker.as_ref().is_some_and(|marker| fold(&marker.text) == wanted),
            &|division| fold(&division.citation).ends_with(&wanted),
        ];
        for test in tests {
            let found: Vec<&Division> =
                self.divisions.iter().filter(|division| test(division)).collect();
            match found.as_slice() {
                [] => {}
                [one] => return Ok(one),
                many => {
                    let ids = many.iter().map(|division| division.id.to_string()).collect();
                    return Err(AddressError::Ambiguous(ids));
                }
            }
        }
        Err(AddressError::Unknown)
    }
}

/// Folds width and leaves out blanks and the marks after a number.
fn fold(text: &str) -> String {
    text.chars()
        .filter_map(|ch| match ch {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(ch as u32 - 0xfee0),
            _ if ch.is_whitespace() => None,
            '、' => None,
            _ => Some(ch),
        })
        .flat_map(char::to_lowercase)
        .collect()
}
