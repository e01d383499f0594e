//! A number at the start of a paragraph, by its form alone.
//!
//! Goes in: folded text. Comes out: the marker's style, number and length.
//! What the marker's division is, `hierarchy` says.

mod labelled;

use gangmu_model::MarkerStyle;

use crate::cell_forms::is_han;
use crate::lines::is_blank;
use crate::numeral::{leading_arabic, leading_han};

use labelled::{labelled, labelled_in_brackets};

/// A marker as it stands at the start of a folded text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RawMarker {
    pub(crate) style: MarkerStyle,
    pub(crate) ordinal: u32,
    /// The bytes of folded text that the marker takes.
    pub(crate) len: usize,
    /// How many numbers it is made of: 1, and for 2.1.3 three. 第一分编 has two, and of
    /// counted words those that stand inside others (任务1 in 赛道一).
    pub(crate) depth: u8,
    /// The number after 之: 1 in 第十七条之一, else 0.
    pub(crate) inserted: u32,
}

impl RawMarker {
    /// What orders the numbers of one style: 第十七条之一 comes after 第十七条.
    pub(crate) fn number(self) -> (u32, u32) {
        (self.ordinal, self.inserted)
    }
}

/// Recognises the marker at the start of a folded paragraph.
pub(crate) fn recognise(text: &str) -> Option<RawMarker> {
    let first = text.chars().next()?;
    match first {
        '第' => after_di(text, false),
        '(' | '〔' => parenthesised(text),
        '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百' => {
            han_comma(text)
        }
        '0'..='9' => arabic(text),
        '附' => attachment(text),
        '专' => boxed(text),
        '【' => labelled_in_brackets(text),
        '\u{2460}'..='\u{2473}' => one_sign(text, MarkerStyle::Circled, first, 0x2460),
        '\u{2776}'..='\u{277f}' => one_sign(text, MarkerStyle::Circled, first, 0x2776),
        '\u{3220}'..='\u{3229}' => one_sign(text, MarkerStyle::HanParen, first, 0x3220),
        '\u{2474}'..='\u{2487}' => one_sign(text, MarkerStyle::ArabicParen, first, 0x2474),
        '\u{2488}'..='\u{249b}' => one_sign(text, MarkerStyle::ArabicDot, first, 0x2488),
        _ => labelled(text),
    }
}

/// What stands behind a number in the source, whose folded form `text` begins with it: blanks
/// may stand in the number, and its signs be wide ones.
pub(crate) fn behind_number<'s>(source: &'s str, text: &str, marker: RawMarker) -> &'s str {
    let n_chars = text[..marker.len].chars().filter(|ch| !is_blank(*ch)).count();
    let mut signs = source.char_indices().filter(|(_, ch)| !is_blank(*ch));
    let last = n_chars.checked_sub(1).and_then(|last| signs.nth(last));
    last.map_or(source, |(at, sign)| &source[at + sign.len_utf8()..])
}

/// The same at the start of a line of source, whose folded form is `text`. A
/// blank behind the number tells 第六章　规定 from 第六章规定的, and 附　收费项目清单 from
/// 附近的.
pub(crate) fn recognise_in(source: &str, text: &str) -> Option<RawMarker> {
    recognise(text).or_else(|| {
        let parted = after_di(text, true).or_else(|| attachment_with_title(text))?;
        // A line break is the layout's.
        let blank = |ch: char| is_blank(ch) && !matches!(ch, '\n' | '\r');
        behind_number(source, text, parted).starts_with(blank).then_some(parted)
    })
}

fn marker(style: MarkerStyle, ordinal: u32, len: usize) -> Option<RawMarker> {
    (ordinal > 0).then_some(RawMarker { style, ordinal, len, depth: 1, inserted: 0 })
}

/// A number written with one sign: ①, ㈠, ⑴, ⒈.
fn one_sign(text: &str, style: MarkerStyle, sign: char, one: u32) -> Option<RawMarker> {
    let len = sign.len_utf8() + after(text, sign.len_utf8(), &['、', '.']);
    marker(style, sign as u32 - one + 1, len)
}

/// The length of one of `marks` at an offset, or 0.
fn after(text: &str, offset: usize, marks: &[char]) -> usize {
    text[offset..].chars().next().filter(|ch| marks.contains(ch)).map_or(0, char::len_utf8)
}

/// 第一编, 第二部分, 第三章, 第四节, 第十二条, 第一，
///
/// `parted` tells that a blank stands behind, so that it refers to nothing.
fn after_di(text: &str, parted: bool) -> Option<RawMarker> {
    if !text.starts_with('第') {
        return None;
    }
    let offset = '第'.len_utf8();
    let rest = &text[offset..];
    let (ordinal, len) = leading_han(rest).or_else(|| spaced_arabic(rest))?;
    let unit_at = offset + len;
    let rest = &text[unit_at..];
    for (unit, style) in [
        ("部分", MarkerStyle::HanPart),
        ("分编", MarkerStyle::HanPart),
        ("编", MarkerStyle::HanPart),
        ("篇", MarkerStyle::HanPart),
        ("章", MarkerStyle::HanChapter),
        ("节", MarkerStyle::HanSection),
    ] {
        if let Some(rest) = rest.strip_prefix(unit) {
            // 第一篇:某省人民政府文件 says which text of a collection follows.
            let of_collection = unit == "篇" && rest.starts_with(':');
            if of_collection || !parted && refers_to_chapter(rest) {
                return None;
            }
            let depth = if unit == "分编" { 2 } else { 1 };
            return marker(style, ordinal, unit_at + unit.len())
                .map(|marker| RawMarker { depth, ..marker });
        }
    }
    if let Some(rest) = rest.strip_prefix('条') {
        let mut len = unit_at + '条'.len_utf8();
        let inserted = rest.strip_prefix('之').and_then(leading_han);
        if let Some((_, numeral)) = inserted {
            len += '之'.len_utf8() + numeral;
        }
        if !parted && refers_to_article(&text[len..]) {
            return None;
        }
        let inserted = inserted.map_or(0, |(inserted, _)| inserted);
        return marker(MarkerStyle::HanArticle, ordinal, len)
            .map(|marker| RawMarker { inserted, ..marker });
    }
    let mark = after(text, unit_at, &[',', '、', ':', '.']);
    if mark == 0
        || leading_han(&text[unit_at + mark..]).is_some_and(|(_, len)| len < 10)
            && text.contains('条')
    {
        return None;
    }
    marker(MarkerStyle::HanOrdinal, ordinal, unit_at + mark)
}

/// 2 5 in 第 2 5 条: digits that a layout has parted.
fn spaced_arabic(text: &str) -> Option<(u32, usize)> {
    let len = text.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b' ').count();
    let digits: String = text[..len].chars().filter(char::is_ascii_digit).collect();
    if digits.is_empty() || digits.len() > 4 {
        return None;
    }
    Some((digits.parse().ok()?, len))
}

/// Whether what follows 第三章 makes it a reference (第三章规定的…, 第三章第二节)
/// and not the head of a chapter (第三章中药保护).
fn refers_to_chapter(rest: &str) -> bool {
    const WORDS: [&str; 20] = [
        "的",
        "所列",
        "所称",
        "所规定",
        "所述",
        "所指",
        "、",
        "规定",
        "至第",
        "和第",
        "及第",
        "以及第",
        "或者第",
        "或第",
        "与第",
        "中的",
        "中规定",
        "中有关",
        "中关于",
        "有关规定",
    ];
    WORDS.iter().any(|word| rest.starts_with(word)) || numbered_part(rest)
}

/// Whether what follows 第三条 makes it a reference (第三条规定的…, 第三条第二款)
/// and not a number of its own. 第十二条之一 is a number of its own.
fn refers_to_article(rest: &str) -> bool {
    const WORDS: [&str; 14] = [
        "规定",
        "的",
        "所列",
        "所称",
        "所规定",
        "所述",
        "至第",
        "、",
        "和第",
        "及第",
        "或者第",
        "或第",
        "与第",
        "中的",
    ];
    WORDS.iter().any(|word| rest.starts_with(word)) || rest.starts_with('款') || numbered_part(rest)
}

/// Whether a text opens with the number of a part: 第二款, 第(三)项, 第一节; not
/// 第二类, 第三方 and 第一次.
fn numbered_part(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('第') else { return false };
    let rest = rest.trim_start_matches('(');
    let Some((_, len)) = leading_han(rest).or_else(|| spaced_arabic(rest)) else { return false };
    let rest = rest[len..].trim_start_matches(')');
    rest.starts_with(['款', '项', '目', '节', '条', '章', '句', '、', '至', '和', '或'])
        || rest.starts_with("分项")
}

/// （一）, (1), 〔一〕 and, after the bracket, a 、 that some documents add.
fn parenthesised(text: &str) -> Option<RawMarker> {
    let (open, close) = if text.starts_with('(') { ('(', ')') } else { ('〔', '〕') };
    let offset = open.len_utf8();
    let rest = &text[offset..];
    let (style, ordinal, len) = match leading_han(rest) {
        Some((ordinal, len)) => (MarkerStyle::HanParen, ordinal, len),
        None => match leading_arabic(rest, 3) {
            Some((ordinal, len)) => (MarkerStyle::ArabicParen, ordinal, len),
            None => {
                let letter = rest.chars().next().filter(char::is_ascii_lowercase)?;
                (MarkerStyle::Latin, letter as u32 - 'a' as u32 + 1, 1)
            }
        },
    };
    let end = offset + len;
    if !text[end..].starts_with(close) {
        return None;
    }
    let end = end + close.len_utf8();
    marker(style, ordinal, end + after(text, end, &['、', '.']))
}

/// 一、 and 一. ; not 一、二、三产业 and not 三、四线城市. And 一)指导思想, whose opening
/// bracket is lost.
fn han_comma(text: &str) -> Option<RawMarker> {
    let (ordinal, len) = leading_han(text)?;
    if let Some(rest) = text[len..].strip_prefix(')')
        && rest.starts_with(char::is_alphabetic)
        && ordinal < 100
    {
        return marker(MarkerStyle::HanParen, ordinal, len + 1);
    }
    let mark = after(text, len, &['、', '.']);
    if mark == 0 || ordinal > 199 {
        return None;
    }
    let end = len + mark;
    if let Some((_, numeral)) = leading_han(&text[end..]) {
        let next = text[end + numeral..].chars().next();
        if next.is_some_and(|ch| {
            matches!(ch, '、' | '产' | '线' | '级' | '季' | '批' | '期' | '条' | '项' | '款')
        }) {
            return None;
        }
    }
    marker(MarkerStyle::HanComma, ordinal, end)
}

/// 1. 1、 1) 1.1 2.3.1; not 1.5倍, not 2027年.
fn arabic(text: &str) -> Option<RawMarker> {
    let (ordinal, len) = leading_arabic(text, 3)?;
    let rest = &text[len..];
    if let Some(rest) = rest.strip_prefix(')') {
        return (!rest.is_empty())
            .then_some(())
            .and_then(|()| marker(MarkerStyle::ArabicParen, ordinal, len + 1));
    }
    let mark = after(text, len, &['.', '、']);
    if mark == 0 {
        return None;
    }
    // 4..全面落实: the point was typed twice.
    let twice = text[len + mark..].starts_with('.') && text[len + mark + 1..].starts_with(is_han);
    let end = len + mark + usize::from(twice);
    if !text[end..].starts_with(|ch: char| ch.is_ascii_digit()) || opens_with_year(&text[end..]) {
        return marker(MarkerStyle::ArabicDot, ordinal, end);
    }
    if mark != 1 { None } else { decimal(text) }
}

/// 2020年底前 behind 3.: no amount has so many decimals and then 年.
fn opens_with_year(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    digits == 4 && text.starts_with("20") && text[digits..].starts_with('年')
}

/// 11. of 11.121人才梯队项目, where the text begins with a figure.
pub(crate) fn dot_before_digit(text: &str) -> Option<RawMarker> {
    let (ordinal, len) = leading_arabic(text, 3)?;
    let rest = text[len..].strip_prefix('.')?;
    rest.starts_with(|ch: char| ch.is_ascii_digit())
        .then_some(())
        .and_then(|()| marker(MarkerStyle::ArabicDot, ordinal, len + 1))
}

/// 30 of 30不断优化税务服务, whose point was lost: only the sequence tells it from an amount.
pub(crate) fn undotted(text: &str) -> Option<RawMarker> {
    let (ordinal, len) = leading_arabic(text, 3)?;
    text[len..]
        .starts_with(|ch| is_han(ch) && !AMOUNTS.contains(ch))
        .then_some(())
        .and_then(|()| marker(MarkerStyle::ArabicDot, ordinal, len))
}

/// Numbers joined by points in one marker; more than this are a table's or a version's.
const DEEPEST_DECIMAL: u8 = 8;

/// 1.1 编制目的: the last number counts. What a unit follows is an amount.
fn decimal(text: &str) -> Option<RawMarker> {
    let mut end = 0;
    let mut depth = 0;
    let ordinal = loop {
        let (value, len) = leading_arabic(&text[end..], 2)?;
        end += len;
        depth += 1;
        if depth > DEEPEST_DECIMAL {
            return None;
        }
        match text[end..].strip_prefix('.') {
            Some(rest) if rest.starts_with(|ch: char| ch.is_ascii_digit()) => end += 1,
            Some(_) => {
                end += 1;
                break value;
            }
            None => break value,
        }
    };
    let next = text[end..].chars().next()?;
    // No amount has two points: 2.3.2人民群众生活更有品质.
    let amount = depth < 3 && AMOUNTS.contains(next);
    let han = is_han(next) || matches!(next, '“' | '《');
    let marker = marker(MarkerStyle::ArabicDecimal, ordinal, end)?;
    (!amount && han).then_some(RawMarker { depth, ..marker })
}

/// 1.3 of 1.3到2035年基本建成: two numbers before what may be a unit, which only the
/// sequence tells from an amount.
pub(crate) fn decimal_before_unit(text: &str) -> Option<RawMarker> {
    let (_, len) = leading_arabic(text, 2)?;
    let rest = text[len..].strip_prefix('.')?;
    let (ordinal, second) = leading_arabic(rest, 2)?;
    let end = len + '.'.len_utf8() + second;
    rest[second..].starts_with(|ch| AMOUNTS.contains(ch)).then_some(())?;
    marker(MarkerStyle::ArabicDecimal, ordinal, end).map(|marker| RawMarker { depth: 2, ..marker })
}

/// 1 总则, over 1.1 and 1.2: a bare number, which only a document numbered by
/// decimals has.
pub(crate) fn bare_decimal(text: &str) -> Option<RawMarker> {
    let (ordinal, end) = leading_arabic(text, 2)?;
    let next = text[end..].chars().next()?;
    let heading = is_han(next)
        && !AMOUNTS.contains(next)
        && !text.contains(['。', ',', ';', ':'])
        && text.chars().nth(24).is_none();
    heading.then_some(()).and_then(|()| marker(MarkerStyle::ArabicDecimal, ordinal, end))
}

/// Characters that make the number before them an amount.
const AMOUNTS: &str =
    "倍万亿元个年月日米公吨千百度版以左上亩头只台辆人名家座件次户项至到号时分秒岁天周";

/// 附件, 附件1, 附件 1：, 附表2, 附录. Whether it heads an attachment or only
/// lists one, its surroundings say.
fn attachment(text: &str) -> Option<RawMarker> {
    let word = attachment_word(text)?;
    let rest = &text[word.len()..];
    let (ordinal, len) = leading_arabic(rest, 2).or_else(|| leading_han(rest)).unwrap_or((1, 0));
    let end = word.len() + len;
    let mark = after(text, end, &[':', '.', '、']);
    let bare = text.len() == end;
    (bare || len > 0 || mark > 0)
        .then_some(())
        .and_then(|()| marker(MarkerStyle::Attachment, ordinal, end + mark))
}

/// 附 收费项目清单: the word and the title of what is attached, which only a blank
/// parts.
fn attachment_with_title(text: &str) -> Option<RawMarker> {
    let word = attachment_word(text)?;
    let title = &text[word.len()..];
    let n_chars = title.chars().take(41).count();
    let is_title = (4..=40).contains(&n_chars) && !title.contains([',', '。', ';', ':']);
    is_title.then_some(()).and_then(|()| marker(MarkerStyle::Attachment, 1, word.len()))
}

fn attachment_word(text: &str) -> Option<&'static str> {
    ["附件", "附表", "附录", "附图", "附"].into_iter().find(|word| text.starts_with(word))
}

/// 专栏1, 专栏一, 专栏 with a short title.
fn boxed(text: &str) -> Option<RawMarker> {
    let rest = text.strip_prefix("专栏")?;
    let (ordinal, len) = leading_arabic(rest, 2).or_else(|| leading_han(rest))?;
    let end = "专栏".len() + len;
    marker(MarkerStyle::Box, ordinal, end + after(text, end, &[':', '、', '.']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::fold;
    use gangmu_model::MarkerStyle::*;

    fn check(text: &str, expected: Option<(MarkerStyle, u32, &str)>) {
        let text = fold(text);
        let found =
            recognise(&text).map(|marker| (marker.style, marker.ordinal, &text[..marker.len]));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn forms_that_open_a_division() {
        check("一、总体要求", Some((HanComma, 1, "一、")));
        check("二 、支持范围", Some((HanComma, 2, "二、")));
        check("三. 保障措施", Some((HanComma, 3, "三.")));
        check("（三十六）开展成效考核。", Some((HanParen, 36, "(三十六)")));
        check("(十 八)全面提高", Some((HanParen, 18, "(十八)")));
        check("㈡加强管理", Some((HanParen, 2, "㈡")));
        check("1.提升", Some((ArabicDot, 1, "1.")));
        check("3.2020年底前完成", Some((ArabicDot, 3, "3.")));
        check("１．承租人家庭", Some((ArabicDot, 1, "1.")));
        check("1、近期目标", Some((ArabicDot, 1, "1、")));
        check("（1）3年内", Some((ArabicParen, 1, "(1)")));
        check("2）加强", Some((ArabicParen, 2, "2)")));
        check("③加强", Some((Circled, 3, "③")));
        check("第一条　根据", Some((HanArticle, 1, "第一条")));
        check("第三十四条本办法由", Some((HanArticle, 34, "第三十四条")));
        check("第 2 5 条 违反", Some((HanArticle, 25, "第2 5条")));
        check("第一章　总  则", Some((HanChapter, 1, "第一章")));
        check("第二节 评审", Some((HanSection, 2, "第二节")));
        check("第四章　与国防密切相关的建设项目", Some((HanChapter, 4, "第四章")));
        check("第二章中药保护与发展", Some((HanChapter, 2, "第二章")));
        check("第二分编　所有权", Some((HanPart, 2, "第二分编")));
        check("第三十八条  第三类医疗器械", Some((HanArticle, 38, "第三十八条")));
        check("第五十二条第三人逾期不起诉", Some((HanArticle, 52, "第五十二条")));
        check("第十七条之一　已满七十五周岁的人", Some((HanArticle, 17, "第十七条之一")));
        check("第一部分 总论", Some((HanPart, 1, "第一部分")));
        check("第一，加强领导", Some((HanOrdinal, 1, "第一,")));
        check("附件 1", Some((Attachment, 1, "附件1")));
        check("附件", Some((Attachment, 1, "附件")));
        check("附", Some((Attachment, 1, "附")));
        check("专栏2 重点工程", Some((Box, 2, "专栏2")));
        check("【重点任务1】加强", Some((Labelled, 1, "【重点任务1】")));
        check("政策1：支持", Some((Labelled, 1, "政策1:")));
        check("路径举措 1：强化", Some((Labelled, 1, "路径举措1:")));
        check("方向/赛道二：智能终端", Some((Labelled, 2, "方向/赛道二:")));
        check("赛道一直是热点：甲", None);
        check("1.1　编制目的及依据", Some((ArabicDecimal, 1, "1.1")));
        check("2.1.3 职责", Some((ArabicDecimal, 3, "2.1.3")));
        check(&format!("{}职责", "1.".repeat(300)), None);
        check("（a）名称", Some((Latin, 1, "(a)")));
    }

    #[test]
    fn a_blank_behind_the_number_makes_it_one() {
        let opens = |line: &str| recognise_in(line, &fold(line)).is_some();
        assert!(opens("　　第七十六条　规定本行政区域特别重大事项的地方性法规"));
        assert!(opens("第三章 规定与标准"));
        assert!(opens("第 二 条之一　规定本省中药目录"));
        assert!(!opens("第七十六条规定的 事项"));
    }

    #[test]
    fn forms_that_open_none() {
        for text in [
            "第三条规定的情形",
            "第七条第三款",
            "第七条第（三）项",
            "第十七条之一规定的情形",
            "第三章规定的程序",
            "第二章第三节",
            "第一章和第二章",
            "第十九、二十条就近享受一次。",
            "一是加强",
            "一、二、三产业融合",
            "三、四线城市",
            "1.5倍以上",
            "2027年底前",
            "2 万亿元。",
            "（2024—2028年）",
            "（此件公开发布）",
            "附近居民",
            "第一篇:某省人民政府文件",
            "专栏",
            "第三方机构",
            "",
            "第",
            "(",
            "【】",
        ] {
            check(text, None);
        }
    }
}
