//! What can go wrong with a server.

/// Why a server was not asked, or gave no answer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The address cannot be one.
    #[error("{url}: is no address of a server; write http://host:9200 or http://host:9200/index")]
    Address {
        /// As given.
        url: String,
    },
    /// The address holds a name and a password.
    #[error(
        "the address holds a password; leave it out and set OPENSEARCH_USERNAME and \
         OPENSEARCH_PASSWORD"
    )]
    PasswordInAddress,
    /// Nobody answers, also after waiting.
    #[error("{url}: the server does not answer ({reason}); see that it runs, then try again")]
    Unreachable {
        /// Without what it asks.
        url: String,
        /// The last reason.
        reason: String,
    },
    /// The server wants other credentials.
    #[error(
        "{url}: the server refuses the credentials ({status}); set OPENSEARCH_USERNAME and \
         OPENSEARCH_PASSWORD to those of a user who may use the index {index}"
    )]
    Credentials {
        /// Without what it asks.
        url: String,
        /// The index.
        index: String,
        /// 401 or 403.
        status: u16,
    },
    /// There is no such index.
    #[error(
        "{url}: the server has no index {index}; make it first (gangmu export --to opensearch \
         --url …), or name another at the end of the address"
    )]
    Missing {
        /// Without what it asks.
        url: String,
        /// The index.
        index: String,
    },
    /// The index is of another version, or no index of gangmu.
    #[error(
        "{url}: the index {index} was made {by}, and this gangmu writes {wanted}; export into a \
         new index by naming it at the end of the address"
    )]
    OtherVersion {
        /// Without what it asks.
        url: String,
        /// The index.
        index: String,
        /// `by another program`, `with version 1.2`.
        by: String,
        /// `version 1.2`.
        wanted: String,
    },
    /// The server cannot do what it is asked.
    #[error("{url}: the server refuses the request ({status}): {reason}")]
    Refused {
        /// Without what it asks.
        url: String,
        /// The status of its answer.
        status: u16,
        /// Its words.
        reason: String,
    },
    /// The answer is not that of the API.
    #[error("{url}: the answer is none of OpenSearch's ({reason}); check the address")]
    Answer {
        /// Without what it asks.
        url: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A document cannot be written as JSON.
    #[error("a document cannot be written: {0}")]
    Json(#[from] serde_json::Error),
}
