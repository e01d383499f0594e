//! From the text of a list to the names in it.
//!
//! `、`, `,` and `;` part names, except inside a bracket (省数据集团(筹)) and
//! inside the name of all local governments (各市、县(市、区)人民政府).
//! 和 and 及 part two names only where each side is a body on its own.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use foldhash::fast::RandomState;
use regex::Regex;

use super::bodies::{Bodies, LEVEL, MAX_NAME_CHARS};
use super::bracket::{is_closing, is_opening};
use super::{label, note};
use crate::marks::marks;

/// No run of names that lost its marks is longer.
const MAX_RUN: usize = 24;

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
        r"等(?:(?:[0-9]+|[一二三四五六七八九十]+)[个家类]?|个)?(?:国务院|中央|[省市县区州旗][级直]?)?(?:各?有关|各?相关|其他|多|各)?(?:职能|主管|行业|成员|监管|行政|执法|业务|涉农|管理|综合|政法|监督|审批){0,2}(?:(?:部门|单位|机关|机构|方面|群团|组织|地方|地区|企业|部委|[省市县区州旗]级?(?:人民)?政府)(?:\((?:单位|机构)\)|[和及、与](?:有关|相关)?(?:部门|单位|机构|企业))?)?$",
    )
});

/// The same in the middle of a list.
static OTHERS_AND: LazyLock<Regex> = LazyLock::new(|| {
    compile("等(?:国务院|[省市县区州旗][级直]?)?(?:(?:有关|相关)?(?:部门|单位))?(?:以及|和|及|与)")
});

static LEVELS: LazyLock<Regex> = LazyLock::new(|| {
    compile(&format!(
        r"^(?:全省|全市|全区|全州)?(?:各有关|各相关|各|相关|有关)?(?:{LEVEL}级?(?:[(〔][^)〕]*[)〕])?)+$"
    ))
});

/// A body and a level word that the next piece of the list goes on with:
/// 环境保护部门和省 of 环境保护部门和省、自治区、直辖市人民政府.
static BODY_AND_LEVEL: LazyLock<Regex> = LazyLock::new(|| {
    compile(&format!("^(?P<body>.{{2,24}})(?:和|及|以及|与)(?:有关|相关|各)?{LEVEL}$"))
});

/// The departments of one level: 省有关部门, 省级部门.
static DEPARTMENTS_OF_LEVEL: LazyLock<Regex> = LazyLock::new(|| {
    compile(&format!(
        "^{LEVEL}(?:[级直]|本级)?各?(?:有关|相关|行业)?(?:行业|职能)?(?:主管)?(?:部门|机关|机构)"
    ))
});

static LEVELS_GOVERNMENT: LazyLock<Regex> = LazyLock::new(|| {
    compile(&format!(
        r"^各?(?:{LEVEL}(?:[(〔][^)〕]*[)〕])?)+(?:(?:党委|党工委|人民)?(?:[和、]?政府)?|党委|管委会|委员会|级?(?:人民政府.{{0,30}}|[^省市县区州]{{2,30}})(?:部门|机关|机构))(?:\([^)]*\))?$"
    ))
});

/// The offices of one field in all counties: 县〔区〕市场监管局 behind 各市.
static LEVELS_OFFICE: LazyLock<Regex> = LazyLock::new(|| {
    compile(r"^(?:县|区|旗)(?:[(〔][^)〕]*[)〕])?[^省县区州、,]{2,12}(?:局|委|法院|检察院)$")
});

/// What stands at both sides of a page's number.
const DASHES: [char; 3] = ['-', '–', '—'];

/// A number of a page that was printed inside a bracket: —15—.
static PAGE_NUMBER: LazyLock<Regex> =
    LazyLock::new(|| compile(r"^[-–—]+\s?[0-9]{1,4}\s?[-–—]+|[-–—]+\s?[0-9]{1,4}\s?[-–—]+$"));

fn compile(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is constant")
}

/// Splits the list that stands in `range` of `text`.
pub(super) fn split(text: &str, range: Range<usize>, bodies: &Bodies<'_>) -> NameList {
    let mut list = NameList::default();
    let pieces = top_level(text, range, |mark| matches!(mark, '、' | ',' | ';' | '。'));
    let pieces = behind_others(text, pieces);
    let last = pieces.len().saturating_sub(1);
    let mut names: Vec<Range<usize>> = Vec::new();
    // Whether the piece before stands at a 、 from this one and is open to it.
    let mut joinable = false;
    for (index, piece) in pieces.iter().enumerate() {
        let mut name = trim(text, piece.clone(), bodies);
        if name.is_empty() {
            if index < last {
                list.gaps.push(piece.clone());
            }
            joinable = false;
            continue;
        }
        let tail = tail(text, &name);
        if let Some(others) = tail.contains('等').then(|| AND_OTHERS.find(tail)).flatten() {
            let others_len = others.len();
            let before = &text[name.start..name.end - others_len];
            if !before.ends_with(['高', '平', '同', '初', '中']) {
                list.open_ended = true;
                name.end -= others_len;
            }
        }
        let words = &text[name.clone()];
        // 市中院牵头并按职责分工负责: the same bodies do both.
        let goes_on_alone = words == "并";
        if words.is_empty()
            || goes_on_alone
            || says_none(words)
            || note::is_deadline(&text[name.clone()])
        {
            joinable = false;
            continue;
        }
        let goes_on = text[piece.end..].starts_with('、');
        if goes_on
            && words.contains(['和', '及', '与'])
            && let Some(found) = BODY_AND_LEVEL.captures(&text[name.clone()])
            && let Some(body) = found.name("body").filter(|body| bodies.is_body(body.as_str()))
        {
            names.push(name.start..name.start + body.end());
            let level = name.start + body.end();
            name.start =
                level + text[level..name.end].find(|mark| !"和及以与".contains(mark)).unwrap_or(0);
            names.push(name);
            joinable = true;
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
        joinable = goes_on;
    }
    for name in names {
        for name in split_run(text, name, bodies) {
            split_pair(text, name, bodies, &mut list.names);
        }
    }
    keep_first(text, &mut list.names);
    list
}

/// Keeps of names that are written alike the first.
pub(super) fn keep_first(text: &str, names: &mut Vec<Range<usize>>) {
    if names.len() > 1 {
        let mut seen = HashSet::with_capacity_and_hasher(names.len(), RandomState::default());
        names.retain(|name| seen.insert(&text[name.clone()]));
    }
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
    let mut quoted_to = range.start;
    for (at, mark) in marks(&text[range.clone()]) {
        // “双随机、一公开”联席会议 is one name.
        if range.start + at < quoted_to {
            continue;
        }
        if mark == '“' {
            let close = text[range.start + at..range.end].find('”');
            quoted_to = close
                .filter(|close| *close <= LONGEST_QUOTED)
                .map_or(quoted_to, |close| range.start + at + close);
        } else if is_opening(mark) {
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
fn trim(text: &str, range: Range<usize>, bodies: &Bodies<'_>) -> Range<usize> {
    let mut name = range;
    for _ in 0..MAX_TRIMS {
        let before = name.clone();
        let is_mark = |mark: char| {
            mark.is_ascii_whitespace()
                || matches!(mark, '.' | ':' | ',' | ';' | '。' | '、' | '·' | '…')
        };
        name.start = name.end - text[name.clone()].trim_start_matches(is_mark).len();
        name.end = name.start + text[name.clone()].trim_end_matches(is_mark).len();
        let words = &text[name.clone()];
        let dashed = words.starts_with(DASHES) || words.ends_with(DASHES);
        if let Some(page) = dashed.then(|| PAGE_NUMBER.find(words)).flatten() {
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
                && bodies.is_body(rest)
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
    (note::at_start(inside) || note::says_leaders(inside).is_some()).then_some(open)
}

/// Returns whether what stands for a name says that there is none.
pub(super) fn says_none(words: &str) -> bool {
    matches!(words.trim_end_matches('。'), "无" | "/" | "—" | "——")
}

/// Cuts a piece that goes on behind its 等 or 等部门: 市民政局等部门和各区政府.
fn behind_others(text: &str, pieces: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let mut all = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let words = &text[piece.clone()];
        let next = ['各', '省', '市', '县', '区', '州', '国', '中'];
        let cut = if words.contains('等') { OTHERS_AND.find(words) } else { None };
        let cut = cut.filter(|cut| {
            let behind = &words[cut.end()..];
            let places = ["相关地区", "有关地区", "相关地方", "有关地方"];
            behind.starts_with(next) || places.iter().any(|place| behind.starts_with(place))
        });
        match cut {
            Some(cut) => {
                let and =
                    cut.as_str().char_indices().rev().find(|(_, mark)| "门位等".contains(*mark));
                let end =
                    piece.start + cut.start() + and.map_or(0, |(at, mark)| at + mark.len_utf8());
                all.push(piece.start..end);
                all.push(piece.start + cut.end()..piece.end);
            }
            None => all.push(piece),
        }
    }
    all
}

/// Returns the end of a name, long enough for 等有关部门和单位.
fn tail<'t>(text: &'t str, name: &Range<usize>) -> &'t str {
    let whole = &text[name.clone()];
    let start = whole.char_indices().rev().nth(23).map_or(0, |(at, _)| at);
    &whole[start..]
}

/// The longest quotation that is a part of a name, in bytes.
const LONGEST_QUOTED: usize = 60;

/// Returns whether a piece is a level word that waits for what it is of: 自治区
/// in 省、自治区、直辖市人民政府.
pub(super) fn is_level(piece: &str) -> bool {
    LEVELS.is_match(piece)
}

/// Returns whether `、` between two pieces stands inside one name:
/// 各市、县(市、区)人民政府; 各级党委、政府.
fn belongs_together(before: &str, piece: &str) -> bool {
    // The 、 of 地(州、市) is no end.
    let pieces = top_level(before, 0..before.len(), |mark| mark == '、');
    let last = pieces.last().map_or(before, |piece| &before[piece.clone()]);
    // 各市、省有关部门 are two; 省、市市场监督管理部门 is one.
    let parted = before.starts_with('各') && DEPARTMENTS_OF_LEVEL.is_match(piece);
    // 市、区民政部门和街道办事处: what the level word waits for ends before 和.
    let first =
        piece.split_once('和').map(|(first, _)| first).filter(|first| !LEVELS.is_match(first));
    let completes = |words: &str| LEVELS_GOVERNMENT.is_match(words);
    // 中、省驻平有关单位: those of the centre and of the province.
    if before == "中" && piece.starts_with("省") && piece.contains('驻') {
        return true;
    }
    // 各省、自治区、直辖市和计划单列市税务局 is one.
    if LEVELS.is_match(last) && piece.starts_with("直辖市和计划单列市") {
        return true;
    }
    if LEVELS.is_match(last) && !parted && (completes(piece) || first.is_some_and(completes)) {
        return true;
    }
    let in_all = before.starts_with('各');
    in_all && LEVELS.is_match(last) && LEVELS_OFFICE.is_match(piece)
        || in_all && matches!(piece, "政府" | "人民政府") && before.ends_with("党委")
}

/// Splits names that run into each other where the mark between them is lost:
/// 区国资委区住房城市建设委. Each must be a body and open with the same level word.
fn split_run(text: &str, name: Range<usize>, bodies: &Bodies<'_>) -> Vec<Range<usize>> {
    /// How a body's name ends before the next one.
    const ENDS: [char; 18] = [
        '委', '局', '厅', '办', '部', '院', '会', '所', '社', '府', '队', '关', '心', '站', '团',
        '室', '行', '司',
    ];
    /// What makes a level word part of another word: 市长, 省级, 区域, 市场.
    const IN_WORD: [char; 8] = ['长', '级', '直', '内', '外', '域', '场', '中'];
    let whole = &text[name.clone()];
    let Some(level) =
        whole.chars().next().filter(|first| matches!(first, '省' | '市' | '区' | '县' | '州'))
    else {
        return vec![name];
    };
    if !whole.chars().skip(1).any(|ch| ch == level) || bodies.is_known(whole) {
        return vec![name];
    }
    let mut parts = Vec::new();
    let mut start = name.start;
    for (at, _) in whole.match_indices(level).skip(1).take(MAX_RUN) {
        let cut = name.start + at;
        let before = &text[start..cut];
        // 市委市政府 are two, 市委市直机关工委 is one.
        let rest = &text[cut + level.len_utf8()..name.end];
        let committee = before.ends_with('委') && matches!(rest, "政府" | "人民政府");
        let apart = (before.chars().nth(2).is_some() || committee)
            && before.ends_with(ENDS)
            && !rest.is_empty()
            && !rest.starts_with(IN_WORD);
        if apart && bodies.is_named(before) {
            parts.push(start..cut);
            start = cut;
        }
    }
    parts.push(start..name.end);
    let last = &text[start..name.end];
    // 市公安局市北分局 is one: what belongs to a body follows it.
    let dependent =
        ["分局", "支队", "大队", "支行", "派出所"].iter().any(|end| last.ends_with(end));
    if dependent || !bodies.is_named(last) { vec![name] } else { parts }
}

/// Whether a name is of the departments of one field: 财政部门, but not 有关部门.
fn is_department(name: &str) -> bool {
    const OF_NO_FIELD: [&str; 6] = ["有关", "相关", "各", "其他", "主管", "职能"];
    name.strip_suffix("部门").is_some_and(|field| {
        field.chars().nth(1).is_some() && !OF_NO_FIELD.iter().any(|word| field.ends_with(word))
            || field.strip_suffix("主管").is_some_and(|field| field.chars().nth(1).is_some())
    })
}

/// Splits one piece at 和, 及, 与 or 或 where each side is a body on its own, or
/// both are departments.
fn split_pair(text: &str, name: Range<usize>, bodies: &Bodies<'_>, names: &mut Vec<Range<usize>>) {
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
            } else if depth == 0 && matches!(mark, '和' | '及' | '与' | '或') {
                let left = whole[..at].trim_end_matches('以');
                let right = &whole[at + mark.len_utf8()..];
                // 或者 is one word.
                let right = right.strip_prefix('者').unwrap_or(right);
                // 省商务厅和郑州市、开封市政府: a place, whose government stands behind the last.
                let named =
                    bodies.is_named(left) && (bodies.is_named(right) || bodies.is_place(right));
                let departments =
                    || is_department(left) && is_department(right) && bodies.is_body(left);
                // 市、区民政部门和街道办事处, 区、镇人民政府和街道办事处.
                let is_one = |name: &str| {
                    bodies.is_named(name)
                        || bodies.is_place(name)
                        || (is_department(name) || name.contains('、') && name.ends_with("政府"))
                            && bodies.is_body(name)
                };
                // 人力资源社会保障部门和其他有关部门: the others are bodies beside it.
                let others = || {
                    right.starts_with("其他")
                        && (bodies.is_named(left) || is_department(left) && bodies.is_body(left))
                        && bodies.is_body(right)
                };
                // 各场景牵头部门和配合部门: both are of each 场景.
                let leans = DEPENDENT.contains(&right)
                    || right.starts_with("计划单列市")
                    || left.starts_with('各') && label::is_role_alone(right);
                let beside_named =
                    || bodies.is_named(right) && !right.starts_with('其') && is_one(left);
                if !leans && (named || departments() || beside_named() || others()) {
                    let right = name.end - right.len()..name.end;
                    let left = name.start..name.start + left.len();
                    names.push(left);
                    split_pair(text, right, bodies, names);
                    return;
                }
            }
        }
    }
    names.push(name);
}
