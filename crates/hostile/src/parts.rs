//! What the hostile shapes are written with.

use crate::mixture::han;

pub(crate) const FOUNDING: &str = include_str!("../../../seeds/documents/liaoning-meili-2024.txt");

pub(crate) fn is_han(ch: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&ch)
}

/// The founding document's text without numbers at the heads of its lines.
pub(crate) fn running() -> String {
    FOUNDING.lines().map(|line| line.trim_start_matches(|ch| !is_han(ch))).collect()
}

/// A text over and over, up to so many bytes.
pub(crate) fn ring(text: &str, bytes: usize) -> String {
    let mut all = text.repeat(bytes / text.len() + 1);
    let end = (0..=bytes).rev().find(|&end| all.is_char_boundary(end)).unwrap_or(0);
    all.truncate(end);
    all
}

/// The text as the text of a division.
pub(crate) fn item(text: &str) -> String {
    format!("一、总体要求\n（一）加强保护。{text}\n二、甲乙\n")
}

pub(crate) fn nested(open: &str, close: &str, depth: usize) -> String {
    item(&format!("{}甲{}", open.repeat(depth), close.repeat(depth)))
}

pub(crate) fn list(n: usize, mark: &str, write: impl Fn(usize) -> String) -> String {
    let mut text = String::new();
    for at in 1..=n {
        text.push_str(&write(at));
        text.push_str(mark);
    }
    text
}

pub(crate) fn lines(n: usize, write: impl Fn(usize) -> String) -> String {
    list(n, "\n", write)
}

pub(crate) fn circled(number: usize) -> char {
    char::from_u32(0x2460 + (number as u32 - 1) % 20).unwrap_or('①')
}

/// A number in one of five styles.
pub(crate) fn marker(style: usize, ordinal: usize) -> String {
    match style % 5 {
        0 => format!("{}、甲", han(ordinal + 1)),
        1 => format!("（{}）甲", han(ordinal + 1)),
        2 => format!("{}.甲", ordinal + 1),
        3 => format!("第{}条 甲", han(ordinal + 1)),
        _ => format!("{}甲", circled(ordinal + 1)),
    }
}

/// Names of bodies, no two alike.
pub(crate) fn agencies(n: usize) -> String {
    const HEADS: &str = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥";
    let heads: Vec<char> = HEADS.chars().collect();
    let head = |at: usize| heads[at % heads.len()];
    let count = heads.len();
    let name = |at: usize| {
        let (b, c, d) =
            (head(at / count), head(at / count / count), head(at / count / count / count));
        format!("{}{b}{c}{d}县财政局", head(at))
    };
    (0..n).map(name).collect::<Vec<_>>().join("、")
}
