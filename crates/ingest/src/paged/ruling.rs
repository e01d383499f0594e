//! Lines drawn along the edges of a page, and the grids they make.

/// A straight line along an edge of the page, in its units of length.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Ruling {
    left: f32,
    right: f32,
    top: f32,
    bottom: f32,
}

/// Lines above which a page is a drawing.
pub(crate) const N_RULINGS: usize = 20_000;

/// How much thinner than long a line is.
const THIN: f32 = 0.3;

impl Ruling {
    /// Returns the line between two points, or the thin area between two corners;
    /// `None` where it does not run along an edge.
    pub(crate) fn between(one: (f32, f32), other: (f32, f32)) -> Option<Self> {
        let (left, right) = (one.0.min(other.0), one.0.max(other.0));
        let (top, bottom) = (one.1.min(other.1), one.1.max(other.1));
        let (wide, high) = (right - left, bottom - top);
        let is_line = wide.is_finite()
            && high.is_finite()
            && wide.min(high) <= THIN * wide.max(high)
            && wide.max(high) > 0.0;
        is_line.then_some(Self { left, right, top, bottom })
    }
}

/// Where columns and rows of ruled cells lie, and which borders are drawn.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Lattice {
    /// The borders of columns from left to right, those of rows downwards.
    pub(super) xs: Vec<f32>,
    pub(super) ys: Vec<f32>,
    /// The drawn parts of each border of `xs`, of each of `ys`.
    down: Vec<Vec<(f32, f32)>>,
    across: Vec<Vec<(f32, f32)>>,
}

/// Borders above which a grid is no table on paper.
const N_COLUMNS: usize = 64;
const N_ROWS: usize = 512;

/// How far apart drawn lines are one border, in letters.
const SAME_BORDER: f32 = 0.3;

/// A line on one border: where that is, from where to where it runs.
#[derive(Clone, Copy)]
struct Stretch {
    at: f32,
    from: f32,
    to: f32,
}

impl Lattice {
    /// Finds the grids of a page by its lines; `size` is that of its letters.
    pub(super) fn of(rulings: &[Ruling], size: f32) -> Vec<Self> {
        let reach = SAME_BORDER * size;
        if rulings.len() > N_RULINGS {
            return Vec::new();
        }
        let is_across =
            |line: &&Ruling| line.bottom - line.top <= reach && line.right - line.left > reach;
        let is_down =
            |line: &&Ruling| line.right - line.left <= reach && line.bottom - line.top > reach;
        let across = rulings.iter().filter(is_across).map(|line| Stretch {
            at: (line.top + line.bottom) / 2.0,
            from: line.left,
            to: line.right,
        });
        let down = rulings.iter().filter(is_down).map(|line| Stretch {
            at: (line.left + line.right) / 2.0,
            from: line.top,
            to: line.bottom,
        });
        let (across, down) = (joined(across.collect(), reach), joined(down.collect(), reach));
        // Compared each with each: a drawing of many lines is no table.
        if across.len().saturating_mul(down.len()) > N_COLUMNS * N_ROWS * N_COLUMNS {
            return Vec::new();
        }
        groups(&across, &down, reach)
            .into_iter()
            .filter_map(|(across, down)| Self::new(&across, &down, size))
            .collect()
    }

    fn new(across: &[Stretch], down: &[Stretch], size: f32) -> Option<Self> {
        let reach = SAME_BORDER * size;
        let mut xs = borders(down, reach);
        let mut ys = borders(across, reach);
        // A table may be open at its sides, or at the end of its page.
        close(&mut xs, across, size);
        close(&mut ys, down, size);
        if !(3..=N_COLUMNS).contains(&xs.len()) || !(2..=N_ROWS).contains(&ys.len()) {
            return None;
        }
        let drawn = |borders: &[f32], lines: &[Stretch]| -> Vec<Vec<(f32, f32)>> {
            let on = |border: f32| {
                let lines = lines.iter().filter(|line| (line.at - border).abs() <= reach);
                lines.map(|line| (line.from, line.to)).collect()
            };
            borders.iter().map(|border| on(*border)).collect()
        };
        Some(Self { down: drawn(&xs, down), across: drawn(&ys, across), xs, ys })
    }

    pub(super) fn n_columns(&self) -> usize {
        self.xs.len() - 1
    }

    pub(super) fn n_rows(&self) -> usize {
        self.ys.len() - 1
    }

    /// Returns the row and the column in which a point lies.
    pub(super) fn place(&self, x: f32, y: f32) -> Option<(usize, usize)> {
        let row = self.ys.partition_point(|border| *border <= y).checked_sub(1)?;
        let column = self.xs.partition_point(|border| *border <= x).checked_sub(1)?;
        (row < self.n_rows() && column < self.n_columns()).then_some((row, column))
    }

    /// Whether a border is drawn on the left of a place.
    pub(super) fn is_parted_left(&self, row: usize, column: usize) -> bool {
        let middle = (self.ys[row] + self.ys[row + 1]) / 2.0;
        self.down[column].iter().any(|(from, to)| (*from..=*to).contains(&middle))
    }

    /// Whether a border is drawn above a place.
    pub(super) fn is_parted_above(&self, row: usize, column: usize) -> bool {
        let middle = (self.xs[column] + self.xs[column + 1]) / 2.0;
        self.across[row].iter().any(|(from, to)| (*from..=*to).contains(&middle))
    }
}

/// Joins lines that go on from each other.
fn joined(mut lines: Vec<Stretch>, reach: f32) -> Vec<Stretch> {
    lines.sort_by(|a, b| a.at.total_cmp(&b.at));
    let mut start = 0;
    for at in 0..lines.len() {
        if lines[at].at - lines[start].at > reach {
            start = at;
        }
        lines[at].at = lines[start].at;
    }
    lines.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.from.total_cmp(&b.from)));
    let mut joined: Vec<Stretch> = Vec::new();
    for line in lines {
        match joined.last_mut() {
            Some(last) if last.at == line.at && line.from <= last.to + reach => {
                last.to = last.to.max(line.to);
            }
            _ => joined.push(line),
        }
    }
    joined
}

/// Returns the lines that meet each other, those across and those down.
fn groups(across: &[Stretch], down: &[Stretch], reach: f32) -> Vec<(Vec<Stretch>, Vec<Stretch>)> {
    let mut groups = Vec::new();
    let mut is_free = vec![true; across.len() + down.len()];
    for first in 0..across.len() {
        if !std::mem::take(&mut is_free[first]) {
            continue;
        }
        let mut group = (Vec::new(), Vec::new());
        let mut waiting = vec![first];
        while let Some(next) = waiting.pop() {
            let (line, others, offset) = match next.checked_sub(across.len()) {
                None => (across[next], down, across.len()),
                Some(next) => (down[next], across, 0),
            };
            if offset > 0 {
                group.0.push(line)
            } else {
                group.1.push(line)
            }
            for (at, other) in others.iter().enumerate() {
                let meets = other.at >= line.from - reach
                    && other.at <= line.to + reach
                    && line.at >= other.from - reach
                    && line.at <= other.to + reach;
                if meets && std::mem::take(&mut is_free[offset + at]) {
                    waiting.push(offset + at);
                }
            }
        }
        groups.push(group);
    }
    groups
}

fn borders(lines: &[Stretch], reach: f32) -> Vec<f32> {
    let mut borders: Vec<f32> = lines.iter().map(|line| line.at).collect();
    borders.sort_by(f32::total_cmp);
    borders.dedup_by(|next, border| *next - *border <= reach);
    borders
}

/// Adds the outermost borders where the lines between them reach further.
fn close(borders: &mut Vec<f32>, between: &[Stretch], size: f32) {
    let from = between.iter().map(|line| line.from).fold(f32::INFINITY, f32::min);
    let to = between.iter().map(|line| line.to).fold(f32::NEG_INFINITY, f32::max);
    if borders.first().is_some_and(|first| from < first - size) {
        borders.insert(0, from);
    }
    if borders.last().is_some_and(|last| to > last + size) {
        borders.push(to);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn across(y: f32, from: f32, to: f32) -> Ruling {
        Ruling::between((from, y), (to, y + 0.5)).unwrap()
    }

    fn down(x: f32, from: f32, to: f32) -> Ruling {
        Ruling::between((x, from), (x + 0.5, to)).unwrap()
    }

    #[test]
    fn lines_that_meet_are_a_grid_and_others_are_none() {
        let lines = [
            across(100.0, 50.0, 350.0),
            across(130.0, 50.0, 150.0),
            across(130.0, 152.0, 350.0),
            across(160.0, 50.0, 350.0),
            down(150.0, 100.0, 130.0),
            down(250.0, 100.0, 160.0),
            across(40.0, 50.0, 350.0),
            down(500.0, 100.0, 160.0),
        ];
        let [grid] = &Lattice::of(&lines, 10.0)[..] else { panic!("one grid") };
        assert_eq!((grid.n_columns(), grid.n_rows()), (3, 2));
        assert!(grid.is_parted_left(0, 1) && !grid.is_parted_left(1, 1));
        assert!(grid.is_parted_above(1, 0) && grid.is_parted_above(1, 2));
        assert_eq!(grid.place(200.0, 140.0), Some((1, 1)));
        assert_eq!((grid.place(200.0, 90.0), grid.place(400.0, 140.0)), (None, None));
    }

    #[test]
    fn what_does_not_run_along_an_edge_is_no_ruling() {
        assert_eq!(Ruling::between((0.0, 0.0), (50.0, 40.0)), None);
        assert_eq!(Ruling::between((0.0, 0.0), (0.0, 0.0)), None);
        assert_eq!(Ruling::between((0.0, f32::NAN), (9.0, f32::NAN)), None);
    }
}
