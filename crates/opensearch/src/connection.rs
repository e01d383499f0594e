//! Requests to one server, with patience.

use std::fmt;
use std::thread;
use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value;
use ureq::Agent;
use ureq::http::Request;

use crate::Error;

/// The index where the address names none.
const DEFAULT_INDEX: &str = "gangmu";

/// Bytes of the longest answer that is read.
const MAX_ANSWER_BYTES: u64 = 1 << 30;

/// Seconds that a server may take to accept a connection and to answer.
const CONNECT: Duration = Duration::from_secs(10);
const ANSWER: Duration = Duration::from_secs(120);

/// Who asks. Never shown.
#[derive(Clone, Default)]
pub struct Credentials {
    basic: Option<String>,
}

impl Credentials {
    /// Takes a name and a password.
    pub fn new(username: &str, password: &str) -> Self {
        let pair = BASE64_STANDARD.encode(format!("{username}:{password}"));
        Self { basic: Some(format!("Basic {pair}")) }
    }

    /// Takes `OPENSEARCH_USERNAME` and `OPENSEARCH_PASSWORD`, where the first is set.
    pub fn of_environment() -> Self {
        match std::env::var("OPENSEARCH_USERNAME") {
            Ok(username) => {
                let password = std::env::var("OPENSEARCH_PASSWORD").unwrap_or_default();
                Self::new(&username, &password)
            }
            Err(_) => Self::default(),
        }
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.basic.is_some() { "Credentials(…)" } else { "Credentials(none)" })
    }
}

/// How often a server is asked again that does not answer or is overloaded.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// How many times in all.
    pub n_attempts: u32,
    /// How long to wait before the second; twice as long before each further one.
    pub first_wait: Duration,
    /// The longest wait.
    pub longest_wait: Duration,
}

impl Default for Patience {
    /// Some four minutes.
    fn default() -> Self {
        Self {
            n_attempts: 10,
            first_wait: Duration::from_millis(500),
            longest_wait: Duration::from_secs(60),
        }
    }
}

impl Patience {
    /// Waits before an attempt (the first is 0), or returns that there is none left.
    pub(crate) fn wait(&self, n_failed: u32) -> bool {
        if n_failed >= self.n_attempts {
            return false;
        }
        if let Some(doubled) = n_failed.checked_sub(1) {
            let wait = self.first_wait.saturating_mul(1 << doubled.min(16));
            thread::sleep(wait.min(self.longest_wait));
        }
        true
    }
}

/// One index of one server.
#[derive(Debug)]
pub struct Connection {
    agent: Agent,
    server: String,
    index: String,
    credentials: Credentials,
    patience: Patience,
}

/// What is sent.
pub(crate) enum Body<'a> {
    None,
    Json(&'a Value),
    Lines(&'a [u8]),
}

/// What the server said.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) value: Value,
}

impl Connection {
    /// Takes an address, `http://host:9200` or `https://host:9200/index`. Nothing is sent yet.
    ///
    /// # Errors
    ///
    /// It is no address, or holds a password.
    pub fn new(url: &str, credentials: Credentials, patience: Patience) -> Result<Self, Error> {
        // Before the address is repeated in any sentence.
        if url.contains('@') {
            return Err(Error::PasswordInAddress);
        }
        let bad = || Error::Address { url: url.to_owned() };
        let (scheme, rest) = url.split_once("://").ok_or_else(bad)?;
        if !matches!(scheme, "http" | "https") || rest.contains(['?', '#']) {
            return Err(bad());
        }
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        let index = path.trim_end_matches('/');
        if host.is_empty() || index.contains('/') || index.starts_with('_') {
            return Err(bad());
        }
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_connect(Some(CONNECT))
            .timeout_global(Some(ANSWER))
            .user_agent(concat!("gangmu/", env!("CARGO_PKG_VERSION")))
            .build();
        Ok(Self {
            agent: config.into(),
            server: format!("{scheme}://{host}"),
            index: if index.is_empty() { DEFAULT_INDEX } else { index }.to_owned(),
            credentials,
            patience,
        })
    }

    /// Returns the index's name.
    pub fn index(&self) -> &str {
        &self.index
    }

    pub(crate) fn server(&self) -> &str {
        &self.server
    }

    pub(crate) fn patience(&self) -> Patience {
        self.patience
    }

    /// Sends a request, again and again where nobody answers or the server has no
    /// room, and returns an answer of success or 404.
    pub(crate) fn ask(&self, method: &str, path: &str, body: Body<'_>) -> Result<Value, Error> {
        let Answer { status, value } = self.send(method, path, body)?;
        match status {
            200..300 => Ok(value),
            404 => Err(Error::Missing { url: self.server.clone(), index: self.index.clone() }),
            _ => Err(self.refused(status, &value)),
        }
    }

    /// As [`ask`](Self::ask), but every answer that is not to be waited for is one.
    pub(crate) fn send(&self, method: &str, path: &str, body: Body<'_>) -> Result<Answer, Error> {
        let mut reason = String::new();
        let mut n_failed = 0;
        while self.patience.wait(n_failed) {
            n_failed += 1;
            match self.send_once(method, path, &body) {
                Ok(Answer { status: status @ (401 | 403), .. }) => {
                    return Err(Error::Credentials {
                        url: self.server.clone(),
                        index: self.index.clone(),
                        status,
                    });
                }
                Ok(answer) if answer.status == 429 || answer.status >= 500 => {
                    reason = format!("{} {}", answer.status, told(&answer.value));
                }
                Ok(answer) => return Ok(answer),
                Err(ureq::Error::BadUri(_)) => {
                    return Err(Error::Address { url: self.server.clone() });
                }
                Err(error) => reason = error.to_string(),
            }
        }
        Err(Error::Unreachable { url: self.server.clone(), reason: reason.trim().to_owned() })
    }

    fn send_once(&self, method: &str, path: &str, body: &Body<'_>) -> Result<Answer, ureq::Error> {
        let (kind, bytes) = match body {
            Body::None => ("application/json", Vec::new()),
            Body::Json(value) => ("application/json", value.to_string().into_bytes()),
            Body::Lines(lines) => ("application/x-ndjson", lines.to_vec()),
        };
        let mut request = Request::builder()
            .method(method)
            .uri(format!("{}/{path}", self.server))
            .header("content-type", kind)
            .header("accept", "application/json");
        if let Some(basic) = &self.credentials.basic {
            request = request.header("authorization", basic);
        }
        let mut response = self.agent.run(request.body(bytes)?)?;
        let status = response.status().as_u16();
        let text = response.body_mut().with_config().limit(MAX_ANSWER_BYTES).read_to_vec()?;
        let value = serde_json::from_slice(&text).unwrap_or_else(|_| {
            let words = String::from_utf8_lossy(&text);
            Value::String(words.chars().take(200).collect())
        });
        Ok(Answer { status, value })
    }

    pub(crate) fn refused(&self, status: u16, value: &Value) -> Error {
        Error::Refused { url: self.server.clone(), status, reason: told(value) }
    }

    pub(crate) fn answer(&self, reason: &str) -> Error {
        Error::Answer { url: self.server.clone(), reason: reason.to_owned() }
    }
}

/// Returns what a server says is wrong, in one line.
pub(crate) fn told(value: &Value) -> String {
    let error = value.get("error").unwrap_or(value);
    let cause = error.get("root_cause").and_then(|causes| causes.get(0)).unwrap_or(error);
    let text = match cause.get("reason").or_else(|| error.get("reason")) {
        Some(Value::String(reason)) => reason.clone(),
        _ => match error {
            Value::String(text) => text.clone(),
            Value::Null => String::new(),
            other => other.to_string(),
        },
    };
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(300).collect()
}
