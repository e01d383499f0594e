//! The `gangmu` command.

use std::process::ExitCode;

/// Building an index takes an eighth less time than with the system's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    gangmu::run_in_process().into()
}
