//! A server over a folder of its own, asked over a socket by hand.

#![allow(dead_code, reason = "not every test asks for all")]

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::thread::JoinHandle;
use std::time::Duration;

use gangmu_indexer::IndexWriter;
use gangmu_ingest::Options;
use gangmu_lexicon::Lexicon;
use gangmu_model::{Document, Source};
use gangmu_parser::ParseOptions;
use gangmu_server::{Intake, Server, Settings};
use tempfile::TempDir;
use tokio::sync::oneshot;

pub(crate) const TEXT: &str = "\
辽宁省人民政府关于加强林草保护的实施意见

一、加强国土绿化

(一)推进造林绿化。实施重点工程,推进黑土地保护。到2027年,全省森林覆盖率达到42.5%以上。(牵头单位:省林草局;责任单位:省发展改革委、省财政厅等)

(二)治理黑臭水体。到2025年,城市黑臭水体消除比例不低于90%。(省生态环境厅、省住房城乡建设厅按职责分工负责)
";

pub(crate) const ONE: &[(&str, &str)] = &[("liaoning.txt", TEXT)];

/// Takes nothing in.
pub(crate) struct Nobody;

impl Intake for Nobody {
    fn take_in(&self, _: &Path, _: bool) -> Result<(), String> {
        Err("nothing is taken in".to_owned())
    }
}

/// Takes files in as the command does, one at a time.
pub(crate) struct Indexing(pub(crate) PathBuf);

impl Intake for Indexing {
    fn take_in(&self, file: &Path, _: bool) -> Result<(), String> {
        let bytes = fs::read(file).map_err(|error| error.to_string())?;
        add(&self.0, file, &bytes);
        Ok(())
    }
}

fn add(index: &Path, file: &Path, bytes: &[u8]) {
    let mut writer = IndexWriter::open_or_create(index, Lexicon::version()).unwrap();
    writer.add_from(&read(file, bytes), &file.display().to_string()).unwrap();
    writer.commit().unwrap();
}

pub(crate) fn read(file: &Path, bytes: &[u8]) -> Document {
    use sha2::{Digest as _, Sha256};
    let decoded = gangmu_ingest::read(bytes, file, &Options::default()).unwrap();
    let digest = Sha256::digest(bytes);
    let source = Source {
        path: file.display().to_string(),
        sha256: digest.iter().map(|byte| format!("{byte:02x}")).collect(),
        ..Source::default()
    };
    let id = file.file_stem().unwrap().to_string_lossy().into_owned();
    let options = ParseOptions { id, source, hints: decoded.hints, ..ParseOptions::default() };
    gangmu_parser::parse(&decoded.text, &options)
}

/// A server that answers.
pub(crate) struct Running {
    folder: TempDir,
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// What it answered.
#[derive(Debug)]
pub(crate) struct Answer {
    /// 0 where the connection was closed without an answer.
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Running {
    pub(crate) fn start() -> Self {
        Self::with(ONE, |_| {})
    }

    pub(crate) fn with(files: &[(&str, &str)], change: impl FnOnce(&mut Settings)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let index = folder.path().join("index");
        for (name, text) in files {
            add(&index, Path::new(name), text.as_bytes());
        }
        let mut settings = Settings::new(&index, "127.0.0.1:0".parse().unwrap());
        settings.uploads = folder.path().join("uploads");
        settings.bounds.reload_time = Duration::from_millis(50);
        change(&mut settings);
        let server = Server::new(settings, Box::new(Indexing(index))).unwrap();
        let address = server.address();
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::spawn(move || {
            let until = async {
                let _ = stopped.await;
            };
            server.run(until).unwrap();
        });
        Self { folder, address, stop: Some(stop), thread: Some(thread) }
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn uploads(&self) -> PathBuf {
        self.folder().join("uploads")
    }

    /// Adds or replaces a document, as another process would.
    pub(crate) fn index(&self, name: &str, text: &str) {
        add(&self.folder().join("index"), Path::new(name), text.as_bytes());
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.get_with(path, &[])
    }

    pub(crate) fn get_with(&self, path: &str, headers: &[&str]) -> Answer {
        let headers: String = headers.iter().map(|header| format!("{header}\r\n")).collect();
        self.raw(&format!(
            "GET {path} HTTP/1.1\r\nHost: {}\r\n{headers}Connection: close\r\n\r\n",
            self.address
        ))
    }

    pub(crate) fn post(&self, path: &str, headers: &[&str], body: &[u8]) -> Answer {
        let headers: String = headers.iter().map(|header| format!("{header}\r\n")).collect();
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: {}\r\n{headers}Content-Length: {}\r\nConnection: close\r\n\r\n",
            self.address,
            body.len()
        );
        self.bytes(&[head.as_bytes(), body].concat())
    }

    pub(crate) fn upload(&self, name: &str, bytes: &[u8]) -> Answer {
        let head = format!(
            "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n"
        );
        let body = [head.as_bytes(), bytes, b"\r\n--x--\r\n"].concat();
        self.post("/upload", &["Content-Type: multipart/form-data; boundary=x"], &body)
    }

    pub(crate) fn raw(&self, request: &str) -> Answer {
        self.bytes(request.as_bytes())
    }

    fn bytes(&self, request: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        let mut writer = stream.try_clone().unwrap();
        let request = request.to_vec();
        // A server that refuses a body does not read it to its end.
        let writing = std::thread::spawn(move || {
            let _ = writer.write_all(&request);
        });
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let _ = stream.shutdown(std::net::Shutdown::Both);
        writing.join().unwrap();
        Answer::of(&answer)
    }

    pub(crate) fn stop(mut self) {
        self.end();
    }

    fn end(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            thread.join().unwrap();
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.end();
        }
    }
}

impl Answer {
    fn of(bytes: &[u8]) -> Self {
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n");
        let Some(end) = end else {
            return Self { status: 0, headers: Vec::new(), body: Vec::new() };
        };
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let mut lines = head.lines();
        let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok());
        let headers = lines.filter_map(|line| line.split_once(": "));
        let headers =
            headers.map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned())).collect();
        let mut answer =
            Self { status: status.unwrap_or(0), headers, body: bytes[end + 4..].to_vec() };
        if answer.header("transfer-encoding") == Some("chunked") {
            answer.body = joined(&answer.body);
        }
        answer
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }
}

/// Puts the pieces of a body together.
fn joined(mut pieces: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    while let Some(end) = pieces.windows(2).position(|window| window == b"\r\n") {
        let length = usize::from_str_radix(&String::from_utf8_lossy(&pieces[..end]), 16).unwrap();
        body.extend_from_slice(&pieces[end + 2..end + 2 + length]);
        pieces = &pieces[end + 2 + length + 2..];
        if length == 0 {
            break;
        }
    }
    body
}
