//! A small server that behaves as it is told, and counts what it took.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use serde_json::{Value, json};

/// What a server does with the records of a bulk: the status of each.
pub(crate) type Judge = Box<dyn FnMut(&str, usize) -> u16 + Send>;

/// What the server has and did.
#[derive(Default)]
pub(crate) struct State {
    /// The version that its mapping tells; `None`: there is no index.
    pub(crate) version: Option<Value>,
    /// Each record taken, and how often it was.
    pub(crate) taken: BTreeMap<String, (usize, Value)>,
    /// Requests so far, by method and path.
    pub(crate) requests: Vec<String>,
    /// The `authorization` of the last one.
    pub(crate) authorization: Option<String>,
    /// Answers given before anything is looked at, each once, the first first.
    pub(crate) answers: Vec<u16>,
    /// The status of each record by its id and how many times that was sent.
    pub(crate) judge: Option<Judge>,
    /// The largest bulk taken.
    pub(crate) max_bytes: Option<usize>,
    /// After so many bulks nobody answers any more.
    pub(crate) bulks_left: Option<usize>,
    /// How often each record was sent.
    pub(crate) sent: BTreeMap<String, usize>,
}

/// A server that ends with the program.
pub(crate) struct Rough {
    pub(crate) url: String,
    pub(crate) state: Arc<Mutex<State>>,
}

impl Rough {
    pub(crate) fn start(state: State) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let state = Arc::new(Mutex::new(state));
        let shared = Arc::clone(&state);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let _ = answer(stream, &mut shared.lock().unwrap());
            }
        });
        Self { url, state }
    }
}

fn answer(stream: TcpStream, state: &mut State) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let mut words = line.split_whitespace();
    let (method, path) =
        (words.next().unwrap_or("").to_owned(), words.next().unwrap_or("").to_owned());
    let mut n_bytes = 0;
    loop {
        let mut header = String::new();
        reader.read_line(&mut header)?;
        let Some((name, value)) = header.trim().split_once(": ") else { break };
        match name.to_ascii_lowercase().as_str() {
            "content-length" => n_bytes = value.parse().unwrap(),
            "authorization" => state.authorization = Some(value.to_owned()),
            _ => {}
        }
    }
    let mut body = vec![0; n_bytes];
    reader.read_exact(&mut body)?;
    state.requests.push(format!("{method} {path}"));
    let Some((status, value)) = reply(&method, &path, &body, state) else { return Ok(()) };
    let text = value.to_string();
    let mut stream = reader.into_inner();
    write!(
        stream,
        "HTTP/1.1 {status} X\r\nconnection: close\r\ncontent-type: application/json\r\n\
         content-length: {}\r\n\r\n{text}",
        text.len()
    )
}

fn reply(method: &str, path: &str, body: &[u8], state: &mut State) -> Option<(u16, Value)> {
    if !state.answers.is_empty() {
        return Some((state.answers.remove(0), json!({ "error": { "reason": "as told" } })));
    }
    let page = path.split('?').next().unwrap_or_default();
    Some(match (method, page) {
        ("GET", "/gangmu/_mapping") => match &state.version {
            Some(version) => {
                (200, json!({ "gangmu": { "mappings": { "_meta": { "gangmu": version } } } }))
            }
            None => (404, json!({ "error": { "reason": "no such index" } })),
        },
        ("PUT", "/_index_template/gangmu-gangmu") => (200, json!({})),
        ("PUT", "/gangmu") => {
            let body: Value = serde_json::from_slice(body).unwrap();
            state.version = Some(body["mappings"]["_meta"]["gangmu"].clone());
            (200, json!({}))
        }
        ("POST", "/gangmu/_refresh") => (200, json!({})),
        ("POST", "/gangmu/_search") => {
            let body: Value = serde_json::from_slice(body).unwrap();
            let conditions = match body["query"]["bool"]["filter"].as_array() {
                Some(conditions) => conditions.clone(),
                None => vec![body["query"].clone()],
            };
            let fits = |record: &Value| {
                let terms = conditions.iter().flat_map(|one| one["term"].as_object().unwrap());
                terms.into_iter().all(|(field, value)| record[field] == *value)
            };
            let hits: Vec<Value> = state
                .taken
                .iter()
                .filter(|(_, (_, record))| fits(record))
                .map(|(id, (_, record))| json!({ "_id": id, "_source": record, "sort": [id] }))
                .collect();
            let total = json!({ "value": hits.len() });
            (200, json!({ "hits": { "total": total, "hits": hits } }))
        }
        ("POST", "/_bulk") => return bulk(body, state),
        _ => (400, json!({ "error": { "reason": "not spoken here" } })),
    })
}

fn bulk(body: &[u8], state: &mut State) -> Option<(u16, Value)> {
    if let Some(left) = &mut state.bulks_left {
        *left = left.checked_sub(1)?;
    }
    if state.max_bytes.is_some_and(|most| body.len() > most) {
        return Some((413, json!({ "error": { "reason": "too large" } })));
    }
    let lines: Vec<Value> = body
        .split(|byte| *byte == b'\n')
        .filter_map(|line| serde_json::from_slice(line).ok())
        .collect();
    let mut items = Vec::new();
    for pair in lines.chunks(2) {
        let id = pair[0]["index"]["_id"].as_str().unwrap().to_owned();
        let n_sent = state.sent.entry(id.clone()).or_default();
        *n_sent += 1;
        let status = state.judge.as_mut().map_or(201, |judge| judge(&id, *n_sent));
        if status < 300 {
            let entry = state.taken.entry(id.clone()).or_default();
            *entry = (entry.0 + 1, pair[1].clone());
        }
        items.push(
            json!({ "index": { "_id": id, "status": status, "error": { "reason": "as told" } } }),
        );
    }
    Some((200, json!({ "errors": true, "items": items })))
}
