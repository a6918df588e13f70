//! Parses the arguments, calls the command, and exits with its code.

fn main() {}
