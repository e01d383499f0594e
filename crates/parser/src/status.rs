//! Whether a document is in force, on trial or a draft, from its own words.

use gangmu_model::DocumentStatus;

use crate::document_kind::{document_kind, strip_brackets};
use crate::furniture::is_longer_than;
use crate::metadata::Evidence;
use crate::page_table::table_value;

/// Words in brackets under a title that tell a draft: （初稿）, （送审稿）.
const DRAFT_WORDS: &[&str] = &[
    "征求意见",
    "征集意见",
    "草案",
    "草稿",
    "初稿",
    "讨论稿",
    "审议稿",
    "送审稿",
    "报批稿",
    "代拟稿",
    "修改稿",
];

pub(crate) fn status(evidence: &Evidence<'_>, dated: bool) -> Option<DocumentStatus> {
    let titles = [
        evidence.title_folded.map(|title| title.folded.as_str()),
        evidence.attached_title.as_deref(),
    ];
    let says = |words: &[&str]| {
        titles.iter().flatten().any(|title| {
            let bracket = &title[strip_brackets(title).len()..];
            words.iter().any(|word| bracket.contains(word))
        }) || evidence.frame.iter().any(|text| {
            text.folded.starts_with('(')
                && !is_longer_than(text.folded, 20)
                && words.iter().any(|word| text.folded.contains(word))
        })
    };
    let consults = titles
        .iter()
        .flatten()
        .any(|title| title.contains("征求意见") || title.contains("征集意见"));
    if consults || says(DRAFT_WORDS) {
        return Some(DocumentStatus::DraftForComment);
    }
    if says(&["试行", "暂行"]) || titles.iter().flatten().any(|title| title.contains("暂行"))
    {
        return Some(DocumentStatus::Trial);
    }
    // 自2026年9月X日起施行: it was not yet decided when, so this is a draft.
    let texts = evidence.last.iter().copied().chain(evidence.frame.iter().map(|text| text.folded));
    if !dated && texts.into_iter().any(has_open_date) {
        return Some(DocumentStatus::DraftForComment);
    }
    let issued = dated
        || evidence.frame.iter().any(|text| is_adopted(text.folded))
        || evidence.frame.iter().any(|text| text.closing)
        || evidence.page.iter().any(|line| line.contains("印发") || line.contains("公布"))
        || evidence
            .frame
            .iter()
            .any(|text| text.folded.contains("现印发") || text.folded.contains("现予公布"));
    // A whole text that has a title and says nothing of a draft is what it says it is.
    let whole = evidence.title_folded.is_some_and(|title| document_kind(&title.folded).is_some())
        && !evidence.page.iter().any(|line| DRAFT_WORDS.iter().any(|word| line.contains(word)));
    (issued || whole).then_some(DocumentStatus::Final)
}

/// 文件状态:征求意见稿 in the page's table of metadata.
pub(crate) fn tabled_status(evidence: &Evidence<'_>) -> Option<DocumentStatus> {
    match table_value(&evidence.page, &["文件状态"])?.as_str() {
        "征求意见稿" => Some(DocumentStatus::DraftForComment),
        "试行" | "暂行" => Some(DocumentStatus::Trial),
        "正式" => Some(DocumentStatus::Final),
        _ => None,
    }
}

/// (2022年12月9日某省人民代表大会常务委员会第十二次会议通过): the line under the title of
/// a regulation, which its draft does not have.
fn is_adopted(line: &str) -> bool {
    line.strip_prefix('(').is_some_and(|inner| {
        crate::dates::leading_date(inner).is_some_and(|(date, len)| {
            date.day.is_some() && inner[len..].contains("会议") && inner.contains("通过")
        })
    })
}

/// Whether a text is to take effect on a day that is left open: 自2026年9月X日起施行,
/// 自 年 月 日起施行.
fn has_open_date(text: &str) -> bool {
    ["起施行", "起实施", "起执行"].iter().any(|word| {
        let Some(end) = text.find(word) else { return false };
        let Some(start) = text[..end].rfind('自') else { return false };
        let date = &text[start + '自'.len_utf8()..end];
        let open = date.contains(['X', 'x', '×', '*', '_', '○', 'Ｘ']);
        !is_longer_than(date, 16)
            && date.ends_with('日')
            && (open || !date.contains(|ch: char| ch.is_ascii_digit()) && date.starts_with('年'))
    })
}
