//! Which lines are titles.

mod from_top;

use crate::document_kind::{document_kind, is_issuing, strip_brackets};
use crate::furniture::{head_reason, is_breadcrumb, is_contents_line, is_longer_than};
use crate::lines::Line;
use crate::marker::RawMarker;
use from_top::{dated_from_top, is_torn_from_top, title_from_top};

/// A title and the lines it stands on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Title {
    /// Indices of its lines, in order; never empty.
    pub(crate) lines: Vec<usize>,
    /// The folded text of its lines, joined.
    pub(crate) folded: String,
}

impl Title {
    /// The index of its first line.
    pub(crate) fn start(&self) -> usize {
        self.lines.first().copied().unwrap_or(0)
    }

    /// The index after its last line.
    pub(crate) fn end(&self) -> usize {
        self.lines.last().map_or(0, |last| last + 1)
    }
}

/// Finds the titles among lines before the body, in order. `live` are the
/// indices of the lines to look at; `texts` are all folded lines.
pub(crate) fn titles(
    lines: &[Line],
    texts: &[&str],
    markers: &[Option<RawMarker>],
    live: &[usize],
) -> Vec<Title> {
    let mut found: Vec<std::ops::Range<usize>> = Vec::new();
    found.extend(dated_from_top(texts, live));
    let head = head(texts, live);
    for (at, &line) in live.iter().enumerate() {
        if let Some(last) = found.last_mut()
            && last.end == at
            && !repeats(texts[live[at - 1]], texts[line])
            && (texts[line].starts_with('的') && document_kind(texts[line]).is_some()
                || closes_date(texts[line], texts[live[at - 1]])
                || !lines[line].after_blank
                    && markers[line].is_none()
                    && (ends_title_of(texts[line], live[last.clone()].iter().map(|&at| texts[at]))
                        || closes_title(
                            texts[line],
                            live[last.clone()].iter().map(|&at| texts[at]),
                        )))
        {
            last.end = at + 1;
            continue;
        }
        let taken = found.last().is_some_and(|last| at < last.end);
        if taken || markers[line].is_some() || !is_title_line(texts[line]) {
            continue;
        }
        let floor = found.last().map_or(0, |last| last.end);
        let start = title_start(lines, texts, markers, live, at, floor);
        let start = named_start(texts, &head, live, start..at + 1, floor);
        if start < at && opens_sentence(texts[live[start]]) {
            continue;
        }
        let n_subtitles = live[at + 1..]
            .iter()
            .take(MOST_SUBTITLES)
            .take_while(|&&next| is_subtitle(texts[next]))
            .count();
        found.push(start..at + 1 + n_subtitles);
    }
    found
        .into_iter()
        .map(|range| Title {
            lines: live[range.clone()].to_vec(),
            folded: live[range].iter().map(|&line| texts[line]).collect(),
        })
        .collect()
}

/// 优化能源营商环境三十条: a text named by how many measures it has.
fn counts_its_articles(line: &str) -> bool {
    const SHORTEST_NAME: usize = 5;
    let numbered = |line: &str| -> Option<bool> {
        let counted = strip_brackets(line).strip_suffix('条')?;
        let name = counted.trim_end_matches(|ch: char| {
            "一二三四五六七八九十百".contains(ch) || ch.is_ascii_digit()
        });
        let plain = name.len() < counted.len()
            && !name.ends_with(['第', '共', '有', '等', '至', '到', '、'])
            && !name.contains([',', ':', '。']);
        Some(plain && name.chars().nth(SHORTEST_NAME).is_some())
    };
    numbered(line).unwrap_or(false)
}

/// Whether a line says a title once more: 某政办发〔2016〕26号《…的通知》 above it.
fn repeats(above: &str, line: &str) -> bool {
    line.len() >= SHORTEST_TITLE_PIECE && above.contains(line)
}

/// Whether a folded line can be the end of a title.
fn is_title_line(line: &str) -> bool {
    // The end of a headline that is torn: 年)》印发.
    if headline(line).is_some() && !line.starts_with('《') {
        return !is_longer_than(line, 60);
    }
    // 组合政策: introduces what stands below it.
    if line.ends_with(':') && !is_longer_than(line, 12) {
        return false;
    }
    let line = title_text(line);
    let shortest = if is_issuing(line) && !closes_more(line) { 21 } else { 12 };
    if line.len() < shortest
        || is_longer_than(line, 110)
        || line.contains(['。', ';', '!', '?', '…'])
    {
        return false;
    }
    // …组织编制了《某市规划》 tells of a work.
    let made = ["了《", "制定《", "编制《", "起草《"].iter().any(|words| line.contains(words));
    // 实自治区党委、政府《关于…若干意见》 is a line of a text that names a work.
    let names_a_work = line.ends_with('》')
        && line.find('《').is_some_and(|open| {
            let before = &line[..open];
            let before = before.rsplit(',').next().unwrap_or(before);
            open > 0
                && !["关于", "印发", "转发", "发布", "公布"]
                    .iter()
                    .any(|word| before.contains(word))
        });
    if line.starts_with("附件")
        || opens_sentence(line)
        || made
        || names_a_work
        || line.starts_with('《') && line.ends_with('》') && line.matches('《').count() > 1
    {
        return false;
    }
    let colon = line.contains(':') && !line.contains('《');
    // 省长作政府工作报告 tells who gave it.
    let tells =
        line.ends_with("报告") && ["作政府", "作工作", "作了"].iter().any(|did| line.contains(did));
    !colon
        && !tells
        && (document_kind(line).is_some_and(|kind| !lists_kinds(line, kind))
            || counts_its_articles(line))
        && head_reason(line).is_none()
        && !is_contents_line(line)
        && !line.contains("如下")
        && !line.ends_with("本办法")
        && !line.contains(",根据")
}

/// Whether a line opens as a sentence of running text does: 为深入贯彻《…意见》.
fn opens_sentence(line: &str) -> bool {
    [
        "为",
        "根据",
        "按照",
        "依据",
        "依照",
        "经",
        "近日",
        "日前",
        "现将",
        "现就",
        "认真贯彻",
        "落实《",
        "了解",
        "查看",
    ]
    .iter()
    .any(|word| line.starts_with(word))
        && !["为民", "经济", "经营", "经费"].iter().any(|word| line.starts_with(word))
}

/// Whether a sentence ends in the kind as the last of a list: 推出融资、贴息等措施.
fn lists_kinds(line: &str, kind: &str) -> bool {
    line.strip_suffix(kind).is_some_and(|before| before.ends_with('等'))
}

/// Takes off what a reprint puts round a title: 以下为…: and 公布 | ….
pub(crate) fn title_text(line: &str) -> &str {
    let line = line.strip_suffix(':').unwrap_or(line);
    let line = ["以下为", "以下是", "全文如下:", "附:"]
        .iter()
        .find_map(|lead| line.strip_prefix(lead))
        .unwrap_or(line);
    without_torn_date(headline(line).unwrap_or(line)).trim()
}

/// Takes off a date in brackets that breaks off at the line's end: …的通知(2023年5月17.
fn without_torn_date(line: &str) -> &str {
    let Some((title, date)) = line.rsplit_once('(') else { return line };
    if date.contains('年') && is_of_date(date) { title } else { line }
}

/// Whether a line closes the date that the one above breaks off in: 日).
fn closes_date(line: &str, above: &str) -> bool {
    without_torn_date(above) != above && line.strip_suffix(')').is_some_and(is_of_date)
}

fn is_of_date(words: &str) -> bool {
    words.chars().all(|ch| ch.is_ascii_digit() || matches!(ch, '年' | '月' | '日' | ' '))
}

/// The title in the headline of a reprint: 《…实施方案(2026-2030年)》印发.
fn headline(line: &str) -> Option<&str> {
    let title = ["印发", "发布", "公布", "出台"].iter().find_map(|word| {
        let words = line.strip_suffix(word)?;
        words.strip_suffix("正式").unwrap_or(words).strip_suffix('》')
    })?;
    // The 《 may stand on the line above.
    match title.strip_prefix('《') {
        Some(title) => (!title.contains(['《', '》'])).then_some(title),
        None => closes_more(&line[..title.len() + '》'.len_utf8()]).then_some(title),
    }
}

/// （2024—2028年）, （征求意见稿）, （试行）: a whole line in brackets under a title.
fn is_subtitle(line: &str) -> bool {
    line.starts_with('(')
        && line.ends_with(')')
        && !is_longer_than(line, 24)
        && !line.contains("公开")
        && !line.contains("来源")
        && (line.contains("稿")
            || line.contains("试行")
            || line.contains("暂行")
            || is_year_range(line)
            || line.contains("修订"))
}

/// （2024—2028年）, (2020-2022): years that name the plan, and no date.
fn is_year_range(line: &str) -> bool {
    let inner = line.trim_matches(['(', ')']);
    let years = inner.split(['-', '—', '–', '~', '至']).filter(|year| !year.is_empty());
    let is_year =
        |year: &str| year.starts_with("20") && year.bytes().all(|byte| byte.is_ascii_digit());
    // (2020-2022) has no 年, but two years.
    let bare =
        years.clone().count() == 2 && years.clone().all(|year| year.len() == 4 && is_year(year));
    bare || line.contains('年') && !line.contains('月') && line.contains(['-', '—', '–', '~', '至'])
}

/// A title over several lines: goes up while the lines above are its beginning.
fn title_start(
    lines: &[Line],
    texts: &[&str],
    markers: &[Option<RawMarker>],
    live: &[usize],
    at: usize,
    floor: usize,
) -> usize {
    if floor == 0 && is_torn_from_top(texts, markers, &live[..=at]) {
        return 0;
    }
    let mut start = at;
    let joined = |start: usize| live[start..=at].iter().map(|&line| texts[line]);
    // 交通运输部 国家发展改革委 …: of the issuers of a title there may be many.
    let most = |start: usize| {
        let issuers =
            is_issuers_alone(texts[live[start]]) && is_issuers_alone(texts[live[start - 1]]);
        if issuers { MOST_ISSUERS_ABOVE } else { MOST_LINES_ABOVE }
    };
    while start > floor && at - start < most(start) {
        let (above, first) = (texts[live[start - 1]], texts[live[start]]);
        let adjacent = !lines[live[start]].after_blank
            || above.ends_with("关于印发")
            || lines[live[start]].piece
                && (above.len() >= SHORTEST_TITLE_PIECE
                    || is_issuers_alone(above) && begins_with_issuers(first))
            || is_issuers_alone(above) && first.starts_with("关于");
        let torn = closes_more(&joined(start).collect::<String>());
        let unfinished = torn
            || is_torn_name(above) && joined(start).any(|text| text.contains("关于"))
            || is_issuers_alone(above)
                && begins_with_issuers(first)
                && !first.starts_with(above)
                && joined(start).any(|text| text.contains("关于"))
            // 某街道突发事件总体 / 应急预案: its kind alone is no title.
            || document_kind(first) == Some(first)
            || first.starts_with("关于")
            || first.starts_with("印发")
            || first.starts_with('的')
            || first.starts_with('和')
            || first.starts_with('“')
            || above.starts_with('“') && above.ends_with('”')
            || first.starts_with('《')
            || above.contains("关于") && !first.contains("关于")
            || above.contains("印发") && !first.contains("印发");
        // 教科室 below 首页>学校公告>教科室: where the page stands, and who issues nothing.
        let ends_path = start - floor >= 2 && {
            let path = texts[live[start - 2]];
            is_breadcrumb(path) && path.ends_with(above)
        };
        let plain = markers[live[start - 1]].is_none() && may_begin_title(above) && !ends_path;
        let own_title =
            is_title_line(above) && !first.starts_with('的') && !torn || repeats(above, first);
        if !(adjacent && unfinished && plain) || own_title {
            break;
        }
        start -= 1;
    }
    if let Some(top) = title_from_top(lines, texts, markers, live, start) {
        return top;
    }
    // 国务院办公厅关于全面推行 / …制度…制度 / …制度的指导意见: no cue on the line between. A copy may
    // have put blank lines between all of them.
    if !joined(start).any(|text| text.contains("关于")) {
        let mut above = start;
        while above > floor
            && at - above < MOST_LINES_ABOVE
            && (!lines[live[above]].after_blank || live[above] == live[above - 1] + 1)
            && markers[live[above - 1]].is_none()
            && may_begin_title(texts[live[above - 1]])
            && !is_title_line(texts[live[above - 1]])
            && texts[live[above - 1]].len() >= SHORTEST_TITLE_PIECE
        {
            above -= 1;
            if texts[live[above]].contains("关于") {
                return below_issuers(texts, markers, live, above, floor);
            }
        }
    }
    start
}

/// Goes up over the lines of issuers above a line that opens with 关于.
fn below_issuers(
    texts: &[&str],
    markers: &[Option<RawMarker>],
    live: &[usize],
    mut top: usize,
    floor: usize,
) -> usize {
    while top > floor
        && (texts[live[top]].starts_with("关于") || is_issuers_alone(texts[live[top]]))
        && is_issuers_alone(texts[live[top - 1]])
        && markers[live[top - 1]].is_none()
        && may_begin_title(texts[live[top - 1]])
    {
        top -= 1;
    }
    top
}

/// Whether a line ends the title that the lines above begin: …关于全面推行…制度
/// names a kind and yet is open until …的指导意见.
fn ends_title_of<'t>(line: &str, above: impl Iterator<Item = &'t str>) -> bool {
    let is_whole = |title: &str| {
        let kind = document_kind(title);
        kind.is_some_and(|kind| strip_brackets(title).trim_end_matches(kind).ends_with('的'))
    };
    let above: String = above.collect();
    above.contains("关于")
        && !line.contains("关于")
        && may_begin_title(line)
        && is_whole(line)
        && !is_whole(&above)
}

/// Whether a line closes what the title above it opens: (2025—2027年)》的通知.
fn closes_title<'t>(line: &str, above: impl Iterator<Item = &'t str>) -> bool {
    document_kind(line).is_some()
        && !line.contains(['。', ';', ','])
        && closes_more(line)
        && !closes_more(&(above.collect::<String>() + line))
}

/// Takes in lines above a title that another line of the head names with it:
/// the notice's own title, or a table of metadata.
fn named_start(
    texts: &[&str],
    head: &str,
    live: &[usize],
    title: std::ops::Range<usize>,
    floor: usize,
) -> usize {
    let mut start = title.start;
    let mut joined: String = live[title.clone()].iter().map(|&line| texts[line]).collect();
    while start > floor && title.end - start <= MOST_LINES_ABOVE {
        let above = texts[live[start - 1]];
        let longer = format!("{above}{}", title_text(&joined));
        // Once where it stands, and once where it is named.
        if above.len() < SHORTEST_TITLE_PIECE
            || !may_begin_title(above)
            || head.matches(longer.as_str()).nth(1).is_none()
        {
            break;
        }
        joined = longer;
        start -= 1;
    }
    start
}

/// Returns the lines at the top that may name a title, long ones left out.
fn head(texts: &[&str], live: &[usize]) -> String {
    live.iter()
        .take(HEAD_LINES)
        .map(|&line| texts[line])
        .filter(|text| !is_longer_than(text, HEAD_LINE_CHARS))
        .collect()
}

/// The longest line of the head that may name a title, in characters.
const HEAD_LINE_CHARS: usize = 400;

/// Most lines in brackets that a title may have below it.
const MOST_SUBTITLES: usize = 4;

/// Most lines that a title may have above its last one.
const MOST_LINES_ABOVE: usize = 4;

/// Most lines above it that name one issuer each.
const MOST_ISSUERS_ABOVE: usize = 24;

/// Fewest bytes of a line that is taken into a title for its place alone; eight
/// Han characters, so that 关于我们 of a menu is none.
const SHORTEST_TITLE_PIECE: usize = 24;

/// Lines at the top that may name a title.
const HEAD_LINES: usize = 60;

/// Whether a line can be the beginning of a title that goes on below.
fn may_begin_title(line: &str) -> bool {
    head_reason(line).is_none()
        && !line.contains(['。', ';', ':', ',', '>', '|'])
        && (!line.starts_with('(') || is_issuers_alone(line))
        && !is_longer_than(line, 60)
        && !crate::furniture::is_date_line(line)
        && !crate::dates::is_signature_date(line)
        && !line.ends_with('号')
}

/// Whether a text closes a mark that it has not opened: 2027年)》的通知.
pub(crate) fn closes_more(text: &str) -> bool {
    [('《', '》'), ('(', ')'), ('“', '”')].into_iter().any(|(open, close)| {
        let mut depth = 0i32;
        text.chars().any(|mark| {
            depth += i32::from(mark == open) - i32::from(mark == close);
            depth < 0
        })
    })
}

/// How the names of those who issue documents end.
pub(crate) const ISSUER_ENDS: [char; 9] = ['府', '委', '厅', '局', '院', '部', '室', '会', '办'];

/// Whether a line can be the name of one who issues documents.
pub(crate) fn names_issuer(line: &str) -> bool {
    const LONGEST: usize = 30;
    line.ends_with(ISSUER_ENDS) && !is_longer_than(line, LONGEST)
}

/// Whether a line of issuers breaks off inside a name: 某省财政厅某省发展和改革.
fn is_torn_name(line: &str) -> bool {
    line.len() >= SHORTEST_TITLE_PIECE
        && !line.contains("关于")
        && (line.contains(['厅', '局', '委', '府', '部', '办']) || line.ends_with(')'))
        && !line.ends_with(ISSUER_ENDS)
}

/// Whether a line of a title names issuers, and 关于 or nothing follows them.
fn begins_with_issuers(line: &str) -> bool {
    let names = line.find("关于").map_or(line, |at| &line[..at]);
    !names.is_empty() && (is_issuers_alone(names) || is_torn_name(names))
}

/// A line of issuers and nothing else, as it stands over 关于…; of one that has two names
/// the second stands in brackets: （爱国卫生运动委员会）.
pub(crate) fn is_issuers_alone(line: &str) -> bool {
    !is_longer_than(line, 90)
        && !line.contains("关于")
        && !line.contains(['。', ';', ':', ','])
        && {
            let name = line.strip_suffix(')').unwrap_or(line);
            name.ends_with(ISSUER_ENDS)
                || ["集团", "公司", "银行"].iter().any(|end| name.ends_with(end))
        }
}

#[cfg(test)]
mod tests;
