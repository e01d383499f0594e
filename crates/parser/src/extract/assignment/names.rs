//! From the text of a list to the names in it.
//!
//! `、`, `,` and `;` part names, except inside a bracket (省数据集团(筹)) and
//! inside the name of all local governments (各市、县(市、区)人民政府).
//! 和 and 及 part two names only where each side is a body on its own.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use gangmu_lexicon::{AgencyLikeness, Lexicon};
use regex::Regex;

use super::bracket::{is_closing, is_opening};
use super::note;

/// The longest name seen has 34 characters; one of more than this is a clause.
const MAX_NAME_CHARS: usize = 48;

/// How often something is taken off the ends of one name, so that a text of
/// nothing but such words stays cheap.
const MAX_TRIMS: usize = 6;

/// The names of a list.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(super) struct NameList {
    /// Where the names stand, in order, each kept once.
    pub(super) names: Vec<Range<usize>>,
    /// Whether the list ends in 等, 等部门, 等有关部门 …
    pub(super) open_ended: bool,
    /// Places between two marks where a name should be.
    pub(super) gaps: Vec<Range<usize>>,
}

/// What may follow 等 at the end of a list without being a name.
static AND_OTHERS: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"等(?:[0-9]+|[一二三四五六七八九十]+)?个?(?:省级|市级|区级|县级|省直|市直|区直|中央)?(?:各?有关|各?相关|其他|多|各)?(?:职能|主管|行业|成员|监管)?(?:(?:部门|单位|机关|机构|方面|群团|组织|地方|地区|企业|部委)(?:[和及、与](?:有关|相关)?(?:部门|单位|机构|地方|地区|企业))?)?$",
    )
});

/// A piece of the name of all local governments: 各市, 县(市、区), 自治州.
const LEVEL: &str = "(?:设区的?市|地级以上市|地级市|县级市|自治区|自治州|直辖市|开发区|省|市|州|盟|县|区|旗|镇|乡|街道)";

static LEVELS: LazyLock<Regex> = LazyLock::new(|| {
    compile(&format!(
        r"^(?:全省|全市|全区|全州)?(?:各有关|各相关|各|相关|有关)?(?:{LEVEL}(?:[(〔][^)〕]*[)〕])?)+$"
    ))
});

static ALL_LEVELS: LazyLock<Regex> = LazyLock::new(|| {
    compile(&format!(r"^各(?:{LEVEL}(?:[(〔][^)〕]*[)〕])?、?)+(?:(?:人民)?政府)?(?:\([^)]*\))?$"))
});

static LEVELS_GOVERNMENT: LazyLock<Regex> = LazyLock::new(|| {
    compile(&format!(
        r"^各?(?:{LEVEL}(?:[(〔][^)〕]*[)〕])?)+(?:(?:党委|党工委|人民)?(?:[和、]?政府)?|党委|管委会|委员会)(?:\([^)]*\))?$"
    ))
});

/// A number of a page that was printed inside a bracket: —15—.
static PAGE_NUMBER: LazyLock<Regex> =
    LazyLock::new(|| compile(r"^[-–—]+\s?[0-9]{1,4}\s?[-–—]+|[-–—]+\s?[0-9]{1,4}\s?[-–—]+$"));

/// What no name holds and a clause does.
static CLAUSE: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        "(?:^|[^自])由|的|是|^指|包括|按照|通过|以下|简称|不得|应当|负责|牵头|会同|其中|用于|提供|报送",
    )
});

fn compile(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is constant")
}

/// How a name begins that stands for public bodies: 各有关部门, 省直有关部门.
static OF_LEVEL: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        "^(?:各|省|市|区|县|州|国家|国务院|中央|党中央|有关|相关|地方|全省|全市|全县|全区|本级|同级|乡镇|街道|党委|人民)",
    )
});

/// How a name ends that stands for public bodies without saying which.
static PUBLIC: LazyLock<Regex> =
    LazyLock::new(|| compile("(?:部门|机关|政府|管理机构|监管机构|主管机构)$"));

/// Parties that are not of the State.
static PRIVATE: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        "(?:企业|公司|集团|个人|人员|者|高校|院校|学校|医院|医疗机构|协会|商会|学会|院所|联盟)$",
    )
});

/// Words that make what follows the object of somebody else's deed.
static DEED: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        "^(?:支持|鼓励|引导|推动|督促|组织|指导|依托|加强|协调|建立|完善|发挥|邀请|配合|帮助|任何)",
    )
});

/// Returns whether a name has the form of a body's name.
pub(super) fn is_body(name: &str, lexicon: &Lexicon) -> bool {
    likeness(name, lexicon) != AgencyLikeness::Unlikely
}

/// Returns whether a name says which body it means, or which bodies: not
/// 企业, 单位 or 服务机构 alone.
pub(super) fn is_named_body(name: &str, lexicon: &Lexicon) -> bool {
    match likeness(name, lexicon) {
        AgencyLikeness::Known | AgencyLikeness::Official => true,
        AgencyLikeness::Collective => OF_LEVEL.is_match(name),
        AgencyLikeness::Unlikely => false,
    }
}

/// Returns whether a name in running text is of a body that the State can
/// give a duty: 国务院公安部门, 各有关部门; not 支持企业 or 建设单位.
pub(super) fn is_public_body(name: &str, lexicon: &Lexicon) -> bool {
    !PRIVATE.is_match(name)
        && !DEED.is_match(name)
        && (is_named_body(name, lexicon) || (PUBLIC.is_match(name) && is_body(name, lexicon)))
}

/// Returns whether a body's name says its level, as 省委 and 各有关部门 do.
pub(super) fn says_level(name: &str) -> bool {
    OF_LEVEL.is_match(name)
}

fn likeness(name: &str, lexicon: &Lexicon) -> AgencyLikeness {
    let long = name.char_indices().nth(MAX_NAME_CHARS).is_some();
    if long || name.chars().nth(1).is_none() || CLAUSE.is_match(name) {
        return AgencyLikeness::Unlikely;
    }
    match lexicon.agency_likeness(name) {
        // 各县(市、区), 各县、区人民政府(管委会): the governments of all of them.
        AgencyLikeness::Unlikely if name.starts_with('各') && ALL_LEVELS.is_match(name) => {
            AgencyLikeness::Collective
        }
        likeness => likeness,
    }
}

/// Returns whether words hold what no name does.
pub(super) fn is_clause(words: &str) -> bool {
    CLAUSE.is_match(words)
}

/// Splits the list that stands in `range` of `text`.
pub(super) fn split(text: &str, range: Range<usize>, lexicon: &Lexicon) -> NameList {
    let mut list = NameList::default();
    let pieces = top_level(text, range, |mark| matches!(mark, '、' | ',' | ';' | '。'));
    let last = pieces.len().saturating_sub(1);
    let mut names: Vec<Range<usize>> = Vec::new();
    // Whether the piece before stands at a 、 from this one and is open to it.
    let mut joinable = false;
    for (index, piece) in pieces.iter().enumerate() {
        let mut name = trim(text, piece.clone(), lexicon);
        if name.is_empty() {
            if index < last {
                list.gaps.push(piece.clone());
            }
            joinable = false;
            continue;
        }
        if let Some(others) = AND_OTHERS.find(tail(text, &name)) {
            let others_len = others.len();
            let before = &text[name.start..name.end - others_len];
            if !before.ends_with(['高', '平', '同', '初', '中']) {
                list.open_ended = true;
                name.end -= others_len;
            }
        }
        if name.is_empty() || note::is_deadline(&text[name.clone()]) {
            joinable = false;
            continue;
        }
        if joinable
            && let Some(before) = names.last_mut()
            && belongs_together(&text[before.clone()], &text[name.clone()])
        {
            before.end = name.end;
        } else {
            names.push(name);
        }
        joinable = text[piece.end..].starts_with('、');
    }
    for name in names {
        split_pair(text, name, lexicon, &mut list.names);
    }
    let mut seen = HashSet::new();
    list.names.retain(|name| seen.insert(&text[name.clone()]));
    list
}

/// Cuts a range at the marks that stand outside brackets.
pub(super) fn top_level(
    text: &str,
    range: Range<usize>,
    parts: impl Fn(char) -> bool,
) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut depth = 0usize;
    let mut start = range.start;
    for (at, mark) in text[range.clone()].char_indices() {
        if is_opening(mark) {
            depth += 1;
        } else if is_closing(mark) {
            depth = depth.saturating_sub(1);
        } else if depth == 0 && parts(mark) {
            pieces.push(start..range.start + at);
            start = range.start + at + mark.len_utf8();
        }
    }
    pieces.push(start..range.end);
    pieces
}

/// Takes marks, page numbers, leading 由 and 以及, and a bracket with a note
/// off a name.
fn trim(text: &str, range: Range<usize>, lexicon: &Lexicon) -> Range<usize> {
    let mut name = range;
    for _ in 0..MAX_TRIMS {
        let before = name.clone();
        let is_mark = |mark: char| mark.is_ascii_whitespace() || ".:,;。、·…".contains(mark);
        name.start = name.end - text[name.clone()].trim_start_matches(is_mark).len();
        name.end = name.start + text[name.clone()].trim_end_matches(is_mark).len();
        if let Some(page) = PAGE_NUMBER.find(&text[name.clone()]) {
            if page.start() == 0 {
                name.start += page.end();
            } else {
                name.end = name.start + page.start();
            }
        }
        for word in ["由", "以及", "请", "并由"] {
            if text[name.clone()].starts_with(word) {
                name.start += word.len();
            }
        }
        for word in ["和", "及", "与"] {
            if let Some(rest) = text[name.clone()].strip_prefix(word)
                && is_body(rest, lexicon)
            {
                name.start += word.len();
            }
        }
        if let Some(open) = note_bracket(&text[name.clone()]) {
            name.end = name.start + open;
        }
        if name == before {
            break;
        }
    }
    name
}

/// Returns where a bracket with a note opens at the end of a name:
/// `省科技厅〔列第一位的为牵头单位,下同〕`.
fn note_bracket(name: &str) -> Option<usize> {
    if !name.ends_with(is_closing) {
        return None;
    }
    let open = name.rfind(is_opening)?;
    let inside = name[open..].trim_matches(|mark| is_opening(mark) || is_closing(mark));
    (note::at_start(inside) || note::says_first_is_lead(inside)).then_some(open)
}

/// Returns the end of a name, long enough for 等有关部门和单位.
fn tail<'t>(text: &'t str, name: &Range<usize>) -> &'t str {
    let whole = &text[name.clone()];
    let start = whole.char_indices().rev().nth(23).map_or(0, |(at, _)| at);
    &whole[start..]
}

/// Returns whether `、` between two pieces stands inside one name:
/// 各市、县(市、区)人民政府; 各级党委、政府.
fn belongs_together(before: &str, piece: &str) -> bool {
    let last = before.rsplit_once('、').map_or(before, |(_, last)| last);
    if LEVELS.is_match(last) && LEVELS_GOVERNMENT.is_match(piece) {
        return true;
    }
    before.starts_with('各') && matches!(piece, "政府" | "人民政府") && before.ends_with("党委")
}

/// Splits one piece at 和, 及 or 与 where each side is a body on its own.
fn split_pair(text: &str, name: Range<usize>, lexicon: &Lexicon, names: &mut Vec<Range<usize>>) {
    /// Words that need the ones before 和: 各有关部门和单位, 各市党委和政府.
    const DEPENDENT: [&str; 10] = [
        "单位",
        "部门",
        "机构",
        "政府",
        "人民政府",
        "地区",
        "企业",
        "有关部门",
        "机关",
        "其常委会",
    ];
    let whole = &text[name.clone()];
    if whole.char_indices().nth(MAX_NAME_CHARS).is_none() {
        let mut depth = 0usize;
        for (at, mark) in whole.char_indices() {
            if is_opening(mark) {
                depth += 1;
            } else if is_closing(mark) {
                depth = depth.saturating_sub(1);
            } else if depth == 0 && matches!(mark, '和' | '及' | '与') {
                let left = whole[..at].trim_end_matches('以');
                let right = &whole[at + mark.len_utf8()..];
                if !DEPENDENT.contains(&right)
                    && is_named_body(left, lexicon)
                    && is_named_body(right, lexicon)
                {
                    let right = name.end - right.len()..name.end;
                    let left = name.start..name.start + left.len();
                    names.push(left);
                    split_pair(text, right, lexicon, names);
                    return;
                }
            }
        }
    }
    names.push(name);
}
