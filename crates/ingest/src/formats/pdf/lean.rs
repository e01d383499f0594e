//! A large drawing without what shows no text.
//!
//! A map of a plan is millions of bytes of lines with a few words among them. Each
//! operator takes far more memory than its bytes, so those that only draw are taken
//! out of the bytes, before operators are made of them: ISO 32000-1, 7.8 and 8.5.

/// Returns a drawing without lines, areas, colours and pictures inside it, but with
/// the edges that text is cut off at.
pub(super) fn without_drawing(drawing: &[u8]) -> Vec<u8> {
    let mut kept: Vec<u8> = Vec::with_capacity(drawing.len() / 4);
    // Where the operands of the next operator begin, and where the path does.
    let mut operands = 0;
    let mut path = None;
    let mut is_edge = false;
    let mut rest = drawing;
    while let Some(first) = rest.first() {
        if is_blank(*first) {
            rest = &rest[1..];
            continue;
        }
        let length = token(rest);
        let word = &rest[..length];
        rest = &rest[length..];
        if first == &b'%' {
            continue;
        }
        if !is_operator(word) {
            kept.extend(word);
            kept.push(b' ');
            continue;
        }
        match word {
            b"m" | b"l" | b"c" | b"v" | b"y" | b"h" | b"re" => {
                path.get_or_insert(operands);
                kept.extend(word);
            }
            b"W" | b"W*" => {
                is_edge = true;
                kept.extend(word);
            }
            b"S" | b"s" | b"f" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*" | b"n" => {
                let start = path.take();
                if std::mem::take(&mut is_edge) {
                    kept.push(b'n');
                } else {
                    kept.truncate(start.unwrap_or(operands));
                }
            }
            b"BI" => {
                rest = behind_picture(rest);
                kept.truncate(operands);
            }
            b"sh" | b"w" | b"J" | b"j" | b"M" | b"d" | b"i" | b"ri" | b"g" | b"G" | b"rg"
            | b"RG" | b"k" | b"K" | b"cs" | b"CS" | b"sc" | b"SC" | b"scn" | b"SCN" => {
                kept.truncate(operands);
            }
            _ => kept.extend(word),
        }
        if kept.last().is_some_and(|last| !is_blank(*last)) {
            kept.push(b'\n');
        }
        operands = kept.len();
    }
    kept
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b'\0' | b'\t' | b'\n' | b'\x0c' | b'\r' | b' ')
}

fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

fn is_operator(word: &[u8]) -> bool {
    word.first().is_some_and(|first| first.is_ascii_alphabetic() || matches!(first, b'\'' | b'"'))
        && !matches!(word, b"true" | b"false" | b"null")
}

/// Returns the length of the first word of a drawing that begins with no blank.
fn token(rest: &[u8]) -> usize {
    let until = |from: usize, ends: fn(u8) -> bool| {
        rest[from..].iter().position(|byte| ends(*byte)).map_or(rest.len(), |at| from + at)
    };
    match rest {
        [b'(', ..] => string(rest),
        [b'<', b'<', ..] | [b'>', b'>', ..] => 2,
        [b'<', ..] => (until(1, |byte| byte == b'>') + 1).min(rest.len()),
        [b'%', ..] => until(1, |byte| matches!(byte, b'\n' | b'\r')),
        [b'/', ..] => until(1, |byte| is_blank(byte) || is_delimiter(byte)),
        [first, ..] if is_delimiter(*first) => 1,
        _ => until(1, |byte| is_blank(byte) || is_delimiter(byte)),
    }
}

/// Returns the length of a string: brackets in it are in pairs, or escaped.
fn string(rest: &[u8]) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while at < rest.len() {
        match rest[at] {
            b'\\' => at += 1,
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => {}
        }
        at += 1;
        if depth == 0 {
            break;
        }
    }
    at.min(rest.len())
}

/// Returns what stands behind a picture inside the drawing.
fn behind_picture(rest: &[u8]) -> &[u8] {
    let end = memchr::memmem::find_iter(rest, b"EI").find(|at| {
        let before = at.checked_sub(1).is_none_or(|before| is_blank(rest[before]));
        before && rest.get(at + 2).is_none_or(|after| is_blank(*after))
    });
    end.map_or(&[], |at| &rest[at + 2..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_what_cuts_it_off_are_kept() {
        let lean = |drawing: &str| {
            let kept = String::from_utf8(without_drawing(drawing.as_bytes())).unwrap();
            kept.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        assert_eq!(
            lean("q 1 0 0 1 5 5 cm 0.5 w 1 0 0 RG 0 0 m 9 9 l S Q BT /F 9 Tf (a\\)(b) f) Tj ET"),
            "q 1 0 0 1 5 5 cm Q BT /F 9 Tf (a\\)(b) f) Tj ET"
        );
        assert_eq!(
            lean("0 0 5 5 re W n 0 0 5 5 re f*[<0A f>-2]TJ % S\nBI /W 1 ID x EIx EI /X Do"),
            "0 0 5 5 re W n [ <0A f> -2 ] TJ /X Do"
        );
        assert_eq!(
            lean("/MC <</M (S)>> BDC 0 g T* EMC (x)' 3 4"),
            "/MC << /M (S) >> BDC T* EMC (x) ' 3 4"
        );
    }

    #[test]
    fn broken_drawings_end() {
        for drawing in ["(", "(\\", "<", "<<", "BI", "BI ID EI", ")", "/", "%", "S", "m W S", ">"] {
            assert!(
                without_drawing(drawing.as_bytes()).len() <= drawing.len() * 2 + 2,
                "{drawing}"
            );
        }
    }
}
