//! A typed query put to tantivy. The only place that knows how.
//!
//! What must hold is unscored and exact; what ranks is optional:
//!
//! * a word of two characters or more stands in a part of a clause where it is a term, or where
//!   the rarest terms that cover it follow each other, which for a text is read in the text
//!   itself; a character, where a term begins with it;
//! * where all words stand, the score is that of the words themselves: how often each stands
//!   in each part, rare ones before common ones; else it is that of pairs and longer words;
//! * to this comes a little for pairs in the headings, and a constant where the whole query
//!   stands as one phrase in the title or in the text.
//!
//! A term that stands nowhere is left out of the plan: most clauses have no title
//! and no closing assignment, and a part that is not there costs no time.

use std::collections::HashSet;

use gangmu_query::{
    Clause, Field as ClauseField, Fields as ClauseFields, Filters, SearchQuery, Word,
};
use tantivy::query::{
    Bm25StatisticsProvider, Bm25Weight, BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery,
    Occur, PhraseQuery, Query, TermQuery, TermSetQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Score, Searcher, TantivyError, Term};

use crate::analyzer::letter_pairs;
use crate::contained::Contained;
use crate::cover::{Held, held};
use crate::entry::{agency_term, pair_term, role_term};
use crate::schema::{CLAUSE, Fields};
use crate::statistics::Statistics;
use crate::texts::TextsOf;
use crate::vocabulary::Parts;
use crate::weights::{
    ALTERNATIVE_WEIGHT, HEADING_WEIGHT, TEXT_PHRASE, TITLE_PHRASE, least_pairs, seen_pairs,
};

/// A longer query is relaxed and ranked by its first pairs.
const MAX_GRAMS: usize = 512;

type Subquery = Box<dyn Query>;

/// A query put to tantivy.
#[derive(Debug)]
pub(crate) struct Plan {
    /// What finds the clauses.
    pub must: Subquery,
    /// What adds to their scores where it holds.
    pub more: Option<Subquery>,
    /// The most that it adds.
    pub most: Score,
}

impl Plan {
    /// Returns the query that finds the clauses with their whole scores.
    pub(crate) fn whole(self) -> Subquery {
        match self.more {
            None => self.must,
            Some(more) => {
                Box::new(BooleanQuery::new(vec![(Occur::Must, self.must), (Occur::Should, more)]))
            }
        }
    }
}

/// Parts that only rank, and the most that they add together.
#[derive(Default)]
struct Ranking {
    parts: Vec<Subquery>,
    most: Score,
    seen: HashSet<Term>,
}

impl Ranking {
    fn push(&mut self, part: Subquery, most: Score) {
        self.parts.push(part);
        self.most += most;
    }
}

/// Puts queries to one state of an index.
pub(crate) struct Planner<'a> {
    pub fields: &'a Fields,
    pub searcher: &'a Searcher,
    pub statistics: &'a Statistics<'a>,
    pub texts: &'a TextsOf,
}

impl Planner<'_> {
    /// Returns the query that finds the clauses in which everything stands.
    pub(crate) fn exact(&self, query: &SearchQuery) -> Result<Plan, TantivyError> {
        let must = self.unranked(query)?;
        let mut ranking = Ranking::default();
        if !matches!(&query.clauses[..], [only] if self.stands_in_text_alone(only)?) {
            self.rank_phrase(query, &mut ranking)?;
        }
        self.rank_headings(query, &mut ranking)?;
        let more = (!ranking.parts.is_empty()).then(|| union(ranking.parts));
        Ok(Plan { must, more, most: ranking.most })
    }

    /// Returns whether a demand is one word that no part but the text holds: as a phrase it would
    /// add the same to each of its clauses.
    fn stands_in_text_alone(&self, clause: &Clause) -> Result<bool, TantivyError> {
        let [word] = &clause.any_of[..] else { return Ok(false) };
        if !word.alternatives.is_empty() || !word.fields.has(ClauseField::Text) {
            return Ok(false);
        }
        for part in word.fields.iter().filter(|part| *part != ClauseField::Text) {
            if self.phrase(&word.folded, self.fields.part(part))?.is_some() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Returns the same query without what ranks, for counting only.
    pub(crate) fn unranked(&self, query: &SearchQuery) -> Result<Subquery, TantivyError> {
        Ok(simple(self.frame_of(query, self.demands(query)?)?))
    }

    /// Returns what a clause must be besides holding the words, or `None` where
    /// any clause will do.
    pub(crate) fn frame(&self, query: &SearchQuery) -> Result<Option<Subquery>, TantivyError> {
        if query.without.is_empty() && self.filters(&query.filters).is_empty() {
            return Ok(None);
        }
        Ok(Some(Box::new(BooleanQuery::new(self.frame_of(query, Vec::new())?))))
    }

    /// Returns the query that finds clauses in which most of the pairs stand;
    /// none where there are too few pairs to speak of a part.
    pub(crate) fn relaxed(&self, query: &SearchQuery) -> Result<Option<Plan>, TantivyError> {
        let seen = seen_pairs(query, MAX_GRAMS);
        if seen.len() < 2 {
            return Ok(None);
        }
        let mut pairs = Vec::new();
        for &(pair, fields) in &seen {
            pairs.push(self.stands(pair, fields)?);
        }
        let least = least_pairs(seen.len());
        let part = BooleanQuery::union_with_minimum_required_clauses(pairs, least);
        let must = simple(self.frame_of(query, vec![unscored(Box::new(part))])?);
        let Ranking { parts, most, .. } = self.ranking(query)?;
        let more = (!parts.is_empty()).then(|| union(parts));
        Ok(Some(Plan { must, more, most }))
    }

    fn demands(&self, query: &SearchQuery) -> Result<Vec<Subquery>, TantivyError> {
        query.clauses.iter().map(|clause| self.any_of(&clause.any_of)).collect()
    }

    /// Adds filters and words to leave out to what must hold.
    fn frame_of(
        &self,
        query: &SearchQuery,
        demands: Vec<Subquery>,
    ) -> Result<Vec<(Occur, Subquery)>, TantivyError> {
        let mut parts: Vec<(Occur, Subquery)> = Vec::new();
        if demands.is_empty() {
            parts.push((Occur::Must, unscored(term(self.fields.record, CLAUSE))));
        }
        parts.extend(demands.into_iter().map(|demand| (Occur::Must, demand)));
        parts.extend(
            self.filters(&query.filters).into_iter().map(|filter| (Occur::Must, unscored(filter))),
        );
        for word in &query.without {
            let any = self.any_of(std::slice::from_ref(word))?;
            parts.push((Occur::MustNot, any));
        }
        Ok(parts)
    }

    /// Returns the query for clauses in which one of the words stands, or what may
    /// stand in its place.
    fn any_of(&self, words: &[Word]) -> Result<Subquery, TantivyError> {
        let mut any = Vec::new();
        for word in words {
            any.push(self.stands(&word.folded, word.fields)?);
            for other in &word.alternatives {
                any.push(boosted(self.stands(&other.folded, word.fields)?, ALTERNATIVE_WEIGHT));
            }
        }
        Ok(union(any))
    }

    /// Returns the query for a normalised word that stands in one of the fields.
    fn stands(&self, word: &str, fields: ClauseFields) -> Result<Subquery, TantivyError> {
        let single = word.chars().nth(1).is_none();
        let mut parts = Vec::new();
        for field in fields.iter().map(|field| self.fields.part(field)) {
            if single {
                parts.extend(self.begins(word, field)?);
            } else {
                parts.extend(self.phrase(word, field)?);
            }
        }
        Ok(union(parts))
    }

    /// Returns the query for a word of two characters or more in a part, or `None` where it
    /// cannot stand there.
    fn phrase(&self, word: &str, field: Field) -> Result<Option<Subquery>, TantivyError> {
        let doc_freq = |text: &str| self.statistics.doc_freq(&Term::from_field_text(field, text));
        let term = |text: &str| Term::from_field_text(field, text);
        Ok(match held(word, doc_freq)? {
            Held::Nowhere => None,
            Held::Term => Some(Box::new(TermQuery::new(term(word), IndexRecordOption::WithFreqs))),
            Held::Cover(terms) if field == self.fields.part(ClauseField::Text) => {
                let terms = terms.into_iter().map(|(_, text)| term(text)).collect();
                Some(Box::new(Contained { word: word.into(), terms, texts: self.texts.clone() }))
            }
            Held::Cover(terms) => {
                let terms = terms.into_iter().map(|(place, text)| (place, term(text))).collect();
                Some(Box::new(PhraseQuery::new_with_offset(terms)))
            }
        })
    }

    /// Returns the query for a character in a field of pairs: every character
    /// begins one.
    fn begins(&self, character: &str, field: Field) -> Result<Option<Subquery>, TantivyError> {
        let mut terms = Vec::new();
        if !self.statistics.holds(field) {
            return Ok(None);
        }
        for segment in self.searcher.segment_readers() {
            let index = segment.inverted_index(field)?;
            let mut stream = index.terms().range().ge(character).into_stream()?;
            while stream.advance() && stream.key().starts_with(character.as_bytes()) {
                if let Ok(found) = std::str::from_utf8(stream.key()) {
                    terms.push(Term::from_field_text(field, found));
                }
            }
        }
        Ok((!terms.is_empty()).then(|| Box::new(TermSetQuery::new(terms)) as Subquery))
    }

    fn filters(&self, filters: &Filters) -> Vec<Subquery> {
        let mut found: Vec<Subquery> = Vec::new();
        let mut any_term = |field: Field, values: Vec<String>| {
            found.push(union(values.iter().map(|value| term(field, value)).collect()));
        };
        match (&filters.agency, filters.role) {
            (Some(agency), Some(role)) => {
                let names = agency.names.iter().map(|name| pair_term(role, name));
                any_term(self.fields.agency, names.collect());
            }
            (Some(agency), None) => {
                let names = agency.names.iter().map(|name| agency_term(name));
                any_term(self.fields.agency, names.collect());
            }
            (None, Some(role)) => any_term(self.fields.agency, vec![role_term(role)]),
            (None, None) => {}
        }
        if !filters.documents.is_empty() {
            any_term(self.fields.document, filters.documents.clone());
        }
        if !filters.kinds.is_empty() {
            let names = filters.kinds.iter().map(|kind| kind.name().to_owned());
            any_term(self.fields.kind, names.collect());
        }
        let number =
            |term| -> Subquery { Box::new(TermQuery::new(term, IndexRecordOption::Basic)) };
        if let Some(year) = filters.year {
            found.push(number(Term::from_field_i64(self.fields.year, i64::from(year))));
        }
        if let Some(chapter) = filters.chapter {
            found.push(number(Term::from_field_u64(self.fields.chapter, u64::from(chapter))));
        }
        found
    }

    /// Returns what ranks clauses that hold a part of the words, none of it required.
    fn ranking(&self, query: &SearchQuery) -> Result<Ranking, TantivyError> {
        let mut ranking = Ranking::default();
        for word in query.words() {
            self.rank_word(&word.folded, 1.0, &mut ranking)?;
        }
        for other in query.words().flat_map(|word| &word.alternatives) {
            self.rank_word(&other.folded, ALTERNATIVE_WEIGHT, &mut ranking)?;
        }
        // A pair of a heading may be asked for twice, by itself and for the clauses below.
        ranking.seen.clear();
        self.rank_headings(query, &mut ranking)?;
        Ok(ranking)
    }

    /// Adds the pairs of a word and the longer words in it.
    fn rank_word(
        &self,
        word: &str,
        weight: f32,
        ranking: &mut Ranking,
    ) -> Result<(), TantivyError> {
        for (text, of_word) in Parts::of(word).terms.into_iter().take(MAX_GRAMS) {
            for field in ClauseFields::CLAUSE.iter() {
                self.rank_term(self.fields.part(field), text, weight * of_word, ranking)?;
            }
        }
        Ok(())
    }

    /// Adds the pairs of the words in the headings.
    fn rank_headings(
        &self,
        query: &SearchQuery,
        ranking: &mut Ranking,
    ) -> Result<(), TantivyError> {
        let heading = self.fields.part(ClauseField::Heading);
        for word in query.words() {
            for pair in letter_pairs(&word.folded).take(MAX_GRAMS) {
                self.rank_term(heading, pair, HEADING_WEIGHT, ranking)?;
            }
        }
        Ok(())
    }

    /// Adds a constant where the words stand one after the other.
    fn rank_phrase(&self, query: &SearchQuery, ranking: &mut Ranking) -> Result<(), TantivyError> {
        let words = query.clauses.iter().filter_map(|clause| clause.any_of.first());
        let whole: String = words.map(|word| word.folded.as_str()).collect();
        for (field, boost) in [(ClauseField::Title, TITLE_PHRASE), (ClauseField::Text, TEXT_PHRASE)]
        {
            if let Some(stands) = self.phrase(&whole, self.fields.part(field))? {
                ranking.push(Box::new(ConstScoreQuery::new(stands, boost)), boost);
            }
        }
        Ok(())
    }

    /// Adds a term that is scored, once and where it stands anywhere.
    fn rank_term(
        &self,
        field: Field,
        text: &str,
        weight: f32,
        ranking: &mut Ranking,
    ) -> Result<(), TantivyError> {
        let term = Term::from_field_text(field, text);
        if self.statistics.doc_freq(&term)? > 0 && ranking.seen.insert(term.clone()) {
            let most = Bm25Weight::for_terms(self.statistics, std::slice::from_ref(&term))?;
            let query = Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs));
            let query = if weight == 1.0 { query } else { boosted(query, weight) };
            ranking.push(query, most.max_score() * weight);
        }
        Ok(())
    }
}

fn term(field: Field, text: &str) -> Subquery {
    Box::new(TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::Basic))
}

fn boosted(query: Subquery, weight: f32) -> Subquery {
    Box::new(BoostQuery::new(query, weight))
}

fn unscored(query: Subquery) -> Subquery {
    Box::new(ConstScoreQuery::new(query, 0.0))
}

fn union(mut queries: Vec<Subquery>) -> Subquery {
    match queries.len() {
        0 => Box::new(EmptyQuery),
        1 => queries.remove(0),
        _ => Box::new(BooleanQuery::union(queries)),
    }
}

/// Returns a query without the room for others that it does not need.
fn simple(mut parts: Vec<(Occur, Subquery)>) -> Subquery {
    if matches!(parts[..], [(Occur::Must, _)]) {
        return parts.remove(0).1;
    }
    Box::new(BooleanQuery::new(parts))
}
