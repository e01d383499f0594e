//! Office files as tests put them together.

use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Packs parts, each with its name.
pub(crate) fn package<B: AsRef<[u8]>>(parts: &[(&str, B)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(part.as_ref()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Writes relationships, each a role and a target.
pub(crate) fn relationships(roles: &[(&str, &str)]) -> String {
    let family = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let all = roles.iter().map(|(role, target)| {
        format!("<Relationship Id=\"{role}\" Type=\"{family}/{role}\" Target=\"{target}\"/>")
    });
    format!("<Relationships>{}</Relationships>", all.collect::<String>())
}
