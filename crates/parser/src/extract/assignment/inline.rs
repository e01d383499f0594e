//! Duties in running text: 考核工作由…牵头组织; 国家数据主管部门会同相关部门,加强…;
//! 国务院公安部门负责….
//!
//! Bodies count only where they are the clause's subject (or stand behind
//! 由), and only bodies: 支持企业、科研院所等牵头组建… assigns nothing.

use std::ops::Range;
use std::sync::LazyLock;

use gangmu_model::{AssignmentForm, Role};
use regex::Regex;

use super::bodies::{Bodies, is_clause};
use super::bracket::{is_closing, is_opening};
use super::names::{self, NameList};
use super::verb::{self, Deed, Verb};
use super::{RawAssignment, mention};

/// A duty of one clause, before the extent of its text is known.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Duty {
    pub(super) groups: Vec<DutyGroup>,
    /// Where its text begins.
    pub(super) start: usize,
    /// Whether the clauses that follow go on with the same subject.
    pub(super) extends: bool,
    /// Whether the next clause belongs to it, although it is another duty's too.
    pub(super) extends_over_next: bool,
    /// Whether it only receives (书面送省生态环境厅), so that the text of the
    /// duty before goes on through it.
    pub(super) transparent: bool,
}

/// The bodies of a duty that share a role.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct DutyGroup {
    pub(super) role: Role,
    pub(super) label: Option<Range<usize>>,
    pub(super) list: NameList,
}

/// Without one of these a sentence holds no duty.
static TRIGGER: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        "牵头|会同|负责|配合|参与|责任|作用|各[级市地县区有相]|有关部门|相关部门|政府|[送报向]|领导|[省市县]直",
    )
});

/// What must not follow a verb: 牵头起草了 tells the past, 负责的 an attribute.
static NO_DUTY: LazyLock<Regex> = LazyLock::new(|| compile("^(?:[^的,、]{0,4}了|[的人制者])"));

/// 由, but not the one of 自由贸易试验区.
static BY: LazyLock<Regex> = LazyLock::new(|| compile("(?:^|[^自])由"));

/// 建立经信部门牵头,…共同参与的协同工作机制.
static MECHANISM: LazyLock<Regex> =
    LazyLock::new(|| compile("^(?:建立健全|健全完善|建立|健全|完善|形成|构建|组建|成立)"));

/// What may stand between a subject and the clause with its verb:
/// 国务院有关部门依照本法规定,在各自职责范围内,负责….
static ADVERBIAL: LazyLock<Regex> = LazyLock::new(|| compile("^(?:依照|按照|根据|依据|在|依法)"));

/// 等有关部门 with more text behind it, at the end of a list of fields.
static AND_DEPARTMENTS: LazyLock<Regex> =
    LazyLock::new(|| compile("等(?:各?有关|各?相关|多|多个)?(?:职能|主管|行业)?部门(?:和单位)?"));

/// No list of subjects is longer, in bytes.
const MAX_LIST_LEN: usize = 600;

/// No name that other words follow is longer, in characters.
const MAX_OBJECT_CHARS: usize = 32;

fn compile(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is constant")
}

/// Adds the duties of a paragraph's running text, outside the ranges taken.
pub(super) fn find(
    text: &str,
    taken: &[Range<usize>],
    bodies: &Bodies<'_>,
    groups: &mut Vec<RawAssignment>,
) {
    let mut start = 0;
    let gaps = taken.iter().map(|range| (range.start, range.end));
    for (end, behind) in gaps.chain([(text.len(), text.len())]) {
        let mut sentence_start = start;
        for sentence in text[start..end].split_inclusive(['。', ';', '!', '?']) {
            let sentence_end = sentence_start + sentence.len();
            if TRIGGER.is_match(sentence) {
                let words = sentence.trim_end_matches(['。', ';', '!', '?']);
                read_sentence(text, sentence_start..sentence_start + words.len(), bodies, groups);
            }
            sentence_start = sentence_end;
        }
        start = behind;
    }
}

fn read_sentence(
    text: &str,
    sentence: Range<usize>,
    bodies: &Bodies<'_>,
    groups: &mut Vec<RawAssignment>,
) {
    let clauses = names::top_level(text, sentence, |mark| matches!(mark, ',' | ':'));
    let mut duties: Vec<(usize, Duty)> = Vec::new();
    for (index, clause) in clauses.iter().enumerate() {
        let before = duties.last_mut().filter(|(at, _)| index - at <= 2).map(|(_, duty)| duty);
        if joins(text, clause, before, bodies) {
            continue;
        }
        if let Some(duty) = role_duty(text, &clauses, index, bodies) {
            duties.push((index, duty));
            continue;
        }
        let before = duties.last().filter(|(at, _)| at + 1 == index).map(|(_, duty)| duty);
        for duty in mention::read(text, &clauses, index, before, bodies) {
            duties.push((index, duty));
        }
    }
    for (at, (index, duty)) in duties.iter().enumerate() {
        let last = last_clause(text, &clauses, *index, duty, &duties[at + 1..]);
        let range = duty.start..clauses[last].end;
        for group in &duty.groups {
            groups.push(RawAssignment {
                role: group.role,
                label: group.label.clone(),
                agencies: group.list.names.clone(),
                open_ended: group.list.open_ended,
                form: AssignmentForm::Inline,
                text: range.clone(),
            });
        }
    }
}

/// Returns the last clause that belongs to a duty.
fn last_clause(
    text: &str,
    clauses: &[Range<usize>],
    index: usize,
    duty: &Duty,
    later: &[(usize, Duty)],
) -> usize {
    let mut last = index;
    // Bodies that joined from a later clause are part of the duty's text.
    let names = duty.groups.iter().flat_map(|group| &group.list.names);
    let joined_to = names.map(|name| name.end).max().unwrap_or(0);
    while last + 1 < clauses.len() && clauses[last].end < joined_to {
        last += 1;
    }
    if duty.extends_over_next && last + 1 < clauses.len() {
        return last + 1;
    }
    while duty.extends && last + 1 < clauses.len() {
        let next = last + 1;
        let taken = later.iter().any(|(at, other)| *at == next && !other.transparent);
        if taken || text[clauses[next].clone()].starts_with('由') {
            break;
        }
        last = next;
    }
    last
}

/// Adds what a clause says of the duty before it: `会同人劳局组成项目验收组`,
/// `发展改革、教育等有关部门共同参与` behind `经信部门牵头`.
fn joins(text: &str, clause: &Range<usize>, duty: Option<&mut Duty>, bodies: &Bodies<'_>) -> bool {
    let Some(duty) = duty else { return false };
    if !duty.groups.iter().any(|group| matches!(group.role, Role::Lead | Role::Responsible)) {
        return false;
    }
    let verbs = verb::find(text, clause.clone());
    let Some(verb) = verbs.first() else { return false };
    let (list, role) = match verb.deed {
        Deed::With if verb.range.start == clause.start => {
            (objects(text, verb.range.end..clause.end, bodies), Role::Support)
        }
        Deed::Has(Role::Support) => {
            let Some(list) = subject(text, clause.start..verb.range.start, bodies) else {
                return false;
            };
            (list, Role::Support)
        }
        _ => return false,
    };
    if list.names.is_empty() {
        return false;
    }
    duty.groups.push(DutyGroup { role, label: Some(verb.label.clone()), list });
    true
}

/// Reads a clause whose subject has a role by its verb.
fn role_duty(
    text: &str,
    clauses: &[Range<usize>],
    index: usize,
    bodies: &Bodies<'_>,
) -> Option<Duty> {
    let clause = clauses[index].clone();
    let verbs = verb::find(text, clause.clone());
    let verb = verbs.first()?;
    if !is_duty(text, &clause, verb) {
        return None;
    }
    let before = &text[clause.start..verb.range.start];
    // 由 before the bodies, or 建立 before the mechanism they lead.
    let by = BY
        .find_iter(before)
        .last()
        .or_else(|| MECHANISM.find(before).filter(|_| verb.deed == Deed::Has(Role::Lead)))
        .map(|by| clause.start + by.end());
    let mut start = clause.start;
    let list = if let Some(by) = by {
        subject(text, by..verb.range.start, bodies)?
    } else if before.is_empty() || ADVERBIAL.is_match(before) {
        let (from, list) = earlier_subject(text, &clauses[..index], bodies)?;
        start = from;
        list
    } else {
        subject(text, clause.start..verb.range.start, bodies)?
    };
    let attributive = text[verb.range.end..clause.end].starts_with('的');
    if attributive && !(by.is_some() && verb.deed == Deed::Has(Role::Lead)) {
        return None;
    }
    let mut groups = Vec::new();
    match verb.deed {
        Deed::With => {
            let with = objects(text, verb.range.end..clause.end, bodies);
            groups.push(DutyGroup { role: Role::Lead, label: None, list });
            groups.push(DutyGroup {
                role: Role::Support,
                label: Some(verb.label.clone()),
                list: with,
            });
        }
        Deed::Has(role @ (Role::Lead | Role::Responsible | Role::Joint)) => {
            let leads = text[verb.range.clone()].contains("牵头");
            let role = if leads { Role::Lead } else { role };
            groups.push(DutyGroup { role, label: Some(verb.label.clone()), list });
            if let Some(next) = verbs.get(1) {
                let list = match next.deed {
                    Deed::With => Some(objects(text, next.range.end..clause.end, bodies)),
                    Deed::Has(Role::Support) => {
                        let between = &text[verb.range.end..next.range.start];
                        let start = next.range.start - between.trim_start_matches('、').len();
                        subject(text, start..next.range.start, bodies)
                    }
                    Deed::Has(_) => None,
                };
                if let Some(list) = list {
                    let label = Some(next.label.clone());
                    groups.push(DutyGroup { role: Role::Support, label, list });
                }
            }
        }
        Deed::Has(_) => return None,
    }
    groups.retain(|group| !group.list.names.is_empty());
    Some(Duty {
        groups,
        start,
        extends: by.is_none(),
        extends_over_next: false,
        transparent: false,
    })
}

/// Returns whether a verb in a clause lays a duty on its subject: not the
/// past (牵头起草了), an attribute (负责的主管人员), an answer for something
/// (对真实性负责), nor 按职责分工 with another verb than 负责.
fn is_duty(text: &str, clause: &Range<usize>, verb: &Verb) -> bool {
    let behind = &text[verb.range.end..clause.end];
    if behind.starts_with('的') {
        // 由农业农村部牵头的协调推进机制 is read further by the caller.
        return verb.deed == Deed::Has(Role::Lead);
    }
    if NO_DUTY.is_match(behind) {
        return false;
    }
    verb.deed != Deed::Has(Role::Joint) || text[verb.range.clone()].contains("负责")
}

/// Reads the words before a verb as its subject: bodies and nothing else, or
/// fields of government that 等有关部门 makes bodies.
pub(super) fn subject(text: &str, range: Range<usize>, bodies: &Bodies<'_>) -> Option<NameList> {
    /// What may open a clause before its subject.
    const OPENERS: [&str; 10] =
        ["请", "并", "同时", "原则上", "具体", "其中", "日常工作", "具体工作", "要", "及"];
    let mut start = range.start;
    for opener in OPENERS {
        if text[start..range.end].starts_with(opener) && start + opener.len() < range.end {
            start += opener.len();
        }
    }
    let words = text[start..range.end].trim_end_matches(['将', '须', '需', '也', '均', '都', '已']);
    if words.is_empty() || words.len() > MAX_LIST_LEN {
        return None;
    }
    let end = start + words.len();
    let departments =
        AND_DEPARTMENTS.find_iter(words).last().is_some_and(|found| found.end() == words.len());
    let list = names::split(text, start..end, bodies);
    let all_fit = list.names.iter().all(|name| {
        let name = &text[name.clone()];
        bodies.is_public(name) || (departments && is_field(name))
    });
    (!list.names.is_empty() && all_fit).then_some(list)
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
    for piece in names::top_level(text, range.start..range.start + words.len(), |mark| mark == '、')
    {
        let whole = &text[piece.clone()];
        if bodies.is_public(whole) || is_office(whole) {
            end = piece.end;
            continue;
        }
        if let Some(len) = longest_body(whole, end > range.start, bodies) {
            end = piece.start + len;
        }
        break;
    }
    names::split(text, range.start..end, bodies)
}

/// Returns the length of the longest body's name a text opens with. Behind
/// another name a bare 政府 is one: 各级党委、政府.
fn longest_body(text: &str, follows: bool, bodies: &Bodies<'_>) -> Option<usize> {
    let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    let longest =
        ends.skip(2).take(MAX_OBJECT_CHARS).filter(|end| bodies.is_public(&text[..*end])).last();
    longest.or_else(|| (follows && text.starts_with("政府")).then_some("政府".len()))
}

/// Returns whether a whole item of a list behind 会同 has the form of an office
/// of this place: 人劳局.
fn is_office(name: &str) -> bool {
    name.ends_with(['局', '厅', '委', '办'])
        && (2..=8).contains(&name.chars().count())
        && !is_clause(name)
}

/// Finds the subject of a clause that has none of its own in the clauses
/// before it, over at most two that are adverbial.
fn earlier_subject(
    text: &str,
    before: &[Range<usize>],
    bodies: &Bodies<'_>,
) -> Option<(usize, NameList)> {
    for clause in before.iter().rev().take(3) {
        let words = &text[clause.clone()];
        if ADVERBIAL.is_match(words) {
            continue;
        }
        let end = ["依照", "按照", "根据", "在"]
            .iter()
            .filter_map(|word| words.find(word))
            .min()
            .unwrap_or(words.len());
        let list = subject(text, clause.start..clause.start + end, bodies)?;
        return Some((clause.start, list));
    }
    None
}

/// Returns whether a name may be a field of government: 发展改革, 市场监管(知识产权).
fn is_field(name: &str) -> bool {
    let mut depth = 0usize;
    let mut n_chars = 0;
    for mark in name.chars() {
        if is_opening(mark) {
            depth += 1;
        } else if is_closing(mark) {
            depth = depth.saturating_sub(1);
        } else if depth == 0 {
            n_chars += 1;
        }
    }
    (2..=8).contains(&n_chars) && !is_clause(name)
}
