//! Where on a page the document stands.

use std::ops::Range;

use scraper::node::Element;

use super::tree::{Flat, is_invisible};

/// Ids and classes, in lower case, in which the publishing systems of Chinese
/// governments put the text of a document: www.gov.cn (UCAP-CONTENT,
/// pages_content), TRS (TRS_Editor and its kin), Hanweb (zoom, bt_content),
/// Boda (vsb_content, v_news_content), EasySite, Shanghai (ivs_content), WeChat
/// (js_content); the others are the names their templates use most. Seen
/// 2015–2026.
const CONTAINERS: &[&str] = &[
    "ucap-content",
    "pages_content",
    "trs_editor",
    "trs_editor_view",
    "trs_ueditor",
    "custom_unionstyle",
    "zoom",
    "zoomcon",
    "bt_content",
    "vsb_content",
    "vsb_content_2",
    "vsb_content_4",
    "v_news_content",
    "easysite-news-text",
    "easysite-news-content",
    "ivs_content",
    "js_content",
    "rich_media_content",
    "article-content",
    "article_content",
    "articlecontent",
    "article-con",
    "art_con",
    "art-con",
    "info_content",
    "newscontent",
    "news_content",
    "news_cont",
    "detailcont",
    "detail_content",
    "detail-content",
    "detailcontent",
];

/// Comments between which systems put the text: Hanweb's ZJEG_RSS.content and
/// `<$[信息内容]>`.
const COMMENTS: [(&str, &str); 2] =
    [("content.begin", "content.end"), ("信息内容]>begin", "信息内容]>end")];

/// Words of ids and classes, in lower case, of what stands beside a document.
const FURNITURE: &[&str] = &[
    "nav",
    "navbar",
    "navigation",
    "menu",
    "breadcrumb",
    "breadcrumbs",
    "crumb",
    "crumbs",
    "dqwz",
    "location",
    "position",
    "header",
    "footer",
    "foot",
    "copyright",
    "share",
    "bdshare",
    "bdsharebuttonbox",
    "print",
    "toolbar",
    "tools",
    "related",
    "relevant",
    "recommend",
    "sidebar",
    "sidemenu",
    "qrcode",
    "ewm",
    "erweima",
    "search",
    "login",
    "comment",
    "comments",
    "pagination",
    "prevnext",
    "xgwd",
    "xglj",
    "xgyd",
    "xgwj",
    "xgjd",
    "advert",
];

/// Words that stand beside those and say nothing: share-box, nav_list. A name
/// with any other word is not of furniture: foot-note, article-header.
const NEUTRAL: &[&str] = &[
    "box", "bar", "wrap", "wrapper", "list", "item", "con", "cont", "content", "inner", "area",
    "dl", "left", "right", "top", "bottom", "main", "site", "page", "links", "news", "m", "pc",
    "btn", "buttons", "clearfix",
];

/// Returns the part of a page that is the document, and whether its name told
/// so; else it is the smallest part that holds nearly all running text.
pub(super) fn find(flat: &Flat<'_>) -> (Range<usize>, bool) {
    let body = flat
        .elements(0..flat.len())
        .find(|(_, element)| element.name() == "body")
        .map_or(0..flat.len(), |(at, _)| flat.part(at));
    let total = flat.prose(&body);
    // HTML's own element for it, named as the document's as well, needs no majority.
    let mut mains = flat.elements(body.clone()).filter(|(_, element)| element.name() == "main");
    if let (Some((at, main)), None) = (mains.next(), mains.next())
        && is_container(main)
        && flat.prose(&flat.part(at)) > 0
    {
        return (flat.part(at), true);
    }
    let named = flat
        .elements(body.clone())
        .filter(|(_, element)| is_container(element))
        .map(|(at, _)| flat.part(at))
        .chain(between_comments(flat, &body))
        // The outermost of those with the most.
        .min_by_key(|part| (std::cmp::Reverse(flat.prose(part)), part.start));
    if let Some(named) = named
        && flat.prose(&named) * 2 > total
    {
        return (named, true);
    }
    (densest(flat, body, total), false)
}

/// Whether an element stands beside a document and not in it. One with much of
/// the page's running text never does; one that is hidden may hold no more than what is
/// shown: pages keep the text once more for being read aloud.
pub(super) fn is_furniture(flat: &Flat<'_>, at: usize, element: &Element) -> bool {
    if is_invisible(element) {
        return true;
    }
    let prose = || flat.prose(&flat.part(at));
    let total = || flat.prose(&(0..flat.len()));
    if element.attr("hidden").is_some() || element.attr("style").is_some_and(hides) {
        return prose() * 2 <= total();
    }
    let by_name = matches!(element.name(), "nav" | "footer" | "aside")
        || names(element).any(|name| names_furniture(&name));
    (by_name || is_list_of_links(flat, at, element)) && prose() * 4 <= total()
}

fn is_container(element: &Element) -> bool {
    names(element).any(|name| CONTAINERS.contains(&&*name))
}

/// Returns the id and the classes in lower case.
fn names(element: &Element) -> impl Iterator<Item = String> {
    element.id().into_iter().chain(element.classes()).map(str::to_lowercase)
}

fn names_furniture(name: &str) -> bool {
    let words =
        || name.split(['-', '_']).map(|word| word.trim_end_matches(|ch: char| ch.is_ascii_digit()));
    words().any(|word| FURNITURE.contains(&word))
        && words()
            .all(|word| word.is_empty() || FURNITURE.contains(&word) || NEUTRAL.contains(&word))
}

fn hides(style: &str) -> bool {
    let style: String =
        style.chars().filter(|ch| !ch.is_whitespace()).flat_map(char::to_lowercase).collect();
    style.contains("display:none")
}

/// Whether an element is a list, or a division, of links to other pages.
fn is_list_of_links(flat: &Flat<'_>, at: usize, element: &Element) -> bool {
    if !matches!(element.name(), "ul" | "ol" | "dl") {
        return false;
    }
    let part = flat.part(at);
    let mut n_links = 0;
    for (_, link) in flat.elements(part.clone()).filter(|(_, inner)| inner.name() == "a") {
        if super::links::attachment(link, "").is_some() {
            return false;
        }
        n_links += 1;
    }
    // Dates and brackets beside the links are not Han.
    n_links >= 2 && flat.prose(&part) <= 2 * n_links
}

fn between_comments(flat: &Flat<'_>, body: &Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut begun: Option<(usize, usize)> = None;
    for at in body.clone() {
        let Some(comment) = flat.node(at).as_comment() else { continue };
        let comment = comment.to_lowercase();
        if let Some(kind) = COMMENTS.iter().position(|(begin, _)| comment.contains(begin)) {
            begun = Some((at, kind));
        } else if let Some((start, kind)) = begun
            && comment.contains(COMMENTS[kind].1)
        {
            found.push(start..at);
            begun = None;
        }
    }
    found
}

/// Goes down from the body as long as one child holds nearly all running text.
fn densest(flat: &Flat<'_>, body: Range<usize>, total: usize) -> Range<usize> {
    let mut part = body;
    loop {
        let mut children = flat.children(part.start);
        let child = children.find(|child| {
            let inside = flat.part(*child);
            flat.element(*child).is_some() && flat.prose(&inside) * 10 >= total * 8
        });
        match child {
            Some(child) if total > 0 && holds_paragraphs(flat, child) => part = flat.part(child),
            _ => return part,
        }
    }
}

/// Whether an element is one that paragraphs stand in, not a paragraph or a table's row.
fn holds_paragraphs(flat: &Flat<'_>, at: usize) -> bool {
    flat.element(at).is_some_and(|element| {
        matches!(
            element.name(),
            "div"
                | "section"
                | "article"
                | "main"
                | "form"
                | "center"
                | "table"
                | "tbody"
                | "tr"
                | "td"
        )
    }) && !super::table::is_data(flat, at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_furniture_have_no_other_words() {
        for name in ["nav", "share-box", "dl_nav01", "footer2", "bottom_nav", "related-news"] {
            assert!(names_furniture(name), "{name}");
        }
        for name in ["foot-note", "article-header", "content", "top", "print-area-text", ""] {
            assert!(!names_furniture(name), "{name}");
        }
    }
}
