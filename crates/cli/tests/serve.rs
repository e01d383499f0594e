//! `serve`: what it refuses, and a file that comes in through the command's own indexer.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by a panic")]

mod common;

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Command, Stdio};

use common::{LIAONING, documents};
use gangmu::{Exit, Language};

#[test]
fn the_network_is_served_with_a_token_alone() {
    for (language, words) in
        [(Language::English, "so a token is needed"), (Language::Chinese, "须设口令")]
    {
        let folder = documents().speaking(language);
        let run = folder.run("serve @/docs --index @/index --address 0.0.0.0 --port 0");
        assert_eq!(run.exit, Exit::Failed);
        assert!(run.err.contains(words), "{}", run.err);
        assert!(!folder.path().join("index").exists(), "nothing is read before");
    }
    let run = documents().run("serve --index @/index --token short");
    assert!(run.err.contains("shorter than 16 characters"), "{}", run.err);
    let run = documents().run("serve --address here");
    assert!(run.err.contains("an address is written 127.0.0.1"), "{}", run.err);
}

#[test]
fn an_uploaded_file_goes_through_the_indexer_and_what_is_wrong_is_told_in_chinese() {
    let folder = documents();
    let mut server = Command::new(env!("CARGO_BIN_EXE_gangmu"))
        .args(["serve", "docs", "--index", "index", "--port", "0"])
        .current_dir(folder.path())
        .env_remove("GANGMU_TOKEN")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(server.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let address = line.trim().trim_start_matches("http://").trim_end_matches('/');
    let send = |name: &str, content: &[u8]| {
        let head = format!(
            "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n"
        );
        let body = [head.as_bytes(), content, b"\r\n--x--\r\n"].concat();
        let head = format!(
            "POST /upload HTTP/1.1\r\nHost: {address}\r\nContent-Type: multipart/form-data; boundary=x\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n",
            body.len()
        );
        let mut stream = TcpStream::connect(address).unwrap();
        stream.write_all(&[head.as_bytes(), &body].concat()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    };
    let text = LIAONING.replace("辽宁省", "山南省");
    let answer = send("山南.txt", text.as_bytes());
    assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
    let refused = send("空.txt", b"  \n");
    assert!(
        refused.starts_with("HTTP/1.1 422") && refused.contains("文件无法读取：是空文件"),
        "{refused}"
    );
    let found = folder.run("search 黑土地 --index @/index -l");
    assert_eq!(found.out.lines().count(), 3, "{}", found.out);
    let stopped = Command::new("kill").arg(server.id().to_string()).status().unwrap();
    assert!(stopped.success());
    assert!(server.wait().unwrap().success(), "it ends well");
}
