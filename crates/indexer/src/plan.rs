//! A typed query put to tantivy. The only place that knows how.
//!
//! What must hold is unscored and exact; what ranks is optional:
//!
//! * a word of two characters or more stands in a part of a clause where its
//!   pairs form a phrase there; a character, where a term begins with it;
//! * the score is that of the words, plus that of characters and pairs, plus a
//!   little for pairs in the headings, plus a constant where the whole query
//!   stands as one phrase in the title or in the text.

use gangmu_query::{Field as ClauseField, Fields as ClauseFields, Filters, SearchQuery, Word};
use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, Occur, PhraseQuery, Query, TermQuery,
    TermSetQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, TantivyError, Term};

use crate::analyzer::{grams, letter_pairs, pairs};
use crate::entry::{agency_term, pair_term, role_term};
use crate::schema::{CLAUSE, Fields};
use crate::vocabulary::segment;

/// The weight of a pair in a heading beside one in the clause.
const HEADING_WEIGHT: f32 = 0.2;
/// The weight of an alternative's characters beside those of the word typed.
const ALTERNATIVE_WEIGHT: f32 = 0.5;
/// What the whole query as a phrase adds in the title and in the text.
const TITLE_PHRASE: f32 = 2.0;
const TEXT_PHRASE: f32 = 1.0;
/// The share of a query's pairs that must stand in a clause found by relaxing.
const MOST: f64 = 0.7;
/// From this many pairs on a query is long, and is ranked like a question.
const LONG_PAIRS: usize = 8;
/// A longer query is relaxed and ranked by its first pairs.
const MAX_GRAMS: usize = 512;

type Subquery = Box<dyn Query>;

/// Puts queries to one state of an index.
pub(crate) struct Planner<'a> {
    pub fields: &'a Fields,
    pub searcher: &'a Searcher,
}

impl Planner<'_> {
    /// Returns the query that finds the clauses in which everything stands.
    pub(crate) fn exact(&self, query: &SearchQuery) -> Result<Subquery, TantivyError> {
        self.with_ranking(query, self.demands(query)?)
    }

    /// Returns the same query without what ranks, for counting only.
    pub(crate) fn unranked(&self, query: &SearchQuery) -> Result<Subquery, TantivyError> {
        Ok(Box::new(BooleanQuery::new(self.frame_of(query, self.demands(query)?)?)))
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
    pub(crate) fn relaxed(&self, query: &SearchQuery) -> Result<Option<Subquery>, TantivyError> {
        let seen = seen_pairs(query);
        if seen.len() < 2 {
            return Ok(None);
        }
        let mut pairs = Vec::new();
        for &(pair, fields) in &seen {
            pairs.push(if fields == ClauseFields::CLAUSE {
                term(self.fields.grams, pair)
            } else {
                self.stands(pair, fields)?
            });
        }
        let least = (seen.len() as f64 * MOST).ceil() as usize;
        let part = BooleanQuery::union_with_minimum_required_clauses(pairs, least);
        self.with_ranking(query, vec![Box::new(part)]).map(Some)
    }

    fn demands(&self, query: &SearchQuery) -> Result<Vec<Subquery>, TantivyError> {
        query.clauses.iter().map(|clause| self.any_of(&clause.any_of)).collect()
    }

    /// Adds filters, words to leave out, and ranking to what must hold.
    fn with_ranking(
        &self,
        query: &SearchQuery,
        demands: Vec<Subquery>,
    ) -> Result<Subquery, TantivyError> {
        let mut parts = self.frame_of(query, demands)?;
        for ranking in self.ranking(query)? {
            parts.push((Occur::Should, ranking));
        }
        Ok(Box::new(BooleanQuery::new(parts)))
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
        parts.extend(demands.into_iter().map(|demand| (Occur::Must, unscored(demand))));
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
                any.push(self.stands(&other.folded, word.fields)?);
            }
        }
        Ok(union(any))
    }

    /// Returns the query for a normalised word that stands in one of the fields.
    fn stands(&self, word: &str, fields: ClauseFields) -> Result<Subquery, TantivyError> {
        let single = word.chars().nth(1).is_none();
        if single && fields == ClauseFields::CLAUSE {
            return Ok(term(self.fields.grams, word));
        }
        let mut parts = Vec::new();
        for field in fields.iter() {
            let field = self.fields.part(field);
            parts.push(if single { self.begins(word, field)? } else { phrase(word, field) });
        }
        Ok(union(parts))
    }

    /// Returns the query for a character in a field of pairs: every character
    /// begins one.
    fn begins(&self, character: &str, field: Field) -> Result<Subquery, TantivyError> {
        let mut terms = Vec::new();
        for segment in self.searcher.segment_readers() {
            let index = segment.inverted_index(field)?;
            let mut stream = index.terms().range().ge(character).into_stream()?;
            while stream.advance() && stream.key().starts_with(character.as_bytes()) {
                if let Ok(found) = std::str::from_utf8(stream.key()) {
                    terms.push(Term::from_field_text(field, found));
                }
            }
        }
        if terms.is_empty() {
            return Ok(Box::new(EmptyQuery));
        }
        Ok(Box::new(TermSetQuery::new(terms)))
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

    /// Returns what lifts a clause above others, none of it required.
    fn ranking(&self, query: &SearchQuery) -> Result<Vec<Subquery>, TantivyError> {
        let mut found = Vec::new();
        let mut seen: Vec<String> = Vec::new();
        for word in query.words() {
            self.rank_word(word, &mut seen, &mut found)?;
        }
        for (word, other) in
            query.words().flat_map(|word| word.alternatives.iter().map(move |other| (word, other)))
        {
            let as_typed =
                Word { folded: other.folded.clone(), alternatives: Vec::new(), ..word.clone() };
            let mut terms = Vec::new();
            self.rank_word(&as_typed, &mut seen, &mut terms)?;
            found.extend(terms.into_iter().map(|term| boosted(term, ALTERNATIVE_WEIGHT)));
        }
        let whole: String = query
            .clauses
            .iter()
            .filter_map(|clause| clause.any_of.first())
            .map(|word| word.folded.as_str())
            .collect();
        for (field, boost) in [(ClauseField::Title, TITLE_PHRASE), (ClauseField::Text, TEXT_PHRASE)]
        {
            if !whole.is_empty() {
                let stands = self.stands(&whole, field.into())?;
                found.push(Box::new(ConstScoreQuery::new(stands, boost)) as Subquery);
            }
        }
        Ok(found)
    }

    fn rank_word(
        &self,
        word: &Word,
        seen: &mut Vec<String>,
        found: &mut Vec<Subquery>,
    ) -> Result<(), TantivyError> {
        let mut new = |key: String| {
            let new = !seen.contains(&key) && seen.len() < 4 * MAX_GRAMS;
            if new {
                seen.push(key);
            }
            new
        };
        for part in segment(&word.folded, self.fields.words, self.searcher)? {
            if new(format!("word {part}")) {
                found.push(scored(self.fields.words, &part));
            }
        }
        for gram in grams(&word.folded).into_iter().take(2 * MAX_GRAMS) {
            if new(format!("gram {gram}")) {
                found.push(scored(self.fields.grams, gram));
            }
        }
        let heading = self.fields.part(ClauseField::Heading);
        for pair in letter_pairs(&word.folded).take(MAX_GRAMS) {
            if new(format!("heading {pair}")) {
                found.push(boosted(scored(heading, pair), HEADING_WEIGHT));
            }
        }
        Ok(())
    }
}

/// Returns whether a query that is no question is so long that its clauses
/// need not hold most of it.
pub(crate) fn is_long(query: &SearchQuery) -> bool {
    seen_pairs(query).len() >= LONG_PAIRS
}

/// Returns the pairs of a query's words, each once for the same fields.
fn seen_pairs(query: &SearchQuery) -> Vec<(&str, ClauseFields)> {
    let mut seen: Vec<(&str, ClauseFields)> = Vec::new();
    for word in query.words() {
        for pair in letter_pairs(&word.folded).take(MAX_GRAMS) {
            if seen.len() < MAX_GRAMS && !seen.contains(&(pair, word.fields)) {
                seen.push((pair, word.fields));
            }
        }
    }
    seen
}

fn phrase(word: &str, field: Field) -> Subquery {
    let mut terms: Vec<Term> = pairs(word).map(|pair| Term::from_field_text(field, pair)).collect();
    match (terms.pop(), terms.is_empty()) {
        (None, _) => Box::new(EmptyQuery),
        (Some(only), true) => Box::new(TermQuery::new(only, IndexRecordOption::Basic)),
        (Some(last), false) => {
            terms.push(last);
            Box::new(PhraseQuery::new(terms))
        }
    }
}

fn term(field: Field, text: &str) -> Subquery {
    Box::new(TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::Basic))
}

fn scored(field: Field, text: &str) -> Subquery {
    Box::new(TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::WithFreqs))
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
