//! One parsed document.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Assignment, Diagnostic, Division, DivisionId, Metadata, Source, Span, Target, Tree};

/// The version of the JSON shape; it grows when a field changes its meaning.
pub const SCHEMA_VERSION: u32 = 1;

/// A work cited in the text.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Citation {
    /// The division that cites it.
    pub division: DivisionId,
    /// The cited title, without 《》.
    pub title: String,
    /// The number given beside it: 国发〔2023〕24号.
    pub document_number: Option<String>,
    /// Where the title stands, 《》 included.
    pub span: Span,
}

/// Why a piece of the text is not the document's.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum BoilerplateReason {
    /// Menus, breadcrumbs, search boxes, tables of contents.
    Navigation,
    /// 来源, 时间, 热度, and the table of metadata of a government page.
    SourceLine,
    /// The page's own heading, which repeats the title.
    DuplicateTitle,
    /// The page's summary of the text.
    Summary,
    /// Other articles of the site.
    RelatedLinks,
    /// 打印, 关闭, 分享.
    Share,
    /// The foot of a page: 主办单位, 备案号, page numbers.
    Footer,
}

/// A piece of the text that is the page's and not the document's.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Boilerplate {
    /// Why it was set aside.
    pub reason: BoilerplateReason,
    /// Where it stands.
    pub span: Span,
}

/// One parsed document: the tree, and the layers beside it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Document {
    /// The version of this shape: [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// The name of the document, unique in an index; from the file's name unless given.
    pub id: String,
    /// Where the text came from.
    pub source: Source,
    /// What the text says of itself.
    pub metadata: Metadata,
    /// The tree, flat, in document order.
    pub divisions: Vec<Division>,
    /// Who must do what, in document order.
    pub assignments: Vec<Assignment>,
    /// What is to be reached, in document order.
    pub targets: Vec<Target>,
    /// What the text cites, in document order.
    pub citations: Vec<Citation>,
    /// What is the page's and not the document's.
    pub boilerplate: Vec<Boilerplate>,
    /// What is wrong or unsure, in document order.
    pub diagnostics: Vec<Diagnostic>,
}

impl Document {
    /// Returns the division of that id.
    pub fn division(&self, id: &DivisionId) -> Option<&Division> {
        self.divisions.iter().find(|division| division.id == *id)
    }

    /// Returns a table of parents and children, for walking the tree.
    pub fn tree(&self) -> Tree<'_> {
        Tree::new(&self.divisions)
    }
}

impl Division {
    /// Returns the marker and the title as a heading: `三、持续深入推进污染防治攻坚`.
    pub fn heading(&self) -> Option<String> {
        match (&self.marker, &self.title) {
            (None, None) => None,
            (Some(marker), None) => Some(marker.text.clone()),
            (None, Some(title)) => Some(title.clone()),
            (Some(marker), Some(title)) => Some(format!("{}{title}", marker.text)),
        }
    }
}
