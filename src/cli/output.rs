//! Standard output and standard error: the only place that writes to them.

use std::io::{self, Write};
use std::time::Instant;

use anstream::ColorChoice;

use crate::diagnostic::{Faults, Files, render};
use crate::results::WriteError;

use super::arguments::Color;
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

/// Settles where colour is used, once for the process.
pub fn colour(choice: Color) {
    match choice {
        Color::Auto => ColorChoice::Auto,
        Color::Always => ColorChoice::Always,
        Color::Never => ColorChoice::Never,
    }
    .write_global();
}

/// Whether what is written to standard output may be styled.
pub fn styles() -> bool {
    anstream::stdout().current_choice() != ColorChoice::Never
}

/// Shows what is wrong with a scenario, and where more is said about it.
pub fn complain_of(faults: &Faults, files: &Files) {
    // Styles are taken out again where they are not wanted.
    complain(render(faults, files, true).trim_end());
    // What stops the command matters before what it only warns of.
    let sorted = faults.sorted();
    let error = sorted.iter().find(|fault| !fault.code.is_warning());
    if let Some(fault) = error.or(sorted.first()) {
        complain(&format!("`equipoise explain {}` says more", fault.code.as_str()));
    }
}

/// Says something on standard error. If nobody can hear it, nothing is to be done.
pub fn complain(text: &str) {
    let _ = writeln!(anstream::stderr().lock(), "{text}");
}

/// Tells on standard error what has been done and how long each step took, where that is asked for.
pub struct Steps {
    told: bool,
    since: Instant,
}

impl Steps {
    /// The first step begins.
    pub fn new(told: bool) -> Self {
        Steps {
            told,
            since: Instant::now(),
        }
    }

    /// A step is done, and the next begins.
    pub fn done(&mut self, step: impl FnOnce() -> String) {
        if self.told {
            complain(&format!("{} ({:.3} s)", step(), self.since.elapsed().as_secs_f64()));
        }
        self.since = Instant::now();
    }
}
