//! `osmem-server` from PyPI: it speaks the API from memory, with a ranking of its own.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};

/// A server that ends with the test.
pub(crate) struct Osmem {
    child: Child,
    /// Kept open: a server whose words nobody reads would wait.
    _words: BufReader<ChildStdout>,
    pub(crate) url: String,
}

impl Osmem {
    /// Starts the program that `OSMEM_SERVER_BIN` names; `None`, said aloud, where it
    /// names none.
    pub(crate) fn start() -> Option<Self> {
        let Some(program) = std::env::var_os("OSMEM_SERVER_BIN") else {
            eprintln!(
                "NOT RUN: OSMEM_SERVER_BIN names no osmem-server (pip install osmem-server==0.1.6)"
            );
            return None;
        };
        let mut child = Command::new(program)
            .args(["-addr", "127.0.0.1:0"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut words = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        words.read_line(&mut line).unwrap();
        let said: serde_json::Value = serde_json::from_str(&line).unwrap();
        let url = said["url"].as_str().unwrap().to_owned();
        Some(Self { child, _words: words, url })
    }
}

impl Drop for Osmem {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
