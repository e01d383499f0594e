//! Counting the clauses that a search finds by what they have in common.

use std::collections::{BTreeMap, HashMap};

use gangmu_model::FacetRecord;
use gangmu_query::{DocumentSummary, Facet, Relax, SearchQuery, facet_records};
use tantivy::collector::DocSetCollector;
use tantivy::columnar::StrColumn;
use tantivy::{DocAddress, DocId, Searcher, TantivyError};

use crate::plan::Planner;
use crate::schema::{DOCUMENT, facet_column};
use crate::{Error, Index};

/// How many clauses a search finds under each value.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct FacetPage {
    /// The values and counts; see [`facet_records`].
    pub records: Vec<FacetRecord>,
    /// How many clauses answer the query in all.
    pub total: usize,
    /// As in [`gangmu_query::SearchPage`].
    pub relaxed: bool,
}

type Counts = BTreeMap<(Facet, String), u32>;

impl Index {
    /// Counts all clauses that answer a search, whatever page it asks for. No
    /// clause is read for it: the values stand in columns.
    ///
    /// # Errors
    ///
    /// [`Error::Damaged`] where a file of the index is spoilt.
    pub fn facets(&self, query: &SearchQuery, asked: &[Facet]) -> Result<FacetPage, Error> {
        let of_documents = asked
            .iter()
            .any(|facet| !Facet::OF_CLAUSES.contains(facet) && *facet != Facet::Document);
        let summaries = if of_documents { self.summaries()? } else { Vec::new() };
        self.read(|searcher| {
            let (addresses, relaxed) = self.all(searcher, query)?;
            let counts = count(searcher, asked, &addresses, &summaries)
                .map_err(|error| self.failed(error))?;
            Ok(FacetPage {
                records: facet_records(asked, &counts),
                total: addresses.len(),
                relaxed,
            })
        })
    }
}

impl Index {
    /// Finds all clauses that answer a search, in the order in which they lie in the
    /// index, and says whether these only come close. To count them nothing is ranked.
    fn all(
        &self,
        searcher: &Searcher,
        query: &SearchQuery,
    ) -> Result<(Vec<DocAddress>, bool), Error> {
        if query.same.is_none() && query.relax != Relax::Always {
            let (fields, texts) = (&self.fields, self.texts(searcher)?);
            let statistics = self.token_counts.statistics(searcher, texts);
            let planner = Planner { fields, searcher, statistics: &statistics, texts };
            let plan = planner.unranked(query).map_err(|error| self.failed(error))?;
            let found = searcher.search(&plan, &DocSetCollector);
            let found = found.map_err(|error| self.failed(error))?;
            if !found.is_empty() || query.relax == Relax::Never {
                let mut addresses: Vec<DocAddress> = found.into_iter().collect();
                addresses.sort_unstable();
                return Ok((addresses, false));
            }
        }
        let whole = SearchQuery { limit: usize::MAX, offset: 0, ..query.clone() };
        let found = self.find(searcher, &whole)?;
        Ok((found.hits.into_iter().map(|(_, address)| address).collect(), found.relaxed))
    }
}

fn count(
    searcher: &Searcher,
    asked: &[Facet],
    addresses: &[DocAddress],
    summaries: &[DocumentSummary],
) -> Result<Counts, TantivyError> {
    let by_id: HashMap<&str, &DocumentSummary> =
        summaries.iter().map(|summary| (summary.id.as_str(), summary)).collect();
    let mut counts = Counts::new();
    for (segment, reader) in (0u32..).zip(searcher.segment_readers()) {
        let here = addresses.iter().filter(|address| address.segment_ord == segment);
        let docs: Vec<DocId> = here.map(|address| address.doc_id).collect();
        let fast = reader.fast_fields();
        for &facet in asked.iter().filter(|facet| Facet::OF_CLAUSES.contains(facet)) {
            if let Some(column) = fast.str(&facet_column(facet))? {
                for (value, n) in values(&column, &docs)? {
                    *counts.entry((facet, value)).or_default() += n;
                }
            }
        }
        let Some(documents) = fast.str(DOCUMENT)? else { continue };
        if asked.iter().all(|facet| Facet::OF_CLAUSES.contains(facet)) {
            continue;
        }
        for (id, n) in values(&documents, &docs)? {
            for &facet in asked {
                let values = match (facet, by_id.get(id.as_str())) {
                    (Facet::Document, _) => vec![id.clone()],
                    (_, Some(summary)) => facet.values_of(*summary),
                    (_, None) => Vec::new(),
                };
                for value in values {
                    *counts.entry((facet, value)).or_default() += n;
                }
            }
        }
    }
    Ok(counts)
}

/// Returns the values of a column in some records, each with their number.
fn values(column: &StrColumn, docs: &[DocId]) -> Result<Vec<(String, u32)>, TantivyError> {
    let mut counts = vec![0u32; column.num_terms()];
    for &doc in docs {
        for ord in column.term_ords(doc) {
            if let Some(count) = counts.get_mut(ord as usize) {
                *count += 1;
            }
        }
    }
    let counted = (0u64..).zip(counts).filter(|(_, n)| *n > 0);
    let (ords, counts): (Vec<u64>, Vec<u32>) = counted.unzip();
    let mut counts = counts.into_iter();
    let mut values = Vec::with_capacity(ords.len());
    // In order, so that no block of names is unpacked twice.
    column.dictionary().sorted_ords_to_term_cb(&ords, |name| {
        values.extend(counts.next().map(|n| (String::from_utf8_lossy(name).into_owned(), n)));
    })?;
    Ok(values)
}
