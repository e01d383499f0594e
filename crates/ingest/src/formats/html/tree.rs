//! From the characters of a page to a tree that has bounds, laid out flat.

use std::ops::Range;

use html5ever::driver::{ParseOpts, parse_document};
use html5ever::tendril::TendrilSink as _;
use scraper::node::Element;
use scraper::{Html, HtmlTreeSink, Node};

use crate::error::{Error, Limit};
use crate::options::Limits;

/// Bytes between two looks at how the tree grows.
const CHUNK: usize = 4 << 10;

/// Attributes of one element: comparing each with each takes time.
const MOST_ATTRIBUTES: usize = 20_000;

/// Reads a page as browsers do, as long as its tree stays within the limits.
pub(super) fn parse(text: &str, limits: &Limits) -> Result<Html, Error> {
    if most_attributes(text.as_bytes()) > MOST_ATTRIBUTES {
        return Err(Error::Damaged {
            kind: super::NAME,
            detail: format!("an element has more than {MOST_ATTRIBUTES} attributes"),
        });
    }
    let mut parser = parse_document(HtmlTreeSink::new(Html::new_document()), ParseOpts::default());
    let mut rest = text;
    while !rest.is_empty() {
        let mut end = rest.len().min(CHUNK);
        while !rest.is_char_boundary(end) {
            end += 1;
        }
        let (chunk, behind) = rest.split_at(end);
        rest = behind;
        parser.process(chunk.into());
        let page = parser.tokenizer.sink.sink.0.borrow();
        // Broken nesting can make browsers copy elements over and over.
        limits.check(Limit::Elements, page.tree.values().len())?;
        let last = page.tree.nodes().next_back();
        limits.check(Limit::Depth, last.map_or(0, |node| node.ancestors().count()))?;
    }
    Ok(parser.finish())
}

/// Returns how many attributes the element with the most has, so far as can be
/// seen without reading the page: scripts may count as elements.
fn most_attributes(text: &[u8]) -> usize {
    let mut most = 0;
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'<', &text[at..]) {
        at += found + 1;
        if !text.get(at).is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let mut n_attributes = 0;
        let mut after_equals = false;
        while let Some(&byte) = text.get(at) {
            at += 1;
            match byte {
                b'>' => break,
                b'=' => after_equals = true,
                b'"' | b'\'' if after_equals => {
                    at += memchr::memchr(byte, &text[at..]).map_or(text.len() - at, |end| end + 1);
                    after_equals = false;
                    n_attributes += 1;
                }
                _ if byte.is_ascii_whitespace() => {
                    n_attributes += usize::from(!after_equals);
                }
                b'/' => n_attributes += 1,
                _ => after_equals = false,
            }
        }
        most = most.max(n_attributes);
    }
    most
}

/// The nodes of a page in document order, so that a part of the page is a range.
pub(super) struct Flat<'t> {
    nodes: Vec<FlatNode<'t>>,
    /// Han characters of running text before each node; one more than there are nodes.
    prose: Vec<usize>,
}

struct FlatNode<'t> {
    node: &'t Node,
    /// The index behind the last node inside this one.
    end: usize,
}

impl<'t> Flat<'t> {
    pub(super) fn new(page: &'t Html) -> Self {
        let mut flat = Self { nodes: Vec::new(), prose: vec![0] };
        // Nodes that are open, and whether what stands in them is prose.
        let mut open: Vec<(usize, bool)> = Vec::new();
        for edge in page.tree.root().traverse() {
            match edge {
                ego_tree::iter::Edge::Open(node) => {
                    let node = node.value();
                    let outer = open.last().is_none_or(|(_, is_prose)| *is_prose);
                    let is_prose = outer
                        && node
                            .as_element()
                            .is_none_or(|element| element.name() != "a" && !is_invisible(element));
                    let before = flat.prose.last().copied().unwrap_or(0);
                    let own = node.as_text().filter(|_| is_prose).map_or(0, |text| n_han(text));
                    open.push((flat.nodes.len(), is_prose));
                    flat.nodes.push(FlatNode { node, end: 0 });
                    flat.prose.push(before + own);
                }
                ego_tree::iter::Edge::Close(_) => {
                    if let Some((at, _)) = open.pop() {
                        flat.nodes[at].end = flat.nodes.len();
                    }
                }
            }
        }
        flat
    }

    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    pub(super) fn node(&self, at: usize) -> &'t Node {
        self.nodes[at].node
    }

    pub(super) fn element(&self, at: usize) -> Option<&'t Element> {
        self.nodes[at].node.as_element()
    }

    /// Returns a node and all inside it.
    pub(super) fn part(&self, at: usize) -> Range<usize> {
        at..self.nodes[at].end
    }

    /// Returns the elements in a range, in order.
    pub(super) fn elements(
        &self,
        range: Range<usize>,
    ) -> impl Iterator<Item = (usize, &'t Element)> {
        range.filter_map(|at| Some((at, self.element(at)?)))
    }

    /// Returns the direct children of a node.
    pub(super) fn children(&self, at: usize) -> impl Iterator<Item = usize> {
        let end = self.nodes[at].end;
        let mut next = at + 1;
        std::iter::from_fn(move || {
            let child = (next < end).then_some(next)?;
            next = self.nodes[child].end;
            Some(child)
        })
    }

    /// Returns how many Han characters of running text stand in a range: links
    /// and scripts do not count.
    pub(super) fn prose(&self, range: &Range<usize>) -> usize {
        self.prose[range.end] - self.prose[range.start]
    }

    /// Returns the text in a range without its blanks.
    pub(super) fn squeezed_text(&self, range: Range<usize>) -> String {
        range
            .filter_map(|at| self.node(at).as_text())
            .flat_map(|text| text.chars().filter(|ch| !ch.is_whitespace()))
            .collect()
    }
}

/// Whether nothing inside an element is shown as text of the page.
pub(super) fn is_invisible(element: &Element) -> bool {
    matches!(
        element.name(),
        "head"
            | "script"
            | "style"
            | "noscript"
            | "template"
            | "svg"
            | "iframe"
            | "object"
            | "select"
            | "button"
            | "textarea"
            | "rp"
            | "rt"
            | "title"
    )
}

fn n_han(text: &str) -> usize {
    text.chars()
        .filter(|ch| matches!(ch, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}'))
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_counted_before_the_page_is_read() {
        assert!((2..9).contains(&most_attributes(b"a < b <p><p class=\"x > y\" id = z>")));
        assert!(most_attributes(format!("<p x='>' {}", "a ".repeat(500)).as_bytes()) >= 500);
        assert_eq!(most_attributes(b"<"), 0);
    }

    #[test]
    fn trees_without_bounds_are_refused() {
        let limits = Limits::default();
        let check = |text: String, limit: Limit| {
            let found = parse(&text, &limits).map(|_| ());
            assert_eq!(found, Err(Error::OverLimit { limit, value: limits.get(limit) }));
        };
        check("<div>".repeat(100_000), Limit::Depth);
        check("<font>".repeat(100_000), Limit::Depth);
        let few = Limits { max_elements: 50_000, ..limits };
        let copied: String = (0..20_000).map(|n| format!("<p><b id={n}>")).collect();
        assert!(parse(&copied, &few).is_err());
        assert!(parse(&format!("<p {}>", "a ".repeat(30_000)), &limits).is_err());
        assert!(parse(&"<p>第一条".repeat(10_000), &limits).is_ok());
    }
}
