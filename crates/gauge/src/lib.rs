//! How much memory a piece of work takes, for benches.
//!
//! A bench makes [`Counting`] its global allocator: it is the one that the program
//! ships, so what is measured is the program's speed, and it counts only while
//! [`memory`] asks it to.

use std::alloc::{GlobalAlloc, Layout};
use std::sync::atomic::{AtomicBool, AtomicIsize, Ordering::Relaxed};

use mimalloc::MiMalloc;

/// The allocator of the program, which counts the bytes that it has given out.
#[derive(Debug, Default)]
pub struct Counting;

static COUNTS: AtomicBool = AtomicBool::new(false);
static HELD: AtomicIsize = AtomicIsize::new(0);
static MOST_HELD: AtomicIsize = AtomicIsize::new(0);

/// Bytes that a piece of work took, in all threads.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Taken {
    /// The most at one time.
    pub most: usize,
    /// What its result still holds.
    pub left: usize,
}

/// Does a piece of work and returns its result with the bytes that it took. One at a
/// time may be measured.
pub fn memory<T>(work: impl FnOnce() -> T) -> (T, Taken) {
    HELD.store(0, Relaxed);
    MOST_HELD.store(0, Relaxed);
    COUNTS.store(true, Relaxed);
    let result = work();
    COUNTS.store(false, Relaxed);
    let [most, left] = [&MOST_HELD, &HELD].map(|bytes| bytes.load(Relaxed).unsigned_abs());
    (result, Taken { most, left })
}

/// Counts bytes taken, or given back where there are fewer than none.
fn count(bytes: isize) {
    if COUNTS.load(Relaxed) {
        let held = HELD.fetch_add(bytes, Relaxed) + bytes;
        MOST_HELD.fetch_max(held, Relaxed);
    }
}

// SAFETY: every call goes to the program's allocator unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size() as isize);
        // SAFETY: the caller keeps the contract of `GlobalAlloc::alloc`.
        unsafe { MiMalloc.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count(layout.size() as isize);
        // SAFETY: the caller keeps the contract of `GlobalAlloc::alloc_zeroed`.
        unsafe { MiMalloc.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        count(-(layout.size() as isize));
        // SAFETY: the caller keeps the contract of `GlobalAlloc::dealloc`.
        unsafe { MiMalloc.dealloc(at, layout) }
    }

    unsafe fn realloc(&self, at: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count(size as isize - layout.size() as isize);
        // SAFETY: the caller keeps the contract of `GlobalAlloc::realloc`.
        unsafe { MiMalloc.realloc(at, layout, size) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[global_allocator]
    static ALLOCATOR: Counting = Counting;

    #[test]
    fn what_is_given_back_is_in_the_most_alone() {
        let (kept, taken) = memory(|| {
            drop(std::hint::black_box(vec![0_u8; 3 << 20]));
            vec![0_u8; 1 << 20]
        });
        assert!((3 << 20..4 << 20).contains(&taken.most), "{taken:?}");
        assert!((1 << 20..2 << 20).contains(&taken.left), "{taken:?}");
        assert_eq!(kept.len(), 1 << 20);
    }
}
