//! Typed questions over parsed documents, and the records that answer them.
