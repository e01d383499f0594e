//! The table of metadata that a page has above its text: keys and their values, in
//! cells, in brackets, in a list, or each value on the line below its key.

use crate::dates::find_date;

/// Labels of the table of metadata above a text, and of the line below its heading.
const SOURCE_LABELS: &[&str] = &[
    "来源",
    "文章来源",
    "信息来源",
    "稿源",
    "稿件来源",
    "时间",
    "发布时间",
    "发布日期",
    "发表时间",
    "日期",
    "更新时间",
    "公开日期",
    "生成日期",
    "发文日期",
    "发文时间",
    "成文日期",
    "成文时间",
    "印发日期",
    "公布日期",
    "公开时间",
    "作者",
    "责任编辑",
    "编辑",
    "热度",
    "点击",
    "点击数",
    "点击量",
    "浏览",
    "浏览次数",
    "浏览量",
    "阅读",
    "阅读量",
    "阅读次数",
    "访问量",
    "访问次数",
    "字号",
    "字体",
    "字体大小",
    "索引号",
    "索取号",
    "主题分类",
    "主题词",
    "主题",
    "发文机关",
    "发文机构",
    "发文单位",
    "发布机构",
    "发布单位",
    "公开机构",
    "制发机关",
    "制定机关",
    "发布部门",
    "发布机关",
    "起草单位",
    "所属地区",
    "发文字号",
    "文号",
    "政策文号",
    "文件编号",
    "统一编号",
    "文件字号",
    "有效性",
    "效力状态",
    "效力级别",
    "效力等级",
    "文件状态",
    "时效性",
    "组配分类",
    "信息分类",
    "信息类别",
    "文件分类",
    "文件类型",
    "文件来源",
    "联合发文单位",
    "是否有效",
    "标题",
    "名称",
    "信息名称",
    "文件名称",
    "公开方式",
    "公开类型",
    "公开形式",
    "关键词",
    "所属主题",
    "服务对象",
    "体裁分类",
    "语种",
    "废止日期",
    "生效日期",
    "实施日期",
    "施行日期",
    "失效日期",
    "内容概述",
    "内容分类",
    "公开范围",
    "公开时限",
    "所属机构",
    "分享",
    "打印",
    "政策咨询机关",
    "政策咨询电话",
];

/// Whether a line says when and then from where a page was posted:
/// 2016年12月28日 来源: 某区政府, 2008-9-10 15:11:00 来源:某报.
pub(crate) fn is_dated_source(line: &str) -> bool {
    crate::dates::leading_date(line).is_some_and(|(_, len)| {
        let clock = |ch: char| ch.is_ascii_digit() || matches!(ch, ':' | ' ');
        labels(line[len..].trim_start_matches(clock)).next().is_some()
    })
}

/// Finds the labels of metadata in a folded line, each with its value, where
/// the line opens with one: 索引号:…主题分类:…
pub(crate) fn labels(line: &str) -> impl Iterator<Item = (&'static str, &str)> {
    // Where a label ends, and where its value begins.
    let mut found: Vec<(&'static str, usize, usize)> = Vec::new();
    let opening = line.trim_start_matches(['(', '[', '【', '|', '•', '·', '-', '*', ' ']);
    let offset = line.len() - opening.len();
    // 【发布部门】某市人民政府办公室, [文件来源]政府公报.
    let closing = match line[..offset].chars().next_back() {
        Some('【') => Some('】'),
        Some('[') => Some(']'),
        _ => None,
    };
    if let Some(close) = closing
        && let Some((inner, _)) = opening.split_once(close)
        && let Some(label) = SOURCE_LABELS.iter().find(|label| **label == inner)
    {
        let end = offset + inner.len();
        found.push((label, end, end + close.len_utf8()));
    } else if opening.contains(':') && SOURCE_LABELS.iter().any(|label| strip_label(opening, label))
    {
        for (at, _) in opening.match_indices(':') {
            let before = &opening[..at];
            let label = SOURCE_LABELS
                .iter()
                .filter(|label| before.ends_with(**label))
                .max_by_key(|label| label.len());
            found.extend(label.map(|label| (*label, offset + at, offset + at + 1)));
        }
    }
    let starts = found.iter().skip(1).map(|&(label, end, _)| end - label.len());
    let ends: Vec<usize> = starts.chain([line.len()]).collect();
    found.into_iter().zip(ends).map(|((label, _, value), end)| {
        let value = line.get(value..end.max(value)).unwrap_or("").trim_matches(['|', ' ']);
        // 某县人民政府(办公室) has its own bracket, (来源:某报) is in one.
        let is_whole = value.contains(['(', '[', '【']);
        (label, if is_whole { value } else { value.trim_matches([')', ']', '】', ' ']) })
    })
}

fn strip_label(line: &str, label: &str) -> bool {
    line.strip_prefix(label).is_some_and(|rest| rest.starts_with(':'))
}

/// The day behind a label in the page's table of metadata.
pub(crate) fn tabled_day(page: &[&str], wanted: &[&str]) -> Option<String> {
    let date = find_date(&table_value(page, wanted)?)?;
    date.day.map(|_| date.iso())
}

/// The value of a label in the page's table of metadata: behind it, or on the line below.
pub(crate) fn table_value(page: &[&str], wanted: &[&str]) -> Option<String> {
    let below = |at: usize| {
        let next = page.get(at + 1)?;
        let is_value = labels(next).next().is_none() && !next.ends_with(':');
        is_value.then_some(*next)
    };
    wanted.iter().find_map(|wanted| {
        page.iter().enumerate().find_map(|(at, line)| {
            let mut labelled = labels(line).peekable();
            while let Some((label, value)) = labelled.next() {
                if label != *wanted {
                    continue;
                }
                let value = match labelled.peek() {
                    None if value.is_empty() => below(at).unwrap_or(value),
                    _ => value,
                };
                if !value.is_empty() {
                    return Some(value.to_owned());
                }
            }
            None
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::fold;

    #[test]
    fn labels_of_a_metadata_table_are_parted() {
        let line = fold("索 引 号： 	000014349/2018-00230 	主题分类： 	城乡建设、环境保护\\节能");
        let found: Vec<_> = labels(&line).collect();
        assert_eq!(
            found,
            [("索引号", "000014349/2018-00230"), ("主题分类", "城乡建设、环境保护\\节能")]
        );
        let line = fold("文章来源： 作者： 发布时间：2025年03月05日 点击数： 次");
        let found: Vec<_> = labels(&line).collect();
        assert_eq!(
            found,
            [("文章来源", ""), ("作者", ""), ("发布时间", "2025年03月05日"), ("点击数", "次")]
        );
        assert_eq!(labels("主要目标是:到2027年").count(), 0);
    }
}
