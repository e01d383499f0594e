//! Answers: made once for each state of the index, tagged by their bytes, and kept
//! for who asks the same again.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::FromRequestParts;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, ETAG, IF_NONE_MATCH, LOCATION, SET_COOKIE,
    VARY,
};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::app::{App, hex};
use crate::pages;
use crate::parameters::{DISPLAY, Parameter, Parameters};
use crate::problem::Problem;
use crate::snapshot::Snapshot;
use crate::wording::{LANGUAGE_COOKIE, Language, THEME_COOKIE, Theme, cookie, kept};

/// Bytes of an answer that is still kept.
const LARGEST_KEPT: usize = 4 << 20;

pub(crate) const HTML: &str = "text/html; charset=utf-8";
pub(crate) const JSON: &str = "application/json";
const PROBLEM: &str = "application/problem+json";

/// What was asked: where, how, and by whom it is read.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) path: String,
    pub(crate) query: Option<String>,
    pub(crate) language: Language,
    pub(crate) theme: Theme,
    /// Whether a program asks, and no person.
    pub(crate) is_api: bool,
    if_none_match: Option<HeaderValue>,
}

/// What decides the bytes of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    generation: u64,
    language: Language,
    theme: Theme,
    pub(crate) address: String,
}

/// A body and what is said of it.
#[derive(Debug, Clone)]
pub(crate) struct Content {
    pub(crate) media_type: &'static str,
    pub(crate) body: Bytes,
    /// The name of the file that it is saved as.
    pub(crate) file: Option<String>,
}

/// An answer with its tag.
#[derive(Debug)]
pub(crate) struct Kept {
    pub(crate) content: Content,
    tag: HeaderValue,
}

impl Content {
    pub(crate) fn new(media_type: &'static str, body: impl Into<Bytes>) -> Self {
        Self { media_type, body: body.into(), file: None }
    }

    pub(crate) fn html(markup: maud::Markup) -> Self {
        Self::new(HTML, markup.into_string())
    }

    /// Returns a value as JSON, as the commands print it in one line.
    pub(crate) fn json(value: &impl Serialize) -> Result<Self, Problem> {
        let mut body = serde_json::to_vec(value).map_err(|error| Problem::internal(&error))?;
        body.push(b'\n');
        Ok(Self::new(JSON, body))
    }

    /// Returns it as a file to save.
    pub(crate) fn saved_as(self, name: impl Into<String>) -> Self {
        Self { file: Some(name.into()), ..self }
    }
}

impl Asked {
    /// Returns what was asked by the parameters known, those of every page among them.
    pub(crate) fn parameters(&self, known: &[&[Parameter]]) -> Result<Parameters, Problem> {
        if self.is_api {
            return Parameters::read(self.query.as_deref(), known);
        }
        let known: Vec<&[Parameter]> = known.iter().copied().chain([DISPLAY]).collect();
        Parameters::read(self.query.as_deref(), &known)
    }

    pub(crate) fn of(parts: &Parts) -> Self {
        let query = parts.uri.query().map(str::to_owned);
        let pairs = || form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes());
        let said = |name: &str| pairs().find(|(known, _)| known == name).map(|(_, value)| value);
        let language = said("lang").and_then(|name| Language::named(&name));
        let kept_language = || Language::named(cookie(&parts.headers, LANGUAGE_COOKIE)?);
        let kept_theme = || Theme::named(cookie(&parts.headers, THEME_COOKIE)?);
        let path = parts.uri.path();
        Self {
            path: path.to_owned(),
            language: language.or_else(kept_language).unwrap_or_default(),
            theme: kept_theme().unwrap_or_default(),
            is_api: path.starts_with("/api/"),
            if_none_match: parts.headers.get(IF_NONE_MATCH).cloned(),
            query,
        }
    }

    /// Returns the choice of colours that the address makes.
    fn theme_chosen(&self) -> Option<Theme> {
        let query = self.query.as_deref().filter(|_| !self.is_api)?;
        let mut pairs = form_urlencoded::parse(query.as_bytes());
        pairs.find(|(name, _)| name == "theme").and_then(|(_, name)| Theme::named(&name))
    }

    /// Returns the response to a request that failed.
    pub(crate) fn refused(&self, problem: &Problem) -> Response {
        let (media_type, body) = if self.is_api {
            (PROBLEM, serde_json::to_vec(problem).unwrap_or_default())
        } else {
            (HTML, pages::problem(self, problem).into_string().into_bytes())
        };
        let mut response = (problem.code(), body).into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response
    }

    /// Returns the way to another page.
    pub(crate) fn sent_to(address: &str) -> Response {
        let location = HeaderValue::from_str(address).unwrap_or(HeaderValue::from_static("/"));
        (StatusCode::SEE_OTHER, [(LOCATION, location)]).into_response()
    }
}

impl<S: Sync> FromRequestParts<S> for Asked {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self::of(parts))
    }
}

/// Answers a question about the newest state: from what is kept, or by `make`, which
/// runs beside the connections and for a bounded time.
pub(crate) async fn give(
    app: Arc<App>,
    asked: Asked,
    make: impl FnOnce(&App, &Snapshot, &Asked) -> Result<Content, Problem> + Send + 'static,
) -> Response {
    if let Some(theme) = asked.theme_chosen() {
        return with_colours(&asked, theme);
    }
    let snapshot = app.library.newest();
    let key = Key {
        generation: snapshot.generation,
        language: if asked.is_api { Language::English } else { asked.language },
        theme: if asked.is_api { Theme::System } else { asked.theme },
        address: format!("{}?{}", asked.path, asked.query.as_deref().unwrap_or_default()),
    };
    if let Some(kept) = app.kept.get(&key) {
        return respond(&kept, &asked);
    }
    let time = app.settings.bounds.answer_time;
    let task = {
        let (app, asked) = (Arc::clone(&app), asked.clone());
        tokio::task::spawn_blocking(move || {
            make(&app, &snapshot, &asked).map(|content| Arc::new(Kept::new(content)))
        })
    };
    let kept = match tokio::time::timeout(time, task).await {
        Ok(Ok(made)) => made,
        Ok(Err(_)) => Err(Problem::internal(&"a fault of the program")),
        Err(_) => Err(Problem::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "the answer takes too long; ask for less",
            "作答时间过长，请缩小范围",
        )),
    };
    match kept {
        Ok(kept) => {
            if kept.content.body.len() <= LARGEST_KEPT {
                app.kept.insert(key, Arc::clone(&kept));
            }
            respond(&kept, &asked)
        }
        Err(problem) => asked.refused(&problem),
    }
}

impl Kept {
    fn new(content: Content) -> Self {
        let digest = hex(&Sha256::digest(&content.body)[..16]);
        // Weak, for the bytes differ by how they are packed.
        let tag = HeaderValue::from_str(&format!("W/\"{digest}\""));
        Self { content, tag: tag.unwrap_or(HeaderValue::from_static("W/\"0\"")) }
    }
}

fn respond(kept: &Kept, asked: &Asked) -> Response {
    let is_known = asked.if_none_match.as_ref().is_some_and(|tags| has_tag(tags, &kept.tag));
    let mut response = if is_known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        Body::from(kept.content.body.clone()).into_response()
    };
    let headers = response.headers_mut();
    headers.insert(ETAG, kept.tag.clone());
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    if !asked.is_api {
        headers.insert(VARY, HeaderValue::from_static("cookie"));
        keep_language(asked, headers);
    }
    if !is_known {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(kept.content.media_type));
        if let Some(file) = &kept.content.file
            && let Ok(value) = HeaderValue::from_str(&disposition(file))
        {
            headers.insert(CONTENT_DISPOSITION, value);
        }
    }
    response
}

/// Keeps the language that the address says.
fn keep_language(asked: &Asked, headers: &mut HeaderMap) {
    let query = asked.query.as_deref().unwrap_or_default();
    let mut pairs = form_urlencoded::parse(query.as_bytes());
    if pairs.any(|(name, value)| name == "lang" && Language::named(&value).is_some())
        && let Ok(cookie) = HeaderValue::from_str(&kept(LANGUAGE_COOKIE, asked.language.name()))
    {
        headers.append(SET_COOKIE, cookie);
    }
}

/// Keeps the colours chosen and shows the same page in them.
fn with_colours(asked: &Asked, theme: Theme) -> Response {
    let query = asked.query.as_deref().unwrap_or_default();
    let mut rest = form_urlencoded::Serializer::new(String::new());
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        if name != "theme" {
            rest.append_pair(&name, &value);
        }
    }
    let rest = rest.finish();
    let path = local(&asked.path);
    let address = if rest.is_empty() { path.to_owned() } else { format!("{path}?{rest}") };
    let mut response = Asked::sent_to(&address);
    if let Ok(cookie) = HeaderValue::from_str(&kept(THEME_COOKIE, theme.name())) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

/// Returns a path of this server; / where a browser could take it for another's.
pub(crate) fn local(path: &str) -> &str {
    let is_local = path.starts_with('/') && !path[1..].starts_with(['/', '\\']);
    if is_local && !path.contains(char::is_control) { path } else { "/" }
}

fn has_tag(tags: &HeaderValue, tag: &HeaderValue) -> bool {
    let (Ok(tags), Ok(tag)) = (tags.to_str(), tag.to_str()) else { return false };
    tags.split(',').map(str::trim).any(|known| known == tag || known == "*")
}

/// Returns the header that names a file, in ASCII for old programs and whole for the others.
fn disposition(file: &str) -> String {
    let ending = file.rsplit_once('.').map_or("", |(_, ending)| ending);
    format!("attachment; filename=\"gangmu.{ending}\"; filename*=UTF-8''{}", segment(file))
}

/// Returns a text as one step of a path.
pub(crate) fn segment(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                encoded.push(char::from(byte));
            }
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}
