//! The command line of gangmu, as a library, so that tests run it in-process.
