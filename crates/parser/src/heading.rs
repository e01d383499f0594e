//! What of a numbered paragraph is its title.
//!
//! A title is a heading line, or the first sentence where it is run in before
//! the text. Whether first sentences are titles is a habit of the document:
//! where most of a style's divisions open with a short phrase, the longer ones
//! among them are titles too.

use std::ops::Range;

use gangmu_lexicon::Lexicon;

use crate::furniture::is_longer_than;
use crate::marks::marks;

/// The longest heading line, in characters.
const HEADING_CHARS: usize = 60;

/// The longest first sentence that is a title on its own looks, in characters.
const RUN_IN_CHARS: usize = 26;

/// The longest first sentence that is a title where the others of its style are.
const RUN_IN_BY_HABIT_CHARS: usize = 45;

/// Words of a sentence that lays down a rule and heads nothing.
const RULE_WORDS: &[&str] = &[
    "应当",
    "不得",
    "不超过",
    "不少于",
    "不低于",
    "须",
    "可以",
    "实行",
    "由",
    "分为",
    "是指",
    "适用",
    "施行",
];

/// A numbered paragraph's text after the marker, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Split {
    /// Range of the title in the paragraph.
    pub(crate) title: Option<Range<usize>>,
    /// Where the text begins; the end of the paragraph where there is none.
    pub(crate) text: usize,
}

/// How a paragraph opens, before the habit of its document is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Opening {
    /// A line without a sentence: a heading.
    HeadingLine,
    /// A short first sentence of one clause, and text after it.
    Phrase { end: usize },
    /// A first sentence that could be a title by habit, and text after it.
    LongPhrase { end: usize },
    /// One short sentence and no more: a title where divisions stand below it.
    LonePhrase { end: usize },
    /// One sentence of two or three clauses and no more: a title by habit, where
    /// text or divisions stand below it.
    LongLonePhrase { end: usize },
    /// A short label and a colon: 指导思想：…
    Label { end: usize },
    /// The same on a line without a sentence, a heading of two parts where divisions stand
    /// below it: 创新筑基：夯实人工智能赋能底座.
    LabelLine { end: usize },
    /// A question, and its answer after it or below: 纳税人如何申请延期申报？
    Question { end: usize },
    /// A heading that a flattened text ran into its paragraph: 总体要求以…为指导.
    Glued { end: usize },
    /// Running text.
    Text,
}

/// Says how the text after a marker opens.
pub(crate) fn opening(text: &str) -> Opening {
    if is_citation(text) {
        return Opening::Text;
    }
    if let Some(end) = glued_heading(text) {
        return Opening::Glued { end };
    }
    let stop = marks(text).find(|(_, mark)| matches!(mark, '。' | '!' | '?' | ';'));
    let Some((end, _)) = stop else {
        return match text.find(':') {
            Some(colon)
                if !text[colon + 1..].is_empty()
                    && closing_bracket(text).is_none()
                    && !is_numbered(&text[..colon]) =>
            {
                match label(text, colon) {
                    Opening::Label { end } if is_plain(&text[end + 1..]) => {
                        Opening::LabelLine { end }
                    }
                    other => other,
                }
            }
            _ if closing_bracket(text)
                .is_some_and(|at| !is_longer_than(&text[..at], HEADING_CHARS)) =>
            {
                Opening::HeadingLine
            }
            _ if is_longer_than(text, HEADING_CHARS) => Opening::Text,
            Some(_) if text.contains(',') || introduces_list(text) => Opening::Text,
            _ if text.contains(['(', '[', '【']) && is_longer_than(text, 30) => Opening::Text,
            _ => Opening::HeadingLine,
        };
    };
    let sentence = &text[..end];
    if let Some(colon) = sentence.find(':')
        && let label @ Opening::Label { .. } = label(sentence, colon)
    {
        return label;
    }
    if text[end..].starts_with('?') && !is_longer_than(sentence, HEADING_CHARS) {
        // 什么是网上标识?怎么加注? are one heading.
        let more = text.ends_with('?') && !text.contains(['。', ';', '!']);
        let end =
            if more && !is_longer_than(text, 2 * HEADING_CHARS) { text.len() } else { end + 1 };
        return Opening::Question { end };
    }
    if !text[end..].starts_with('。') {
        return Opening::Text;
    }
    let rest = &text[end + '。'.len_utf8()..];
    let n_commas = memchr::memchr_iter(b',', sentence.as_bytes()).count();
    let plain = memchr::memchr3(b':', b';', b'%', sentence.as_bytes()).is_none()
        && !sentence.starts_with("到20")
        && !sentence.is_empty();
    if rest.is_empty() || rest.starts_with(['(', '[', '【', '〔']) && !rest.contains('。') {
        return if !plain || lays_down_a_rule(sentence) {
            Opening::Text
        } else if n_commas == 0 && !is_longer_than(sentence, RUN_IN_CHARS) {
            Opening::LonePhrase { end }
        } else if rest.is_empty()
            && (1..=2).contains(&n_commas)
            && !is_longer_than(sentence, RUN_IN_BY_HABIT_CHARS)
        {
            Opening::LongLonePhrase { end }
        } else {
            Opening::Text
        };
    }
    if plain && n_commas == 0 && !is_longer_than(sentence, RUN_IN_CHARS) {
        Opening::Phrase { end }
    } else if plain && n_commas <= 2 && !is_longer_than(sentence, RUN_IN_BY_HABIT_CHARS) {
        Opening::LongPhrase { end }
    } else {
        Opening::Text
    }
}

/// Headings that plans have at all times, and no sentence begins with.
const SET_HEADINGS: [&str; 16] = [
    "总体要求",
    "总体思路",
    "总体目标",
    "指导思想",
    "基本原则",
    "基本思路",
    "工作思路",
    "工作原则",
    "工作目标",
    "工作要求",
    "主要目标",
    "发展目标",
    "目标任务",
    "适用范围",
    "编制目的",
    "编制依据",
];

/// Words that sentences under such headings begin with.
const SENTENCE_STARTS: [&str; 17] = [
    "以",
    "坚持",
    "深入",
    "全面",
    "认真",
    "高举",
    "贯彻",
    "围绕",
    "按照",
    "根据",
    "依据",
    "通过",
    "力争",
    "本",
    "为了",
    "为贯彻",
    "到20",
];

/// Where a set heading ends that its paragraph follows without a mark.
fn glued_heading(text: &str) -> Option<usize> {
    let heading = SET_HEADINGS.iter().find(|heading| text.starts_with(**heading))?;
    let rest = &text[heading.len()..];
    let starts = SENTENCE_STARTS.iter().any(|start| rest.starts_with(start));
    starts.then_some(heading.len())
}

/// Whether words may be the second part of a heading.
fn is_plain(words: &str) -> bool {
    !is_longer_than(words, RUN_IN_CHARS) && !words.contains([',', ':', '(', '、'])
}

/// A label that counts: in 赛道一:智能终端培育 the words behind it are the title as well.
fn is_numbered(label: &str) -> bool {
    const NUMERALS: &str = "一二三四五六七八九十0123456789";
    label.chars().next_back().is_some_and(|last| NUMERALS.contains(last))
        && label.chars().any(|ch| !NUMERALS.contains(ch))
}

/// Whether a text is the title of another and no more: 《城市绿化条例》(2017年修订).
pub(crate) fn is_citation(text: &str) -> bool {
    let text = text.trim_end_matches(['。', ';']);
    let core = text.strip_suffix(')').and_then(|rest| Some(&rest[..rest.rfind('(')?]));
    let core = core.unwrap_or(text);
    core.strip_prefix('《')
        .and_then(|rest| rest.strip_suffix('》'))
        .is_some_and(|title| !title.contains('。'))
}

/// Whether a sentence lays down a rule and heads nothing.
pub(crate) fn lays_down_a_rule(sentence: &str) -> bool {
    RULE_WORDS.iter().any(|word| sentence.contains(word) && !heads(word, sentence))
}

/// 实行清单管理 names a task as headings do, and so does 夯实|行动; 本市实行… lays down a rule.
fn heads(word: &str, sentence: &str) -> bool {
    word == "实行"
        && (sentence.starts_with(word)
            || sentence.match_indices(word).all(|(at, _)| sentence[at..].starts_with("实行动")))
}

/// Where the bracket begins that ends a heading and says who is responsible.
fn closing_bracket(text: &str) -> Option<usize> {
    let (open, _) = [('(', ')'), ('【', '】'), ('[', ']'), ('〔', '〕')]
        .into_iter()
        .find(|(_, close)| text.ends_with(*close))?;
    let at = text.find(open).filter(|at| *at > 0)?;
    let says = ["责任", "牵头", "负责", "配合", "主办", "单位:", "部门:"]
        .iter()
        .any(|word| text[at..].contains(word));
    let says = says || names_bodies(&text[..at], &text[at..]);
    (says && !text[..at].contains([',', ':', '。'])).then_some(at)
}

/// Whether a bracket holds known bodies and nothing else; one alone only behind a task:
/// 中小企业数字化转型专项行动(市经济信息化委).
fn names_bodies(heading: &str, bracket: &str) -> bool {
    const TASKS: [&str; 8] = ["行动", "工程", "活动", "计划", "项目", "任务", "工作", "服务"];
    let inner = bracket.trim_matches(|ch: char| "()【】[]〔〕".contains(ch));
    let is_task = || {
        let words = heading.trim_end_matches('”');
        TASKS.iter().any(|task| words.ends_with(task))
    };
    (inner.contains('、') || is_task())
        && inner.split('、').all(|name| Lexicon::builtin().knows_agency(name))
}

/// A clause before a colon that lays down a rule for the list below it:
/// 以下功能不受上述时间段限制:, but not 支持范围:.
fn introduces_list(text: &str) -> bool {
    const VERBS: [&str; 8] = ["具有", "具备", "以下", "如下", "下列", "不受", "包括", "符合"];
    let words = text.trim_end_matches(':');
    VERBS.iter().chain(RULE_WORDS).any(|word| words.contains(word))
}

fn label(text: &str, colon: usize) -> Opening {
    let label = &text[..colon];
    let plain = !label.contains([',', '、', '(', '《', '“']) && !label.is_empty();
    let speaks = ["如下", "包括", "是", "为", "其中", "单位", "部门", "以下", "下列", "至"]
        .iter()
        .any(|word| label.ends_with(word));
    if plain && !speaks && !is_longer_than(label, 12) || names_an_undertaking(label) {
        Opening::Label { end: colon }
    } else {
        Opening::Text
    }
}

/// Whether a label names a work to be done, as the entries of a box do: 可移动文物科技保护体系建设工程:.
fn names_an_undertaking(label: &str) -> bool {
    const UNDERTAKINGS: [&str; 4] = ["工程", "行动", "计划", "项目"];
    UNDERTAKINGS.iter().any(|word| label.ends_with(word))
        && !label.contains([',', '、', '(', '《', '。'])
        && !lays_down_a_rule(label)
        && !is_longer_than(label, RUN_IN_CHARS)
}

/// Whether the divisions of a style have run-in titles, from how they open.
pub(crate) fn has_run_in_titles(openings: impl Iterator<Item = Opening>) -> bool {
    let (mut phrases, mut long_phrases, mut lone, mut others) = (0, 0, 0, 0);
    for opening in openings {
        match opening {
            Opening::Phrase { .. }
            | Opening::Label { .. }
            | Opening::LabelLine { .. }
            | Opening::LonePhrase { .. } => {
                phrases += 1;
            }
            Opening::LongPhrase { .. } => long_phrases += 1,
            Opening::LongLonePhrase { .. } => lone += 1,
            Opening::Text => others += 1,
            Opening::HeadingLine | Opening::Question { .. } | Opening::Glued { .. } => {}
        }
    }
    // Two clauses are the ordinary title of a work report: 统筹消费和投资,扩大需求.
    // In a flat list of tasks whose only sentence is text, lone ones are the rule.
    phrases > others + long_phrases + lone || others == 0 && phrases + long_phrases > 1 + lone
}

/// Takes a paragraph apart, knowing the habit of its style, whether divisions
/// stand below it, and whether anything does.
pub(crate) fn split(text: &str, habit: bool, has_children: bool, goes_on: bool) -> Split {
    let title = |end: usize, mark: usize| Split { title: Some(0..end), text: end + mark };
    match opening(text) {
        Opening::HeadingLine => {
            if let Some(bracket) = closing_bracket(text) {
                return title(bracket, 0);
            }
            let end = text.trim_end_matches(':').len();
            Split { title: (end > 0).then_some(0..end), text: text.len() }
        }
        Opening::Phrase { end } if habit || !is_longer_than(&text[..end], 16) => {
            title(end, '。'.len_utf8())
        }
        Opening::LongPhrase { end } if habit => title(end, '。'.len_utf8()),
        Opening::LonePhrase { end } if has_children || habit => title(end, '。'.len_utf8()),
        Opening::LongLonePhrase { end } if habit && goes_on => title(end, '。'.len_utf8()),
        Opening::LabelLine { .. } if has_children => {
            Split { title: Some(0..text.len()), text: text.len() }
        }
        Opening::Label { end } | Opening::LabelLine { end } => title(end, 1),
        Opening::Question { end } | Opening::Glued { end } => title(end, 0),
        _ => Split { title: None, text: 0 },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, habit: bool, has_children: bool, title: Option<&str>, rest: &str) {
        let split = split(text, habit, has_children, has_children);
        assert_eq!(split.title.map(|range| &text[range]), title, "{text}");
        assert_eq!(&text[split.text..], rest, "{text}");
    }

    #[test]
    fn headings_and_run_in_titles() {
        check(
            "总体要求以新发展理念为指导。",
            false,
            false,
            Some("总体要求"),
            "以新发展理念为指导。",
        );
        check(
            "工作目标责任书签订率达到100%。",
            false,
            false,
            None,
            "工作目标责任书签订率达到100%。",
        );
        check("总体要求", false, true, Some("总体要求"), "");
        check(
            "优化国土空间开发保护格局。落实主体功能区战略,构建体系。",
            true,
            false,
            Some("优化国土空间开发保护格局"),
            "落实主体功能区战略,构建体系。",
        );
        check("构建支撑体系。", false, true, Some("构建支撑体系"), "");
        check("实行抽查事项清单管理。", true, false, Some("实行抽查事项清单管理"), "");
        check(
            "坚持问题导向,注重创新驱动。着力解决问题。",
            true,
            false,
            Some("坚持问题导向,注重创新驱动"),
            "着力解决问题。",
        );
        check(
            "指导思想:以新发展理念为指导。",
            false,
            false,
            Some("指导思想"),
            "以新发展理念为指导。",
        );
        check("如何申请延期?可以线上申请。", false, false, Some("如何申请延期?"), "可以线上申请。");
        check("赛道一:智能终端培育", false, true, Some("赛道一:智能终端培育"), "");
    }

    #[test]
    fn running_text_has_none() {
        for text in [
            "各定点医院要结合实际,为一线医务人员提供必要的隔离休息场所,安排专人。(责任单位:市卫生健康委)",
            "支持商务区建立协作机制,帮助展品便捷进入市场。(责任单位:区市场监管局)",
            "商贸中心、会展中心、旅游景区等人员聚集场所;",
            "主要目标是:到2027年,形成体系。",
        ] {
            check(text, false, false, None, text);
        }
    }
}
