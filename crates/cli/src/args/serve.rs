//! What `serve` takes.

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;

use clap::Args;

use super::ReadArgs;
use crate::language::{Message, say};

/// Serve pages to read, search and download, and an HTTP API, on this machine
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  gangmu serve seeds/documents            index the folder, then open http://127.0.0.1:8731/
  gangmu serve --port 0 --index ~/.cache/gangmu

Without more, only this machine reaches the pages. --address 0.0.0.0 serves the
network, and then asks everybody for the --token. Ctrl-C ends it.")]
pub(crate) struct ServeArgs {
    /// Files and folders to take into the index first
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) read: ReadArgs,
    /// Where the index is
    #[arg(long, value_name = "DIR", env = "GANGMU_INDEX", default_value = "index")]
    pub(crate) index: PathBuf,
    /// The address to listen at; one that other machines reach needs --token
    #[arg(long, value_name = "IP", default_value = "127.0.0.1", value_parser = address)]
    pub(crate) address: IpAddr,
    /// The port to listen at; 0 takes a free one
    #[arg(long, value_name = "PORT", default_value_t = 8731)]
    pub(crate) port: u16,
    /// What everybody has to know who asks: 16 characters or more
    #[arg(long, value_name = "TOKEN", env = "GANGMU_TOKEN", hide_env_values = true)]
    pub(crate) token: Option<String>,
    /// The folder for files that are uploaded [default: the index's name with -uploads]
    #[arg(long, value_name = "DIR")]
    pub(crate) uploads: Option<PathBuf>,
}

/// Reads an address; localhost is this machine.
fn address(text: &str) -> Result<IpAddr, Message> {
    if text == "localhost" {
        return Ok(Ipv4Addr::LOCALHOST.into());
    }
    text.parse().map_err(|_| say!("an address is written 127.0.0.1, 0.0.0.0 or ::1"))
}
