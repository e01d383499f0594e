//! Digits of Chinese workbooks: `[DBNum1]` and its like, as Excel writes them.

/// In what signs a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HanDigits {
    /// 一百二十三
    Plain,
    /// 壹佰贰拾叁
    Legal,
    /// １２３
    FullWidth,
}

/// The most digits that are counted in tens and hundreds.
const MOST_COUNTED: usize = 16;

impl HanDigits {
    /// Returns what stands between brackets in a code; `None` where it is not this.
    pub(super) fn of(inside: &str) -> Option<Self> {
        [("DBNum1", Self::Plain), ("DBNum2", Self::Legal), ("DBNum3", Self::FullWidth)]
            .into_iter()
            .find_map(|(name, digits)| inside.eq_ignore_ascii_case(name).then_some(digits))
    }

    fn sign(self, digit: u32) -> char {
        let signs = match self {
            Self::Plain => ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'],
            Self::Legal => ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'],
            Self::FullWidth => ['０', '１', '２', '３', '４', '５', '６', '７', '８', '９'],
        };
        signs[digit as usize]
    }

    /// Writes each digit of a text by its sign: 2025 as 二〇二五.
    pub(super) fn each(self, text: &str) -> String {
        text.chars().map(|ch| ch.to_digit(10).map_or(ch, |digit| self.sign(digit))).collect()
    }

    /// Writes a decimal number as it is counted, its fraction by digits: 120.5 as
    /// 一百二十.五.
    pub(super) fn counted(self, number: &str) -> String {
        let unsigned = number.trim_start_matches('-');
        let sign = &number[..number.len() - unsigned.len()];
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        if self == Self::FullWidth || whole.len() > MOST_COUNTED {
            return self.each(number);
        }
        let point = if fraction.is_empty() { "" } else { "." };
        format!("{sign}{}{point}{}", self.whole(whole), self.each(fraction))
    }

    /// Writes a number of a date: ten is 十.
    pub(super) fn of_date(self, number: u32) -> String {
        let counted = self.counted(&number.to_string());
        match counted.strip_prefix('一') {
            Some(rest) if rest.starts_with('十') => rest.to_owned(),
            _ => counted,
        }
    }

    fn whole(self, digits: &str) -> String {
        let [tens, ten_thousand] = match self {
            Self::Legal => [['拾', '佰', '仟'], ['万', '亿', '万']],
            _ => [['十', '百', '千'], ['万', '亿', '万']],
        };
        let mut text = String::new();
        let (mut has_gap, mut group, mut above) = (false, 0, false);
        for (at, digit) in digits.chars().filter_map(|ch| ch.to_digit(10)).enumerate() {
            let place = digits.len() - 1 - at;
            group += digit;
            if digit == 0 {
                has_gap = !text.is_empty();
            } else {
                if std::mem::take(&mut has_gap) {
                    text.push(self.sign(0));
                }
                text.push(self.sign(digit));
                text.extend((place % 4).checked_sub(1).map(|at| tens[at]));
            }
            if place > 0 && place.is_multiple_of(4) {
                // 万亿 names 亿 once more, though none are left.
                let is_named = group > 0 || (place == 8 && above);
                text.extend(is_named.then(|| ten_thousand[place / 4 - 1]));
                above |= group > 0 && place == 12;
                group = 0;
            }
        }
        if text.is_empty() { self.sign(0).to_string() } else { text }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_counted_as_they_are_said() {
        for (number, plain) in [
            ("0", "〇"),
            ("12", "一十二"),
            ("105", "一百〇五"),
            ("1020", "一千〇二十"),
            ("10000", "一万"),
            ("100500", "一十万〇五百"),
            ("123456789", "一亿二千三百四十五万六千七百八十九"),
            ("1000000000000", "一万亿"),
            ("-3.14", "-三.一四"),
        ] {
            assert_eq!(HanDigits::Plain.counted(number), plain, "{number}");
        }
        assert_eq!(HanDigits::Legal.counted("10203"), "壹万零贰佰零叁");
        assert_eq!(HanDigits::FullWidth.counted("1020.5"), "１０２０.５");
        assert_eq!(HanDigits::Plain.each("2025"), "二〇二五");
        assert_eq!(
            [10, 12, 20, 6].map(|n| HanDigits::Plain.of_date(n)),
            ["十", "十二", "二十", "六"]
        );
    }
}
