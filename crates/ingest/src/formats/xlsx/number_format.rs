//! Numbers and dates as a workbook shows them: ECMA-376 part 1, 18.8.30 and 18.8.31.

use rust_decimal::{Decimal, RoundingStrategy};

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

/// Characters a number may take in a cell without a format of its own.
const GENERAL_WIDTH: u32 = 11;

/// A piece of a format code.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    /// Characters that stand as they are.
    Literal(String),
    /// Letters of a date or a time: `yyyy`.
    Date(char, usize),
    /// All hours, minutes or seconds since the epoch: `[h]`.
    Elapsed(char),
    /// 上午 or 下午, AM or PM.
    HalfDay([&'static str; 2]),
    /// Places of digits: `#,##0.00`.
    Number(String),
    Percent,
    /// The number as it is.
    General,
}

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
    let first = pieces(sections(code).first().copied().unwrap_or_default());
    let is_moment = first
        .iter()
        .any(|piece| matches!(piece, Piece::Date(..) | Piece::Elapsed(_) | Piece::HalfDay(_)));
    match Moment::new(value, epoch) {
        Some(moment) if is_moment => write_moment(moment, &first),
        _ => write_number(value, code),
    }
}

/// Writes a number by a format code.
fn write_number(value: f64, code: &str) -> String {
    let Ok(number) = Decimal::from_scientific(&format!("{value:.*e}", DIGITS - 1)) else {
        return value.to_string();
    };
    let sections = sections(code);
    let (section, number) = match (sections.get(1), sections.get(2)) {
        (Some(negative), _) if number.is_sign_negative() && !number.is_zero() => {
            (*negative, -number)
        }
        (_, Some(zero)) if number.is_zero() => (*zero, number),
        _ => (sections.first().copied().unwrap_or_default(), number),
    };
    let pieces = pieces(section);
    let n_numbers =
        pieces.iter().filter(|piece| matches!(piece, Piece::Number(_) | Piece::General)).count();
    // Fractions and powers have several runs of digits, or signs that are none.
    let is_unknown = pieces.iter().any(|piece| match piece {
        Piece::Number(places) => places.contains(['/', 'E', 'e']),
        Piece::Date(..) | Piece::Elapsed(_) | Piece::HalfDay(_) => true,
        _ => false,
    });
    if section.is_empty() || n_numbers > 1 || is_unknown {
        return general(number);
    }
    let n_percents = pieces.iter().filter(|piece| **piece == Piece::Percent).count() as u32;
    let hundred = Decimal::ONE_HUNDRED;
    let scaled = (0..n_percents).try_fold(number, |number, _| number.checked_mul(hundred));
    let Some(scaled) = scaled else { return general(number) };
    let mut text = String::new();
    for piece in &pieces {
        match piece {
            Piece::Literal(literal) => text.push_str(literal),
            Piece::Percent => text.push('%'),
            Piece::General => text.push_str(&general(scaled)),
            Piece::Number(places) => text.push_str(&in_places(scaled, places)),
            Piece::Date(..) | Piece::Elapsed(_) | Piece::HalfDay(_) => {}
        }
    }
    text.trim().to_owned()
}

fn write_moment(moment: Moment, pieces: &[Piece]) -> String {
    let Moment { year, month, day, hour, minute, second, weekday, n_seconds } = moment;
    let halved = pieces.iter().any(|piece| matches!(piece, Piece::HalfDay(_)));
    let mut text = String::new();
    for (at, piece) in pieces.iter().enumerate() {
        let padded = |value: u32, count: usize| match count {
            1 => value.to_string(),
            _ => format!("{value:02}"),
        };
        text.push_str(&match piece {
            Piece::Literal(literal) => literal.clone(),
            Piece::HalfDay(halves) => halves[usize::from(hour >= 12)].to_owned(),
            Piece::Elapsed('h') => (n_seconds / 3600).to_string(),
            Piece::Elapsed('m') => (n_seconds / 60).to_string(),
            Piece::Elapsed(_) => n_seconds.to_string(),
            Piece::Date('y' | 'e', 2) => format!("{:02}", year % 100),
            Piece::Date('y' | 'e', _) => year.to_string(),
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

/// Parts a code at its semicolons.
fn sections(code: &str) -> Vec<&str> {
    let (mut quoted, mut escaped) = (false, false);
    let mut sections = Vec::new();
    let mut start = 0;
    for (at, ch) in code.char_indices() {
        match ch {
            _ if escaped => escaped = false,
            '\\' if !quoted => escaped = true,
            '"' => quoted = !quoted,
            ';' if !quoted => {
                sections.push(&code[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    sections.push(&code[start..]);
    sections
}

/// Takes a section of a code apart.
fn pieces(section: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = section;
    while let Some(ch) = rest.chars().next() {
        let mut taken = ch.len_utf8();
        match ch {
            '"' => {
                let inside = &rest[1..];
                let end = inside.find('"').unwrap_or(inside.len());
                literal(&mut pieces, &inside[..end]);
                taken = (end + 2).min(rest.len());
            }
            '\\' | '!' | '_' | '*' => {
                let next = rest[1..].chars().next();
                if let Some(next) = next {
                    if matches!(ch, '\\' | '!') {
                        literal(&mut pieces, next.encode_utf8(&mut [0; 4]));
                    }
                    taken += next.len_utf8();
                }
            }
            '[' => {
                let end = rest.find(']').unwrap_or(rest.len() - 1);
                let inside = &rest[1..end.max(1)];
                // A currency: [$¥-804]; else a colour, a condition or a language.
                if let Some(currency) = inside.strip_prefix('$') {
                    literal(&mut pieces, currency.split('-').next().unwrap_or_default());
                } else if let Some(letter) = elapsed(inside) {
                    pieces.push(Piece::Elapsed(letter));
                }
                taken = end + 1;
            }
            '%' => pieces.push(Piece::Percent),
            '@' => pieces.push(Piece::General),
            _ if starts(rest, "General") => {
                pieces.push(Piece::General);
                taken = "General".len();
            }
            _ if rest.starts_with("G/通用格式") => {
                pieces.push(Piece::General);
                taken = "G/通用格式".len();
            }
            _ if rest.starts_with("上午/下午") => {
                pieces.push(Piece::HalfDay(["上午", "下午"]));
                taken = "上午/下午".len();
            }
            _ if starts(rest, "AM/PM") => {
                pieces.push(Piece::HalfDay(["AM", "PM"]));
                taken = "AM/PM".len();
            }
            '0' | '#' | '?' => {
                let is_place =
                    |ch: char| matches!(ch, '0' | '#' | '?' | ',' | '.' | '/' | 'E' | 'e' | '+');
                taken = rest.find(|ch| !is_place(ch)).unwrap_or(rest.len());
                pieces.push(Piece::Number(rest[..taken].to_owned()));
            }
            'y' | 'Y' | 'e' | 'E' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' | 'a' | 'A' => {
                taken =
                    rest.find(|next: char| !next.eq_ignore_ascii_case(&ch)).unwrap_or(rest.len());
                pieces.push(Piece::Date(ch.to_ascii_lowercase(), taken));
            }
            _ => literal(&mut pieces, &rest[..taken]),
        }
        rest = &rest[taken..];
    }
    pieces
}

/// Returns the letter of a time that is counted on: `[h]`.
fn elapsed(inside: &str) -> Option<char> {
    let letter = inside.chars().next()?.to_ascii_lowercase();
    let all = inside.chars().all(|ch| ch.to_ascii_lowercase() == letter);
    (matches!(letter, 'h' | 'm' | 's') && all).then_some(letter)
}

fn starts(text: &str, word: &str) -> bool {
    text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
}

fn literal(pieces: &mut Vec<Piece>, text: &str) {
    match pieces.last_mut() {
        Some(Piece::Literal(last)) => last.push_str(text),
        _ => pieces.push(Piece::Literal(text.to_owned())),
    }
}

/// Writes a number as a cell without a format shows it, but never as a power.
fn general(number: Decimal) -> String {
    let whole = number.trunc().abs().to_string().len() as u32;
    let places = GENERAL_WIDTH.saturating_sub(whole + 1);
    round(number, places).normalize().to_string()
}

fn round(number: Decimal, places: u32) -> Decimal {
    number.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero)
}

/// Writes a number in places of digits.
fn in_places(number: Decimal, places: &str) -> String {
    let (whole, behind) = places.split_once('.').unwrap_or((places, ""));
    let is_place = |ch: &char| matches!(ch, '0' | '#' | '?');
    let n_thousands = places.len() - places.trim_end_matches(',').len();
    let mut number = number;
    for _ in 0..n_thousands {
        number /= Decimal::ONE_THOUSAND;
    }
    let most = behind.chars().filter(is_place).count().min(28);
    let least = behind.chars().filter(|ch| *ch == '0').count();
    let rounded = round(number, most as u32);
    let mut text = format!("{:.most$}", rounded.abs());
    if text.contains('.') {
        while text.len() - text.find('.').unwrap_or(0) - 1 > least && text.ends_with('0') {
            text.pop();
        }
    }
    let (digits, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let n_whole = whole.chars().filter(|ch| *ch == '0').count();
    let digits = match digits {
        "0" if n_whole == 0 => String::new(),
        digits => format!("{digits:0>n_whole$}"),
    };
    let grouped = whole.trim_end_matches(',').contains(',');
    let mut written = String::new();
    if rounded.is_sign_negative() && !rounded.is_zero() {
        written.push('-');
    }
    for (at, digit) in digits.chars().enumerate() {
        if grouped && at > 0 && (digits.len() - at).is_multiple_of(3) {
            written.push(',');
        }
        written.push(digit);
    }
    if !fraction.is_empty() {
        written.push('.');
        written.push_str(fraction);
    }
    written
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
            (1.5, "# ?/?", "1.5"),
            (1500.0, "0.00E+00", "1500"),
            (7.0, "@", "7"),
            (7.0, "G/通用格式\"项\"", "7项"),
        ] {
            assert_eq!(write_number(value, code), expected, "{value} {code}");
        }
        assert!(write_number(1e300, "0").starts_with("1000000"));
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
            &"%".repeat(40),
        ] {
            for value in [1e20, -1e300, 0.0, 1.5, 70.0] {
                let _ = write(value, code, Epoch::Year1904);
            }
        }
    }
}
