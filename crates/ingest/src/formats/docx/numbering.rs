//! Automatic numbers: what `numbering.xml` defines, and the numbers of a
//! document's paragraphs as they are counted.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::numerals::NumberFormat;
use super::symbols;
use crate::error::Error;
use crate::xml::{Element, Token, Xml};

/// Levels of a list.
pub(super) const N_LEVELS: usize = 9;

/// Lists that may stand for each other before they are taken for a circle.
const LONGEST_CHAIN: usize = 8;

/// Bytes of the longest name and text that are taken: each paragraph looks at
/// them again, and Word's own are far shorter.
pub(super) const LONGEST_NAME: usize = 512;

/// What a file says of its lists.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    /// Definitions by their number in the file.
    definitions: HashMap<String, Definition>,
    /// Lists by the number that paragraphs name.
    lists: HashMap<String, List>,
    /// Names of formats that are not known.
    pub(super) unknown_formats: BTreeSet<String>,
}

/// What lists have in common: `w:abstractNum`.
#[derive(Debug, Default)]
struct Definition {
    levels: [Option<Level>; N_LEVELS],
    /// The numbering style that holds the levels instead.
    style_link: Option<String>,
}

/// A list: `w:num`.
#[derive(Debug, Default)]
struct List {
    definition: String,
    overrides: [Override; N_LEVELS],
}

#[derive(Debug, Default, Clone)]
struct Override {
    start: Option<u32>,
    level: Option<Level>,
}

/// How one level of a list looks.
#[derive(Debug, Clone)]
struct Level {
    start: u32,
    format: NumberFormat,
    /// With %1 to %9 for the numbers of the levels.
    text: String,
    suffix: Suffix,
    /// The level, from 1, behind which it begins anew; 0: never.
    restart: Option<u32>,
    /// Whether all numbers are written as digits.
    legal: bool,
    /// The paragraph style that is numbered on this level.
    style: Option<String>,
}

impl Default for Level {
    fn default() -> Self {
        Self {
            start: 0,
            format: NumberFormat::Decimal,
            text: String::new(),
            suffix: Suffix::Tab,
            restart: None,
            legal: false,
            style: None,
        }
    }
}

/// What stands between a number and its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Suffix {
    Tab,
    Space,
    Nothing,
}

impl Numbering {
    /// Reads `numbering.xml`.
    ///
    /// # Errors
    ///
    /// Those of [`Xml::next`].
    pub(super) fn read(mut xml: Xml<'_>) -> Result<Self, Error> {
        let mut numbering = Self::default();
        let mut definition: Option<(String, Definition)> = None;
        let mut list: Option<(String, List)> = None;
        let mut level: Option<(usize, Level)> = None;
        let mut override_at: Option<usize> = None;
        let mut open: Vec<String> = Vec::new();
        loop {
            match xml.next()? {
                Token::Open(element) => {
                    match element.name() {
                        // What a new format replaces stands beside it for older programs.
                        "Choice" | "pPr" | "rPr" => {
                            xml.skip()?;
                            continue;
                        }
                        "abstractNum" => {
                            let id = element.attribute("abstractNumId").unwrap_or_default();
                            definition = Some((id, Definition::default()));
                        }
                        "numStyleLink" => {
                            if let Some((_, definition)) = &mut definition {
                                definition.style_link = short(&element);
                            }
                        }
                        "num" => {
                            let id = element.attribute("numId").unwrap_or_default();
                            list = Some((id, List::default()));
                        }
                        "abstractNumId" => {
                            if let Some((_, list)) = &mut list {
                                list.definition = element.value().unwrap_or_default();
                            }
                        }
                        "lvlOverride" => override_at = level_of(&element),
                        "startOverride" => {
                            if let (Some((_, list)), Some(at)) = (&mut list, override_at) {
                                list.overrides[at].start = number(&element);
                            }
                        }
                        "lvl" => level = level_of(&element).map(|at| (at, Level::default())),
                        _ => {
                            if let Some((_, level)) = &mut level {
                                level.read(&element, &mut numbering.unknown_formats);
                            }
                        }
                    }
                    open.push(element.name().to_owned());
                }
                Token::Close => match open.pop().as_deref() {
                    Some("lvl") => {
                        let Some((at, level)) = level.take() else { continue };
                        if let Some((_, list)) = &mut list {
                            list.overrides[at].level = Some(level);
                        } else if let Some((_, definition)) = &mut definition {
                            definition.levels[at] = Some(level);
                        }
                    }
                    Some("lvlOverride") => override_at = None,
                    Some("abstractNum") => {
                        let short = definition.take().filter(|(id, _)| id.len() <= LONGEST_NAME);
                        numbering.definitions.extend(short);
                    }
                    Some("num") => {
                        let short = list.take().filter(|(id, list)| {
                            id.len().max(list.definition.len()) <= LONGEST_NAME
                        });
                        numbering.lists.extend(short);
                    }
                    _ => {}
                },
                Token::Text(_) => {}
                Token::End => return Ok(numbering),
            }
        }
    }

    /// Returns the level of a list that is bound to a paragraph style.
    pub(super) fn level_of_style(
        &self,
        list: &str,
        style: &str,
        lists_of_styles: &HashMap<String, String>,
    ) -> Option<usize> {
        let list = self.lists.get(list)?;
        let definition = self.definition(list, lists_of_styles).map(|(_, found)| found);
        (0..N_LEVELS).find(|at| {
            let level = list.overrides[*at].level.as_ref();
            let level = level.or_else(|| definition?.levels[*at].as_ref());
            level.is_some_and(|level| level.style.as_deref() == Some(style))
        })
    }

    /// Returns the definition of a list and its number in the file, through
    /// numbering styles where it names one; those name lists in turn.
    fn definition<'n>(
        &'n self,
        list: &'n List,
        lists_of_styles: &HashMap<String, String>,
    ) -> Option<(&'n str, &'n Definition)> {
        let mut list = list;
        for _ in 0..LONGEST_CHAIN {
            let definition = self.definitions.get(&list.definition)?;
            let linked = definition
                .style_link
                .as_ref()
                .and_then(|style| self.lists.get(lists_of_styles.get(style)?));
            match linked {
                Some(linked) => list = linked,
                None => return Some((&list.definition, definition)),
            }
        }
        None
    }
}

impl Level {
    fn read(&mut self, element: &Element<'_>, unknown_formats: &mut BTreeSet<String>) {
        match element.name() {
            "start" => self.start = number(element).unwrap_or(0),
            "numFmt" => {
                let name = element.value().unwrap_or_default();
                self.format = NumberFormat::from_name(&name).unwrap_or_else(|| {
                    unknown_formats.insert(name);
                    NumberFormat::Decimal
                });
            }
            "lvlText" => self.text = short(element).unwrap_or_default(),
            "suff" => {
                self.suffix = match element.value().as_deref() {
                    Some("space") => Suffix::Space,
                    Some("nothing") => Suffix::Nothing,
                    _ => Suffix::Tab,
                };
            }
            "lvlRestart" => self.restart = number(element),
            "isLgl" => self.legal = element.is_on(),
            "pStyle" => self.style = short(element),
            _ => {}
        }
    }

    /// Puts a number in front of a text.
    fn join(&self, label: &str, text: &str) -> String {
        let gap = match self.suffix {
            Suffix::Nothing => "",
            Suffix::Space => " ",
            // A tab sets the number off; a full-width mark does so by itself.
            Suffix::Tab => match label.chars().next_back() {
                Some('、' | '）' | '．' | '。' | '：' | '，' | '】' | '》' | '〕') | None => {
                    ""
                }
                Some(_) => " ",
            },
        };
        if text.is_empty() { label.to_owned() } else { format!("{label}{gap}{text}") }
    }
}

/// The numbers reached so far.
#[derive(Debug, Default)]
pub(super) struct Counters {
    /// By definition: lists of one definition count on.
    counts: HashMap<String, [Option<u32>; N_LEVELS]>,
    /// Levels of lists that have begun where their list says.
    begun: HashSet<(String, usize)>,
}

impl Counters {
    /// Counts a paragraph of a list and returns its text with the number in front.
    pub(super) fn number(
        &mut self,
        numbering: &Numbering,
        lists_of_styles: &HashMap<String, String>,
        list_id: &str,
        at: usize,
        text: &str,
    ) -> Option<String> {
        let list = numbering.lists.get(list_id)?;
        let (definition_id, definition) = numbering.definition(list, lists_of_styles)?;
        let at = at.min(N_LEVELS - 1);
        let level =
            |at: usize| list.overrides[at].level.as_ref().or(definition.levels[at].as_ref());
        let shown = level(at)?;
        let start = |at: usize| {
            list.overrides[at].start.unwrap_or_else(|| level(at).map_or(1, |level| level.start))
        };
        let counts = self.counts.entry(definition_id.to_owned()).or_default();
        let begins =
            list.overrides[at].start.is_some() && self.begun.insert((list_id.to_owned(), at));
        let count = match counts[at] {
            Some(count) if !begins => count.saturating_add(1),
            _ => start(at),
        };
        counts[at] = Some(count);
        // A level that is passed over counts as begun.
        for (above, count) in counts[..at].iter_mut().enumerate() {
            count.get_or_insert_with(|| start(above));
        }
        for (deeper, count) in counts.iter_mut().enumerate().skip(at + 1) {
            let behind = level(deeper).and_then(|level| level.restart);
            if (at as u32) < behind.unwrap_or(deeper as u32) {
                *count = None;
            }
        }
        let label = shown.label(|at| {
            let format = level(at).map_or(NumberFormat::Decimal, |level| level.format);
            (counts[at].unwrap_or_else(|| start(at)), format)
        });
        Some(if label.is_empty() { text.to_owned() } else { shown.join(&label, text) })
    }
}

impl Level {
    /// Fills the text of the level with numbers.
    fn label(&self, number: impl Fn(usize) -> (u32, NumberFormat)) -> String {
        if self.format == NumberFormat::Bullet {
            return self.text.chars().map(symbols::bullet).collect();
        }
        let mut label = String::with_capacity(self.text.len());
        let mut rest = self.text.chars().peekable();
        while let Some(ch) = rest.next() {
            let digit = rest.peek().and_then(|next| next.to_digit(10)).filter(|digit| *digit > 0);
            match digit {
                Some(digit) if ch == '%' => {
                    rest.next();
                    let (count, format) = number(digit as usize - 1);
                    let format = match (self.legal, format) {
                        (true, NumberFormat::DecimalZero) => format,
                        (true, _) => NumberFormat::Decimal,
                        (false, _) => format,
                    };
                    label.push_str(&format.write(count));
                }
                _ => label.push(ch),
            }
        }
        label
    }
}

fn level_of(element: &Element<'_>) -> Option<usize> {
    let at = element.attribute("ilvl")?.parse().ok()?;
    (at < N_LEVELS).then_some(at)
}

fn number(element: &Element<'_>) -> Option<u32> {
    element.value()?.trim().parse().ok()
}

/// Returns the value of an element, unless it is too long to be a name.
pub(super) fn short(element: &Element<'_>) -> Option<String> {
    element.value().filter(|value| value.len() <= LONGEST_NAME)
}
