//! The `farhand` command.

fn main() {}
