//! The `gangmu` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    gangmu::run_in_process().into()
}
