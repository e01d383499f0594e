//! The code of a number format, taken apart: ECMA-376 part 1, 18.8.31.

use super::han_digits::HanDigits;

/// A piece of a format code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
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

/// A part of a code between semicolons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Section {
    pub(super) pieces: Vec<Piece>,
    /// Which numbers it is for, where it says so.
    condition: Option<Condition>,
    /// In what its digits are written, where not in 0 to 9.
    pub(super) digits: Option<HanDigits>,
    /// Whether it stands for what the language of the machine has: `[$-F800]`.
    pub(super) local: Option<Local>,
    is_blank: bool,
}

/// A date or a time in whatever way the machine has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Local {
    Date,
    Time,
}

/// `[>=100]`; the number as it is written, for it may be none.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Condition {
    sign: String,
    number: String,
}

impl Condition {
    fn of(inside: &str) -> Option<Self> {
        let number = inside.trim_start_matches(['<', '>', '=']);
        let sign = &inside[..inside.len() - number.len()];
        let is_one = !sign.is_empty() && number.trim().parse::<f64>().is_ok();
        is_one.then(|| Self { sign: sign.to_owned(), number: number.trim().to_owned() })
    }

    fn holds(&self, value: f64) -> bool {
        let number = self.number.parse().unwrap_or(f64::NAN);
        match self.sign.as_str() {
            "<" => value < number,
            "<=" => value <= number,
            ">" => value > number,
            ">=" => value >= number,
            "<>" => value != number,
            _ => value == number,
        }
    }

    /// Whether only numbers below nought are meant, which then go without their sign.
    fn is_of_negative(&self) -> bool {
        self.sign.starts_with('<')
            && self.sign != "<>"
            && self.number.parse::<f64>().is_ok_and(|number| number <= 0.0)
    }
}

impl Section {
    fn of(code: &str) -> Self {
        let mut section = Self {
            pieces: Vec::new(),
            condition: None,
            digits: None,
            local: None,
            is_blank: code.is_empty(),
        };
        section.take_apart(code);
        section
    }

    /// Whether nothing stands in it.
    pub(super) fn is_blank(&self) -> bool {
        self.is_blank
    }

    /// Takes the code apart.
    fn take_apart(&mut self, code: &str) {
        let pieces = &mut self.pieces;
        let mut rest = code;
        while let Some(ch) = rest.chars().next() {
            let mut taken = ch.len_utf8();
            match ch {
                '"' => {
                    let inside = &rest[1..];
                    let end = inside.find('"').unwrap_or(inside.len());
                    literal(pieces, &inside[..end]);
                    taken = (end + 2).min(rest.len());
                }
                '\\' | '!' | '_' | '*' => {
                    let next = rest[1..].chars().next();
                    if let Some(next) = next {
                        if matches!(ch, '\\' | '!') {
                            literal(pieces, next.encode_utf8(&mut [0; 4]));
                        }
                        taken += next.len_utf8();
                    }
                }
                '[' => {
                    let end = rest.find(']').unwrap_or(rest.len() - 1);
                    let inside = &rest[1..end.max(1)];
                    // A currency: [$¥-804]; else a colour or a language.
                    if let Some(currency) = inside.strip_prefix('$') {
                        literal(pieces, currency.split('-').next().unwrap_or_default());
                        self.local = match currency {
                            "-F800" | "-f800" => Some(Local::Date),
                            "-F400" | "-f400" => Some(Local::Time),
                            _ => self.local,
                        };
                    } else if let Some(digits) = HanDigits::of(inside) {
                        self.digits = Some(digits);
                    } else if let Some(condition) = Condition::of(inside) {
                        self.condition = Some(condition);
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
                    let is_place = |ch: char| {
                        matches!(ch, '0' | '#' | '?' | ',' | '.' | '/' | 'E' | 'e' | '+')
                    };
                    taken = rest.find(|ch| !is_place(ch)).unwrap_or(rest.len());
                    // The denominator may be given: ?/100.
                    if rest[..taken].contains('/') {
                        let given = &rest[taken..];
                        taken += given.len()
                            - given.trim_start_matches(|ch: char| ch.is_ascii_digit()).len();
                    }
                    pieces.push(Piece::Number(rest[..taken].to_owned()));
                }
                'y' | 'Y' | 'e' | 'E' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' | 'a'
                | 'A' => {
                    taken = rest
                        .find(|next: char| !next.eq_ignore_ascii_case(&ch))
                        .unwrap_or(rest.len());
                    pieces.push(Piece::Date(ch.to_ascii_lowercase(), taken));
                }
                _ => literal(pieces, &rest[..taken]),
            }
            rest = &rest[taken..];
        }
    }
}

/// Returns the section of a code that is for a number, and whether that is written
/// without its sign.
pub(super) fn section_for(code: &str, value: f64) -> (Section, bool) {
    let mut sections: Vec<Section> = sections(code).into_iter().map(Section::of).collect();
    let n_numbers = sections.len().min(3);
    let given = sections.iter().take(2).any(|section| section.condition.is_some());
    let at = if given {
        let holds = |section: &Section| {
            section.condition.as_ref().is_some_and(|condition| condition.holds(value))
        };
        sections.iter().take(2).position(holds).unwrap_or(n_numbers - 1)
    } else {
        match n_numbers {
            2.. if value < 0.0 => 1,
            3.. if value == 0.0 => 2,
            _ => 0,
        }
    };
    let section = sections.swap_remove(at);
    let is_unsigned = match &section.condition {
        Some(condition) => condition.is_of_negative(),
        None => !given && at == 1,
    };
    (section, is_unsigned)
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
