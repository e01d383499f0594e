//! The parts of a workbook beside its sheets: their names, shared texts, styles.

use std::collections::HashMap;
use std::rc::Rc;

use super::NAME;
use super::cells::{Context, unescape};
use super::moment::Epoch;
use super::number_format;
use crate::error::Error;
use crate::package::{Package, Relationship, target};
use crate::xml::{Token, Xml};

/// The workbook of a package that does not say where it is.
const MAIN_PART: &str = "xl/workbook.xml";

/// Bytes of the code of a format; Excel allows 255 characters.
const LONGEST_CODE: usize = 1 << 10;

/// A sheet as the workbook names it.
pub(super) struct SheetName {
    pub(super) name: String,
    pub(super) hidden: bool,
    /// The name of its part; `None` for a chart and for one that is not there.
    pub(super) part: Option<String>,
}

/// Reads what a workbook says of its sheets, and what their cells refer to.
///
/// # Errors
///
/// Those of [`Package::part`] and [`Xml::next`].
pub(super) fn read(package: &mut Package<'_>) -> Result<(Vec<SheetName>, Context), Error> {
    let limits = package.limits();
    let parts = package.relationships("")?;
    let main = target(&parts, "officeDocument").unwrap_or(MAIN_PART).to_owned();
    let Some(text) = package.part(&main)? else {
        return Err(Error::Damaged { kind: NAME, detail: format!("it has no {main}") });
    };
    let parts = package.relationships(&main)?;
    let mut context = Context::default();
    let sheets = sheets(Xml::new(&text, &main, NAME, limits), &parts, &mut context)?;
    if let Some(name) = target(&parts, "sharedStrings")
        && let Some(text) = package.part(name)?
    {
        context.strings = strings(Xml::new(&text, name, NAME, limits))?;
    }
    if let Some(name) = target(&parts, "styles")
        && let Some(text) = package.part(name)?
    {
        context.formats = formats(Xml::new(&text, name, NAME, limits))?;
    }
    Ok((sheets, context))
}

fn sheets(
    mut xml: Xml<'_>,
    parts: &[Relationship],
    context: &mut Context,
) -> Result<Vec<SheetName>, Error> {
    let mut sheets = Vec::new();
    loop {
        match xml.next()? {
            Token::Open(element) => match element.name() {
                "workbookPr" => {
                    let is_1904 = element.attribute("date1904");
                    if matches!(is_1904.as_deref(), Some("1" | "true")) {
                        context.epoch = Epoch::Year1904;
                    }
                }
                "sheet" => {
                    let id = element.attribute("id").unwrap_or_default();
                    let part = parts.iter().find(|part| part.id == id && part.role == "worksheet");
                    sheets.push(SheetName {
                        name: element.attribute("name").unwrap_or_default(),
                        hidden: element.attribute("state").is_some_and(|state| state != "visible"),
                        part: part.map(|part| part.target.clone()),
                    });
                }
                _ => {}
            },
            Token::End => return Ok(sheets),
            Token::Close | Token::Text(_) => {}
        }
    }
}

fn strings(mut xml: Xml<'_>) -> Result<Vec<Rc<str>>, Error> {
    let mut strings: Vec<Rc<str>> = Vec::new();
    let mut text = String::new();
    let mut open = Vec::new();
    loop {
        match xml.next()? {
            Token::Open(element) => match element.name() {
                // Readings above signs.
                "rPh" => xml.skip()?,
                name => open.push(match name {
                    "si" => 's',
                    "t" => 't',
                    _ => ' ',
                }),
            },
            Token::Text(part) if open.last() == Some(&'t') => text.push_str(&part),
            Token::Text(_) => {}
            Token::Close => {
                if open.pop() == Some('s') {
                    strings.push(unescape(&std::mem::take(&mut text)).into());
                }
            }
            Token::End => return Ok(strings),
        }
    }
}

fn formats(mut xml: Xml<'_>) -> Result<Vec<Rc<str>>, Error> {
    let mut codes: HashMap<u32, Rc<str>> = HashMap::new();
    let mut formats = Vec::new();
    loop {
        match xml.next()? {
            Token::Open(element) => {
                let id = element.attribute("numFmtId").and_then(|id| id.parse().ok());
                match element.name() {
                    "numFmt" => {
                        let code = element.attribute("formatCode").unwrap_or_default();
                        // Each cell would be a walk through a code without end.
                        if code.len() <= LONGEST_CODE {
                            codes.insert(id.unwrap_or(0), code.into());
                        }
                    }
                    // Styles of parts and of named styles have formats of their own.
                    "cellStyleXfs" | "dxfs" => xml.skip()?,
                    "xf" => {
                        let id = id.unwrap_or(0);
                        let code = codes.get(&id).filter(|_| !number_format::is_local(id)).cloned();
                        formats.push(code.unwrap_or_else(|| number_format::built_in(id).into()));
                    }
                    _ => {}
                }
            }
            Token::End => return Ok(formats),
            Token::Close | Token::Text(_) => {}
        }
    }
}
