//! Duties in running text that say no role: 各级人大及其常委会加强…执法检查;
//! 充分发挥…委员会统筹协调作用; 由其汇总后向省委、省政府报告.
//!
//! Each rule asks for a State or Party body, or a collective of such, at a
//! fixed place of the clause. What fits no rule is left out.

use std::cell::LazyCell;
use std::ops::Range;
use std::sync::LazyLock;

use gangmu_model::Role;
use regex::Regex;

use super::bodies::{Bodies, says_level};
use super::inline::{Duty, DutyGroup};
use super::names::NameList;
use super::subject::{objects, subject};
use crate::word_set::WordSet;

/// Words a duty begins with, behind its subject.
static DUTY: LazyLock<WordSet> = LazyLock::new(|| {
    WordSet::parse(
        "要|应当|应|必须|须|需|加强|加大|加快|推进|推动|制定|制订|组织|建立|健全|完善|开展|落实|强化|履行|指导|统筹|研究|\
         根据|按照|结合|依法|定期|切实|认真|严格|充分|积极|做好|抓好|把|将|承担|监督|督促|编制|出台|提供|给予|支持|全面|进一步|主动|共同|责令",
    )
});

/// 压实各级党委、政府…责任.
static LOAD: LazyLock<Regex> = LazyLock::new(|| {
    compile("^(?:切实|层层|全面|进一步|逐级|严格)*(?:压紧压实|压实|落实|夯实|强化|明确)")
});

/// 充分发挥…作用.
static PLAY: LazyLock<Regex> =
    LazyLock::new(|| compile("^(?:要|应|应当|进一步|注重|更好|充分|切实|积极|有效)*发挥好?"));

/// The characters that it begins with.
const PLAY_OPENINGS: [char; 10] = ['要', '应', '进', '注', '更', '充', '切', '积', '有', '发'];

/// 书面送省生态环境厅; 报送省委.
static SEND: LazyLock<Regex> = LazyLock::new(|| compile("报送|上报|抄送|送|报"));

/// What may stand behind the body to which something is sent.
static SENT: LazyLock<Regex> =
    LazyLock::new(|| compile("(?:备案|备查|审批|审核|审定|审议|汇总|同意)$"));

/// 向省委、省政府报告.
static REPORT: LazyLock<Regex> =
    LazyLock::new(|| compile("向(?P<who>.{2,40}?)(?:报告|报送|汇报|报备|备案|反馈)"));

/// 作为各级领导班子和有关领导干部综合考核评价的重要参考.
static ASSESSED: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        "(?:作为|纳入)(?:对)?(?P<who>(?:各级|各地|有关|相关|地方|党政|市县)*领导班子(?:(?:和|及|、)(?:各级|有关|相关|党政)*领导干部)?).{0,20}(?:考核|评价|任免)",
    )
});

/// A clause that goes on with the subject before it, with a duty of its own.
static CARRIED: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        "^并?(?:定期|每年|每季度|每半年|每月|按年度?|按季度?|按月)(?:至少)?(?:一次)?(?:对|向|听取|报告|报送|通报|调度|评估|检查|审议|开展|组织|研究)",
    )
});

fn compile(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is constant")
}

/// Reads the duties of one clause that say no role. `before` is the duty of
/// the clause before, if it has one.
pub(super) fn read(
    text: &str,
    clauses: &[Range<usize>],
    index: usize,
    before: Option<&Duty>,
    bodies: &Bodies<'_>,
) -> Vec<Duty> {
    let clause = clauses[index].clone();
    let words = &text[clause.clone()];
    let mut duties = Vec::new();
    if let Some(list) = burdened(text, &clause, bodies) {
        duties.push(duty(list, clause.start, false, false));
    } else if let Some(list) = in_play(text, &clause, bodies) {
        duties.push(duty(list, clause.start, true, false));
    } else if let Some(list) = acting(text, &clause, bodies) {
        duties.push(duty(list, clause.start, true, false));
    } else if let Some(list) = before.and_then(|before| carried(text, before, words)) {
        duties.push(duty(list, clause.start, false, false));
    } else if words.contains("领导班子")
        && let Some(who) = ASSESSED.captures(words).and_then(|found| found.name("who"))
    {
        let who = clause.start + who.start()..clause.start + who.end();
        let list = NameList { names: vec![who], ..NameList::default() };
        duties.push(duty(list, clause.start, false, false));
    }
    // 报司法部备案 lays no duty on who receives it. 书面送省生态环境厅,由其汇总后…
    // does: the receiver's duty is in the next clause.
    let acts = |clause: &Range<usize>| text[clause.clone()].starts_with("由其");
    if clauses.get(index + 1).is_some_and(acts)
        && let Some(list) = receiving(text, &clause, bodies)
    {
        let mut duty = duty(list, clause.start, false, true);
        duty.extends_over_next = true;
        duties.push(duty);
    }
    if acts(&clause)
        && let Some(list) = reported_to(text, &clause, bodies)
    {
        duties.push(duty(list, clause.start, false, true));
    }
    duties
}

fn duty(list: NameList, start: usize, extends: bool, transparent: bool) -> Duty {
    Duty {
        groups: vec![DutyGroup { role: Role::Mention, label: None, list }],
        start,
        extends,
        extends_over_next: false,
        transparent,
    }
}

/// Keeps a list of bodies of State or Party that can be told to act.
fn public(text: &str, list: NameList, bodies: &Bodies<'_>) -> Option<NameList> {
    let is_public = |name: &Range<usize>| {
        let name = &text[name.clone()];
        let known = || bodies.is_known(name);
        bodies.is_public(name) && !name.ends_with("城市") && (says_level(name) || known())
    };
    (!list.names.is_empty() && list.names.iter().all(is_public)).then_some(list)
}

fn burdened(text: &str, clause: &Range<usize>, bodies: &Bodies<'_>) -> Option<NameList> {
    let words = &text[clause.clone()];
    let load = words.ends_with("责任").then(|| LOAD.find(words)).flatten()?;
    public(text, objects(text, clause.start + load.end()..clause.end, bodies), bodies)
}

fn in_play(text: &str, clause: &Range<usize>, bodies: &Bodies<'_>) -> Option<NameList> {
    let words = &text[clause.clone()];
    let may_be = words.starts_with(PLAY_OPENINGS) && words.contains("作用");
    let play = may_be.then(|| PLAY.find(words)).flatten()?;
    public(text, objects(text, clause.start + play.end()..clause.end, bodies), bodies)
}

/// How words end that stand between a subject and its verb; see [`subject`].
const MODAL_ENDS: &str = "当该须以时紧期并将需也均都要应";

/// Characters of names and lists of them that may end otherwise than in a body's
/// last character: 各市, …等, and dates and remarks that stand in a list.
const OPEN_END: [char; 10] = ['各', '等', '无', '年', '月', '日', '季', '长', '持', '常'];

/// Reads the subject of a clause that goes on with what it has to do.
pub(super) fn acting(text: &str, clause: &Range<usize>, bodies: &Bodies<'_>) -> Option<NameList> {
    let words = &text[clause.clone()];
    let head = words.char_indices().nth(80).map_or(words.len(), |(at, _)| at);
    let open_end = LazyCell::new(|| words[..head].contains(OPEN_END));
    let may_be_subject = |before: &str| {
        let last = before.chars().next_back();
        last.is_some_and(|last| bodies.may_end_in(last) || MODAL_ENDS.contains(last)) || *open_end
    };
    // 街道应急指挥部统一领导: 应急 is part of a name.
    let is_verb = |verb: &Range<usize>| {
        verb.start > 0 && !["应急", "应用"].iter().any(|word| words[verb.start..].starts_with(word))
    };
    let verbs = DUTY.places(&words[..head]).filter(is_verb);
    verbs.filter(|verb| may_be_subject(&words[..verb.start])).find_map(|verb| {
        let list = subject(text, clause.start..clause.start + verb.start, bodies)?;
        let is_name = |name: &Range<usize>| !holds_modal(&text[name.clone()]);
        public(text, list, bodies).filter(|list| list.names.iter().all(is_name))
    })
}

/// Returns whether 要 stands in the words with a subject before and a deed behind it:
/// 基金要充分依托担保机构, but not 主要领导 or 要素市场办.
fn holds_modal(words: &str) -> bool {
    words.match_indices('要').any(|(at, modal)| {
        at > 0
            && !words[..at].ends_with(['主', '重', '需', '必', '首', '纪', '摘', '概'])
            && !words[at + modal.len()..]
                .starts_with(['素', '闻', '件', '塞', '地', '害', '点', '求'])
    })
}

/// Returns whether words open with a deed, so that their subject stands before.
pub(super) fn opens_with_deed(words: &str) -> bool {
    let words = words.trim_start_matches('并');
    DUTY.at_start(words).is_some()
}

fn carried(text: &str, before: &Duty, words: &str) -> Option<NameList> {
    let group = before.groups.first().filter(|group| group.role == Role::Mention)?;
    let name = group.list.names.last()?;
    // 要 before the first verb governs the later ones, which are then no
    // duties of their own.
    let modal = text[name.end..].starts_with(['要', '应', '须', '需']);
    (before.extends && !modal && CARRIED.is_match(words)).then(|| group.list.clone())
}

fn receiving(text: &str, clause: &Range<usize>, bodies: &Bodies<'_>) -> Option<NameList> {
    let words = &text[clause.clone()];
    let send = SEND.find_iter(words).last()?;
    let end = SENT.find(words).map_or(words.len(), |sent| sent.start());
    if end <= send.end() {
        return None;
    }
    let list = subject(text, clause.start + send.end()..clause.start + end, bodies)?;
    public(text, list, bodies)
}

fn reported_to(text: &str, clause: &Range<usize>, bodies: &Bodies<'_>) -> Option<NameList> {
    let who = REPORT.captures(&text[clause.clone()])?.name("who")?;
    let list = subject(text, clause.start + who.start()..clause.start + who.end(), bodies)?;
    public(text, list, bodies)
}
