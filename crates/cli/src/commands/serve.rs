//! `serve [PATH…]`.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::Error;
use gangmu_server::{Intake, Settings};

use super::index;
use crate::args::{IndexArgs, ReadArgs, ServeArgs, StatusFormat};
use crate::exit::Exit;
use crate::language::{Language, say};
use crate::terminal::Terminal;

pub(super) fn run(args: &ServeArgs, terminal: &mut Terminal<'_>) -> Result<Exit, Error> {
    let address = SocketAddr::new(args.address, args.port);
    let settings = Settings {
        uploads: args.uploads.clone().unwrap_or_else(|| uploads_of(&args.index)),
        token: args.token.clone().filter(|token| !token.is_empty()),
        read: args.read.options(),
        ..Settings::new(&args.index, address)
    };
    // Nothing is read before it is sure that it may be served.
    settings.check()?;
    if !args.paths.is_empty() || args.read.files_from.is_some() {
        index::run(&index_args(args.paths.clone(), &args.read, &args.index), terminal)?;
    }
    let mut read = args.read.clone();
    read.files_from = None;
    let intake = Box::new(Indexing { index: args.index.clone(), read });
    gangmu_server::serve(settings, intake, |address| {
        writeln!(terminal.out, "http://{address}/")?;
        terminal.out.flush()?;
        terminal.tell(&say!("serves until Ctrl-C; open the address above in a browser"))
    })?;
    Ok(Exit::Found)
}

/// Takes uploaded files into the index, as `gangmu index FILE` does.
struct Indexing {
    index: PathBuf,
    read: ReadArgs,
}

impl Intake for Indexing {
    fn take_in(&self, file: &Path, in_chinese: bool) -> Result<(), String> {
        let args = index_args(vec![file.to_owned()], &self.read, &self.index);
        let language = if in_chinese { Language::Chinese } else { Language::English };
        let mut said = Vec::new();
        let mut terminal = Terminal {
            input: &mut std::io::empty(),
            out: &mut std::io::sink(),
            err: &mut said,
            columns: None,
            color: false,
            progress: false,
            language,
        };
        match index::run(&args, &mut terminal) {
            Ok(Exit::Failed) => Err(String::from_utf8_lossy(&said).trim().to_owned()),
            Ok(_) => Ok(()),
            Err(error) => Err(language.error(&error)),
        }
    }

    fn chinese(&self, english: &str) -> String {
        Language::Chinese.told(english)
    }
}

fn index_args(paths: Vec<PathBuf>, read: &ReadArgs, index: &Path) -> IndexArgs {
    IndexArgs {
        paths,
        read: read.clone(),
        index: index.to_owned(),
        prune: false,
        rebuild: false,
        status: false,
        format: StatusFormat::Table,
    }
}

/// Returns the folder beside an index in which uploaded files lie.
fn uploads_of(index: &Path) -> PathBuf {
    let mut name = index.file_name().unwrap_or_default().to_owned();
    name.push("-uploads");
    index.with_file_name(name)
}
