//! Files that are written whole or not at all.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Error, bail};

/// Writes a file beside the one that is there and puts it in its place in one
/// step: whenever the run ends before, the old one is as it was.
///
/// A link is followed, permissions are kept, and what is no file (`/dev/stdout`)
/// is written to as it is.
///
/// # Errors
///
/// One sentence that names the file: its folder is not there, or nothing can be
/// written in it. Errors of `write` are passed on.
pub(crate) fn save(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> Result<(), Error>,
) -> Result<(), Error> {
    let sentence = |what: &str| format!("{}: {what}", path.display());
    let there = fs::metadata(path).ok();
    if there.as_ref().is_some_and(fs::Metadata::is_dir) {
        bail!("{}: is a folder; name a file in it", path.display());
    }
    if there.as_ref().is_some_and(|there| !there.is_file()) {
        let mut file = File::options()
            .write(true)
            .open(path)
            .with_context(|| sentence("cannot be written; check the permissions"))?;
        return write(&mut file);
    }
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = folder_of(&target);
    if !folder.is_dir() {
        bail!("{}: there is no folder {}; make it first", path.display(), folder.display());
    }
    let cannot = || sentence("cannot be written; check the permissions of its folder");
    let mut prefix = std::ffi::OsString::from(".");
    prefix.push(target.file_name().unwrap_or(OsStr::new("gangmu")));
    prefix.push(".");
    let mut builder = tempfile::Builder::new();
    builder.prefix(&prefix).suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // What a new file gets by the umask, and not what a temporary one does.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(&folder).with_context(cannot)?;
    if let Some(there) = there {
        file.as_file().set_permissions(there.permissions()).with_context(cannot)?;
    }
    {
        let mut buffered = BufWriter::new(&mut file);
        write(&mut buffered)?;
        buffered.flush().with_context(cannot)?;
    }
    file.as_file().sync_all().with_context(cannot)?;
    file.persist(&target)
        .map_err(|error| error.error)
        .with_context(|| sentence("cannot be replaced; close it in other programs first"))?;
    Ok(())
}

fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}
