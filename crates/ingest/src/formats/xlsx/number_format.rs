//! Numbers and dates as a workbook shows them: ECMA-376 part 1, 18.8.30 and 18.8.31.

use rust_decimal::Decimal;

use super::digits::{fraction, general, in_places, in_runs};
use super::format_code::{Local, Piece, Section, section_for};
use super::han_digits::HanDigits;
use super::moment::{Epoch, Moment};

/// Formats that the file knows by number alone.
const BUILT_IN: &[(u32, &str)] = &[
    (1, "0"),
    (2, "0.00"),
    (3, "#,##0"),
    (4, "#,##0.00"),
    (9, "0%"),
    (10, "0.00%"),
    (11, "0.00E+00"),
    (12, "# ?/?"),
    (13, "# ??/??"),
    (15, "d-mmm-yy"),
    (16, "d-mmm"),
    (17, "mmm-yy"),
    (18, "h:mm AM/PM"),
    (19, "h:mm:ss AM/PM"),
    (20, "h:mm"),
    (21, "h:mm:ss"),
    (37, "#,##0;-#,##0"),
    (38, "#,##0;-#,##0"),
    (39, "#,##0.00;-#,##0.00"),
    (40, "#,##0.00;-#,##0.00"),
    (41, "#,##0;-#,##0;\"-\""),
    (42, "¥#,##0;¥-#,##0;¥\"-\""),
    (43, "#,##0.00;-#,##0.00;\"-\""),
    (44, "¥#,##0.00;¥-#,##0.00;¥\"-\""),
    (45, "mm:ss"),
    (46, "[h]:mm:ss"),
    (47, "mm:ss"),
    (48, "##0.0E+0"),
    (49, "@"),
];

/// Formats that each language has its own way of, as Chinese Excel shows them.
const LOCAL: &[(&[u32], &str)] = &[
    (&[14], "yyyy/m/d"),
    (&[22], "yyyy/m/d h:mm"),
    (&[27, 36, 50, 52, 57], "yyyy\"年\"m\"月\""),
    (&[28, 29, 51, 53, 54, 58], "m\"月\"d\"日\""),
    (&[30], "m-d-yy"),
    (&[31], "yyyy\"年\"m\"月\"d\"日\""),
    (&[32], "h\"时\"mm\"分\""),
    (&[33], "h\"时\"mm\"分\"ss\"秒\""),
    (&[34, 55], "上午/下午h\"时\"mm\"分\""),
    (&[35, 56], "上午/下午h\"时\"mm\"分\"ss\"秒\""),
];

/// Digits that Excel works with.
const DIGITS: usize = 15;

/// Whether a format of that number is each language's own, whatever code a
/// program wrote down for it.
pub(super) fn is_local(id: u32) -> bool {
    local(id).is_some()
}

/// Returns the code of a format that has only a number.
pub(super) fn built_in(id: u32) -> &'static str {
    let found = BUILT_IN.iter().find(|(at, _)| *at == id).map(|(_, code)| *code);
    local(id).or(found).unwrap_or("General")
}

fn local(id: u32) -> Option<&'static str> {
    LOCAL.iter().find(|(ids, _)| ids.contains(&id)).map(|(_, code)| *code)
}

/// Writes a number, or the moment it stands for, by a format code.
pub(super) fn write(value: f64, code: &str, epoch: Epoch) -> String {
    let (section, is_unsigned) = section_for(code, value);
    match section.local {
        Some(Local::Date) => return write(value, "yyyy\"年\"m\"月\"d\"日\"", epoch),
        Some(Local::Time) => return write(value, "h:mm:ss", epoch),
        None => {}
    }
    let is_moment = section
        .pieces
        .iter()
        .any(|piece| matches!(piece, Piece::Date(..) | Piece::Elapsed(_) | Piece::HalfDay(_)));
    match Moment::new(value, epoch) {
        Some(moment) if is_moment => write_moment(moment, &section),
        _ => write_number(if is_unsigned { value.abs() } else { value }, code, &section),
    }
}

/// Writes a number by a section of a format code.
fn write_number(value: f64, code: &str, section: &Section) -> String {
    let Ok(number) = Decimal::from_scientific(&format!("{value:.*e}", DIGITS - 1)) else {
        return value.to_string();
    };
    if section.is_blank() {
        // Nought is hidden so; any other number would be lost without a word.
        return if number.is_zero() && code.contains(';') {
            String::new()
        } else {
            general(number)
        };
    }
    let pieces = &section.pieces;
    let runs: Vec<&str> = pieces
        .iter()
        .filter_map(|piece| match piece {
            Piece::Number(places) => Some(places.as_str()),
            _ => None,
        })
        .collect();
    let is_moment = pieces
        .iter()
        .any(|piece| matches!(piece, Piece::Date(..) | Piece::Elapsed(_) | Piece::HalfDay(_)));
    // A power hides digits that are there.
    if is_moment || runs.iter().any(|places| places.contains(['E', 'e'])) {
        return general(number);
    }
    let n_percents = pieces.iter().filter(|piece| **piece == Piece::Percent).count() as u32;
    let hundred = Decimal::ONE_HUNDRED;
    let scaled = (0..n_percents).try_fold(number, |number, _| number.checked_mul(hundred));
    let Some(scaled) = scaled else { return general(number) };
    let each = |text: String| section.digits.map_or(text.clone(), |digits| digits.each(&text));
    let counted =
        |text: String| section.digits.map_or(text.clone(), |digits| digits.counted(&text));
    let mut written = match &runs[..] {
        [] => Vec::new(),
        [places] if !places.contains('/') => vec![in_places(scaled, places)],
        [places] => fraction(scaled, false, places).into_iter().collect(),
        [whole, places] if places.contains('/') && !whole.contains(['.', '/']) => {
            let written = fraction(scaled, true, places);
            written.into_iter().flat_map(|text| [String::new(), text]).collect()
        }
        runs if runs.iter().all(|places| !places.contains(['.', '/'])) => in_runs(scaled, runs),
        _ => Vec::new(),
    }
    .into_iter();
    if written.len() != runs.len() {
        return general(number);
    }
    // A colour alone, or the signs of digits, leave the number as it is.
    if pieces.is_empty() {
        return counted(general(scaled));
    }
    let mut text = String::new();
    for piece in pieces {
        match piece {
            Piece::Literal(literal) => text.push_str(literal),
            Piece::Percent => text.push('%'),
            Piece::General => text.push_str(&counted(general(scaled))),
            Piece::Number(_) => text.push_str(&each(written.next().unwrap_or_default())),
            Piece::Date(..) | Piece::Elapsed(_) | Piece::HalfDay(_) => {}
        }
    }
    text.trim().to_owned()
}

fn write_moment(moment: Moment, section: &Section) -> String {
    let pieces = &section.pieces;
    let Moment { year, month, day, hour, minute, second, weekday, n_seconds } = moment;
    let halved = pieces.iter().any(|piece| matches!(piece, Piece::HalfDay(_)));
    let each = |text: String| section.digits.map_or(text.clone(), |digits| digits.each(&text));
    let mut text = String::new();
    for (at, piece) in pieces.iter().enumerate() {
        let padded = |value: u32, count: usize| match (section.digits, count) {
            (Some(HanDigits::FullWidth) | None, 2..) => each(format!("{value:02}")),
            (Some(digits), _) => digits.of_date(value),
            (None, _) => value.to_string(),
        };
        text.push_str(&match piece {
            Piece::Literal(literal) => literal.clone(),
            Piece::HalfDay(halves) => halves[usize::from(hour >= 12)].to_owned(),
            Piece::Elapsed('h') => each((n_seconds / 3600).to_string()),
            Piece::Elapsed('m') => each((n_seconds / 60).to_string()),
            Piece::Elapsed(_) => each(n_seconds.to_string()),
            Piece::Date('y' | 'e', 2) => each(format!("{:02}", year % 100)),
            Piece::Date('y' | 'e', _) => each(year.to_string()),
            Piece::Date('m', count) if is_minute(pieces, at) => padded(minute, *count),
            Piece::Date('m', count @ 1..=2) => padded(month, *count),
            Piece::Date('m', count) => {
                let name = MONTHS.get(month as usize - 1).copied().unwrap_or_default();
                name[..if *count == 3 { 3 } else { name.len() }].to_owned()
            }
            Piece::Date('d', count @ 1..=2) => padded(day, *count),
            Piece::Date('d', count) => {
                let name = WEEKDAYS[weekday].0;
                name[..if *count == 3 { 3 } else { name.len() }].to_owned()
            }
            Piece::Date('a', count) => {
                let prefix = if *count >= 4 { "星期" } else { "" };
                format!("{prefix}{}", WEEKDAYS[weekday].1)
            }
            Piece::Date('h', count) if halved => padded((hour + 11) % 12 + 1, *count),
            Piece::Date('h', count) => padded(hour, *count),
            Piece::Date('s', count) => padded(second, *count),
            // Parts of a second.
            Piece::Date(..) | Piece::Number(_) | Piece::Percent | Piece::General => String::new(),
        });
    }
    text.trim().to_owned()
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const WEEKDAYS: [(&str, char); 7] = [
    ("Sunday", '日'),
    ("Monday", '一'),
    ("Tuesday", '二'),
    ("Wednesday", '三'),
    ("Thursday", '四'),
    ("Friday", '五'),
    ("Saturday", '六'),
];

/// Whether an m stands for minutes: behind hours or before seconds.
fn is_minute(pieces: &[Piece], at: usize) -> bool {
    let date = |piece: &Piece| match piece {
        Piece::Date(letter, _) | Piece::Elapsed(letter) => Some(*letter),
        _ => None,
    };
    pieces[..at].iter().rev().find_map(date) == Some('h')
        || pieces[at + 1..].iter().find_map(date) == Some('s')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_cells_show_them() {
        for (value, code, expected) in [
            (20.0, "General", "20"),
            (0.1 + 0.2, "General", "0.3"),
            (1.0 / 3.0, "General", "0.333333333"),
            (123_456_789_012.0, "General", "123456789012"),
            (-4.1, "General", "-4.1"),
            (0.8326, "0.00%", "83.26%"),
            (0.145, "0%", "15%"),
            (0.95, "0%", "95%"),
            (7603.0, "#,##0", "7,603"),
            (1_234_567.5, "#,##0.00_);(#,##0.00)", "1,234,567.50"),
            (-3.0, "#,##0.00_);(#,##0.00)", "(3.00)"),
            (0.0, "0.0;-0.0;\"—\"", "—"),
            (32.0, "\"≤\"0", "≤32"),
            (3000.0, "0\"亩\"", "3000亩"),
            (5.0, "[$¥-804]0.00", "¥5.00"),
            (2.5, "0.##", "2.5"),
            (0.5, "#.0", ".5"),
            (12_000.0, "0,", "12"),
            (3.0, "000", "003"),
            (1.5, "# ?/?", "1 1/2"),
            (0.25, "# ??/??", "1/4"),
            (-0.75, "# ?/?", "-3/4"),
            (2.0, "# ?/?", "2"),
            (0.999, "# ?/?", "1"),
            (12.333, "# ???/???", "12 332/997"),
            (1.5, "?/?", "3/2"),
            (3.25, "# ??/100", "3 25/100"),
            (0.25, "# ?/8", "2/8"),
            (12.5, "[DBNum1][$-804]General", "一十二.五"),
            (20.0, "[DBNum2]G/通用格式\"元整\"", "贰拾元整"),
            (2025.0, "[DBNum1]0", "二〇二五"),
            (12.0, "[DBNum2]", "壹拾贰"),
            (0.0, "0;-0;;@", ""),
            (5.0, ";;;", "5"),
            (1.0, "[=1]\"是\";[=0]\"否\";0", "是"),
            (0.0, "[=1]\"是\";[=0]\"否\";0", "否"),
            (-7.0, "[=1]\"是\";[=0]\"否\";0", "-7"),
            (-7.0, "[>100]0.0;[<0]-0;0.00", "-7"),
            (5.0, "[>100]0.0;[<0]-0;0.00", "5.00"),
            (12_346.0, "000-0000", "001-2346"),
            (12_345.0, "# ##0", "12 345"),
            (12_345.678, "0!.0,\"万\"", "1.2万"),
            (7.0, "[Red]", "7"),
            (1500.0, "0.00E+00", "1500"),
            (7.0, "@", "7"),
            (7.0, "G/通用格式\"项\"", "7项"),
        ] {
            assert_eq!(write(value, code, Epoch::Year1900), expected, "{value} {code}");
        }
        assert!(write(1e300, "0", Epoch::Year1900).starts_with("1000000"));
    }

    #[test]
    fn dates_are_written_as_cells_show_them() {
        // 6 March 2025, 14:05:09.
        let days = 45_722.0 + (14.0 * 3600.0 + 5.0 * 60.0 + 9.0) / 86_400.0;
        for (code, expected) in [
            ("yyyy\"年\"m\"月\"d\"日\"", "2025年3月6日"),
            ("yyyy\"年\"m\"月\";@", "2025年3月"),
            ("yyyy/mm/dd", "2025/03/06"),
            ("[$-804]yyyy-m-d h:mm:ss", "2025-3-6 14:05:09"),
            ("d-mmm-yy", "6-Mar-25"),
            ("上午/下午h\"时\"mm\"分\"", "下午2时05分"),
            ("h:mm AM/PM", "2:05 PM"),
            ("dddd, mmmm d", "Thursday, March 6"),
            ("m\"月\"d\"日\"aaaa", "3月6日星期四"),
            ("[h]:mm", "1097342:05"),
            ("[DBNum1][$-804]yyyy\"年\"m\"月\"d\"日\";@", "二〇二五年三月六日"),
            ("[DBNum3]yyyy\"年\"mm\"月\"", "２０２５年０３月"),
            ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "2025年3月6日"),
            ("[$-F400]h:mm:ss\\ AM/PM", "14:05:09"),
            (built_in(57), "2025年3月"),
            (built_in(14), "2025/3/6"),
            (built_in(0), "45722.58691"),
            ("[Red]0.0", "45722.6"),
        ] {
            assert_eq!(write(days, code, Epoch::Year1900), expected, "{code}");
        }
        assert_eq!(write(-3.0, "yyyy/m/d", Epoch::Year1900), "-3");
    }

    #[test]
    fn any_code_is_taken_apart() {
        for code in [
            "",
            "\"",
            "[",
            "[]",
            "[$",
            "\\",
            "_",
            "*",
            ";;;",
            "[h",
            "0.0.0",
            "mmmm",
            "?/0",
            "# ?/999999999999999999999",
            "?/?/?",
            "0-0.0",
            "[<]0;[>",
            "[DBNum1]?/?",
            &"0-".repeat(40),
            &"%".repeat(40),
        ] {
            for value in [1e20, -1e300, 0.0, 1.5, 70.0] {
                let _ = write(value, code, Epoch::Year1904);
            }
        }
    }
}
