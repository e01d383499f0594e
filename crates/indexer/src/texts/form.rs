//! How texts are related to their normalised views.

use gangmu_query::is_han;

/// How a text is related to its normalised view. The number is the first byte of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Form {
    /// Only the view tells what stands in it.
    #[default]
    Other = 0,
    /// The same Han characters stand in both at the same places.
    Plain = 1,
    /// They do where blanks are left out of both.
    Spaced = 2,
    /// Each character of the view is the [`simple`] form of that of the text.
    Simple = 3,
    /// It is where blanks are left out of both.
    SimpleSpaced = 4,
}

impl Form {
    /// Compares a text with its view.
    pub(crate) fn of(text: &str, view: &str) -> Self {
        let written = |ch: &char| !ch.is_whitespace();
        let (of_text, of_view) = (text.chars(), view.chars());
        if of_text.clone().map(simple).eq(of_view.clone()) {
            return Self::Simple;
        }
        if same_han(of_text.clone(), of_view.clone()) {
            return Self::Plain;
        }
        let (of_text, of_view) = (of_text.filter(written), of_view.filter(written));
        if of_text.clone().map(simple).eq(of_view.clone()) {
            Self::SimpleSpaced
        } else if same_han(of_text, of_view) {
            Self::Spaced
        } else {
            Self::Other
        }
    }

    /// Returns whether Han characters stand in a text as in its view, be it with blanks between.
    pub(super) fn keeps_han(self) -> bool {
        self != Self::Other
    }

    pub(super) fn of_number(number: u8) -> Self {
        [Self::Plain, Self::Spaced, Self::Simple, Self::SimpleSpaced]
            .into_iter()
            .find(|form| *form as u8 == number)
            .unwrap_or_default()
    }
}

/// Returns what almost every character is in the view of a text.
fn simple(ch: char) -> char {
    match ch {
        '\u{ff01}'..='\u{ff5e}' => {
            char::from_u32(u32::from(ch) - WIDE).unwrap_or(ch).to_ascii_lowercase()
        }
        _ if ch.is_whitespace() => ' ',
        _ => ch.to_ascii_lowercase(),
    }
}

/// How far from an ASCII character its wide form is.
const WIDE: u32 = 0xfee0;

/// Returns the characters other than blanks whose [`simple`] form is `ch`.
pub(super) fn forms(ch: char) -> impl Iterator<Item = char> {
    let narrow = [Some(ch), Some(ch.to_ascii_uppercase()).filter(|upper| *upper != ch)];
    let wide = |ch: char| char::from_u32(u32::from(ch) + WIDE).filter(|_| ch.is_ascii_graphic());
    let wide = narrow.map(|ch| ch.and_then(wide));
    narrow.into_iter().chain(wide).flatten()
}

/// Returns whether the same Han characters come at the same places.
fn same_han(mut left: impl Iterator<Item = char>, mut right: impl Iterator<Item = char>) -> bool {
    loop {
        match (left.next(), right.next()) {
            (None, None) => return true,
            (left, right) if left == right => {}
            (left, right) if left.is_some_and(is_han) || right.is_some_and(is_han) => return false,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use gangmu_query::normalize;

    use super::*;

    #[test]
    fn the_form_tells_where_han_characters_stand_as_in_the_view() {
        for (text, form) in [
            ("", Form::Simple),
            ("到２０２５年，ＰＭ２．５浓度。\n第二款", Form::Simple),
            ("碳 a", Form::Simple),
            ("Ⅳ类水体", Form::Plain),
            ("碳 达峰", Form::SimpleSpaced),
            ("Ⅳ类\u{3000}水体", Form::Spaced),
            ("環境", Form::Other),
            ("İ碳 达a", Form::Other),
        ] {
            assert_eq!(Form::of(text, &normalize(text)), form, "{text}");
        }
    }
}
