//! Workbooks: each sheet with its name, its rows as tables.
//!
//! Numbers, percentages and dates stand as the sheet shows them. A merged cell
//! stands wherever it reaches. Hidden sheets are left out.

mod cells;
mod digits;
mod format_code;
mod han_digits;
mod moment;
mod number_format;
mod rows;
mod sheet;
mod workbook;

use std::path::Path;

use crate::container::{self, Container};
use crate::decoded::Decoded;
use crate::error::Error;
use crate::format::Format;
use crate::options::Options;
use crate::package::Package;
use crate::writer::TextWriter;
use crate::xml::Xml;

pub use rows::{SheetRows, WorkbookRows, has_sheet, read_workbook};

const NAME: &str = "an XLSX file";

/// A workbook of Excel 2007 and later.
pub(super) struct Xlsx;

impl Format for Xlsx {
    fn name(&self) -> &'static str {
        NAME
    }

    fn media_type(&self) -> &'static str {
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["xlsx", "xlsm", "xltx", "xltm"]
    }

    fn fits(&self, bytes: &[u8], _file_name: &Path) -> bool {
        container::kind(bytes) == Some(Container::Workbook)
    }

    fn read(&self, bytes: &[u8], options: &Options) -> Result<Decoded, Error> {
        let limits = options.limits;
        let mut package = Package::open(bytes, NAME, limits)?;
        let (sheets, context) = workbook::read(&mut package)?;
        let mut writer = TextWriter::new(limits);
        let mut notices = Vec::new();
        for (at, sheet) in sheets.iter().enumerate() {
            let name = &sheet.name;
            if sheet.hidden {
                notices.push(format!("the sheet {name} is hidden and left out"));
                continue;
            }
            let Some(part) = &sheet.part else { continue };
            let Some(text) = package.part(part)? else {
                return Err(Error::Damaged { kind: NAME, detail: format!("it has no {part}") });
            };
            writer.set_page(at as u32 + 1);
            let xml = Xml::new(&text, part, NAME, limits);
            cells::read(xml, &context, limits)?.write(name, &mut writer)?;
        }
        let (text, places) = writer.finish();
        Ok(Decoded {
            text,
            media_type: self.media_type().to_owned(),
            charset: "utf-8".to_owned(),
            places,
            notices,
            ..Decoded::default()
        })
    }
}
