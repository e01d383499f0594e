//! Who may ask, from where, and what a browser may do with the answer.
//!
//! * A server that only this machine reaches answers only to names of this machine, so
//!   that a page from elsewhere cannot read it by having its own name point here
//!   (DNS rebinding).
//! * What changes anything is taken from pages of this server alone.
//! * Where there is a token, nothing but the form that asks for it is shown without.

use std::net::{IpAddr, Ipv6Addr};
use std::sync::Arc;

use axum::Form;
use axum::extract::{Request, State};
use axum::http::header::{
    AUTHORIZATION, CONTENT_SECURITY_POLICY, HOST, ORIGIN, REFERRER_POLICY, SET_COOKIE,
    WWW_AUTHENTICATE, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use crate::answer::{Asked, HTML, local, segment};
use crate::app::{App, session_of};
use crate::pages;
use crate::problem::Problem;
use crate::wording::cookie;

const SESSION_COOKIE: &str = "gangmu_session";

/// What a page may load and do: its own style, script and pictures, its own forms.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; \
    img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; \
    frame-ancestors 'none'";

/// Lets a request in or refuses it, and says what may be done with the answer.
pub(crate) async fn guard(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let asked = Asked::of(&parts);
    let host = host_of(&parts.headers, parts.uri.authority().map(ToString::to_string));
    let checked = check_host(host.as_deref(), app.settings.address.ip())
        .and_then(|()| check_origin(&parts.method, &parts.headers, host.as_deref()));
    let mut response = match checked {
        Err(problem) => asked.refused(&problem),
        Ok(()) if !is_admitted(&app, &asked.path, &parts.headers) => not_admitted(&asked),
        Ok(()) => next.run(Request::from_parts(parts, body)).await,
    };
    let headers = response.headers_mut();
    for (name, value) in [
        (CONTENT_SECURITY_POLICY, POLICY),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (X_FRAME_OPTIONS, "DENY"),
        (REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

fn host_of(headers: &HeaderMap, authority: Option<String>) -> Option<String> {
    let mut hosts = headers.get_all(HOST).into_iter();
    let host = hosts.next().and_then(|host| host.to_str().ok()).map(str::to_owned);
    // Two of them could mean one to us and another to somebody between.
    if hosts.next().is_some() { None } else { authority.or(host) }
}

/// Refuses names by which this machine is not called, where it alone is to be served.
fn check_host(host: Option<&str>, address: IpAddr) -> Result<(), Problem> {
    let Some(host) = host else {
        return Err(Problem::bad_request(
            "the request names no host, or several",
            "请求没有写明主机名，或写了多个",
        ));
    };
    if !address.is_loopback() || is_this_machine(host) {
        return Ok(());
    }
    Err(Problem::new(
        StatusCode::MISDIRECTED_REQUEST,
        "this server answers to localhost and 127.0.0.1 alone; ask by one of these",
        "本服务只应答 localhost 和 127.0.0.1，请改用其中之一",
    ))
}

fn is_this_machine(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => {
            let Some((address, port)) = rest.split_once(']') else { return false };
            let is_port = port.is_empty() || port.strip_prefix(':').is_some_and(is_number);
            return is_port && address.parse::<Ipv6Addr>().is_ok_and(|ip| ip.is_loopback());
        }
        None => match host.split_once(':') {
            Some((name, port)) if is_number(port) => name,
            Some(_) => return false,
            None => host,
        },
    };
    name.eq_ignore_ascii_case("localhost")
        || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Refuses what a page from elsewhere has a browser send.
fn check_origin(method: &Method, headers: &HeaderMap, host: Option<&str>) -> Result<(), Problem> {
    if matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS) {
        return Ok(());
    }
    let site = headers.get("sec-fetch-site").and_then(|site| site.to_str().ok());
    let is_own = match headers.get(ORIGIN).map(|origin| origin.to_str().unwrap_or_default()) {
        Some(origin) => {
            let name = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
            name.is_some() && name == host
        }
        // No browser: these always say where a form stands.
        None => true,
    };
    if is_own && matches!(site, None | Some("same-origin" | "none")) {
        return Ok(());
    }
    Err(Problem::new(
        StatusCode::FORBIDDEN,
        "this was sent from a page of another site; open the page here and send it from there",
        "该请求来自其他网站的页面，请在本页面提交",
    ))
}

fn is_admitted(app: &App, path: &str, headers: &HeaderMap) -> bool {
    let Some(session) = app.session.as_deref() else { return true };
    if path == "/login" || path.starts_with("/static/") {
        return true;
    }
    let bearer = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let bearer = bearer.and_then(|value| value.strip_prefix("Bearer "));
    // Digests are compared, so that the time it takes tells nothing of the token.
    bearer.is_some_and(|token| session_of(token.trim()) == session)
        || cookie(headers, SESSION_COOKIE)
            .is_some_and(|known| session_of(known) == session_of(session))
}

fn not_admitted(asked: &Asked) -> Response {
    if asked.is_api {
        let mut response = asked.refused(&Problem::new(
            StatusCode::UNAUTHORIZED,
            "a token is needed; send it as Authorization: Bearer TOKEN",
            "需要口令；请以 Authorization: Bearer 口令 的形式发送",
        ));
        let headers = response.headers_mut();
        headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        return response;
    }
    let query = asked.query.as_deref().map(|query| format!("?{query}")).unwrap_or_default();
    Asked::sent_to(&format!("/login?next={}", segment(&format!("{}{query}", asked.path))))
}

/// What the form for the token sends.
#[derive(Deserialize)]
pub(crate) struct Login {
    #[serde(default)]
    token: String,
    #[serde(default)]
    next: String,
}

/// Shows the form for the token.
pub(crate) async fn ask_token(asked: Asked) -> Response {
    let query = asked.query.as_deref().unwrap_or_default();
    let mut pairs = form_urlencoded::parse(query.as_bytes());
    let next = pairs.find(|(name, _)| name == "next").map(|(_, next)| next.into_owned());
    let page = pages::login(&asked, local(next.as_deref().unwrap_or("/")), false);
    ([("content-type", HTML), ("cache-control", "no-store")], page.into_string()).into_response()
}

/// Lets a browser in that knows the token.
pub(crate) async fn take_token(
    State(app): State<Arc<App>>,
    asked: Asked,
    form: Result<Form<Login>, axum::extract::rejection::FormRejection>,
) -> Response {
    let Ok(Form(login)) = form else {
        return asked.refused(&Problem::bad_request(
            "the form is not whole; fill it in again",
            "表单不完整，请重新填写",
        ));
    };
    let next = local(&login.next);
    let session = session_of(login.token.trim());
    if app.session.as_deref() != Some(session.as_str()) {
        let page = pages::login(&asked, next, true).into_string();
        let headers = [("content-type", HTML), ("cache-control", "no-store")];
        return (StatusCode::UNAUTHORIZED, headers, page).into_response();
    }
    let mut response = Asked::sent_to(next);
    let cookie = format!("{SESSION_COOKIE}={session}; Path=/; HttpOnly; SameSite=Strict");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_taken() {
        for (host, expected) in [
            ("localhost", true),
            ("LOCALHOST:8731", true),
            ("127.0.0.1:8731", true),
            ("127.9.9.9", true),
            ("[::1]:80", true),
            ("evil.example", false),
            ("localhost.evil.example", false),
            ("127.0.0.1.evil.example:8731", false),
            ("127.0.0.1@evil.example", false),
            ("localhost:80@evil.example", false),
            ("192.168.1.5", false),
            ("[::1", false),
            ("[::2]", false),
            ("", false),
        ] {
            assert_eq!(is_this_machine(host), expected, "{host}");
        }
    }

    #[test]
    fn what_changes_anything_comes_from_here() {
        let check = |origin: Option<&str>, site: Option<&str>| {
            let mut headers = HeaderMap::new();
            if let Some(origin) = origin {
                headers.insert(ORIGIN, HeaderValue::from_str(origin).unwrap());
            }
            if let Some(site) = site {
                headers.insert("sec-fetch-site", HeaderValue::from_str(site).unwrap());
            }
            check_origin(&Method::POST, &headers, Some("127.0.0.1:8731")).is_ok()
        };
        assert!(check(None, None));
        assert!(check(Some("http://127.0.0.1:8731"), Some("same-origin")));
        assert!(!check(Some("http://127.0.0.1:9999"), None));
        assert!(!check(Some("http://evil.example"), None));
        assert!(!check(Some("null"), None));
        assert!(!check(None, Some("cross-site")));
        assert!(!check(None, Some("same-site")));
    }
}
