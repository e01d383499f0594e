//! A document as Markdown: CommonMark with the tables of GitHub.
//!
//! Numbers stay in the text, what Markdown would take for a sign is escaped, and
//! what is known of the document as a whole stands in front matter (YAML).

use std::borrow::Cow;
use std::fmt::Write as _;

use gangmu_model::{Division, Document, Metadata, Table};
use serde_json::Value;

use crate::flow::{Content, Flow};
use crate::run::{Part, Run};

/// The deepest heading that Markdown has.
const DEEPEST: usize = 6;

/// Renders a document as Markdown; `source` is the text that its spans point into.
pub fn markdown(document: &Document, source: &str) -> String {
    let mut out = front_matter(&document.id, &document.metadata);
    let flow = Flow::of(document, source);
    for (at, block) in flow.blocks.iter().enumerate() {
        let division = &document.divisions[block.division];
        let goes_on = at > 0 && matches!(block.content, Content::Row(_)) && {
            let above = &flow.blocks[at - 1];
            above.division == block.division && matches!(above.content, Content::Row(_))
        };
        if !goes_on {
            out.push('\n');
        }
        match &block.content {
            Content::Title(runs) => {
                let joins = at > 0 && matches!(flow.blocks[at - 1].content, Content::Title(_));
                if joins {
                    out.pop();
                    out.pop();
                    let is_apart = runs.first().is_some_and(|run| run.text.starts_with(' '));
                    out.extend(is_apart.then_some(' '));
                } else {
                    out.push_str("# ");
                }
                out.push_str(&words(runs));
                out.push('\n');
            }
            Content::Heading(runs) => heading(&mut out, flow.depths[block.division] + 2, runs),
            Content::Paragraph(runs) => paragraph(&mut out, runs),
            Content::Row(runs) => {
                let _ = writeln!(out, "| {} |", words(runs));
                if !goes_on {
                    out.push_str("| --- |\n");
                }
            }
            Content::Table => table(&mut out, division),
        }
    }
    out
}

/// Writes a heading; deeper than Markdown goes, words in bold stand for one.
fn heading(out: &mut String, level: usize, runs: &[Run]) {
    let words = words(runs);
    // Writing to a string does not fail.
    let _ = if level <= DEEPEST {
        writeln!(out, "{} {words}", "#".repeat(level))
    } else {
        writeln!(out, "**{words}**")
    };
}

/// Writes a paragraph, the number and the title that it opens with in bold.
fn paragraph(out: &mut String, runs: &[Run]) {
    let named = runs.iter().take_while(|run| matches!(run.part, Part::Marker | Part::Title));
    let n_named = named.count();
    let (named, rest) = runs.split_at(n_named);
    let name: String = named.iter().map(|run| run.text.as_str()).collect();
    let bare = name.trim_end();
    // Bold that ends in a mark right before a word would not be read as bold.
    if bare.ends_with(char::is_alphanumeric) {
        let _ = write!(out, "**{}**{}", escape(bare, false), &name[bare.len()..]);
        out.push_str(&escape(&text(rest), false));
    } else {
        out.push_str(&escape(&text(runs), true));
    }
    out.push('\n');
}

fn table(out: &mut String, division: &Division) {
    let Some(Table { rows, .. }) = &division.table else { return };
    let n_columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    for (at, row) in rows.iter().enumerate() {
        for column in 0..n_columns {
            let cell = row.get(column).map_or("", |cell| &cell.text);
            let lines: Vec<Cow<'_, str>> =
                cell.lines().map(|line| escape(line.trim(), false)).collect();
            let _ = write!(out, "| {} ", lines.join("<br>"));
        }
        out.push_str("|\n");
        if at == 0 {
            out.push_str(&"| --- ".repeat(n_columns));
            out.push_str("|\n");
        }
    }
}

fn words(runs: &[Run]) -> String {
    escape(text(runs).trim(), false).into_owned()
}

fn text(runs: &[Run]) -> String {
    runs.iter().map(|run| run.text.as_str()).collect()
}

/// Puts a backslash before what Markdown would take for a sign; `opens`: whether
/// the text opens a line.
fn escape(text: &str, opens: bool) -> Cow<'_, str> {
    let lead = if opens { opening_sign(text) } else { None };
    let is_sign = |ch: char| {
        matches!(ch, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '$')
    };
    if lead.is_none() && !text.contains(is_sign) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 8);
    let mut last = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, ch)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        let within_word = ch == '_'
            && last.is_some_and(char::is_alphanumeric)
            && next.is_some_and(char::is_alphanumeric);
        if lead == Some(at) || is_sign(ch) && !within_word {
            escaped.push('\\');
        }
        escaped.push(ch);
        last = Some(ch);
    }
    Cow::Owned(escaped)
}

/// Returns where the sign stands that would make a heading, an entry of a list, a
/// rule or a fence of a line: `# `, `- `, `1. `, `---`, `+ `, `===`.
fn opening_sign(line: &str) -> Option<usize> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let behind = |at: usize| line[at + 1..].chars().next().is_none_or(char::is_whitespace);
    let first = line.chars().next()?;
    match first {
        '#' => Some(0),
        '=' | '-' | '+' => {
            let same = line.trim_end().chars().all(|ch| ch == first || ch == ' ');
            (same || behind(0)).then_some(0)
        }
        _ if (1..=9).contains(&digits) => {
            let delimits = line[digits..].starts_with(['.', ')']) && behind(digits);
            delimits.then_some(digits)
        }
        _ => None,
    }
}

/// What is known of the document, each key by its name in JSON; what is not known
/// is left out. Values are quoted as in JSON, which YAML reads.
fn front_matter(id: &str, metadata: &Metadata) -> String {
    let mut out = String::from("---\n");
    let mut entry = |key: &str, value: Value| {
        let _ = writeln!(out, "{key}: {value}");
    };
    entry("id", Value::from(id));
    if let Ok(Value::Object(mut fields)) = serde_json::to_value(metadata) {
        let title = fields.remove_entry("title");
        for (key, value) in title.into_iter().chain(fields) {
            let is_known = !value.is_null() && value.as_array().is_none_or(|list| !list.is_empty());
            if is_known {
                entry(&key, value);
            }
        }
    }
    out.push_str("---\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_escaped_where_markdown_would_read_them() {
        for (text, escaped) in [
            ("提高至**%", "提高至\\*\\*%"),
            ("1. 加强", "1\\. 加强"),
            ("1.加强", "1.加强"),
            ("# 号", "\\# 号"),
            ("- 一项", "\\- 一项"),
            ("---", "\\---"),
            ("a_b与_c_", "a_b与_c\\_"),
            ("见[表](a.xls)<br>&nbsp;", "见\\[表\\](a.xls)\\<br\\>\\&nbsp;"),
        ] {
            assert_eq!(escape(text, true), escaped);
        }
    }
}
