//! Asking an index.

use std::cmp::Ordering;

use gangmu_query::{Field, Relax, SearchPage, SearchQuery, Sort};
use tantivy::collector::sort_key::{SortBySimilarityScore, SortByStaticFastValue, SortByString};
use tantivy::collector::{Collector, Count, TopDocs};
use tantivy::query::Query;
use tantivy::{DocAddress, Order, Score, Searcher, TantivyError};

use crate::best::best;
use crate::plan::{Plan, Planner};
use crate::question::Asked;
use crate::ranker::Ranker;
use crate::schema::{DATE, DOCUMENT, ORDINAL};
use crate::statistics::Statistics;
use crate::weights::{is_long, seen_pairs};
use crate::{Error, Index};

/// The clauses that answer a query: their number, and those of the page asked for.
#[derive(Default)]
pub(crate) struct Found {
    pub total: usize,
    pub hits: Vec<(Score, DocAddress)>,
    pub relaxed: bool,
}

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
            let Found { total, hits, relaxed } = self.find(searcher, query)?;
            let records = hits
                .into_iter()
                .map(|(score, address)| {
                    let clause = self.clause(searcher, address)?;
                    Ok(clause.answer(query, f64::from(score)))
                })
                .collect::<Result<_, Error>>()?;
            Ok(SearchPage { records, total, relaxed })
        })
    }

    /// Finds the clauses that answer, and of these the page that the query asks for.
    pub(crate) fn find(&self, searcher: &Searcher, query: &SearchQuery) -> Result<Found, Error> {
        let failed = |error| self.failed(error);
        let texts = self.texts(searcher)?;
        let statistics = self.token_counts.statistics(searcher, texts);
        let planner = Planner { fields: &self.fields, searcher, statistics: &statistics, texts };
        if query.same.is_some() {
            return self.together(searcher, &planner, query);
        }
        // What has no pair can only be looked for as it is.
        let is_paired = !seen_pairs(query, 1).is_empty();
        let asks = match query.relax {
            Relax::Never => false,
            Relax::IfNothing => is_paired && query.is_question(),
            Relax::Always => is_paired,
        };
        // Few questions stand somewhere word for word, and to look costs less
        // than to prepare the ranking.
        let stands = |plan: Box<dyn Query>| searcher.search(&plan, &Count);
        let literal = match (asks, query.relax) {
            (true, Relax::Always) => false,
            (true, _) => planner.unranked(query).and_then(stands).map_err(failed)? > 0,
            (false, _) => true,
        };
        if literal {
            let plan = planner.exact(query).map_err(failed)?;
            let (total, hits) = self.best(&planner, plan, query).map_err(failed)?;
            if total > 0 || query.relax == Relax::Never {
                return Ok(Found { total, hits, relaxed: false });
            }
        }
        if !asks && let Some(plan) = planner.relaxed(query).map_err(failed)? {
            let (total, hits) = self.best(&planner, plan, query).map_err(failed)?;
            if total > 0 {
                return Ok(Found { total, hits, relaxed: true });
            }
        }
        if asks || is_long(query) {
            let (total, hits) = self.ranked(searcher, &planner, query).map_err(failed)?;
            return Ok(Found { total, hits, relaxed: total > 0 });
        }
        Ok(Found::default())
    }

    /// Finds the clauses in which the words stand in one stretch of text. The
    /// index knows the clauses in which they stand, and these are looked at.
    fn together(
        &self,
        searcher: &Searcher,
        planner: &Planner<'_>,
        query: &SearchQuery,
    ) -> Result<Found, Error> {
        let plan = planner.exact(query).map_err(|error| self.failed(error))?;
        let all = SearchQuery { limit: usize::MAX, offset: 0, ..query.clone() };
        let (_, hits) = self.best(planner, plan, &all).map_err(|error| self.failed(error))?;
        let mut kept = Vec::new();
        for (score, address) in hits {
            let clause = self.clause(searcher, address)?;
            if clause.text().find(query).is_some() {
                kept.push((score, address));
            }
        }
        let total = kept.len();
        let hits = kept.into_iter().skip(query.offset).take(query.limit).collect();
        Ok(Found { total, hits, relaxed: false })
    }

    /// Returns how many clauses come near a question, and the page that the
    /// query asks for.
    fn ranked(
        &self,
        searcher: &Searcher,
        planner: &Planner<'_>,
        query: &SearchQuery,
    ) -> Result<(usize, Vec<(Score, DocAddress)>), TantivyError> {
        let asked = Asked::of(query, &self.fields);
        let frame = planner.frame(query)?;
        let Planner { statistics, texts, fields, .. } = *planner;
        let places = self.columns.places(searcher)?;
        let text = fields.part(Field::Text);
        let ranker = Ranker { searcher, statistics, places, texts, text, frame: frame.as_deref() };
        let mut ranked = ranker.best(&asked)?;
        match query.sort {
            Sort::Score => {}
            Sort::Date => places.sort_by(&mut ranked, usize::MAX, |a, b| a.date.cmp(&b.date))?,
            Sort::Document => places.sort_by(&mut ranked, usize::MAX, |_, _| Ordering::Equal)?,
        }
        let page = ranked.iter().skip(query.offset).take(query.limit);
        Ok((ranked.len(), page.map(|each| (each.score, each.address)).collect()))
    }

    /// Returns how many records a plan finds, and the page that the query asks for.
    fn best(
        &self,
        planner: &Planner<'_>,
        plan: Plan,
        query: &SearchQuery,
    ) -> Result<(usize, Vec<(Score, DocAddress)>), TantivyError> {
        let Planner { searcher, statistics, .. } = *planner;
        let n_records = usize::try_from(searcher.num_docs()).unwrap_or(usize::MAX);
        let offset = query.offset.min(n_records);
        let limit = query.limit.min(n_records - offset);
        if limit == 0 {
            return Ok((searcher.search(&plan.must, &Count)?, Vec::new()));
        }
        // Without words every score is the same, and the order is that of dates.
        if query.sort == Sort::Score && !query.clauses.is_empty() {
            let (total, ranked) =
                best(searcher, statistics, self.columns.places(searcher)?, &plan, offset + limit)?;
            let page = ranked.into_iter().skip(offset);
            return Ok((total, page.map(|each| (each.score, each.address)).collect()));
        }
        let top = TopDocs::with_limit(limit).and_offset(offset);
        let date = (SortByStaticFastValue::<u64>::for_field(DATE), Order::Desc);
        let document = (SortByString::for_field(DOCUMENT), Order::Asc);
        let ordinal = (SortByStaticFastValue::<u64>::for_field(ORDINAL), Order::Asc);
        let score = SortBySimilarityScore;
        let plan = plan.whole();
        let find = Collecting { searcher, plan: plan.as_ref(), statistics };
        // Pairs of pairs: tantivy 0.27 forgets the orders within a key of four parts.
        match query.sort {
            Sort::Score | Sort::Date => {
                let key = ((date, document), (ordinal, score));
                find.collect(top.order_by(key), |(_, (_, score))| score)
            }
            Sort::Document => {
                find.collect(top.order_by((document, ordinal, score)), |(.., score)| score)
            }
        }
    }
}

/// A plan put to an index, in whatever order its answers are wanted.
struct Collecting<'a> {
    searcher: &'a Searcher,
    plan: &'a dyn Query,
    statistics: &'a Statistics<'a>,
}

impl Collecting<'_> {
    /// Returns how many records there are, and those at the top with their scores.
    fn collect<K>(
        &self,
        top: impl Collector<Fruit = Vec<(K, DocAddress)>>,
        score: impl Fn(K) -> Score,
    ) -> Result<(usize, Vec<(Score, DocAddress)>), TantivyError> {
        let (hits, total) = self.searcher.search_with_statistics_provider(
            self.plan,
            &(top, Count),
            self.statistics,
        )?;
        Ok((total, hits.into_iter().map(|(key, address)| (score(key), address)).collect()))
    }
}
