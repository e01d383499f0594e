//! The description of the API, OpenAPI 3.1: its shapes are those of the types that
//! are sent, its parameters those that are read.

use std::sync::{Arc, LazyLock};

use axum::extract::State;
use axum::response::Response;
use gangmu_model::{AgencyRecord, DivisionRecord, Document, ShowRecord, TargetRecord, TaskRecord};
use gangmu_query::DocumentRecord;
use schemars::generate::{SchemaGenerator, SchemaSettings};
use schemars::{JsonSchema, Schema};
use serde_json::{Value, json};

use crate::answer::{Asked, Content, give};
use crate::api::{Page, SearchAnswer, Status};
use crate::app::App;
use crate::parameters::{
    ADDRESS, DOCUMENTS, FACETS, FORMAT, Kind, NAME, PAGE, Parameter, SEARCH, TARGETS, TASKS,
};
use crate::problem::Problem;

/// An address of the API.
struct Operation {
    method: &'static str,
    path: &'static str,
    summary: &'static str,
    parameters: &'static [&'static [Parameter]],
    answer: fn(&mut SchemaGenerator) -> Schema,
}

fn of<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<T>()
}

const OPERATIONS: &[Operation] = &[
    Operation {
        method: "get",
        path: "/api/v1/status",
        summary: "What is served.",
        parameters: &[],
        answer: of::<Status>,
    },
    Operation {
        method: "get",
        path: "/api/v1/documents",
        summary: "The documents, by id.",
        parameters: &[DOCUMENTS, PAGE],
        answer: of::<Page<DocumentRecord>>,
    },
    Operation {
        method: "get",
        path: "/api/v1/documents/{id}",
        summary: "One document with its tree and layers, as `gangmu parse --format json` prints it.",
        parameters: &[],
        answer: of::<Document>,
    },
    Operation {
        method: "get",
        path: "/api/v1/documents/{id}/divisions",
        summary: "The divisions of a document, in order.",
        parameters: &[PAGE],
        answer: of::<Page<DivisionRecord>>,
    },
    Operation {
        method: "get",
        path: "/api/v1/documents/{id}/divisions/{address}",
        summary: "One clause with all that belongs to it, as `gangmu show`.",
        parameters: &[],
        answer: of::<ShowRecord>,
    },
    Operation {
        method: "get",
        path: "/api/v1/divisions",
        summary: "The clauses that an address names in any document.",
        parameters: &[ADDRESS, DOCUMENTS, PAGE],
        answer: of::<Page<ShowRecord>>,
    },
    Operation {
        method: "get",
        path: "/api/v1/search",
        summary: "The clauses in which words stand, as `gangmu search`.",
        parameters: &[SEARCH, FACETS, DOCUMENTS, PAGE],
        answer: of::<SearchAnswer>,
    },
    Operation {
        method: "get",
        path: "/api/v1/tasks",
        summary: "What a body, or every body, has to do, as `gangmu tasks`.",
        parameters: &[TASKS, DOCUMENTS, PAGE, FORMAT],
        answer: of::<Page<TaskRecord>>,
    },
    Operation {
        method: "get",
        path: "/api/v1/targets",
        summary: "What is to be reached, and by when, as `gangmu targets`.",
        parameters: &[TARGETS, DOCUMENTS, PAGE, FORMAT],
        answer: of::<Page<TargetRecord>>,
    },
    Operation {
        method: "get",
        path: "/api/v1/agencies",
        summary: "Every body with a duty, and how many, as `gangmu agencies`.",
        parameters: &[DOCUMENTS, PAGE, FORMAT],
        answer: of::<Page<AgencyRecord>>,
    },
    Operation {
        method: "post",
        path: "/api/v1/parse",
        summary: "Parses the file sent; nothing of it is kept.",
        parameters: &[NAME],
        answer: of::<Document>,
    },
    Operation {
        method: "get",
        path: "/api/v1/openapi.json",
        summary: "This description.",
        parameters: &[],
        answer: of::<Value>,
    },
];

/// Gives the description.
pub(crate) async fn description(State(app): State<Arc<App>>, asked: Asked) -> Response {
    give(app, asked, |_, _, asked| {
        asked.parameters(&[])?;
        static DESCRIPTION: LazyLock<Value> = LazyLock::new(describe);
        Content::json(&*DESCRIPTION)
    })
    .await
}

/// Makes the description.
fn describe() -> Value {
    let mut settings = SchemaSettings::draft2020_12();
    settings.definitions_path = "/components/schemas".into();
    settings.meta_schema = None;
    let mut generator = SchemaGenerator::new(settings);
    let problem = of::<Problem>(&mut generator);
    let mut paths = serde_json::Map::new();
    for operation in OPERATIONS {
        let answer = (operation.answer)(&mut generator);
        let body = json!({ "application/octet-stream": {}, "multipart/form-data": { "schema": {
            "type": "object",
            "required": ["file"],
            "properties": { "file": { "type": "string", "contentMediaType": "application/octet-stream" } },
        }}});
        let mut described = json!({
            "operationId": operation_id(operation),
            "summary": operation.summary,
            "parameters": parameters(operation),
            "responses": {
                "200": { "description": "The answer.", "content": { "application/json": { "schema": answer } } },
                "default": { "description": "What is wrong, in one sentence.",
                             "content": { "application/problem+json": { "schema": problem } } },
            },
        });
        if operation.method == "post" {
            described["requestBody"] = json!({ "required": true, "content": body });
        }
        let path = paths.entry(operation.path).or_insert_with(|| json!({}));
        path[operation.method] = described;
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "gangmu",
            "version": env!("CARGO_PKG_VERSION"),
            "description": env!("CARGO_PKG_DESCRIPTION"),
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "paths": paths,
        "components": {
            "schemas": generator.take_definitions(true),
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
        },
        "security": [{}, { "token": [] }],
    })
}

fn operation_id(operation: &Operation) -> String {
    let steps = operation.path.trim_start_matches("/api/v1/").split(['/', '.']);
    let steps: Vec<&str> = steps.map(|step| step.trim_matches(['{', '}'])).collect();
    format!("{}_{}", operation.method, steps.join("_"))
}

fn parameters(operation: &Operation) -> Vec<Value> {
    let in_path = operation.path.split('/').filter_map(|step| {
        let name = step.strip_prefix('{')?.strip_suffix('}')?;
        Some(
            json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } }),
        )
    });
    let in_query = operation.parameters.iter().copied().flatten().map(|parameter| {
        json!({ "name": parameter.name, "in": "query", "description": parameter.about,
                "schema": shape(parameter.kind) })
    });
    in_path.chain(in_query).collect()
}

fn shape(kind: Kind) -> Value {
    match kind {
        Kind::Text => json!({ "type": "string" }),
        Kind::Texts => json!({ "type": "array", "items": { "type": "string" } }),
        Kind::Number => json!({ "type": "integer", "minimum": 0 }),
        Kind::Flag => json!({ "type": "boolean" }),
        Kind::Choice(choices) => json!({ "type": "string", "enum": choices }),
        Kind::Choices(choices) => {
            json!({ "type": "array", "items": { "type": "string", "enum": choices } })
        }
    }
}
