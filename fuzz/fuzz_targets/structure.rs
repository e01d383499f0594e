//! Numbers, labels, brackets and dates in any order: each byte of the input is
//! a piece of structure, so that small changes of it are small changes of the tree.

#![no_main]

use gangmu_hostile::{check, mixture, widened};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = mixture(bytes);
    check(&text);
    check(&widened(&text));
});
