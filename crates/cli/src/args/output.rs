//! How an answer is printed, and where it goes.

use std::path::{Path, PathBuf};

use anyhow::{Error, anyhow, bail};
use clap::{Args, ValueEnum};

/// How records are printed.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// For people at a screen
    Table,
    /// One array
    Json,
    /// One record a line
    Jsonl,
    /// Values parted by commas under headings
    Csv,
    /// A Markdown table
    Markdown,
}

/// What is written: a format that can be printed, or a workbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// What can be printed, too.
    Printed(Format),
    /// An XLSX file.
    Workbook,
}

/// How an answer is printed, and where it goes.
#[derive(Args, Debug)]
pub(crate) struct OutputArgs {
    /// How to print [default: table, or what the name of -o says]
    #[arg(long, short, value_name = "FORMAT")]
    format: Option<Format>,
    /// Write to FILE, in the format that its name says: .xlsx .csv .json .jsonl .md .txt
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Replace a workbook that is there, whatever is in it
    #[arg(long, requires = "output")]
    pub(crate) force: bool,
}

impl OutputArgs {
    /// Returns what is to be written.
    ///
    /// # Errors
    ///
    /// A sentence where the name of the file says no format, or another one.
    pub(crate) fn shape(&self) -> Result<Shape, Error> {
        let Some(file) = &self.output else {
            return Ok(Shape::Printed(self.format.unwrap_or(Format::Table)));
        };
        match (shape_of_name(file), self.format) {
            (Some(shape), None) => Ok(shape),
            (None, Some(format)) => Ok(Shape::Printed(format)),
            (Some(shape), Some(format)) if shape == Shape::Printed(format) => Ok(shape),
            (Some(_), Some(_)) => bail!(
                "{}: the name says another format than --format; leave one of them out",
                file.display()
            ),
            (None, None) => Err(anyhow!(
                "{}: the name says no format; end it in .xlsx, .csv, .json, .jsonl, .md or .txt, \
                 or give --format",
                file.display()
            )),
        }
    }

    /// Whether a table for a screen is asked for.
    pub(crate) fn is_for_a_screen(&self) -> bool {
        self.output.is_none() && matches!(self.format, None | Some(Format::Table))
    }
}

/// Returns what a file of that name holds.
fn shape_of_name(file: &Path) -> Option<Shape> {
    let ending = file.extension()?.to_str()?.to_lowercase();
    Some(match ending.as_str() {
        "xlsx" => Shape::Workbook,
        "csv" => Shape::Printed(Format::Csv),
        "json" => Shape::Printed(Format::Json),
        "jsonl" | "ndjson" => Shape::Printed(Format::Jsonl),
        "md" | "markdown" => Shape::Printed(Format::Markdown),
        "txt" => Shape::Printed(Format::Table),
        _ => return None,
    })
}
