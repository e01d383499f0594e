//! Documents of plain paragraphs.

use gangmu_model::{Division, DivisionId, DivisionKind, Document, LineTable};

use crate::sample::empty;

/// Returns a document of paragraphs with these texts.
pub(crate) fn plain(id: &str, texts: &[&str]) -> Document {
    let text = texts.join("\n");
    let table = LineTable::new(&text);
    let mut document = empty(id, &text);
    let mut at = 0;
    for (piece, ordinal) in texts.iter().zip(1..) {
        document.divisions.push(Division {
            id: DivisionId::new(format!("p{ordinal}")),
            parent: None,
            kind: DivisionKind::Paragraph,
            marker: None,
            citation: format!("第{ordinal}段"),
            title: None,
            text: (*piece).to_owned(),
            table: None,
            span: table.span(at..at + piece.len()),
        });
        at += piece.len() + 1;
    }
    document
}
