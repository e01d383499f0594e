//! What all requests share.

use std::sync::Arc;

use quick_cache::Weighter;
use quick_cache::sync::Cache;
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

use crate::answer::{Kept, Key};
use crate::library::{Intake, Library};
use crate::settings::Settings;

/// Bytes of answers that are kept.
const KEPT_BYTES: u64 = 48 << 20;
/// Answers that are kept, about.
const KEPT_ANSWERS: usize = 4_096;
/// Files that are read and parsed at a time.
const PARSED_AT_A_TIME: usize = 2;

/// What all requests share.
pub(crate) struct App {
    pub(crate) settings: Settings,
    pub(crate) library: Library,
    pub(crate) intake: Box<dyn Intake>,
    pub(crate) kept: Cache<Key, Arc<Kept>, KeptBytes>,
    /// Taken by each file that is read and parsed.
    pub(crate) parsing: Arc<Semaphore>,
    /// Taken by who brings files into the index.
    pub(crate) writing: Arc<Semaphore>,
    /// What a browser shows that knows the token.
    pub(crate) session: Option<String>,
}

/// Weighs a kept answer.
#[derive(Clone)]
pub(crate) struct KeptBytes;

impl Weighter<Key, Arc<Kept>> for KeptBytes {
    fn weight(&self, key: &Key, kept: &Arc<Kept>) -> u64 {
        (key.address.len() + kept.content.body.len() + 256) as u64
    }
}

impl App {
    pub(crate) fn new(settings: Settings, library: Library, intake: Box<dyn Intake>) -> Self {
        let session = settings.token.as_deref().map(session_of);
        Self {
            settings,
            library,
            intake,
            kept: Cache::with_weighter(KEPT_ANSWERS, KEPT_BYTES, KeptBytes),
            parsing: Arc::new(Semaphore::new(PARSED_AT_A_TIME)),
            writing: Arc::new(Semaphore::new(1)),
            session,
        }
    }
}

impl App {
    /// Takes over a newer state of the index, where there is one; answers about the
    /// older one are let go.
    pub(crate) fn refresh(&self) {
        let before = self.library.newest().generation;
        self.library.refresh();
        if self.library.newest().generation != before {
            self.kept.clear();
        }
    }
}

/// Returns what a browser shows in the place of the token, which cannot be had from it.
pub(crate) fn session_of(token: &str) -> String {
    let digest = Sha256::new().chain_update("gangmu session ").chain_update(token).finalize();
    hex(&digest)
}

/// Returns bytes as hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
