//! Tables saved one cell a line, as a web page turned into text has them.
//!
//! Goes in: the text from a line 序号 on. Comes out: the table whose heads stand
//! below it and whose rows count from 1. A cell may take several lines and a merged
//! one none: what heads the columns and what the lines hold tells them apart.
//! `by_body` reads those whose rows open with a body instead of a number.

use std::ops::Range;

use crate::cell_forms::{holds_bound, is_dash, is_han, is_value, may_count, names_unit};
use crate::columns::{self, ColumnKind, names_nature};
use crate::fold::fold;
use crate::grid::{BrokenCell, Grid, GridRow, after, grid, trimmed};

pub(crate) mod by_body;
mod slots;

use slots::{Slot, Slots, next_slot};

/// Columns of such a table, at least and at most.
const COLUMNS: Range<usize> = 3..13;

/// Lines that the heads may take.
const MOST_HEAD_LINES: usize = 20;

/// Lines that a row may take, those of the groups behind it included.
const MOST_ROW_LINES: usize = 32;

/// Lines that one head may take.
const MOST_LINES_OF_HEAD: usize = 3;

/// Lines that one cell may take.
const MOST_LINES_OF_CELL: usize = 8;

/// Rows that make a table: fewer where its heads are known.
const FEWEST_ROWS: usize = 3;
const FEWEST_ROWS_UNDER_KNOWN_HEADS: usize = 2;

/// The longest cell, and the longest head, in bytes.
const LONGEST_CELL: usize = 600;
const LONGEST_HEAD: usize = 60;

/// Reads a table whose cells were saved one a line: 序号, 指标, 目标值, 属性, then 1 and
/// its three cells, 2 and its three. `first` holds the first head. Returns the table,
/// if it is one, and where it ends.
pub(crate) fn read(text: &str, first: Range<usize>) -> Option<(Option<Grid>, usize)> {
    let mut start = after(text, first.end);
    let source = trimmed(text, first);
    let mut number = vec![source.clone()];
    match &*fold(&text[source]) {
        "序号" => {}
        "序" => {
            let below = next_slot(text, start, LONGEST_CELL).filter(|slot| slot.folded == "号")?;
            number.push(below.source);
            start = below.behind;
        }
        _ => return None,
    }
    let mut slots = Slots::new(text, start, LONGEST_CELL);
    let mut n_head_lines = head_lines(&mut slots)?;
    // The number of the first row is parted from the heads as they are.
    if slots.read.iter().all(|slot| slot.n_blank > 0) {
        slots = Slots::parted(text, start);
        n_head_lines = head_lines(&mut slots)?;
    }
    slots.heads = slots.read[..n_head_lines].iter().map(|slot| slot.folded.clone()).collect();
    let starts = row_starts(&mut slots, n_head_lines);
    let counted: Vec<usize> =
        starts.windows(2).map(|pair| n_cells(&slots.read[pair[0]..pair[1]])).collect();
    let n_groups = groups_at_end(&slots.read[..n_head_lines]);
    let heads = heads(&slots.read[..n_head_lines - n_groups], &counted)?;
    let kinds: Vec<Option<ColumnKind>> = heads.iter().map(|head| head.kind).collect();
    let n_known = kinds.iter().flatten().count();
    let is_measured =
        kinds.iter().any(|kind| matches!(kind, Some(ColumnKind::Nature | ColumnKind::Unit)));
    let fewest = match n_known == kinds.len() || n_known >= 3 && is_measured {
        true => FEWEST_ROWS_UNDER_KNOWN_HEADS,
        false => FEWEST_ROWS,
    };
    if starts.len() < fewest {
        return None;
    }
    let mut rows = vec![head_row(number, &heads, &slots.read)];
    let n_columns = kinds.len() + 1;
    push_groups(&slots.read[n_head_lines - n_groups..n_head_lines], n_columns, &mut rows);
    let mut end = 0;
    for (at, &start) in starts.iter().enumerate() {
        let limit = match starts.get(at + 1) {
            Some(&next) => next,
            None => last_row_end(&mut slots, start, &starts, &kinds),
        };
        let lines = &slots.read[start..limit];
        let n_groups = if starts.len() == at + 1 { 0 } else { groups_behind(lines, &kinds) };
        let (lines, groups) = lines.split_at(lines.len() - n_groups);
        rows.push(cells_of(lines, &kinds));
        push_groups(groups, n_columns, &mut rows);
        end = slots.read[limit - 1].behind;
    }
    let source = rows[0].line.start..rows[rows.len() - 1].line.end;
    let mut grid = grid(text, source, rows);
    if let Some(grid) = &mut grid {
        slots.furniture.retain(|line| line.end <= grid.source.end);
        grid.furniture = slots.furniture;
    }
    Some((grid, end))
}

/// How many lines stand above the first row.
fn head_lines(slots: &mut Slots<'_>) -> Option<usize> {
    for at in 0..=MOST_HEAD_LINES {
        if slots.is_number(at, 1) {
            return (at + 1 >= COLUMNS.start).then_some(at);
        }
        let slot = slots.get(at)?;
        let is_head = slot.source.len() <= LONGEST_HEAD && !slot.folded.contains(['。', ';']);
        if !is_head {
            return None;
        }
    }
    None
}

/// Which lines open the rows: 1, 2, 3 and so on. A number that is a value stands
/// where no row of the usual length would end.
fn row_starts(slots: &mut Slots<'_>, first: usize) -> Vec<usize> {
    let usual = first + 1;
    let mut starts = vec![first];
    let mut at = first;
    let mut fewest = COLUMNS.start;
    loop {
        let number = starts.len() + 1;
        let mut candidates = Vec::new();
        for line in at + 2..=at + MOST_ROW_LINES {
            if slots.is_number(line, number) && n_cells(&slots.read[at..line]) >= fewest {
                candidates.push(line);
            }
        }
        let next = candidates.iter().find(|&&line| line == at + usual).or(candidates.first());
        let Some(&next) = next else { return starts };
        // A row may lack a cell that others have, and no more.
        let n_cells = n_cells(&slots.read[at..next]) - 1;
        let least = if starts.len() == 1 { n_cells } else { fewest.min(n_cells) };
        fewest = least.min(usual - 1).max(COLUMNS.start);
        starts.push(next);
        at = next;
    }
}

/// How many cells the lines of a row are, those counted that blank lines alone show.
fn n_cells(lines: &[Slot]) -> usize {
    lines.len() + empty_cells(lines).iter().sum::<usize>()
}

/// How many empty cells stand before each line of a row: an empty line and the two
/// blank ones round it, where one blank line parts the cells.
fn empty_cells(lines: &[Slot]) -> Vec<usize> {
    let usual = lines.iter().skip(1).map(|slot| slot.n_blank).min().unwrap_or(0);
    let empty = |slot: &Slot| (slot.n_blank - usual.min(slot.n_blank)) / (usual + 1);
    lines.iter().enumerate().map(|(at, slot)| if at == 0 { 0 } else { empty(slot) }).collect()
}

/// A head behind 序号: the lines it takes, and what it is known for.
struct Head {
    lines: Range<usize>,
    kind: Option<ColumnKind>,
}

/// Parts the lines above the rows into heads: as many as the rows have cells, known
/// ones rather than unknown, none that may stand once twice.
fn heads(lines: &[Slot], counted: &[usize]) -> Option<Vec<Head>> {
    const UNKNOWN: usize = 8;
    const BROKEN: usize = 4;
    const TWICE: usize = 24;
    const UNLIKE_ROWS: usize = 16;
    let kind = |range: Range<usize>| {
        let is_broken = range.len() > 1;
        let words: String = lines[range].iter().map(|slot| slot.folded.as_str()).collect();
        // A year over or under belongs to the head of values, not to that of names.
        let may_date = |kind: &ColumnKind| may_count(Some(*kind)) || *kind == ColumnKind::Task;
        let is_dated = is_broken && columns::year_of(&words).is_some();
        columns::kind_of(&words).filter(|kind| !is_dated || may_date(kind))
    };
    // By the number of heads and the lines taken: the cost, and the lines of the last head.
    let most = lines.len().min(COLUMNS.end - 2);
    let mut costs = vec![vec![None::<(usize, usize)>; lines.len() + 1]; most + 1];
    costs[0][0] = Some((0, 0));
    for end in 1..=lines.len() {
        for len in 1..=MOST_LINES_OF_HEAD.min(end) {
            let known = kind(end - len..end).is_some();
            let cost = if known { 0 } else { UNKNOWN } + (len - 1) * BROKEN;
            for n_heads in 1..=most {
                if let Some((before, _)) = costs[n_heads - 1][end - len] {
                    let cost = before + cost;
                    let place = &mut costs[n_heads][end];
                    if place.is_none_or(|(held, _)| cost < held) {
                        *place = Some((cost, len));
                    }
                }
            }
        }
    }
    let parted = |n_heads: usize| -> Vec<Head> {
        let (mut heads, mut end) = (Vec::with_capacity(n_heads), lines.len());
        for n_heads in (1..=n_heads).rev() {
            let Some((_, len)) = costs[n_heads][end] else { break };
            heads.push(Head { lines: end - len..end, kind: kind(end - len..end) });
            end -= len;
        }
        heads.reverse();
        heads
    };
    let best = (COLUMNS.start - 1..=most).filter(|&n_heads| costs[n_heads][lines.len()].is_some());
    best.map(|n_heads| {
        let heads = parted(n_heads);
        let single =
            [ColumnKind::Number, ColumnKind::Indicator, ColumnKind::Unit, ColumnKind::Nature];
        let twice = single.into_iter().map(|kind| {
            let number = usize::from(kind == ColumnKind::Number);
            let n_times = number + heads.iter().filter(|head| head.kind == Some(kind)).count();
            n_times.saturating_sub(1)
        });
        let unlike = counted.iter().filter(|&&n_cells| n_cells != n_heads + 1).count();
        let cost = costs[n_heads][lines.len()].map_or(0, |(cost, _)| cost)
            + twice.sum::<usize>() * TWICE
            + unlike * UNLIKE_ROWS / counted.len().max(1);
        (cost, heads)
    })
    .min_by_key(|(cost, _)| *cost)
    .map(|(_, heads)| heads)
}

fn head_row(number: Vec<Range<usize>>, heads: &[Head], lines: &[Slot]) -> GridRow {
    let whole = number[0].start..number[number.len() - 1].end;
    let mut row = GridRow::plain(whole.clone(), vec![whole]);
    if number.len() > 1 {
        row.broken.push(BrokenCell { column: 0, lines: vec![number] });
    }
    for head in heads {
        push_cell(&mut row, &lines[head.lines.clone()], true);
    }
    row
}

/// Adds the cell that some lines are; joined where the layout broke them.
fn push_cell(row: &mut GridRow, lines: &[Slot], joined: bool) {
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else {
        row.cells.push(row.line.end..row.line.end);
        return;
    };
    if lines.len() > 1 || !first.more.is_empty() {
        let lines = match joined {
            true => vec![lines.iter().flat_map(Slot::lines).collect()],
            false => lines.iter().map(|slot| slot.lines().collect()).collect(),
        };
        row.broken.push(BrokenCell { column: row.cells.len(), lines });
    }
    row.cells.push(first.source.start..last.source.end);
    row.line.end = last.source.end;
}

/// How many lines at the end head groups of rows: “十二五”期间：, （一）综合治理.
fn groups_at_end(lines: &[Slot]) -> usize {
    lines.iter().rev().take(2).take_while(|slot| heads_group(&slot.folded)).count()
}

fn heads_group(folded: &str) -> bool {
    let is_listed = crate::marker::recognise(folded)
        .is_some_and(|marker| marker.len < folded.len())
        && !folded.starts_with(|ch: char| ch.is_ascii_digit());
    folded.ends_with([':', '：']) || is_listed
}

/// How many lines behind a row head the group below.
fn groups_behind(lines: &[Slot], kinds: &[Option<ColumnKind>]) -> usize {
    if kinds.last() == Some(&Some(ColumnKind::Nature))
        && let Some(at) = lines.iter().rposition(|slot| names_nature(&slot.folded))
    {
        return lines.len() - 1 - at;
    }
    let over = lines.len().saturating_sub(kinds.len() + 1);
    groups_at_end(lines).min(over)
}

fn push_groups(lines: &[Slot], n_columns: usize, rows: &mut Vec<GridRow>) {
    for slot in lines {
        let whole = slot.source.clone();
        let mut cells = vec![whole.end..whole.end; n_columns];
        cells[0] = whole.clone();
        rows.push(GridRow::plain(whole, cells));
    }
}

/// Where the last row ends, which no number behind it tells.
fn last_row_end(
    slots: &mut Slots<'_>,
    start: usize,
    starts: &[usize],
    kinds: &[Option<ColumnKind>],
) -> usize {
    let longest = starts.windows(2).map(|pair| pair[1] - pair[0]).max().unwrap_or(kinds.len() + 1);
    if kinds.last() == Some(&Some(ColumnKind::Nature)) {
        let most = start + longest.max(kinds.len() + 1) + MOST_LINES_OF_CELL;
        for at in start + 1..most.min(start + MOST_ROW_LINES) {
            match slots.get(at) {
                Some(slot) if names_nature(&slot.folded) => return at + 1,
                Some(_) => {}
                None => break,
            }
        }
    }
    let mut n_cells = 1;
    let mut end = start + 1;
    let usual = match slots.get(start + 1) {
        Some(slot) => slot.n_blank,
        None => return end,
    };
    // Text under the table ends like a sentence; so may a cell that blank lines part.
    let is_parted = slots.is_parted;
    while n_cells <= kinds.len()
        && let Some(slot) = slots.get(end)
        && (is_parted || !slot.folded.ends_with('。'))
    {
        // What an empty cell leaves is counted here as it is between the other cells.
        n_cells += 1 + slot.n_blank.saturating_sub(usual) / (usual + 1);
        end += 1;
    }
    // A cell of several lines before has moved the last figures on.
    while end < start + MOST_ROW_LINES
        && slots
            .get(end)
            .is_some_and(|slot| is_value(&slot.folded) && !slot.folded.contains(is_han))
    {
        end += 1;
    }
    end
}

/// Lays the lines of a row out over the columns.
fn cells_of(lines: &[Slot], kinds: &[Option<ColumnKind>]) -> GridRow {
    const IMPOSSIBLE: i32 = i32::MIN / 2;
    let number = lines[0].source.clone();
    let mut row = GridRow::plain(number.clone(), vec![number]);
    let rest = &lines[1..];
    let empty = &empty_cells(lines)[1..];
    // By the columns filled and the lines taken: the worth, and the lines of the last cell.
    let mut worth = vec![vec![(IMPOSSIBLE, 0); rest.len() + 1]; kinds.len() + 1];
    worth[0][0] = (0, 0);
    for (column, kind) in kinds.iter().enumerate() {
        for end in 0..=rest.len() {
            for len in 0..=MOST_LINES_OF_CELL.min(end) {
                let (before, _) = worth[column][end - len];
                if before <= IMPOSSIBLE {
                    continue;
                }
                let cell = &rest[end - len..end];
                let is_shown = len == 0 && empty.get(end).is_some_and(|&n_empty| n_empty > 0);
                let value = before + fits(*kind, cell, &empty[end - len..end], is_shown);
                if value > worth[column + 1][end].0 {
                    worth[column + 1][end] = (value, len);
                }
            }
        }
    }
    let mut ends = vec![rest.len()];
    for column in (1..=kinds.len()).rev() {
        let end = ends[ends.len() - 1];
        ends.push(end - worth[column][end].1);
    }
    ends.reverse();
    for (column, kind) in kinds.iter().enumerate() {
        let cell = &rest[ends[column]..ends[column + 1]];
        let all_count =
            cell.iter().all(|slot| slot.folded.contains(|ch: char| ch.is_ascii_digit()));
        let is_name = matches!(
            kind,
            Some(ColumnKind::Indicator | ColumnKind::Unit | ColumnKind::Nature | ColumnKind::Task)
        );
        push_cell(&mut row, cell, is_name || !all_count);
    }
    // Lines that no column takes stay with the last.
    if let (Some(last), Some(cell)) = (rest.last(), row.cells.last_mut())
        && row.line.end < last.source.end
    {
        cell.end = last.source.end.max(cell.end);
        row.line.end = last.source.end;
    }
    row
}

/// How well some lines fit a column as one cell.
fn fits(kind: Option<ColumnKind>, cell: &[Slot], empty: &[usize], is_shown: bool) -> i32 {
    let [first, others @ ..] = cell else {
        let cost = match kind {
            Some(ColumnKind::Other) | None => -4,
            Some(ColumnKind::Base) => -6,
            Some(_) => -8,
        };
        return if is_shown { 6 } else { cost };
    };
    let mut worth = 0;
    for (before, slot) in cell.iter().zip(others) {
        // A line is filled before the next one begins.
        let grows = slot.folded.chars().count() > before.folded.chars().count();
        worth -= if grows { 7 } else { 3 };
        let parts = is_dash(&slot.folded) || is_dash(&before.folded);
        let is_bound =
            holds_bound(&slot.folded) || !slot.folded.contains(is_han) && is_value(&slot.folded);
        worth -= if parts || is_bound && !may_count(kind) { 12 } else { 0 };
    }
    // A cell does not reach over an empty one.
    worth -= empty[1..].iter().map(|&n_empty| if n_empty > 0 { 12 } else { 0 }).sum::<i32>();
    let words: String = cell.iter().map(|slot| slot.folded.as_str()).collect();
    let is_nature = names_nature(&words);
    let is_unit = names_unit(&words);
    let is_value = is_value(&first.folded);
    worth
        + match kind {
            Some(ColumnKind::Nature) => {
                if is_nature {
                    10
                } else {
                    -8
                }
            }
            _ if cell.iter().any(|slot| names_nature(&slot.folded)) => -10,
            Some(ColumnKind::Unit) => {
                if is_unit {
                    6
                } else {
                    -3
                }
            }
            _ if may_count(kind) && kind.is_some() => {
                if is_value {
                    4
                } else {
                    0
                }
            }
            Some(ColumnKind::Indicator | ColumnKind::Task | ColumnKind::Other) => {
                if is_value && !words.contains(is_han) || holds_bound(&words) { -4 } else { 3 }
            }
            _ => 1,
        }
}

#[cfg(test)]
mod tests;
