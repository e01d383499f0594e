//! The `quality` command.

fn main() {}
