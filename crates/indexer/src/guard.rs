//! A fence around the engine: it panics on some damaged files, and a damaged
//! index must be a sentence and not a backtrace.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::sync::Once;

use crate::Error;

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Runs `read` and turns a panic in it into [`Error::Damaged`].
///
/// The panic's message is not printed while the fence stands; on other threads
/// and outside it the program's own panic hook goes on as before.
pub(crate) fn guard<T>(path: &Path, read: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !GUARDED.get() {
                before(info);
            }
        }));
    });
    let outer = GUARDED.replace(true);
    let result = panic::catch_unwind(AssertUnwindSafe(read));
    GUARDED.set(outer);
    result.unwrap_or_else(|_| Err(Error::damaged(path, "its contents make no sense")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_a_sentence() {
        let result = guard(Path::new("index"), || -> Result<(), Error> { panic!("inside") });
        assert!(matches!(result, Err(Error::Damaged { .. })));
        assert!(guard(Path::new("index"), || Ok(())).is_ok());
    }
}
