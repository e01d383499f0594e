//! What is settled before the server listens.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use gangmu_ingest::{Limits, Options};

/// Letters and digits that a token has at least.
const SHORTEST_TOKEN: usize = 16;

/// Bytes of a file that may be uploaded or parsed.
const MAX_BODY_BYTES: usize = 32 << 20;

/// Why the server does not start, or ended.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Anybody could read what is served.
    #[error(
        "{0} can be reached from other machines, so a token is needed; give --token (or set \
         GANGMU_TOKEN), or leave --address out to be reached from this machine alone"
    )]
    NoToken(IpAddr),
    /// The token could be guessed.
    #[error("the token is shorter than {SHORTEST_TOKEN} characters; take a longer one")]
    ShortToken,
    /// The port is taken, or the address is not this machine's.
    #[error("{address}: cannot be listened at ({source}); take another --port or --address")]
    Bind {
        /// The address.
        address: SocketAddr,
        /// What the system says.
        source: std::io::Error,
    },
    /// The index cannot be read.
    #[error(transparent)]
    Index(#[from] gangmu_indexer::Error),
    /// The system refuses a thread or a signal.
    #[error("the server cannot start ({0}); close other programs first")]
    System(std::io::Error),
}

/// What is settled before the server listens.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where the index is.
    pub index: PathBuf,
    /// The folder for uploaded files, made where it is not there.
    pub uploads: PathBuf,
    /// Where to listen.
    pub address: SocketAddr,
    /// What who asks must know; `None`: whoever reaches the address may ask.
    pub token: Option<String>,
    /// How files that come in are read.
    pub read: Options,
    /// How much may come in, and how long things may take.
    pub bounds: Bounds,
}

/// How much may come in, and how long things may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Bytes of a request's body: 32 MiB.
    pub max_body_bytes: usize,
    /// Bytes of a request's line and headers: 16 KiB.
    pub max_head_bytes: usize,
    /// Connections at a time: 512.
    pub max_connections: usize,
    /// How long the head of a request may take to come in, and a connection be idle: 15 s.
    pub head_time: Duration,
    /// How long a body may take to come in: 60 s.
    pub body_time: Duration,
    /// How long an answer may take: 20 s.
    pub answer_time: Duration,
    /// How long a file may take to be read and parsed: 60 s.
    pub parse_time: Duration,
    /// How long requests that are being answered are waited for at the end: 10 s.
    pub farewell_time: Duration,
    /// How often it is looked whether the index has changed: 1 s.
    pub reload_time: Duration,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            max_body_bytes: MAX_BODY_BYTES,
            max_head_bytes: 16 << 10,
            max_connections: 512,
            head_time: Duration::from_secs(15),
            body_time: Duration::from_secs(60),
            answer_time: Duration::from_secs(20),
            parse_time: Duration::from_secs(60),
            farewell_time: Duration::from_secs(10),
            reload_time: Duration::from_secs(1),
        }
    }
}

impl Settings {
    /// Serves the index of a folder at an address.
    pub fn new(index: impl Into<PathBuf>, address: SocketAddr) -> Self {
        Self {
            index: index.into(),
            uploads: PathBuf::from("uploads"),
            address,
            token: None,
            read: Options::default(),
            bounds: Bounds::default(),
        }
    }

    /// Checks that nobody is let in by oversight.
    ///
    /// # Errors
    ///
    /// [`Error::NoToken`] and [`Error::ShortToken`].
    pub fn check(&self) -> Result<(), Error> {
        match &self.token {
            None if !self.address.ip().is_loopback() => Err(Error::NoToken(self.address.ip())),
            Some(token) if token.chars().count() < SHORTEST_TOKEN => Err(Error::ShortToken),
            _ => Ok(()),
        }
    }

    /// Returns how a file that came in is read: as told, and no larger than a body.
    pub(crate) fn read_options(&self) -> Options {
        let limits = Limits {
            max_file_bytes: self.read.limits.max_file_bytes.min(self.bounds.max_body_bytes),
            max_unpacked_bytes: self.read.limits.max_unpacked_bytes.min(256 << 20),
            max_elements: self.read.limits.max_elements.min(1_000_000),
            max_text_bytes: self.read.limits.max_text_bytes.min(64 << 20),
            ..self.read.limits
        };
        Options { limits, ..self.read.clone() }
    }
}
