//! English and Chinese: which is spoken, and what is said in each.
//!
//! The English stands where it is said, in doc comments and in [`say!`]; the
//! Chinese lies in `texts/zh-CN.po`, found by the English.

mod help;
mod message;
mod noun;
mod told;
mod usage;

use std::env;

pub(crate) use help::{chinese as chinese_help, chinese_names};
pub(crate) use message::{Message, Value, said, say};
pub(crate) use noun::{Noun, counted};
pub(crate) use usage::chinese as chinese_usage;

/// The language of help, errors and remarks. What documents say, and the
/// headings of tables, are Chinese in both.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Simplified Chinese.
    Chinese,
}

/// Where the language is looked for, the first that is set.
const VARIABLES: [&str; 4] = ["GANGMU_LANG", "LC_ALL", "LC_MESSAGES", "LANG"];

impl Language {
    /// Returns the language that the process's environment asks for.
    pub fn of_environment() -> Self {
        Self::of(|name| env::var(name).ok())
    }

    fn of(variable: impl Fn(&str) -> Option<String>) -> Self {
        let set = VARIABLES.into_iter().filter_map(variable).find(|value| !value.is_empty());
        match set {
            Some(name) if name.to_lowercase().starts_with("zh") || name.starts_with("中") => {
                Self::Chinese
            }
            _ => Self::English,
        }
    }

    /// Returns what an error and its causes say, in one line.
    pub(crate) fn error(self, error: &anyhow::Error) -> String {
        match self {
            Self::English => format!("{error:#}"),
            Self::Chinese => {
                let causes: Vec<String> = error.chain().map(|cause| self.cause(cause)).collect();
                causes.join("：")
            }
        }
    }

    /// Returns what one error says.
    pub(crate) fn cause(self, cause: &(dyn std::error::Error + 'static)) -> String {
        match cause.downcast_ref::<Message>() {
            Some(message) => message.text(self),
            None => self.told(&cause.to_string()),
        }
    }

    /// Returns what another crate said in English; as it is where that is unknown.
    pub(crate) fn told(self, english: &str) -> String {
        match self {
            Self::English => english.to_owned(),
            Self::Chinese => told::chinese(english).unwrap_or_else(|| english.to_owned()),
        }
    }
}

/// A text in both languages; `{name}` stands for a value.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Text {
    pub(crate) english: &'static str,
    pub(crate) chinese: &'static str,
}

/// The texts, sorted by their English.
mod tables {
    use super::Text;

    include!(concat!(env!("OUT_DIR"), "/texts.rs"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(set: &[(&str, &str)], expected: Language) {
        let value = |name: &str| {
            let found = set.iter().find(|(variable, _)| *variable == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        assert_eq!(Language::of(value), expected, "{set:?}");
    }

    #[test]
    fn the_first_variable_that_is_set_decides() {
        check(&[], Language::English);
        check(&[("LANG", "zh_CN.UTF-8")], Language::Chinese);
        check(&[("LANG", "zh_TW")], Language::Chinese);
        check(&[("LANG", "C.UTF-8")], Language::English);
        check(&[("LANG", "zh_CN.UTF-8"), ("LC_ALL", "C")], Language::English);
        check(&[("LANG", "zh_CN.UTF-8"), ("LC_ALL", "")], Language::Chinese);
        check(&[("LC_MESSAGES", "zh"), ("LANG", "de_DE")], Language::Chinese);
        check(&[("GANGMU_LANG", "en"), ("LC_ALL", "zh_CN")], Language::English);
        check(&[("GANGMU_LANG", "中文"), ("LC_ALL", "C")], Language::Chinese);
    }
}
