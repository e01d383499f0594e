//! Office packages: zip archives whose parts name each other by relationship.

use crate::archive::Archive;
use crate::error::Error;
use crate::options::Limits;
#[cfg(any(feature = "docx", feature = "xlsx"))]
use crate::xml::{Token, Xml};

/// A package in memory.
pub(crate) struct Package<'b> {
    archive: Archive<'b>,
    #[cfg(any(feature = "docx", feature = "xlsx"))]
    kind: &'static str,
    limits: Limits,
}

/// A part of a package that another one names.
#[cfg(any(feature = "docx", feature = "xlsx"))]
pub(crate) struct Relationship {
    /// The name by which the part refers to it.
    #[cfg(feature = "xlsx")]
    pub(crate) id: String,
    /// The last word of its type: `styles`, `numbering`. What stands before it
    /// differs between the families of Office formats.
    pub(crate) role: String,
    /// The name of the part in the archive.
    pub(crate) target: String,
}

impl<'b> Package<'b> {
    /// Opens a package; `kind` is what its file is called in a sentence.
    ///
    /// # Errors
    ///
    /// Those of [`Archive::open`].
    pub(crate) fn open(bytes: &'b [u8], kind: &'static str, limits: Limits) -> Result<Self, Error> {
        let archive = Archive::open(bytes, kind, limits)?;
        Ok(Self {
            archive,
            #[cfg(any(feature = "docx", feature = "xlsx"))]
            kind,
            limits,
        })
    }

    /// Returns the text of a part; `None` where there is none of that name.
    ///
    /// # Errors
    ///
    /// Those of [`Archive::unpack`].
    pub(crate) fn part(&mut self, name: &str) -> Result<Option<String>, Error> {
        Ok(self.archive.unpack(name)?.map(text_of))
    }

    /// Returns what a part names, the package itself for an empty name.
    ///
    /// # Errors
    ///
    /// Those of [`Archive::unpack`] and [`Xml::next`].
    #[cfg(any(feature = "docx", feature = "xlsx"))]
    pub(crate) fn relationships(&mut self, part: &str) -> Result<Vec<Relationship>, Error> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let name = join(folder, &format!("_rels/{file}.rels"));
        let mut found = Vec::new();
        let Some(text) = self.part(&name)? else { return Ok(found) };
        let mut xml = Xml::new(&text, &name, self.kind, self.limits);
        loop {
            match xml.next()? {
                Token::Open(element) if element.name() == "Relationship" => {
                    if element.attribute("TargetMode").is_some_and(|mode| mode == "External") {
                        continue;
                    }
                    let role = element.attribute("Type").unwrap_or_default();
                    let role = role.rsplit('/').next().unwrap_or_default().to_owned();
                    let target = element.attribute("Target").unwrap_or_default();
                    found.push(Relationship {
                        #[cfg(feature = "xlsx")]
                        id: element.attribute("Id").unwrap_or_default(),
                        role,
                        target: join(folder, &target),
                    });
                }
                Token::End => return Ok(found),
                _ => {}
            }
        }
    }

    /// Returns the limits the package is read within.
    pub(crate) fn limits(&self) -> Limits {
        self.limits
    }
}

/// Returns the name of the part that plays a role.
#[cfg(any(feature = "docx", feature = "xlsx"))]
pub(crate) fn target<'r>(relationships: &'r [Relationship], role: &str) -> Option<&'r str> {
    relationships.iter().find(|each| each.role == role).map(|each| each.target.as_str())
}

/// Resolves the name of a part as another part in `folder` writes it.
pub(crate) fn join(folder: &str, target: &str) -> String {
    let mut path: Vec<&str> = match target.starts_with('/') {
        true => Vec::new(),
        false => folder.split('/').filter(|step| !step.is_empty()).collect(),
    };
    for step in target.split(['/', '\\']).filter(|step| !step.is_empty()) {
        match step {
            "." => {}
            ".." => {
                path.pop();
            }
            _ => path.push(step),
        }
    }
    path.join("/")
}

/// Decodes a part: UTF-16 where a mark says so, else UTF-8.
fn text_of(bytes: Vec<u8>) -> String {
    match encoding_rs::Encoding::for_bom(&bytes) {
        None => String::from_utf8(bytes)
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()),
        Some((encoding, _)) => encoding.decode_with_bom_removal(&bytes).0.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_named_relative_to_the_part_that_names_them() {
        assert_eq!(join("word", "styles.xml"), "word/styles.xml");
        assert_eq!(join("word", "/word/styles.xml"), "word/styles.xml");
        assert_eq!(join("word", "../customXml/item1.xml"), "customXml/item1.xml");
        assert_eq!(join("", "../../etc/passwd"), "etc/passwd");
    }
}
