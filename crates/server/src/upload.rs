//! Files that come in: bounded in size and time, parsed before anything is kept, and
//! kept only under a name made here.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::multipart::Multipart;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use gangmu_ingest::{Decoded, Error as IngestError};
use gangmu_model::{Document, Source};
use gangmu_parser::ParseOptions;
use sha2::{Digest, Sha256};

use crate::answer::Asked;
use crate::app::{App, hex};
use crate::problem::Problem;
use crate::wording::Language;

/// Characters of a file's name that are kept in the one made for it.
const LONGEST_STEM: usize = 60;

/// A file that came in.
#[derive(Debug)]
pub(crate) struct Incoming {
    /// What it was called where it came from; trusted for nothing.
    pub(crate) name: String,
    pub(crate) bytes: Bytes,
}

impl Incoming {
    /// Takes the file out of a request: the part `file` of a form, or the whole body,
    /// called `name`.
    pub(crate) async fn of(app: &App, request: Request, name: &str) -> Result<Self, Problem> {
        let bounds = app.settings.bounds;
        let declared = request.headers().get(CONTENT_LENGTH);
        let declared = declared.and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
        if declared.is_some_and(|length| length > bounds.max_body_bytes + FORM_BYTES) {
            return Err(too_large(bounds.max_body_bytes));
        }
        let is_form = request
            .headers()
            .get(CONTENT_TYPE)
            .and_then(|media_type| media_type.to_str().ok())
            .is_some_and(|media_type| media_type.starts_with("multipart/form-data"));
        let taken = async {
            if is_form {
                Self::of_form(request, bounds.max_body_bytes).await
            } else {
                let bytes = read(request.into_body(), bounds.max_body_bytes).await?;
                Ok(Self { name: name.to_owned(), bytes })
            }
        };
        let incoming = tokio::time::timeout(bounds.body_time, taken).await.map_err(|_| {
            Problem::new(
                StatusCode::REQUEST_TIMEOUT,
                "the file takes too long to come in; send it again",
                "文件传输时间过长，请重新上传",
            )
        })??;
        if incoming.bytes.is_empty() {
            return Err(Problem::bad_request(
                "no file came in; choose one",
                "没有收到文件，请选择一个文件",
            ));
        }
        Ok(incoming)
    }

    async fn of_form(request: Request, max_bytes: usize) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        // The form is bounded as a whole before it is taken apart.
        let body = read(body, max_bytes + FORM_BYTES).await?;
        let request = Request::from_parts(parts, Body::from(body));
        let broken = || {
            Problem::bad_request(
                "the form is broken; send the file as its part `file`",
                "表单有误；请以 file 项提交文件",
            )
        };
        let mut form = Multipart::from_request(request, &()).await.map_err(|_| broken())?;
        while let Some(field) = form.next_field().await.map_err(|_| broken())? {
            if field.name() == Some("file") {
                let name = field.file_name().unwrap_or_default().to_owned();
                let bytes = field.bytes().await.map_err(|_| broken())?;
                if bytes.len() > max_bytes {
                    return Err(too_large(max_bytes));
                }
                return Ok(Self { name, bytes });
            }
        }
        Err(broken())
    }

    /// Reads and parses the file as the command `parse` does, in bounded time. Two
    /// files are parsed at a time; one that takes longer keeps its place until it is done.
    pub(crate) async fn parse(self: Arc<Self>, app: &Arc<App>) -> Result<Document, Problem> {
        let time = app.settings.bounds.parse_time;
        let options = app.settings.read_options();
        let parsed = async {
            let permit = Arc::clone(&app.parsing).acquire_owned().await;
            let task = tokio::task::spawn_blocking(move || {
                let _permit = permit;
                let decoded =
                    gangmu_ingest::read(&self.bytes, Path::new(&self.file_name()), &options);
                decoded.map(|decoded| self.document(decoded))
            });
            task.await
        };
        match tokio::time::timeout(time, parsed).await {
            Ok(Ok(Ok(document))) => Ok(document),
            Ok(Ok(Err(error))) => Err(unreadable(app, &error)),
            Ok(Err(_)) => Err(Problem::internal(&"a fault of the program")),
            Err(_) => Err(too_long()),
        }
    }

    fn document(&self, decoded: Decoded) -> Document {
        let source = Source {
            path: self.file_name(),
            media_type: decoded.media_type,
            charset: decoded.charset,
            sha256: self.sha256(),
            bytes: self.bytes.len() as u64,
        };
        let id = stem(&self.name);
        let options = ParseOptions { id, source, hints: decoded.hints, ..ParseOptions::default() };
        gangmu_parser::parse(&decoded.text, &options)
    }

    pub(crate) fn sha256(&self) -> String {
        hex(&Sha256::digest(&self.bytes))
    }

    /// Returns a name that is safe on every disk, by the words of the one it came with
    /// and its bytes: 美丽辽宁-1a2b3c4d.docx.
    pub(crate) fn safe_name(&self) -> String {
        format!("{}-{}{}", stem(&self.name), &self.sha256()[..8], ending(&self.name))
    }

    /// Returns the name that decides what the bytes leave open.
    fn file_name(&self) -> String {
        format!("{}{}", stem(&self.name), ending(&self.name))
    }

    /// Writes the file into the folder for uploads, whole or not at all, and returns its path.
    fn save(&self, folder: &Path) -> std::io::Result<PathBuf> {
        fs::create_dir_all(folder)?;
        let name = self.safe_name();
        let (path, draft) = (folder.join(&name), folder.join(format!(".{name}.tmp")));
        let written = (|| {
            let mut file = fs::File::create(&draft)?;
            file.write_all(&self.bytes)?;
            file.sync_all()?;
            fs::rename(&draft, &path)
        })();
        if written.is_err() {
            let _ = fs::remove_file(&draft);
        }
        written.map(|()| path)
    }
}

/// Takes a file into the index, and returns the id of its document.
pub(crate) async fn add(
    app: Arc<App>,
    incoming: Arc<Incoming>,
    language: Language,
) -> Result<String, Problem> {
    Arc::clone(&incoming).parse(&app).await?;
    let time = app.settings.bounds.parse_time;
    let added = async {
        let permit = Arc::clone(&app.writing).acquire_owned().await;
        let app = Arc::clone(&app);
        let task = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            let path = incoming
                .save(&app.settings.uploads)
                .map_err(|error| Problem::internal(&format!("the file cannot be kept: {error}")))?;
            app.intake.take_in(&path, language == Language::Chinese).map_err(|sentence| {
                Problem::new(StatusCode::UNPROCESSABLE_ENTITY, sentence.clone(), sentence)
            })?;
            app.refresh();
            let snapshot = app.library.newest();
            let name = incoming.safe_name();
            let sha256 = incoming.sha256();
            let is_it = |source: &&gangmu_indexer::IndexedSource| {
                source.sha256 == sha256 && source.origin.ends_with(&name)
            };
            let source = snapshot.sources.iter().find(is_it);
            source.map(|source| source.document.clone()).ok_or_else(|| {
                Problem::internal(&"the file was kept, and the index does not show it yet")
            })
        });
        task.await.unwrap_or_else(|_| Err(Problem::internal(&"a fault of the program")))
    };
    tokio::time::timeout(time, added).await.unwrap_or_else(|_| Err(too_long()))
}

/// Bytes of a form besides the file in it.
const FORM_BYTES: usize = 64 << 10;

async fn read(body: Body, max_bytes: usize) -> Result<Bytes, Problem> {
    to_bytes(body, max_bytes).await.map_err(|error| {
        let is_limit = std::error::Error::source(&error)
            .is_some_and(|source| source.to_string().contains("length limit"));
        if is_limit {
            too_large(max_bytes)
        } else {
            Problem::bad_request("the body broke off; send it again", "数据传输中断，请重新上传")
        }
    })
}

fn too_large(max_bytes: usize) -> Problem {
    let megabytes = (max_bytes >> 20).max(1);
    Problem::new(
        StatusCode::PAYLOAD_TOO_LARGE,
        format!("the file is larger than {megabytes} MiB; take it in with gangmu index"),
        format!("文件超过{megabytes} MiB；请用 gangmu index 命令添加"),
    )
}

fn too_long() -> Problem {
    Problem::new(
        StatusCode::SERVICE_UNAVAILABLE,
        "the file takes too long to read; take it in with gangmu index",
        "文件读取时间过长；请用 gangmu index 命令添加",
    )
}

fn unreadable(app: &App, error: &IngestError) -> Problem {
    Problem::new(
        StatusCode::UNPROCESSABLE_ENTITY,
        format!("the file cannot be read: {error}"),
        format!("文件无法读取：{}", app.intake.chinese(&error.to_string())),
    )
}

/// Returns the words of a file's name: letters, digits, - and _ of its last step
/// without its ending.
fn stem(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let plain = |ch: char| if ch.is_alphanumeric() || ch == '_' { ch } else { '-' };
    let stem: String = stem.chars().map(plain).take(LONGEST_STEM).collect();
    let stem = stem.split('-').filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-");
    if stem.is_empty() { "document".to_owned() } else { stem }
}

/// Returns the ending of a format that is read, with its dot; `.txt` for others.
fn ending(name: &str) -> String {
    let given = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let mut known = gangmu_ingest::formats().iter().flat_map(|format| format.endings());
    let known = given.filter(|given| known.any(|known| known == given));
    format!(".{}", known.as_deref().unwrap_or("txt"))
}

/// Answers `POST /upload` with the way to the new document, or with what is wrong.
pub(crate) async fn page(
    app: Arc<App>,
    asked: Asked,
    request: Request,
) -> axum::response::Response {
    let added = async {
        let incoming = Arc::new(Incoming::of(&app, request, "").await?);
        add(Arc::clone(&app), incoming, asked.language).await
    };
    match added.await {
        Ok(id) => Asked::sent_to(&format!("/documents/{}", crate::answer::segment(&id))),
        Err(problem) => asked.refused(&problem),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, expected: &str) {
        let incoming = Incoming { name: name.to_owned(), bytes: Bytes::from_static(b"x") };
        assert_eq!(incoming.safe_name(), expected.replace('@', "2d711642"));
    }

    #[test]
    fn names_are_made_and_lead_nowhere() {
        check("美丽辽宁 (征求意见稿).docx", "美丽辽宁-征求意见稿-@.docx");
        check("../../etc/passwd", "passwd-@.txt");
        check("..\\..\\windows\\system32\\a.txt", "a-@.txt");
        check("/etc/cron.d/x.sh", "x-@.txt");
        check("a\0b\n<script>.html", "a-b-script-@.html");
        check("", "document-@.txt");
        check("...", "document-@.txt");
        check("CON.PDF", "CON-@.pdf");
        assert!(stem(&"长".repeat(400)).chars().count() <= LONGEST_STEM);
    }
}
