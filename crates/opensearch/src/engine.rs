//! Asking a server.

use std::collections::{BTreeMap, HashMap, HashSet};

use gangmu_indexer::{FacetPage, StoredClause, is_long, mention, seen_pairs};
use gangmu_lexicon::Lexicon;
use gangmu_model::{Division, Document, Role};
use gangmu_query::{
    AgencyMatcher, DocumentFilter, DocumentSummary, Facet, Filters, Relax, SearchPage, SearchQuery,
    Sort, TargetQuery, TaskQuery, facet_records,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::connection::Body;
use crate::record::{WHOLE, facet_field, version};
use crate::{Connection, Error, dsl};

/// Records that are asked for at once.
const PAGE: usize = 500;
/// Clauses of a question that are given at most, as gangmu's own index does.
const MAX_RANKED: usize = 500;
/// Documents that are put together at once.
const DOCUMENTS: usize = 50;

/// An index on a server, as gangmu wrote it.
#[derive(Debug)]
pub struct Engine {
    connection: Connection,
}

/// A record found.
struct Hit {
    score: f64,
    fields: Value,
}

/// The clauses that answer, as [`gangmu_query::SearchPage`] has them.
struct Found {
    total: usize,
    hits: Vec<Hit>,
    relaxed: bool,
}

/// What is asked of a server.
struct Asked<'a> {
    query: &'a Value,
    sort: Sort,
    offset: usize,
    limit: usize,
    /// The fields to give.
    fields: &'a [&'a str],
}

impl Engine {
    /// Opens the index of a connection.
    ///
    /// # Errors
    ///
    /// The server does not answer, or there is no such index, or it is of another version.
    pub fn open(connection: Connection) -> Result<Self, Error> {
        check_version(&connection)?;
        Ok(Self { connection })
    }

    /// Answers a search as [`gangmu_indexer::Index::search`] does. The order of clauses
    /// by score is the server's.
    ///
    /// # Errors
    ///
    /// The server gives no answer.
    pub fn search(&self, query: &SearchQuery) -> Result<SearchPage, Error> {
        let Found { total, hits, relaxed } = self.find(query, &["body"])?;
        let mut records = Vec::with_capacity(hits.len());
        for Hit { score, fields } in hits {
            let clause: StoredClause = self.value(&fields, "body")?;
            records.push(clause.answer(query, score));
        }
        Ok(SearchPage { records, total, relaxed })
    }

    /// Counts all clauses that answer a search, as [`gangmu_indexer::Index::facets`] does.
    ///
    /// # Errors
    ///
    /// The server gives no answer.
    pub fn facets(&self, query: &SearchQuery, asked: &[Facet]) -> Result<FacetPage, Error> {
        let of_clauses = |facet: &&Facet| Facet::OF_CLAUSES.contains(*facet);
        let names: Vec<String> =
            asked.iter().filter(of_clauses).map(|facet| facet_field(*facet)).collect();
        let mut fields: Vec<&str> = names.iter().map(String::as_str).collect();
        fields.push("document");
        let summaries = if asked.iter().all(|facet| of_clauses(&facet)) {
            Vec::new()
        } else {
            self.summaries()?
        };
        let by_id: HashMap<&str, &DocumentSummary> =
            summaries.iter().map(|summary| (summary.id.as_str(), summary)).collect();
        let whole = SearchQuery { limit: usize::MAX, offset: 0, ..query.clone() };
        let found = self.find(&whole, &fields)?;
        let mut counts: BTreeMap<(Facet, String), u32> = BTreeMap::new();
        for hit in &found.hits {
            let document = hit.fields["document"].as_str().unwrap_or_default();
            for &facet in asked {
                let values = match (of_clauses(&&facet), by_id.get(document)) {
                    (true, _) => strings(&hit.fields[facet_field(facet)]),
                    (false, Some(summary)) => facet.values_of(*summary),
                    (false, None) => Vec::new(),
                };
                for value in values {
                    *counts.entry((facet, value)).or_default() += 1;
                }
            }
        }
        let records = facet_records(asked, &counts);
        Ok(FacetPage { records, total: found.total, relaxed: found.relaxed })
    }

    /// Returns the summary of each document, by id.
    ///
    /// # Errors
    ///
    /// The server gives no answer.
    pub fn summaries(&self) -> Result<Vec<DocumentSummary>, Error> {
        let query = json!({ "term": { "record": WHOLE } });
        let fields = &["document", "metadata", "mentions"][..];
        let asked =
            Asked { query: &query, sort: Sort::Document, offset: 0, limit: usize::MAX, fields };
        let (_, hits) = self.hits(&asked)?;
        let mut summaries = Vec::with_capacity(hits.len());
        for Hit { fields, .. } in hits {
            let mentions = strings(&fields["mentions"]);
            summaries.push(DocumentSummary {
                id: self.value(&fields, "document")?,
                metadata: self.value(&fields, "metadata")?,
                agencies: mentions.iter().map(|term| mention(term)).collect(),
            });
        }
        Ok(summaries)
    }

    /// Returns the documents in which a task may stand that answers the query: enough for
    /// [`TaskQuery::answer`].
    ///
    /// # Errors
    ///
    /// The server gives no answer.
    pub fn documents_with_tasks(
        &self,
        query: &TaskQuery,
        summaries: &[DocumentSummary],
        lexicon: &Lexicon,
    ) -> Result<Vec<Document>, Error> {
        let wanted = wanted(&query.documents, summaries);
        // A leader that is inferred has another role in the index.
        let role = match query.roles.as_slice() {
            [role] if !query.first_is_lead => Some(*role),
            _ => None,
        };
        self.documents_with(query.agency.as_deref(), role, None, &wanted, lexicon)
    }

    /// Returns the documents in which a goal may stand that answers the query: enough for
    /// [`TargetQuery::answer`].
    ///
    /// # Errors
    ///
    /// The server gives no answer.
    pub fn documents_with_targets(
        &self,
        query: &TargetQuery,
        summaries: &[DocumentSummary],
        lexicon: &Lexicon,
    ) -> Result<Vec<Document>, Error> {
        let wanted = wanted(&query.documents, summaries);
        self.documents_with(query.agency.as_deref(), None, query.year, &wanted, lexicon)
    }

    fn documents_with(
        &self,
        agency: Option<&str>,
        role: Option<Role>,
        year: Option<i32>,
        wanted: &[&DocumentSummary],
        lexicon: &Lexicon,
    ) -> Result<Vec<Document>, Error> {
        let agency = agency.map(|asked| AgencyMatcher::new(asked, lexicon).filter(wanted));
        if agency.as_ref().is_some_and(|agency| agency.names.is_empty()) {
            return Ok(Vec::new());
        }
        let mut ids: Vec<&str> = wanted.iter().map(|summary| summary.id.as_str()).collect();
        let filters = Filters { agency, role, year, ..Filters::default() };
        if filters != Filters::default() {
            let query = json!({ "bool": { "filter": dsl::filters(&filters) } });
            let fields = &["document"][..];
            let asked =
                Asked { query: &query, sort: Sort::Document, offset: 0, limit: usize::MAX, fields };
            let (_, hits) = self.hits(&asked)?;
            let with: HashSet<&str> =
                hits.iter().filter_map(|hit| hit.fields["document"].as_str()).collect();
            ids.retain(|id| with.contains(id));
        }
        self.documents(&ids)
    }

    /// Puts documents together again, in the order of their ids.
    ///
    /// # Errors
    ///
    /// The server gives no answer.
    pub fn documents(&self, ids: &[&str]) -> Result<Vec<Document>, Error> {
        let mut documents = Vec::with_capacity(ids.len());
        for ids in ids.chunks(DOCUMENTS) {
            let query = json!({ "terms": { "document": ids } });
            let fields = &["record", "document", "body"][..];
            let asked =
                Asked { query: &query, sort: Sort::Document, offset: 0, limit: usize::MAX, fields };
            let (_, hits) = self.hits(&asked)?;
            let mut divisions: BTreeMap<String, Vec<Division>> = BTreeMap::new();
            let mut whole: BTreeMap<String, Document> = BTreeMap::new();
            for Hit { fields, .. } in hits {
                let id: String = self.value(&fields, "document")?;
                if fields["record"] == WHOLE {
                    whole.insert(id, self.value(&fields, "body")?);
                } else {
                    let clause: StoredClause = self.value(&fields, "body")?;
                    divisions.entry(id).or_default().push(clause.division);
                }
            }
            for (id, mut document) in whole {
                document.divisions = divisions.remove(&id).unwrap_or_default();
                documents.push(document);
            }
        }
        Ok(documents)
    }

    /// Finds the clauses that answer, and of these the page that the query asks for, in
    /// the same steps as gangmu's own index.
    fn find(&self, query: &SearchQuery, fields: &[&str]) -> Result<Found, Error> {
        let plain = |query: &Value, sort, offset, limit| {
            self.hits(&Asked { query, sort, offset, limit, fields })
        };
        if query.same.is_some() {
            return self.together(query, fields);
        }
        let is_paired = !seen_pairs(query, 1).is_empty();
        let asks = match query.relax {
            Relax::Never => false,
            Relax::IfNothing => is_paired && query.is_question(),
            Relax::Always => is_paired,
        };
        if query.relax != Relax::Always || !is_paired {
            let exact = dsl::exact(query);
            let (total, hits) = plain(&exact, query.sort, query.offset, query.limit)?;
            if total > 0 || query.relax == Relax::Never {
                return Ok(Found { total, hits, relaxed: false });
            }
        }
        if !asks && let Some(relaxed) = dsl::relaxed(query) {
            let (total, hits) = plain(&relaxed, query.sort, query.offset, query.limit)?;
            if total > 0 {
                return Ok(Found { total, hits, relaxed: true });
            }
        }
        if asks || is_long(query) {
            let question = dsl::question(query);
            let mut with_order = fields.to_vec();
            with_order.extend(["date", "document", "ordinal"]);
            let best = Asked {
                query: &question,
                sort: Sort::Score,
                offset: 0,
                limit: MAX_RANKED,
                fields: &with_order,
            };
            let (_, mut hits) = self.hits(&best)?;
            let place = |hit: &Hit| {
                let document = hit.fields["document"].as_str().unwrap_or_default().to_owned();
                (document, hit.fields["ordinal"].as_u64())
            };
            match query.sort {
                Sort::Score => {}
                Sort::Date => hits.sort_by_cached_key(|hit| {
                    (std::cmp::Reverse(hit.fields["date"].as_u64()), place(hit))
                }),
                Sort::Document => hits.sort_by_cached_key(place),
            }
            let total = hits.len();
            let hits = hits.into_iter().skip(query.offset).take(query.limit).collect();
            return Ok(Found { total, hits, relaxed: total > 0 });
        }
        Ok(Found { total: 0, hits: Vec::new(), relaxed: false })
    }

    /// Finds the clauses in which the words stand in one stretch of text: the server
    /// knows those in which they stand, and these are looked at.
    fn together(&self, query: &SearchQuery, fields: &[&str]) -> Result<Found, Error> {
        let mut with_body = fields.to_vec();
        with_body.push("body");
        let exact = dsl::exact(query);
        let (_, hits) = self.hits(&Asked {
            query: &exact,
            sort: query.sort,
            offset: 0,
            limit: usize::MAX,
            fields: &with_body,
        })?;
        let mut kept = Vec::new();
        for hit in hits {
            let clause: StoredClause = self.value(&hit.fields, "body")?;
            if clause.text().find(query).is_some() {
                kept.push(hit);
            }
        }
        let total = kept.len();
        let hits = kept.into_iter().skip(query.offset).take(query.limit).collect();
        Ok(Found { total, hits, relaxed: false })
    }

    /// Returns how many records a query finds, and a page of them, which is asked for in
    /// pieces, each behind the last record of the one before.
    fn hits(&self, asked: &Asked<'_>) -> Result<(usize, Vec<Hit>), Error> {
        let path = format!("{}/_search?search_type=dfs_query_then_fetch", self.connection.index());
        let mut body = json!({
            "query": asked.query,
            "sort": dsl::sort(asked.sort),
            "track_scores": true,
            "track_total_hits": true,
        });
        let mut hits: Vec<Hit> = Vec::new();
        let mut total = 0;
        let mut n_left_out = 0;
        loop {
            let leaves_out = n_left_out < asked.offset;
            let wanted =
                if leaves_out { asked.offset - n_left_out } else { asked.limit - hits.len() };
            let size = wanted.min(PAGE);
            body["size"] = size.into();
            body["_source"] = if leaves_out { json!(false) } else { json!(asked.fields) };
            let mut answer = self.connection.ask("POST", &path, Body::Json(&body))?;
            let found = &mut answer["hits"];
            if body.get("search_after").is_none() {
                total = match found["total"]["value"].as_u64() {
                    Some(total) => usize::try_from(total).unwrap_or(usize::MAX),
                    None => return Err(self.connection.answer("it counts no hits")),
                };
            }
            let Value::Array(page) = found["hits"].take() else {
                return Err(self.connection.answer("it has no hits"));
            };
            let n_found = page.len();
            if let Some(last) = page.last() {
                body["search_after"] = last["sort"].clone();
            }
            if leaves_out {
                n_left_out += n_found;
            } else {
                hits.extend(page.into_iter().map(|mut hit| Hit {
                    score: hit["_score"].as_f64().unwrap_or_default(),
                    fields: hit["_source"].take(),
                }));
            }
            if n_found < size || n_found == 0 || hits.len() >= asked.limit {
                return Ok((total, hits));
            }
        }
    }

    fn value<T: DeserializeOwned>(&self, fields: &Value, name: &str) -> Result<T, Error> {
        T::deserialize(&fields[name])
            .map_err(|error| self.connection.answer(&format!("the field {name}: {error}")))
    }
}

/// Sees that an index is there and of this version.
pub(crate) fn check_version(connection: &Connection) -> Result<(), Error> {
    let path = format!("{}/_mapping", connection.index());
    let answer = connection.ask("GET", &path, Body::None)?;
    let mapping = answer.as_object().and_then(|indices| indices.values().next());
    let found = mapping.map(|mapping| &mapping["mappings"]["_meta"]["gangmu"]);
    if found.and_then(Value::as_str) == Some(version().as_str()) {
        return Ok(());
    }
    Err(Error::OtherVersion {
        url: connection.server().to_owned(),
        index: connection.index().to_owned(),
        by: match found.and_then(Value::as_str) {
            Some(version) => format!("with version {version}"),
            None => "by another program".to_owned(),
        },
        wanted: format!("version {}", version()),
    })
}

fn wanted<'a>(
    documents: &DocumentFilter,
    summaries: &'a [DocumentSummary],
) -> Vec<&'a DocumentSummary> {
    summaries.iter().filter(|summary| documents.admits(*summary)).collect()
}

fn strings(value: &Value) -> Vec<String> {
    let texts = value.as_array().into_iter().flatten().filter_map(Value::as_str);
    texts.map(str::to_owned).collect()
}
