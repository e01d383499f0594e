//! Dates as callers write them.

use time::format_description::well_known::Iso8601;
use time::{Date, Month, OffsetDateTime, PrimitiveDateTime};

/// Returns whether a text is a day of the calendar in the form of ISO 8601 (`2024-03-01`), or the
/// year or month of one (`2024`, `2024-03`).
pub fn is_date(text: &str) -> bool {
    let number = |part: &str, len: usize| {
        let is_number = part.len() == len && part.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| part.parse::<u16>().ok()).flatten()
    };
    let mut parts = text.split('-');
    let Some(year) = parts.next().and_then(|part| number(part, 4)) else { return false };
    let Some(month) = parts.next() else { return true };
    let month = number(month, 2).and_then(|month| u8::try_from(month).ok());
    let Some(Ok(month)) = month.map(Month::try_from) else { return false };
    let Some(day) = parts.next() else { return true };
    let day = number(day, 2).and_then(|day| u8::try_from(day).ok());
    let is_day = day.is_some_and(|day| Date::from_calendar_date(year.into(), month, day).is_ok());
    is_day && parts.next().is_none()
}

/// Returns whether a text is a date as [`is_date`] knows it, or a day with a time of day in the
/// form of ISO 8601 (`2024-03-01T10:00:19`, `2024-03-01T10:00+08:00`).
pub fn is_date_or_time(text: &str) -> bool {
    is_date(text)
        || PrimitiveDateTime::parse(text, &Iso8601::PARSING).is_ok()
        || OffsetDateTime::parse(text, &Iso8601::PARSING).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_those_of_the_calendar() {
        for date in ["2024", "2024-02", "2024-02-29", "1949-10-01"] {
            assert!(is_date(date) && is_date_or_time(date), "{date}");
        }
        for other in [
            "",
            "24",
            "2024-",
            "2024-13",
            "2024-00",
            "2024-2",
            "2023-02-29",
            "2024-04-31",
            "2024-04-3",
            "2024-04-30-",
            "2024-04-30-01",
            "２０２４",
            "2024年",
            "+024",
            "-2024",
        ] {
            assert!(!is_date(other), "{other}");
        }
    }

    #[test]
    fn times_are_those_of_a_day() {
        for time in [
            "2024-03-22T10:00:19",
            "2024-03-22T10:00",
            "2024-03-22T10:00:19.5+08:00",
            "2024-03-22T02:00Z",
        ] {
            assert!(is_date_or_time(time) && !is_date(time), "{time}");
        }
        for other in ["2024-03-22T25:00", "2024-02-30T10:00", "yesterday", "10:00", "2024-03-22T"] {
            assert!(!is_date_or_time(other), "{other}");
        }
    }
}
