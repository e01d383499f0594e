//! The frame of a text flattened onto one line without blanks: where its title, those it is
//! sent to and its signature begin and end.
//!
//! Goes in: the line. Comes out: the places at which it was broken before, in order. What
//! has the form of none of these is left whole.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::lines::is_blank;
use crate::titles::ISSUER_ENDS;

/// Bytes at the start of the line in which the title ends.
const LONGEST_HEAD: usize = 1200;

/// Bytes of those a document is sent to, at most.
const LONGEST_ADDRESS: usize = 900;

/// Bytes of a signature before its date, at most.
const LONGEST_SIGNATURE: usize = 400;

/// How a title ends: 关于印发《…方案》的通知, 关于征求《…》意见建议的函.
static TITLE_END: LazyLock<Regex> =
    LazyLock::new(|| compile("的(?:通知|函|意见|公告|通告|决定|批复|请示|报告)"));

/// 2021年9月18日.
static DATE: LazyLock<Regex> =
    LazyLock::new(|| compile("[2２][0０][0-9０-９]{2}年[0-9０-９]{1,2}月[0-9０-９]{1,2}日"));

fn compile(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is constant")
}

/// Finds where the parts of the frame begin.
pub(crate) fn cuts(text: &str, range: &Range<usize>) -> Vec<usize> {
    let line = &text[range.clone()];
    let mut cuts = head(line);
    cuts.extend(signatures(line).flatten());
    cuts.sort_unstable();
    cuts.dedup();
    cuts.retain(|&cut| 0 < cut && cut < line.len());
    cuts.iter_mut().for_each(|cut| *cut += range.start);
    cuts
}

/// The title with what stands before it, and those it is sent to.
fn head(line: &str) -> Vec<usize> {
    let head = &line[..floor(line, LONGEST_HEAD)];
    let Some(about) = head.find("关于") else { return Vec::new() };
    // 某局征求《关于…》意见的函: the title begins before the one it names.
    let before = head[..about].strip_suffix('《');
    let issuing = || {
        let before = before?;
        ["征求", "转发", "印发"].iter().find_map(|verb| Some(before.strip_suffix(verb)?.len()))
    };
    let start = issuing().unwrap_or(about);
    let is_whole = |end: usize| {
        let title = &head[start..end];
        title.matches('《').count() == title.matches('》').count()
            && !title.contains(['。', ';', '；'])
    };
    let title_end = TITLE_END
        .find_iter(head)
        .map(|found| found.end())
        .find(|&end| end > start && is_whole(end));
    let Some(title_end) = title_end else { return Vec::new() };
    // Where blanks stand they tell the parts.
    if line[..title_end].contains(is_blank) {
        return Vec::new();
    }
    let behind = &line[title_end..];
    let address = &behind[..floor(behind, LONGEST_ADDRESS)];
    let colon = address.find([':', '：']).filter(|&colon| {
        colon > 0 && !address[..colon].contains(['。', ';', '；']) && !address.starts_with('(')
    });
    let Some(colon) = colon else { return Vec::new() };
    let end = title_end + colon;
    let end = end + line[end..].chars().next().map_or(0, char::len_utf8);
    let mut cuts = vec![title_end, end];
    let before = &line[..start];
    let number = ["文件", "稿纸", "号"]
        .iter()
        .filter_map(|word| Some(before.rfind(word)? + word.len()))
        .max()
        .unwrap_or(0);
    let number =
        before.len() - before[number..].trim_start_matches(|ch: char| !ch.is_alphanumeric()).len();
    cuts.push(number);
    cuts.extend(before.find("文件").map(|at| at + "文件".len()));
    // 某省某厅某省某厅关于…: a red head and the issuer of the title.
    let names = &before[number..];
    let half = names.len() / 2;
    if half > 0 && names.is_char_boundary(half) && names[..half] == names[half..] {
        cuts.push(number + half);
    }
    cuts
}

/// Signatures with their dates: …(征求意见稿)某省某厅2021年9月18日附件1….
fn signatures(line: &str) -> impl Iterator<Item = [usize; 3]> {
    DATE.find_iter(line).filter_map(|date| {
        let before = &line[..date.start()];
        let behind = &line[date.end()..];
        let goes_on = behind.starts_with([
            '起', '前', '至', '后', '内', '，', ',', '。', ';', '；', '、', '的', ')', '）', '召',
            '在', '以', '之', '第', '下', '上',
        ]) || behind.starts_with("印发");
        if goes_on || !before.trim_end_matches(is_blank).ends_with(ISSUER_ENDS) {
            return None;
        }
        let start = before.rfind(['。', ')', '）', '；', ';', '》'])?;
        let start = start + before[start..].chars().next().map_or(0, char::len_utf8);
        // 2023年9月5日（此件公开发布）某市办法: the remark is a line of its own.
        let remark = ["（此件", "(此件"].iter().any(|opening| behind.starts_with(opening));
        let closed = behind.find(['）', ')']).filter(|_| remark);
        let end = closed.map_or(0, |at| at + behind[at..].chars().next().map_or(0, char::len_utf8));
        (before.len() - start <= LONGEST_SIGNATURE).then_some([start, date.end(), date.end() + end])
    })
}

/// The last place at or before `at` where a character begins.
fn floor(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: &[&str]) {
        let cuts = cuts(line, &(0..line.len()));
        let ends = cuts.iter().copied().chain([line.len()]);
        let starts = [0].into_iter().chain(cuts.iter().copied());
        let found: Vec<&str> = starts.zip(ends).map(|(start, end)| &line[start..end]).collect();
        assert_eq!(found, expected, "{line}");
    }

    #[test]
    fn title_address_and_signature() {
        check(
            "云岭省建设厅云岭省建设厅关于征求《关于绿色发展的意见》意见的函省直有关部门、单位:请研究。\
             附件:意见(征求意见稿)云岭省建设厅2031年9月18日(此件不予公开)",
            &[
                "云岭省建设厅",
                "云岭省建设厅关于征求《关于绿色发展的意见》意见的函",
                "省直有关部门、单位:",
                "请研究。附件:意见(征求意见稿)",
                "云岭省建设厅2031年9月18日",
                "(此件不予公开)",
            ],
        );
        check(
            "云岭市工信局文件云工信〔2032〕9号云岭市工信局关于印发《方案》的通知各县：已经同意。\
             云岭市工信局2032年4月19日（此件公开发布）方案一、目标",
            &[
                "云岭市工信局文件",
                "云工信〔2032〕9号",
                "云岭市工信局关于印发《方案》的通知",
                "各县：",
                "已经同意。",
                "云岭市工信局2032年4月19日",
                "（此件公开发布）",
                "方案一、目标",
            ],
        );
    }

    #[test]
    fn running_text_stays_whole() {
        for line in [
            "根据关于做好工作的通知要求，2031年9月18日召开会议。",
            "市政府办公室2031年9月18日起施行。由市教育局2031年9月18日前报送。",
        ] {
            check(line, &[line]);
        }
    }
}
