//! A book as the bytes of an XLSX file.

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use crate::book::{Book, Cell, Column, ColumnKind, Date, Row, Sheet};
use crate::error::Error;
use crate::layout::{FONT_POINTS, Layout, SMALL_FONT_POINTS};
use crate::mark::{MARK_SHEET, notes};

/// The fonts of cells and of headings: every Chinese office has them, and others
/// take their own in place.
const FONT: &str = "宋体";
const HEAD_FONT: &str = "黑体";

/// Colours of the headings, of those over columns that people fill in, and of sections.
const HEAD_COLOR: u32 = 0xDD_E6_F1;
const OWN_HEAD_COLOR: u32 = 0xFF_F2_CC;
const SECTION_COLOR: u32 = 0xF2_F2_F2;
const LINE_COLOR: u32 = 0x8C_8C_8C;

/// The number of A4 among papers.
const A4: u8 = 9;

/// Characters of the words over a page; the format allows 255 with all marks.
const MAX_PAGE_HEADING: usize = 80;

/// The day of books without one.
const NO_DAY: Date = Date { year: 2000, month: 1, day: 1 };

/// Writes a book as an XLSX file. The same book gives the same bytes.
///
/// # Errors
///
/// A sheet larger than sheets can be, or of a name that none can have.
pub fn write(book: &Book) -> Result<Vec<u8>, Error> {
    let whole = |error: XlsxError| Error::Book(error.to_string());
    let mut workbook = Workbook::new();
    let Date { year, month, day } = book.created.unwrap_or(NO_DAY);
    let created = ExcelDateTime::from_ymd(year, month, day).map_err(whole)?;
    let properties = DocProperties::new().set_title(&*book.title).set_creation_datetime(&created);
    workbook.set_properties(&properties);
    for sheet in &book.sheets {
        write_sheet(sheet, workbook.add_worksheet()).map_err(|error| Error::Sheet {
            sheet: sheet.name.clone(),
            reason: error.to_string(),
        })?;
    }
    write_notes(&book.sheets, workbook.add_worksheet()).map_err(whole)?;
    workbook.save_to_buffer().map_err(whole)
}

fn write_sheet(sheet: &Sheet, worksheet: &mut Worksheet) -> Result<(), XlsxError> {
    let layout = Layout::of(sheet);
    worksheet.set_name(&*sheet.name)?;
    for (at, width) in layout.widths.iter().enumerate() {
        worksheet.set_column_width(column_number(at)?, *width as f64)?;
    }
    set_page(sheet, worksheet);
    let first = if sheet.is_plain() { 0 } else { write_head(sheet, &layout, worksheet)? };
    let formats = Formats::new();
    for (at, row) in sheet.rows.iter().enumerate() {
        let number = u32::try_from(at).map_err(|_| XlsxError::RowColumnLimitError)? + first;
        worksheet.set_row_height(number, layout.heights[at])?;
        match row {
            Row::Section(words) => {
                for column in 0..sheet.columns.len() {
                    worksheet.write_blank(number, column_number(column)?, &formats.section)?;
                }
                worksheet.write_string_with_format(number, 0, words, &formats.section)?;
            }
            Row::Cells(cells) => {
                let empty = Cell::Empty;
                for (column, Column { kind, .. }) in sheet.columns.iter().enumerate() {
                    let format = formats.of(*kind, layout.small[at]);
                    let cell = cells.get(column).unwrap_or(&empty);
                    write_cell(worksheet, (number, column_number(column)?), cell, format)?;
                }
            }
        }
    }
    Ok(())
}

fn column_number(at: usize) -> Result<u16, XlsxError> {
    u16::try_from(at).map_err(|_| XlsxError::RowColumnLimitError)
}

fn write_cell(
    worksheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    format: &Format,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => worksheet.write_blank(row, column, format)?,
        Cell::Number(number) => worksheet.write_number_with_format(row, column, *number, format)?,
        // A sign that begins a formula where people type stays a sign when they edit the cell.
        Cell::Text(text) if text.starts_with(['=', '+', '-', '@', '\'']) => {
            let format = format.clone().set_quote_prefix();
            worksheet.write_string_with_format(row, column, text, &format)?
        }
        Cell::Text(text) => worksheet.write_string_with_format(row, column, text, format)?,
    };
    Ok(())
}

/// Writes the headings and returns the number of the first row below them.
fn write_head(sheet: &Sheet, layout: &Layout, worksheet: &mut Worksheet) -> Result<u32, XlsxError> {
    worksheet.set_row_height(0, layout.head_height)?;
    for (at, column) in sheet.columns.iter().enumerate() {
        let color = if column.kind == ColumnKind::Own { OWN_HEAD_COLOR } else { HEAD_COLOR };
        let format = bordered()
            .set_font_name(HEAD_FONT)
            .set_align(FormatAlign::Center)
            .set_background_color(color);
        worksheet.write_string_with_format(0, column_number(at)?, &*column.heading, &format)?;
    }
    let last_column = column_number(sheet.columns.len().saturating_sub(1))?;
    let last_row = u32::try_from(sheet.rows.len()).map_err(|_| XlsxError::RowColumnLimitError)?;
    worksheet.autofilter(0, 0, last_row, last_column)?;
    worksheet.set_freeze_panes(1, 0)?;
    worksheet.set_repeat_rows(0, 0)?;
    Ok(1)
}

/// Sets the paper: A4, landscape, one page wide, the heading above and the page
/// number below.
fn set_page(sheet: &Sheet, worksheet: &mut Worksheet) {
    let mut heading: String = sheet.heading.chars().take(MAX_PAGE_HEADING).collect();
    if heading.len() < sheet.heading.len() {
        heading.push('…');
    }
    // The size stands before the font, so that a digit of the heading is not read as part of it.
    let heading = format!("&C&14&\"{HEAD_FONT},常规\"{}", heading.replace('&', "&&"));
    worksheet
        .set_paper_size(A4)
        .set_landscape()
        .set_print_fit_to_pages(1, 0)
        .set_margins(0.4, 0.4, 0.75, 0.6, 0.35, 0.3)
        .set_print_center_horizontally(true)
        .set_header(heading)
        .set_footer("&C第 &P 页 共 &N 页")
        .set_header_footer_scale_with_doc(false);
}

/// The formats of cells, made once for each sheet.
struct Formats {
    section: Format,
    short: [Format; 2],
    text: [Format; 2],
    own: [Format; 2],
}

impl Formats {
    fn new() -> Self {
        let sizes = |format: Format| {
            let small = format.clone().set_font_size(SMALL_FONT_POINTS);
            [format, small]
        };
        let cell = || bordered().set_font_name(FONT).set_text_wrap();
        Self {
            // No lines between cells: its words run across them.
            section: bordered()
                .set_border_left(FormatBorder::None)
                .set_border_right(FormatBorder::None)
                .set_font_name(HEAD_FONT)
                .set_align(FormatAlign::Left)
                .unset_text_wrap()
                .set_background_color(SECTION_COLOR),
            short: sizes(cell().set_align(FormatAlign::Center)),
            text: sizes(cell().set_align(FormatAlign::Left)),
            // What people type stays as typed: 3-1 is no day.
            own: sizes(cell().set_align(FormatAlign::Left).set_num_format("@")),
        }
    }

    fn of(&self, kind: ColumnKind, small: bool) -> &Format {
        let formats = match kind {
            ColumnKind::Short => &self.short,
            ColumnKind::Text => &self.text,
            ColumnKind::Own => &self.own,
        };
        &formats[usize::from(small)]
    }
}

fn bordered() -> Format {
    Format::new()
        .set_font_size(FONT_POINTS)
        .set_align(FormatAlign::VerticalCenter)
        .set_text_wrap()
        .set_border(FormatBorder::Thin)
        .set_border_color(LINE_COLOR)
}

fn write_notes(sheets: &[Sheet], worksheet: &mut Worksheet) -> Result<(), XlsxError> {
    worksheet.set_name(MARK_SHEET)?.set_very_hidden(true);
    for (row, note) in notes(sheets).iter().enumerate() {
        let row = u32::try_from(row).map_err(|_| XlsxError::RowColumnLimitError)?;
        for (column, text) in note.iter().enumerate() {
            worksheet.write_string(row, column_number(column)?, text)?;
        }
    }
    Ok(())
}
