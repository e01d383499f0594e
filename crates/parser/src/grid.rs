//! Tables as lines of the source: cells parted by | or by tabs; `stacked` knows
//! those saved one cell a line, `printed` the rows of a printed page.
//!
//! Goes in: the decoded text. Comes out: where each table stands, its rows and
//! cells as ranges of the source. This room comes before the others: a line of
//! a table is no paragraph, a number in a cell no number of the outline.

use std::ops::Range;

use gangmu_lexicon::Lexicon;

use crate::aligned::align;
use crate::columns::{self, ColumnKind};
use crate::fold::fold;
use crate::line_break;
use crate::lines::is_blank;
use crate::notes;
use crate::printed;
use crate::stacked::{self, by_body};

/// A table as it stands in the source.
#[derive(Debug, Clone)]
pub(crate) struct Grid {
    /// From its first to its last character.
    pub(crate) source: Range<usize>,
    /// Its rows; the rule under the header is none.
    pub(crate) rows: Vec<GridRow>,
    /// How many of them are the header.
    pub(crate) header_rows: usize,
    /// Whether the first row is a title that stands in every column.
    pub(crate) is_titled: bool,
    /// Whether it is a box: one column under 专栏.
    pub(crate) is_box: bool,
    /// The lines of numbered notes below it: 注：1. …
    pub(crate) notes: Vec<Range<usize>>,
    /// Lines inside it that are the pages' own: their numbers, the heads once more.
    pub(crate) furniture: Vec<Range<usize>>,
}

/// One row.
#[derive(Debug, Clone)]
pub(crate) struct GridRow {
    /// The line without blanks at either end.
    pub(crate) line: Range<usize>,
    /// The cells without blanks at either end, each from its first to its last character.
    pub(crate) cells: Vec<Range<usize>>,
    /// Those of them that stand on several lines of the source.
    pub(crate) broken: Vec<BrokenCell>,
}

/// A cell that stands in several pieces, with blank lines or other cells between them.
#[derive(Debug, Clone)]
pub(crate) struct BrokenCell {
    pub(crate) column: usize,
    /// Its lines, each with its pieces in order.
    pub(crate) lines: Vec<Vec<Range<usize>>>,
}

impl GridRow {
    /// A row whose cells stand in one piece each.
    pub(crate) fn plain(line: Range<usize>, cells: Vec<Range<usize>>) -> Self {
        Self { line, cells, broken: Vec::new() }
    }

    /// Returns the lines of a cell that stands in several pieces.
    pub(crate) fn broken(&self, column: usize) -> Option<&[Vec<Range<usize>>]> {
        let broken = self.broken.iter().find(|broken| broken.column == column)?;
        Some(&broken.lines)
    }

    /// Returns the text of a cell; a row may have fewer cells than the header.
    fn cell<'t>(&self, text: &'t str, column: usize) -> &'t str {
        self.cells.get(column).map_or("", |cell| &text[cell.clone()])
    }

    /// Shows a row for a test: cells parted by ~, of a cell its lines by /.
    #[cfg(test)]
    pub(crate) fn shown(&self, text: &str) -> String {
        let cells = self.cells.iter().enumerate().map(|(column, cell)| {
            let Some(lines) = self.broken(column) else { return text[cell.clone()].to_owned() };
            let lines = lines
                .iter()
                .map(|line| line.iter().map(|piece| &text[piece.clone()]).collect::<String>());
            lines.collect::<Vec<_>>().join("/")
        });
        cells.collect::<Vec<_>>().join("~")
    }

    /// Whether all cells of several hold the same words, as merged cells do.
    pub(crate) fn is_merged(&self, text: &str) -> bool {
        self.cells.len() > 1
            && !self.cells[0].is_empty()
            && self.cells.iter().all(|cell| text[cell.clone()] == text[self.cells[0].clone()])
    }
}

/// Rows at the top that may be the header; no more were seen than three.
const MAX_HEADER_ROWS: usize = 3;

/// Words at the head of columns that tell cells parted by tabs for a table.
const FEWEST_HEADS: usize = 2;

/// Rows in a row that may each head a group of rows below, in a table parted by tabs.
const MOST_GROUP_ROWS: usize = 3;

/// The longest row that heads a group, in bytes.
const LONGEST_GROUP_ROW: usize = 180;

/// What the head of the column of numbers begins with: 序号, or 序 over 号.
const NUMBER_HEAD: &str = "序";

/// The heads of a table of indicators whose rows have no numbers.
const INDICATOR_HEAD: &str = "指标";
const NATURE_HEAD: &str = "属性";

/// Rows looked through for the labels of a page's metadata.
const METADATA_ROWS: usize = 8;

/// Whether a line may hold the heads of a table of indicators without numbers.
pub(crate) fn opens_table(line: &str) -> bool {
    line.trim_end().ends_with(NATURE_HEAD) && line.contains(INDICATOR_HEAD)
}

/// Finds the tables of a text, in order.
pub(crate) fn find(text: &str, lexicon: &Lexicon) -> Vec<Grid> {
    let mut grids = Vec::new();
    let has = |word: &str| memchr::memmem::find(text.as_bytes(), word.as_bytes()).is_some();
    let counts = has(NUMBER_HEAD);
    let binds = has(NATURE_HEAD) && has(INDICATOR_HEAD);
    let mut layouts = line_break::layout_tables(text).into_iter().peekable();
    let mut start = 0;
    while start < text.len() {
        if let Some(layout) = layouts.next_if(|layout| layout.start <= start) {
            start = start.max(layout.end);
            continue;
        }
        let line = line_at(text, start);
        let raw = &text[line.clone()];
        let found = if raw.trim_start_matches(is_blank).starts_with('|') {
            piped(text, line.clone(), lexicon)
        } else if raw.contains('\t') {
            tabbed(text, line.clone())
        } else if counts && raw.trim_start_matches(is_blank).starts_with(NUMBER_HEAD) {
            stacked::read(text, line.clone())
                .or_else(|| printed::read(text, line.clone()))
                .or_else(|| printed::read_placed(text, line.clone()))
        } else if binds && opens_table(raw) {
            printed::read_unnumbered(text, line.clone())
        } else if by_body::may_open(raw) {
            by_body::read(text, line.clone(), lexicon)
        } else {
            None
        };
        match found {
            Some((mut grid, mut end)) => {
                if let Some(grid) = &mut grid {
                    end = notes::add(text, grid, end);
                }
                grids.extend(grid);
                start = end;
            }
            None => start = after(text, line.end),
        }
    }
    grids
}

/// The line that begins at `start`, without what ends it.
pub(crate) fn line_at(text: &str, start: usize) -> Range<usize> {
    let end = memchr::memchr2(b'\n', b'\r', &text.as_bytes()[start..]);
    start..end.map_or(text.len(), |at| start + at)
}

/// Where the line after one begins that ends at `end`.
pub(crate) fn after(text: &str, end: usize) -> usize {
    if text[end..].starts_with("\r\n") { end + 2 } else { (end + 1).min(text.len()) }
}

/// Where the row after one begins that ends at `end`: a copy may have put a blank line between
/// all lines, and so between the rows.
fn after_row(text: &str, end: usize, is_spaced: bool) -> usize {
    let next = after(text, end);
    let line = line_at(text, next);
    let is_blank_line = is_spaced && next < text.len() && trimmed(text, line.clone()).is_empty();
    if is_blank_line { after(text, line.end) } else { next }
}

/// Whether a blank line stands behind the first row.
fn is_spaced(text: &str, first: &Range<usize>) -> bool {
    after_row(text, first.end, true) > after(text, first.end)
}

/// A place in the text without the blanks at either end.
pub(crate) fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let words = &text[range.clone()];
    let start = range.end - words.trim_start_matches(is_blank).len();
    if start == range.end {
        return range.start..range.start;
    }
    start..range.start + words.trim_end_matches(is_blank).len()
}

/// Reads the lines from `first` on whose cells are parted by |, with a rule
/// under the first; `None` where there is no rule. Returns where they end, and
/// the table if it is one.
fn piped(text: &str, first: Range<usize>, lexicon: &Lexicon) -> Option<(Option<Grid>, usize)> {
    let is_spaced = is_spaced(text, &first);
    let mut end = after_row(text, first.end, is_spaced);
    let rule = line_at(text, end);
    if end >= text.len() || !is_rule(&text[rule.clone()]) {
        return None;
    }
    let mut rows = vec![pipe_row(text, first)];
    let mut last = trimmed(text, rule.clone()).end;
    end = after_row(text, rule.end, is_spaced);
    while end < text.len() {
        let line = line_at(text, end);
        if !text[line.clone()].trim_start_matches(is_blank).starts_with('|') {
            break;
        }
        end = after_row(text, line.end, is_spaced);
        let row = pipe_row(text, line);
        last = row.line.end;
        rows.push(row);
    }
    let source = rows[0].line.start..last;
    align(text, &mut rows, lexicon);
    Some((grid(text, source, rows), end))
}

/// | --- | :---: |
fn is_rule(line: &str) -> bool {
    let line = line.trim_matches(is_blank);
    line.starts_with('|')
        && line.contains('-')
        && line.chars().all(|ch| matches!(ch, '|' | '-' | ':' | ' '))
}

fn pipe_row(text: &str, line: Range<usize>) -> GridRow {
    let line = trimmed(text, line);
    let bytes = text.as_bytes();
    let is_escaped = |at: usize| at > line.start && bytes[at - 1] == b'\\';
    let mut cells = Vec::new();
    let mut start = line.start + 1;
    for at in memchr::memchr_iter(b'|', &bytes[start..line.end]).map(|at| at + line.start + 1) {
        if !is_escaped(at) {
            cells.push(trimmed(text, start..at));
            start = at + 1;
        }
    }
    if start < line.end {
        cells.push(trimmed(text, start..line.end));
    }
    GridRow::plain(line, cells)
}

/// Reads the lines from `first` on whose cells are parted by tabs, where `first`
/// holds words that head columns.
fn tabbed(text: &str, first: Range<usize>) -> Option<(Option<Grid>, usize)> {
    let head = tab_row(text, first.clone(), usize::MAX)?;
    let is_head = |cell: &Range<usize>| columns::kind_of(&fold(&text[cell.clone()])).is_some();
    if head.cells.iter().filter(|cell| is_head(cell)).take(FEWEST_HEADS).count() < FEWEST_HEADS {
        return None;
    }
    let n_columns = head.cells.len();
    let mut rows = vec![head];
    let is_spaced = is_spaced(text, &first);
    let mut end = after_row(text, first.end, is_spaced);
    while end < text.len() {
        let line = line_at(text, end);
        if let Some(row) = tab_row(text, line.clone(), n_columns) {
            end = after_row(text, line.end, is_spaced);
            rows.push(row);
            continue;
        }
        let (groups, behind) = group_rows(text, end, n_columns, is_spaced);
        if groups.is_empty() {
            break;
        }
        rows.extend(groups);
        end = behind;
    }
    if rows.len() < 2 {
        return None;
    }
    let source = rows[0].line.start..rows[rows.len() - 1].line.end;
    Some((grid(text, source, rows), end))
}

/// The rows from `start` on that are merged over all columns, and where they end:
/// lines without a tab, right above a row with all cells. None where no such row follows.
fn group_rows(
    text: &str,
    start: usize,
    n_columns: usize,
    is_spaced: bool,
) -> (Vec<GridRow>, usize) {
    let mut groups = Vec::new();
    let mut end = start;
    while end < text.len() && groups.len() <= MOST_GROUP_ROWS {
        let line = line_at(text, end);
        if tab_row(text, line.clone(), n_columns).is_some() {
            return (groups, end);
        }
        let whole = trimmed(text, line.clone());
        let words = &text[whole.clone()];
        if words.is_empty() || words.len() > LONGEST_GROUP_ROW || words.contains(['\t', '。']) {
            break;
        }
        let mut cells = vec![whole.end..whole.end; n_columns];
        cells[0] = whole.clone();
        groups.push(GridRow::plain(whole, cells));
        end = after_row(text, line.end, is_spaced);
    }
    (Vec::new(), start)
}

/// The cells of a line parted by tabs, if it has as many as asked; those at its
/// end that are empty count as wanted.
fn tab_row(text: &str, line: Range<usize>, n_columns: usize) -> Option<GridRow> {
    let whole = trimmed(text, line.clone());
    if whole.is_empty() {
        return None;
    }
    let mut cells: Vec<Range<usize>> = Vec::new();
    let mut start = line.start;
    let tabs = memchr::memchr_iter(b'\t', &text.as_bytes()[line.clone()]).map(|at| line.start + at);
    for end in tabs.chain([line.end]) {
        // Of an empty cell at either end the tab is a blank round the line.
        let cell = trimmed(text, start..end);
        let within = |at: usize| at.clamp(whole.start, whole.end);
        cells.push(within(cell.start)..within(cell.end));
        start = end + 1;
    }
    let is_head = n_columns == usize::MAX;
    while (is_head || cells.len() > n_columns) && cells.last().is_some_and(Range::is_empty) {
        cells.pop();
    }
    (is_head || cells.len() == n_columns).then_some(GridRow::plain(whole, cells))
}

/// Says what the rows are, if they are a table of the document's: the table of
/// metadata of a page is none, and neither is text in one column.
pub(crate) fn grid(text: &str, source: Range<usize>, rows: Vec<GridRow>) -> Option<Grid> {
    let n_columns = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let is_box = n_columns == 1 && fold(rows[0].cell(text, 0)).starts_with("专栏");
    if n_columns < 2 && !is_box || holds_metadata(text, &rows) {
        return None;
    }
    let is_titled = rows[0].is_merged(text) && rows.get(1).is_some_and(|row| heads(text, row));
    let first = usize::from(is_titled);
    let mut header_rows = first + 1;
    while header_rows < rows.len().min(first + MAX_HEADER_ROWS)
        && goes_on_heading(text, &rows[header_rows - 1], &rows[header_rows])
    {
        header_rows += 1;
    }
    Some(Grid {
        source,
        rows,
        header_rows,
        is_titled,
        is_box,
        notes: Vec::new(),
        furniture: Vec::new(),
    })
}

/// Whether a row holds words that head columns.
fn heads(text: &str, row: &GridRow) -> bool {
    let heads = row.cells.iter().filter(|cell| {
        let words = &text[(*cell).clone()];
        columns::kind_of(&fold(words)).is_some_and(|kind| kind != ColumnKind::Other)
    });
    heads.take(FEWEST_HEADS).count() == FEWEST_HEADS
}

/// Whether a row below the header still belongs to it: a cell that spans both
/// stands in both, and not all do.
fn goes_on_heading(text: &str, above: &GridRow, row: &GridRow) -> bool {
    let same = |column: usize| {
        let words = row.cell(text, column);
        !words.is_empty() && words == above.cell(text, column)
    };
    let n_same = (0..row.cells.len()).filter(|&column| same(column)).count();
    n_same > 0 && n_same < row.cells.len()
}

/// | 索引号 | … | 发文字号 | … |
fn holds_metadata(text: &str, rows: &[GridRow]) -> bool {
    const LABELS: [&str; 10] = [
        "索引号",
        "发文字号",
        "发文机关",
        "发布机构",
        "成文日期",
        "发布日期",
        "主题分类",
        "主题词",
        "公开方式",
        "信息分类",
    ];
    let cells = rows.iter().take(METADATA_ROWS).flat_map(|row| &row.cells);
    let labelled = cells.filter(|cell| {
        let words = &text[(*cell).clone()];
        words.len() <= 60 && LABELS.iter().any(|label| fold(words).starts_with(label))
    });
    labelled.take(2).count() == 2
}

/// Checks the rows of what a reader found in a text, as [`GridRow::shown`] shows them.
#[cfg(test)]
#[track_caller]
pub(crate) fn check_rows(found: Option<(Option<Grid>, usize)>, text: &str, expected: &[&str]) {
    let grid = found.and_then(|(grid, _)| grid);
    let rows = grid.iter().flat_map(|grid| &grid.rows).map(|row| row.shown(text));
    assert_eq!(rows.collect::<Vec<_>>(), expected, "{text}");
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One line a row: cells parted by ~; header rows open with #.
    fn check(text: &str, expected: &[&str]) {
        let mut found = Vec::new();
        for grid in find(text, Lexicon::builtin()) {
            for (at, row) in grid.rows.iter().enumerate() {
                let cells: Vec<&str> = row.cells.iter().map(|cell| &text[cell.clone()]).collect();
                let head = if at < grid.header_rows { "#" } else { "" };
                found.push(format!("{head}{}", cells.join("~")));
            }
        }
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn cells_parted_by_pipes() {
        check(
            "见下表。\n| 序号 | 任务 |\n| --- | :---: |\n| 1 | 甲\\|乙<br>丙 |\n|2||\n三、保障\n",
            &["#序号~任务", "1~甲\\|乙<br>丙", "2~"],
        );
        check(
            "| 指标 | 目标值 | 目标值 |\r\n|---|---|---|\r\n| 指标 | 2025年 | 2030年 |\r\n| 甲 | 1 | 2 |",
            &["#指标~目标值~目标值", "#指标~2025年~2030年", "甲~1~2"],
        );
        check(
            "| 分工表 | 分工表 |\n|---|---|\n| 任务 | 责任单位 |\n| 甲 | 乙局 |\n",
            &["#分工表~分工表", "#任务~责任单位", "甲~乙局"],
        );
    }

    #[test]
    fn cells_parted_by_tabs() {
        check("任务\t牵头单位\n甲\t乙局\n丙\t\n丁\n", &["#任务~牵头单位", "甲~乙局", "丙~"]);
        check(
            "序号\n\n指　　标\n\n目标值\n\n1\n\n甲率\n\n下降15%\n\n2\n\n乙率\n\n<1\n\n下一段。\n",
            &["#序号~指　　标~目标值", "1~甲率~下降15%", "2~乙率~<1"],
        );
        check("序号\n名称\n1\n甲\n2\n乙\n", &[]);
        check("公安部\t国家保密局\n甲\t乙\n", &[]);
        check(
            "任务\t牵头单位\n一、服务方面\n甲\t乙局\n二、监管方面\n三、其他方面\n丙\t丁局\n四、保障\n",
            &[
                "#任务~牵头单位",
                "一、服务方面~",
                "甲~乙局",
                "二、监管方面~",
                "三、其他方面~",
                "丙~丁局",
            ],
        );
    }

    #[test]
    fn no_tables() {
        check("登录|注册\n| 甲 | 乙 |\n| 丙 | 丁 |\n", &[]);
        check("| 一列的字 |\n| --- |\n| 又一行 |\n", &[]);
        check("| 索引号 | 1 | 发文字号 | 2 |\n|---|---|---|---|\n| 发布日期 | 3 | | |\n", &[]);
    }
}
