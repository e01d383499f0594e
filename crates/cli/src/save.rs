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
/// written in it. What `write` returns, and its errors, are passed on.
pub(crate) fn save<T>(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> Result<T, Error>,
) -> Result<T, Error> {
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
    let written = {
        let mut buffered = BufWriter::new(&mut file);
        let written = write(&mut buffered)?;
        buffered.flush().with_context(cannot)?;
        written
    };
    file.as_file().sync_all().with_context(cannot)?;
    file.persist(&target)
        .map_err(|error| error.error)
        .with_context(|| sentence("cannot be replaced; close it in other programs first"))?;
    Ok(written)
}

/// Returns the mark that another program leaves beside a file that it has open,
/// where there is one.
pub(crate) fn lock_of(path: &Path) -> Option<PathBuf> {
    let name = path.file_name()?.to_string_lossy().into_owned();
    [format!(".~lock.{name}#"), format!("~${name}")]
        .map(|lock| folder_of(path).join(lock))
        .into_iter()
        .find(|lock| lock.exists())
}

/// Returns a name beside a file that no file has yet: `任务分解表.旧1.xlsx`.
pub(crate) fn name_of_older(path: &Path) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let ending = path.extension().unwrap_or_default().to_string_lossy();
    let mut n = 1;
    loop {
        let name = folder_of(path).join(format!("{stem}.旧{n}.{ending}"));
        if !name.exists() {
            return name;
        }
        n += 1;
    }
}

fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn what_fails_halfway_leaves_the_old_file_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("任务.csv");
        fs::write(&file, "旧").unwrap();
        let failed: Result<(), Error> = save(&file, |out| {
            out.write_all("新的一半".as_bytes())?;
            out.flush()?;
            bail!("no more")
        });
        assert_eq!(failed.unwrap_err().to_string(), "no more");
        assert_eq!(fs::read_to_string(&file).unwrap(), "旧");
        assert_eq!(names(folder.path()), ["任务.csv"]);
        save(&file, |out| Ok(out.write_all("新".as_bytes())?)).unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "新");
        assert_eq!(names(folder.path()), ["任务.csv"]);
    }

    #[cfg(unix)]
    #[test]
    fn links_and_permissions_stay() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("a.csv"), folder.path().join("b.csv"));
        fs::write(&file, "旧").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        symlink(&file, &link).unwrap();
        save(&link, |out| Ok(out.write_all("新".as_bytes())?)).unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "新");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
    }

    #[test]
    fn a_folder_that_is_not_there_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let error = save(&folder.path().join("无/a.csv"), |_| Ok(())).unwrap_err().to_string();
        assert!(error.contains("make it first"), "{error}");
        let error = save(folder.path(), |_| Ok(())).unwrap_err().to_string();
        assert!(error.contains("is a folder"), "{error}");
    }

    #[test]
    fn older_files_get_names_that_are_free() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("表.xlsx");
        assert!(name_of_older(&file).ends_with("表.旧1.xlsx"));
        fs::write(folder.path().join("表.旧1.xlsx"), "").unwrap();
        assert!(name_of_older(&file).ends_with("表.旧2.xlsx"));
        assert_eq!(lock_of(&file), None);
        fs::write(folder.path().join("~$表.xlsx"), "").unwrap();
        assert!(lock_of(&file).is_some());
    }
}
