//! From lines to paragraphs: lines that the layout broke are joined.
//!
//! Goes in: the lines that are the document's. Comes out: paragraphs, each the
//! pieces of source it is made of. A document whose lines are paragraphs already
//! goes through unchanged.

use std::ops::Range;

use crate::lines::Line;

/// One paragraph: one line of the source, or several that the layout broke.
#[derive(Debug, Clone)]
pub(crate) struct Paragraph {
    /// The pieces of source, in order, without the blanks between them.
    pub(crate) pieces: Vec<Range<usize>>,
    /// Indices into the lines.
    pub(crate) lines: Range<usize>,
}

/// What the join needs to know of a line beside its layout.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LineForm {
    /// A number, a label or a date opens the line.
    pub(crate) opens: bool,
    /// The line must stand alone: a title line, a signature, a date.
    pub(crate) alone: bool,
}

/// The layout of one printed page.
#[derive(Debug, Clone, Copy)]
struct Layout {
    /// The column at which full lines end.
    right: usize,
    /// The indentation of a line that continues a paragraph.
    indent: usize,
    /// Whether first lines of paragraphs are set further in than the others.
    indented: bool,
}

/// Columns by which a full line may miss the right edge (two wide characters
/// and a mark that may not open a line).
const RAGGED_COLUMNS: usize = 6;

/// Joins lines into paragraphs. `forms` has one entry a line.
pub(crate) fn paragraphs(text: &str, lines: &[Line], forms: &[LineForm]) -> Vec<Paragraph> {
    let layouts = layouts(text, lines);
    let mut paragraphs: Vec<Paragraph> = Vec::with_capacity(lines.len());
    for (at, line) in lines.iter().enumerate() {
        let joins = at > 0 && {
            let (previous, previous_form) = (&lines[at - 1], forms[at - 1]);
            !forms[at].opens
                && !forms[at].alone
                && !previous_form.alone
                && !line.after_blank
                && !line.piece
                && !previous.piece
                && continues(text, previous, line, &layouts)
        };
        match paragraphs.last_mut() {
            Some(paragraph) if joins => {
                paragraph.pieces.push(line.source.clone());
                paragraph.lines.end = at + 1;
            }
            _ => {
                paragraphs.push(Paragraph { pieces: vec![line.source.clone()], lines: at..at + 1 })
            }
        }
    }
    paragraphs
}

/// Whether a line carries on the one before it.
fn continues(text: &str, previous: &Line, line: &Line, layouts: &[Option<Layout>]) -> bool {
    let (Some(before), Some(here)) =
        (layouts.get(previous.page).copied().flatten(), layouts.get(line.page).copied().flatten())
    else {
        return false;
    };
    let open_bracket = ends_in_open_bracket(&text[previous.source.clone()]);
    let full = previous.right + RAGGED_COLUMNS >= before.right || open_bracket;
    if here.indented {
        // A bracket at the edge closes the paragraph above, however short its last line is.
        let bracket = text[line.source.clone()].starts_with(['（', '(', '【', '〔', '[']);
        return line.indent <= here.indent + 1 && (full || bracket && before.indented);
    }
    if !full {
        return false;
    }
    let last = text[previous.source.clone()].chars().next_back();
    !last.is_some_and(|last| matches!(last, '。' | '！' | '？' | '!' | '?'))
}

/// Whether a line breaks off inside a bracket.
fn ends_in_open_bracket(line: &str) -> bool {
    let last = line.rfind(['（', '(', '【', '〔', '[']);
    last.is_some_and(|open| !line[open..].contains(['）', ')', '】', '〕', ']']))
}

/// Finds the layout of each page; `None` for a page whose lines are paragraphs.
fn layouts(text: &str, lines: &[Line]) -> Vec<Option<Layout>> {
    let n_pages = lines.last().map_or(0, |line| line.page + 1);
    let mut by_page: Vec<Vec<&Line>> = vec![Vec::new(); n_pages];
    for line in lines.iter().filter(|line| !line.piece || line.indent > 0) {
        by_page[line.page].push(line);
    }
    let all: Vec<&Line> = lines.iter().filter(|line| !line.piece).collect();
    let whole = layout(text, &all);
    by_page
        .iter()
        .map(
            |page| if page.len() >= 12 { layout(text, page) } else { layout(text, page).or(whole) },
        )
        .collect()
}

fn layout(text: &str, lines: &[&Line]) -> Option<Layout> {
    if lines.len() < 4 {
        return None;
    }
    let mut edges: Vec<usize> = lines.iter().map(|line| line.right).collect();
    edges.sort_unstable();
    // The edge at which most lines end, within the ragged margin.
    let (mut best, mut right) = (0, 0);
    for (at, &edge) in edges.iter().enumerate() {
        let n_near = at + 1 - edges.partition_point(|&other| other + RAGGED_COLUMNS < edge);
        if n_near >= best {
            (best, right) = (n_near, edge);
        }
    }
    let full: Vec<&&Line> = lines
        .iter()
        .filter(|line| line.right + RAGGED_COLUMNS >= right && line.right <= right + RAGGED_COLUMNS)
        .collect();
    let n_broken = full
        .iter()
        .filter(|line| {
            let last = text[line.source.clone()].chars().next_back();
            last.is_some_and(|last| {
                !matches!(last, '。' | '：' | ':' | '；' | ';' | '！' | '？' | '）' | ')' | '】')
            })
        })
        .count();
    let wide_enough = (30..=220).contains(&right);
    let printed = wide_enough
        && full.len() >= 3
        && full.len() * 4 >= lines.len()
        && n_broken * 2 >= full.len();
    if !printed {
        return None;
    }
    let mut indents: Vec<usize> = full.iter().map(|line| line.indent).collect();
    indents.sort_unstable();
    let indent = indents[0];
    let n_at_base = indents.iter().filter(|&&other| other <= indent + 1).count();
    let indented = n_at_base * 5 >= full.len()
        && lines.iter().any(|line| line.indent >= indent + 2 && line.indent <= indent + 5);
    Some(Layout { right, indent, indented })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::fold;
    use crate::lines::lines;
    use crate::marker::recognise;

    fn check(text: &str, expected: &[&str]) {
        let lines = lines(text);
        let forms: Vec<LineForm> = lines
            .iter()
            .map(|line| LineForm {
                opens: recognise(&fold(&text[line.source.clone()])).is_some(),
                alone: false,
            })
            .collect();
        let found: Vec<String> = paragraphs(text, &lines, &forms)
            .iter()
            .map(|paragraph| paragraph.pieces.iter().map(|piece| &text[piece.clone()]).collect())
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn lines_of_their_own_stay() {
        check(
            "一、总体要求\n到2027年，全面建成美丽辽宁，绿色低碳发展深入推进。\n（一）优化格局。落实主体功能区战略。\n（二）加强保护。\n",
            &[
                "一、总体要求",
                "到2027年，全面建成美丽辽宁，绿色低碳发展深入推进。",
                "（一）优化格局。落实主体功能区战略。",
                "（二）加强保护。",
            ],
        );
    }

    #[test]
    fn broken_lines_are_joined_by_edge_and_indentation() {
        let text = "\
   一、发展目标
   以高标准建设应用基地为引领，立足本省、辐射全国，坚持政府主导
原则，推动全面赋能卫生健康事业和生命健康产业，打造示范高地。
   到2027年，全面建成应用基地，培育50个以上高质量数据集和专病
模型，突破转化10项以上核心技术，形成产业链。
   二、重点任务
   （一）构建体系。依托健康云等，加快建设符合行业特点的多元算力
供给体系和统一调度平台，形成架构统一、集约共享的支撑能力
（责任单位：省数据局）
";
        check(
            text,
            &[
                "一、发展目标",
                "以高标准建设应用基地为引领，立足本省、辐射全国，坚持政府主导原则，推动全面赋能卫生健康事业和生命健康产业，打造示范高地。",
                "到2027年，全面建成应用基地，培育50个以上高质量数据集和专病模型，突破转化10项以上核心技术，形成产业链。",
                "二、重点任务",
                "（一）构建体系。依托健康云等，加快建设符合行业特点的多元算力供给体系和统一调度平台，形成架构统一、集约共享的支撑能力（责任单位：省数据局）",
            ],
        );
    }
}
