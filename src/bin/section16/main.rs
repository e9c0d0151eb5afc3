//! The program `section16`.

fn main() {}
