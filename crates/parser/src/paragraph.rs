//! From lines to paragraphs: lines that the layout broke are joined.
//!
//! Goes in: the lines that are the document's. Comes out: paragraphs, each the
//! pieces of source it is made of. A document whose lines are paragraphs already
//! goes through unchanged.

use std::ops::Range;

use gangmu_lexicon::Lexicon;

use crate::duty_bracket::{DutyBracket, is_closing, is_opening};
use crate::lines::{FIRST_LINE_COLUMNS, GUTTER, Line, RAGGED_COLUMNS, has_gutter};
use crate::numeral::is_digit;
use crate::spacing::Spacing;
use crate::torn::{self, Rows};

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
    /// A number opens the line, or it is a table.
    pub(crate) opens: bool,
    /// A label opens the line: 责任单位:, 完成时限:.
    pub(crate) labelled: bool,
    /// A number opens the line that only headings have: 第三章, 第二节.
    pub(crate) heads: bool,
    /// The line must stand alone: a title line, a signature, a date.
    pub(crate) alone: bool,
    /// The line is a number and nothing else: 1., （一）.
    pub(crate) bare: bool,
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

/// Joins lines into paragraphs. `forms` has one entry a line.
pub(crate) fn paragraphs(text: &str, lines: &[Line], forms: &[LineForm]) -> Vec<Paragraph> {
    // 附件 alone on its line stands over a title.
    let is_attachment = |at: usize| text[lines[at].source.clone()].trim() == "附件";
    let stands_off = |at: usize| {
        forms[at].opens
            || forms[at].labelled
            || forms[at].alone
            || at.checked_sub(1).is_some_and(|above| forms[above].alone || is_attachment(above))
    };
    let opens_row: Vec<bool> = (0..forms.len()).map(stands_off).collect();
    // Of a torn text the short pieces are many, and the full lines wide.
    let rows = torn::rows(text, lines, edge(lines, |edge| edge), &opens_row);
    let lines = rows.set_right(lines);
    let layouts = layouts(text, &lines, &rows);
    let spacing = Spacing::of(text, &lines);
    let mut duties = DutyBracket::default();
    let mut paragraphs: Vec<Paragraph> = Vec::with_capacity(lines.len());
    for (at, line) in lines.iter().enumerate() {
        let words = &text[line.source.clone()];
        let joins = at > 0 && {
            let (previous, previous_form) = (&lines[at - 1], forms[at - 1]);
            // 完成时限:2023年9月) ends the bracket of the lines above.
            let opens = forms[at].opens || forms[at].labelled && !duties.goes_on(words);
            let is_heading = rows.are_torn()
                && previous_form.opens
                && torn::is_heading_of_quotes(&text[previous.source.clone()]);
            let stands = opens
                || is_heading
                || forms[at].alone
                || previous_form.alone
                || line.piece
                || previous.piece;
            !stands
                && (rows.goes_on(at)
                    || rows.are_torn()
                        && !line.after_blank
                        && !opens_row[at]
                        && torn::meet_at_quotes(&text[previous.source.clone()], words)
                    || previous_form.bare && !spacing.parts(line)
                    || closes_attachment_title(text, &lines, forms, at)
                    || duties.goes_on(words)
                    || is_torn(&text[previous.source.clone()], words)
                    || !spacing.parts(line)
                        && continues(text, previous, previous_form, line, &layouts))
        };
        match paragraphs.last_mut() {
            Some(paragraph) if joins => {
                paragraph.pieces.push(line.source.clone());
                paragraph.lines.end = at + 1;
            }
            _ => {
                duties = DutyBracket::default();
                paragraphs.push(Paragraph { pieces: vec![line.source.clone()], lines: at..at + 1 });
            }
        }
        duties.read(words);
    }
    paragraphs
}

/// Whether a line is the second of the title of an attachment, whose number stands alone
/// above both: 附件2, 某市举报奖励, 通知书.
fn closes_attachment_title(text: &str, lines: &[Line], forms: &[LineForm], at: usize) -> bool {
    const LONGEST: usize = 30;
    let words = |at: usize| text[lines[at].source.clone()].trim();
    let is_title = |at: usize| {
        !lines[at].after_blank
            && !forms[at].opens
            && !words(at).contains(['。', '，', '；', '：', ':'])
            && words(at).chars().nth(LONGEST).is_none()
    };
    let is_form = |words: &str| FORMS.iter().any(|form| words.ends_with(form));
    at >= 2
        && forms[at - 2].opens
        && words(at - 2).starts_with("附件")
        && words(at - 2).chars().nth(5).is_none()
        && is_title(at - 1)
        && is_title(at)
        && is_form(words(at))
        && !is_form(words(at - 1))
        && words(at - 1).chars().nth(SHORTEST_FIRST_LINE).is_some()
}

/// How the titles of what is attached end.
const FORMS: [&str; 22] = [
    "书", "表", "清单", "名单", "单", "目录", "台账", "函", "图", "办法", "细则", "方案", "标准",
    "规范", "指南", "说明", "须知", "模板", "样式", "格式", "要点", "分工",
];

/// The first line of such a title is broken where the page ends, and is no word of a form.
const SHORTEST_FIRST_LINE: usize = 9;

/// A line that breaks off behind a number is longer than this, in bytes: 附件1 is none.
const LEAST_BEFORE_UNIT: usize = 60;

/// Whether a line ends in a number and the next begins with its unit.
fn parts_figure(line: &str, next: &str) -> bool {
    line.ends_with(is_digit)
        && !next.starts_with(|ch: char| ch.is_ascii())
        && Lexicon::builtin().units().longest_prefix(next).is_some()
}

/// Whether a line carries on the one before it.
fn continues(
    text: &str,
    previous: &Line,
    previous_form: LineForm,
    line: &Line,
    layouts: &[Option<Layout>],
) -> bool {
    // …实现100 / 个事项: a number and its unit.
    let [above, below] = [previous, line].map(|line| &text[line.source.clone()]);
    if above.len() > LEAST_BEFORE_UNIT && parts_figure(above, below) && !has_gutter(above, GUTTER) {
        return true;
    }
    let (Some(before), Some(here)) =
        (layouts.get(previous.page).copied().flatten(), layouts.get(line.page).copied().flatten())
    else {
        return false;
    };
    // A comma and a mark that opens end no paragraph, however the next line is set.
    let columns =
        [previous, line].iter().any(|line| has_gutter(&text[line.source.clone()], GUTTER));
    if !columns && text[previous.source.clone()].ends_with(['，', ',', '、', '“', '《']) {
        return true;
    }
    let words = &text[previous.source.clone()];
    let open_bracket = ends_in_open_bracket(words);
    let previous_opens = previous_form.opens || previous_form.labelled;
    if previous_opens && !columns && !open_bracket && !words.contains(['。', '：', ':']) {
        if is_rest_of_heading(&text[line.source.clone()], previous, line, before) {
            return true;
        }
        // Nothing but a heading has such a number, and more of it would have fitted.
        if previous_form.heads && previous.right + WIDEST_CHARACTER < before.right {
            return false;
        }
    }
    let full = previous.right + RAGGED_COLUMNS >= before.right || open_bracket;
    if here.indented {
        // A bracket at the edge closes the paragraph above, however short its last line is.
        let bracket = text[line.source.clone()].starts_with(is_opening);
        let torn =
            !columns && previous.right * 3 > before.right * 2 && !ends_sentence(text, previous);
        return line.indent <= here.indent + 1 && (full || torn || bracket && before.indented);
    }
    let first = !previous_opens
        && !columns
        && previous.right + RAGGED_COLUMNS + FIRST_LINE_COLUMNS >= before.right
        && text[previous.source.clone()].contains('，')
        && !ends_sentence(text, previous);
    if !(full || first) {
        return false;
    }
    let last = text[previous.source.clone()].chars().next_back();
    !last.is_some_and(|last| matches!(last, '。' | '！' | '？' | '!' | '?'))
}

/// Whether a line is what is left of the heading above it: headings are set in
/// larger type than the text, and break off earlier.
fn is_rest_of_heading(words: &str, heading: &Line, line: &Line, layout: Layout) -> bool {
    line.right * 2 <= layout.right
        && heading.right + LARGER_TYPE_COLUMNS >= layout.right
        && !words.contains(['，', '。', '；', '：', '、'])
}

/// Columns that the widest character takes.
const WIDEST_CHARACTER: usize = 2;

/// Columns by which a heading in larger type may miss the right edge of the text.
const LARGER_TYPE_COLUMNS: usize = 12;

/// Whether two lines are one paragraph that the end of a page tore: a long line
/// that breaks off behind a comma or a figure, and running text.
fn is_torn(line: &str, next: &str) -> bool {
    line.ends_with(|last: char| matches!(last, '，' | '、') || is_digit(last))
        && line.len() > SHORTEST_TORN
        && next.contains('。')
        && ![line, next].iter().any(|words| has_gutter(words, GUTTER))
}

/// Fewest bytes of a line that a page's end tears: sixty Han characters.
const SHORTEST_TORN: usize = 180;

fn ends_sentence(text: &str, line: &Line) -> bool {
    text[line.source.clone()]
        .ends_with(['。', '：', ':', '；', ';', '！', '？', '!', '?', '）', ')', '】'])
}

/// Whether a line breaks off inside a bracket.
fn ends_in_open_bracket(line: &str) -> bool {
    let last = line.rfind(is_opening);
    last.is_some_and(|open| !line[open..].contains(is_closing))
}

/// Finds the layout of each page; `None` for a page whose lines are paragraphs.
fn layouts(text: &str, lines: &[Line], rows: &Rows) -> Vec<Option<Layout>> {
    let n_pages = lines.last().map_or(0, |line| line.page + 1);
    let mut by_page: Vec<Vec<&Line>> = vec![Vec::new(); n_pages];
    // Of a torn line its last piece stands for it.
    let whole_lines =
        || lines.iter().enumerate().filter(|(at, _)| rows.ends(*at)).map(|(_, line)| line);
    for line in whole_lines().filter(|line| !line.piece || line.indent > 0) {
        by_page[line.page].push(line);
    }
    let all: Vec<&Line> = whole_lines().filter(|line| !line.piece).collect();
    let whole = layout(text, &all);
    by_page
        .iter()
        .map(
            |page| if page.len() >= 12 { layout(text, page) } else { layout(text, page).or(whole) },
        )
        .collect()
}

/// The edge at which most lines end, within the ragged margin, each weighed by its edge.
fn edge<'l>(
    lines: impl IntoIterator<Item = &'l Line>,
    weight: impl Fn(usize) -> usize,
) -> Option<usize> {
    let mut edges: Vec<usize> = lines.into_iter().map(|line| line.right).collect();
    edges.sort_unstable();
    let (mut best, mut right) = (0, None);
    for (at, &edge) in edges.iter().enumerate() {
        let n_near = at + 1 - edges.partition_point(|&other| other + RAGGED_COLUMNS < edge);
        let weight = n_near * weight(edge);
        if weight >= best {
            (best, right) = (weight, Some(edge));
        }
    }
    right
}

fn layout(text: &str, lines: &[&Line]) -> Option<Layout> {
    if lines.len() < 4 {
        return None;
    }
    let right = edge(lines.iter().copied(), |_| 1)?;
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
    // Headings of one length end at one edge too, but paragraphs run far beyond it.
    let n_beyond = lines.iter().filter(|line| line.right > 2 * right).count();
    let printed = wide_enough
        && n_beyond * 3 <= full.len()
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
        let lines = lines(text, &[]);
        let forms: Vec<LineForm> = lines
            .iter()
            .map(|line| LineForm {
                opens: recognise(&fold(&text[line.source.clone()])).is_some(),
                heads: text[line.source.clone()].starts_with('第'),
                alone: false,
                bare: false,
                labelled: false,
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
    fn a_bracket_of_bodies_is_joined_wherever_it_breaks() {
        check(
            "（四）统筹布局。\n      （责任单位：省经信厅、省科技厅。\n              ）\n一、保障\n",
            &["（四）统筹布局。", "（责任单位：省经信厅、省科技厅。）", "一、保障"],
        );
        check(
            "建设高地。（责任单位：省经信\n\n厅、省市场监管局（省知识产权局）\n   、省科技厅）\n",
            &["建设高地。（责任单位：省经信厅、省市场监管局（省知识产权局）、省科技厅）"],
        );
        check(
            "一、完善平台。（责任单位：市卫生健康委\n二、集聚数据。（责任单位：市数据局）\n",
            &["一、完善平台。（责任单位：市卫生健康委", "二、集聚数据。（责任单位：市数据局）"],
        );
        check(
            "完善平台。（责任单位：市卫生健康委\n加快建设平台，建成示范高地。\n",
            &["完善平台。（责任单位：市卫生健康委", "加快建设平台，建成示范高地。"],
        );
    }

    #[test]
    fn a_heading_ends_where_more_of_it_would_have_fitted() {
        let page = "生态修复，修复受损生态系统，构建生态网络，增强生态系统服务和\n".repeat(5);
        let heading = "第三章 强化国土空间的整体统筹，促进绿韵红脉相融合\n";
        let below = "通过建立和完善生态保护体系，有序统筹非建设空间与建设空间之\n间的关系。\n";
        let text = format!("{page}系统。\n{heading}{below}第二节 推动大都市\n");
        let lines = lines(&text, &[]);
        let forms: Vec<LineForm> = lines
            .iter()
            .map(|line| {
                let heads = text[line.source.clone()].starts_with('第');
                LineForm { opens: heads, heads, alone: false, bare: false, labelled: false }
            })
            .collect();
        let found = paragraphs(&text, &lines, &forms);
        assert_eq!(found.len(), 4);
        assert_eq!(&text[found[1].pieces[0].clone()], heading.trim_end());
        assert_eq!(found[1].pieces.len(), 1);
    }

    #[test]
    fn a_number_stays_with_its_unit() {
        check(
            "（五）不断提升服务质效。根据企业和群众的需求，12月底前实现100\n个事项秒批秒办。\n附件1\n个体户名单\n",
            &[
                "（五）不断提升服务质效。根据企业和群众的需求，12月底前实现100个事项秒批秒办。",
                "附件1",
                "个体户名单",
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
