//! What a file is that no format reads, by the bytes it begins with.

use crate::container::{self, OLD_OFFICE};
use crate::error::Error;

/// The beginnings of files that people take for documents, what they are, and
/// what to do. Formats that are compiled in never come here.
const SIGNATURES: &[(&[u8], &str, &str)] = &[
    (b"%PDF-", "a PDF file", "use a build with PDF, or save it as plain text (.txt)"),
    (
        OLD_OFFICE,
        "an old Office file of an unknown kind",
        "save the document as .docx or as plain text (.txt)",
    ),
    (
        b"{\\rtf",
        "an RTF file",
        "open it in an office program and save it as .docx or as plain text (.txt)",
    ),
    (
        b"PK\x03\x04",
        "a zip archive or an Office file of an unknown kind",
        "unpack it, or save the document as plain text (.txt)",
    ),
    (b"PK\x05\x06", "an empty zip archive", "name the document itself"),
    (b"Rar!\x1a\x07", "a RAR archive", "unpack it and name what is inside"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it and name what is inside"),
    (b"\x1f\x8b", "a gzip archive", "unpack it and name what is inside"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image", "recognise its text (OCR) first"),
    (b"\xff\xd8\xff", "a JPEG image", "recognise its text (OCR) first"),
    (b"GIF8", "a GIF image", "recognise its text (OCR) first"),
    (b"II*\0", "a TIFF image", "recognise its text (OCR) first"),
    (b"MM\0*", "a TIFF image", "recognise its text (OCR) first"),
    (b"<?xml", "an XML file", "save it as a web page, as .docx or as plain text (.txt)"),
    (b"MIME-Version:", "a web archive (.mht)", "save the page as HTML only"),
    (
        b"From: ",
        "a web archive (.mht) or a mail",
        "save the page as HTML only, or the mail as text",
    ),
    (b"AC10", "a CAD drawing", "name the document itself"),
];

/// Whether bytes begin as one of these files does.
pub(crate) fn is_known(bytes: &[u8]) -> bool {
    SIGNATURES.iter().any(|(signature, ..)| bytes.starts_with(signature))
}

/// Returns the sentence for bytes that no format reads.
pub(crate) fn refusal(bytes: &[u8]) -> Error {
    if let Some(error) = container::refusal(bytes) {
        return error;
    }
    let found = SIGNATURES.iter().find(|(signature, ..)| bytes.starts_with(signature));
    found.map_or(Error::Binary, |&(_, kind, advice)| Error::NotRead { kind, advice })
}
