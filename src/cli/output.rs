//! Standard output and standard error: the only place that writes to them.

use std::io::{self, IsTerminal, Write};

use crate::diagnostic::{Faults, Files, render};
use crate::results::WriteError;

use super::exit::Exit;

/// Writes to standard output. A reader that has gone away ends the command quietly: it has seen what it wanted.
pub fn show(write: impl FnOnce(&mut dyn Write) -> io::Result<()>, exit: Exit) -> Exit {
    let mut out = io::BufWriter::new(anstream::stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Ok(()) => exit,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => exit,
        Err(error) => {
            complain(&format!("error: the results cannot be written: {error}"));
            Exit::Failed
        }
    }
}

/// Says why a file could not be written, and what the user can do about it.
pub fn complain_unwritten(error: &WriteError) -> Exit {
    complain(&format!("error: {error}"));
    if matches!(error, WriteError::Exists(_)) {
        complain("help: --force replaces it");
    }
    Exit::Failed
}

/// Shows what is wrong with a scenario, and where more is said about it.
pub fn complain_of(faults: &Faults, files: &Files) {
    complain(render(faults, files, io::stderr().is_terminal()).trim_end());
    if let Some(fault) = faults.sorted().first() {
        complain(&format!("`equipoise explain {}` says more", fault.code.as_str()));
    }
}

/// Says something on standard error. If nobody can hear it, nothing is to be done.
pub fn complain(text: &str) {
    let _ = writeln!(anstream::stderr().lock(), "{text}");
}
