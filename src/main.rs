//! Parses the arguments, calls the command, and exits with its code.

use std::process::ExitCode;

fn main() -> ExitCode {
    equipoise::cli::main().into()
}
