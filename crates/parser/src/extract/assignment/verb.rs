//! Verbs that say a role: 牵头, 负责, 按职责分工负责, 会同, 配合, 指导, …

use std::ops::Range;
use std::sync::LazyLock;

use gangmu_model::Role;
use regex::Regex;

use super::bodies;
use super::bracket::{is_closing, is_opening};
use crate::word_set::WordSet;

/// What a verb does with the bodies before it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Deed {
    /// Gives them a role.
    Has(Role),
    /// 会同: those before lead, those behind support.
    With,
}

/// A verb in a segment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Verb {
    /// The verb with all that hangs on it: 负责组织实施.
    pub(super) range: Range<usize>,
    /// The word that is the label: 负责; 按照职责分工负责.
    pub(super) label: Range<usize>,
    /// What it does.
    pub(super) deed: Deed,
}

/// 按照职责分工, 根据各自职责, 按分工, 分工.
const BY_DUTY: &str = "(?:按照|按|接|依据|依照|根据|依|结合)(?:各自|部门|单位|自身|法定)?的?(?:职责|职能)(?:任务)?(?:分工)?(?:范围)?(?:要求)?|\
                       (?:按照|按)?(?:各自)?(?:任务)?分工|(?:按照|按)(?:各自)?(?:分管|主管|管理)(?:领域|行业|范围)";

/// What may stand between the bodies and their verb.
const ADVERB: &str = "(?:要|应当|应|将|依法|在(?:各自)?的?职责范围内|共同|分别|具体|联合|积极|统一|密切|全力|主动|直接|协同|统筹|全面|结合实际|根据实际)";

/// What stands before 牵头 where it is a part that a body plays: 要切实发挥指导协调和牵头抓总作用.
const PART: &str =
    "(?:(?:充分|切实|继续|认真)*(?:发挥|履行|做好)(?:(?:好|指导|组织|统筹|协调)*[和与])?)";

/// What may hang on a verb without being a body.
const OBJECT: &str = "(?:负责|组织|实施|落实|推进|抓总|抓好|做好|协调|统筹|执行|承担|指导|开展|完成|制定|工作|任务|作用|职责|总)";

/// What a body governs where 主管 is its verb: 主管全国防治工作; not 主管部门.
const GOVERNED: &str = "(?:全[国省市区县州]的?|本[省市区县州行]|辖区|所辖|国家)";

static ANYWHERE: LazyLock<Regex> = LazyLock::new(|| {
    compile(&format!(
        "(?P<joint>(?:{BY_DUTY}){ADVERB}*(?P<jointverb>负责|抓好落实|落实|实施|推进|推动|配合|参与|组织实施|做好|完成){OBJECT}*)|\
          {ADVERB}*(?:(?P<with>会同)|(?:(?:{BY_DUTY}){ADVERB}*)?{PART}?(?:负责)?总?(?P<lead>牵头){OBJECT}*|(?P<responsible>总?负责|负总责|负主责){OBJECT}*|(?P<support>配合|参与|参加){OBJECT}*)|\
         (?P<governs>主管)(?:{GOVERNED}|$)"
    ))
});

/// One of these stands in whatever [`ANYWHERE`] finds.
static HINT: LazyLock<WordSet> = LazyLock::new(|| {
    WordSet::parse("负责|负总责|负主责|牵头|会同|配合|参与|参加|职责|职能|分工|主管")
});

static AT_END: LazyLock<Regex> = LazyLock::new(|| {
    compile(&format!(
        "{ADVERB}*(?:(?P<responsible>落实|组织实施|实施|推进|承办|承担|执行|抓好落实)|(?P<lead>主办)|(?P<support>协办|支持|协助|协同)|(?P<supervise>(?:业务)?指导|督导|督促|监督|督办)){OBJECT}*$"
    ))
});

/// The last characters of what [`AT_END`] finds.
const LAST_CHARS: &str = "实施进办担行持助同导促督责织总好调筹展成定作务";

/// What makes a noun of a verb: 负责人, 负责制, 牵头单位, 配合部门.
static NOUN: LazyLock<Regex> = LazyLock::new(|| {
    compile("^(?:人(?:[^民力员才社口]|$)|制(?:[^定造发作订]|$)|单位|部门|机制|同志|干部)")
});

/// Whom 牵头 describes: 牵头医院.
const LEADS: [&str; 4] = ["医院", "企业", "高校", "院校"];

fn compile(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is constant")
}

/// Returns the verbs of a segment outside its brackets, in order.
pub(super) fn find(text: &str, segment: Range<usize>) -> Vec<Verb> {
    let shadow = &text[segment.clone()];
    let mut verbs = Vec::new();
    let mut depth = 0usize;
    let mut seen = 0;
    // Few segments have a verb, and to look for its word costs less than to read it.
    let limit = if HINT.is_in(shadow) { usize::MAX } else { 0 };
    for found in ANYWHERE.captures_iter(shadow).take(limit) {
        let Some(whole) = found.get(0) else { continue };
        for mark in shadow[seen..whole.start()].chars() {
            if is_opening(mark) {
                depth += 1;
            } else if is_closing(mark) {
                depth = depth.saturating_sub(1);
            }
        }
        seen = whole.start();
        let follows = &shadow[whole.end()..];
        // 负责的主管人员; but 由农业农村部牵头、财政部参与的协调机制 is led.
        let shared = found.name("lead").or(found.name("support")).is_some();
        let attribute = follows.starts_with('的') && !shared;
        let noun = found.name("with").is_none()
            && (NOUN.is_match(follows)
                || found.name("lead").is_some() && LEADS.iter().any(|of| follows.starts_with(of)));
        // 国务院负责药品监督管理的部门 is a name, and says no duty.
        let describes = found.name("responsible").is_some()
            && is_described(shadow, whole.start(), whole.as_str());
        // 主管全国铁路工作的部门 is a name too.
        let names_department = found.name("governs").is_some()
            && ["的部门", "的机关", "的机构"].iter().any(|word| follows.contains(word));
        if depth > 0 || attribute || noun || describes || names_department {
            continue;
        }
        let (label, deed) =
            if let (Some(joint), Some(verb)) = (found.name("joint"), found.name("jointverb")) {
                let role = match verb.as_str() {
                    "配合" | "参与" => Role::Support,
                    _ => Role::Joint,
                };
                (joint.start()..verb.end(), Deed::Has(role))
            } else {
                let named = [
                    ("with", Deed::With),
                    ("lead", Deed::Has(Role::Lead)),
                    ("responsible", Deed::Has(Role::Responsible)),
                    ("governs", Deed::Has(Role::Responsible)),
                    ("support", Deed::Has(Role::Support)),
                ];
                let Some((label, deed)) =
                    named.iter().find_map(|(name, deed)| Some((found.name(name)?.range(), *deed)))
                else {
                    continue;
                };
                (label, deed)
            };
        verbs.push(moved(whole.range(), label, deed, segment.start));
    }
    consulting(shadow, segment.start, &mut verbs);
    let rest = verbs.last().map_or(segment.start, |last| last.range.end);
    let shadow = &text[rest..segment.end];
    // A verb that is a part of names elsewhere counts at the end alone, with
    // something before it.
    let end = shadow.char_indices().rev().nth(15).map_or(0, |(at, _)| at);
    if shadow.ends_with(|last| LAST_CHARS.contains(last))
        && let Some(found) = AT_END.captures(&shadow[end..])
        && let Some(whole) = found.get(0)
        && end + whole.start() > 0
    {
        let named = [
            ("responsible", Role::Responsible),
            ("lead", Role::Lead),
            ("support", Role::Support),
            ("supervise", Role::Supervise),
        ];
        if let Some((label, role)) =
            named.iter().find_map(|(name, role)| Some((found.name(name)?.range(), *role)))
        {
            verbs.push(moved(whole.range(), label, Deed::Has(role), rest + end));
        }
    }
    verbs
}

/// Returns whether 负责 at a place is the beginning of what a department is told
/// by. A body that is named by itself before it has a duty instead.
fn is_described(text: &str, at: usize, verb: &str) -> bool {
    let Some(from) = verb.find("负责").map(|from| at + from) else { return false };
    let before = &text[..from];
    let is_government = before.is_empty()
        || before.ends_with(['府', '院', '级', '、', '由', '向', '和', '者', '的']);
    is_government && bodies::described_len(&text[from..]).is_some()
}

/// Adds 商 where it means 会同: 国务院财政部门商国务院有关部门制定.
fn consulting(text: &str, offset: usize, verbs: &mut Vec<Verb>) {
    const WORD: &str = "商";
    /// How a body's name ends, and what no 商 of a word follows.
    const ENDS: [char; 14] =
        ['部', '委', '局', '厅', '门', '关', '府', '会', '院', '办', '行', '署', '构', '位'];
    const IN_WORD: [char; 25] = [
        '务', '业', '标', '品', '贸', '户', '圈', '会', '船', '城', '场', '行', '店', '誉', '学',
        '洽', '谈', '定', '检', '事', '法', '量', '议', '粮', '请',
    ];
    if !text.contains(WORD) {
        return;
    }
    let n_found = verbs.len();
    for (at, word) in text.match_indices(WORD) {
        let end = at + word.len();
        let Some(next) = text[end..].chars().next() else { continue };
        let covered = verbs[..n_found]
            .iter()
            .any(|verb| verb.range.start < end + offset && at + offset < verb.range.end);
        let before = &text[..at];
        let meeting = before.ends_with('会') && !before.ends_with("员会");
        // 并商省级有关部门 goes on with the subject before.
        let goes_on = matches!(before, "" | "并")
            && ['国', '有', '省', '市', '县', '同', '相', '财'].contains(&next);
        let follows = !meeting && before.ends_with(|mark| ENDS.contains(&mark) || mark == ')');
        if (follows || goes_on) && !IN_WORD.contains(&next) && !covered {
            verbs.push(moved(at..end, at..end, Deed::With, offset));
        }
    }
    verbs.sort_by_key(|verb| verb.range.start);
}

fn moved(range: Range<usize>, label: Range<usize>, deed: Deed, by: usize) -> Verb {
    Verb { range: range.start + by..range.end + by, label: label.start + by..label.end + by, deed }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&str, &str, Deed)]) {
        let verbs = find(text, 0..text.len());
        let verbs: Vec<_> =
            verbs.into_iter().map(|v| (&text[v.range], &text[v.label], v.deed)).collect();
        assert_eq!(verbs, expected, "{text}");
    }

    #[test]
    fn verbs() {
        let has = Deed::Has;
        check(
            "省建设厅按照职责分工负责",
            &[("按照职责分工负责", "按照职责分工负责", has(Role::Joint))],
        );
        check(
            "省科技厅会同省财政厅共同负责落实",
            &[("会同", "会同", Deed::With), ("共同负责落实", "负责", has(Role::Responsible))],
        );
        check("商务部指导", &[("指导", "指导", has(Role::Supervise))]);
        check("省就业指导中心", &[]);
        check("负责人", &[]);
        check("有关司局负责同志", &[]);
        check("国务院负责药品监督管理的部门", &[]);
        check("财政部商税务总局", &[("商", "商", Deed::With)]);
        check("市商务局、市工商局", &[]);
        check("省委组织部牵头组织实施", &[("牵头组织实施", "牵头", has(Role::Lead))]);
        check("省生态环境局(负责监测)", &[]);
    }
}
