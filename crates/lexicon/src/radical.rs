//! Radicals that stand in the place of characters: ⼯作 for 工作.
//!
//! Some programs make PDF files whose fonts tell a radical where a character is shown.
//! People see no difference, and neither a search nor a rule may make one.

use std::sync::LazyLock;

const TABLE: &str = include_str!("../../../seeds/lexicon/radicals.tsv");

/// The first radical of Unicode's blocks CJK Radicals Supplement and Kangxi Radicals.
const FIRST: u32 = 0x2e80;

/// The last one.
const LAST: u32 = 0x2fd5;

static FORMS: LazyLock<Vec<char>> = LazyLock::new(|| {
    let mut forms: Vec<char> = (FIRST..=LAST).filter_map(char::from_u32).collect();
    for (radical, plain) in rows() {
        if let Some(form) = forms.get_mut((u32::from(radical) - FIRST) as usize) {
            *form = plain;
        }
    }
    forms
});

fn rows() -> impl Iterator<Item = (char, char)> {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#')).skip(1);
    lines.filter_map(|line| {
        let mut cells = line.split('\t').map(|cell| cell.chars().next());
        Some((cells.next()??, cells.next()??))
    })
}

/// Returns the character that a radical looks like; any other character stays.
///
/// ```
/// use gangmu_lexicon::plain_form;
/// assert_eq!("⼯作部⻔".chars().map(plain_form).collect::<String>(), "工作部门");
/// ```
pub fn plain_form(ch: char) -> char {
    match u32::from(ch) {
        code @ FIRST..=LAST => FORMS.get((code - FIRST) as usize).copied().unwrap_or(ch),
        _ => ch,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_names_a_radical_a_character_and_a_source() {
        let lines: Vec<&str> =
            TABLE.lines().filter(|line| !line.starts_with('#')).skip(1).collect();
        assert_eq!(rows().count(), lines.len());
        for (radical, plain) in rows() {
            assert!((FIRST..=LAST).contains(&u32::from(radical)), "{radical}");
            assert!(('\u{4e00}'..='\u{9fff}').contains(&plain), "{radical}: {plain}");
            assert_eq!(plain_form(radical), plain);
        }
        assert!(
            lines.iter().all(|line| line.split('\t').nth(2).is_some_and(|cell| !cell.is_empty()))
        );
        assert!(lines.is_sorted());
    }
}
