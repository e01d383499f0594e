//! Tables without drawn borders: rows of words that stand below each other.

use super::LinedPage;
use super::grid::Grid;
use super::lines::{Line, Piece};

/// Rows that a table without borders has at least.
const N_ROWS: usize = 3;

/// Columns that it has at least: two are a list, or a page in two columns.
const N_COLUMNS: usize = 3;

/// The gap between two columns, in letters.
const GAP: f32 = 1.2;

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
        let n = n_rows(&page.lines[at..]);
        if n < N_ROWS {
            at += 1;
            continue;
        }
        let lines: Vec<Line> = page.lines.drain(at..at + n).collect();
        page.grids.push(Grid::of_lines(&lines));
    }
    page.grids.sort_by(|a, b| a.top.total_cmp(&b.top));
}

/// Returns how many lines from the first one on are rows of one table.
fn n_rows(lines: &[Line]) -> usize {
    let Some(first) = lines.first().filter(|line| is_row(line)) else { return 0 };
    let mut columns: Vec<Column> = first.pieces.iter().map(Column::of).collect();
    let mut above = first;
    let mut n = 1;
    for line in &lines[1..] {
        let is_near = line.baseline - above.baseline < PITCH * line.size;
        if !is_near || !is_row(line) || line.pieces.len() != columns.len() {
            break;
        }
        let reach = SAME_EDGE * line.size;
        let next: Vec<Column> = columns
            .iter()
            .zip(&line.pieces)
            .map(|(column, piece)| column.narrowed(piece, reach))
            .collect();
        // A column that is full from edge to edge on each row is running text.
        if next.iter().any(|column| !column.is_one()) {
            break;
        }
        columns = next;
        above = line;
        n += 1;
    }
    n
}

/// Whether a line has the words of several columns.
fn is_row(line: &Line) -> bool {
    line.pieces.len() >= N_COLUMNS
        && line.pieces.windows(2).all(|two| two[1].left - two[0].right > GAP * line.size)
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
            &[(0.0, "用水总量"), (9.5, "亿方"), (17.0, "7.8")],
            &[(0.0, "节水企业"), (10.5, "家"), (17.0, "65")],
            &[(0.0, "注：均为预期性。")],
        ]);
        take(&mut page);
        let [grid] = &page.grids[..] else { panic!("{:?}", page.grids) };
        let rows: Vec<Vec<&str>> =
            grid.rows.iter().map(|row| row.iter().map(|cell| &*cell.text).collect()).collect();
        assert_eq!(rows[2], ["节水企业", "家", "65"]);
        assert_eq!((rows.len(), page.lines.len()), (3, 2));
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
