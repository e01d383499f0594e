//! Brackets with the bodies responsible, broken over lines.

use crate::lines::is_blank;
use crate::marks::han_len;

/// A bracket with the bodies responsible, which a layout may break anywhere:
/// (责任单位:省经信厅、省科技厅 and the end on a later line, however far in.
#[derive(Debug, Default)]
pub(crate) struct DutyBracket {
    /// How many brackets are open.
    depth: usize,
    /// The first characters inside the outermost one.
    head: String,
    /// Lines read since it was opened.
    n_lines: usize,
    /// Whether the last line ended inside a list.
    in_list: bool,
}

impl DutyBracket {
    /// The most lines that one bracket takes.
    const MAX_LINES: usize = 16;

    /// What such a bracket begins with; a line may end inside it.
    const LABELS: [&str; 6] =
        ["责任单位", "牵头单位", "责任部门", "牵头部门", "配合单位", "负责部门"];

    /// What is kept of a bracket: as much as a label takes.
    const HEAD_BYTES: usize = 12;

    /// Reads on through a line.
    pub(crate) fn read(&mut self, line: &str) {
        if self.depth > 0 {
            self.n_lines += 1;
        }
        self.in_list = line.trim_end().ends_with(['、', '，', ',']);
        let mut at = 0;
        while at < line.len() {
            let in_head = self.depth > 0 && self.head.len() < Self::HEAD_BYTES;
            if !in_head {
                at += han_len(&line[at..]);
            }
            let Some(mark) = line[at..].chars().next() else { break };
            at += mark.len_utf8();
            if is_opening(mark) {
                if self.depth == 0 {
                    self.head.clear();
                    self.n_lines = 0;
                }
                self.depth += 1;
            } else if is_closing(mark) {
                self.depth = self.depth.saturating_sub(1);
            } else if in_head && !is_blank(mark) {
                self.head.push(mark);
            }
        }
    }

    /// Whether a line goes on inside the bracket and closes it, or its list.
    pub(crate) fn goes_on(&self, line: &str) -> bool {
        let labelled = Self::LABELS
            .iter()
            .any(|label| label.starts_with(&self.head) || self.head.starts_with(label));
        if self.depth == 0 || self.n_lines > Self::MAX_LINES || !labelled {
            return false;
        }
        // 责任单位: alone on its line, the bodies on those below.
        let alone = line.trim_end().strip_suffix(['：', ':']);
        if self.in_list || alone.is_some_and(|label| Self::LABELS.contains(&label.trim())) {
            return true;
        }
        let mark = line.find(|ch| is_opening(ch) || is_closing(ch) || ch == '。');
        mark.is_some_and(|at| line[at..].starts_with(is_closing))
            || (line.contains('、') || line.trim_end().ends_with(['，', ',', '；', ';']))
                && mark.is_none_or(|at| !line[at..].starts_with('。'))
    }
}

pub(crate) fn is_opening(mark: char) -> bool {
    matches!(mark, '（' | '(' | '【' | '〔' | '[')
}

pub(crate) fn is_closing(mark: char) -> bool {
    matches!(mark, '）' | ')' | '】' | '〕' | ']')
}
