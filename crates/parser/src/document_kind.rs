//! What a title says of its document: its kind, and whether it issues another text.

use crate::furniture::is_longer_than;

/// Words that end the title of a document, the longer before those they contain.
///
/// 公文种类: 党政机关公文处理工作条例 (中办发〔2012〕14号) 第八条; the others are
/// the kinds of text that such documents issue, as met in the surveyed titles.
pub(crate) const DOCUMENT_KINDS: &[&str] = &[
    "实施意见",
    "指导意见",
    "若干意见",
    "意见",
    "行动计划",
    "工作计划",
    "计划",
    "行动方案",
    "实施方案",
    "工作方案",
    "分工方案",
    "总体方案",
    "试点方案",
    "方案",
    "规划纲要",
    "规划",
    "纲要",
    "若干措施",
    "政策措施",
    "措施",
    "若干举措",
    "举措",
    "通知",
    "通告",
    "公告",
    "通报",
    "办法",
    "实施细则",
    "细则",
    "条例",
    "规定",
    "决定",
    "决议",
    "规则",
    "规程",
    "规范",
    "指南",
    "指引",
    "工作要点",
    "要点",
    "批复",
    "复函",
    "函",
    "请示",
    "政府工作报告",
    "工作报告",
    "报告",
    "章程",
    "准则",
    "守则",
    "应急预案",
    "预案",
    "若干政策",
    "政策",
    "制度",
    "目录",
    "清单",
    "任务分工",
    "任务分解表",
    "任务分解",
    "分工表",
    "倡议书",
    "公报",
    "命令",
    "令",
    "法",
    "解释",
    "标准",
];

/// Returns the kind of document that a title names: the word it ends in,
/// before any （试行）.
pub(crate) fn document_kind(title: &str) -> Option<&'static str> {
    let core = strip_brackets(title).trim_end_matches(['》', '”', '"', '>']);
    let core = strip_brackets(core);
    let names_no_law = ["做法", "方法", "执法", "司法", "普法", "立法", "守法", "说法", "看法"];
    if names_no_law.iter().any(|word| core.ends_with(word)) {
        return None;
    }
    // 中共中央关于制定…规划的建议 alone is a document; 意见建议 is none.
    const PROPOSAL: &str = "建议";
    let proposes =
        core.ends_with(PROPOSAL) && (core.contains("关于制定") || core.ends_with("规划的建议"));
    proposes
        .then_some(PROPOSAL)
        .or_else(|| DOCUMENT_KINDS.iter().copied().find(|kind| core.ends_with(kind)))
}

/// Leaves out brackets at the end: …实施意见(征求意见稿) → …实施意见.
pub(crate) fn strip_brackets(title: &str) -> &str {
    let mut core = title.trim();
    while let Some((rest, _)) = last_bracket(core) {
        core = rest;
    }
    core
}

/// Parts a title from what stands in the bracket at its end: …的通知(某政函〔2023〕37号).
pub(crate) fn last_bracket(title: &str) -> Option<(&str, &str)> {
    let inner = title.strip_suffix([')', '）', '〕'])?;
    let mut depth = 1;
    let open = inner.char_indices().rev().find(|(_, ch)| {
        match ch {
            ')' | '）' | '〕' => depth += 1,
            '(' | '（' | '〔' => depth -= 1,
            _ => {}
        }
        depth == 0
    });
    // (某市发〔2020: what nothing closes is opened by the nearest.
    let (open, mark) =
        open.or_else(|| inner.char_indices().rev().find(|(_, ch)| "(（〔".contains(*ch)))?;
    Some((inner[..open].trim_end(), &inner[open + mark.len_utf8()..]))
}

/// Whether a title belongs to the sheet that issues another text: 通知, 令, 公告.
pub(crate) fn is_issuing(title: &str) -> bool {
    asks_for_comments(title)
        || matches!(
            document_kind(title),
            Some("通知" | "公告" | "通告" | "令" | "命令" | "批复" | "函" | "复函" | "决定")
        )
}

/// Whether a title asks for comments on another text and names no kind of its own:
/// 某部就《…办法（征求意见稿）》公开征求意见.
pub(crate) fn asks_for_comments(title: &str) -> bool {
    let core = strip_brackets(title);
    ["征求意见", "征集意见"].iter().any(|words| core.ends_with(words))
}

/// Whether a title is that of an order, 中华人民共和国国务院令, under which the
/// text it promulgates has the title people use.
pub(crate) fn is_order(title: &str) -> bool {
    title.ends_with('令') && !title.contains("关于") && !is_longer_than(title, 30)
}
