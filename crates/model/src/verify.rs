//! Checks that a document keeps what the contract promises.

use std::collections::{HashMap, HashSet};
use std::fmt;

use crate::{AssignmentForm, Cell, Division, DivisionId, Document, Span, Table};

/// A promise that a document breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation(String);

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Checks a document against its text and returns every broken promise:
///
/// * every non-blank byte belongs to exactly one division's own part or to one
///   boilerplate entry;
/// * ids are unique, parents come before children, and a child lies inside its parent;
/// * every span lies on character boundaries inside the text;
/// * a division's marker, title, text and closing assignments together are its
///   own part, with nothing but blanks and title-closing marks left over; what a row
///   of a table leaves over is said by the cells of its table;
/// * the rows of a table stand in it, in order.
///
/// An empty list means that all hold.
pub fn verify(document: &Document, text: &str) -> Vec<Violation> {
    let mut violations = Vec::new();
    check_spans(document, text, &mut violations);
    if !violations.is_empty() {
        return violations;
    }
    check_tree(document, &mut violations);
    check_tables(document, &mut violations);
    let owners = owners(document, text, &mut violations);
    if violations.is_empty() {
        check_own_parts(document, text, &owners, &mut violations);
    }
    violations
}

const BOILERPLATE: u32 = u32::MAX - 1;
const NOBODY: u32 = u32::MAX;

fn check_spans(document: &Document, text: &str, violations: &mut Vec<Violation>) {
    let mut check = |what: &str, span: &Span| {
        if text.get(span.range()).is_none() {
            violations.push(Violation(format!("{what}: span {span:?} is not a slice of the text")));
        }
    };
    for division in &document.divisions {
        check(division.id.as_str(), &division.span);
    }
    document.boilerplate.iter().for_each(|piece| check("boilerplate", &piece.span));
    document.assignments.iter().for_each(|assignment| check("assignment", &assignment.span));
    document.targets.iter().for_each(|target| check("target", &target.span));
    document.citations.iter().for_each(|citation| check("citation", &citation.span));
    document.diagnostics.iter().for_each(|diagnostic| check("diagnostic", &diagnostic.span));
}

fn check_tree(document: &Document, violations: &mut Vec<Violation>) {
    let mut seen: HashMap<&DivisionId, &Division> = HashMap::new();
    let mut last_start = 0;
    for division in &document.divisions {
        if division.span.start() < last_start {
            violations.push(Violation(format!("{}: not in document order", division.id)));
        }
        last_start = division.span.start();
        if let Some(parent) = &division.parent {
            match seen.get(parent) {
                None => violations.push(Violation(format!(
                    "{}: parent {parent} does not come before it",
                    division.id
                ))),
                Some(parent) if !parent.span.contains(&division.span) => violations.push(
                    Violation(format!("{}: lies outside its parent {}", division.id, parent.id)),
                ),
                Some(_) => {}
            }
        }
        if seen.insert(&division.id, division).is_some() {
            violations.push(Violation(format!("{}: the id stands twice", division.id)));
        }
    }
    let named: HashSet<&DivisionId> = document
        .assignments
        .iter()
        .map(|assignment| &assignment.division)
        .chain(document.targets.iter().map(|target| &target.division))
        .chain(document.citations.iter().map(|citation| &citation.division))
        .collect();
    let mut unknown: Vec<_> = named.into_iter().filter(|id| !seen.contains_key(id)).collect();
    unknown.sort();
    for id in unknown {
        violations.push(Violation(format!("{id}: named by a record, but no division has that id")));
    }
}

fn check_tables(document: &Document, violations: &mut Vec<Violation>) {
    for division in &document.divisions {
        let Some(table) = &division.table else { continue };
        let mut end = division.span.start();
        for row in &table.rows {
            // On a printed page the lines of one cell stand round those of another.
            let mut behind = end;
            for cell in row {
                if cell.span.start() < end || cell.span.end() > division.span.end() {
                    violations.push(Violation(format!(
                        "{}: the cell {:?} is out of place",
                        division.id, cell.span
                    )));
                    break;
                }
                behind = behind.max(cell.span.end());
            }
            end = behind;
        }
        if table.header_rows as usize > table.rows.len() {
            violations.push(Violation(format!("{}: the header has more rows", division.id)));
        }
    }
}

/// Returns for each byte the index of the division that owns it.
fn owners(document: &Document, text: &str, violations: &mut Vec<Violation>) -> Vec<u32> {
    let mut owners = vec![NOBODY; text.len()];
    let index_of: HashMap<&DivisionId, u32> = document
        .divisions
        .iter()
        .zip(0u32..)
        .map(|(division, index)| (&division.id, index))
        .collect();
    for (division, index) in document.divisions.iter().zip(0u32..) {
        let parent =
            division.parent.as_ref().and_then(|id| index_of.get(id)).copied().unwrap_or(NOBODY);
        let mut clash = false;
        for owner in &mut owners[division.span.range()] {
            clash |= *owner != parent;
            *owner = index;
        }
        if clash {
            violations.push(Violation(format!(
                "{}: overlaps a division that is not its parent",
                division.id
            )));
        }
    }
    for piece in &document.boilerplate {
        let mut clash = false;
        for owner in &mut owners[piece.span.range()] {
            clash |= *owner == BOILERPLATE;
            *owner = BOILERPLATE;
        }
        if clash {
            violations.push(Violation(format!("boilerplate {:?} overlaps another", piece.span)));
        }
    }
    for (at, ch) in text.char_indices() {
        if owners[at] == NOBODY && !is_blank(ch) {
            let rest: String = text[at..].chars().take(12).collect();
            violations.push(Violation(format!("byte {at} ({rest}…) belongs to nothing")));
            break;
        }
    }
    owners
}

fn check_own_parts(
    document: &Document,
    text: &str,
    owners: &[u32],
    violations: &mut Vec<Violation>,
) {
    let mut own = vec![String::new(); document.divisions.len()];
    for (at, ch) in text.char_indices() {
        if let Some(part) = own.get_mut(owners[at] as usize)
            && !is_blank(ch)
        {
            part.push(ch);
        }
    }
    let mut closing: HashMap<&DivisionId, Vec<&str>> = HashMap::new();
    let mut spans = HashSet::new();
    for assignment in &document.assignments {
        if assignment.form == AssignmentForm::Closing
            && spans.insert((&assignment.division, assignment.span.start()))
        {
            closing.entry(&assignment.division).or_default().push(&assignment.text);
        }
    }
    let mut rows = TableRows::of(document);
    for (division, own) in document.divisions.iter().zip(&own) {
        let mut left = CharBag::of(own);
        let row = rows.cells_of(division);
        // The title of a table may be its first row, which its text holds.
        let title = division.title.as_deref().filter(|title| {
            let first = division.table.as_ref().and_then(|table| table.rows.first()?.first());
            let words = |text: &str| text.split_whitespace().collect::<String>();
            first.is_none_or(|cell| words(&cell.text) != words(title))
        });
        let pieces = division
            .marker
            .iter()
            .map(|marker| marker.text.as_str())
            .chain(title)
            .chain([division.text.as_str()])
            .chain(closing.get(&division.id).into_iter().flatten().copied());
        for piece in pieces {
            if let Err(ch) = left.take(piece) {
                violations.push(Violation(format!(
                    "{}: {ch:?} is said more often than it stands in its own part",
                    division.id
                )));
            }
        }
        // Signs of markup belong to the part and to no field.
        let signs = CharBag::of(&markup_of(own));
        if let Some(cells) = row {
            left = CharBag::of(own);
            for cell in cells {
                if let Err(ch) = left.take(cell) {
                    violations.push(Violation(format!(
                        "{}: {ch:?} is said more often by its cells than it stands there",
                        division.id
                    )));
                }
            }
        }
        if let Some(ch) = left.rest_over(&signs).find(|ch| !is_title_end(*ch)) {
            violations.push(Violation(format!(
                "{}: {ch:?} stands in its own part but in no field",
                division.id
            )));
        }
    }
}

/// The cells of rows that are divisions, met in document order.
struct TableRows<'d> {
    tables: HashMap<&'d DivisionId, (&'d Table, usize)>,
}

impl<'d> TableRows<'d> {
    fn of(document: &'d Document) -> Self {
        let tables = document.divisions.iter();
        let tables =
            tables.filter_map(|division| Some((&division.id, (division.table.as_ref()?, 0))));
        Self { tables: tables.collect() }
    }

    /// Returns what the cells of a row say, if the division is one.
    fn cells_of(&mut self, division: &Division) -> Option<impl Iterator<Item = &'d str>> {
        let (table, next) = self.tables.get_mut(division.parent.as_ref()?)?;
        let starts_before = |row: &Vec<Cell>| {
            row.first().is_none_or(|cell| cell.span.start() < division.span.start())
        };
        *next += table.rows[*next..].iter().take_while(|row| starts_before(row)).count();
        let row = table.rows.get(*next)?;
        Some(row.iter().map(|cell| cell.text.as_str()))
    }
}

/// Counts of characters, for comparing a part with the fields made from it.
struct CharBag(HashMap<char, i64>);

impl CharBag {
    fn of(text: &str) -> Self {
        let mut bag = HashMap::new();
        for ch in text.chars() {
            *bag.entry(ch).or_default() += 1;
        }
        Self(bag)
    }

    fn take(&mut self, text: &str) -> Result<(), char> {
        for ch in text.chars().filter(|ch| !is_blank(*ch)) {
            let count = self.0.entry(ch).or_default();
            *count -= 1;
            if *count < 0 {
                return Err(ch);
            }
        }
        Ok(())
    }

    /// Returns what is left beyond `allowed`, smallest first, so that reports are stable.
    fn rest_over(&self, allowed: &Self) -> impl Iterator<Item = char> {
        let may = |ch: &char| allowed.0.get(ch).copied().unwrap_or(0);
        let mut rest: Vec<char> =
            self.0.iter().filter(|(ch, count)| **count > may(ch)).map(|(ch, _)| *ch).collect();
        rest.sort_unstable();
        rest.into_iter()
    }
}

/// Returns the signs of Markdown and of web pages in a part without blanks:
/// ** # > \\ |, the brackets and addresses of links, entities of blanks, <br>.
fn markup_of(own: &str) -> String {
    const ENTITIES: [&str; 7] =
        ["&nbsp;", "&emsp;", "&ensp;", "&thinsp;", "&sp;", "&#160;", "&#12288;"];
    let mut signs = String::new();
    let mut at = 0;
    while let Some(ch) = own[at..].chars().next() {
        let rest = &own[at..];
        let line_break = ["<br>", "<br/>"].iter().find(|sign| rest.starts_with(**sign));
        let entity = ENTITIES.iter().find(|entity| rest.starts_with(**entity));
        let len = if let Some(sign) = entity.or(line_break) {
            sign.len()
        } else if let Some(len) = picture_len(rest) {
            len
        } else if rest.starts_with("](") {
            rest.bytes()
                .take(LONGEST_ADDRESS)
                .position(|byte| byte == b')')
                .map_or(1, |end| end + 1)
        } else if matches!(ch, '*' | '#' | '>' | '\\' | '-' | '_' | '!' | '[' | ']' | '|') {
            1
        } else {
            0
        };
        signs.push_str(&rest[..len]);
        at += len.max(ch.len_utf8());
    }
    signs
}

/// Bytes of an address, at most.
const LONGEST_ADDRESS: usize = 2_000;

/// Returns the length of a picture, the words that stand for it included: ![words](address).
fn picture_len(rest: &str) -> Option<usize> {
    const LONGEST_WORDS: usize = 600;
    let bytes = rest.strip_prefix("![")?.as_bytes();
    let words = bytes.iter().take(LONGEST_WORDS).position(|byte| *byte == b']')?;
    let address = bytes.get(words + 1..).filter(|address| address.starts_with(b"("))?;
    let end = address.iter().take(LONGEST_ADDRESS).position(|byte| *byte == b')')?;
    Some("![".len() + words + 1 + end + 1)
}

/// White space, and characters that print nothing.
fn is_blank(ch: char) -> bool {
    ch.is_whitespace()
        || ch.is_control()
        || matches!(ch, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{00ad}')
}

/// Marks that close a run-in title and belong to neither title nor text.
fn is_title_end(ch: char) -> bool {
    matches!(ch, '。' | '：' | ':' | '．' | '.')
}
