//! A folder to type commands in: the shipped documents, an index of them, and `gangmu`.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use tempfile::TempDir;

/// A folder, and a home in it, in which commands find `gangmu`.
pub(crate) struct Shell {
    directory: TempDir,
}

/// Returns the root of the repository.
pub(crate) fn root() -> PathBuf {
    fs::canonicalize(Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")).unwrap()
}

impl Shell {
    pub(crate) fn new() -> Self {
        let shell = Self { directory: TempDir::new().unwrap() };
        let at = |path: &str| shell.path().join(path);
        std::os::unix::fs::symlink(root().join("seeds"), at("seeds")).unwrap();
        for folder in [
            "home/政策",
            "home/.local/share/bash-completion/completions",
            "home/.config/fish/completions",
        ] {
            fs::create_dir_all(at(folder)).unwrap();
        }
        for file in fs::read_dir(root().join("seeds/documents")).unwrap() {
            let file = file.unwrap();
            fs::copy(file.path(), at("home/政策").join(file.file_name())).unwrap();
        }
        let built = shell.command("gangmu").args(["index", "seeds/documents"]).output().unwrap();
        assert!(built.status.success(), "{built:?}");
        shell
    }

    pub(crate) fn path(&self) -> &Path {
        self.directory.path()
    }

    /// Returns a command that runs in the folder and speaks English.
    pub(crate) fn command(&self, program: &str) -> Command {
        let bin = Path::new(env!("CARGO_BIN_EXE_gangmu")).parent().unwrap().to_owned();
        let mut path = OsString::from(bin);
        path.push(":");
        path.push(env::var_os("PATH").unwrap_or_default());
        // The program is looked for in the path that it is given, not in the test's own.
        let mut command = Command::new("env");
        command
            .arg(program)
            .current_dir(self.path())
            .env("PATH", path)
            .env("HOME", self.path().join("home"))
            .env("GANGMU_LANG", "en")
            .env_remove("GANGMU_INDEX");
        command
    }
}
