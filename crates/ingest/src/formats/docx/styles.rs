//! What paragraph styles say of numbers.

use std::collections::{HashMap, HashSet};

use super::numbering::{LONGEST_NAME, Numbering, short};
use crate::error::Error;
use crate::xml::{Token, Xml};

/// Styles that may rest on each other before they are taken for a circle.
const LONGEST_CHAIN: usize = 32;

/// The styles of a file.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: HashMap<String, Style>,
    /// The style of paragraphs that name none.
    default: Option<String>,
    /// The styles of the lines of a table of contents.
    contents: HashSet<String>,
    /// The lists that numbering styles name.
    pub(super) lists: HashMap<String, String>,
}

#[derive(Debug, Default)]
struct Style {
    /// The name by which Word knows it in any language: `toc 1`.
    name: String,
    based_on: Option<String>,
    number: Number,
}

/// Which number a paragraph or a style asks for; what is `None` it leaves to
/// the style below.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Number {
    /// The list; `0` for none.
    pub(super) list: Option<String>,
    /// The level, from 0.
    pub(super) level: Option<usize>,
}

impl Styles {
    /// Reads `styles.xml`.
    ///
    /// # Errors
    ///
    /// Those of [`Xml::next`].
    pub(super) fn read(mut xml: Xml<'_>) -> Result<Self, Error> {
        let mut styles = Self::default();
        let mut style: Option<(String, Style, bool)> = None;
        let mut open: Vec<bool> = Vec::new();
        loop {
            match xml.next()? {
                Token::Open(element) => {
                    let name = element.name();
                    if name == "pPrChange" || name == "tblStylePr" {
                        xml.skip()?;
                        continue;
                    }
                    if name == "style" {
                        let id = element.attribute("styleId").unwrap_or_default();
                        let kind = element.attribute("type").unwrap_or_default();
                        let is_default = element
                            .attribute("default")
                            .is_some_and(|on| on == "1" || on == "true");
                        if is_default && kind == "paragraph" {
                            styles.default = Some(id.clone());
                        }
                        style = Some((id, Style::default(), kind == "numbering"));
                    } else if let Some((_, style, _)) = &mut style {
                        match name {
                            "name" => style.name = short(&element).unwrap_or_default(),
                            "basedOn" => style.based_on = short(&element),
                            "numId" => style.number.list = short(&element),
                            "ilvl" => {
                                style.number.level =
                                    element.value().and_then(|value| value.parse().ok());
                            }
                            _ => {}
                        }
                    }
                    open.push(name == "style");
                }
                Token::Close => {
                    if open.pop() == Some(true)
                        && let Some((id, style, is_list)) = style.take()
                    {
                        if id.len() > LONGEST_NAME {
                            continue;
                        }
                        if is_list && let Some(list) = &style.number.list {
                            styles.lists.insert(id.clone(), list.clone());
                        }
                        if style.name.to_lowercase().starts_with("toc ") {
                            styles.contents.insert(id.clone());
                        }
                        styles.styles.insert(id, style);
                    }
                }
                Token::Text(_) => {}
                Token::End => return Ok(styles),
            }
        }
    }

    /// Whether a style is that of lines of a table of contents.
    pub(super) fn is_contents(&self, style: &str) -> bool {
        self.contents.contains(style)
    }

    /// Returns the list and the level of a paragraph, by what it says itself and
    /// what its styles say; `None` where it has no number.
    pub(super) fn number(
        &self,
        style: Option<&str>,
        own: &Number,
        numbering: &Numbering,
    ) -> Option<(String, usize)> {
        let mut list = own.list.clone();
        let mut level = own.level.or(own.list.as_ref().map(|_| 0).filter(|_| style.is_none()));
        let mut name = style.or(self.default.as_deref());
        for _ in 0..LONGEST_CHAIN {
            let Some((id, found)) = name.and_then(|name| self.styles.get_key_value(name)) else {
                break;
            };
            if list.is_none() || level.is_none() {
                list = list.or_else(|| found.number.list.clone());
                // A level that names the style goes before the one the style names.
                let bound = || {
                    let list = found.number.list.as_deref().or(list.as_deref())?;
                    numbering.level_of_style(list, id, &self.lists)
                };
                level = level.or_else(bound).or(found.number.level);
            }
            name = found.based_on.as_deref();
        }
        let list = list.filter(|list| list != "0")?;
        Some((list, level.unwrap_or(0)))
    }
}
