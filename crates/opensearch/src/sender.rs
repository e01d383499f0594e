//! Documents on their way to a server.
//!
//! A document's own record goes out when all its clauses have arrived, so a document
//! whose record is there is whole. A run that ended early begins by asking what is
//! there, and what is there as it would be sent is not sent again.

use std::collections::{HashMap, VecDeque};

use gangmu_model::Document;
use serde_json::{Value, json};

use crate::connection::{Answer, Body, told};
use crate::engine::check_version;
use crate::record::{CLAUSE, WHOLE, template};
use crate::{Connection, Error, Record, records};

/// Bytes and records of one bulk, whichever is reached first.
const BULK_BYTES: usize = 4 << 20;
const BULK_RECORDS: usize = 2000;
/// Records that are asked for at once where it is looked at what is there.
const PAGE: usize = 5000;

/// Sends documents into one index.
#[derive(Debug)]
pub struct Sender {
    connection: Connection,
    /// The digests of the whole documents that are there.
    there: HashMap<String, String>,
    /// Whether there are clauses of documents that are not whole.
    has_parts: bool,
    waiting: VecDeque<Item>,
    n_bytes: usize,
    /// Of documents on their way: how many clauses have not arrived, and the record that
    /// goes out behind them.
    open: HashMap<String, Open>,
    sent: Sent,
}

#[derive(Debug)]
struct Open {
    n_missing: usize,
    whole: Option<Item>,
    is_refused: bool,
}

#[derive(Debug)]
struct Item {
    id: String,
    document: String,
    is_whole: bool,
    /// Action and record, a line each.
    lines: Vec<u8>,
}

/// What came of sending.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sent {
    /// Documents that are whole now.
    pub n_documents: usize,
    /// Documents that were there already.
    pub n_known: usize,
    /// Records taken.
    pub n_records: usize,
    /// Records that were there from a run before.
    pub n_known_records: usize,
    /// What the server would not take.
    pub refused: Vec<Refusal>,
}

/// A record that a server would not take. Its document has no record of its own then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The document's id.
    pub document: String,
    /// The record's id.
    pub record: String,
    /// The server's words.
    pub reason: String,
}

impl Sender {
    /// Makes the index where it is missing, and asks what is in it.
    ///
    /// # Errors
    ///
    /// The server does not answer, or the index is of another version.
    pub fn open(connection: Connection) -> Result<Self, Error> {
        match check_version(&connection) {
            Ok(()) => {}
            Err(Error::Missing { .. }) => make(&connection)?,
            Err(error) => return Err(error),
        }
        let mut sender = Self {
            connection,
            there: HashMap::new(),
            has_parts: false,
            waiting: VecDeque::new(),
            n_bytes: 0,
            open: HashMap::new(),
            sent: Sent::default(),
        };
        sender.look()?;
        Ok(sender)
    }

    /// Sends a document unless it is there.
    ///
    /// # Errors
    ///
    /// The server does not answer; what was sent before is there.
    pub fn add(&mut self, document: &Document) -> Result<(), Error> {
        let mut records = records(document)?;
        let digest = records.last().and_then(|record| record.fields["digest"].as_str());
        let digest = digest.unwrap_or_default().to_owned();
        let there = self.there.get(&document.id);
        if there == Some(&digest) {
            self.sent.n_known += 1;
            return Ok(());
        }
        let mut parts = HashMap::new();
        if there.is_none() && self.has_parts {
            parts = self.parts_of(&document.id)?;
        }
        if there.is_some() || parts.values().any(|of| *of != digest) {
            self.forget(&document.id)?;
            parts.clear();
        }
        let whole = records.pop().map(|record| item(self.connection.index(), &record, true));
        let n_records = records.len();
        records.retain(|record| !parts.contains_key(&record.id));
        self.sent.n_known_records += n_records - records.len();
        let open = Open { n_missing: records.len(), whole, is_refused: false };
        self.open.insert(document.id.clone(), open);
        for record in &records {
            let item = item(self.connection.index(), record, false);
            self.wait(item)?;
        }
        if records.is_empty() {
            self.arrived(&document.id)?;
        }
        Ok(())
    }

    /// Sends what is left, and makes it visible.
    ///
    /// # Errors
    ///
    /// The server does not answer.
    pub fn finish(mut self) -> Result<Sent, Error> {
        while !self.waiting.is_empty() {
            self.send()?;
        }
        let path = format!("{}/_refresh", self.connection.index());
        self.connection.ask("POST", &path, Body::None)?;
        Ok(self.sent)
    }

    /// Asks which documents are whole, and whether there are clauses of others: more
    /// than the whole ones have.
    fn look(&mut self) -> Result<(), Error> {
        let index = self.connection.index().to_owned();
        self.connection.ask("POST", &format!("{index}/_refresh"), Body::None)?;
        let mut there = HashMap::new();
        let mut n_clauses = 0;
        self.each(json!({ "term": { "record": WHOLE } }), |_, source| {
            n_clauses += source["ordinal"].as_u64().unwrap_or_default();
            there.insert(text(&source["document"]), text(&source["digest"]));
        })?;
        let body = json!({
            "size": 0,
            "track_total_hits": true,
            "query": { "term": { "record": CLAUSE } },
        });
        let path = format!("{index}/_search");
        let answer = self.connection.ask("POST", &path, Body::Json(&body))?;
        let Some(n_there) = answer["hits"]["total"]["value"].as_u64() else {
            return Err(self.connection.answer("it counts no hits"));
        };
        (self.there, self.has_parts) = (there, n_there != n_clauses);
        Ok(())
    }

    /// Returns the ids of a document's clauses that are there, with their digests.
    fn parts_of(&self, document: &str) -> Result<HashMap<String, String>, Error> {
        let mut parts = HashMap::new();
        let query = json!({ "bool": { "filter": [
            { "term": { "document": document } },
            { "term": { "record": CLAUSE } },
        ] } });
        self.each(query, |id, source| {
            parts.insert(text(id), text(&source["digest"]));
        })?;
        Ok(parts)
    }

    /// Hands on id and a few fields of all that a query finds.
    fn each(&self, query: Value, mut note: impl FnMut(&Value, &Value)) -> Result<(), Error> {
        let path = format!("{}/_search", self.connection.index());
        let mut body = json!({
            "size": PAGE,
            "query": query,
            "_source": ["document", "digest", "ordinal"],
            "sort": [{ "document": "asc" }, { "ordinal": "asc" }],
        });
        loop {
            let answer = self.connection.ask("POST", &path, Body::Json(&body))?;
            let Some(hits) = answer["hits"]["hits"].as_array() else {
                return Err(self.connection.answer("it has no hits"));
            };
            for hit in hits {
                note(&hit["_id"], &hit["_source"]);
            }
            match hits.last() {
                Some(last) if hits.len() == PAGE => body["search_after"] = last["sort"].clone(),
                _ => return Ok(()),
            }
        }
    }

    /// Removes the records of a document that has changed.
    fn forget(&mut self, document: &str) -> Result<(), Error> {
        let path = format!("{}/_delete_by_query?refresh=true", self.connection.index());
        let query = json!({ "query": { "term": { "document": document } } });
        self.connection.ask("POST", &path, Body::Json(&query))?;
        self.there.remove(document);
        Ok(())
    }

    fn wait(&mut self, item: Item) -> Result<(), Error> {
        self.n_bytes += item.lines.len();
        self.waiting.push_back(item);
        if self.n_bytes >= BULK_BYTES || self.waiting.len() >= BULK_RECORDS {
            self.send()?;
        }
        Ok(())
    }

    /// Sends all that waits now, and what of it had no room again.
    fn send(&mut self) -> Result<(), Error> {
        self.n_bytes = 0;
        let items: Vec<Item> = self.waiting.drain(..).collect();
        self.send_bulk(items)
    }

    fn send_bulk(&mut self, mut items: Vec<Item>) -> Result<(), Error> {
        let patience = self.connection.patience();
        let mut n_failed = 0;
        while !items.is_empty() {
            if !patience.wait(n_failed) {
                return Err(Error::Unreachable {
                    url: self.connection.server().to_owned(),
                    reason: format!("it has no room for {} records", items.len()),
                });
            }
            let lines: Vec<u8> = items.iter().flat_map(|item| item.lines.iter().copied()).collect();
            let Answer { status, value } =
                self.connection.send("POST", "_bulk", Body::Lines(&lines))?;
            if status == 413 {
                return self.send_halves(items, &value);
            }
            let answers = value["items"].as_array().filter(|answers| answers.len() == items.len());
            let Some(answers) = answers.filter(|_| status < 300) else {
                return Err(self.connection.refused(status, &value));
            };
            let n_before = items.len();
            let mut again = Vec::new();
            for (item, answer) in items.into_iter().zip(answers) {
                let result = &answer["index"];
                match result["status"].as_u64().unwrap_or_default() {
                    200..300 => self.taken(&item)?,
                    401 | 403 => return Err(self.connection.refused(403, result)),
                    429 | 500.. => again.push(item),
                    _ => self.refuse(item, told(result)),
                }
            }
            // As long as a part goes through, the server is only slow.
            n_failed = if again.len() < n_before { 1 } else { n_failed + 1 };
            items = again;
        }
        Ok(())
    }

    /// Sends a bulk that is too large in halves.
    fn send_halves(&mut self, mut items: Vec<Item>, answer: &Value) -> Result<(), Error> {
        if items.len() > 1 {
            let second = items.split_off(items.len() / 2);
            self.send_bulk(items)?;
            return self.send_bulk(second);
        }
        for item in items {
            self.refuse(item, format!("too large for the server {}", told(answer)));
        }
        Ok(())
    }

    fn taken(&mut self, item: &Item) -> Result<(), Error> {
        self.sent.n_records += 1;
        if item.is_whole {
            self.sent.n_documents += 1;
            return Ok(());
        }
        if let Some(open) = self.open.get_mut(&item.document) {
            open.n_missing -= 1;
        }
        self.arrived(&item.document)
    }

    /// Lets a document's own record go out where its clauses have all arrived.
    fn arrived(&mut self, document: &str) -> Result<(), Error> {
        if self.open.get(document).is_some_and(|open| open.n_missing == 0)
            && let Some(open) = self.open.remove(document)
            && !open.is_refused
            && let Some(whole) = open.whole
        {
            self.n_bytes += whole.lines.len();
            self.waiting.push_back(whole);
        }
        Ok(())
    }

    fn refuse(&mut self, item: Item, reason: String) {
        if let Some(open) = self.open.get_mut(&item.document) {
            open.n_missing = open.n_missing.saturating_sub(1);
            open.is_refused = true;
        }
        self.sent.refused.push(Refusal { document: item.document, record: item.id, reason });
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn make(connection: &Connection) -> Result<(), Error> {
    let index = connection.index();
    let template = template(index);
    connection.ask("PUT", &format!("_index_template/gangmu-{index}"), Body::Json(&template))?;
    let Answer { status, value } =
        connection.send("PUT", index, Body::Json(&template["template"]))?;
    // Another run may have made it just now.
    if status < 300 || told(&value).contains("already exists") {
        check_version(connection)
    } else {
        Err(connection.refused(status, &value))
    }
}

fn item(index: &str, record: &Record, is_whole: bool) -> Item {
    let action = json!({ "index": { "_index": index, "_id": record.id } });
    let mut lines = action.to_string().into_bytes();
    lines.push(b'\n');
    lines.extend(Value::Object(record.fields.clone()).to_string().into_bytes());
    lines.push(b'\n');
    let document = record.fields["document"].as_str().unwrap_or_default().to_owned();
    Item { id: record.id.clone(), document, is_whole, lines }
}

impl Record {
    /// Returns the record as two lines of a `_bulk` request.
    pub fn bulk(&self, index: &str) -> Vec<u8> {
        item(index, self, false).lines
    }
}
