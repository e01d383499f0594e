//! Printed rows of indicators without numbers: a row is a line that says 约束性 or
//! 预期性, and its name stands on that line and on as many above it as below.
//!
//! Goes in: the text from a line of heads on that opens with 指标 or with the head of
//! the groups beside it. Comes out: the table, and where it ends.

use std::ops::Range;

use super::{
    FEWEST_ROWS, Heads, MOST_LINES_BETWEEN, PrintedLine, Word, is_folio, read_cells, read_line,
    row_of,
};
use crate::columns::names_nature;
use crate::grid::{Grid, after, grid, line_at, opens_table, trimmed};
use crate::lines::measure;

/// Heads of the column that groups the rows.
const GROUP_HEADS: [&str; 6] = ["类别", "类型", "分类", "领域", "维度", "方面"];

/// Blank lines that a page's end may put between two lines of a table.
const MOST_BLANK_LINES: usize = 3;

/// Columns by which the names stand further in than the groups beside them.
const FEWEST_COLUMNS_APART: usize = 3;

/// A line of the table below its heads.
struct Entry {
    line: PrintedLine,
    /// Columns of blank before it.
    indent: usize,
}

/// Reads a table whose rows have no numbers. `first` holds the heads.
pub(crate) fn read(text: &str, first: Range<usize>) -> Option<(Option<Grid>, usize)> {
    let mut head = read_line(text, first.start)?;
    let start = head.words[0].source.start;
    if GROUP_HEADS.contains(&&*head.words[0].folded) {
        head.words.remove(0);
    }
    let mut heads = Heads::default();
    if head.words.is_empty() || !heads.read(0, &head) || heads.nature.is_empty() {
        return None;
    }
    let entries = entries(text, head.behind);
    let row = &entries.iter().find(|entry| is_row(entry))?.line;
    let (layout, values) = heads.layout(row).filter(|_| heads.number.is_empty())?;
    let named = without_groups(entries);
    let rows: Vec<usize> = (0..named.len()).filter(|&at| is_row(&named[at])).collect();
    if rows.len() < FEWEST_ROWS {
        return None;
    }
    let mut grid_rows = vec![row_of(heads.cells(layout, &values).split_off(1))];
    let (mut floor, mut end) = (0, head.behind);
    let pieces = |range: Range<usize>| {
        let words = named[range].iter().flat_map(|entry| &entry.line.words);
        words.map(|word| word.source.clone())
    };
    let nexts = rows.iter().skip(1).copied().chain([named.len()]);
    for (&at, next) in rows.iter().zip(nexts) {
        let n_round = at - floor;
        let below = at + 1..(at + 1 + n_round).min(next);
        let (mut cells, _) = read_cells(&named[at].line.words, layout)?;
        let mut name: Vec<_> = pieces(floor..at).collect();
        name.append(&mut cells[1]);
        name.extend(pieces(below.clone()));
        if name.is_empty() {
            return None;
        }
        cells[1] = name;
        let lines_of = |pieces: Vec<Range<usize>>| {
            if pieces.is_empty() { Vec::new() } else { vec![pieces] }
        };
        grid_rows.push(row_of(cells.into_iter().skip(1).map(lines_of).collect()));
        floor = below.end;
        end = named[floor - 1].line.behind;
    }
    let last = grid_rows.iter().map(|row| row.line.end).max()?;
    Some((grid(text, start..last, grid_rows), end))
}

/// The lines below the heads, page numbers left out, up to the last that may belong to a row.
fn entries(text: &str, start: usize) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let (mut at, mut n_blank, mut n_between) = (start, 0, 0);
    while at < text.len() && n_blank <= MOST_BLANK_LINES && n_between <= MOST_LINES_BETWEEN {
        let line = line_at(text, at);
        at = after(text, line.end);
        if trimmed(text, line.clone()).is_empty() {
            n_blank += 1;
            continue;
        }
        n_blank = 0;
        let Some(found) = read_line(text, line.start) else { break };
        // A sentence ends the table, and so do the heads of the next one: else each of many
        // heads would have all rows behind it read.
        let ends_it = |last: &Word| {
            last.folded.ends_with(['。', ';', ':']) || opens_table(&text[line.clone()])
        };
        if found.words.last().is_some_and(ends_it) {
            break;
        }
        if is_folio(&found) {
            continue;
        }
        let indent = measure(&text[line]).map_or(0, |(indent, ..)| indent);
        let entry = Entry { line: found, indent };
        n_between = if is_row(&entry) { 0 } else { n_between + 1 };
        entries.push(entry);
    }
    entries
}

/// Whether a line says how an indicator binds, as each row does once.
fn is_row(entry: &Entry) -> bool {
    entry.line.words.iter().any(|word| names_nature(&word.folded))
}

/// Takes off the words of a column of groups that stands left of the names.
fn without_groups(mut entries: Vec<Entry>) -> Vec<Entry> {
    let starts_name = |entry: &&Entry| !is_value_alone(&entry.line.words);
    let mut indents: Vec<usize> =
        entries.iter().filter(starts_name).map(|entry| entry.indent).collect();
    indents.sort_unstable();
    let (Some(&least), Some(&usual)) = (indents.first(), indents.get(indents.len() / 2)) else {
        return entries;
    };
    if usual < least + FEWEST_COLUMNS_APART {
        return entries;
    }
    for entry in entries.iter_mut().filter(|entry| entry.indent <= least + 1) {
        entry.line.words.remove(0);
    }
    entries.retain(|entry| !entry.line.words.is_empty());
    entries
}

/// Whether a line of a row holds its value and no part of its name.
fn is_value_alone(words: &[Word]) -> bool {
    words.first().is_some_and(|word| crate::cell_forms::is_value(&word.folded)) && words.len() <= 4
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "\
指标                        2025 年   属性
       文物保护单位增加数量            ≥50     约束性
       编制规划数量（全国重点文物
       保护单位、省文物保护单           ≥20     约束性
       位、专题专项）
       运行开放国家考古遗址公园和
                           ≥20     约束性
保护利用  文化遗址公园数量

                 4
       全省文物开放单位、博物馆志
                          10000    预期性
       愿者数量
文物安全
       保护单位“四有”完成率（%）       100     预期性
人才培养   培训人员（人次）            ≥1000   约束性

三、构筑安全防护体系
坚持文物安全底线、红线、生命线。
";

    #[test]
    fn names_stand_round_their_values() {
        let (found, end) = read(TABLE, 0..10).unwrap();
        let rows: Vec<String> = found.unwrap().rows.iter().map(|row| row.shown(TABLE)).collect();
        assert_eq!(
            rows,
            [
                "指标~2025年~属性",
                "文物保护单位增加数量~≥50~约束性",
                "编制规划数量（全国重点文物保护单位、省文物保护单位、专题专项）~≥20~约束性",
                "运行开放国家考古遗址公园和文化遗址公园数量~≥20~约束性",
                "全省文物开放单位、博物馆志愿者数量~10000~预期性",
                "保护单位“四有”完成率（%）~100~预期性",
                "培训人员（人次）~≥1000~约束性",
            ]
        );
        assert!(TABLE[end..].trim_start().starts_with("三、"));
    }

    #[test]
    fn heads_without_rows_are_no_table() {
        assert!(read("指标 2025年 属性\n坚持底线。\n", 0..10).is_none());
        assert!(read("指标体系建设\n", 0..10).is_none());
    }

    #[test]
    fn the_head_of_groups_belongs_to_the_table() {
        let text = TABLE.replacen("指标  ", "类别   指标  ", 1);
        let (found, _) = read(&text, 0..10).unwrap();
        assert_eq!(found.unwrap().source.start, 0);
    }
}
