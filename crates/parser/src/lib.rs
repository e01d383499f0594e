//! From the decoded text of a policy document to a [`Document`].
//!
//! [`parse`] never fails and never panics: what it cannot place stays as text of
//! the division it stands in, and what looks faulty is told as a diagnostic. It
//! does no I/O and knows no clock. The same text gives the same document.

mod aligned;
mod build;
mod captions;
mod cell_forms;
mod columns;
mod dates;
mod document_kind;
mod document_number;
mod duty_bracket;
mod extract;
mod flat_frame;
mod fold;
mod frame;
mod front_matter;
mod furniture;
mod glued;
mod grid;
mod heading;
mod hierarchy;
mod issuer;
mod justified;
mod kinds;
mod line_break;
mod lines;
mod marker;
mod marks;
mod markup;
mod metadata;
mod next_line;
mod notes;
mod numbering;
mod numeral;
mod outline;
mod page;
mod page_head;
mod page_numbers;
mod page_table;
mod paragraph;
mod plain;
mod printed;
mod promulgation;
mod review;
mod run_on;
mod sift;
mod spacing;
mod stacked;
mod status;
mod table;
mod tabular;
mod titles;
mod torn;
mod view;
mod word_set;

use gangmu_lexicon::Lexicon;
use gangmu_model::{Document, Metadata, Source};

use crate::fold::Folded;
use crate::marker::recognise_in;
use crate::markup::Markup;
use crate::view::{LineFolds, View};

/// What a caller knows of a text beside the text.
#[derive(Debug, Clone)]
pub struct ParseOptions {
    /// The document's id; taken over as it is.
    pub id: String,
    /// Where the text came from; taken over as it is.
    pub source: Source,
    /// What is known beside the text of title, issuers, number and dates; each
    /// fills only what the text itself leaves open, its front matter included.
    pub hints: Metadata,
    /// The word lists to read with.
    pub lexicon: &'static Lexicon,
}

impl Default for ParseOptions {
    fn default() -> Self {
        Self {
            id: String::new(),
            source: Source::default(),
            hints: Metadata::default(),
            lexicon: Lexicon::builtin(),
        }
    }
}

/// Reads a text of any content into a document.
///
/// The result keeps the promises that [`gangmu_model::verify`] checks, whatever
/// the text is.
///
/// ```
/// use gangmu_parser::{ParseOptions, parse};
///
/// let text = "关于加强保护的实施意见\n一、总体要求\n（一）优化格局。落实主体功能区战略。（牵头单位：省自然资源厅）\n";
/// let document = parse(text, &ParseOptions::default());
/// let measure = document.find("一(一)").unwrap();
/// assert_eq!(measure.title.as_deref(), Some("优化格局"));
/// assert_eq!(document.assignments[0].agencies[0].name, "省自然资源厅");
/// ```
pub fn parse(text: &str, options: &ParseOptions) -> Document {
    let markup = Markup::find(text);
    let grids = grid::find(text, options.lexicon);
    let lines = lines::lines(text, &grids);
    let mut folded = Folded::with_capacity(text.len());
    // A table is no line that the rooms before the outline could read.
    let words = |line: &lines::Line| line.grid.is_none().then(|| line.source.clone());
    let ranges: Vec<_> =
        lines.iter().map(|line| folded.push_line(text, &markup, words(line))).collect();
    let texts: Vec<&str> = ranges.iter().map(|range| &folded.text()[range.clone()]).collect();
    let markers: Vec<_> = lines
        .iter()
        .zip(&texts)
        .map(|(line, folded)| {
            if line.grid.is_some() {
                return None;
            }
            recognise_in(&markup.without_signs(text, line.source.clone()), folded)
        })
        .collect();
    let page = page::take_apart(&lines, &texts, &markers, markup.front_matter_end);
    let line_folds = LineFolds { folded: &folded, ranges: &ranges, texts: &texts };
    let view = View::new(text, &markup, &lines, &grids, &line_folds, &markers, &page);
    let hints = front_matter::hints(&text[..markup.front_matter_end], &options.hints);
    build::document(text, &lines, &texts, &page, &view, &ParseOptions { hints, ..options.clone() })
}
