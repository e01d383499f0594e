//! What is known of a document as a whole.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where the text came from.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Source {
    /// The path as given, or `-` for standard input.
    pub path: String,
    /// The media type: `text/plain`.
    pub media_type: String,
    /// The character set the bytes were read as: `utf-8`.
    pub charset: String,
    /// SHA-256 of the bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// The number of bytes read.
    pub bytes: u64,
}

/// How far a document has come.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum DocumentStatus {
    /// 征求意见稿.
    DraftForComment,
    /// 试行, 暂行.
    Trial,
    /// Issued.
    Final,
}

impl DocumentStatus {
    /// Every status.
    pub const ALL: [Self; 3] = [Self::DraftForComment, Self::Trial, Self::Final];

    /// Returns the name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::DraftForComment => "draft_for_comment",
            Self::Trial => "trial",
            Self::Final => "final",
        }
    }
}

/// What the text says of itself. What cannot be known is null, not guessed.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Metadata {
    /// The title, without 征求意见稿 and without the page's own heading.
    pub title: Option<String>,
    /// Of a 关于印发《…》的通知: the issued text's own title.
    pub attached_title: Option<String>,
    /// 意见, 实施意见, 通知, 方案, 行动方案, 规划, 办法, 条例, 规定, 决定 …
    pub document_kind: Option<String>,
    /// How far it has come; null where the text does not say.
    pub status: Option<DocumentStatus>,
    /// 发文机关.
    pub issuers: Vec<String>,
    /// The body that drafted it (起草).
    pub drafted_by: Option<String>,
    /// 发文字号 as written: 国发〔2023〕24号.
    pub document_number: Option<String>,
    /// 成文日期, an ISO date; `2025-07` where the day is not written.
    pub issued_on: Option<String>,
    /// 施行日期, an ISO date.
    pub effective_on: Option<String>,
    /// When the page was posted, as precise as written: `2024-03-22T10:00:19`.
    pub published_at: Option<String>,
    /// 辽宁省, 沈阳市; null: national, or unknown.
    pub region: Option<String>,
    /// 依据: what the preamble cites, without 《》.
    pub based_on: Vec<String>,
}
