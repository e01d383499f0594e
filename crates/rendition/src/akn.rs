//! A document as Akoma Ntoso 3.0 XML (OASIS LegalDocML).
//!
//! A policy document is a `doc`: what stands before its first division is the
//! preface and the preamble, what stands behind the last one the conclusions, and
//! attachments are documents of their own. Every division keeps its id as `eId`.
//! Kinds that the standard's hierarchy knows are elements of it, the others are
//! `hcontainer`s named after their kind. What the standard has no element for,
//! targets and duties as records, stands in `proprietary`.

mod meta;
mod xml;

use gangmu_model::{Cell, Division, DivisionKind, Document};

use self::meta::Meta;
use self::xml::Xml;
use crate::flow::{Content, Flow};
use crate::inline::{Inline, Mark, Marks};
use crate::run::{Part, Run, align};
use crate::section::{Item, Section, sections};

/// Renders a document as Akoma Ntoso; `source` is the text that its spans point into.
pub fn akoma_ntoso(document: &Document, source: &str) -> String {
    let flow = Flow::of(document, source);
    let items = sections(&flow);
    let mut writer = Writer {
        document,
        source,
        flow: &flow,
        marks: Marks::of(document, source),
        meta: Meta::of(document),
        xml: Xml::default(),
    };
    writer.write(&items);
    writer.xml.finish()
}

struct Writer<'d> {
    document: &'d Document,
    source: &'d str,
    flow: &'d Flow,
    marks: Marks,
    meta: Meta<'d>,
    xml: Xml,
}

/// The items of a document by the part of `doc` that they stand in.
struct Parts<'i> {
    preface: &'i [Item],
    preamble: &'i [Item],
    body: &'i [Item],
    conclusions: &'i [Item],
    attachments: &'i [Item],
}

impl Writer<'_> {
    fn write(&mut self, items: &[Item]) {
        let parts = self.parts(items);
        self.xml.open("akomaNtoso", &[("xmlns", meta::NAMESPACE), ("xmlns:gangmu", meta::OWN)]);
        let kind = self.document.metadata.document_kind.as_deref().unwrap_or("doc");
        self.xml.open("doc", &[("name", kind)]);
        self.meta.write(&mut self.xml);
        for (name, items) in [("preface", parts.preface), ("preamble", parts.preamble)] {
            self.frame(name, items);
        }
        self.body(parts.body);
        self.frame("conclusions", parts.conclusions);
        if !parts.attachments.is_empty() {
            self.xml.open("attachments", &[]);
            for item in parts.attachments {
                if let Item::Section(section) = item {
                    self.attachment(section);
                }
            }
            self.xml.close("attachments");
        }
        self.xml.close("doc");
        self.xml.close("akomaNtoso");
    }

    fn parts<'i>(&self, items: &'i [Item]) -> Parts<'i> {
        let kind = |item: &Item| match item {
            Item::Section(section) => Some(self.document.divisions[section.division].kind),
            Item::Block(_) => None,
        };
        let is_content = |item: &Item| kind(item).is_some_and(DivisionKind::is_content);
        let first = items.iter().position(is_content).unwrap_or(items.len());
        let (before, rest) = items.split_at(first);
        let titles = before.iter().rposition(|item| kind(item) == Some(DivisionKind::FrontMatter));
        let (preface, preamble) = before.split_at(titles.map_or(0, |last| last + 1));
        let behind = |items: &[Item], wanted: DivisionKind| {
            items.iter().rposition(|item| kind(item) != Some(wanted)).map_or(0, |last| last + 1)
        };
        let (rest, attachments) = rest.split_at(behind(rest, DivisionKind::Attachment));
        let (body, conclusions) = rest.split_at(behind(rest, DivisionKind::Closing));
        Parts { preface, preamble, body, conclusions, attachments }
    }

    /// A part before or behind the body: its divisions as containers.
    fn frame(&mut self, name: &str, items: &[Item]) {
        if items.is_empty() {
            return;
        }
        self.xml.open(name, &[]);
        for item in items {
            match item {
                Item::Block(at) => self.block(*at),
                Item::Section(section) => {
                    let division = &self.document.divisions[section.division];
                    let attributes =
                        [("name", division.kind.name()), ("eId", division.id.as_str())];
                    self.xml.open("container", &attributes);
                    self.frame_blocks(&section.items);
                    self.xml.close("container");
                }
            }
        }
        self.xml.close(name);
    }

    fn frame_blocks(&mut self, items: &[Item]) {
        for item in items {
            match item {
                Item::Block(at) => self.block(*at),
                Item::Section(inner) => self.frame_blocks(&inner.items),
            }
        }
    }

    fn body(&mut self, items: &[Item]) {
        self.xml.open("mainBody", &[]);
        if items.is_empty() {
            self.xml.empty("p", &[]);
        }
        for item in items {
            match item {
                Item::Block(at) => self.block(*at),
                Item::Section(section) => self.hierarchy(section),
            }
        }
        self.xml.close("mainBody");
    }

    /// An attachment is a document with a head of its own.
    fn attachment(&mut self, section: &Section) {
        let division = &self.document.divisions[section.division];
        self.xml.open("attachment", &[("eId", division.id.as_str())]);
        let rest = self.names(section);
        self.xml.open("doc", &[("name", "附件")]);
        self.meta.write_component(&mut self.xml, division);
        self.xml.open("mainBody", &[]);
        let (items, n_before) = (&section.items, self.xml.len());
        for item in items {
            match item {
                Item::Block(at) => {
                    if !self.is_name(*at) {
                        self.paragraph(*at, &rest);
                    }
                }
                Item::Section(inner) => self.hierarchy(inner),
            }
        }
        if self.xml.len() == n_before {
            self.xml.empty("p", &[]);
        }
        self.xml.close("mainBody");
        self.xml.close("doc");
        self.xml.close("attachment");
    }

    /// A division of the body: number, heading, and text or divisions inside.
    fn hierarchy(&mut self, section: &Section) {
        let division = &self.document.divisions[section.division];
        let element = element(division.kind);
        let id = division.id.as_str();
        if element == "hcontainer" {
            self.xml.open(element, &[("name", division.kind.name()), ("eId", id)]);
        } else {
            self.xml.open(element, &[("eId", id)]);
        }
        let rest = self.names(section);
        let items: Vec<&Item> = section
            .items
            .iter()
            .filter(|item| !matches!(item, Item::Block(at) if self.is_name(*at)))
            .collect();
        let is_section = |item: &&Item| matches!(item, Item::Section(_));
        match (items.iter().position(is_section), items.iter().rposition(is_section)) {
            (Some(first), Some(last)) => {
                self.blocks("intro", &items[..first], &rest);
                for run in items[first..=last].chunk_by(|a, b| is_section(a) == is_section(b)) {
                    if let Item::Section(_) = run[0] {
                        for item in run {
                            if let Item::Section(inner) = item {
                                self.hierarchy(inner);
                            }
                        }
                    } else {
                        self.xml.open("hcontainer", &[("name", "text")]);
                        self.blocks("content", run, &rest);
                        self.xml.close("hcontainer");
                    }
                }
                self.blocks("wrapUp", &items[last + 1..], &rest);
            }
            _ => {
                self.blocks("content", &items, &rest);
                if items.is_empty() {
                    self.xml.empty("content", &[]);
                }
            }
        }
        self.xml.close(element);
    }

    /// Writes the number and the heading of a division; returns what its first
    /// paragraph says behind them.
    fn names(&mut self, section: &Section) -> Rest {
        let blocks = section.items.iter().filter_map(|item| match item {
            Item::Block(at) => Some(*at),
            Item::Section(_) => None,
        });
        let (mut number, mut title) = (Vec::new(), Vec::new());
        let mut rest = None;
        for at in blocks {
            let Some(runs) = runs(&self.flow.blocks[at].content) else { continue };
            let is_named = runs.iter().any(|run| matches!(run.part, Part::Marker | Part::Title));
            if !is_named {
                continue;
            }
            let marker = runs.iter().take_while(|run| run.part == Part::Marker).count();
            number.extend_from_slice(&runs[..marker]);
            let is_heading = matches!(self.flow.blocks[at].content, Content::Heading(_));
            let end = if is_heading {
                runs.len()
            } else {
                let named = |run: &&Run| matches!(run.part, Part::Title | Part::Mark);
                marker + runs[marker..].iter().take_while(named).count()
            };
            title.extend_from_slice(&runs[marker..end]);
            if end < runs.len() {
                rest = Some((at, end));
            }
        }
        for (name, runs) in [("num", number), ("heading", title)] {
            if !runs.is_empty() {
                self.line(name, &runs);
            }
        }
        rest
    }

    /// Whether a block is said by the number and the heading alone.
    fn is_name(&self, at: usize) -> bool {
        matches!(self.flow.blocks[at].content, Content::Heading(_))
    }

    fn blocks(&mut self, name: &str, items: &[&Item], rest: &Rest) {
        if items.is_empty() {
            return;
        }
        self.xml.open(name, &[]);
        for item in items {
            if let Item::Block(at) = item {
                self.paragraph(*at, rest);
            }
        }
        self.xml.close(name);
    }

    /// A block of the text; of the one that opens with number and heading, the rest.
    fn paragraph(&mut self, at: usize, rest: &Rest) {
        match (rest, runs(&self.flow.blocks[at].content)) {
            (Some((first, from)), Some(runs)) if *first == at => self.line("p", &runs[*from..]),
            _ => self.block(at),
        }
    }

    fn block(&mut self, at: usize) {
        let block = &self.flow.blocks[at];
        match &block.content {
            Content::Title(runs) => {
                self.xml.begin_line("p", &[]);
                self.xml.inner_open("docTitle", &[]);
                self.runs(runs);
                self.xml.inner_close("docTitle");
                self.xml.end_line("p");
            }
            Content::Heading(runs) | Content::Paragraph(runs) | Content::Row(runs) => {
                self.line("p", runs);
            }
            Content::Table => self.table(block.division),
        }
    }

    fn line(&mut self, name: &str, runs: &[Run]) {
        self.xml.begin_line(name, &[]);
        self.runs(runs);
        self.xml.end_line(name);
    }

    fn table(&mut self, at: usize) {
        let document = self.document;
        let division: &Division = &document.divisions[at];
        let Some(table) = &division.table else { return };
        self.xml.open("table", &[]);
        let mut rows = document.divisions[at + 1..]
            .iter()
            .take_while(|row| row.parent.as_ref() == Some(&division.id))
            .peekable();
        for (line, row) in table.rows.iter().enumerate().filter(|(_, row)| !row.is_empty()) {
            let start = row[0].span.start();
            let is_head = line < table.header_rows as usize;
            let found = rows.next_if(|row| !is_head && row.span.start() <= start);
            match found {
                Some(found) => self.xml.open("tr", &[("eId", found.id.as_str())]),
                None => self.xml.open("tr", &[]),
            }
            for cell in row {
                self.cell(if is_head { "th" } else { "td" }, cell);
            }
            self.xml.close("tr");
        }
        self.xml.close("table");
    }

    fn cell(&mut self, name: &str, cell: &Cell) {
        let runs = align(self.source, cell.span.range(), &cell.text, Part::Text);
        self.xml.open(name, &[]);
        for line in crate::run::lines(&runs) {
            self.line("p", &line);
        }
        self.xml.close(name);
    }

    fn runs(&mut self, runs: &[Run]) {
        let mut words = String::new();
        let inline = self.marks.inline(runs, &mut words);
        self.inline(&inline);
    }

    fn inline(&mut self, inline: &[Inline<'_>]) {
        for each in inline {
            match each {
                Inline::Words(words) => self.xml.text(words),
                Inline::Marked(mark, inner) => self.marked(*mark, inner),
            }
        }
    }

    fn marked(&mut self, mark: Mark, inner: &[Inline<'_>]) {
        let document = self.document;
        let (name, attributes): (&str, Vec<(&str, String)>) = match mark {
            // What a goal is, and what a duty, stands beside the text as a record.
            Mark::Target(at) => (
                "span",
                vec![("class", "target".to_owned()), ("gangmu:record", meta::target_id(at))],
            ),
            Mark::Value(at) => {
                let target = &document.targets[at];
                let mut attributes = vec![("refersTo", self.meta.indicator(at))];
                if let Some(value) = target.value {
                    attributes.push(("normalized", value.to_string()));
                }
                ("quantity", attributes)
            }
            Mark::Deadline(at) => match meta::day(document.targets[at].deadline.as_ref()) {
                Some(day) => ("date", vec![("date", day)]),
                None => ("span", vec![("class", "deadline".to_owned())]),
            },
            Mark::Citation(at) => ("ref", vec![("href", format!("#{}", meta::citation_id(at)))]),
            Mark::Agency(at, place) => {
                let assignment = &document.assignments[at];
                let organization = self.meta.organization(&assignment.agencies[place]);
                let role = assignment.role.name().to_owned();
                ("organization", vec![("refersTo", organization), ("gangmu:role", role)])
            }
            Mark::Label(at) => {
                ("role", vec![("refersTo", meta::role_reference(document.assignments[at].role))])
            }
            Mark::Finding(_) => return self.inline(inner),
        };
        let attributes: Vec<(&str, &str)> =
            attributes.iter().map(|(name, value)| (*name, value.as_str())).collect();
        self.xml.inner_open(name, &attributes);
        self.inline(inner);
        self.xml.inner_close(name);
    }
}

/// The block that opens with number and heading, and the run behind them.
type Rest = Option<(usize, usize)>;

fn runs(content: &Content) -> Option<&[Run]> {
    match content {
        Content::Heading(runs)
        | Content::Title(runs)
        | Content::Paragraph(runs)
        | Content::Row(runs) => Some(runs),
        Content::Table => None,
    }
}

/// The standard's element for a kind: of its hierarchy, or a named container.
fn element(kind: DivisionKind) -> &'static str {
    match kind {
        DivisionKind::Part => "part",
        DivisionKind::Chapter => "chapter",
        DivisionKind::Section => "section",
        DivisionKind::Article => "article",
        DivisionKind::Paragraph => "paragraph",
        DivisionKind::Item => "point",
        DivisionKind::Subitem => "indent",
        DivisionKind::Measure
        | DivisionKind::ListEntry
        | DivisionKind::Box
        | DivisionKind::Table
        | DivisionKind::Attachment
        | DivisionKind::FrontMatter
        | DivisionKind::Preamble
        | DivisionKind::Closing => "hcontainer",
    }
}
