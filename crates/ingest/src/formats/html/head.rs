//! What the head of a page says: its encoding, its title, when it was posted.

use gangmu_model::Metadata;
use scraper::node::Element;

use super::tree::Flat;

/// Bytes at the start of a page in which its encoding is declared.
const DECLARED_WITHIN: usize = 4 << 10;

/// Names of meta tags with the title of the document, the surest first: TRS and
/// Hanweb systems of Chinese governments (ArticleTitle, since about 2015), and
/// what pages offer to those who link to them (og:title).
const TITLE_NAMES: [&str; 3] = ["articletitle", "og:title", "dc.title"];

/// Names of meta tags with the time of posting: PubDate and createDate of the
/// same systems, firstpublishedtime of www.gov.cn.
const POSTED_NAMES: [&str; 6] = [
    "pubdate",
    "firstpublishedtime",
    "publishdate",
    "article:published_time",
    "og:release_date",
    "createdate",
];

/// Returns the encoding that a page declares for itself.
pub(super) fn declared_charset(bytes: &[u8]) -> Option<String> {
    let head = bytes[..bytes.len().min(DECLARED_WITHIN)].to_ascii_lowercase();
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'<', &head[at..]) {
        at += found + 1;
        let end = memchr::memchr(b'>', &head[at..]).map_or(head.len(), |end| at + end);
        let tag = &head[at..end];
        let key: &[u8] = if tag.starts_with(b"meta") {
            b"charset"
        } else if tag.starts_with(b"?xml") {
            b"encoding"
        } else {
            continue;
        };
        let value = memchr::memmem::find(tag, key).map(|found| &tag[found + key.len()..]);
        let label = value.map(<[u8]>::trim_ascii_start).and_then(|rest| rest.strip_prefix(b"="));
        if let Some(label) = label {
            let label: Vec<u8> = label
                .iter()
                .copied()
                .skip_while(|byte| byte.is_ascii_whitespace() || matches!(byte, b'"' | b'\''))
                .take_while(|byte| byte.is_ascii_alphanumeric() || b"-_:.".contains(byte))
                .collect();
            let label = String::from_utf8(label).ok()?;
            // A page that can be read so far is not in UTF-16.
            return (!label.is_empty() && !label.starts_with("utf-16")).then_some(label);
        }
    }
    None
}

/// Reads what meta tags say of the document.
pub(super) fn metadata(flat: &Flat<'_>) -> Metadata {
    let metas: Vec<(String, &str)> = flat
        .elements(0..flat.len())
        .filter(|(_, element)| element.name() == "meta")
        .filter_map(|(_, element)| Some((name(element)?, element.attr("content")?.trim())))
        .filter(|(_, content)| !content.is_empty())
        .collect();
    let first = |names: &[&str]| {
        names.iter().find_map(|wanted| {
            metas.iter().find(|(name, _)| name == wanted).map(|(_, content)| *content)
        })
    };
    Metadata {
        title: first(&TITLE_NAMES).map(squeeze),
        published_at: POSTED_NAMES.iter().find_map(|name| first(&[name]).and_then(iso_moment)),
        ..Metadata::default()
    }
}

/// Returns what the page calls itself, the name of the site included.
pub(super) fn page_title(flat: &Flat<'_>) -> Option<String> {
    let (at, _) = flat.elements(0..flat.len()).find(|(_, element)| element.name() == "title")?;
    let title: String =
        flat.part(at).filter_map(|at| flat.node(at).as_text()).map(|text| &**text).collect();
    let title = squeeze(&title);
    (!title.is_empty()).then_some(title)
}

fn name(element: &Element) -> Option<String> {
    Some(element.attr("name").or_else(|| element.attr("property"))?.trim().to_lowercase())
}

/// Makes one blank of each run of blanks.
fn squeeze(text: &str) -> String {
    text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

/// Reads a date and a time of day as meta tags write them: 2024-03-22 10:00:19,
/// 2026-09-28-21:50:00, 2024/3/22, 2024年3月22日.
fn iso_moment(text: &str) -> Option<String> {
    let numbers: Vec<&str> =
        text.split(|ch: char| !ch.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let number = |at: usize, from: u32, to: u32| {
        let number: u32 = numbers.get(at)?.parse().ok()?;
        (from..=to).contains(&number).then_some(number)
    };
    let (year, month, day) = (number(0, 1949, 2199)?, number(1, 1, 12)?, number(2, 1, 31)?);
    let date = format!("{year}-{month:02}-{day:02}");
    Some(match (number(3, 0, 23), number(4, 0, 59), number(5, 0, 59)) {
        (Some(hour), Some(minute), Some(second)) => {
            format!("{date}T{hour:02}:{minute:02}:{second:02}")
        }
        (Some(hour), Some(minute), None) => format!("{date}T{hour:02}:{minute:02}"),
        _ => date,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_encoding_is_declared_in_several_ways() {
        let check = |page: &str, expected: Option<&str>| {
            assert_eq!(declared_charset(page.as_bytes()).as_deref(), expected, "{page}");
        };
        check("<html><META http-equiv=x content=\"text/html; charset=GB2312\">", Some("gb2312"));
        check("<head><meta charset = 'gbk' />", Some("gbk"));
        check("<?xml version=\"1.0\" encoding=\"big5\"?><html>", Some("big5"));
        check("<meta name=x content=y><meta charset=utf-8>", Some("utf-8"));
        check("<meta charset=utf-16>", None);
        check("<p>charset=gbk</p><meta", None);
    }

    #[test]
    fn moments_are_as_precise_as_written() {
        assert_eq!(iso_moment("2024-03-22 10:00:19").as_deref(), Some("2024-03-22T10:00:19"));
        assert_eq!(iso_moment("2026-09-28-21:50").as_deref(), Some("2026-09-28T21:50"));
        assert_eq!(iso_moment("2024年3月2日").as_deref(), Some("2024-03-02"));
        assert_eq!(iso_moment("2024-13-02"), None);
        assert_eq!(iso_moment("2024"), None);
    }
}
