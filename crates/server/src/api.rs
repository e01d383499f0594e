//! `/api/v1`: the records of the commands over HTTP, and the table of all addresses.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use gangmu_lexicon::Lexicon;
use gangmu_model::{DivisionRecord, Document, FacetRecord, SearchRecord, ShowRecord};
use gangmu_query::{
    AgenciesQuery, DocumentRecord, ExportRecord, Facet, RecordKind, SearchQuery, SearchRequest,
    ShowQuery, Unanswerable, export_records, facets_of_documents,
};
use gangmu_tables::{Field, Listing, columns};
use schemars::JsonSchema;
use serde::Serialize;
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

use crate::answer::{Asked, Content, give};
use crate::app::App;
use crate::ask;
use crate::parameters::{
    ADDRESS, DOCUMENTS, FACETS, FORMAT, NAME, PAGE, Parameters, SEARCH, TARGETS, TASKS,
};
use crate::problem::Problem;
use crate::snapshot::Snapshot;
use crate::upload::Incoming;
use crate::{assets, guard, openapi, pages, upload};

/// Bytes of the form that asks for the token.
const LOGIN_BYTES: usize = 8 << 10;

pub(crate) const CSV: &str = "text/csv; charset=utf-8";
pub(crate) const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const JSONL: &str = "application/jsonl";

/// A part of an answer.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "{T}Page")]
pub(crate) struct Page<T> {
    /// How many records answer in all.
    pub(crate) total: usize,
    /// How many stand before the first given.
    pub(crate) offset: usize,
    /// How many are given at most.
    pub(crate) limit: usize,
    /// Where the next part is; null where this is the last.
    pub(crate) next: Option<String>,
    /// The records, as the commands print them.
    pub(crate) records: Vec<T>,
}

/// The clauses found.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct SearchAnswer {
    /// The clauses of this part.
    #[serde(flatten)]
    pub(crate) page: Page<SearchRecord>,
    /// Whether no clause holds all the words, and these come close.
    pub(crate) relaxed: bool,
    /// The counts asked for by `facets`.
    pub(crate) facets: Vec<FacetRecord>,
}

/// What is served.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Status {
    /// The version of the program.
    pub(crate) version: &'static str,
    /// The version of its word lists.
    pub(crate) lexicon_version: &'static str,
    /// The number of documents.
    pub(crate) n_documents: usize,
    /// The number of clauses: divisions of all kinds.
    pub(crate) n_clauses: usize,
    /// Why a newer state of the index is not shown; null where the newest is.
    pub(crate) trouble: Option<String>,
}

/// Returns every address with what answers there.
pub(crate) fn routes(app: Arc<App>) -> Router {
    let api = Router::new()
        .route("/api/v1/status", get(status))
        .route("/api/v1/documents", get(documents))
        .route("/api/v1/documents/{id}", get(document))
        .route("/api/v1/documents/{id}/divisions", get(divisions))
        .route("/api/v1/documents/{id}/divisions/{address}", get(division))
        .route("/api/v1/divisions", get(show))
        .route("/api/v1/search", get(search))
        .route("/api/v1/tasks", get(tasks))
        .route("/api/v1/targets", get(targets))
        .route("/api/v1/agencies", get(agencies))
        .route("/api/v1/parse", post(parse))
        .route("/api/v1/openapi.json", get(openapi::description));
    let login =
        get(guard::ask_token).post(guard::take_token).layer(DefaultBodyLimit::max(LOGIN_BYTES));
    Router::new()
        .merge(api)
        .merge(pages::routes())
        .route("/login", login)
        .route("/upload", post(upload_file))
        .route("/static/{name}", get(assets::give))
        .fallback(nowhere)
        .method_not_allowed_fallback(not_so)
        .layer(DefaultBodyLimit::disable())
        .layer(axum::middleware::from_fn_with_state(Arc::clone(&app), guard::guard))
        .layer(CatchPanicLayer::custom(|_: Box<dyn std::any::Any + Send>| {
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .with_state(app)
}

async fn nowhere(asked: Asked) -> Response {
    asked.refused(&Problem::not_found(
        "nothing is at this address; begin at /, or for programs at /api/v1/openapi.json",
        "此地址没有内容；请从首页开始",
    ))
}

async fn not_so(asked: Asked) -> Response {
    asked.refused(&Problem::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "this address is not asked that way; /api/v1/openapi.json says how",
        "此地址不支持这种请求方式",
    ))
}

async fn upload_file(State(app): State<Arc<App>>, asked: Asked, request: Request) -> Response {
    upload::page(app, asked, request).await
}

async fn status(State(app): State<Arc<App>>, asked: Asked) -> Response {
    give(app, asked, |app, snapshot, asked| {
        asked.parameters(&[])?;
        Content::json(&Status {
            version: env!("CARGO_PKG_VERSION"),
            lexicon_version: Lexicon::version(),
            n_documents: snapshot.documents.len(),
            n_clauses: snapshot.n_clauses,
            trouble: app.library.trouble(),
        })
    })
    .await
}

async fn documents(State(app): State<Arc<App>>, asked: Asked) -> Response {
    give(app, asked, |_, snapshot, asked| {
        let parameters = asked.parameters(&[DOCUMENTS, PAGE])?;
        let filter = ask::documents(&parameters)?;
        let found = snapshot.admitted(&filter);
        let record = |document: &Document| DocumentRecord {
            schema_version: document.schema_version,
            document: document.id.clone(),
            source: document.source.clone(),
            metadata: document.metadata.clone(),
        };
        let (offset, limit) = ask::page(&parameters, ask::DEFAULT_LIMIT)?;
        let records = found.iter().skip(offset).take(limit).map(|document| record(document));
        let page = part(asked, &parameters, found.len(), (offset, limit), records.collect());
        Content::json(&page)
    })
    .await
}

async fn document(State(app): State<Arc<App>>, Path(id): Path<String>, asked: Asked) -> Response {
    give(app, asked, move |_, snapshot, asked| {
        asked.parameters(&[])?;
        Content::json(&**known(snapshot, &id)?)
    })
    .await
}

async fn divisions(State(app): State<Arc<App>>, Path(id): Path<String>, asked: Asked) -> Response {
    give(app, asked, move |_, snapshot, asked| {
        let parameters = asked.parameters(&[PAGE])?;
        let document = known(snapshot, &id)?;
        let (offset, limit) = ask::page(&parameters, ask::DEFAULT_LIMIT)?;
        let all = export_records(document, &[RecordKind::Division]);
        let all: Vec<DivisionRecord> = all
            .into_iter()
            .filter_map(|record| match record {
                ExportRecord::Division(division) => Some(division),
                _ => None,
            })
            .collect();
        let total = all.len();
        let records = all.into_iter().skip(offset).take(limit).collect();
        Content::json(&part(asked, &parameters, total, (offset, limit), records))
    })
    .await
}

async fn division(
    State(app): State<Arc<App>>,
    Path((id, address)): Path<(String, String)>,
    asked: Asked,
) -> Response {
    give(app, asked, move |_, snapshot, asked| {
        asked.parameters(&[])?;
        let (_, record) = known_clause(snapshot, &id, &address)?;
        Content::json(&record)
    })
    .await
}

async fn show(State(app): State<Arc<App>>, asked: Asked) -> Response {
    give(app, asked, |_, snapshot, asked| {
        let parameters = asked.parameters(&[ADDRESS, DOCUMENTS, PAGE])?;
        let Some(address) = parameters.one("address") else {
            return Err(Problem::bad_request(
                "address: say which clause, 三(七) or c3.m7",
                "address：请写明条款，如三(七)或c3.m7",
            ));
        };
        let documents = ask::documents(&parameters)?;
        let query = ShowQuery { address: address.to_owned(), documents };
        let answer = query.answer(&snapshot.documents);
        if answer.records.is_empty() {
            return Err(no_clause(address, &answer.ambiguous));
        }
        let (offset, limit) = ask::page(&parameters, ask::DEFAULT_LIMIT)?;
        let total = answer.records.len();
        let records = answer.records.into_iter().skip(offset).take(limit).collect();
        Content::json(&part(asked, &parameters, total, (offset, limit), records))
    })
    .await
}

async fn search(State(app): State<Arc<App>>, asked: Asked) -> Response {
    give(app, asked, |app, snapshot, asked| {
        let parameters = asked.parameters(&[SEARCH, FACETS, DOCUMENTS, PAGE])?;
        let request = ask::search(&parameters, ask::DEFAULT_LIMIT)?;
        let facets = ask::facets(&parameters);
        let found = find(app, snapshot, &request, &facets)?;
        let range = (request.offset, request.limit);
        let page = part(asked, &parameters, found.total, range, found.records);
        Content::json(&SearchAnswer { page, relaxed: found.relaxed, facets: found.facets })
    })
    .await
}

async fn tasks(State(app): State<Arc<App>>, asked: Asked) -> Response {
    give(app, asked, |_, snapshot, asked| {
        let parameters = asked.parameters(&[TASKS, DOCUMENTS, PAGE, FORMAT])?;
        let query = ask::tasks(&parameters)?;
        let names = query.agency.as_deref().map(|agency| snapshot.names_of(agency));
        let range = range(&parameters)?;
        let (total, records) =
            snapshot.tasks.answer(&query, names.as_deref(), &snapshot.documents, range);
        let what = query.agency.unwrap_or_default() + "任务";
        listing(asked, &parameters, (total, range), records, &what, columns::tasks())
    })
    .await
}

async fn targets(State(app): State<Arc<App>>, asked: Asked) -> Response {
    give(app, asked, |_, snapshot, asked| {
        let parameters = asked.parameters(&[TARGETS, DOCUMENTS, PAGE, FORMAT])?;
        let found = snapshot.targets(&ask::targets(&parameters)?);
        let (total, range) = (found.len(), range(&parameters)?);
        let records = found.into_iter().skip(range.0).take(range.1).collect();
        listing(asked, &parameters, (total, range), records, "指标", columns::targets())
    })
    .await
}

async fn agencies(State(app): State<Arc<App>>, asked: Asked) -> Response {
    give(app, asked, |_, snapshot, asked| {
        let parameters = asked.parameters(&[DOCUMENTS, PAGE, FORMAT])?;
        let documents = ask::documents(&parameters)?;
        let range = range(&parameters)?;
        let of_some;
        let found = if documents.is_empty() {
            snapshot.agencies()
        } else {
            of_some = AgenciesQuery { documents }.answer(&snapshot.documents);
            &of_some
        };
        let records = found.iter().skip(range.0).take(range.1).cloned().collect();
        listing(asked, &parameters, (found.len(), range), records, "单位", columns::agencies())
    })
    .await
}

async fn parse(State(app): State<Arc<App>>, asked: Asked, request: Request) -> Response {
    let parsed = async {
        let parameters = asked.parameters(&[NAME])?;
        let name = parameters.one("name").unwrap_or("document.txt");
        let incoming = Arc::new(Incoming::of(&app, request, name).await?);
        Content::json(&incoming.parse(&app).await?)
    };
    match parsed.await {
        Ok(content) => {
            let headers = [("content-type", content.media_type), ("cache-control", "no-store")];
            (headers, content.body).into_response()
        }
        Err(problem) => asked.refused(&problem),
    }
}

/// The clauses found, and the counts asked for.
pub(crate) struct Found {
    pub(crate) records: Vec<SearchRecord>,
    pub(crate) total: usize,
    pub(crate) relaxed: bool,
    pub(crate) facets: Vec<FacetRecord>,
}

/// Answers a search, as the command does.
pub(crate) fn find(
    app: &App,
    snapshot: &Snapshot,
    request: &SearchRequest,
    facets: &[Facet],
) -> Result<Found, Problem> {
    let lexicon = Lexicon::builtin();
    let query = request.read().map_err(|error| {
        let (position, reason) = (error.position, &error.reason);
        Problem::bad_request(
            format!("q: character {position}: {reason}"),
            format!("q：第{position}个字符有误（{}）", app.intake.chinese(reason)),
        )
    })?;
    let nothing = Found { records: Vec::new(), total: 0, relaxed: false, facets: Vec::new() };
    let Some(index) = &snapshot.index else { return Ok(nothing) };
    let query = match request.resolve(query, &snapshot.summaries, lexicon) {
        Ok(query) => query,
        Err(Unanswerable::NoAgency | Unanswerable::NoDocument) => return Ok(nothing),
    };
    let page = index.search(&query)?;
    Ok(Found {
        facets: count(snapshot, &query, facets)?,
        records: page.records,
        total: page.total,
        relaxed: page.relaxed,
    })
}

/// Counts the clauses found, each facet in the order asked. What is known of
/// documents stands in the snapshot and need not be read from the index.
fn count(
    snapshot: &Snapshot,
    query: &SearchQuery,
    facets: &[Facet],
) -> Result<Vec<FacetRecord>, Problem> {
    let Some(index) = snapshot.index.as_ref().filter(|_| !facets.is_empty()) else {
        return Ok(Vec::new());
    };
    let is_of_document =
        |facet: &Facet| !Facet::OF_CLAUSES.contains(facet) && *facet != Facet::Document;
    let mut asked: Vec<Facet> =
        facets.iter().copied().filter(|facet| !is_of_document(facet)).collect();
    let of_documents: Vec<Facet> = facets.iter().copied().filter(is_of_document).collect();
    if !of_documents.is_empty() && !asked.contains(&Facet::Document) {
        asked.push(Facet::Document);
    }
    let counted = index.facets(query, &asked)?.records;
    let n_clauses: BTreeMap<&str, u32> = counted
        .iter()
        .filter(|record| record.facet == Facet::Document.name())
        .map(|record| (record.value.as_str(), record.count))
        .collect();
    let more = facets_of_documents(&of_documents, &n_clauses, &snapshot.summaries);
    let mut records = Vec::new();
    for facet in facets {
        let of_facet = |record: &&FacetRecord| record.facet == facet.name();
        records.extend(counted.iter().chain(&more).filter(of_facet).cloned());
    }
    Ok(records)
}

/// Returns the document of that id.
pub(crate) fn known<'s>(snapshot: &'s Snapshot, id: &str) -> Result<&'s Arc<Document>, Problem> {
    snapshot.document(id).ok_or_else(|| {
        let id = crate::parameters::quoted(id);
        Problem::not_found(
            format!("no document has the id {id}; /api/v1/documents lists all"),
            format!("没有编号为{id}的文件；“文件”页列出全部文件"),
        )
    })
}

/// Returns the document of that id, and its clause at an address.
pub(crate) fn known_clause<'s>(
    snapshot: &'s Snapshot,
    id: &str,
    address: &str,
) -> Result<(&'s Arc<Document>, ShowRecord), Problem> {
    let document = known(snapshot, id)?;
    let query = ShowQuery { address: address.to_owned(), ..ShowQuery::default() };
    let answer = query.answer(std::slice::from_ref(document));
    let record = answer.records.into_iter().next();
    record.map(|record| (document, record)).ok_or_else(|| no_clause(address, &answer.ambiguous))
}

/// Says that an address leads to no clause, or to several.
fn no_clause(address: &str, ambiguous: &[(String, Vec<String>)]) -> Problem {
    let address = crate::parameters::quoted(address);
    match ambiguous.first() {
        Some((_, ids)) => Problem::new(
            StatusCode::CONFLICT,
            format!("{address} fits several clauses: {}", ids.join(", ")),
            format!("{address}对应多个条款：{}", ids.join("、")),
        ),
        None => Problem::not_found(
            format!("no clause has the address {address}; addresses look like c3.m7 or 三(七)"),
            format!("没有条款{address}；条款写作c3.m7或三(七)"),
        ),
    }
}

/// Returns which records are made: a part of them, or for a file all.
fn range(parameters: &Parameters) -> Result<(usize, usize), Problem> {
    let (offset, limit) = ask::page(parameters, ask::DEFAULT_LIMIT)?;
    let is_page = matches!(parameters.one("format"), None | Some("json"));
    Ok(if is_page { (offset, limit) } else { (0, usize::MAX) })
}

fn listing<T: Serialize>(
    asked: &Asked,
    parameters: &Parameters,
    (total, range): (usize, (usize, usize)),
    records: Vec<T>,
    what: &str,
    fields: Vec<Field<T>>,
) -> Result<Content, Problem> {
    let failed = |error: gangmu_tables::Error| Problem::internal(&error);
    let listing = Listing { name: "清单", heading: what.to_owned(), records: &records, fields };
    match parameters.one("format") {
        Some("csv") => csv(&listing).map(|content| content.saved_as(format!("{what}.csv"))),
        Some("xlsx") => {
            let book = listing.workbook().map_err(failed)?;
            Ok(Content::new(XLSX, book).saved_as(format!("{what}.xlsx")))
        }
        Some("jsonl") => {
            let mut body = Vec::new();
            for record in &records {
                serde_json::to_writer(&mut body, record)
                    .map_err(|error| Problem::internal(&error))?;
                body.push(b'\n');
            }
            Ok(Content::new(JSONL, body))
        }
        _ => Content::json(&part(asked, parameters, total, range, records)),
    }
}

/// Returns a listing as a CSV file that Excel opens.
pub(crate) fn csv<T>(listing: &Listing<'_, T>) -> Result<Content, Problem> {
    // Without this mark Excel takes the text for one of its own code page.
    let mut body = "\u{feff}".as_bytes().to_vec();
    listing.write_csv(&mut body).map_err(|error| Problem::internal(&error))?;
    Ok(Content::new(CSV, body))
}

fn part<T>(
    asked: &Asked,
    parameters: &Parameters,
    total: usize,
    (offset, limit): (usize, usize),
    records: Vec<T>,
) -> Page<T> {
    let end = offset.saturating_add(records.len());
    let next = (end < total && !records.is_empty())
        .then(|| format!("{}{}", asked.path, parameters.with(&[("offset", &end.to_string())])));
    Page { total, offset, limit, next, records }
}
