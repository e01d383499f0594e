//! Bad weather: a clear sentence, nothing twice, and the rest goes on.

use std::net::TcpListener;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use gangmu_model::Document;
use gangmu_opensearch::{Connection, Credentials, Engine, Error, Patience, Sender, Sent};
use serde_json::json;

use crate::rough::{Rough, State};
use crate::{document, documents};

fn patience() -> Patience {
    let wait = Duration::from_millis(1);
    Patience { n_attempts: 4, first_wait: wait, longest_wait: wait }
}

fn connect(url: &str) -> Connection {
    Connection::new(url, Credentials::new("clerk", "secret-42"), patience()).unwrap()
}

fn send(rough: &Rough, documents: &[Document]) -> Result<Sent, Error> {
    let mut sender = Sender::open(connect(&rough.url))?;
    for document in documents {
        sender.add(document)?;
    }
    sender.finish()
}

/// What all records of the documents are, and that each was taken once.
#[track_caller]
fn check_all_taken_once(rough: &Rough, documents: &[Document]) {
    let state = rough.state.lock().unwrap();
    let n_records: usize = documents.iter().map(|document| document.divisions.len() + 1).sum();
    assert_eq!(state.taken.len(), n_records);
    let twice: Vec<_> =
        state.taken.iter().filter(|(_, (n, _))| *n != 1).map(|(id, _)| id).collect();
    assert!(twice.is_empty(), "{twice:?}");
}

#[test]
fn nothing_is_sent_twice_where_half_a_bulk_is_refused() {
    let documents = documents();
    let n_seen = AtomicUsize::new(0);
    let judge = move |_: &str, n_sent: usize| {
        let odd = n_seen.fetch_add(1, Ordering::Relaxed) % 2 == 1;
        if n_sent == 1 && odd { 429 } else { 201 }
    };
    let rough = Rough::start(State { judge: Some(Box::new(judge)), ..State::default() });
    let sent = send(&rough, &documents).unwrap();
    assert_eq!((sent.n_documents, sent.refused.as_slice()), (documents.len(), &[][..]));
    check_all_taken_once(&rough, &documents);
    let again = send(&rough, &documents).unwrap();
    assert_eq!((again.n_known, again.n_records), (documents.len(), 0));
    check_all_taken_once(&rough, &documents);
}

#[test]
fn a_run_after_a_server_that_went_sends_what_is_missing() {
    let documents = documents();
    let rough = Rough::start(State { bulks_left: Some(1), ..State::default() });
    let error = send(&rough, &documents).unwrap_err().to_string();
    assert!(error.contains("does not answer") && error.contains(&rough.url), "{error}");
    let n_before = rough.state.lock().unwrap().taken.len();
    rough.state.lock().unwrap().bulks_left = None;
    let sent = send(&rough, &documents).unwrap();
    assert_eq!(sent.n_known + sent.n_documents, documents.len());
    assert!(n_before > 0);
    check_all_taken_once(&rough, &documents);
}

#[test]
fn a_server_that_is_busy_is_asked_again() {
    let documents = documents();
    let rough = Rough::start(State { answers: vec![503, 429, 500], ..State::default() });
    send(&rough, &documents).unwrap();
    check_all_taken_once(&rough, &documents);
    let rough = Rough::start(State { answers: vec![503; 4], ..State::default() });
    let error = send(&rough, &documents).unwrap_err().to_string();
    assert!(error.contains("503 as told"), "{error}");
    let judge = |_: &str, _: usize| 429;
    let rough = Rough::start(State { judge: Some(Box::new(judge)), ..State::default() });
    let error = send(&rough, &documents).unwrap_err().to_string();
    assert!(error.contains("no room"), "{error}");
}

#[test]
fn a_poisoned_record_keeps_its_document_back_and_no_other() {
    let documents = [document("a", "一、甲。\n二、乙。\n"), document("b", "一、丙。\n")];
    let judge = |id: &str, _: usize| if id == "a#1" { 400 } else { 201 };
    let rough = Rough::start(State { judge: Some(Box::new(judge)), ..State::default() });
    let sent = send(&rough, &documents).unwrap();
    assert_eq!(sent.n_documents, 1);
    let refused: Vec<_> =
        sent.refused.iter().map(|one| (one.record.as_str(), one.reason.as_str())).collect();
    assert_eq!(refused, [("a#1", "as told")]);
    let state = rough.state.lock().unwrap();
    assert!(state.taken.contains_key("b#") && state.taken.contains_key("a#0"));
    assert!(!state.taken.contains_key("a#"), "a document that is not whole has no record");
}

#[test]
fn a_bulk_that_is_too_large_is_sent_in_halves() {
    let documents = documents();
    let rough = Rough::start(State { max_bytes: Some(200_000), ..State::default() });
    let sent = send(&rough, &documents).unwrap();
    assert_eq!((sent.n_documents, sent.refused.len()), (documents.len(), 0));
    check_all_taken_once(&rough, &documents);
    let rough = Rough::start(State { max_bytes: Some(10), ..State::default() });
    let sent = send(&rough, &documents[..1]).unwrap();
    assert_eq!((sent.n_documents, sent.refused.len()), (0, documents[0].divisions.len()));
}

#[test]
fn wrong_credentials_are_told_at_once_and_never_shown() {
    for status in [401, 403] {
        let rough = Rough::start(State { answers: vec![status], ..State::default() });
        let error = Sender::open(connect(&rough.url)).unwrap_err();
        let told = error.to_string();
        assert!(
            told.contains("OPENSEARCH_USERNAME") && told.contains(&status.to_string()),
            "{told}"
        );
        assert!(!format!("{told}{error:?}").contains("secret-42"));
        let state = rough.state.lock().unwrap();
        assert_eq!(state.requests, ["GET /gangmu/_mapping"], "it is not asked again");
        assert_eq!(state.authorization.as_deref(), Some("Basic Y2xlcms6c2VjcmV0LTQy"));
    }
    assert!(!format!("{:?}", connect("http://localhost:1")).contains("secret-42"));
}

#[test]
fn an_index_of_another_version_is_left_alone() {
    for (version, told) in [(json!("0.9"), "with version 0.9"), (json!(null), "by another program")]
    {
        let rough = Rough::start(State { version: Some(version), ..State::default() });
        for error in [
            Sender::open(connect(&rough.url)).unwrap_err(),
            Engine::open(connect(&rough.url)).unwrap_err(),
        ] {
            assert!(error.to_string().contains(told), "{error}");
        }
        let state = rough.state.lock().unwrap();
        assert!(state.requests.iter().all(|request| request.starts_with("GET")));
    }
    let rough = Rough::start(State::default());
    let error = Engine::open(connect(&rough.url)).unwrap_err().to_string();
    assert!(error.contains("has no index gangmu"), "{error}");
}

#[test]
fn a_server_that_is_not_there_is_named() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let url = format!("http://127.0.0.1:{port}");
    let error = Engine::open(connect(&url)).unwrap_err().to_string();
    assert!(error.starts_with(&format!("{url}: the server does not answer")), "{error}");
}

#[test]
fn an_address_is_checked_before_anything_is_sent() {
    for (url, told) in [
        ("localhost:9200", "no address"),
        ("ftp://host", "no address"),
        ("http:///gangmu", "no address"),
        ("http://host/a/b", "no address"),
        ("http://host/_all", "no address"),
        ("http://host/?q=1", "no address"),
        ("http://clerk:secret-42@host", "holds a password"),
        ("clerk:secret-42@host:9200", "holds a password"),
    ] {
        let error = Connection::new(url, Credentials::default(), patience()).unwrap_err();
        assert!(error.to_string().contains(told), "{url}: {error}");
        assert!(!error.to_string().contains("secret-42"));
    }
    let connection = connect("https://host:9200/policies/");
    assert_eq!(connection.index(), "policies");
}
