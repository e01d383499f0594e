//! Numbers of printed pages that stand on lines of their own.
//!
//! Goes in: the lines with their folded texts. Comes out: marks on those that are
//! page numbers. One is known by its dashes, by the end of a page, or by the
//! run of numbers that it stands in.

use gangmu_model::BoilerplateReason;

use crate::furniture::{is_longer_than, is_page_number};
use crate::lines::Line;

/// Fewest lines between two numbers of one run: a page has more, a row of a table
/// that was saved a cell a line has fewer.
const FEWEST_LINES_A_PAGE: usize = 12;

/// Fewest numbers of a run.
const SHORTEST_RUN: usize = 3;

/// Columns of a line of running text.
const FULL_COLUMNS: usize = 40;

/// Marks the lines that hold a page's number.
pub(crate) fn mark(lines: &[Line], texts: &[&str], reasons: &mut [Option<BoilerplateReason>]) {
    let paged = lines.last().is_some_and(|line| line.page > 0);
    for (at, text) in texts.iter().enumerate() {
        let dashed = text.starts_with(['-', '—', '–']) || text.starts_with('第');
        let at_page_end = lines.get(at + 1).is_none_or(|next| next.page > lines[at].page);
        if is_page_number(text) && (dashed || paged && at_page_end) || is_page_label(text) {
            reasons[at] = Some(BoilerplateReason::Footer);
        }
    }
    let numbers: Vec<(usize, u32)> =
        texts.iter().enumerate().filter_map(|(at, text)| Some((at, bare_number(text)?))).collect();
    let run = longest_run(&numbers, lines);
    if run.len() < SHORTEST_RUN {
        return;
    }
    let first = run[0];
    for at in run {
        reasons[at] = Some(BoilerplateReason::Footer);
    }
    // i, ii, iii under the preface and the contents, before page 1.
    for at in (0..first).filter(|&at| is_roman(texts[at])) {
        reasons[at] = Some(BoilerplateReason::Footer);
    }
}

/// The longest run of numbers that count the pages of running text.
fn longest_run(numbers: &[(usize, u32)], lines: &[Line]) -> Vec<usize> {
    let mut longest = Vec::new();
    let mut run: Vec<(usize, u32)> = Vec::new();
    for &(at, number) in numbers {
        let goes_on = run.last().is_some_and(|&(before, last)| {
            let page = &lines[before + 1..at];
            let n_full = page.iter().filter(|line| line.right >= FULL_COLUMNS).count();
            number == last + 1 && page.len() >= FEWEST_LINES_A_PAGE && n_full * 3 > page.len()
        });
        if !goes_on {
            run.clear();
        }
        run.push((at, number));
        if run.len() > longest.len() {
            longest = run.iter().map(|&(at, _)| at).collect();
        }
    }
    longest
}

/// Page 12:, ===== Page 3 of 40 =====: what a program that takes the text out of a PDF
/// writes between the pages.
fn is_page_label(text: &str) -> bool {
    let inner =
        text.trim_matches(|ch: char| matches!(ch, '#' | '=' | '-' | '*' | '[' | ']' | ':' | ' '));
    let count = ["Page ", "PAGE ", "page "].iter().find_map(|word| inner.strip_prefix(word));
    count.is_some_and(|count| {
        !is_longer_than(count, LONGEST_COUNT)
            && count.split(" of ").all(|number| {
                number.split('/').all(|number| {
                    !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
                })
            })
    })
}

/// Characters of 1234 of 5678.
const LONGEST_COUNT: usize = 12;

/// 12, and 1 2 where a layout has parted the digits.
fn bare_number(text: &str) -> Option<u32> {
    if text.is_empty() || is_longer_than(text, 7) {
        return None;
    }
    let digits: String = text.chars().filter(|ch| *ch != ' ').collect();
    let bare = digits.len() <= 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
    if bare { digits.parse().ok() } else { None }
}

/// I, ii, II I.
fn is_roman(text: &str) -> bool {
    !text.is_empty()
        && !is_longer_than(text, 7)
        && text.chars().all(|ch| matches!(ch, 'I' | 'V' | 'X' | 'i' | 'v' | 'x' | ' '))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lines::lines;

    /// The lines that are marked in a text of pages with `n_lines` lines each.
    fn marked(n_lines: usize, numbers: &[&str]) -> usize {
        let page =
            "坚持节约优先、保护优先、自然恢复为主的方针，统筹全域全要素系统\n".repeat(n_lines);
        let text: String = numbers.iter().map(|number| format!("{page}{number}\n")).collect();
        let lines = lines(&text, &[]);
        let texts: Vec<&str> = lines.iter().map(|line| &text[line.source.clone()]).collect();
        let mut reasons = vec![None; lines.len()];
        mark(&lines, &texts, &mut reasons);
        reasons.iter().flatten().count()
    }

    #[test]
    fn labels_of_pages_are_known() {
        for label in ["Page 1172:", "# Page 3", "===== Page 3 of 40 =====", "[Page 3/40]"] {
            assert!(is_page_label(label), "{label}");
        }
        for other in ["Page", "Page one", "12", "第12页的内容", "Page 3 of the report"] {
            assert!(!is_page_label(other), "{other}");
        }
    }

    #[test]
    fn numbers_that_count_pages_are_known_by_their_run() {
        assert_eq!(marked(20, &["1", "2", "1 0", "1 1", "12"]), 3);
        assert_eq!(marked(20, &["I", "II", "1", "2", "3"]), 5);
        assert_eq!(marked(20, &["1", "3", "5"]), 0);
        assert_eq!(marked(4, &["1", "2", "3"]), 0);
    }
}
