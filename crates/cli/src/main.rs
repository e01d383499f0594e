//! The `gangmu` command.

fn main() {}
