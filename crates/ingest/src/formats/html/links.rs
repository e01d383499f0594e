//! Links that lead to an attachment.

use scraper::node::Element;

/// Endings of files that are attached to documents.
const ENDINGS: [&str; 14] = [
    "pdf", "doc", "docx", "wps", "xls", "xlsx", "et", "ppt", "pptx", "ofd", "zip", "rar", "7z",
    "rtf",
];

/// Returns the address of a link to an attachment; its words may tell where the
/// address does not: `downfile.jsp?id=7`.
pub(super) fn attachment(link: &Element, words: &str) -> Option<String> {
    let address = link.attr("href")?.trim();
    let lower = address.to_lowercase();
    if address.is_empty() || lower.starts_with("javascript:") || lower.starts_with('#') {
        return None;
    }
    let path = lower.split(['?', '#']).next().unwrap_or_default();
    let words = words.trim().trim_end_matches(['"', '”', '）', ')', '》']).to_lowercase();
    let is_attachment = ENDINGS.iter().any(|ending| {
        [path, &lower, &words]
            .iter()
            .any(|name| name.strip_suffix(ending).is_some_and(|stem| stem.ends_with('.')))
    });
    is_attachment.then(|| {
        address
            .replace(' ', "%20")
            .replace('(', "%28")
            .replace(')', "%29")
            .replace(['\n', '\r', '\t'], "")
    })
}
