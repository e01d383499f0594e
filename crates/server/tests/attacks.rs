//! Trying to break the server: each fence is run against from outside, over a socket.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by a panic")]

mod common;

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use common::{Running, TEXT};
use gangmu_server::{Bounds, Error, Server, Settings};

#[test]
fn only_this_machine_is_served_unless_there_is_a_token() {
    let folder = tempfile::tempdir().unwrap();
    let open = |address: &str, token: Option<&str>| {
        let settings = Settings {
            token: token.map(str::to_owned),
            ..Settings::new(folder.path().join("index"), address.parse().unwrap())
        };
        Server::new(settings, Box::new(common::Nobody)).map(|_| ())
    };
    assert!(matches!(open("0.0.0.0:0", None), Err(Error::NoToken(_))));
    assert!(matches!(open("[::]:0", None), Err(Error::NoToken(_))));
    assert!(matches!(open("0.0.0.0:0", Some("short")), Err(Error::ShortToken)));
    assert!(open("0.0.0.0:0", Some("0123456789abcdef")).is_ok());
    assert!(open("127.0.0.1:0", None).is_ok());
}

#[test]
fn another_name_for_this_machine_is_refused() {
    let server = Running::start();
    for host in ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", ""] {
        let answer = server.raw(&format!(
            "GET /api/v1/documents HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        ));
        assert!(matches!(answer.status, 421 | 400), "{host}: {}", answer.status);
        assert!(!answer.text().contains("liaoning"), "{host}");
    }
    let twice = server.raw(
        "GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
    );
    assert_eq!(twice.status, 400);
    let whole = server
        .raw("GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assert_eq!(whole.status, 421);
    assert_eq!(server.raw("GET / HTTP/1.1\r\nConnection: close\r\n\r\n").status, 400);
    assert_eq!(server.get("/").status, 200);
}

#[test]
fn a_page_from_elsewhere_sends_nothing_in() {
    let server = Running::start();
    for header in [
        "Origin: http://evil.example",
        "Origin: null",
        "Origin: http://127.0.0.1:1",
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: same-site",
    ] {
        for path in ["/upload", "/api/v1/parse", "/login"] {
            let answer = server.post(path, &[header], TEXT.as_bytes());
            assert_eq!(answer.status, 403, "{path} {header}");
        }
    }
    assert!(!server.uploads().exists());
    let own = format!("Origin: http://{}", server.address());
    assert_eq!(server.post("/api/v1/parse", &[&own], TEXT.as_bytes()).status, 200);
}

#[test]
fn paths_lead_nowhere_else() {
    let server = Running::start();
    fs::write(server.folder().join("secret.txt"), "the secret").unwrap();
    for path in [
        "/static/../secret.txt",
        "/static/..%2f..%2fsecret.txt",
        "/static/%2e%2e/secret.txt",
        "/documents/..%2f..%2fsecret.txt",
        "/documents/%2e%2e%2fsecret",
        "/documents/liaoning/..%2f..%2f..%2fetc%2fpasswd",
        "/api/v1/documents/..%2Fsecret.txt",
        "/api/v1/documents/%00",
        "/api/v1/documents/liaoning/divisions/%ff%fe",
        "//etc/passwd",
        "/uploads/secret.txt",
    ] {
        let answer = server.get(path);
        assert!((400..500).contains(&answer.status), "{path}: {}", answer.status);
        assert!(!answer.text().contains("the secret"), "{path}");
        assert!(!answer.text().contains("root:"), "{path}");
    }
    for name in
        ["../../secret.txt", "/etc/passwd", "..\\..\\secret.txt", "a\u{0}b.txt", "secret.txt"]
    {
        let answer = server.upload(name, TEXT.as_bytes());
        assert!(matches!(answer.status, 303 | 400), "{name}: {}", answer.text());
    }
    assert_eq!(fs::read_to_string(server.folder().join("secret.txt")).unwrap(), "the secret");
    for entry in fs::read_dir(server.uploads()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let (stem, rest) = name.rsplit_once('-').unwrap();
        assert!(stem.chars().all(|ch| ch.is_alphanumeric() || ch == '-' || ch == '_'), "{name}");
        assert_eq!(rest.len(), "12345678.txt".len(), "{name}");
    }
}

#[test]
fn what_documents_and_questions_say_is_never_run() {
    let hostile = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>";
    let text = format!(
        "辽宁省{hostile}工作方案\n\n一、{hostile}。到2027年,{hostile}覆盖率达到90%以上。(责任单位:省林草局{hostile})\n"
    );
    let server = Running::with(&[(&format!("{}.txt", "a<b>"), &text)], |_| {});
    let encoded =
        "%3Cscript%3Ealert(1)%3C%2Fscript%3E%22'%3E%3Cimg%20src%3Dx%20onerror%3Dalert(2)%3E";
    let listed = server.get("/api/v1/documents");
    let id = listed.json()["records"][0]["document"].as_str().unwrap().to_owned();
    let id = id.replace('<', "%3C").replace('>', "%3E");
    for path in [
        format!("/search?q={encoded}"),
        format!("/search?q=a&agency={encoded}&kind={encoded}"),
        format!("/tasks?agency={encoded}"),
        format!("/tasks?document={encoded}"),
        format!("/targets?indicator={encoded}&unit={encoded}"),
        format!("/agencies?name={encoded}"),
        format!("/documents?document={encoded}"),
        format!("/documents/{encoded}"),
        format!("/{encoded}?{encoded}={encoded}"),
        format!("/login?next={encoded}"),
        format!("/documents/{id}"),
        format!("/documents/{id}/c1"),
        "/".to_owned(),
        "/targets".to_owned(),
        "/agencies".to_owned(),
        "/search?q=%E8%A6%86%E7%9B%96%E7%8E%87".to_owned(),
    ] {
        let answer = server.get(&path);
        let text = answer.text();
        assert!(!text.contains("<script>alert") && !text.contains("<img src=x"), "{path}");
        let policy = answer.header("content-security-policy").unwrap();
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert!(!text.contains(" style=") && !text.contains(" onclick="), "{path}");
    }
}

#[test]
fn no_header_and_no_address_can_be_smuggled_in() {
    let server = Running::start();
    for path in [
        "/?lang=en%0d%0aX-Evil:1",
        "/search?q=%0d%0aX-Evil:1&theme=dark",
        "/login?next=%0d%0aX-Evil:1",
    ] {
        let answer = server.get(path);
        assert!(answer.header("x-evil").is_none(), "{path}");
    }
    let answer = server.get("//evil.example/?theme=dark");
    assert_ne!(answer.header("location"), Some("//evil.example/"), "no way to another site");
}

#[test]
fn a_token_is_needed_for_everything_but_its_form() {
    let token = "0123456789abcdef";
    let server = Running::with(common::ONE, |settings| settings.token = Some(token.to_owned()));
    for path in ["/", "/tasks", "/documents/liaoning", "/tasks.xlsx?agency=%E7%9C%81", "/nothing"] {
        let answer = server.get(path);
        assert_eq!(answer.status, 303, "{path}");
        assert!(answer.header("location").unwrap().starts_with("/login?next=%2F"), "{path}");
    }
    for path in ["/api/v1/documents", "/api/v1/openapi.json", "/api/v1/nothing"] {
        assert_eq!(server.get(path).status, 401, "{path}");
    }
    assert_eq!(server.post("/upload", &[], TEXT.as_bytes()).status, 303);
    assert_eq!(server.post("/api/v1/parse", &[], TEXT.as_bytes()).status, 401);
    assert!(!server.uploads().exists());
    for wrong in
        ["Bearer 0123456789abcde", "Bearer", "Basic 0123456789abcdef", "Bearer 0123456789ABCDEF"]
    {
        let header = format!("Authorization: {wrong}");
        assert_eq!(server.get_with("/api/v1/documents", &[&header]).status, 401, "{wrong}");
    }
    assert_eq!(server.get_with("/", &["Cookie: gangmu_session=0123456789abcdef"]).status, 303);
    let header = format!("Authorization: Bearer {token}");
    assert_eq!(server.get_with("/api/v1/documents", &[&header]).status, 200);
    let form = "Content-Type: application/x-www-form-urlencoded";
    assert_eq!(server.post("/login", &[form], b"token=wrong").status, 401);
    let body = format!("token={token}&next=%2F%2Fevil.example");
    let admitted = server.post("/login", &[form], body.as_bytes());
    assert_eq!((admitted.status, admitted.header("location")), (303, Some("/")));
    let cookie = admitted.header("set-cookie").unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"));
    assert!(!cookie.contains(token), "the token itself stays here");
    let cookie = format!("Cookie: {}", cookie.split(';').next().unwrap());
    assert_eq!(server.get_with("/", &[&cookie]).status, 200);
    let long = format!("token={}", "x".repeat(100_000));
    assert!((400..500).contains(&server.post("/login", &[form], long.as_bytes()).status));
}

#[test]
fn bodies_are_bounded_in_size_and_time() {
    let server = Running::with(common::ONE, |settings| {
        settings.bounds = Bounds {
            max_body_bytes: 64 << 10,
            body_time: Duration::from_millis(600),
            head_time: Duration::from_millis(600),
            ..Bounds::default()
        };
    });
    let large = vec![b'x'; 300 << 10];
    for path in ["/api/v1/parse", "/upload"] {
        assert_eq!(server.post(path, &[], &large).status, 413, "{path}");
    }
    assert_eq!(server.upload("a.txt", &large).status, 413);
    let declared = server.raw("POST /api/v1/parse HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\nConnection: close\r\n\r\nx");
    assert_eq!(declared.status, 413);
    let in_pieces: String = "1000\r\n".to_owned() + &"y".repeat(0x1000) + "\r\n";
    let endless = server.raw(&format!("POST /api/v1/parse HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n{}0\r\n\r\n", in_pieces.repeat(40)));
    assert_eq!(endless.status, 413);
    let begun = Instant::now();
    let slow = server.raw("POST /api/v1/parse HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\nConnection: close\r\n\r\nslow");
    assert_eq!(slow.status, 408);
    // A head that never ends: the connection is closed.
    let mut stream = TcpStream::connect(server.address()).unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\nHost: loc").unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let mut rest = Vec::new();
    let _ = stream.read_to_end(&mut rest);
    assert!(begun.elapsed() < Duration::from_secs(15));
    assert_eq!(server.get("/").status, 200);
    assert!(!server.uploads().exists());
}

#[test]
fn heads_are_bounded() {
    let server = Running::start();
    let long = "x".repeat(40 << 10);
    for head in [
        format!("GET /search?q={long} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
        format!("GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: {long}\r\nConnection: close\r\n\r\n"),
    ] {
        let status = server.raw(&head).status;
        assert!(matches!(status, 400 | 414 | 431), "{status}");
    }
    let many = "q=a&".repeat(2_000);
    assert_eq!(server.get(&format!("/search?{many}")).status, 400);
    assert_eq!(server.get("/").status, 200);
}

#[test]
fn broken_requests_and_questions_break_nothing() {
    let server = Running::start();
    for bytes in [
        "\r\n\r\n",
        "NONSENSE\r\n\r\n",
        "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        "POST /upload HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\nzzz\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\u{0}",
    ] {
        server.raw(bytes);
    }
    for query in [
        "%22",
        "%28%28%28",
        "OR+OR+OR",
        "-",
        "-%22",
        "title%3A",
        "%FF%FE",
        "%00",
        "%F0%9F%98%80",
        "a+OR",
        "%E2%80%9C",
    ] {
        for path in [format!("/search?q={query}"), format!("/api/v1/search?q={query}")] {
            let status = server.get(&path).status;
            assert!(matches!(status, 200 | 400), "{path}: {status}");
        }
    }
    for path in [
        "/api/v1/search?limit=0",
        "/api/v1/search?limit=1001",
        "/api/v1/search?q=a&offset=-1",
        "/api/v1/tasks?year=20x7",
        "/api/v1/tasks?role=boss",
        "/api/v1/search?q=a&chapter=x",
        "/api/v1/documents?since=yesterday",
        "/api/v1/nothing=1?x",
        "/api/v1/divisions",
    ] {
        let answer = server.get(path);
        assert!(matches!(answer.status, 400 | 404), "{path}: {}", answer.status);
        assert_eq!(answer.header("content-type"), Some("application/problem+json"), "{path}");
        let problem = answer.json();
        assert_eq!(problem["status"], answer.status, "{path}");
        assert!(problem["detail"].as_str().unwrap().len() > 10, "{path}");
    }
    let far = server.get("/api/v1/search?q=%E6%9E%97&offset=4294967295&limit=1000");
    assert_eq!((far.status, far.json()["records"].as_array().unwrap().len()), (200, 0));
    assert_eq!(server.post("/documents", &[], b"").status, 405);
    let form = "Content-Type: multipart/form-data; boundary=x";
    for body in [
        "",
        "--x",
        "--x\r\n\r\n\r\n--x--",
        "--x\r\nContent-Disposition: form-data; name=\"other\"\r\n\r\nx\r\n--x--\r\n",
    ] {
        assert_eq!(server.post("/upload", &[form], body.as_bytes()).status, 400, "{body}");
    }
    assert_eq!(server.post("/upload", &["Content-Type: multipart/form-data"], b"x").status, 400);
    for (name, bytes) in [
        ("a.pdf", &b"%PDF-1.7\nbroken"[..]),
        ("a.docx", b"PK\x03\x04broken"),
        ("a.png", b"\x89PNG\r\n\x1a\n"),
        ("a.txt", b"   "),
    ] {
        let answer = server.post(&format!("/api/v1/parse?name={name}"), &[], bytes);
        assert_eq!(answer.status, 422, "{name}: {}", answer.text());
        assert_eq!(server.upload(name, bytes).status, 422, "{name}");
    }
    assert!(!server.uploads().exists(), "nothing is kept of what is no document");
    assert_eq!(server.get("/").status, 200);
}

#[test]
fn many_idle_connections_leave_the_server_alive_and_it_ends_in_time() {
    let server = Running::with(common::ONE, |settings| {
        settings.bounds = Bounds {
            max_connections: 24,
            head_time: Duration::from_millis(500),
            farewell_time: Duration::from_secs(2),
            ..Bounds::default()
        };
    });
    let idle: Vec<TcpStream> =
        (0..60).map(|_| TcpStream::connect(server.address()).unwrap()).collect();
    assert_eq!(server.get("/api/v1/status").status, 200, "those who say nothing are let go");
    drop(idle);
    let mut open = TcpStream::connect(server.address()).unwrap();
    open.write_all(b"POST /api/v1/parse HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n")
        .unwrap();
    let begun = Instant::now();
    server.stop();
    assert!(begun.elapsed() < Duration::from_secs(8));
}
