//! Labels of the metadata that pages show above a document.

/// The labels, without blanks. Seen on pages of central, provincial and city
/// governments, 2015–2026; 公文要素 of the disclosure catalogues (政府信息公开目录).
const LABELS: &[&str] = &[
    "索引号",
    "索取号",
    "主题分类",
    "主题词",
    "发文机关",
    "发文单位",
    "制发机关",
    "起草单位",
    "所属地区",
    "发布机构",
    "发布单位",
    "公开机构",
    "发文字号",
    "文号",
    "文件字号",
    "文件编号",
    "统一编号",
    "成文日期",
    "发文日期",
    "印发日期",
    "生成日期",
    "发布日期",
    "发布时间",
    "公开日期",
    "公开方式",
    "公开类型",
    "公开形式",
    "公开范围",
    "有效性",
    "效力状态",
    "文件状态",
    "时效性",
    "生效日期",
    "施行日期",
    "失效日期",
    "废止日期",
    "标题",
    "信息名称",
    "信息分类",
    "组配分类",
    "体裁分类",
    "关键词",
    "来源",
    "信息来源",
    "文章来源",
    "稿源",
];

/// Whether a text without blanks opens with a label and a colon, or is one.
pub(super) fn opens(squeezed: &str) -> bool {
    LABELS.iter().any(|label| {
        squeezed
            .strip_prefix(label)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['：', ':']))
    })
}

/// Whether a text is a label and nothing else.
pub(super) fn is_label(text: &str) -> bool {
    let squeezed: String = text.chars().filter(|ch| !ch.is_whitespace()).collect();
    LABELS.contains(&squeezed.trim_end_matches(['：', ':']))
}

/// Whether a label and a colon stand in a short text: 2024-03-22 来源：省数据局.
pub(super) fn stands_in(text: &str) -> bool {
    const LONGEST: usize = 600;
    if text.len() > LONGEST {
        return false;
    }
    let squeezed: String = text.chars().filter(|ch| !ch.is_whitespace()).collect();
    LABELS.iter().any(|label| {
        squeezed
            .match_indices(label)
            .any(|(at, _)| squeezed[at + label.len()..].starts_with(['：', ':']))
    })
}

/// Whether a line is the heading over links to attachments: 附件：, 相关附件下载.
pub(super) fn opens_attachments(line: &str) -> bool {
    let squeezed: String = line.chars().filter(|ch| !ch.is_whitespace()).collect();
    let squeezed = squeezed.trim_end_matches(['：', ':']);
    ["附件", "相关附件", "附件下载", "相关附件下载", "附件列表"].contains(&squeezed)
}
