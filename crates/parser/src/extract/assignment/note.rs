//! What a bracket says beside bodies: 列第一位的为牵头单位,下同;
//! 以下均需试点城市政府落实,不再列出; 6月底完成.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::leaders::{Leaders, Others};

/// A remark of a bracket.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Note {
    /// Which bodies of a list lead, from here on.
    Leaders,
    /// The bodies in the range have a part in all that follows.
    Standing(Range<usize>),
    /// A deadline, 下同, 不再列出 and the like: nothing for us.
    Other,
}

/// The six spellings seen: 排在第一位的部门为牵头部门, 列第一位者为牵头单位,
/// 列第一位的为牵头单位, 第一位为牵头单位, 列首位的为牵头单位, 列首的为牵头单位.
static FIRST_IS_LEAD: LazyLock<Regex> =
    LazyLock::new(|| compile("(?:第一|首|最前).{0,7}?(?:为|是)(?:总)?牵头"));

/// 列逗号之前的为牵头单位, 逗号前为牵头单位.
static BEFORE_COMMA: LazyLock<Regex> =
    LazyLock::new(|| compile("逗号(?:之|以)?前.{0,7}?(?:为|是)(?:总)?牵头"));

/// 以下各项工作均需相关市、县(市、区)政府推进, 以下各项工作任务均涉及各县(市、区)、市直园区.
static STANDING: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        "^以下.{0,30}?(?:均|都)(?:需要|需由|需|须由|须|应由|应|由|涉及|要|包括|为|含)+(?P<who>.+?)\
         (?:(?:按照?职责分工|共同|分别|具体|负责|组织|抓好|配合|参与|推进|落实|实施|执行|开展|承担)*(?:,?不再.*)?)$",
    )
});

static OTHER: LazyLock<Regex> = LazyLock::new(|| {
    compile("^(?:以?下同|不再|不另|另有|以下|以上|上述|同上|其余|除.*外|按照?职责分工$)")
});

/// 6月底, 2026年8月底前, 每年, 长期坚持.
static DEADLINE: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        "^(?:长期|持续|常态化)|[0-9一二三四五六七八九十](?:年|月|日|季度)|(?:年|月|季度)(?:底|末)|^每[年月季]|全年",
    )
});

/// How a note opens that stands behind a full stop inside a bracket.
static AT_START: LazyLock<Regex> =
    LazyLock::new(|| compile("^(?:列|排|位|名列|第一|首|以下|以?下同|各项|设在|设于)"));

fn compile(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is constant")
}

/// Returns whether a text opens as a note does.
pub(super) fn at_start(text: &str) -> bool {
    AT_START.is_match(text)
}

/// Reads one segment of a bracket as a note; the range is moved by `offset`.
pub(super) fn read(segment: &str, offset: usize) -> Option<Note> {
    if says_leaders(segment).is_some() {
        return Some(Note::Leaders);
    }
    if let Some(who) = STANDING.captures(segment).and_then(|found| found.name("who")) {
        return Some(Note::Standing(offset + who.start()..offset + who.end()));
    }
    (OTHER.is_match(segment) || DEADLINE.is_match(segment)).then_some(Note::Other)
}

/// Returns which bodies of a list a text declares to lead.
pub(super) fn says_leaders(text: &str) -> Option<Leaders> {
    // Few texts have the word; the search for it is cheap.
    if !text.contains("牵头") {
        return None;
    }
    if BEFORE_COMMA.is_match(text) {
        let others = if text.contains("未明确牵头") {
            Others::Share
        } else if text.contains("配合") {
            Others::Support
        } else {
            Others::Answer
        };
        return Some(Leaders::BeforeComma(others));
    }
    FIRST_IS_LEAD.is_match(text).then_some(Leaders::First)
}

/// Returns whether one item of a list is a deadline and no body: 2026年8月底前.
pub(super) fn is_deadline(item: &str) -> bool {
    // Few names have such a word, and a look costs less than the search.
    let may_be =
        item.chars().any(|ch| matches!(ch, '年' | '月' | '日' | '季' | '长' | '持' | '常'));
    // 三年行动协调小组成员单位 names bodies, though a time stands in the name.
    let names_bodies = ["单位", "小组", "部门", "委员会", "指挥部", "办公室"]
        .iter()
        .any(|end| item.ends_with(end));
    may_be && !names_bodies && DEADLINE.is_match(item)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_is_lead() {
        for text in [
            "排在第一位的部门为牵头部门",
            "列第一位者为牵头单位",
            "列第一位的为牵头单位",
            "第一位为牵头单位",
            "列首位的为牵头单位",
            "列首的为牵头单位",
        ] {
            assert_eq!(read(text, 0), Some(Note::Leaders), "{text}");
            assert_eq!(says_leaders(text), Some(Leaders::First), "{text}");
        }
    }

    #[test]
    fn those_before_the_comma_lead() {
        for (text, others) in [
            ("列逗号之前的为牵头单位,其他有关单位按职责分工配合", Others::Support),
            ("逗号前为牵头部门", Others::Answer),
            ("逗号前为牵头单位,未明确牵头单位的按职责分工负责", Others::Share),
        ] {
            assert_eq!(says_leaders(text), Some(Leaders::BeforeComma(others)), "{text}");
        }
        assert_eq!(says_leaders("市商务局牵头"), None);
    }

    #[test]
    fn standing() {
        for (text, who) in [
            ("以下均需试点城市政府落实", "试点城市政府"),
            ("以下各项工作均需相关市、县(市、区)政府推进", "相关市、县(市、区)政府"),
            ("以下各项工作任务均涉及各县(市、区)、市直园区", "各县(市、区)、市直园区"),
            ("以下均需地方落实不再重复列出", "地方"),
            ("以下各项工作均需各县、区人民政府(管委会)落实", "各县、区人民政府(管委会)"),
        ] {
            let Some(Note::Standing(range)) = read(text, 0) else { panic!("{text}") };
            assert_eq!(&text[range], who);
        }
    }

    #[test]
    fn others() {
        assert_eq!(read("6月底完成", 0), Some(Note::Other));
        assert_eq!(read("下同", 0), Some(Note::Other));
        assert_eq!(read("省级行业主管部门", 0), None);
    }
}
