//! Files that hold other files: what a zip archive or an old Office file is of,
//! by the names inside.

use crate::error::Error;

/// What an archive holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Container {
    /// A document of Word: .docx.
    Word,
    /// A workbook of Excel: .xlsx.
    Workbook,
    /// Slides of PowerPoint: .pptx.
    Slides,
    /// A text in OpenDocument: .odt.
    OpenText,
    /// A workbook in OpenDocument: .ods.
    OpenWorkbook,
    /// Another file in OpenDocument: .odp.
    OpenDocument,
    /// A page-description file: .ofd.
    Ofd,
    /// An old file of Word or WPS: .doc, .wps.
    OldWord,
    /// An old workbook: .xls, .et.
    OldWorkbook,
    /// An office file locked with a password.
    Locked,
}

/// What every file in a zip archive begins with.
const ZIP_ENTRY: &[u8] = b"PK\x03\x04";

/// Bytes in front of the name of an entry.
const ENTRY_HEAD: usize = 30;

/// What an old Office file begins with: [MS-CFB] 2.2.
pub(crate) const OLD_OFFICE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// Entries whose names are looked at; what tells stands among the first.
const N_ENTRIES: usize = 64;

/// Returns what a file holds; `None` where it holds nothing or nothing known.
pub(crate) fn kind(bytes: &[u8]) -> Option<Container> {
    if bytes.starts_with(ZIP_ENTRY) {
        of_media_type(bytes).or_else(|| entry_names(bytes).find_map(of_entry))
    } else if bytes.starts_with(OLD_OFFICE) {
        of_old_office(bytes)
    } else {
        None
    }
}

/// Returns the sentence for one that no format reads; `None` where it is none.
pub(crate) fn refusal(bytes: &[u8]) -> Option<Error> {
    const SAVE: &str = "open it in an office program and save it as .docx or as plain text (.txt)";
    const SAVE_WORKBOOK: &str = "open it in an office program and save it as .xlsx";
    let (kind, advice) = match kind(bytes)? {
        Container::Locked => return Some(Error::Locked { kind: "an Office file" }),
        Container::Word => {
            ("a DOCX file", "use a build with DOCX, or save it as plain text (.txt)")
        }
        Container::Workbook => {
            ("an XLSX file", "use a build with XLSX, or save it as plain text (.txt)")
        }
        Container::Slides => ("a file of slides (.pptx)", "save the document as plain text (.txt)"),
        Container::OpenText => ("an OpenDocument text (.odt)", SAVE),
        Container::OpenWorkbook => ("an OpenDocument workbook (.ods)", SAVE_WORKBOOK),
        Container::OpenDocument => {
            ("an OpenDocument file", "save the document as plain text (.txt)")
        }
        Container::Ofd => ("an OFD file", "save it as plain text (.txt)"),
        Container::OldWord => ("an old Word file (.doc, .wps)", SAVE),
        Container::OldWorkbook => ("an old workbook (.xls, .et)", SAVE_WORKBOOK),
    };
    Some(Error::NotRead { kind, advice })
}

/// Returns the names of the first files of a zip archive, in the order in which
/// they lie in it; the directory at its end may be cut off.
fn entry_names(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut at = Some(0);
    std::iter::from_fn(move || {
        let start = at?;
        let head = bytes.get(start..start + ENTRY_HEAD)?;
        let number = |at: usize| usize::from(u16::from_le_bytes([head[at], head[at + 1]]));
        let name_end = start + ENTRY_HEAD + number(26);
        let name = bytes.get(start + ENTRY_HEAD..name_end)?;
        let n_packed = u32::from_le_bytes([head[18], head[19], head[20], head[21]]) as usize;
        let behind = name_end.saturating_add(number(28)).saturating_add(n_packed);
        // Where the size stands behind the file, the next one is looked for.
        at = match bytes.get(behind..) {
            Some(rest) if rest.starts_with(ZIP_ENTRY) => Some(behind),
            _ => memchr::memmem::find(&bytes[name_end..], ZIP_ENTRY).map(|next| name_end + next),
        };
        Some(name)
    })
    .take(N_ENTRIES)
}

/// Says what an OpenDocument file is by its first entry, which is stored as it is.
fn of_media_type(bytes: &[u8]) -> Option<Container> {
    const NAME: &[u8] = b"mimetype";
    const OPEN_DOCUMENT: &[u8] = b"application/vnd.oasis.opendocument.";
    let head = bytes.get(..ENTRY_HEAD)?;
    let n_extra = usize::from(u16::from_le_bytes([head[28], head[29]]));
    let name = bytes[ENTRY_HEAD..].strip_prefix(NAME)?;
    let kind = name.get(n_extra..)?.strip_prefix(OPEN_DOCUMENT)?;
    Some(if kind.starts_with(b"text") {
        Container::OpenText
    } else if kind.starts_with(b"spreadsheet") {
        Container::OpenWorkbook
    } else {
        Container::OpenDocument
    })
}

fn of_entry(name: &[u8]) -> Option<Container> {
    let name = name.to_ascii_lowercase();
    let begins = |start: &[u8]| name.starts_with(start);
    if begins(b"word/") || begins(b"word\\") {
        Some(Container::Word)
    } else if begins(b"xl/") || begins(b"xl\\") {
        Some(Container::Workbook)
    } else if begins(b"ppt/") || begins(b"ppt\\") {
        Some(Container::Slides)
    } else if name == b"ofd.xml" {
        Some(Container::Ofd)
    } else if name == b"content.xml" || begins(b"meta-inf/manifest.xml") {
        Some(Container::OpenDocument)
    } else {
        None
    }
}

/// Says what an old Office file is by the streams its directory names, in UTF-16.
fn of_old_office(bytes: &[u8]) -> Option<Container> {
    let names = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memchr::memmem::find(bytes, &name).is_some()
    };
    if names("EncryptedPackage") {
        Some(Container::Locked)
    } else if names("WordDocument") {
        Some(Container::OldWord)
    } else if names("Workbook") || names("Book") {
        Some(Container::OldWorkbook)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(name: &str, bytes: &[u8], size_behind: bool) -> Vec<u8> {
        let mut entry = ZIP_ENTRY.to_vec();
        entry.extend([0; 14]);
        let n_packed = if size_behind { 0 } else { bytes.len() as u32 };
        entry.extend(n_packed.to_le_bytes());
        entry.extend([0; 4]);
        entry.extend((name.len() as u16).to_le_bytes());
        entry.extend([0; 2]);
        entry.extend(name.as_bytes());
        entry.extend(bytes);
        entry
    }

    #[test]
    fn an_archive_is_known_by_the_names_inside() {
        for size_behind in [false, true] {
            let mut bytes = entry("[Content_Types].xml", b"<Types/>", size_behind);
            bytes.extend(entry("word/document.xml", b"<w:document/>", size_behind));
            assert_eq!(kind(&bytes), Some(Container::Word));
            assert_eq!(kind(&bytes[..bytes.len() - 8]), Some(Container::Word));
            assert_eq!(kind(&bytes[..40]), None);
        }
        let open = |kind: &str| {
            let media_type = format!("application/vnd.oasis.opendocument.{kind}");
            entry("mimetype", media_type.as_bytes(), false)
        };
        assert_eq!(kind(&open("text")), Some(Container::OpenText));
        assert_eq!(kind(&open("spreadsheet-template")), Some(Container::OpenWorkbook));
        assert_eq!(kind(&open("presentation")), Some(Container::OpenDocument));
        assert_eq!(kind(&entry("mimetype", b"application/epub+zip", false)), None);
        assert_eq!(kind(&entry("甲.txt", b"", false)), None);
        assert_eq!(kind(&entry("OFD.xml", b"", false)), Some(Container::Ofd));
    }

    #[test]
    fn an_old_office_file_is_known_by_its_streams() {
        let old = |stream: &str| {
            let name = stream.encode_utf16().flat_map(u16::to_le_bytes);
            OLD_OFFICE.iter().copied().chain(vec![0; 504]).chain(name).collect::<Vec<u8>>()
        };
        assert_eq!(kind(&old("WordDocument")), Some(Container::OldWord));
        assert_eq!(kind(&old("EncryptedPackage")), Some(Container::Locked));
        assert_eq!(kind(&old("Workbook")), Some(Container::OldWorkbook));
        assert_eq!(kind(&old("Notes")), None);
    }
}
