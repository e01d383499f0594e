//! Where the columns of each page lie: between two of them blanks run down the page.

use std::ops::Range;

use super::{Atom, Head, Part, PlacedLine, Width, read_heads};

/// Columns of a page that are looked at.
const WIDEST_PAGE: usize = 400;

/// Columns by which a page without heads may be set off from the page before, and one of
/// its columns from the others.
const FARTHEST_MOVE: isize = 10;
const FARTHEST_APART: usize = 4;

/// Columns behind a place in which cells begin, which may be set in the middle.
const FARTHEST_BEHIND: usize = 5;

/// Lines of a hundred that begin a cell tell enough of a column.
const MOST_BEGUN: isize = 15;

/// Lines of a hundred that weigh as much as one column off.
const COST_OF_COLUMN: isize = 2;

/// Columns without words that part two cells, and not the words of one.
const GAP_OF_CELLS: usize = 3;

/// One line in so many may run across the place where two columns meet.
const LINES_A_CROSSING: usize = 6;

/// The places where the columns of each page meet.
pub(super) struct Columns {
    /// By page; empty for one without rows.
    pages: Vec<Vec<usize>>,
}

/// Finds the columns of all pages; `None` where lines run across them.
pub(super) fn of_pages(
    text: &str,
    heads: &[Head],
    lines: &[PlacedLine],
    parts: &[Part],
    width: Width,
) -> Option<Columns> {
    let n_pages = lines.last().map_or(0, |line| line.page + 1);
    let mut pages: Vec<Vec<usize>> = vec![Vec::new(); n_pages];
    let mut start = 0;
    let mut last: Option<Vec<usize>> = None;
    for page in lines.chunk_by(|one, other| one.page == other.page) {
        let range = start..start + page.len();
        start = range.end;
        let rows = range.clone().filter(|&at| parts[at] == Part::Row).map(|at| &lines[at]);
        // 一 特色赛道: what heads a group of rows keeps to no column.
        let rows: Vec<&PlacedLine> = rows.filter(|line| !line.heads_group(text)).collect();
        if rows.is_empty() {
            continue;
        }
        let covered = Coverage::of(&rows);
        let repeated = range.clone().find(|&at| parts[at] == Part::Heads);
        let again = repeated.and_then(|at| Some(read_heads(text, lines[at].start, width)?.0));
        let meets = match (again, &last) {
            (Some(heads), _) => between_heads(&heads, &covered),
            (None, None) => between_heads(heads, &covered),
            (None, Some(last)) => {
                let is_number = |atom: &Atom| {
                    atom.right <= last[0] + FARTHEST_APART
                        && text[atom.source.clone()].bytes().all(|byte| byte.is_ascii_digit())
                };
                let first = rows.iter().map(|line| &line.atoms[0]);
                let numbers_end = first.filter(|atom| is_number(atom)).map(|atom| atom.right).max();
                near(last, &covered, numbers_end.unwrap_or(0))
            }
        };
        let n_crossings = rows.iter().filter(|line| crosses(line, &meets)).count();
        if n_crossings * LINES_A_CROSSING > rows.len() {
            return None;
        }
        pages[page[0].page].clone_from(&meets);
        last = Some(meets);
    }
    Some(Columns { pages })
}

/// Whether a word of a line runs across a place where columns meet.
fn crosses(line: &PlacedLine, meets: &[usize]) -> bool {
    let runs_across =
        |atom: &Atom| meets.iter().any(|&at| atom.left + 1 < at && at + 1 < atom.right);
    line.atoms.iter().any(runs_across)
}

/// How many lines have words at each column of a page, and how many begin a cell there.
struct Coverage {
    counts: Vec<usize>,
    begins: Vec<usize>,
    n_lines: usize,
}

impl Coverage {
    fn of(lines: &[&PlacedLine]) -> Self {
        let (mut counts, mut begins) = (vec![0; WIDEST_PAGE], vec![0; WIDEST_PAGE]);
        for line in lines {
            let mut end = None;
            for atom in &line.atoms {
                let range = atom.left.min(WIDEST_PAGE)..atom.right.min(WIDEST_PAGE);
                counts[range].iter_mut().for_each(|count| *count += 1);
                if end.is_none_or(|end| end + 2 <= atom.left) && atom.left < WIDEST_PAGE {
                    begins[atom.left] += 1;
                }
                end = Some(atom.right);
            }
        }
        Self { counts, begins, n_lines: lines.len() }
    }

    /// Of a hundred lines, those that have words on both sides of a place, and no blank between.
    fn share(&self, at: usize) -> isize {
        let count = |at: usize| self.counts.get(at).copied().unwrap_or(0);
        let before = at.checked_sub(1).map_or(0, count);
        self.of_hundred(before.min(count(at)))
    }

    /// Of a hundred lines, those in which a cell begins right behind a place.
    fn begun(&self, at: usize) -> isize {
        let begins = self.begins.iter().skip(at).take(FARTHEST_BEHIND);
        self.of_hundred(begins.sum()).min(MOST_BEGUN)
    }

    fn of_hundred(&self, count: usize) -> isize {
        isize::try_from(count * 100 / self.n_lines.max(1)).unwrap_or(isize::MAX)
    }

    /// The strips of a range that the fewest lines cover.
    fn gaps(&self, range: Range<usize>) -> Vec<Range<usize>> {
        let range = range.start.min(WIDEST_PAGE)..range.end.min(WIDEST_PAGE);
        let least = self.counts[range.clone()].iter().min().copied().unwrap_or(0);
        let mut gaps: Vec<Range<usize>> = Vec::new();
        for at in range.filter(|&at| self.counts[at] == least) {
            match gaps.last_mut().filter(|gap| gap.end == at) {
                Some(gap) => gap.end = at + 1,
                None => gaps.push(at..at + 1),
            }
        }
        gaps
    }
}

/// The places between heads: in the widest gap from the middle of one to that of the next.
fn between_heads(heads: &[Head], covered: &Coverage) -> Vec<usize> {
    let middle = |head: &Head| usize::midpoint(head.left, head.right);
    let between = heads.windows(2).map(|pair| middle(&pair[0])..middle(&pair[1]));
    between
        .map(|range| {
            let gaps = covered.gaps(range.clone());
            // What is too long for its column runs on into the gap, from the left.
            gaps.into_iter().max_by_key(Range::len).unwrap_or(range).end
        })
        .collect()
}

/// The places of the page before, all moved alike and each a little, so that few lines
/// have words there and many begin a cell right behind.
fn near(last: &[usize], covered: &Coverage, numbers_end: usize) -> Vec<usize> {
    let moved = (-FARTHEST_MOVE..=FARTHEST_MOVE).map(|by| {
        let mut floor = numbers_end;
        let mut cost = by.abs();
        let places: Vec<usize> = last
            .iter()
            .map(|&at| {
                let at = at.saturating_add_signed(by);
                let from = at.saturating_sub(FARTHEST_APART).max(floor);
                let cost_of = |place: usize| {
                    let apart = isize::try_from(place.abs_diff(at)).unwrap_or(isize::MAX);
                    covered.share(place) - covered.begun(place) + COST_OF_COLUMN * apart
                };
                let place = (from..=at.max(from) + FARTHEST_APART)
                    .min_by_key(|&place| cost_of(place))
                    .unwrap_or(from);
                cost += cost_of(place);
                floor = place + 1;
                place
            })
            .collect();
        (cost, places)
    });
    moved.min_by_key(|(cost, _)| *cost).map(|(_, places)| places).unwrap_or_default()
}

impl Columns {
    /// How many columns the table has.
    pub(super) fn n_columns(&self) -> usize {
        self.pages.iter().map(|meets| meets.len() + 1).max().unwrap_or(0)
    }

    /// Which column a word belongs to.
    pub(super) fn of(&self, line: &PlacedLine, atom: &Atom) -> usize {
        self.pages[line.page].partition_point(|&at| at <= atom.middle())
    }

    /// Whether the words of a line keep to the columns: none runs across a place where two
    /// meet, and in none a gap is left that parts cells.
    pub(super) fn fit(&self, line: &PlacedLine) -> bool {
        let is_torn = line.atoms.windows(2).any(|pair| {
            pair[0].right + GAP_OF_CELLS <= pair[1].left
                && self.of(line, &pair[0]) == self.of(line, &pair[1])
        });
        !is_torn && !crosses(line, &self.pages[line.page])
    }

    /// Adds the words of a line to the cells: those beside one another are one piece.
    pub(super) fn place(&self, line: &PlacedLine, cells: &mut [Vec<Range<usize>>]) {
        let mut before = None;
        for atom in &line.atoms {
            let column = self.of(line, atom);
            match cells[column].last_mut().filter(|_| before == Some(column)) {
                Some(piece) => piece.end = atom.source.end,
                None => cells[column].push(atom.source.clone()),
            }
            before = Some(column);
        }
    }
}
