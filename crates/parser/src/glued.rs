//! Lines that a copy ran together at the head and the foot of a document.
//!
//! `6. 某市人民政府关于印发…的通知`: the number that a collection gives to a document.
//! …的实施意见国办发〔2020〕24号: the number of a document right behind its title.
//! …落地见效。国务院办公厅2020年7月15日（此件公开发布）: the signature right behind the text.

use std::ops::Range;

use gangmu_model::BoilerplateReason;

use crate::cell_forms::is_han;
use crate::dates::is_signature_date;
use crate::document_kind::{document_kind, last_bracket};
use crate::document_number::{LONGEST_CODE, code_behind_title};
use crate::fold::fold;
use crate::lines::{Line, measure};
use crate::numeral::is_digit;
use crate::page_table::labels;
use crate::titles::ISSUER_ENDS;

/// Lines at the top that may hold the title.
const HEAD_LINES: usize = 20;

/// Lines at the end that may hold the signature.
const FOOT_LINES: usize = 3;

/// Fewest bytes of a line that a signature is glued to: other lines are read as they stand.
const SHORTEST_TEXT: usize = 300;

/// Lines at the top of which the first with words may have a collection's number.
const FIRST_LINES: usize = 3;

/// Lines that the title behind such a number may take.
const TITLE_LINES: usize = 4;

/// Fewest bytes of a title.
const SHORTEST_TITLE: usize = 24;

/// Parts such lines.
pub(crate) fn part_head_and_foot(text: &str, lines: Vec<Line>) -> Vec<Line> {
    let n_lines = lines.len();
    let collected = number_in_collection(text, &lines);
    let cuts_of = |at: usize, line: &Line| {
        let raw = &text[line.source.clone()];
        if line.grid.is_some() {
            Vec::new()
        } else if let Some((_, end)) = collected.filter(|(numbered, _)| *numbered == at) {
            vec![end]
        } else if at < HEAD_LINES && raw.ends_with('号') {
            number_behind_title(raw).or_else(|| number_behind_order(raw)).into_iter().collect()
        } else if let Some(keys) = keys_behind_title(raw).filter(|_| at < HEAD_LINES) {
            vec![keys]
        } else if let Some(issuers) = issuers_behind_title(raw).filter(|_| at < HEAD_LINES) {
            vec![issuers]
        } else if (at < HEAD_LINES || at + FOOT_LINES >= n_lines)
            && (raw.len() >= SHORTEST_TEXT || promulgates(raw))
        {
            signature_behind_text(raw)
        } else {
            Vec::new()
        }
    };
    if lines.iter().enumerate().all(|(at, line)| cuts_of(at, line).is_empty()) {
        return lines;
    }
    let mut parted = Vec::with_capacity(n_lines + 4);
    for (at, line) in lines.into_iter().enumerate() {
        let start = line.source.start;
        let mut ends = cuts_of(at, &line);
        ends.push(line.source.len());
        let mut from = 0;
        for end in ends {
            if let Some(mut piece) = piece(text, &line, start + from..start + end) {
                if collected == Some((at, end)) {
                    piece.set_aside = Some(BoilerplateReason::Navigation);
                }
                parted.push(piece);
            }
            from = end;
        }
    }
    parted
}

fn piece(text: &str, whole: &Line, source: Range<usize>) -> Option<Line> {
    if source == whole.source {
        return Some(whole.clone());
    }
    let (_, range, right) = measure(&text[source.clone()])?;
    let after_blank = whole.after_blank && source.start == whole.source.start;
    let source = source.start + range.start..source.start + range.end;
    Some(Line { source, right: whole.indent + right, after_blank, ..whole.clone() })
}

/// Finds the number before the title of a text that was taken out of a collection: its line,
/// and where the title begins there.
fn number_in_collection(text: &str, lines: &[Line]) -> Option<(usize, usize)> {
    let raw = |at: usize| lines.get(at).map(|line| &text[line.source.clone()]);
    // # Page 215: may stand above it.
    let at = (0..FIRST_LINES).find(|&at| raw(at).is_some_and(|raw| raw.contains(is_han)))?;
    let first = raw(at)?;
    let rest = behind_counter(first)?;
    let begins = first.len() - rest.trim_start().len();
    let mut title = String::new();
    for next in at..at + TITLE_LINES {
        title.push_str(&fold(if next == at { rest } else { raw(next)? }));
        let below = raw(next + 1)?;
        let is_dated = below.starts_with(['（', '(']) && fold(below).contains("20");
        // …创新重点任务(2023年6月30日): a date closes what names no kind of document, too.
        let ends_dated = last_bracket(&title)
            .is_some_and(|(_, date)| date.starts_with("20") && date.ends_with(['日', '号']));
        let whole =
            (document_kind(&title).is_some() || ends_dated) && !title.contains(['。', ',', ';']);
        let told = title.contains("关于") || is_dated || ends_dated;
        if whole && title.len() >= SHORTEST_TITLE && told {
            return behind_counter(below).is_none().then_some((at, begins));
        }
    }
    None
}

/// What stands behind the digits and the point that count an entry: 6. and ６．.
fn behind_counter(raw: &str) -> Option<&str> {
    const MOST_DIGITS: usize = 3;
    let rest = raw.trim_start_matches(is_digit);
    let n_digits = raw.chars().count() - rest.chars().count();
    let counts = (1..=MOST_DIGITS).contains(&n_digits);
    counts.then(|| rest.strip_prefix(['.', '．', '、'])).flatten()
}

/// Returns where the number begins: 国办发〔2020〕24号.
fn number_behind_title(raw: &str) -> Option<usize> {
    let bracket = raw.rfind(['〔', '[', '［', '【'])?;
    let year = raw[bracket..].chars().skip(1).take(4);
    if !year.clone().all(is_digit) || raw[bracket..].contains('。') {
        return None;
    }
    let before = &raw[..bracket];
    // （试行）三府[2012]105号 under a title.
    let subtitle = before
        .find(['）', ')'])
        .map(|at| before[..at].len() + before[at..].chars().next().map_or(0, char::len_utf8));
    if let Some(end) = subtitle
        && before.starts_with(['（', '('])
        && ["试行", "暂行"].iter().any(|word| before[..end].contains(word))
        && before[end..].chars().count() <= LONGEST_CODE
    {
        return Some(end);
    }
    code_behind_title(before, |title| {
        let is_closed = title.matches('《').count() == title.matches('》').count();
        title.len() >= SHORTEST_TITLE
            && before[title.len()..].chars().nth(1).is_some()
            && is_closed
            && !title.contains('。')
            && !title.ends_with('》')
    })
}

/// Whether a line is the text of an order: 现公布《…》，自2018年1月1日起施行。
fn promulgates(raw: &str) -> bool {
    const LONGEST: usize = 600;
    raw.len() <= LONGEST && (raw.contains("现公布《") || raw.contains("现予公布"))
}

/// Returns where the number of an order begins: 中华人民共和国国务院令第693号.
fn number_behind_order(raw: &str) -> Option<usize> {
    const LONGEST: usize = 90;
    const WORD: &str = "令第";
    let order = raw.find(WORD).filter(|at| *at > 0 && raw.len() <= LONGEST)?;
    let number = raw[order + WORD.len()..].strip_suffix('号')?;
    let counts = !number.is_empty() && number.trim().chars().all(is_digit);
    counts.then_some(order + '令'.len_utf8())
}

/// Returns where the keys of the page begin: …的通知    印发日期：2025-06-20    字号：大 中 小.
fn keys_behind_title(raw: &str) -> Option<usize> {
    const PARTED: &str = "  ";
    let gap = raw.find(PARTED)?;
    let keys = raw[gap..].trim_start();
    let title = fold(raw[..gap].trim_start_matches(['#', ' ']));
    let has_keys = labels(&fold(keys)).next().is_some();
    (title.len() >= SHORTEST_TITLE && document_kind(&title).is_some() && has_keys)
        .then(|| raw.len() - keys.len())
}

/// Returns where the names of the issuers begin: …工作的意见交通运输部　公安部　应急部.
fn issuers_behind_title(raw: &str) -> Option<usize> {
    const LONGEST: usize = 900;
    let about = if raw.len() <= LONGEST { raw.find("关于")? } else { return None };
    if raw.contains(['。', '，', '；', '：']) {
        return None;
    }
    let (first, others) = raw[about..].split_once(['　', ' '])?;
    let is_body = |name: &str| name.chars().count() >= 3 && name.ends_with(ISSUER_ENDS);
    let all_bodies =
        others.split_whitespace().all(|names| names.ends_with("公司") || is_body(names));
    let ends = first.char_indices().map(|(at, _)| at).filter(|&at| at >= SHORTEST_TITLE);
    let end =
        ends.rev().find(|&at| document_kind(&first[..at]).is_some() && is_body(&first[at..]))?;
    all_bodies.then_some(about + end)
}

/// Returns where the name, the date and what stands behind it begin.
fn signature_behind_text(raw: &str) -> Vec<usize> {
    const NAME_BYTES: std::ops::RangeInclusive<usize> = 12..=180;
    let Some(stop) = raw.rfind('。') else { return Vec::new() };
    let start = stop + '。'.len_utf8();
    let tail = &raw[start..];
    let end = if tail.ends_with(['）', ')']) { tail.rfind(['（', '(']) } else { None };
    let signed = tail[..end.unwrap_or(tail.len())].trim_end();
    let Some(date) = signed.find(is_digit) else { return Vec::new() };
    let name = signed[..date].trim();
    // 总　理　　李克强: an order is signed in person.
    let office: String = name.chars().filter(|ch| !ch.is_whitespace()).take(2).collect();
    let in_person =
        ["总理", "省长", "市长", "主席", "部长", "主任", "局长"].contains(&office.as_str());
    let is_signed = NAME_BYTES.contains(&name.len())
        && (name.ends_with(ISSUER_ENDS) || in_person)
        && !name.contains(['，', ',', '：', ':', '；', ';'])
        && is_signature_date(&fold(&signed[date..]));
    if !is_signed {
        return Vec::new();
    }
    [0, date].into_iter().chain(end).map(|at| start + at).collect()
}

#[cfg(test)]
mod tests {
    use crate::lines::lines;

    fn texts(text: &str) -> Vec<&str> {
        lines(text, &[]).iter().map(|line| &text[line.source.clone()]).collect()
    }

    #[test]
    fn a_number_behind_a_title_and_a_signature_behind_a_text_stand_alone() {
        let sentence = "坚持稳中求进，".repeat(20);
        let text = format!(
            "松河市人民政府办公室关于优化服务的实施意见松政办发〔2024〕3号\n\n\
             {sentence}确保见效。松河市人民政府办公室2024年5月6日（此件公开发布）\n"
        );
        let found = texts(&text);
        assert_eq!(found[0], "松河市人民政府办公室关于优化服务的实施意见");
        assert_eq!(found[1], "松政办发〔2024〕3号");
        assert_eq!(
            found[found.len() - 3..],
            ["松河市人民政府办公室", "2024年5月6日", "（此件公开发布）"]
        );
    }

    #[test]
    fn issuers_behind_a_title_stand_alone() {
        let title = "关于加强铁路沿线安全环境治理工作的意见";
        assert_eq!(
            texts(&format!("{title}交通部　公安部　应急部")),
            [title, "交通部　公安部　应急部"]
        );
        let whole = "关于加强工作的意见　松河市公安局";
        assert_eq!(texts(whole), [whole]);
    }

    #[test]
    fn the_number_in_a_collection_stands_alone() {
        let text =
            "# Page 2:\n6. 松河市人民政府关于印发“三无”\n行动方案的通知（2023年5月5日）\n各县：\n";
        assert_eq!(texts(text)[1..3], ["6.", "松河市人民政府关于印发“三无”"]);
        for list in [
            "1. 关于加强松河市建设工作的意见\n2. 关于加强松河市治理工作的意见\n",
            "1. 总体方案\n抓好落实。\n",
        ] {
            assert_eq!(texts(list).len(), 2);
        }
    }

    #[test]
    fn numbers_and_dates_of_a_sentence_stay() {
        for text in [
            "根据《松河市人民政府关于优化服务的实施意见》松政发〔2024〕3号",
            "松政发〔2024〕3号",
            "本办法自发布之日起施行。2024年5月6日",
        ] {
            assert_eq!(texts(text), [text]);
        }
    }
}
