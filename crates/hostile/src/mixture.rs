//! From bytes to a text that has structure, so that a fuzzer's small changes of
//! the bytes are small changes of the structure.

use std::char;

use crate::PIECES;

/// The bytes that stand for something else than a piece, from the top down.
const REPEAT: u8 = 0xff;
const NUMBER: u8 = 0xfe;
const CHARACTER: u8 = 0xfd;
const NEXT_NUMBER: u8 = 0xfc;

/// The longest text that is made; a fuzzer learns nothing from a longer one.
const LONGEST_BYTES: usize = 1 << 16;

/// Writes the text that bytes stand for. Each byte is a piece of [`PIECES`],
/// except for four:
///
/// * `ff n`: the piece before stands `n` times more;
/// * `fe a b`: the number `256 a + b`;
/// * `fd a b c`: the character of code `65536 a + 256 b + c`;
/// * `fc n`: a number that opens a division, the next after the last of its style.
pub fn mixture(bytes: &[u8]) -> String {
    let mut text = String::new();
    let mut last = "";
    let mut ordinals = [0usize; 4];
    let mut bytes = bytes.iter().copied();
    while let Some(byte) = bytes.next() {
        let mut operand = || usize::from(bytes.next().unwrap_or(0));
        match byte {
            REPEAT => {
                let times = operand().min((LONGEST_BYTES - text.len()) / last.len().max(1));
                text.push_str(&last.repeat(times));
            }
            NUMBER => text.push_str(&(operand() * 256 + operand()).to_string()),
            CHARACTER => {
                let code = operand() * 65536 + operand() * 256 + operand();
                text.extend(u32::try_from(code).ok().and_then(char::from_u32));
            }
            NEXT_NUMBER => {
                let style = operand() % ordinals.len();
                ordinals[style] += 1;
                text.push_str(&marker(style, ordinals[style]));
            }
            piece => {
                last = PIECES[usize::from(piece) % PIECES.len()];
                text.push_str(last);
            }
        }
        if text.len() >= LONGEST_BYTES {
            break;
        }
    }
    text
}

/// A number that opens a division, on a line of its own.
fn marker(style: usize, ordinal: usize) -> String {
    match style {
        0 => format!("\n{}、", han(ordinal)),
        1 => format!("\n（{}）", han(ordinal)),
        2 => format!("\n{ordinal}."),
        _ => format!("\n第{}条　", han(ordinal)),
    }
}

/// Writes a number below 10,000 in Chinese numerals; larger ones begin again.
pub(crate) fn han(number: usize) -> String {
    const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let mut written = String::new();
    let mut skipped = false;
    for (place, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = number % 10_000 / place % 10;
        if digit == 0 {
            skipped = !written.is_empty();
            continue;
        }
        if std::mem::take(&mut skipped) {
            written.push('零');
        }
        if !(digit == 1 && place == 10 && written.is_empty()) {
            written.push(DIGITS[digit]);
        }
        written.push_str(name);
    }
    if written.is_empty() {
        written.push('零');
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_stand_for_pieces_repeats_numbers_and_characters() {
        assert_eq!(mixture(&[0, 1]), format!("{}{}", PIECES[0], PIECES[1]));
        assert_eq!(mixture(&[0, REPEAT, 2]), PIECES[0].repeat(3));
        assert_eq!(mixture(&[NUMBER, 7, 235]), "2027");
        assert_eq!(mixture(&[CHARACTER, 0, 0x4e, 0x00]), "一");
        assert_eq!(
            mixture(&[NEXT_NUMBER, 1, NEXT_NUMBER, 1, NEXT_NUMBER, 0]),
            "\n（一）\n（二）\n一、"
        );
        assert_eq!(mixture(&[REPEAT]), "");
    }

    #[test]
    fn numbers_are_written_as_documents_do() {
        for (number, written) in [
            (1, "一"),
            (10, "十"),
            (11, "十一"),
            (20, "二十"),
            (102, "一百零二"),
            (1001, "一千零一"),
            (110, "一百一十"),
        ] {
            assert_eq!(han(number), written);
        }
    }
}
