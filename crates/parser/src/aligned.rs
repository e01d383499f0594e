//! Rows that have fewer cells than their table's head, since cells above reach down into them.
//!
//! Markdown cannot say that a cell is merged over rows, and leaves it out of the rows below.
//! Which one is left out is told by what stands in the others: numbers, bodies, tasks.

use std::ops::Range;

use gangmu_lexicon::{AgencyLikeness, Lexicon};

use crate::columns::{ColumnKind, kind_of};
use crate::fold::fold;
use crate::furniture::is_longer_than;
use crate::grid::GridRow;

/// Columns of the widest table whose short rows are laid out anew.
const MOST_COLUMNS: usize = 8;

/// Gives each row with too few cells as many as the head has, the missing ones empty.
///
/// `rows` has the head first. A cell alone heads a group of rows, and stands in the first column.
pub(crate) fn align(text: &str, rows: &mut [GridRow], lexicon: &Lexicon) {
    lay_out_by_kind(text, rows, lexicon);
    let n_columns = rows.first().map_or(0, |head| head.cells.len());
    for row in rows.iter_mut().filter(|row| row.cells.len() < n_columns) {
        row.cells.resize(n_columns, row.line.end..row.line.end);
    }
}

/// Lays short rows out by the kinds of the columns, where the head tells enough of them.
fn lay_out_by_kind(text: &str, rows: &mut [GridRow], lexicon: &Lexicon) {
    let Some((head, body)) = rows.split_first_mut() else { return };
    let n_columns = head.cells.len();
    let is_short = |row: &GridRow| (2..n_columns).contains(&row.cells.len());
    if !(3..=MOST_COLUMNS).contains(&n_columns) || !body.iter().any(is_short) {
        return;
    }
    let kinds: Vec<Option<ColumnKind>> =
        head.cells.iter().map(|cell| kind_of(&fold(&text[cell.clone()]))).collect();
    let known = |kind: &&Option<ColumnKind>| {
        matches!(kind, Some(ColumnKind::Number | ColumnKind::Body(_) | ColumnKind::Task))
    };
    if kinds.iter().filter(known).count() < 2 {
        return;
    }
    let full = body.iter().filter(|row| row.cells.len() == n_columns);
    let lengths: Vec<usize> = (0..n_columns)
        .map(|column| {
            let (n_rows, sum) = full.clone().fold((0, 0), |(n_rows, sum), row| {
                (n_rows + 1, sum + text[row.cells[column].clone()].chars().count())
            });
            sum / usize::max(n_rows, 1)
        })
        .collect();
    for row in body.iter_mut().filter(|row| is_short(row)) {
        let scores: Vec<Vec<i32>> = row
            .cells
            .iter()
            .map(|cell| {
                let cell = Cell::of(text, cell, lexicon);
                kinds.iter().zip(&lengths).map(|(kind, &mean)| cell.fits(*kind, mean)).collect()
            })
            .collect();
        lay_out(row, &places(&scores, n_columns), n_columns);
    }
}

/// What a cell looks like.
struct Cell {
    is_number: bool,
    names_bodies: bool,
    n_chars: usize,
}

impl Cell {
    fn of(text: &str, cell: &Range<usize>, lexicon: &Lexicon) -> Self {
        let words = fold(&text[cell.clone()]);
        let is_number = !words.is_empty() && words.bytes().all(|byte| byte.is_ascii_digit());
        Self {
            is_number,
            names_bodies: names_bodies(&words, lexicon),
            n_chars: words.chars().count(),
        }
    }

    /// How well it fits into a column of a kind whose cells have `mean` characters.
    fn fits(&self, kind: Option<ColumnKind>, mean: usize) -> i32 {
        let likes = |is: bool| if is { 4 } else { -4 };
        match kind {
            Some(ColumnKind::Number) => likes(self.is_number),
            Some(ColumnKind::Body(_)) => likes(self.names_bodies),
            Some(ColumnKind::Task) => {
                i32::from(self.n_chars * 2 >= mean)
                    - 3 * i32::from(self.is_number)
                    - i32::from(self.names_bodies)
            }
            _ => {
                i32::from(self.n_chars <= 2 * mean && mean <= 2 * self.n_chars)
                    - 3 * i32::from(self.is_number)
                    - 2 * i32::from(self.names_bodies)
            }
        }
    }
}

/// Whether folded words are bodies and nothing else: 市发改委、市财政局.
fn names_bodies(words: &str, lexicon: &Lexicon) -> bool {
    const LONGEST_NAME: usize = 24;
    let is_body = |name: &str| {
        let name = name.strip_suffix('等').unwrap_or(name);
        !name.is_empty()
            && !is_longer_than(name, LONGEST_NAME)
            && (lexicon.agency_likeness(name) != AgencyLikeness::Unlikely
                || lexicon.ends_like_agency(name))
    };
    words.split(['、', ',', ';', '\n', ' ']).all(is_body)
}

/// The columns of the cells, in order, that fit best; of equals those furthest left.
fn places(scores: &[Vec<i32>], n_columns: usize) -> Vec<usize> {
    let mut best: Option<(i32, Vec<usize>)> = None;
    for taken in 0_u32..1 << n_columns {
        if taken.count_ones() as usize != scores.len() {
            continue;
        }
        let columns: Vec<usize> = (0..n_columns).filter(|at| taken >> at & 1 == 1).collect();
        let score = columns.iter().zip(scores).map(|(&column, cell)| cell[column]).sum();
        let better = best
            .as_ref()
            .is_none_or(|(most, left)| score > *most || score == *most && columns < *left);
        if better {
            best = Some((score, columns));
        }
    }
    best.map_or_else(Vec::new, |(_, columns)| columns)
}

/// Puts the cells of a row into their columns; an empty cell stands where the next one begins.
fn lay_out(row: &mut GridRow, columns: &[usize], n_columns: usize) {
    let mut cells = Vec::with_capacity(n_columns);
    for (cell, &column) in row.cells.iter().zip(columns) {
        cells.resize(column, cell.start..cell.start);
        cells.push(cell.clone());
    }
    cells.resize(n_columns, row.line.end..row.line.end);
    row.cells = cells;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let grids = crate::grid::find(text, Lexicon::builtin());
        let rows = grids.iter().flat_map(|grid| &grid.rows).map(|row| row.shown(text));
        assert_eq!(rows.collect::<Vec<_>>(), expected, "{text}");
    }

    #[test]
    fn short_rows_are_laid_out_by_what_their_cells_hold() {
        check(
            "| 序号 | 领域 | 推进任务 | 牵头单位 |\n|---|---|---|---|\n| 一、更新行动 |\n\
             | 1 | 工业 | 组织改造项目1000个以上。 | 市工信局 |\n\
             | 2 | 新建10家绿色工厂。 | 市工信局、市发改委 |\n\
             | 3 | 加快电源项目建设。 |\n",
            &[
                "序号~领域~推进任务~牵头单位",
                "一、更新行动~~~",
                "1~工业~组织改造项目1000个以上。~市工信局",
                "2~~新建10家绿色工厂。~市工信局、市发改委",
                "3~~加快电源项目建设。~",
            ],
        );
        check(
            "| 序号 | 部门 | 职责清单 |\n|---|---|---|\n| 1 | 市发改委 | 争取中央预算内投资。 |\n\
             | 2 | 梳理典型案例、推广经验。 |\n",
            &[
                "序号~部门~职责清单",
                "1~市发改委~争取中央预算内投资。",
                "2~~梳理典型案例、推广经验。",
            ],
        );
        // Two heads that nothing is known of are not enough.
        check(
            "| 甲 | 乙 | 丙 |\n|---|---|---|\n| 1 | 2 | 3 |\n| 4 | 5 |\n",
            &["甲~乙~丙", "1~2~3", "4~5~"],
        );
    }
}
