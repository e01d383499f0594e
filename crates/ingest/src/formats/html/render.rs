//! From the nodes of a page to lines and tables.

use std::ops::Range;

use scraper::Node;
use scraper::node::Element;

use super::tree::Flat;
use super::{body, links, table};
use crate::error::{Error, Limit};
use crate::options::Limits;
use crate::table::Table;

/// A line or a table of a page.
pub(super) struct Block {
    pub(super) content: Content,
    /// Whether it stands in the part that is the document.
    pub(super) inside: bool,
    /// Whether it is a heading, h1 to h6.
    pub(super) heading: bool,
    /// Whether it holds a link to an attachment.
    pub(super) attachment: bool,
    /// Whether it is a cell of a table of metadata, or an entry of a `dl`: a
    /// label, or the value of the one before.
    pub(super) paired: bool,
}

pub(super) enum Content {
    Line(String),
    Table(Table),
}

/// Renders all of a page that is not beside its document; `document` is the
/// part that is.
pub(super) fn blocks(
    flat: &Flat<'_>,
    document: &Range<usize>,
    limits: Limits,
) -> Result<Vec<Block>, Error> {
    let mut renderer = Renderer {
        limits,
        blocks: Vec::new(),
        line: String::new(),
        gap: None,
        inside: false,
        n_headings: 0,
        n_pairs: 0,
        n_preformatted: 0,
        n_cells: 0,
        attachment: false,
        links: Vec::new(),
        lists: Vec::new(),
        table: None,
    };
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    loop {
        while let Some((opened, _)) = open.pop_if(|(_, end)| *end <= at) {
            if let Some(element) = flat.element(opened) {
                renderer.close(flat, opened, element)?;
            }
        }
        if at == flat.len() {
            break;
        }
        let inside = document.contains(&at);
        if inside != renderer.inside {
            renderer.end_line();
            renderer.inside = inside;
        }
        match flat.node(at) {
            Node::Text(text) => renderer.text(text),
            Node::Element(element) => {
                if body::is_furniture(flat, at, element) {
                    at = flat.part(at).end;
                    continue;
                }
                renderer.open(flat, at, element);
                open.push((at, flat.part(at).end));
            }
            _ => {}
        }
        at += 1;
    }
    renderer.end_line();
    Ok(renderer.blocks)
}

struct Renderer {
    limits: Limits,
    blocks: Vec<Block>,
    /// The line being put together.
    line: String,
    /// Blanks that were read behind the line, and whether a line break was among them.
    gap: Option<bool>,
    inside: bool,
    n_headings: usize,
    n_pairs: usize,
    n_preformatted: usize,
    /// The cells of all tables so far.
    n_cells: usize,
    attachment: bool,
    /// Where the words of each open link begin in the line.
    links: Vec<usize>,
    /// The number of the next entry of each open list; `None`: not numbered.
    lists: Vec<Option<i64>>,
    table: Option<Building>,
}

/// A table being put together.
struct Building {
    table: Table,
    /// The lines of the cell that is open.
    cell: Option<String>,
    /// Whether the row has a cell.
    row: bool,
}

impl Renderer {
    fn open(&mut self, flat: &Flat<'_>, at: usize, element: &Element) {
        if breaks_line(element.name()) {
            self.end_line();
        }
        match element.name() {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.n_headings += 1,
            "pre" => self.n_preformatted += 1,
            "a" => self.links.push(self.line.len()),
            "dl" => self.n_pairs += 1,
            "ul" => self.lists.push(None),
            "ol" => self.lists.push(first_number(element)),
            "li" => self.number_entry(element),
            "table" => match table::kind(flat, at) {
                table::Kind::Data => {
                    self.table =
                        Some(Building { table: Table::new(self.limits), cell: None, row: false });
                }
                table::Kind::Labels => self.n_pairs += 1,
                table::Kind::Layout => {}
            },
            "td" | "th" => {
                if let Some(building) = &mut self.table {
                    building.cell = Some(String::new());
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, flat: &Flat<'_>, at: usize, element: &Element) -> Result<(), Error> {
        if element.name() == "a" {
            self.end_link(element);
        }
        if breaks_line(element.name()) {
            self.end_line();
        }
        match element.name() {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.n_headings -= 1,
            "pre" => self.n_preformatted -= 1,
            "dl" => self.n_pairs -= 1,
            "ul" | "ol" => {
                self.lists.pop();
            }
            "td" | "th" => {
                if let Some(building) = &mut self.table
                    && let Some(cell) = building.cell.take()
                {
                    building.row = true;
                    // The most that HTML allows; 0 rows are all that follow.
                    let rows = span(element, "rowspan", 65_534);
                    let columns = span(element, "colspan", 1_000).max(1);
                    let rows = if rows == 0 { u32::MAX } else { rows };
                    building.table.cell(&cell, rows, columns)?;
                }
            }
            "tr" => {
                if let Some(building) = &mut self.table
                    && std::mem::take(&mut building.row)
                {
                    building.table.end_row()?;
                }
            }
            "table" => match table::kind(flat, at) {
                table::Kind::Data => {
                    if let Some(building) = self.table.take() {
                        // All tables of a page stand in memory together.
                        self.n_cells = self.n_cells.saturating_add(building.table.n_cells());
                        self.limits.check(Limit::Elements, self.n_cells)?;
                        self.push(Content::Table(building.table));
                    }
                }
                table::Kind::Labels => self.n_pairs -= 1,
                table::Kind::Layout => {}
            },
            _ => {}
        }
        Ok(())
    }

    /// Adds text as browsers show it: blanks and line breaks are one blank, and
    /// none between Han characters that only the source's lines part.
    fn text(&mut self, text: &str) {
        for ch in text.chars() {
            if self.n_preformatted > 0 && ch == '\n' {
                self.end_line();
            } else if self.n_preformatted == 0 && ch.is_ascii_whitespace() {
                self.gap = Some(self.gap.unwrap_or(false) || ch == '\n');
            } else {
                if let Some(broken) = self.gap.take()
                    && let Some(last) = self.line.chars().next_back()
                    && !(broken && is_wide(last) && is_wide(ch))
                {
                    self.line.push(' ');
                }
                self.line.push(ch);
            }
        }
    }

    fn end_line(&mut self) {
        self.gap = None;
        // What follows of an open link begins a line.
        self.links.fill(0);
        let line = std::mem::take(&mut self.line);
        if line.trim().is_empty() {
            return;
        }
        match self.table.as_mut() {
            Some(Building { cell: Some(cell), .. }) => {
                if !cell.is_empty() {
                    cell.push('\n');
                }
                cell.push_str(line.trim());
            }
            // A caption, or text that stands between the cells.
            _ => self.push(Content::Line(line.trim_end().to_owned())),
        }
    }

    fn push(&mut self, content: Content) {
        self.blocks.push(Block {
            content,
            inside: self.inside,
            heading: self.n_headings > 0,
            attachment: std::mem::take(&mut self.attachment),
            paired: self.n_pairs > 0,
        });
    }

    /// Makes a link to an attachment of the words since it was opened.
    fn end_link(&mut self, element: &Element) {
        let Some(start) = self.links.pop() else { return };
        // The blank before the link's words came in with them.
        let words = &self.line[start..];
        let start = start + (words.len() - words.trim_start().len());
        let words = self.line[start..].trim_end();
        if words.is_empty() {
            return;
        }
        if let Some(address) = links::attachment(element, words) {
            let link = format!("[{words}]({address})");
            self.line.truncate(start);
            self.line.push_str(&link);
            self.attachment = true;
        }
    }

    /// Writes the number that a browser shows before an entry of a list.
    fn number_entry(&mut self, element: &Element) {
        if let Some(Some(number)) = self.lists.last_mut() {
            if let Some(value) = element.attr("value").and_then(|value| value.trim().parse().ok()) {
                *number = value;
            }
            self.line = format!("{number}.");
            *number = number.saturating_add(1);
        }
    }
}

/// Returns the first number of a list that shows decimal numbers.
fn first_number(list: &Element) -> Option<i64> {
    let is_decimal = list.attr("type").is_none_or(|kind| kind.trim() == "1");
    let is_shown = list.attr("style").is_none_or(|style| !style.contains("none"));
    (is_decimal && is_shown)
        .then(|| list.attr("start").and_then(|start| start.trim().parse().ok()).unwrap_or(1))
}

fn span(cell: &Element, name: &str, most: u32) -> u32 {
    cell.attr(name).and_then(|value| value.trim().parse().ok()).unwrap_or(1).min(most)
}

/// Whether a line ends where the element begins and ends.
fn breaks_line(name: &str) -> bool {
    !matches!(
        name,
        "a" | "abbr"
            | "b"
            | "bdi"
            | "bdo"
            | "big"
            | "cite"
            | "code"
            | "data"
            | "del"
            | "dfn"
            | "em"
            | "font"
            | "i"
            | "img"
            | "ins"
            | "kbd"
            | "label"
            | "mark"
            | "nobr"
            | "o:p"
            | "q"
            | "ruby"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "st1"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "tt"
            | "u"
            | "ucaptitle"
            | "ucapcontent"
            | "var"
            | "wbr"
    ) && !name.contains(':')
}

/// Whether a character takes the width of two: between such no blank stands for a line break.
fn is_wide(ch: char) -> bool {
    matches!(ch, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}'
        | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}'
        | '“' | '”' | '‘' | '’' | '—' | '…' | '·')
}
