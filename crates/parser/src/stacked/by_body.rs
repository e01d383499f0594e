//! Tables of duties saved one cell a line whose rows have no numbers: 部门 and 职责,
//! then a body and what it does, a body and what it does.
//!
//! What opens a row is the name of a body; a name may stand on two lines, a duty on
//! several, and a further column may end the row.

use std::ops::Range;

use gangmu_lexicon::{AgencyLikeness, Lexicon};
use gangmu_model::MarkerStyle;

use super::{Head, LONGEST_HEAD, MOST_LINES_OF_CELL, Slot, Slots, head_row, push_cell};
use crate::columns::{self, ColumnKind};
use crate::fold::fold;
use crate::grid::{Grid, GridRow, after, grid, trimmed};
use crate::marker::recognise;

/// The longest first head, in bytes of the source: blanks may part its characters.
const LONGEST_FIRST_HEAD: usize = 40;

/// Heads behind the first, at most.
const MOST_OTHER_HEADS: usize = 3;

/// The longest duty, in bytes.
const LONGEST_DUTY: usize = 6000;

/// The longest line of a name, in bytes.
const LONGEST_NAME: usize = 90;

/// Rows that make such a table: fewer where all its heads are known.
const FEWEST_ROWS: usize = 4;
const FEWEST_ROWS_UNDER_KNOWN_HEADS: usize = 2;

/// Whether a line may be the head of a column of bodies: 部  门, 责任单位.
pub(crate) fn may_open(line: &str) -> bool {
    let line = line.trim_end();
    line.ends_with(['门', '位']) && line.len() <= LONGEST_FIRST_HEAD
}

/// Reads a table from the line `first` on, which holds the head of the bodies. Returns
/// the table, if it is one, and where it ends.
pub(crate) fn read(
    text: &str,
    first: Range<usize>,
    lexicon: &Lexicon,
) -> Option<(Option<Grid>, usize)> {
    let start = after(text, first.end);
    let head = trimmed(text, first);
    let kind = columns::kind_of(&fold(&text[head.clone()]));
    if !matches!(kind, Some(ColumnKind::Body(_))) {
        return None;
    }
    let mut rows = Rows { slots: Slots::new(text, start, LONGEST_DUTY), lexicon };
    let n_heads = rows.heads()?;
    let heads: Vec<Head> = (0..n_heads)
        .map(|at| {
            let kind = columns::kind_of(&rows.slots.get(at)?.folded);
            Some(Head { lines: at..at + 1, kind })
        })
        .collect::<Option<_>>()?;
    let starts = rows.starts(n_heads);
    let fewest = match heads.iter().all(|head| head.kind.is_some()) {
        true => FEWEST_ROWS_UNDER_KNOWN_HEADS,
        false => FEWEST_ROWS,
    };
    if starts.len() < fewest {
        return None;
    }
    let mut found = vec![head_row(vec![head], &heads, &rows.slots.read)];
    let mut end = 0;
    for (at, start) in starts.iter().enumerate() {
        let limit = match starts.get(at + 1) {
            Some(next) => next.at,
            None => rows.last_end(start, n_heads),
        };
        let lines = &rows.slots.read[start.at..limit];
        found.push(row(lines, start, n_heads));
        end = lines[lines.len() - 1].behind;
    }
    let source = found[0].line.start..found[found.len() - 1].line.end;
    Some((grid(text, source, found), end))
}

/// Where a row begins, and how many lines its bodies take.
struct Start {
    at: usize,
    n_lines: usize,
    /// Whether the lines are pieces of one name.
    is_joined: bool,
}

struct Rows<'t, 'l> {
    slots: Slots<'t>,
    lexicon: &'l Lexicon,
}

impl Rows<'_, '_> {
    /// How many heads stand above the first body.
    fn heads(&mut self) -> Option<usize> {
        for at in 0..=MOST_OTHER_HEADS {
            if at > 0 && self.names(at) {
                return Some(at);
            }
            let slot = self.slots.get(at)?;
            let ends = slot.folded.ends_with(['。', ';', ':', ',']);
            if ends || slot.source.len() > LONGEST_HEAD || recognise(&slot.folded).is_some() {
                return None;
            }
        }
        None
    }

    /// The rows from the slot `first` on.
    fn starts(&mut self, first: usize) -> Vec<Start> {
        let mut starts: Vec<Start> = Vec::new();
        let mut at = first;
        while let Some(start) = self.start(at, true) {
            let cells = at + start.n_lines;
            let by_name = self.names(at) || start.is_joined;
            // A duty is one line at least; the first row opens with a name that is known.
            if !self.is_cell(cells) || starts.is_empty() && !by_name {
                break;
            }
            starts.push(start);
            let mut end = cells + 1;
            while end < cells + MOST_LINES_OF_CELL && self.is_cell(end) {
                let behind_sentences =
                    (cells..end).rev().find(|&line| self.ends_sentence(line)).map(|last| last + 1);
                let is_full = match behind_sentences {
                    Some(behind) => end - behind >= first - 1,
                    None => first > 1 && end - cells >= first,
                };
                if self.start(end, is_full).is_some() {
                    break;
                }
                end += 1;
            }
            at = end;
        }
        starts
    }

    /// The row that begins at a line. Where the row before is full, a name that no list
    /// knows is told by its place, a short line above a sentence.
    fn start(&mut self, at: usize, is_full: bool) -> Option<Start> {
        if !self.is_short(at) {
            return None;
        }
        if is_full && self.is_short(at + 1) && self.is_duty(at + 2) {
            let piece = &self.slots.read[at].folded;
            let whole = format!("{piece}{}", self.slots.read[at + 1].folded);
            let alone = self.lexicon.agency_likeness(piece);
            let is_piece = match self.lexicon.agency_likeness(&whole) {
                AgencyLikeness::Known => alone != AgencyLikeness::Known,
                _ => alone == AgencyLikeness::Unlikely && is_body(&whole, self.lexicon),
            };
            if is_piece && !whole.contains('、') {
                return Some(Start { at, n_lines: 2, is_joined: true });
            }
        }
        let mut n_lines = 0;
        while self.names(at + n_lines) {
            n_lines += 1;
        }
        if n_lines == 0 && is_full && self.is_duty(at + 1) {
            n_lines = 1;
        }
        (n_lines > 0).then_some(Start { at, n_lines, is_joined: false })
    }

    fn names(&mut self, at: usize) -> bool {
        self.is_short(at)
            && match self.slots.read.get(at) {
                Some(slot) => is_body(&slot.folded, self.lexicon),
                None => false,
            }
    }

    fn is_short(&mut self, at: usize) -> bool {
        self.slots.get(at).is_some_and(|slot| {
            slot.folded.len() <= LONGEST_NAME
                && !slot.folded.ends_with(['。', ';', ':', ','])
                && recognise(&slot.folded).is_none()
        })
    }

    fn ends_sentence(&mut self, at: usize) -> bool {
        self.slots.get(at).is_some_and(|slot| slot.folded.ends_with(['。', ';']))
    }

    fn is_duty(&mut self, at: usize) -> bool {
        self.ends_sentence(at) && self.is_cell(at)
    }

    /// Whether a line goes on with the table: no heading of another part of the document.
    fn is_cell(&mut self, at: usize) -> bool {
        self.slots.get(at).is_some_and(|slot| {
            let style = recognise(&slot.folded).map(|marker| marker.style);
            !matches!(
                style,
                Some(MarkerStyle::Attachment | MarkerStyle::HanComma | MarkerStyle::Box)
            )
        })
    }

    /// Where the last row ends, which no body behind it tells.
    fn last_end(&mut self, start: &Start, n_heads: usize) -> usize {
        let first = start.at + start.n_lines;
        let mut end = first + 1;
        while end < first + MOST_LINES_OF_CELL
            && self.slots.get(end - 1).is_some_and(|slot| slot.folded.ends_with(';'))
            && self.is_cell(end)
        {
            end += 1;
        }
        for _ in 1..n_heads {
            if self.is_short(end) {
                end += 1;
            }
        }
        end
    }
}

/// Whether words are the names of bodies and nothing else: 市教育局、市财政局.
fn is_body(words: &str, lexicon: &Lexicon) -> bool {
    // 宣传部(融媒体中心): the other name of the same body.
    let words = words.strip_suffix('等').unwrap_or(words);
    let names = |name: &str| {
        let name = name.strip_suffix(')').and_then(|name| name.split('(').next()).unwrap_or(name);
        lexicon.agency_likeness(name) != AgencyLikeness::Unlikely || lexicon.ends_like_agency(name)
    };
    names(words) || words.contains('、') && words.split('、').all(names)
}

/// Lays a row out over the bodies, their duties and what stands behind.
fn row(lines: &[Slot], start: &Start, n_heads: usize) -> GridRow {
    let (named, rest) = lines.split_at(start.n_lines);
    let whole = named[0].source.start..named[0].source.end;
    let mut row = GridRow::plain(whole, Vec::new());
    push_cell(&mut row, named, start.is_joined);
    // Sentences are duties; what stands behind them belongs to the columns behind.
    let most = rest.len().saturating_sub(n_heads - 1).max(1);
    let sentences = rest.iter().rposition(|slot| slot.folded.ends_with(['。', ';']));
    let n_duties = sentences.map_or(most, |last| (last + 1).max(most).min(rest.len()));
    push_cell(&mut row, &rest[..n_duties.min(rest.len())], false);
    let mut at = n_duties;
    for column in 1..n_heads {
        let end = match column + 1 == n_heads {
            true => rest.len(),
            false => (at + 1).min(rest.len()),
        };
        push_cell(&mut row, &rest[at.min(end)..end], false);
        at = end;
    }
    row
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grid::{check_rows, line_at};

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found = read(text, line_at(text, 0), Lexicon::builtin());
        check_rows(found, text, expected);
    }

    #[test]
    fn bodies_and_their_duties() {
        check(
            "部门\n职责与任务\n市委宣传部\n加强宣传。\n市自然资源和\n规划局\n保障用地；\n完善规划。\n市人力资源社会\n保障局\n促进就业。\n市政府办\n统筹协调。\n附件2\n名单\n",
            &[
                "部门~职责与任务",
                "市委宣传部~加强宣传。",
                "市自然资源和规划局~保障用地；/完善规划。",
                "市人力资源社会保障局~促进就业。",
                "市政府办~统筹协调。",
            ],
        );
    }

    #[test]
    fn a_column_behind_the_duties() {
        check(
            "部　门\n重点领域\n健康因素\n市教育局\n改善卫生环境。\n健康素养、健康环境\n市人社局\n医保中心\n提高保险水平。\n社会保障\n城投集团\n建设公园。\n健康环境\n市妇联\n加强筛查。\n健康素养\n四、保障措施\n",
            &[
                "部　门~重点领域~健康因素",
                "市教育局~改善卫生环境。~健康素养、健康环境",
                "市人社局/医保中心~提高保险水平。~社会保障",
                "城投集团~建设公园。~健康环境",
                "市妇联~加强筛查。~健康素养",
            ],
        );
    }

    #[test]
    fn no_tables() {
        check("责任单位\n市教育局\n改善卫生环境。\n", &[]);
        check("各部门\n职责\n一、市教育局\n改善卫生环境。\n二、市财政局\n保障经费。\n", &[]);
        check("成员单位\n名单如下：\n市教育局\n市财政局\n市民政局\n市商务局\n", &[]);
        check("牵头单位\n市教育局\n配合单位\n市财政局\n", &[]);
    }
}
