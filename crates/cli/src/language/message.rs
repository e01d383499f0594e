//! A sentence in both languages, with its values.

use std::error::Error;
use std::fmt;
use std::path::{Display, Path};

use super::{Language, Text, tables};

/// What the command says: a sentence, its values, and what it is about.
#[derive(Debug)]
pub(crate) struct Message {
    text: &'static Text,
    values: Vec<(&'static str, Value)>,
    cause: Option<Box<dyn Error + Send + Sync>>,
}

/// What stands for a name in braces.
#[derive(Debug)]
pub(crate) enum Value {
    /// The same in both languages.
    Text(String),
    /// What another crate said in English.
    Told(String),
    /// A sentence inside another.
    Message(Message),
    /// Values, one after another.
    List(Vec<Value>),
}

/// Makes a [`Message`]: `say!("{path}: no such file", path = path.display())`.
/// A text without its Chinese does not compile.
macro_rules! say {
    ($english:literal $(, $name:ident = $value:expr)* $(,)?) => {{
        const TEXT: &$crate::language::Text = $crate::language::said($english);
        $crate::language::Message::new(TEXT, vec![$((stringify!($name), ($value).into())),*])
    }};
}

pub(crate) use say;

/// Returns a text of the commands by its English. Called where a program is compiled.
pub(crate) const fn said(english: &str) -> &'static Text {
    let mut at = 0;
    while at < tables::SAID.len() {
        if is_same(tables::SAID[at].english.as_bytes(), english.as_bytes()) {
            return &tables::SAID[at];
        }
        at += 1;
    }
    panic!("texts/zh-CN.po has no Chinese for this text under the context \"said\"")
}

const fn is_same(left: &[u8], right: &[u8]) -> bool {
    if left.len() != right.len() {
        return false;
    }
    let mut at = 0;
    while at < left.len() {
        if left[at] != right[at] {
            return false;
        }
        at += 1;
    }
    true
}

impl Message {
    pub(crate) fn new(text: &'static Text, values: Vec<(&'static str, Value)>) -> Self {
        Self { text, values, cause: None }
    }

    /// Names what is at the bottom of it, which is told behind it.
    pub(crate) fn because(mut self, cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.cause = Some(cause.into());
        self
    }

    /// Returns the sentence, without its cause.
    pub(crate) fn text(&self, language: Language) -> String {
        let template = match language {
            Language::English => self.text.english,
            Language::Chinese => self.text.chinese,
        };
        fill(template, |name| {
            let value = self.values.iter().find(|(known, _)| *known == name);
            value.map(|(_, value)| value.text(language))
        })
    }
}

impl Value {
    fn text(&self, language: Language) -> String {
        match (self, language) {
            (Self::Text(text), _) => text.clone(),
            (Self::Told(english), _) => language.told(english),
            (Self::Message(message), _) => message.text(language),
            (Self::List(items), _) => {
                let items: Vec<String> = items.iter().map(|item| item.text(language)).collect();
                items.join(if language == Language::English { ", " } else { "、" })
            }
        }
    }
}

/// Puts values in the place of names in braces; a name without one stays.
pub(super) fn fill(template: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let mut filled = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        match after.split_once('}').and_then(|(name, after)| Some((value(name)?, after))) {
            Some((value, after)) => {
                filled.push_str(&value);
                rest = after;
            }
            None => {
                filled.push('{');
                rest = after;
            }
        }
    }
    filled.push_str(rest);
    filled
}

/// In English.
impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Language::English))
    }
}

impl Error for Message {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.cause.as_deref().map(|cause| cause as &(dyn Error + 'static))
    }
}

impl From<Message> for Value {
    fn from(message: Message) -> Self {
        Self::Message(message)
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<usize> for Value {
    fn from(number: usize) -> Self {
        Self::Text(number.to_string())
    }
}

impl From<Display<'_>> for Value {
    fn from(path: Display<'_>) -> Self {
        Self::Text(path.to_string())
    }
}

impl From<&Path> for Value {
    fn from(path: &Path) -> Self {
        path.display().into()
    }
}

impl<T: Into<Value>> From<Vec<T>> for Value {
    fn from(items: Vec<T>) -> Self {
        Self::List(items.into_iter().map(Into::into).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_braces_are_filled_and_unknown_ones_stay() {
        let value = |name: &str| (name == "n").then(|| "{n}3".to_owned());
        assert_eq!(fill("{n} of {m}, {", value), "{n}3 of {m}, {");
    }
}
