//! Verbs that say a role: 牵头, 负责, 按职责分工负责, 会同, 配合, 指导, …

use std::ops::Range;
use std::sync::LazyLock;

use gangmu_model::Role;
use regex::Regex;

use super::bracket::{is_closing, is_opening};

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
const BY_DUTY: &str = "(?:按照|按|依据|依照|根据|依|结合)(?:各自|部门|自身|法定)?的?(?:职责|职能)(?:任务)?(?:分工)?(?:范围)?(?:要求)?|\
                       (?:按照|按)?(?:各自)?(?:任务)?分工";

/// What may stand between the bodies and their verb.
const ADVERB: &str = "(?:要|应当|应|将|依法|在(?:各自)?的?职责范围内|共同|分别|具体|联合|积极|统一|密切|全力|主动|直接|协同)";

/// What may hang on a verb without being a body.
const OBJECT: &str = "(?:负责|组织|实施|落实|推进|抓总|抓好|做好|协调|统筹|执行|承担|指导|开展|完成|制定|工作|任务|总)";

static ANYWHERE: LazyLock<Regex> = LazyLock::new(|| {
    compile(&format!(
        "(?P<joint>(?:{BY_DUTY}){ADVERB}*(?P<jointverb>负责|抓好落实|落实|实施|推进|配合|参与|组织实施|做好){OBJECT}*)|\
          {ADVERB}*(?:(?P<with>会同)|(?:负责)?总?(?P<lead>牵头){OBJECT}*|(?P<responsible>负责){OBJECT}*|(?P<support>配合|参与){OBJECT}*)"
    ))
});

static AT_END: LazyLock<Regex> = LazyLock::new(|| {
    compile(&format!(
        "{ADVERB}*(?:(?P<responsible>落实|组织实施|实施|推进|承办|承担|执行|抓好落实)|(?P<lead>主办)|(?P<support>协办|支持|协助|协同)|(?P<supervise>(?:业务)?指导|督导|督促|监督|督办)){OBJECT}*$"
    ))
});

/// What makes a noun of a verb: 负责人, 负责制, 牵头单位, 配合部门.
static NOUN: LazyLock<Regex> =
    LazyLock::new(|| compile("^(?:人(?:[^民力员才社口]|$)|制(?:[^定造]|$)|单位|部门|机制)"));

fn compile(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is constant")
}

/// Returns the verbs of a segment outside its brackets, in order.
pub(super) fn find(text: &str, segment: Range<usize>) -> Vec<Verb> {
    let shadow = &text[segment.clone()];
    let mut verbs = Vec::new();
    let mut depth = 0usize;
    let mut seen = 0;
    for found in ANYWHERE.captures_iter(shadow) {
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
        let noun = found.name("with").is_none() && NOUN.is_match(follows);
        if depth > 0 || attribute || noun {
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
    let rest = verbs.last().map_or(segment.start, |last| last.range.end);
    let shadow = &text[rest..segment.end];
    // A verb that is a part of names elsewhere counts at the end alone, with
    // something before it.
    let end = shadow.char_indices().rev().nth(15).map_or(0, |(at, _)| at);
    if let Some(found) = AT_END.captures(&shadow[end..])
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
        check("省委组织部牵头组织实施", &[("牵头组织实施", "牵头", has(Role::Lead))]);
        check("省生态环境局(负责监测)", &[]);
    }
}
