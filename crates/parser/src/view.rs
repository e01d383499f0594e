//! The document's paragraphs in folded form, with the way back to the source.

use std::ops::Range;

use gangmu_model::{BoilerplateReason, MarkerStyle};

use crate::fold::Folded;
use crate::frame::{Framed, closes_a_letter, zones};
use crate::furniture::is_longer_than;
use crate::grid::{Grid, GridRow};
use crate::justified::running_text;
use crate::lines::{Line, has_gutter, is_blank};
use crate::marker::{
    RawMarker, bare_decimal, behind_number, decimal_before_unit, dot_before_digit, recognise_in,
    undotted,
};
use crate::markup::Markup;
use crate::numeral::leading_arabic;
use crate::outline::Placeable;
use crate::page::Page;
use crate::paragraph::{LineForm, paragraphs};
use crate::table::{Table, quote_cell};

/// The paragraphs of a document, without the page's furniture.
#[derive(Debug)]
pub(crate) struct View<'t> {
    source: &'t str,
    markup: &'t Markup,
    folded: Folded,
    /// Where each paragraph stands in the folded text.
    ranges: Vec<Range<usize>>,
    titles: Vec<TitleOf>,
    /// For each paragraph the table that it is.
    table_of: Vec<Option<usize>>,
    tables: Vec<Table>,
    /// All pieces of source, in order.
    pieces: Vec<Range<usize>>,
    /// The cells that stand in several pieces, by their folded text.
    broken_cells: Vec<BrokenText>,
    /// Source of the running text in which a layout set blanks as wide as a gutter, in order.
    running: Vec<Range<usize>>,
}

/// The folded text of a cell, and the pieces of source that it was made from.
#[derive(Debug)]
struct BrokenText {
    folded: Range<usize>,
    pieces: Vec<Range<usize>>,
}

/// The lines of a text, each folded by itself.
pub(crate) struct LineFolds<'f> {
    pub(crate) folded: &'f Folded,
    /// Where each line stands in the folded text.
    pub(crate) ranges: &'f [Range<usize>],
    /// The folded text of each line.
    pub(crate) texts: &'f [&'f str],
}

/// Which title a paragraph is a line of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TitleOf {
    Neither,
    Document,
    Attached,
}

/// Blanks inside a line that no sentence has: they part the columns of a printed table.
const GUTTER: &str = "     ";

/// Characters of the number of a page and the signs round it: 第 12 页 共 40 页.
const LONGEST_PAGE_NUMBER: usize = 14;

impl<'t> View<'t> {
    pub(crate) fn new(
        source: &'t str,
        markup: &'t Markup,
        lines: &[Line],
        grids: &[Grid],
        line_folds: &LineFolds<'_>,
        markers: &[Option<RawMarker>],
        page: &Page,
    ) -> Self {
        let texts = &line_folds.texts;
        let live: Vec<usize> = (0..lines.len()).filter(|&at| page.reasons[at].is_none()).collect();
        let title_of = |at: usize| {
            let stands = |title: &Option<crate::titles::Title>| {
                title.as_ref().is_some_and(|title| title.lines.contains(&at))
            };
            if stands(&page.title) {
                TitleOf::Document
            } else if stands(&page.attached_title) {
                TitleOf::Attached
            } else {
                TitleOf::Neither
            }
        };
        // The blank lines round the number of a page are the page's, too.
        let opens_page = |at: usize| {
            at > 0
                && page.reasons[at - 1] == Some(BoilerplateReason::Footer)
                && !is_longer_than(texts[at - 1], LONGEST_PAGE_NUMBER)
        };
        let live_line = |&at: &usize| {
            let after_blank = lines[at].after_blank && !opens_page(at);
            Line { after_blank, ..lines[at].clone() }
        };
        let live_lines: Vec<Line> = live.iter().map(live_line).collect();
        // 30 不断优化税务服务 behind the end of a sentence: a number that lost its point.
        let lost_its_point = |at: usize| {
            undotted(texts[at]).is_some_and(|marker| {
                let behind = behind_number(&source[lines[at].source.clone()], texts[at], marker);
                behind.starts_with(is_blank) && at > 0 && texts[at - 1].ends_with(['。', ')'])
            })
        };
        let forms: Vec<LineForm> = live
            .iter()
            .map(|&at| LineForm {
                opens: markers[at].is_some() || lines[at].grid.is_some() || lost_its_point(at),
                labelled: opens_by_label(texts[at]),
                heads: markers[at].is_some_and(|marker| {
                    matches!(
                        marker.style,
                        MarkerStyle::HanPart | MarkerStyle::HanChapter | MarkerStyle::HanSection
                    )
                }),
                alone: title_of(at) != TitleOf::Neither
                    || markup.heads(source, lines[at].source.start)
                    || closes_a_letter(texts[at])
                    || at < page.first_number && lines[at].indent > 40,
                bare: markers[at].is_some_and(|marker| {
                    marker.style != MarkerStyle::Attachment && marker.len == texts[at].len()
                }),
            })
            .collect();
        let paragraphs = paragraphs(source, &live_lines, &forms);
        let mut folded = Folded::with_capacity(source.len());
        let mut tables = Vec::new();
        let mut table_of = Vec::with_capacity(paragraphs.len());
        let mut ranges = Vec::with_capacity(paragraphs.len());
        for paragraph in &paragraphs {
            let grid = live_lines[paragraph.lines.start].grid.map(|grid| &grids[grid]);
            table_of.push(grid.map(|_| tables.len()));
            if let Some(grid) = grid {
                let table = Table::new(grid, source, markup, &mut folded);
                ranges.push(table.folded());
                tables.push(table);
            } else if paragraph.lines.len() == 1 {
                let line = line_folds.ranges[live[paragraph.lines.start]].clone();
                ranges.push(folded.push_folded(line_folds.folded, line));
            } else {
                ranges.push(folded.push_line(source, markup, paragraph.pieces.iter().cloned()));
            }
        }
        let titles =
            paragraphs.iter().map(|paragraph| title_of(live[paragraph.lines.start])).collect();
        let pieces =
            paragraphs.iter().flat_map(|paragraph| paragraph.pieces.iter().cloned()).collect();
        let broken_cells = broken_cells(&tables);
        let running = running_text(
            source,
            paragraphs.iter().map(|paragraph| paragraph.pieces.as_slice()),
            GUTTER,
        );
        Self {
            source,
            markup,
            folded,
            ranges,
            titles,
            table_of,
            tables,
            pieces,
            broken_cells,
            running,
        }
    }

    /// Returns the folded text of a range of it.
    pub(crate) fn text(&self, range: Range<usize>) -> &str {
        &self.folded.text()[range]
    }

    /// Returns the whole folded text, into which all folded ranges point.
    pub(crate) fn folded(&self) -> &str {
        self.folded.text()
    }

    /// Returns the decoded text.
    pub(crate) fn source(&self) -> &'t str {
        self.source
    }

    /// Returns a table by its number.
    pub(crate) fn table(&self, at: usize) -> &Table {
        &self.tables[at]
    }

    /// Quotes a cell of a row, its lines parted by line feeds.
    pub(crate) fn cell(&self, row: &GridRow, column: usize) -> String {
        quote_cell(self.source, self.markup, row, column)
    }

    /// Quotes a cell of a row as it stands, blanks and ends of lines included; one that
    /// stands between others by its pieces.
    pub(crate) fn cell_as_written(&self, row: &GridRow, column: usize) -> String {
        match row.broken(column) {
            Some(_) => self.cell(row, column),
            None => self.unmarked(row.cells[column].clone()),
        }
    }

    /// Returns the source range of a folded range.
    pub(crate) fn source_range(&self, range: Range<usize>) -> Range<usize> {
        self.folded.source_range(self.source, range)
    }

    /// Returns the source range of a folded one with the signs of markup round it.
    pub(crate) fn marked_range(&self, range: Range<usize>) -> Range<usize> {
        self.markup.with_signs(self.source, self.source_range(range))
    }

    /// Quotes a source range as it stands, blanks and ends of lines included,
    /// without signs of markup.
    pub(crate) fn unmarked(&self, range: Range<usize>) -> String {
        self.markup.quote(self.source, range)
    }

    /// Quotes a folded range from the source: as it stands there, without
    /// signs of markup and with lines that the layout broke joined.
    pub(crate) fn verbatim(&self, range: Range<usize>) -> String {
        let source = self.source_range(range.clone());
        let at = self.broken_cells.partition_point(|cell| cell.folded.end <= range.start);
        match self.broken_cells.get(at).filter(|cell| cell.folded.start <= range.start) {
            Some(cell) => self.join(&cell.pieces, source),
            None => self.quote(source),
        }
    }

    /// Quotes a source range, with lines that the layout broke joined.
    pub(crate) fn quote(&self, range: Range<usize>) -> String {
        let first = self.pieces.partition_point(|piece| piece.end <= range.start);
        self.join(&self.pieces[first..], range)
    }

    /// Quotes what of a source range stands in pieces, which are in order.
    fn join(&self, pieces: &[Range<usize>], range: Range<usize>) -> String {
        let mut quoted = String::with_capacity(range.len());
        let reached = pieces.iter().take_while(|piece| piece.start < range.end);
        let mut end = None;
        for piece in reached.filter(|piece| piece.end > range.start) {
            let part = piece.start.max(range.start)..piece.end.min(range.end);
            // Two words of one line: 2030 年.
            if end.is_some_and(|end| &self.source[end..part.start] == " ") {
                quoted.push(' ');
            }
            end = Some(part.end);
            let joint = quoted.len();
            self.markup.push_quoted(&mut quoted, self.source, part);
            // A number that the layout broke is one: 20, 45年.
            let last = quoted[..joint].chars().next_back().filter(char::is_ascii_alphanumeric);
            let first = quoted[joint..].chars().next().filter(char::is_ascii_alphanumeric);
            let parts_words = last
                .zip(first)
                .is_some_and(|(last, first)| !(last.is_ascii_digit() && first.is_ascii_digit()));
            if parts_words {
                quoted.insert(joint, ' ');
            }
        }
        quoted
    }

    /// Whether a source range runs from one column of a printed table into the
    /// next: what stands side by side there is no sentence.
    pub(crate) fn crosses_columns(&self, range: Range<usize>) -> bool {
        let at = self.running.partition_point(|running| running.end < range.end);
        let runs_on = self.running.get(at).is_some_and(|running| running.start <= range.start);
        !runs_on && self.source[range].lines().any(|line| has_gutter(line.trim(), GUTTER))
    }

    /// Returns the paragraphs as the outline reads them, each with its zone.
    pub(crate) fn placeables(&self) -> Vec<Placeable<'_>> {
        let mut framed: Vec<Framed<'_>> = self
            .ranges
            .iter()
            .zip(&self.titles)
            .zip(&self.table_of)
            .map(|((range, title), table)| {
                let text = if table.is_some() { "" } else { self.text(range.clone()) };
                let is_title = *title != TitleOf::Neither;
                let marker = || {
                    let source = self.source_range(range.clone());
                    recognise_in(&self.markup.without_signs(self.source, source), text)
                };
                Framed {
                    text,
                    marker: (!is_title && table.is_none()).then(marker).flatten(),
                    title: *title == TitleOf::Document,
                    attached_title: *title == TitleOf::Attached,
                    table: table.is_some(),
                }
            })
            .collect();
        number_by_decimals(&mut framed);
        number_by_sequence(&mut framed);
        unmark_quoted(&mut framed);
        let zones = zones(&framed);
        framed
            .iter()
            .zip(zones)
            .zip(&self.ranges)
            .zip(&self.table_of)
            .map(|(((framed, zone), range), table)| Placeable {
                text: framed.text,
                range: range.clone(),
                marker: framed.marker,
                zone,
                is_title: framed.title || framed.attached_title,
                table: *table,
            })
            .collect()
    }
}

/// The cells of all tables that stand in several pieces, in the order of their folded text.
fn broken_cells(tables: &[Table]) -> Vec<BrokenText> {
    let mut cells: Vec<BrokenText> = Vec::new();
    for (row, grid_row) in tables.iter().flat_map(|table| table.rows.iter().zip(&table.grid.rows)) {
        cells.extend(grid_row.broken.iter().map(|broken| BrokenText {
            folded: row.cells[broken.column].clone(),
            pieces: broken.lines.iter().flatten().cloned().collect(),
        }));
    }
    cells.retain(|cell| !cell.folded.is_empty());
    cells.sort_by_key(|cell| cell.folded.start);
    cells
}

/// Reads 1 总则 as a number where 1.1 stands below it, and 1.1 as an amount
/// where it stands alone.
fn number_by_decimals(framed: &mut [Framed<'_>]) {
    let decimal = |framed: &Framed<'_>| {
        framed.marker.filter(|marker| marker.style == MarkerStyle::ArabicDecimal)
    };
    let n_first = framed.iter().filter_map(decimal).filter(|marker| marker.ordinal == 1).count();
    let n_second = framed.iter().filter_map(decimal).filter(|marker| marker.ordinal == 2).count();
    let in_use = n_first > 0 && n_second > 0;
    // The first two numbers of the last marker: 2 and 3 of 2.3.1.
    let mut before: Option<(u32, u32)> = None;
    for framed in framed {
        if !in_use && decimal(framed).is_some() {
            framed.marker = None;
        } else if in_use && framed.marker.is_none() && !framed.title && !framed.attached_title {
            framed.marker = bare_decimal(framed.text).or_else(|| {
                let marker = decimal_before_unit(framed.text)?;
                let (above, number) = first_two(framed.text)?;
                (before == Some((above, number.checked_sub(1)?))).then_some(marker)
            });
        }
        if let Some(numbers) = decimal(framed).and_then(|_| first_two(framed.text)) {
            let (above, number) = numbers;
            let goes_on = before.is_none_or(|(last, _)| last == above || above == last + 1);
            if goes_on || number <= 1 {
                before = Some(numbers);
            } else {
                // 8.5平方米 at the start of a line.
                framed.marker = None;
            }
        }
    }
}

/// The first two of the numbers that a decimal marker is made of; the second of 1 is 0.
fn first_two(text: &str) -> Option<(u32, u32)> {
    let (first, len) = leading_arabic(text, 3)?;
    let second = text[len..].strip_prefix('.').and_then(|rest| leading_arabic(rest, 3));
    Some((first, second.map_or(0, |(second, _)| second)))
}

/// Reads 11.121人才梯队项目 between 10. and 12. as number 11, 1.80周岁及以上的 before 2. as number
/// 1, and 30 不断优化 between 29. and 31. as number 30: the sequence decides.
fn number_by_sequence(framed: &mut [Framed<'_>]) {
    let dotted =
        |framed: &Framed<'_>| framed.marker.filter(|marker| marker.style == MarkerStyle::ArabicDot);
    let mut next = vec![None; framed.len()];
    let mut upcoming = None;
    for at in (0..framed.len()).rev() {
        next[at] = upcoming;
        upcoming = dotted(&framed[at]).map(|marker| marker.ordinal).or(upcoming);
    }
    let mut before = 0;
    for (framed, next) in framed.iter_mut().zip(next) {
        let is_title = framed.title || framed.attached_title;
        if framed.marker.is_none()
            && !is_title
            && let Some(marker) = dot_before_digit(framed.text).or_else(|| undotted(framed.text))
            && (marker.ordinal == before + 1 && next == Some(before + 2)
                || before > 1 && marker.ordinal == 1 && next == Some(2))
        {
            framed.marker = Some(marker);
        }
        before = dotted(framed).map_or(before, |marker| marker.ordinal);
    }
}

/// How many paragraphs a law quoted in an amendment may take.
const MAX_QUOTED: usize = 40;

/// Takes the numbers of a quoted law for text: 将第八条修改为：“第八条　申报应当符合
/// 下列条件：, then (一) and (二) on lines of their own, up to the ” at a line's end.
fn unmark_quoted(framed: &mut [Framed<'_>]) {
    let mut at = 0;
    while at < framed.len() {
        let text = framed[at].text;
        let introduced = |open: usize| {
            text[..open].ends_with(':') || open == 0 && at > 0 && framed[at - 1].text.ends_with(':')
        };
        // Few paragraphs have one, and its first byte is found at once.
        let quotes = memchr::memchr(0xe2, text.as_bytes());
        let open = quotes
            .and_then(|_| text.rfind('“'))
            .filter(|&open| introduced(open) && !text[open..].contains('”'));
        let end = open.and_then(|_| {
            let rest = framed[at + 1..].iter().take(MAX_QUOTED);
            let first = rest.enumerate().find(|(_, each)| ends_quotation(each.text));
            first.map(|(ahead, _)| at + 1 + ahead)
        });
        if let Some(end) = end {
            framed[at + 1..=end].iter_mut().for_each(|each| each.marker = None);
            at = end;
        }
        at += 1;
    }
}

/// Whether a ” that opened on no line of its own closes a paragraph.
fn ends_quotation(text: &str) -> bool {
    text.trim_end_matches(['。', ';', ',']).ends_with('”')
        && text.matches('”').count() > text.matches('“').count()
}

/// A line that opens with a label of responsibility is no continuation.
fn opens_by_label(text: &str) -> bool {
    ["责任单位:", "牵头单位:", "责任部门:", "牵头部门:", "配合单位:", "完成时限:"]
        .iter()
        .any(|label| text.starts_with(label))
}

#[cfg(test)]
mod tests {
    use crate::{ParseOptions, parse};

    /// The figure stands in the column beside; the words before it are of another.
    #[test]
    fn a_goal_does_not_run_over_the_columns_of_a_printed_table() {
        let text = "某市工作方案\n一、重点工作\n聚焦高端服务器、     力争实施重大      市科技局\n\
                    雷达传感器等领域     科技攻关项目 10 项以上\n二、企业培育\n\
                    培育企业 10 家以上。\n";
        let document = parse(text, &ParseOptions::default());
        let targets: Vec<&str> = document.targets.iter().map(|each| each.text.as_str()).collect();
        assert_eq!(targets, ["培育企业 10 家以上"]);
    }
}
