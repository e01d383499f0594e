//! Duties in running text: 考核工作由…牵头组织; 国家数据主管部门会同相关部门,加强…;
//! 国务院公安部门负责….
//!
//! Bodies count only where they are the clause's subject (or stand behind
//! 由), and only bodies: 支持企业、科研院所等牵头组建… assigns nothing.

use std::ops::Range;
use std::sync::LazyLock;

use gangmu_model::{AssignmentForm, Role};
use regex::Regex;

use super::bodies::Bodies;
use super::names::{self, NameList};
use super::subject::{
    before_adverbial, before_charge, earlier_subject, is_adverbial, objects, subject,
    without_modals,
};
use super::verb::{self, Deed, Verb};
use super::{RawAssignment, mention};
use crate::furniture::is_longer_than;
use crate::marks::marks;
use crate::word_set::WordSet;

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
static TRIGGER: LazyLock<WordSet> = LazyLock::new(|| {
    WordSet::parse(concat!(
        "牵头|会同|商|主管|负责|负总责|负主责|配合|职责|参与|责任|作用|各级|各市|各地|各县|各区|各有|各相|",
        "有关部门|相关部门|政府|送|报|向|领导|省直|市直|县直",
    ))
});

/// What must not follow a verb: 牵头起草了 tells the past, 负责的 an attribute.
static NO_DUTY: LazyLock<Regex> = LazyLock::new(|| {
    compile("^(?:[^的,、]{0,8}了(?:[^解]|$)|[的者]|制(?:[^定造发作订]|$)|人(?:[^力民社才]|$))")
});

/// What must not follow the bodies behind 会同: 研究提出了办理意见 tells the past,
/// 制定的 makes the clause an attribute.
static NO_DEED: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        "^(?:[^,的《]{0,16}了(?:[^解]|$)|[^,。《]{0,60}(?:制定|起草|提出|编制|印发|出台)了|(?:联合|共同|另行|依法|统一)*(?:规定|制定|制订|确定|公布|发布|认定|上报|报送|组织|印发|批准|核定|划定|下达|编制|提出|开展|举办|拟订|拟定)(?:并?(?:公布|发布|实施))?的)",
    )
});

/// How a clause tells what was found, before a colon: 研究提出如下意见.
static FOUND: LazyLock<Regex> = LazyLock::new(|| {
    compile("(?:提出|认为|报告)(?:以下|如下)?(?:[^,的]{0,6}(?:意见|建议|方案|措施))?(?:如下)?$")
});

/// What tells the past of the sentence behind it.
static PAST: LazyLock<Regex> = LazyLock::new(|| {
    compile("去年|近年来|年以来|年来,|一直以来|长期以来|(?:^|,)(?:近日|日前|此前|前期)|先后[会由]")
});

/// One of these stands in whatever [`PAST`] finds.
static PAST_WORDS: LazyLock<WordSet> = LazyLock::new(|| {
    WordSet::parse("去年|近年来|年以来|年来,|一直以来|长期以来|近日|日前|此前|前期|先后")
});

/// 由, but not the one of 自由贸易试验区.
static BY: LazyLock<Regex> = LazyLock::new(|| compile("(?:^|[^自])由"));

/// 经生态环境部会同有关部门评审通过: who decides.
const THROUGH: char = '经';

/// 建立经信部门牵头,…共同参与的协同工作机制.
static MECHANISM: LazyLock<Regex> = LazyLock::new(|| {
    compile("(?:^|要|应当|应|须)(?:建立健全|健全完善|建立|健全|完善|形成|构建|组建|成立)")
});

/// How far behind a duty a clause may stand that goes on with its subject.
const MAX_CLAUSES_BETWEEN: usize = 6;

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
        let stops = marks(&text[start..end])
            .filter(|(_, mark)| matches!(mark, '。' | ';' | '!' | '?'))
            .map(|(at, mark)| (start + at, start + at + mark.len_utf8()));
        let mut sentence_start = start;
        for (sentence_end, next) in stops.chain([(end, end)]) {
            let sentence = sentence_start..sentence_end;
            if TRIGGER.is_in(&text[sentence.clone()]) {
                read_sentence(text, sentence.clone(), bodies, groups);
                let mut inside = Vec::new();
                for aside in asides(text, sentence) {
                    read_sentence(text, aside, bodies, &mut inside);
                }
                groups.extend(inside.into_iter().filter(|group| group.role != Role::Mention));
            }
            sentence_start = next;
        }
        start = behind;
    }
}

/// The brackets inside a sentence that say by whom something is done there: …的实施（技工院校
/// 内由人力资源社会保障行政部门负责）.
fn asides(text: &str, sentence: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let opens = memchr::memchr_iter(b'(', text[sentence.clone()].as_bytes());
    let inside = opens.filter_map(move |at| {
        let start = sentence.start + at + 1;
        let end = start + text[start..sentence.end].find([')', '('])?;
        text[end..].starts_with(')').then_some(start..end)
    });
    inside.filter(|inside| BY.is_match(&text[inside.clone()]))
}

fn read_sentence(
    text: &str,
    sentence: Range<usize>,
    bodies: &Bodies<'_>,
    groups: &mut Vec<RawAssignment>,
) {
    let clauses = names::top_level(text, sentence.clone(), |mark| matches!(mark, ',' | ':'));
    let may_tell = PAST_WORDS.is_in(&text[sentence.clone()]);
    let past = may_tell
        .then(|| PAST.find(&text[sentence.clone()]))
        .flatten()
        .map_or(sentence.end, |past| sentence.start + past.start());
    let mut duties: Vec<(usize, Duty)> = Vec::new();
    let mut led = false;
    for (index, clause) in clauses.iter().enumerate() {
        if clause.end <= past {
            let near = |(at, duty): &&mut (usize, Duty)| {
                index - at <= if duty.extends { MAX_CLAUSES_BETWEEN } else { 2 }
            };
            let before = duties.last_mut().filter(near).map(|(_, duty)| duty);
            if joins(text, clause, before, bodies) {
                continue;
            }
            if let Some(mut duty) = role_duty(text, &clauses, index, bodies) {
                // Under a leader those who share the work are responsible.
                if led {
                    for group in duty.groups.iter_mut().filter(|group| group.role == Role::Joint) {
                        group.role = Role::Responsible;
                    }
                }
                // 市水利局要加强指导,会同…检查: the role says more than the mention.
                while duties.last().is_some_and(|(_, before)| is_mention_of(before, &duty)) {
                    duties.pop();
                }
                led |= duty
                    .groups
                    .iter()
                    .any(|group| group.role == Role::Lead && group.label.is_some());
                duties.push((index, duty));
                continue;
            }
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

/// Returns whether a duty only mentions a body in the clause that another has
/// for its subject.
fn is_mention_of(before: &Duty, duty: &Duty) -> bool {
    before.start >= duty.start && before.groups.iter().all(|group| group.role == Role::Mention)
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
        let taken = later
            .iter()
            .take_while(|(at, _)| *at <= next)
            .any(|(at, other)| *at == next && !other.transparent);
        if taken || text[clauses[next].clone()].starts_with('由') {
            break;
        }
        last = next;
    }
    last
}

/// Known bodies beside which a name that no list has is a body's too.
const FEWEST_KNOWN: usize = 4;

/// The longest such name, in characters.
const MOST_CHARS: usize = 10;

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
        Deed::With
            if ["", "并", "同时", "及时", "并及时", "可", "可以"]
                .contains(&&text[clause.start..verb.range.start]) =>
        {
            (objects(text, verb.range.end..clause.end, bodies), Role::Support)
        }
        Deed::Has(Role::Support) => {
            // 由甲委牵头,乙局、电力公司等部门共同参与: beside a leader others may help.
            let helpers = || {
                let list = names::split(text, clause.start..verb.range.start, bodies);
                let fit = |name: &&Range<usize>| bodies.is_body(&text[(*name).clone()]);
                let short = |name: &Range<usize>| !is_longer_than(&text[name.clone()], MOST_CHARS);
                let led = duty.groups.iter().any(|group| group.role == Role::Lead);
                // Among many that are known one may be of a body that no list has.
                let n_fit = list.names.iter().filter(fit).count();
                let all = n_fit == list.names.len()
                    || n_fit >= FEWEST_KNOWN && list.names.iter().all(short);
                (led && list.names.len() > 1 && all).then_some(list)
            };
            let list = subject(text, clause.start..verb.range.start, bodies).or_else(helpers);
            let Some(list) = list else { return false };
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
        let who = by..verb.range.start;
        subject(text, who.clone(), bodies)
            .or_else(|| institutions(text, &who, verb, bodies))
            .or_else(|| told_by_its_work(text, &who, verb, bodies))?
    } else if matches!(without_modals(before), "" | "并") || is_adverbial(before) {
        let (from, list) = earlier_subject(text, &clauses[..index], verb, bodies)?;
        start = from;
        list
    } else {
        let who = clause.start..verb.range.start;
        subject(text, who.clone(), bodies)
            .or_else(|| {
                let subject_words = before_adverbial(text, &who)?;
                // 分包单位按照约定对总承包单位负责 tells to whom.
                let answers = text[subject_words.end..who.end].contains(['对', '向']);
                subject(text, subject_words.clone(), bodies).or_else(|| {
                    if answers { None } else { institutions(text, &subject_words, verb, bodies) }
                })
            })
            .or_else(|| institutions(text, &who, verb, bodies))
            .or_else(|| {
                let charged = verb.deed == Deed::Has(Role::Responsible)
                    && text[verb.range.clone()].contains("负责");
                subject(text, before_charge(text, &who).filter(|_| charged)?, bodies)
            })
            .or_else(|| {
                let through = before.rfind(THROUGH).filter(|_| verb.deed == Deed::With)?;
                let who = who.start + through + THROUGH.len_utf8()..who.end;
                // 循环经济发展部门 has the character in a word.
                let in_word = text[who.clone()].starts_with(['济', '营', '办', '贸', '信']);
                if in_word { None } else { subject(text, who, bodies) }
            })?
    };
    let attributive = text[verb.range.end..clause.end].starts_with('的');
    if attributive && !(by.is_some() && verb.deed == Deed::Has(Role::Lead)) {
        return None;
    }
    let mut groups = Vec::new();
    match verb.deed {
        Deed::With => {
            let with = objects(text, verb.range.end..clause.end, bodies);
            let behind = with.names.last().map_or(verb.range.end, |last| last.end);
            if tells_of(text, behind..clause.end)
                || (with.names.is_empty() && !text[verb.label.clone()].starts_with("会同"))
            {
                return None;
            }
            groups.push(DutyGroup { role: Role::Lead, label: None, list });
            groups.push(DutyGroup {
                role: Role::Support,
                label: Some(verb.label.clone()),
                list: with,
            });
        }
        Deed::Has(role @ (Role::Lead | Role::Responsible | Role::Joint)) => {
            let leads = text[verb.range.clone()].contains("牵头");
            // 甲局、乙局按照各自职能分工,负责…: they share the work.
            let divided = role == Role::Responsible
                && list.names.len() > 1
                && index > 0
                && before.is_empty()
                && text[clauses[index - 1].clone()].ends_with("分工");
            let role = match role {
                _ if leads => Role::Lead,
                _ if divided => Role::Joint,
                role => role,
            };
            groups.push(DutyGroup { role, label: Some(verb.label.clone()), list });
            if let Some(next) = verbs.get(1) {
                let list = match next.deed {
                    Deed::With => Some(objects(text, next.range.end..clause.end, bodies)),
                    Deed::Has(Role::Support) => {
                        let between = &text[verb.range.end..next.range.start];
                        let start = next.range.start - between.trim_start_matches('、').len();
                        // 由乡镇负责、医疗机构配合: beside a body others may help.
                        let helpers = || {
                            let list = names::split(text, start..next.range.start, bodies);
                            let fit = |name: &Range<usize>| bodies.is_body(&text[name.clone()]);
                            (by.is_some() && list.names.iter().all(fit)).then_some(list)
                        };
                        subject(text, start..next.range.start, bodies).or_else(helpers)
                    }
                    Deed::Has(_) => None,
                };
                if let Some(list) = list {
                    let label = Some(next.label.clone());
                    groups.push(DutyGroup { role: Role::Support, label, list });
                }
            }
        }
        Deed::Has(Role::Support) if helps(text, &clause, verb) => {
            groups.push(DutyGroup { role: Role::Support, label: Some(verb.label.clone()), list });
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

/// Whether a clause's own subject is to help others: 地方各级财政部门要积极配合有关部门做好采购工作.
/// 各部门要密切配合 says how all work, and 参与 what anybody may.
fn helps(text: &str, clause: &Range<usize>, verb: &Verb) -> bool {
    let behind = &text[verb.range.end..clause.end];
    let own = verb.range.start > clause.start && !mention::opens_with_deed(&text[clause.clone()]);
    text[verb.label.clone()] == *"配合" && own && !behind.is_empty() && !behind.starts_with('、')
}

/// Reads the words behind 由 as a body told by what it does: 由|查处案件的粮食行政管理部门|负责.
fn told_by_its_work(
    text: &str,
    who: &Range<usize>,
    verb: &Verb,
    bodies: &Bodies<'_>,
) -> Option<NameList> {
    // 责任由其所代表的银行承担 tells who is liable.
    let words_of = &text[verb.range.clone()];
    let says = verb.deed == Deed::With
        || ["负责", "牵头", "分工"].iter().any(|word| words_of.contains(word));
    let words = without_modals(&text[who.clone()]);
    let (work, body) = words.rsplit_once('的').filter(|_| says)?;
    let is_told = !work.contains(['、', '的', '由']) && bodies.is_public(body);
    let name = who.start..who.start + words.len();
    is_told.then(|| NameList { names: vec![name], ..NameList::default() })
}

/// Reads the words before 负责 as institutions: 考核机构负责…; 用人单位、培训机构负责….
fn institutions(
    text: &str,
    who: &Range<usize>,
    verb: &Verb,
    bodies: &Bodies<'_>,
) -> Option<NameList> {
    // 承担 and 执行 say less: 民事责任由保险公司承担.
    let is_charged =
        verb.deed == Deed::Has(Role::Responsible) && text[verb.range.clone()].contains('负');
    let end = who.start + without_modals(&text[who.clone()]).len();
    let list = names::split(text, who.start..end, bodies);
    let fit = |name: &Range<usize>| bodies.is_institution(&text[name.clone()]);
    (is_charged && !list.names.is_empty() && list.names.iter().all(fit)).then_some(list)
}

/// Returns whether the words behind 会同 and its bodies tell what was done or
/// found, or make the clause an attribute.
fn tells_of(text: &str, behind: Range<usize>) -> bool {
    let words = &text[behind.clone()];
    let words = words.strip_prefix('等').unwrap_or(words);
    let words = words.trim_start_matches(['有', '关', '相', '部', '门', '单', '位']);
    NO_DEED.is_match(words) || (text[behind.end..].starts_with(':') && FOUND.is_match(words))
}

/// Returns whether a verb in a clause lays a duty on its subject: not the
/// past (牵头起草了), an attribute (负责的主管人员), an answer for something
/// (对真实性负责), nor 按职责分工 with another verb than 负责 but behind 由.
fn is_duty(text: &str, clause: &Range<usize>, verb: &Verb) -> bool {
    let behind = &text[verb.range.end..clause.end];
    if behind.starts_with('的') {
        // 由农业农村部牵头的协调推进机制 is read further by the caller.
        return verb.deed == Deed::Has(Role::Lead);
    }
    // 对各级工信部门牵头举办的展会: which ones are meant.
    const LONGEST_DEED: usize = 16;
    let chosen = text[clause.start..].starts_with('对')
        && behind.char_indices().take(LONGEST_DEED).any(|(_, ch)| ch == '的');
    if chosen || NO_DUTY.is_match(behind) {
        return false;
    }
    // 由甲局、乙局按照各自职责做好…, but not 各部门按职责分工推进….
    verb.deed != Deed::Has(Role::Joint)
        || text[verb.range.clone()].contains("负责")
        || BY.is_match(&text[clause.start..verb.range.start])
}
