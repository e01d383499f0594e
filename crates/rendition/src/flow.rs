//! A document as the lines and tables that a reader sees, in their order.
//!
//! Goes in: the divisions and the source. Comes out: each division's own part as
//! lines, each word with its place in the source, so that what the layers beside
//! the tree point at can be marked in it. The page's furniture is left out.

use std::collections::HashMap;
use std::ops::Range;

use gangmu_model::{AssignmentForm, Division, DivisionId, DivisionKind, Document};

use crate::run::{Part, Run, align, is_blank, is_title_end, push};

/// A line or a table, and the division it is part of.
#[derive(Debug)]
pub(crate) struct Block {
    /// The index of its division.
    pub(crate) division: usize,
    /// Where its first word stands in the source.
    pub(crate) start: usize,
    pub(crate) content: Content,
}

#[derive(Debug)]
pub(crate) enum Content {
    /// The number or the title of a division, or both, without its text.
    Heading(Vec<Run>),
    /// A line of the document's title.
    Title(Vec<Run>),
    /// A paragraph; it may open with the number and the title.
    Paragraph(Vec<Run>),
    /// A row of a box that is a table of one column.
    Row(Vec<Run>),
    /// The rows of the division's table.
    Table,
}

/// A document as blocks.
#[derive(Debug)]
pub(crate) struct Flow {
    /// The blocks, in the order of the source.
    pub(crate) blocks: Vec<Block>,
    /// How many divisions each division stands in.
    pub(crate) depths: Vec<usize>,
    /// The index of the division that each one stands in.
    pub(crate) parents: Vec<Option<usize>>,
}

impl Flow {
    /// Reads a document; `source` is the text that its spans point into.
    pub(crate) fn of(document: &Document, source: &str) -> Self {
        let divisions = &document.divisions;
        let index_of: HashMap<&DivisionId, usize> =
            divisions.iter().enumerate().map(|(at, division)| (&division.id, at)).collect();
        let parents: Vec<Option<usize>> = divisions
            .iter()
            .map(|division| index_of.get(division.parent.as_ref()?).copied())
            .collect();
        let mut depths = vec![0; divisions.len()];
        for at in 0..divisions.len() {
            depths[at] = parents[at].map_or(0, |parent| depths[parent] + 1);
        }
        let closing = closing(document, &index_of);
        let goals: Vec<Range<usize>> =
            document.targets.iter().map(|target| target.span.range()).collect();
        let mut blocks = Vec::new();
        for ((at, division), ranges) in
            divisions.iter().enumerate().zip(own_ranges(document, &parents, source))
        {
            if is_row(document, &parents, at) {
                continue;
            }
            if let Some(table) = &division.table {
                blocks.extend(caption(division, table, source, at));
                let start = table.rows.iter().flatten().next();
                let start = start.map_or(division.span.start(), |cell| cell.span.start());
                blocks.push(Block { division: at, start, content: Content::Table });
                blocks.extend(notes(division, table, source, at));
                continue;
            }
            let mut reader = Reader::new(source, division, &closing[at], &goals);
            ranges.into_iter().for_each(|stretch| reader.read(stretch));
            let lines = reader.finish();
            let head = lines.iter().position(|runs| heads_table(source, division, runs));
            blocks.extend(lines.into_iter().enumerate().map(|(line, runs)| {
                let is_row = head.is_some_and(|head| head <= line);
                block(at, division, runs, is_row)
            }));
        }
        mark_titles(document, &mut blocks);
        blocks.sort_by_key(|block| block.start);
        Self { blocks, depths, parents }
    }
}

/// Whether a division is a row of a table.
pub(crate) fn is_row(document: &Document, parents: &[Option<usize>], at: usize) -> bool {
    parents[at].is_some_and(|parent| document.divisions[parent].table.is_some())
}

/// Whether a line is the head of a box that is a table of one column.
fn heads_table(source: &str, division: &Division, runs: &[Run]) -> bool {
    division.kind == DivisionKind::Box
        && runs.first().is_some_and(|run| {
            run.part == Part::Marker
                && run.at.is_some_and(|at| source[..at].trim_end_matches(' ').ends_with('|'))
        })
}

fn block(at: usize, division: &Division, runs: Vec<Run>, is_row: bool) -> Block {
    let start = runs.iter().find_map(|run| run.at).unwrap_or(division.span.start());
    let names = runs.iter().any(|run| matches!(run.part, Part::Marker | Part::Title));
    let tells = runs.iter().any(|run| run.part == Part::Text);
    let content = if is_row {
        Content::Row(runs)
    } else if names && !tells && division.title.is_some() {
        Content::Heading(runs)
    } else {
        Content::Paragraph(runs)
    };
    Block { division: at, start, content }
}

/// The line above a table that is its title; a title inside its rows is one of them.
fn caption(
    division: &Division,
    table: &gangmu_model::Table,
    source: &str,
    at: usize,
) -> Option<Block> {
    let title = division.title.as_deref()?;
    let first = table.rows.first().and_then(|row| row.first());
    if first.is_some_and(|cell| cell.text == title) {
        return None;
    }
    let end = first.map_or(division.span.end(), |cell| cell.span.start());
    let range = division.span.start()..end;
    let mut runs: Vec<Run> = division
        .marker
        .iter()
        .flat_map(|marker| align(source, range.clone(), &marker.text, Part::Marker))
        .collect();
    let begin = runs.last().and_then(Run::source).map_or(range.start, |marker| marker.end);
    if !runs.is_empty() {
        push(&mut runs, Part::Marker, ' ', None);
    }
    runs.extend(align(source, begin..end, title, Part::Title));
    Some(Block { division: at, start: division.span.start(), content: Content::Heading(runs) })
}

/// The lines below the last row that are part of a table: 注：1. ….
fn notes(division: &Division, table: &gangmu_model::Table, source: &str, at: usize) -> Vec<Block> {
    let end = division.span.end();
    let cells = table.rows.iter().flatten().map(|cell| cell.span.end()).max();
    let behind = cells.unwrap_or(end).min(end);
    let Some(line_end) = source[behind..end].find('\n') else { return Vec::new() };
    let mut start = behind + line_end;
    let mut blocks = Vec::new();
    for line in source[start..end].split_inclusive('\n') {
        let range = start..start + line.len();
        start = range.end;
        let words = line.trim();
        if words.is_empty() || words.starts_with('|') {
            continue;
        }
        let runs = align(source, range.clone(), words, Part::Text);
        blocks.push(Block { division: at, start: range.start, content: Content::Paragraph(runs) });
    }
    blocks
}

/// The closing assignments of each division: where each stands, and its words.
fn closing<'d>(
    document: &'d Document,
    index_of: &HashMap<&DivisionId, usize>,
) -> Vec<Vec<(Range<usize>, &'d str)>> {
    let mut closing: Vec<Vec<(Range<usize>, &str)>> = vec![Vec::new(); document.divisions.len()];
    for assignment in &document.assignments {
        let range = assignment.span.range();
        if assignment.form == AssignmentForm::Closing
            && let Some(&at) = index_of.get(&assignment.division)
            && closing[at].last().is_none_or(|(last, _)| last.end <= range.start)
        {
            closing[at].push((range, &assignment.text));
        }
    }
    closing
}

/// A part of the source that is a division's own.
struct Stretch {
    range: Range<usize>,
    /// Whether nothing but what is the page's parts it from the one before.
    goes_on: bool,
}

/// The parts of the source that are each division's own, without those of the
/// divisions inside it and of the page.
fn own_ranges(document: &Document, parents: &[Option<usize>], source: &str) -> Vec<Vec<Stretch>> {
    let divisions = &document.divisions;
    let mut ranges: Vec<Vec<Range<usize>>> = vec![Vec::new(); divisions.len()];
    // Where what has been given out of each division ends.
    let mut ends: Vec<usize> = divisions.iter().map(|division| division.span.start()).collect();
    for (at, division) in divisions.iter().enumerate() {
        if let Some(parent) = parents[at] {
            let start = division.span.start();
            ranges[parent].push(ends[parent]..start.max(ends[parent]));
            ends[parent] = division.span.end().max(ends[parent]);
        }
    }
    for (at, division) in divisions.iter().enumerate() {
        ranges[at].push(ends[at]..division.span.end().max(ends[at]));
    }
    let outside = |range: Range<usize>| {
        let first = document.boilerplate.partition_point(|piece| piece.span.end() <= range.start);
        let pieces = document.boilerplate[first..]
            .iter()
            .take_while(|piece| piece.span.start() < range.end)
            .map(|piece| piece.span.range());
        let mut parts = Vec::new();
        let mut start = range.start;
        for piece in pieces {
            parts.push(start..piece.start.max(start));
            start = piece.end.max(start);
        }
        parts.push(start..range.end.max(start));
        parts
    };
    ranges
        .into_iter()
        .map(|own| {
            let stretches = own.into_iter().flat_map(|range| {
                let parts = outside(range).into_iter();
                let words =
                    parts.filter(|part| source[part.clone()].chars().any(|ch| !is_blank(ch)));
                words.enumerate().map(|(at, range)| Stretch { range, goes_on: at > 0 })
            });
            stretches.collect()
        })
        .collect()
}

/// Reads a division's own part line by line.
struct Reader<'d> {
    source: &'d str,
    /// What is to be found, in order.
    wanted: Vec<(Part, char)>,
    /// How much of it has been found.
    found: usize,
    closing: &'d [(Range<usize>, &'d str)],
    goals: &'d [Range<usize>],
    /// Whether each line of the source is one, even where lines were joined: what
    /// stands round a title keeps its lines, whatever it is.
    keeps_lines: bool,
    /// Whether a number alone on its line belongs to the words below it: not 附件1.
    number_runs_in: bool,
    lines: Vec<Vec<Run>>,
    line: Vec<Run>,
    gap: Gap,
}

/// What stands in the source between two words.
#[derive(Clone, Copy, PartialEq)]
enum Gap {
    None,
    Blank(char),
    LineEnd,
}

impl<'d> Reader<'d> {
    fn new(
        source: &'d str,
        division: &'d Division,
        closing: &'d [(Range<usize>, &'d str)],
        goals: &'d [Range<usize>],
    ) -> Self {
        let marker = division.marker.as_ref().map_or("", |marker| &marker.text);
        let title = division.title.as_deref().unwrap_or("");
        let wanted = [(Part::Marker, marker), (Part::Title, title), (Part::Text, &division.text)]
            .into_iter()
            .flat_map(|(part, words)| words.chars().map(move |ch| (part, ch)))
            .collect();
        let (lines, line) = (Vec::new(), Vec::new());
        Self {
            source,
            wanted,
            found: 0,
            closing,
            goals,
            keeps_lines: division.kind == DivisionKind::FrontMatter,
            number_runs_in: division.kind != DivisionKind::Attachment,
            lines,
            line,
            gap: Gap::None,
        }
    }

    /// Reads one stretch. A line goes on in the next one where a page ends between them, and
    /// ends where other divisions do.
    fn read(&mut self, stretch: Stretch) {
        let Stretch { range, goes_on } = stretch;
        if goes_on {
            self.gap = Gap::LineEnd;
        } else {
            self.end_line();
        }
        let mut at = range.start;
        while at < range.end {
            if let Some((span, words)) = self.closing.first()
                && span.start <= at
            {
                self.join(Part::Assignment);
                self.line.extend(align(self.source, span.clone(), words, Part::Assignment));
                at = span.end.max(at);
                self.closing = &self.closing[1..];
                continue;
            }
            let Some(ch) = self.source[at..].chars().next() else { break };
            self.step(ch, at);
            at += ch.len_utf8();
        }
    }

    fn step(&mut self, ch: char, at: usize) {
        while let Some(&(part, blank)) = self.wanted.get(self.found)
            && is_blank(blank)
            && !(blank == ch && blank != '\n')
        {
            if blank == '\n' {
                self.end_line();
            } else if is_blank(ch) {
                break;
            } else if !self.line.is_empty() {
                push(&mut self.line, part, blank, None);
            }
            self.found += 1;
        }
        match self.wanted.get(self.found) {
            // Blanks in a row within a goal were set by a layout and part no columns; as the
            // lines of the page are not written, only one tells that.
            Some(&(_, wanted)) if wanted == ch && ch == ' ' && self.is_repeated(at) => {
                self.found += 1;
            }
            Some(&(part, wanted)) if wanted == ch => {
                self.join(part);
                push(&mut self.line, part, ch, Some(at));
                self.found += 1;
            }
            _ if ch == '\n' => self.gap = Gap::LineEnd,
            _ if is_blank(ch) && (self.gap != Gap::None || !ch.is_whitespace()) => {}
            _ if is_blank(ch) => self.gap = Gap::Blank(ch),
            _ if is_title_end(ch) && self.line.last().is_some_and(|run| run.part != Part::Text) => {
                self.gap = Gap::None;
                push(&mut self.line, Part::Mark, ch, Some(at));
            }
            // A sign of markup.
            _ => {}
        }
    }

    /// Whether a blank behind another stands within a goal.
    fn is_repeated(&self, at: usize) -> bool {
        self.source[..at].ends_with(' ') && self.goals.iter().any(|goal| goal.contains(&at))
    }

    /// Ends the line, or sets a blank, where another part begins behind a gap.
    fn join(&mut self, part: Part) {
        let gap = std::mem::replace(&mut self.gap, Gap::None);
        let Some(last) = self.line.last() else { return };
        if last.part == part
            && part != Part::Assignment
            && !(self.keeps_lines && gap == Gap::LineEnd)
        {
            return;
        }
        // A sentence that is a title runs into its paragraph, and a layout may break
        // behind it; a colon ends the line of a title.
        let runs_in =
            last.part == Part::Mark && part == Part::Text && !last.text.ends_with([':', '：']);
        let numbers = self.number_runs_in && last.part == Part::Marker;
        match gap {
            Gap::LineEnd if !(runs_in || numbers) => self.end_line(),
            Gap::Blank(blank) => {
                let part = last.part;
                let blank = if blank == '\u{3000}' { blank } else { ' ' };
                push(&mut self.line, part, blank, None);
            }
            _ => {}
        }
    }

    fn end_line(&mut self) {
        if !self.line.is_empty() {
            self.lines.push(std::mem::take(&mut self.line));
        }
        self.gap = Gap::None;
    }

    /// Returns the lines; words that were not found stand at the end.
    fn finish(mut self) -> Vec<Vec<Run>> {
        for (part, ch) in self.wanted.split_off(self.found) {
            if ch == '\n' {
                self.end_line();
            } else if !self.line.is_empty() || !is_blank(ch) {
                push(&mut self.line, part, ch, None);
            }
        }
        self.end_line();
        self.lines
    }
}

/// Tells the lines of the front matter that are the titles.
fn mark_titles(document: &Document, blocks: &mut [Block]) {
    let metadata = &document.metadata;
    for whole in [&metadata.title, &metadata.attached_title].into_iter().flatten() {
        let title = squeezed(whole);
        if title.is_empty() {
            continue;
        }
        let is_front =
            |block: &Block| document.divisions[block.division].kind == DivisionKind::FrontMatter;
        for start in (0..blocks.len()).filter(|&at| is_front(&blocks[at])).collect::<Vec<_>>() {
            let Some(end) = title_end(blocks, start, &title, is_front) else { continue };
            let mut rest = whole.as_str();
            for block in &mut blocks[start..end] {
                if let Content::Paragraph(runs) = &mut block.content {
                    let mut line = Vec::with_capacity(runs.len() + 1);
                    // Names of issuers below one another are words apart in the title.
                    if rest.len() < whole.len() && rest.starts_with(is_blank) {
                        push(&mut line, Part::Text, ' ', None);
                    }
                    let n_chars: usize =
                        runs.iter().map(|run| squeezed(&run.text).chars().count()).sum();
                    rest = behind(rest, n_chars);
                    line.append(runs);
                    block.content = Content::Title(line);
                }
            }
            break;
        }
    }
}

/// Returns what stands behind so many characters, blanks not counted.
fn behind(words: &str, n_chars: usize) -> &str {
    let mut places = words.char_indices().filter(|(_, ch)| !is_blank(*ch));
    let last = n_chars.checked_sub(1).and_then(|last| places.nth(last));
    last.map_or("", |(at, ch)| &words[at + ch.len_utf8()..])
}

/// Returns the block behind the title, where it begins at `start`: its lines make it
/// up, or one line holds it.
fn title_end(
    blocks: &[Block],
    start: usize,
    title: &str,
    is_front: impl Fn(&Block) -> bool,
) -> Option<usize> {
    let mut words = String::new();
    for (at, block) in
        blocks.iter().enumerate().skip(start).take_while(|(_, block)| is_front(block))
    {
        let Content::Paragraph(runs) = &block.content else { break };
        words.extend(runs.iter().map(|run| squeezed(&run.text)));
        if words.starts_with(title) || at == start && words.contains(title) {
            return Some(at + 1);
        }
        if !title.starts_with(&words) {
            break;
        }
    }
    None
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|ch| !is_blank(*ch)).collect()
}
