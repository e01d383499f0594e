//! Tables without drawn borders: rows of words that stand below each other.

use super::LinedPage;
use super::grid::Grid;
use super::lines::{Line, Piece};
use super::paragraphs::glue;

/// Rows that a table without borders has at least.
const N_ROWS: usize = 3;

/// Columns that it has at least: two are a list, or a page in two columns.
const N_COLUMNS: usize = 3;

/// The gap between two columns, in letters.
const GAP: f32 = 1.0;

/// How far the edges of one column differ, in letters.
const SAME_EDGE: f32 = 0.7;

/// How far two rows stand apart at most, in letters.
const PITCH: f32 = 3.5;

/// Letters of a cell on one line, at most: more are columns of running text.
const N_LETTERS: usize = 24;

/// Takes the lines of such tables out of a page.
pub(super) fn take(page: &mut LinedPage) {
    let mut at = 0;
    while at < page.lines.len() {
        let found = Aligned::of(&page.lines[at..]);
        let Some(found) = found.filter(|found| found.n_full >= N_ROWS) else {
            at += 1;
            continue;
        };
        let first = &page.lines[at];
        let (top, size) = (first.baseline - first.size, first.size);
        page.lines.drain(at..at + found.n_lines);
        page.grids.push(Grid::of_rows(found.rows, found.xs, top, size));
    }
    page.grids.sort_by(|a, b| a.top.total_cmp(&b.top));
}

/// Lines that are rows of one table.
struct Aligned {
    n_lines: usize,
    /// Rows that have words in each column.
    n_full: usize,
    rows: Vec<Vec<String>>,
    /// Where columns begin, and the last ends.
    xs: Vec<f32>,
}

impl Aligned {
    /// Returns the rows from the first line on, which has words in each column.
    fn of(lines: &[Line]) -> Option<Self> {
        let first = lines.first().filter(|line| is_row(line))?;
        let mut columns: Vec<Column> = first.pieces.iter().map(Column::of).collect();
        let edges = first.pieces.iter().map(|piece| piece.left);
        let mut found = Self {
            n_lines: 1,
            n_full: 1,
            rows: vec![first.pieces.iter().map(|piece| piece.text.trim().to_owned()).collect()],
            xs: edges.chain([first.right]).collect(),
        };
        for two in lines.windows(2) {
            let line = &two[1];
            if line.baseline - two[0].baseline > PITCH * line.size || !is_apart(line) {
                break;
            }
            let Some(places) = places(line, &mut columns) else { break };
            // What stands in later columns alone goes on from the row above.
            if places[0] == 0 {
                if line.pieces.len() == 1 {
                    break;
                }
                found.rows.push(vec![String::new(); columns.len()]);
                found.n_full += usize::from(line.pieces.len() == columns.len());
            }
            let row = found.rows.last_mut()?;
            for (column, piece) in places.into_iter().zip(&line.pieces) {
                let between = glue(&row[column], piece.text.trim());
                row[column].push_str(between);
                row[column].push_str(piece.text.trim());
                found.xs[column] = found.xs[column].min(piece.left);
            }
            let right = found.xs.len() - 1;
            found.xs[right] = found.xs[right].max(line.right);
            found.n_lines += 1;
        }
        Some(found)
    }
}

/// Returns the column of each word of a line, from left to right, and takes from
/// the columns the edges that these do not share; `None`, and none is taken, where
/// one stands in no column.
fn places(line: &Line, columns: &mut Vec<Column>) -> Option<Vec<usize>> {
    let reach = SAME_EDGE * line.size;
    let mut next = columns.clone();
    let mut places = Vec::with_capacity(line.pieces.len());
    for piece in &line.pieces {
        let from = places.last().map_or(0, |last| last + 1);
        let column =
            (from..columns.len()).find(|at| columns[*at].narrowed(piece, reach).is_one())?;
        next[column] = columns[column].narrowed(piece, reach);
        places.push(column);
    }
    *columns = next;
    Some(places).filter(|places| !places.is_empty())
}

/// Whether a line has the words of several columns.
fn is_row(line: &Line) -> bool {
    line.pieces.len() >= N_COLUMNS && is_apart(line)
}

/// Whether the words of a line stand as far apart as columns, and are as short as cells.
fn is_apart(line: &Line) -> bool {
    line.pieces.windows(2).all(|two| two[1].left - two[0].right > GAP * line.size)
        && line.pieces.iter().all(|piece| piece.text.chars().count() <= N_LETTERS)
}

/// Which edges the words of a column share, and where.
#[derive(Clone, Copy)]
struct Column {
    left: Option<f32>,
    middle: Option<f32>,
    right: Option<f32>,
}

impl Column {
    fn of(piece: &Piece) -> Self {
        Self {
            left: Some(piece.left),
            middle: Some((piece.left + piece.right) / 2.0),
            right: Some(piece.right),
        }
    }

    fn narrowed(self, piece: &Piece, reach: f32) -> Self {
        let other = Self::of(piece);
        let same = |one: Option<f32>, other: Option<f32>| {
            one.filter(|one| other.is_some_and(|other| (one - other).abs() <= reach))
        };
        Self {
            left: same(self.left, other.left),
            middle: same(self.middle, other.middle),
            right: same(self.right, other.right),
        }
    }

    fn is_one(self) -> bool {
        self.left.or(self.middle).or(self.right).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Fragment, lines};
    use super::*;

    /// A page of rows of words, each with the column of letters at which it begins.
    fn page(rows: &[&[(f32, &str)]]) -> LinedPage {
        let fragments = rows.iter().enumerate().flat_map(|(at, row)| {
            row.iter().map(move |(left, text)| Fragment {
                text: (*text).to_owned(),
                left: 100.0 + left * 10.0,
                right: 100.0 + (left + text.chars().count() as f32) * 10.0,
                baseline: 40.0 + at as f32 * 20.0,
                size: 10.0,
            })
        });
        let lines = lines::of(fragments.collect());
        LinedPage { number: 1, height: 800.0, lines, grids: Vec::new(), is_half: false }
    }

    #[test]
    fn rows_of_words_below_each_other_are_a_table() {
        let mut page = page(&[
            &[(0.0, "主要指标如下：")],
            &[(0.0, "指标"), (10.0, "单位"), (16.0, "目标值")],
            &[(0.0, "用水总量"), (9.5, "亿方"), (16.0, "7.8")],
            &[(0.0, "节水灌溉"), (16.0, "8.1")],
            &[(9.5, "万亩")],
            &[(0.0, "节水企业"), (10.5, "家"), (16.5, "65")],
            &[(0.0, "注：均为预期性。")],
        ]);
        take(&mut page);
        let [grid] = &page.grids[..] else { panic!("{:?}", page.grids) };
        let rows: Vec<Vec<&str>> =
            grid.rows.iter().map(|row| row.iter().map(|cell| &*cell.text).collect()).collect();
        assert_eq!(rows[2..], [["节水灌溉", "万亩", "8.1"], ["节水企业", "家", "65"]]);
        assert_eq!((rows.len(), page.lines.len()), (4, 2));
    }

    #[test]
    fn lists_of_names_and_two_rows_are_none() {
        let mut names = page(&[
            &[(0.0, "张某"), (6.0, "李某某"), (12.0, "王某")],
            &[(0.0, "欧阳某某"), (8.0, "赵某"), (14.0, "钱某")],
            &[(0.0, "孙某"), (5.0, "周某"), (10.0, "吴某")],
        ]);
        let mut two = page(&[
            &[(0.0, "指标"), (10.0, "单位"), (16.0, "目标值")],
            &[(0.0, "指标"), (10.0, "单位"), (16.0, "目标值")],
        ]);
        for page in [&mut names, &mut two] {
            let n = page.lines.len();
            take(page);
            assert_eq!((page.lines.len(), page.grids.len()), (n, 0));
        }
    }
}
