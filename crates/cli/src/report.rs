//! What is said of the files that were read, skipped and refused.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use crate::files::Files;
use crate::input;
use crate::language::{Message, Noun, Value, counted, say};
use crate::terminal::Terminal;

/// Files of which the same is said one by one; of more it is said once.
const SAID_ONE_BY_ONE: usize = 3;

/// Says what was assumed of files: where it is the same of many, once.
pub(crate) fn notices(
    notices: &[(PathBuf, Vec<String>)],
    terminal: &mut Terminal<'_>,
) -> io::Result<()> {
    let mut files: BTreeMap<&str, Vec<&Path>> = BTreeMap::new();
    for (path, notices) in notices {
        for notice in notices {
            files.entry(notice).or_default().push(path);
        }
    }
    for (notice, paths) in files {
        if paths.len() > SAID_ONE_BY_ONE {
            terminal.tell(&say!(
                "{n} files, {path} the first: {notice}",
                n = paths.len(),
                path = paths[0],
                notice = Value::Told(notice.to_owned()),
            ))?;
        } else {
            for path in paths {
                terminal.tell(&input::told_of(path, notice))?;
            }
        }
    }
    Ok(())
}

/// Says how many files were read, skipped and refused, where any was not read.
pub(crate) fn summary(n_read: usize, files: &Files, terminal: &mut Terminal<'_>) -> io::Result<()> {
    if files.skipped.is_empty() && files.failures.is_empty() {
        return Ok(());
    }
    let mut said = say!("read {files}", files = counted(n_read, Noun::File));
    if let Some(skipped) = skipped(&files.skipped) {
        said = say!("{one}; {other}", one = said, other = skipped);
    }
    if !files.failures.is_empty() {
        let failed = say!("failed {n}", n = files.failures.len());
        said = say!("{one}; {other}", one = said, other = failed);
    }
    terminal.tell(&said)
}

/// Says how many files are of kinds that are not read, where any is.
pub(crate) fn skipped(kinds: &BTreeMap<String, usize>) -> Option<Message> {
    let n_skipped: usize = kinds.values().sum();
    let mut kinds: Vec<_> = kinds.iter().collect();
    kinds.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
    let kinds: Vec<Message> = kinds
        .into_iter()
        .map(|(kind, n)| say!("{n} {kind}", n = *n, kind = Value::Told(kind.clone())))
        .collect();
    (n_skipped > 0)
        .then(|| say!("skipped {n} of other kinds ({kinds})", n = n_skipped, kinds = kinds))
}
