//! Duties below a title that names a body: 市教育局：负责…，配合…; 2.派出所。牵头….
//!
//! The title is the subject of every clause that opens with a verb of charge.
//! Of each role the first clause is taken: the rest tells more of the same.

use std::ops::Range;
use std::sync::LazyLock;

use gangmu_model::{AssignmentForm, Role};
use regex::Regex;

use super::bodies::{Bodies, is_other_party};
use super::names::{self, NameList};
use super::subject::objects;
use super::verb::{self, Deed, Verb};
use super::{RawAssignment, TRIGGER};
use crate::furniture::is_longer_than;

/// Reads the duties that the text behind a title gives to the bodies it names.
///
/// `words` holds the title at `title` and the text at `text`; what comes out are ranges in it.
pub(crate) fn read_titled(
    words: &str,
    title: Range<usize>,
    text: Range<usize>,
    bodies: &Bodies<'_>,
) -> Vec<RawAssignment> {
    let mut groups: Vec<RawAssignment> = Vec::new();
    if !TRIGGER.is_in(&words[text.clone()]) {
        return groups;
    }
    let Some(list) = titled_bodies(words, title.clone(), bodies) else { return groups };
    // The first clause is quoted with its subject, where only a mark parts them.
    let joined = words[title.end..text.start].chars().nth(1).is_none();
    let first = text.start;
    let mut take = |role, label: Range<usize>, list: NameList, clause: &Range<usize>| {
        if !list.names.is_empty() && groups.iter().all(|group| group.role != role) {
            groups.push(RawAssignment {
                role,
                label: Some(label),
                agencies: list.names,
                open_ended: list.open_ended,
                form: AssignmentForm::Inline,
                text: if joined && clause.start == first {
                    title.start..clause.end
                } else {
                    clause.clone()
                },
            });
        }
    };
    let marks = |mark| matches!(mark, ',' | '。' | ';' | '!' | ':');
    for clause in names::top_level(words, text, marks) {
        let clause = behind_number(words, clause);
        let Some(verb) = verb::find(words, clause.clone()).into_iter().next() else { continue };
        if !opens(words, &clause, &verb) {
            continue;
        }
        match verb.deed {
            Deed::Has(Role::Support) if words[verb.label.clone()] != *"配合" => {}
            Deed::Has(role) => take(role, verb.label, list.clone(), &clause),
            Deed::With => {
                let with = objects(words, verb.range.end..clause.end, bodies);
                if !with.names.is_empty() {
                    take(Role::Lead, verb.label.clone(), list.clone(), &clause);
                    take(Role::Support, verb.label, with, &clause);
                }
            }
        }
    }
    groups
}

/// The bodies that a title names, where it names nothing else: 市教育局, 派出所, 市委宣传部职责.
fn titled_bodies(words: &str, title: Range<usize>, bodies: &Bodies<'_>) -> Option<NameList> {
    const LONGEST: usize = 40;
    /// A name that no list has is one by how it ends, if it is no longer: 服务办, 居委会.
    const LONGEST_NAME: usize = 10;
    let named = &words[title.clone()];
    let named = ["主要职责", "工作职责", "职责", "的"]
        .iter()
        .fold(named, |named, word| named.strip_suffix(word).unwrap_or(named));
    // 成立联合采购办公室 founds the body, 健全工作机构 and 强化部门责任 name none.
    let strip = |verb: &&str| named.strip_prefix(*verb);
    let founded = FOUNDING.iter().find_map(strip);
    let is_founded = founded.is_some_and(|body| body.ends_with(['组', '班']));
    let founded = founded.unwrap_or(named);
    let end = title.start + named.len();
    if founded.is_empty()
        || is_longer_than(founded, LONGEST)
        || DEEDS.iter().any(|deed| founded.starts_with(deed))
        || KINDS.iter().any(|kind| founded.ends_with(kind))
    {
        return None;
    }
    let list = names::split(words, end - founded.len()..end, bodies);
    let is_body = |name: &Range<usize>| {
        let name = &words[name.clone()];
        let short = || !is_longer_than(name, LONGEST_NAME) && !is_other_party(name);
        bodies.is_public(name)
            || is_founded
            || bodies.is_unit(name)
            || bodies.is_institution(name)
            || short() && bodies.is_body_beside_others(name)
    };
    (!list.names.is_empty() && list.names.iter().all(is_body)).then_some(list)
}

/// What makes the body that a title names.
const FOUNDING: [&str; 4] = ["成立", "组建", "设立", "建立"];

/// How titles begin that name a task, whatever they end in.
const DEEDS: [&str; 8] = ["健全", "完善", "加强", "强化", "明确", "落实", "压实", "发挥"];

/// Titles over lists of bodies, each with duties of its own.
const KINDS: [&str; 4] = ["成员单位", "指挥机构", "组织机构", "领导机构"];

/// Drops a number that a clause opens with: (1)负责….
fn behind_number(words: &str, clause: Range<usize>) -> Range<usize> {
    let marker = crate::marker::recognise(&words[clause.clone()]);
    clause.start + marker.map_or(0, |marker| marker.len)..clause.end
}

/// 负责应急处置的人民政府: whoever does it is told by it.
static DESCRIBED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("^[^,的]{0,24}的[^,的]{0,8}(?:部门|单位|机构|机关|政府|人员|企业|个人)")
        .expect("the pattern is constant")
});

/// Whether a clause opens with its verb: 具体|负责…, 并|配合…; no 负责人, and nothing that is
/// done 由 others.
fn opens(words: &str, clause: &Range<usize>, verb: &Verb) -> bool {
    const BEFORE: [&str; 8] = ["", "具体", "主要", "并", "同时", "总体", "全面", "要"];
    BEFORE.contains(&words[clause.start..verb.range.start].trim())
        && !DESCRIBED.is_match(&words[verb.range.end..clause.end])
        && verb.range.end < clause.end
}
