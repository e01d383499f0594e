//! What other crates say in English, told in Chinese.
//!
//! Notices, findings and the errors of libraries come as finished English
//! sentences, some of them out of an index. Each is known again by its form: what
//! stands in the places of a template's names is taken out and put into the Chinese.

use super::message::fill;
use super::tables::TOLD;

/// How deep a value may itself be a sentence.
const DEPTH: usize = 3;

/// Returns the Chinese of an English sentence; `None` where no form fits.
pub(super) fn chinese(english: &str) -> Option<String> {
    chinese_within(english, DEPTH)
}

fn chinese_within(english: &str, depth: usize) -> Option<String> {
    let fitting = TOLD.iter().filter_map(|text| Some((text, values(text.english, english)?)));
    // The form that says most by itself is the one that was meant.
    let (text, values) = fitting.max_by_key(|(text, values)| {
        let n_filled: usize = values.iter().map(|(_, value)| value.len()).sum();
        (english.len() - n_filled, text.english)
    })?;
    let told = |value: &str| {
        let deeper = depth.checked_sub(1).and_then(|depth| chinese_within(value, depth));
        deeper.unwrap_or_else(|| value.to_owned())
    };
    Some(fill(text.chinese, |name| {
        let value = values.iter().find(|(known, _)| *known == name);
        value.map(|(_, value)| told(value))
    }))
}

/// Returns what stands in the places of a template's names, where a text has its form.
fn values<'t, 'e>(template: &'t str, text: &'e str) -> Option<Vec<(&'t str, &'e str)>> {
    let Some((before, after)) = template.split_once('{') else {
        return (template == text).then(Vec::new);
    };
    let rest = text.strip_prefix(before)?;
    let (name, after) = after.split_once('}')?;
    let next = after.split('{').next().unwrap_or_default();
    if next.is_empty() {
        return (after.is_empty() && !rest.is_empty()).then(|| vec![(name, rest)]);
    }
    rest.match_indices(next).filter(|(at, _)| *at > 0).find_map(|(at, _)| {
        let mut found = values(after, &rest[at..])?;
        found.insert(0, (name, &rest[..at]));
        Some(found)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_what_stands_in_the_places() {
        let found = values("{a} to {b} are missing", "二、 to 四、 are missing");
        assert_eq!(found, Some(vec![("a", "二、"), ("b", "四、")]));
        assert_eq!(values("the {a}", "the whole"), Some(vec![("a", "whole")]));
        assert_eq!(values("the {a}", "a whole"), None);
        assert_eq!(values("{a}; {b}!", "x; y; z!"), Some(vec![("a", "x"), ("b", "y; z")]));
    }
}
