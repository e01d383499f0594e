//! What an index knows of its documents without reading their texts.

use gangmu_query::DocumentSummary;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, Searcher, TERMINATED, TantivyError, Term};

use crate::entry::mention;
use crate::schema::{DOCUMENT, MENTION, METADATA, WHOLE};
use crate::{Error, Index};

impl Index {
    /// Returns the summary of each document, by id. It costs a small part of
    /// what the documents themselves do ([`Index::documents`]).
    ///
    /// # Errors
    ///
    /// [`Error::Damaged`] where a file is spoilt.
    pub fn summaries(&self) -> Result<Vec<DocumentSummary>, Error> {
        self.read(|searcher| {
            let rows = self.summary_rows(searcher).map_err(|error| self.failed(error))?;
            let mut summaries = Vec::with_capacity(rows.len());
            for (id, metadata, mentions) in rows {
                let metadata = serde_json::from_str(&metadata)
                    .map_err(|error| self.damaged(format!("the metadata of {id}: {error}")))?;
                let agencies = mentions.iter().map(|term| mention(term)).collect();
                summaries.push(DocumentSummary { id, metadata, agencies });
            }
            summaries.sort_by(|a, b| a.id.cmp(&b.id));
            Ok(summaries)
        })
    }

    /// Returns id, metadata and mentions of each document, as they are kept.
    fn summary_rows(
        &self,
        searcher: &Searcher,
    ) -> Result<Vec<(String, String, Vec<String>)>, TantivyError> {
        let whole = Term::from_field_text(self.fields.record, WHOLE);
        let mut rows = Vec::new();
        for segment in searcher.segment_readers() {
            let index = segment.inverted_index(self.fields.record)?;
            let Some(mut postings) = index.read_postings(&whole, IndexRecordOption::Basic)? else {
                continue;
            };
            let fast = segment.fast_fields();
            let columns = [fast.str(DOCUMENT)?, fast.str(METADATA)?, fast.str(MENTION)?];
            while postings.doc() != TERMINATED {
                let doc = postings.doc();
                postings.advance();
                if segment.is_deleted(doc) {
                    continue;
                }
                let mut values = [Vec::new(), Vec::new(), Vec::new()];
                for (column, values) in columns.iter().zip(&mut values) {
                    let Some(column) = column else { continue };
                    for ord in column.term_ords(doc) {
                        let mut value = String::new();
                        column.ord_to_str(ord, &mut value)?;
                        values.push(value);
                    }
                }
                let [mut id, mut metadata, mentions] = values;
                rows.push((
                    id.pop().unwrap_or_default(),
                    metadata.pop().unwrap_or_default(),
                    mentions,
                ));
            }
        }
        Ok(rows)
    }
}
