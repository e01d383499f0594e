//! Clauses in OpenSearch: the records, token streams and questions of gangmu's own
//! index, put to an engine that many people share.
//!
//! | what | where |
//! | --- | --- |
//! | what a server keeps of a document, and its index template | [`records`], [`template`] |
//! | how they get there, half-refused bulks and all | [`Sender`] |
//! | how a typed query is written in the server's language | `dsl` |
//! | asking, paging, and putting documents together again | [`Engine`] |
//!
//! The server finds and ranks. What is marked in a text and every record that answers
//! is made here, from the stored clause, as gangmu's own index does it.

mod connection;
mod dsl;
mod engine;
mod error;
mod record;
mod sender;

pub use connection::{Connection, Credentials, Patience};
pub use engine::Engine;
pub use error::Error;
pub use record::{Record, SCHEMA_VERSION, records, template};
pub use sender::{Refusal, Sender, Sent};
