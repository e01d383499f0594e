//! Work on a file that nobody vouches for, in code that may panic.

use std::any::Any;
use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;
use std::thread;

thread_local! {
    static IS_GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Room for objects inside each other, which are read by recursion.
const STACK_BYTES: usize = 64 << 20;

/// Runs work in a thread with a deep stack; a panic becomes what it says, and
/// nothing of it is printed.
pub(super) fn run<T: Send>(work: impl FnOnce() -> T + Send) -> Result<T, String> {
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
        let builder = thread::Builder::new().stack_size(STACK_BYTES);
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
        assert_eq!(run(|| 7), Ok(7));
        let broken = run(|| -> u8 { panic!("no font {}", 3) });
        assert_eq!(broken, Err("it breaks the reader: no font 3".to_owned()));
    }
}
