//! Tests of gangmu as a whole live in `tests/tests`; this library is empty.
