//! Calendar dates and named periods: 到2027年, 2026年6月底前, “十四五”期间, 本世纪中叶, 今年底前.

use std::ops::Range;

use gangmu_model::DeadlineKind;

use super::deadline::{
    Found, NOT_BEFORE, RawDeadline, ends_with_any, first, patterns, small, starts_with_any,
    tells_otherwise,
};
use super::words::words;

/// What may stand between a clause's start and a date without 到 or 前.
const OPENERS: &[&str] = &[
    "力争",
    "争取",
    "确保",
    "计划",
    "预计",
    "其中",
    "并",
    "在",
    "到",
    "至",
    "于",
    "努力",
    "力争到",
    "展望",
    "目标是",
    "推动",
    "则",
    "且",
    "并于",
    "力争于",
    "同时",
];

/// What right behind a date says that something has a level by then.
const LEVELS: &[&str] = &[
    "达到",
    "达",
    "提高到",
    "提高至",
    "提升到",
    "提升至",
    "不低于",
    "不少于",
    "确保达到",
    "力争达到",
];

/// Whether only openers such as 力争 stand before a date: it opens the clause.
fn opens(before: &str) -> bool {
    let mut rest = before.trim_start_matches(['—', '-']);
    while !rest.is_empty() {
        match OPENERS.iter().filter(|word| rest.starts_with(**word)).max_by_key(|word| word.len()) {
            Some(word) => rest = &rest[word.len()..],
            None => return false,
        }
    }
    true
}

pub(super) fn years(
    text: &str,
    clause: &Range<usize>,
    asides: &[Range<usize>],
    _: Option<i32>,
) -> Option<Found> {
    if !may_name_years(&text[clause.clone()]) {
        return None;
    }
    first(&patterns().years, text, clause, asides, |_, range| {
        let before = &text[clause.start..range.start];
        let after = &text[range.end..clause.end];
        if !opens(before) || tells_otherwise(after) {
            return None;
        }
        let phrase = text[range.clone()].trim_end_matches("期间").trim_end_matches('年');
        let last: i32 = phrase.get(phrase.len().checked_sub(4)?..)?.parse().ok()?;
        let mut deadline = RawDeadline::new(text, range.clone(), DeadlineKind::Period);
        deadline.year = Some(last);
        deadline.period = Some(text[range.clone()].to_owned());
        Some(Found { deadline, range, bare: true, span: None })
    })
}

pub(super) fn date(
    text: &str,
    clause: &Range<usize>,
    asides: &[Range<usize>],
    _: Option<i32>,
) -> Option<Found> {
    first(&patterns().date, text, clause, asides, |captures, range| {
        let before = &text[clause.start..range.start];
        let after = &text[range.end..clause.end];
        let end = captures.name("end").map_or("", |end| end.as_str());
        let day_before = captures.get(0).is_some_and(|whole| whole.as_str().ends_with('前'));
        let marked = ["到", "至"].into_iter().find(|mark| before.ends_with(mark));
        let stem = marked.map_or(before, |mark| &before[..before.len() - mark.len()]);
        let closed = day_before || (!end.is_empty() && end != "下半年");
        if ends_with_any(stem, NOT_BEFORE)
            || tells_otherwise(after)
            || tells_which(stem, after)
            || (marked == Some("至")
                && (stem.contains('自')
                    || stem.contains("期")
                    || stem.ends_with(|c: char| c.is_ascii_digit() || c == '日' || c == '年')))
        {
            return None;
        }
        let bare = marked.is_none() && !closed;
        // 我国力争2025年…: a pledge right before the date is as good as the clause's start,
        // and so is a level right behind it: 医生数2025年达到4名.
        let level = starts_with_any(after, LEVELS);
        // 力争实现2023年高新技术企业超过250家: where a figure follows, its year does not tell which.
        let achieved = before.strip_suffix("实现").is_some_and(opens)
            && after.contains(|ch: char| ch.is_ascii_digit());
        // 全市2021年完成改造500万平方米: a place may stand before the date.
        let placed = ["全", "我"].iter().any(|whose| before.starts_with(whose))
            && words().scope.at_start(before) == Some(before);
        if bare
            && !(opens(before) || achieved || level || placed)
            && words().pledge.at_end(before).is_none()
        {
            return None;
        }
        let start = range.start - marked.map_or(0, str::len);
        let words = start..range.end;
        let month = captures
            .name("month")
            .or_else(|| captures.name("odd"))
            .and_then(|month| small(month.as_str()));
        let day = captures.name("day").and_then(|day| small(day.as_str()));
        let kind = match (month, day) {
            (Some(_), Some(_)) => DeadlineKind::Day,
            (Some(_), None) => DeadlineKind::Month,
            _ => DeadlineKind::Year,
        };
        let mut deadline = RawDeadline::new(text, words.clone(), kind);
        deadline.year = captures.name("year").and_then(|year| calendar_year(year.as_str()));
        deadline.month = month;
        deadline.day = day;
        let with_preposition = ["在", "于"]
            .into_iter()
            .find(|word| stem.ends_with(word))
            .map_or(words.start, |word| words.start - word.len());
        Some(Found { deadline, range: with_preposition..words.end, bare, span: None })
    })
}

/// Whether what parts two years stands behind one: most clauses with a year have
/// but one, which a look tells without the search.
fn may_name_years(clause: &str) -> bool {
    memchr::memmem::find_iter(clause.as_bytes(), b"20").any(|at| {
        let behind = clause.get(at + 4..).map(|rest| rest.strip_prefix('年').unwrap_or(rest));
        behind.is_some_and(|rest| rest.starts_with(['-', '–', '—', '~', '至', '到']))
    })
}

/// 对2020年6月30日前|到期的担保业务采取续保措施: the date tells which, and not by when.
fn tells_which(before: &str, after: &str) -> bool {
    const REACH: usize = 12;
    let directs = ["对", "对于", "针对", "凡", "对在", "对于在"].contains(&before);
    let attribute = |text: &str| {
        text.char_indices()
            .take(REACH)
            .find(|(_, ch)| *ch == '的')
            .is_some_and(|(at, _)| at + '的'.len_utf8() < text.len())
    };
    directs && attribute(after) || after.starts_with("到期的")
}

pub(super) fn plan(
    text: &str,
    clause: &Range<usize>,
    asides: &[Range<usize>],
    _: Option<i32>,
) -> Option<Found> {
    first(&patterns().plan, text, clause, asides, |captures, range| {
        let before = &text[clause.start..range.start];
        let after = &text[range.end..clause.end];
        let tail = captures.name("tail").is_some();
        let quoted = captures.get(0)?.as_str().contains(['“', '"']);
        let led = captures.name("lead").is_some();
        if ends_with_any(before, NOT_BEFORE)
            || tells_otherwise(after)
            || starts_with_any(
                after,
                &[
                    "规划",
                    "计划",
                    "以来",
                    "开局",
                    "收官",
                    "考核",
                    "全国",
                    "国家",
                    "省",
                    "市",
                    "重点",
                    "纲要",
                    "的",
                    "、",
                    "环境日",
                    "普法",
                    "目标",
                    "发展",
                    "时",
                    "建设",
                    "专项",
                    "初",
                    "前",
                ],
            )
        {
            return None;
        }
        let opening = opens(before);
        if !(tail || (quoted && opening) || (led && opening)) {
            return None;
        }
        let mut deadline = RawDeadline::new(text, range.clone(), DeadlineKind::Period);
        deadline.period = captures.name("plan").map(|plan| plan.as_str().to_owned());
        Some(Found { deadline, range, bare: false, span: None })
    })
}

pub(super) fn century(
    text: &str,
    clause: &Range<usize>,
    asides: &[Range<usize>],
    _: Option<i32>,
) -> Option<Found> {
    first(&patterns().century, text, clause, asides, |_, range| {
        let mut deadline = RawDeadline::new(text, range.clone(), DeadlineKind::Period);
        let words = &text[range.clone()];
        let period = ["展望", "到", "至"].into_iter().find_map(|lead| words.strip_prefix(lead));
        deadline.period = Some(period.unwrap_or(words).to_owned());
        Some(Found { deadline, range, bare: false, span: None })
    })
}

pub(super) fn current(
    text: &str,
    clause: &Range<usize>,
    asides: &[Range<usize>],
    year: Option<i32>,
) -> Option<Found> {
    first(&patterns().current, text, clause, asides, |captures, range| {
        let before = &text[clause.start..range.start];
        let after = &text[range.end..clause.end];
        let words = &text[range.clone()];
        if before.ends_with(|c: char| c.is_ascii_digit() || "年每近多当一两三去全终历".contains(c))
            || ends_with_any(before, NOT_BEFORE)
            || starts_with_any(
                after,
                &["以来", "初", "一季度", "上半年", "前", "月", "1", "春", "中央", "已"],
            )
            || tells_otherwise(after)
            || (words == "年前" && !before.is_empty())
        {
            return None;
        }
        let this_year = words.starts_with("今年");
        let next_year = words.starts_with("明年");
        let bare = matches!(words, "今年" | "明年");
        if bare && !opens(before) {
            return None;
        }
        let month = captures
            .name("month")
            .or_else(|| captures.name("month2"))
            .and_then(|month| small(month.as_str()));
        let day = captures
            .name("day")
            .or_else(|| captures.name("day2"))
            .and_then(|day| small(day.as_str()));
        let kind = match (month, day) {
            (Some(_), Some(_)) => DeadlineKind::Day,
            (Some(_), None) => DeadlineKind::Month,
            _ => DeadlineKind::Year,
        };
        let mut deadline = RawDeadline::new(text, range.clone(), kind);
        deadline.year = match (this_year, next_year) {
            (true, _) => year,
            (_, true) => year.map(|year| year + 1),
            // 年底前, 年内: of the year in which it is said. A month alone may be of the next.
            _ if month.is_none() => year,
            _ => None,
        };
        deadline.month = month;
        deadline.day = day;
        Some(Found { deadline, range, bare: false, span: None })
    })
}

fn calendar_year(text: &str) -> Option<i32> {
    if text.is_ascii() {
        return text.parse().ok();
    }
    text.chars().try_fold(0, |year, digit| {
        let digit = match digit {
            '〇' | '○' | '零' => 0,
            _ => i32::try_from("一二三四五六七八九".chars().position(|c| c == digit)?).ok()? + 1,
        };
        Some(year * 10 + digit)
    })
}
