//! What a document says of itself.
//!
//! Goes in: the titles, the folded lines of the frame, the table of metadata of
//! the page. What cannot be known stays empty.

use std::collections::HashSet;

use gangmu_lexicon::Lexicon;
use gangmu_model::Metadata;

use crate::dates::{find_date, moment};
use crate::document_kind::{asks_for_comments, document_kind, last_bracket};
use crate::document_number::{find_document_number, leading_number, order_serial, trailing_number};
use crate::fold::fold;
use crate::frame::is_printing_note;
use crate::furniture::{is_longer_than, is_posting_line};
use crate::issuer::issuers;
use crate::numeral::is_digit;
use crate::page_table::{is_dated_source, table_value, tabled_day};
use crate::promulgation::Promulgation;
use crate::status::{status, tabled_status};
use crate::titles::{Title, title_text};

/// The lines that speak of the document, folded and as they stand.
pub(crate) struct Evidence<'v> {
    /// The title's lines as they stand in the source.
    pub(crate) title: Option<String>,
    pub(crate) title_folded: Option<&'v Title>,
    pub(crate) attached_title: Option<String>,
    /// Folded paragraphs of front matter, preamble and closing, in order.
    pub(crate) frame: Vec<FrameText<'v>>,
    /// Folded lines set aside before the document, in order.
    pub(crate) page: Vec<&'v str>,
    /// Folded text of the last paragraphs of the body, where 施行 dates stand.
    pub(crate) last: Vec<&'v str>,
}

/// A paragraph of the frame, and its words parted by the source's blanks.
pub(crate) struct FrameText<'v> {
    pub(crate) folded: &'v str,
    pub(crate) source: String,
    pub(crate) closing: bool,
    pub(crate) preamble: bool,
    /// Whether it stands before the issued text's own title.
    pub(crate) of_notice: bool,
}

/// Gathers the metadata. `hints` fill what the text leaves open.
pub(crate) fn metadata(evidence: &Evidence<'_>, hints: &Metadata, lexicon: &Lexicon) -> Metadata {
    // A text without a title of its own has one in the page's table.
    let tabled = || table_value(&evidence.page, &["标题", "文件名称", "信息名称", "名称"]);
    let own = evidence.title.clone();
    // The table names the notice, and the text has the title of the plan alone.
    let issuing = tabled().filter(|tabled| {
        own.as_deref().is_some_and(|own| issued_text(tabled).map(fold) == Some(fold(own)))
    });
    let issued = issuing.as_ref().and(own.clone());
    let title = issuing.or(own).or_else(tabled).or_else(|| hints.title.clone());
    let title = title.as_deref().map(clean_title);
    let glued =
        title.as_deref().and_then(|title| leading_number(title).or_else(|| trailing_number(title)));
    let (title_number, title) = match glued {
        Some((number, rest)) => (Some(number), Some(rest)),
        None => (None, title),
    };
    let promulgation = evidence.frame.iter().find_map(|text| Promulgation::find(text.folded));
    let mut issuers = issuers(evidence, title.as_deref(), lexicon);
    if issuers.is_empty() {
        issuers.extend(promulgation.as_ref().map(|found| found.issuer.clone()));
    }
    if issuers.is_empty() {
        issuers.clone_from(&hints.issuers);
    }
    let title = title.map(|title| posted_work(&title).to_owned());
    let region = region(&issuers, title.as_deref(), lexicon);
    let document_number = evidence
        .frame
        .iter()
        .filter(|text| !text.preamble)
        .find_map(|text| own_number(text, evidence))
        .or_else(|| {
            table_value(
                &evidence.page,
                &["发文字号", "文号", "政策文号", "文件字号", "文件编号", "字号"],
            )
            .and_then(|value| find_document_number(&value))
        });
    let document_number = document_number
        .or(title_number)
        .or_else(|| promulgation.as_ref().and_then(|found| found.number.clone()))
        .or_else(|| hints.document_number.clone());
    let issued_on = issued_on(evidence)
        .or_else(|| promulgation.as_ref().map(|found| found.date.clone()))
        .or_else(|| hints.issued_on.clone());
    let published_at = published_at(evidence).or_else(|| hints.published_at.clone());
    let drafted_by = drafted_by(evidence).or_else(|| table_value(&evidence.page, &["起草单位"]));
    let based_on = based_on(evidence, title.as_deref());
    let known = |found: Option<String>, hint: &Option<String>| found.or_else(|| hint.clone());
    let document_kind = title
        .as_deref()
        .filter(|title| !asks_for_comments(title))
        .and_then(document_kind)
        .map(str::to_owned);
    let dated = issued_on.is_some() || document_number.is_some() || published_at.is_some();
    let attached_title = evidence
        .attached_title
        .clone()
        .or(issued)
        .as_deref()
        .map(clean_title)
        .or_else(|| issued_text(title.as_deref()?).map(str::to_owned));
    Metadata {
        document_kind: known(document_kind, &hints.document_kind),
        status: status(evidence, dated).or_else(|| tabled_status(evidence)).or(hints.status),
        drafted_by: known(drafted_by, &hints.drafted_by),
        effective_on: known(
            effective_on(evidence)
                .or_else(|| tabled_day(&evidence.page, &["施行日期", "实施日期", "生效日期"])),
            &hints.effective_on,
        ),
        published_at,
        based_on: if based_on.is_empty() { hints.based_on.clone() } else { based_on },
        attached_title: known(attached_title, &hints.attached_title),
        title,
        issuers,
        document_number,
        issued_on,
        region: known(region.or_else(|| table_value(&evidence.page, &["所属地区"])), &hints.region),
    }
}

/// The text that the title of a notice says it issues: 关于印发《…》的通知.
fn issued_text(title: &str) -> Option<&str> {
    let words = title.strip_suffix("的通知")?;
    let at = words.find("印发")? + "印发".len();
    let issued = words[at..].trim();
    let issued =
        issued.strip_prefix('《').and_then(|rest| rest.strip_suffix('》')).unwrap_or(issued);
    let whole = !issued.contains(['《', '》']) || closing_mark(issued).is_none();
    (whole && document_kind(issued).is_some()).then_some(issued)
}

/// The region a document speaks from: its issuer's, or the one its title opens with.
fn region(issuers: &[String], title: Option<&str>, lexicon: &Lexicon) -> Option<String> {
    let regions = lexicon.regions();
    if let Some(region) = issuers.iter().find_map(|issuer| regions.region_of_issuer(issuer)) {
        return Some(region);
    }
    let by_form = issuers.iter().find_map(|issuer| {
        let region = &issuer[..issuer.find("人民政府")?];
        let level = ["省", "市", "县", "区", "州", "盟", "旗", "乡", "镇"]
            .iter()
            .any(|level| region.ends_with(level));
        (level && is_longer_than(region, 1) && !is_longer_than(region, 15))
            .then(|| region.to_owned())
    });
    let of_title = || {
        title.and_then(|title| {
            // 2026年某市重点任务, 关于印发《某省…方案》的通知.
            let issued =
                ["关于印发《", "关于印发", "《"].iter().find_map(|lead| title.strip_prefix(lead));
            let named = issued.unwrap_or(title).trim_start_matches(is_digit);
            let named = named.strip_prefix('年').unwrap_or(named);
            regions.region_of_issuer(named).filter(|region| named.starts_with(region.as_str()))
        })
    };
    let is_national =
        |issuer: &String| issuer.starts_with("中共中央") || issuer.starts_with("国务院");
    by_form.or_else(|| if issuers.iter().any(is_national) { None } else { of_title() })
}

/// The title without 征求意见稿 and what a reprint puts round it.
fn clean_title(title: &str) -> String {
    let title = without_page(title.trim());
    let title = dated_title(title).map_or(title, |(title, _)| title);
    let mut title = title_text(title).trim_end_matches('：').trim_start_matches('—').to_owned();
    for lead in ["以下为", "以下是"] {
        if let Some(rest) = title.strip_prefix(lead) {
            title = rest.to_owned();
        }
    }
    // 通知 | 某部就《…》公开征求意见(附全文), as accounts post it.
    if let Some((label, rest)) = title.split_once(['|', '｜', '丨'])
        && !is_longer_than(label.trim(), 4)
        && !rest.contains(['|', '｜', '丨'])
    {
        title = rest.trim().to_owned();
    }
    // 《某市专项发展规划(2023-2025年)》 on a line of its own.
    if let Some(inner) = title.strip_prefix('《').and_then(|rest| rest.strip_suffix('》'))
        && !inner.contains(['《', '》'])
    {
        title = inner.to_owned();
    }
    // …计划（2024—2028年）（征求意见稿）: the years are the title's.
    let mut core = title.trim_end();
    while let Some((rest, bracket)) = last_bracket(core)
        && ["稿", "附全文", "全文"].iter().any(|word| bracket.contains(word))
    {
        core = rest;
    }
    close_up(core)
}

/// The work that a headline says someone has posted: 四部门联合发布《…实施意见》,
/// 两部门：…意见.
fn posted_work(headline: &str) -> &str {
    let head = headline.split_once([':', '：']).filter(|(head, _)| counts_departments(head));
    let title = head.map_or(headline, |(_, title)| title.trim_start());
    let named = title.strip_suffix('》').and_then(|words| words.split_once('《'));
    let Some((before, work)) = named.filter(|(_, work)| !work.contains(['《', '》'])) else {
        return title;
    };
    let posts = ["印发", "发布", "公布", "出台", "制定"].iter().any(|verb| before.ends_with(verb));
    let is_work = posts && !before.contains("关于") && document_kind(work).is_some();
    if is_work { work } else { title }
}

/// 四部门, 12部门: bodies counted, and none named.
pub(crate) fn counts_departments(name: &str) -> bool {
    let count = ["部门", "部委", "单位"].iter().find_map(|word| name.strip_suffix(word));
    count.is_some_and(|count| {
        let is_number =
            |ch| crate::numeral::digit(ch).is_some() || matches!(ch, '十' | '两' | '多');
        !count.is_empty() && count.chars().all(|ch| is_digit(ch) || is_number(ch))
    })
}

/// Takes off the number of the page before a title: 22 某市关于…的意见, II某省规划.
fn without_page(title: &str) -> &str {
    let roman = title.trim_start_matches(['I', 'V', 'X', 'Ⅰ', 'Ⅱ', 'Ⅲ', 'Ⅳ', 'Ⅴ']);
    let digits = title.trim_start_matches(is_digit);
    let blank = digits.trim_start_matches([' ', '\u{3000}', '\u{a0}']);
    let is_han = |rest: &str| rest.starts_with(|ch: char| ch.is_alphabetic() && !ch.is_ascii());
    let n_digits = title.chars().take_while(|ch| is_digit(*ch)).count();
    if (1..=4).contains(&(title.len() - roman.len())) && is_han(roman) {
        roman
    } else if (1..=3).contains(&n_digits) && blank.len() < digits.len() && is_han(blank) {
        blank
    } else {
        title
    }
}

/// Closes up a title whose characters were set apart: 国 务 院 工 作 规 则.
fn close_up(title: &str) -> String {
    let is_blank = |ch: char| matches!(ch, ' ' | '\u{3000}' | '\u{a0}');
    let is_single = |word: &str| word.chars().nth(1).is_none() && !word.is_ascii();
    // Each word with the blanks behind it.
    let mut words: Vec<(&str, &str)> = Vec::new();
    let mut rest = title;
    while !rest.is_empty() {
        let (word, behind) = rest.split_at(rest.find(is_blank).unwrap_or(rest.len()));
        let blanks = behind.len() - behind.trim_start_matches(is_blank).len();
        words.push((word, &behind[..blanks]));
        rest = &behind[blanks..];
    }
    let single = |at: usize| words.get(at).is_some_and(|(word, _)| is_single(word));
    let mut closed = String::with_capacity(title.len());
    for (at, (word, blanks)) in words.iter().enumerate() {
        // Two single characters in a row before or after the blank set words apart.
        let runs_on = single(at) && single(at + 1)
            || single(at + 1) && single(at + 2)
            || at > 0 && single(at - 1) && single(at);
        closed.push_str(word);
        closed.push_str(if runs_on { "" } else { blanks });
    }
    closed
}

/// The number of the document itself: a line of its own, or the head of one;
/// numbers in running text are of other documents.
fn own_number(text: &FrameText<'_>, evidence: &Evidence<'_>) -> Option<String> {
    if is_longer_than(text.folded, 60) {
        return None;
    }
    if let Some(serial) = order_serial(text.folded) {
        let order = evidence
            .frame
            .iter()
            .find(|other| other.folded.ends_with('令') && !is_longer_than(other.folded, 30));
        return Some(match order {
            Some(order) => format!("{}{serial}", order.source.trim()),
            None => serial,
        });
    }
    find_document_number(text.source.trim())
}

fn issued_on(evidence: &Evidence<'_>) -> Option<String> {
    let labels = ["成文日期", "成文时间", "发文日期", "发文时间"];
    if let Some(day) = tabled_day(&evidence.page, &labels) {
        return Some(day);
    }
    let date_line = |text: &&FrameText<'_>| {
        let inner = text
            .folded
            .strip_prefix('(')
            .and_then(|inner| inner.strip_suffix(')'))
            .unwrap_or(text.folded);
        crate::frame::closes_a_letter(inner)
    };
    let date = evidence
        .frame
        .iter()
        .filter(|text| !text.preamble)
        .filter(date_line)
        .max_by_key(|text| text.of_notice)
        .and_then(|text| find_date(text.folded))
        .or_else(|| evidence.frame.iter().find_map(|text| day_of_speech(text.folded)))
        .or_else(|| Some(dated_title(&evidence.title_folded.as_ref()?.folded)?.1))
        // Who printed it also says when, where no one signed.
        .or_else(|| {
            let mut texts = evidence.frame.iter();
            let note = texts.find(|text| text.closing && is_printing_note(text.folded))?;
            find_date(note.folded)
        })
        .or_else(|| {
            let title = &evidence.title_folded.as_ref()?.folded;
            evidence.page.iter().find_map(|line| day_in_news(line, title))
        });
    date.filter(|date| date.day.is_some())
        .map(crate::dates::Date::iso)
        // A page's day of printing may be later than that of the signature.
        .or_else(|| tabled_day(&evidence.page, &["印发日期"]))
}

/// 生态环境部于2020年1月28日印发《…指南（试行）》: what the news above a document says of it.
fn day_in_news(line: &str, title: &str) -> Option<crate::dates::Date> {
    const LONGEST_DATE: usize = 12;
    let name = title.split(['《', '》']).max_by_key(|part| part.len())?;
    ["印发", "发布", "公布"].iter().find_map(|word| {
        let said = line.match_indices(word).map(|(at, _)| at).find(|&at| {
            line[at + word.len()..].strip_prefix('《').is_some_and(|rest| rest.starts_with(name))
        })?;
        let before = line[..said].trim_end_matches("正式").trim_end_matches("联合");
        crate::dates::dates_before(before, before.len(), LONGEST_DATE)
            .filter(|(at, _, len)| at + len == before.len())
            .map(|(_, date, _)| date)
            .last()
    })
}

/// A title and the date in brackets behind it, as collections print them: …的通知（2023年5月16日）.
fn dated_title(title: &str) -> Option<(&str, crate::dates::Date)> {
    let inner = title.strip_suffix([')', '）'])?;
    let open = inner.rfind(['(', '（'])?;
    let (title, bracket) = inner.split_at(open);
    let date: String = fold(bracket).chars().skip(1).filter(|ch| !ch.is_whitespace()).collect();
    crate::dates::is_signature_date(&date).then_some(())?;
    Some((title.trim_end(), find_date(&date)?))
}

/// ——2026年2月4日在某省第十四届人民代表大会第五次会议上: the line under the title of
/// a report that was delivered; the dash may be lost.
fn day_of_speech(line: &str) -> Option<crate::dates::Date> {
    let words = line.trim_start_matches(['—', '-', '–', '─', '(']);
    if is_longer_than(line, 80) {
        return None;
    }
    let (date, len) = crate::dates::leading_date(words)?;
    let rest = words[len..].trim_end_matches(')');
    (rest.starts_with('在') && rest.ends_with("会议上")).then_some(date)
}

/// 自2025年4月1日起施行.
fn effective_on(evidence: &Evidence<'_>) -> Option<String> {
    let texts = evidence.last.iter().copied().chain(evidence.frame.iter().map(|text| text.folded));
    for text in texts {
        for word in ["起施行", "起实施", "起执行", "起生效"] {
            let Some(end) = text.find(word) else { continue };
            let start = text[..end].rfind('自')?;
            if let Some(date) = find_date(&text[start..end]).filter(|date| date.day.is_some()) {
                return Some(date.iso());
            }
        }
    }
    None
}

fn published_at(evidence: &Evidence<'_>) -> Option<String> {
    let labels_of_posting =
        ["发布时间", "发布日期", "时间", "发表时间", "更新时间", "公开日期", "公开时间", "日期"];
    labels_of_posting
        .iter()
        .find_map(|label| table_value(&evidence.page, &[label]).and_then(|value| moment(&value)))
        .or_else(|| {
            let is_posted = |line: &&&str| is_posting_line(line) || is_dated_source(line);
            let posted = evidence.page.iter().find(is_posted)?;
            moment(&posted[posted.find(|ch: char| ch.is_ascii_digit())?..])
        })
}

/// 辽宁省生态环境厅牵头起草了…
fn drafted_by(evidence: &Evidence<'_>) -> Option<String> {
    evidence.frame.iter().find_map(|text| {
        let at = ["牵头起草", "组织起草", "研究起草", "起草了", "起草形成"]
            .iter()
            .filter_map(|word| text.folded.find(word))
            .min()?;
        let start = text.folded[..at].rfind([',', '。', '、', ':']).map_or(0, |before| {
            before + text.folded[before..].chars().next().map_or(0, char::len_utf8)
        });
        let name = text.folded[start..at].trim_start_matches('由');
        let name = ["会同", "研究", "组织", "牵头"]
            .iter()
            .fold(name, |name, word| name.split(word).next().unwrap_or(name));
        // 我们研究起草了, 我局起草了: who writes names itself at the end, not here.
        let is_named = !name.is_empty() && !name.starts_with(['我', '本']);
        (is_named && !is_longer_than(name, 25)).then(|| name.to_owned())
    })
}

/// What the preamble cites as its ground: 为贯彻落实《…》, 根据《…》.
fn based_on(evidence: &Evidence<'_>, title: Option<&str>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut known: HashSet<String> = HashSet::new();
    for text in evidence.frame.iter().filter(|text| text.preamble) {
        for word in ["贯彻落实《", "根据《", "按照《", "依据《", "落实《", "贯彻《", "依照《"]
        {
            for (at, _) in text.source.match_indices(word) {
                let mut rest = &text.source[at + word.len() - '《'.len_utf8()..];
                while let Some(inner) = rest.strip_prefix('《') {
                    let Some(end) = closing_mark(inner) else { break };
                    let cited = &inner[..end];
                    let own = title.is_some_and(|title| title.contains(cited));
                    if !own && known.insert(cited.to_owned()) {
                        found.push(cited.to_owned());
                    }
                    rest =
                        inner[end + '》'.len_utf8()..].trim_start_matches(['、', '和', '及', '以']);
                    rest = after_number(rest).trim_start_matches(['、', '和', '及', '以']);
                }
            }
        }
    }
    found
}

/// Finds one of two marks in the first bytes of a text.
pub(crate) fn find_within(text: &str, limit: usize, marks: [char; 2]) -> Option<usize> {
    text.char_indices()
        .take_while(|(at, _)| *at < limit)
        .find(|(_, ch)| marks.contains(ch))
        .map(|(at, _)| at)
}

/// Steps over （国办发〔2018〕128号） after a cited title.
fn after_number(text: &str) -> &str {
    let Some(inner) = text.strip_prefix(['（', '(']) else { return text };
    match find_within(inner, LONGEST_CITED, ['）', ')']) {
        Some(end) if inner[..end].contains('号') => inner[end..].trim_start_matches(['）', ')']),
        _ => text,
    }
}

/// The longest cited title, in bytes.
const LONGEST_CITED: usize = 1_200;

/// The end of a title whose 《 was just read; titles may hold titles.
pub(crate) fn closing_mark(inner: &str) -> Option<usize> {
    let mut depth = 0usize;
    for (at, ch) in inner.char_indices().take_while(|(at, _)| *at < LONGEST_CITED) {
        match ch {
            '《' => depth += 1,
            '》' if depth == 0 => return Some(at),
            '》' => depth -= 1,
            '。' | '\n' => return None,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_set_apart_are_closed_up() {
        for (title, closed) in [
            ("国 务 院 工 作 规 则", "国务院工作规则"),
            ("办公厅关于印发国 家 粮 食 应 急 预 案 的 函", "办公厅关于印发国家粮食应急预案的函"),
            ("选  举  办  法（草案）", "选举办法（草案）"),
            ("范围和土 地 使 用 期 限 的 批 复", "范围和土地使用期限的批复"),
            ("中共某省委 某省人民政府关于建设的意见", "中共某省委 某省人民政府关于建设的意见"),
        ] {
            assert_eq!(close_up(title), closed);
        }
    }

    #[test]
    fn headlines_name_the_work() {
        for (headline, work) in [
            ("四部门联合发布《关于开展认证工作的实施意见》", "关于开展认证工作的实施意见"),
            ("两部门：保险发展10条意见", "保险发展10条意见"),
            ("关于印发《某省规划》的通知", "关于印发《某省规划》的通知"),
            ("某省关于发布《某省目录》", "某省关于发布《某省目录》"),
            ("重点任务：完善制度的意见", "重点任务：完善制度的意见"),
        ] {
            assert_eq!(posted_work(headline), work);
        }
    }
}
