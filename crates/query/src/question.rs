//! Telling a question from words to look for, and what it is about from how it
//! is asked.
//!
//! The lists are the interrogatives of Chinese grammars, and only those that
//! seldom stand inside another word: 几 and 何 are not among them.

use crate::SearchQuery;

/// The question mark, as it is after normalising, and interrogatives; a longer
/// one stands before the one it begins with.
const INTERROGATIVES: [&str; 30] = [
    "?",
    "什么时候",
    "为什么",
    "是什么",
    "什么",
    "怎么办",
    "怎么样",
    "怎么",
    "怎样",
    "如何",
    "为何",
    "何时",
    "何地",
    "哪些",
    "哪个",
    "哪种",
    "哪里",
    "哪儿",
    "哪",
    "谁",
    "吗",
    "多少",
    "多久",
    "多长时间",
    "是否",
    "能否",
    "可否",
    "应否",
    "有无",
    "有没有",
];

/// What is said around a question and asks nothing.
const ADDRESSES: [&str; 4] = ["请问", "想问一下", "咨询一下", "呢?"];

/// Verbs that say nothing of what is asked where they ask by A不A: 能不能.
const MODALS: [char; 6] = ['是', '能', '会', '可', '要', '该'];

impl SearchQuery {
    /// Returns whether the query asks something in a sentence: by a question
    /// mark, an interrogative (农民工工资被拖欠怎么办) or the form A不A (能不能). Phrases
    /// in quotation marks are what is looked for, and not how it is asked.
    pub fn is_question(&self) -> bool {
        let asks = |folded: &str| {
            INTERROGATIVES.iter().any(|asking| folded.contains(asking)) || doubled(folded).is_some()
        };
        self.words().any(|word| !word.quoted && asks(&word.folded))
    }
}

/// Returns a normalised question without the words that only ask, each
/// replaced by a blank; the question itself where nothing else stands in it.
///
/// ```
/// assert_eq!(gangmu_query::topic("请问农民工工资被拖欠怎么办?"), "农民工工资被拖欠");
/// ```
pub fn topic(folded: &str) -> String {
    let mut topic = folded.to_owned();
    for asking in ADDRESSES.iter().chain(&INTERROGATIVES) {
        if topic.contains(asking) {
            topic = topic.replace(asking, " ");
        }
    }
    while let Some(at) = doubled(&topic) {
        let end = topic[at..].char_indices().nth(3).map_or(topic.len(), |(end, _)| at + end);
        topic.replace_range(at..end, " ");
    }
    let topic = topic.trim();
    if topic.chars().any(char::is_alphanumeric) { topic.to_owned() } else { folded.to_owned() }
}

/// Returns the byte offset of the first A不A of a modal verb.
fn doubled(folded: &str) -> Option<usize> {
    folded.match_indices('不').find_map(|(at, not)| {
        let before = folded[..at].chars().next_back()?;
        let after = folded[at + not.len()..].chars().next()?;
        (before == after && MODALS.contains(&before)).then(|| at - before.len_utf8())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_are_told_by_their_form() {
        for (query, expected) in [
            ("农民工工资被拖欠怎么办", true),
            ("什么是湿地？", true),
            ("试用期能不能不交社保", true),
            ("湿地保护率", false),
            ("是不可抗力", false),
            ("\"是否\" 湿地", false),
        ] {
            assert_eq!(SearchQuery::parse(query).unwrap().is_question(), expected, "{query}");
        }
    }

    #[test]
    fn what_is_asked_about_stays() {
        for (question, expected) in [
            ("试用期能不能不交社保?", "试用期 不交社保"),
            ("哪些人可以申请廉租房", "人可以申请廉租房"),
            ("怎么办?", "怎么办?"),
            ("湿地保护率", "湿地保护率"),
        ] {
            assert_eq!(topic(question), expected);
        }
    }

    #[test]
    fn every_interrogative_is_removed_whole() {
        for (at, asking) in INTERROGATIVES.iter().enumerate() {
            let hidden = INTERROGATIVES[..at].iter().find(|before| asking.contains(**before));
            assert_eq!(hidden, None, "{asking} is never reached");
        }
    }

    #[test]
    fn no_input_panics() {
        proptest::proptest!(|(text in "[是不能?吗哪些a ]{0,24}")| {
            let topic = topic(&text);
            assert!(topic.len() <= text.len());
        });
    }
}
