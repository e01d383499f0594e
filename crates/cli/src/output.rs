//! Records as JSON.

use std::io::{self, Write};

use serde::Serialize;

/// Writes one value as an indented object or array.
pub(crate) fn write_json<T: Serialize + ?Sized>(out: &mut dyn Write, value: &T) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    writeln!(out)
}

/// Writes one value as an element of an indented array, without what stands between
/// elements.
pub(crate) fn write_json_element<T: Serialize>(out: &mut dyn Write, value: &T) -> io::Result<()> {
    let text = serde_json::to_string_pretty(value)?;
    for (at, line) in text.lines().enumerate() {
        write!(out, "{}  {line}", if at == 0 { "" } else { "\n" })?;
    }
    Ok(())
}

/// Writes one record a line.
pub(crate) fn write_jsonl<T: Serialize>(
    out: &mut dyn Write,
    records: impl IntoIterator<Item = T>,
) -> io::Result<()> {
    for record in records {
        serde_json::to_writer(&mut *out, &record)?;
        writeln!(out)?;
    }
    Ok(())
}
