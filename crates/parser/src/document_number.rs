//! 发文字号: the number that whoever issues a document gives it.

use crate::document_kind::{document_kind, last_bracket};
use crate::lines::is_blank;

/// Finds a 发文字号 such as 国办发〔2018〕128号: letters of the issuer, a year in
/// brackets, a serial number. 党政机关公文格式 GB/T 9704-2012 7.2.5.
pub(crate) fn find_document_number(text: &str) -> Option<String> {
    const BRACKETS: [(char, char); 7] = [
        ('〔', '〕'),
        ('﹝', '﹞'),
        ('[', ']'),
        ('【', '】'),
        ('［', '］'),
        ('(', ')'),
        ('（', '）'),
    ];
    for (open, close) in BRACKETS {
        for (at, _) in text.match_indices(open) {
            let inner_at = at + open.len_utf8();
            let Some(len) = text[inner_at..].find(close) else { continue };
            let year: String = text[inner_at..inner_at + len]
                .chars()
                .filter_map(crate::fold::fold_char)
                .filter(|ch| *ch != ' ')
                .collect();
            if year.len() != 4
                || !year.starts_with(['1', '2'])
                || !year.bytes().all(|byte| byte.is_ascii_digit())
            {
                continue;
            }
            let after = &text[inner_at + len + close.len_utf8()..];
            let Some(end) = after.find('号') else { continue };
            let serial: String = after[..end]
                .chars()
                .filter_map(crate::fold::fold_char)
                .filter(|ch| *ch != ' ')
                .collect();
            let plain = !serial.is_empty()
                && serial.trim_start_matches('第').bytes().all(|byte| byte.is_ascii_digit());
            // 国发 〔2011〕 12 号: a blank may stand before the year.
            let code_end = text[..at].trim_end_matches(is_blank).len();
            let code_start = text[..code_end]
                .char_indices()
                .rev()
                .take_while(|(_, ch)| ('\u{4e00}'..='\u{9fff}').contains(ch) || ch.is_alphabetic())
                .last()
                .map(|(start, _)| start);
            if let Some(start) =
                code_start.filter(|start| plain && text[*start..at].chars().count() <= 14)
            {
                let end = inner_at + len + close.len_utf8() + end + '号'.len_utf8();
                let start = start + issuer_before(&text[start..at]);
                return Some(text[start..end].to_owned());
            }
        }
    }
    None
}

/// The length of the issuer's name that a flat text runs together with its code:
/// 某省生态环境厅|某环函〔2021〕3号.
fn issuer_before(code: &str) -> usize {
    const ENDS: [&str; 4] = ["厅", "局", "委员会", "人民政府"];
    const PLACES: [&str; 5] = ["省", "市", "县", "区", "州"];
    const SHORTEST_CODE: usize = 2;
    let end = ENDS.iter().filter_map(|word| Some(code.rfind(word)? + word.len())).max();
    end.filter(|&end| {
        PLACES.iter().any(|place| code[..end].contains(place))
            && code[..end].chars().nth(4).is_some()
            && code[end..].chars().nth(SHORTEST_CODE - 1).is_some()
    })
    .unwrap_or(0)
}

/// A title with the document's number before it: 某政发〔2020〕3号-某市人民政府关于….
pub(crate) fn leading_number(title: &str) -> Option<(String, String)> {
    let number = find_document_number(title)?;
    let rest = title.strip_prefix(number.as_str())?;
    let rest = rest.trim_start_matches([' ', '\u{3000}', '-', '—', '–', '_', ':', '：']);
    (rest.chars().nth(7).is_some()).then(|| (number, rest.to_owned()))
}

/// A title with the document's number in brackets behind it: …的通知(某政函〔2023〕37号).
pub(crate) fn trailing_number(title: &str) -> Option<(String, String)> {
    let in_bracket = || {
        let (rest, bracket) = last_bracket(title)?;
        let number = find_document_number(bracket).filter(|number| number == bracket.trim())?;
        Some((number, rest.to_owned()))
    };
    in_bracket().or_else(|| number_glued_to(title))
}

/// …的决定国发〔1990〕65号: the number right behind the title's last word.
fn number_glued_to(title: &str) -> Option<(String, String)> {
    let bracket = title.ends_with('号').then(|| title.rfind(['〔', '﹝', '[', '［']))??;
    let at = code_behind_title(&title[..bracket], |title| !title.is_empty())?;
    let number = find_document_number(&title[at..]).filter(|number| number == &title[at..])?;
    Some((number, title[..at].to_owned()))
}

/// The longest code of an issuer in a number, in characters: 国办发 has three.
pub(crate) const LONGEST_CODE: usize = 8;

/// Returns where the code of a number begins that stands right behind a title: 国发 in
/// …的决定国发. `words` end before the bracket of its year; `fits` says what else the title is.
pub(crate) fn code_behind_title(words: &str, fits: impl Fn(&str) -> bool) -> Option<usize> {
    let starts = words.char_indices().rev().map(|(at, _)| at).take(LONGEST_CODE);
    starts
        .map(|at| (at, &words[..at]))
        .find(|(_, title)| fits(title) && document_kind(title).is_some())
        .map(|(at, _)| at)
}

/// 第799号 on a line of its own, under the name of an order.
pub(crate) fn order_serial(line: &str) -> Option<String> {
    let inner = line.strip_prefix('第')?.strip_suffix('号')?;
    let plain = !inner.is_empty()
        && inner.chars().all(|ch| {
            ch.is_ascii_digit() || crate::numeral::digit(ch).is_some() || ch == '十' || ch == '百'
        });
    plain.then(|| line.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn document_numbers() {
        for (text, number) in [
            ("国办发〔2018〕128号", Some("国办发〔2018〕128号")),
            ("公通字[2006]7号", Some("公通字[2006]7号")),
            ("浙教高教〔2025〕29 号", Some("浙教高教〔2025〕29 号")),
            ("国发 〔2011〕 12 号", Some("国发 〔2011〕 12 号")),
            ("某某省环保厅某环函〔2021〕3号", Some("某环函〔2021〕3号")),
            ("某信部企业函﹝2023﹞4 号", Some("某信部企业函﹝2023﹞4 号")),
            ("文号：甬政办发【2011】51号 主题词", Some("甬政办发【2011】51号")),
            ("（2024—2028年）", None),
            ("第799号", None),
        ] {
            assert_eq!(find_document_number(text).as_deref(), number, "{text}");
        }
    }

    #[test]
    fn a_number_behind_a_title() {
        for (title, parted) in [
            (
                "某省关于加强保护的通知(某政函〔2023〕37号)",
                Some(("某政函〔2023〕37号", "某省关于加强保护的通知")),
            ),
            (
                "国务院关于加强保护的决定国发〔1990〕65号",
                Some(("国发〔1990〕65号", "国务院关于加强保护的决定")),
            ),
            ("某省关于加强保护的通知(试行)", None),
            ("关于转发国发〔1990〕65号", None),
        ] {
            let found = trailing_number(title);
            let found = found.as_ref().map(|(number, rest)| (number.as_str(), rest.as_str()));
            assert_eq!(found, parted, "{title}");
        }
    }
}
