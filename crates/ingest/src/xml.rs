//! XML that nobody vouches for, element by element and within limits.
//!
//! A document type is refused: office files have none, and entities that stand
//! for entities grow without bounds. Prefixes are left out of names, so both
//! families of Office namespaces read alike.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::error::{Error, Limit};
use crate::options::Limits;

/// A walk through one part of a file.
pub(crate) struct Xml<'x> {
    reader: Reader<&'x [u8]>,
    part: &'x str,
    kind: &'static str,
    limits: Limits,
    depth: usize,
    n_elements: usize,
}

/// What comes next.
pub(crate) enum Token<'x> {
    /// An element begins.
    Open(Element<'x>),
    /// The element that began last and is still open ends.
    Close,
    /// Characters, references resolved.
    Text(Cow<'x, str>),
    /// There is no more.
    End,
}

/// The beginning of an element.
pub(crate) struct Element<'x>(BytesStart<'x>);

impl Element<'_> {
    /// Returns the name without its prefix.
    pub(crate) fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// Returns the value of the first attribute of that name, whatever its prefix.
    pub(crate) fn attribute(&self, name: &str) -> Option<String> {
        let found = self
            .0
            .attributes()
            .with_checks(false)
            .flatten()
            .find(|attribute| attribute.key.local_name().into_inner() == name)?;
        let version = quick_xml::XmlVersion::Implicit1_0;
        Some(match found.normalized_value(version) {
            Ok(value) => value.into_owned(),
            Err(_) => found.value.into_owned(),
        })
    }

    /// Returns the value of `val`, which most elements of Word have.
    #[cfg(feature = "docx")]
    pub(crate) fn value(&self) -> Option<String> {
        self.attribute("val")
    }

    /// Whether the element switches something on: without a value it does.
    #[cfg(feature = "docx")]
    pub(crate) fn is_on(&self) -> bool {
        !matches!(self.value().as_deref(), Some("0" | "false" | "off" | "none"))
    }
}

impl<'x> Xml<'x> {
    /// Begins to read a part; `part` is its name, `kind` what its file is called
    /// in a sentence.
    pub(crate) fn new(text: &'x str, part: &'x str, kind: &'static str, limits: Limits) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, part, kind, limits, depth: 0, n_elements: 0 }
    }

    /// Goes on to the next token; comments and instructions are passed over.
    ///
    /// # Errors
    ///
    /// [`Error::Damaged`] where it is no sound XML or has a document type,
    /// [`Error::OverLimit`] where it is too deep or has too many elements.
    pub(crate) fn next(&mut self) -> Result<Token<'x>, Error> {
        loop {
            let event = self.reader.read_event().map_err(|error| self.damaged(&error))?;
            return Ok(match event {
                Event::Start(element) | Event::Empty(element) => {
                    self.depth += 1;
                    self.n_elements += 1;
                    self.limits.check(Limit::Depth, self.depth)?;
                    self.limits.check(Limit::Elements, self.n_elements)?;
                    Token::Open(Element(element))
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    Token::Close
                }
                Event::Text(text) => Token::Text(text.xml10_content()),
                Event::CData(text) => Token::Text(text.xml10_content()),
                Event::GeneralRef(reference) => {
                    if let Some(ch) = reference.resolve_char_ref().ok().flatten() {
                        Token::Text(Cow::Owned(ch.to_string()))
                    } else if let Some(text) =
                        quick_xml::escape::resolve_predefined_entity(&reference)
                    {
                        Token::Text(Cow::Borrowed(text))
                    } else {
                        return Err(self.damaged(&format_args!("unknown entity &{};", &*reference)));
                    }
                }
                Event::DocType(_) => {
                    return Err(self.damaged(&"it has a document type (DTD)"));
                }
                Event::Eof if self.depth > 0 => {
                    return Err(self.damaged(&"it ends inside an element"));
                }
                Event::Eof => Token::End,
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => continue,
            });
        }
    }

    /// Returns the characters of the element that began last, up to its end.
    ///
    /// # Errors
    ///
    /// Those of [`next`](Self::next).
    #[cfg(feature = "ofd")]
    pub(crate) fn text(&mut self) -> Result<String, Error> {
        let outside = self.depth - 1;
        let mut text = String::new();
        while self.depth > outside {
            if let Token::Text(more) = self.next()? {
                text.push_str(&more);
            }
        }
        Ok(text)
    }

    /// Passes over the rest of the element that began last.
    ///
    /// # Errors
    ///
    /// Those of [`next`](Self::next).
    pub(crate) fn skip(&mut self) -> Result<(), Error> {
        let outside = self.depth - 1;
        while self.depth > outside {
            self.next()?;
        }
        Ok(())
    }

    fn damaged(&self, detail: &dyn std::fmt::Display) -> Error {
        let detail = format!("{} at byte {}: {detail}", self.part, self.reader.buffer_position());
        Error::Damaged { kind: self.kind, detail }
    }
}
