//! Which engine answers.

use anyhow::Error;
use clap::{Args, ValueEnum};
use gangmu_opensearch::{Connection, Credentials, Engine, Patience};

use super::Sources;
use crate::language::say;

/// Which engine answers.
#[derive(Args, Debug)]
pub(crate) struct EngineArgs {
    /// Who answers: gangmu's own index, or OpenSearch at --url
    #[arg(long, value_name = "ENGINE", default_value = "own", hide_default_value = true)]
    engine: EngineArg,
    /// The address of OpenSearch, with or without an index: http://host:9200/gangmu
    #[arg(long, value_name = "URL")]
    url: Option<String>,
}

#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
enum EngineArg {
    Own,
    #[value(name = "opensearch")]
    OpenSearch,
}

impl EngineArgs {
    /// Opens the server that is to answer; `None` where gangmu itself does.
    ///
    /// # Errors
    ///
    /// A sentence where the options do not fit together, or the server cannot be asked.
    pub(crate) fn open(&self, sources: &Sources) -> Result<Option<Engine>, Error> {
        match (self.engine, &self.url) {
            (EngineArg::Own, None) => Ok(None),
            (EngineArg::Own, Some(_)) => {
                Err(say!("--url is for OpenSearch; add --engine opensearch").into())
            }
            (EngineArg::OpenSearch, None) => {
                Err(say!("--engine opensearch needs an address; add --url http://host:9200/gangmu")
                    .into())
            }
            (EngineArg::OpenSearch, Some(_)) if sources.names_files() => {
                Err(say!("--engine opensearch asks what was sent there; leave PATH out").into())
            }
            (EngineArg::OpenSearch, Some(url)) => Ok(Some(Engine::open(connect(url)?)?)),
        }
    }
}

/// Takes an address, and the credentials of the environment.
pub(crate) fn connect(url: &str) -> Result<Connection, Error> {
    Ok(Connection::new(url, Credentials::of_environment(), Patience::default())?)
}
