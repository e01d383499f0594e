//! Asking an index.

use gangmu_model::SearchRecord;
use gangmu_query::{Finding, SearchPage, SearchQuery, Sort};
use tantivy::collector::sort_key::{SortBySimilarityScore, SortByStaticFastValue, SortByString};
use tantivy::collector::{Count, TopDocs};
use tantivy::query::Query;
use tantivy::{DocAddress, Order, Score, Searcher, TantivyError};

use crate::entry::StoredClause;
use crate::plan::{Planner, is_long};
use crate::question::asked_terms;
use crate::ranker::Ranker;
use crate::schema::{DOCUMENT, ORDINAL};
use crate::{Error, Index};

impl Index {
    /// Answers a search.
    ///
    /// Where no clause holds all the words, and the query allows it, clauses that
    /// hold most of their pairs of characters are given; for a question
    /// (如何…？), and where there are none of these for a long query, the best
    /// five hundred of those that hold any. The page says so.
    ///
    /// # Errors
    ///
    /// [`Error::Damaged`] where a file of the index is spoilt.
    pub fn search(&self, query: &SearchQuery) -> Result<SearchPage, Error> {
        self.read(|searcher| {
            let failed = |error| self.failed(error);
            let planner = Planner { fields: &self.fields, searcher };
            let asks = query.relax && query.is_question();
            // Few questions stand somewhere word for word, and to look costs
            // less than to prepare the ranking.
            let stands = |plan: Box<dyn Query>| searcher.search(&plan, &Count);
            if !asks || planner.unranked(query).and_then(stands).map_err(failed)? > 0 {
                let plan = planner.exact(query).map_err(failed)?;
                let found = self.best(searcher, &plan, query).map_err(failed)?;
                if found.0 > 0 || !query.relax {
                    return self.page(searcher, query, found, false);
                }
            }
            if !asks && let Some(plan) = planner.relaxed(query).map_err(failed)? {
                let found = self.best(searcher, &plan, query).map_err(failed)?;
                if found.0 > 0 {
                    return self.page(searcher, query, found, true);
                }
            }
            if asks || is_long(query) {
                let found = self.ranked(searcher, &planner, query).map_err(failed)?;
                let relaxed = found.0 > 0;
                return self.page(searcher, query, found, relaxed);
            }
            Ok(SearchPage::default())
        })
    }

    /// Returns how many clauses come near a question, and the page that the
    /// query asks for.
    fn ranked(
        &self,
        searcher: &Searcher,
        planner: &Planner<'_>,
        query: &SearchQuery,
    ) -> Result<(usize, Vec<(Score, DocAddress)>), TantivyError> {
        let asked = asked_terms(query, &self.fields, searcher)?;
        let statistics = self.token_counts.statistics(searcher);
        let frame = planner.frame(query)?;
        let ranker = Ranker { searcher, statistics: &statistics, frame: frame.as_deref() };
        let mut ranked = ranker.best(&asked)?;
        if query.sort == Sort::Document {
            ranked.sort_unstable_by_key(|each| each.place);
        }
        let page = ranked.iter().skip(query.offset).take(query.limit);
        Ok((ranked.len(), page.map(|each| (each.score, each.address)).collect()))
    }

    /// Returns how many records a plan finds, and the page that the query asks for.
    fn best(
        &self,
        searcher: &Searcher,
        plan: &dyn Query,
        query: &SearchQuery,
    ) -> Result<(usize, Vec<(Score, DocAddress)>), TantivyError> {
        let n_records = usize::try_from(searcher.num_docs()).unwrap_or(usize::MAX);
        let offset = query.offset.min(n_records);
        let limit = query.limit.min(n_records - offset);
        if limit == 0 {
            return Ok((searcher.search(plan, &Count)?, Vec::new()));
        }
        let statistics = self.token_counts.statistics(searcher);
        let top = TopDocs::with_limit(limit).and_offset(offset);
        let document = (SortByString::for_field(DOCUMENT), Order::Asc);
        let ordinal = (SortByStaticFastValue::<u64>::for_field(ORDINAL), Order::Asc);
        match query.sort {
            Sort::Score => {
                let top = top.order_by((SortBySimilarityScore, document, ordinal));
                let (hits, total) =
                    searcher.search_with_statistics_provider(plan, &(top, Count), &statistics)?;
                Ok((
                    total,
                    hits.into_iter().map(|((score, ..), address)| (score, address)).collect(),
                ))
            }
            Sort::Document => {
                let top = top.order_by((document, ordinal, SortBySimilarityScore));
                let (hits, total) =
                    searcher.search_with_statistics_provider(plan, &(top, Count), &statistics)?;
                Ok((
                    total,
                    hits.into_iter().map(|((.., score), address)| (score, address)).collect(),
                ))
            }
        }
    }

    fn page(
        &self,
        searcher: &Searcher,
        query: &SearchQuery,
        (total, hits): (usize, Vec<(Score, DocAddress)>),
        relaxed: bool,
    ) -> Result<SearchPage, Error> {
        let records = hits
            .into_iter()
            .map(|(score, address)| {
                let clause: StoredClause = self.body(searcher, address)?;
                Ok(record(clause, query, score, relaxed))
            })
            .collect::<Result<_, Error>>()?;
        Ok(SearchPage { records, total, relaxed })
    }
}

fn record(clause: StoredClause, query: &SearchQuery, score: Score, relaxed: bool) -> SearchRecord {
    let text = clause.text();
    let exact = if relaxed { None } else { text.find(query) };
    let Finding { highlights, matched_by } = exact.unwrap_or_else(|| text.find_relaxed(query));
    SearchRecord {
        text: text.shown(),
        document: clause.document,
        title: clause.document_title,
        division: clause.division.id,
        citation: clause.division.citation,
        division_title: clause.division.title,
        path: clause.path,
        highlights,
        score: f64::from(score),
        matched_by,
    }
}
