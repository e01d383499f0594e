//! Dates as documents write them.

use crate::numeral::{leading_arabic, leading_han};

/// A date with the precision it is written with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Date {
    pub(crate) year: i32,
    pub(crate) month: Option<u32>,
    pub(crate) day: Option<u32>,
}

impl Date {
    /// Returns the date as ISO 8601 writes it: `2024-03-22`, `2025-07`, `2025`.
    pub(crate) fn iso(self) -> String {
        match (self.month, self.day) {
            (Some(month), Some(day)) => format!("{:04}-{month:02}-{day:02}", self.year),
            (Some(month), None) => format!("{:04}-{month:02}", self.year),
            _ => format!("{:04}", self.year),
        }
    }
}

/// Reads the date at the start of a folded text, and its length: 2024年3月22日,
/// 二〇二四年三月二十二日, 2024-03-22, 2024.3.22, 2025年7月.
pub(crate) fn leading_date(text: &str) -> Option<(Date, usize)> {
    let (year, mut end) = leading_arabic(text, 4).or_else(|| leading_han(text))?;
    if !(1900..=2200).contains(&year) {
        return None;
    }
    let year = year as i32;
    let separator = text[end..].chars().next()?;
    let closers: (&str, &str) = match separator {
        '年' => ("月", "日"),
        '-' | '/' | '.' => ("", ""),
        _ => return None,
    };
    end += separator.len_utf8();
    let number = |at: usize| leading_arabic(&text[at..], 2).or_else(|| leading_han(&text[at..]));
    let Some((month, len)) = number(end).filter(|(month, _)| (1..=12).contains(month)) else {
        return (separator == '年').then_some((Date { year, month: None, day: None }, end));
    };
    let after_month = end + len;
    let day_at = if separator == '年' {
        let Some(rest) = text[after_month..].strip_prefix(closers.0) else {
            return Some((Date { year, month: None, day: None }, end));
        };
        text.len() - rest.len()
    } else {
        match text[after_month..].strip_prefix(separator) {
            Some(rest) => text.len() - rest.len(),
            None => return Some((Date { year, month: Some(month), day: None }, after_month)),
        }
    };
    match number(day_at).filter(|(day, _)| (1..=31).contains(day)) {
        Some((day, len)) if text[day_at + len..].starts_with(closers.1) => {
            let end = day_at + len + closers.1.len();
            Some((Date { year, month: Some(month), day: Some(day) }, end))
        }
        _ => Some((Date { year, month: Some(month), day: None }, day_at)),
    }
}

/// Reads the dates of a folded text that begin within `n_chars` characters before `end`, those
/// that begin last first: where each begins, the date and its length.
pub(crate) fn dates_before(
    text: &str,
    end: usize,
    n_chars: usize,
) -> impl Iterator<Item = (usize, Date, usize)> {
    let starts = text[..end].char_indices().rev().map(|(at, _)| at).take(n_chars);
    starts.filter_map(|at| leading_date(&text[at..]).map(|(date, len)| (at, date, len)))
}

/// Finds the first date in a folded text.
pub(crate) fn find_date(text: &str) -> Option<Date> {
    let mut at_digit = false;
    for (at, ch) in text.char_indices() {
        let digit = ch.is_ascii_digit() || crate::numeral::digit(ch).is_some();
        if digit
            && !at_digit
            && let Some((date, _)) = leading_date(&text[at..])
        {
            return Some(date);
        }
        at_digit = digit;
    }
    None
}

/// Reads a moment: 2024-03-22 10:00:19, as precise as written. The folded text
/// keeps one blank between date and time.
pub(crate) fn moment(text: &str) -> Option<String> {
    let start = text.find(|ch: char| ch.is_ascii_digit())?;
    let (date, len) = leading_date(&text[start..])?;
    let rest = text[start + len..].trim_start_matches(['T', ' ']);
    let clock: String = rest.chars().take_while(|ch| ch.is_ascii_digit() || *ch == ':').collect();
    let parts: Vec<&str> = clock.split(':').collect();
    let two_digits = |part: &&str| part.len() == 2;
    match parts.as_slice() {
        [hour, minute] if [hour, minute].into_iter().all(two_digits) => {
            Some(format!("{}T{hour}:{minute}", date.iso()))
        }
        [hour, minute, second] if [hour, minute, second].into_iter().all(two_digits) => {
            Some(format!("{}T{hour}:{minute}:{second}", date.iso()))
        }
        _ => Some(date.iso()),
    }
}

/// Whether a folded paragraph is a date and nothing else, as under a signature.
pub(crate) fn is_signature_date(text: &str) -> bool {
    let text = text.strip_suffix("印发").unwrap_or(text);
    leading_date(text).is_some_and(|(date, len)| {
        date.month.is_some()
            && (len == text.len() || text[len..].chars().all(|ch| matches!(ch, '日' | '月')))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_every_form() {
        for (text, iso) in [
            ("2024年3月22日", "2024-03-22"),
            ("二〇二四年三月二十二日", "2024-03-22"),
            ("二○○七年十二月三日", "2007-12-03"),
            ("2024-03-22", "2024-03-22"),
            ("2024.3.2", "2024-03-02"),
            ("2025年7月", "2025-07"),
            ("2027年,全省", "2027"),
        ] {
            assert_eq!(
                leading_date(text).map(|(date, _)| date.iso()).as_deref(),
                Some(iso),
                "{text}"
            );
        }
        assert_eq!(leading_date("12345"), None);
        assert_eq!(leading_date("2027"), None);
        assert_eq!(find_date("自2025年4月1日起施行").map(Date::iso).as_deref(), Some("2025-04-01"));
        assert!(is_signature_date("2026年7月14日印发") && !is_signature_date("2027年底前完成"));
    }

    #[test]
    fn moments_are_as_precise_as_written() {
        assert_eq!(moment("2024-03-22 10:00:19").as_deref(), Some("2024-03-22T10:00:19"));
        assert_eq!(moment("2026-07-03 10:21信息来源").as_deref(), Some("2026-07-03T10:21"));
        assert_eq!(moment("2025年03月05日").as_deref(), Some("2025-03-05"));
        assert_eq!(moment("次"), None);
    }
}
