//! Deadlines: 到2027年, 2025年底前, “十四五”期间, 本世纪中叶, 三年内, 每年2月底前.
//!
//! A date that only measures (较2020年, 以2015年为基数), begins (自2025年起) or
//! names (2025年度, 2024年版) is no deadline.

use std::ops::Range;
use std::sync::OnceLock;

use gangmu_model::DeadlineKind;
use regex::{Captures, Regex};

use super::calendar::{century, current, date, plan, years};
use super::number::han_number;
use super::signs::Signs;

/// By when, with the place of its words in the paragraph.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct RawDeadline {
    /// Where the words stand; none where an earlier paragraph sets the deadline.
    pub(crate) range: Option<Range<usize>>,
    /// The words as folded: 到2027年.
    pub(crate) text: String,
    pub(crate) kind: DeadlineKind,
    pub(crate) year: Option<i32>,
    pub(crate) month: Option<u8>,
    pub(crate) day: Option<u8>,
    /// A named period without quotation marks.
    pub(crate) period: Option<String>,
    /// A relative deadline verbatim.
    pub(crate) relative: Option<String>,
}

impl RawDeadline {
    pub(crate) fn new(text: &str, range: Range<usize>, kind: DeadlineKind) -> Self {
        Self {
            text: text[range.clone()].to_owned(),
            range: Some(range),
            kind,
            year: None,
            month: None,
            day: None,
            period: None,
            relative: None,
        }
    }

    /// Returns the last calendar year the deadline reaches, where that is known.
    pub(super) fn last_year(&self) -> Option<i32> {
        self.year.or_else(|| self.period.as_deref().and_then(five_year_end))
    }
}

/// 十四五 ends in 2025: the first plan began in 1953, and each takes five years.
fn five_year_end(period: &str) -> Option<i32> {
    let ordinal = period.strip_suffix('五')?;
    let ordinal = i32::try_from(han_number(ordinal)?).ok()?;
    (1..=40).contains(&ordinal).then_some(1955 + 5 * ordinal)
}

/// The last year of the one five-year plan that a text names: 2025 for “十四五”规划
/// and for 第十四个五年规划.
pub(crate) fn five_year_plan(text: &str) -> Option<i32> {
    static PLAN: OnceLock<Regex> = OnceLock::new();
    let plan = PLAN.get_or_init(|| {
        Regex::new("(?:“|\"|第)(十[一二三四五六七八九]?|二十)(?:五[”\"]|个五年)")
            .expect("the pattern is a valid constant")
    });
    // Few titles have the word, and it is found at once.
    memchr::memmem::find(text.as_bytes(), "五".as_bytes())?;
    let mut ends = plan
        .captures_iter(text)
        .filter_map(|captures| five_year_end(&format!("{}五", captures.get(1)?.as_str())));
    let first = ends.next()?;
    ends.all(|other| other == first).then_some(first)
}

/// A deadline found in a clause, and how sure its form is.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) deadline: RawDeadline,
    /// Where the whole phrase stands, a preposition such as 在 included.
    pub(super) range: Range<usize>,
    /// A date alone (2025年…) may as well tell of the past; 到2025年 does not.
    pub(super) bare: bool,
    /// 投产后1年内: the number is itself what is to be kept.
    pub(super) span: Option<SpanLimit>,
}

/// The length of time of an event-bound deadline: 1 and 年 in 投产后1年内.
#[derive(Clone, Debug)]
pub(super) struct SpanLimit {
    pub(super) number: Range<usize>,
    pub(super) unit: Range<usize>,
}

pub(super) struct Patterns {
    pub(super) years: Regex,
    pub(super) date: Regex,
    pub(super) plan: Regex,
    pub(super) century: Regex,
    pub(super) event: Regex,
    pub(super) within: Regex,
    pub(super) recurring: Regex,
    pub(super) current: Regex,
}

pub(super) fn patterns() -> &'static Patterns {
    static PATTERNS: OnceLock<Patterns> = OnceLock::new();
    PATTERNS.get_or_init(|| {
        let compile = |pattern: &str| Regex::new(pattern).expect("the pattern is a valid constant");
        Patterns {
            years: compile(r"20\d\d年?[-–—~至到]20\d\d年(?:期间)?"),
            date: compile(concat!(
                r"(?P<year>(?:19|20)\d\d|[一二][〇○零九][〇○零一二三四五六七八九]{2})年",
                r"(?:(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月",
                r"(?:(?P<day>[12][0-9]|3[01]|0?[1-9])(?:日|号|前))?|",
                r"(?P<odd>1[0-2]|[1-9])底前)?",
                r"(?P<end>年?底之?前|年?末之?前|年底以前|底以前|之前|以前|前|年底|年末|底|末|上半年底?前?|下半年|第?[一二三四]季度(?:末|底)?前?)?",
            )),
            plan: compile(r#"(?P<lead>到|至)?[“"]?(?P<plan>十[一二三四五六七八九]?五|二十五)[”"]?(?P<tail>规划期末|规划期间|时期末|时期|期间|期末|末期|期内|末)?"#),
            century: compile(r"(?:展望|到|至)?(?:本|21|二十一)世纪(?:中叶|中期)"),
            event: compile(concat!(
                r"(?P<event>(?:印发|发布|公布|施行|实施|投产|投运|投用|建成|受理|立项|批准|签订|签约|完成|收到|开工|竣工|验收|上市|落地|备案|成立|设立|入驻|注册|申请|申报|送达|启用|使用|接到|获批|公示)[^,、]{0,6}?(?:之日起|之日后|后|之后|起))",
                r"(?P<number>\d+|[一二两三四五六七八九十]+)(?P<unit>个?工作日|年|个月|月|天|日|小时|周|分钟)(?P<within>之内|以内|内)?",
            )),
            within: compile(concat!(
                r"(?P<lead>未来|今后|利用|用|经过|通过|力争|争取)?",
                r"(?:\d{1,2}(?:[-–—~至到]\d{1,2})?|[一二两三四五六七八九十]+(?:[至到][一二三四五六七八九十]+)?)(?:年|个月)(?:左右)?(?P<tail>时间之?内|之内|以内|内|左右时间|时间|努力)?",
            )),
            recurring: compile(r"每(?:年(?:年|\d{1,2}月|[一二三四五六七八九十]{1,2}月)|季度|月|半年)(?:\d{1,2}日)?(?:底|末)?(?:之前|以前|前)"),
            current: compile(concat!(
                r"今年(?:年底前|底前|年底|年内|(?P<month>1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月(?:(?P<day>\d{1,2})日)?(?:底|末)?(?:之前|以前|前))?|明年(?:底前|底)?|",
                r"(?:年底|年末|年)(?:之前|以前|前)|本?年内|",
                r"(?P<month2>1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月(?:(?P<day2>\d{1,2})日|底|末)?(?:之前|以前|前)",
            )),
        }
    })
}

/// Words right before a date that make it a measure, a beginning or a fact.
pub(super) const NOT_BEFORE: &[&str] = &[
    "自",
    "从",
    "较",
    "比",
    "以",
    "按",
    "按照",
    "相比",
    "较之",
    "根据",
    "起",
    "距",
    "截",
    "截至",
    "截止",
    "截至到",
    "截止到",
    "参照",
    "超过",
    "低于",
    "高于",
    "对照",
    "由",
    "同",
    "与",
    "不超过",
    "不低于",
    "在过去",
    "相较于",
    "相比于",
    "较于",
    "基于",
];

/// Words right after a date that make it a name or a measure.
const NOT_AFTER: &[&str] = &[
    "起",
    "以来",
    "至今",
    "开始",
    "度",
    "版",
    "现状",
    "水平",
    "基础上",
    "同期",
    "规划",
    "修订",
    "修正",
    "第",
    "季报",
    "到期",
    "已",
    "相比",
    "及以前",
    "以后",
    "之后",
    "后",
    "的基础",
    "年均值",
    "期",
    "为基",
    "印发",
    "出台",
    "召开",
    "被",
    "时",
    "未",
    "尚未",
    "-",
    "–",
    "—",
    "~",
    "至",
    "以上",
];

/// Whether what follows a date makes it none by which something is wanted: 2030年以来; but
/// 2030年底前至少建成….
pub(super) fn tells_otherwise(after: &str) -> bool {
    starts_with_any(after, NOT_AFTER) && !after.starts_with("至少")
}

type Finder = fn(&str, &Range<usize>, &[Range<usize>], Option<i32>) -> Option<Found>;

/// Finds the first deadline of `clause`.
///
/// `year` is the document's: 今年. Titles and brackets are in `asides`.
pub(super) fn find(
    text: &str,
    clause: &Range<usize>,
    asides: &[Range<usize>],
    year: Option<i32>,
) -> Option<Found> {
    find_by(Signs::of(&text[clause.clone()]), text, clause, asides, year)
}

/// The same where the signs of the clause are known: most clauses hold none that
/// a deadline has, and a regex costs more than a look.
pub(super) fn find_by(
    signs: Signs,
    text: &str,
    clause: &Range<usize>,
    asides: &[Range<usize>],
    year: Option<i32>,
) -> Option<Found> {
    let has = |sign| signs.any(sign);
    let dated = has(Signs::YEAR.or(Signs::MONTH));
    let finders: [(bool, Finder); 8] = [
        (has(Signs::DIGIT) && has(Signs::YEAR), years),
        (has(Signs::YEAR), date),
        (has(Signs::FIVE), plan),
        (has(Signs::AGE), century),
        (has(Signs::AFTER) && (has(Signs::WITHIN) || text[clause.clone()].contains("办结")), event),
        (has(Signs::EVERY), recurring),
        (dated && has(Signs::NEAR.or(Signs::WITHIN)), current),
        (dated && has(Signs::WITHIN.or(Signs::AHEAD).or(Signs::NEAR)), within),
    ];
    finders
        .into_iter()
        .filter(|(wanted, _)| *wanted)
        .filter_map(|(_, finder)| finder(text, clause, asides, year))
        .min_by_key(|found| found.range.start)
}

fn in_aside(at: usize, asides: &[Range<usize>]) -> bool {
    asides.iter().any(|aside| aside.start < at && at < aside.end)
}

/// Runs `read` over the matches of `pattern` in the clause until one is a deadline.
pub(super) fn first<'t>(
    pattern: &Regex,
    text: &'t str,
    clause: &Range<usize>,
    asides: &[Range<usize>],
    read: impl Fn(&Captures<'t>, Range<usize>) -> Option<Found>,
) -> Option<Found> {
    pattern.captures_iter(&text[clause.clone()]).find_map(|captures| {
        let whole = captures.get(0)?.range();
        let whole = clause.start + whole.start..clause.start + whole.end;
        if in_aside(whole.start, asides) { None } else { read(&captures, whole) }
    })
}

pub(super) fn ends_with_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.ends_with(word))
}

pub(super) fn starts_with_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.starts_with(word))
}

fn event(
    text: &str,
    clause: &Range<usize>,
    asides: &[Range<usize>],
    _: Option<i32>,
) -> Option<Found> {
    first(&patterns().event, text, clause, asides, |captures, range| {
        let place = |name| {
            captures.name(name).map(|part| clause.start + part.start()..clause.start + part.end())
        };
        let span = SpanLimit { number: place("number")?, unit: place("unit")? };
        // 自受理之日起3个工作日办结 leaves 内 out.
        if captures.name("within").is_none() && !text[range.end..clause.end].starts_with("办结") {
            return None;
        }
        let mut deadline = RawDeadline::new(text, range.clone(), DeadlineKind::Relative);
        deadline.relative = Some(deadline.text.clone());
        Some(Found { deadline, range, bare: false, span: Some(span) })
    })
}

fn within(
    text: &str,
    clause: &Range<usize>,
    asides: &[Range<usize>],
    _: Option<i32>,
) -> Option<Found> {
    first(&patterns().within, text, clause, asides, |captures, range| {
        let before = &text[clause.start..range.start];
        let lead = captures.name("lead").map_or("", |lead| lead.as_str());
        let tail = captures.name("tail").map_or("", |tail| tail.as_str());
        let ahead = matches!(lead, "未来" | "今后");
        let after = &text[range.end..clause.end];
        if tail.is_empty() && (!ahead || after.starts_with(['的', '间', '期']))
            || matches!(tail, "时间" | "努力" | "左右时间") && lead.is_empty()
            || ends_with_any(
                before,
                &[
                    "近",
                    "过去",
                    "最近",
                    "前",
                    "满",
                    "以",
                    "每",
                    "第",
                    "不超过",
                    "超过",
                    "控制在",
                    "压缩至",
                    "压缩到",
                    "缩短至",
                    "缩短到",
                    "减少到",
                    "此前",
                ],
            )
            // 承租人应当在1个月内腾退: a term that somebody has to keep, and no goal's.
            || tail.ends_with('内')
                && text[range.clone()].contains('月')
                && (before.contains("应当") || before.contains("有权"))
            // 毕业2年内的高校毕业生: who is meant, not by when.
            || ends_with_any(before, STATES)
            || before.ends_with(|c: char| c.is_ascii_digit() || c == '.')
        {
            return None;
        }
        let skip = if matches!(lead, "力争" | "争取") { lead.len() } else { 0 };
        let words = range.start + skip..range.end;
        let mut deadline = RawDeadline::new(text, words.clone(), DeadlineKind::Relative);
        deadline.relative = Some(deadline.text.clone());
        Some(Found { deadline, range: words, bare: false, span: None })
    })
}

/// What people and firms have done since when a span is counted that describes them.
const STATES: &[&str] = &["毕业", "离校", "退役", "转业", "退休", "入职", "注册", "登记", "成立"];

fn recurring(
    text: &str,
    clause: &Range<usize>,
    asides: &[Range<usize>],
    _: Option<i32>,
) -> Option<Found> {
    first(&patterns().recurring, text, clause, asides, |_, range| {
        let mut deadline = RawDeadline::new(text, range.clone(), DeadlineKind::Recurring);
        let words = &text[range.clone()];
        deadline.month = words
            .strip_prefix("每年")
            .and_then(|rest| rest.split_once('月'))
            .and_then(|(month, _)| small(month));
        deadline.day = words.split_once('月').and_then(|(_, rest)| small(rest.split_once('日')?.0));
        Some(Found { deadline, range, bare: false, span: None })
    })
}

/// A month or day in digits or Chinese numerals.
pub(super) fn small(text: &str) -> Option<u8> {
    match text.parse() {
        Ok(number) => Some(number),
        Err(_) => u8::try_from(han_number(text)?).ok(),
    }
}
