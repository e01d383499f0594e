//! PDF files as tests put them together.

/// Writes a file of objects; the first is the catalogue. `trailer` says more than
/// where that is.
pub(crate) fn with_objects(objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(file.len());
        file.extend(format!("{} 0 obj\n", at + 1).bytes());
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    let start = file.len();
    let n = places.len() + 1;
    file.extend(format!("xref\n0 {n}\n0000000000 65535 f \n").bytes());
    for place in places {
        file.extend(format!("{place:010} 00000 n \n").bytes());
    }
    let trailer = format!("trailer<</Size {n}/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF\n");
    file.extend(trailer.bytes());
    file
}

/// Returns a stream; `more` stands in its dictionary.
pub(crate) fn stream(more: &str, bytes: &[u8]) -> Vec<u8> {
    let head = format!("<</Length {}{more}>>stream\n", bytes.len());
    [head.as_bytes(), bytes, b"\nendstream"].concat()
}

/// A Chinese font that is not in the file, and letters as it codes them.
const FONT: &str = "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font\
    /Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/DW 1000>>]>>";

/// Returns the objects of a file with these pages, each drawn as said, with the
/// font as `/F` and the last object as `/X`.
pub(crate) fn objects(pages: &[&[u8]], more: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let kids: String = (0..pages.len()).map(|at| format!("{} 0 R ", 4 + 2 * at)).collect();
    let n_pages = pages.len();
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        format!("<</Type/Pages/Count {n_pages}/Kids[{kids}]>>").into_bytes(),
        FONT.into(),
    ];
    let last = 3 + 2 * n_pages + more.len();
    for (at, drawing) in pages.iter().enumerate() {
        let page = format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {} 0 R\
             /Resources<</Font<</F 3 0 R>>/XObject<</X {last} 0 R>>>>>>",
            5 + 2 * at
        );
        objects.push(page.into_bytes());
        objects.push(stream("", drawing));
    }
    objects.extend(more.iter().cloned());
    objects
}

/// Returns a file with these pages, each drawn as said, with a Chinese font as `/F`.
pub(crate) fn with_pages(pages: &[&[u8]]) -> Vec<u8> {
    with_objects(&objects(pages, &[]), "")
}
