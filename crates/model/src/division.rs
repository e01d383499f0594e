//! The tree of a document: its divisions and their numbers.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Span, Table};

/// The name of a division inside its document: the path of short kinds and
/// ordinals, such as `c3.m7` or `a12.i3`.
///
/// ASCII, unique in the document, and unchanged by edits elsewhere in it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct DivisionId(String);

impl DivisionId {
    /// Names a division.
    pub fn new(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    /// Returns the id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the last step of the path: `m7` of `c3.m7`.
    pub fn last_step(&self) -> &str {
        self.0.rsplit('.').next().unwrap_or(&self.0)
    }
}

impl fmt::Display for DivisionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for DivisionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a division is in its document. A marker's form is not its role:
/// （一） is a measure in an 意见 and an item (项) under an article (条).
///
/// Structure words follow the Legislation Law (立法法, 第六十五条: 编、章、节、条、款、项、目).
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum DivisionKind {
    /// 编, or 第一部分.
    Part,
    /// 章, or a heading 一、 over measures or paragraphs.
    Chapter,
    /// 节.
    Section,
    /// 条.
    Article,
    /// 措施、任务: a numbered work item.
    Measure,
    /// 项: a numbered part of an article or of a measure.
    Item,
    /// 目: a numbered part of an item.
    Subitem,
    /// 款, or any paragraph without a number.
    Paragraph,
    /// A numbered entry below a subitem, or of a plain list.
    ListEntry,
    /// 专栏.
    Box,
    /// A table.
    Table,
    /// 附件.
    Attachment,
    /// Title, number, addressee and status lines.
    FrontMatter,
    /// What is said before the first division: the 通知's own body, the
    /// 为贯彻落实… of an 意见.
    Preamble,
    /// Signature, date, attachment note.
    Closing,
}

impl DivisionKind {
    /// Every kind, in the order of the enum.
    pub const ALL: [Self; 15] = [
        Self::Part,
        Self::Chapter,
        Self::Section,
        Self::Article,
        Self::Measure,
        Self::Item,
        Self::Subitem,
        Self::Paragraph,
        Self::ListEntry,
        Self::Box,
        Self::Table,
        Self::Attachment,
        Self::FrontMatter,
        Self::Preamble,
        Self::Closing,
    ];

    /// Returns the letters that stand for the kind in a [`DivisionId`].
    pub fn short(self) -> &'static str {
        match self {
            Self::Part => "pt",
            Self::Chapter => "c",
            Self::Section => "s",
            Self::Article => "a",
            Self::Measure => "m",
            Self::Item => "i",
            Self::Subitem => "si",
            Self::Paragraph => "p",
            Self::ListEntry => "l",
            Self::Box => "b",
            Self::Table => "t",
            Self::Attachment => "x",
            Self::FrontMatter => "f",
            Self::Preamble => "pre",
            Self::Closing => "end",
        }
    }

    /// Returns the kind's name as it stands in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Part => "part",
            Self::Chapter => "chapter",
            Self::Section => "section",
            Self::Article => "article",
            Self::Measure => "measure",
            Self::Item => "item",
            Self::Subitem => "subitem",
            Self::Paragraph => "paragraph",
            Self::ListEntry => "list_entry",
            Self::Box => "box",
            Self::Table => "table",
            Self::Attachment => "attachment",
            Self::FrontMatter => "front_matter",
            Self::Preamble => "preamble",
            Self::Closing => "closing",
        }
    }

    /// Returns whether the division is part of what the document rules, and
    /// not of its frame (title, preamble, signature).
    pub fn is_content(self) -> bool {
        !matches!(self, Self::FrontMatter | Self::Preamble | Self::Closing)
    }
}

/// The form of a number before a division.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum MarkerStyle {
    /// 第一编, 第一部分, 第一篇.
    HanPart,
    /// 第一章.
    HanChapter,
    /// 第一节.
    HanSection,
    /// 第一条.
    HanArticle,
    /// 一、
    HanComma,
    /// （一）, ㈠.
    HanParen,
    /// 第一， 第二，
    HanOrdinal,
    /// 1. and 1、 and １．
    ArabicDot,
    /// （1）, 1）.
    ArabicParen,
    /// 1.1, 2.3.1.
    ArabicDecimal,
    /// ①.
    Circled,
    /// （a）, a.
    Latin,
    /// 附件1.
    Attachment,
    /// 专栏1.
    Box,
    /// 【重点任务1】, 任务一：, a word and a number.
    Labelled,
}

/// A number before a division, as written.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Marker {
    /// The marker verbatim: `(七)`, `一、`, `第十二条`.
    pub text: String,
    /// Its form.
    pub style: MarkerStyle,
    /// Its number; 附件 without a number counts as 1.
    pub ordinal: u32,
}

/// One node of the document's tree.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Division {
    /// The name of the division in the document, such as `c3.m7`.
    pub id: DivisionId,
    /// The division it stands in, or null at the top.
    pub parent: Option<DivisionId>,
    /// What it is.
    pub kind: DivisionKind,
    /// Its number as written, or null where there is none.
    pub marker: Option<Marker>,
    /// How people cite it: `三、(七)`, `第十二条(三)`.
    pub citation: String,
    /// The run-in title (first sentence) or the heading line; null where there is none.
    pub title: Option<String>,
    /// Its own text: without marker, title, closing assignment, or children.
    /// Paragraphs are parted by a line feed; broken lines are joined.
    /// Of a table, the rows as written, those that are divisions of their own left out.
    pub text: String,
    /// The rows and cells of a table; null for every other kind.
    pub table: Option<Table>,
    /// Where the whole division stands, children included.
    pub span: Span,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_agree_with_json_and_shorts_are_distinct() {
        let mut shorts: Vec<_> = DivisionKind::ALL.iter().map(|kind| kind.short()).collect();
        for kind in DivisionKind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
        }
        shorts.sort_unstable();
        shorts.dedup();
        assert_eq!(shorts.len(), DivisionKind::ALL.len());
    }

    #[test]
    fn last_step_of_a_path() {
        assert_eq!(DivisionId::new("c3.m7").last_step(), "m7");
        assert_eq!(DivisionId::new("x1").last_step(), "x1");
    }
}
