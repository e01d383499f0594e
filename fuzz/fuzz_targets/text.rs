//! Bytes of any kind, read as text.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| gangmu_hostile::check_bytes(bytes));
