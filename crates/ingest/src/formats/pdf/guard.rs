//! Work on a file that nobody vouches for, in code that may panic.

use std::any::Any;
use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;
use std::thread;

thread_local! {
    static IS_GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Room on the stack for an object inside another: they are read by recursion.
const LEVEL_BYTES: usize = 1 << 10;

/// Objects inside each other for which there is room in any case.
pub(super) const N_LEVELS: usize = 1 << 18;

/// Returns how many objects of bytes could stand inside each other: those that
/// open, whether they close or not.
pub(super) fn n_openings(bytes: &[u8]) -> usize {
    memchr::memchr_iter(b'[', bytes).count() + memchr::memmem::find_iter(bytes, b"<<").count()
}

/// Runs work in a thread whose stack has room for `n_levels` objects inside each
/// other; a panic becomes what it says, and nothing of it is printed.
pub(super) fn run<T: Send>(n_levels: usize, work: impl FnOnce() -> T + Send) -> Result<T, String> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let printed = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if !IS_GUARDED.get() {
                printed(panic);
            }
        }));
    });
    let guarded = || {
        IS_GUARDED.set(true);
        panic::catch_unwind(AssertUnwindSafe(work)).map_err(|panic| said(&*panic))
    };
    thread::scope(|scope| {
        let builder =
            thread::Builder::new().stack_size(n_levels.max(N_LEVELS).saturating_mul(LEVEL_BYTES));
        match builder.spawn_scoped(scope, guarded) {
            Ok(running) => running.join().unwrap_or_else(|panic| Err(said(&*panic))),
            Err(error) => Err(error.to_string()),
        }
    })
}

fn said(panic: &(dyn Any + Send)) -> String {
    let said = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    let said = said.or_else(|| panic.downcast_ref::<String>().cloned());
    said.map_or_else(
        || "it breaks the reader".to_owned(),
        |said| format!("it breaks the reader: {said}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_what_it_says() {
        assert_eq!(run(1, || 7), Ok(7));
        let broken = run(1, || -> u8 { panic!("no font {}", 3) });
        assert_eq!(broken, Err("it breaks the reader: no font 3".to_owned()));
    }
}
