//! OFD files: the page files of GB/T 33190.
//!
//! A zip archive of XML: `OFD.xml` names documents, a document its pages and the
//! templates these stand on. Words come with their places on the page and become
//! paragraphs as in every paged format ([`paged`]). Seals, notes and pictures are
//! left out.

mod page;

use std::collections::HashMap;
use std::path::Path;

use self::page::Sheet;
use crate::container::{self, Container};
use crate::decoded::Decoded;
use crate::error::{Error, Limit};
use crate::format::Format;
use crate::options::Options;
use crate::package::{Package, join};
use crate::paged::{self, N_RULINGS, Page};
use crate::xml::{Token, Xml};

const NAME: &str = "an OFD file";

/// The part that names all others.
const ROOT: &str = "OFD.xml";

/// The height of a page whose size is said nowhere, in mm: A4.
const HEIGHT: f32 = 297.0;

/// A file of pages by the national standard.
pub(in crate::formats) struct Ofd;

impl Format for Ofd {
    fn name(&self) -> &'static str {
        NAME
    }

    fn media_type(&self) -> &'static str {
        "application/ofd"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["ofd"]
    }

    fn fits(&self, bytes: &[u8], _file_name: &Path) -> bool {
        container::kind(bytes) == Some(Container::Ofd)
    }

    fn read(&self, bytes: &[u8], options: &Options) -> Result<Decoded, Error> {
        let limits = options.limits;
        let mut package = Package::open(bytes, NAME, limits)?;
        let mut reader = Reader {
            package: &mut package,
            pages: Vec::new(),
            n_turned: 0,
            n_rulings: 0,
            n_text: 0,
        };
        reader.read()?;
        let Reader { pages, n_turned, .. } = reader;
        if pages.is_empty() {
            return Err(damaged("it has no page".to_owned()));
        }
        let mut decoded = paged::read(pages, NAME, self.media_type(), limits)?;
        if n_turned > 0 {
            decoded.notices.push(paged::turned(n_turned));
        }
        Ok(decoded)
    }
}

struct Reader<'p, 'b> {
    package: &'p mut Package<'b>,
    pages: Vec<Page>,
    /// Words turned against their page.
    n_turned: usize,
    /// Lines drawn on all pages, those of a template counted for each.
    n_rulings: usize,
    /// Bytes of all words, those of a template counted for each page.
    n_text: usize,
}

/// What a document names.
#[derive(Default)]
struct Contents {
    height: Option<f32>,
    pages: Vec<String>,
    templates: HashMap<String, String>,
}

impl Reader<'_, '_> {
    fn read(&mut self) -> Result<(), Error> {
        for document in self.documents()? {
            let contents = self.contents(&document)?;
            let mut templates: HashMap<String, Sheet> = HashMap::new();
            for name in &contents.pages {
                let mut sheet = self.sheet(name)?;
                for id in std::mem::take(&mut sheet.templates) {
                    let Some(name) = contents.templates.get(&id) else { continue };
                    if !templates.contains_key(&id) {
                        let template = self.sheet(name)?;
                        templates.insert(id.clone(), template);
                    }
                    sheet.fragments.extend(templates[&id].fragments.iter().cloned());
                    sheet.rulings.extend(templates[&id].rulings.iter().copied());
                    sheet.rulings.truncate(N_RULINGS + 1);
                    self.check_text(&templates[&id])?;
                }
                self.n_turned += sheet.n_turned;
                self.n_rulings += sheet.rulings.len();
                self.package.limits().check(Limit::Elements, self.n_rulings)?;
                self.check_text(&sheet)?;
                self.pages.push(Page {
                    number: u32::try_from(self.pages.len() + 1).unwrap_or(u32::MAX),
                    height: sheet.height.or(contents.height).unwrap_or(HEIGHT),
                    fragments: sheet.fragments,
                    rulings: sheet.rulings,
                });
                self.package.limits().check(Limit::Entries, self.pages.len())?;
            }
        }
        Ok(())
    }

    /// Returns the names of the documents in the file.
    fn documents(&mut self) -> Result<Vec<String>, Error> {
        let text = self.part(ROOT)?;
        let mut xml = Xml::new(&text, ROOT, NAME, self.package.limits());
        let mut documents = Vec::new();
        loop {
            match xml.next()? {
                Token::Open(element) if element.name() == "DocRoot" => {
                    documents.push(join("", xml.text()?.trim()));
                }
                Token::End => return Ok(documents),
                _ => {}
            }
        }
    }

    fn contents(&mut self, document: &str) -> Result<Contents, Error> {
        let folder = document.rsplit_once('/').map_or("", |(folder, _)| folder);
        let text = self.part(document)?;
        let mut xml = Xml::new(&text, document, NAME, self.package.limits());
        let mut contents = Contents::default();
        loop {
            match xml.next()? {
                Token::Open(element) => {
                    let place =
                        element.attribute("BaseLoc").map(|place| join(folder, place.trim()));
                    match (element.name(), place) {
                        ("Page", Some(place)) => contents.pages.push(place),
                        ("TemplatePage", Some(place)) => {
                            let id = element.attribute("ID").unwrap_or_default();
                            contents.templates.insert(id, place);
                        }
                        ("PhysicalBox", _) => contents.height = page::height(&xml.text()?),
                        _ => {}
                    }
                }
                Token::End => return Ok(contents),
                _ => {}
            }
        }
    }

    fn sheet(&mut self, name: &str) -> Result<Sheet, Error> {
        let text = self.part(name)?;
        Sheet::read(Xml::new(&text, name, NAME, self.package.limits()))
    }

    fn part(&mut self, name: &str) -> Result<String, Error> {
        self.package.part(name)?.ok_or_else(|| damaged(format!("it has no {name}")))
    }

    fn check_text(&mut self, sheet: &Sheet) -> Result<(), Error> {
        let n = sheet.fragments.iter().map(|each| each.text.len()).sum::<usize>();
        self.n_text = self.n_text.saturating_add(n);
        self.package.limits().check(Limit::TextBytes, self.n_text)
    }
}

fn damaged(detail: String) -> Error {
    Error::Damaged { kind: NAME, detail }
}
