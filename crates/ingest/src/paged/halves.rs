//! A page printed in two columns, as gazettes are.

use super::LinedPage;
use super::lines::{Line, Piece};

/// Lines that have words in both columns, at least.
const N_LINES: usize = 8;

/// The gap between the columns, in letters.
const GAP: f32 = 1.2;

/// How far the edges of one column differ, in letters.
const SAME_EDGE: f32 = 0.8;

/// Letters on a line of a column, at least.
const N_LETTERS: usize = 10;

/// Returns the page as a page for its whole width, one for its left column and one
/// for its right; as it is where it has not two.
pub(super) fn of(page: LinedPage) -> Vec<LinedPage> {
    let Some(gap) = gap(&page) else { return vec![page] };
    let mut parts = Vec::new();
    let mut part = |lines: &mut Vec<Line>, is_half| {
        if !lines.is_empty() {
            let (number, height) = (page.number, page.height);
            let lines = std::mem::take(lines);
            parts.push(LinedPage { number, height, lines, grids: Vec::new(), is_half });
        }
    };
    let (mut whole, mut left, mut right) = (Vec::new(), Vec::new(), Vec::new());
    for line in page.lines {
        if line.pieces.iter().any(|piece| piece.left < gap && gap < piece.right) {
            // What stands above a line across both columns is read before it.
            part(&mut left, true);
            part(&mut right, true);
            whole.push(line);
            continue;
        }
        part(&mut whole, false);
        let n_left = line.pieces.partition_point(|piece| piece.right < gap);
        left.extend(line.part(&line.pieces[..n_left]));
        right.extend(line.part(&line.pieces[n_left..]));
    }
    part(&mut whole, false);
    part(&mut left, true);
    part(&mut right, true);
    parts
}

/// Returns the middle of the gap between two columns.
fn gap(page: &LinedPage) -> Option<f32> {
    // Where lines are tables, they are no columns of a text.
    if !page.grids.is_empty() {
        return None;
    }
    let in_two = |line: &Line| {
        let two =
            line.pieces.windows(2).find(|two| two[1].left - two[0].right > GAP * line.size)?;
        let n_letters = |piece: &Piece| piece.text.chars().count();
        (two.iter().all(|piece| n_letters(piece) >= N_LETTERS) && line.pieces.len() == 2)
            .then(|| (two[0].right, two[1].left, line.size))
    };
    let mut edges: Vec<(f32, f32, f32)> = page.lines.iter().filter_map(in_two).collect();
    if edges.len() < N_LINES || edges.len() * 2 < page.lines.len() {
        return None;
    }
    edges.sort_by(|a, b| a.1.total_cmp(&b.1));
    let (_, right, size) = edges[edges.len() / 4];
    let left = edges.iter().map(|edge| edge.0).fold(f32::NEG_INFINITY, f32::max);
    let n_same = edges.iter().filter(|edge| (edge.1 - right).abs() < SAME_EDGE * size).count();
    // Most lines of the right column begin at its edge, none of the left reaches it.
    (n_same * 2 > edges.len() && left + GAP / 2.0 * size < right).then_some((left + right) / 2.0)
}

#[cfg(test)]
mod tests {
    use super::super::{Fragment, lines};
    use super::*;

    #[test]
    fn columns_are_read_one_behind_the_other() {
        let words = "推进重点任务落实到位见效";
        let mut fragments = vec![("国务院公报第一期总第一号", 150.0, 20.0)];
        fragments.extend((0..10).flat_map(|at| {
            let baseline = 60.0 + at as f32 * 20.0;
            [(words, 100.0, baseline), (words, 250.0, baseline)]
        }));
        let fragments = fragments.into_iter().map(|(text, left, baseline)| Fragment {
            text: text.to_owned(),
            left,
            right: left + text.chars().count() as f32 * 10.0,
            baseline,
            size: 10.0,
        });
        let page = |fragments: Vec<Fragment>| LinedPage {
            number: 1,
            height: 800.0,
            lines: lines::of(fragments),
            grids: Vec::new(),
            is_half: false,
        };
        let parts = of(page(fragments.clone().collect()));
        let shape: Vec<(usize, bool)> =
            parts.iter().map(|part| (part.lines.len(), part.is_half)).collect();
        assert_eq!(shape, [(1, false), (10, true), (10, true)]);
        assert_eq!((parts[2].lines[0].left, parts[2].lines[0].text.as_str()), (250.0, words));
        // Some lines with a gap are no page in two columns.
        assert_eq!(of(page(fragments.take(11).collect())).len(), 1);
    }
}
