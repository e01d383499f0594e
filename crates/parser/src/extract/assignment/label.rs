//! Labels that say a role: 牵头单位, 责任单位, 配合部门, …

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use foldhash::fast::RandomState;
use gangmu_model::Role;
use regex::{Captures, Regex};

use super::bracket::{is_closing, is_opening};
use crate::marks::marks;
use crate::word_set::WordSet;

/// A label at a place of a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Label {
    /// Where it begins, a bracket of its own included.
    pub(super) start: usize,
    /// The label as written, without its colon.
    pub(super) range: Range<usize>,
    /// Where the bodies begin: behind the colon, or behind the label.
    pub(super) end: usize,
    /// The role it says.
    pub(super) role: Role,
    /// Whether a colon (or 为) stands behind it.
    pub(super) has_colon: bool,
    /// What it should read, where a character is lost: 责任位 for 责任单位.
    pub(super) mistyped_for: Option<&'static str>,
}

const PREFIX: &str =
    "省级|市级|区级|县级|州级|省直|市直|区直|县直|主要|具体|第一|共同|联合|其他|总|指标|任务";
const STEM: &str = "主体责任|业务指导|牵头|责任|负责|配合|主办|协办|承办|参与|参加|支持|指导|督导|督办|监督|\
                    督促|完成|落实|实施|执行|协同|协作|协助|联合|会同|主责|主管|组织|承担|统筹|监管|推进|\
                    技术支撑|支撑|保障|对接|归口管理|归口";
const SUFFIX: &str = "单位|部门|机关|处室|科室|机构|主体|地区";

/// The last characters of the suffixes.
const SUFFIX_ENDS: [char; 7] = ['位', '门', '关', '室', '构', '体', '区'];

/// A label of whole words, with or without its colon.
fn whole() -> String {
    format!(
        r"(?:{PREFIX})*(?P<stem>{STEM})(?:[和及与、/]?\(?(?:{STEM})\)?){{0,2}}(?:{SUFFIX})(?:\((?:{SUFFIX})\))?"
    )
}

/// A label without 单位, which only its colon tells from a verb: 牵头:, 配合:.
const SHORT: &str = "牵头|责任|负责|配合|参与|指导|督导|支持|主办|协办|承办|落实";

/// A label that has lost a character, 责任位, 责任单, 任单位, or has one that looks like
/// another, 贵任单位.
const MISTYPED: &str =
    "(?:牵头|责任|负责|配合|协办)(?:单|位|部|门)|(?:任|责|头|牵|配|贵任)(?:单位|部门)";

static AT_START: LazyLock<Regex> = LazyLock::new(|| {
    let whole = whole();
    compile(&format!(
        "^(?:(?P<whole>{whole})(?P<colon>[:为])?|(?P<short>{SHORT}):|(?P<mistyped>{MISTYPED}):)"
    ))
});

static WITH_COLON: LazyLock<Regex> =
    LazyLock::new(|| compile(&format!("(?P<whole>{})(?P<colon>:)", whole())));

/// A label in a bracket of its own, the names behind it: 【责任单位】市财政局.
static BRACKETED: LazyLock<Regex> =
    LazyLock::new(|| compile(&format!(r"[(\[〔【](?P<whole>{})[)\]〕】](?P<colon>:)?", whole())));

/// A label behind a body's name with neither mark nor colon.
static BARE: LazyLock<WordSet> = LazyLock::new(|| {
    WordSet::parse(
        "牵头单位|责任单位|配合单位|协办单位|参与单位|牵头部门|责任部门|配合部门|协办部门|参与部门",
    )
});

/// A label that names something else than bodies: 适用范围:, 完成时限:, 责任人:.
static OTHER: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"^(?:适用范围|推广范围|实施范围)|^[^:、,;。()0-9]{0,6}(?:范围|时限|时间|时间节点|期限|进度|责任人|领导|负责人|联系人|电话|方式|要求|目标|备注|地点):",
    )
});

/// The same where it follows a name at once: 市教育局完成时限:2025年12月.
static OTHER_WITH_COLON: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        "(?:(?:完成|办结|落实|整改)?(?:时限|时间|期限)|时间节点|进度安排|适用范围|推广范围|责任人|联系人|(?:责任|牵头|分管)领导):",
    )
});

/// The last characters of such labels.
const OTHER_ENDS: [char; 7] = ['限', '间', '点', '排', '围', '人', '导'];

fn compile(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is constant")
}

/// The labels that people write: one stem and one suffix.
static PLAIN: LazyLock<WordSet> = LazyLock::new(|| {
    let labels = STEM.split('|').flat_map(|stem| SUFFIX.split('|').map(move |end| (stem, end)));
    WordSet::of(labels.map(|(stem, end)| &*Box::leak(format!("{stem}{end}").into_boxed_str())))
});

/// Returns the plain label with a colon that a text opens with. Nearly all labels
/// are such, and a look tells them without a search.
fn plain(text: &str) -> Option<&'static str> {
    PLAIN.at_start(text).filter(|label| text[label.len()..].starts_with(':'))
}

/// Returns whether a name says a role and no more: 配合部门.
pub(super) fn is_role_alone(name: &str) -> bool {
    PLAIN.at_start(name).is_some_and(|label| label.len() == name.len())
}

fn plain_label(label: &str, offset: usize) -> Label {
    let end = offset + label.len();
    Label {
        start: offset,
        range: offset..end,
        end: end + ':'.len_utf8(),
        role: role_of(label),
        has_colon: true,
        mistyped_for: None,
    }
}

/// Returns whether a text opens with a label, by its first words alone.
pub(super) fn at_start(text: &str) -> bool {
    may_open(text) && (plain(text).is_some() || AT_START.is_match(head(text)))
}

/// Returns whether a text begins as one of the labels does; a look at two
/// characters spares most names the search.
fn may_open(text: &str) -> bool {
    let mut chars = text.chars();
    match chars.next() {
        Some('省' | '市' | '区' | '县' | '州') => matches!(chars.next(), Some('级' | '直')),
        Some(first) => OPENINGS.contains(&first),
        None => false,
    }
}

/// The first characters of the labels, those of level words aside.
static OPENINGS: LazyLock<HashSet<char, RandomState>> = LazyLock::new(|| {
    let words = [PREFIX, STEM, SHORT].into_iter().flat_map(|words| words.split('|'));
    let firsts = words.filter_map(|word| word.chars().next());
    firsts.chain(MISTYPED.chars().filter(|ch| ch.is_alphabetic())).collect()
});

/// Reads the label a text opens with; ranges are moved by `offset`.
pub(super) fn read(text: &str, offset: usize) -> Option<Label> {
    if text.starts_with(is_opening) {
        return bracketed(head(text), offset).next().filter(|label| label.start == offset);
    }
    if !may_open(text) {
        return None;
    }
    if let Some(label) = plain(text) {
        return Some(plain_label(label, offset));
    }
    let found = AT_START.captures(head(text))?;
    let end = offset + found.get(0)?.end();
    if let Some(short) = found.name("short") {
        return Some(Label {
            start: offset,
            range: offset..offset + short.end(),
            end,
            role: role_of(short.as_str()),
            has_colon: true,
            mistyped_for: None,
        });
    }
    if let Some(mistyped) = found.name("mistyped") {
        let role = role_of(mistyped.as_str());
        return Some(Label {
            start: offset,
            range: offset..offset + mistyped.end(),
            end,
            role,
            has_colon: true,
            mistyped_for: Some(match role {
                Role::Lead => "牵头单位",
                Role::Support => "配合单位",
                _ => "责任单位",
            }),
        });
    }
    whole_label(&found, offset)
}

/// Returns the labels with a colon anywhere in a text, in order, but for those whose
/// piece of the text `is_taken` and its colon with it.
pub(super) fn with_colon<'t>(
    text: &'t str,
    is_taken: impl Fn(Range<usize>) -> bool + 't,
) -> impl Iterator<Item = Label> + 't {
    pieces_with_colon(text).filter(move |(at, piece)| !is_taken(*at..at + piece.len())).filter_map(
        |(at, piece)| match opening_plain(piece) {
            Some((bracket, label)) => Some(plain_label(label, at + bracket)),
            None => whole_label(&WITH_COLON.captures(piece)?, at),
        },
    )
}

/// Returns the plain label that a piece opens with, and the length of the bracket
/// before it.
fn opening_plain(piece: &str) -> Option<(usize, &'static str)> {
    let bracket = piece.chars().next().filter(|mark| is_opening(*mark)).map_or(0, char::len_utf8);
    Some((bracket, plain(&piece[bracket..])?))
}

/// Returns the pieces of a text that may end in a label and its colon, each with
/// its offset. They spare the search of all the text between.
fn pieces_with_colon(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    memchr::memchr_iter(b':', text.as_bytes()).filter_map(move |colon| {
        let before = &text[std::mem::replace(&mut start, colon + 1)..colon];
        let from = before
            .char_indices()
            .rev()
            .find(|(_, mark)| matches!(mark, ',' | ';' | '。'))
            .map_or(0, |(at, mark)| at + mark.len_utf8());
        let at = colon - before.len() + from;
        ends_as_label(before).then(|| (at, &text[at..=colon]))
    })
}

/// Returns whether a text ends as a whole label does.
fn ends_as_label(text: &str) -> bool {
    text.ends_with(')')
        || text.ends_with(SUFFIX_ENDS) && SUFFIX.split('|').any(|suffix| text.ends_with(suffix))
}

/// Returns whether a text ends in what a label may begin with.
pub(super) fn ends_in_stem(text: &str) -> bool {
    STEM.split('|').any(|stem| text.ends_with(stem))
}

/// Returns the labels in brackets of their own, in order; ranges are moved by
/// `offset`.
pub(super) fn bracketed(text: &str, offset: usize) -> impl Iterator<Item = Label> {
    // Few brackets close behind what ends a label.
    let may_be = marks(text).any(|(at, mark)| is_closing(mark) && ends_as_label(&text[..at]));
    let found = may_be.then(|| BRACKETED.captures_iter(text)).into_iter().flatten();
    found.filter_map(move |found| {
        let start = offset + found.get(0)?.start();
        Some(Label { start, has_colon: true, ..whole_label(&found, offset)? })
    })
}

/// Returns where the labels inside a text begin, those of something else than
/// bodies included, in order; moved by `offset`. A label without its colon
/// counts behind a body's name: 市发展改革委责任单位市财政局.
pub(super) fn starts_inside(text: &str, offset: usize) -> Vec<usize> {
    let of_bodies = pieces_with_colon(text).filter_map(|(at, piece)| match opening_plain(piece) {
        Some((bracket, _)) => Some(at + bracket),
        None => Some(at + WITH_COLON.find(piece)?.start()),
    });
    let names_other = |colon: usize| text[..colon].ends_with(OTHER_ENDS);
    let to_last_colon = memchr::memrchr_iter(b':', text.as_bytes())
        .find(|&colon| names_other(colon))
        .map_or("", |colon| &text[..=colon]);
    let others = OTHER_WITH_COLON.find_iter(to_last_colon).map(|found| found.start());
    let bare = BARE.places(text).map(|found| found.start).filter(|at| {
        text[..*at].ends_with(['委', '局', '厅', '办', '部', '院', '会', '府', '区', '社', '行'])
    });
    let mut starts: Vec<usize> =
        of_bodies.chain(others).chain(bare).map(|at| offset + at).collect();
    starts.sort_unstable();
    starts.dedup();
    starts
}

/// Returns whether a text opens with a label of something else than bodies.
pub(super) fn is_other(text: &str) -> bool {
    OTHER.is_match(head(text))
}

fn whole_label(found: &Captures<'_>, offset: usize) -> Option<Label> {
    let whole = found.name("whole")?;
    Some(Label {
        start: offset + whole.start(),
        range: offset + whole.start()..offset + whole.end(),
        end: offset + found.get(0)?.end(),
        role: role_of(found.name("stem")?.as_str()),
        has_colon: found.name("colon").is_some(),
        mistyped_for: None,
    })
}

/// Returns the role that the first word of a label says.
fn role_of(stem: &str) -> Role {
    const LEAD: [&str; 5] = ["牵头", "主办", "主责", "统筹", "头"];
    const SUPPORT: [&str; 12] = [
        "配",
        "协办",
        "参与",
        "参加",
        "支持",
        "协同",
        "协作",
        "联合",
        "会同",
        "技术支撑",
        "支撑",
        "保障",
    ];
    const SUPERVISE: [&str; 6] = ["指导", "督导", "督办", "监督", "督促", "监管"];
    let opens = |words: &[&str]| words.iter().any(|word| stem.starts_with(word));
    if opens(&LEAD) || stem.starts_with('牵') {
        Role::Lead
    } else if opens(&SUPPORT) || stem.starts_with("协助") {
        Role::Support
    } else if opens(&SUPERVISE) || stem.starts_with("业务指导") {
        Role::Supervise
    } else {
        Role::Responsible
    }
}

/// The first characters of a text: no label is longer.
fn head(text: &str) -> &str {
    let end = text.char_indices().nth(32).map_or(text.len(), |(at, _)| at);
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, role: Role, label: &str, has_colon: bool) {
        let found = read(text, 0).expect("the text opens with a label");
        assert_eq!((found.role, &text[found.range], found.has_colon), (role, label, has_colon));
    }

    #[test]
    fn labels() {
        check("牵头单位:市税务局", Role::Lead, "牵头单位", true);
        check("责任单位省发展改革委", Role::Responsible, "责任单位", false);
        check("负责部门:商务部", Role::Responsible, "负责部门", true);
        check("市级责任单位:市商务局", Role::Responsible, "市级责任单位", true);
        check("牵头(责任)单位:市商务局", Role::Lead, "牵头(责任)单位", true);
        check("协办单位:市商务局", Role::Support, "协办单位", true);
        check("督导单位:市商务局", Role::Supervise, "督导单位", true);
        check("配合:市商务局", Role::Support, "配合", true);
        check("责任位:省卫生健康委", Role::Responsible, "责任位", true);
        let mistyped = read("责任单:省科技厅", 0).and_then(|label| label.mistyped_for);
        assert_eq!(mistyped, Some("责任单位"));
        assert_eq!(read("含燃煤发电企业", 0), None);
        // What is told at a look is what the search finds.
        for stem in STEM.split('|') {
            for suffix in SUFFIX.split('|') {
                let text = format!("({stem}{suffix}:市商务局");
                let searched = whole_label(&WITH_COLON.captures(&text).unwrap(), 0);
                assert_eq!(with_colon(&text, |_| false).next(), searched, "{text}");
                assert_eq!(read(&text[1..], 1), searched, "{text}");
            }
        }
        assert_eq!(read("责任制", 0), None);
    }

    #[test]
    fn every_label_may_open() {
        let words = [PREFIX, STEM, SHORT].into_iter().flat_map(|words| words.split('|'));
        assert!(words.chain(["任单位:", "头部门:"]).all(may_open));
        assert!(!may_open("省财政厅") && !may_open("国务院"));
    }

    #[test]
    fn other_labels() {
        assert!(is_other("适用范围:浙江自贸试验区"));
        assert!(is_other("完成时限:2026年8月底前"));
        assert!(!is_other("各区政府"));
    }
}
