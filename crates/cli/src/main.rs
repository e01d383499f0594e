//! The `gangmu` command.

use std::process::ExitCode;

/// `gangmu-bench` builds with it too.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    gangmu::run_in_process().into()
}
