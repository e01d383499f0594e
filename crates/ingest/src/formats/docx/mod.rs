//! Word files: paragraphs with their automatic numbers, and tables.
//!
//! The numbers 一、（一）1. of most files are not in the text but counted by
//! Word; here they are counted as Word does ([`numbering`]). Tracked changes are
//! read as accepted. Headers, footers, comments, hidden text and the file's own
//! properties (title and author are those of the template as often as not) are
//! left out. A note stands as a paragraph of its own behind the one that refers
//! to it, a text box behind the one it hangs on.

mod body;
mod fields;
mod grid;
mod numbering;
mod numerals;
mod styles;
mod symbols;

use std::path::Path;

use self::body::{Context, NoteKind, Reader, Remarks};
use self::grid::Block;
use self::numbering::Numbering;
use self::styles::Styles;
use crate::container::{self, Container};
use crate::decoded::Decoded;
use crate::error::Error;
use crate::format::Format;
use crate::options::Options;
use crate::package::{Package, target};
use crate::writer::TextWriter;
use crate::xml::Xml;

const NAME: &str = "a DOCX file";

/// The text of a package that does not say where its text is.
const MAIN_PART: &str = "word/document.xml";

/// A file of Word 2007 and later, of WPS or LibreOffice in that format.
pub(super) struct Docx;

impl Format for Docx {
    fn name(&self) -> &'static str {
        NAME
    }

    fn media_type(&self) -> &'static str {
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["docx", "docm", "dotx", "dotm"]
    }

    fn fits(&self, bytes: &[u8], _file_name: &Path) -> bool {
        container::kind(bytes) == Some(Container::Word)
    }

    fn read(&self, bytes: &[u8], options: &Options) -> Result<Decoded, Error> {
        let limits = options.limits;
        let mut package = Package::open(bytes, NAME, limits)?;
        let parts = package.relationships("")?;
        let main = target(&parts, "officeDocument").unwrap_or(MAIN_PART).to_owned();
        let Some(text) = package.part(&main)? else {
            return Err(Error::Damaged { kind: NAME, detail: format!("it has no {main}") });
        };
        let mut context = context(&mut package, &main)?;
        let mut reader = Reader::new(&mut context, limits);
        let blocks = reader.read(Xml::new(&text, &main, NAME, limits))?;
        let remarks = std::mem::take(&mut reader.remarks);
        let mut writer = TextWriter::new(limits);
        for block in blocks {
            match block {
                Block::Paragraph(text) => writer.paragraph(text.trim_end())?,
                Block::Table(table) => writer.table(&table)?,
            }
        }
        let (text, places) = writer.finish();
        if text.trim().is_empty() && remarks.n_pictures > 0 {
            let pictures = counted(remarks.n_pictures, "picture");
            return Err(Error::NoText { kind: NAME, detail: format!("a scan, {pictures}") });
        }
        Ok(Decoded {
            text,
            media_type: self.media_type().to_owned(),
            charset: "utf-8".to_owned(),
            places,
            notices: notices(&remarks, &context.numbering),
            ..Decoded::default()
        })
    }
}

/// Reads the parts that a document refers to.
fn context(package: &mut Package<'_>, main: &str) -> Result<Context, Error> {
    let limits = package.limits();
    let parts = package.relationships(main)?;
    let mut context = Context::default();
    if let Some(name) = target(&parts, "styles")
        && let Some(text) = package.part(name)?
    {
        context.styles = Styles::read(Xml::new(&text, name, NAME, limits))?;
    }
    if let Some(name) = target(&parts, "numbering")
        && let Some(text) = package.part(name)?
    {
        context.numbering = Numbering::read(Xml::new(&text, name, NAME, limits))?;
    }
    for (role, kind) in [("footnotes", NoteKind::Footnote), ("endnotes", NoteKind::Endnote)] {
        if let Some(name) = target(&parts, role)
            && let Some(text) = package.part(name)?
        {
            let mut reader = Reader::new(&mut context, limits);
            let notes = reader.read_notes(Xml::new(&text, name, NAME, limits))?;
            let notes = notes.into_iter().map(|(id, blocks)| ((kind, id), blocks));
            context.notes.extend(notes);
        }
    }
    Ok(context)
}

fn notices(remarks: &Remarks, numbering: &Numbering) -> Vec<String> {
    let mut notices = Vec::new();
    if remarks.tracked_changes {
        notices.push("has tracked changes, which are read as accepted".to_owned());
    }
    if remarks.n_hidden > 0 {
        notices.push(format!(
            "hidden text is left out, {} in all",
            counted(remarks.n_hidden, "character")
        ));
    }
    if remarks.n_unknown_symbols > 0 {
        notices.push(format!(
            "signs of a font of signs are not known and stand as U+FFFD, {} in all",
            counted(remarks.n_unknown_symbols, "character")
        ));
    }
    if remarks.prompts {
        notices.push("prompts of fields that nobody filled in are left out".to_owned());
    }
    if remarks.foreign_parts {
        notices.push(
            "parts in other formats inside it are left out; save it again in Word to make them text"
                .to_owned(),
        );
    }
    for format in &numbering.unknown_formats {
        notices.push(format!("numbers of the format {format} are written as plain digits"));
    }
    notices
}

/// Returns a number of things: `1 character`, `2 characters`.
fn counted(n: usize, thing: &str) -> String {
    if n == 1 { format!("1 {thing}") } else { format!("{n} {thing}s") }
}
