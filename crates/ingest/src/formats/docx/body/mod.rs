//! From the XML of a text to its paragraphs and tables.

mod properties;

use std::collections::HashMap;

use super::fields::Fields;
use super::grid::{Block, Cell, Grid, Row};
use super::numbering::{Counters, Numbering};
use super::styles::{Number, Styles};
use super::symbols;
use crate::error::{Error, Limit};
use crate::options::Limits;
use crate::xml::{Element, Token, Xml};

/// What the paragraphs of a file refer to.
#[derive(Debug, Default)]
pub(super) struct Context {
    pub(super) styles: Styles,
    pub(super) numbering: Numbering,
    /// Texts of footnotes and endnotes by kind and number.
    pub(super) notes: HashMap<(NoteKind, String), Vec<Block>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum NoteKind {
    Footnote,
    Endnote,
}

/// What was assumed or left out on the way.
#[derive(Debug, Default)]
pub(super) struct Remarks {
    pub(super) tracked_changes: bool,
    pub(super) n_hidden: usize,
    pub(super) n_unknown_symbols: usize,
    pub(super) foreign_parts: bool,
    pub(super) prompts: bool,
    pub(super) n_pictures: usize,
}

/// Reads a part that holds a text.
pub(super) struct Reader<'c> {
    context: &'c mut Context,
    limits: Limits,
    counters: Counters,
    fields: Fields,
    open: Vec<Open>,
    stories: Vec<Story>,
    grids: Vec<Grid>,
    /// The text element that is open.
    characters: String,
    /// Bytes in blocks, which are bounded before they are written.
    n_bytes: usize,
    /// The cells of all tables so far.
    n_cells: usize,
    /// Notes that were put behind their paragraphs.
    n_notes: usize,
    /// Notes as they are found in the part of the notes.
    notes: Vec<(String, Vec<Block>)>,
    pub(super) remarks: Remarks,
}

/// A run of blocks: the body, a cell, a text box, a note.
#[derive(Debug, Default)]
struct Story {
    blocks: Vec<Block>,
    paragraph: Option<Paragraph>,
    /// The text of paragraphs whose end a tracked change takes out.
    joined: String,
}

#[derive(Debug, Default)]
struct Paragraph {
    text: String,
    style: Option<String>,
    number: Number,
    end_deleted: bool,
    /// Whether it is a line of a table of contents.
    contents: bool,
    /// Whether the run that is open is hidden.
    hidden: bool,
    /// Text boxes that hang on it, and notes.
    behind: Vec<Block>,
}

/// An element that is open, as far as it matters.
#[derive(Debug, PartialEq, Eq)]
enum Open {
    Story,
    Note(String),
    Grid,
    Row,
    Cell,
    RowProperties,
    Paragraph,
    ParagraphProperties,
    RunProperties,
    Run,
    Text {
        keeps_blanks: bool,
    },
    Instruction,
    /// Of a drawing kept in two forms: whether one was taken.
    Alternatives {
        taken: bool,
    },
    /// Content with properties: whether it is only a prompt.
    Control {
        prompt: bool,
    },
    Other,
}

impl<'c> Reader<'c> {
    pub(super) fn new(context: &'c mut Context, limits: Limits) -> Self {
        Self {
            context,
            limits,
            counters: Counters::default(),
            fields: Fields::default(),
            open: Vec::new(),
            stories: vec![Story::default()],
            grids: Vec::new(),
            characters: String::new(),
            n_bytes: 0,
            n_cells: 0,
            n_notes: 0,
            notes: Vec::new(),
            remarks: Remarks::default(),
        }
    }

    /// Reads the document itself.
    ///
    /// # Errors
    ///
    /// Those of [`Xml::next`], and [`Error::OverLimit`] for tables and texts
    /// beyond the limits.
    pub(super) fn read(&mut self, xml: Xml<'_>) -> Result<Vec<Block>, Error> {
        self.walk(xml)?;
        self.end_paragraph()?;
        let mut story = self.stories.pop().unwrap_or_default();
        if !story.joined.is_empty() {
            story.blocks.push(Block::Paragraph(story.joined));
        }
        Ok(story.blocks)
    }

    /// Reads the part that holds footnotes or endnotes, each with its number.
    ///
    /// # Errors
    ///
    /// Those of [`read`](Self::read).
    pub(super) fn read_notes(&mut self, xml: Xml<'_>) -> Result<Vec<(String, Vec<Block>)>, Error> {
        self.walk(xml)?;
        Ok(std::mem::take(&mut self.notes))
    }

    fn walk(&mut self, mut xml: Xml<'_>) -> Result<(), Error> {
        loop {
            match xml.next()? {
                Token::Open(element) => match self.enter(&element)? {
                    Some(open) => self.open.push(open),
                    None => xml.skip()?,
                },
                Token::Close => {
                    if let Some(open) = self.open.pop() {
                        self.leave(open)?;
                    }
                }
                Token::Text(text) => match self.open.last() {
                    Some(Open::Text { .. }) => self.characters.push_str(&text),
                    Some(Open::Instruction) => self.fields.instruct(&text),
                    _ => {}
                },
                Token::End => return Ok(()),
            }
        }
    }

    /// Takes the beginning of an element; `None`: what is in it is passed over.
    fn enter(&mut self, element: &Element<'_>) -> Result<Option<Open>, Error> {
        let in_properties = matches!(
            self.open.last(),
            Some(Open::ParagraphProperties | Open::RunProperties | Open::RowProperties)
        );
        if in_properties {
            return Ok(self.enter_property(element));
        }
        let open = match element.name() {
            "p" => {
                self.end_paragraph()?;
                self.story().paragraph = Some(Paragraph::default());
                Open::Paragraph
            }
            "pPr" => Open::ParagraphProperties,
            "rPr" => Open::RunProperties,
            "r" => Open::Run,
            "t" => Open::Text {
                keeps_blanks: element.attribute("space").as_deref() == Some("preserve"),
            },
            "tab" | "ptab" => self.sign("\t"),
            "br" | "cr" => self.sign("\n"),
            "noBreakHyphen" => self.sign("-"),
            "sym" | "symEx" => self.symbol(element),
            "fldChar" => {
                match element.attribute("fldCharType").as_deref() {
                    Some("begin") => self.fields.begin(),
                    Some("separate") => self.fields.separate(),
                    Some("end") => {
                        if let Some(drawn) = self.fields.end() {
                            self.text(&drawn);
                        }
                    }
                    _ => {}
                }
                return Ok(None);
            }
            "instrText" => Open::Instruction,
            "footnoteReference" => self.note(NoteKind::Footnote, element),
            "endnoteReference" => self.note(NoteKind::Endnote, element),
            "footnote" | "endnote" => {
                // What has a type is a line above the notes.
                if element.attribute("type").is_some_and(|kind| kind != "normal") {
                    return Ok(None);
                }
                self.stories.push(Story::default());
                Open::Note(element.attribute("id").unwrap_or_default())
            }
            "txbxContent" => {
                self.stories.push(Story::default());
                Open::Story
            }
            "tbl" => {
                self.end_paragraph()?;
                self.grids.push(Grid::default());
                Open::Grid
            }
            "tr" if self.open_grid() => {
                self.grid().rows.push(Row::default());
                Open::Row
            }
            "tc" if self.open_row() => {
                self.row().cells.push(Cell::default());
                self.stories.push(Story::default());
                Open::Cell
            }
            "trPr" => Open::RowProperties,
            "tcPr" => Open::RowProperties,
            "AlternateContent" => Open::Alternatives { taken: false },
            "Choice" | "Fallback" => match self.open.last_mut() {
                Some(Open::Alternatives { taken }) => {
                    if std::mem::replace(taken, true) {
                        return Ok(None);
                    }
                    Open::Other
                }
                _ => Open::Other,
            },
            "sdt" => Open::Control { prompt: false },
            "showingPlcHdr" => {
                for open in self.open.iter_mut().rev() {
                    if let Open::Control { prompt } = open {
                        *prompt = element.is_on();
                        break;
                    }
                }
                Open::Other
            }
            "sdtContent" => match self.open.last() {
                Some(Open::Control { prompt: true }) => {
                    self.remarks.prompts = true;
                    return Ok(None);
                }
                _ => Open::Other,
            },
            "blip" | "imagedata" => {
                self.remarks.n_pictures += 1;
                Open::Other
            }
            "altChunk" | "subDoc" => {
                self.remarks.foreign_parts = true;
                return Ok(None);
            }
            "del" | "moveFrom" => {
                self.remarks.tracked_changes = true;
                return Ok(None);
            }
            "ins" | "moveTo" => {
                self.remarks.tracked_changes = true;
                Open::Other
            }
            // What stood there before a change, readings above signs, pictures as
            // bytes, and the layout of pages.
            "delText" | "delInstrText" | "rt" | "sectPr" | "binData" => return Ok(None),
            name if name.ends_with("Change") => return Ok(None),
            _ => Open::Other,
        };
        Ok(Some(open))
    }

    fn leave(&mut self, open: Open) -> Result<(), Error> {
        match open {
            Open::Text { keeps_blanks } => {
                let characters = std::mem::take(&mut self.characters);
                let blanks: &[char] = if keeps_blanks { &[] } else { &[' ', '\t', '\n', '\r'] };
                self.text(characters.trim_matches(blanks));
            }
            Open::Paragraph => self.end_paragraph()?,
            Open::Run => {
                if let Some(paragraph) = self.paragraph() {
                    paragraph.hidden = false;
                }
            }
            Open::Story => {
                let blocks = self.end_story()?;
                match self.paragraph() {
                    Some(paragraph) => paragraph.behind.extend(blocks),
                    None => self.story().blocks.extend(blocks),
                }
            }
            Open::Note(id) => {
                let blocks = self.end_story()?;
                self.notes.push((id, blocks));
            }
            Open::Cell => {
                let blocks = self.end_story()?;
                if let Some(cell) = self.row().cells.last_mut() {
                    cell.blocks = blocks;
                }
            }
            Open::Grid => {
                if let Some(grid) = self.grids.pop() {
                    let blocks = grid.finish(self.limits)?;
                    // All tables of a document stand in memory together.
                    if let [Block::Table(table)] = &*blocks {
                        self.n_cells = self.n_cells.saturating_add(table.n_cells());
                        self.limits.check(Limit::Elements, self.n_cells)?;
                    }
                    self.story().blocks.extend(blocks);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn end_story(&mut self) -> Result<Vec<Block>, Error> {
        self.end_paragraph()?;
        let Some(mut story) = self.stories.pop() else { return Ok(Vec::new()) };
        if !story.joined.is_empty() {
            story.blocks.push(Block::Paragraph(story.joined));
        }
        Ok(story.blocks)
    }

    /// Ends the paragraph that is open and puts its number in front.
    fn end_paragraph(&mut self) -> Result<(), Error> {
        let story = self.story();
        let Some(mut paragraph) = story.paragraph.take() else { return Ok(()) };
        let mut text = std::mem::take(&mut story.joined);
        text.push_str(&paragraph.text);
        if paragraph.end_deleted {
            story.joined = text;
            story.blocks.append(&mut paragraph.behind);
            return Ok(());
        }
        self.fields.end_paragraph();
        let Context { styles, numbering, .. } = &*self.context;
        if let Some((list, level)) =
            styles.number(paragraph.style.as_deref(), &paragraph.number, numbering)
            && let Some(numbered) =
                self.counters.number(numbering, &styles.lists, &list, level, &text)
        {
            text = numbered;
        }
        let style = paragraph.style.as_deref();
        if paragraph.contents || style.is_some_and(|style| styles.is_contents(style)) {
            text = with_leader(text);
        }
        self.n_bytes = self.n_bytes.saturating_add(text.len());
        self.limits.check(Limit::TextBytes, self.n_bytes)?;
        let story = self.story();
        story.blocks.push(Block::Paragraph(text));
        story.blocks.append(&mut paragraph.behind);
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if !self.fields.are_shown() {
            return;
        }
        let contents = self.fields.are_contents();
        let Some(paragraph) = self.story().paragraph.as_mut() else { return };
        paragraph.contents |= contents;
        if paragraph.hidden {
            self.remarks.n_hidden += text.chars().count();
            return;
        }
        let plain = |ch: char| if matches!(ch, '\n' | '\r') { ' ' } else { ch };
        paragraph.text.extend(text.chars().filter(|ch| *ch != '\0').map(plain));
    }

    /// Adds a sign that an element stands for.
    fn sign(&mut self, sign: &str) -> Open {
        if self.fields.are_shown()
            && let Some(paragraph) = self.paragraph().filter(|paragraph| !paragraph.hidden)
        {
            paragraph.text.push_str(sign);
        }
        Open::Other
    }

    fn symbol(&mut self, element: &Element<'_>) -> Open {
        let font = element.attribute("font").unwrap_or_default();
        let code = element.attribute("char").unwrap_or_default();
        let found = u32::from_str_radix(&code, 16).ok().and_then(|code| symbols::sign(&font, code));
        if found.is_none() {
            self.remarks.n_unknown_symbols += 1;
        }
        self.sign(found.unwrap_or('\u{fffd}').encode_utf8(&mut [0; 4]))
    }

    /// Puts a note behind the paragraph that refers to it, once.
    fn note(&mut self, kind: NoteKind, element: &Element<'_>) -> Open {
        let key = (kind, element.attribute("id").unwrap_or_default());
        let Some(blocks) = self.context.notes.remove(&key) else { return Open::Other };
        self.n_notes += 1;
        let mut label = Some(format!("［注{}］", self.n_notes));
        let Some(paragraph) = self.paragraph() else { return Open::Other };
        for block in blocks {
            paragraph.behind.push(match block {
                Block::Paragraph(text) if text.trim().is_empty() => continue,
                Block::Paragraph(text) => {
                    Block::Paragraph(label.take().unwrap_or_default() + text.trim())
                }
                table => table,
            });
        }
        Open::Other
    }

    fn story(&mut self) -> &mut Story {
        if self.stories.is_empty() {
            self.stories.push(Story::default());
        }
        let last = self.stories.len() - 1;
        &mut self.stories[last]
    }

    fn paragraph(&mut self) -> Option<&mut Paragraph> {
        self.story().paragraph.as_mut()
    }

    /// Whether the innermost table, row or cell that is open is a table.
    fn open_grid(&self) -> bool {
        self.innermost() == Some(&Open::Grid)
    }

    fn open_row(&self) -> bool {
        self.innermost() == Some(&Open::Row)
    }

    fn innermost(&self) -> Option<&Open> {
        let bounds = |open: &&Open| {
            matches!(open, Open::Grid | Open::Row | Open::Cell | Open::Story | Open::Note(_))
        };
        self.open.iter().rev().find(bounds)
    }

    /// Changes the cell that is open.
    fn cell(&mut self, change: impl FnOnce(&mut Cell)) {
        if self.innermost() == Some(&Open::Cell)
            && let Some(cell) = self.row().cells.last_mut()
        {
            change(cell);
        }
    }

    fn grid(&mut self) -> &mut Grid {
        if self.grids.is_empty() {
            self.grids.push(Grid::default());
        }
        let last = self.grids.len() - 1;
        &mut self.grids[last]
    }

    fn row(&mut self) -> &mut Row {
        let rows = &mut self.grid().rows;
        if rows.is_empty() {
            rows.push(Row::default());
        }
        let last = rows.len() - 1;
        &mut rows[last]
    }
}

/// Puts dots before the page number of a line of a table of contents, as the page
/// shows the tab that stands there.
fn with_leader(text: String) -> String {
    match text.rsplit_once('\t') {
        Some((title, page)) if page.trim().chars().all(|ch| ch.is_ascii_alphanumeric()) => {
            format!("{}……{}", title.trim_end(), page.trim())
        }
        _ => text,
    }
}
