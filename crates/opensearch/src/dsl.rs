//! A typed query in the server's language. The only place that knows how.
//!
//! As in gangmu's own index, what must hold is exact and what ranks is optional: a word
//! of two characters or more stands in a part of a clause where its pairs form a phrase
//! there, a character where a token begins with it.

use std::collections::HashSet;

use gangmu_indexer::{
    ALTERNATIVE_WEIGHT, HEADING_WEIGHT, TEXT_PHRASE, TITLE_PHRASE, WORDS, agency_term, characters,
    least_pairs, letter_pairs, pair_term, pairs, role_term, seen_pairs, word_tokens,
};
use gangmu_query::{Field, Fields, Filters, SearchQuery, Sort, Word, topic};
use serde_json::{Value, json};

use crate::record::{CLAUSE, keyword, stream};

/// What stands further on in a longer query is neither relaxed nor ranked: a server
/// takes 1024 parts of a query as it comes.
const MAX_GRAMS: usize = 100;
/// As many terms of a question are looked for.
const MAX_TERMS: usize = 900;

/// Returns the query that finds the clauses in which everything stands.
pub(crate) fn exact(query: &SearchQuery) -> Value {
    let mut ranking = Vec::new();
    let words = query.clauses.iter().filter_map(|clause| clause.any_of.first());
    let whole: String = words.map(|word| word.folded.as_str()).collect();
    if whole.chars().nth(1).is_some() {
        for (field, boost) in [(Field::Title, TITLE_PHRASE), (Field::Text, TEXT_PHRASE)] {
            let stands = phrase(&whole, field);
            ranking.push(json!({ "constant_score": { "filter": stands, "boost": boost } }));
        }
    }
    rank_headings(query, &mut HashSet::new(), &mut ranking);
    let demands = query.clauses.iter().map(|clause| any_of(&clause.any_of)).collect();
    whole_query(query, demands, Vec::new(), ranking)
}

/// Returns the query that finds clauses in which most of the pairs stand; none where
/// there are too few pairs to speak of a part.
pub(crate) fn relaxed(query: &SearchQuery) -> Option<Value> {
    let seen = seen_pairs(query, MAX_GRAMS);
    if seen.len() < 2 {
        return None;
    }
    let least = least_pairs(seen.len());
    let stand: Vec<Value> = seen.iter().map(|(pair, fields)| stands(pair, *fields)).collect();
    let most = json!({ "bool": { "should": stand, "minimum_should_match": least } });
    let mut ranking = Vec::new();
    let mut known = HashSet::new();
    for word in query.words() {
        rank_word(&word.folded, 1.0, &mut known, &mut ranking);
    }
    for other in query.words().flat_map(|word| &word.alternatives) {
        rank_word(&other.folded, ALTERNATIVE_WEIGHT, &mut known, &mut ranking);
    }
    rank_headings(query, &mut known, &mut ranking);
    ranking.truncate(MAX_TERMS.saturating_sub(seen.len() * 3));
    Some(whole_query(query, Vec::new(), vec![most], ranking))
}

/// Returns the query that ranks clauses by what they have of a question. Pairs find them; words
/// and characters only rank, as in gangmu's own index.
pub(crate) fn question(query: &SearchQuery) -> Value {
    let (mut finding, mut ranking) = (Vec::new(), Vec::new());
    let mut known = HashSet::new();
    let words = query.words().map(|word| (word.fields, word.folded.as_str(), 1.0));
    let others = query.words().flat_map(|word| {
        let others = word.alternatives.iter();
        others.map(|other| (word.fields, other.folded.as_str(), ALTERNATIVE_WEIGHT))
    });
    for (fields, folded, weight) in words.chain(others) {
        let topic = topic(folded);
        if fields != Fields::CLAUSE {
            for field in fields.iter() {
                for pair in letter_pairs(&topic) {
                    rank(field.name(), pair, weight, &mut known, &mut finding);
                }
            }
            continue;
        }
        for word in word_tokens(&topic) {
            rank(WORDS, &word, weight, &mut known, &mut ranking);
        }
        for field in [Field::Text, Field::Assignment] {
            for pair in letter_pairs(&topic) {
                rank(field.name(), pair, weight, &mut known, &mut finding);
            }
        }
        for pair in letter_pairs(&topic) {
            let weight = weight * HEADING_WEIGHT;
            rank(Field::Heading.name(), pair, weight, &mut known, &mut finding);
        }
    }
    finding.truncate(MAX_TERMS);
    ranking.truncate(MAX_TERMS - finding.len());
    let any = json!({ "bool": { "should": finding, "minimum_should_match": 1 } });
    whole_query(query, vec![any], Vec::new(), ranking)
}

/// Returns the keys of an order, each total.
pub(crate) fn sort(sort: Sort) -> Value {
    match sort {
        Sort::Score => json!([
            { "_score": "desc" }, { "date": "desc" }, { "document": "asc" }, { "ordinal": "asc" }
        ]),
        Sort::Date => json!([{ "date": "desc" }, { "document": "asc" }, { "ordinal": "asc" }]),
        Sort::Document => json!([{ "document": "asc" }, { "ordinal": "asc" }]),
    }
}

/// Returns what a clause must be besides holding the words.
pub(crate) fn filters(filters: &Filters) -> Vec<Value> {
    let mut found = vec![json!({ "term": { "record": CLAUSE } })];
    let mut any =
        |field: &str, values: Vec<String>| found.push(json!({ "terms": { field: values } }));
    let names = filters.agency.as_ref().map(|agency| agency.names.iter());
    match (names, filters.role) {
        (Some(names), Some(role)) => {
            any("agency", names.map(|name| keyword(&pair_term(role, name))).collect());
        }
        (Some(names), None) => any("agency", names.map(|name| agency_term(name)).collect()),
        (None, Some(role)) => any("agency", vec![keyword(&role_term(role))]),
        (None, None) => {}
    }
    if !filters.documents.is_empty() {
        any("document", filters.documents.clone());
    }
    if !filters.kinds.is_empty() {
        any("kind", filters.kinds.iter().map(|kind| kind.name().to_owned()).collect());
    }
    if let Some(year) = filters.year {
        found.push(json!({ "term": { "year": year } }));
    }
    if let Some(chapter) = filters.chapter {
        found.push(json!({ "term": { "chapter": chapter } }));
    }
    found
}

fn whole_query(
    query: &SearchQuery,
    demands: Vec<Value>,
    unscored: Vec<Value>,
    ranking: Vec<Value>,
) -> Value {
    let mut filter = filters(&query.filters);
    filter.extend(unscored);
    let without: Vec<Value> =
        query.without.iter().map(|word| any_of(std::slice::from_ref(word))).collect();
    json!({ "bool": {
        "must": demands,
        "filter": filter,
        "must_not": without,
        "should": ranking,
        "minimum_should_match": 0,
    } })
}

/// Returns the query for clauses in which one of the words stands, or what may stand in
/// its place.
fn any_of(words: &[Word]) -> Value {
    let mut any = Vec::new();
    for word in words {
        any.push(stands(&word.folded, word.fields));
        for other in &word.alternatives {
            let stands = stands(&other.folded, word.fields);
            any.push(json!({
                "bool": { "must": [stands], "boost": ALTERNATIVE_WEIGHT }
            }));
        }
    }
    union(any)
}

/// Returns the query for a normalised word that stands in one of the fields.
fn stands(word: &str, fields: Fields) -> Value {
    union(fields.iter().map(|field| phrase(word, field)).collect())
}

fn phrase(word: &str, field: Field) -> Value {
    let name = field.name();
    let mut of_word: Vec<&str> = pairs(word).collect();
    match of_word.len() {
        0 => json!({ "prefix": { name: { "value": stream([word]) } } }),
        1 => json!({ "term": { name: { "value": stream(of_word.drain(..)) } } }),
        _ => json!({ "match_phrase": { name: { "query": stream(of_word) } } }),
    }
}

fn union(mut queries: Vec<Value>) -> Value {
    match queries.len() {
        1 => queries.remove(0),
        _ => json!({ "bool": { "should": queries, "minimum_should_match": 1 } }),
    }
}

fn rank_word(
    word: &str,
    weight: f32,
    known: &mut HashSet<(String, String)>,
    found: &mut Vec<Value>,
) {
    let ranked = word_tokens(word).into_iter().chain(characters(word).take(MAX_GRAMS));
    for part in ranked {
        rank(WORDS, &part, weight, known, found);
    }
    for pair in letter_pairs(word).take(MAX_GRAMS) {
        for field in Fields::CLAUSE.iter() {
            rank(field.name(), pair, weight, known, found);
        }
    }
}

fn rank_headings(
    query: &SearchQuery,
    known: &mut HashSet<(String, String)>,
    found: &mut Vec<Value>,
) {
    for word in query.words() {
        for pair in letter_pairs(&word.folded).take(MAX_GRAMS) {
            rank(Field::Heading.name(), pair, HEADING_WEIGHT, known, found);
        }
    }
    found.truncate(MAX_TERMS);
}

/// Adds a term that is scored, once.
fn rank(
    field: &str,
    text: &str,
    weight: f32,
    known: &mut HashSet<(String, String)>,
    found: &mut Vec<Value>,
) {
    let value = stream([text]);
    if known.insert((field.to_owned(), value.clone())) {
        found.push(json!({ "term": { field: { "value": value, "boost": weight } } }));
    }
}
