//! What went wrong, as RFC 9457 has it (`application/problem+json`).

use axum::http::StatusCode;
use schemars::JsonSchema;
use serde::Serialize;

/// What went wrong, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Problem {
    /// Always `about:blank`: the status says the kind.
    #[serde(rename = "type")]
    pub(crate) kind: &'static str,
    /// The status in words.
    pub(crate) title: &'static str,
    /// The HTTP status.
    pub(crate) status: u16,
    /// One sentence that names what is at fault and what to do.
    pub(crate) detail: String,
    /// The same in Chinese, for pages.
    #[serde(skip)]
    pub(crate) chinese: String,
}

impl Problem {
    pub(crate) fn new(
        status: StatusCode,
        detail: impl Into<String>,
        chinese: impl Into<String>,
    ) -> Self {
        Self {
            kind: "about:blank",
            title: status.canonical_reason().unwrap_or("Error"),
            status: status.as_u16(),
            detail: detail.into(),
            chinese: chinese.into(),
        }
    }

    pub(crate) fn bad_request(detail: impl Into<String>, chinese: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, detail, chinese)
    }

    pub(crate) fn not_found(detail: impl Into<String>, chinese: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, detail, chinese)
    }

    /// What nobody who asks can mend. What the system said stays in it.
    pub(crate) fn internal(error: &dyn std::fmt::Display) -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            format!(
                "the answer could not be made ({error}); try again, or look at the index with gangmu index --status"
            ),
            format!("未能作答（{error}）；请重试，或用 gangmu index --status 检查索引"),
        )
    }

    pub(crate) fn code(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

impl From<gangmu_indexer::Error> for Problem {
    fn from(error: gangmu_indexer::Error) -> Self {
        Self::internal(&error)
    }
}
