//! What stands on every page and belongs to the paper, not to the text.

use std::collections::HashMap;

use super::LinedPage;
use super::lines::Line;

/// The part of a page at its top and at its bottom where such lines stand.
const MARGIN: f32 = 0.15;

/// Lines at the top and at the bottom of a page that are looked at.
const N_LINES: usize = 3;

/// How far the baseline of such a line moves from page to page, in letters.
const SAME_HEIGHT: f32 = 0.8;

/// How much further than lines stand apart such a line stands from the text.
const APART: f32 = 1.25;

/// How far lines usually stand apart, in letters.
const USUAL_PITCH: f32 = 1.8;

/// Takes such lines out; returns how many there were.
pub(super) fn remove(pages: &mut [LinedPage]) -> usize {
    let mut counts: HashMap<(bool, String), Vec<f32>> = HashMap::new();
    for page in pages.iter() {
        for (is_top, at) in margins(page) {
            let line = &page.lines[at];
            counts.entry((is_top, key(&line.text))).or_default().push(position(page, line, is_top));
        }
    }
    counts.values_mut().for_each(|all| all.sort_by(f32::total_cmp));
    // Headers of left and right pages differ, and so may those of chapters.
    let n_enough = (pages.len() / 8).max(2);
    let mut n_removed = 0;
    for page in pages.iter_mut() {
        let is_furniture = |is_top: bool, line: &Line| {
            if is_page_number(&line.text) {
                return true;
            }
            let here = position(page, line, is_top);
            counts.get(&(is_top, key(&line.text))).is_some_and(|all| {
                let reach = SAME_HEIGHT * line.size;
                let first = all.partition_point(|at| *at < here - reach);
                let behind = all.partition_point(|at| *at <= here + reach);
                behind - first >= n_enough
            })
        };
        let found = margins(page);
        let mut remove: Vec<usize> = Vec::new();
        for is_top in [true, false] {
            let side = found.iter().filter(|(top, _)| *top == is_top).map(|(_, at)| *at);
            // From the edge of the page inwards, the last one that may go and all
            // outside of it.
            let side: Vec<usize> = side.collect();
            let n = side.iter().take_while(|at| is_furniture(is_top, &page.lines[**at])).count();
            let n = (0..=n).rev().find(|n| *n == 0 || stands_apart(page, is_top, side[*n - 1]));
            remove.extend(&side[..n.unwrap_or(0)]);
        }
        remove.sort_unstable();
        remove.dedup();
        n_removed += remove.len();
        for at in remove.into_iter().rev() {
            page.lines.remove(at);
        }
    }
    n_removed
}

/// Returns the lines at the top and at the bottom of a page, those at the edge
/// first, each with whether it stands at the top.
fn margins(page: &LinedPage) -> Vec<(bool, usize)> {
    let lines = &page.lines;
    let top =
        (0..lines.len()).take(N_LINES).take_while(|at| lines[*at].baseline < page.height * MARGIN);
    let bottom = (0..lines.len())
        .rev()
        .take(N_LINES)
        .take_while(|at| lines[*at].baseline > page.height * (1.0 - MARGIN));
    top.map(|at| (true, at)).chain(bottom.map(|at| (false, at))).collect()
}

/// Returns the distance of a line from the edge of its page.
fn position(page: &LinedPage, line: &Line, is_top: bool) -> f32 {
    if is_top { line.baseline } else { page.height - line.baseline }
}

/// Whether a line stands further from the text than lines of the text from each
/// other, or is smaller than it: the head of a table that goes on over pages is
/// neither.
fn stands_apart(page: &LinedPage, is_top: bool, at: usize) -> bool {
    let line = &page.lines[at];
    let next =
        if is_top { page.lines.get(at + 1) } else { at.checked_sub(1).map(|at| &page.lines[at]) };
    let Some(next) = next else { return true };
    let gap = (line.baseline - next.baseline).abs();
    line.size < next.size * 0.9 || gap > APART * pitch(page).unwrap_or(next.size * USUAL_PITCH)
}

/// Returns how far lines of a page stand apart: the middle of all distances,
/// where there are enough to tell.
fn pitch(page: &LinedPage) -> Option<f32> {
    let mut gaps: Vec<f32> =
        page.lines.windows(2).map(|two| two[1].baseline - two[0].baseline).collect();
    gaps.sort_by(f32::total_cmp);
    if gaps.len() < N_LINES * 2 { None } else { gaps.get(gaps.len() / 2).copied() }
}

/// Returns a line without the number of its page.
fn key(text: &str) -> String {
    let mut key = String::new();
    for ch in text.chars().filter(|ch| !ch.is_whitespace()) {
        let ch = if ch.is_ascii_digit() { '#' } else { ch };
        if ch != '#' || !key.ends_with('#') {
            key.push(ch);
        }
    }
    key
}

/// Whether a line is the number of a page and says so by its form: — 1 —, -2-,
/// 第3页 共8页, 3/8. A bare number is one where it stands on other pages as well.
pub(super) fn is_page_number(text: &str) -> bool {
    const DASHES: &[char] = &['-', '—', '–', '－', '―', '─', '·', '~'];
    let text: String = text.chars().filter(|ch| !ch.is_whitespace()).collect();
    let inner = text.trim_matches(DASHES);
    let is_number = |text: &str| {
        (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    if is_number(inner) {
        let n_in_front = text.find(inner).unwrap_or(0);
        return n_in_front > 0 && text.len() > n_in_front + inner.len();
    }
    if let Some((page, pages)) = inner.split_once(['/', '／']) {
        let [page, pages] =
            [page, pages].map(|part| part.trim_start_matches(['第', '共']).trim_end_matches('页'));
        return is_number(page) && is_number(pages);
    }
    let Some(rest) = inner.strip_prefix('第') else { return false };
    let Some((page, rest)) = rest.split_once('页') else { return false };
    let rest = rest.trim_matches(['(', ')', '（', '）', ',', '，']);
    let total = rest.strip_prefix('共').and_then(|rest| rest.strip_suffix('页'));
    is_number(page) && (rest.is_empty() || total.is_some_and(is_number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_a_page_is_known_by_its_form() {
        for number in [
            "— 1 —",
            "-2-",
            "－12－",
            "第3页 共8页",
            "第 3 页（共 8 页）",
            "第3页",
            "3/8",
            "第3页/共8页",
            "· 4 ·",
        ] {
            assert!(is_page_number(number), "{number}");
        }
        for other in
            ["1", "2025", "-", "—1", "第三条", "第3条", "第3页见附件", "1/2亩", "—2025年—", ""]
        {
            assert!(!is_page_number(other), "{other}");
        }
    }
}
