//! Chinese numerals, as they stand in division numbers and dates.

/// Reads the numeral at the start of a text: its value and its length in bytes.
///
/// Both ways of writing are read: with places (二十三, 一百零二, 廿一) and digit by
/// digit (二〇二四). `None` where no numeral stands there, or where the value is
/// past 9999, which no division number is.
pub(crate) fn leading_han(text: &str) -> Option<(u32, usize)> {
    let end = text
        .char_indices()
        .find(|(_, ch)| digit(*ch).is_none() && place(*ch).is_none())
        .map_or(text.len(), |(at, _)| at);
    let numeral = &text[..end];
    if numeral.is_empty() || numeral.chars().count() > 8 {
        return None;
    }
    Some((value(numeral)?, end))
}

fn value(numeral: &str) -> Option<u32> {
    if numeral.chars().all(|ch| digit(ch).is_some()) {
        let total = numeral
            .chars()
            .filter_map(digit)
            .fold(0u32, |total, digit| total.saturating_mul(10).saturating_add(digit));
        return (total <= 9999).then_some(total);
    }
    let (mut total, mut pending, mut last_place) = (0u32, None, u32::MAX);
    for ch in numeral.chars() {
        if let Some(digit) = digit(ch) {
            if pending.is_some_and(|pending| pending != 0) {
                return None;
            }
            pending = Some(digit);
        } else if let Some((place, count)) = place(ch) {
            if place >= last_place {
                return None;
            }
            total += pending.take().filter(|&digit| digit != 0).unwrap_or(1) * count * place;
            last_place = place;
        }
    }
    Some(total + pending.unwrap_or(0))
}

/// Writes a number below 10,000 as a division's number is written: 二十三, 一百零二.
pub(crate) fn han(number: u32) -> String {
    const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    const PLACES: [(u32, &str); 4] = [(1000, "千"), (100, "百"), (10, "十"), (1, "")];
    let mut written = String::new();
    let mut skipped = false;
    for (place, sign) in PLACES {
        let digit = number / place % 10;
        if digit == 0 {
            skipped = !written.is_empty();
            continue;
        }
        if std::mem::take(&mut skipped) {
            written.push('零');
        }
        if !(place == 10 && digit == 1 && written.is_empty()) {
            written.push(DIGITS[digit as usize]);
        }
        written.push_str(sign);
    }
    written
}

/// Returns the value of a Chinese digit.
pub(crate) fn digit(ch: char) -> Option<u32> {
    Some(match ch {
        '零' | '〇' | '○' => 0,
        '一' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

/// Returns the place a sign stands for, and how many of it: 廿 is two tens.
fn place(ch: char) -> Option<(u32, u32)> {
    Some(match ch {
        '十' => (10, 1),
        '廿' => (10, 2),
        '卅' => (10, 3),
        '百' => (100, 1),
        '千' => (1000, 1),
        _ => return None,
    })
}

/// Whether a character of the source is a digit, wide (５) or not.
pub(crate) fn is_digit(ch: char) -> bool {
    ch.is_ascii_digit() || ('０'..='９').contains(&ch)
}

/// Reads the ASCII digits at the start of a text, `max_digits` at most: value and length.
pub(crate) fn leading_arabic(text: &str, max_digits: usize) -> Option<(u32, usize)> {
    let len = text.bytes().take_while(u8::is_ascii_digit).count();
    if len == 0 || len > max_digits {
        return None;
    }
    text[..len].parse().ok().map(|value| (value, len))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_of_both_ways() {
        for (text, value) in [
            ("一", 1),
            ("十", 10),
            ("十八", 18),
            ("二十", 20),
            ("三十六", 36),
            ("一百", 100),
            ("一百零二", 102),
            ("一百二十三", 123),
            ("廿一", 21),
            ("二〇二四", 2024),
            ("一千二百五十九", 1259),
        ] {
            assert_eq!(leading_han(text), Some((value, text.len())), "{text}");
        }
    }

    #[test]
    fn what_is_no_numeral() {
        for text in ["", "省", "一二三四五六七八九", "五五十", "十百"] {
            assert_eq!(leading_han(text), None, "{text}");
        }
        assert_eq!(leading_han("三、"), Some((3, 3)));
        assert_eq!(leading_arabic("2027年", 3), None);
        assert_eq!(leading_arabic("12.", 3), Some((12, 2)));
    }
}
