//! How Word writes the number of a list: ECMA-376 part 1, 17.18.59 `ST_NumberFormat`.

/// How a number is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum NumberFormat {
    #[default]
    Decimal,
    DecimalZero,
    DecimalFullWidth,
    /// ① to ⑳.
    EnclosedCircle,
    /// ⒈ to ⒛.
    EnclosedFullStop,
    /// ⑴ to ⒇.
    EnclosedParen,
    Ordinal,
    UpperLetter,
    LowerLetter,
    UpperRoman,
    LowerRoman,
    /// 一、十一、二十一; from a hundred on digits: 一○○.
    ChineseCounting,
    /// 一、十一、一百零一.
    ChineseCountingThousand,
    /// 壹、贰、叁.
    ChineseLegal,
    /// 壹、貳、參.
    TraditionalLegal,
    /// 一、百一、千.
    JapaneseCounting,
    /// 一、一〇、一一.
    IdeographDigital,
    /// ㊀ to ㊉.
    IdeographEnclosedCircle,
    /// 甲 to 癸.
    HeavenlyStems,
    /// 子 to 亥.
    EarthlyBranches,
    /// 甲子 to 癸亥.
    StemsAndBranches,
    Bullet,
    /// No number; the text around it stays.
    Hidden,
}

impl NumberFormat {
    /// Returns the format of a name in the file; `None` where it is none of these.
    pub(super) fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "decimal" | "decimalHalfWidth" => Self::Decimal,
            "decimalZero" => Self::DecimalZero,
            "decimalFullWidth" | "decimalFullWidth2" => Self::DecimalFullWidth,
            "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => Self::EnclosedCircle,
            "decimalEnclosedFullstop" => Self::EnclosedFullStop,
            "decimalEnclosedParen" => Self::EnclosedParen,
            "ordinal" => Self::Ordinal,
            "upperLetter" => Self::UpperLetter,
            "lowerLetter" => Self::LowerLetter,
            "upperRoman" => Self::UpperRoman,
            "lowerRoman" => Self::LowerRoman,
            "chineseCounting" | "taiwaneseCounting" => Self::ChineseCounting,
            "chineseCountingThousand" | "taiwaneseCountingThousand" => {
                Self::ChineseCountingThousand
            }
            "chineseLegalSimplified" => Self::ChineseLegal,
            "ideographLegalTraditional" => Self::TraditionalLegal,
            "japaneseCounting" | "koreanCounting" => Self::JapaneseCounting,
            "ideographDigital"
            | "japaneseDigitalTenThousand"
            | "taiwaneseDigital"
            | "koreanDigital2" => Self::IdeographDigital,
            "ideographEnclosedCircle" => Self::IdeographEnclosedCircle,
            "ideographTraditional" => Self::HeavenlyStems,
            "ideographZodiac" => Self::EarthlyBranches,
            "ideographZodiacTraditional" => Self::StemsAndBranches,
            "bullet" => Self::Bullet,
            "none" => Self::Hidden,
            _ => return None,
        })
    }

    /// Writes a number; as plain digits where the format does not reach so far.
    pub(super) fn write(self, number: u32) -> String {
        let written = match self {
            Self::Decimal | Self::Bullet => None,
            Self::Hidden => Some(String::new()),
            Self::DecimalZero => Some(format!("{number:02}")),
            Self::DecimalFullWidth => Some(in_full_width(number)),
            Self::EnclosedCircle => offset('①', number, 20),
            Self::EnclosedFullStop => offset('⒈', number, 20),
            Self::EnclosedParen => offset('⑴', number, 20),
            Self::IdeographEnclosedCircle => offset('㊀', number, 10),
            Self::Ordinal => Some(format!("{number}{}", ordinal_ending(number))),
            Self::UpperLetter => letters(number, b'A'),
            Self::LowerLetter => letters(number, b'a'),
            Self::UpperRoman => roman(number),
            Self::LowerRoman => roman(number).map(|text| text.to_lowercase()),
            Self::ChineseCounting if number >= 100 => Some(digits(number, '○')),
            Self::ChineseCounting | Self::ChineseCountingThousand => {
                counted(number, &HAN, Style { zero: true, leading_one: false })
            }
            Self::JapaneseCounting => {
                counted(number, &JAPANESE, Style { zero: false, leading_one: false })
            }
            Self::ChineseLegal => counted(number, &LEGAL, Style { zero: true, leading_one: true }),
            Self::TraditionalLegal => {
                counted(number, &TRADITIONAL, Style { zero: true, leading_one: true })
            }
            Self::IdeographDigital => Some(digits(number, '〇')),
            Self::HeavenlyStems => cycle(number, STEMS, 10),
            Self::EarthlyBranches => cycle(number, BRANCHES, 12),
            Self::StemsAndBranches => {
                let turn = number.checked_sub(1).filter(|turn| *turn < 60);
                turn.and_then(|turn| {
                    let stem = cycle(turn % 10 + 1, STEMS, 10)?;
                    Some(stem + &cycle(turn % 12 + 1, BRANCHES, 12)?)
                })
            }
        };
        written.unwrap_or_else(|| number.to_string())
    }
}

const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";
const BRANCHES: &str = "子丑寅卯辰巳午未申酉戌亥";

/// Digits from nought to nine, then ten, hundred, thousand and ten thousand.
struct Words([char; 10], [char; 4]);

const HAN: Words =
    Words(['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'], ['十', '百', '千', '万']);
const JAPANESE: Words =
    Words(['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'], ['十', '百', '千', '万']);
const LEGAL: Words =
    Words(['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'], ['拾', '佰', '仟', '万']);
const TRADITIONAL: Words =
    Words(['零', '壹', '貳', '參', '肆', '伍', '陸', '柒', '捌', '玖'], ['拾', '佰', '仟', '萬']);

#[derive(Clone, Copy)]
struct Style {
    /// Whether 零 stands for the places left out: 一百零一.
    zero: bool,
    /// Whether ten is 壹拾.
    leading_one: bool,
}

fn counted(number: u32, words: &Words, style: Style) -> Option<String> {
    if number > 99_999 {
        return None;
    }
    if number == 0 {
        return Some(words.0[0].to_string());
    }
    let mut text = String::new();
    let mut gap = false;
    for place in (0..5_u32).rev() {
        let digit = number / 10_u32.pow(place) % 10;
        if digit == 0 {
            gap = !text.is_empty();
            continue;
        }
        if std::mem::take(&mut gap) && style.zero {
            text.push(words.0[0]);
        }
        let first = text.is_empty();
        // 十一, but 二百一十一; in Japanese one hundred is 百.
        let bare = digit == 1
            && !style.leading_one
            && (place == 1 && first || !style.zero && (1..4).contains(&place));
        if !bare {
            text.push(words.0[digit as usize]);
        }
        if place > 0 {
            text.push(words.1[place as usize - 1]);
        }
    }
    Some(text)
}

/// Writes digit for digit: 一○二.
fn digits(number: u32, zero: char) -> String {
    let digit = |byte: u8| match byte - b'0' {
        0 => zero,
        digit => HAN.0[usize::from(digit)],
    };
    number.to_string().bytes().map(digit).collect()
}

fn in_full_width(number: u32) -> String {
    let wide = |byte: u8| char::from_u32(u32::from(byte - b'0') + 0xff10).unwrap_or('０');
    number.to_string().bytes().map(wide).collect()
}

/// Returns the sign that stands `number` places along a run of `length` signs.
fn offset(first: char, number: u32, length: u32) -> Option<String> {
    let place = number.checked_sub(1).filter(|place| *place < length)?;
    Some(char::from_u32(first as u32 + place)?.to_string())
}

fn cycle(number: u32, signs: &str, length: u32) -> Option<String> {
    let place = number.checked_sub(1).filter(|place| *place < length)?;
    Some(signs.chars().nth(place as usize)?.to_string())
}

/// A to Z, then AA, BB.
fn letters(number: u32, first: u8) -> Option<String> {
    // Thirty turns, as Word stops at 780.
    let place = number.checked_sub(1).filter(|place| *place < 780)?;
    let letter = char::from(first + (place % 26) as u8);
    Some(letter.to_string().repeat(place as usize / 26 + 1))
}

fn roman(number: u32) -> Option<String> {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..4000).contains(&number) {
        return None;
    }
    let mut left = number;
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while left >= value {
            text.push_str(sign);
            left -= value;
        }
    }
    Some(text)
}

fn ordinal_ending(number: u32) -> &'static str {
    match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_word_shows_them() {
        let cases: &[(&str, &[(u32, &str)])] = &[
            ("decimal", &[(0, "0"), (12, "12")]),
            ("decimalZero", &[(1, "01"), (10, "10"), (100, "100")]),
            ("decimalFullWidth", &[(10, "１０")]),
            ("decimalEnclosedCircleChinese", &[(1, "①"), (20, "⑳"), (21, "21"), (0, "0")]),
            ("decimalEnclosedParen", &[(2, "⑵")]),
            ("decimalEnclosedFullstop", &[(3, "⒊")]),
            ("ordinal", &[(1, "1st"), (12, "12th"), (23, "23rd")]),
            ("upperLetter", &[(1, "A"), (26, "Z"), (27, "AA"), (28, "BB"), (781, "781")]),
            ("lowerRoman", &[(4, "iv"), (1999, "mcmxcix"), (4000, "4000")]),
            (
                "chineseCounting",
                &[(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (100, "一○○")],
            ),
            (
                "chineseCountingThousand",
                &[
                    (10, "十"),
                    (99, "九十九"),
                    (100, "一百"),
                    (101, "一百零一"),
                    (110, "一百一十"),
                    (1001, "一千零一"),
                    (1010, "一千零一十"),
                    (10_000, "一万"),
                    (100_000, "100000"),
                ],
            ),
            ("japaneseCounting", &[(11, "十一"), (101, "百一"), (1110, "千百十")]),
            ("ideographDigital", &[(1, "一"), (10, "一〇"), (23, "二三")]),
            ("chineseLegalSimplified", &[(1, "壹"), (10, "壹拾"), (21, "贰拾壹")]),
            ("ideographTraditional", &[(1, "甲"), (10, "癸"), (11, "11")]),
            ("ideographZodiac", &[(12, "亥")]),
            ("ideographZodiacTraditional", &[(1, "甲子"), (60, "癸亥")]),
            ("ideographEnclosedCircle", &[(3, "㊂")]),
            ("none", &[(3, "")]),
        ];
        for (name, numbers) in cases {
            let format = NumberFormat::from_name(name).unwrap();
            for (number, expected) in *numbers {
                assert_eq!(format.write(*number), *expected, "{name} {number}");
            }
        }
        assert_eq!(NumberFormat::from_name("hebrew1"), None);
    }
}
