//! Printed tables whose cells are told by where they stand: the cells of a column lie
//! over one another, and blanks run down the page between two columns.
//!
//! Goes in: the text from a line of heads on that opens with 序号, or with 序 over 号.
//! Comes out: the table, where rows count on from 1, and where it ends. A row is the
//! line with its number and the lines round it: numbers stand in the middle of their
//! rows. Pages may set the columns anew, with the heads once more or without them.

mod columns;
mod extent;
mod rows;

use std::ops::Range;

use gangmu_model::MarkerStyle;

use super::row_of;
use crate::columns::kind_of;
use crate::fold::fold;
use crate::grid::{Grid, GridRow, after, grid, line_at};
use crate::lines::{column_width, is_blank};
use crate::marker::recognise;
use crate::numeral::leading_han;

use extent::Extent;

/// Rows that make a table.
const FEWEST_ROWS: usize = 3;

/// Characters of a head, at most.
const LONGEST_HEAD: usize = 14;

/// How far a character moves the next one: programs that set text out by the places on a
/// page give each one column, those for terminals give two to a wide one.
type Width = fn(char, usize) -> usize;

/// The ways in which a text may be set out, the usual one first.
const WIDTHS: [Width; 2] = [|ch, _| usize::from(!ch.is_control()), column_width];

/// Words between blanks, with the columns of the page that they take.
#[derive(Debug, Clone)]
struct Atom {
    source: Range<usize>,
    left: usize,
    right: usize,
}

impl Atom {
    fn middle(&self) -> usize {
        usize::midpoint(self.left, self.right)
    }
}

/// A line that is not blank.
#[derive(Debug, Clone)]
struct PlacedLine {
    /// Where it begins, blanks included.
    start: usize,
    atoms: Vec<Atom>,
    /// Form feeds before it, from the start of the table on.
    page: usize,
    /// Whether a blank line stands before it.
    after_blank: bool,
    /// Where the line behind it begins.
    behind: usize,
}

impl PlacedLine {
    /// Reads the line that begins at `start`; `None` where it is blank.
    fn read(
        text: &str,
        start: usize,
        page: usize,
        after_blank: bool,
        width: Width,
    ) -> Option<Self> {
        let line = line_at(text, start);
        let behind = after(text, line.end);
        let mut atoms: Vec<Atom> = Vec::new();
        let mut column = 0;
        let mut open = false;
        for (at, ch) in text[line.clone()].char_indices() {
            let (from, at) = (column, line.start + at);
            column += width(ch, column);
            if is_blank(ch) {
                open = false;
                continue;
            }
            let end = at + ch.len_utf8();
            match atoms.last_mut().filter(|_| open) {
                Some(atom) => (atom.source.end, atom.right) = (end, column),
                None => atoms.push(Atom { source: at..end, left: from, right: column }),
            }
            open = true;
        }
        (!atoms.is_empty()).then_some(Self { start, atoms, page, after_blank, behind })
    }

    fn left(&self) -> usize {
        self.atoms[0].left
    }

    fn source(&self) -> Range<usize> {
        self.atoms[0].source.start..self.atoms[self.atoms.len() - 1].source.end
    }

    /// Whether it heads a group of rows: 一 特色赛道, 一、创新方面（共5项）.
    fn heads_group(&self, text: &str) -> bool {
        const MOST_WORDS: usize = 4;
        let first = fold(&text[self.atoms[0].source.clone()]);
        let alone =
            leading_han(&first).is_some_and(|(_, len)| first[len..].trim_matches('、').is_empty());
        let marked =
            || recognise(&first).is_some_and(|marker| marker.style == MarkerStyle::HanComma);
        self.atoms.len() <= MOST_WORDS && (alone || marked())
    }

    /// Whether it is the number of a page: 14, — 3 —, and stands behind the column of numbers.
    fn is_folio(&self, text: &str, numbers_end: usize) -> bool {
        let words: String = text[self.source()].chars().filter(|ch| !is_blank(*ch)).collect();
        let digits = words.trim_matches(['—', '-', '–', '─']);
        let is_dashed = digits.len() + 2 <= words.len();
        !digits.is_empty()
            && digits.len() <= 4
            && fold(digits).bytes().all(|byte| byte.is_ascii_digit())
            && (is_dashed || self.left() > numbers_end)
    }
}

/// The head of a column: its words on each line, and where it stands.
#[derive(Debug, Clone)]
struct Head {
    lines: Vec<Vec<Range<usize>>>,
    left: usize,
    right: usize,
}

impl Head {
    fn folded(&self, text: &str) -> String {
        self.lines.iter().flatten().map(|piece| fold(&text[piece.clone()])).collect()
    }
}

/// Reads a table whose rows were printed. `first` holds the first heads. Returns the
/// table, if it is one, and where it ends.
pub(crate) fn read(text: &str, first: Range<usize>) -> Option<(Option<Grid>, usize)> {
    let mut read_to = None;
    let mut best: Option<Built> = None;
    for width in WIDTHS {
        let Some((heads, n_lines, behind)) = read_heads(text, first.start, width) else { continue };
        let Some(extent) = Extent::find(text, &heads, behind, n_lines, width) else { continue };
        if let Some(built) = build(text, &heads, &extent, n_lines, width)
            && best.as_ref().is_none_or(|best| built.n_misfits < best.n_misfits)
        {
            best = Some(built);
        }
        read_to = read_to.or(Some(extent.end));
    }
    // What was read and is no table is not read again from its next heads on.
    match best {
        Some(built) => Some((Some(built.grid), built.end)),
        None => read_to.map(|end| (None, end)),
    }
}

/// Reads the heads from a line on. Returns them, the lines that they take, and where
/// the line behind them begins.
fn read_heads(text: &str, start: usize, width: Width) -> Option<(Vec<Head>, usize, usize)> {
    let mut line = PlacedLine::read(text, start, 0, false, width)?;
    let opening = fold(&text[line.atoms[0].source.clone()]);
    // 序 over 号 may stand above and below the line of the other heads.
    let n_lines = match &*opening {
        "序号" => 1,
        "序" => {
            let next = PlacedLine::read(text, line.behind, 0, false, width)?;
            let closes = fold(&text[next.atoms[0].source.clone()]) == "号";
            if closes { 2 } else { 3 }
        }
        _ => return None,
    };
    let mut heads: Vec<Head> = Vec::new();
    for at in 0..n_lines {
        if at > 0 {
            line = PlacedLine::read(text, line.behind, 0, false, width)?;
        }
        add_heads(&mut heads, &line);
    }
    // Heads of two lines: 2027年 over 目标值, 责任单位 over （省级部门）.
    let mut n_lines = n_lines;
    while let Some(next) = PlacedLine::read(text, line.behind, 0, false, width)
        && n_lines < 4
        && goes_on_heading(text, &heads, &next)
    {
        add_heads(&mut heads, &next);
        n_lines += 1;
        line = next;
    }
    heads.sort_by_key(|head| head.left);
    let folded: Vec<String> = heads.iter().map(|head| head.folded(text)).collect();
    let is_short = |head: &String| head.chars().count() <= LONGEST_HEAD;
    (heads.len() > 2 && folded[0] == "序号" && folded.iter().all(is_short)).then_some((
        heads,
        n_lines,
        line.behind,
    ))
}

/// Adds the words of a line of heads: those beside one another are one head, and so are
/// those over one another.
fn add_heads(heads: &mut Vec<Head>, line: &PlacedLine) {
    let mut found: Vec<Head> = Vec::new();
    for atom in &line.atoms {
        match found.last_mut().filter(|head| head.right + 1 >= atom.left) {
            Some(head) => {
                head.right = atom.right;
                head.lines[0].push(atom.source.clone());
            }
            None => found.push(Head {
                lines: vec![vec![atom.source.clone()]],
                left: atom.left,
                right: atom.right,
            }),
        }
    }
    for head in found {
        let over =
            heads.iter_mut().find(|above| above.left < head.right && head.left < above.right);
        match over {
            Some(above) => {
                above.lines.extend(head.lines);
                above.left = above.left.min(head.left);
                above.right = above.right.max(head.right);
            }
            None => heads.push(head),
        }
    }
}

/// Whether a line below the heads holds the rest of some: words in brackets, or words
/// that make a head known which is not.
fn goes_on_heading(text: &str, heads: &[Head], line: &PlacedLine) -> bool {
    line.atoms.iter().all(|atom| {
        let words = fold(&text[atom.source.clone()]);
        let above = heads.iter().find(|head| head.left < atom.right && atom.left < head.right);
        let in_brackets = words.starts_with('(') && words.ends_with(')');
        above.is_some_and(|head| {
            let head = head.folded(text);
            in_brackets || kind_of(&head).is_none() && kind_of(&format!("{head}{words}")).is_some()
        })
    })
}

/// What a line of the table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// The heads once more, on a later page.
    Heads,
    /// The number of the page.
    Folio,
    /// A line of a row.
    Row,
}

/// Says what each line below the heads is.
fn parts(text: &str, heads: &[Head], lines: &[PlacedLine], n_heads: usize) -> Vec<Part> {
    let mut parts = vec![Part::Row; lines.len()];
    for (at, line) in lines.iter().enumerate() {
        if parts[at] == Part::Heads {
            continue;
        }
        if matches!(&*fold(&text[line.atoms[0].source.clone()]), "序号" | "序") {
            parts[at..].iter_mut().take(n_heads).for_each(|part| *part = Part::Heads);
        } else if line.is_folio(text, heads[0].right + 1) {
            parts[at] = Part::Folio;
        }
    }
    parts
}

/// A table as one way of setting text out makes it.
struct Built {
    grid: Grid,
    end: usize,
    /// Lines whose words do not keep to the columns.
    n_misfits: usize,
}

/// Builds the table, and says where it ends; `None` where its rows do not count on.
fn build(
    text: &str,
    heads: &[Head],
    extent: &Extent,
    n_heads: usize,
    width: Width,
) -> Option<Built> {
    let lines = &extent.lines;
    let parts = parts(text, heads, lines, n_heads);
    let columns = columns::of_pages(text, heads, lines, &parts, width)?;
    let rows = rows::of(text, lines, &parts, &columns);
    let n_numbered = rows.iter().filter(|row| row.number.is_some()).count();
    if n_numbered < FEWEST_ROWS {
        return None;
    }
    let mut grid_rows: Vec<GridRow> =
        vec![row_of(heads.iter().map(|head| head.lines.clone()).collect())];
    for row in &rows {
        let mut cells: Vec<Vec<Range<usize>>> = vec![Vec::new(); heads.len()];
        for at in row.lines.clone().filter(|&at| parts[at] == Part::Row) {
            columns.place(&lines[at], &mut cells);
        }
        let of_cell = |pieces: Vec<Range<usize>>| {
            if pieces.is_empty() { Vec::new() } else { vec![pieces] }
        };
        grid_rows.push(row_of(cells.into_iter().map(of_cell).collect()));
    }
    let last_line = rows.last()?.lines.end - 1;
    let end = grid_rows.iter().map(|row| row.line.end).max()?;
    let mut found = grid(text, grid_rows[0].line.start..end, grid_rows)?;
    let set_aside = (0..last_line).filter(|&at| parts[at] != Part::Row);
    found.furniture = set_aside.map(|at| lines[at].source()).collect();
    let rows = lines.iter().zip(&parts).filter(|(line, part)| {
        **part == Part::Row && !line.heads_group(text) && !columns.fit(line)
    });
    let n_misfits = rows.count();
    Some(Built { grid: found, end: lines[last_line].behind, n_misfits })
}

#[cfg(test)]
mod tests;
