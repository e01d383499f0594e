//! Shapes of text that ask for a stack, or for time or memory that grow faster
//! than the text.

use crate::mixture::han;
use crate::parts::{
    FOUNDING, agencies, circled, is_han, item, lines, list, marker, nested, ring, running,
};

/// A text of one shape, as long as one asks for.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    /// What there is much of.
    pub name: &'static str,
    /// How many of it the bench reads at most.
    pub full: usize,
    /// Writes a text with so many.
    pub write: fn(usize) -> String,
}

/// Every shape.
pub const SHAPES: &[Shape] = &[
    // One line; the count is of bytes.
    Shape { name: "one line of running text", full: 20_000_000, write: |n| ring(&running(), n) },
    Shape {
        name: "one line, a flattened document over and over",
        full: 20_000_000,
        write: |n| ring(&FOUNDING.replace('\n', " "), n),
    },
    Shape {
        name: "one line without blank or mark",
        full: 20_000_000,
        write: |n| ring(&FOUNDING.replace(|ch| !is_han(ch), ""), n),
    },
    Shape {
        name: "one line after 一、, and items below it",
        full: 20_000_000,
        write: |n| {
            format!(
                "一、{}：\n{}",
                ring(&running(), n / 2),
                lines(n / 40, |at| format!("（{}）甲", han(at)))
            )
        },
    },
    Shape {
        name: "an attachment's long title over items",
        full: 4_000_000,
        write: |n| {
            format!(
                "一、甲乙\n附件1\n{}\n{}",
                ring("甲乙丙丁", n / 2),
                lines(n / 40, |at| format!("（{}）到2027年，建成10个。", han(at)))
            )
        },
    },
    Shape {
        name: "a cell that holds the text, its lines parted by tags",
        full: 200_000,
        write: |n| {
            format!(
                "| 甲 |\n| --- |\n| 乙{} |\n",
                list(n, "<br>", |at| format!("{}、加强领导。", han(at)))
            )
        },
    },
    Shape {
        name: "cells between blank lines, and their heads over and over",
        full: 200_000,
        write: |n| {
            let heads = "序号\n\n任务\n\n责任单位\n\n";
            heads.to_owned()
                + &lines(n, |at| format!("{}\n\n甲\n乙\n\n省财政厅\n\n{heads}", at + 1))
        },
    },
    Shape {
        name: "printed rows of indicators without numbers",
        full: 100_000,
        write: |n| format!("指标 2030年 属性\n{}", lines(n, |at| format!("指{at} ≥{at} 约束性"))),
    },
    Shape {
        name: "heads of indicators over and over, each over a row without a name",
        full: 100_000,
        write: |n| lines(n, |at| format!("指标 2030年 属性\n≥{at} 约束性")),
    },
    Shape {
        name: "contents headed over and over, and no heading twice",
        full: 100_000,
        write: |n| lines(n, |at| format!("目录\n一、甲{}\n二、乙{at}\n三、丙{at}", han(at))),
    },
    Shape {
        name: "paragraphs behind the last number",
        full: 500_000,
        write: |n| {
            format!(
                "{}{}",
                lines(n / 2, |at| format!("{}、优化布局。加强保护。", han(at))),
                lines(n / 2, |_| "各地要抓好落实。".to_owned())
            )
        },
    },
    Shape {
        name: "goals due before their document, each in a division",
        full: 300_000,
        write: |n| {
            format!(
                "某市人民政府关于保护的实施方案\n某政发〔2024〕3号\n{}",
                lines(n, |at| format!("{}、优化布局。到2022年，建成10个。", han(at)))
            )
        },
    },
    Shape {
        name: "one unknown body over and over",
        full: 300_000,
        write: |n| lines(n, |at| format!("{}、优化布局。（责任单位：省甲乙丙丁）", han(at))),
    },
    // Brackets.
    Shape { name: "brackets nested, （", full: 100_000, write: |n| nested("（", "）", n) },
    Shape { name: "brackets nested, 【", full: 100_000, write: |n| nested("【", "】", n) },
    Shape { name: "brackets nested, 〔", full: 100_000, write: |n| nested("〔", "〕", n) },
    Shape { name: "brackets nested, [", full: 100_000, write: |n| nested("[", "]", n) },
    Shape { name: "brackets nested, 《", full: 100_000, write: |n| nested("《", "》", n) },
    Shape { name: "brackets nested, “", full: 100_000, write: |n| nested("“", "”", n) },
    Shape {
        name: "brackets nested, of every kind",
        full: 100_000,
        write: |n| nested("（【〔[《“", "”》]〕】）", n / 6),
    },
    Shape {
        name: "brackets nested, with labels",
        full: 100_000,
        write: |n| nested("（责任单位：省财政厅", "）", n),
    },
    Shape {
        name: "brackets nested, closed by another mark",
        full: 100_000,
        write: |n| nested("（责任单位：", "】", n),
    },
    Shape {
        name: "brackets nested, closed crosswise",
        full: 100_000,
        write: |n| nested("（责任单位：【", "）】", n),
    },
    Shape {
        name: "brackets nested, numbers inside",
        full: 100_000,
        write: |n| nested("（责任单位：1.甲", "）", n),
    },
    Shape {
        name: "brackets never closed, （", full: 1_000_000, write: |n| item(&"（".repeat(n))
    },
    Shape {
        name: "brackets never closed, 【", full: 1_000_000, write: |n| item(&"【".repeat(n))
    },
    Shape {
        name: "brackets never closed, 〔", full: 1_000_000, write: |n| item(&"〔".repeat(n))
    },
    Shape {
        name: "brackets never closed, 《", full: 1_000_000, write: |n| item(&"《".repeat(n))
    },
    Shape {
        name: "brackets never closed, 《 in a preamble",
        full: 1_000_000,
        write: |n| {
            format!(
                "关于加强保护的实施意见\n为{}，制定本意见：\n一、甲\n二、乙\n",
                "根据《甲".repeat(n)
            )
        },
    },
    Shape {
        name: "brackets never closed, with labels",
        full: 300_000,
        write: |n| item(&"（责任单位：省财政厅".repeat(n)),
    },
    Shape {
        name: "brackets never opened",
        full: 1_000_000,
        write: |n| item(&"）】〕》”".repeat(n / 5)),
    },
    Shape {
        name: "brackets in a row, each an assignment",
        full: 200_000,
        write: |n| item(&"（责任单位：省财政厅）".repeat(n)),
    },
    Shape {
        name: "brackets in lines of one division",
        full: 200_000,
        write: |n| item(&"加强保护。（责任单位：省财政厅）\n".repeat(n)),
    },
    Shape {
        name: "titles cited, each with an open bracket",
        full: 500_000,
        write: |n| item(&"《甲》（".repeat(n)),
    },
    Shape {
        name: "titles cited in a preamble",
        full: 200_000,
        write: |n| {
            format!(
                "关于加强保护的实施意见\n为贯彻落实{}，制定本意见：\n一、甲\n二、乙\n",
                list(n, "、", |at| format!("《{}》", han(at)))
            )
        },
    },
    // Numbers that open divisions.
    Shape {
        name: "markers on lines, 一、",
        full: 1_000_000,
        write: |n| lines(n, |at| format!("{}、甲", han(at))),
    },
    Shape {
        name: "markers on lines, （一）",
        full: 1_000_000,
        write: |n| lines(n, |at| format!("（{}）甲", han(at))),
    },
    Shape {
        name: "markers on lines, 1.",
        full: 1_000_000,
        write: |n| lines(n, |at| format!("{at}.甲")),
    },
    Shape {
        name: "markers on lines, 1.1.1",
        full: 1_000_000,
        write: |n| lines(n, |at| format!("{}.{}.{}甲", at / 400 % 20, at / 20 % 20, at % 20)),
    },
    Shape {
        name: "markers on lines, 第一条",
        full: 1_000_000,
        write: |n| lines(n, |at| format!("第{}条 甲", han(at))),
    },
    Shape {
        name: "markers on lines, ①",
        full: 1_000_000,
        write: |n| lines(n, |at| format!("{}甲", circled(at))),
    },
    Shape {
        name: "markers on lines, of every style",
        full: 1_000_000,
        write: |n| lines(n, |at| marker(at, at / 5)),
    },
    Shape {
        name: "markers on lines, always 一、",
        full: 1_000_000,
        write: |n| "一、甲\n".repeat(n),
    },
    Shape {
        name: "markers on lines, text after the last",
        full: 1_000_000,
        write: |n| {
            format!(
                "{}{}",
                lines(n / 2, |at| format!("{}、加强领导。压实责任。", han(at))),
                "甲乙丙，丁。\n".repeat(n / 2)
            )
        },
    },
    Shape {
        name: "markers inline, 一、",
        full: 1_000_000,
        write: |n| list(n, "。", |at| format!("{}、甲", han(at))),
    },
    Shape {
        name: "markers inline, （一）",
        full: 1_000_000,
        write: |n| list(n, "。", |at| format!("（{}）甲", han(at))),
    },
    Shape {
        name: "markers inline, 1.",
        full: 1_000_000,
        write: |n| list(n, "。", |at| format!("{at}.甲")),
    },
    Shape {
        name: "markers inline, 第一条",
        full: 1_000_000,
        write: |n| list(n, "。", |at| format!("第{}条 甲", han(at))),
    },
    Shape {
        name: "markers inline, ①",
        full: 1_000_000,
        write: |n| list(n, "", |at| format!("{}甲", circled(at))),
    },
    Shape {
        name: "markers inline, of every style",
        full: 1_000_000,
        write: |n| list(n, "。 ", |at| marker(at, at / 5)),
    },
    Shape {
        name: "attachments on lines",
        full: 1_000_000,
        write: |n| lines(n, |at| format!("附件{}", at % 100)),
    },
    Shape {
        name: "attachments on lines, with titles",
        full: 1_000_000,
        write: |n| lines(n, |at| format!("附件{}：工作方案\n甲", at % 100)),
    },
    Shape {
        name: "attachments inline",
        full: 1_000_000,
        write: |n| list(n, " ", |at| format!("附件{}", at % 100)),
    },
    // Who and what.
    Shape {
        name: "agencies in one bracket",
        full: 200_000,
        write: |n| item(&format!("加强保护。（责任单位：{}）", agencies(n))),
    },
    Shape {
        name: "agencies in one bracket without a label",
        full: 200_000,
        write: |n| item(&format!("加强保护。（{}）", agencies(n))),
    },
    Shape {
        name: "agencies on one label line",
        full: 200_000,
        write: |n| item(&format!("加强保护。\n责任单位：{}", agencies(n))),
    },
    Shape {
        name: "agencies in running text",
        full: 200_000,
        write: |n| item(&format!("由{}牵头，加强保护。", agencies(n))),
    },
    Shape {
        name: "roles in one bracket",
        full: 100_000,
        write: |n| {
            item(&format!(
                "加强保护。（{}）",
                list(n, "；", |at| format!("责任单位：{}县财政局", han(at)))
            ))
        },
    },
    Shape {
        name: "roles on one label line",
        full: 100_000,
        write: |n| item(&list(n, "。", |at| format!("责任单位：{}县财政局", han(at)))),
    },
    Shape {
        name: "duties in one sentence",
        full: 100_000,
        write: |n| item(&format!("省财政厅负责保护，{}。", "报送省政府，".repeat(n))),
    },
    Shape {
        name: "duties in one sentence, each its own",
        full: 100_000,
        write: |n| item(&"省财政厅牵头组织保护，".repeat(n)),
    },
    Shape {
        name: "deadlines in one sentence",
        full: 200_000,
        write: |n| item(&"2027年，完成治理，".repeat(n)),
    },
    Shape {
        name: "targets in one sentence",
        full: 200_000,
        write: |n| item(&format!("到2027年，{}。", "覆盖率达到95%，".repeat(n))),
    },
    Shape {
        name: "targets in clauses as long as clauses are read",
        full: 2_000,
        write: |n| item(&format!("{}，", "覆盖率达到95%、".repeat(140)).repeat(n)),
    },
    Shape {
        name: "values in clauses as long as clauses are read",
        full: 2_000,
        write: |n| item(&format!("覆盖率分别达到{}95%，", "95%、".repeat(480)).repeat(n)),
    },
    Shape { name: "digits", full: 1_000_000, write: |n| item(&"7".repeat(n)) },
    Shape { name: "digits in threes", full: 1_000_000, write: |n| item(&"777,".repeat(n / 4)) },
    Shape { name: "numerals", full: 1_000_000, write: |n| item(&"十".repeat(n)) },
    // The page.
    Shape { name: "blanks", full: 10_000_000, write: |n| format!("一、甲{}乙", " ".repeat(n)) },
    Shape {
        name: "wide blanks in a long line",
        full: 5_000_000,
        write: |n| format!("一、甲。{}乙。", "　甲".repeat(n)),
    },
    Shape {
        name: "newlines",
        full: 10_000_000,
        write: |n| format!("一、甲{}二、乙", "\n".repeat(n)),
    },
    Shape {
        name: "form feeds",
        full: 10_000_000,
        write: |n| format!("一、甲{}二、乙", "\u{c}".repeat(n)),
    },
    Shape {
        name: "pages with a menu at the side",
        full: 100_000,
        write: |n| "\u{c}\n办事        各市人民政府：\n互动        高地，现印发。\n".repeat(n),
    },
    Shape {
        name: "titles before the first number",
        full: 100_000,
        write: |n| {
            format!("{}一、甲\n二、乙\n", lines(n, |at| format!("关于{}保护的实施意见", han(at))))
        },
    },
    Shape {
        name: "notices before the first number",
        full: 100_000,
        write: |n| {
            format!(
                "{}一、甲\n二、乙\n",
                lines(n, |at| format!("关于{}保护工作的通知\n甲乙丙", han(at)))
            )
        },
    },
    Shape {
        name: "subtitles under a title",
        full: 100_000,
        write: |n| {
            format!("关于加强保护的实施意见\n{}一、甲\n二、乙\n", "（征求意见稿）\n".repeat(n))
        },
    },
    Shape {
        name: "lines before the title",
        full: 100_000,
        write: |n| {
            format!(
                "{}关于加强保护的实施意见\n一、甲\n二、乙\n",
                lines(n, |at| format!("这是第{}条新闻的标题", han(at)))
            )
        },
    },
    Shape {
        name: "lines of metadata",
        full: 100_000,
        write: |n| {
            format!(
                "{}关于加强保护的实施意见\n一、甲\n二、乙\n",
                "索引号：甲 发布时间：2024-03-22 文号：\n".repeat(n)
            )
        },
    },
    Shape {
        name: "labels of metadata on one line",
        full: 500_000,
        write: |n| format!("{}\n关于加强保护的实施意见\n一、甲\n二、乙\n", "索引号：甲".repeat(n)),
    },
    // Tables; the count is of cells.
    Shape {
        name: "a table of tasks",
        full: 1_000_000,
        write: |n| {
            format!(
                "| 序号 | 任务 | 牵头单位 | 完成时限 |\n|---|---|---|---|\n{}",
                lines(n / 4, |at| format!("| {at} | 建成{at}个 | 市商务局、乙局 | 2027年 |"))
            )
        },
    },
    Shape {
        name: "a table of values",
        full: 1_000_000,
        write: |n| {
            format!(
                "| 指标 | 单位 | 2020年 | 2027年目标值 |\n|---|---|---|---|\n{}",
                lines(n / 4, |at| format!("| 甲{at} | % | 1 | ≥{at} |"))
            )
        },
    },
    Shape {
        name: "a row of a table",
        full: 1_000_000,
        write: |n| {
            let row = |cell: &str| format!("|{}\n", format!("{cell}|").repeat(n / 3));
            format!("{}{}{}", row("任务"), row("---"), row("甲"))
        },
    },
    Shape {
        name: "a cell of a table, lines",
        full: 1_000_000,
        write: |n| {
            format!(
                "| 任务 | 责任单位 |\n|---|---|\n| {} | {} |\n",
                "建成10个。<br>".repeat(n / 2),
                "市商务局<br>".repeat(n / 2)
            )
        },
    },
    Shape {
        name: "tables of one row",
        full: 1_000_000,
        write: |n| "| 任务 | 责任单位 |\n|---|---|\n| 甲 | 乙局 |\n\n".repeat(n / 4),
    },
    Shape {
        name: "cells parted by tabs",
        full: 1_000_000,
        write: |n| format!("任务\t责任单位\n{}", "甲\t乙局\n".repeat(n / 2)),
    },
    Shape {
        name: "heads of tables without rows",
        full: 1_000_000,
        write: |n| "任务\t责任单位\n\n".repeat(n / 2),
    },
    Shape {
        name: "a table of one cell a line",
        full: 500_000,
        write: |n| {
            let rows = lines(n / 5, |at| format!("{at}\n甲{at}\n%\n≥{at}\n约束性"));
            format!("序号\n指标\n单位\n2027年\n属性\n{rows}")
        },
    },
    Shape {
        name: "heads of one cell a line",
        full: 500_000,
        write: |n| "序号\n指标\n单位\n2027年\n1\n甲\n".repeat(n / 6),
    },
    Shape {
        name: "one number a line below heads",
        full: 500_000,
        write: |n| format!("序号\n指标\n单位\n{}", "1\n2\n".repeat(n / 2)),
    },
    Shape {
        name: "printed rows of indicators",
        full: 500_000,
        write: |n| {
            let rows = lines(n / 5, |at| format!("甲的\n{at} % 预期性 {at}左右 -\n比重"));
            format!("序号 指标 单位 属性 2027年 年均\n{rows}")
        },
    },
    Shape {
        name: "printed heads without rows",
        full: 500_000,
        write: |n| "序 目标\n指 标 单位 属性\n号\n2027年 年均\n1 甲 预期性\n".repeat(n / 12),
    },
    Shape {
        name: "notes below a table",
        full: 500_000,
        write: |n| {
            format!(
                "| 指标 | 2027年 |\n|---|---|\n| 甲 | 1 |\n注：{}",
                lines(n, |at| format!("{at}. 不低于10%"))
            )
        },
    },
    Shape { name: "dates on lines", full: 500_000, write: |n| "2024年3月22日\n".repeat(n) },
    Shape {
        name: "signatures",
        full: 300_000,
        write: |n| "一、甲\n某市人民政府\n2024年3月22日\n".repeat(n),
    },
    Shape {
        name: "links with dates",
        full: 300_000,
        write: |n| "某市工作动态\n2024-03-22\n".repeat(n),
    },
    Shape {
        name: "lines broken by the layout",
        full: 300_000,
        write: |n| {
            format!(
                "   一、甲\n{}",
                "以高标准建设应用基地为引领，立足本省、辐射全国，坚持政府主导一\n".repeat(n)
            )
        },
    },
    Shape {
        name: "combining and invisible characters",
        full: 5_000_000,
        write: |n| item(&"e\u{301}\u{200d}\u{feff}".repeat(n / 4)),
    },
];

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn names_are_distinct_and_texts_grow_with_the_count() {
        let names = agencies(20_000);
        assert_eq!(names.split('、').collect::<HashSet<_>>().len(), 20_000);
        for shape in SHAPES {
            let (small, large) = ((shape.write)(500).len(), (shape.write)(2000).len());
            assert!(large > 3 * small, "{}: {small} and {large} bytes", shape.name);
        }
    }
}
