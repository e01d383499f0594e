//! A workbook as plain rows, for programs that know its columns.

use super::{NAME, cells, workbook};
use crate::container::{self, Container};
use crate::error::Error;
use crate::options::Limits;
use crate::package::Package;
use crate::xml::Xml;

/// The rows of a workbook, sheet by sheet, as it shows them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WorkbookRows {
    /// The sheets in order, those that are hidden too.
    pub sheets: Vec<SheetRows>,
    /// Whether it holds what rows cannot: formulas, comments, pictures, charts.
    pub has_more: bool,
}

/// The rows of one sheet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SheetRows {
    /// Its name.
    pub name: String,
    /// Whether it is hidden.
    pub hidden: bool,
    /// The rows that hold a text, from the top; each as long as its last such
    /// cell. A merged cell stands wherever it reaches.
    pub rows: Vec<Vec<String>>,
}

/// Whether the bytes are a workbook with a sheet of that name, hidden or not.
/// One that is damaged has none.
pub fn has_sheet(bytes: &[u8], name: &str, limits: Limits) -> bool {
    if container::kind(bytes) != Some(Container::Workbook) {
        return false;
    }
    Package::open(bytes, NAME, limits)
        .and_then(|mut package| workbook::read(&mut package))
        .is_ok_and(|(sheets, _)| sheets.iter().any(|sheet| sheet.name == name))
}

/// Reads a workbook as rows; `None` where the bytes are no workbook.
///
/// # Errors
///
/// One sentence without the file's name: it is damaged or beyond a limit.
pub fn read_workbook(bytes: &[u8], limits: Limits) -> Result<Option<WorkbookRows>, Error> {
    if container::kind(bytes) != Some(Container::Workbook) {
        return Ok(None);
    }
    let mut package = Package::open(bytes, NAME, limits)?;
    let (sheets, context) = workbook::read(&mut package)?;
    let mut read = WorkbookRows::default();
    for sheet in &sheets {
        let Some(part) = &sheet.part else {
            read.has_more = true;
            continue;
        };
        let Some(text) = package.part(part)? else {
            return Err(Error::Damaged { kind: NAME, detail: format!("it has no {part}") });
        };
        for beside in package.relationships(part)? {
            read.has_more |= match beside.role.as_str() {
                "comments" | "threadedComment" => true,
                // LibreOffice writes one for each sheet, whether anything is drawn or not.
                "drawing" => {
                    package.part(&beside.target)?.is_some_and(|text| text.contains("Anchor"))
                }
                _ => false,
            };
        }
        let grid = cells::read(Xml::new(&text, part, NAME, limits), &context, limits)?;
        read.has_more |= grid.has_formulas();
        read.sheets.push(SheetRows {
            name: sheet.name.clone(),
            hidden: sheet.hidden,
            rows: grid.rows()?,
        });
    }
    Ok(Some(read))
}
