//! Who stands before a verb, behind 会同, or in a clause before: the bodies of
//! running text.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::bodies::{Bodies, described_len, is_clause, is_other_party};
use super::bracket::{is_closing, is_opening};
use super::mention;
use super::names::{self, NameList};
use super::verb::{Deed, Verb};
use crate::word_set::WordSet;

/// What may stand between a subject and the clause with its verb:
/// 国务院有关部门依照本法规定,在各自职责范围内,负责….
static ADVERBIAL: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        "^(?:依照|按照|根据|依据|在|依法|比照|参照|结合|围绕|经(?:国务院|省|市|县|区|州|本级|上级|批准|有关|相关)|通过)",
    )
});

/// 等有关部门 with more text behind it, at the end of a list of fields.
static AND_DEPARTMENTS: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        "等(?:国务院)?(?:各?有关|各?相关|多|多个)?(?:职能|主管|行业|行政|执法|业务|监管){0,2}部门(?:和单位)?",
    )
});

/// 等单位 behind the last name of a list.
static OTHERS_BEHIND: LazyLock<Regex> =
    LazyLock::new(|| compile("^等(?:有关|相关)?(?:单位|方面|机构|地方|地区|$)"));

/// The government whose departments a list of fields names: 国务院公安,
/// 县级以上人民政府发展改革.
static WHOSE: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        "^(?:国务院|中央|国家|本级|同级|上级|各级|地方各级|.{0,16}人民政府|[省市县区州]级?(?:以上)?(?:地方)?)(?:有关|相关)?",
    )
});

/// A verb that goes on behind a body's name and is part of none.
static GOES_ON: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        "^(?:(?:对[^外口]|就[^业]|将|把|按照|依据|依照|依法|依规|依职责|统一|根据|结合|通过|制定|制订|拟订|拟定|规定|确定|公布|提出|约谈|做好|抓好|落实|完善|加强|\
         认定|核定|审定|审批|批准|责令|给予|予以|共同|联合|定期|及时|另行|采取|从|于|向|在|应当|可以|不得|适时|每年|进行|出台|印发|下达)|\
         (?:组织|研究)(?:实施|制定|制订|提出|起草|编制|开展|建立|拟定|拟订|对))",
    )
});

/// The same behind a department, where it opens no other body's name:
/// 有关部门研究, but 省委研究室; 财政部组织, but 省委组织部.
static DEPARTMENT_GOES_ON: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        "^(?:组织|研究|建立|组建|建设|利用|可|撤销|支持|引导|为|以[^及]|报|处理|查处|征求|发布|指导|监督|检查|督促|督查|审查|评估|协调|推进|推动|统筹|考核|调查|开展|编制|强化|健全|加快|梳理|排查|摸排|清理|整治|整理)\
         (?:[^部室院所局厅中委会办站处管主行]|$)",
    )
});

/// 一是市工信局负责…: what counts the entries of a list in running text.
static LIST_ENTRY: LazyLock<Regex> = LazyLock::new(|| compile("^[一二三四五六七八九十]{1,2}是"));

/// 市民政部门是本市养老服务工作的主管部门,负责…, 某办公室为全市…工作机构,负责…: who is
/// named by its work.
static IS_IN_CHARGE: LazyLock<Regex> = LazyLock::new(|| {
    compile("^.{1,59}?(?:.(?P<is>是)|[^行认成作因](?P<as>为)).{2,60}(?:部门|机关|机构|单位|主体)$")
});

/// The body that a clause founds, which the next one gives its work:
/// 国务院建立部际联席会议,负责….
static FOUNDED: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        "^.*(?:设立|成立|建立健全|建立|组建|下设|组成|明确|指定|授权|委托)(?:由.{1,40}组成的|相应的?|专门的?)?\
         (?P<what>[^的]{2,30}(?:机构|会议|委员会|小组|办公室|指挥部|专班|中心|部门|单位|机关|机制|专人|人员|队伍))$",
    )
});

/// No list of subjects is longer, in bytes.
const MAX_LIST_LEN: usize = 600;

/// No name that other words follow is longer, in characters.
const MAX_OBJECT_CHARS: usize = 32;

/// How many clauses a subject may stand before its verb.
const MAX_CLAUSES_BACK: usize = 4;

fn compile(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is constant")
}

/// Reads the words before a verb as its subject: bodies and nothing else, or
/// fields of government that 等有关部门 makes bodies.
pub(super) fn subject(text: &str, range: Range<usize>, bodies: &Bodies<'_>) -> Option<NameList> {
    let start = behind_openers(text, range.clone(), bodies);
    let words = without_remark(without_modals(&text[start..range.end]));
    // 已 tells the past: 扶贫办已会同….
    if words.is_empty()
        || words.len() > MAX_LIST_LEN
        || words.ends_with(['已', '曾'])
        || words.ends_with("已经")
    {
        return None;
    }
    let end = start + words.len();
    let departments =
        AND_DEPARTMENTS.find_iter(words).last().is_some_and(|found| found.end() == words.len());
    let list = names::split(text, start..end, bodies);
    let shared = departments || shares_department(text, &list.names, bodies);
    let beside_body = list.names.iter().any(|name| bodies.is_named(&text[name.clone()]));
    let all_fit = list.names.iter().all(|name| {
        let name = &text[name.clone()];
        bodies.is_public(name)
            || bodies.is_unit_of_issuer(name)
            || (shared && is_field(name))
            // 市科委、某区牵头: the district's government.
            || (beside_body && bodies.is_place(name))
    });
    (!list.names.is_empty() && all_fit).then_some(list)
}

/// Takes off a bracket that says who is meant: 各区政务服务局(包括经济技术开发区,下同).
fn without_remark(words: &str) -> &str {
    let Some((name, remark)) = words.strip_suffix(')').and_then(|inner| inner.rsplit_once('('))
    else {
        return words;
    };
    let explains = ["包括", "含", "以下简称", "以下统称"];
    if explains.iter().any(|word| remark.starts_with(word)) { name } else { words }
}

/// Returns where the subject begins, behind what may open a clause before it.
fn behind_openers(text: &str, range: Range<usize>, bodies: &Bodies<'_>) -> usize {
    const OPENERS: [&str; 14] = [
        "请",
        "并",
        "同时",
        "原则上",
        "具体",
        "其中",
        "日常工作",
        "具体工作",
        "要",
        "及",
        "即",
        "再",
        "授权",
        "委托",
    ];
    /// What makes the body it names: 成立省级协调小组,负责….
    const FOUNDING: [&str; 4] = ["成立", "组建", "设立", "建立"];
    let mut start = range.start;
    // **第二十条** and 【管理部门职责】 are headings that stand in the line.
    for (open, close) in [("**", "**"), ("【", "】")] {
        let words = &text[start..range.end];
        if let Some(rest) = words.strip_prefix(open)
            && let Some(end) = rest.find(close)
        {
            start += open.len() + end + close.len();
        }
    }
    if let Some(entry) = LIST_ENTRY.find(&text[start..range.end]) {
        start += entry.end();
    }
    for opener in OPENERS {
        let words = &text[start..range.end];
        if words.starts_with(opener) && words.len() > opener.len() && !words.starts_with("及时") {
            start += opener.len();
        }
    }
    let words = &text[start..range.end];
    if let Some(founding) = FOUNDING.iter().find(|word| words.starts_with(**word))
        && bodies.is_body(&words[founding.len()..])
    {
        return start + founding.len();
    }
    // A heading and a blank may stand before it: …业务 各级税务机关.
    if let Some(at) = words.find('各')
        && words[..at].chars().count() > MAX_PLACE_CHARS
        && !words[..at].ends_with([
            '、', '和', '及', '与', '由', '方', '上', '域', '国', '省', '市', '县', '区', '州',
            '院',
        ])
        && !bodies.is_body(&words[..at])
    {
        return start + at;
    }
    start
}

/// What stands before 各 in one name is no longer: 长江流域各级, 宁夏回族自治区各.
const MAX_PLACE_CHARS: usize = 8;

/// Takes off the words between a subject and its verb.
pub(super) fn without_modals(words: &str) -> &str {
    const MODALS: [&str; 16] = [
        "应当", "应该", "必须", "可以", "及时", "抓紧", "定期", "一并", "将", "须", "需", "也",
        "均", "都", "要", "应",
    ];
    let mut rest = words;
    for _ in 0..3 {
        let Some(shorter) = MODALS.iter().find_map(|modal| rest.strip_suffix(modal)) else { break };
        rest = shorter;
    }
    rest
}

/// Returns whether the last of several names is a department, of which the
/// others are fields: 国务院自然资源、水行政、住房城乡建设主管部门.
pub(super) fn shares_department(text: &str, names: &[Range<usize>], bodies: &Bodies<'_>) -> bool {
    let [.., before, last] = names else { return false };
    let last = &text[last.clone()];
    last.ends_with("部门")
        && text[before.clone()].chars().count() > 1
        && is_field(last.trim_end_matches("部门"))
        && bodies.is_public(last)
}

/// Reads the words behind 会同 or 送 as bodies, up to where other words begin.
pub(super) fn objects(text: &str, range: Range<usize>, bodies: &Bodies<'_>) -> NameList {
    let words = &text[range.clone()];
    let words =
        &words[..words.char_indices().nth(MAX_LIST_LEN / 3).map_or(words.len(), |(at, _)| at)];
    if let Some(found) = AND_DEPARTMENTS.find(words) {
        let list = names::split(text, range.start..range.start + found.end(), bodies);
        let fits = |name: &Range<usize>| {
            let name = &text[name.clone()];
            is_field(name) || bodies.is_public(name)
        };
        if !list.names.is_empty() && list.names.iter().all(fits) {
            return list;
        }
    }
    let mut end = range.start;
    // Fields of government and level words wait for the department or the
    // government at the list's end; without one they are no bodies.
    let mut waiting = false;
    for piece in names::top_level(text, range.start..range.start + words.len(), |mark| mark == '、')
    {
        let whole = &text[piece.clone()];
        let leading = leading_body(whole, end > range.start, bodies);
        if leading == Some(whole.len()) || is_office(whole) || bodies.is_place(whole) {
            end = piece.end;
            waiting = false;
            continue;
        }
        // 教育、财政部门|审核: the department that the fields wait for, and a verb.
        if let Some(len) = leading.filter(|len| waiting && ends_list(&whole[..*len])) {
            end = piece.start + len;
            break;
        }
        if names::is_level(whole) || (is_field(whole) && !goes_on_behind(whole, leading)) {
            if !waiting && let Some(len) = leading {
                end = piece.start + len;
            }
            waiting = true;
            continue;
        }
        if let Some(len) = leading
            && (!waiting || ends_list(&whole[..len]))
        {
            end = piece.start + len;
        }
        break;
    }
    let list = names::split(text, range.start..end, bodies);
    let shared = shares_department(text, &list.names, bodies);
    let beside_body = list.names.iter().any(|name| bodies.is_named(&text[name.clone()]));
    let fits = |name: &Range<usize>| {
        let name = &text[name.clone()];
        bodies.is_public(name)
            || bodies.is_unit_of_issuer(name)
            // 会同某新区、某区和某地区管委会: the districts' governments.
            || beside_body && bodies.is_place(name)
            || is_office(name)
            || name == "政府"
            || (shared && is_field(name))
            || ENTERPRISE.find(name).is_some_and(|found| found.end() == name.len())
    };
    if !list.names.iter().all(fits) {
        return NameList::default();
    }
    // 会同省财政厅、主管部门等单位,加强…: others follow, and the clause goes on.
    let others = || OTHERS_BEHIND.is_match(&text[end..range.end]);
    NameList { open_ended: list.open_ended || !list.names.is_empty() && others(), ..list }
}

/// Returns whether a name may stand at the end of a list of fields or levels.
fn ends_list(name: &str) -> bool {
    ["部门", "机关", "机构", "政府"].iter().any(|end| name.ends_with(end))
}

/// Returns whether a body's name stands at the start and a verb behind it.
fn goes_on_behind(words: &str, leading: Option<usize>) -> bool {
    leading.is_some_and(|len| goes_on(&words[..len], &words[len..]))
}

/// Returns whether what stands behind a body's name goes on with a verb.
fn goes_on(name: &str, rest: &str) -> bool {
    let of_committee =
        ["省委", "市委", "区委", "县委", "州委", "旗委", "党委", "工委", "团委", "纪委"];
    let is_department = name
        .ends_with(['门', '关', '构', '位', '面', '局', '厅', '部', '办', '委', '会'])
        && !of_committee.iter().any(|word| name.ends_with(word));
    GOES_ON.is_match(rest) || (is_department && DEPARTMENT_GOES_ON.is_match(rest))
}

/// Returns the length of the body's name a text opens with: up to where a verb
/// goes on, otherwise the longest. Behind another name a bare 政府 is one:
/// 各级党委、政府.
fn leading_body(text: &str, follows: bool, bodies: &Bodies<'_>) -> Option<usize> {
    if let Some(len) = described_len(text) {
        return Some(len);
    }
    let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    let mut longest = None;
    for end in ends.skip(2).take(MAX_OBJECT_CHARS) {
        let name = &text[..end];
        if is_balanced(name) && bodies.is_public(name) {
            longest = Some(end);
            if goes_on(name, &text[end..]) {
                break;
            }
        }
    }
    longest
        .or_else(|| (follows && text.starts_with("政府")).then_some("政府".len()))
        .or_else(|| ENTERPRISE.find(text).map(|found| found.end()))
}

/// An enterprise with which an authority does something: 会同电网企业提前落实选址.
static ENTERPRISE: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        "^(?:中国[^、,。的各和与]{2,14}?(?:总公司|集团公司|有限公司|公司)|(?:电网|供电|供水|供气|供热|铁路运输|通信|电信|电力|燃气)(?:企业|公司)|中国铁塔)",
    )
});

fn is_balanced(name: &str) -> bool {
    name.chars().filter(|mark| is_opening(*mark)).count()
        == name.chars().filter(|mark| is_closing(*mark)).count()
}

/// Returns whether a whole item of a list behind 会同 has the form of an office
/// of this place: 人劳局.
fn is_office(name: &str) -> bool {
    name.ends_with(['局', '厅', '委', '办'])
        && (2..=8).contains(&name.chars().count())
        && !is_clause(name)
}

/// Finds the subject of a clause that has none of its own in the clauses
/// before it, over those that are adverbial or have none either:
/// 司法部要加强指导,完善制度,会同有关部门进行检查. What does something with others is no
/// mechanism: 建立发布机制,会同高校发布清单.
pub(super) fn earlier_subject(
    text: &str,
    before: &[Range<usize>],
    verb: &Verb,
    bodies: &Bodies<'_>,
) -> Option<(usize, NameList)> {
    let acts = verb.deed == Deed::With;
    for clause in before.iter().rev().take(MAX_CLAUSES_BACK) {
        let words = &text[clause.clone()];
        if ADVERBIAL.is_match(words) {
            continue;
        }
        // 市工业和信息化局作为牵头单位,负责…: 作为 says only as what.
        let end = [
            "依照",
            "按照",
            "根据",
            "依据",
            "在",
            "作为",
            "接到",
            "收到",
            "按季",
            "按月",
            "每季度",
            "每月",
            "定期",
        ]
        .iter()
        .filter_map(|word| words.find(word))
        .chain(
            IS_IN_CHARGE
                .captures(words)
                .and_then(|found| Some(found.name("is").or_else(|| found.name("as"))?.start())),
        )
        .min()
        .unwrap_or(words.len());
        // 建立信息共享、定期会商机制 founds ways of working, and no body.
        let is_way = |what: &str| what.ends_with("机制") && (acts || what.contains('、'));
        let founded = FOUNDED.captures(words).and_then(|found| found.name("what"));
        if let Some(founded) = founded.filter(|what| !is_way(what.as_str())) {
            let what = clause.start + founded.start()..clause.start + founded.end();
            // What the clause founds is a body, whatever its name.
            let list = subject(text, what.clone(), bodies)
                .unwrap_or_else(|| NameList { names: vec![what], ..NameList::default() });
            return Some((clause.start, list));
        }
        // 水利部门|应加强规划,在开发利用水资源时,会同有关部门做好….
        let before_modal = || {
            if !acts {
                return None;
            }
            let modals = ["应当", "必须", "应", "要"];
            let modal = modals.iter().filter_map(|modal| words.find(modal)).min()?;
            subject(text, clause.start..clause.start + modal, bodies)
        };
        // 市数据局统一发布公告,并会同各区组织实施: a body whose name a verb follows.
        let opening_body = || {
            let says = ["会同", "负责", "牵头"].contains(&&text[verb.label.clone()]);
            if !says || words.ends_with(['的', ')', '构']) {
                return None;
            }
            let len = leading_body(words, false, bodies)?;
            let name = &words[..len];
            let is_subject = bodies.is_named(name) && goes_on(name, &words[len..]);
            is_subject.then(|| names::split(text, clause.start..clause.start + len, bodies))
        };
        let list = subject(text, clause.start..clause.start + end, bodies)
            .or_else(|| mention::acting(text, clause, bodies))
            .or_else(before_modal)
            .or_else(opening_body);
        if let Some(list) = list {
            return Some((clause.start, list));
        }
        if !mention::opens_with_deed(words) {
            return None;
        }
    }
    None
}

/// Returns the words before an adverbial that stands between a subject and its verb:
/// 国务院教育行政部门|依照职业标准|牵头组织….
pub(super) fn before_adverbial(text: &str, range: &Range<usize>) -> Option<Range<usize>> {
    let words = &text[range.clone()];
    let openings = ["依照", "按照", "根据", "依据", "结合", "代表"];
    let at = openings.iter().filter_map(|word| words.find(word)).min()?;
    // 按照“谁主管谁负责”的原则 says who in a maxim, 单独或者牵头 only perhaps.
    let between = &words[at..];
    let tells = !between.contains('“') && !between.ends_with("或者");
    (at > 0 && tells).then(|| range.start..range.start + at)
}

/// Returns the words before what a body answers for: 地方人民政府|对本行政区域环境质量|负责. Whom
/// it answers to, and what it vouches for, are none.
pub(super) fn before_charge(text: &str, range: &Range<usize>) -> Option<Range<usize>> {
    static VOUCHED: LazyLock<WordSet> = LazyLock::new(|| {
        WordSet::parse(
            "真实|准确|完整性|合法性|合规性|及时性|有效性|可靠性|内容|上级|本级|人民代表大会|国务院|全体|后果",
        )
    });
    let words = without_modals(&text[range.clone()]);
    let (who, what) = words.rsplit_once('对')?;
    let is_charge =
        what.chars().count() >= 3 && !VOUCHED.is_in(what) && !what.contains(['、', ',']);
    is_charge.then(|| range.start..range.start + who.len())
}

/// Returns whether words are an adverbial between a subject and its verb.
pub(super) fn is_adverbial(words: &str) -> bool {
    ADVERBIAL.is_match(words)
}

/// The longest field of government, in characters: 人力资源和社会保障.
const LONGEST_FIELD: usize = 9;

/// Returns whether a name may be a field of government: 发展改革, 市场监管(知识产权),
/// 国务院公安.
pub(super) fn is_field(name: &str) -> bool {
    let field = WHOSE.find(name).map_or(name, |whose| &name[whose.end()..]);
    let field = if field.is_empty() { name } else { field };
    let mut depth = 0usize;
    let mut n_chars = 0;
    for mark in field.chars() {
        if is_opening(mark) {
            depth += 1;
        } else if is_closing(mark) {
            depth = depth.saturating_sub(1);
        } else if depth == 0 {
            n_chars += 1;
        }
    }
    (2..=LONGEST_FIELD).contains(&n_chars)
        && !name.contains("所在")
        && !is_clause(name)
        && !is_other_party(name)
}
