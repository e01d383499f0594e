//! XML as it is put together: block elements on lines of their own, words as they are.

use std::borrow::Cow;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// Puts XML together in memory.
pub(super) struct Xml {
    out: Writer<Vec<u8>>,
    depth: usize,
}

impl Default for Xml {
    fn default() -> Self {
        let mut xml = Self { out: Writer::new(Vec::new()), depth: 0 };
        xml.write(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
        xml
    }
}

impl Xml {
    /// Opens an element that holds elements.
    pub(super) fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.begin_line(name, attributes);
        self.depth += 1;
    }

    /// Closes it.
    pub(super) fn close(&mut self, name: &str) {
        self.depth = self.depth.saturating_sub(1);
        self.new_line();
        self.inner_close(name);
    }

    /// Writes an element with nothing in it.
    pub(super) fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.new_line();
        self.write(Event::Empty(start(name, attributes)));
    }

    /// Opens an element that holds words.
    pub(super) fn begin_line(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.new_line();
        self.inner_open(name, attributes);
    }

    /// Closes it.
    pub(super) fn end_line(&mut self, name: &str) {
        self.inner_close(name);
    }

    /// Opens an element within words.
    pub(super) fn inner_open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.write(Event::Start(start(name, attributes)));
    }

    /// Closes it.
    pub(super) fn inner_close(&mut self, name: &str) {
        self.write(Event::End(BytesEnd::new(name)));
    }

    /// Writes words.
    pub(super) fn text(&mut self, words: &str) {
        self.write(Event::Text(BytesText::new(&allowed(words))));
    }

    /// Returns how many bytes have been written.
    pub(super) fn len(&self) -> usize {
        self.out.get_ref().len()
    }

    /// Returns all that was written.
    pub(super) fn finish(mut self) -> String {
        self.new_line();
        String::from_utf8(self.out.into_inner()).unwrap_or_default()
    }

    fn new_line(&mut self) {
        let line = format!("\n{}", "  ".repeat(self.depth));
        self.write(Event::Text(BytesText::from_escaped(line)));
    }

    fn write(&mut self, event: Event<'_>) {
        // Writing to memory does not fail.
        let _ = self.out.write_event(event);
    }
}

fn start<'n>(name: &'n str, attributes: &[(&str, &str)]) -> BytesStart<'n> {
    let mut start = BytesStart::new(name);
    for (name, value) in attributes {
        start.push_attribute((*name, &*allowed(value)));
    }
    start
}

/// Leaves out what XML 1.0 cannot hold: control characters of a saved page.
fn allowed(words: &str) -> Cow<'_, str> {
    let is_allowed = |ch: char| matches!(ch, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    if words.chars().all(is_allowed) {
        Cow::Borrowed(words)
    } else {
        Cow::Owned(words.chars().filter(|ch| is_allowed(*ch)).collect())
    }
}
