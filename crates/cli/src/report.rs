//! What is said of the files that were read, skipped and refused.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::files::Files;
use crate::input::{self, Input};

/// Files of which the same is said one by one; of more it is said once.
const SAID_ONE_BY_ONE: usize = 3;

/// Says what was assumed of files: where it is the same of many, once.
pub(crate) fn notices(inputs: &[(PathBuf, Input)], err: &mut dyn Write) -> io::Result<()> {
    let mut files: BTreeMap<&str, Vec<&Path>> = BTreeMap::new();
    for (path, input) in inputs {
        for notice in &input.notices {
            files.entry(notice).or_default().push(path);
        }
    }
    for (notice, paths) in files {
        if paths.len() > SAID_ONE_BY_ONE {
            writeln!(
                err,
                "gangmu: {} files, {} the first: {notice}",
                paths.len(),
                paths[0].display()
            )?;
        } else {
            for path in paths {
                writeln!(err, "gangmu: {}: {notice}", input::name(path))?;
            }
        }
    }
    Ok(())
}

/// Says how many files were read, skipped and refused, where any was not read.
pub(crate) fn summary(n_read: usize, files: &Files, err: &mut dyn Write) -> io::Result<()> {
    if files.skipped.is_empty() && files.failures.is_empty() {
        return Ok(());
    }
    write!(err, "gangmu: read {n_read} file{}", if n_read == 1 { "" } else { "s" })?;
    if let Some(skipped) = skipped(&files.skipped) {
        write!(err, "; {skipped}")?;
    }
    if !files.failures.is_empty() {
        write!(err, "; failed {}", files.failures.len())?;
    }
    writeln!(err)
}

/// Says how many files are of kinds that are not read, where any is.
pub(crate) fn skipped(kinds: &BTreeMap<String, usize>) -> Option<String> {
    let n_skipped: usize = kinds.values().sum();
    let mut kinds: Vec<_> = kinds.iter().collect();
    kinds.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
    let kinds: Vec<String> = kinds.iter().map(|(kind, n)| format!("{n} {kind}")).collect();
    (n_skipped > 0).then(|| format!("skipped {n_skipped} of other kinds ({})", kinds.join(", ")))
}
