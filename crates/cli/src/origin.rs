//! How an index names the files of its documents, so that a later run knows
//! them again.

use std::fs;
use std::path::{Path, PathBuf};

use crate::files::is_standard_input;

/// What stands for standard input among the names.
const STANDARD_INPUT: &str = "-";

/// The names of files in one index.
///
/// Links are followed and the folder that a command is typed in does not matter: a
/// file has one name. One beside the index or below is named from there
/// (`./seeds/a.txt`), so that both can be moved together; any other by its whole path.
#[derive(Debug)]
pub(crate) struct Origins {
    /// The folder that the index stands in.
    base: PathBuf,
}

impl Origins {
    /// Names files for the index in a directory.
    pub(crate) fn new(index: &Path) -> Self {
        let index = whole(index);
        Self { base: index.parent().unwrap_or(&index).to_owned() }
    }

    /// Returns the name of a file.
    pub(crate) fn name(&self, file: &Path) -> String {
        if is_standard_input(file) {
            return STANDARD_INPUT.to_owned();
        }
        let file = whole(file);
        match file.strip_prefix(&self.base) {
            Ok(below) => format!("./{}", below.display()),
            Err(_) => file.display().to_string(),
        }
    }

    /// Returns the whole path of the file that a name stands for; `None` for
    /// standard input.
    pub(crate) fn path(&self, name: &str) -> Option<PathBuf> {
        (name != STANDARD_INPUT).then(|| self.base.join(name.strip_prefix("./").unwrap_or(name)))
    }
}

/// Returns a path from the root with links followed. Its end need not exist.
pub(crate) fn whole(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    for existing in path.ancestors() {
        if let (Ok(found), Ok(rest)) = (fs::canonicalize(existing), path.strip_prefix(existing)) {
            // Joining nothing would add a slash.
            return if rest.as_os_str().is_empty() { found } else { found.join(rest) };
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_one_name_from_wherever_it_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let at = |path: &str| folder.path().join(path);
        fs::create_dir_all(at("docs/old")).unwrap();
        fs::write(at("docs/a.txt"), "甲").unwrap();
        let origins = Origins::new(&at("index"));
        assert_eq!(origins.name(&at("docs/a.txt")), "./docs/a.txt");
        assert_eq!(origins.name(&at("docs/old/../a.txt")), "./docs/a.txt");
        assert_eq!(origins.name(&at("docs/gone/b.txt")), "./docs/gone/b.txt");
        assert_eq!(origins.path("./docs/a.txt").unwrap(), whole(&at("docs/a.txt")));
        let elsewhere = Origins::new(&at("cache/gangmu/index"));
        let name = elsewhere.name(&at("docs/a.txt"));
        assert_eq!(name, whole(&at("docs/a.txt")).display().to_string());
        assert_eq!(elsewhere.path(&name).unwrap(), whole(&at("docs/a.txt")));
        assert_eq!(origins.name(Path::new("-")), "-");
        assert_eq!(origins.path("-"), None);
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed() {
        let folder = tempfile::tempdir().unwrap();
        let at = |path: &str| folder.path().join(path);
        fs::create_dir(at("docs")).unwrap();
        fs::write(at("docs/a.txt"), "甲").unwrap();
        std::os::unix::fs::symlink(at("docs"), at("link")).unwrap();
        assert_eq!(Origins::new(&at("index")).name(&at("link/a.txt")), "./docs/a.txt");
    }
}
