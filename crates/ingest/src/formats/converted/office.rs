//! LibreOffice, asked to convert one file.
//!
//! It works on a copy in a folder of its own, with a profile of its own that is
//! thrown away with it, so no setting, macro or running office of the user takes
//! part. It is ended with all that it started where it takes too long.

use std::env;
use std::ffi::OsStr;
use std::fmt;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How long one file may take; the first start on a slow machine takes ten seconds.
const PATIENCE: Duration = Duration::from_secs(120);

/// How often is looked whether it is done.
const LOOK: Duration = Duration::from_millis(20);

/// What the program is called where programs are looked for.
const NAMES: &[&str] = &["soffice", "libreoffice", "soffice.exe"];

/// Where installers put it without telling.
const FOLDERS: &[&str] = &[
    "/Applications/LibreOffice.app/Contents/MacOS",
    "C:\\Program Files\\LibreOffice\\program",
    "/opt/libreoffice/program",
];

/// LibreOffice on this machine.
pub(super) struct Office {
    program: PathBuf,
    patience: Duration,
}

/// Why a file was not converted.
#[derive(Debug)]
pub(super) enum Failure {
    /// It ran on for longer than it may.
    TooSlow(Duration),
    /// It ended without a file.
    Refused(ExitStatus),
    /// What it wrote is larger than a file may be.
    TooLarge,
    /// It could not be started, or its files not be written.
    System(io::Error),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooSlow(patience) => {
                write!(f, "did not end within {} seconds", patience.as_secs())
            }
            Self::Refused(status) => write!(f, "could not convert it ({status})"),
            Self::TooLarge => f.write_str("made too large a file of it"),
            Self::System(error) => write!(f, "could not be run ({error})"),
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::System(error)
    }
}

impl Office {
    /// Finds the program; `None` where it is not installed.
    pub(super) fn installed() -> Option<Self> {
        let path = env::var_os("PATH").unwrap_or_default();
        Self::found_in(&path)
    }

    fn found_in(path: &OsStr) -> Option<Self> {
        let folders = env::split_paths(path).chain(FOLDERS.iter().map(PathBuf::from));
        let program = folders
            .flat_map(|folder| NAMES.iter().map(move |name| folder.join(name)))
            .find(|program| program.is_file())?;
        Some(Self { program, patience: PATIENCE })
    }

    /// Makes a file with one ending of the bytes of a file with another.
    pub(super) fn convert(
        &self,
        bytes: &[u8],
        from: &str,
        into: &str,
        max_bytes: usize,
    ) -> Result<Vec<u8>, Failure> {
        let folder = tempfile::Builder::new().prefix("gangmu-").tempdir()?;
        let source = folder.path().join("document").with_extension(from);
        fs::write(&source, bytes)?;
        let out = folder.path().join("out");
        let mut child = self.start(folder.path(), &source, into, &out)?;
        let status = self.wait(&mut child)?;
        let made = out.join("document").with_extension(into);
        if !status.success() || !made.is_file() {
            return Err(Failure::Refused(status));
        }
        let mut bytes = Vec::new();
        let limit = (max_bytes as u64).saturating_add(1);
        fs::File::open(made)?.take(limit).read_to_end(&mut bytes)?;
        if bytes.len() > max_bytes { Err(Failure::TooLarge) } else { Ok(bytes) }
    }

    fn start(&self, folder: &Path, source: &Path, into: &str, out: &Path) -> io::Result<Child> {
        let mut profile = std::ffi::OsString::from("-env:UserInstallation=");
        profile.push(file_address(&folder.join("profile")));
        let mut command = Command::new(&self.program);
        command
            .arg(profile)
            .args(["--headless", "--norestore", "--nolockcheck", "--convert-to", into, "--outdir"])
            .arg(out)
            .arg(source)
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        command.spawn()
    }

    fn wait(&self, child: &mut Child) -> Result<ExitStatus, Failure> {
        let begun = Instant::now();
        loop {
            if let Some(status) = child.try_wait()? {
                return Ok(status);
            }
            if begun.elapsed() > self.patience {
                end(child);
                return Err(Failure::TooSlow(self.patience));
            }
            thread::sleep(LOOK);
        }
    }
}

/// Ends a program and, where groups of programs are known, all that it started.
fn end(child: &mut Child) {
    #[cfg(unix)]
    let _ = Command::new("kill")
        .args(["-KILL", "--"])
        .arg(format!("-{}", child.id()))
        .stderr(Stdio::null())
        .status();
    // One that has ended by now needs no more.
    let _ = child.kill();
    let _ = child.wait();
}

/// Returns the address of a folder: `file:///tmp/profile`.
fn file_address(folder: &Path) -> std::ffi::OsString {
    let mut address = std::ffi::OsString::from("file://");
    if cfg!(windows) {
        address.push("/");
        address.push(folder.to_string_lossy().replace('\\', "/"));
    } else {
        address.push(folder);
    }
    address
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;
    use std::sync::{Mutex, MutexGuard, PoisonError};

    /// A program that is written while another test starts one cannot be run.
    static ALONE: Mutex<()> = Mutex::new(());

    fn alone() -> MutexGuard<'static, ()> {
        ALONE.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Installs a program that does what the script says; `$8` is the folder it
    /// writes to, `$9` the file it reads.
    fn office(folder: &Path, script: &str) -> Office {
        let program = folder.join("soffice");
        fs::write(&program, format!("#!/bin/sh\n{script}\n")).expect("it is written");
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("it may be run");
        Office::found_in(folder.as_os_str()).expect("it is there")
    }

    const CONVERTS: &str =
        "shift 7; mkdir \"$1\"; (printf 'made of '; cat \"$2\") > \"$1/document.docx\"";

    #[test]
    fn what_it_makes_is_returned() {
        let _alone = alone();
        let folder = tempfile::tempdir().unwrap();
        let office = office(folder.path(), CONVERTS);
        assert_eq!(office.convert(b"old", "doc", "docx", 100).unwrap(), b"made of old");
        assert!(matches!(office.convert(b"old", "doc", "docx", 5), Err(Failure::TooLarge)));
    }

    #[test]
    fn it_works_in_a_folder_and_with_a_profile_of_its_own_which_go_away() {
        let _alone = alone();
        let folder = tempfile::tempdir().unwrap();
        let seen = folder.path().join("seen");
        let script = format!("echo \"$1\" > '{0}'; pwd >> '{0}'; {CONVERTS}", seen.display());
        office(folder.path(), &script).convert(b"old", "doc", "docx", 100).unwrap();
        let seen = fs::read_to_string(seen).unwrap();
        let (profile, place) = seen.trim().split_once('\n').unwrap();
        let profile = profile.strip_prefix("-env:UserInstallation=file://").unwrap();
        assert_eq!(Path::new(profile), Path::new(place).join("profile"));
        assert!(!Path::new(place).exists());
    }

    #[test]
    fn one_that_fails_or_makes_nothing_is_told_by_its_status() {
        let _alone = alone();
        let folder = tempfile::tempdir().unwrap();
        for (script, status) in [("exit 3", "exit status: 3"), ("exit 0", "exit status: 0")] {
            let failure =
                office(folder.path(), script).convert(b"old", "doc", "docx", 100).unwrap_err();
            assert_eq!(failure.to_string(), format!("could not convert it ({status})"));
        }
    }

    #[test]
    fn one_that_does_not_end_is_ended_with_all_that_it_started() {
        let _alone = alone();
        let folder = tempfile::tempdir().unwrap();
        let late = folder.path().join("late");
        let script = format!("(sleep 2; touch '{}') & wait", late.display());
        let mut office = office(folder.path(), &script);
        office.patience = Duration::from_millis(200);
        assert!(matches!(office.convert(b"old", "doc", "docx", 100), Err(Failure::TooSlow(_))));
        thread::sleep(Duration::from_millis(2500));
        assert!(!late.exists());
    }
}
