//! Web pages: the document without the page around it.
//!
//! What is kept: the part that holds the document, the heading above it, the
//! table of metadata and the source line, links to attachments. What is left
//! out: navigation, buttons, related links, the foot. Words, quotes and marks
//! stay as they are; tables become Markdown tables, links to attachments
//! `[words](address)`.

mod body;
mod head;
mod labels;
mod links;
mod render;
mod table;
mod tree;

use std::collections::HashSet;
use std::path::Path;

use self::render::{Block, Content};
use self::tree::Flat;
use crate::charset;
use crate::decoded::Decoded;
use crate::ending;
use crate::error::Error;
use crate::format::Format;
use crate::options::Options;
use crate::writer::TextWriter;

const NAME: &str = "an HTML page";

/// A page as saved by a browser, or as a server sent it.
pub(super) struct Html;

impl Format for Html {
    fn name(&self) -> &'static str {
        NAME
    }

    fn media_type(&self) -> &'static str {
        "text/html"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["html", "htm", "shtml", "xhtml"]
    }

    fn fits(&self, bytes: &[u8], file_name: &Path) -> bool {
        let is_named = ending(file_name).is_some_and(|ending| self.endings().contains(&&*ending));
        let head = charset::ascii_shadow(&bytes[..bytes.len().min(4 << 10)]);
        let head = head.trim_ascii_start();
        if !head.starts_with(b"<") || !charset::is_text(bytes) {
            return false;
        }
        let has = |tag: &[u8]| memchr::memmem::find(head, tag).is_some();
        has(b"<html")
            || has(b"<!doctype html")
            || has(b"<head")
            || has(b"<body")
            || is_named && !head.starts_with(b"<?xml")
    }

    fn read(&self, bytes: &[u8], options: &Options) -> Result<Decoded, Error> {
        let declared = head::declared_charset(bytes);
        let characters = charset::decode(bytes, declared.as_deref(), options)?;
        let page = tree::parse(&characters.text, &options.limits)?;
        let flat = Flat::new(&page);
        let hints = head::metadata(&flat);
        let (document, _) = body::find(&flat);
        let blocks = render::blocks(&flat, &document, options.limits)?;
        let blocks = choose(blocks, hints.title.as_deref(), head::page_title(&flat).as_deref());
        let mut writer = TextWriter::new(options.limits);
        for content in join_pairs(blocks) {
            match content {
                Content::Line(line) => writer.paragraph(&line)?,
                Content::Table(table) => writer.table(&table)?,
            }
        }
        let (text, places) = writer.finish();
        Ok(Decoded {
            text,
            media_type: self.media_type().to_owned(),
            charset: characters.encoding.name(),
            places,
            notices: characters.notices,
            hints,
        })
    }
}

/// Keeps what is the document's: all of its part of the page, and of the rest
/// its heading, its metadata and its attachments.
fn choose(blocks: Vec<Block>, title: Option<&str>, page_title: Option<&str>) -> Vec<Block> {
    let titles: Vec<String> =
        title.into_iter().chain(page_title.map(without_site)).map(core).collect();
    // Cores of what stands in the document already, or was kept.
    let mut said: HashSet<String> = blocks
        .iter()
        .filter(|block| block.inside)
        .take(HEAD_LINES)
        .filter_map(|block| Some(core(block.line()?)))
        .collect();
    let mut before = blocks.iter().any(|block| block.inside);
    blocks
        .into_iter()
        .filter(|block| {
            if block.inside {
                before = false;
                return true;
            }
            let Some(line) = block.line() else { return false };
            if before && !block.paired && is_title(block, line, &titles) {
                return said.insert(core(line));
            }
            !before && (block.attachment || labels::opens_attachments(line))
                || before && block.paired
                || labels::stands_in(line)
        })
        .collect()
}

/// Lines at the start of a document among which its title is.
const HEAD_LINES: usize = 12;

/// Shortest line, in characters, that is taken for the end of a title: 的通知.
const SHORTEST_TITLE: usize = 3;

/// Whether a line above the document is its title or a line of it.
fn is_title(block: &Block, line: &str, titles: &[String]) -> bool {
    let core = core(line);
    if core.chars().count() < SHORTEST_TITLE {
        return false;
    }
    if titles.is_empty() {
        return block.heading;
    }
    titles.iter().any(|title| *title == core || block.heading && title.contains(&core))
}

/// Returns a page's title without the names of the site and its parts:
/// 某某通知_国务院文件_中国政府网.
fn without_site(title: &str) -> &str {
    let cut = title.find(['_', '|']).unwrap_or(title.len());
    let title = &title[..cut];
    let by_dash = title.rsplit_once(['-', '–', '—']).filter(|(document, site)| {
        document.chars().count() >= 6
            && site.chars().count() >= 3
            && !site.contains(|ch: char| ch.is_ascii_digit())
    });
    by_dash.map_or(title, |(document, _)| document)
}

/// Returns the letters and digits of a title.
fn core(title: &str) -> String {
    title.chars().filter(|ch| ch.is_alphanumeric()).collect()
}

/// Puts each label of a table of metadata and its value on one line.
fn join_pairs(blocks: Vec<Block>) -> Vec<Content> {
    let mut contents = Vec::with_capacity(blocks.len());
    let mut label: Option<String> = None;
    for block in blocks {
        let line = match block.content {
            Content::Line(line) if block.paired => line,
            content => {
                contents.extend(label.take().map(Content::Line));
                contents.push(content);
                continue;
            }
        };
        if labels::is_label(&line) {
            contents.extend(label.take().map(Content::Line));
            let line = line.trim();
            let colon = if line.ends_with(['：', ':']) { "" } else { "：" };
            label = Some(format!("{line}{colon}"));
        } else {
            let label = label.take().unwrap_or_default();
            contents.push(Content::Line(label + line.trim_start()));
        }
    }
    contents.extend(label.map(Content::Line));
    contents
}

impl Block {
    fn line(&self) -> Option<&str> {
        match &self.content {
            Content::Line(line) => Some(line),
            Content::Table(_) => None,
        }
    }
}
